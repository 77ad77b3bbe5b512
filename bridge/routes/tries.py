"""Tries of a phone that failed: what was wrong, for the page that waits for it.

Only what brings a token of our form is noted, and of it nothing but its device: who
scans an address brings none, and cannot write a word on that page.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from flask import request

from bridge.addresses import address_of, is_within
from bridge.errors import (
    BridgeError,
    HeaderUnclear,
    NotSignedIn,
    ScopeTooSmall,
    StoreDown,
    TokenExpired,
    TokenForged,
    TokenRevoked,
    UnknownPath,
    WrongMethod,
)
from bridge.routes.address import client_address
from bridge.routes.guard import token_sent
from bridge.services import services
from bridge.tokens import authenticate, token_in

if TYPE_CHECKING:
    from bridge.store.facts import TryCause

_TELLING = (NotSignedIn, ScopeTooSmall, UnknownPath, WrongMethod)


def note_failed_try(error: BridgeError) -> None:
    """Note why a phone was refused, as often as its address may try.

    It fails for nothing: a database that is away notes nothing.
    """
    token = _token() if isinstance(error, _TELLING) else None
    if token is None:
        return
    known = services()
    now = known.clock()
    if not known.phone_tries.may(client_address(), now):
        return
    from bridge.store.facts import FailedTry

    with suppress(StoreDown):
        cause, device_id = _judge(error, token)
        tried = FailedTry(cause=cause, device_id=device_id, at=now)
        known.store.facts.note_failed_try(tried)


def _token() -> str | None:
    """Return the token in the header, also where that is not as it has to be."""
    try:
        return token_in(token_sent())
    except NotSignedIn:
        return token_in(",".join(request.headers.getlist("Authorization")))


def _judge(error: BridgeError, token: str) -> tuple[TryCause, str]:
    """Return what was wrong, and whose token it was; "" where nobody's is."""
    known = services()
    try:
        device_id = known.tokens.read(token)
        authenticate(known.tokens, known.store.devices, token, known.clock())
    except TokenForged:
        return "unknown", ""
    except (TokenRevoked, TokenExpired):
        return "old", device_id
    if _came_by_http():
        return "http", device_id
    if isinstance(error, HeaderUnclear):
        return "header", device_id
    return "scope" if isinstance(error, ScopeTooSmall) else "path", device_id


def _came_by_http() -> bool:
    """Tell whether a proxy of ours saw http where the address is one of https."""
    known = services()
    if not known.public_url.startswith("https:"):
        return False
    trusted = known.config.trusted_proxies
    scheme = request.headers.get("X-Forwarded-Proto", "").strip().lower()
    return scheme == "http" and is_within(
        address_of(request.remote_addr or ""), trusted
    )
