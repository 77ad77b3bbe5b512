"""Judge a user name and a key."""

from __future__ import annotations

from bridge.domain.doctor.request import keys
from bridge.domain.doctor.request.characters import (
    BLANKS,
    INVISIBLE,
    LINE_BREAKS,
    QUOTES,
    bare,
    has_any,
    without_invisible,
)
from bridge.domain.doctor.request.model import Seen, seen

USER = "API_KEY"
_ROUND = (  # what may stand round a key, and the code of the finding
    (LINE_BREAKS, "key_line_break"),
    (BLANKS, "key_blanks"),
    (QUOTES, "key_quotes"),
    (INVISIBLE, "key_invisible"),
)


def login_secrets(pair: str) -> list[str]:
    """Return the parts of ``user:key`` that must never be repeated."""
    parts = [pair, *pair.split(":", 8)]
    cleaned = [bare(part) for part in parts]
    return [
        part
        for part in (*parts, *cleaned)
        if part and not keys.is_api_key_word(part) and not keys.is_masked(part)
    ]


def check_login(pair: str, where: str) -> list[Seen]:
    """Return what is wrong about ``user:key``; ``where`` says where it stood."""
    user, _, key = pair.partition(":")
    found = _check_surroundings(user, key, where)
    user, key = bare(user), bare(key)
    if not key:
        return [*found, _without_key(user, where)]
    if user == USER:
        return [*found, *check_key(key, where)]
    return [*found, _wrong_user(user, key, where)]


def _check_surroundings(user: str, key: str, where: str) -> list[Seen]:
    found = []
    if user != bare(user) and bare(user):
        found.append(seen("user_blanks", where=where))
    return found + check_key_surroundings(key, where)


def check_key_surroundings(key: str, where: str) -> list[Seen]:
    """Return which unwanted characters stand in or round ``key``."""
    if keys.is_placeholder(key) or not bare(key):
        return []
    inner = without_invisible(key)
    edges = (
        inner[: len(inner) - len(inner.lstrip(_EDGE))]
        + inner[len(inner.rstrip(_EDGE)) :]
    )
    found = [
        seen(code, where=where) for set_, code in _ROUND[:3] if has_any(edges, set_)
    ]
    if has_any(key, INVISIBLE):
        found.append(seen("key_invisible", where=where))
    middle = bare(key)
    if has_any(middle, BLANKS + LINE_BREAKS) and not keys.is_variable(middle):
        found.append(seen("key_blank_within", where=where))
    return found


_EDGE = BLANKS + LINE_BREAKS + QUOTES


def _without_key(user: str, where: str) -> Seen:
    if not user or keys.is_api_key_word(user):
        return seen("key_missing", where=where)
    if keys.is_athlete_id(user) or "@" in user:
        return _wrong_user(user, "", where)
    return seen("key_as_user", where=where)


def _wrong_user(user: str, key: str, where: str) -> Seen:
    code = "user_and_key_swapped" if user and key == USER else _user_code(user)
    return seen(code, where=where)


def _user_code(user: str) -> str:
    if not user:
        return "user_missing"
    if keys.is_api_key_word(user):
        return "user_spelling"
    if keys.is_athlete_id(user) or user.isdecimal():
        return "user_is_athlete_id"
    if "@" in user:
        return "user_is_email"
    return "scheme_in_key" if user.lower() in ("basic", "bearer") else "user_other"


def check_key(key: str, where: str) -> list[Seen]:
    """Return what is wrong about the key itself, surroundings apart."""
    if keys.is_masked(key):
        return []
    code = _key_code(key)
    return [seen(code, where=where)] if code else []


def _key_code(key: str) -> str | None:
    scheme, _, _ = key.partition(" ")
    if key.upper().startswith(f"{USER}:"):
        return "key_with_user_name"
    if keys.is_variable(key):
        return "key_variable"
    if keys.is_placeholder(key):
        return "key_placeholder"
    if key.startswith(keys.BRIDGE_TOKEN):
        return "bridge_token"
    if scheme.lower() in ("basic", "bearer"):
        return "scheme_in_key"
    return "id_as_key" if keys.is_athlete_id(key) else None
