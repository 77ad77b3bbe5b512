// Express and undici's pool, with a Map for what is kept.
const express = require("express");
const { Pool } = require("undici");

const pool = new Pool(process.env.BENCH_UPSTREAM, { connections: 64 });
const key = Buffer.from(`API_KEY:${process.env.BENCH_KEY}`).toString("base64");
const asked = JSON.parse(process.env.BENCH_ASKED); // as bench/peers/flat.py has it
const kept = new Map();
const app = express();
app.set("etag", false);

async function get(path) {
  const answer = await pool.request({ path, method: "GET", headers: { authorization: `Basic ${key}` } });
  return answer.body.json();
}

function known(row, keys) {
  const found = {};
  for (const [key, ours] of Object.entries(keys)) if (row[key] != null) found[ours] = row[key];
  return found;
}

const ACTIVITY = { id: "activity_id", name: "name", type: "type", distance: "distance",
  moving_time: "moving_s", icu_training_load: "training_load",
  average_heartrate: "heart_rate_bpm", calories: "calories_kcal" };
const LAP = { type: "kind", distance: "distance", moving_time: "moving_s",
  average_heartrate: "heart_rate_bpm", average_watts: "power_w" };
const NIGHT = { weight: "weight_kg", restingHR: "resting_hr_bpm", hrv: "hrv_ms",
  sleepSecs: "sleep_s", steps: "steps", sleepScore: "sleep_score" };

async function answer(name) {
  const bodies = await Promise.all(asked[name].map(get));
  if (name === "wellness") {
    const day = bodies[0].at(-1);
    return { ...known(day, NIGHT), status: "ok", speech: `Resting heart rate ${day.restingHR}.` };
  }
  if (name === "brief") {
    const [days, done, planned, races] = bodies;
    const form = (days.at(-1).ctl ?? 0) - (days.at(-1).atl ?? 0);
    const hrv = days.map((day) => day.hrv).filter(Boolean);
    return { status: "ok", speech: `Form ${form.toFixed(0)}.`, form: Math.round(form * 10) / 10,
      hrv_baseline_ms: hrv.length ? hrv.reduce((a, b) => a + b) / hrv.length : null,
      done_count: done.length, planned: planned[0]?.name, race: races[0]?.name };
  }
  let activity = bodies[0][0];
  if (name === "laps") activity = await get(`/api/v1/activity/${activity.id}?intervals=true`);
  const flat = { ...known(activity, ACTIVITY), status: "ok", speech: activity.name };
  if (name === "laps") flat.items = (activity.icu_intervals ?? []).map((lap) => known(lap, LAP));
  return flat;
}

app.get("/hello", (request, response) => response.json({ status: "ok" }));
app.get("/:name", async (request, response) => {
  const { name } = request.params;
  if (request.query.cached === undefined) return response.json(await answer(name));
  let entry = kept.get(name);
  if (!entry || entry.until < performance.now()) {
    entry = { until: performance.now() + 60000, body: JSON.stringify(await answer(name)) };
    kept.set(name, entry);
  }
  response.type("application/json").send(entry.body);
});
app.listen(Number(process.argv[2]), "127.0.0.1");
