"""ntfy: a topic on ntfy.sh, or on a server of one's own."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit, urlunsplit

from bridge.notify.outside import Outgoing
from bridge.store.outbox import Delivery

_PRIORITY = {"low": 2, "normal": 3, "high": 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class NtfyTarget:
    """A topic, by its address; whoever knows it can read it."""

    url: str = field(repr=False)
    token: str = field(default="", repr=False)  # "": the topic is open


def ntfy_of(delivery: Delivery, target: NtfyTarget, home: str) -> Outgoing:
    """Return what is sent to the server of a topic.

    As JSON to the server itself: a header has no room for letters with accents.
    """
    parts = urlsplit(target.url)
    folder, _, topic = parts.path.rstrip("/").rpartition("/")
    message = {
        "topic": unquote(topic),
        "title": delivery.title,
        "message": delivery.speech,
        "priority": _PRIORITY[delivery.urgency],
        "click": f"{home}/today",
    }
    headers = {
        "Content-Type": "application/json",
        "webhook-id": delivery.message_id,
    }
    if target.token:
        headers["Authorization"] = f"Bearer {target.token}"
    return Outgoing(
        url=urlunsplit((parts.scheme, parts.netloc, f"{folder}/", "", "")),
        headers=headers,
        body=json.dumps(message, ensure_ascii=False).encode(),
    )
