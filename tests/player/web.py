"""Get Contents of URL, over a real socket, with a phone's manners."""

from __future__ import annotations

import email.message
import http.client
import json
import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from typing import Any

from tests.player.content import File, Items, RichText, RunStopped

_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))
_LOST = (urllib.error.URLError, http.client.HTTPException, OSError, ValueError)
# What data detectors take for an address: a scheme, a host, and all up to a blank …
_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
# … but not the marks of the sentence that it may end.
_END_OF_SENTENCE = ".,;:!?'’”)]}"


@dataclass(frozen=True)
class Request:
    """What a shortcut wants from the web."""

    method: str
    url: str
    headers: dict[str, str]
    body: bytes | None
    timeout_s: float


def detected_url(text: str) -> str:
    """Return the address that a phone sees in a text.

    A text becomes a URL as an address in a message becomes blue: a full stop at its
    end is not of it, nor is anything behind a blank, and a host of one word is none.
    """
    found = _ADDRESS.search(text)
    address = found[0].rstrip(_END_OF_SENTENCE) if found else ""
    host = urllib.parse.urlsplit(address).hostname or ""
    if "." not in host:
        raise RunStopped(f"Get Contents of URL: no address in “{text}”")
    return urllib.parse.quote(address, safe=":/?#[]@!$&'()*+,;=%")


def fetch(request: Request) -> Items:
    """Return what came, whatever its status code was: no shortcut can see it."""
    try:
        wanted = urllib.request.Request(
            request.url,
            data=request.body,
            headers=request.headers,
            method=request.method,
        )
        with _OPENER.open(wanted, timeout=request.timeout_s) as response:
            return _content(response.read(), response.headers, request.url)
    except urllib.error.HTTPError as error:
        with error:
            return _content(error.read(), error.headers, request.url)
    except _LOST as error:
        raise RunStopped(f"Get Contents of URL: {error}") from error


def _content(body: bytes, headers: email.message.Message, url: str) -> Items:
    media_type = headers.get_content_type()
    charset = headers.get_content_charset()
    if media_type == "text/html":
        return [RichText(body.decode(charset or "latin-1", "replace"))]
    if media_type == "text/plain":
        # Without a charset a phone guesses, and gets an "ü" wrong.
        return [body.decode(charset or "latin-1", "replace")]
    path = urllib.parse.urlsplit(url).path
    name = headers.get_filename() or path.rsplit("/", 1)[-1] or "Contents of URL"
    if media_type == "application/json":
        return _read_json(body, name)
    return [File(name, media_type, body)]


def _read_json(body: bytes, name: str) -> Items:
    """Return the dictionary that the action itself makes of JSON, never a file.

    A list becomes several items; what is not JSON stays a file of text.
    """
    try:
        read: Any = json.loads(body)
    except ValueError:
        read = None
    if isinstance(read, dict | list):
        return list(read) if isinstance(read, list) else [read]
    return [File(name, "text/plain", body)]  # a bare text or number is none either
