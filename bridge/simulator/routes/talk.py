"""Serve chats, custom items and routes: the corners clients seldom visit."""

from __future__ import annotations

from flask import Blueprint, Response

from bridge.simulator.door import (
    flag,
    json_body,
    nothing,
    number,
    reply,
    the_world,
    uploaded_file,
    whole,
)
from bridge.simulator.fields.activity import MESSAGE
from bridge.simulator.fields.bodies import Record, read_record, read_records, render
from bridge.simulator.fields.plan import CUSTOM_ITEM, ROUTE
from bridge.simulator.refusals import not_found, semantic
from bridge.simulator.talk import corners, talk

bp = Blueprint("talk", __name__)

A = "/athlete/<athlete_id>"
LONGEST_PAGE = 100


def _chats(kind: str | None) -> Response:
    world = the_world()
    rows = [row for row in world.chats.values() if kind in (None, row["type"])]
    return reply([talk.chat_body(world, row) for row in rows])


@bp.get(f"{A}/chats")
def chats() -> Response:
    """Return all chats."""
    return _chats(None)


@bp.get(f"{A}/groups")
def groups() -> Response:
    """Return the groups among the chats."""
    return _chats("GROUP")


def _chat(chat_id: str) -> Record:
    return talk.find_chat(the_world(), number("id", chat_id))


@bp.get("/chats/<chat_id>")
def chat(chat_id: str) -> Response:
    """Return one chat."""
    return reply(talk.chat_body(the_world(), _chat(chat_id)))


@bp.get("/chats/<chat_id>/messages")
def messages(chat_id: str) -> Response:
    """Return messages of a chat, the newest first."""
    rows = the_world().chat_messages[_chat(chat_id)["id"]]
    before, limit = whole("beforeId"), min(whole("limit", 30) or 30, LONGEST_PAGE)
    older = [row for row in rows if before is None or row["id"] < before]
    return reply([render(MESSAGE, row) for row in older[::-1][:limit]])


@bp.post("/chats/send-message")
def send() -> Response:
    """Send a message to a chat, an activity or an athlete."""
    world = the_world()
    targets = {"chat_id": "i", "to_athlete_id": "s", "to_activity_id": "s"}
    fields = read_record(MESSAGE | targets, json_body())
    return reply(corners.send(world, fields))


def _message(chat_id: str, message_id: str) -> Record:
    rows = the_world().chat_messages[_chat(chat_id)["id"]]
    wanted_id = number("msgId", message_id)
    for row in rows:
        if row["id"] == wanted_id:
            return row
    raise not_found("Message")


@bp.put("/chats/<chat_id>/messages/<message_id>")
def update_message(chat_id: str, message_id: str) -> Response:
    """Change the words of a message."""
    row, fields = _message(chat_id, message_id), read_record(MESSAGE, json_body())
    row["content"] = fields.get("content", row["content"])
    return reply({"id": row["id"]})


@bp.delete("/chats/<chat_id>/messages/<message_id>")
def remove_message(chat_id: str, message_id: str) -> Response:
    """Mark a message as deleted; its words go."""
    world, row = the_world(), _message(chat_id, message_id)
    row |= {"deleted": world.stamp(), "deleted_by_id": world.athlete_id}
    row["content"] = None
    return reply({"id": row["id"]})


@bp.put("/chats/<chat_id>/messages/<message_id>/seen")
def seen(chat_id: str, message_id: str) -> Response:
    """Mark everything up to a message as seen."""
    last = _message(chat_id, message_id)
    for row in the_world().chat_messages[_chat(chat_id)["id"]]:
        row["seen"] = row["seen"] or row["id"] <= last["id"]
    _chat(chat_id)["last_seen_message_id"] = last["id"]
    return reply({"id": last["id"]})


def _item(item_id: str) -> Record:
    items, key = the_world().custom_items, number("itemId", item_id)
    if key not in items:
        raise not_found("Custom item")
    return items[key]


@bp.get(f"{A}/custom-item")
def custom_items() -> Response:
    """Return the athlete's own charts and fields."""
    rows = the_world().custom_items.values()
    return reply([render(CUSTOM_ITEM, row) for row in rows])


@bp.post(f"{A}/custom-item")
def create_custom_item() -> Response:
    """Create a chart or field."""
    world, fields = the_world(), read_record(CUSTOM_ITEM, json_body())
    if not fields.get("name"):
        raise semantic("Name is required")
    if not fields.get("type"):
        raise semantic("Missing type")
    key = world.next_id("custom_item")
    identity = {"id": key, "athlete_id": world.athlete_id, "updated": world.stamp()}
    world.custom_items[key] = {"index": len(world.custom_items)} | fields | identity
    shown = render(CUSTOM_ITEM, world.custom_items[key])
    return reply(shown | {"required_items_created": []})


@bp.put(f"{A}/custom-item-indexes")
def reorder() -> Response:
    """Put the items in another order."""
    for row in read_records(CUSTOM_ITEM, json_body()):
        _item(str(row.get("id")))["index"] = row.get("index")
    return nothing()


@bp.get(f"{A}/custom-item/<item_id>")
def custom_item(item_id: str) -> Response:
    """Return one item."""
    return reply(render(CUSTOM_ITEM, _item(item_id)))


@bp.put(f"{A}/custom-item/<item_id>")
def update_custom_item(item_id: str) -> Response:
    """Change sent fields of an item."""
    world, row = the_world(), _item(item_id)
    fields = read_record(CUSTOM_ITEM, json_body())
    own = ("id", "athlete_id", "updated")
    row |= {name: fields[name] for name in fields if name not in own}
    row["updated"] = world.stamp()
    return reply(render(CUSTOM_ITEM, row))


@bp.delete(f"{A}/custom-item/<item_id>")
def remove_custom_item(item_id: str) -> Response:
    """Delete an item."""
    del the_world().custom_items[_item(item_id)["id"]]
    return nothing()


@bp.post(f"{A}/custom-item/<item_id>/image")
def custom_item_image(item_id: str) -> Response:
    """Store a picture for an item."""
    row, (name, _) = _item(item_id), uploaded_file()
    row["image"] = f"/custom-item/{row['id']}/{name}"
    return reply(render(CUSTOM_ITEM, row))


@bp.get(f"{A}/routes")
def routes() -> Response:
    """Return the routes with how often they were ridden."""
    world = the_world()
    return reply(
        [corners.route_with_count(world, row) for row in world.routes.values()]
    )


def _route(route_id: str) -> Record:
    rows, key = the_world().routes, number("route_id", route_id)
    if key not in rows:
        raise not_found("Route")
    return rows[key]


@bp.get(f"{A}/routes/<route_id>")
def route(route_id: str) -> Response:
    """Return one route, with its path when asked."""
    shown = render(ROUTE, _route(route_id))
    if flag("includePath"):
        shown["latlngs"] = corners.path_of(the_world(), shown["route_id"])
    return reply(shown)


@bp.put(f"{A}/routes/<route_id>")
def update_route(route_id: str) -> Response:
    """Change sent fields of a route."""
    row, fields = _route(route_id), read_record(ROUTE, json_body())
    own = ("athlete_id", "route_id", "latlngs")
    row |= {name: fields[name] for name in fields if name not in own}
    return reply(render(ROUTE, row))


@bp.get(f"{A}/routes/<route_id>/similarity/<other_id>")
def similarity(route_id: str, other_id: str) -> Response:
    """Tell how alike two routes are."""
    return reply(corners.similarity(the_world(), _route(route_id), _route(other_id)))


@bp.get("/shared-event/<event_id>")
def shared_event(event_id: str) -> Response:
    """Refuse: the pretend world has no shared events."""
    number("id", event_id)
    raise not_found("Shared event")
