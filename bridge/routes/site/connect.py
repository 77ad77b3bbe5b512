"""Connecting the Intervals.icu account: the key is checked live, then sealed."""

from __future__ import annotations

from flask import Response, request

from bridge.domain.doctor.pasted_key import clean_key
from bridge.errors import BridgeError, NotFound, UpstreamForbidden, UpstreamRefused
from bridge.routes.site.account import sentence_of
from bridge.routes.site.refusals import PageRefused
from bridge.routes.site.rendering import go_to
from bridge.routes.site.sessions import session
from bridge.services import deadline, services
from bridge.store.athletes import Account
from bridge.upstream.call import Credentials
from bridge.upstream.client import Client
from bridge.vault import key_place

_NOT_KEPT = "Nothing was stored."


def submit() -> Response:
    """Keep the key that was pasted, once Intervals.icu has said yes to it."""
    account = _account()
    try:
        key = clean_key(request.form.get("api_key", ""))
    except ValueError as error:
        raise _refused(422, str(error)) from None
    _check_live(key)
    place = key_place(account.athlete, account.credential_version + 1)
    _keep(account, services().vault.seal(key, place))
    return go_to("/#connect")


def leave() -> Response:
    """Forget the key: devices stay, and are told that there is no key."""
    _keep(_account(), None)
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
    except (UpstreamRefused, UpstreamForbidden, NotFound):
        raise _refused(
            422,
            "Intervals.icu does not accept this key. Copy it again from its settings, "
            "under Developer settings; a new key ends the old one.",
        ) from None
    except BridgeError as error:
        raise _refused(error.status, sentence_of(error)) from None


def _refused(status: int, sentence: str) -> PageRefused:
    sentence = f"{sentence} {_NOT_KEPT}"
    return PageRefused(status, "not_connected", "Not connected", sentence)
