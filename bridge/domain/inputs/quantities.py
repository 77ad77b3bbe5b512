"""Numbers with a unit, turned into the one unit that the bridge keeps."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from bridge.domain.inputs.durations import after_about
from bridge.domain.inputs.numbers import (
    Reading,
    bounded,
    is_article,
    more_than_whole,
    read_number,
    take_number,
    unit_refused,
)
from bridge.domain.inputs.refusals import InputError, Mistake, with_example
from bridge.domain.inputs.tokens import Phrases, Taken, Tokens, all_mean, token_at
from bridge.domain.inputs.values import only_value


class Dimension(StrEnum):
    """What is measured; decides units, limits and rounding."""

    MASS = "mass"  # kg
    DISTANCE = "distance"  # m
    HEART_RATE = "heart_rate"  # bpm
    HRV = "hrv"  # ms
    RESPIRATION = "respiration"  # breaths a minute
    POWER = "power"  # W
    PERCENT = "percent"  # %
    ENERGY = "energy"  # kcal
    VOLUME = "volume"  # l
    PRESSURE = "pressure"  # mmHg
    GLUCOSE = "glucose"  # mmol/l
    LACTATE = "lactate"  # mmol/l
    VO2MAX = "vo2max"  # ml/kg/min
    GIRTH = "girth"  # cm
    NUTRIENT = "nutrient"  # g
    COUNT = "count"  # steps, repeats
    CADENCE = "cadence"  # rpm or spm
    SCORE = "score"  # points


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """How one dimension is read: ``units`` gives the factor of each word."""

    units: Mapping[str, float] = field(default_factory=dict)
    least: float = 0.0
    most: float
    places: int = 0
    whole: bool = True  # counted in whole units: "10.000" is ambiguous
    sure_from: float = 0.0  # less is not read out of "1,234"
    example: str


_POUND_KG, _STONE_KG, _GRAM_KG = 0.45359237, 6.35029318, 0.001
_POUNDS_A_STONE = 14
_MOST_PARTED = 2
_PART_OF_MORE = 100
_NUMBER_ALONE = re.compile(r"[^A-Za-z]*")
_NOT_WRITTEN = frozenset(
    {Mistake.NOT_A_NUMBER, Mistake.UNKNOWN_UNIT, Mistake.AMBIGUOUS}
)
_GRAMS = "g|gr|gram|grams|gramm|gramme|grammes|gramos"
_KILOGRAMS = (
    "kg|kgs|kilo|kilos|kilogram|kilograms|kilogramm|kilogramme|kilogrammes|"
    "kilogramo|kilogramos"
)
_METRES = "m|mtr|meter|meters|metern|metre|metres|mètre|mètres|metro|metros"
_KILOMETRES = (
    "km|kms|k|kilometern|kilómetros|kilometer|kilometers|kilometre|kilometres|"
    "kilomètre|kilomètres|kilómetro|kilómetros"
)
_MILES = "mi|mile|miles|mille|milles|meile|meilen|milla|millas|miler"
_YARDS = "yd|yds|yard|yards"
_BEATS = (
    "bpm|count/min|/min|1/min|beats/min|beats per minute|beats a minute|beats|beat|"
    "schläge pro minute|schläge|schläge die minute|puls|battements|"
    "battements par minute|pulsations|pulsaciones|pulsaciones por minuto|latidos|"
    "latidos por minuto|ppm"
)
_BREATHS = "/min|1/min|count/min|breaths/min|breaths per minute|atemzüge pro minute"
_VO2MAX = "ml/kg/min|ml/min/kg|ml/min·kg|ml/kg·min|ml/(kg·min)|ml/(min·kg)"
_STEPS = "count|steps|step|schritte|schritt|pas|pasos|x"

MEASURES: Mapping[Dimension, Measure] = {
    Dimension.MASS: Measure(
        units=all_mean(_KILOGRAMS, 1.0)
        | all_mean("lb|lbs|pound|pounds|livres|libras", _POUND_KG)
        | all_mean("st|stone|stones", _STONE_KG)
        | all_mean("pfund", 0.5)
        | all_mean(_GRAMS, _GRAM_KG),
        most=500.0,
        places=3,
        whole=False,
        sure_from=20.0,
        example="72.5 kg",
    ),
    Dimension.DISTANCE: Measure(
        units=all_mean(_METRES, 1.0)
        | all_mean(_KILOMETRES, 1000.0)
        | all_mean(_MILES, 1609.344)
        | all_mean(_YARDS, 0.9144)
        | all_mean("ft|feet|foot|fuß", 0.3048),
        most=2_000_000.0,
        places=1,
        example="12.5 km",
    ),
    Dimension.HEART_RATE: Measure(
        units=all_mean(_BEATS, 1.0), least=20.0, most=250.0, example="52 bpm"
    ),
    Dimension.HRV: Measure(
        units=all_mean("ms|msec|millisecond|milliseconds|millisekunden", 1.0),
        least=1.0,
        most=500.0,
        places=2,
        whole=False,
        example="48 ms",
    ),
    Dimension.RESPIRATION: Measure(
        units=all_mean(_BREATHS, 1.0),
        least=1.0,
        most=100.0,
        places=2,
        whole=False,
        example="14.5",
    ),
    Dimension.POWER: Measure(
        units=all_mean("w|watt|watts|vatios|vatio", 1.0), most=3000.0, example="288 W"
    ),
    Dimension.PERCENT: Measure(
        units=all_mean("%|percent|per cent|prozent|pour cent|por ciento", 1.0),
        most=100.0,
        places=2,
        whole=False,
        example="15.5 %",
    ),
    Dimension.ENERGY: Measure(
        units=all_mean("kcal|kilocalories|kilokalorien|kilocalorías", 1.0)
        | all_mean("kj", 1 / 4.184),
        most=30_000.0,
        example="2400 kcal",
    ),
    Dimension.VOLUME: Measure(
        units=all_mean("l|liter|liters|litre|litres|litern|litros", 1.0)
        | all_mean("dl", 0.1)
        | all_mean("cl", 0.01)
        | all_mean("ml|milliliter|milliliters|millilitres", 0.001),
        most=30.0,
        places=3,
        whole=False,
        example="2.5 l",
    ),
    Dimension.PRESSURE: Measure(
        units=all_mean("mmhg|mm hg", 1.0), least=20.0, most=350.0, example="120 mmHg"
    ),
    Dimension.GLUCOSE: Measure(
        units=all_mean("mmol/l", 1.0) | all_mean("mg/dl", 1 / 18.0182),
        most=60.0,
        places=2,
        whole=False,
        example="5.4 mmol/l",
    ),
    Dimension.LACTATE: Measure(
        units=all_mean("mmol/l", 1.0),
        most=40.0,
        places=2,
        whole=False,
        example="2.1 mmol/l",
    ),
    Dimension.VO2MAX: Measure(
        units=all_mean(_VO2MAX, 1.0),
        least=5.0,
        most=110.0,
        places=2,
        whole=False,
        example="52.5",
    ),
    Dimension.GIRTH: Measure(
        units=all_mean(
            "cm|centimeters|centimetres|zentimeter|centimètres|centímetros", 1.0
        )
        | all_mean('in|inch|inches|"|zoll', 2.54),
        least=20.0,
        most=300.0,
        places=1,
        whole=False,
        example="82 cm",
    ),
    Dimension.NUTRIENT: Measure(
        units=all_mean(_GRAMS, 1.0) | all_mean("kg", 1000.0),
        most=5000.0,
        places=1,
        example="60 g",
    ),
    Dimension.COUNT: Measure(
        units=all_mean(_STEPS, 1.0), most=200_000.0, example="9500"
    ),
    Dimension.CADENCE: Measure(
        units=all_mean("rpm|spm|/min|count/min", 1.0), most=300.0, example="90 rpm"
    ),
    Dimension.SCORE: Measure(most=100.0, places=2, whole=False, example="85"),
}


def parse_quantity(
    value: object, dimension: Dimension, *, default_unit: str = ""
) -> float:
    """Return a quantity in the unit the bridge keeps (see ``Dimension``).

    Parameters
    ----------
    value
        A number, or text with or without a unit, written or said: 72.5, "72,5 kg",
        "I weigh 72 and a half kilos", "11 stone 6". A whole number below a
        hundred that is written in words needs its unit.
    dimension
        What is measured.
    default_unit
        The unit of a bare number, such as "lb" for the field ``weight_lb``;
        empty for the dimension's own.

    Returns
    -------
    float
        Rounded half to even to what upstream keeps: whole bpm, W, steps; grams.

    Raises
    ------
    InputError
        ``not_a_number``, ``ambiguous``, ``unknown_unit`` or ``out_of_range``.
    """
    measure = MEASURES[dimension]
    try:
        reading = read_number(
            _without_stop(value), measure.example, comma_may_group=True
        )
        unit = reading.unit or default_unit
        if unit and unit not in measure.units:
            raise unit_refused(unit, measure.example)
    except InputError as error:
        if not isinstance(value, str) or error.mistake not in _NOT_WRITTEN:
            raise
        return _said(value, dimension, default_unit, error)
    factor = measure.units.get(unit, 1.0)
    _refuse_thousands(reading, measure, factor)
    return _kept(reading.number * factor, measure)


def take_quantity(
    tokens: Tokens, start: int, dimension: Dimension, *, default_unit: str | None = None
) -> Taken[float]:
    """Read a quantity at one place of a sentence, in the unit the bridge keeps.

    "72 and a half kilos", "11 stone 6", "72 Kilo fünfhundert", "two eighty watts".
    Without a unit it is none, unless ``default_unit`` says what it is ("" for the
    dimension's own).
    """
    measure = MEASURES[dimension]
    start = after_about(tokens, start)
    number = _take_number(tokens, start, dimension)
    if number is None:
        return None
    value, place = number
    unit = _units(dimension).take(tokens, place)
    if unit is None:
        only_article = is_article(tokens[start]) and place == start + 1
        if default_unit is None or only_article:
            return None
        return _kept(value * measure.units.get(default_unit, 1.0), measure), place
    factor, place = unit
    more = more_than_whole(tokens, place)
    if more is not None:
        return _kept((value + more[0]) * factor, measure), more[1]
    if dimension is Dimension.MASS:
        rest = _take_rest_of_mass(tokens, place, factor)
        if rest is not None:
            return _kept(value * factor + rest[0], measure), rest[1]
    return _kept(value * factor, measure), place


def _take_number(tokens: Tokens, start: int, dimension: Dimension) -> Taken[float]:
    """Read a number; of watts and beats also "two eighty eight" and "280 and 8"."""
    number = take_number(tokens, start)
    if number is None or dimension not in (Dimension.POWER, Dimension.HEART_RATE):
        return number
    joint = token_at(tokens, number[1]) in ("and", "und", "et", "y")
    rest = take_number(tokens, number[1] + joint)
    if rest is None or rest[0] % 1 or is_article(token_at(tokens, number[1] + joint)):
        return number
    if not joint and 1 <= number[0] <= 9 and 10 <= rest[0] <= 99:
        return number[0] * 100 + rest[0], rest[1]
    if joint and number[0] >= 100 and number[0] % 10 == 0 and 1 <= rest[0] <= 9:
        return number[0] + rest[0], rest[1]
    return number


def _take_rest_of_mass(tokens: Tokens, place: int, factor: float) -> Taken[float]:
    """Read the pounds of "11 stone 6", the grams of "72 kilos 500"."""
    number = take_number(tokens, place + (token_at(tokens, place) in ("and", "und")))
    if number is None or number[0] % 1:
        return None
    units = _units(Dimension.MASS)
    unit = units.take(tokens, number[1])
    if factor == _STONE_KG and number[0] < _POUNDS_A_STONE:
        behind = number[1] if unit is None else unit[1]
        fits = unit is None or unit[0] == _POUND_KG
        return (number[0] * _POUND_KG, behind) if fits else None
    if factor == 1.0 and number[0] < 1000 and (unit is None or unit[0] == _GRAM_KG):
        behind = number[1] if unit is None else unit[1]
        if unit is not None or number[0] >= 100:
            return number[0] * _GRAM_KG, behind
    return None


def _said(
    value: str, dimension: Dimension, default_unit: str, error: InputError
) -> float:
    """Return a quantity that is not written as a number and a unit alone."""

    def take(tokens: Tokens, start: int) -> Taken[float]:
        parted = _take_parted_decimals(tokens, start)
        if parted is not None:
            unit = _units(dimension).take(tokens, parted[1])
            factor, place = unit or (measure.units.get(default_unit, 1.0), parted[1])
            return _kept(parted[0] * factor, measure), place
        taken = take_quantity(tokens, start, dimension, default_unit=default_unit)
        # A phone writes "72"; "seventy two" or "½" alone is a part of something.
        whole = take_number(tokens, start)
        if taken is None or whole is None or whole[1] != taken[1]:
            return taken
        in_words = whole[0] % 1 == 0 and tokens[start].isalpha()
        part = whole[0] < 1 or (in_words and whole[0] < _PART_OF_MORE)
        return None if part else taken

    measure = MEASURES[dimension]
    with with_example(measure.example):
        return only_value(value, take, error)


def _take_parted_decimals(tokens: Tokens, start: int) -> Taken[float]:
    """Read "72. 5", as dictation now and then writes 72.5."""
    digits = [token_at(tokens, start), token_at(tokens, start + 2)]
    if token_at(tokens, start + 1) not in (".", ","):
        return None
    if not all(part.isdecimal() and part.isascii() for part in digits):
        return None
    if len(digits[1]) > _MOST_PARTED:
        return None
    return float(".".join(digits)), start + 3


def _without_stop(value: object) -> object:
    """Return a text without the full stop of dictation."""
    if not isinstance(value, str) or not value.rstrip().endswith("."):
        return value
    return value.rstrip().removesuffix(".")


def _kept(number: float, measure: Measure) -> float:
    kept = round(number, measure.places)
    return bounded(kept, measure.least, measure.most, measure.example)


@cache
def _units(dimension: Dimension) -> Phrases[float]:
    return Phrases(MEASURES[dimension].units)


def parse_distance(value: object, *, default_unit: str = "") -> float:
    """Return a distance in metres: "12,5 km", "5 mi", "400 m", "1500mtr".

    A bare number is refused as ambiguous unless ``default_unit`` says what it is.
    """
    example = MEASURES[Dimension.DISTANCE].example
    written = _NUMBER_ALONE.fullmatch(value) if isinstance(value, str) else True
    if written:
        reading = read_number(value, example, comma_may_group=True)
        if not (reading.unit or default_unit):
            raise InputError(Mistake.AMBIGUOUS, example)
    return parse_quantity(value, Dimension.DISTANCE, default_unit=default_unit)


def _refuse_thousands(reading: Reading, measure: Measure, factor: float) -> None:
    """Refuse "10.000 steps" and "1,234", unless a thousand is out of reach anyway."""
    if reading.if_grouped is None:
        return
    cannot_be_grouped = reading.if_grouped * factor > measure.most
    if cannot_be_grouped and reading.number * factor >= measure.sure_from:
        return
    if reading.by_comma or (measure.whole and factor <= 1 and not cannot_be_grouped):
        raise InputError(Mistake.AMBIGUOUS, measure.example)
