"""What may be written to a wellness day: forgiving values under their plain names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from bridge.domain.flat import Scalar
from bridge.domain.inputs import (
    Dimension,
    InputError,
    Mistake,
    Scale,
    parse_duration,
    parse_number,
    parse_quantity,
    parse_scale,
    parse_text,
    refused,
    scale_example,
)
from bridge.domain.wellness.fields import WELLNESS_BY_NAME, WELLNESS_FIELDS
from bridge.errors import BeyondBounds, FieldsClash, NothingToWrite

LONGEST_COMMENT = 5000
LONGEST_SLEEP_S = 86_400
SHORTEST_SLEEP_S = 300  # "7" in a field of seconds was meant as hours

Read = Callable[[object], Scalar]


@dataclass(frozen=True, slots=True)
class WellnessInput:
    """One field that may be sent: which value it is, how it is read."""

    name: str
    writes: str  # the wellness field; pounds write kilograms
    about: str
    example: Scalar
    read: Read


def _quantity(dimension: Dimension, unit: str = "") -> Read:
    return partial(parse_quantity, dimension=dimension, default_unit=unit)


def _sleep(value: object) -> Scalar:
    return parse_duration(
        value, default_unit="s", least_s=SHORTEST_SLEEP_S, most_s=LONGEST_SLEEP_S
    )


def _scale(name: str) -> WellnessInput:
    scale = Scale(name)
    read: Read = partial(parse_scale, scale=scale)
    return WellnessInput(name, name, "a word or a number", scale_example(scale), read)


def _phase(value: object) -> Scalar:
    known = WELLNESS_BY_NAME["menstrual_phase"].words or frozenset()
    word = value.strip().upper() if isinstance(value, str) else ""
    if word not in known:
        raise InputError(Mistake.NOT_ON_THE_SCALE, "follicular")
    return word


def _yes_no(value: object) -> Scalar:
    word = value.strip().lower() if isinstance(value, str) else value
    if word in ("yes", "no"):
        return str(word)
    raise InputError(Mistake.NOT_ON_THE_SCALE, "yes")


_MEASURED: tuple[tuple[str, str, Scalar, Read], ...] = (
    ("weight_kg", "kilograms", 72.5, _quantity(Dimension.MASS)),
    ("resting_hr_bpm", "beats a minute", 48, _quantity(Dimension.HEART_RATE)),
    ("hrv_ms", "rMSSD in milliseconds", 62, _quantity(Dimension.HRV)),
    ("hrv_sdnn_ms", "SDNN in milliseconds, as Apple Health has it", 55,
     _quantity(Dimension.HRV)),
    ("sleep_s", "seconds, or hours and minutes", "7h 20", _sleep),
    ("sleep_score", "0 to 100", 85, _quantity(Dimension.SCORE)),
    ("avg_sleeping_hr_bpm", "beats a minute", 52, _quantity(Dimension.HEART_RATE)),
    ("spo2_percent", "percent", 97, _quantity(Dimension.PERCENT)),
    ("respiration_per_min", "breaths a minute", 14.5,
     _quantity(Dimension.RESPIRATION)),
    ("systolic_mmhg", "mmHg", 120, _quantity(Dimension.PRESSURE)),
    ("diastolic_mmhg", "mmHg", 80, _quantity(Dimension.PRESSURE)),
    ("hydration_volume_l", "litres", 2.5, _quantity(Dimension.VOLUME)),
    ("readiness", "on the scale of its source", 80, parse_number),
    ("steps", "steps", 9500, _quantity(Dimension.COUNT)),
    ("eaten_kcal", "kilocalories", 2400, _quantity(Dimension.ENERGY)),
    ("carbohydrates_g", "grams", 310, _quantity(Dimension.NUTRIENT)),
    ("protein_g", "grams", 120, _quantity(Dimension.NUTRIENT)),
    ("fat_g", "grams", 80, _quantity(Dimension.NUTRIENT)),
    ("body_fat_percent", "percent", 15.5, _quantity(Dimension.PERCENT)),
    ("abdomen_cm", "centimetres", 82, _quantity(Dimension.GIRTH)),
    ("vo2max", "millilitres a minute and kilogram", 52.5, _quantity(Dimension.VO2MAX)),
    ("blood_glucose_mmol_per_l", "mmol/l", 5.4, _quantity(Dimension.GLUCOSE)),
    ("lactate_mmol_per_l", "mmol/l", 2.1, _quantity(Dimension.LACTATE)),
    ("baevsky_index", "points", 90, partial(parse_number, least=0)),
)  # fmt: skip
_WORDS: tuple[WellnessInput, ...] = (
    WellnessInput(
        "menstrual_phase", "menstrual_phase", "period, follicular …", "luteal", _phase
    ),
    WellnessInput(
        "menstrual_phase_predicted",
        "menstrual_phase_predicted",
        "period, follicular …",
        "luteal",
        _phase,
    ),
    WellnessInput(
        "comments",
        "comments",
        "free text",
        "Slept badly, it was hot.",
        partial(parse_text, max_length=LONGEST_COMMENT, lines=True),
    ),
    WellnessInput(
        "locked",
        "locked",
        "yes keeps other sources from changing this day; no may not unlock it",
        "yes",
        _yes_no,
    ),
)
WELLNESS_INPUTS: tuple[WellnessInput, ...] = (
    *(
        WellnessInput(name, name, about, example, read)
        for name, about, example, read in _MEASURED
    ),
    WellnessInput(
        "weight_lb", "weight_kg", "pounds", 160, _quantity(Dimension.MASS, "lb")
    ),
    *(_scale(field.name) for field in WELLNESS_FIELDS if field.scale),
    *_WORDS,
)
_BY_NAME = {each.name: each for each in WELLNESS_INPUTS}
# Upstream's own names, and what people say, each with the field that is meant.
MEANT: Mapping[str, str] = {
    **{field.upstream: field.name for field in WELLNESS_FIELDS},
    "feel": "mood",
    "sleep": "sleep_s",
    "pulse": "resting_hr_bpm",
    "resting_hr": "resting_hr_bpm",
    "spo2": "spo2_percent",
    "comment": "comments",
    "notes": "comments",
}
COMPUTED = frozenset(
    {"ctl", "atl", "form", "ramp_rate", "rampRate", "ctlLoad", "atlLoad", "sportInfo"}
    | {"eftp", "updated", "updated_at", "tempWeight", "tempRestingHR"}
    | {"weight_is_copied", "resting_hr_is_copied"}
)


def read_wellness(sent: Mapping[str, object]) -> dict[str, Scalar]:
    """Return the values to write, under their wellness names.

    Parameters
    ----------
    sent
        Names out of :data:`WELLNESS_INPUTS` with what the phone sent.

    Returns
    -------
    dict
        Kilograms, seconds, numbers of scales …, rounded as they are read back.

    Raises
    ------
    BadField
        For the first value that is not understood or cannot be.
    FieldsClash
        If two fields write the same.
    NothingToWrite
        If nothing was sent.
    """
    values: dict[str, Scalar] = {}
    sources: dict[str, str] = {}
    for name, value in sent.items():
        field = _BY_NAME[name]
        if field.writes in values:
            other = sources[field.writes]
            raise FieldsClash(field.name, name=other, other=field.name)
        sources[field.writes] = field.name
        values[field.writes] = _read(field, value)
    if not values:
        raise NothingToWrite("no field", name="weight_kg", example="weight_kg: 72.5")
    return values


def _read(field: WellnessInput, value: object) -> Scalar:
    try:
        found = field.read(value)
    except InputError as error:
        raise refused(field.name, error, str(field.example)) from error
    if field.writes not in WELLNESS_BY_NAME:
        return found
    kept = WELLNESS_BY_NAME[field.writes].read(found)
    if kept is None:
        raise BeyondBounds(f"{field.name}: cannot be", **_words(field))
    return kept


def _words(field: WellnessInput) -> dict[str, str]:
    return {"name": field.name, "example": str(field.example)}
