"""Who the athlete is, as upstream knows them."""

from __future__ import annotations

from flask import Response

from bridge.domain.athlete.athlete import flatten_athlete, say_athlete
from bridge.routes.replies import reply
from bridge.services import client, voice


def show() -> Response:
    """Tell whose data this is: name, time zone, units."""
    athlete = flatten_athlete(client().athlete())
    return reply(athlete, say_athlete(athlete, voice()))
