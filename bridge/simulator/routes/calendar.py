"""Serve the calendar: lists, writes in bulk, done workouts, downloads."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from flask import Blueprint, Response, request

from bridge.simulator.activities import records
from bridge.simulator.calendar import events, library
from bridge.simulator.exchange import (
    edges,
    flag,
    json_body,
    listed,
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
from bridge.simulator.files import trainer
from bridge.simulator.moments import local_day, local_edge
from bridge.simulator.refusals import semantic, wrong_type
from bridge.simulator.state import State
from bridge.simulator.workouts.planned import resolve

bp = Blueprint("calendar", __name__)

A = "/athlete/<athlete_id>"
E = f"{A}/events"


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


def _shown(world: State, record: Record) -> Record:
    shown = events.body(world, record)
    if flag("resolve"):
        shown["workout_doc"] = resolve(world, shown)
    ext = request.args.get("ext")
    if ext and shown["workout_doc"]:
        shown |= trainer.attached(shown, ext.lstrip("."))
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


def _remove(world: State, record: Record) -> None:
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
    return reply(records.body(world, events.mark_done(world, _event(event_id))))


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


@bp.get(f"{E}/<event_id>/download<any('.zwo','.mrc','.erg','.fit'):ext>")
def download(event_id: str, ext: str) -> Response:
    """Return the event's workout as a file for a trainer or watch."""
    shown = events.body(the_world(), _event(event_id))
    return reply_file(*trainer.workout_file(shown, ext[1:]))


@bp.get(f"{A}/workouts.zip")
def download_many() -> Response:
    """Return the workouts of a range as files in a zip."""
    world, ext = the_world(), wanted("ext").lstrip(".")
    wanted("oldest"), wanted("newest")
    rows = events.between(world, *edges(None, None), ["WORKOUT"])
    shown = [events.body(world, row) for row in rows]
    data = trainer.zipped([row for row in shown if row["workout_doc"]], ext)
    return reply_file(data, "workouts.zip", "application/zip")
