"""What one request needs: whose data, which client, which day, which voice.

Everything hangs on the app; nothing is global. The athlete comes from the device
row, or from the session of the setup page, alone.

**What looks like a value may ask upstream**: :func:`settings`, and with it
:func:`now_local`, :func:`today` and :func:`voice`, read the athlete's time zone and
units from Intervals.icu where the last reading is over ten minutes old, within this
answer's deadline. :func:`stranger_voice` never does. A question does not wait for the
time zone before it asks for anything else: see :func:`now_local`.
"""

from __future__ import annotations

import io
import logging
import math
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property, lru_cache
from threading import BoundedSemaphore, Lock
from typing import TYPE_CHECKING, Any, BinaryIO, Generic, Literal, TypeVar
from zoneinfo import ZoneInfo

from flask import current_app, g, request
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from bridge.coalesce import Coalescer
from bridge.config import Config
from bridge.domain.speech.voice import ENGLISH, Units, Voice, known_locale
from bridge.errors import NoApiKey, NotSignedIn, StoreDown
from bridge.limits import Tries
from bridge.shortcuts.signing.dropped import DroppedSet
from bridge.store import OWNER
from bridge.tokens import Tokens
from bridge.turns import this_thread
from bridge.upstream.call import Credentials, Wire
from bridge.upstream.deadline import Deadline
from bridge.vault import Vault, key_context

if TYPE_CHECKING:
    from bridge.domain.athlete.athlete import AthleteSettings, RawAthlete
    from bridge.store.devices import Device
    from bridge.store.engine import Store
    from bridge.store.replays import Claim
    from bridge.store.views import View
    from bridge.upstream.client import Client
    from bridge.upstream.public import Reach
    from bridge.upstream.writer import Writer

_LOG = logging.getLogger("bridge")

T = TypeVar("T")
AT_ONCE = 4
DRAWN_AT_ONCE = 2  # pictures
MOST_TO_DRAW = 6  # that wait
SETTINGS_FRESH_S = 600
SETTINGS_ANEW_S = 5  # of refresh=yes: who asks again and again asks them less often
NOBODY = ""
Made = tuple[bytes, int, list[tuple[str, str]]]  # an answer: body, status, headers
Failures = Literal["page", "flat", "asked", "picture"]


class ZoneMoved(Exception):  # no failure: the answer is made again
    """The athlete is in another time zone than what was asked by now took for true."""


class Ahead(Generic[T]):
    """A call that is made beside this thread, for what will probably be needed.

    It asks upstream and nothing else of this request.
    """

    def __init__(self, call: Callable[[], T]) -> None:
        self._call, self._future = call, services().pool.submit(call)

    def result(self) -> T:
        """Return what it returned, or raise what it raised.

        One that no thread has taken yet is made here: all may be waiting likewise.
        """
        if self._future.cancel() or self._future.cancelled():
            return self._call()
        with this_thread.waiting:
            return self._future.result()


@dataclass(frozen=True, slots=True)
class Session:
    """One browser; ``athlete`` is empty before it has signed in."""

    session_id: str
    athlete: str = NOBODY
    version: int = 0  # the account's session_version at sign-in
    started_at_s: int = 0

    @property
    def is_signed_in(self) -> bool:
        """Tell whether this is somebody's session."""
        return self.athlete != NOBODY


@dataclass(slots=True, kw_only=True)
class RequestState:
    """What is known of one request by now; all of it, and nowhere else.

    Attributes
    ----------
    athlete
        Whose data this is about: by the device's row, or by the session.
    device, view
        The device that was let in, or the view that was by its key.
    used_at
        When it was used, to be noted after the answer.
    units
        What the request wants instead of the athlete's own units.
    params
        The query parameters that were read so far.
    credentials, client, writer, deadline
        Made when they are needed first, then the same for all calls.
    fields, claim, whole_answer
        Of a write: what was sent, its reservation, and what is answered.
    is_asked, seen, expected
        Whether a sentence asked for it; a digest of what the write found before it,
        and of what it has to find, since a question told of it.
    file
        The body of a route that takes a file.
    session, cookie
        The browser's session, and what this answer does with its cookie.
    failures
        How a failure is answered: as a page, as flat JSON, as a picture, or as it is
        asked for.
    wants_anew
        Whether ``refresh=yes`` was sent, once it was looked for.
    has_refreshed, zone_taken, settings_call
        Whether the settings were read anew for this answer, the time zone that is
        taken for true until then, and the call that reads them meanwhile.
    """

    athlete: str = NOBODY
    device: Device | None = None
    view: View | None = None
    used_at: datetime | None = None
    params: dict[object, Any] = field(default_factory=dict)
    credentials: Credentials | None = None
    client: Client | None = None
    writer: Writer | None = None
    deadline: Deadline | None = None
    fields: Mapping[str, object] = field(default_factory=dict)
    claim: Claim | None = None
    whole_answer: bytes = b""
    file: BinaryIO = field(default_factory=io.BytesIO)
    wants_anew: bool | None = None
    has_refreshed: bool = False
    zone_taken: str = ""
    settings_call: Ahead[RawAthlete] | None = None
    is_asked: bool = False
    seen: str = ""
    expected: str = ""
    session: Session | None = None
    cookie: Literal["keep", "set", "delete"] = "keep"
    failures: Failures = "asked"
    units: Units | None = None
    language: str = ""  # of a page, where its reader chose it


@dataclass(frozen=True, slots=True)
class SettingsRead:
    """An athlete's settings as this process read them, by its steady clock."""

    settings: AthleteSettings
    read_at_s: float
    anew_at_s: float = -math.inf  # where somebody wanted nothing that was kept

    def is_recent(self, *, for_refresh: bool = False) -> bool:
        """Tell whether they need not be read again."""
        now_s = time.monotonic()
        if for_refresh and now_s - self.anew_at_s > SETTINGS_ANEW_S:
            return False
        return now_s - self.read_at_s <= SETTINGS_FRESH_S


@dataclass(frozen=True, kw_only=True)
class Services:
    """What the app was wired with.

    ``opens`` returns the store: for who needs it first, and once.
    """

    config: Config
    opens: Callable[[], Store]
    tokens: Tokens
    wire: Wire
    clock: Callable[[], datetime]
    dropped: DroppedSet
    pool: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(32, thread_name_prefix="upstream")
    )
    drawing: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(
            DRAWN_AT_ONCE, thread_name_prefix="drawing"
        )
    )
    drawing_room: BoundedSemaphore = field(
        default_factory=lambda: BoundedSemaphore(DRAWN_AT_ONCE + MOST_TO_DRAW)
    )
    settings: dict[str, SettingsRead] = field(default_factory=dict)
    tries: Tries = field(default_factory=Tries)
    key_tries: Tries = field(default_factory=Tries)  # wrong view keys
    phone_tries: Tries = field(default_factory=Tries)  # that the waiting page tells
    keys: set[str] = field(default_factory=set)  # all that no log may show
    key_names: set[str] = field(default_factory=set)  # of those that were used
    open_pages: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    chosen_url: list[str] = field(default_factory=list)  # as it was read last
    lights: dict[str, tuple[float, str]] = field(default_factory=dict)  # of athletes
    alike: Coalescer[Made] = field(default_factory=Coalescer)
    opening: Lock = field(default_factory=Lock)

    @cached_property
    def store(self) -> Store:
        """Return the database, opened by now: its imports take a fifth of a second."""
        with self.opening:
            held = vars(self)
            if "store" not in held:  # nobody was faster
                held["store"] = self.opens()
            opened: Store = held["store"]
            return opened

    @property
    def vault(self) -> Vault:
        """Return what opens the API keys that were entered on the setup page."""
        return Vault(self.config.secret_keys)

    @property
    def public_url(self) -> str:
        """Return the address of the phone: the environment's, else the owner's choice.

        "" where nobody has said it.
        """
        if self.config.public_url:
            return self.config.public_url
        self.chosen_url[:] = [self.store.facts.public_url()]
        return self.chosen_url[0]

    @property
    def address(self) -> str:
        """Return where links lead: never to what a client says our address is."""
        return self.public_url or self.config.listening_at

    @property
    def settings_now(self) -> Config:
        """Return the settings, with the address that the owner chose in them."""
        return replace(self.config, public_url=self.public_url)

    def close(self) -> None:
        """Let go of threads and connections."""
        self.pool.shutdown(cancel_futures=True)
        self.drawing.shutdown(cancel_futures=True)
        if "store" in vars(self):
            self.store.close()
        self.wire.adapter.close()
        self.wire.close()


def services() -> Services:
    """Return the services of the running app."""
    found: Services = current_app.extensions["bridge"]
    return found


def state() -> RequestState:
    """Return what is known of this request."""
    # Each touch of ``g`` looks for the request; this is asked fifty times an answer.
    known: RequestState | None = g.get("state")
    if known is None:
        g.state = known = RequestState()
    return known


def device() -> Device:
    """Return the device that was let in.

    Raises
    ------
    NotSignedIn
        On an open route: there is none.
    """
    let_in = state().device
    if let_in is None:
        raise NotSignedIn("nobody was let in")
    return let_in


def credentials() -> Credentials:
    """Return the credentials of the athlete whose device or session this is.

    Raises
    ------
    NoApiKey, VaultClosed
        If nobody gave the bridge a key yet, or it cannot be opened.
    """
    known = state()
    if known.credentials is None:
        config, store = services().config, services().store
        key = api_key_of(config, store, known.athlete)
        known.credentials = Credentials(key, config.athlete_id)
        if known.credentials.name not in services().key_names:
            _take_up(known.credentials)
    return known.credentials


def _take_up(used: Credentials) -> None:
    """Keep a key that is new here out of the log; what the last one read is over."""
    services().keys.add(used.api_key)
    services().key_names.add(used.name)
    services().wire.forget_answers(but=used.name)


def api_key_of(config: Config, store: Store, athlete: str) -> str:
    """Return an athlete's API key: the environment's, else the sealed one.

    Raises
    ------
    NoApiKey
        If there is neither.
    VaultClosed
        If the sealed one does not open.
    """
    if config.api_key and athlete == OWNER:
        return config.api_key
    account = store.athletes.find(athlete)
    if account is None or account.sealed_key is None:
        raise NoApiKey("neither in the environment nor on the setup page")
    context = key_context(athlete, account.credential_version)
    return Vault(config.secret_keys).open(account.sealed_key, context)


def client() -> Client:
    """Return this request's client: all its calls share one deadline."""
    known = state()
    if known.client is None:
        from bridge.upstream.client import Client

        known.client = Client(
            services().wire,
            credentials(),
            deadline(),
            fresh=asks_anew(),
            device_id=_asking_id(),
        )
        asking = known.device or known.view
        if asking is not None:
            known.client.catch_up(asking.writes)
    return known.client


def looking_client() -> Client:
    """Return a client that asks upstream itself, and keeps nothing of it."""
    from bridge.upstream.client import Client

    wire = replace(services().wire, cache=None)
    return Client(wire, credentials(), deadline(), device_id=_asking_id())


def asks_anew() -> bool:
    """Tell whether the phone wants nothing that was kept: ``refresh=yes``."""
    known = state()
    if known.wants_anew is None:
        known.wants_anew = request.args.get("refresh") == "yes"
    return known.wants_anew


def writer() -> Writer:
    """Return what writes for this request; its client reads what upstream has now."""
    known = state()
    if known.writer is None:
        from bridge.upstream.writer import Writer

        known.writer = Writer(
            services().wire, credentials(), deadline(), device_id=_asking_id()
        )
    return known.writer


def _asking_id() -> str:
    """Return who asks, for a fair share: the id of the device or of the view."""
    known = state()
    if known.device is not None:
        return known.device.device_id
    return "" if known.view is None else known.view.view_id


def has_written() -> bool:
    """Tell whether this request may have changed anything upstream."""
    used = state().writer
    return used is not None and used.writes_sent > 0


def forget_if_written() -> None:
    """Forget what was kept of upstream if this request may have changed it."""
    if has_written():
        client().forget()


def outdate() -> None:
    """Let every worker forget what it kept of upstream: perhaps it was changed."""
    try:
        services().store.journal.outdate(state().athlete)
    except StoreDown as error:
        _LOG.warning("other workers may answer an old minute: %s", error.detail)


def client_of(athlete_id: str) -> Client:
    """Return a client with this device's key that asks for another athlete id."""
    from bridge.upstream.client import Client

    key = credentials().api_key
    asked = Credentials(key, athlete_id)
    return Client(services().wire, asked, deadline(), device_id=_asking_id())


def deadline() -> Deadline:
    """Return when all calls for this answer have to be over, whoever makes them."""
    known = state()
    if known.deadline is None:
        known.deadline = Deadline.after(services().config.upstream_budget_s)
    return known.deadline


def together(*calls: Callable[[], Any]) -> list[Any]:
    """Run independent calls of one answer at the same time, at most four."""
    if len(calls) > AT_ONCE:  # upstream allows 10 a second for each address
        raise ValueError(f"{len(calls)} calls at once")
    others = [services().pool.submit(call) for call in calls[1:]]
    first = calls[0]()
    with this_thread.waiting:
        return [first, *(future.result() for future in others)]


def beside(call: Callable[[], T]) -> Future[T]:
    """Run ``call`` beside this thread, for the same answer, as the same athlete.

    It may ask upstream, one thing after another; it must not call :func:`together`,
    whose threads it would keep waiting for each other.
    """
    app, environ = current_app._get_current_object(), request.environ  # type: ignore[attr-defined]  # Flask's own way to the app itself
    known = state()

    def run() -> T:
        with app.request_context(environ):
            g.state = known
            return call()

    return services().pool.submit(run)


def settings() -> AthleteSettings:
    """Return the athlete's zone, units and habits, at most ten minutes old.

    Asks upstream, once in ten minutes for each process: ``GET /athlete/{id}``.

    Raises
    ------
    NoApiKey, VaultClosed, UpstreamError
        If there is no key, or upstream does not answer and never did.
    ZoneMoved
        If what was asked by now took another time zone for true: see :func:`settled`.
    """
    known, last = state(), services().settings.get(credentials().name)
    if last is None or not _is_recent(last):
        known.has_refreshed = True
        last = _read_settings(known)
    if known.zone_taken not in ("", last.settings.timezone):
        raise ZoneMoved
    return last.settings


def _is_recent(last: SettingsRead) -> bool:
    return last.is_recent(for_refresh=asks_anew() and not state().has_refreshed)


def _read_settings(known: RequestState) -> SettingsRead:
    call = known.settings_call
    raw = client().athlete() if call is None else call.result()
    now_s = time.monotonic()
    anew_at_s = now_s if asks_anew() else -math.inf
    found = SettingsRead(_settings_of(raw), now_s, anew_at_s)
    services().settings[credentials().name] = found
    _note_owner(str(raw.id or ""))
    return found


def _settings_of(raw: RawAthlete) -> AthleteSettings:
    from bridge.domain.athlete.athlete import read_settings  # with zones and inputs

    return read_settings(raw)


def _zone() -> str:
    """Return the athlete's time zone, or the last known one until it has been read.

    A question of a phone asks for the settings beside everything else, for the zone
    hardly ever changes. Whatever writes waits for them.
    """
    known, last = state(), services().settings.get(credentials().name)
    if request.method != "GET" or (last is not None and _is_recent(last)):
        return settings().timezone
    if not known.zone_taken:
        if last is None:
            raw = client().kept_athlete()
            if raw is None:
                return settings().timezone
            last = SettingsRead(_settings_of(raw), -math.inf)
        known.settings_call = Ahead(client().athlete)
        known.zone_taken = last.settings.timezone
    return known.zone_taken


def settled(make: Callable[[], T]) -> T:
    """Return what is made, once more where it took a wrong time zone for true.

    Raises
    ------
    UpstreamError
        As :func:`settings`.
    """
    known = state()
    try:
        made = make()
        if known.zone_taken:
            settings()
    except ZoneMoved:
        known.zone_taken, known.settings_call = "", None
        known.params.clear()
        made = make()
    return made


def _note_owner(athlete_id: str) -> None:
    """Note whose key it is, where webhooks name the athlete and the settings do not."""
    known = services()
    is_wanted = known.config.webhook_secret and state().athlete == OWNER
    try:
        if is_wanted and athlete_id not in ("", known.store.facts.owner_id()):
            known.store.facts.note_owner(athlete_id)
    except StoreDown as error:
        _LOG.warning("webhooks may find nobody: %s", error.detail)


def owner_id(known: Services) -> str:
    """Return the owner's id at Intervals.icu; "" before it was read once."""
    if known.config.athlete_id != "0":
        return known.config.athlete_id
    return known.store.facts.owner_id()


def settings_read(known: Services, name: str) -> AthleteSettings | None:
    """Return the settings that were read with a key, unless that is too long ago."""
    last = known.settings.get(name)
    return last.settings if last is not None and last.is_recent() else None


def pauses(seconds: float) -> Iterator[None]:
    """Yield at once, then again and again after short pauses, for ``seconds``."""
    end = time.monotonic() + seconds
    yield
    while time.monotonic() < end:
        with this_thread.waiting:
            time.sleep(0.1)
        yield


def reach(address: str) -> Reach:
    """Ask ``address`` whether it leads to this bridge; three seconds at most."""
    from bridge.upstream.public import try_address

    known = services()
    ours = known.store.facts.instance_id()
    return try_address(address, ours, known.wire.adapter)


def forget_settings() -> None:
    """Read the athlete's settings anew at the next need."""
    services().settings.pop(credentials().name, None)


def stale_at() -> datetime | None:
    """Return when upstream gave what is answered now, where it is not fresh."""
    used = state().client
    return used.stale_at if used else None


def now_local() -> datetime:
    """Return the athlete's wall clock; may ask upstream for :func:`settings`.

    A question of a phone gets that of the last known zone while they are read.
    """
    return services().clock().astimezone(ZoneInfo(_zone()))


def today() -> date:
    """Return the athlete's day; may ask upstream for :func:`settings`."""
    return now_local().date()


def voice() -> Voice:
    """Return the voice, in the athlete's units; may ask for :func:`settings`."""
    return _voice_for(settings())


def stranger_voice() -> Voice:
    """Return the voice for an answer that must not ask upstream first.

    The athlete's language and units count where they are known already.
    """
    known = state().credentials
    last = services().settings.get(known.name) if known else None
    return _voice_for(last.settings if last else None)


def is_day_first() -> bool:
    """Tell whether the athlete's language puts the day before the month, always.

    In English it is either, whatever the region: a phone set to English of the United
    States may write the dates of another country.
    """
    return stranger_voice().language != ENGLISH.language


def _voice_for(known: AthleteSettings | None) -> Voice:
    own = known_locale(known.locale) if known else None
    locale, wanted = asked_locale() or own or ENGLISH.locale, state().units
    if wanted is not None:
        return Voice(locale, wanted)
    if known is None:
        return Voice(locale)
    return Voice(locale, known.units, known.fahrenheit, known.pounds)


def asked_locale() -> str | None:
    """Return the locale asked by ``?lang=``, else by the phone's languages."""
    languages = request.headers.get("Accept-Language", "")
    return locale_of(request.args.get("lang") or state().language, languages)


@lru_cache(maxsize=256)
def locale_of(lang: str | None, languages: str) -> str | None:
    """Return the locale for ``?lang=`` and for a header ``Accept-Language``."""
    wanted = parse_accept_header(languages, LanguageAccept)
    tags = [lang, *(tag for tag, quality in wanted if quality > 0)]
    return next(filter(None, map(known_locale, tags)), None)
