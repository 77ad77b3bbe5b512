"""Get Contents of URL, over a real socket, with a phone's manners."""

from __future__ import annotations

import email.message
import http.client
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from typing import Any

from tests.player.content import File, RichText, RunStopped

_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))
_LOST = (urllib.error.URLError, http.client.HTTPException, OSError, ValueError)


@dataclass(frozen=True)
class Request:
    """What a shortcut wants from the web."""

    method: str
    url: str
    headers: dict[str, str]
    body: bytes | None
    timeout_s: float


def fetch(request: Request) -> Any:
    """Return what came, whatever its status code was: no shortcut can see it."""
    try:
        wanted = urllib.request.Request(
            urllib.parse.quote(request.url, safe=":/?#[]@!$&'()*+,;=%"),
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


def _content(body: bytes, headers: email.message.Message, url: str) -> Any:
    media_type = headers.get_content_type()
    charset = headers.get_content_charset()
    if media_type == "text/html":
        return RichText(body.decode(charset or "latin-1", "replace"))
    if media_type == "text/plain":
        # Without a charset a phone guesses, and gets an "ü" wrong.
        return body.decode(charset or "latin-1", "replace")
    path = urllib.parse.urlsplit(url).path
    name = headers.get_filename() or path.rsplit("/", 1)[-1] or "Contents of URL"
    return File(name, media_type, body)
