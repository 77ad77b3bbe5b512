"""Numbers with a unit, turned into the one unit that the bridge keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bridge.domain.inputs.numbers import Reading, bounded, read_number, unit_refused
from bridge.domain.inputs.refusals import InputError, Mistake
from bridge.domain.inputs.tokens import all_mean


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
    example: str


_GRAMS = "g|gr|gram|grams|gramm|gramme|grammes|gramos"
_KILOGRAMS = (
    "kg|kgs|kilo|kilos|kilogram|kilograms|kilogramm|kilogramme|kilogrammes|"
    "kilogramo|kilogramos"
)
_METRES = "m|mtr|meter|meters|metern|metre|metres|mètre|mètres|metro|metros"
_KILOMETRES = (
    "km|kms|k|kilometer|kilometers|kilometern|kilometre|kilometres|"
    "kilomètre|kilomètres|kilómetro|kilómetros"
)
_MILES = "mi|mile|miles|meile|meilen|milla|millas"
_YARDS = "yd|yds|yard|yards"
_BEATS = "bpm|count/min|/min|1/min|beats/min|beats per minute|schläge pro minute"
_BREATHS = "/min|1/min|count/min|breaths/min|breaths per minute|atemzüge pro minute"
_VO2MAX = "ml/kg/min|ml/min/kg|ml/min·kg|ml/kg·min|ml/(kg·min)|ml/(min·kg)"
_STEPS = "count|steps|step|schritte|schritt|pas|pasos|x"

MEASURES: Mapping[Dimension, Measure] = {
    Dimension.MASS: Measure(
        units=all_mean(_KILOGRAMS, 1.0)
        | all_mean("lb|lbs|pound|pounds|livres|libras", 0.45359237)
        | all_mean("st|stone|stones", 6.35029318)
        | all_mean(_GRAMS, 0.001),
        most=500.0,
        places=3,
        whole=False,
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
        units=all_mean("w|watt|watts|vatios", 1.0), most=3000.0, example="288 W"
    ),
    Dimension.PERCENT: Measure(
        units=all_mean("%|percent|per cent|prozent|pour cent|por ciento", 1.0),
        most=100.0,
        places=2,
        whole=False,
        example="15.5 %",
    ),
    Dimension.ENERGY: Measure(
        units=all_mean("kcal|kilocalories|kilokalorien", 1.0)
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
        units=all_mean("cm|centimeters|centimetres|zentimeter", 1.0)
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
        A number, or text with or without a unit: 72.5, "72,5 kg", "160 lb".
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
    reading = read_number(value, measure.example)
    unit = reading.unit or default_unit
    if unit and unit not in measure.units:
        raise unit_refused(unit, measure.example)
    factor = measure.units.get(unit, 1.0)
    _refuse_thousands(reading, measure, factor)
    number = round(reading.number * factor, measure.places)
    return bounded(number, measure.least, measure.most, measure.example)


def parse_distance(value: object, *, default_unit: str = "") -> float:
    """Return a distance in metres: "12,5 km", "5 mi", "400 m", "1500mtr".

    A bare number is refused as ambiguous unless ``default_unit`` says what it is.
    """
    measure = MEASURES[Dimension.DISTANCE]
    if not (read_number(value, measure.example).unit or default_unit):
        raise InputError(Mistake.AMBIGUOUS, measure.example)
    return parse_quantity(value, Dimension.DISTANCE, default_unit=default_unit)


def _refuse_thousands(reading: Reading, measure: Measure, factor: float) -> None:
    """Refuse "10.000 steps", unless ten thousand is out of reach anyway."""
    if not measure.whole or factor > 1 or reading.if_grouped is None:
        return
    if reading.if_grouped * factor <= measure.most:
        raise InputError(Mistake.AMBIGUOUS, measure.example)
