"""Recognise what a text that stands for a key really is."""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error as Base64Error

from bridge.domain.doctor.request.characters import BLANKS, INVISIBLE, LINE_BREAKS, bare

BRIDGE_TOKEN = "icb_"  # noqa: S105 - the prefix of device tokens, not a token
LONGEST_KEY = 4096

_ATHLETE_ID = re.compile(r"[iI]{1,2}\d{1,9}|0")
_KEY_NAME = re.compile(r"api[\s_.-]?keys?", re.IGNORECASE)
_PLACEHOLDER = re.compile(
    r"[<{\[(].{0,80}[>}\])]|x{3,}|\.{3,}|…|(?:your|my|the)?[\s_-]*"
    r"(?:intervals(?:\.icu)?)?[\s_-]*(?:api[\s_-]*)?(?:key|token|password)(?:[\s_-]*here)?",
    re.IGNORECASE,
)
_VARIABLE = re.compile(r"\$\{?\(?\w{1,60}.{0,20}|%\w{1,60}%|\{\w{1,60}\}")
_MASKED = re.compile(r"[*•●·#]{3,}")
_OAUTH = re.compile(r"[._~-]|[A-Z].*[a-z]|[a-z].*[A-Z]")
_HARMLESS = {ord(char): None for char in BLANKS + INVISIBLE + LINE_BREAKS}
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]+={0,2}")


def is_api_key_word(user: str) -> bool:
    """Say whether ``user`` is ``API_KEY`` in some spelling."""
    return bool(_KEY_NAME.fullmatch(user))


def is_athlete_id(text: str) -> bool:
    """Say whether ``text`` has the shape of an athlete id."""
    return bool(_ATHLETE_ID.fullmatch(text))


def is_placeholder(key: str) -> bool:
    """Say whether ``key`` is a gap of an example that was never filled."""
    return bool(_PLACEHOLDER.fullmatch(key))


def is_variable(key: str) -> bool:
    """Say whether ``key`` is the name of a variable, to be filled elsewhere."""
    return bool(_VARIABLE.fullmatch(key))


def is_masked(key: str) -> bool:
    """Say whether ``key`` was hidden on purpose before it was pasted."""
    return bool(_MASKED.fullmatch(key))


def looks_like_oauth(token: str) -> bool:
    """Say whether ``token`` looks longer or richer than an API key."""
    return len(token) > 36 or bool(_OAUTH.search(token))


def looks_opaque(text: str) -> bool:
    """Say whether ``text`` looks like a key rather than like a word."""
    enough = len(text) >= 12 and text.isascii() and text.isalnum()
    return enough and any(c.isdigit() for c in text) and any(c.isalpha() for c in text)


def decoded(text: str) -> str | None:
    """Return what base64 ``text`` says, None where it is no base64 of a text."""
    compact = "".join(text.split())[: LONGEST_KEY * 2]
    if len(compact) < 4 or not _BASE64.fullmatch(compact):
        return None
    plain = compact.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        found = b64decode(plain + "=" * (-len(plain) % 4)).decode("utf-8")
    except (Base64Error, UnicodeDecodeError):
        return None
    letters = found.rstrip("\r\n\0").translate(_HARMLESS)
    return found if letters and letters.isprintable() else None


def decoded_pair(text: str) -> str | None:
    """Return ``user:key`` if base64 ``text`` says that, else None."""
    found = decoded(text)
    return found if found and ":" in found else None


def without_scheme(value: str) -> tuple[str, str]:
    """Split an Authorization value into its scheme, in lower case, and the rest."""
    cleaned = value.strip()
    first, _, rest = cleaned.partition(" ")
    if ":" not in first or first.rstrip(":").lower() in ("basic", "bearer"):
        scheme = bare(first).rstrip(":").lower()
        if scheme in KNOWN_SCHEMES:
            return scheme, rest
    return "", cleaned


KNOWN_SCHEMES = frozenset(
    {"basic", "bearer", "token", "apikey", "api-key", "api_key", "key", "digest"}
)
