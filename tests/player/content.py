"""What flows between actions, and how a phone turns one kind into another."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Items = list[Any]
"""Every output is a list: nothing, one item, or many."""

YES_NO = {
    "en": ("Yes", "No"),
    "de": ("Ja", "Nein"),
    "fr": ("Oui", "Non"),
    "es": ("Sí", "No"),
}
DECIMAL_COMMA = ("de", "es", "fr")
_TEXT_TYPES = ("text/", "application/json", "application/xml", "application/gpx")


class RunStopped(Exception):
    """An action failed, and with it the shortcut: there is no try and no catch."""


class BadAnswer(AssertionError):
    """An answer holds what phones are known to read differently from each other."""


@dataclass(frozen=True)
class File:
    """A file, as Get Contents of URL yields it."""

    name: str
    media_type: str
    data: bytes

    @property
    def is_text(self) -> bool:
        return self.media_type.startswith(_TEXT_TYPES)


@dataclass(frozen=True)
class RichText:
    """What a phone makes of HTML: words with looks, and no way back to JSON."""

    source: str


@dataclass(frozen=True)
class Sample:
    """One reading out of Apple Health; start and end are wall clock."""

    start: datetime
    end: datetime
    value: str
    unit: str = ""
    source: str = "Watch"


def to_text(items: Items, language: str) -> str:
    """Several items become lines."""
    return "\n".join(_item_text(item, language) for item in items)


def json_text(value: Any) -> str:
    """Write a dictionary as a phone does: compact, "/" escaped, in an order of its own.

    The order is that of a hash table. Here it is that of the names, which is another
    than the bridge's, and the same each time.
    """
    written = json.dumps(
        value, ensure_ascii=False, separators=(",", ":"), sort_keys=True
    )
    return written.replace("/", "\\/")


def number_text(value: float, language: str) -> str:
    text = f"{value:.10g}" if isinstance(value, float) else str(value)
    return text.replace(".", ",") if language in DECIMAL_COMMA else text


def to_number(item: Any, language: str) -> float | None:
    """Read a number as the phone's region writes it; None when it is none."""
    if isinstance(item, bool) or not isinstance(item, (int, float, str)):
        return None
    if not isinstance(item, str):
        return item
    mark = "," if language in DECIMAL_COMMA else "."
    if not re.fullmatch(rf"-?\d+({re.escape(mark)}\d+)?", item.strip()):
        return None
    number = float(item.replace(",", "."))
    return int(number) if number.is_integer() else number


def to_file(item: Any) -> File:
    """Make a file to save of whatever it is."""
    if isinstance(item, File):
        return item
    if isinstance(item, dict):
        return File("Dictionary.json", "application/json", json_text(item).encode())
    return File("Text.txt", "text/plain", to_text([item], "en").encode())


def to_dictionary(items: Items) -> Items:
    """Get Dictionary from Input: dictionaries stay, texts are read as JSON."""
    return [found for item in items for found in _dictionaries(item)]


def value_at(item: Any, path: str) -> Items:
    """Get Dictionary Value: dots lead deeper, lists count from 1, missing is empty."""
    if isinstance(item, dict) and path in item:
        found = _child(item, path)  # the whole key first, dots and all
        return list(found) if isinstance(found, list) else [found]
    for depth, part in enumerate(path.split(".")):
        if item is None and depth:
            raise RunStopped(f"Cannot evaluate the key path “{path}”")
        item = _child(item, part)
    if item is None:
        return []
    return list(item) if isinstance(item, list) else [item]


def _child(item: Any, part: str) -> Any:
    if isinstance(item, list):
        index = int(part) if part.isdigit() else 0
        return item[index - 1] if 1 <= index <= len(item) else None
    if not isinstance(item, dict) or part not in item:
        return None
    if item[part] is None:
        raise BadAnswer(f"“{part}” is null, which phones read differently")
    return item[part]


def _item_text(item: Any, language: str) -> str:
    match item:
        case str():
            text = item
        case bool():
            text = YES_NO[language][0 if item else 1]
        case int() | float():
            text = number_text(item, language)
        case dict() | list():
            text = json_text(item)
        case datetime():
            text = item.strftime("%d.%m.%Y, %H:%M")
        case File():
            text = item.data.decode("utf-8", "replace") if item.is_text else item.name
        case RichText():
            text = html.unescape(re.sub(r"<[^>]*>", "", item.source)).strip()
        case Sample():
            text = item.value
        case _:
            raise TypeError(f"no text for {item!r}")
    return text


def _dictionaries(item: Any) -> Items:
    if isinstance(item, dict):
        return [item]
    if isinstance(item, File) and item.is_text:
        item = item.data.decode()
    if not isinstance(item, str):
        kind = "Rich text" if isinstance(item, RichText) else type(item).__name__
        raise RunStopped(f"Shortcuts couldn’t convert from {kind} to Dictionary")
    try:
        found = json.loads(item, parse_constant=_refuse_constant)
    except ValueError as error:
        raise RunStopped(
            "Shortcuts couldn’t convert from Text to Dictionary"
        ) from error
    rows = found if isinstance(found, list) else [found]
    if not all(isinstance(row, dict) for row in rows):
        raise RunStopped("Shortcuts couldn’t convert from Text to Dictionary")
    return rows


def _refuse_constant(name: str) -> Any:
    raise BadAnswer(f"{name} is not JSON")
