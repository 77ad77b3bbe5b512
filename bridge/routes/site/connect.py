"""The Intervals.icu account: whose it is, connecting it, letting go of it.

A key is checked live, then sealed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from flask import Response, request

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
from bridge.routes.site.page import PageRefused, go_to
from bridge.routes.site.session import session
from bridge.services import client, deadline, services, state, stranger_voice
from bridge.store.athletes import OWNER, Account
from bridge.upstream.call import Credentials
from bridge.upstream.client import Client
from bridge.upstream.deadline import Deadline
from bridge.vault import key_context

LONGEST_WAIT_S = 3.0  # the page is shown without the name rather than late

Origin = Literal["none", "environment", "page"]
_NOT_KEPT = "Nothing was stored."


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """Where the key comes from, whose it is, and what is wrong with it."""

    origin: Origin
    name: str = ""
    athlete_id: str = ""
    trouble: str = ""  # a sentence; empty when all is well


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
    name = text(athlete.name, 100) or "an athlete without a name"
    return Connection(origin=origin, name=name, athlete_id=ident(athlete.id) or "")


def submit() -> Response:
    """Keep the key that was pasted, once Intervals.icu has said yes to it."""
    account = _account()
    try:
        key = clean_key(request.form.get("api_key", ""))
    except ValueError as error:
        raise _refused(422, str(error)) from None
    services().keys.add(key)
    _check_live(key)
    context = key_context(account.athlete, account.credential_version + 1)
    _keep(account, services().vault.seal(key, context))
    return go_to("/#connect")


def leave() -> Response:
    """Forget the key: devices stay, and are told that there is no key."""
    _keep(_account(), None)
    services().wire.forget_answers()
    return go_to("/#connect")


def _account() -> Account:
    known = services()
    account = known.store.athletes.find(session().athlete)
    if account is None or known.config.api_key:
        raise PageRefused(
            409,
            "key_in_environment",
            "The key is set on the server",
            "The key comes from INTERVALS_API_KEY and can be changed there only. "
            "Nothing was done.",
        )
    return account


def _keep(account: Account, sealed: str | None) -> None:
    if not services().store.athletes.keep_key(account, sealed):
        raise _refused(409, "Somebody else changed the key at the same moment.")


def _check_live(key: str) -> None:
    """Ask Intervals.icu whose key this is; its yes is the only proof there is."""
    known = services()
    athlete_id = known.config.athlete_id
    asked = Client(known.wire, Credentials(key, athlete_id), deadline(), fresh=True)
    try:
        asked.anything(f"/athlete/{athlete_id}/profile")
    except (UpstreamRefused, UpstreamForbidden, NoRecord):
        raise _refused(
            422,
            "Intervals.icu does not accept this key. Copy it again from its settings, "
            "under Developer settings; a new key ends the old one.",
        ) from None
    except BridgeError as error:
        raise _refused(error.status, _sentence_of(error)) from None


def _refused(status: int, sentence: str) -> PageRefused:
    sentence = f"{sentence} {_NOT_KEPT}"
    return PageRefused(status, "not_connected", "Not connected", sentence)


def _sentence_of(error: BridgeError) -> str:
    """Return a failure's sentence as it is read."""
    return for_the_eye(speech_of(error, stranger_voice()))
