"""Keep the calendar: plan, write, pair and project events."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from bridge.simulator.activities import recording
from bridge.simulator.athlete.fitness import ATL_DAYS, CTL_DAYS
from bridge.simulator.calendar import plans
from bridge.simulator.fields.bodies import Record, render
from bridge.simulator.fields.plan import EVENT
from bridge.simulator.moments import wall_clock
from bridge.simulator.refusals import not_found, semantic

if TYPE_CHECKING:
    from bridge.simulator.world import World

TRAINING = ("WORKOUT", "RACE_A", "RACE_B", "RACE_C")
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


def add(world: World, fields: Record) -> Record:
    """Add an event for a test; by default a workout for today."""
    default: Record = {
        "category": "WORKOUT",
        "start_date_local": f"{world.today()}T00:00:00",
        "name": "Planned",
    }
    merged = default | fields
    if merged["category"] in TRAINING:
        merged.setdefault("type", "Ride")
    stored = store(world, merged)
    stored |= {name: fields[name] for name in COMPUTED & set(fields)}
    world.touch()
    return body(world, stored)


def create(world: World, fields: Record) -> Record:
    """Create an event and return it as upstream shows it."""
    return body(world, store(world, fields))


def store(world: World, fields: Record) -> Record:
    """Create an event and return it as it is kept."""
    check(fields)
    event_id = world.next_id("event")
    uid = fields.get("uid") or str(uuid.UUID(int=event_id * 7919 + world.seed))
    record: Record = DEFAULTS | {
        "id": event_id,
        "uid": uid,
        "athlete_id": world.athlete_id,
        "created_by_id": world.athlete_id,
    }
    world.events[event_id] = record
    return _write(world, record, fields)


def update(world: World, record: Record, changes: Record) -> Record:
    """Apply a partial change to an event."""
    check(record | changes)
    return body(world, _write(world, record, changes))


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


def _write(world: World, record: Record, changes: Record) -> Record:
    record |= {name: changes[name] for name in changes if name not in COMPUTED}
    start = wall_clock(record["start_date_local"])
    record["start_date_local"] = start.isoformat(timespec="seconds")
    if not record.get("end_date_local") or (
        "start_date_local" in changes and "end_date_local" not in changes
    ):
        morrow = datetime.combine(start.date() + timedelta(days=1), time.min)
        record["end_date_local"] = morrow.isoformat(timespec="seconds")
    if record["category"] in TRAINING and {"description", "type"} & set(changes):
        record |= plans.parsed_fields(world, record, changes)
    record["updated"] = world.stamp()
    world.touch()
    return record


def body(world: World, record: Record) -> Record:
    """Return an event with all keys; training carries the projected fitness."""
    shown = render(EVENT, record)
    if record["category"] in TRAINING:
        fitness = world.fitness_on(day_of(record))
        shown |= {"icu_ctl": round(fitness.ctl, 6), "icu_atl": round(fitness.atl, 6)}
    return shown


def day_of(record: Record) -> date:
    """Return the local day an event begins on."""
    return date.fromisoformat(record["start_date_local"][:10])


def find(world: World, event_id: int) -> Record:
    """Return a stored event or refuse with 404."""
    if event_id not in world.events:
        raise not_found("Event")
    return world.events[event_id]


def in_order(world: World) -> list[Record]:
    """Return all events, the earliest first (or as switched)."""
    records = sorted(
        world.events.values(),
        key=lambda record: (record["start_date_local"], record["id"]),
    )
    return records[::-1] if world.switches.newest_first_events else records


def between(
    world: World, oldest: datetime, newest: datetime, categories: Iterable[str] = ()
) -> list[Record]:
    """Return events that touch a range of local time."""
    low, high, wanted = oldest.isoformat(), newest.isoformat(), set(categories)
    return [
        record
        for record in in_order(world)
        if record["start_date_local"] <= high
        and (record["end_date_local"] > low or record["start_date_local"] >= low)
        and (not wanted or record["category"] in wanted)
    ]


def planned_loads(world: World) -> dict[date, float]:
    """Return the load still planned for today and each later day."""
    today, days = world.today(), dict[date, float]()
    for record in world.events.values():
        day, load = day_of(record), record.get("icu_training_load")
        counts = record["category"] in TRAINING and not record.get("paired_activity_id")
        counts &= not record["not_on_fitness_chart"]
        if day == today and not world.switches.planned_bake:
            continue
        if counts and load and day >= today:
            days[day] = days.get(day, 0.0) + load
    return days


def fitness_days(world: World) -> Callable[[date], tuple[float, float]]:
    """Return a day's time constants: the last FITNESS_DAYS event rules."""
    rows = world.events.values()
    changes = [row for row in rows if row["category"] == "FITNESS_DAYS"]
    changes.sort(key=day_of, reverse=True)

    def days_of(day: date) -> tuple[float, float]:
        for row in changes:
            if day_of(row) <= day:
                return row.get("ctl_days") or CTL_DAYS, row.get("atl_days") or ATL_DAYS
        return CTL_DAYS, ATL_DAYS

    return days_of


def pair(world: World, record: Record, activity: Record) -> None:
    """Tie a planned event to the activity that fulfilled it."""
    record["paired_activity_id"] = activity["id"]
    activity["paired_event_id"] = record["id"]
    planned, done = record.get("moving_time"), activity.get("moving_time")
    if planned and done:
        activity["compliance"] = round(done / planned * 100, 6)
    world.touch()


def mark_done(world: World, record: Record) -> Record:
    """Create a manual activity that fulfils an event, and pair both."""
    if record["category"] not in TRAINING:
        raise semantic("Only workouts and races can be marked as done")
    names = ("type", "name", "description", "moving_time", "distance")
    fields = {name: record.get(name) for name in (*names, "icu_training_load")}
    fields |= {"start_date_local": record["start_date_local"]}
    done = recording.create_manual(world, fields)
    pair(world, record, done)
    return done
