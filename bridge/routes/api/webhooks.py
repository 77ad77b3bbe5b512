"""Webhooks of Intervals.icu: a sign that something changed, and nothing more."""

from __future__ import annotations

from flask import Response

from bridge.routes.replies import send
from bridge.services import owner_id, services, state, stranger_voice
from bridge.store.athletes import OWNER


def take(key: str) -> Response:
    """Take a webhook of Intervals.icu: a look is due, whatever it tells.

    The body is never believed: upstream is asked, later. Whom the bridge does not know
    is ignored. ``key`` was looked at by the guard.
    """
    del key
    known = services()
    known.store.facts.note_webhook(known.clock())
    if owner_id(known) in _athletes_in(state().fields.get("events")):
        known.store.changes.make_due(OWNER)
    return send({}, stranger_voice().say("webhook.taken"))


def _athletes_in(events: object) -> set[str]:
    rows = events if isinstance(events, list) else []
    ids = [row.get("athlete_id") for row in rows if isinstance(row, dict)]
    return {name for name in ids if isinstance(name, str) and name}
