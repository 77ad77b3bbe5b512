"""The verdict on a day: what stands against training as planned, and how hard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bridge.domain.calendar.event import RACES, Event, covers

Reason = Literal["hrv", "sleep", "resting_hr", "form"]

_SHORT_OF_SLEEP_S = 2700
_BEATS_TOO_MANY = 3
_ENOUGH_REASONS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What one night and the form say, each against what is usual."""

    sleep_s: int | None = None
    sleep_usual_s: int | None = None
    sleep_status: str | None = None
    hrv_status: str | None = None
    resting_hr_bpm: int | None = None
    resting_hr_usual_bpm: int | None = None
    resting_hr_status: str | None = None
    form_zone: str | None = None


def reasons_of(signs: Signs) -> list[Reason]:
    """Return which of the four are off.

    Sleep: 45 minutes and more below the week's mean, and low for these 60 days. HRV:
    low for these 60 days. Resting heart rate: three beats and more above the week's
    mean, and high for these 60 days. Form: below minus 30. Where the rule comes from
    stands in ``docs/decisions.md``.
    """
    found: list[Reason] = []
    if signs.hrv_status == "low":
        found.append("hrv")
    if signs.sleep_s is not None and signs.sleep_usual_s is not None:
        missing_s = signs.sleep_usual_s - signs.sleep_s
        if signs.sleep_status == "low" and missing_s >= _SHORT_OF_SLEEP_S:
            found.append("sleep")
    if signs.resting_hr_bpm is not None and signs.resting_hr_usual_bpm is not None:
        above = signs.resting_hr_bpm - signs.resting_hr_usual_bpm
        if signs.resting_hr_status == "high" and above >= _BEATS_TOO_MANY:
            found.append("resting_hr")
    if signs.form_zone == "high_risk":
        found.append("form")
    return found


def is_enough(reasons: Sequence[str]) -> bool:
    """Tell whether so much is off that an easy day is better."""
    return len(reasons) >= _ENOUGH_REASONS


def race_on(events: Sequence[Event], day: date) -> Event | None:
    """Return the race of a day that is still to be run, the most important first."""
    races = [event for event in events if event.category in RACES and not event.done]
    found = [race for race in races if covers(race, day)]
    return min(found, key=lambda race: race.category or "", default=None)
