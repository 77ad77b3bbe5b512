"""Take a web address apart and say what is odd about its first half."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

from bridge.domain.doctor.request.characters import BLANKS, INVISIBLE, has_any
from bridge.domain.doctor.request.model import Seen, seen

HOST = "intervals.icu"
BASE = f"https://{HOST}/api/v1"
MOST_SEGMENTS = 12
MOST_PARAMETERS = 60

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{0,15}):/{1,2}")
_HOST = re.compile(r"(?:localhost|[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})(?::\d{1,5})?")
_VERSION = re.compile(r"v\d{1,2}(?:\.\d{1,2})?", re.IGNORECASE)
_LOCAL = re.compile(r"localhost|127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.")


@dataclass(frozen=True, slots=True)
class Address:
    """A web address in its parts; ``segments`` are percent-decoded."""

    scheme: str
    login: str  # "user:key" before an @, "" without
    host: str
    segments: tuple[str, ...]
    query: tuple[tuple[str, str], ...]
    marks: tuple[Seen, ...] = ()

    @property
    def is_upstream(self) -> bool:
        """Say whether the host is Intervals.icu or was meant to be."""
        return not self.host or "interval" in self.host

    @property
    def is_local(self) -> bool:
        """Say whether the host is on this machine or the home network."""
        local_name = self.host.endswith(".local") or ".local:" in self.host
        return local_name or bool(_LOCAL.match(self.host))


def read_address(text: str) -> Address:
    """Take ``text`` apart; what is missing is empty."""
    rest = text.strip(BLANKS)
    scheme, rest = _cut_scheme(rest)
    front, mark, query = rest.partition("?")
    if not mark and "&" in front:  # "…/activities&oldest=…"
        front, _, query = front.partition("&")
    login, host, path = _cut_host(front.partition("#")[0], has_scheme=bool(scheme))
    segments, path_marks = _segments(path)
    pairs, query_marks = _pairs(query.partition("#")[0])
    scheme_marks = _scheme_marks(scheme, host)
    marks = (*scheme_marks, *_host_marks(host), *path_marks, *query_marks)
    return Address(scheme, unquote(login), host, segments, pairs, marks)


def _cut_scheme(text: str) -> tuple[str, str]:
    if match := _SCHEME.match(text):
        return match[1].lower(), text[match.end() :]
    return "", text


def _cut_host(text: str, *, has_scheme: bool) -> tuple[str, str, str]:
    """Return login, host and path of an address without scheme and query."""
    first, slash, path = text.partition("/")
    login, at, host = first.rpartition("@")
    if has_scheme or at or _HOST.fullmatch(first):
        return login, host.lower(), slash + path
    return "", "", text


def _scheme_marks(scheme: str, host: str) -> list[Seen]:
    if "interval" not in host or scheme == "https":
        return []
    return [seen("not_https" if scheme else "scheme_missing")]


def _host_marks(host: str) -> list[Seen]:
    name = host.rpartition(":")[0] or host
    if not host or name == HOST:
        return []
    for prefix in ("www", "app", "api"):
        if name == f"{prefix}.{HOST}":
            return [seen("host_prefix", prefix=prefix)]
    return [seen("host_other")]


def _segments(path: str) -> tuple[tuple[str, ...], list[Seen]]:
    marks: list[Seen] = []
    trimmed = path.removeprefix("/")
    if trimmed.endswith("/") and trimmed.strip("/"):
        marks.append(seen("trailing_slash"))
    pieces = trimmed.rstrip("/").split("/")[: MOST_SEGMENTS * 4]
    if "" in pieces and trimmed.strip("/"):
        marks.append(seen("double_slash"))
    decoded = [unquote(piece) for piece in pieces if piece]
    if any(has_any(piece, BLANKS + INVISIBLE) for piece in decoded):
        marks.append(seen("path_blank"))
    clean = (piece.strip(BLANKS + INVISIBLE) for piece in decoded)
    return tuple(piece for piece in clean if piece)[:MOST_SEGMENTS], marks


def _pairs(query: str) -> tuple[tuple[tuple[str, str], ...], list[Seen]]:
    marks: list[Seen] = [seen("second_question_mark")] if "?" in query else []
    pairs = []
    for piece in re.split(r"[&?]", query)[:MOST_PARAMETERS]:
        name, _, value = piece.partition("=")
        if name:
            spaced = value.replace("+", " ") if "T" not in value else value
            pairs.append((unquote(name), unquote(spaced)))
    return tuple(pairs), marks


def without_prefix(segments: list[str]) -> tuple[list[str], list[Seen]]:
    """Return what stands behind ``/api/v1``, and what was odd about that part."""
    rest = list(segments)
    version, rounds = "", 0
    has_api = False
    while rest and (rest[0].lower() == "api" or _VERSION.fullmatch(rest[0])):
        name = rest.pop(0).lower()
        rounds += name == "api"
        has_api = has_api or name == "api"
        version = version if name == "api" else name
    return rest, _prefix_marks(version, rounds, has_api=has_api)


def _prefix_marks(version: str, rounds: int, *, has_api: bool) -> list[Seen]:
    if rounds > 1:
        return [seen("api_v1_twice")]
    if version and version != "v1":
        return [seen("api_version_other", version=version)]
    return [] if version and has_api else [seen("api_v1_missing")]
