"""Answers that were given already, given again in front of Flask.

Whoever asks the same within the minute gets the same bytes, without a view being
called: two hundredths of the work. What stands behind is asked whenever anything is
not as usual, so that every refusal is worded in one place, the guard.

**Checked here as there**: the token, whether its device was revoked or has expired, its
scope. The row of a device is read again as soon as anything in SQLite's file was
written, by whomever; with PostgreSQL it is read for each request.

**What ends an answer** is all in :class:`Standing` and :class:`Kept`: a write, by any
worker; a look at upstream (``refresh=yes``); another API key; other settings of the
athlete, the time zone among them; midnight; a minute's age.

An answer is kept where :class:`~bridge.routes.route.Route` says so, and where
everything stands after it was made as it stood before: one that a write overtook is
not. Held are bytes and header lines, in this process alone, up to a few megabytes.

**Without a thread** the server gives an answer again that was given here within the
last second, for as long as :class:`Holding` says that it would be given here still.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

from bridge.errors import BridgeError
from bridge.routes.guard import TRIED_BY
from bridge.routes.replies import is_known_by
from bridge.routes.route import KEEPING, Keeping
from bridge.server.again import AGAIN
from bridge.services import Services, api_key_of, locale_of, settings_read
from bridge.steady import steady_s
from bridge.tokens import authenticate
from bridge.upstream.cache import FRESH_S, Owner
from bridge.upstream.call import Credentials

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

    from bridge.domain.athlete.athlete import AthleteSettings
    from bridge.store.devices import Device

OLD_S = 300.0  # a lasting answer is given so long while it is made anew
MOST_BYTES = 8 * 1024 * 1024
LARGEST_BYTES = 256 * 1024
ROW_BYTES = 1024  # what an answer costs beside its body
MOST_ASKERS = 1024
ANEW_AT_ONCE = 4
LOOK_EVERY_S = 1.0  # so long nothing is looked at but what takes no time
_ALIVE = "/healthz"
LONGEST_QUERY = 1000
LONGEST_HEADER = 200
_BEARER = re.compile(r"Bearer (icb_[0-9A-Za-z]{1,64}\.[0-9A-Za-z_-]{43})", re.ASCII)
_OF_A_BODY = {"Content-Type", "Content-Length"}

Question = tuple[object, ...]
Header = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Asker:
    """A device that was let in, and whose key upstream is asked with."""

    device: Device
    credentials: Credentials


@dataclass(frozen=True, slots=True)
class Standing:
    """What an answer was made under: it is over where one of these is another."""

    key_name: str
    generation: int  # goes up with each write
    looks: int  # goes up where somebody wanted nothing that was kept
    settings: AthleteSettings
    day: date  # the athlete's


@dataclass(frozen=True, slots=True)
class Kept:
    """One answer."""

    standing: Standing
    keeping: Keeping
    minute: datetime  # of an answer of the moment: is over with it
    made_s: float  # steady
    fresh_s: float  # from then on
    headers: list[Header]
    body: bytes = field(repr=False)

    @property
    def size(self) -> int:
        """Return what it takes of the memory, in bytes."""
        return len(self.body) + ROW_BYTES


@dataclass(frozen=True, slots=True)
class Holding:
    """Whether an answer that was given would be given again, told without waiting.

    All that was found when it was given stands as long as neither the database nor what
    all workers know of upstream was written since: the device, its scope, its writes,
    the looks. The rest is time: a second until all is looked at again; the minute, and
    with it the day; the answer's age; the device's expiry; and that its use was noted
    within the minute.
    """

    services: Services
    steady: Callable[[], float]
    written: bytes
    settings: AthleteSettings
    key_name: str
    since: datetime
    until: datetime
    until_s: float  # steady

    def __call__(self) -> bool:
        """Tell whether it is so at this instant."""
        known = self.services
        return (
            self.steady() < self.until_s
            and self.since <= known.clock() < self.until
            and settings_read(known, self.key_name) is self.settings
            and _written(known) == self.written
        )


class KeptAnswers:
    """The layer: a WSGI application in front of the bridge's own.

    Parameters
    ----------
    behind
        Answers whatever is not kept.
    services
        What it was wired with.
    steady
        Returns seconds that nobody sets.
    """

    def __init__(
        self,
        behind: WSGIApplication,
        services: Services,
        steady: Callable[[], float] = steady_s,
    ) -> None:
        self._behind = behind
        self._services = services
        self._steady = steady
        self._lock = Lock()
        self._kept: OrderedDict[Question, Kept] = OrderedDict()
        self._held_bytes = 0
        # who was let in, as of one state of the database
        self._askers: tuple[object, dict[str, Asker]] = (None, {})
        self._anew: set[Question] = set()

    def __call__(
        self, environ: WSGIEnvironment, start: StartResponse
    ) -> Iterable[bytes]:
        """Give an answer again, or let it be made and keep it."""
        if environ["PATH_INFO"] == _ALIVE:
            self._let_be_told(environ)
            return self._behind(environ, start)
        asker, glanced = None, None
        if _is_usual(environ):
            if AGAIN in environ:
                glanced = self._glance()
            with suppress(BridgeError):  # told behind, in words
                asker = self._asker(_token(environ))
        standing = self._standing(asker)
        if asker is None or standing is None:
            return self._behind(environ, start)
        question = _question(asker, environ)
        kept = self._kept.get(question)
        if kept is not None and self._holds(kept, standing, asker):
            age_s = self._steady() - kept.made_s
            if 0 <= age_s < kept.fresh_s:
                if glanced is not None:
                    environ[AGAIN] = self._holding(kept, standing, asker, glanced)
                return self._give(kept, asker, environ, start)
            is_old = 0 <= age_s < kept.fresh_s + OLD_S
            if kept.keeping.how == "lasting" and is_old:
                self._make_anew(question, asker, environ)
                return self._give(kept, asker, environ, start)
        if environ["REQUEST_METHOD"] != "GET":
            return self._behind(environ, start)
        return self._make(question, standing, environ, start)

    def _let_be_told(self, environ: WSGIEnvironment) -> None:
        """Let the server tell that the bridge is alive, a second long.

        What that answer says comes of the request and of settings in memory.
        """
        if AGAIN in environ:
            until_s = self._steady() + LOOK_EVERY_S
            environ[AGAIN] = lambda: self._steady() < until_s

    def _glance(self) -> tuple[bytes, datetime] | None:
        """Return what is looked at before everything else; None without it."""
        database = self._services.store.database
        if database.glance is not None:
            database.glance.find()
        written = _written(self._services)
        return None if written is None else (written, self._services.clock())

    def _holding(
        self,
        kept: Kept,
        standing: Standing,
        asker: Asker,
        glanced: tuple[bytes, datetime],
    ) -> Holding | None:
        """Return what tells whether it would be given again; None where it would not.

        A use that is to be noted is written, and that takes a thread.
        """
        from bridge.store.uses import NOTE_EVERY

        used_at, (written, now) = asker.device.last_used_at, glanced
        if used_at is None:
            return None
        ends = [_minute(now) + timedelta(minutes=1), used_at + NOTE_EVERY]
        if asker.device.expires_at is not None:
            ends.append(asker.device.expires_at)
        return Holding(
            self._services,
            self._steady,
            written,
            standing.settings,
            standing.key_name,
            _minute(now),
            min(ends),
            min(self._steady() + LOOK_EVERY_S, kept.made_s + kept.fresh_s),
        )

    def _asker(self, token: str) -> Asker | None:
        """Return who holds a token.

        Raises
        ------
        BridgeError
            If it is not let in, or the database does not answer.
        """
        known, now = self._services, self._services.clock()
        known.store.require_ready(known.config.athlete_id, now)
        state = known.store.database.state()
        if state is None or state != self._askers[0]:
            self._askers = (state, {})
        askers = self._askers[1] if self._askers[0] == state else {}
        asker = askers.get(token)
        if asker is None:
            device = authenticate(known.tokens, known.store.devices, token, now)
            key = api_key_of(known.config, known.store, device.athlete)
            asker = Asker(device, Credentials(key, known.config.athlete_id))
            if state is not None and len(askers) < MOST_ASKERS:
                askers[token] = asker
        expires_at = asker.device.expires_at
        is_over = expires_at is not None and expires_at <= now
        # A key that was not used yet is kept out of the log by nobody.
        is_new = asker.credentials.name not in known.key_names
        return None if is_over or is_new else asker

    def _standing(self, asker: Asker | None) -> Standing | None:
        """Return how things stand; None where that has to be found out behind."""
        known = self._services
        if asker is None or known.wire.cache is None:
            return None
        used = asker.credentials
        settings = settings_read(known, used.name)
        if settings is None:
            return None
        owner = Owner(used.athlete_id, used.name)
        seen = known.wire.cache.seen(owner, asker.device.writes)
        day = known.clock().astimezone(ZoneInfo(settings.timezone)).date()
        return Standing(used.name, seen.generation, seen.looks, settings, day)

    def _holds(self, kept: Kept, standing: Standing, asker: Asker) -> bool:
        if kept.standing != standing or not asker.device.allows(kept.keeping.scope):
            return False
        is_of_now = kept.minute == _minute(self._services.clock())
        return is_of_now or kept.keeping.how != "moment"

    def _give(
        self, kept: Kept, asker: Asker, environ: WSGIEnvironment, start: StartResponse
    ) -> Iterable[bytes]:
        now, devices = self._services.clock(), self._services.store.devices
        body = _send(kept.headers, kept.body, environ, start)
        asked = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}"
        return _Noted(body, lambda: devices.touch(asker.device, now, asked))

    def _make(
        self,
        question: Question,
        standing: Standing,
        environ: WSGIEnvironment,
        start: StartResponse,
    ) -> Iterable[bytes]:
        """Have it answered behind; keep that where nothing changed meanwhile."""
        said: list[Any] = []

        def listen(*status_and_headers: Any) -> Any:
            said[:] = status_and_headers

        environ[KEEPING] = None
        made = self._behind(environ, listen)
        keeping: Keeping | None = environ[KEEPING]
        if keeping is None:
            start(*said)
            return made
        body, headers = b"".join(made), said[1]
        age_s = (self._services.clock() - keeping.oldest_at).total_seconds()
        kept = Kept(
            standing,
            keeping,
            _minute(self._services.clock()),
            self._steady(),
            FRESH_S - max(0.0, age_s),
            headers,
            body,
        )
        with suppress(BridgeError):
            if standing == self._standing(self._asker(_token(environ))):
                self._keep(question, kept)
        return _Noted(_send(headers, body, environ, start), made.close)  # type: ignore[attr-defined]  # Werkzeug's has it

    def _keep(self, question: Question, kept: Kept) -> None:
        if kept.size > LARGEST_BYTES:
            return
        with self._lock:
            before = self._kept.pop(question, None)
            self._held_bytes += kept.size - (before.size if before else 0)
            self._kept[question] = kept
            while self._held_bytes > MOST_BYTES:
                _, gone = self._kept.popitem(last=False)
                self._held_bytes -= gone.size

    def _make_anew(
        self, question: Question, asker: Asker, environ: WSGIEnvironment
    ) -> None:
        """Let it be made behind the answer: once, whoever asks meanwhile."""
        with self._lock:
            if question in self._anew or len(self._anew) >= ANEW_AT_ONCE:
                return
            self._anew.add(question)
        asked = {k: v for k, v in environ.items() if not k.startswith("werkzeug.")}
        for name in ("HTTP_IF_NONE_MATCH", AGAIN):
            asked.pop(name, None)
        asked["wsgi.input"] = BytesIO()

        def make() -> None:
            try:
                standing = self._standing(asker)
                if standing is not None:
                    made = self._make(question, standing, asked, _say_nothing)
                    made.close()  # type: ignore[attr-defined]  # ours or Werkzeug's
            finally:
                with self._lock:
                    self._anew.discard(question)

        self._services.pool.submit(make)


class _Noted:
    """A body after which the use of a device is noted: nobody waits for that."""

    def __init__(self, body: bytes, note: Callable[[], object]) -> None:
        self._body = body
        self.close = note

    def __iter__(self) -> Iterator[bytes]:
        if self._body:
            yield self._body


def _token(environ: WSGIEnvironment) -> str:
    return str(environ["HTTP_AUTHORIZATION"][len("Bearer ") :])


def _send(
    headers: list[Header], body: bytes, environ: WSGIEnvironment, start: StartResponse
) -> bytes:
    """Begin the answer and return its body: none for who has it already."""
    etag = next(value for name, value in headers if name == "ETag")
    if is_known_by(environ.get("HTTP_IF_NONE_MATCH", ""), etag):
        others = [header for header in headers if header[0] not in _OF_A_BODY]
        start("304 Not Modified", others)
        return b""
    start("200 OK", list(headers))
    return b"" if environ["REQUEST_METHOD"] == "HEAD" else body


def _say_nothing(*_: Any) -> Any:
    """Stand where a server's ``start_response`` stands: nobody listens."""


def _is_usual(environ: WSGIEnvironment) -> bool:
    """Tell whether it is a plain question of a device; all others are for the guard."""
    get = environ.get
    return (
        environ["REQUEST_METHOD"] in {"GET", "HEAD"}
        and TRIED_BY not in environ
        and get("CONTENT_LENGTH", "") in {"", "0"}
        and "HTTP_TRANSFER_ENCODING" not in environ
        and len(get("QUERY_STRING", "")) <= LONGEST_QUERY
        and len(get("HTTP_ACCEPT_LANGUAGE", "")) <= LONGEST_HEADER
        and len(get("HTTP_X_SHORTCUT", "")) <= LONGEST_HEADER
        and _BEARER.fullmatch(get("HTTP_AUTHORIZATION", "")) is not None
    )


def _question(asker: Asker, environ: WSGIEnvironment) -> Question:
    """Return what is asked: equal for those to whom the same bytes may be given."""
    query, lang = _sorted(environ.get("QUERY_STRING", ""))
    return (
        asker.device.athlete,
        environ.get("HTTP_HOST"),
        environ["PATH_INFO"],
        query,
        locale_of(lang, environ.get("HTTP_ACCEPT_LANGUAGE", "")),
        environ.get("HTTP_X_SHORTCUT"),  # an old one is told of its update
    )


@lru_cache(maxsize=512)
def _sorted(query: str) -> tuple[tuple[tuple[str, str], ...], str | None]:
    """Return the parameters in one order, and the language they ask for."""
    pairs = parse_qsl(query, keep_blank_values=True, errors="surrogateescape")
    lang = next((value for name, value in pairs if name == "lang"), None)
    return tuple(sorted(pairs)), lang


def _written(known: Services) -> bytes | None:
    """Return what is another one as soon as the database or a note was written."""
    glance, cache = known.store.database.glance, known.wire.cache
    of_database = None if glance is None else glance.read()
    of_notes = None if cache is None else cache.glance()
    if of_database is None or of_notes is None:
        return None
    return of_database + of_notes


def _minute(now: datetime) -> datetime:
    return now.replace(second=0, microsecond=0)
