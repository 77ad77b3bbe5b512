"""What of an activity can be written: under our names, and under upstream's."""

from __future__ import annotations

from collections.abc import Mapping

from bridge.domain.activity.activity import RawActivity
from bridge.domain.flat import Scalar, ident, text, whole_amount
from bridge.domain.raw import RawRecord
from bridge.domain.undo import Values

LONGEST_TEXT = 20_000
_NUMBERS: Mapping[str, str] = {
    "carbs_g": "carbs_ingested",
    "rpe": "icu_rpe",
    "feel": "feel",
}
_TEXTS: Mapping[str, str] = {
    "name": "name",
    "type": "type",
    "description": "description",
}
_CLEARED = -1  # what upstream wants in a number that shall be empty


class RawWritableActivity(RawActivity):
    """What is read of an ``Activity`` before and after it is written."""

    description: object = None
    carbs_ingested: object = None
    external_id: object = None


class RawActivityIds(RawRecord):
    """The ids of an activity: upstream's and its maker's."""

    id: object = None
    external_id: object = None


def values_of(raw: RawWritableActivity) -> dict[str, Scalar | None]:
    """Return what can be written of an activity, as it is now.

    ``event_id`` is the plan that it was paired with; it is read only.
    """
    return {
        "name": text(raw.name, LONGEST_TEXT),
        "type": text(raw.type, 60),
        "description": text(raw.description, LONGEST_TEXT),
        "gear_id": _id_of(raw.gear),
        "tags": tags_text(raw.tags),
        "carbs_g": whole_amount(raw.carbs_ingested),
        "rpe": whole_amount(raw.icu_rpe, least=1, most=10),
        "feel": whole_amount(raw.feel, least=1, most=5),
        "event_id": ident(raw.paired_event_id),
    }


def upstream_row(values: Values) -> dict[str, object]:
    """Return values under upstream's keys; what shall be empty as upstream has it."""
    row: dict[str, object] = {}
    for name, value in values.items():
        if name in _NUMBERS:
            row[_NUMBERS[name]] = _CLEARED if value is None else value
        elif name in _TEXTS:
            row[_TEXTS[name]] = "" if value is None else value
        elif name == "tags":
            row["tags"] = [] if value is None else str(value).split(", ")
        elif name == "gear_id":
            row["gear"] = None if value is None else {"id": value}
    return row


def tags_text(values: object) -> str | None:
    """Return tags as one text; none of them has a comma."""
    rows = values if isinstance(values, list) else []
    tags = [tag.replace(",", " ") for row in rows if (tag := text(row, 100))]
    return ", ".join(tags) or None


def _id_of(gear: object) -> str | None:
    return ident(gear.get("id")) if isinstance(gear, Mapping) else None
