"""Keeps upstream's credentials out of what passes through the raw doors."""

from __future__ import annotations

import msgspec

SECRET_KEYS = frozenset(
    {"icu_api_key", "icu_friend_invite_token", "shareToken", "password"}
)


def without_secrets(value: object) -> object:
    """Return JSON values without the secret keys, at any depth."""
    if isinstance(value, dict):
        kept = ((key, inner) for key, inner in value.items() if key not in SECRET_KEYS)
        return {key: without_secrets(inner) for key, inner in kept}
    if isinstance(value, list):
        return [without_secrets(inner) for inner in value]
    return value


def secret_in(value: object) -> str | None:
    """Return the name of a secret key that stands anywhere in ``value``."""
    if isinstance(value, dict):
        for key, inner in value.items():
            found = key if key in SECRET_KEYS else secret_in(inner)
            if found:
                return found
    if isinstance(value, list):
        return next(filter(None, map(secret_in, value)), None)
    return None


def scrub(body: bytes) -> bytes:
    """Return a JSON body without secrets; untouched where it holds none.

    Raises
    ------
    msgspec.DecodeError
        If it names a secret and cannot be read as JSON.
    """
    if not any(key.encode() in body for key in SECRET_KEYS):
        return body
    return msgspec.json.encode(without_secrets(msgspec.json.decode(body)))


def names_secret(body: bytes) -> str | None:
    """Return the secret key a request body would write, if any."""
    try:
        return secret_in(msgspec.json.decode(body))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return next((key for key in SECRET_KEYS if key.encode() in body), None)
