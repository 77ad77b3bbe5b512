"""What is read out of a pasted request, and what is said about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is, or may be, wrong: four texts for a beginner."""

    code: str
    what: str  # one sentence: what is wrong
    how_seen: str  # where in the pasted text that shows
    fix: str  # what to do about it


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """Everything that can be said about a request without sending it.

    No field ever holds a key, a token or a password of the pasted text.
    """

    findings: tuple[Finding, ...]  # the likeliest first
    summary: str  # one sentence to speak, under 280 characters
    corrected_curl: str | None  # the secret is masked as *****
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """A finding before it has words: a code and what fills its sentences."""

    code: str
    words: tuple[tuple[str, str], ...] = ()
    mended: bool = True  # False: only the author of the body can put it right


def seen(code: str, **words: str) -> Seen:
    """Note that ``code`` was seen; ``words`` fill its sentences."""
    return Seen(code, tuple(words.items()))


def unmended(code: str, **words: str) -> Seen:
    """Note a fault of a body that cannot be put right without asking."""
    return Seen(code, tuple(words.items()), mended=False)


Place = Literal["login", "url", "header", "named_header", "query"]
BodyKind = Literal["none", "json", "form", "multipart", "file", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """One place of a request that is meant to say who is asking.

    ``login`` and ``url`` hold ``user:key`` (a missing colon: no key was given),
    ``header`` the value of Authorization, the others the bare value.
    """

    place: Place
    value: str = field(repr=False)
    name: str = ""


@dataclass(slots=True)
class Request:
    """A request as far as the pasted text gives it away; readers fill it."""

    form: Literal["curl", "http", "lines", "code", "text"] = "text"
    method: str | None = None
    address: str | None = None
    headers: list[tuple[str, str]] = field(default_factory=list)
    logins: list[str] = field(default_factory=list)  # "user:key"
    query: list[tuple[str, str]] = field(default_factory=list)
    body: str | None = None
    body_kind: BodyKind = "none"
    marks: list[Seen] = field(default_factory=list)
    answer_headers: list[tuple[str, str]] = field(default_factory=list)
    rest: str = ""  # what is not part of the request: maybe the answer

    def header(self, name: str) -> str | None:
        """Return the value of the header ``name``, in any case of letters."""
        wanted = name.lower()
        values = (value for key, value in self.headers if key.lower() == wanted)
        return next(values, None)

    @property
    def empty(self) -> bool:
        """Say whether nothing of a request was found."""
        return not (self.address or self.headers or self.logins or self.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What upstream said, as far as the pasted text shows it."""

    status: int | None = None
    errors: tuple[Seen, ...] = ()
    retry_after_s: int | None = None


@dataclass(slots=True, kw_only=True)
class Draft:
    """The request as it should have been; the checks write it."""

    method: str = "GET"
    segments: list[str] = field(default_factory=list)
    query: list[tuple[str, str]] = field(default_factory=list)
    payload: Any = None
    has_payload: bool = False
    parts: tuple[str, ...] = ()  # the route's pattern, () while unknown
