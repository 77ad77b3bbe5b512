"""Records of the domain with everything missing, none, one, many, negative and huge.

Strategies are made from the types, so that a field added tomorrow is tried too. Only
what the flatteners guarantee is told here: a day is a day, a scale has a word.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
from hypothesis import strategies as st

from bridge.domain.calendar.workout import StepTarget, WorkoutStep
from bridge.domain.calendar.written import EventWritten
from bridge.domain.health.written import HealthItem
from bridge.domain.messages.topics import NAMES as TOPIC_NAMES
from bridge.domain.speech.phrases import phrases_of
from bridge.domain.speech.voice import Voice
from bridge.domain.wellness.fields import WELLNESS_FIELDS, WellnessField
from bridge.domain.wellness.written import WellnessChange

Strategy = st.SearchStrategy[Any]

TODAY = date(2026, 11, 23)
LONG = "Nordschleife Eiffel Grande Boucle Tour Retour " * 6
NAMES = ("Tempo", "Über die Brücke", "Encore? Go!", LONG.strip()[:200])
NEAR = [date.fromordinal(TODAY.toordinal() + days) for days in range(-9, 10)]
FAR = [date(2026, 3, 29), date(2026, 10, 25), date(2024, 2, 29), date(2031, 1, 1)]
VOICES = [
    Voice(locale, units, fahrenheit, pounds)
    for locale in ("en_GB", "en_US", "de_DE", "de_AT", "fr_FR", "fr_CA", "es_ES")
    for units in ("metric", "imperial")
    for fahrenheit, pounds in ((None, None), (True, False))
]

whole = st.sampled_from([0, 1, 2, 5, 42, 100, 5400, 123_456, 10**9, -1, -12, -4000])
decimal = st.sampled_from(
    [0.0, 0.04, 0.4, 1.0, 1.04, 5.25, 12.44, 98.6, 1234.5, 1e9, 1e29, -0.2, -1.0, -12.5]
)
day = st.sampled_from([*NEAR, *FAR])
iso_day = day.map(str)
clock = st.builds(
    lambda on, at: f"{on}T{at}",
    day,
    st.sampled_from(["00:00:00", "00:30:00", "07:05:00", "23:30:00"]),
)
name = st.sampled_from(NAMES)
ident = st.sampled_from(["1", "2", "i123"])


def _ends(prefix: str) -> Strategy:
    keys = [key for key in phrases_of("en") if key.startswith(prefix)]
    return st.sampled_from([key.removeprefix(prefix) for key in keys])


sport = st.one_of(_ends("sport."), st.just("FutureSport"))
status = st.sampled_from(["low", "normal", "high"])
_DAYS = (
    *("date", "from_", "to", "race_date", "changed_since", "phase_until"),
    "verdict_until",
)
FIELDS: dict[str, Strategy] = {
    **dict.fromkeys(_DAYS, iso_day),
    "start_local": clock,
    "end_local": clock,
    **dict.fromkeys(("form_zone", "form_after_plan_zone"), _ends("form_zone.")),
    "category": st.one_of(_ends("category."), st.just("FUTURE")),
    "sleep_status": status,
    "resting_hr_status": status,
    "effort": st.sampled_from(["easy", "usual", "hard"]),
    "reason": st.sampled_from(["sick", "injured", "holiday"]),
    "verdict": st.sampled_from(["sick", "injured", "holiday", "race", "easy"]),
    "reasons": st.sampled_from(["hrv, sleep", "resting_hr, form", "form"]),
    "race_category": _ends("category."),
    "session_start_local": clock,
    "race_start_local": clock,
    "hrv_status": status,
    "sport": sport,
    "type": sport,
    "sports": st.sampled_from(["Ride", "Ride, Run, FutureSport", "Other"]),
    "timezone": st.sampled_from(["UTC", "Europe/Vienna", "America/Indiana/Knox"]),
    "event_id": ident,
    "on": st.frozensets(st.sampled_from(TOPIC_NAMES)),
    "sent": st.sampled_from([{}, {"zone": "2"}, {"zone": "2", "to_pace": "4:00"}]),
    "source": st.sampled_from(["STRAVA", "MANUAL", "GARMIN_CONNECT"]),
}


def of_function(function: Any) -> Strategy:
    """Return keyword arguments for a function of the domain."""
    hints = get_type_hints(function)
    hints.pop("return")
    return st.fixed_dictionaries({key: _of(key, kind) for key, kind in hints.items()})


def wellness_value(field: WellnessField) -> Strategy:
    """Return what a wellness field may hold after it was read."""
    if field.words is not None:
        return st.sampled_from(sorted(field.words)) if field.words else name
    if not field.digits:
        ends = {int(field.least), min(int(field.most), 2), int(field.most)}
        middle = st.integers(int(field.least), int(field.most))
        return st.one_of(st.sampled_from(sorted(ends)), middle)
    floats = st.floats(field.least, field.most)
    return st.one_of(st.just(float(field.most)), floats).map(
        lambda value: round(value, field.digits) + 0.0
    )


def _of(key: str, kind: Any) -> Strategy:
    options = [option for option in _options(kind) if option is not NoneType]
    found = [_of_one(key, option) for option in options]
    none = [st.none()] if NoneType in _options(kind) else []
    return st.one_of(*none, *found)


def _of_one(key: str, kind: Any) -> Strategy:
    if key in FIELDS and (kind is str or key in ("on", "sent")):
        return FIELDS[key]
    if kind in _SCALARS:
        return _SCALARS[kind]
    origin, inside = get_origin(kind), get_args(kind)
    if origin is Literal:
        return st.sampled_from(inside)
    if origin in (Sequence, Collection, tuple, list):
        return st.lists(_of(key, inside[0]), max_size=5)
    if origin in (Mapping, dict):
        return st.dictionaries(ident, _of(key, inside[1]), max_size=2)
    return of_record(kind)


def _options(kind: Any) -> tuple[Any, ...]:
    if get_origin(kind) in (Union, UnionType):
        return get_args(kind)
    return (kind,)


def of_record(kind: type[Any]) -> Strategy:
    """Return records of one of the domain's types."""
    if kind is WorkoutStep:
        return st.one_of(_step(), st.builds(_repeat, st.lists(_step(), max_size=3)))
    hints = get_type_hints(kind)
    names = _names(kind)
    given = {key: _of(key, hints[key]) for key in names}
    if kind is EventWritten:  # what was written has a day
        given["date"] = iso_day
    if kind.__name__ in ("Wellness", "Recovery"):
        values = {field.name: wellness_value(field) for field in WELLNESS_FIELDS}
        given |= {key: st.one_of(st.none(), value) for key, value in values.items()}
    if kind in (WellnessChange, HealthItem):
        return st.sampled_from(WELLNESS_FIELDS).flatmap(
            lambda field: st.builds(kind, **given | _one_value(field, names))
        )
    return st.builds(kind, **given)


def _one_value(field: WellnessField, names: Collection[str]) -> dict[str, Strategy]:
    held = {"wanted", "value", "before"} & set(names)
    return {"field": st.just(field.name)} | dict.fromkeys(held, wellness_value(field))


def _names(kind: type[Any]) -> list[str]:
    if issubclass(kind, tuple):
        return list(kind.__annotations__)
    if issubclass(kind, msgspec.Struct):
        return [field.name for field in msgspec.structs.fields(kind)]
    return [field.name for field in dataclasses.fields(kind)]


def _step() -> Strategy:
    units = st.sampled_from(["w", "%ftp", "power_zone", "hr_zone", "rpm", "strange"])
    amount = st.sampled_from([0.0, 1.0, 2.0, 95.5, 260.0, 1e9])
    target = st.builds(StepTarget, amount, amount, units)
    return st.builds(
        WorkoutStep,
        label=st.one_of(st.none(), name),
        duration_s=st.one_of(st.none(), whole.map(abs)),
        distance_m=st.one_of(st.none(), whole.map(abs)),
        targets=st.lists(target, max_size=1).map(tuple),
    )


def _repeat(steps: list[WorkoutStep]) -> WorkoutStep:
    return WorkoutStep(reps=len(steps) or 1, steps=tuple(steps))


_SCALARS: dict[Any, Strategy] = {
    str: name,
    int: whole,
    float: decimal,
    bool: st.booleans(),
    Any: st.one_of(name, whole, decimal),
    date: day,
    datetime: clock.map(datetime.fromisoformat),
    time: clock.map(datetime.fromisoformat).map(datetime.time),
    Voice: st.sampled_from(VOICES),
}
