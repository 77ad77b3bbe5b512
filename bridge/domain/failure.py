"""How a failure is said: no name of a field, nothing that only a program writes."""

from __future__ import annotations

import re
from datetime import datetime, time

from bridge.domain.speech.trim import begin
from bridge.domain.speech.voice import Voice
from bridge.domain.sport import TYPES, say_sport
from bridge.errors import BridgeError

_NAMES = frozenset({"name", "other", "names", "nearest"})
_NUMBERS = frozenset({"low", "high", "value", "after", "last", "count"})
_PACE = re.compile(r"([0-9]+):([0-9]{2})/(km|mi|100m|100yd)", re.ASCII)
_PER = {
    "km": "pace.per_km",
    "mi": "pace.per_mile",
    "100m": "pace.per_100m",
    "100yd": "pace.per_100y",
}
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2})?", re.ASCII)
_DECIMAL = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,3})?", re.ASCII)


def speech_of(error: BridgeError, voice: Voice) -> str:
    """Return what happened and what to do, in the words of whoever asks.

    The words of an error are those of its hint, which is for who builds a shortcut:
    ``weight_kg``, ``2026-11-28``. Here they become what people say.
    """
    words = {key: _said(key, error, voice) for key in error.words}
    return begin(voice.fill(error.phrase, words))


def _said(key: str, error: BridgeError, voice: Voice) -> str:
    word = error.words[key]
    if key in _NAMES:
        names = list(dict.fromkeys(map(voice.field, word.split(", "))))
        return voice.either(names) if key == "nearest" else voice.listed(names)
    if key in _NUMBERS:
        return _say_written(word, voice) or word
    match key:
        case "example":
            return _say_example(error.words.get("name", ""), word, voice)
        case "scope":
            return voice.say(f"scope.{word}")
        case "sport":
            return say_sport(word, voice)
    return word


def _say_example(name: str, written: str, voice: Voice) -> str:
    """Say what would be understood; what is the athlete's own as it is written."""
    if name == "gear":
        return written
    parts = written.split(", ")
    if name in ("sport", "type") and all(part in TYPES for part in parts):
        return voice.listed([say_sport(part, voice) for part in parts])
    if name in ("end_local", "threshold_pace", "to_pace"):
        return _say_written(written, voice) or voice.field_example(name)
    return voice.field_example(name)


def _say_written(word: str, voice: Voice) -> str | None:
    """Say a number, a pace or a moment as programs write it; None for all else."""
    if _DECIMAL.fullmatch(word):
        return voice.say_number(float(word), 3)
    if pace := _PACE.fullmatch(word):
        spoken = voice.say_exact_time(int(pace[1]) * 60 + int(pace[2]))
        return voice.say(_PER[pace[3]], time=spoken)
    if not _MOMENT.fullmatch(word):
        return None
    moment = datetime.fromisoformat(word)
    day = voice.calendar_day(moment.date(), moment.date())
    if moment.time() == time():
        return day
    return voice.say("show.moment", day=day, time=voice.time(moment))
