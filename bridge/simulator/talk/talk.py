"""Keep chats and the comments on activities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridge.simulator.fields.activity import MESSAGE
from bridge.simulator.fields.bodies import Record, render
from bridge.simulator.fields.plan import CHAT
from bridge.simulator.refusals import not_found, semantic

if TYPE_CHECKING:
    from bridge.simulator.world import World


def create_chat(world: World, fields: Record) -> Record:
    """Open a chat and return it with all keys."""
    number = world.next_id("chat")
    record: Record = {"id": number, "updated": world.stamp(), "role": "MEMBER"} | fields
    world.chats[number] = record
    world.chat_messages[number] = []
    return chat_body(world, record)


def chat_body(world: World, record: Record) -> Record:
    """Return a chat with all keys and the number of unread messages."""
    rows = world.chat_messages[record["id"]]
    unread = sum(not row["seen"] for row in rows)
    return render(CHAT, record) | {"new_message_count": unread}


def find_chat(world: World, number: int) -> Record:
    """Return a stored chat or refuse with 404."""
    if number not in world.chats:
        raise not_found("Chat")
    return world.chats[number]


def _message(world: World, content: str, athlete_id: str, name: str) -> Record:
    if not content:
        raise semantic("Content is required")
    return {
        "id": world.next_id("message"),
        "athlete_id": athlete_id,
        "name": name,
        "created": world.stamp(),
        "type": "TEXT",
        "content": content,
        "seen": athlete_id == world.athlete_id,
    }


def say(world: World, chat_id: int, content: str, athlete_id: str, name: str) -> Record:
    """Add a message to a chat."""
    message = _message(world, content, athlete_id, name)
    world.chat_messages[chat_id].append(message)
    world.chats[chat_id]["updated"] = world.stamp()
    return render(MESSAGE, message)


def comment(
    world: World, activity: Record, content: str, athlete_id: str, name: str
) -> Record:
    """Add a comment to an activity."""
    message = _message(world, content, athlete_id, name)
    message["activity_id"] = activity["id"]
    world.messages.setdefault(activity["id"], []).append(message)
    if not activity.get("icu_chat_id"):
        chat = create_chat(world, {"type": "ACTIVITY", "activity_id": activity["id"]})
        activity["icu_chat_id"] = chat["id"]
    world.chat_messages[activity["icu_chat_id"]].append(message)
    return render(MESSAGE, message)
