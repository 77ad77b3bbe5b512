"""One call to Intervals.icu: authorised, bounded, in its place; kept for a while."""

from __future__ import annotations

import hashlib
import math
import re
import threading
import time
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import NoReturn, TypeVar
from urllib.parse import urlencode

import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict

from bridge import __version__
from bridge.errors import (
    BadRequest,
    BridgeError,
    UpstreamBusy,
    UpstreamDown,
    UpstreamGarbage,
    UpstreamSlow,
)
from bridge.turns import this_thread
from bridge.upstream.answers import (
    asks_for_a_pause,
    decode,
    error_of,
    is_gateway_trouble,
    is_page,
    is_worth_another_try,
    make_sense,
    retry_after_s,
)
from bridge.upstream.budget import Budget
from bridge.upstream.cache import Cache, Owner
from bridge.upstream.deadline import Deadline, within
from bridge.upstream.flights import Flights, Unanswered
from bridge.upstream.gate import Gate
from bridge.upstream.health import Health
from bridge.upstream.memory import OwnMemory
from bridge.upstream.transport import TOTAL_S, ConnectionDropped, read_bounded

Answer = requests.Response  # unread, as it came from the wire
Transport = BaseAdapter  # what carries prepared requests; tests mount a simulator

API = "/api/v1"
USER_AGENT = f"intervals-bridge/{__version__} (Apple Shortcuts bridge)"
LARGEST_ANSWER = 32 * 1024 * 1024
TRIES = 3
_PAUSES_S = (0.1, 0.2)  # before the second try and the third: a blip, no outage
_READS = frozenset({"GET", "HEAD"})
# What an older answer may stand in for.
_COVERED = (UpstreamDown, UpstreamSlow, UpstreamBusy, UpstreamGarbage)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Credentials:
    """Whose data: the key never shows in a repr."""

    api_key: str = field(repr=False)
    athlete_id: str = "0"
    name: str = field(init=False, repr=False)  # for tables and logs; gives nothing away
    authorization: str = field(init=False, repr=False)
    """The header: Basic, with the literal user name ``API_KEY``."""
    secrets: tuple[str, ...] = field(init=False, repr=False)
    """What must not be passed on: the key, and the pair of the header."""

    def __post_init__(self) -> None:
        digest = hashlib.sha256(self.api_key.encode()).hexdigest()
        pair = b64encode(f"API_KEY:{self.api_key}".encode()).decode("ascii")
        secrets = (self.api_key, pair) if self.api_key else ()
        object.__setattr__(self, "name", digest[:16])
        object.__setattr__(self, "authorization", f"Basic {pair}")
        object.__setattr__(self, "secrets", secrets)

    def cut_from(self, body: bytes) -> bytes:
        """Return what upstream said without the key, should it have repeated it."""
        for secret in self.secrets:
            body = body.replace(secret.encode(), b"***")
        if self.secrets and (b"\\u00" in body or b"\\/" in body):
            body = _escaped(*self.secrets).sub(b"***", body)
        return body


def _plain(
    method: str, url: str, headers: Mapping[str, str]
) -> requests.PreparedRequest:
    """Return a request of which every part is ours: nothing in it is to be looked at.

    ``prepare`` parses the address, the cookies and the types of all parts, for half of
    what a whole call costs here.
    """
    request = requests.PreparedRequest()
    request.method, request.url = method, url
    request.headers = CaseInsensitiveDict(headers)
    return request


@cache
def _escaped(*secrets: str) -> re.Pattern[bytes]:
    """Return what finds secrets, each sign as it is or escaped as in JSON."""
    return re.compile(b"|".join(b"".join(map(_sign, secret)) for secret in secrets))


def _sign(sign: str) -> bytes:
    plain = re.escape(sign.encode())
    escaped = "|".join(f"\\\\u{ord(sign):04{case}}" for case in "xX")
    return rb"(?:%s|%s|\\%s)" % (plain, escaped.encode(), plain)


@dataclass(frozen=True, slots=True)
class Wire:
    """What all clients of a process share.

    Attributes
    ----------
    cache
        None: every question goes upstream.
    budget, flights
        None: calls are neither counted nor merged.
    """

    adapter: Transport
    base_url: str
    clock: Callable[[], datetime]
    gate: Gate = field(default_factory=Gate)
    cache: Cache | None = None
    budget: Budget | None = None
    flights: Flights | None = None
    health: Health = field(default_factory=lambda: Health(OwnMemory()))
    close: Callable[[], None] = lambda: None  # lets go of what they remember
    own_ids: dict[str, str | None] = field(default_factory=dict)  # by key

    def forget_answers(self, *, but: str = "") -> None:
        """Throw away what was read with any key ``but`` the one of that name."""
        if self.cache is not None:
            self.cache.drop_others(but)


class Caller:
    """Call Intervals.icu on behalf of one athlete, for one answer.

    Parameters
    ----------
    wire
        The shared connection pool, and what all calls keep to.
    credentials
        Key and athlete id.
    deadline
        When all its calls have to be over.
    fresh
        Whether every question goes upstream, whatever is kept.
    device_id
        Who asks, for its share of the budget; empty for the owner.

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
        device_id: str = "",
    ):
        self._wire = wire
        self._credentials = credentials
        self._deadline = deadline
        self._fresh = fresh
        self._device_id = device_id
        self._owner = Owner(credentials.athlete_id, credentials.name)
        self._known_owner: Owner | None = None
        self.stale_at: datetime | None = None
        self.read_at: list[datetime] = []
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
        self._wait_for_turn()
        began_s = time.monotonic()
        try:
            with this_thread.waiting, within(self._deadline):
                left_s = self._deadline.check(f"before {method}")
                response = self._wire.adapter.send(request, stream=True, timeout=left_s)
        except (UpstreamDown, UpstreamSlow) as error:
            self._wire.health.failed(time.monotonic() - began_s, error)
            raise
        finally:
            if method not in _READS:
                self.forget()  # also where no answer came
        took_s = time.monotonic() - began_s
        response.elapsed = timedelta(seconds=took_s)
        if asks_for_a_pause(response):
            self._close_gate(response)
        elif is_gateway_trouble(response):
            self._wire.health.failed(took_s, UpstreamDown(str(response.status_code)))
        return response

    def _wait_for_turn(self) -> None:
        """Wait for a place among the calls of this second, or say that there is none.

        Raises
        ------
        UpstreamBusy
            If the budget is used up.
        """
        if self._wire.budget is not None:
            left_s = max(0.0, self._deadline.remaining_s())
            name = self._credentials.name
            with this_thread.waiting:
                self._wire.budget.wait_for_turn(name, self._device_id, left_s / 2)

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
        if method in _READS and not headers and body is None:
            return _plain(method, url, ours)
        try:
            request = requests.Request(method, url, ours, data=body).prepare()
        except requests.RequestException as error:
            raise BadRequest(f"{method}: {type(error).__name__}") from None
        request.url = url  # not re-quoted
        return request

    def _get(self, record: type[T], path: str, **query: str | None) -> T:
        target = self._target(path, **query)

        def read(body: bytes) -> T:
            return make_sense(decode(body, record, path), path)

        return self._answer_to(target, read)

    def _kept(self, record: type[T], path: str) -> T | None:
        """Return what upstream answered within a day, however old."""
        cache = self._wire.cache
        kept = cache.find(self._owner_now(cache), path) if cache else None
        body = kept.body if kept is not None else None
        return None if body is None else make_sense(decode(body, record, path), path)

    @staticmethod
    def _target(path: str, **query: str | None) -> str:
        asked = {name: value for name, value in query.items() if value is not None}
        return f"{path}?{urlencode(asked, safe=':,')}" if asked else path

    def _answer_to(self, target: str, read: Callable[[bytes], T]) -> T:
        """Return an answer of the last minute, else upstream's, else one of the day.

        What ``read`` can make no sense of is not kept; an older answer stands in for
        it where there is one.
        """
        cache = self._wire.cache
        if cache is None:
            return read(self._get_bytes(target))
        kept = cache.find(self._owner_now(cache), target)
        if kept is not None and kept.is_fresh and not self._fresh:
            body = kept.body
            if body is not None:
                self.read_at.append(kept.at)
                return read(body)
        self.read_at.append(self._wire.clock())
        try:
            return self._asked_well(cache, target, read, has_stopgap=kept is not None)
        except _COVERED:
            kept = cache.find(self._owner_now(cache), target)
            body = kept.body if kept is not None else None
            if kept is None or body is None:
                raise
            answer = read(body)
            if not kept.is_fresh or self._fresh:
                self.stale_at = min(self.stale_at or kept.at, kept.at)
            return answer

    def _asked_well(
        self, cache: Cache, target: str, read: Callable[[bytes], T], has_stopgap: bool
    ) -> T:
        """Ask upstream, as one of those who ask the same, if it does well."""
        health = self._wire.health
        advice = health.advice(has_stopgap=has_stopgap)
        if advice == "probe" and has_stopgap:
            self._probe(cache, target, read)
        if advice == "wait" or (advice == "probe" and has_stopgap):
            raise health.failure()
        owner: Owner = self._owner_now(cache)
        answers: list[T] = []
        # Who has an old answer at hand does not wait for a call that hangs: the call
        # goes on behind the answer.
        asker = self._another() if has_stopgap else self

        def ask() -> bytes:
            body = asker._get_bytes(target)
            answers.append(asker._read_and_keep(cache, owner, target, body, read))
            return body

        def look() -> bytes | None:
            kept = cache.find(owner, target)
            return kept.body if kept is not None and kept.is_fresh else None

        if self._wire.flights is None or self._fresh:
            ask()
            return answers[0]
        patience_s = health.patience_s if has_stopgap else math.inf
        try:
            body = self._wire.flights.share(
                f"{owner.name} {owner.generation} {target}",
                ask,
                look,
                wait_s=self._deadline.remaining_s(),
                patience_s=patience_s,
            )
        except Unanswered:
            if has_stopgap:
                health.is_late()
            raise
        return answers[0] if answers else read(body)

    def _probe(self, cache: Cache, target: str, read: Callable[[bytes], T]) -> None:
        """Ask upstream whether it is well again, while the phone has its answer."""
        probe = self._another()
        owner = self._owner_now(cache)

        def ask() -> None:
            with suppress(BridgeError):
                body = probe._get_bytes(target, pauses_s=())
                probe._read_and_keep(cache, owner, target, body, read)

        threading.Thread(target=ask, name="probe", daemon=True).start()

    def _another(self) -> Caller:
        """Return one that asks in its own time, after this answer was given."""
        return Caller(
            self._wire,
            self._credentials,
            Deadline.after(TOTAL_S),
            device_id=self._device_id,
        )

    def _read_and_keep(
        self,
        cache: Cache,
        owner: Owner,
        target: str,
        body: bytes,
        read: Callable[[bytes], T],
    ) -> T:
        """Keep a body, if it makes sense."""
        try:
            answer = read(body)
        except UpstreamGarbage as error:
            if is_page(body):  # of whoever stands before upstream, for every question
                self._wire.health.failed(0, error)
            raise
        cache.keep(owner, target, body)
        return answer

    def _owner_now(self, cache: Cache) -> Owner:
        """Return whose answers these are, as of the first question of this answer."""
        if self._known_owner is None:
            self._known_owner = cache.seen(self._owner)
        return self._known_owner

    def forget(self) -> None:
        """End the freshness of this athlete's answers: something was written."""
        if self._wire.cache is not None:
            self._known_owner = self._wire.cache.end_freshness(self._owner)

    def note_look(self) -> None:
        """End what was answered out of older answers: upstream was looked at anew."""
        if self._wire.cache is not None and self.read_at:
            self._wire.cache.note_look(self._owner)

    def catch_up(self, writes: int) -> None:
        """End the freshness of what was kept before the athlete's ``writes``-th write.

        Another worker may have written; the count comes with the device's row.
        """
        if self._wire.cache is not None:
            self._known_owner = self._wire.cache.seen(self._owner, writes)

    def get(self, target: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Send a GET, again where that may help, and return the answer unread."""
        for pause_s in _PAUSES_S:
            try:
                answer = self.send("GET", target, headers=headers)
            except ConnectionDropped:
                continue  # it was closed just then: at once
            except UpstreamDown:
                pass
            else:
                if not is_worth_another_try(answer):
                    return answer
                answer.close()
            self._pause(pause_s)
        return self.send("GET", target, headers=headers)

    def _get_bytes(self, target: str, pauses_s: Sequence[float] = _PAUSES_S) -> bytes:
        try:
            with this_thread.waiting:  # once, for head and body
                answer = self.send("GET", target)
                if answer.status_code == 200:
                    return self.read(answer)
        except UpstreamDown as error:
            if not pauses_s:
                raise
            pause_s = 0.0 if isinstance(error, ConnectionDropped) else pauses_s[0]
        else:
            if not pauses_s or not is_worth_another_try(answer):
                self._refuse(answer, target)
            answer.close()
            pause_s = pauses_s[0]
        self._pause(pause_s)
        return self._get_bytes(target, pauses_s[1:])

    def _pause(self, seconds: float) -> None:
        with this_thread.waiting:
            time.sleep(min(seconds, max(0.0, self._deadline.remaining_s())))

    def _whole(self, response: Answer, target: str) -> bytes:
        if response.status_code != 200:
            self._refuse(response, target)
        return self.read(response)

    def read(self, response: Answer) -> bytes:
        """Return the whole body of an answer, bounded in time and bytes."""
        health, began_s = self._wire.health, time.monotonic()
        try:
            with this_thread.waiting, within(self._deadline):
                body = read_bounded(response, LARGEST_ANSWER)
        except (UpstreamDown, UpstreamSlow) as error:
            health.failed(time.monotonic() - began_s, error)
            raise
        if not is_gateway_trouble(response):
            took_s = time.monotonic() - began_s + response.elapsed.total_seconds()
            health.answered(took_s)
        return self._credentials.cut_from(body)

    @property
    def secrets(self) -> tuple[bytes, ...]:
        """Return what must not be passed on to a phone."""
        return tuple(secret.encode() for secret in self._credentials.secrets)

    def without_key(self, header: str) -> str:
        """Return a header of upstream's without the key."""
        cut = self._credentials.cut_from(header.encode("latin-1", "replace"))
        return cut.decode("latin-1")

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
