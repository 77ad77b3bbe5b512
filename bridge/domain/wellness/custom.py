"""Wellness fields that the athlete made: further keys of a row, by their own code.

``CoffeeCups`` is read and written as ``custom_coffee_cups``. They are private: they are
shown where somebody asks for them by name, and never on a card or in a feed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta

import msgspec

from bridge.domain.flat import Scalar, flatten, number, text
from bridge.domain.inputs import InputError, nearest_name, parse_number
from bridge.domain.speech.breath import sentence, short
from bridge.domain.speech.trim import begin
from bridge.domain.speech.voice import Voice
from bridge.domain.wellness.day import RawWellness
from bridge.errors import BadField, BadParameter

PREFIX = "custom_"
EXAMPLE = "custom_coffee_cups"
LONGEST_TEXT = 500
LONG = timedelta(days=60)  # a field is in every row, or where it was filled in
_NAME = re.compile(r"custom_[A-Za-z][A-Za-z0-9_]{0,59}", re.ASCII)
_OURS = {field.encode_name for field in msgspec.structs.fields(RawWellness)}
_COMPUTED = {"ctl", "atl", "rampRate", "ctlLoad", "atlLoad", "sportInfo", "eftp"}
_NOT_CUSTOM = frozenset(_OURS | _COMPUTED)

Row = Mapping[str, object]
Codes = Mapping[str, str]
Own = dict[str, Scalar]


def is_custom(name: str) -> bool:
    """Tell whether a name can be that of a field of the athlete's own."""
    return _NAME.fullmatch(name) is not None


def custom_name(code: str) -> str:
    """Return our name of a field, by its code or by a name that somebody sent."""
    code = code.removeprefix(PREFIX)
    return PREFIX + next(iter(flatten({code: 1})))


def codes_of(rows: Iterable[Row]) -> dict[str, str]:
    """Return the codes of all fields of the athlete's own, by our names."""
    keys = dict.fromkeys(key for row in rows for key in row if key not in _NOT_CUSTOM)
    return {custom_name(key): key for key in keys if is_custom(PREFIX + key)}


def custom_values(row: Row, codes: Codes) -> dict[str, Scalar | None]:
    """Return what a row has in fields of the athlete's own, None where nothing."""
    return {name: _value(row.get(code)) for name, code in codes.items()}


def checked_names(asked: Collection[str], codes: Codes, parameter: str) -> list[str]:
    """Return our names of those that were asked for.

    Raises
    ------
    BadParameter
        For one that the athlete does not have, with the nearest.
    """
    names = list(dict.fromkeys(map(custom_name, asked)))
    for name in names:
        if name not in codes:
            example = nearest_name(name, codes) or next(iter(codes), "weight_kg")
            raise BadParameter(name, name=parameter, example=example)
    return names


def read_custom(sent: Mapping[str, object], codes: Codes) -> dict[str, Scalar]:
    """Return the values to write, under our names: numbers, else texts.

    Raises
    ------
    BadField
        For a field that the athlete does not have, or a value that is none.
    """
    wanted: dict[str, Scalar] = {}
    for asked, value in sent.items():
        name = custom_name(asked)
        if name not in codes or name in wanted:
            example = nearest_name(name, codes) or next(iter(codes), "weight_kg")
            raise BadField(f"{name}: unknown", name=asked, example=example)
        wanted[name] = _wanted(asked, value)
    return wanted


def say_custom(name: str, value: Scalar | None, voice: Voice) -> str:
    """Say a field of the athlete's own: ``Coffee cups: 3.``."""
    label = short(begin(name.removeprefix(PREFIX).replace("_", " ")), voice)
    if value is None:
        return voice.say("wellness.custom_none", name=label)
    said = short(value, voice) if isinstance(value, str) else voice.say_number(value, 2)
    return sentence(voice.say("wellness.custom", name=label, value=said))


def _value(value: object) -> Scalar | None:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return text(value, LONGEST_TEXT)
    return number(value)


def _wanted(name: str, value: object) -> Scalar:
    if isinstance(value, str):
        try:
            return parse_number(value)
        except InputError:
            found = text(value, LONGEST_TEXT)
    else:
        found = None
    if found is None and (known := number(value)) is not None:
        return known
    if found is None:
        raise BadField(f"{name}: no value", name=name, example="3")
    return found
