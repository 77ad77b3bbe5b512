"""Serve the calendar: lists, writes in bulk, done workouts, downloads."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from flask import Blueprint, Response, request

from bridge.simulator.activities import records as activities
from bridge.simulator.calendar import events, library, resolving
from bridge.simulator.door import (
    edges,
    flag,
    json_body,
    listed,
    nothing,
    number,
    reply,
    reply_csv,
    reply_file,
    suffixed,
    the_world,
    wanted,
    wants_csv,
    whole,
)
from bridge.simulator.fields.bodies import Record, read_record, read_records
from bridge.simulator.fields.enums import ENUMS
from bridge.simulator.fields.plan import EVENT
from bridge.simulator.files import downloads
from bridge.simulator.moments import local_day, local_edge, wall_clock
from bridge.simulator.refusals import semantic, wrong_type
from bridge.simulator.world import World

bp = Blueprint("calendar", __name__)

A = "/athlete/<athlete_id>"
E = f"{A}/events"
FAR_OFF = datetime.combine(date(9999, 12, 31), time.max)


def _categories() -> list[str]:
    names = listed("category")
    for name in names:
        if name not in ENUMS["category"]:
            raise wrong_type("category", name, "Category")
    return names


@suffixed(bp, E)
def index() -> Response:
    """Return events of a range: by default today and the six days after."""
    world = the_world()
    today = datetime.combine(world.today(), time.min)
    low = request.args.get("oldest")
    start = local_edge(low, end=False) if low else today
    end = datetime.combine(start.date() + timedelta(days=6), time.max)
    rows = events.between(world, *edges(start, end), _categories())
    shown = [_shown(world, row) for row in rows[: whole("limit")]]
    return reply_csv(list(EVENT), shown, bom=False) if wants_csv() else reply(shown)


def _shown(world: World, record: Record) -> Record:
    shown = events.body(world, record)
    if flag("resolve"):
        shown["workout_doc"] = resolving.resolve(world, shown)
    ext = request.args.get("ext")
    if ext and shown["workout_doc"]:
        shown |= downloads.attached(shown, ext.lstrip("."))
    return shown


@bp.post(E)
def create() -> Response:
    """Create an event, or update the one with the same uid when asked."""
    fields = read_record(EVENT, json_body())
    return reply(_upsert(fields, by_uid=flag("upsertOnUid")))


def _upsert(
    fields: Record, *, by_uid: bool = False, by_external_id: bool = False
) -> Record:
    world = the_world()
    keys = [("uid", by_uid), ("external_id", by_external_id)]
    for key, asked in keys:
        for record in world.events.values():
            if asked and fields.get(key) and record.get(key) == fields[key]:
                return events.update(world, record, fields)
    return events.create(world, fields)


@bp.post(f"{E}/bulk")
def create_many() -> Response:
    """Create or update several events; one that is refused refuses all."""
    world, rows = the_world(), read_records(EVENT, json_body())
    upsert, by_uid = flag("upsert"), flag("upsertOnUid")
    for row in rows:
        events.check(row)
    stamped = {"plan_applied": world.stamp()} if flag("updatePlanApplied") else {}
    asked = {"by_uid": by_uid, "by_external_id": upsert}
    return reply([_upsert(row | stamped, **asked) for row in rows])


@bp.put(E)
def hide_range() -> Response:
    """Hide or lock the events of a range; nothing else can be changed so."""
    world, changes = the_world(), read_record(EVENT, json_body())
    names = ("hide_from_athlete", "athlete_cannot_edit")
    allowed = {name: changes[name] for name in names if name in changes}
    wanted("oldest"), wanted("newest")
    rows = events.between(world, *edges(None, None))
    return reply([events.update(world, row, allowed) for row in rows])


@bp.delete(E)
def remove_range() -> Response:
    """Delete the events of a range by category."""
    world = the_world()
    wanted("oldest"), wanted("category")
    rows = events.between(world, *edges(None, FAR_OFF), _categories())
    creator = request.args.get("createdById")
    for row in rows:
        if creator in (None, row["created_by_id"]):
            _remove(world, row)
    return nothing()


def _remove(world: World, record: Record) -> None:
    del world.events[record["id"]]
    for activity in world.activities.values():
        if activity.get("paired_event_id") == record["id"]:
            activity["paired_event_id"] = None
    world.touch()


@bp.put(f"{E}/bulk-delete")
def remove_many() -> Response:
    """Delete events by id or external id; unknown ones are ignored."""
    world, count = the_world(), 0
    for row in read_records({"id": "i", "external_id": "s"}, json_body()):
        for record in list(world.events.values()):
            same_id = row.get("id") == record["id"]
            external = row.get("external_id")
            if same_id or (external and external == record.get("external_id")):
                _remove(world, record)
                count += 1
    return reply({"eventsDeleted": count})


def _event(event_id: str) -> Record:
    return events.find(the_world(), number("eventId", event_id))


@bp.get(f"{E}/<event_id>")
def show(event_id: str) -> Response:
    """Return one event."""
    return reply(_shown(the_world(), _event(event_id)))


@bp.put(f"{E}/<event_id>")
def update(event_id: str) -> Response:
    """Change sent fields of one event."""
    world, record = the_world(), _event(event_id)
    return reply(events.update(world, record, read_record(EVENT, json_body())))


@bp.delete(f"{E}/<event_id>")
def remove(event_id: str) -> Response:
    """Delete one event, with its copies when asked."""
    world, record = the_world(), _event(event_id)
    day = request.args.get("notBefore")
    edge = str(local_day(day)) if day else ""
    if flag("others"):
        for other in list(world.events.values()):
            same = other["name"] == record["name"] and other is not record
            if same and other["start_date_local"] >= edge:
                _remove(world, other)
    _remove(world, record)
    return reply({"id": record["id"]})


@bp.post(f"{E}/<event_id>/mark-done")
def mark_done(event_id: str) -> Response:
    """Create a manual activity that fulfils the event."""
    world = the_world()
    return reply(activities.body(world, events.mark_done(world, _event(event_id))))


@bp.post(f"{A}/duplicate-events")
def duplicate() -> Response:
    """Copy events some weeks on."""
    table = {"numCopies": "i", "weeksBetween": "i", "eventIds": "l"}
    world, asked = the_world(), read_record(table, json_body())
    copies, weeks = asked.get("numCopies") or 1, asked.get("weeksBetween") or 1
    made: list[Record] = []
    for event_id in asked.get("eventIds") or []:
        original = events.find(world, event_id)
        for number_of_copy in range(1, copies + 1):
            gap = timedelta(weeks=weeks * number_of_copy)
            made.append(events.create(world, _moved(original, gap)))
    return reply(made)


def _moved(record: Record, gap: timedelta) -> Record:
    copy = {name: record[name] for name in record if name not in ("uid", "external_id")}
    for edge in ("start_date_local", "end_date_local"):
        copy[edge] = (wall_clock(record[edge]) + gap).isoformat()
    return copy


@bp.post(f"{E}/apply-plan")
def apply_plan() -> Response:
    """Put the workouts of a plan on the calendar from a day on."""
    table = {"start_date_local": "s", "folder_id": "i", "extra_workouts": "l"}
    world, asked = the_world(), read_record(table, json_body())
    if not asked.get("start_date_local"):
        raise semantic("Missing start_date_local")
    folder = library.find_folder(world, asked.get("folder_id") or 0)
    start = local_day(asked["start_date_local"])
    made = [
        events.create(world, row) for row in library.as_events(world, folder, start)
    ]
    world.training_plan |= {
        "training_plan_id": folder["id"],
        "training_plan_start_date": start.isoformat(),
        "training_plan_last_applied": world.stamp(),
    }
    return reply({"events": len(made)})


@bp.get(f"{A}/fitness-model-events")
def fitness_model() -> Response:
    """Return the events that change the fitness model."""
    world, kinds = the_world(), ("SET_EFTP", "FITNESS_DAYS", "SET_FITNESS")
    rows = [row for row in events.in_order(world) if row["category"] in kinds]
    return reply([events.body(world, row) for row in rows])


@bp.get(f"{A}/event-tags")
def tags() -> Response:
    """Return all tags events carry."""
    rows = the_world().events.values()
    return reply(sorted({tag for row in rows for tag in row.get("tags") or []}))


@bp.get(f"{E}/<event_id>/download<any('.zwo','.mrc','.erg','.fit'):ext>")
def download(event_id: str, ext: str) -> Response:
    """Return the event's workout as a file for a trainer or watch."""
    shown = events.body(the_world(), _event(event_id))
    return reply_file(*downloads.workout_file(shown, ext[1:]))


@bp.get(f"{A}/workouts.zip")
def download_many() -> Response:
    """Return the workouts of a range as files in a zip."""
    world, ext = the_world(), wanted("ext").lstrip(".")
    wanted("oldest"), wanted("newest")
    rows = events.between(world, *edges(None, None), ["WORKOUT"])
    shown = [events.body(world, row) for row in rows]
    data = downloads.zipped([row for row in shown if row["workout_doc"]], ext)
    return reply_file(data, "workouts.zip", "application/zip")
