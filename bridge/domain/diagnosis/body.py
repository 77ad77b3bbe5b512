"""Read the body of a request, mend what can be mended, and judge its form."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from bridge.domain.diagnosis.characters import (
    DOUBLE_SMART,
    SINGLE_SMART,
    has_any,
    straight_quotes,
)
from bridge.domain.diagnosis.model import Request, Seen, seen
from bridge.domain.diagnosis.vocabulary import SECRET_BODY

DEEPEST = 40
LONGEST_NUMBER = re.compile(r"\d{400}")

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
    if _depth(text) > DEEPEST or LONGEST_NUMBER.search(text):
        return False, None
    try:
        return True, json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return False, None


def _refuse(name: str) -> Any:
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
    """Mend one fault after the other until the text can be read."""
    found: list[Seen] = []
    for code, mended in _mendings(text):
        if code is None:
            continue
        found.append(seen(code))
        text = mended
        readable, payload = _parse(text)
        if readable:
            return Body(payload, readable=True, found=tuple(found))
    return Body(None, readable=False, found=(*found[:1],) or (seen("json_broken"),))


def _mendings(text: str) -> list[tuple[str | None, str]]:
    """Return the text after each mending, with a code where it changed something."""
    steps: list[tuple[str | None, str]] = []

    def step(code: str, after: str) -> str:
        steps.append((code if after != current else None, after))
        return after

    current = text
    if has_any(text, DOUBLE_SMART + SINGLE_SMART):
        current = step("json_smart_quotes", straight_quotes(current))
    if '"' not in current:
        current = step("json_single_quotes", current.replace("'", '"'))
    current = step("json_unquoted_keys", _BARE_KEY.sub(r'\1"\2"\3', current))
    current = step("json_trailing_comma", _TRAILING_COMMA.sub(r"\1", current))
    step("json_python_words", _with_json_words(current))
    return steps


def _with_json_words(text: str) -> str:
    return _PYTHON_WORD.sub(lambda match: _JSON_WORDS[match[1]], text)


def _mended_source(text: str) -> Body:
    """Read a literal of a program, whose quotes and commas are right there."""
    plain = _with_json_words(text.replace("'", '"'))
    plain = _TRAILING_COMMA.sub(r"\1", _BARE_KEY.sub(r'\1"\2"\3', plain))
    readable, payload = _parse(plain)
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
