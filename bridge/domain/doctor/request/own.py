"""Read a request that was meant for this bridge, offline, and say what is wrong."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches
from typing import NamedTuple

from bridge.domain.doctor.request.address import Address, read_address
from bridge.domain.doctor.request.characters import bare, well_formed
from bridge.domain.doctor.request.credentials import find_credentials, secrets_of
from bridge.domain.doctor.request.english_own import OWN
from bridge.domain.doctor.request.keys import (
    BRIDGE_TOKEN,
    decoded,
    is_masked,
    is_variable,
    without_scheme,
)
from bridge.domain.doctor.request.masking import Mask, named_secrets
from bridge.domain.doctor.request.model import (
    Credential,
    Diagnosis,
    Request,
    Seen,
    seen,
)
from bridge.domain.doctor.request.phrasing import phrase, summarise
from bridge.domain.doctor.request.reading import read_request

MOST_CHARACTERS = 65_536
_TOKEN = re.compile(r"icb_[0-9a-f]{16}\.[0-9A-Za-z_-]{43}", re.ASCII)
_BASIC_USER = seen("own_basic_user")
_PLACE = re.compile(r"<[^>]*>")


class Door(NamedTuple):
    """One address of the bridge."""

    method: str
    path: str  # with <places>, as the table of doors writes it
    needs_token: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What this bridge is called, and what it answers."""

    hosts: Collection[str]  # in small letters, with a port where one is written
    is_https: bool
    doors: Collection[Door]


def diagnose_own(text: str, site: Site) -> Diagnosis | None:
    """Read a request that was sent to this bridge.

    Parameters
    ----------
    text
        Whatever a user pastes; see :func:`bridge.domain.doctor.request.diagnose`.
    site
        The bridge that is asked.

    Returns
    -------
    Diagnosis
        The findings in the order in which the bridge looks; None where the request
        goes elsewhere. No field repeats a key or a token.
    """
    text = well_formed(text[:MOST_CHARACTERS])
    request = read_request(text)
    address = read_address(request.address) if request.address else None
    credentials = find_credentials(request, address)
    if address is None or not _comes_here(request, address, credentials, site):
        return None
    mask = Mask(secrets_of(credentials, request) + named_secrets(text))
    door, found = _check_path(request, address, site)
    if site.is_https and address.scheme == "http":
        found.append(seen("own_not_https"))
    if door is None or door.needs_token:
        found += _check_credentials(credentials)
    findings = tuple(phrase(one, OWN, mask) for one in found)
    return Diagnosis(
        findings=findings,
        summary=summarise(findings, OWN, "nothing_wrong"),
        corrected_curl=None,
        notes=(OWN.notes["unseen"],),
    )


def _comes_here(
    request: Request, address: Address, credentials: list[Credential], site: Site
) -> bool:
    host = address.host or (request.header("Host") or "").strip().lower()
    if host:
        return host in site.hosts
    has_token = any(BRIDGE_TOKEN in _inside(one.value) for one in credentials)
    return has_token and address.segments[:1] == ("v1",)


def _check_path(
    request: Request, address: Address, site: Site
) -> tuple[Door | None, list[Seen]]:
    path = "/" + "/".join(address.segments)
    doors = [door for door in site.doors if _pattern(door).fullmatch(path)]
    odd = {one.code for one in address.marks} & {"trailing_slash", "double_slash"}
    if not doors or odd:
        wanted = path if doors else _nearest(path, site)
        return None, [seen("own_path", path=path, wanted=wanted)]
    method = request.method or ("GET" if request.body is None else "POST")
    fitting = [door for door in doors if door.method == method]
    if fitting or method in ("HEAD", "OPTIONS"):
        return (fitting or doors)[0], []
    allowed = ", ".join(sorted({door.method for door in doors}))
    return doors[0], [seen("own_method", method=method, allowed=allowed)]


def _pattern(door: Door) -> re.Pattern[str]:
    literal = [re.escape(part) for part in _PLACE.split(door.path)]
    places = _PLACE.findall(door.path)
    kinds = [".+" if place.startswith("<path:") else "[^/]+" for place in places]
    return re.compile("".join(map("".join, zip(literal, [*kinds, ""], strict=True))))


def _nearest(path: str, site: Site) -> str:
    shown = {_PLACE.sub("ID", door.path) for door in site.doors if door.needs_token}
    near = get_close_matches(path[:100], sorted(shown), n=1, cutoff=0.6)
    return near[0] if near else "/openapi.json"


def _check_credentials(credentials: list[Credential]) -> list[Seen]:
    read = [one for one in credentials if one.place in ("header", "login")]
    if not read:
        return [seen("own_token_place" if credentials else "own_token_missing")]
    if read[0].place == "login":
        return _check_pair(read[0].value)
    scheme, rest = without_scheme(read[0].value)
    match scheme:
        case "bearer":
            return _check_token(bare(rest))
        case "basic":
            return _check_pair(_inside(read[0].value))
        case _:
            return [seen("own_bearer_missing"), *_check_token(bare(rest))]


def _check_pair(pair: str) -> list[Seen]:
    user, _, password = pair.partition(":")
    return _check_token(bare(password)) if user == "API_KEY" else [_BASIC_USER]


def _check_token(token: str) -> list[Seen]:
    if is_masked(token) or is_variable(token) or _TOKEN.fullmatch(token):
        return []
    if not token:
        return [seen("own_token_missing")]
    if f"#{BRIDGE_TOKEN}" in token:
        return [seen("own_setup_code")]
    if BRIDGE_TOKEN in token:
        return [seen("own_token_cut")]
    return [seen("own_not_a_token")]


def _inside(value: str) -> str:
    """Return what a sign-in says once its scheme and base64 are taken off."""
    scheme, rest = without_scheme(value)
    return (decoded(rest) or rest) if scheme == "basic" else rest
