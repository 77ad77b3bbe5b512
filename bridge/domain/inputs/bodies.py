"""The body gate: bytes in, one plain dict out, or a refusal.

Size, depth and number of keys are counted before any parser sees the text, in
one pass and without recursion. Then JSON, JSON that was encoded twice (as
Shortcuts sends it now and then) and forms are read strictly: what two parsers
could read differently is refused.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from typing import NoReturn
from urllib.parse import parse_qsl

from bridge.errors import BadBody, BodyTooLarge, CurlyQuotes, UnsupportedBody

Body = dict[str, object]

_SMALLEST_INT, _LARGEST_INT = -(2**63), 2**63 - 1
_BOM = "\ufeff"
# What a phone makes of straight quotes while one types.
_CURLY = re.compile("[\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb]")
_CHARSETS = frozenset({"", "utf-8", "utf8", "us-ascii", "ascii"})
# A string (also one that is never closed) or a sign that opens, closes or
# parts. Possessive, so that no text makes it look at a character twice.
_SIGNS = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)|[\[\]{}:]', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a body may be."""

    max_bytes: int = 64 * 1024
    max_depth: int = 8
    max_keys: int = 200


def read_body(
    data: bytes,
    content_type: str,
    *,
    limits: Limits | None = None,
    required: bool = True,
) -> Body:
    """Return the fields of a request's body.

    Parameters
    ----------
    data
        The body as it came; a caller that reads a stream stops at
        ``limits.max_bytes + 1`` bytes.
    content_type
        The Content-Type header, "" when there is none.
    limits
        Bytes, depth and keys; 64 kB, 8 and 200 when left out.
    required
        Whether an empty body is refused; otherwise it is an empty dict.

    Returns
    -------
    dict
        Values as JSON has them, of a form all text. Values can be nested, up to
        the depth; numbers are finite, whole ones fit into 64 bits.

    Raises
    ------
    BodyTooLarge
        More bytes than allowed.
    UnsupportedBody
        Neither JSON nor a form, or not UTF-8 by its own words.
    BadBody
        Everything else; the detail says what, and holds nothing of the body.
    """
    limits = limits or Limits()
    if len(data) > limits.max_bytes:
        raise BodyTooLarge(f"more than {limits.max_bytes} bytes")
    if not data.strip() and not required:
        return {}
    match _media_type(content_type):
        case "application/json":
            return read_json(data, limits=limits)
        case "application/x-www-form-urlencoded":
            return read_form(data, limits=limits)
    raise UnsupportedBody("neither JSON nor a form")


def read_json(data: bytes, *, limits: Limits | None = None) -> Body:
    """Return a JSON object, also one inside a JSON string."""
    limits = limits or Limits()
    text = _decoded(data)
    value = _parsed(text, limits)
    if isinstance(value, str):
        value = _parsed(value.removeprefix(_BOM), limits)
    if not isinstance(value, dict):
        raise BadBody("not a JSON object")
    _refuse_odd_text(value)
    return value


def read_form(data: bytes, *, limits: Limits | None = None) -> Body:
    """Return the fields of a form or of a query string, each sent once."""
    limits = limits or Limits()
    try:
        pairs = parse_qsl(
            _decoded(data),
            keep_blank_values=True,
            strict_parsing=True,
            errors="strict",
            max_num_fields=limits.max_keys,
        )
    except ValueError:
        raise BadBody("not a form, or too many fields") from None
    fields = _unique(list(pairs))
    _refuse_odd_text(fields)
    return fields


def _media_type(content_type: str) -> str:
    media_type, *parameters = content_type.split(";")
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        charset = value.strip().strip('"').lower()
        if name.strip().lower() == "charset" and charset not in _CHARSETS:
            raise UnsupportedBody("not UTF-8")
    return media_type.strip().lower()


def _decoded(data: bytes) -> str:
    try:
        text = data.decode("utf-8").removeprefix(_BOM)
    except UnicodeDecodeError:
        raise BadBody("not UTF-8") from None
    if not text.strip():
        raise BadBody("empty")
    return text


def _parsed(text: str, limits: Limits) -> object:
    _measure(text, limits)
    try:
        return json.loads(
            text,
            object_pairs_hook=_unique,
            parse_float=_finite,
            parse_int=_whole,
            parse_constant=_no_constant,
        )
    except ValueError:
        if _CURLY.search(text):
            raise CurlyQuotes("curly quotes") from None
        raise BadBody("not JSON") from None


def _measure(text: str, limits: Limits) -> None:
    """Refuse text nested too deep or with too many keys."""
    depth = keys = 0
    for match in _SIGNS.finditer(text):
        sign = match[0]
        if sign in "[{":
            depth += 1
        elif sign in "]}":
            depth -= 1
        elif sign == ":":
            keys += 1
        if depth > limits.max_depth or keys > limits.max_keys:
            raise BadBody("nested too deep, or too many keys")


def _unique(pairs: list[tuple[str, object]] | list[tuple[str, str]]) -> Body:
    fields: Body = dict(pairs)
    if len(fields) != len(pairs) or "" in fields:
        raise BadBody("a key without a name, or one that comes twice")
    return fields


def _finite(text: str) -> float:
    """Return a float that neither overflowed nor vanished."""
    number = float(text)
    mantissa = text.lower().partition("e")[0]
    vanished = number == 0 and mantissa.strip("-0.") != ""
    if vanished or not math.isfinite(number):
        raise BadBody("a number out of reach")
    return number


def _whole(text: str) -> int:
    """Return an integer of at most 64 bits; Python itself refuses 4300 digits."""
    number = int(text)
    if not _SMALLEST_INT <= number <= _LARGEST_INT:
        raise BadBody("a whole number beyond 64 bits")
    return number


def _no_constant(_name: str) -> NoReturn:
    raise BadBody("NaN or Infinity")


def _refuse_odd_text(value: object) -> None:
    """Refuse NUL and halves of surrogate pairs, which no store can keep."""
    if isinstance(value, str):
        if "\0" in value or any("\ud800" <= sign <= "\udfff" for sign in value):
            raise BadBody("a NUL or a lone surrogate")
    elif isinstance(value, dict):
        for key, each in value.items():
            _refuse_odd_text(key)
            _refuse_odd_text(each)
    elif isinstance(value, list):
        for each in value:
            _refuse_odd_text(each)
