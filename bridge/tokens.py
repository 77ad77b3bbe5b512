"""Device tokens: signed names of device rows, nothing more.

A token carries only the device's id. What the device may do, until when, and for
whom stands in its row, so that all of it can change while the token stays the same.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from base64 import b32encode
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeVar

from itsdangerous import BadSignature, Signer
from itsdangerous.encoding import base64_decode, base64_encode

from bridge.errors import TokenExpired, TokenForged, TokenRevoked

PREFIX = "icb_"
LONGEST_TOKEN = 512
HOOK_PREFIX = "wh_"
LARGEST_WEBHOOK = 256 * 1024  # bytes
_HOOK_SIGNS = 26  # of 5 bits each

_SHAPE = re.compile(r"icb_([0-9A-Za-z]{1,64})\.([0-9A-Za-z_-]{43})", re.ASCII)


class Purpose(StrEnum):
    """What a signature is for: the salt, so that none passes for another."""

    DEVICE = "intervals-bridge device token"
    DOWNLOAD = "intervals-bridge download link"
    PAIRING = "intervals-bridge pairing"
    SESSION = "intervals-bridge session"
    FORM = "intervals-bridge form"
    WEBHOOK = "intervals-bridge address of webhooks"
    MADE = "intervals-bridge made by a form"


def hook_key(secret_key: str) -> str:
    """Return what nobody guesses of the address of webhooks: ``wh_`` and 26 signs."""
    signer = Signer(
        secret_key,
        salt=Purpose.WEBHOOK,
        key_derivation="hmac",
        digest_method=hashlib.sha256,
    )
    signs = b32encode(signer.derive_key()).decode().lower()
    return HOOK_PREFIX + signs[:_HOOK_SIGNS]


def hook_path(secret_keys: Sequence[str]) -> str:
    """Return the path under which webhooks come, by the newest secret key."""
    return f"/webhooks/intervals/{hook_key(secret_keys[-1])}"


def is_hook_key(sent: str, secret_keys: Sequence[str]) -> bool:
    """Tell whether it is that of any secret key, in the same time for each answer."""
    return sum(is_same(sent, hook_key(key)) for key in secret_keys) > 0  # all, always


def is_same(sent: str, known: str) -> bool:
    """Tell whether two texts are the same, in the same time for each answer."""
    return hmac.compare_digest(sent.encode("utf-8", "replace"), known.encode())


class DeviceRow(Protocol):
    """What must be known of a device to let it in."""

    @property
    def expires_at(self) -> datetime | None:
        """The instant from which it is refused."""

    @property
    def revoked_at(self) -> datetime | None:
        """The instant at which it was shut out."""


D = TypeVar("D", bound=DeviceRow)
Row_co = TypeVar("Row_co", bound=DeviceRow, covariant=True)


class DeviceRows(Protocol[Row_co]):
    """Where device rows are read: the store's ``devices``."""

    def find(self, device_id: str, /) -> Row_co | None:
        """Return the row as it is now."""


class Tokens:
    """Signs device ids with SHA-256 and reads them back.

    Parameters
    ----------
    secret_keys
        Oldest first: the last signs, each is accepted.
    purpose
        What is signed; a token for one purpose is forged for every other.
    """

    def __init__(
        self, secret_keys: Sequence[str], *, purpose: Purpose = Purpose.DEVICE
    ) -> None:
        if not secret_keys or not all(secret_keys):
            raise ValueError("tokens need a secret key")
        self._signer = Signer(
            list(secret_keys),
            salt=purpose,
            sep=".",
            key_derivation="hmac",
            digest_method=hashlib.sha256,
        )

    def issue(self, device_id: str) -> str:
        """Return the token of ``device_id``: letters, digits, ``_``, ``-``, one dot."""
        token = PREFIX + self._signer.sign(device_id).decode()
        if not _SHAPE.fullmatch(token):
            raise ValueError("a device id is made of letters and digits")
        return token

    def read(self, token: str) -> str:
        """Return the device id in ``token``.

        Raises
        ------
        TokenForged
            For every text but the exact one that ``issue`` returned, under one of
            the keys. A signature can be spelled in several ways in base64; only
            one is accepted, so that a token can be compared and masked as text.
        """
        shape = _SHAPE.fullmatch(token) if len(token) <= LONGEST_TOKEN else None
        if shape is None:
            raise TokenForged(f"not a device token: {mask(token)}")
        device_id, signature = shape.groups()
        if base64_encode(base64_decode(signature)) != signature.encode():
            raise TokenForged(f"signature altered: {mask(token)}")
        try:
            self._signer.unsign(token.removeprefix(PREFIX))
        except BadSignature:
            # from None: the exception below carries the text that was signed
            raise TokenForged(f"wrong signature: {mask(token)}") from None
        return device_id


def holds_more(text: str) -> bool:
    """Tell whether a token stands in a text that is more than the token."""
    return _SHAPE.search(text) is not None and _SHAPE.fullmatch(text) is None


def token_in(text: str) -> str | None:
    """Return what has the form of a token in a text; None where nothing has."""
    found = _SHAPE.search(text[:LONGEST_TOKEN])
    return None if found is None else found[0]


def authenticate(
    tokens: Tokens, devices: DeviceRows[D], token: str, now: datetime
) -> D:
    """Return the row of the device that ``token`` names, read this instant.

    Raises
    ------
    TokenForged, TokenRevoked, TokenExpired
        All 401. A device whose row is gone, with its athlete, counts as revoked.
    """
    device_id = tokens.read(token)
    device = devices.find(device_id)
    if device is None or device.revoked_at is not None:
        raise TokenRevoked(mask(token))
    if device.expires_at is not None and device.expires_at <= now:
        raise TokenExpired(mask(token))
    return device


def mask(token: str) -> str:
    """Return what a log may show: the device's id, or how long the text was.

    Anything that is not shaped like a token may be another secret, typically the
    athlete's API key, so that not one character of it is shown.
    """
    shape = _SHAPE.fullmatch(token) if len(token) <= LONGEST_TOKEN else None
    if shape is None:
        return f"({len(token)} characters)"
    return f"{PREFIX}{shape.group(1)}.***"
