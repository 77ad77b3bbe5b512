"""Training zones and thresholds, from the sport settings."""

from __future__ import annotations

from flask import Response

from bridge.domain.zones.settings import flatten_thresholds, settings_for
from bridge.domain.zones.zone import flatten_zones, say_zones
from bridge.routes.params import TYPE
from bridge.routes.replies import reply_items
from bridge.services import client, voice


def show() -> Response:
    """Tell the zones of a sport in percent, watts, beats and pace at once."""
    wanted = TYPE.get() or "Ride"
    raw = settings_for(client().sport_settings(), wanted)
    if raw is None:
        return reply_items([], voice().say("zones.none_at_all"))
    thresholds, zones = flatten_thresholds(raw), flatten_zones(raw)
    return reply_items(zones, say_zones(thresholds, zones, voice()), about=thresholds)
