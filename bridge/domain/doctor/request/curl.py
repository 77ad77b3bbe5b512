"""Read a ``curl`` command line."""

from __future__ import annotations

import re
from collections.abc import Callable

from bridge.domain.doctor.request.model import Request, seen
from bridge.domain.doctor.request.shell import Command, cut, without_carets

_CURL = re.compile(r"(?<![\w/-])curl(?:\.exe)?(?=\s)")
_URL = re.compile(r"https?:|[\w.-]*intervals?\.")
_URL_LIKE = re.compile(r"/|[\w-]+\.[a-z]{2,}/|localhost|\d+\.\d+\.")
_OPTION = re.compile(r"-[A-Za-z#]|--[a-z]")

_LONG = {
    "u": "user", "H": "header", "X": "request", "d": "data", "G": "get",
    "I": "head", "F": "form", "A": "user-agent", "o": "output", "e": "referer",
    "x": "proxy", "m": "max-time", "w": "write-out", "c": "cookie-jar",
    "b": "cookie", "T": "upload-file", "r": "range", "K": "config", "E": "cert",
}  # fmt: skip
_TAKES_VALUE = frozenset(_LONG.values()) - {"get", "head"} | {
    "data-raw", "data-binary", "data-ascii", "data-urlencode", "json", "url",
    "oauth2-bearer", "connect-timeout", "retry", "cacert", "key", "proxy-user",
    "resolve", "form-string", "retry-delay", "limit-rate",
}  # fmt: skip


def read_curl(text: str) -> Request | None:
    """Return the request of the first ``curl`` line in ``text``, if there is one."""
    plain = without_carets(text)
    start = _CURL.search(plain)
    if start is None:
        return None
    command = cut(plain, start.end())
    request = Request(form="curl")
    request.rest = plain[: start.start()] + "\n" + plain[command.end :]
    _note_typing(request, command)
    words = [_straight_dash(word, request) for word in command.words]
    _Options(request, words).read()
    return request


def _note_typing(request: Request, command: Command) -> None:
    if command.smart_quotes:
        request.marks.append(seen("smart_quotes"))
    if command.cut_at_ampersand:
        request.marks.append(seen("unquoted_ampersand"))


def _straight_dash(word: str, request: Request) -> str:
    if word[:1] not in ("—", "–"):
        return word
    request.marks.append(seen("smart_dash"))
    name = word.lstrip("—–-")
    return f"--{name}" if len(name) > 1 else f"-{name}"


class _Options:
    """Walk over the words of one command and fill the request."""

    def __init__(self, request: Request, words: list[str]) -> None:
        self.request = request
        self.words = words
        self.at = 0
        self.data: list[str] = []
        self.data_in_query = False
        self.plain: list[str] = []

    def read(self) -> None:
        while self.at < len(self.words):
            word = self.words[self.at]
            self.at += 1
            if word.startswith("--"):
                name, has_value, value = word[2:].partition("=")
                self._option(name, value if has_value else None)
            elif _OPTION.match(word):
                self._letters(word[1:])
            else:
                self.plain.append(word)
        self._finish()

    def _letters(self, letters: str) -> None:
        for index, letter in enumerate(letters):
            name = _LONG.get(letter, "")
            if name in _TAKES_VALUE:
                value = letters[index + 1 :].removeprefix("=")
                self._option(name, value or None)
                return
            self._option(name, None)

    def _option(self, name: str, value: str | None) -> None:
        if name in _TAKES_VALUE and value is None:
            value = self._next()
        given = value or ""
        if handle := self._handlers().get(name):
            handle(given)
        elif name.startswith("data") or name == "json":
            self._data(name, given)

    def _handlers(self) -> dict[str, Callable[[str], None]]:
        return {
            "user": self.request.logins.append,
            "header": self._header,
            "cookie": lambda value: self.request.headers.append(("Cookie", value)),
            "oauth2-bearer": self._bearer,
            "request": self._method,
            "head": lambda _: self._method("HEAD"),
            "get": self._get,
            "url": lambda value: self.plain.insert(0, value),
            "form": self._form,
        }

    def _next(self) -> str:
        if self.at >= len(self.words):
            return ""
        self.at += 1
        return self.words[self.at - 1]

    def _header(self, value: str) -> None:
        name, colon, content = value.partition(":")
        if not content.strip() and (more := self._unquoted_rest()):
            self.request.marks.append(seen("unquoted_header"))
            content = f"{content} {more}" if colon else more
        self.request.headers.append((name.strip(), content.lstrip(" \t")))

    def _unquoted_rest(self) -> str:
        """Return the words that a header without quotes lost to the shell."""
        lost: list[str] = []
        while self.at < len(self.words) and len(lost) < 3:
            word = self.words[self.at]
            if _OPTION.match(word) or re.match(r"https?:|[\w.]*intervals\.", word):
                break
            lost.append(word)
            self.at += 1
        return " ".join(lost)

    def _bearer(self, value: str) -> None:
        self.request.headers.append(("Authorization", f"Bearer {value}"))

    def _method(self, value: str) -> None:
        self.request.method = value.strip().upper()

    def _get(self, _: str) -> None:
        self.data_in_query = True

    def _form(self, _: str) -> None:
        self.request.body, self.request.body_kind = "", "multipart"

    def _data(self, name: str, value: str) -> None:
        if name == "json":
            self.request.body_kind = "json"
        elif self.request.body_kind == "none":
            self.request.body_kind = "form"
        self.data.append(value)

    def _finish(self) -> None:
        request = self.request
        request.address = _best_address(self.plain)
        if not self.data:
            return
        body = "&".join(self.data)
        if self.data_in_query:
            pairs = (pair.partition("=") for pair in body.split("&"))
            request.query += [(name, value) for name, _, value in pairs if name]
            request.body_kind = "none"
            return
        request.body = body
        if body.startswith("@"):
            request.body, request.body_kind = "", "file"


def _best_address(words: list[str]) -> str | None:
    """Return the word that is most likely the address; others are strays."""
    sure = next(filter(_URL.match, words), None)
    return sure or next(filter(_URL_LIKE.match, words), None)
