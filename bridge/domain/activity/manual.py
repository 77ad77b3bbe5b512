"""An activity that no device recorded: as it is told, and as upstream takes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Final

from bridge.domain.activity.activity import RawActivity, RawWritableActivity
from bridge.domain.activity.input import LONGEST_NAME, values_of
from bridge.domain.flat import Scalar, ident, number, text
from bridge.domain.inputs import (
    InputError,
    parse_day,
    parse_distance,
    parse_duration,
    parse_start_local,
    parse_text,
    read_sport,
    refused,
)
from bridge.domain.moment import read_clock
from bridge.domain.values import Values, differing
from bridge.errors import BadField, DayToCome, FieldsClash, MissingField

MANUAL_INPUTS: Final[tuple[tuple[str, str, Scalar], ...]] = (
    ("type", "the sport", "WeightTraining"),
    ("moving_s", "how long it took", "45 min"),
    ("distance_km", "how far, where there was a way", "10 km"),
    ("day", "the day, today without it", "yesterday"),
    ("start_local", "day and time on the wall clock", "2026-11-23T06:30"),
    ("name", "what it is called", "Core"),
)
MEANT: Final[Mapping[str, str]] = {
    "sport": "type",
    "duration": "moving_s",
    "moving_time": "moving_s",
    "distance": "distance_km",
    "date": "day",
    "start_date_local": "start_local",
    "title": "name",
}
_LONGEST_S = 24 * 3600
_FARTHEST_M = 1_000_000
_NOON = time(12)
_SOON_S = 600
RATED = ("rpe", "feel", "description")  # one that has these was touched since


def read_manual(
    sent: Mapping[str, object], now: datetime, *, day_first: bool = False
) -> Values:
    """Return the values of an activity that is told.

    Without a time of day one of today ended just now, and one of another day began
    at noon.

    Parameters
    ----------
    sent
        Names out of :data:`MANUAL_INPUTS` with what the phone sent.
    now
        The athlete's wall clock.
    day_first
        Whether the athlete's language puts the day before the month, always.

    Returns
    -------
    Values
        ``type``, ``start_local``, ``name``, ``moving_s``, ``distance_m``.

    Raises
    ------
    BadField, MissingField, FieldsClash
        For what is not understood, lacks or comes twice.
    DayToCome
        If it lies ahead.
    """
    if "type" not in sent:
        raise MissingField("type", name="type", example="Ride, Run or WeightTraining")
    if not {"moving_s", "distance_km"} & set(sent):
        raise MissingField("moving_s", name="moving_s", example="45 min")
    if {"day", "start_local"} <= set(sent):
        raise FieldsClash("day", name="day", other="start_local")
    length_s, metres = _length_s(sent), _metres(sent)
    start = _start(sent, now, length_s or 0, day_first=day_first)
    if start > now:
        raise DayToCome(f"{start:%Y-%m-%d}")
    return {
        "type": _read("type", sent["type"]),
        "start_local": start.isoformat(timespec="seconds"),
        "name": _read("name", sent["name"]) if "name" in sent else None,
        "moving_s": length_s,
        "distance_m": metres,
    }


def manual_row(values: Values) -> dict[str, object]:
    """Return an activity as upstream takes it."""
    row = {
        "type": values["type"],
        "start_date_local": values["start_local"],
        "name": values["name"],
        "moving_time": values["moving_s"],
        "elapsed_time": values["moving_s"],
        "distance": values["distance_m"],
        "external_id": values["external_id"],
    }
    return {name: value for name, value in row.items() if value is not None}


def manual_values(raw: RawWritableActivity) -> Values:
    """Return what upstream has of a told activity, its rating beside what was told."""
    known = values_of(raw)
    length_s, metres = number(raw.moving_time), number(raw.distance)
    return {
        "type": known["type"],
        "start_local": text(raw.start_date_local, 30),
        "name": known["name"],
        "moving_s": None if length_s is None else round(length_s),
        "distance_m": None if metres is None else round(metres),
        "external_id": ident(raw.external_id),
        **{name: known[name] for name in RATED},
    }


def is_repeat(raw: RawActivity, wanted: Values) -> bool:
    """Tell whether an activity is what is told now: as long, and at the same time."""
    started, start = read_clock(raw.start_date_local), read_clock(wanted["start_local"])
    if started is None or start is None:
        return False
    now = {
        "type": text(raw.type, 40),
        "moving_s": number(raw.moving_time),
        "distance_m": number(raw.distance),
    }
    length_s = number(wanted["moving_s"]) or _SOON_S
    is_near = abs((started - start).total_seconds()) < max(length_s, _SOON_S)
    return is_near and not differing({name: wanted[name] for name in now}, now)


def _start(
    sent: Mapping[str, object], now: datetime, length_s: int, *, day_first: bool
) -> datetime:
    name = "start_local" if "start_local" in sent else "day"
    day = now.date()
    try:
        if name == "start_local":
            return parse_start_local(
                sent[name], day, direction="backward", day_first=day_first
            )
        if name in sent:
            day = parse_day(sent[name], day, day_first=day_first)
    except InputError as error:
        raise refused(name, error) from error
    if day != now.date():
        return datetime.combine(day, _NOON)
    begun = (now - timedelta(seconds=length_s)).replace(second=0, microsecond=0)
    return max(begun, datetime.combine(day, time()))


def _length_s(sent: Mapping[str, object]) -> int | None:
    if "moving_s" not in sent:
        return None
    try:
        return parse_duration(
            sent["moving_s"], default_unit="s", least_s=60, most_s=_LONGEST_S
        )
    except InputError as error:
        raise refused("moving_s", error, "45 min") from error


def _metres(sent: Mapping[str, object]) -> int | None:
    if "distance_km" not in sent:
        return None
    try:
        metres = parse_distance(sent["distance_km"], default_unit="km")
    except InputError as error:
        raise refused("distance_km", error, "10 km") from error
    if not 1 <= metres <= _FARTHEST_M:
        raise BadField("distance", name="distance_km", example="10 km")
    return round(metres)


def _read(name: str, value: object) -> str:
    try:
        if name == "type":
            return read_sport(value)
        return parse_text(value, max_length=LONGEST_NAME)
    except InputError as error:
        example = "WeightTraining" if name == "type" else "Core"
        raise refused(name, error, example) from error
