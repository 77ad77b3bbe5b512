"""Read and write days, wall clocks and instants as upstream does."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from bridge.simulator.refusals import bad_moment


def stamp(moment: datetime) -> str:
    """Write an instant: milliseconds and `+00:00`."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def read_stamp(text: str) -> datetime:
    """Read an instant written by `stamp` or ending in Z."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def wall_clock(text: str) -> datetime:
    """Read a local date-time; a date alone is refused, as upstream does."""
    if "T" not in text:
        raise bad_moment(text)
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError as error:
        raise bad_moment(text) from error


def local_day(text: str) -> date:
    """Read the day of a local date or date-time."""
    try:
        return datetime.fromisoformat(text).date()
    except ValueError as error:
        raise bad_moment(text) from error


def local_edge(text: str, *, end: bool) -> datetime:
    """Read one end of a range; a bare day reaches to its first or last second."""
    day = local_day(text)
    if len(text) > 10:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    return datetime.combine(day, time.max if end else time.min)


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def spoken_seconds(seconds: float) -> str:
    """Write a duration as lap summaries do: 6m54s."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    parts = [(hours, "h"), (minutes, "m"), (rest, "s")]
    return "".join(f"{value}{unit}" for value, unit in parts if value) or "0s"


def day_of(record: Mapping[str, Any]) -> date:
    """Return the local day a record begins on."""
    return date.fromisoformat(record["start_date_local"][:10])
