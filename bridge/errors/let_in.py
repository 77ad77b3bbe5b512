"""Who asks may not, or the bridge is not ready to let anybody in."""

from __future__ import annotations

from bridge.errors.base import BridgeError


class NotSignedIn(BridgeError):
    """No device token came with the request."""

    status = 401
    code = "token_missing"


class TokenForged(NotSignedIn):
    """The token is none of ours, was altered or cut short."""

    code = "token_invalid"


class TokenExpired(NotSignedIn):
    """The token was ours, and its time is over."""

    code = "token_expired"


class TokenRevoked(NotSignedIn):
    """The token was ours, and its device was revoked."""

    code = "token_revoked"


class ScopeTooSmall(BridgeError):
    """The device may not do this; words: ``scope`` (the one it needs)."""

    status = 403
    code = "scope_too_small"


class StoreDown(BridgeError):
    """The database does not answer: locked, full, unreachable, broken or emptied."""

    status = 503
    code = "store_down"


class VaultClosed(BridgeError):
    """A sealed key does not open: altered, moved, or its secret key is gone."""

    status = 503
    code = "vault_closed"


class NoApiKey(BridgeError):
    """The bridge has no Intervals.icu API key yet."""

    status = 503
    code = "no_api_key"
