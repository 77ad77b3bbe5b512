"""The vault: seals API keys at rest, each bound to the row it lies in.

AES-256-GCM under a key derived from the secret keys. The row's identity is the
associated data: a sealed value that was moved to another row, altered, or whose
secret key was removed does not open.
"""

from __future__ import annotations

import binascii
import json
import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bridge.errors import VaultClosed

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE_BYTES = 12
_DERIVED_FOR = b"intervals-bridge vault"
_ANSWERS_DERIVED_FOR = b"intervals-bridge answers of upstream"
_SHAPE = re.compile(r"v1\.[0-9A-Za-z_-]{38,6000}={0,2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class SealContext:
    """What a sealed value belongs to; it opens as nothing else."""

    table: str
    column: str
    athlete: str
    version: int

    def encoded(self) -> bytes:
        """Return it as bytes that no other context has."""
        parts = [self.table, self.column, self.athlete, self.version]
        return json.dumps(parts).encode()


def key_context(athlete: str, version: int) -> SealContext:
    """Return what the API key of ``athlete`` belongs to."""
    return SealContext("athletes", "sealed_key", athlete, version)


class Vault:
    """Seals and opens short texts.

    Parameters
    ----------
    secret_keys
        Oldest first: the last seals, each opens.
    """

    def __init__(self, secret_keys: Sequence[str]) -> None:
        if not secret_keys or not all(secret_keys):
            raise ValueError("a vault needs a secret key")
        self._secret_keys = tuple(secret_keys)

    def seal(self, text: str, context: SealContext) -> str:
        """Return ``text`` sealed for ``context``: URL-safe, never the same."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        cipher = _cipher(self._secret_keys[-1])
        sealed = nonce + cipher.encrypt(nonce, text.encode(), context.encoded())
        return "v1." + urlsafe_b64encode(sealed).decode()

    def open(self, sealed: str, context: SealContext) -> str:
        """Return the text that was sealed for ``context``.

        Raises
        ------
        VaultClosed
            For everything else, whatever the cause: the answer tells nothing.
        """
        from cryptography.exceptions import InvalidTag

        nonce, body = _parts(sealed)
        for secret_key in reversed(self._secret_keys):
            try:
                text = _cipher(secret_key).decrypt(nonce, body, context.encoded())
            except InvalidTag:
                continue
            return text.decode()
        raise VaultClosed(f"{context.table}.{context.column} of {context.athlete}")


class Sealer:
    """Seals bytes that may be thrown away: what upstream answered.

    Only the newest secret key counts: with another one nothing opens, and is asked
    anew.
    """

    def __init__(self, secret_keys: Sequence[str]) -> None:
        self._secret_key = secret_keys[-1]
        self._made: AESGCM | None = None

    def seal(self, data: bytes, place: bytes) -> bytes:
        """Return ``data`` sealed for ``place``."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + self._cipher().encrypt(nonce, data, place)

    def open(self, sealed: bytes, place: bytes) -> bytes | None:
        """Return what was sealed for ``place``; None for everything else."""
        from cryptography.exceptions import InvalidTag

        nonce, body = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        try:
            return self._cipher().decrypt(nonce, body, place)
        except (InvalidTag, ValueError):
            return None

    def _cipher(self) -> AESGCM:
        self._made = self._made or _cipher(self._secret_key, _ANSWERS_DERIVED_FOR)
        return self._made


def _parts(sealed: str) -> tuple[bytes, bytes]:
    if not _SHAPE.fullmatch(sealed):
        raise VaultClosed("not a sealed value")
    try:
        raw = urlsafe_b64decode(sealed.removeprefix("v1."))
    except (binascii.Error, ValueError):
        raise VaultClosed("not a sealed value") from None
    return raw[:_NONCE_BYTES], raw[_NONCE_BYTES:]


def _cipher(secret_key: str, derived_for: bytes = _DERIVED_FOR) -> AESGCM:
    # 16 ms, at the first use
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=derived_for)
    return AESGCM(derive.derive(secret_key.encode()))
