"""Serve one activity: show, change, delete, comment."""

from __future__ import annotations

from flask import Blueprint, Response

from bridge.simulator.activities import records as activities
from bridge.simulator.door import flag, json_body, nothing, reply, the_world, whole
from bridge.simulator.fields.activity import ACTIVITY, MESSAGE
from bridge.simulator.fields.bodies import read_record, render
from bridge.simulator.refusals import not_found
from bridge.simulator.routes.laps import with_intervals
from bridge.simulator.talk import talk

bp = Blueprint("activity", __name__)

V = "/activity/<activity_id>"


@bp.get(V)
def show(activity_id: str) -> Response:
    """Return an activity, with laps when asked; 200 for a stub too."""
    world = the_world()
    record = activities.find(world, activity_id)
    if flag("intervals"):
        return reply(with_intervals(world, record))
    return reply(activities.body(world, record))


@bp.put(V)
def update(activity_id: str) -> Response:
    """Change sent fields; -1 clears a number."""
    world, changes = the_world(), read_record(ACTIVITY, json_body())
    record = activities.find(world, activity_id)
    return reply(activities.body(world, activities.update(world, record, changes)))


@bp.delete(V)
def remove(activity_id: str) -> Response:
    """Delete an activity and leave a tombstone."""
    world = the_world()
    return reply(activities.remove(world, activities.find(world, activity_id)))


@bp.delete(f"{V}/tombstone")
def remove_tombstone(activity_id: str) -> Response:
    """Forget that an activity was deleted, so that it may come again."""
    world = the_world()
    if activity_id not in world.tombstones:
        raise not_found("Tombstone")
    world.tombstones.discard(activity_id)
    return nothing()


@bp.get(f"{V}/messages")
def messages(activity_id: str) -> Response:
    """Return the comments on an activity, oldest first."""
    world = the_world()
    activities.find(world, activity_id)
    since, limit = whole("sinceId", 0) or 0, whole("limit", 100)
    rows = world.messages.get(activity_id, [])
    fresh = [render(MESSAGE, row) for row in rows if row["id"] > since]
    return reply(fresh[:limit])


@bp.post(f"{V}/messages")
def comment(activity_id: str) -> Response:
    """Add a comment; the first one opens a chat."""
    world = the_world()
    record = activities.find(world, activity_id)
    opened = not record.get("icu_chat_id")
    content = read_record({"content": "s"}, json_body()).get("content") or ""
    author = world.athlete_id, world.athlete["name"]
    message = talk.comment(world, record, content, *author)
    chat = talk.find_chat(world, record["icu_chat_id"]) if opened else None
    new_chat = talk.chat_body(world, chat) if chat else None
    return reply({"id": message["id"], "new_chat": new_chat})
