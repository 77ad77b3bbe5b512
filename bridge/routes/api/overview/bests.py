"""Best efforts: power, heart rate and pace over durations and distances."""

from __future__ import annotations

from datetime import timedelta

from flask import Response

from bridge.domain.activity.bests import (
    Best,
    BestsOf,
    Eftp,
    flatten_bests,
    flatten_eftp,
    say_bests,
)
from bridge.domain.sport import sport_group
from bridge.routes.params import PERIOD, TYPE
from bridge.routes.replies import reply_items
from bridge.services import client, today, together, voice

_EFTP_DAYS = timedelta(days=42)


def show() -> Response:
    """Tell the bests of a sport over a time, and the estimated FTP."""
    sport, period = TYPE.get() or "Ride", PERIOD.get() or "1y"
    bests, eftp = read_bests(sport, period)
    said = say_bests(bests, voice(), today(), BestsOf(sport, period), eftp)
    return reply_items(bests, said, about=eftp)


def read_bests(sport: str, period: str) -> tuple[list[Best], Eftp | None]:
    """Ask for the curves that make sense for a sport, and for its eFTP."""
    upstream, day = client(), today()
    on_power = sport_group(sport) == "Ride"
    first, hearts, rows = together(
        lambda: upstream.curves("power" if on_power else "pace", sport, period),
        lambda: upstream.curves("hr", sport, period),
        lambda: upstream.eftp(day - _EFTP_DAYS, day),
    )
    bests = flatten_bests(first, sport, "power" if on_power else "pace")
    bests += flatten_bests(hearts, sport, "heart_rate")
    return bests, flatten_eftp(rows, sport)
