"""An upstream that says what a test tells it to, and keeps what it was asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn

from requests.adapters import BaseAdapter

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

JSON = "application/json"
SETTINGS = b'{"id": "i1", "timezone": "Europe/Berlin"}'


@dataclass(frozen=True, slots=True)
class Heard:
    """One request as it arrived."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def query(self) -> str:
        """Return the query, not decoded."""
        return self.target.partition("?")[2]


@dataclass
class Canned:
    """A WSGI application with one answer; the athlete's own record excepted."""

    body: bytes = b"{}"
    status: str = "200 OK"
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": JSON})
    heard: list[Heard] = field(default_factory=list)

    def __call__(
        self, environ: WSGIEnvironment, start: StartResponse
    ) -> Iterable[bytes]:
        target = str(environ["RAW_URI"])
        if target == "/api/v1/athlete/0":
            start("200 OK", [("Content-Type", JSON)])
            return [SETTINGS]
        named = {key: str(value) for key, value in environ.items() if key.isupper()}
        body = environ["wsgi.input"].read()
        self.heard.append(Heard(str(environ["REQUEST_METHOD"]), target, named, body))
        start(self.status, list(self.headers.items()))
        return [self.body]


class Broken(BaseAdapter):
    """Fails in a way that nobody has foreseen."""

    def send(self, *_: object, **__: object) -> NoReturn:
        raise ZeroDivisionError("a secret detail")

    def close(self) -> None:
        """Have nothing to close."""
