"""Words for the ear and for the eye, in one language and one set of units.

Sentences are looked up in the language's table (``bridge/domain/phrases``);
numbers, dates, units and plurals are Babel's. ``say_*`` is spoken (whole words,
round numbers), ``show_*`` is read (short).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from bridge.domain.phrases import phrases_of

if TYPE_CHECKING:
    from babel.plural import PluralRule

Units = Literal["metric", "imperial"]

KM_PER_MILE = 1.609344
_METRES_PER_FOOT = 0.3048
_POUNDS_PER_KG = 2.2046226218
_YARDS_PER_100M = 109.3613298


@dataclass(frozen=True, slots=True)
class Voice:
    """How one athlete is spoken to.

    ``locale`` is a Babel locale such as ``en_GB`` or ``de_DE``; its first part
    names the language table.
    """

    locale: str = "en_GB"
    units: Units = "metric"
    fahrenheit: bool | None = None  # None: as the units have it
    pounds: bool | None = None

    @property
    def language(self) -> str:
        """Return the language's code, ``en`` of ``en_GB``."""
        return self.locale.partition("_")[0]

    def say(self, key: str, *, n: float | None = None, **words: str) -> str:
        """Return the phrase ``key`` with its placeholders filled.

        ``n`` chooses among plural forms and fills ``{n}`` where no word does.
        """
        phrase = phrases_of(self.language)[key]
        if isinstance(phrase, Mapping):
            phrase = self._plural(phrase, 0 if n is None else n)
        if n is not None:
            words.setdefault("n", self.number(n))
        return phrase.format(**words)

    def fill(self, key: str, words: Mapping[str, str]) -> str:
        """Return the phrase ``key`` filled from a mapping."""
        return self.say(key, n=None, **words)

    def knows(self, key: str) -> bool:
        """Tell whether the language's table has the phrase ``key``."""
        return key in phrases_of(self.language)

    def _plural(self, forms: Mapping[str, str], n: float) -> str:
        category = _plural_rule(self.locale)(abs(n))
        return forms.get(category) or forms["other"]

    # numbers

    def number(self, value: float, digits: int = 0) -> str:
        """Return a number with at most ``digits`` decimals, as the locale writes it."""
        from babel.numbers import format_decimal  # lazy: most of Babel's import cost

        shown = round(value, digits) + 0.0
        return format_decimal(shown, _pattern(digits), locale=self.locale)

    def signed(self, value: float) -> str:
        """Return a whole number for the ear: ``minus 12``, ``plus 5``, ``0``."""
        nearest = round(value)
        if nearest == 0:
            return self.number(0)
        key = "number.minus" if nearest < 0 else "number.plus"
        return self.say(key, number=self.number(abs(nearest)))

    def listed(self, parts: Sequence[str]) -> str:
        """Join parts as the language does: ``a, b and c``."""
        from babel.lists import format_list

        return format_list(list(parts), locale=self.locale)

    # measures

    def say_distance(self, km: float) -> str:
        """Return a distance for the ear: ``12.4 kilometres``, ``400 metres``."""
        return self._distance(km, "long")

    def show_distance(self, km: float) -> str:
        """Return a distance for the eye: ``12.4 km``."""
        return self._distance(km, "short")

    def say_duration(self, seconds: float) -> str:
        """Return a duration for the ear: ``1 hour 5 minutes``."""
        total = max(0, round(seconds))
        if total >= 600:
            total = round(total / 60) * 60
        hours, rest = divmod(total, 3600)
        minutes, secs = divmod(rest, 60)
        parts = (("hour", hours), ("minute", minutes), ("second", secs))
        said = [self._unit(n, f"duration-{name}", "long") for name, n in parts if n]
        return " ".join(said) or self._unit(0, "duration-minute", "long")

    def show_duration(self, seconds: float) -> str:
        """Return a duration for the eye: ``1 h 05 min``, ``42 min``, ``4:05 min``."""
        total = max(0, round(seconds))
        if total < 600:
            return f"{total // 60}:{total % 60:02d} min"
        hours, minutes = divmod(round(total / 60), 60)
        return f"{hours} h {minutes:02d} min" if hours else f"{minutes} min"

    def say_pace(self, s_per_km: float) -> str:
        """Return a running pace for the ear: ``5 minutes 12 seconds per kilometre``."""
        mile = self.units == "imperial"
        seconds = s_per_km * KM_PER_MILE if mile else s_per_km
        key = "pace.per_mile" if mile else "pace.per_km"
        return self.say(key, time=self._exact_time(seconds))

    def show_pace(self, s_per_km: float) -> str:
        """Return a running pace for the eye: ``5:12 /km``."""
        if self.units == "imperial":
            return f"{_minutes(s_per_km * KM_PER_MILE)} /mi"
        return f"{_minutes(s_per_km)} /km"

    def say_swim_pace(self, s_per_100m: float) -> str:
        """Return a swimming pace for the ear: ``2 minutes per 100 metres``."""
        yards = self.units == "imperial"
        seconds = s_per_100m * 100 / _YARDS_PER_100M if yards else s_per_100m
        key = "pace.per_100y" if yards else "pace.per_100m"
        return self.say(key, time=self._exact_time(seconds))

    def show_swim_pace(self, s_per_100m: float) -> str:
        """Return a swimming pace for the eye: ``2:00 /100 m``."""
        if self.units == "imperial":
            return f"{_minutes(s_per_100m * 100 / _YARDS_PER_100M)} /100 yd"
        return f"{_minutes(s_per_100m)} /100 m"

    def say_weight(self, kg: float) -> str:
        """Return a body weight for the ear: ``72.5 kilograms``."""
        return self._weight(kg, "long")

    def show_weight(self, kg: float) -> str:
        """Return a body weight for the eye: ``72.5 kg``."""
        return self._weight(kg, "short")

    def say_climb(self, metres: float) -> str:
        """Return a climb for the ear: ``320 metres``."""
        return self._climb(metres, "long")

    def show_climb(self, metres: float) -> str:
        """Return a climb for the eye: ``320 m``."""
        return self._climb(metres, "short")

    def show_temperature(self, celsius: float) -> str:
        """Return a temperature for the eye: ``12 °C``."""
        scale = "fahrenheit" if self._in_fahrenheit else "celsius"
        return self._unit(self._degrees(celsius), f"temperature-{scale}", "short")

    def say_temperature(self, celsius: float) -> str:
        """Return a temperature for the ear: ``12 degrees``."""
        return self.say("temperature.degrees", n=self._degrees(celsius))

    def say_degrees(self, celsius: float) -> str:
        """Return the bare number of a temperature, where the scale follows."""
        return self.number(self._degrees(celsius))

    def say_speed(self, km_per_h: float) -> str:
        """Return a speed for the ear: ``25 kilometres per hour``."""
        if self.units == "imperial":
            miles = round(km_per_h / KM_PER_MILE)
            return self._unit(miles, "speed-mile-per-hour", "long")
        return self._unit(round(km_per_h), "speed-kilometer-per-hour", "long")

    # days

    def day(self, day: date, today: date) -> str:
        """Return a day for the ear: ``today``, ``on Friday``, ``on 3 December``."""
        near = {-1: "day.yesterday", 0: "day.today", 1: "day.tomorrow"}
        distance = (day - today).days
        if distance in near:
            return self.say(near[distance])
        if 1 < distance < 7:
            return self.say("day.on", day=self._date(day, "EEEE"))
        if -7 < distance < 0:
            return self.say("day.last", day=self._date(day, "EEEE"))
        return self.say("day.on", day=self.calendar_day(day, today))

    def calendar_day(self, day: date, today: date) -> str:
        """Return a date for the eye, with the year only where it is another one."""
        key = "date.same_year" if day.year == today.year else "date.other_year"
        return self._date(day, self.say(key))

    def weekday(self, day: date) -> str:
        """Return the name of the day of the week."""
        return self._date(day, "EEEE")

    def time(self, moment: datetime) -> str:
        """Return a time of day for the ear: ``7:05``."""
        return self._date(moment, self.say("time.pattern"))

    def _date(self, day: date | datetime, pattern: str) -> str:
        from babel.dates import format_date, format_datetime

        if isinstance(day, datetime):
            return format_datetime(day, pattern, locale=self.locale)
        return format_date(day, pattern, locale=self.locale)

    @property
    def _in_fahrenheit(self) -> bool:
        chosen = self.fahrenheit
        return self.units == "imperial" if chosen is None else chosen

    def _degrees(self, celsius: float) -> int:
        return round(celsius * 9 / 5 + 32 if self._in_fahrenheit else celsius)

    def _distance(self, km: float, length: Literal["long", "short"]) -> str:
        if self.units == "imperial":
            miles = km / KM_PER_MILE
            return self._unit(miles, "length-mile", length, _digits(miles))
        if 0 < km < 1:
            return self._unit(round(km * 1000), "length-meter", length)
        return self._unit(km, "length-kilometer", length, _digits(km))

    def _weight(self, kg: float, length: Literal["long", "short"]) -> str:
        if self.units == "imperial" if self.pounds is None else self.pounds:
            return self._unit(kg * _POUNDS_PER_KG, "mass-pound", length, 1)
        return self._unit(kg, "mass-kilogram", length, 1)

    def _climb(self, metres: float, length: Literal["long", "short"]) -> str:
        if self.units == "imperial":
            feet = round(metres / _METRES_PER_FOOT)
            return self._unit(feet, "length-foot", length)
        return self._unit(round(metres), "length-meter", length)

    def _exact_time(self, seconds: float) -> str:
        minutes, secs = divmod(max(0, round(seconds)), 60)
        parts = (("minute", minutes), ("second", secs))
        said = [self._unit(n, f"duration-{name}", "long") for name, n in parts if n]
        return " ".join(said) or self._unit(0, "duration-second", "long")

    def _unit(
        self,
        value: float,
        unit: str,
        length: Literal["long", "short"],
        digits: int = 0,
    ) -> str:
        from babel.units import format_unit

        shown = round(value, digits) + 0.0
        return format_unit(
            shown, unit, length=length, format=_pattern(digits), locale=self.locale
        ).replace("\N{NO-BREAK SPACE}", " ")


ENGLISH = Voice()


def _pattern(digits: int) -> str:
    return "#,##0" if digits == 0 else "#,##0." + "#" * digits


def _digits(distance: float) -> int:
    return 1 if abs(distance) < 100 else 0


def _minutes(seconds: float) -> str:
    total = max(0, round(seconds))
    return f"{total // 60}:{total % 60:02d}"


@lru_cache(maxsize=16)
def _plural_rule(locale: str) -> PluralRule:
    from babel import Locale

    return Locale.parse(locale).plural_form
