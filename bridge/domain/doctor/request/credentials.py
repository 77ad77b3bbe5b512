"""Judge how a request says who is asking."""

from __future__ import annotations

from difflib import get_close_matches
from urllib.parse import unquote

from bridge.domain.doctor.request.address import Address
from bridge.domain.doctor.request.authorization import check_authorization
from bridge.domain.doctor.request.keys import decoded, without_scheme
from bridge.domain.doctor.request.login import check_login, login_secrets
from bridge.domain.doctor.request.model import Credential, Request, Seen, seen
from bridge.domain.doctor.request.vocabulary import (
    PLAIN_HEADERS,
    SECRET_HEADERS,
    SECRET_QUERY,
)
from bridge.masking import MOST_SECRETS


def find_credentials(request: Request, address: Address | None) -> list[Credential]:
    """Return every place of the request that is meant to say who is asking."""
    found = [Credential(place="login", value=login) for login in request.logins]
    found += [
        credential
        for name, value in request.headers
        if (credential := _of_header(name, value))
    ]
    query = list(request.query)
    if address is not None:
        query += address.query
        if address.login:
            found.append(Credential(place="url", value=address.login))
    found += [
        Credential(place="query", value=value, name=name.lower())
        for name, value in query
        if name.lower() in SECRET_QUERY
    ]
    return found[: MOST_SECRETS + 1]


def _of_header(name: str, value: str) -> Credential | None:
    lowered = name.lower().strip()
    if lowered == "authorization":
        return Credential(place="header", value=value)
    if lowered in SECRET_HEADERS:
        return Credential(place="named_header", value=value, name=lowered)
    if lowered in PLAIN_HEADERS:
        return None
    misspelt = get_close_matches(lowered[:40], ["authorization"], cutoff=0.75)
    return (
        Credential(place="named_header", value=value, name="~authorization")
        if misspelt
        else None
    )


def secrets_of(credentials: list[Credential], request: Request) -> list[str]:
    """Return everything in the credentials that must never be repeated."""
    found = [value for name, value in request.headers if name.lower() == "cookie"]
    for credential in credentials:
        value = credential.value
        found += [value, unquote(value), *login_secrets(value)]
        _, rest = without_scheme(value)
        found += [rest, *login_secrets(rest)]
        inner = decoded(rest)
        for _ in range(3):  # base64 of base64 of base64 is not seen in the wild
            if inner is None:
                break
            found += [inner, *login_secrets(inner)]
            inner = decoded(inner)
    return [one for one in found if one]


def check_credentials(credentials: list[Credential]) -> list[Seen]:
    """Return what is wrong about the sign-in."""
    if not credentials:
        return [seen("no_credentials")]
    found: list[Seen] = []
    for credential in credentials:
        found += _check(credential)
    places = {one.place for one in credentials}
    if "header" in places and places & {"login", "url"}:
        found.append(seen("two_credentials"))
    return found


def _check(credential: Credential) -> list[Seen]:
    match credential.place:
        case "login":
            return check_login(credential.value, "the user name and password")
        case "url":
            inside = check_login(credential.value, "the web address")
            return [seen("key_in_url"), *inside]
        case "header":
            return check_authorization(credential.value)
        case "query":
            return [seen("key_in_query", name=credential.name)]
        case "named_header" if credential.name == "~authorization":
            return [seen("header_misspelt")]
        case "named_header":
            return [seen("header_name_wrong", name=credential.name)]
