"""Whether the bridge is alive and its database answers."""

from __future__ import annotations

from flask import Response

from bridge.routes.replies import send
from bridge.services import services, stranger_voice


def alive() -> Response:
    """Tell that the bridge is running."""
    return send({}, stranger_voice().say("alive"))


def ready() -> Response:
    """Tell that the database answers, can be written, and is whole."""
    services().store.check()
    return send({}, stranger_voice().say("ready"))
