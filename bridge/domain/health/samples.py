"""Health samples as a phone sends them, and the sleep and steps that are in them.

A sample is a line ``start;end;value unit``. Or all samples come as four columns parted
by ``;`` - the starts, the ends, the values, the units, each one a line a sample: a
phone writes those at once, and lines only in a loop, which takes it minutes. Several
sources see the same night and count the same steps.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import TypeGuard
from zoneinfo import ZoneInfo

from bridge.domain.inputs.refusals import InputError, refused
from bridge.domain.inputs.written import read_written
from bridge.errors import BadField, BridgeError

MOST_SAMPLES = 2000
MOST_EXPORTED = 20_000
LONGEST = timedelta(hours=48)
MOST_CHARACTERS = 120
SLEEP_EXAMPLE = "2026-11-22T23:05:00;2026-11-23T06:40:00;Core"
_EARLIEST, _LATEST = 1990, 2100
_SAME_NIGHT = timedelta(hours=3)
_PREFIX = "hkcategoryvaluesleepanalysis"

Span = tuple[datetime, datetime]  # two instants in UTC, start and end
Counted = tuple["Sample", float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One sample: two instants in UTC, and the value with its unit as it came."""

    start: datetime
    end: datetime
    value: str
    line: str = ""

    @property
    def span(self) -> Span:
        """Return when it was."""
        return self.start, self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class BadSample:
    """A line that costs itself and nothing else: of which kind, and why."""

    name: str
    line: str
    error: BridgeError


@dataclass(frozen=True, slots=True)
class Samples:
    """What a phone sent of one kind: what can be read, oldest first, and the rest."""

    good: list[Sample]
    bad: list[BadSample]


def read_samples(
    name: str, sent: object, zone: ZoneInfo, example: str, *, day_first: bool = False
) -> Samples:
    """Read the samples of one kind.

    Parameters
    ----------
    name, example
        The field, and a line that works, for the refusal.
    sent
        A text of lines or of columns, or a list of lines; "" for no samples. Start and
        end are wall clock, unless they bring an offset; see
        :func:`~bridge.domain.inputs.written.read_written` for their forms.
    zone
        The athlete's time zone, for the wall clock.
    day_first
        Whether the athlete's language puts the day before the month, always.

    Raises
    ------
    BadField
        For what is no list of lines, columns of different length, or too many.
    """
    refusal = BadField(f"{name}: not a list of samples", name=name, example=example)
    lines = _columns(sent, refusal) if _are_columns(sent) else _lines(sent, refusal)
    # An app sends days minute by minute; nobody else sends a tuple.
    most = MOST_EXPORTED if isinstance(sent, tuple) else MOST_SAMPLES
    if len(lines) > most:
        raise refusal
    good: list[Sample] = []
    bad: list[BadSample] = []
    for line in lines:
        try:
            good.append(_sample(line, _Instants(zone, refusal, day_first)))
        except InputError as mistake:
            bad.append(BadSample(name=name, line=line, error=refused(name, mistake)))
        except BadField as error:
            bad.append(BadSample(name=name, line=line, error=error))
    return Samples(sorted(good, key=lambda sample: (sample.start, sample.end)), bad)


def _lines(sent: object, refusal: BadField) -> list[str]:
    rows = sent if isinstance(sent, list | tuple) else [sent]
    rows = ["" if row is None else row for row in rows]
    if not all(isinstance(row, str) for row in rows):
        raise refusal
    lines = [line.strip() for row in rows for line in str(row).splitlines()]
    return [line for line in lines if line]


def _are_columns(sent: object) -> TypeGuard[str]:
    """Tell columns from lines: a line has two semicolons, of each its own."""
    return isinstance(sent, str) and sent.count(";") == 3


def _columns(sent: str, refusal: BadField) -> list[str]:
    """Return the lines of columns; a unit that is the same for all may come once."""
    starts, ends, values, units = (_column(block) for block in sent.split(";"))
    if len(set(units)) <= 1:
        units = (units or [""])[:1] * len(starts)
    if not len(starts) == len(ends) == len(values) == len(units):
        raise refusal
    rows = zip(starts, ends, values, units, strict=True)
    return [f"{start};{end};{value} {unit}" for start, end, value, unit in rows]


def _column(block: str) -> list[str]:
    return [line.strip() for line in block.splitlines() if line.strip()]


def _sample(line: str, instants: _Instants) -> Sample:
    parts = [part.strip() for part in line.split(";")]
    if len(parts) != 3 or not all(parts) or len(line) > MOST_CHARACTERS:
        raise instants.refusal
    start, end = (instants.read(part) for part in parts[:2])
    if end < start:  # between them the clocks were set back
        end = instants.read(parts[1], fold=1)
    if not timedelta() <= end - start <= LONGEST:
        raise instants.refusal
    return Sample(start=start, end=end, value=parts[2], line=line)


@dataclass(frozen=True, slots=True)
class _Instants:
    """Reads the instants of one athlete's samples."""

    zone: ZoneInfo
    refusal: BadField
    day_first: bool

    def read(self, text: str, *, fold: int = 0) -> datetime:
        """Return an instant in UTC; the wall clock is the athlete's."""
        written = read_written(text, day_first=self.day_first)
        if written is None or written.clock is None:
            raise self.refusal
        moment = written.moment
        if not _EARLIEST <= moment.year <= _LATEST:
            raise self.refusal
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=self.zone, fold=fold)
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


class Stage(StrEnum):
    """What a sample of sleep says."""

    STAGED = "staged"  # core, deep, REM: a watch that looked closely
    ASLEEP = "asleep"  # asleep, nobody knows how
    AWAKE = "awake"
    IN_BED = "in bed"


# English, German, French and Spanish, and the numbers of HealthKit.
_WORDS: Mapping[Stage, str] = {
    Stage.STAGED: "core|asleep core|asleepcore|core sleep|light|light sleep|kern|"
    "kernschlaf|leicht|leichtschlaf|deep|asleep deep|asleepdeep|deep sleep|tief|"
    "tiefschlaf|rem|asleep rem|asleeprem|rem sleep|rem schlaf|essentiel|léger|profond|"
    "paradoxal|principal|esencial|ligero|profundo|3|4|5",
    Stage.ASLEEP: "asleep|asleep unspecified|asleepunspecified|unspecified|sleeping|"
    "sleep|schlafend|schlafen|schläft|schlaf|nicht angegeben|endormi|sommeil|dormido|"
    "durmiendo|1",
    Stage.AWAKE: "awake|wach|wach gelegen|éveillé|réveillé|despierto|2",
    Stage.IN_BED: "in bed|inbed|im bett|au lit|en la cama|en cama|0",
}
_STAGES = {word: stage for stage, words in _WORDS.items() for word in words.split("|")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """One night, or one nap: the day is that of waking."""

    day: date
    start: datetime
    asleep_s: int


def nights(samples: Sequence[Sample], zone: ZoneInfo) -> list[Night]:
    """Return when the athlete slept, oldest first.

    Time that several sources saw is counted once. A stage counts as sleep whatever
    another source says; where there is only "asleep", time awake is taken off. Time
    in bed is no sleep. Sleep with less than three hours in between is one night.

    Raises
    ------
    BadField
        For a word that names no stage.
    """
    spans: dict[Stage, list[Span]] = {stage: [] for stage in Stage}
    for sample in samples:
        spans[stage_of(sample.value)].append(sample.span)
    unsure = without(union(spans[Stage.ASLEEP]), union(spans[Stage.AWAKE]))
    return [
        Night(
            day=local_day(parts[-1][1], zone),
            start=parts[0][0],
            asleep_s=total_s(parts),
        )
        for parts in _grouped(union([*spans[Stage.STAGED], *unsure]))
    ]


def only_in_bed(samples: Sequence[Sample]) -> bool:
    """Tell whether there is time in bed, but no sleep: a phone without a watch."""
    stages = {stage_of(sample.value) for sample in samples}
    return Stage.IN_BED in stages and not stages & {Stage.STAGED, Stage.ASLEEP}


def stage_of(value: str) -> Stage:
    """Return the stage that a sample's value names."""
    word = value.casefold().replace("(", " ").replace(")", " ").replace("-", " ")
    stage = _STAGES.get(" ".join(word.removeprefix(_PREFIX).split()))
    if stage is None:
        raise BadField("sleep: unknown stage", name="sleep", example=SLEEP_EXAMPLE)
    return stage


def _grouped(spans: Sequence[Span]) -> list[list[Span]]:
    groups: list[list[Span]] = []
    for span in spans:
        if groups and span[0] - groups[-1][-1][1] < _SAME_NIGHT:
            groups[-1].append(span)
        else:
            groups.append([span])
    return groups


def steps_by_day(counted: Sequence[Counted], zone: ZoneInfo) -> dict[date, float]:
    """Return the sum of each local day.

    Samples that overlap come from several sources which counted the same steps: at
    each moment the fastest counts. One that reaches over midnight is shared out.
    Those without a length are sums of a day already: the largest counts.
    """
    totals: dict[date, float] = {}
    for sample, steps in counted:
        if sample.end == sample.start:
            day = local_day(sample.start, zone)
            totals[day] = max(totals.get(day, 0.0), steps)
    paces = [
        _Pace(*sample.span, steps / (sample.end - sample.start).total_seconds())
        for sample, steps in counted
        if sample.end > sample.start
    ]
    for day, steps in _swept(paces, zone).items():
        totals[day] = max(totals.get(day, 0.0), steps)
    return totals


@dataclass(frozen=True, slots=True)
class _Pace:
    """Steps of one sample, spread over its time."""

    start: datetime
    end: datetime
    per_s: float


def _swept(paces: Sequence[_Pace], zone: ZoneInfo) -> dict[date, float]:
    """Walk from border to border; between two of them nothing changes."""
    borders = sorted(
        {moment for pace in paces for moment in (pace.start, pace.end)}
        | {moment for pace in paces for moment in _midnights(pace, zone)}
    )
    waiting = sorted(paces, key=lambda pace: pace.start, reverse=True)
    active: list[_Pace] = []
    totals: dict[date, float] = {}
    for start, end in pairwise(borders):
        while waiting and waiting[-1].start <= start:
            active.append(waiting.pop())
        active = [pace for pace in active if pace.end > start]
        fastest = max((pace.per_s for pace in active), default=0.0)
        day = local_day(start, zone)
        steps = fastest * (end - start).total_seconds()
        totals[day] = totals.get(day, 0.0) + steps
    return totals


def _midnights(pace: _Pace, zone: ZoneInfo) -> list[datetime]:
    day, last = local_day(pace.start, zone), local_day(pace.end, zone)
    moments = []
    while day < last:
        day += timedelta(days=1)
        moments.append(
            datetime.combine(day, time(), zone).astimezone(pace.start.tzinfo)
        )
    return moments
