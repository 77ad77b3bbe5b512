"""Which activity is meant: by its id, or as the latest; why there is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import TypeVar

from bridge.domain.activity.activity import MANUAL, RawActivity
from bridge.domain.flat import ident
from bridge.domain.moment import read_day
from bridge.domain.overview.week import monday_of
from bridge.domain.sport import types_meant
from bridge.errors import (
    NoLatest,
    NoLatestOfType,
    NoRecord,
    OtherId,
    UpstreamError,
    UpstreamGarbage,
)
from bridge.routes.params import TYPE, activity_id
from bridge.services import client, today, voice
from bridge.upstream.client import Client

Raw = TypeVar("Raw", bound=RawActivity)
_LOOK_BACK_DAYS = (31, 366)  # most people were out this month: a small answer first


def readable(raws: Iterable[RawActivity], sport: str | None) -> list[RawActivity]:
    """Return the activities that have an id and are of the sport asked for.

    A common word means the sport's whole group: see
    :func:`~bridge.domain.sport.types_meant`.
    """
    types = None if sport is None else types_meant(sport)
    return [
        raw for raw in raws if ident(raw.id) and (types is None or raw.type in types)
    ]


def latest_of(sport: str | None, upstream: Client | None = None) -> RawActivity | None:
    """Return the latest activity, of a type if one is given, or None.

    None that lies ahead: a workout to come may have been marked as done.
    """
    asking = upstream or client()
    for oldest, newest in _latest_ranges():
        for limit in (1, None) if sport is None else (None,):
            rows = asking.activities(oldest, newest, limit=limit)
            raws = [raw for raw in readable(rows, sport) if not _lies_ahead(raw)]
            if raws:
                return raws[0]
            if not rows:
                break  # without a limit there is none either
    return None


def _lies_ahead(raw: RawActivity) -> bool:
    """Tell whether an activity is of a day to come; a flight east ends tomorrow."""
    day = read_day(raw.start_date_local)
    if day is None:
        return False
    by_hand = raw.source == MANUAL
    return day > today() + timedelta(days=0 if by_hand else 1)


def read_activity(text: str) -> RawActivity:
    """Return the activity with an id.

    Raises
    ------
    BadId, NoRecord
        If there can be, or is, none; :class:`~bridge.errors.OtherId` where an ``i``
        in front was left out or is too much.
    """
    wanted = activity_id(text)
    try:
        return known(client().activity(wanted), text)
    except NoRecord as error:
        raise no_such(wanted, client()) from error


def no_such(wanted: str, upstream: Client) -> NoRecord:
    """Return why there is no such activity: one with the other id may be meant."""
    other = wanted[1:] if wanted.startswith("i") else f"i{wanted}"
    try:
        known(upstream.activity(other), other)
    except (NoRecord, UpstreamError):
        return NoRecord(f"activity {wanted}")
    return OtherId(f"activity {wanted}", activity=other)


def known(raw: Raw, wanted: str) -> Raw:
    """Return a record that has an id at all."""
    if ident(raw.id) is None:
        raise UpstreamGarbage(f"activity {wanted} came without an id")
    return raw


def say_no_latest() -> str:
    """Say that there is no latest activity: not an error for a beginner."""
    of_type = TYPE.get() is not None
    return voice().say("activity.none_of_type" if of_type else "activity.none")


def no_file() -> NoLatest:
    """Return the same as a failure: where a file is expected, words are none."""
    if TYPE.get() is None:
        return NoLatest("no activity in the last year")
    return NoLatestOfType("no activity of this type in the last year")


def _latest_ranges() -> Iterator[tuple[date, date]]:
    """Yield the days among which the latest activity is, the likely ones first.

    Whole weeks and one day, for a flight east may end "tomorrow": asked for the same
    days again, last night's answer can stand in, but for the night to Monday.
    """
    week = monday_of(today())
    for days in _LOOK_BACK_DAYS:
        yield week - timedelta(days=days), week + timedelta(days=7)
