"""Judge how a request says who is asking: Basic, user ``API_KEY``, and the key."""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error as Base64Error
from difflib import get_close_matches
from urllib.parse import unquote

from bridge.domain.doctor.request.address import Address
from bridge.domain.doctor.request.characters import (
    BLANKS,
    EDGE,
    INVISIBLE,
    LINE_BREAKS,
    QUOTES,
    bare,
    has_any,
    without_invisible,
)
from bridge.domain.doctor.request.model import Cause, Credential, Request, cause
from bridge.masking import MOST_SECRETS

USER = "API_KEY"
BRIDGE_TOKEN = "icb_"  # noqa: S105 - the prefix of device tokens, not a token
HEADER = "the Authorization header"
_DECODED = "the decoded Authorization header"
_LONGEST_BASE64 = 8192

_SECRET_HEADERS = frozenset(
    {
        "x-api-key", "api-key", "apikey", "api_key", "x-apikey", "x-api-token",
        "api-token", "x-auth-token", "auth-token", "x-access-token", "access-token",
        "token", "x-token", "auth", "x-auth", "x-authorization", "authentication",
        "authorisation", "key", "x-key", "password", "api key", "x-intervals-key",
        "x-intervals-api-key", "intervals-api-key", "bearer", "basic",
    }
)  # fmt: skip
SECRET_QUERY = frozenset(
    {
        "api_key", "apikey", "api-key", "key", "token", "access_token", "auth",
        "authorization", "password", "pass", "x-api-key", "secret", "bearer",
        "api_token", "auth_token", "icu_api_key", "apitoken", "user_key",
    }
)  # fmt: skip
_SCHEMES = frozenset(
    {"basic", "bearer", "token", "apikey", "api-key", "api_key", "key", "digest"}
)

_ATHLETE_ID = re.compile(r"[iI]{1,2}\d{1,9}|0")
_KEY_NAME = re.compile(r"api[\s_.-]?keys?", re.IGNORECASE)
_PLACEHOLDER = re.compile(
    r"[<{\[(].{0,80}[>}\])]|x{3,}|\.{3,}|…|(?:your|my|the)?[\s_-]*"
    r"(?:intervals(?:\.icu)?)?[\s_-]*(?:api[\s_-]*)?(?:key|token|password)(?:[\s_-]*here)?",
    re.IGNORECASE,
)
_VARIABLE = re.compile(r"\$\{?\(?\w{1,60}.{0,20}|%\w{1,60}%|\{\w{1,60}\}")
_MASKED = re.compile(r"[*•●·#]{3,}")
_MAYBE_OAUTH = re.compile(r".{37}|[._~-]|[A-Z].*[a-z]|[a-z].*[A-Z]", re.DOTALL)
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]+={0,2}")
_HARMLESS = {ord(char): None for char in BLANKS + INVISIBLE + LINE_BREAKS}


# Where a request says who is asking


def find_credentials(request: Request, address: Address | None) -> list[Credential]:
    """Return every part of the request that is meant to say who is asking."""
    credentials = [Credential(source="login", value=one) for one in request.logins]
    for name, value in request.headers:
        lowered = name.lower().strip()
        if lowered == "authorization":
            credentials.append(Credential(source="header", value=value))
        elif lowered in _SECRET_HEADERS or _is_misspelt(lowered):
            one = Credential(source="named_header", value=value, name=lowered)
            credentials.append(one)
    if address is not None and address.login:
        credentials.append(Credential(source="url", value=address.login))
    for name, value in (*request.query, *(address.query if address else ())):
        if name.lower() in SECRET_QUERY:
            one = Credential(source="query", value=value, name=name.lower())
            credentials.append(one)
    return credentials[: MOST_SECRETS + 1]


def _is_misspelt(name: str) -> bool:
    return bool(get_close_matches(name[:40], ["authorization"], cutoff=0.75))


def secrets_of(credentials: list[Credential], request: Request) -> list[str]:
    """Return everything in the credentials that must never be repeated."""
    secrets = [value for name, value in request.headers if name.lower() == "cookie"]
    for credential in credentials:
        value = credential.value
        _, rest = without_scheme(value)
        secrets += [unquote(value), *_login_secrets(value), *_login_secrets(rest)]
        inner = decoded(rest)
        for _ in range(3):  # base64 of base64 of base64 is not seen in the wild
            if inner is None:
                break
            secrets += _login_secrets(inner)
            inner = decoded(inner)
    return [one for one in secrets if one]


def _login_secrets(pair: str) -> list[str]:
    parts = [pair, *pair.split(":", 8)]
    return [
        part
        for part in (*parts, *map(bare, parts))
        if part and not _KEY_NAME.fullmatch(part) and not _MASKED.fullmatch(part)
    ]


def shows_key(credential: Credential) -> bool:
    """Say whether a real key stands there, not a gap, a variable or stars."""
    key = bare(without_scheme(credential.value)[1].rpartition(":")[2])
    return len(key) >= 8 and not any(
        pattern.fullmatch(key) for pattern in (_MASKED, _VARIABLE, _PLACEHOLDER)
    )


# What is wrong about it


def check_credentials(credentials: list[Credential]) -> list[Cause]:
    """Return what is wrong about the sign-in."""
    if not credentials:
        return [cause("no_credentials")]
    causes: list[Cause] = []
    for credential in credentials:
        causes += _check(credential)
    sources = {one.source for one in credentials}
    if "header" in sources and sources & {"login", "url"}:
        causes.append(cause("two_credentials"))
    return causes


def _check(credential: Credential) -> list[Cause]:
    match credential.source:
        case "login":
            return _check_login(credential.value, "the user name and password")
        case "url":
            inside = _check_login(credential.value, "the web address")
            return [cause("key_in_url"), *inside]
        case "header":
            return _check_authorization(credential.value)
        case "query":
            return [cause("key_in_query", name=credential.name)]
        case "named_header":
            return [cause("header_name_wrong", name=credential.name)]


def _check_login(pair: str, where: str) -> list[Cause]:
    """Return what is wrong about ``user:key``; ``where`` says where it stood."""
    user, _, key = pair.partition(":")
    causes = _check_surroundings(key, where)
    if bare(user) not in ("", user):
        causes.append(cause("user_blanks", where=where))
    code = _login_code(bare(user), bare(key))
    return [*causes, cause(code, where=where)] if code else causes


def _login_code(user: str, key: str) -> str:
    if not key:
        known = not user or _KEY_NAME.fullmatch(user)
        other = _ATHLETE_ID.fullmatch(user) or "@" in user
        return "key_missing" if known else "user_other" if other else "key_as_user"
    if user == USER:
        return _key_code(key)
    if user and key == USER:
        return "user_and_key_swapped"
    if _KEY_NAME.fullmatch(user):
        return "user_spelling"
    return "user_other"


def _key_code(key: str) -> str:
    """Return what is wrong about the key itself, surroundings apart; "" if nothing."""
    if _MASKED.fullmatch(key):
        return ""
    if key.upper().startswith(f"{USER}:") or (
        without_scheme(key)[0] in ("basic", "bearer")
    ):
        return "key_with_more"
    if _VARIABLE.fullmatch(key):
        return "key_variable"
    if _PLACEHOLDER.fullmatch(key):
        return "key_placeholder"
    if key.startswith(BRIDGE_TOKEN):
        return "bridge_token"
    return "id_as_key" if _ATHLETE_ID.fullmatch(key) else ""


def _check_surroundings(key: str, where: str) -> list[Cause]:
    """Return which unwanted characters stand in or round ``key``."""
    middle = bare(key)
    if _PLACEHOLDER.fullmatch(key) or not middle:
        return []
    inner = without_invisible(key)
    edges = inner[: len(inner) - len(inner.lstrip(EDGE))]
    edges += inner[len(inner.rstrip(EDGE)) :]
    within = "" if _VARIABLE.fullmatch(middle) else middle
    seen = {
        "key_line_break": has_any(edges, LINE_BREAKS),
        "key_blanks": has_any(edges, BLANKS) or has_any(within, BLANKS + LINE_BREAKS),
        "key_quotes": has_any(edges, QUOTES),
        "key_invisible": has_any(key, INVISIBLE),
    }
    return [cause(code, where=where) for code, is_seen in seen.items() if is_seen]


def _check_authorization(value: str) -> list[Cause]:
    causes: list[Cause] = []
    if value.strip()[:1] in tuple(QUOTES) and value.strip():
        causes.append(cause("key_quotes", where=HEADER))
        value = bare(value)
    scheme, rest = without_scheme(value)
    if not bare(rest):
        return [*causes, cause("key_missing", where=HEADER)]
    match scheme:
        case "basic":
            return causes + _check_basic(rest)
        case "bearer":
            surroundings = _check_surroundings(rest, HEADER)
            return [*causes, *surroundings, _check_bearer(bare(rest))]
        case _:
            return [*causes, cause("scheme_missing")]


def _check_bearer(token: str) -> Cause:
    if token.startswith(BRIDGE_TOKEN):
        return cause("bridge_token", where=HEADER)
    if ":" in token or ":" in (decoded(token) or ""):
        return cause("bearer_with_pair")
    named = _VARIABLE.fullmatch(token) or _PLACEHOLDER.fullmatch(token)
    if _MAYBE_OAUTH.search(token) and not named:
        return cause("bearer_maybe_oauth")
    return cause("bearer_with_api_key")


def _check_basic(value: str) -> list[Cause]:
    credentials = bare(value)
    causes: list[Cause] = []
    if has_any(value.strip(), " \t\r\n") and ":" not in value:
        causes.append(cause("basic_line_break"))
    elif value.strip() != credentials:
        causes += _check_surroundings(value, HEADER)
    if _MASKED.fullmatch(credentials) or _VARIABLE.fullmatch(credentials):
        return causes
    text = decoded(credentials)
    if text is None:
        if ":" not in credentials and _PLACEHOLDER.fullmatch(credentials):
            return [*causes, cause("key_placeholder", where=HEADER)]
        inside = _check_login(credentials, HEADER) if ":" in credentials else []
        return [*causes, cause("basic_not_base64"), *inside]
    return causes + _check_decoded(text)


def _check_decoded(text: str) -> list[Cause]:
    if without_scheme(text)[0] in ("basic", "bearer") or ":" in (decoded(text) or ""):
        return [cause("basic_twice")]
    if ":" in text:
        return _check_login(text.rstrip("\0"), _DECODED)
    if _KEY_NAME.fullmatch(bare(text)):
        return [cause("key_missing", where=HEADER)]
    return [cause("basic_key_alone")]


# What a text that stands for a key really is


def is_bridge_token(credential: Credential) -> bool:
    """Say whether a device token of a bridge stands there, in base64 or plain."""
    inside = decoded(without_scheme(credential.value)[1]) or ""
    return BRIDGE_TOKEN in credential.value or BRIDGE_TOKEN in inside


def decoded(text: str) -> str | None:
    """Return what base64 ``text`` says, None where it is no base64 of a text."""
    compact = "".join(text.split())[:_LONGEST_BASE64]
    if len(compact) < 4 or not _BASE64.fullmatch(compact):
        return None
    plain = compact.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        inside = b64decode(plain + "=" * (-len(plain) % 4)).decode("utf-8")
    except (Base64Error, UnicodeDecodeError):
        return None
    letters = inside.rstrip("\r\n\0").translate(_HARMLESS)
    return inside if letters and letters.isprintable() else None


def without_scheme(value: str) -> tuple[str, str]:
    """Split an Authorization value into its scheme, in lower case, and the rest."""
    cleaned = value.strip()
    first, _, rest = cleaned.partition(" ")
    if ":" not in first or first.rstrip(":").lower() in ("basic", "bearer"):
        scheme = bare(first).rstrip(":").lower()
        if scheme in _SCHEMES:
            return scheme, rest
    return "", cleaned
