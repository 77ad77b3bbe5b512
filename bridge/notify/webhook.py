"""A signed webhook: Pushcut, Home Assistant, a program of one's own.

The headers are those of Standard Webhooks: an id that is the same at each try, the
time, and a signature over both and the body.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from datetime import datetime

from bridge.notify.outside import Outgoing
from bridge.store.outbox import Delivery

_PREFIX = "whsec_"
_SECRET_BYTES = 32
_SHORTEST, _LONGEST = 24, 64  # bytes, as Standard Webhooks has it


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookTarget:
    """Where a webhook goes, and the secret that both sides know."""

    url: str = field(repr=False)
    secret: str = field(repr=False)


def make_secret() -> str:
    """Return a new secret, as Standard Webhooks writes it."""
    return _PREFIX + b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def is_secret(text: str) -> bool:
    """Tell whether a text is a secret of a length that is allowed."""
    try:
        key = b64decode(text.removeprefix(_PREFIX), validate=True)
    except ValueError:
        return False
    return text.startswith(_PREFIX) and _SHORTEST <= len(key) <= _LONGEST


def webhook_of(
    delivery: Delivery, target: WebhookTarget, now: datetime, home: str
) -> Outgoing:
    """Return what is sent to a webhook: flat, with a title and a text."""
    message = {
        "type": f"message.{delivery.name}",
        "timestamp": f"{delivery.created_at:%Y-%m-%dT%H:%M:%SZ}",
        "title": delivery.title,
        "text": delivery.speech,
        "day": delivery.day,
        "url": f"{home}/today",
    }
    body = json.dumps(message, ensure_ascii=False).encode()
    sent_at = str(int(now.timestamp()))
    return Outgoing(
        url=target.url,
        headers={
            "Content-Type": "application/json",
            "webhook-id": delivery.message_id,
            "webhook-timestamp": sent_at,
            "webhook-signature": signature(
                target.secret, delivery.message_id, sent_at, body
            ),
        },
        body=body,
    )


def signature(secret: str, message_id: str, sent_at: str, body: bytes) -> str:
    """Return the signature of Standard Webhooks: HMAC-SHA256, version 1."""
    key = b64decode(secret.removeprefix(_PREFIX))
    signed = f"{message_id}.{sent_at}.".encode() + body
    return f"v1,{b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()}"
