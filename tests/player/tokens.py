"""Read parameters: texts with variables in them, lone variables, dictionaries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from tests.player.content import (
    File,
    Items,
    Sample,
    to_dictionary,
    to_number,
    to_text,
    value_at,
)
from tests.player.document import BadShortcut

Lookup = Callable[[dict[str, Any]], Items]
"""From a variable as the file describes it to what it holds now."""

_SAMPLE_DETAILS = {
    "Value": "value",
    "Unit": "unit",
    "Start Date": "start",
    "End Date": "end",
    "Source": "source",
}


def read_text(value: Any, lookup: Lookup, language: str) -> str:
    """Read a text field: a plain text, or one with variables."""
    if isinstance(value, str):
        return value
    if value.get("WFSerializationType") != "WFTextTokenString":
        raise BadShortcut(f"this is no text: {value!r}")
    token = value["Value"]
    spans = {
        int(span[1 : span.index(",")]): variable
        for span, variable in token.get("attachmentsByRange", {}).items()
    }
    units = token["string"].encode("utf-16-le")
    text, end = "", 0
    for at in sorted(spans):
        text += units[end : at * 2].decode("utf-16-le")
        text += to_text(read_variable(spans[at], lookup), language)
        end = at * 2 + 2
    rest: str = units[end:].decode("utf-16-le")
    return text + rest


def read_items(value: Any, lookup: Lookup, language: str) -> Items:
    """Read a field that holds one variable; a text holding just one counts too."""
    if isinstance(value, dict) and value.get("Type") == "Variable":
        value = value["Variable"]
    if isinstance(value, dict):
        kind = value.get("WFSerializationType")
        if kind == "WFTextTokenAttachment":
            return read_variable(value["Value"], lookup)
        if kind == "WFTextTokenString" and value["Value"]["string"] == "\ufffc":
            (variable,) = value["Value"]["attachmentsByRange"].values()
            return read_variable(variable, lookup)
    return [read_text(value, lookup, language)]


def read_variable(variable: dict[str, Any], lookup: Lookup) -> Items:
    """Read a variable, and what the file asks of it ("Aggrandizements")."""
    items = lookup(variable)
    for wanted in variable.get("Aggrandizements", []):
        match wanted:
            case {"Type": "WFPropertyVariableAggrandizement", "PropertyName": name}:
                items = [detail_of(item, name) for item in items]
            case {
                "Type": "WFDateFormatVariableAggrandizement",
                "WFDateFormatStyle": "ISO 8601",
                "WFISO8601IncludeTime": True,
            }:
                items = [iso_text(item) for item in items]
            case {
                "Type": "WFCoercionVariableAggrandizement",
                "CoercionItemClass": "WFDictionaryContentItem",
            }:
                items = to_dictionary(items)
            case {
                "Type": "WFDictionaryValueVariableAggrandizement",
                "DictionaryKey": key,
            }:
                items = [found for item in items for found in value_at(item, key)]
            case _:
                raise BadShortcut(f"nobody taught the player {wanted}")
    return items


def iso_text(item: Any) -> str:
    """Write a date as ISO 8601 with its time and its distance from UTC."""
    if not isinstance(item, datetime):
        raise BadShortcut(f"{item!r} is no date")
    return item.isoformat(timespec="seconds")


def detail_of(item: Any, name: str) -> Any:
    """Take one detail of an item, by the name the app shows."""
    if isinstance(item, Sample) and name in _SAMPLE_DETAILS:
        return getattr(item, _SAMPLE_DETAILS[name])
    if isinstance(item, File) and name == "Name":
        return item.name
    raise BadShortcut(f"{type(item).__name__} has no {name}")


def read_fields(
    field: dict[str, Any], lookup: Lookup, language: str, *, quoted: bool = False
) -> dict[str, Any]:
    """Read headers or a JSON body; ``quoted`` sends numbers as the text they were."""

    def read(item: dict[str, Any]) -> Any:
        value = item["WFValue"]
        match item["WFItemType"]:
            case 0:
                return read_text(value, lookup, language)
            case 1:
                return read_fields(value["Value"], lookup, language, quoted=quoted)
            case 2:
                return [read(each) for each in value["Value"]]
            case 3:
                text = read_text(value, lookup, language)
                number = to_number(text, language)
                return text if quoted or number is None else number
            case 4:
                return value["Value"]
            case kind:
                raise BadShortcut(f"item type {kind} has no place in a dictionary")

    rows = field["Value"]["WFDictionaryFieldValueItems"]
    return {read_text(row["WFKey"], lookup, language): read(row) for row in rows}
