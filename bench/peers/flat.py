"""The same few flat fields for every peer, out of the same bodies of upstream."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

DAY = datetime.now(UTC).date()
ATHLETE = "/api/v1/athlete/0"
RECENT = f"{ATHLETE}/activities?oldest={DAY - timedelta(36)}&newest={DAY}T23:59:59"
ASKED: dict[str, list[str]] = {
    "wellness": [f"{ATHLETE}/wellness?oldest={DAY}&newest={DAY}"],
    "latest": [f"{RECENT}&limit=1"],
    "laps": [f"{RECENT}&limit=1"],  # and then the activity itself
    "brief": [
        f"{ATHLETE}/wellness?oldest={DAY - timedelta(60)}&newest={DAY}",
        f"{ATHLETE}/activities?oldest={DAY}&newest={DAY}T23:59:59",
        f"{ATHLETE}/events?oldest={DAY}&newest={DAY + timedelta(1)}",
        f"{ATHLETE}/events?category=RACE_A&oldest={DAY}&newest={DAY + timedelta(366)}",
    ],
}


def laps_of(latest: list[dict[str, Any]]) -> str:
    """Return where the laps of the latest activity are."""
    return f"/api/v1/activity/{latest[0]['id']}?intervals=true"


def flat(name: str, bodies: list[Any]) -> dict[str, Any]:
    """Return a flat answer with a sentence."""
    if name == "wellness":
        day = bodies[0][-1]
        keys = {"weight": "weight_kg", "restingHR": "resting_hr_bpm", "hrv": "hrv_ms"}
        keys |= {"sleepSecs": "sleep_s", "steps": "steps", "sleepScore": "sleep_score"}
        said = f"Resting heart rate {day.get('restingHR')}."
        return _known(day, keys) | {"status": "ok", "speech": said}
    if name == "brief":
        days, done, planned, races = bodies
        fitness, fatigue = days[-1].get("ctl") or 0, days[-1].get("atl") or 0
        hrv = [day["hrv"] for day in days if day.get("hrv")]
        return {
            "status": "ok",
            "speech": f"Form {fitness - fatigue:.0f}.",
            "form": round(fitness - fatigue, 1),
            "hrv_baseline_ms": round(sum(hrv) / len(hrv), 1) if hrv else None,
            "done_count": len(done),
            "planned": planned[0].get("name") if planned else None,
            "race": races[0].get("name") if races else None,
        }
    activity = bodies[-1] if name == "laps" else bodies[0][0]
    keys = {"id": "activity_id", "name": "name", "type": "type", "distance": "distance"}
    keys |= {"moving_time": "moving_s", "icu_training_load": "training_load"}
    keys |= {"average_heartrate": "heart_rate_bpm", "calories": "calories_kcal"}
    answer = _known(activity, keys) | {"status": "ok", "speech": activity.get("name")}
    if name == "laps":
        lap = {"type": "kind", "distance": "distance", "moving_time": "moving_s"}
        lap |= {"average_heartrate": "heart_rate_bpm", "average_watts": "power_w"}
        answer["items"] = [_known(one, lap) for one in activity["icu_intervals"] or []]
    return answer


def _known(row: dict[str, Any], keys: dict[str, str]) -> dict[str, Any]:
    return {ours: row[key] for key, ours in keys.items() if row.get(key) is not None}
