"""Which activity is meant: an id, or the latest one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import TypeVar

from flask import Response

from bridge.domain.activity.activity import RawActivity
from bridge.domain.activity.lap import RawActivityWithLaps
from bridge.domain.flat import ident
from bridge.domain.overview.week import monday_of
from bridge.errors import NoLatest, NoLatestOfType, UpstreamGarbage
from bridge.routes.params import TYPE, activity_id
from bridge.routes.replies import paged, send
from bridge.services import client, today, voice

Raw = TypeVar("Raw", bound=RawActivity)
_LOOK_BACK_DAYS = (31, 366)  # most people were out this month: a small answer first


def readable(found: Iterable[RawActivity], sport: str | None) -> list[RawActivity]:
    """Return the activities that have an id and are of the sport asked for."""
    return [
        raw for raw in found if ident(raw.id) and (sport is None or raw.type == sport)
    ]


def latest_ranges() -> Iterator[tuple[date, date]]:
    """Yield the days among which the latest activity is, the likely ones first.

    Whole weeks and one day, for a flight east may end "tomorrow": asked for the same
    days again, last night's answer can stand in, but for the night to Monday.
    """
    week = monday_of(today())
    for days in _LOOK_BACK_DAYS:
        yield week - timedelta(days=days), week + timedelta(days=7)


def latest_of(sport: str | None) -> RawActivity | None:
    """Return the latest activity, of a type if one is given, or None."""
    limit = 1 if sport is None else None
    for oldest, newest in latest_ranges():
        found = readable(client().activities(oldest, newest, limit=limit), sport)
        if found:
            return found[0]
    return None


def with_laps(activity: str) -> RawActivityWithLaps | None:
    """Return an activity with its laps; None where there is no latest one.

    Raises
    ------
    BadId, NotFound, UpstreamGarbage
        If there can be, or is, no such activity.
    """
    wanted = activity
    if activity == "latest":
        latest = latest_of(TYPE.get())
        if latest is None:
            return None
        wanted = str(latest.id)
    return known(client().activity_with_laps(activity_id(wanted)), wanted)


def known(raw: Raw, wanted: str) -> Raw:
    """Return a record that has an id at all."""
    if ident(raw.id) is None:
        raise UpstreamGarbage(f"activity {wanted} came without an id")
    return raw


def none_found() -> Response:
    """Answer that there is no latest activity: not an error for a beginner."""
    return send({"count": 0}, _say_none())


def no_items_found() -> Response:
    """Answer the same where a list is expected."""
    return send(paged([], 0, 1), _say_none())


def no_file_found() -> NoLatest:
    """Return the same as a failure: where a file is expected, words are none."""
    if TYPE.get() is None:
        return NoLatest("no activity in the last year")
    return NoLatestOfType("no activity of this type in the last year")


def _say_none() -> str:
    of_type = TYPE.get() is not None
    return voice().say("activity.none_of_type" if of_type else "activity.none")
