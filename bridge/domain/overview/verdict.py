"""The verdict on a day: what stands against training as planned, and how hard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from bridge.domain.calendar.event import RACES, Event, covers
from bridge.domain.flat import number
from bridge.domain.wellness.baseline import LONG_DAYS, baseline_of
from bridge.domain.wellness.day import RawWellness
from bridge.domain.wellness.fields import WELLNESS_BY_NAME

Reason = Literal["hrv", "sleep", "resting_hr", "form"]

# What a night is held against, of the sixty before it.
COMPARED = frozenset({"sleep_s", "hrv_ms", "hrv_sdnn_ms", "resting_hr_bpm"})
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


def signs_of(rows: Sequence[RawWellness], day: date, form_zone: str | None) -> Signs:
    """Return the signs of a day out of its night and the sixty days before it.

    The rows are read as they came: nothing else is wanted of them.
    """
    by_name = {name: _by_age(rows, day, name) for name in COMPARED}
    tonight = {name: by_name[name].get(0) for name in COMPARED}
    by_sdnn = tonight["hrv_ms"] is None and tonight["hrv_sdnn_ms"] is not None
    sleep, pulse = (
        baseline_of(by_name["sleep_s"]),
        baseline_of(by_name["resting_hr_bpm"]),
    )
    hrv = baseline_of(by_name["hrv_sdnn_ms" if by_sdnn else "hrv_ms"])
    return Signs(
        sleep_s=_whole(tonight["sleep_s"]),
        sleep_usual_s=_whole(sleep.mean_7d),
        sleep_status=sleep.status,
        hrv_status=hrv.status,
        resting_hr_bpm=_whole(tonight["resting_hr_bpm"]),
        resting_hr_usual_bpm=_whole(pulse.mean_7d),
        resting_hr_status=pulse.status,
        form_zone=form_zone,
    )


def _by_age(
    rows: Sequence[RawWellness], day: date, name: str
) -> dict[int | None, float | None]:
    """Return one value by how many days ago it is, where it can be true."""
    field, values = WELLNESS_BY_NAME[name], dict[int | None, float | None]()
    ages = {f"{day - timedelta(days=age)}": age for age in range(LONG_DAYS + 1)}
    for row in rows:
        value, row_id = getattr(row, name), row.id
        age = ages.get(row_id) if isinstance(row_id, str) else None
        if isinstance(value, str):  # a number written as text
            value = number(value)
        if age is None or isinstance(value, bool) or not isinstance(value, int | float):
            continue
        if field.least <= value <= field.most:
            values[age] = value
    return values


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)


def is_easy(rows: Sequence[RawWellness], day: date, form_zone: str | None) -> bool:
    """Tell whether so much is off on a day that an easy one is better."""
    return is_enough(reasons_of(signs_of(rows, day, form_zone)))


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
