"""Keep gear: its distance and time follow from the activities that used it."""

from __future__ import annotations

from datetime import datetime

from bridge.simulator.fields.bodies import Record, render
from bridge.simulator.fields.plan import GEAR, GEAR_REMINDER
from bridge.simulator.moments import read_stamp
from bridge.simulator.refusals import no_record, semantic
from bridge.simulator.state import State

COMPUTED = ("id", "athlete_id", "activities", "reminders", "component")
COUNTERS = ("distance", "time", "activities", "days")


def create(state: State, fields: Record) -> Record:
    """Create a piece of gear; its counters start where the client says."""
    if not fields.get("type"):
        raise semantic("Missing type")
    if not fields.get("name"):
        raise semantic("Name is required")
    gear_id = f"b{state.next_id('gear')}"
    record: Record = {
        "id": gear_id,
        "athlete_id": state.athlete_id,
        "use_elapsed_time": False,
        "component_ids": [],
        "activity_filters": [],
        "reminders": [],
    }
    state.gear[gear_id] = record
    return write(state, record, fields)


def write(state: State, record: Record, fields: Record) -> Record:
    """Apply sent fields and return the whole piece."""
    record |= {name: fields[name] for name in fields if name not in COMPUTED}
    return body(state, record)


def find(state: State, gear_id: str) -> Record:
    """Return a stored piece or refuse with 404."""
    if gear_id not in state.gear:
        raise no_record("Gear")
    return state.gear[gear_id]


def stats(state: State, record: Record) -> Record:
    """Add up what the activities with this piece make."""
    used = [
        activity
        for activity in state.activities.values()
        if (activity.get("gear") or {}).get("id") == record["id"]
    ]
    return {
        "distance": round(sum(row.get("distance") or 0 for row in used), 1),
        "elapsed_time": sum(row.get("elapsed_time") or 0 for row in used),
        "moving_time": sum(row.get("moving_time") or 0 for row in used),
        "activities": len(used),
    }


def body(state: State, record: Record) -> Record:
    """Return a piece with all keys, totals and reminders worked out."""
    totals = stats(state, record)
    time_key = "elapsed_time" if record["use_elapsed_time"] else "moving_time"
    shown = render(GEAR, record) | {
        "distance": round((record.get("distance") or 0) + totals["distance"], 1),
        "time": (record.get("time") or 0) + totals[time_key],
        "activities": totals["activities"],
        "component": record["type"] not in ("Bike", "Shoes", "Wetsuit"),
    }
    now = state.now()
    reminders = [reminder_body(row, shown, now) for row in record["reminders"]]
    return shown | {"reminders": reminders}


def reminder_body(reminder: Record, shown: Record, now: datetime) -> Record:
    """Return a reminder with how much of its limit is used."""
    days = (now - read_stamp(reminder["last_reset"])).days
    used = {
        "distance": shown["distance"] - (reminder.get("starting_distance") or 0),
        "time": shown["time"] - (reminder.get("starting_time") or 0),
        "activities": shown["activities"] - (reminder.get("starting_activities") or 0),
        "days": days,
    }
    row = render(GEAR_REMINDER, reminder)
    row |= {f"{name}_used": used[name] for name in COUNTERS}
    shares = [used[name] / reminder[name] for name in COUNTERS if reminder.get(name)]
    return row | {"percent_used": round(max(shares, default=0) * 100, 2)}


def add_reminder(state: State, record: Record, fields: Record) -> Record:
    """Add a reminder that starts counting now."""
    if not fields.get("name"):
        raise semantic("Name is required")
    reminder = {"id": state.next_id("reminder"), "gear_id": record["id"]} | {
        name: fields[name] for name in fields if name not in ("id", "gear_id")
    }
    record["reminders"].append(reminder)
    reset(state, record, reminder)
    return body(state, record)


def reset(state: State, record: Record, reminder: Record) -> None:
    """Start a reminder's counters again from now."""
    bare = record | {"reminders": []}
    shown = body(state, bare)
    reminder |= {f"starting_{name}": shown[name] for name in COUNTERS[:3]}
    reminder |= {"last_reset": state.stamp(), "snoozed_until": None}


def find_reminder(record: Record, number: int) -> Record:
    """Return one reminder of a piece or refuse with 404."""
    reminders: list[Record] = record["reminders"]
    for reminder in reminders:
        if reminder["id"] == number:
            return reminder
    raise no_record("Reminder")
