"""Planned workouts as files for trainers and watches: zwo, mrc, erg and fit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

from bridge.domain.calendar.event import Event

WORKOUT_FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "zwo": "application/xml",
        "mrc": "text/plain; charset=utf-8",
        "erg": "text/plain; charset=utf-8",
        "fit": "application/vnd.ant.fit",
    }
)
_MARKS = {
    "zwo": b"<workout_file",
    "mrc": b"[course header]",
    "erg": b"[course header]",
    "fit": b".fit",
}
_HEAD = 4096
_NOT_IN_A_NAME = re.compile(r"[^\w .()&+-]+")
_LONGEST_NAME = 60


def is_workout_file(data: bytes, ending: str) -> bool:
    """Tell whether bytes are what they are called, by how such a file begins."""
    return _MARKS[ending] in data[:_HEAD].lower()


def workout_file_name(event: Event, ending: str) -> str:
    """Return a name for a workout's file: day and name, safe in every folder."""
    name = unicodedata.normalize("NFC", event.name or event.type or "Workout")
    plain = " ".join(_NOT_IN_A_NAME.sub(" ", name).split())[:_LONGEST_NAME].strip(" .")
    parts = [part for part in (event.date, plain or "Workout") if part]
    return f"{' '.join(parts)}.{ending}"
