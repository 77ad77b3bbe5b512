"""What is read out of a pasted request, and what is said about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is, or may be, wrong: four texts for a beginner."""

    code: str
    what: str  # one sentence: what is wrong
    how_seen: str  # where in the pasted text that shows
    fix: str  # what to do about it


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything that can be said about a request without sending it.

    No field ever holds a key, a token or a password of the pasted text.
    """

    findings: tuple[Finding, ...]  # the likeliest first
    summary: str  # one sentence to speak, under 280 characters
    corrected_curl: str | None  # the secret is masked as *****
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cause:
    """A finding before it has words: a code and what fills its sentences."""

    code: str
    words: tuple[tuple[str, str], ...] = ()


def cause(code: str, **words: str) -> Cause:
    """Note that ``code`` was seen; ``words`` fill its sentences."""
    return Cause(code, tuple(words.items()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """One part of a request that is meant to say who is asking.

    ``login`` and ``url`` hold ``user:key`` (a missing colon: no key was given),
    ``header`` the value of Authorization, the others the bare value.
    """

    source: Literal["login", "url", "header", "named_header", "query"]
    value: str = field(repr=False)
    name: str = ""


@dataclass(slots=True)
class Request:
    """A request as far as the pasted text gives it away; the readers fill it."""

    form: Literal["curl", "http", "lines", "text"] = "text"
    method: str | None = None
    address: str | None = None
    headers: list[tuple[str, str]] = field(default_factory=list)
    logins: list[str] = field(default_factory=list)  # "user:key"
    query: list[tuple[str, str]] = field(default_factory=list)
    body: str | None = None
    causes: list[Cause] = field(default_factory=list)  # seen while reading
    rest: str = ""  # what is not part of the request: maybe the answer

    @property
    def is_empty(self) -> bool:
        """Say whether nothing of a request was seen."""
        return not (self.address or self.headers or self.logins or self.body)

    @property
    def sent_method(self) -> str:
        """The method that is sent: named, or implied by a body."""
        return self.method or ("GET" if self.body is None else "POST")
