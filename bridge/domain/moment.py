"""Local days and wall clocks as upstream writes them, distrusted."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from bridge.domain.speech.voice import Voice

_DAY_LENGTH = len("yyyy-MM-dd")
_YEAR_DAYS = range(365, 368)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_LOCAL = re.compile(r"(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(:\d{2})?(\.\d+)?", re.ASCII)


def read_day(value: object) -> date | None:
    """Return the day a date or wall clock begins with, or None."""
    return _day(value[:_DAY_LENGTH]) if isinstance(value, str) else None


@lru_cache(maxsize=4096)
def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written) if _DAY.fullmatch(written) else None
    except ValueError:
        return None


def read_day_text(value: object) -> str | None:
    """Return :func:`read_day` as ``yyyy-MM-dd``."""
    day = read_day(value)
    return None if day is None else day.isoformat()


def read_local(value: object) -> str | None:
    """Return a wall clock as ``yyyy-MM-ddTHH:mm:ss``, or None."""
    found = _LOCAL.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return None
    day, minute, second = found.group(1), found.group(2), found.group(3) or ":00"
    try:
        return datetime.fromisoformat(f"{day}T{minute}{second}").isoformat()
    except ValueError:
        return None


def read_clock(value: object) -> datetime | None:
    """Return a wall clock, or None where there is a day without a time.

    Upstream writes midnight for "some time that day".
    """
    local = read_local(value)
    if local is None or local.endswith("T00:00:00"):
        return None
    return datetime.fromisoformat(local)


def last_day_of(first: date, end: object) -> date:
    """Return the last day of what ends at ``end``: at midnight, it is the day before.

    Upstream ends a day at the next midnight.
    """
    day = read_day(end)
    if day is None or day <= first:
        return first
    return day if read_clock(end) else day - timedelta(days=1)


def read_instant(value: object) -> str | None:
    """Return an instant as ``yyyy-MM-ddTHH:mm:ssZ``, or None."""
    if not isinstance(value, str) or _DAY.match(value) is None:
        return None
    try:
        moment = datetime.fromisoformat(value)
        utc = moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return utc.strftime("%Y-%m-%dT%H:%M:%SZ") if utc.year > 999 else None


def say_period(oldest: date, newest: date, voice: Voice, today: date) -> str:
    """Say some days at once: ``in the last 30 days``, ``from 1 to 7 June``."""
    if oldest >= newest:
        return voice.day(newest, today)
    if newest == today:
        days = (newest - oldest).days + 1
        if days in _YEAR_DAYS:
            return voice.say("period.year")
        return voice.say("period.last", n=days)
    if oldest == today:
        return voice.say("period.next", n=(newest - oldest).days + 1)
    first, last = (voice.calendar_day(day, today) for day in (oldest, newest))
    return voice.say("period.between", first=first, last=last)


def say_day(value: str | None, voice: Voice, today: date) -> str | None:
    """Say the day of a date or wall clock: ``yesterday``, ``on Friday``."""
    day = read_day(value)
    return None if day is None else voice.day(day, today)
