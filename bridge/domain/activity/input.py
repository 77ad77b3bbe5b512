"""What may be written to an activity: as a phone sends it, and as upstream has it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

from bridge.domain.activity.activity import RawWritableActivity
from bridge.domain.athlete.gear import Gear
from bridge.domain.flat import Scalar, ident, text, whole_amount
from bridge.domain.inputs import (
    Dimension,
    InputError,
    Scale,
    nearest_name,
    parse_quantity,
    parse_scale,
    parse_text,
    read_sport,
    refused,
    scale_example,
)
from bridge.domain.values import Value, Values
from bridge.errors import BadField, NothingToWrite

Wanted = dict[str, Value]

LONGEST_NAME = 200
LONGEST_DESCRIPTION = 10_000
MOST_TAGS = 20
_LONGEST_KEPT = 20_000
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
RATING_INPUTS: Final[tuple[tuple[str, str, Scalar], ...]] = (
    ("rpe", "how hard it was: 1 to 10 or a word; -1 clears it", 7),
    ("feel", "how it felt: 1 strong to 5 weak, or a word; -1 clears it", "good"),
)
ACTIVITY_INPUTS: Final[tuple[tuple[str, str, Scalar], ...]] = (
    ("name", "what it is called", "Lap of the lake"),
    ("description", "free text", "Windy."),
    ("type", "the sport", "Ride"),
    ("gear", "the name or id of a bike or shoes", "Road bike"),
    ("tags", "all its tags, a list or joined by commas", "commute, wet"),
    ("carbs_g", "carbohydrates eaten, in grams; -1 clears it", 60),
)
MEANT: Final[Mapping[str, str]] = {
    "icu_rpe": "rpe",
    "effort": "rpe",
    "feeling": "feel",
    "title": "name",
    "notes": "description",
    "sport": "type",
    "gear_id": "gear",
    "carbs": "carbs_g",
    "carbs_ingested": "carbs_g",
}
COMPUTED: Final = frozenset(
    {"id", "activity_id", "distance_km", "moving_s", "training_load", "source"}
    | {"icu_training_load", "icu_intensity", "analyzed", "icu_ctl", "icu_atl"}
)
_CLEARED: Final = -1  # also what upstream wants in a number that shall be empty


def read_rating(sent: Mapping[str, object]) -> Wanted:
    """Return effort and feeling; None for what shall be cleared.

    Raises
    ------
    BadField
        If one is not on its scale.
    NothingToWrite
        If neither was sent.
    """
    scales = {"rpe": Scale.RPE, "feel": Scale.FEEL}
    wanted: Wanted = {
        name: _scale(name, sent[name], scale)
        for name, scale in scales.items()
        if name in sent
    }
    if not wanted:
        raise NothingToWrite("no rating", name="rpe", example="rpe: 7")
    return wanted


def read_activity(sent: Mapping[str, object], gear: Sequence[Gear]) -> Wanted:
    """Return the values to write; the gear by its id.

    Parameters
    ----------
    sent
        Names out of :data:`ACTIVITY_INPUTS` with what the phone sent.
    gear
        The athlete's gear, if a piece of it was named.

    Raises
    ------
    BadField
        For the first value that is not understood.
    NothingToWrite
        If nothing was sent.
    """
    wanted: Wanted = {
        name: read(sent[name]) for name, read in _READERS.items() if name in sent
    }
    if "gear" in sent:
        wanted["gear_id"] = _gear(sent["gear"], gear)
    if not wanted:
        raise NothingToWrite("no activity field", name="name", example="name: Tempo")
    return wanted


def values_of(raw: RawWritableActivity) -> dict[str, Value]:
    """Return what can be written of an activity, as it is now.

    ``event_id`` is the plan that it was paired with; it is read only.
    """
    return {
        "name": text(raw.name, _LONGEST_KEPT),
        "type": text(raw.type, 60),
        "description": text(raw.description, _LONGEST_KEPT),
        "gear_id": _id_of(raw.gear),
        "tags": _tags_of(raw.tags),
        "carbs_g": whole_amount(raw.carbs_ingested),
        "rpe": whole_amount(raw.icu_rpe, least=1, most=10),
        "feel": whole_amount(raw.feel, least=1, most=5),
        "event_id": ident(raw.paired_event_id),
    }


def recalled(values: Values) -> Values:
    """Return values of the journal; tags were one text in it once."""
    tags = values.get("tags")
    return {**values, "tags": tags.split(", ")} if isinstance(tags, str) else values


def upstream_row(values: Values) -> dict[str, object]:
    """Return values under upstream's keys; what shall be empty as upstream has it."""
    row: dict[str, object] = {}
    for name, value in values.items():
        if name in _NUMBERS:
            row[_NUMBERS[name]] = _CLEARED if value is None else value
        elif name in _TEXTS:
            row[_TEXTS[name]] = "" if value is None else value
        elif name == "tags":
            row["tags"] = value or []
        elif name == "gear_id":
            row["gear"] = None if value is None else {"id": value}
    return row


def _scale(name: str, value: object, scale: Scale) -> int | None:
    if _is_cleared(value):
        return None
    try:
        return parse_scale(value, scale)
    except InputError as error:
        example = scale_example(scale)
        raise refused(name, error, example) from error


def _is_cleared(value: object) -> bool:
    written = value.strip() if isinstance(value, str) else value
    return not isinstance(written, bool) and written in (_CLEARED, str(_CLEARED))


def _gear(value: object, gear: Sequence[Gear]) -> str:
    """Return the id of the piece that is meant; a part of its name will do."""
    said = value.strip().casefold() if isinstance(value, str) else ""
    by_name = {(piece.name or "").casefold(): piece for piece in gear if piece.name}
    exact = [piece for piece in gear if piece.gear_id.casefold() == said]
    found = exact or ([by_name[said]] if said in by_name else [])
    if not found and said:
        found = [by_name[name] for name in by_name if said in name]
    if len(found) != 1:
        in_use = [piece.name for piece in gear if piece.name and not piece.retired]
        near = nearest_name(said, in_use)
        example = near or ", ".join(in_use[:3]) or "Road bike"
        raise BadField(f"gear: {len(found)} found", name="gear", example=example)
    return found[0].gear_id


def _reading(
    name: str, example: str, parse: Callable[[object], Value]
) -> Callable[[object], Value]:
    def read(value: object) -> Value:
        try:
            return parse(value)
        except InputError as error:
            raise refused(name, error, example) from error

    return read


def _carbs(value: object) -> int | None:
    if _is_cleared(value):
        return None
    return round(parse_quantity(value, Dimension.NUTRIENT))


def _tags(value: object) -> list[str] | None:
    """Return tags, no comma in any; an empty list removes all."""
    rows = value.replace("\n", ",").split(",") if isinstance(value, str) else value
    if not isinstance(rows, list) or len(rows) > MOST_TAGS:
        raise BadField("tags", name="tags", example="commute, wet")
    texts = [parse_text(row, max_length=50).replace(",", " ") for row in rows]
    plain = [row.lstrip("#").strip() for row in texts]
    if not all(plain):
        raise BadField("an empty tag", name="tags", example="commute, wet")
    return list(dict.fromkeys(plain)) or None


def _tags_of(tags: object) -> list[str] | None:
    rows = tags if isinstance(tags, list) else []
    return [tag for row in rows if (tag := text(row, 100))] or None


def _id_of(gear: object) -> str | None:
    return ident(gear.get("id")) if isinstance(gear, Mapping) else None


_READERS: Final[Mapping[str, Callable[[object], Value]]] = {
    "name": _reading(
        "name", "Lap of the lake", partial(parse_text, max_length=LONGEST_NAME)
    ),
    "description": _reading(
        "description",
        "Windy.",
        partial(parse_text, max_length=LONGEST_DESCRIPTION, lines=True),
    ),
    "type": _reading("type", "Ride, Run, Swim or WeightTraining", read_sport),
    "tags": _reading("tags", "commute, wet", _tags),
    "carbs_g": _reading("carbs_g", "60", _carbs),
}
