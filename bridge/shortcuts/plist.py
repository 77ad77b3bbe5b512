r"""How Shortcuts writes texts, variables and dictionaries into a file.

A text with variables in it is a string in which each variable is the one character
U+FFFC ("object replacement"), beside a table that says which variable stands where:

    "Bearer \ufffc"   {"{7, 1}": <the variable>}

The numbers are Apple's ``NSRange``: offset and length counted in UTF-16 units, so an
emoji before the variable counts two. That is all there is to it, and it is known here
only; everywhere else a text says ``"Bearer {Token}"``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

Plist = dict[str, Any]
Reference = Callable[[str], Plist]
"""From the name of an earlier output to Apple's description of it."""

PLACEHOLDER = "\ufffc"
DATES = ("Start Date", "End Date")
PART = re.compile(r"(?P<whole>[^.\[]+)(\.(?P<detail>.+)|\[(?P<key>.+)\])")
"""A name that asks for a detail or a key: ``Sleep.Start Date``, ``Answer[speech]``."""

_NAME = re.compile(r"\{([^{}]+)\}")


def names_in(text: str) -> list[str]:
    """Return the names in curly brackets, in order."""
    return _NAME.findall(text)


def token_string(text: str, reference: Reference) -> Plist:
    """Return a text field in which every ``{Name}`` became a variable."""
    string, attachments, end = "", {}, 0
    for match in _NAME.finditer(text):
        string += text[end : match.start()]
        attachments[f"{{{_utf16_units(string)}, 1}}"] = reference(match[1])
        string += PLACEHOLDER
        end = match.end()
    return {
        "Value": {"string": string + text[end:], "attachmentsByRange": attachments},
        "WFSerializationType": "WFTextTokenString",
    }


def attachment(name: str, reference: Reference) -> Plist:
    """Return a field that holds one variable and nothing else."""
    return {
        "Value": reference(name),
        "WFSerializationType": "WFTextTokenAttachment",
    }


def subject(name: str, reference: Reference) -> Plist:
    """Return what an If looks at."""
    return {"Type": "Variable", "Variable": attachment(name, reference)}


def dictionary_field(items: Iterable[tuple[str, str]], reference: Reference) -> Plist:
    """Return headers or a JSON body; every value is a text."""
    rows = [
        {
            "WFItemType": 0,
            "WFKey": token_string(key, reference),
            "WFValue": token_string(value, reference),
        }
        for key, value in items
    ]
    return {
        "Value": {"WFDictionaryFieldValueItems": rows},
        "WFSerializationType": "WFDictionaryFieldValue",
    }


def output_of(uuid: str, name: str) -> Plist:
    """Describe the output of an earlier action."""
    return {"OutputUUID": uuid, "OutputName": name, "Type": "ActionOutput"}


def named_variable(name: str) -> Plist:
    """Describe a named variable ("Repeat Item")."""
    return {"Type": "Variable", "VariableName": name}


def shortcut_input() -> Plist:
    """Describe what the share sheet handed over."""
    return {"Type": "ExtensionInput"}


def with_detail(described: Plist, detail: str) -> Plist:
    """Describe a detail of a variable; a date is written as ISO 8601 with its time.

    That style has no region and no calendar of its own, and it tells the distance from
    UTC: a Thai phone and the night of the change to winter time are read right.
    """
    asked: list[Plist] = [
        {"Type": "WFPropertyVariableAggrandizement", "PropertyName": detail}
    ]
    if detail in DATES:
        asked.append(
            {
                "Type": "WFDateFormatVariableAggrandizement",
                "WFDateFormatStyle": "ISO 8601",
                "WFISO8601IncludeTime": True,
            }
        )
    return described | {"Aggrandizements": asked}


def at_key(described: Plist, key: str) -> Plist:
    """Describe what a variable has at a key, read as a dictionary."""
    asked = [
        {
            "Type": "WFCoercionVariableAggrandizement",
            "CoercionItemClass": "WFDictionaryContentItem",
        },
        {"Type": "WFDictionaryValueVariableAggrandizement", "DictionaryKey": key},
    ]
    return described | {"Aggrandizements": asked}


def quantity(name: str, unit: str, reference: Reference) -> Plist:
    """Return a number with its unit: the magnitude is the bare variable."""
    return {
        "Value": {"Magnitude": reference(name), "Unit": unit},
        "WFSerializationType": "WFQuantityFieldValue",
    }


def _utf16_units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
