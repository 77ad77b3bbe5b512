"""Keep the calendar: plan, write and pair events."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime, time, timedelta

from bridge.simulator.activities import records
from bridge.simulator.athlete.fitness import fitness_on
from bridge.simulator.fields.bodies import Record, render
from bridge.simulator.fields.enums import TRAINING
from bridge.simulator.fields.plan import EVENT
from bridge.simulator.moments import day_of, wall_clock
from bridge.simulator.refusals import no_record, semantic
from bridge.simulator.state import State
from bridge.simulator.workouts.planned import parsed_fields

COMPUTED = frozenset(
    {"id", "athlete_id", "icu_ctl", "icu_atl", "icu_ftp", "updated", "plan_name"}
    | {"oauth_client_id", "calendar_id", "created_by_id", "paired_activity_id"}
)
DEFAULTS: Record = {
    "calendar_id": 1,
    "not_on_fitness_chart": False,
    "show_as_note": False,
    "show_on_ctl_line": False,
    "for_week": False,
    "athlete_cannot_edit": False,
    "hide_from_athlete": False,
    "structure_read_only": False,
    "entered": False,
    "training_availability": "NORMAL",
}


def add(state: State, fields: Record) -> Record:
    """Add an event for a test; by default a workout for today."""
    default: Record = {
        "category": "WORKOUT",
        "start_date_local": f"{state.today()}T00:00:00",
        "name": "Planned",
    }
    merged = default | fields
    if merged["category"] in TRAINING:
        merged.setdefault("type", "Ride")
    stored = store(state, merged)
    stored |= {name: fields[name] for name in COMPUTED & set(fields)}
    state.touch()
    return body(state, stored)


def create(state: State, fields: Record) -> Record:
    """Create an event and return it as upstream shows it."""
    return body(state, store(state, fields))


def store(state: State, fields: Record) -> Record:
    """Create an event and return it as it is kept."""
    check(fields)
    event_id = state.next_id("event")
    uid = fields.get("uid") or str(uuid.UUID(int=event_id * 7919 + state.seed))
    record: Record = DEFAULTS | {
        "id": event_id,
        "uid": uid,
        "athlete_id": state.athlete_id,
        "created_by_id": state.athlete_id,
    }
    state.events[event_id] = record
    return _write(state, record, fields)


def update(state: State, record: Record, changes: Record) -> Record:
    """Apply a partial change to an event."""
    check(record | changes)
    return body(state, _write(state, record, changes))


def check(fields: Record) -> None:
    """Refuse what upstream would not store as an event."""
    category = fields.get("category")
    if not category:
        raise semantic("Missing category")
    if not fields.get("start_date_local"):
        raise semantic("Missing start_date_local")
    for edge in ("start_date_local", "end_date_local"):
        if fields.get(edge):
            wall_clock(fields[edge])
    if category in TRAINING and not fields.get("type"):
        raise semantic("Missing type")
    if category not in TRAINING and not fields.get("name"):
        raise semantic("Name is required")


def _write(state: State, record: Record, changes: Record) -> Record:
    record |= {name: changes[name] for name in changes if name not in COMPUTED}
    start = wall_clock(record["start_date_local"])
    record["start_date_local"] = start.isoformat(timespec="seconds")
    if not record.get("end_date_local") or (
        "start_date_local" in changes and "end_date_local" not in changes
    ):
        morrow = datetime.combine(start.date() + timedelta(days=1), time.min)
        record["end_date_local"] = morrow.isoformat(timespec="seconds")
    if record["category"] in TRAINING and {"description", "type"} & set(changes):
        record |= parsed_fields(state, record, changes)
    record["updated"] = state.stamp()
    state.touch()
    return record


def body(state: State, record: Record) -> Record:
    """Return an event with all keys; training carries the projected fitness."""
    shown = render(EVENT, record)
    if state.switches.pairs_shown == "activity":
        shown["paired_activity_id"] = None
    if record["category"] in TRAINING:
        fitness = fitness_on(state, day_of(record))
        shown |= {"icu_ctl": round(fitness.ctl, 6), "icu_atl": round(fitness.atl, 6)}
    return shown


def find(state: State, event_id: int) -> Record:
    """Return a stored event or refuse with 404."""
    if event_id not in state.events:
        raise no_record("Event")
    return state.events[event_id]


def in_order(state: State) -> list[Record]:
    """Return all events, the earliest first (or as switched)."""
    records = sorted(
        state.events.values(),
        key=lambda record: (record["start_date_local"], record["id"]),
    )
    return records[::-1] if state.switches.newest_first_events else records


def between(
    state: State, oldest: datetime, newest: datetime, categories: Iterable[str] = ()
) -> list[Record]:
    """Return events that touch a range of local time."""
    low, high, wanted = oldest.isoformat(), newest.isoformat(), set(categories)
    overlap = state.switches.events_by_overlap
    return [
        record
        for record in in_order(state)
        if record["start_date_local"] <= high
        and (
            (overlap and record["end_date_local"] > low)
            or record["start_date_local"] >= low
        )
        and (not wanted or record["category"] in wanted)
    ]


def pair(state: State, record: Record, activity: Record) -> None:
    """Tie a planned event to the activity that fulfilled it."""
    record["paired_activity_id"] = activity["id"]
    activity["paired_event_id"] = record["id"]
    planned, done = record.get("moving_time"), activity.get("moving_time")
    if planned and done:
        activity["compliance"] = round(done / planned * 100, 6)
    state.touch()


def mark_done(state: State, record: Record) -> Record:
    """Create a manual activity that fulfils an event, and pair both."""
    if record["category"] not in TRAINING:
        raise semantic("Only workouts and races can be marked as done")
    names = ("type", "name", "description", "moving_time", "distance")
    fields = {name: record.get(name) for name in (*names, "icu_training_load")}
    fields |= {"start_date_local": record["start_date_local"]}
    done = records.create_manual(state, fields)
    pair(state, record, done)
    return done
