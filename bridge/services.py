"""What one request needs: whose data, which client, which day, which voice.

Everything hangs on the app; nothing is global. The athlete comes from the device
row, or from the session of the setup page, alone.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from flask import current_app, g, request

from bridge.config import Config
from bridge.domain.athlete.athlete import AthleteSettings, read_settings
from bridge.domain.speech.phrases import LANGUAGES
from bridge.domain.speech.voice import ENGLISH, Voice
from bridge.errors import NoApiKey, StoreDown
from bridge.limits import Tries
from bridge.store.athletes import OWNER
from bridge.store.engine import Store
from bridge.tokens import Tokens
from bridge.upstream.call import Credentials, Wire
from bridge.upstream.client import Client
from bridge.upstream.deadline import Deadline
from bridge.upstream.writer import Writer
from bridge.vault import Vault, key_place

_LOG = logging.getLogger("bridge")
AT_ONCE = 4
SETTINGS_FRESH_S = 600
# The voice of the language reads the numbers, not the region: en_DE would write
# "12,4 kilometres", and de_CH "12.4 Kilometer".
_LOCALES = {
    "en": "en_GB",
    "en-us": "en_US",
    "de": "de_DE",
    "de-at": "de_AT",
    "fr": "fr_FR",
    "fr-ca": "fr_CA",
    "es": "es_ES",
}

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Services:
    """What the app was wired with."""

    config: Config
    store: Store
    tokens: Tokens
    wire: Wire
    clock: Callable[[], datetime]
    pool: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(32, thread_name_prefix="upstream")
    )
    settings: dict[str, tuple[float, AthleteSettings]] = field(default_factory=dict)
    tries: Tries = field(default_factory=Tries)

    @property
    def vault(self) -> Vault:
        """Return what opens the API keys that were entered on the setup page."""
        return Vault(self.config.secret_keys)

    def close(self) -> None:
        """Let go of threads and connections."""
        self.pool.shutdown(cancel_futures=True)
        self.store.close()
        self.wire.adapter.close()


def services() -> Services:
    """Return the services of the running app."""
    found: Services = current_app.extensions["bridge"]
    return found


def credentials() -> Credentials:
    """Return the credentials of the athlete whose device or session this is.

    Raises
    ------
    NoApiKey, VaultClosed
        If nobody gave the bridge a key yet, or it cannot be opened.
    """
    if "credentials" not in g:
        config, store = services().config, services().store
        key = api_key_of(config, store, g.athlete)
        g.credentials = Credentials(key, config.athlete_id)
    found: Credentials = g.credentials
    return found


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
    place = key_place(athlete, account.credential_version)
    return Vault(config.secret_keys).open(account.sealed_key, place)


def client() -> Client:
    """Return this request's client: all its calls share one deadline."""
    if "client" not in g:
        fresh = request.args.get("refresh") == "yes"
        g.client = Client(services().wire, credentials(), deadline(), fresh=fresh)
        if "device" in g:
            g.client.catch_up(g.device.writes)
    found: Client = g.client
    return found


def writer() -> Writer:
    """Return what writes for this request; its client reads what upstream has now."""
    if "writer" not in g:
        g.writer = Writer(services().wire, credentials(), deadline())
    found: Writer = g.writer
    return found


def has_written() -> bool:
    """Tell whether this request may have changed anything upstream."""
    used: Writer | None = g.get("writer")
    return used is not None and used.writes_sent > 0


def forget_if_written() -> None:
    """Forget what was kept of upstream if this request may have changed it."""
    if has_written():
        client().forget()


def outdate() -> None:
    """Let every worker forget what it kept of upstream: perhaps it was changed."""
    try:
        services().store.journal.outdate(g.athlete)
    except StoreDown as error:
        _LOG.warning("other workers may answer an old minute: %s", error.detail)


def client_of(athlete_id: str) -> Client:
    """Return a client with this device's key that asks for another athlete id."""
    key = credentials().api_key
    return Client(services().wire, Credentials(key, athlete_id), deadline())


def deadline() -> Deadline:
    """Return when all calls for this answer have to be over, whoever makes them."""
    if "deadline" not in g:
        g.deadline = Deadline.after(services().config.upstream_budget_s)
    found: Deadline = g.deadline
    return found


def together(*calls: Callable[[], Any]) -> list[Any]:
    """Run independent calls of one answer at the same time, at most four."""
    if len(calls) > AT_ONCE:  # upstream allows 10 a second for each address
        raise ValueError(f"{len(calls)} calls at once")
    waiting = [services().pool.submit(call) for call in calls[1:]]
    return [calls[0](), *(future.result() for future in waiting)]


def settings() -> AthleteSettings:
    """Return the athlete's zone, units and habits, at most ten minutes old."""
    kept, name = services().settings, credentials().name
    read_at, found = kept.get(name, (0.0, None))
    now = time.monotonic()
    if found is None or now - read_at > SETTINGS_FRESH_S:
        found = read_settings(client().athlete())
        kept[name] = (now, found)
    return found


def pauses(seconds: float) -> Iterator[None]:
    """Yield at once, then again and again after short pauses, for ``seconds``."""
    end = time.monotonic() + seconds
    yield
    while time.monotonic() < end:
        time.sleep(0.1)
        yield


def forget_settings() -> None:
    """Read the athlete's settings anew at the next need."""
    services().settings.pop(credentials().name, None)


def stale_at() -> datetime | None:
    """Return when upstream gave what is answered now, where it is not fresh."""
    used: Client | None = g.get("client")
    return used.stale_at if used else None


def now_local() -> datetime:
    """Return the athlete's wall clock."""
    return services().clock().astimezone(ZoneInfo(settings().timezone))


def today() -> date:
    """Return the athlete's day."""
    return now_local().date()


def voice() -> Voice:
    """Return the voice for this answer, with the athlete's units."""
    return _voice_for(settings())


def stranger_voice() -> Voice:
    """Return the voice for an answer that must not ask upstream first.

    The athlete's language and units count where they are known already.
    """
    known: Credentials | None = g.get("credentials")
    _, kept = services().settings.get(known.name, (0.0, None)) if known else (0.0, None)
    return _voice_for(kept or AthleteSettings())


def _voice_for(known: AthleteSettings) -> Voice:
    locale = asked_locale() or known_locale(known.locale) or ENGLISH.locale
    return Voice(locale, known.units, known.fahrenheit, known.pounds)


def asked_locale() -> str | None:
    """Return the locale asked by ``?lang=``, else by the phone's languages."""
    asked = known_locale(request.args.get("lang"))
    wanted = [tag for tag, quality in request.accept_languages if quality > 0]
    return asked or next(filter(None, map(known_locale, wanted)), None)


def known_locale(tag: str | None) -> str | None:
    """Return Babel's locale for a language tag such as ``de-AT`` or ``en_US``.

    None where there is no table for the language.
    """
    wanted = (tag or "").replace("_", "-").lower()
    language = wanted.partition("-")[0]
    if language not in LANGUAGES:
        return None
    return _LOCALES.get(wanted) or _LOCALES[language]
