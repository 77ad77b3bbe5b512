"""Who knocks: the device token decides, nothing else in the request does."""

from __future__ import annotations

import binascii
from base64 import b64decode

from flask import g, request

from bridge.errors import NotSignedIn, ScopeTooSmall, TokenForged
from bridge.routes.route import Route
from bridge.services import services
from bridge.store.devices import Device
from bridge.tokens import authenticate

# The setup page puts a device here to try a shortcut. What a client sends stands in
# the environ under HTTP_… names only, so that nobody else can.
TRIED_BY = "bridge.tried_by"


def require_device(route: Route) -> None:
    """Let a device in whose scope is enough for ``route``.

    Raises
    ------
    NotSignedIn
        Without a token, or with one that is forged, expired or revoked.
    ScopeTooSmall
        If the device may not do this.
    """
    if route.scope is None:
        return
    known = services()
    now = known.clock()
    tried: Device | None = request.environ.get(TRIED_BY)
    device = tried or authenticate(known.tokens, known.store.devices, token_sent(), now)
    g.device, g.athlete = device, device.athlete
    if not device.allows(route.scope):
        raise ScopeTooSmall(f"{device.device_id} has {device.scope}", scope=route.scope)
    if tried is None:
        known.store.devices.touch(device, now)


def device() -> Device:
    """Return the device that was let in."""
    found: Device = g.device
    return found


def token_sent() -> str:
    """Return the token of ``Bearer <token>``, or of Basic with user ``API_KEY``.

    Raises
    ------
    NotSignedIn
        If the header is missing or empty.
    TokenForged
        If it is neither.
    """
    header = request.headers.get("Authorization", "").strip()
    kind, _, rest = header.partition(" ")
    if not rest.strip():
        raise NotSignedIn("no Authorization header with a token")
    match kind.lower():
        case "bearer":
            return rest.strip()
        case "basic":
            return _basic_password(rest.strip())
        case _:
            raise TokenForged("Authorization is neither Bearer nor Basic")


def _basic_password(encoded: str) -> str:
    try:
        pair = b64decode(encoded, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError) as error:
        raise TokenForged("Basic that is not base64") from error
    user, _, password = pair.partition(":")
    if user != "API_KEY" or not password:
        raise TokenForged("Basic without the user API_KEY or without a password")
    return password
