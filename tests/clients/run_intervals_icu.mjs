// Use intervals-icu for what it can do against the documented paths.

import { IntervalsAPIError, IntervalsClient } from "intervals-icu";
import { tell } from "./telling.mjs";

const [baseURL] = process.argv.slice(2);
const options = { baseURL: `${baseURL}/api/v1`, maxRetries: 0 };
const client = new IntervalsClient({ ...options, apiKey: process.env.CLIENT_KEY });
const RANGE = { oldest: "2026-10-26", newest: "2026-11-23" };
const PLAN = { oldest: "2026-11-20", newest: "2026-12-06" };
const DAY = "2026-11-20";

async function athlete() {
  tell("athlete", await client.athletes.getAthlete());
  tell("profile", await client.athletes.getProfile());
  tell("training plan", await client.athletes.getTrainingPlan());
  const sports = tell("sport settings", await client.sportSettings.list());
  tell("one sport", await client.sportSettings.get(sports[0].id));
  tell("weather settings", await client.weather.getWeatherConfig());
  tell("pace distances", await client.getPaceDistances());
}

async function activities() {
  const listed = tell("activities", await client.activities.listActivities(RANGE));
  const fields = { ...RANGE, fields: ["id", "name", "distance"] };
  tell("few fields", await client.activities.listActivities(fields));
  const native = listed.filter((row) => row.id.startsWith("i"));
  const run = native.find((row) => row.type === "Run").id;
  const ride = native.find((row) => row.type === "Ride").id;
  tell("activity", await client.activities.getActivity(run));
  tell("with laps", await client.activities.getActivity(run, { intervals: true }));
  tell("intervals", await client.activities.getIntervals(run));
  tell("streams", await client.activities.getStreams(run, ["time", "heartrate"]));
  tell("streams as CSV", await client.activities.getStreamsCSV(run));
  tell("map", await client.activities.getMap(run));
  tell("power curve", await client.activities.getPowerCurve(ride));
  tell("pace curve", await client.activities.getPaceCurve(run));
  tell("heart rate curve", await client.activities.getHRCurve(run));
  tell("power and heart rate", await client.activities.getPowerVsHR(ride));
  tell("heart rate load", await client.activities.getHRLoadModel(run));
  tell("segments", await client.activities.getSegments(run));
  tell("file", await client.activities.downloadFile(run));
  tell("FIT file", await client.activities.downloadFitFile(run));
  tell("found", await client.search.searchActivities("Lake"));
  return run;
}

async function writing(run) {
  const gym = { name: "Gym", type: "WeightTraining", moving_time: 2400 };
  const start_date_local = "2026-11-22T18:00:00";
  const made = tell(
    "by hand",
    await client.activities.createManualActivity({ ...gym, start_date_local }),
  );
  tell("delete it", await client.activities.deleteActivity(made.id));
  tell("rename", await client.activities.updateActivity(run, { name: "Hills" }));
  tell("renamed", await client.activities.getActivity(run));
  tell("say", await client.activities.sendMessage(run, { content: "Well run" }));
  tell("said", await client.activities.listMessages(run));
  const file = await client.activities.downloadFitFile(run);
  tell("upload again", await client.activities.uploadActivity(file, "again.fit"));
}

async function wellness() {
  tell("wellness", await client.wellness.listWellness(RANGE));
  tell("weigh", await client.wellness.updateWellness(DAY, { weight: 71.4 }));
  tell("sleep", await client.wellness.createWellness({ id: DAY, sleepSecs: 27000 }));
  const bulk = [{ id: DAY, restingHR: 47 }, { id: "2026-11-21", restingHR: 46 }];
  tell("two days", await client.wellness.updateWellnessBulk(bulk));
  tell("weighed", await client.wellness.getWellnessByDate(DAY));
}

async function events() {
  const plan = {
    category: "WORKOUT",
    type: "Ride",
    name: "Tempo",
    start_date_local: "2026-11-25T00:00:00",
    description: "- 15m 60%\n- 2x\n  - 10m 85%\n  - 5m 55%\n- 10m 50%",
  };
  const made = tell("plan", await client.events.createEvent(plan));
  tell("events", await client.events.listEvents(PLAN));
  const workouts = { ...PLAN, category: ["WORKOUT"], resolve: true };
  tell("workouts resolved", await client.events.listEvents(workouts));
  tell("event", await client.events.getEvent(made.id));
  const moved = { start_date_local: "2026-11-26T00:00:00" };
  tell("move", await client.events.updateEvent(made.id, moved));
  const many = await client.events.createEventsBulk([plan, { ...plan, name: "Two" }]);
  tell("plan two", many);
  tell("done", await client.events.markEventAsDone(many[0].id));
  const ids = many.map(({ id }) => ({ id }));
  tell("forget two", await client.events.deleteEventsBulk(ids));
  tell("forget", await client.events.deleteEvent(made.id));
  tell("events after", await client.events.listEvents(PLAN));
}

async function things() {
  const shelf = tell("folders", await client.folders.list());
  const listed = tell("workouts", await client.workouts.listWorkouts());
  tell("workout", await client.workouts.getWorkout(listed[0].id));
  const ladder = { name: "Ladder", type: "Run", folder_id: shelf[0].id };
  const made = tell("write workout", await client.workouts.createWorkout(ladder));
  tell("delete workout", await client.workouts.deleteWorkout(made.id));
  const bike = { name: "Blue bike", type: "Bike" };
  const gear = tell("buy a bike", await client.gear.create(bike));
  tell("sell it", await client.gear.delete(gear.id));
  tell("routes", await client.routes.list());
  tell("custom items", await client.customItems.list());
  const curves = { type: "Ride", curves: "42d" };
  tell("power curves", await client.performance.getPowerCurves(curves));
}

async function refused(call, ask) {
  try {
    tell(`${call} was not refused`, await ask());
  } catch (error) {
    if (!(error instanceof IntervalsAPIError)) throw error;
    tell(call, [error.status, error.code, error.message]);
  }
}

await athlete();
const run = await activities();
await writing(run);
await wellness();
await events();
await things();
await refused("unknown activity", () => client.activities.getActivity("i99999999"));
await refused("bad day", () => client.wellness.updateWellness("2026-02-30", {}));
const stranger = new IntervalsClient({ ...options, apiKey: "wrong-key-0000" });
await refused("wrong key", () => stranger.athletes.getAthlete());
