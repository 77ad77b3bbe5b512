"""How wide text is, and how it is made to fit: by the advances of the shipped font."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Literal

Weight = Literal[400, 600]

ASCENT_EM, DESCENT_EM = 0.76, 0.22  # of Latin letters, their usual accents included
_LONGEST = 240  # signs; no picture has room for more
_ELLIPSIS = "…"
_LONGEST_UNIT = 5  # "S/min"; what follows a number is its unit
SEPARATOR = " · "
_MISSING = 1000  # a thousandth of an em: wider than most


@cache
def _advances(weight: Weight) -> dict[str, int]:
    """Return the advance of each sign of the font, in thousandths of an em."""
    path = Path(__file__).with_name("advances.json")
    rows = json.loads(path.read_text(encoding="utf-8"))[str(weight)]
    return {sign: int(advance) for advance, signs in rows.items() for sign in signs}


def clean(text: str | None) -> str:
    """Return what the font can show of a text, in one line; may be nothing.

    Signs that turn or hide text and those of other scripts are left out. A text of
    which no letter and no figure is left is nothing.
    """
    whole = unicodedata.normalize("NFC", (text or "")[: 4 * _LONGEST])
    known = _advances(400)
    kept = "".join(_shown(sign, known) for sign in whole)
    line = " ".join(kept.split())[:_LONGEST]
    return line if any(sign.isalnum() for sign in line) else ""


def _shown(sign: str, known: dict[str, int]) -> str:
    if sign in known:
        return sign
    return "" if unicodedata.category(sign) in {"Mn", "Cf"} else " "


def width_of(text: str, size: float, weight: Weight = 400) -> float:
    """Return how wide a line of text is, in points."""
    known = _advances(weight)
    return sum(known.get(sign, _MISSING) for sign in text) * size / 1000


def shortened(text: str, width: float, size: float, weight: Weight = 400) -> str:
    """Return as much of a line as fits, an ellipsis after it where it is cut.

    Of parts with a dot between them as many as fit whole are kept.
    """
    if width_of(text, size, weight) <= width:
        return text
    whole = text.rpartition(SEPARATOR)[0]
    while whole and width_of(whole, size, weight) > width:
        whole = whole.rpartition(SEPARATOR)[0]
    if whole:
        return whole
    kept = text
    while kept and width_of(kept.rstrip() + _ELLIPSIS, size, weight) > width:
        kept = kept[:-1]
    return kept.rstrip(" ·,;:–-") + _ELLIPSIS if kept.strip() else ""


def largest(
    text: str, width: float, sizes: Iterable[float], weight: Weight = 400
) -> float | None:
    """Return the first of ``sizes`` at which a line fits; None where at none."""
    fits = (size for size in sizes if width_of(text, size, weight) <= width)
    return next(fits, None)


def wrapped(
    text: str, width: float, size: float, most: int, weight: Weight = 400
) -> tuple[str, ...]:
    """Return a text in at most ``most`` lines, the last one cut where need be."""
    lines: list[str] = []
    words = _measures(text.split(), width, size, weight)
    while words and len(lines) < most:
        if len(lines) == most - 1:
            return (*lines, shortened(" ".join(words), width, size, weight))
        line = words.pop(0)
        while words and width_of(f"{line} {words[0]}", size, weight) <= width:
            line = f"{line} {words.pop(0)}"
        if width_of(line, size, weight) > width:  # one word, longer than the line
            head = _head(line, width, size, weight)
            words.insert(0, line[len(head) :])
            inside = head[-1:].isalpha() and words[0][:1].isalpha()
            line = f"{head}-" if inside else head
        lines.append(line.removesuffix(" ·").removeprefix("· "))
    return tuple(lines)


def _measures(
    words: Sequence[str], width: float, size: float, weight: Weight
) -> list[str]:
    """Return words, a number and its unit as one of them where a line has room.

    A dot between two parts stays with the part before it.
    """
    joined: list[str] = []
    for word in words:
        before = joined[-1] if joined else ""
        is_unit = len(word) <= _LONGEST_UNIT and not word[0].isdigit()
        is_measure = before[:1].isdigit() and before[-1:] != "·"
        more = is_measure and (is_unit or before[-1:] == "h")
        whole = f"{before} {word}"
        if (word == "·" or more) and width_of(whole, size, weight) <= width:
            joined[-1] = whole
        else:
            joined.append(word)
    return joined


def _head(word: str, width: float, size: float, weight: Weight) -> str:
    count = len(word) - 1
    while count > 1 and width_of(f"{word[:count]}-", size, weight) > width:
        count -= 1
    return word[:count]
