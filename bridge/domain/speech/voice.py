"""Measures for the ear and for the eye, in one language and one set of units.

``say_*`` is spoken (whole words, round numbers), ``show_*`` is read (short).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from bridge.domain.speech.language import Language, Length
from bridge.domain.speech.phrases import LANGUAGES

Units = Literal["metric", "imperial"]

KM_PER_MILE = 1.609344
_LONGEST_SWIM_IN_METRES_KM = 10
_LONG_WAY = 30  # kilometres or miles; a half marathon keeps its decimal
_METRES_PER_FOOT = 0.3048
_POUNDS_PER_KG = 2.2046226218
_YARDS_PER_100M = 109.3613298
_LONGEST_S = 999_999 * 3600  # Babel has no Spanish word for a million hours


# The voice of the language reads the numbers, not the region: en_DE would write
# "12,4 kilometres", and de_CH "12.4 Kilometer".
_LOCALES = {
    "en": "en_GB",
    "en-us": "en_US",
    "de": "de_DE",
    "de-at": "de_AT",
    "fr": "fr_FR",
    "fr-ca": "fr_CA",
    "es": "es_ES",
}


@dataclass(frozen=True, slots=True)
class Voice(Language):
    """How one athlete is spoken to: the language, and the athlete's units."""

    units: Units = "metric"
    fahrenheit: bool | None = None  # None: as the units have it
    pounds: bool | None = None

    def fill(self, key: str, words: Mapping[str, str]) -> str:
        """Return the phrase ``key`` filled; of ``wait_s`` it may say ``{wait}``."""
        spoken = {
            name.removesuffix("_s"): self.say_duration(int(word))
            for name, word in words.items()
            if name.endswith("_s") and word.isdecimal()
        }
        return Language.fill(self, key, {**words, **spoken})

    @property
    def metric(self) -> Voice:
        """Return the same voice in metric units: races keep their names."""
        return replace(self, units="metric")

    def say_distance(self, km: float, *, swum: bool = False) -> str:
        """Return a distance for the ear: ``12.4 kilometres``, ``400 metres``.

        What was ``swum`` is counted in metres or yards, below 10 kilometres.
        """
        return self._distance(km, "long", swum=swum)

    def show_distance(self, km: float, *, swum: bool = False) -> str:
        """Return a distance for the eye: ``12.4 km``, ``1,600 m`` of a swim."""
        return self._distance(km, "short", swum=swum)

    def say_duration(self, seconds: float) -> str:
        """Return a duration for the ear: ``1 hour 5``, ``42 minutes``."""
        total = min(max(0, round(seconds)), _LONGEST_S)
        if total >= 600:
            total = round(total / 60) * 60
        hours, rest = divmod(total, 3600)
        minutes, secs = divmod(rest, 60)
        if hours and minutes:
            large = self.unit(hours, "duration-hour", "long")
            return self.say("number.hours_minutes", large=large, n=minutes)
        parts = (("hour", hours), ("minute", minutes), ("second", secs))
        return self._joined(parts) or self.unit(0, "duration-minute", "long")

    def say_exact_time(self, seconds: float) -> str:
        """Return minutes and seconds for the ear, never rounded to minutes."""
        minutes, secs = divmod(max(0, round(seconds)), 60)
        if minutes and secs:
            large = self.unit(minutes, "duration-minute", "long")
            return self.say("number.minutes_seconds", large=large, n=secs)
        parts = (("minute", minutes), ("second", secs))
        return self._joined(parts) or self.unit(0, "duration-second", "long")

    def say_half_hours(self, seconds: float) -> str:
        """Return a time as one says it of a night: ``7 and a half hours``."""
        hours, half = divmod(max(0, round(seconds / 1800)), 2)
        if not half:
            return self.unit(hours, "duration-hour", "long")
        key = "number.half_hours" if hours else "number.half_hour"
        return self.say(key, n=hours)

    def say_roughly(self, seconds: float) -> str:
        """Return a difference as one says it: ``over an hour``, ``half an hour``."""
        minutes = max(0, round(seconds / 60))
        halves, rest = divmod(minutes, 30)
        if rest > 20:
            halves += 1
        an_hour = halves == 2
        half_hours = self.say_half_hours(halves * 1800)
        about = self.say("number.an_hour") if an_hour else half_hours
        if 5 <= rest <= 20 and halves:
            return self.say("number.over", time=about)
        return self.say("number.almost", time=about) if 20 < rest < 26 else about

    def show_duration(self, seconds: float) -> str:
        """Return a duration for the eye: ``1 h 05 min``, ``42 min``, ``4:05 min``."""
        total = max(0, round(seconds))
        if 0 < total < 600:
            return f"{total // 60}:{total % 60:02d} min"
        hours, minutes = divmod(round(total / 60), 60)
        return f"{hours} h {minutes:02d} min" if hours else f"{minutes} min"

    def say_pace(self, s_per_km: float) -> str:
        """Return a running pace for the ear: ``5 minutes 12 seconds per kilometre``."""
        key = "pace.per_mile" if self.units == "imperial" else "pace.per_km"
        return self.say(key, time=self.say_exact_time(self._pace_s(s_per_km)))

    def show_pace(self, s_per_km: float) -> str:
        """Return a running pace for the eye: ``5:12 /km``."""
        unit = "mi" if self.units == "imperial" else "km"
        return f"{_minutes(self._pace_s(s_per_km))} /{unit}"

    def say_swim_pace(self, s_per_100m: float) -> str:
        """Return a swimming pace for the ear: ``2 minutes per 100 metres``."""
        key = "pace.per_100y" if self.units == "imperial" else "pace.per_100m"
        return self.say(key, time=self.say_exact_time(self._swim_pace_s(s_per_100m)))

    def show_swim_pace(self, s_per_100m: float) -> str:
        """Return a swimming pace for the eye: ``2:00 /100 m``."""
        unit = "yd" if self.units == "imperial" else "m"
        return f"{_minutes(self._swim_pace_s(s_per_100m))} /100 {unit}"

    def say_row_pace(self, s_per_500m: float) -> str:
        """Return a rowing pace for the ear: ``2 minutes 5 seconds per 500 metres``.

        Rowers count by 500 metres, wherever they live.
        """
        return self.say("pace.per_500m", time=self.say_exact_time(s_per_500m))

    def show_row_pace(self, s_per_500m: float) -> str:
        """Return a rowing pace for the eye: ``2:05 /500 m``."""
        return f"{_minutes(s_per_500m)} /500 m"

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
        return self.unit(self._degrees(celsius), f"temperature-{scale}", "short")

    def say_temperature(self, celsius: float) -> str:
        """Return a temperature for the ear: ``12 degrees``."""
        return self.say("temperature.degrees", n=self._degrees(celsius))

    def say_degrees(self, celsius: float) -> str:
        """Return the bare number of a temperature, where the scale follows."""
        return self.say_number(self._degrees(celsius))

    def say_speed(self, km_per_h: float) -> str:
        """Return a speed for the ear: ``25 kilometres per hour``."""
        if self.units == "imperial":
            miles = round(km_per_h / KM_PER_MILE)
            return self.unit(miles, "speed-mile-per-hour", "long")
        return self.unit(round(km_per_h), "speed-kilometer-per-hour", "long")

    def _joined(self, parts: Sequence[tuple[str, int]]) -> str:
        """Join what is said of hours, minutes or seconds, two at most."""
        said = [self.unit(n, f"duration-{name}", "long") for name, n in parts if n]
        if len(said) < 2:
            return "".join(said)
        return self.say("number.two_units", large=said[0], small=said[1])

    def _pace_s(self, s_per_km: float) -> float:
        return s_per_km * (KM_PER_MILE if self.units == "imperial" else 1)

    def _swim_pace_s(self, s_per_100m: float) -> float:
        return s_per_100m * (100 / _YARDS_PER_100M if self.units == "imperial" else 1)

    @property
    def _in_fahrenheit(self) -> bool:
        chosen = self.fahrenheit
        return self.units == "imperial" if chosen is None else chosen

    def _degrees(self, celsius: float) -> int:
        return round(celsius * 9 / 5 + 32 if self._in_fahrenheit else celsius)

    def _distance(self, km: float, length: Length, *, swum: bool) -> str:
        if swum and 0 < km < _LONGEST_SWIM_IN_METRES_KM:
            return self._short_distance(km, length)
        if self.units == "imperial":
            miles = km / KM_PER_MILE
            if length == "short":  # in German, Babel has "1 Meilen"
                return f"{self.number(miles, _digits(miles))} mi"
            return self.unit(
                _round(miles), "length-mile", length, _spoken_digits(miles)
            )
        if 0 < km < 1:
            return self._short_distance(km, length)
        if length == "short":
            return self.unit(km, "length-kilometer", length, _digits(km))
        return self.unit(_round(km), "length-kilometer", length, _spoken_digits(km))

    def _short_distance(self, km: float, length: Length) -> str:
        if self.units == "imperial":
            yards = round(km * 10 * _YARDS_PER_100M)
            return self.unit(yards, "length-yard", length)
        return self.unit(round(km * 1000), "length-meter", length)

    def _weight(self, kg: float, length: Length) -> str:
        if self.units == "imperial" if self.pounds is None else self.pounds:
            return self.unit(kg * _POUNDS_PER_KG, "mass-pound", length, 1)
        return self.unit(kg, "mass-kilogram", length, 1)

    def _climb(self, metres: float, length: Length) -> str:
        imperial = self.units == "imperial"
        climb = round(metres / _METRES_PER_FOOT if imperial else metres)
        round_one = _round(round(climb, -1)) if abs(climb) >= 100 else climb
        high = round_one if length == "long" else climb
        return self.unit(high, "length-foot" if imperial else "length-meter", length)


ENGLISH = Voice()


@lru_cache(maxsize=256)
def known_locale(tag: str | None) -> str | None:
    """Return Babel's locale for a language tag such as ``de-AT`` or ``en_US``.

    None where there is no table for the language.
    """
    wanted = (tag or "").replace("_", "-").lower()
    language = wanted.partition("-")[0]
    if language not in LANGUAGES:
        return None
    return _LOCALES.get(wanted) or _LOCALES[language]


def _digits(distance: float) -> int:
    return 1 if abs(distance) < 100 else 0


def _spoken_digits(distance: float) -> int:
    """Return how many decimals are said: none of a long way."""
    return 1 if abs(distance) < _LONG_WAY else 0


def _round(value: float) -> float:
    """Return a number as one says it: three digits of it from a thousand on."""
    return float(f"{value:.3g}") if abs(value) >= 1000 else value


def _minutes(seconds: float) -> str:
    total = max(0, round(seconds))
    return f"{total // 60}:{total % 60:02d}"
