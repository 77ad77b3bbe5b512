"""Whether the bridge is alive and its database answers."""

from __future__ import annotations

from flask import Response

from bridge.domain.doctor.checks import Ready
from bridge.domain.flat import plain
from bridge.routes.replies import send
from bridge.services import services, stranger_voice


def alive() -> Response:
    """Tell that the bridge is running."""
    return send({}, stranger_voice().say("alive"))


def ready() -> Response:
    """Tell that the database answers, can be written, and is whole; and who this is.

    Whoever asks an address sees by ``instance_id`` whether it leads here.
    """
    store = services().store
    store.check()
    record = Ready(instance_id=store.facts.instance_id())
    return send(plain(record), stranger_voice().say("ready"))
