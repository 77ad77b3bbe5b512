"""Serve gear: pieces, components, reminders."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response

from bridge.simulator.athlete import gear
from bridge.simulator.exchange import (
    flag,
    json_body,
    nothing,
    number,
    reply,
    suffixed,
    the_world,
    whole,
)
from bridge.simulator.fields.bodies import Record, read_record
from bridge.simulator.fields.plan import GEAR, GEAR_REMINDER
from bridge.simulator.moments import stamp

bp = Blueprint("gear", __name__)

G = "/athlete/<athlete_id>/gear"


def _piece(gear_id: str) -> Record:
    return gear.find(the_world(), gear_id)


@suffixed(bp, G, csv=False)
def index() -> Response:
    """Return all gear with totals and reminders."""
    world = the_world()
    return reply([gear.body(world, row) for row in world.gear.values()])


@bp.get(f"{G}/<gear_id>/calc")
def calculate(gear_id: str) -> Response:
    """Add up again what a piece has run up."""
    return reply(gear.stats(the_world(), _piece(gear_id)))


@bp.post(G)
def create() -> Response:
    """Create a piece."""
    return reply(gear.create(the_world(), read_record(GEAR, json_body())))


@bp.put(f"{G}/<gear_id>")
def update(gear_id: str) -> Response:
    """Change sent fields of a piece."""
    record = _piece(gear_id)
    return reply(gear.write(the_world(), record, read_record(GEAR, json_body())))


@bp.delete(f"{G}/<gear_id>")
def remove(gear_id: str) -> Response:
    """Delete a piece and take it off every activity and bike."""
    world = the_world()
    del world.gear[_piece(gear_id)["id"]]
    for activity in world.activities.values():
        if (activity.get("gear") or {}).get("id") == gear_id:
            activity["gear"] = None
    for piece in world.gear.values():
        piece["component_ids"] = [
            key for key in piece["component_ids"] if key != gear_id
        ]
    return nothing()


@bp.post(f"{G}/<gear_id>/reminder")
def create_reminder(gear_id: str) -> Response:
    """Add a reminder to a piece."""
    record, fields = _piece(gear_id), read_record(GEAR_REMINDER, json_body())
    return reply(gear.add_reminder(the_world(), record, fields))


@bp.put(f"{G}/<gear_id>/reminder/<reminder_id>")
def update_reminder(gear_id: str, reminder_id: str) -> Response:
    """Change, reset or snooze a reminder."""
    world, record = the_world(), _piece(gear_id)
    reminder = gear.find_reminder(record, number("reminderId", reminder_id))
    fields = read_record(GEAR_REMINDER, json_body())
    own = ("id", "gear_id")
    reminder |= {name: fields[name] for name in fields if name not in own}
    if flag("reset"):
        gear.reset(world, record, reminder)
    days = whole("snoozeDays", 0) or 0
    if days > 0:
        reminder["snoozed_until"] = stamp(world.now() + timedelta(days=days))
    return reply(gear.body(world, record))


@bp.delete(f"{G}/<gear_id>/reminder/<reminder_id>")
def remove_reminder(gear_id: str, reminder_id: str) -> Response:
    """Delete a reminder."""
    record = _piece(gear_id)
    reminder = gear.find_reminder(record, number("reminderId", reminder_id))
    record["reminders"].remove(reminder)
    return reply(gear.body(the_world(), record))
