"""Health samples as a phone sends them: ``start;end;value unit``, one in a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bridge.errors import BadField

MOST_SAMPLES = 2000
LONGEST = timedelta(hours=48)
MOST_CHARACTERS = 120
SLEEP_EXAMPLE = "2026-11-22T23:05:00;2026-11-23T06:40:00;Core"
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?(\.[0-9]{1,6})?"
    r"(Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_EARLIEST, _LATEST = 1990, 2100

Span = tuple[datetime, datetime]  # two instants in UTC, start and end


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One sample: two instants in UTC, and the value with its unit as it came."""

    start: datetime
    end: datetime
    value: str

    @property
    def span(self) -> Span:
        """Return when it was."""
        return self.start, self.end


def read_samples(name: str, sent: object, zone: ZoneInfo, example: str) -> list[Sample]:
    """Read the samples of one kind, oldest first.

    Parameters
    ----------
    name, example
        The field, and a line that works, for the refusal.
    sent
        A text of lines, or a list of them; "" for no samples. Start and end are wall
        clock, unless they bring an offset.
    zone
        The athlete's time zone, for the wall clock.

    Raises
    ------
    BadField
        For a line that is not of that shape, or too many.
    """
    refusal = BadField(f"{name}: not a list of samples", name=name, example=example)
    lines = _lines(sent, refusal)
    if len(lines) > MOST_SAMPLES:
        raise refusal
    samples = [_sample(line, zone, refusal) for line in lines]
    return sorted(samples, key=lambda sample: (sample.start, sample.end))


def _lines(sent: object, refusal: BadField) -> list[str]:
    rows = sent if isinstance(sent, list) else ["" if sent is None else sent]
    if not all(isinstance(row, str) for row in rows):
        raise refusal
    lines = [line.strip() for row in rows for line in str(row).splitlines()]
    return [line for line in lines if line]


def _sample(line: str, zone: ZoneInfo, refusal: BadField) -> Sample:
    parts = [part.strip() for part in line.split(";")]
    if len(parts) != 3 or not all(parts) or len(line) > MOST_CHARACTERS:
        raise refusal
    start, end = (_instant(part, zone, refusal) for part in parts[:2])
    if end < start:  # between them the clocks were set back
        end = _instant(parts[1], zone, refusal, fold=1)
    if not timedelta() <= end - start <= LONGEST:
        raise refusal
    return Sample(start=start, end=end, value=parts[2])


def _instant(
    text: str, zone: ZoneInfo, refusal: BadField, *, fold: int = 0
) -> datetime:
    if _MOMENT.fullmatch(text) is None:
        raise refusal
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise refusal from None
    if not _EARLIEST <= moment.year <= _LATEST:
        raise refusal
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone, fold=fold)
    return moment.astimezone(UTC)


def local_day(moment: datetime, zone: ZoneInfo) -> date:
    """Return the athlete's day of an instant."""
    return moment.astimezone(zone).date()


def union(spans: Iterable[Span]) -> list[Span]:
    """Return the time that is covered at all, in parts that do not touch."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        elif end > start:
            merged.append((start, end))
    return merged


def without(spans: Sequence[Span], holes: Sequence[Span]) -> list[Span]:
    """Return the time of ``spans`` that is in none of ``holes``; both are unions."""
    left: list[Span] = []
    for start, end in spans:
        for hole_start, hole_end in holes:
            if hole_end <= start or hole_start >= end:
                continue
            if hole_start > start:
                left.append((start, hole_start))
            start = max(start, hole_end)  # noqa: PLW2901 - what is left of this span
        if start < end:
            left.append((start, end))
    return left


def total_s(spans: Iterable[Span]) -> int:
    """Return how long spans are together, in seconds."""
    return round(
        sum((end - start for start, end in spans), timedelta()).total_seconds()
    )
