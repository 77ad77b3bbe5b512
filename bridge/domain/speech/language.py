"""One language: its sentences, numbers, lists and days.

Sentences are looked up in the language's table (``bridge/domain/speech/phrases``);
numbers, dates, units and plurals are Babel's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

from bridge.domain.speech.phrases import Phrase, Table, fields_of, phrases_of, scales_of
from bridge.domain.speech.trim import begin

if TYPE_CHECKING:
    from babel import Locale
    from babel.numbers import NumberPattern
    from babel.plural import PluralRule

Length = Literal["long", "short"]  # for the ear, for the eye

_LONE_ONE = re.compile(r"(?<!\w)1(?!\w)")  # Babel has "1 décembre" for "1er"
_SOUNDS_LIKE_I = re.compile(r"[ií]|h[ií](?![ae])", re.IGNORECASE)
# Between digits it stays: French parts thousands so.
_UNIT_GAP = re.compile(r"[\u00a0\u202f](?!\d)")
# "in einer Stunde", but "eine Stunde": a measure does not know what stands before it.
_DATIVE = re.compile(r"\b((?:in|von|mit|nach|seit|bei) ein)(e)? (?=[A-Z])")
_BEYOND_COUNTING = 1e15  # Babel counts 28 digits, an ear far fewer


@dataclass(frozen=True, slots=True)
class Language:
    """How sentences are made.

    ``locale`` is a Babel locale such as ``en_GB`` or ``de_DE``; its first part
    names the language table.
    """

    locale: str = "en_GB"

    @property
    def language(self) -> str:
        """Return the language's code, ``en`` of ``en_GB``."""
        return self.locale.partition("_")[0]

    def say(self, key: str, *, n: float | None = None, **words: str) -> str:
        """Return the phrase ``key`` with its placeholders filled.

        ``n`` chooses among plural forms and fills ``{n}`` where no word does.
        """
        own = phrases_of(self.language)
        phrase = phrase_of(key, own, lambda: phrases_of("en"))
        if isinstance(phrase, Mapping):
            phrase = self._plural(phrase, 0 if n is None else n)
        if n is not None:
            words.setdefault("n", self.say_number(n))
        said = phrase.format(**words)
        return _DATIVE.sub(_in_dative, said) if self.language == "de" else said

    def fill(self, key: str, words: Mapping[str, str]) -> str:
        """Return the phrase ``key`` filled from a mapping."""
        return self.say(key, n=None, **words)

    def knows(self, key: str) -> bool:
        """Tell whether the language's table has the phrase ``key``."""
        return key in phrases_of(self.language)

    @property
    def scales(self) -> frozenset[str]:
        """Return the fields of which some numbers have a word."""
        return scales_of(self.language)

    def field(self, name: str) -> str:
        """Return a field in a sentence: ``the weight``, ``den Tag``.

        One that has no name for the ear is "one of the values".
        """
        table = fields_of(self.language)
        return (table.get(name) or table["other"])[0]

    def field_example(self, name: str) -> str:
        """Return what one could say for a field: ``72.5 kilos``."""
        table = fields_of(self.language)
        return (table.get(name) or table["other"])[1]

    def label(self, name: str, of: str) -> str:
        """Return a field's name to begin a sentence: ``Weight``, ``Power zones up to``.

        ``of`` is what it is a field of, where it is called otherwise there.
        """
        key = f"{of}.field.{name}"
        return begin(self.say(key if self.knows(key) else f"field.{name}"))

    def _plural(self, forms: Mapping[str, str], n: float) -> str:
        category = _plural_rule(self.locale)(abs(n))
        return forms.get(category) or forms["other"]

    # numbers

    def number(self, value: float, digits: int = 0) -> str:
        """Return a number with at most ``digits`` decimals, as the locale writes it.

        This is for the eye: a voice may pass over the sign of a negative number.
        """
        if abs(value) >= _BEYOND_COUNTING:
            from babel.numbers import format_scientific

            return format_scientific(value, "0.##E0", locale=_babel(self.locale))
        shown, locale = round(value, digits) + 0.0, _babel(self.locale)
        return _decimal()(shown, _pattern(digits), locale=locale)

    def say_number(self, value: float, digits: int = 0) -> str:
        """Return a number for the ear: ``12.5``, ``minus 12``."""
        said = self.number(abs(value), digits)
        is_negative = round(value, digits) < 0
        return self.say("number.minus", number=said) if is_negative else said

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

        said = format_list(list(parts), locale=_babel(self.locale))
        if self.language != "es" or len(parts) < 2:
            return said
        # "Surf e Intervalos": Babel does not know that "y" gives way before an i.
        last = parts[-1]
        gives_way = _SOUNDS_LIKE_I.match(last)
        return f"{said.removesuffix(f'y {last}')}e {last}" if gives_way else said

    def either(self, parts: Sequence[str]) -> str:
        """Join parts of which one is meant: ``a, b or c``."""
        from babel.lists import format_list

        return format_list(list(parts), "or", locale=_babel(self.locale))

    # days

    def day(self, day: date, today: date) -> str:
        """Return a day for the ear: ``today``, ``on Friday``, ``on 3 December``.

        Of a day to come that is further away, the weekday is said too.
        """
        near = {-1: "day.yesterday", 0: "day.today", 1: "day.tomorrow"}
        distance = (day - today).days
        if distance in near:
            return self.say(near[distance])
        if 1 < distance < 7:
            return self.say("day.coming", day=self.weekday(day))
        if -7 < distance < 0:
            return self.say("day.last", day=self.weekday(day))
        if distance > 0:
            return self._far_day("day.on_far", day, today)
        return self.say("day.on", day=self.calendar_day(day, today))

    def past_day(self, day: date, today: date) -> str:
        """Return a day that is over, bare: ``yesterday``, ``20 November``."""
        if (today - day).days == 1:
            return self.say("day.yesterday")
        return self.calendar_day(day, today)

    def until(self, day: date, today: date) -> str:
        """Return the last day of something: ``until Thursday``."""
        distance = (day - today).days
        if distance == 1:
            return self.say("day.until", day=self.say("day.tomorrow"))
        if 1 < distance < 7:
            return self.say("day.until_weekday", day=self.weekday(day))
        return self.say("day.until_date", day=self.calendar_day(day, today))

    def bare_day(self, day: date, today: date, *, weekday: bool = True) -> str:
        """Return a day behind "for": ``today``, ``Saturday``, ``Sunday 6 December``.

        Without ``weekday``, a day further away is its date alone.
        """
        distance = (day - today).days
        if -1 <= distance <= 1:
            return self.day(day, today)
        if 1 < distance < 7:
            return self.say("day.bare_weekday", day=self.weekday(day))
        if distance > 0 and weekday:
            return self._far_day("day.bare_far", day, today)
        return self.say("day.bare", day=self.calendar_day(day, today))

    def _far_day(self, key: str, day: date, today: date) -> str:
        date_of_it = self.calendar_day(day, today)
        return self.say(key, weekday=self.weekday(day), day=date_of_it)

    def calendar_day(self, day: date, today: date) -> str:
        """Return a bare date, with the year only where it is another one."""
        from babel.dates import format_date, format_skeleton

        if day.year != today.year:
            written = format_date(day, "long", locale=_babel(self.locale))
        else:
            written = format_skeleton("MMMMd", day, locale=_babel(self.locale))
        return _LONE_ONE.sub(self.say("day.first"), written)

    def short_day(self, day: date) -> str:
        """Return a bare date for the axis of a chart: ``18 Oct``."""
        from babel.dates import format_skeleton

        return format_skeleton("MMMd", day, locale=_babel(self.locale))

    def weekday(self, day: date) -> str:
        """Return the name of the day of the week."""
        from babel.dates import format_date

        return format_date(day, "EEEE", locale=_babel(self.locale))

    def time(self, moment: datetime) -> str:
        """Return a time of day: ``7:05``, ``7:05 AM`` in America, ``7:05 Uhr``."""
        return self._time(moment, "time.pattern")

    def say_time(self, moment: datetime) -> str:
        """Return a time of day for the ear: ``7:05``; a full hour as ``7 AM``."""
        return self._time(moment, "time.pattern" if moment.minute else "time.whole")

    def _time(self, moment: datetime, key: str) -> str:
        from babel.dates import format_datetime

        usual = _babel(self.locale).time_formats["short"].pattern
        if "a" in usual:
            key = f"{key}_12_h"
        pattern = self.say(key, n=moment.hour)  # in Spanish one says "la 1", "las 2"
        return format_datetime(moment, pattern, locale=_babel(self.locale))

    def city(self, timezone: str) -> str:
        """Return the name of a time zone's city: ``Vienna``, ``Wien``."""
        from babel.dates import get_timezone_location

        return get_timezone_location(
            timezone, locale=_babel(self.locale), return_city=True
        )

    def unit(
        self,
        value: float,
        unit: str,
        length: Length,
        digits: int = 0,
    ) -> str:
        """Return a value with its unit, as Babel names it."""
        shown = round(min(value, _BEYOND_COUNTING), digits) + 0.0
        if length == "long" and shown < 0:
            return self.say(
                "number.minus", number=self.unit(-shown, unit, length, digits)
            )
        if length == "long" and shown == 1 and self.knows(f"one.{unit}"):
            return self.say(f"one.{unit}")  # Babel has "1 Stunde", heard as "eins"
        written = _unit()(
            shown,
            unit,
            length=length,
            format=_pattern(digits),
            locale=_babel(self.locale),
        )
        return _UNIT_GAP.sub(" ", written)


def phrase_of(key: str, own: Table, english: Callable[[], Table]) -> Phrase:
    """Return a phrase; English is better than silence where a table lacks it.

    Raises
    ------
    KeyError
        If no table has it.
    """
    return own[key] if key in own else english()[key]


def _in_dative(found: re.Match[str]) -> str:
    return f"{found[1]}{'er' if found[2] else 'em'} "


@lru_cache(maxsize=16)
def _pattern(digits: int) -> NumberPattern:
    from babel.numbers import parse_pattern

    return parse_pattern("#,##0" if digits == 0 else "#,##0." + "#" * digits)


@cache
def _decimal() -> Callable[..., str]:
    """Return what writes numbers; most are written again and again."""
    from babel.numbers import format_decimal  # lazy: slow

    return lru_cache(maxsize=4096)(format_decimal)


@cache
def _unit() -> Callable[..., str]:
    """Return what writes a number with its unit."""
    from babel.units import format_unit  # lazy: slow

    return lru_cache(maxsize=4096)(format_unit)


@lru_cache(maxsize=16)
def _babel(locale: str) -> Locale:
    """Return Babel's own, once: from its name it is parsed anew with each number."""
    from babel import Locale

    return Locale.parse(locale)


@lru_cache(maxsize=16)
def _plural_rule(locale: str) -> PluralRule:
    return _babel(locale).plural_form
