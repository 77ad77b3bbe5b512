"""Where the phone reaches the bridge: what it could be, and keeping what was tried.

The operator's setting wins. Else only the owner's click changes it, and only to an
address where this very bridge answers.
"""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
from contextlib import closing
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from flask import request

from bridge.addresses import address_of, is_private_name, is_within
from bridge.config import is_loopback, read_public_url
from bridge.services import reach, services
from bridge.store.facts import PUBLIC_URL

Way = Literal["tailscale", "home", "browser", "own"]
_TAILSCALE = ("tailscale", "/Applications/Tailscale.app/Contents/MacOS/Tailscale")
_TAILSCALE_S = 2.0
_ANYWHERE = ("0.0.0.0", "::")  # noqa: S104  # compared
# Nothing is sent there: a route to it names this machine's own address.
_FAR_AWAY = (("192.0.2.1", socket.AF_INET), ("2001:db8::1", socket.AF_INET6))


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address that may be the phone's, and how it was come by."""

    way: Way
    url: str


def candidates() -> list[Candidate]:
    """Return what could be the phone's address, the best first."""
    known = [Candidate("tailscale", url) for url in _of_tailscale()]
    known += [Candidate("home", url) for url in _of_interfaces()]
    seen = _seen_by_browser()
    if seen and seen not in {each.url for each in known}:
        known.append(Candidate("browser", seen))
    return known


def keep(text: str) -> str:
    """Keep the address if this bridge answers there.

    Returns
    -------
    str
        Why not, as a word of ``setup_address``; "" where it is kept now.
    """
    try:
        url = read_public_url(text.strip())
    except ValueError:
        return "form"
    host = urlsplit(url).hostname or ""
    if is_loopback(host) or host in _ANYWHERE:
        return "loopback"
    if "." not in host and ":" not in host:
        return "no_dot"
    came = reach(url)
    if came != "ours":
        return came
    services().store.facts.keep(PUBLIC_URL, url)
    return ""


def put_off() -> None:
    """Keep that there is no address yet, and that the owner knows."""
    if services().store.facts.get(PUBLIC_URL) is None:
        services().store.facts.keep(PUBLIC_URL, "")


def is_answered() -> bool:
    """Tell whether there is an address, or its question was put off."""
    known = services()
    return (
        bool(known.config.public_url) or known.store.facts.get(PUBLIC_URL) is not None
    )


def is_here() -> bool:
    """Tell whether links lead to this machine alone, where no phone gets to."""
    host = urlsplit(services().address).hostname or ""
    return is_loopback(host) or host in _ANYWHERE


def listens_here() -> bool:
    """Tell whether the bridge listens to this machine alone."""
    return is_loopback(services().config.host)


def _of_tailscale() -> list[str]:
    program = next(filter(None, map(shutil.which, _TAILSCALE)), None)
    if program is None:
        return []
    try:
        said = subprocess.run(  # noqa: S603  # the program that was found
            [program, "status", "--json"],
            capture_output=True,
            timeout=_TAILSCALE_S,
            check=True,
        ).stdout
        name = str(json.loads(said)["Self"]["DNSName"]).rstrip(".")
    except (OSError, subprocess.SubprocessError, ValueError, KeyError, TypeError):
        return []
    url = f"https://{name}"
    try:
        return [read_public_url(url)] if "." in name else []
    except ValueError:
        return []


def _of_interfaces() -> list[str]:
    """Return the addresses of this machine in its own network, if it listens there."""
    config = services().config
    if config.host not in _ANYWHERE:
        own = address_of(config.host)
        only_here = own is None or own.is_loopback
        return [] if only_here else [config.address]
    hosts = [_own_address(*each) for each in _FAR_AWAY]
    name = socket.gethostname()
    if name.endswith(".local"):  # a Mac's, which stays when its number changes
        hosts.insert(0, name)
    near = [host for host in hosts if host and is_private_name(host)]
    # One number is enough, and the shorter is the one people know.
    near = [host for host in near if ":" not in host] or near
    shown = [f"[{host}]" if ":" in host else host for host in near]
    return [f"http://{host}:{config.port}" for host in shown]


def _own_address(far_away: str, family: socket.AddressFamily) -> str:
    try:
        with closing(socket.socket(family, socket.SOCK_DGRAM)) as probe:
            probe.connect((far_away, 9))
            host = str(probe.getsockname()[0])
    except OSError:
        return ""
    return "" if is_loopback(host) else host


def _seen_by_browser() -> str:
    """Return what stands in the browser's address field; a proxy tells its scheme."""
    scheme = request.scheme
    trusted = services().config.trusted_proxies
    if is_within(address_of(request.remote_addr or ""), trusted):
        scheme = request.headers.get("X-Forwarded-Proto", scheme).strip().lower()
    url = f"{scheme}://{request.host}"
    try:
        host = urlsplit(url).hostname or ""
        return "" if is_loopback(host) or "." not in host else read_public_url(url)
    except ValueError:
        return ""
