"""One call to Intervals.icu: authorised, bounded, asked again, kept for a while."""

from __future__ import annotations

import contextlib
import hashlib
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NoReturn, TypeVar
from urllib.parse import urlencode

import requests
from requests.adapters import BaseAdapter

from bridge import __version__
from bridge.errors import BadRequest, UpstreamBusy, UpstreamDown, UpstreamSlow
from bridge.upstream.answers import (
    asks_for_a_pause,
    decode,
    error_of,
    is_worth_another_try,
    retry_after_s,
)
from bridge.upstream.cache import Cache
from bridge.upstream.deadline import Deadline, within
from bridge.upstream.gate import Gate
from bridge.upstream.transport import read_bounded

Answer = requests.Response  # unread, as it came from the wire
Transport = BaseAdapter  # what carries prepared requests; tests mount a simulator

API = "/api/v1"
USER_AGENT = f"intervals-bridge/{__version__} (Apple Shortcuts bridge)"
LARGEST_ANSWER = 32 * 1024 * 1024
TRIES = 3
_READS = frozenset({"GET", "HEAD"})

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Credentials:
    """Whose data: the key never shows in a repr."""

    api_key: str = field(repr=False)
    athlete_id: str = "0"
    name: str = field(init=False, repr=False)  # for tables and logs; gives nothing away

    def __post_init__(self) -> None:
        digest = hashlib.sha256(self.api_key.encode()).hexdigest()
        object.__setattr__(self, "name", digest[:16])

    @property
    def authorization(self) -> str:
        """Return the header: Basic, with the literal user name ``API_KEY``."""
        pair = f"API_KEY:{self.api_key}".encode()
        return "Basic " + b64encode(pair).decode("ascii")

    def cut_from(self, body: bytes) -> bytes:
        """Return what upstream said without the key, should it have repeated it."""
        pair = self.authorization.partition(" ")[2]
        for secret in (self.api_key, pair):
            body = body.replace(secret.encode(), b"***") if secret else body
        return body


@dataclass(frozen=True, slots=True)
class Wire:
    """What all clients of a process share."""

    adapter: Transport
    base_url: str
    clock: Callable[[], datetime]
    gate: Gate = field(default_factory=Gate)
    cache: Cache | None = None  # None: every question goes upstream


class Caller:
    """Call Intervals.icu on behalf of one athlete, for one answer.

    Parameters
    ----------
    wire
        The shared connection pool.
    credentials
        Key and athlete id.
    deadline
        When all its calls have to be over.
    fresh
        Whether every question goes upstream, whatever is kept.

    Attributes
    ----------
    stale_at
        When upstream gave the oldest answer that had to do because it did not
        answer now; None where everything is fresh.
    """

    def __init__(
        self,
        wire: Wire,
        credentials: Credentials,
        deadline: Deadline,
        *,
        fresh: bool = False,
    ):
        self._wire = wire
        self._credentials = credentials
        self._deadline = deadline
        self._fresh = fresh
        self.stale_at: datetime | None = None
        self._athlete = f"/athlete/{credentials.athlete_id}"

    def send(
        self,
        method: str,
        path_and_query: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | Iterable[bytes] | None = None,
    ) -> Answer:
        """Send one call and return the answer unread, whatever its status.

        Raises
        ------
        UpstreamBusy
            While upstream's ``Retry-After`` is not over; nothing is sent then.
        UpstreamDown, UpstreamSlow
            When no answer came, or not in time.
        BadRequest
            When a header of the caller cannot be sent on.
        """
        self._knock()
        request = self._prepared(method, path_and_query, headers or {}, body)
        try:
            with within(self._deadline):
                left_s = self._deadline.check(f"before {method}")
                response = self._wire.adapter.send(request, stream=True, timeout=left_s)
        finally:
            if method not in _READS and self._wire.cache is not None:
                self._wire.cache.forget(self._owner)  # also where no answer came
        if asks_for_a_pause(response):
            self._close_gate(response)
        return response

    def _prepared(
        self,
        method: str,
        path_and_query: str,
        headers: Mapping[str, str],
        body: bytes | Iterable[bytes] | None,
    ) -> requests.PreparedRequest:
        url = f"{self._wire.base_url}{API}{path_and_query}"
        ours = {
            "User-Agent": USER_AGENT,
            "Accept": "*/*",
            "Accept-Encoding": "gzip",
            **headers,
            "Authorization": self._credentials.authorization,
        }
        try:
            request = requests.Request(method, url, ours, data=body).prepare()
        except requests.RequestException as error:
            raise BadRequest(f"{method}: {type(error).__name__}") from None
        request.url = url  # not re-quoted
        return request

    def _get(self, record: type[T], path: str, **query: str | None) -> T:
        return decode(self._body_of(self._target(path, **query)), record, path)

    @staticmethod
    def _target(path: str, **query: str | None) -> str:
        asked = {name: value for name, value in query.items() if value is not None}
        return f"{path}?{urlencode(asked, safe=':,')}" if asked else path

    def _body_of(self, target: str) -> bytes:
        """Return a body of the last minute, else upstream's, else one of the day."""
        cache, owner = self._wire.cache, self._owner

        def ask() -> bytes:
            return self._get_bytes(target)

        if cache is None:
            return ask()
        try:
            if self._fresh:
                return cache.ask_anew(owner, target, ask)
            wait_s = self._deadline.remaining_s()
            return cache.body(owner, target, ask, wait_s=wait_s)
        except (UpstreamDown, UpstreamSlow, UpstreamBusy):
            kept = cache.stale(owner, target)
            if kept is None:
                raise
            self.stale_at = min(self.stale_at or kept.at, kept.at)
            return kept.body

    @property
    def _owner(self) -> str:
        """Return whose answers these are: the athlete, under this very key."""
        return f"{self._credentials.athlete_id} {self._credentials.name}"

    def forget(self) -> None:
        """Forget what was kept of this athlete's answers: something was written."""
        if self._wire.cache is not None:
            self._wire.cache.forget(self._owner)

    def catch_up(self, writes: int) -> None:
        """Forget what was kept before the athlete's ``writes``-th write.

        Another worker may have written; the count comes with the device's row.
        """
        if self._wire.cache is not None:
            self._wire.cache.catch_up(self._owner, writes)

    def get(self, target: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Send a GET, again where that may help, and return the answer unread."""
        for _ in range(TRIES - 1):
            with contextlib.suppress(UpstreamDown):
                answer = self.send("GET", target, headers=headers)
                if not is_worth_another_try(answer):
                    return answer
                answer.close()
        return self.send("GET", target, headers=headers)

    def _get_bytes(self, target: str, tries: int = TRIES) -> bytes:
        try:
            answer = self.send("GET", target)
            if answer.status_code == 200:
                return self.read(answer)
        except UpstreamDown:
            if tries == 1:
                raise
        else:
            if tries == 1 or not is_worth_another_try(answer):
                self._refuse(answer, target)
            answer.close()
        return self._get_bytes(target, tries - 1)

    def _whole(self, response: Answer, target: str) -> bytes:
        if response.status_code != 200:
            self._refuse(response, target)
        return self.read(response)

    def read(self, response: Answer) -> bytes:
        """Return the whole body of an answer, bounded in time and bytes."""
        with within(self._deadline):
            body = read_bounded(response, LARGEST_ANSWER)
        return self._credentials.cut_from(body)

    def _refuse(self, response: Answer, target: str) -> NoReturn:
        body = self.read(response)
        if asks_for_a_pause(response):
            self._close_gate(response, body)
        path = target.partition("?")[0]
        raise error_of(response, body, path, self._wire.clock())

    def _close_gate(self, response: Answer, body: bytes = b"") -> None:
        """Keep away as long as upstream says, in its head or else in its body."""
        seconds = retry_after_s(response, self._wire.clock(), body)
        self._wire.gate.close(self._credentials.name, seconds)

    def _knock(self) -> None:
        left = self._wire.gate.remaining_s(self._credentials.name)
        if left:
            raise UpstreamBusy("the gate is still closed", retry_after_s=left)
