"""Check what clients send against the field tables, leniently, like Jackson."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from bridge.simulator.fields.enums import ENUMS
from bridge.simulator.refusals import unparsable

Record = dict[str, Any]
Streams = dict[str, list[Any]]  # parallel, by name

JAVA = {
    "s": "java.lang.String",
    "i": "java.lang.Integer",
    "f": "java.lang.Float",
    "b": "java.lang.Boolean",
    "t": "java.util.Date",
    "o": "java.util.LinkedHashMap",
    "l": "java.util.ArrayList",
}


def render(table: Mapping[str, str], record: Mapping[str, Any]) -> Record:
    """Return all keys of the table, null where the record knows nothing."""
    return {name: record.get(name) for name in table}


def trim(record: Mapping[str, Any], fields: list[str]) -> Record:
    """Keep the asked fields that are known: `fields=` drops nulls."""
    return {
        name: record[name]
        for name in record
        if name in fields and record[name] is not None
    }


def read_record(table: Mapping[str, str], body: Any) -> Record:
    """Return the known fields of a body in their right types.

    Raises
    ------
    Refusal
        400 when the body is no object or a value cannot become its field's type.
    """
    if not isinstance(body, dict):
        raise _cannot("o", body)
    known = {name: body[name] for name in body if name in table}
    return {name: _coerce(table[name], value) for name, value in known.items()}


def read_records(table: Mapping[str, str], body: Any) -> list[Record]:
    """Return the records of a body that must be a list."""
    if not isinstance(body, list):
        raise _cannot("l", body)
    return [read_record(table, entry) for entry in body]


def _coerce(code: str, value: Any) -> Any:
    if value is None:
        return None
    if code.startswith("e."):
        return _word(code[2:], value)
    return _READERS[code](value)


def _word(name: str, value: Any) -> str:
    if value not in ENUMS[name]:
        allowed = ", ".join(sorted(ENUMS[name]))
        raise unparsable(
            f'Cannot deserialize value of type `{name}` from String "{value}": '
            f"not one of the values accepted for Enum class: [{allowed}]"
        )
    return str(value)


def _text(value: Any) -> str:
    if isinstance(value, dict | list):
        raise _cannot("s", value)
    return value if isinstance(value, str) else str(value)


def _number(value: Any) -> float:
    if isinstance(value, bool | dict | list):
        raise _cannot("f", value)
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError) as error:
        raise _cannot("f", value) from error
    if not math.isfinite(number):
        raise _cannot("f", value)
    return number


def _plain_number(value: Any) -> float:
    number = _number(value)
    return value if isinstance(value, int) else number


def _whole(value: Any) -> int:
    return int(_number(value))


def _yes_or_no(value: Any) -> bool:
    if value in ("true", "false"):
        return bool(value == "true")
    if not isinstance(value, bool):
        raise _cannot("b", value)
    return value


def _kept(code: str, kind: type) -> Callable[[Any], Any]:
    def keep(value: Any) -> Any:
        if not isinstance(value, kind):
            raise _cannot(code, value)
        return value

    return keep


def _cannot(code: str, value: Any) -> Exception:
    return unparsable(
        f"Cannot deserialize value of type `{JAVA[code]}` from {_token(value)}"
    )


def _token(value: Any) -> str:
    if isinstance(value, dict):
        return "Object value (token `JsonToken.START_OBJECT`)"
    if isinstance(value, list):
        return "Array value (token `JsonToken.START_ARRAY`)"
    return f'String "{value}": not a valid value'


_READERS: dict[str, Callable[[Any], Any]] = {
    "s": _text,
    "i": _whole,
    "f": _plain_number,
    "b": _yes_or_no,
    "t": _text,
    "o": _kept("o", dict),
    "l": _kept("l", list),
}
