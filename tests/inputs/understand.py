"""Measure how much is understood of what people say: ``make understand``.

The corpus stands in ``tests/understanding``, a file for each section. Each utterance
is **right** if it becomes its record (or is refused, where it has to be), **refused**
if it is not understood although it should be, and **wrong** if it becomes anything
else: that is the one figure that must stay at nought.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Literal

from bridge.domain.calendar.dictated import DictatedWorkout
from bridge.domain.calendar.dictation import read_plan
from bridge.domain.inputs import (
    Dimension,
    InputError,
    Scale,
    parse_duration,
    parse_pace,
    parse_quantity,
    parse_scale,
)
from bridge.domain.inputs.days import Direction, read_time
from bridge.domain.speech.phrases import LANGUAGES
from bridge.errors import BridgeError
from tests.ask.corpus import read_ask

Verdict = Literal["right", "refused", "wrong"]
Record = dict[str, Any]
# Text, the language of the phone, the athlete's wall clock.
Reader = Callable[[str, str, datetime], Record]

CORPUS = Path(__file__).parents[1] / "understanding"


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """What was said, and the record that it must become; None where it is refused."""

    section: str
    language: str
    text: str
    now: datetime
    record: Record | None


def utterances() -> Iterator[Utterance]:
    """Read the corpus, section by section."""
    for file in sorted(CORPUS.glob("*.toml")):
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        for row in table["said"]:
            yield Utterance(
                section=file.stem,
                language=row["language"],
                text=row["text"],
                now=datetime.fromisoformat(row.get("now", table["now"])),
                record=row.get("record"),
            )


def verdict_on(utterance: Utterance) -> tuple[Verdict, object]:
    """Return how an utterance was understood, and what became of it."""
    read = READERS[utterance.section]
    try:
        found = read(utterance.text, utterance.language, utterance.now)
    except (InputError, BridgeError) as error:
        return ("right" if utterance.record is None else "refused"), error
    if utterance.record is None:
        return "wrong", found
    same = all(found.get(key) == value for key, value in utterance.record.items())
    return ("right" if same else "wrong"), found


def read_planned(text: str, language: str, now: datetime) -> Record:
    """Return what a dictated sentence plans, as the corpus writes it down."""
    plan = read_plan(text, now, language=language)
    record: Record = {"day": plan.day.isoformat(), "sport": plan.sport}
    if plan.clock is not None:
        record["clock"] = plan.clock.isoformat("minutes")
    if plan.choose:
        return record | {"choose": True}
    if isinstance(plan, DictatedWorkout):
        text = plan.description or f"{plan.planned_s} s"
        record |= {"text": text.replace("\n", "/")}
        units = [row.aim.unit for one in plan.sets for row in one.intervals]
        record |= {"indoor": plan.indoor, "assumed": list(plan.assumed)}
        return record | ({"bpm": True} if "bpm" in units else {})
    record |= {"category": plan.category, "name": plan.name}
    if plan.end_day is not None:
        record["end"] = plan.end_day.isoformat()
    return record | {"km": plan.distance_km}


def read_day(
    text: str, _language: str, now: datetime, *, direction: Direction
) -> Record:
    """Return a day with its clock time and the days it could be as well."""
    said = read_time(text, now, direction=direction, after=now.date())
    return {
        "day": said.day.day.isoformat(),
        "others": [other.isoformat() for other in said.day.others],
        "clock": None if said.clock is None else said.clock.time.isoformat("minutes"),
        "choose": said.day.choose,
    }


def read_value(text: str, _language: str, _now: datetime, *, of: Dimension) -> Record:
    """Return one value in the unit that the bridge keeps."""
    return {"value": parse_quantity(text, of)}


def read_scaled(text: str, _language: str, _now: datetime) -> Record:
    """Return the number of a scale; the text names the scale: "mood: not bad"."""
    scale, _, said = text.partition(": ")
    return {"value": parse_scale(said, Scale(scale))}


def read_sleep(text: str, _language: str, _now: datetime) -> Record:
    """Return seconds."""
    return {"value": parse_duration(text, default_unit="s", least_s=300)}


def read_effort(text: str, _language: str, _now: datetime) -> Record:
    """Return how hard a session was."""
    return {"value": parse_scale(text, Scale.RPE)}


def read_threshold(text: str, _language: str, _now: datetime) -> Record:
    """Return watts, beats or seconds a kilometre: "ftp: two eighty eight"."""
    name, _, said = text.partition(": ")
    if name == "pace":
        return {"value": parse_pace(said).s_per_km}
    dimension = Dimension.POWER if name == "ftp" else Dimension.HEART_RATE
    return {"value": parse_quantity(said, dimension)}


READERS: Mapping[str, Reader] = {
    "ask": read_ask,
    "colloquial": read_ask,
    "mornings": read_ask,
    "workouts": read_planned,
    "days_ahead": partial(read_day, direction="forward"),
    "days_back": partial(read_day, direction="backward"),
    "weights": partial(read_value, of=Dimension.MASS),
    "sleep": read_sleep,
    "scales": read_scaled,
    "effort": read_effort,
    "thresholds": read_threshold,
}


def say(line: str) -> None:
    """Write a line."""
    sys.stdout.write(f"{line}\n")


def main() -> int:
    """Print the three figures of each language, and what was not right."""
    counts: dict[str, Counter[Verdict]] = {name: Counter() for name in LANGUAGES}
    for utterance in utterances():
        verdict, found = verdict_on(utterance)
        counts[utterance.language][verdict] += 1
        if verdict != "right":
            where = f"{utterance.section} {utterance.language}"
            say(f"{verdict}: [{where}] {utterance.text} -> {found}")
    say("language  utterances  right  refused  wrong")
    for language, figures in counts.items():
        said = sum(figures.values())
        right, refused, wrong = (figures[one] for one in ("right", "refused", "wrong"))
        say(f"{language:8}  {said:10}  {right:5}  {refused:7}  {wrong:5}")
    return 1 if any(figures["wrong"] for figures in counts.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
