"""Judge the value of an Authorization header."""

from __future__ import annotations

from bridge.domain.doctor.request import keys
from bridge.domain.doctor.request.characters import QUOTES, bare, has_any
from bridge.domain.doctor.request.login import check_key_surroundings, check_login
from bridge.domain.doctor.request.model import Seen, seen

HEADER = "the Authorization header"


def check_authorization(value: str) -> list[Seen]:
    """Return what is wrong about the header ``Authorization: value``."""
    named_twice, value = _without_name(value)
    found = [seen("header_name_twice")] if named_twice else []
    if value.strip()[:1] in tuple(QUOTES) and value.strip():
        found.append(seen("key_quotes", where=HEADER))
        value = bare(value)
    scheme, rest = keys.without_scheme(value)
    match scheme:
        case "basic":
            return found + _check_basic(rest)
        case "bearer":
            return found + _check_bearer(rest)
        case "":
            return found + _check_bare(rest)
        case _:
            return [*found, seen("scheme_unknown")]


def _without_name(value: str) -> tuple[bool, str]:
    name, colon, rest = value.strip().partition(":")
    if colon and name.strip().lower() == "authorization":
        return True, rest.strip()
    return False, value


def _check_bare(value: str) -> list[Seen]:
    if not bare(value):
        return [seen("key_missing", where=HEADER)]
    return [seen("scheme_missing_basic" if _pair_in(value) else "scheme_missing_key")]


def _pair_in(value: str) -> bool:
    return ":" in value or keys.decoded_pair(bare(value)) is not None


def _check_bearer(value: str) -> list[Seen]:
    token = bare(value)
    if not token:
        return [seen("key_missing", where=HEADER)]
    found = check_key_surroundings(value, HEADER)
    if token.startswith(keys.BRIDGE_TOKEN):
        return [*found, seen("bridge_token", where=HEADER)]
    if _pair_in(token):
        return [*found, seen("bearer_with_pair")]
    named = keys.is_variable(token) or keys.is_placeholder(token)
    if keys.looks_like_oauth(token) and not named:
        return [*found, seen("bearer_maybe_oauth")]
    return [*found, seen("bearer_with_api_key")]


def _check_basic(value: str) -> list[Seen]:
    credentials = bare(value)
    if not credentials:
        return [seen("key_missing", where=HEADER)]
    found: list[Seen] = []
    if has_any(value.strip(), " \t\r\n") and ":" not in value:
        found.append(seen("basic_line_break"))
    elif value.strip() != credentials:
        found += check_key_surroundings(value, HEADER)
    if keys.is_masked(credentials) or keys.is_variable(credentials):
        return found
    text = keys.decoded(credentials)
    if text is None:
        return found + _check_unreadable(credentials)
    return found + _check_decoded(text)


def _check_unreadable(credentials: str) -> list[Seen]:
    if ":" in credentials:
        return [seen("basic_not_encoded"), *check_login(credentials, HEADER)]
    if keys.is_placeholder(credentials):
        return [seen("key_placeholder", where=HEADER)]
    return [seen("basic_not_base64")]


def _check_decoded(text: str) -> list[Seen]:
    named = keys.without_scheme(text)[0] in ("basic", "bearer")
    if named or keys.decoded_pair(text.strip()):
        return [seen("basic_twice")]
    if ":" not in text:
        return [_without_colon(text)]
    found: list[Seen] = []
    if text.endswith(("\n", "\r")):
        found.append(seen("basic_trailing_newline"))
    return found + check_login(
        text.rstrip("\r\n\0"), "the decoded Authorization header"
    )


def _without_colon(text: str) -> Seen:
    if "%3a" in text.lower():
        return seen("basic_percent")
    if keys.is_api_key_word(bare(text)):
        return seen("key_missing", where=HEADER)
    return seen("basic_key_alone")
