"""Read the body of a request, mend what can be mended, and judge its form."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite
from typing import Any, NoReturn

from bridge.domain.doctor.request.characters import straight_quotes
from bridge.domain.doctor.request.model import Request, Seen, seen
from bridge.domain.doctor.request.vocabulary import SECRET_BODY

DEEPEST = 40
TOO_MANY_DIGITS = re.compile(r"\d{40}")

_TRAILING_COMMA = re.compile(r",(\s{0,200}[}\]])")
_PYTHON_WORD = re.compile(r"(?<=[:\[,\s])(None|True|False)(?=[,\]}\s])")
_BARE_KEY = re.compile(r"([{,]\s{0,200})([A-Za-z_]\w{0,60})(\s{0,20}:)")
_FORM = re.compile(r"[\w.\[\]-]{1,60}=[^{\[]{0,4000}")
_JSON_WORDS = {"None": "null", "True": "true", "False": "false"}


@dataclass(frozen=True, slots=True)
class Body:
    """A body as read: what it holds, and what is wrong with its form."""

    payload: Any
    readable: bool
    found: tuple[Seen, ...] = ()


def read_body(request: Request) -> Body:
    """Return the JSON of the request's body, mended where it is broken."""
    text = (request.body or "").strip()
    if not text or request.body_kind in ("multipart", "file"):
        return Body(None, readable=False)
    if text[0] not in "{[" and _FORM.fullmatch(text):
        return Body(None, readable=False, found=(seen("body_is_form"),))
    readable, payload = _parse(text)
    if readable:
        return Body(payload, readable=True)
    if request.form == "code":
        return _mended_source(text)
    return _mended(text)


def _parse(text: str) -> tuple[bool, Any]:
    if _depth(text) > DEEPEST or TOO_MANY_DIGITS.search(text):
        return False, None
    try:
        return True, json.loads(text, parse_constant=_refuse, parse_float=_finite)
    except (ValueError, RecursionError):
        return False, None


def _finite(digits: str) -> float:
    number = float(digits)
    return number if isfinite(number) else _refuse(digits)


def _refuse(name: str) -> NoReturn:
    message = f"{name} is not JSON"
    raise ValueError(message)


def _depth(text: str) -> int:
    deepest = depth = 0
    for char in text:
        if char in "{[":
            depth += 1
            deepest = max(deepest, depth)
        elif char in "}]":
            depth -= 1
    return deepest


def _mended(text: str) -> Body:
    """Mend one fault, or one after the other, until the text can be read."""
    for code, mend in _MENDINGS:
        readable, payload = _parse(mend(text))
        if readable:
            return Body(payload, readable=True, found=(seen(code),))
    found: list[Seen] = []
    for code, mend in _MENDINGS:
        if (mended := mend(text)) != text:
            found.append(seen(code))
            text = mended
    readable, payload = _parse(text)
    if readable:
        return Body(payload, readable=True, found=tuple(found))
    return Body(None, readable=False, found=(*found[:1],) or (seen("json_broken"),))


def _with_double_quotes(text: str) -> str:
    return text if '"' in text else text.replace("'", '"')


def _with_quoted_keys(text: str) -> str:
    return _BARE_KEY.sub(r'\1"\2"\3', text)


def _without_trailing_commas(text: str) -> str:
    return _TRAILING_COMMA.sub(r"\1", text)


def _with_json_words(text: str) -> str:
    return _PYTHON_WORD.sub(lambda match: _JSON_WORDS[match[1]], text)


_MENDINGS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("json_smart_quotes", straight_quotes),
    ("json_single_quotes", _with_double_quotes),
    ("json_trailing_comma", _without_trailing_commas),
    ("json_python_words", _with_json_words),
    ("json_unquoted_keys", _with_quoted_keys),
)


def _mended_source(text: str) -> Body:
    """Read a literal of a program, whose quotes and commas are right there."""
    plain = _with_json_words(text.replace("'", '"'))
    readable, payload = _parse(_without_trailing_commas(_with_quoted_keys(plain)))
    return Body(payload, readable=readable)


def check_content_type(request: Request, body: Body) -> list[Seen]:
    """Return what is wrong about the Content-Type of a JSON body."""
    is_json = body.readable or (request.body or "").strip()[:1] in ("{", "[")
    if not is_json or request.body_kind in ("json", "multipart", "file"):
        return []
    given = request.header("Content-Type")
    if given is None:
        return [] if request.form == "code" else [seen("content_type_missing")]
    return [] if "json" in given.lower() else [seen("content_type_wrong")]


def body_secrets(payload: Any) -> list[str]:
    """Return the values that a payload calls key, token or password."""
    rows = payload if isinstance(payload, list) else [payload]
    return [
        str(value)
        for row in rows[:50]
        if isinstance(row, dict)
        for name, value in row.items()
        if str(name).lower() in SECRET_BODY
    ]


def without_secrets(payload: Any) -> tuple[Any, list[Seen]]:
    """Return the payload without its keys and passwords."""
    if not body_secrets(payload):
        return payload, []
    if isinstance(payload, list):
        cleaned: Any = [_cleaned(row) for row in payload]
    else:
        cleaned = _cleaned(payload)
    return cleaned, [seen("secret_in_body")]


def _cleaned(row: Any) -> Any:
    if not isinstance(row, dict):
        return row
    return {k: v for k, v in row.items() if str(k).lower() not in SECRET_BODY}
