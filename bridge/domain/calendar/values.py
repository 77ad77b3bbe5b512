"""What of a calendar entry can be written: under our names, and under upstream's."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bridge.domain.flat import Scalar, amount, ident, number, text, whole_amount
from bridge.domain.moment import read_local
from bridge.domain.values import Value, Values

Read = Callable[[object], Scalar | None]

LONGEST_TEXT = 20_000
# What else makes an entry what it is, for one that has to be made again.
_REST = (
    "calendar_id",
    "not_on_fitness_chart",
    "show_as_note",
    "show_on_ctl_line",
    "for_week",
    "target",
    "sub_type",
    "tags",
    "carbs_per_hour",
    "atl_days",
    "ctl_days",
    "training_availability",
    "max_training_time",
    "can_train_sports",
    "athlete_cannot_edit",
    "hide_from_athlete",
    "workout_doc",
)
REST = "other_fields"
PAIRED = "paired_activity_id"
TECHNICAL = frozenset({"uid", "external_id", PAIRED, REST})


@dataclass(frozen=True, slots=True)
class EventField:
    """One field: its name here and upstream, and how upstream's value is read."""

    name: str
    upstream: str
    read: Read


def _text(value: object) -> str | None:
    found = text(value, LONGEST_TEXT)
    return None if found is None else "\n".join(map(str.rstrip, found.splitlines()))


def _yes_no(value: object) -> str | None:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else None


def _whole(value: object) -> int | None:
    return whole_amount(value, least=1)


def _kilometres(value: object) -> float | None:
    return amount(value, 3, 0.001, least=0.001)


FIELDS: tuple[EventField, ...] = (
    EventField("category", "category", _text),
    EventField("name", "name", _text),
    EventField("type", "type", _text),
    EventField("start_local", "start_date_local", read_local),
    EventField("end_local", "end_date_local", read_local),
    EventField("description", "description", _text),
    EventField("colour", "color", _text),
    EventField("indoor", "indoor", _yes_no),
    EventField("planned_s", "moving_time", _whole),
    EventField("planned_load", "icu_training_load", _whole),
    EventField("planned_distance_km", "distance", _kilometres),
    EventField("target_s", "time_target", _whole),
    EventField("target_load", "load_target", _whole),
    EventField("target_distance_km", "distance_target", _kilometres),
    EventField("uid", "uid", ident),
    EventField("external_id", "external_id", ident),
    EventField(PAIRED, "paired_activity_id", ident),
)


def values_of(raw: Mapping[str, Any]) -> dict[str, Value]:
    """Return all that can be written of an entry, as it is now."""
    given = {name: value for name, value in raw.items() if value is not None}
    values: dict[str, Value] = {
        field.name: field.read(given[field.upstream])
        if field.upstream in given
        else None
        for field in FIELDS
    }
    return {**values, REST: _rest(raw)}


def recalled(values: Values) -> Values:
    """Return values of the journal; the other fields were one text in it once."""
    rest = values.get(REST)
    return {**values, REST: json.loads(rest)} if isinstance(rest, str) else values


def filled(values: Values) -> dict[str, Value]:
    """Return the values that are not empty."""
    return {name: value for name, value in values.items() if value is not None}


def upstream_row(values: Values) -> dict[str, object]:
    """Return values under upstream's keys; None is null there."""
    rest = values.get(REST)
    row: dict[str, object] = {**rest} if isinstance(rest, Mapping) else {}
    for field in FIELDS:
        if field.name in values:
            row[field.upstream] = _written(field, values[field.name])
    return row


def _written(field: EventField, value: Value) -> object:
    if value is None:
        return None
    if field.name.endswith("_km"):
        return round((number(value) or 0.0) * 1000, 1)
    return value == "yes" if field.name == "indoor" else value


def _rest(raw: Mapping[str, Any]) -> dict[str, Value] | None:
    """Return the other fields as upstream has them, without those that say nothing.

    The steps of a workout follow from its description, where it has one.
    """
    silent: tuple[object, ...] = (None, False, [], {})
    rest = {name: raw[name] for name in _REST if raw.get(name) not in silent}
    if text(raw.get("description")) is not None:
        rest.pop("workout_doc", None)
    return rest or None
