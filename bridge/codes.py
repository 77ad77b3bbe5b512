"""The sign-in codes people copy from a console or another screen."""

from __future__ import annotations

import hmac
import re
import secrets
import unicodedata
from collections.abc import Sequence

# Without 0 and O, 1, I and L: what is read from one screen is typed on another.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 12
GROUP = 4
_PURPOSE = "intervals-bridge one-time code"  # a digest for nothing else

_CODE = re.compile(f"[{ALPHABET}]{{{LENGTH}}}", re.ASCII)
_BETWEEN = re.compile(r"[\s\-\u2010-\u2015\u200b\ufeff]+")


def new_code() -> str:
    """Return a fresh code such as ``7KQM-X2RB-9TPD``: 59 bits, for minutes.

    So long that nobody guesses it, and no count of wrong tries is needed with which a
    stranger could end the owner's code.
    """
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return in_groups(code)


def in_groups(code: str) -> str:
    """Return a code as it is shown."""
    return "-".join(code[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def read_code(text: str) -> str | None:
    """Return the code as it was made, however it was typed; None if it is none."""
    if len(text) > 100:
        return None
    code = _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).upper()
    return code if _CODE.fullmatch(code) else None


def digest(code: str, secret_keys: Sequence[str]) -> str:
    """Return what is kept of a code: its keyed SHA-256 under the newest key."""
    message = f"{_PURPOSE}\0{code.replace('-', '')}".encode()
    return hmac.new(secret_keys[-1].encode(), message, "sha256").hexdigest()
