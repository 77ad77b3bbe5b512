"""Sleep out of health samples: stages, several sources, nights cut off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bridge.domain.health.samples import (
    SLEEP_EXAMPLE,
    Sample,
    Span,
    local_day,
    total_s,
    union,
    without,
)
from bridge.errors import BadField

_SAME_NIGHT = timedelta(hours=3)
_PREFIX = "hkcategoryvaluesleepanalysis"


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
