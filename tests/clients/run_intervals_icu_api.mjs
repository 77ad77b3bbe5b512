// Use intervals-icu-api for everything it can do; it validates what it is answered.

import { IntervalsClient, unwrap } from "intervals-icu-api";
import { tell } from "./telling.mjs";

const [baseUrl] = process.argv.slice(2);
const options = {
  baseUrl,
  retry: { maxAttempts: 1 },
  rateLimit: { requestsPerSecond: 1000, burst: 1000 },
};
const client = new IntervalsClient({ ...options, apiKey: process.env.CLIENT_KEY });
const RANGE = { oldest: "2026-10-26", newest: "2026-11-23" };
const PLAN = { oldest: "2026-11-20", newest: "2026-12-06" };
const DAY = "2026-11-20";

async function told(call, result) {
  return tell(call, unwrap(await result));
}

async function activities() {
  const { activities } = client;
  const listed = await told("activities", activities.list(RANGE));
  const native = listed.filter((row) => row.id.startsWith("i"));
  const run = native.find((row) => row.type === "Run").id;
  const ride = native.find((row) => row.type === "Ride").id;
  await told("activity", activities.get(run));
  await told("intervals", activities.getIntervals(run));
  await told("streams", activities.getStreams(run));
  await told("two streams", activities.getStreams(run, ["time", "heartrate"]));
  await told("stream map", activities.getStreamMap(run));
  const effort = { stream: "watts", duration: 300 };
  await told("best efforts", activities.findBestEfforts(ride, effort));
  await told("gap histogram", activities.getGapHistogram(run));
  await told("heart rate histogram", activities.getHeartRateHistogram(run));
  await told("pace histogram", activities.getPaceHistogram(run));
  await told("power histogram", activities.getPowerHistogram(ride));
  await told("heart rate curve", activities.getHeartRateCurve(run));
  await told("pace curve", activities.getPaceCurve(run, { gap: true }));
  await told("power curve", activities.getPowerCurve(ride));
  await told("power curves", activities.getPowerCurves(ride));
  await told("power and heart rate", activities.getPowerVsHeartRate(ride));
  return run;
}

async function curves() {
  const { activities } = client;
  await told("all heart rates", activities.listActivityHeartRateCurves(RANGE));
  await told("all paces", activities.listActivityPaceCurves(RANGE));
  await told("all powers", activities.listActivityPowerCurves(RANGE));
  const runs = { type: "Run", curves: ["42d", "s0"] };
  const rides = { type: "Ride", curves: ["42d", "s0"] };
  await told("heart rates", activities.listAthleteHeartRateCurves(runs));
  await told("paces", activities.listAthletePaceCurves(runs));
  await told("powers", activities.listAthletePowerCurves(rides));
  await told("powers as before", client.powerCurves.get(rides));
  const range = { start: RANGE.oldest, end: RANGE.newest };
  await told("power to heart rate", activities.getAthletePowerHeartRateCurve(range));
}

async function files(run) {
  const { activities } = client;
  const whole = { includeMetadata: true };
  await told("file", activities.downloadFile(run));
  await told("FIT file", activities.downloadFitFile(run, { power: true, ...whole }));
  await told("GPX file", activities.downloadGpxFile(run, whole));
  await told("CSV file", activities.exportCsv(RANGE));
  const zip = await client.workouts.downloadZip({ format: "zwo", ...PLAN, ...whole });
  tell("ZIP of workouts", [unwrap(zip).filename, unwrap(zip).contentType]);
}

async function wellness() {
  await told("wellness", client.wellness.list(RANGE));
  await told("weigh", client.wellness.updateByDate(DAY, { weight: 71.4 }));
  await told("sleep", client.wellness.update({ id: DAY, avgSleepingHR: 45, spO2: 97 }));
  await told("two days", client.wellness.updateBulk([{ id: DAY, restingHR: 47 }]));
  await told("weighed", client.wellness.get(DAY));
}

async function events() {
  const plan = {
    category: "WORKOUT",
    type: "Ride",
    name: "Tempo",
    startDateLocal: "2026-11-25T00:00:00",
    description: "- 15m 60%\n- 2x\n  - 10m 85%\n  - 5m 55%\n- 10m 50%",
  };
  const made = await told("plan", client.events.create(plan));
  await told("events", client.events.list(PLAN));
  await told("event", client.events.get(made.id));
  const moved = { startDateLocal: "2026-11-26T00:00:00" };
  await told("move", client.events.update(made.id, moved));
  for (const format of ["zwo", "mrc", "erg"])
    await told(format, client.events.downloadWorkout(made.id, format));
  await either("fit", client.events.downloadWorkout(made.id, "fit"));
  await told("forget", client.events.delete(made.id));
  await told("events after", client.events.list(PLAN));
}

async function things() {
  const shelf = await told("folders", client.folders.list());
  await told("gear", client.gear.list());
  const listed = await told("workouts", client.workouts.list());
  await told("workout", client.workouts.get(listed[0].id));
  const ladder = { name: "Ladder", type: "Run", folderId: shelf[0].id };
  const made = await told("write workout", client.workouts.create(ladder));
  await told("delete workout", client.workouts.delete(made.id));
}

/** Tell what came, also if it is a refusal. */
async function either(call, result) {
  const { ok, value, error } = await result;
  tell(call, ok ? value : [error.kind, error.status ?? null]);
}

await told("athlete", client.athlete.get());
// It expects another shape than the documented one, also from Intervals.icu itself.
await either("profile", client.athlete.getProfile());
await told("move house", client.athlete.update({ city: "Bremen" }));
const sports = await client.request("/api/v1/athlete/0/sport-settings");
tell("sport settings", unwrap(sports).data);
const run = await activities();
await curves();
await files(run);
await wellness();
await events();
await things();
await either("unknown activity", client.activities.get("i99999999"));
await either("bad day", client.wellness.get("2026-02-30"));
const stranger = new IntervalsClient({ ...options, apiKey: "wrong-key-0000" });
await either("wrong key", stranger.athlete.get());
