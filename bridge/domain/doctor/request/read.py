"""Find the request in whatever was pasted: a curl line, raw HTTP, a list of headers."""

from __future__ import annotations

import re
import shlex
from collections import defaultdict
from collections.abc import Generator, Iterator

from bridge.domain.doctor.request.characters import (
    BLANKS,
    SMART_QUOTES,
    straight_quotes,
    without_invisible,
)
from bridge.domain.doctor.request.model import Request, cause

MOST_WORDS = 400  # of a command line; more is no command
_MOST_LOST_WORDS = 3  # a header without quotes: Authorization, Bearer, the key

_CURL = re.compile(r"(?<![\w/-])curl(?:\.exe)?(?=\s)")
_CONTINUED = re.compile(r"[\\^`][ \t]*\r?\n")
_CARET = re.compile(r"\^(.)")
_SMART_OPENING = re.compile(rf"(?:^|[\s=])[{SMART_QUOTES}]")
_ADDRESS = re.compile(r"https?:|[\w.-]*intervals?\.")
_MAYBE_ADDRESS = re.compile(r"/|[\w-]+\.[a-z]{2,}/|localhost|\d+\.\d+\.")
_LONG_DASH = re.compile(r"[—–]+-*(?=\w)")
_BREAK = " \n "  # a line break while shlex looks: a word of its own outside quotes

_SHORT_OPTIONS = {
    "u": "user", "H": "header", "X": "request", "d": "data", "b": "cookie",
    "A": "user-agent", "o": "output", "e": "referer", "x": "proxy", "F": "form",
    "m": "max-time", "w": "write-out", "c": "cookie-jar", "T": "upload-file",
    "r": "range", "K": "config", "E": "cert",
}  # fmt: skip
_TAKES_VALUE = (
    frozenset(_SHORT_OPTIONS.values())
    | {
        "data-raw", "data-binary", "data-ascii", "data-urlencode", "json", "url",
        "oauth2-bearer", "connect-timeout", "retry", "cacert", "key", "proxy-user",
        "resolve", "form-string", "retry-delay", "limit-rate",
    }
)  # fmt: skip


def read_request(text: str) -> Request:
    """Return the request in ``text``; an empty one where there is none."""
    curl = _read_curl(text)
    if curl is not None and (curl.address or curl.headers or curl.logins):
        return curl
    return _read_lines(text)


# A curl line


def _read_curl(text: str) -> Request | None:
    joined = _CONTINUED.sub(" ", text)
    if "^" in joined and ("^\r" in text or "^\n" in text or '^"' in text):
        joined = _CARET.sub(r"\1", joined)  # the Windows command prompt
    start = _CURL.search(joined)
    if start is None:
        return None
    words, rest = _command(joined[start.end() :])
    request = Request(form="curl", rest=f"{joined[: start.start()]}\n{rest}")
    command = joined[start.end() : len(joined) - len(rest)]
    if _SMART_OPENING.search(command):
        request.causes.append(cause("smart_quotes"))
    if any(_LONG_DASH.match(word) for word in words):
        request.causes.append(cause("smart_dash"))
    _take_options(request, [_LONG_DASH.sub(_hyphens, word, count=1) for word in words])
    return request


def _command(text: str) -> tuple[list[str], str]:
    """Return the words of the command at the beginning, and what stands behind it.

    No shell is imitated beyond quotes: an open one ends with the text, and a line
    belongs to the command if it begins with an option or an address.
    """
    lexer = shlex.shlex(straight_quotes(text).replace("\n", _BREAK), posix=True)
    lexer.whitespace, lexer.whitespace_split, lexer.commenters = " \t\r", True, ""
    words: list[str] = []
    line_count, ended = 0, False
    for word in _tokens(lexer):
        ended = ended or word in ("|", ";", "&&") or len(words) == MOST_WORDS
        if ended:
            break
        if word == "\n":
            line_count += 1
            ended = not _goes_on(text, line_count)
        else:
            line_count += word.count(_BREAK)
            words.append(word.replace(_BREAK, "\n"))
    behind = text.split("\n", line_count)
    return words, behind[-1] if ended and len(behind) > line_count else ""


def _tokens(lexer: shlex.shlex) -> Iterator[str]:
    try:
        yield from lexer
    except ValueError:  # an open quote
        yield lexer.token


def _goes_on(text: str, line_count: int) -> bool:
    line = straight_quotes(text.split("\n", line_count)[-1][:200]).lstrip(" \t\r\"'")
    return bool(re.match(r"--?[A-Za-z]|[–—]|https?://", line))


def _hyphens(match: re.Match[str]) -> str:
    return "--" if match.string[match.end() + 1 :] else "-"


def _take_options(request: Request, words: list[str]) -> None:
    given: dict[str, list[str]] = defaultdict(list)
    for name, value in _options(words):
        given[name].append(value)
    request.logins += given["user"]
    request.headers += map(_header, given["header"])
    request.headers += [("Cookie", value) for value in given["cookie"]]
    bearers = given["oauth2-bearer"]
    request.headers += [("Authorization", f"Bearer {value}") for value in bearers]
    methods = given["request"] or ["GET"] * len(given["head"])
    request.method = methods[-1].strip().upper() if methods else None
    plain = given["url"] + given[""]
    request.address = _best_address(plain)
    _join_unquoted_header(request, plain)
    names = [name for name in given if name.startswith(("data", "json", "form"))]
    data = [value for name in names for value in given[name]]
    if data and "get" in given:
        pairs = (pair.partition("=") for pair in "&".join(data).split("&"))
        request.query += [(name, value) for name, _, value in pairs if name]
    elif data:
        request.body = "&".join(data)


def _options(words: list[str]) -> Iterator[tuple[str, str]]:
    """Yield each option with its value; a word that is none has no name."""
    waiting = ""
    for word in words:
        if waiting:
            yield waiting, word
            waiting = ""
        elif re.match(r"--[a-z]", word):
            name, equals, value = word[2:].partition("=")
            if name in _TAKES_VALUE and not equals:
                waiting = name
            else:
                yield name, value
        elif re.match(r"-[A-Za-z#]", word):
            waiting = yield from _short_options(word)
        else:
            yield "", word
    if waiting:
        yield waiting, ""


def _short_options(word: str) -> Generator[tuple[str, str], None, str]:
    """Yield the options of a word such as ``-sSLu``; return one that waits."""
    for index, letter in enumerate(word[1:], start=2):
        if name := _SHORT_OPTIONS.get(letter):
            if index == len(word):
                return name
            yield name, word[index:]
            return ""
        yield {"G": "get", "I": "head"}.get(letter, "-"), ""
    return ""


def _header(value: str) -> tuple[str, str]:
    name, _, content = value.partition(":")
    return name.strip(), content.lstrip(" \t")


def _join_unquoted_header(request: Request, plain: list[str]) -> None:
    """Put together ``-H Authorization: Bearer x``, which the terminal cut."""
    lost = [word for word in plain if not _ADDRESS.match(word)][:_MOST_LOST_WORDS]
    for index, (name, content) in enumerate(request.headers):
        if lost and not content.strip():
            request.headers[index] = (name, " ".join(lost))
            request.causes.append(cause("unquoted_header"))
            return


def _best_address(words: list[str]) -> str | None:
    sure = next(filter(_ADDRESS.match, words), None)
    return sure or next(filter(_MAYBE_ADDRESS.match, words), None)


# Raw HTTP, a list of headers, the settings of an Apple Shortcut

_URL = re.compile(
    r"https?:/{1,2}[^\s\"'<>`]+|(?:[\w-]{1,40}\.)?intervals\.icu/[^\s\"'<>`]*"
)
_START = re.compile(
    r"(GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS)\s+(?:from\s+|to\s+)?"
    r"((?:/|https?:|[\w.-]{0,60}intervals\.icu)\S*)(\s+HTTP/[\d.]+)?",
    re.IGNORECASE,
)
_ANSWER = re.compile(
    r"< |HTTP/[\d.]+\s+\d{3}|[{\[].*\"(?:error|_note|retry_after_seconds)\""
)
_PAIR = re.compile(
    r"[\"']?([A-Za-z][A-Za-z0-9_ -]{0,40}?)[\"']?\s*(?:[:=]|->|→)\s*(.*)", re.DOTALL
)
_AUTHORIZATION = re.compile(r"(authorization)\s+((?:basic|bearer)\s.*)", re.IGNORECASE)
_INLINE = re.compile(r"\bauthorization\W{1,4}((?:basic|bearer)\s+\S+)", re.IGNORECASE)
_BULLET = re.compile(r"(?:[-•*·>$]|\d{1,2}[.)])\s+")
_BASE64_REST = re.compile(r"[A-Za-z0-9+/]{2,}={0,2}")
_HEADER_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{1,40}|api key", re.IGNORECASE)
_NAMES = {
    "url": "address", "address": "address", "link": "address",
    "endpoint": "address", "request url": "address", "get contents of": "address",
    "method": "method", "request method": "method", "http method": "method",
    "username": "user", "user name": "user", "user": "user", "login": "user",
    "password": "password", "pass": "password", "headers": "headers",
    "header": "headers", "body": "other", "request body": "other", "json": "other",
    "data": "other", "payload": "other", "status": "other", "status code": "other",
    "error": "other", "response": "other", "answer": "other", "code": "other",
    "http status": "other", "timestamp": "other", "retry after": "other",
}  # fmt: skip


def _read_lines(text: str) -> Request:
    request = Request(form="lines")
    login: dict[str, str] = {}
    rest: list[str] = []
    lines = straight_quotes(text).split("\n")
    in_answer = False
    for index, line in enumerate(lines):
        stripped = _BULLET.sub("", line.strip(BLANKS + "\r"), count=1)
        if in_answer or _ANSWER.match(stripped):
            rest.append(stripped)
            in_answer = in_answer or stripped.startswith("HTTP/")
        elif stripped[:1] in ("{", "["):  # a body, or an answer over several lines
            body = "\n".join(lines[index:])
            if '"error"' in body and '"status"' in body:
                rest.append(body)
            else:
                request.body = body
            break
        elif stripped:
            _read_line(request, stripped, login, rest)
    request.rest = "\n".join(rest)
    if login:
        request.logins.append(f"{login.get('user', '')}:{login.get('password', '')}")
    if request.is_empty:
        request.form = "text"
    return request


def _read_line(
    request: Request, line: str, login: dict[str, str], rest: list[str]
) -> None:
    if match := _START.fullmatch(line):
        request.method, request.address = match[1].upper(), match[2]
        request.form = "http" if match[3] else request.form
        return
    if _URL.match(line) or line.startswith("/api/"):
        _take_address(request, line)
        return
    if _continues_key(request, line):
        name, value = request.headers[-1]
        request.headers[-1] = (name, f"{value}\n{line}")
        return
    name, value = _pair(line) or ("", "")
    match _NAMES.get(name.lower(), "" if _HEADER_NAME.fullmatch(name) else "other"):
        case "address":
            _take_address(request, value)
        case "method":
            request.method = value.strip().upper() or None
        case "user" | "password" as part:
            login[part] = value
        case "headers":
            if inner := _pair(value):
                request.headers.append(inner)
        case "other":
            _take_prose(request, line, rest)
        case _:
            request.headers.append((name, value))


def _take_address(request: Request, text: str) -> None:
    match = _URL.search(text)
    words = [match.group()] if match else text.split(maxsplit=1)[:1]
    if request.address is None and words:
        request.address = without_invisible(words[0]).rstrip(",;)")


def _take_prose(request: Request, line: str, rest: list[str]) -> None:
    rest.append(line)
    if request.address is None and (match := _URL.search(line)):
        _take_address(request, match.group())
    if match := _INLINE.search(line):
        request.headers.append(("Authorization", match[1]))


def _pair(line: str) -> tuple[str, str] | None:
    match = _AUTHORIZATION.match(line) or _PAIR.match(line)
    if match is None or match[2].startswith("//"):
        return None
    value = match[2]
    if line[0] in "\"'":  # a quoted name: the quotes round the value are not sent
        value = value.rstrip(",").strip("\"'")
    return match[1].strip(), value


def _continues_key(request: Request, line: str) -> bool:
    if not request.headers or not _BASE64_REST.fullmatch(line):
        return False
    name, value = request.headers[-1]
    scheme = value.split(" ", 1)[0].lower()
    return name.lower() == "authorization" and scheme in ("basic", "bearer")
