"""Sign by an HTTP relay: ``POST /sign`` to a service that has a Mac.

The relay sees every action and every text of the shortcut. Templates hold no secrets,
and ``leaks`` looks again before anything is sent.
"""

from __future__ import annotations

import ipaddress
import plistlib
from urllib.parse import SplitResult, urlsplit

import requests
from requests.adapters import BaseAdapter

from bridge.errors import BridgeError
from bridge.shortcuts.signing.container import MAX_FILE_BYTES
from bridge.shortcuts.signing.refusals import SigningFailed
from bridge.shortcuts.signing.workflow import read_workflow

TIMEOUT_S = 90.0
PATH = "/sign"

_CHUNK_BYTES = 65_536
_WIRE = (requests.RequestException, OSError, BridgeError)


def sign_relay(
    name: str,
    unsigned: bytes,
    *,
    url: str,
    adapter: BaseAdapter,
    timeout_s: float = TIMEOUT_S,
) -> bytes:
    """Return ``unsigned`` as a relay had it signed.

    Parameters
    ----------
    name
        The name of the shortcut, without extension.
    unsigned
        The ``.shortcut`` file; it is sent as XML.
    url
        The relay's address, with or without ``/sign``; https, or loopback.
    adapter
        The wire. It has to end ``timeout_s`` seconds after the start, whatever the
        relay does.
    timeout_s
        Seconds from the first byte sent to the last one read.

    Raises
    ------
    SigningFailed
        If the address will not do, or the relay answers with anything else than 200
        and bytes that begin like a signed file.
    """
    target = read_url(url)
    workflow = read_workflow(unsigned, "the unsigned build")
    xml = plistlib.dumps(workflow, fmt=plistlib.FMT_XML).decode()
    with requests.Session() as session:
        session.trust_env = False
        session.mount("https://", adapter)
        session.mount("http://", adapter)
        try:
            response = session.post(
                target,
                json={"shortcutName": name, "shortcut": xml},
                headers={"Accept-Encoding": "identity"},
                timeout=timeout_s,
                allow_redirects=False,
                stream=True,
            )
            with response:
                return _read(response)
        except _WIRE as exc:
            raise SigningFailed("the relay did not answer, or not in time") from exc


def read_url(url: str) -> str:
    """Return the address to post to.

    Raises
    ------
    SigningFailed
        If it is not https, or carries a password or a query.
    """
    parts = _split(url)
    if parts.username or parts.password or parts.query or parts.fragment:
        raise SigningFailed("a relay's address has no password, query or fragment")
    local = parts.scheme == "http" and _is_loopback(parts.hostname or "")
    if not parts.hostname or not (parts.scheme == "https" or local):
        raise SigningFailed("a relay's address begins with https://")
    path = parts.path.rstrip("/").removesuffix(PATH)
    return parts._replace(path=path + PATH).geturl()


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as exc:
        raise SigningFailed("a relay's address is not an address") from exc
    return parts


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _read(response: requests.Response) -> bytes:
    if response.status_code != requests.codes.ok:
        raise SigningFailed(f"the relay refused with {response.status_code}")
    content = bytearray()
    for piece in response.iter_content(_CHUNK_BYTES):
        content += piece
        if len(content) > MAX_FILE_BYTES:
            raise SigningFailed("the relay sent more than a shortcut can have")
    return bytes(content)
