"""Work out what the seldom visited corners show: routes and sent messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bridge.simulator.activities import records as activities
from bridge.simulator.fields.bodies import Record, render
from bridge.simulator.fields.plan import ROUTE, ROUTE_WITH_COUNT
from bridge.simulator.refusals import semantic
from bridge.simulator.talk import talk

if TYPE_CHECKING:
    from bridge.simulator.world import World


def send(world: World, fields: Record) -> Record:
    """Send a message to wherever the fields say; a new chat opens when needed."""
    author, content = (world.athlete_id, world.athlete["name"]), fields.get("content")
    if fields.get("to_activity_id"):
        record = activities.find(world, fields["to_activity_id"])
        opened = not record.get("icu_chat_id")
        message = talk.comment(world, record, content or "", *author)
        chat_id = record["icu_chat_id"]
    elif fields.get("chat_id") or fields.get("to_athlete_id"):
        chat_id, opened = _chat_for(world, fields)
        message = talk.say(world, chat_id, content or "", *author)
    else:
        raise semantic("One of to_athlete_id, to_activity_id or chat_id is required")
    new_chat = talk.chat_body(world, world.chats[chat_id]) if opened else None
    return {"id": message["id"], "message": message, "new_chat": new_chat}


def _chat_for(world: World, fields: Record) -> tuple[int, bool]:
    if fields.get("chat_id"):
        return talk.find_chat(world, fields["chat_id"])["id"], False
    other = fields["to_athlete_id"]
    for number, chat in world.chats.items():
        if chat.get("other_athlete_id") == other:
            return number, False
    chat = talk.create_chat(world, {"type": "PRIVATE", "other_athlete_id": other})
    return chat["id"], True


def _followed(world: World, route_id: int) -> list[Record]:
    rows = activities.newest_first(world)
    return [row for row in rows if row.get("route_id") == route_id]


def route_with_count(world: World, route: Record) -> Record:
    """Return a route with how often and when it was followed."""
    rows = _followed(world, route["route_id"])
    newest: Record = rows[0] if rows else {}
    return render(ROUTE_WITH_COUNT, route) | {
        "activity_count": len(rows),
        "distance": newest.get("distance"),
        "most_recent_id": newest.get("id"),
        "most_recent_start_date_local": newest.get("start_date_local"),
        "most_recent_type": newest.get("type"),
    }


def path_of(world: World, route_id: int) -> list[Any]:
    """Return the path of a route: that of the last activity on it, thinned."""
    rows = _followed(world, route_id)
    streams = world.streams_of(rows[0]["id"]) if rows else None
    return (streams or {}).get("latlng", [])[::20]


def similarity(world: World, route: Record, other: Record) -> Record:
    """Tell how alike two routes are, from how long they are."""
    one, two = route_with_count(world, route), route_with_count(world, other)
    lengths = sorted((one["distance"] or 1.0, two["distance"] or 1.0))
    return {
        "route": render(ROUTE, route),
        "route_distance": one["distance"],
        "route_activity_count": one["activity_count"],
        "other": render(ROUTE, other),
        "other_distance": two["distance"],
        "other_activity_count": two["activity_count"],
        "similarity": round(lengths[0] / lengths[1], 4),
        "bounds": bounds(path_of(world, route["route_id"])),
    }


def bounds(path: list[Any]) -> list[list[float]] | None:
    """Return the south-west and north-east corners of a path."""
    if not path:
        return None
    latitudes, longitudes = [point[0] for point in path], [point[1] for point in path]
    return [[min(latitudes), min(longitudes)], [max(latitudes), max(longitudes)]]
