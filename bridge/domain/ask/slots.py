"""What is found anywhere in a sentence: days, lengths, numbers, values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from bridge.domain.flat import Scalar
from bridge.domain.inputs.clocks import Part, SaidClock, take_clock
from bridge.domain.inputs.days import take_day
from bridge.domain.inputs.durations import take_duration
from bridge.domain.inputs.numbers import take_number
from bridge.domain.inputs.paces import format_pace, take_pace
from bridge.domain.inputs.quantities import MEASURES, Dimension, take_quantity
from bridge.domain.inputs.refusals import InputError
from bridge.domain.inputs.scales import Scale, take_scale
from bridge.domain.inputs.sports import take_sport
from bridge.domain.inputs.tokens import Taken, Tokens, token_at

Slot = tuple[str, object, int]  # what it is, its value, the place behind
Take = Callable[[Tokens, int], Taken[Scalar]]
_BETWEEN_PRESSURES: Final = frozenset(
    {"over", "to", "/", ",", "zu", "auf", "uber", "sur", "et", "a", "y", "por", "con"}
)
_WEEK_DAYS = 7
_LEAST_BODY_KG, _MOST_BODY_KG = 20, 350
_KILOS: Final = frozenset({"kilo", "kilos", "kg"})
_POINTS: Final = frozenset({"con", "coma", "komma", "virgule", "point"})
# "Soixante-douze kilos huit ce matin, sur la balance": what may follow the tenths.
_BEHIND_WEIGHTS: Final = frozenset(
    {"", "ce", "aujourd", "hier", "sur", "heute", "heut", "gestern", "auf", "hoy",
     "esta", "ayer", "en", "today", "this", "yesterday", "on"}
)  # fmt: skip
_LAST_DIGIT = 9
# A sleep of fewer is its quality, which goes to 4; more are no night.
_LEAST_BARE_HOURS, _MOST_BARE_HOURS, _HOUR_S = 4.5, 12, 3600
_LEAST_MMHG, _LAST_HOUR, _HOUR_MIN = 30, 23, 60


@dataclass(frozen=True, slots=True)
class Said:
    """A day that was said: as one looks back, and as one looks ahead."""

    back: date
    ahead: date
    is_past: bool = False  # it can only be a day before
    others: tuple[date, ...] = ()  # what it could mean as well, looking ahead
    bare: bool = False  # a weekday alone, which may be today
    part: Part | None = None  # of the day: "evening"
    lead: frozenset[str] = frozenset()  # what the word before it means: "to"

    @property
    def is_weekday(self) -> bool:
        """Tell whether it was named by the day of the week alone."""
        return self.bare or (self.ahead - self.back).days == _WEEK_DAYS


@dataclass(frozen=True, slots=True)
class Span:
    """Several days at once: "last week"; ``period`` names it for the bests."""

    oldest: date
    newest: date
    period: str


def hear_day(tokens: Tokens, start: int, now: datetime) -> Taken[Said]:
    """Return the day that begins here."""
    try:
        back = take_day(tokens, start, now, direction="backward")
        ahead = take_day(tokens, start, now, direction="forward")
    except InputError:
        return None
    if back is None or ahead is None:
        return None
    said = Said(
        back[0].day,
        ahead[0].day,
        is_past=ahead[0].day < now.date(),
        others=ahead[0].others,
        bare=ahead[0].bare,
        part=ahead[0].part,
    )
    return said, ahead[1]


def span_of(name: str, today: date) -> Span:
    """Return the days of a span; weeks begin on Monday."""
    monday = today - timedelta(days=today.weekday())
    month = today.replace(day=1)
    last_month = (month - timedelta(days=1)).replace(day=1)
    week = timedelta(days=6)
    spans = {
        "this week": (monday, monday + week, "7d"),
        "last week": (monday - timedelta(days=7), monday - timedelta(days=1), "14d"),
        "next week": (monday + timedelta(days=7), monday + timedelta(days=13), "7d"),
        "weekend": (monday + timedelta(days=5), monday + week, "7d"),
        "this month": (month, today, "30d"),
        "last month": (last_month, month - timedelta(days=1), "60d"),
        "this year": (today.replace(month=1, day=1), today, "1y"),
        "all time": (today - timedelta(days=365), today, "all"),
        "last 7 days": (today - week, today, "7d"),
    }
    return Span(*spans[name])


def hear_clock(tokens: Tokens, start: int) -> Taken[SaidClock]:
    """Return the time of day that begins here."""
    try:
        return take_clock(tokens, start)
    except InputError:
        return None


def hear_duration(tokens: Tokens, start: int) -> Taken[Scalar]:
    """Return seconds."""
    try:
        return take_duration(tokens, start)
    except InputError:
        return None


def hear_number(tokens: Tokens, start: int) -> Taken[float]:
    """Return a bare number."""
    try:
        return take_number(tokens, start)
    except InputError:
        return None


def hear_sport(tokens: Tokens, start: int) -> Taken[str]:
    """Return upstream's type of a sport."""
    return take_sport(tokens, start)


def hear_distance(tokens: Tokens, start: int) -> Taken[Scalar]:
    """Return metres."""
    return _quantity(Dimension.DISTANCE, needs_unit=True)(tokens, start)


def hear_body_weight(tokens: Tokens, start: int) -> Taken[Scalar]:
    """Return kilograms, of a number with a unit that nobody means otherwise."""
    taken = _quantity(Dimension.MASS, needs_unit=True)(tokens, start)
    return None if taken is None else _as_body(tokens, taken)


def _body_weight(tokens: Tokens, start: int) -> Taken[Scalar]:
    """Return kilograms that a body can have: "weight plus 2 kilos" are none."""
    taken = _quantity(Dimension.MASS)(tokens, start)
    return None if taken is None else _as_body(tokens, taken)


def _as_body(tokens: Tokens, taken: tuple[Scalar, int]) -> Taken[Scalar]:
    """Return kilograms that a body can have; a digit said last is of tenths.

    "Soixante-douze kilos cinq", "zweiundsiebzig fünf" and "72 kilos quinientos" are
    72.5.
    """
    weight, end = taken
    if not _LEAST_BODY_KG <= float(weight) <= _MOST_BODY_KG:
        return None
    if float(weight) != int(weight):
        return weight, end
    parted = token_at(tokens, end) in _POINTS  # "72 kilos con dos"
    more = hear_number(tokens, end + parted)
    if more is None or token_at(tokens, more[1]) not in _BEHIND_WEIGHTS:
        return weight, end
    if 1 <= more[0] <= _LAST_DIGIT and more[0] == int(more[0]):
        return int(weight) + more[0] / 10, more[1]
    with_unit = token_at(tokens, end - 1) in _KILOS
    if with_unit and 100 <= more[0] < 1000 and more[0] % 10 == 0:
        return int(weight) + more[0] / 1000, more[1]
    return weight, end


def _quantity(dimension: Dimension, *, needs_unit: bool = False) -> Take:
    unit = None if needs_unit else ""

    def take(tokens: Tokens, start: int) -> Taken[Scalar]:
        try:
            taken = take_quantity(tokens, start, dimension, default_unit=unit)
        except InputError:
            return None
        measure = MEASURES[dimension]
        if taken is None or not measure.least <= taken[0] <= measure.most:
            return None
        return _plain(taken[0]), taken[1]

    return take


def _scale(scale: Scale) -> Take:
    def take(tokens: Tokens, start: int) -> Taken[Scalar]:
        try:
            return take_scale(tokens, start, scale)
        except InputError:
            return None

    return take


def _plain(number: float) -> Scalar:
    return int(number) if number == int(number) else number


def _number(low: float, high: float) -> Take:
    def take(tokens: Tokens, start: int) -> Taken[Scalar]:
        taken = hear_number(tokens, start)
        if taken is None or not low <= taken[0] <= high:
            return None
        value = taken[0]
        return (int(value) if value == int(value) else value), taken[1]

    return take


def _hours_slept(tokens: Tokens, start: int) -> Taken[Scalar]:
    """Return seconds of a bare number behind "slept": "seven and a half"."""
    taken = _number(_LEAST_BARE_HOURS, _MOST_BARE_HOURS)(tokens, start)
    if taken is None or not token_at(tokens, start).isalpha():
        return None
    return round(float(taken[0]) * _HOUR_S), taken[1]


def hear_pace(tokens: Tokens, start: int) -> Taken[Scalar]:
    """Return a pace as it is written: ``4:10/km``."""
    try:
        taken = take_pace(tokens, start)
    except InputError:
        return None
    return None if taken is None else (format_pace(taken[0]), taken[1])


def hear_threshold_pace(tokens: Tokens, start: int) -> Taken[Scalar]:
    """Return a pace, for a kilometre where nothing else is said."""
    try:
        taken = take_pace(tokens, start, per="km")
    except InputError:
        return None
    return None if taken is None else (format_pace(taken[0]), taken[1])


def take_pressures(
    tokens: Tokens, start: int
) -> Taken[tuple[tuple[Field, Scalar], ...]]:
    """Return both blood pressures: "120 over 80", "one twenty / eighty", "12 8".

    In French and Spanish they are also said in centimetres of mercury.
    """
    upper = _take_pressure(tokens, start)
    if upper is None:
        return None
    between = token_at(tokens, upper[1]) in _BETWEEN_PRESSURES
    lower = _take_pressure(tokens, upper[1] + between)
    if lower is None:
        return None
    factor = 10 if upper[0] < _LEAST_MMHG and lower[0] < _LEAST_MMHG else 1
    most, least = round(upper[0] * factor), round(lower[0] * factor)
    bounds = MEASURES[Dimension.PRESSURE]
    if not bounds.least <= least < most <= bounds.most:
        return None
    end = lower[1]
    unit = bounds.units
    while token_at(tokens, end) in unit or token_at(tokens, end) in ("mmhg", "hg"):
        end += 1
    (upper_field,), (lower_field,) = FIELDS["systolic"], FIELDS["diastolic"]
    return ((upper_field, most), (lower_field, least)), end


def _take_pressure(tokens: Tokens, start: int) -> Taken[float]:
    """Read one number, also "one thirty five" for 135."""
    number = hear_number(tokens, start)
    rest = None if number is None else hear_number(tokens, number[1])
    if number is None or rest is None or not token_at(tokens, start).isalpha():
        return number
    if number[0] in (1, 2) and 10 <= rest[0] <= 99:
        return number[0] * 100 + rest[0], rest[1]
    return number


def clock_of_length(tokens: Tokens, start: int, end: int) -> SaidClock | None:
    """Return the time of day that "18h30", which is a length as well, can be."""
    hour, *rest = tokens[start:end]
    if rest[:1] != ["h"] or not hour.isdecimal() or int(hour) > _LAST_HOUR:
        return None
    minute = "".join(rest[1:2]) or "0"
    if len(rest) > 2 or not minute.isdecimal() or int(minute) >= _HOUR_MIN:
        return None
    return SaidClock(time(int(hour), int(minute)))


class Slots:
    """What stands at each place of a sentence, whatever the language; heard once."""

    def __init__(self, tokens: Tokens, now: datetime) -> None:
        self.tokens, self._now = tokens, now
        self._heard: dict[int, list[Slot]] = {}

    def at(self, place: int) -> list[Slot]:
        """Return label, value and end of all that begins at a place."""
        if place not in self._heard:
            self._heard[place] = list(self._hear(place))
        return self._heard[place]

    def _hear(self, place: int) -> Iterator[Slot]:
        tokens = self.tokens
        taken: tuple[tuple[str, Taken[object]], ...] = (
            ("day", hear_day(tokens, place, self._now)),
            ("clock", hear_clock(tokens, place)),
            ("pace", hear_pace(tokens, place)),
            ("duration", hear_duration(tokens, place)),
            ("distance", hear_distance(tokens, place)),
            ("sport", hear_sport(tokens, place)),
            ("number", hear_number(tokens, place)),
            ("effort", RPE.take(tokens, place)),
            ("weight", hear_body_weight(tokens, place)),
        )
        for label, found in taken:
            if found is not None:
                yield label, found[0], found[1]


@dataclass(frozen=True, slots=True)
class Field:
    """What can stand beside a word: family, name of the field, how it is read."""

    family: str  # measure, rating or limit
    name: str
    take: Take


def _measure(name: str, take: Take) -> tuple[Field, ...]:
    return (Field("measure", name, take),)


_DIMENSIONS: Final[Mapping[str, tuple[str, Dimension]]] = {
    "weight": ("weight_kg", Dimension.MASS),
    "resting_hr": ("resting_hr_bpm", Dimension.HEART_RATE),
    "hrv": ("hrv_ms", Dimension.HRV),
    "water": ("hydration_volume_l", Dimension.VOLUME),
    "steps": ("steps", Dimension.COUNT),
    "kcal": ("eaten_kcal", Dimension.ENERGY),
    "carbs": ("carbohydrates_g", Dimension.NUTRIENT),
    "protein": ("protein_g", Dimension.NUTRIENT),
    "fat": ("fat_g", Dimension.NUTRIENT),
    "body_fat": ("body_fat_percent", Dimension.PERCENT),
    "spo2": ("spo2_percent", Dimension.PERCENT),
    "respiration": ("respiration_per_min", Dimension.RESPIRATION),
    "vo2max": ("vo2max", Dimension.VO2MAX),
    "glucose": ("blood_glucose_mmol_per_l", Dimension.GLUCOSE),
    "lactate": ("lactate_mmol_per_l", Dimension.LACTATE),
    "systolic": ("systolic_mmhg", Dimension.PRESSURE),
    "diastolic": ("diastolic_mmhg", Dimension.PRESSURE),
    "abdomen": ("abdomen_cm", Dimension.GIRTH),
    "readiness": ("readiness", Dimension.SCORE),
    "sleep_score": ("sleep_score", Dimension.SCORE),
}
SCALED: Final = frozenset((
    "mood", "motivation", "soreness", "fatigue", "stress", "injury", "hydration",
    "sleep_quality",
))  # fmt: skip
FEEL = Field("rating", "feel", _scale(Scale.FEEL))
# "Slept seven", beside its word alone: "slept at seven" is a time of day.
BARE_HOURS: Final = Field("measure", "sleep_s", _hours_slept)
RPE = Field("rating", "rpe", _scale(Scale.RPE))
FIELDS: Final[Mapping[str, tuple[Field, ...]]] = {
    **{
        word: _measure(name, _quantity(dimension))
        for word, (name, dimension) in _DIMENSIONS.items()
    },
    "weight": _measure("weight_kg", _body_weight),
    **{word: _measure(word, _scale(Scale(word))) for word in SCALED},
    "sleep": (
        Field("measure", "sleep_s", hear_duration),
        Field("measure", "sleep_quality", _scale(Scale.SLEEP_QUALITY)),
        BARE_HOURS,
    ),
    "rpe": (RPE,),
    "feel": (FEEL, Field("measure", "mood", _scale(Scale.MOOD)), RPE),
    "verdict": (RPE, FEEL),
    "ftp": (Field("limit", "ftp_w", _quantity(Dimension.POWER)),),
    "lthr": (Field("limit", "lthr_bpm", _quantity(Dimension.HEART_RATE)),),
    "max_hr": (Field("limit", "max_hr_bpm", _quantity(Dimension.HEART_RATE)),),
    "threshold_pace": (Field("limit", "threshold_pace", hear_threshold_pace),),
    "threshold": (
        Field("limit", "threshold_pace", hear_pace),
        Field("limit", "ftp_w", _quantity(Dimension.POWER, needs_unit=True)),
        Field("limit", "lthr_bpm", _quantity(Dimension.HEART_RATE, needs_unit=True)),
        Field("limit", "threshold", _number(30, 1000)),
    ),
}
