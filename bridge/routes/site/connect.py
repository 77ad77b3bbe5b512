"""The Intervals.icu account: whose it is, connecting it, letting go of it.

A key is checked live, then sealed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from bridge.domain.doctor.pasted_key import clean_key
from bridge.domain.failure import speech_of
from bridge.domain.flat import ident, text
from bridge.domain.speech.trim import for_the_eye
from bridge.errors import (
    BridgeError,
    NoApiKey,
    NoRecord,
    UpstreamForbidden,
    UpstreamRefused,
)
from bridge.routes.site.page import PageRefused
from bridge.routes.site.session import session
from bridge.routes.site.words import words
from bridge.services import client, deadline, services, state, stranger_voice
from bridge.store.athletes import OWNER, Account
from bridge.upstream.call import Credentials
from bridge.upstream.client import Client
from bridge.upstream.deadline import Deadline
from bridge.vault import key_context

LONGEST_WAIT_S = 3.0  # the page is shown without the name rather than late
COUNTED_DAYS = 90

Origin = Literal["none", "environment", "page"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """Where the key comes from, whose it is, and what is wrong with it."""

    origin: Origin
    name: str = ""
    athlete_id: str = ""
    trouble: str = ""  # a sentence; empty when all is well


@dataclass(frozen=True, slots=True, kw_only=True)
class Hello:
    """Who is greeted, and how much of their training Intervals.icu has."""

    name: str
    activities: int


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a key was not kept: a status, and a sentence for the field."""

    status: int
    sentence: str


def connection() -> Connection:
    """Return the connection of the athlete who is signed in."""
    config = services().config
    environment = bool(config.api_key) and state().athlete == OWNER
    origin: Origin = "environment" if environment else "page"
    state().deadline = Deadline.after(LONGEST_WAIT_S)
    try:
        athlete = client().athlete()
    except NoApiKey:
        return Connection(origin="none")
    except BridgeError as error:
        return Connection(origin=origin, trouble=_sentence_of(error))
    name = text(athlete.name, 100) or str(words().setup_key.nameless)
    return Connection(origin=origin, name=name, athlete_id=ident(athlete.id) or "")


def hello() -> Hello | None:
    """Return whom to greet; None while Intervals.icu does not answer."""
    state().deadline = Deadline.after(LONGEST_WAIT_S)
    day = services().clock().date()
    try:
        athlete = client().athlete()
        listed = client().activities(day - timedelta(days=COUNTED_DAYS), day)
    except BridgeError:
        return None
    return Hello(name=text(athlete.name, 100) or "", activities=len(listed))


def store_key(pasted: str) -> Trouble | None:
    """Keep a key, once Intervals.icu has said yes to it; return why not."""
    account = _account()
    try:
        key = clean_key(pasted)
    except ValueError as error:
        say = words().setup_key
        return _trouble(422, f"{say.no_key[str(error)]} {say.again}")
    services().keys.add(key)
    trouble = _check_live(key)
    if trouble is not None:
        return trouble
    context = key_context(account.athlete, account.credential_version + 1)
    return _keep(account, services().vault.seal(key, context))


def forget_key() -> Trouble | None:
    """Forget the key; return why not."""
    trouble = _keep(_account(), None)
    services().wire.forget_answers()
    return trouble


def _account() -> Account:
    known = services()
    account = known.store.athletes.find(session().athlete)
    if account is None or known.config.api_key:
        raise PageRefused(409, "key_in_environment")
    return account


def _keep(account: Account, sealed: str | None) -> Trouble | None:
    if services().store.athletes.keep_key(account, sealed):
        return None
    return _trouble(409, str(words().setup_key.at_once))


def _check_live(key: str) -> Trouble | None:
    """Ask Intervals.icu whose key this is; its yes is the only proof there is."""
    known = services()
    athlete_id = known.config.athlete_id
    asked = Client(known.wire, Credentials(key, athlete_id), deadline(), fresh=True)
    try:
        asked.anything(f"/athlete/{athlete_id}/profile")
    except (UpstreamRefused, UpstreamForbidden, NoRecord):
        return _trouble(422, str(words().setup_key.refused))
    except BridgeError as error:
        return _trouble(error.status, _sentence_of(error))
    return None


def _trouble(status: int, sentence: str) -> Trouble:
    return Trouble(status, f"{sentence} {words().setup_key.not_stored}")


def _sentence_of(error: BridgeError) -> str:
    """Return a failure's sentence as it is read."""
    return for_the_eye(speech_of(error, stranger_voice()))
