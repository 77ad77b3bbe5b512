"""A card: what is known of one thing, at a glance; drawn, shown or read aloud."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

import msgspec

from bridge.domain.speech.voice import Voice

Tone = Literal["good", "neutral", "caution", "bad"]
Chart = Literal["none", "line", "bars", "blocks", "bands", "grid"]

MOST_ITEMS = 60
_LONGEST_LINE = 120
_LONGEST_NAME = 80


class CardItem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One point, bar, block or square of a card's chart.

    ``value`` is in the card's ``unit``, or in that of its ``series``: ``sleep_h``,
    ``hrv_ms``, ``resting_hr_bpm``. ``low`` and ``high`` are the usual of that day, or
    what a step aims at.
    """

    day: str | None = None
    value: float | None = None
    planned: bool | None = None  # not done yet
    label: str | None = None  # a few signs to show
    series: str | None = None
    low: float | None = None
    high: float | None = None
    ctl: float | None = None
    atl: float | None = None
    length_s: int | None = None
    zone: str | None = None  # z1 to z7, or a zone of form
    shown: str | None = None  # the value, ready to show


class Card(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One card, ready to show; ``items`` are its chart's, at most sixty in answers."""

    card: str
    date: str  # the athlete's day
    title: str
    value: str  # what stands large
    caption: str
    tone: Tone
    chart: Chart = "none"
    unit: str | None = None  # of the values of its items
    lines: str | None = None  # further lines, one each
    alt: str = ""  # a whole sentence, for who does not see it
    private: bool | None = None  # it shows what its owner keeps back elsewhere
    items: tuple[CardItem, ...] = ()


def lines_of(parts: Iterable[str | None]) -> str | None:
    """Join lines of text, one each; None where there is none."""
    kept = [" ".join(part.split())[:_LONGEST_LINE] for part in parts if part]
    return "\n".join(kept) or None


def shown_name(name: str | None) -> str:
    """Return a name for the eye: one line, without what turns or hides text."""
    kept = "".join(
        sign if unicodedata.category(sign)[0] != "C" else " " for sign in name or ""
    )
    return " ".join(kept.split())[:_LONGEST_NAME]


def thinned(items: Sequence[CardItem], most: int = MOST_ITEMS) -> tuple[CardItem, ...]:
    """Keep at most ``most`` items, evenly, the last one always."""
    if len(items) <= most:
        return tuple(items)
    step = (len(items) - 1) / (most - 1)
    return tuple(items[round(index * step)] for index in range(most))


def weekday_sign(day: date, voice: Voice) -> str:
    """Return two letters for a day of the week: ``Mo``."""
    return voice.weekday(day)[:2].capitalize()
