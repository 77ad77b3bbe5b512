"""Read raw HTTP, a list of headers, or the settings of an Apple Shortcut."""

from __future__ import annotations

import re

from bridge.domain.doctor.request.characters import (
    BLANKS,
    straight_quotes,
    without_invisible,
)
from bridge.domain.doctor.request.model import Request, seen

_URL = re.compile(
    r"https?:/{1,2}[^\s\"'<>“”‘’`]+|(?:[\w-]{1,40}\.)?intervals\.icu/[^\s\"'<>“”‘’`]*"
)
_REQUEST = re.compile(
    r"(GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS)\s+(?:from\s+|to\s+)?"
    r"((?:/|https?:|[\w.-]*intervals\.icu)\S*)(?:\s+HTTP/[\d.]+)?",
    re.IGNORECASE,
)
_ANSWER = re.compile(r"HTTP/[\d.]+\s+\d{3}")
_PAIR = re.compile(
    r"[\"']?([A-Za-z][A-Za-z0-9_ -]{0,40}?)[\"']?\s*(?:[:=]|->|→)\s*(.*)"
)
_AUTHORIZATION = re.compile(r"(authorization)\s+((?:basic|bearer)\s.*)", re.IGNORECASE)
_LEAD = re.compile(r"(?:[-•*·>$]|\d{1,2}[.)])\s+")
_BASE64_REST = re.compile(r"[A-Za-z0-9+/]{2,}={0,2}")
_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9_-]{1,40}")

_NAMES = {
    "url": "address", "address": "address", "link": "address",
    "endpoint": "address", "request url": "address", "get contents of": "address",
    "method": "method", "request method": "method", "http method": "method",
    "username": "user", "user name": "user", "user": "user", "login": "user",
    "password": "password", "pass": "password",
    "body": "body", "request body": "body", "json": "body", "data": "body",
    "payload": "body", "json body": "body",
    "headers": "headers", "header": "headers",
    "status": "answer", "status code": "answer", "error": "answer",
    "response": "answer", "answer": "answer", "http status": "answer",
    "timestamp": "answer", "retry after": "answer", "code": "answer",
}  # fmt: skip


class _Lines:
    """Walk over the lines of one text and fill the request."""

    def __init__(self) -> None:
        self.request = Request(form="lines")
        self.user: str | None = None
        self.password: str | None = None
        self.body: list[str] = []
        self.rest: list[str] = []
        self.in_body = False
        self.depth = 0  # open brackets of the body, where it is JSON
        self.in_answer = False

    def read(self, text: str) -> Request:
        for line in text.split("\n"):
            self._line(line.rstrip("\r"))
        self._finish()
        return self.request

    def _line(self, line: str) -> None:
        stripped = _LEAD.sub("", line.strip(BLANKS), count=1)
        if stripped.startswith("< ") or _ANSWER.match(stripped):
            self._answer_line(stripped.removeprefix("< "))
        elif not stripped:
            self._blank()
        elif self.in_body:
            self._body_line(line)
        elif self.in_answer or _looks_like_answer(stripped):
            self._answer_line(stripped)
        else:
            self._request_line(line, stripped)

    def _blank(self) -> None:
        if self.in_answer:
            return
        has_request = self.request.method not in (None, "GET")
        self.in_body = self.request.form == "http" and has_request

    def _answer_line(self, line: str) -> None:
        self.in_answer = self.in_answer or bool(_ANSWER.match(line))
        self.rest.append(line)
        if pair := _PAIR.fullmatch(line):
            self.request.answer_headers.append((pair[1].lower(), pair[2]))

    def _request_line(self, line: str, stripped: str) -> None:
        if match := _REQUEST.fullmatch(stripped):
            self._start(match[1].upper(), match[2], raw="HTTP/" in stripped)
        elif _URL.match(stripped) or stripped.startswith("/api/"):
            self._address(stripped)
        elif stripped[0] in "{[" and self.request.body is None:
            self.in_body = True
            self._body_line(line)
        elif self._continues_key(stripped):
            name, value = self.request.headers[-1]
            self.request.headers[-1] = (name, f"{value}\n{stripped}")
        elif pair := _pair(stripped):
            self._pair(*pair, line)
        else:
            self._prose(stripped)

    def _start(self, method: str, target: str, *, raw: bool) -> None:
        self.request.method = method
        self.request.address = target
        if raw:
            self.request.form = "http"

    def _address(self, text: str) -> None:
        match = _URL.search(text)
        found = match.group() if match else text.split(maxsplit=1)[0]
        if self.request.address is None:
            self.request.address = found.rstrip(",;)")

    def _pair(self, name: str, value: str, line: str) -> None:
        match _NAMES.get(name.lower()):
            case "address":
                self._address(value or "/")
            case "method":
                self.request.method = value.strip().upper() or None
            case "user":
                self.user = value
            case "password":
                self.password = value
            case "body":
                self._body(value)
            case "headers":
                if inner := _pair(value):
                    self._header(*inner)
            case "answer":
                self.rest.append(line)
            case _:
                self._header(name, value)

    def _body(self, value: str) -> None:
        if value.strip().lower() in ("json", "form", "file", ""):
            kind = value.strip().lower()
            self.request.body_kind = "json" if kind == "json" else "unknown"
            return
        self.in_body = True
        self._body_line(value)

    def _body_line(self, line: str) -> None:
        opened = self.depth > 0 or line.lstrip()[:1] in ("{", "[")
        self.body.append(line)
        self.depth += line.count("{") + line.count("[")
        self.depth -= line.count("}") + line.count("]")
        if opened and self.depth <= 0:
            self.in_body = False

    def _header(self, name: str, value: str) -> None:
        if not _HEADER.fullmatch(name) and name.lower() != "api key":
            self._prose(f"{name}: {value}")
            return
        self.request.headers.append((name, value))

    def _continues_key(self, line: str) -> bool:
        if not self.request.headers or not _BASE64_REST.fullmatch(line):
            return False
        name, value = self.request.headers[-1]
        scheme = value.split(" ", 1)[0].lower()
        return name.lower() == "authorization" and scheme in ("basic", "bearer")

    def _prose(self, line: str) -> None:
        self.rest.append(line)
        if self.request.address is None and (match := _URL.search(line)):
            self._address(match.group())
        if match := _INLINE.search(line):
            self.request.headers.append(("Authorization", match[1]))

    def _finish(self) -> None:
        self._finish_body()
        self.request.rest = "\n".join(self.rest)
        if self.user is not None or self.password is not None:
            self.request.logins.append(f"{self.user or ''}:{self.password or ''}")

    def _finish_body(self) -> None:
        body = "\n".join(self.body).strip()
        if not body:
            return
        if '"error"' in body and '"status"' in body:
            self.rest.append(body)  # upstream's answer over several lines
            return
        self.request.body = body
        if self.request.body_kind == "none":
            self.request.body_kind = "unknown"


_INLINE = re.compile(r"\bauthorization\W{1,4}((?:basic|bearer)\s+\S+)", re.IGNORECASE)


def _pair(line: str) -> tuple[str, str] | None:
    match = _AUTHORIZATION.match(line) or _PAIR.match(line)
    if match is None or match[2].startswith("//"):
        return None
    value = match[2]
    if line[0] in "\"'":  # a quoted name: the quotes round the value are not sent
        value = value.rstrip(",").strip("\"'")
    return match[1].strip(), value


def _looks_like_answer(line: str) -> bool:
    has_keys = '"error"' in line or '"_note"' in line or '"retry_after_seconds"' in line
    return line[0] in "{[" and has_keys


def read_lines(text: str) -> Request:
    """Return what the lines of ``text`` say about a request."""
    straight = straight_quotes(text)
    request = _Lines().read(straight)
    smart = straight != text and request.body is not None and '"' in request.body
    if smart and request.body is not None and request.body not in text:
        request.marks.append(seen("json_smart_quotes"))
    if request.address:
        request.address = without_invisible(request.address)
    return request
