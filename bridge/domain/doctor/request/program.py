"""Read a line of a program: Python's requests, JavaScript's fetch and their kin."""

from __future__ import annotations

import re

from bridge.domain.doctor.request.characters import straight_quotes
from bridge.domain.doctor.request.masking import MASK
from bridge.domain.doctor.request.model import Request
from bridge.domain.doctor.request.vocabulary import PLAIN_HEADERS, SECRET_HEADERS

_PROGRAM = re.compile(
    r"\b(?:requests|httpx|session|client)\.(?:get|post|put|delete|patch|request)\s*\("
    r"|\bfetch\s*\(|\baxios\b|\burllib\b|\bURLRequest\b|\bnew Request\s*\(|\bbtoa\s*\("
)
_METHOD = re.compile(
    r"\b(?:requests|httpx|session|client|axios)\.(get|post|put|delete|patch)\s*\("
    r"|\bmethod[\"']?\s{0,4}[:=]\s{0,4}[\"'](\w{3,7})[\"']",
    re.IGNORECASE,
)
_URL = re.compile(r"[\"'`]((?:https?://|/api/)[^\s\"'`]{1,4000})[\"'`]")
_HEADER = re.compile(
    r"[\"']?([A-Za-z][A-Za-z_-]{1,40})[\"']?\]?\s{0,4}[:=]\s{0,4}f?"
    r"[\"'`]([^\"'`\n]{0,4000})"
)
_AUTH = re.compile(
    r"\bauth\s{0,4}=\s{0,4}(?:[\w.]{0,40}\()?\(?\s{0,4}[\"']([^\"'\n]{0,400})[\"']"
    r"\s{0,4},\s{0,4}([\"'][^\"'\n]{0,4000}|[\w.]{1,60})"
)
_ENCODED = re.compile(
    r"(?:btoa|b64encode|Buffer\.from|encodestring)\s{0,4}\(\s{0,4}[bf]{0,2}"
    r"[\"'`]([^\"'`\n]{0,4000})"
)
_PARAMS = re.compile(r"\bparams\s{0,4}[:=]\s{0,4}\{([^{}]{0,4000})\}")
_PARAM = re.compile(r"[\"']?(\w{1,40})[\"']?\s{0,4}:\s{0,4}[\"']?([^\"',\s]{0,200})")
_BODY = re.compile(
    r"\b(?:json\s{0,4}=|JSON\.stringify\s{0,4}\(|data\s{0,4}=)\s{0,4}(?=[{\[])"
)


def read_program(text: str) -> Request | None:
    """Return the request that a line of a program makes, if ``text`` is one."""
    if not _PROGRAM.search(text):
        return None
    straight = straight_quotes(text)
    request = Request(form="code")
    if method := _METHOD.search(straight):
        request.method = (method[1] or method[2]).upper()
    if url := _URL.search(straight):
        request.address = url[1]
    _read_headers(request, straight)
    _read_logins(request, straight)
    if params := _PARAMS.search(straight):
        request.query = _PARAM.findall(params[1])
    _read_body(request, straight)
    request.rest = ""
    return request


def _read_headers(request: Request, text: str) -> None:
    for name, value in _HEADER.findall(text):
        known = name.lower() in SECRET_HEADERS | PLAIN_HEADERS
        if known and name.lower() not in ("auth", "key", "token", "password"):
            request.headers.append((name, value))


def _read_logins(request: Request, text: str) -> None:
    if pair := _AUTH.search(text):
        is_text = pair[2][0] in "\"'"
        key = pair[2][1:] if is_text else MASK  # a variable: nothing to judge
        request.logins.append(f"{pair[1]}:{key}")
    if encoded := _ENCODED.search(text):
        request.logins.append(encoded[1])
        request.headers = [
            pair for pair in request.headers if pair[1].strip().lower() != "basic"
        ]


def _read_body(request: Request, text: str) -> None:
    if (start := _BODY.search(text)) is None:
        return
    request.body = _balanced(text, start.end())
    request.body_kind = "json" if start.group().startswith("json") else "unknown"


def _balanced(text: str, start: int) -> str:
    """Return the bracketed piece that begins at ``start``."""
    depth = 0
    for index in range(start, len(text)):
        if text[index] in "{[":
            depth += 1
        elif text[index] in "}]":
            depth -= 1
        if depth == 0:
            return text[start : index + 1]
    return text[start:]
