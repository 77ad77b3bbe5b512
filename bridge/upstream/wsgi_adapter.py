"""A WSGI application in the place of the wire: no socket, nothing mocked.

The demo and the tests mount the simulated Intervals.icu here. Requests and
answers take the forms a real server would give them, so that the code on both
sides cannot tell the difference.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes, urlsplit

import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict
from requests.utils import get_encoding_from_headers
from urllib3 import HTTPHeaderDict, HTTPResponse

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication, WSGIEnvironment

_PORTS = {"http": 80, "https": 443}


class WSGIAdapter(BaseAdapter):
    """Answer prepared requests from a WSGI application in this process.

    The application is called in the caller's thread and cannot be interrupted:
    no deadline holds here. What it raises is not caught.
    """

    def __init__(self, app: WSGIApplication) -> None:
        super().__init__()
        self._app = app

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        *_unused: Any,
        **_neither: Any,
    ) -> requests.Response:
        """Call the application and return its answer.

        Parameters
        ----------
        request
            Its path reaches the application percent-decoded as PATH_INFO and
            untouched as RAW_URI.
        stream
            False: the body is read at once, as requests would do.
        """
        answer = _Answer()
        body = self._app(_environ(request), answer.start)
        raw = answer.over(body, request.method or "GET")
        response = _response(request, raw)
        if not stream:
            _ = response.content
        return response

    def close(self) -> None:
        """Do nothing: there is no connection."""


def _environ(request: requests.PreparedRequest) -> WSGIEnvironment:
    url = urlsplit(request.url or "")
    target = str(request.path_url)
    path, _, query = target.partition("?")
    port = url.port or _PORTS.get(url.scheme, 80)
    return {
        "REQUEST_METHOD": request.method or "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query,
        "RAW_URI": target,
        "REQUEST_URI": target,
        "SERVER_NAME": url.hostname or "",
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": url.netloc.rpartition("@")[2],
        "HTTP_ACCEPT_ENCODING": "identity",
        **_headers(request, framed=request.body is not None),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": url.scheme,
        "wsgi.input": io.BytesIO(_body(request.body)),
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }


def _headers(request: requests.PreparedRequest, *, framed: bool) -> dict[str, str]:
    """Return the headers by their WSGI names."""
    named = {
        _wsgi_name(_text(name)): _text(value) for name, value in request.headers.items()
    }
    if framed and "CONTENT_LENGTH" not in named:
        named["HTTP_TRANSFER_ENCODING"] = "chunked"
    return named


def _wsgi_name(header: str) -> str:
    name = header.upper().replace("-", "_")
    return name if name in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{name}"


def _text(value: str | bytes) -> str:
    """Return what a server makes of a header: its bytes as Latin-1."""
    return value.decode("latin-1") if isinstance(value, bytes) else value


def _body(body: Any) -> bytes:
    """Return all bytes of what requests accepts: bytes, text, a file, pieces."""
    if body is None:
        return b""
    if hasattr(body, "read"):
        body = body.read()
    if isinstance(body, str):
        return body.encode()
    if isinstance(body, (bytes, bytearray, memoryview)):
        return bytes(body)
    return b"".join(
        piece.encode() if isinstance(piece, str) else piece for piece in body
    )


class _Answer:
    """Collects what the application says through ``start_response``."""

    def __init__(self) -> None:
        self._status = ""
        self._headers: list[tuple[str, str]] = []
        self._written: list[bytes] = []

    def start(
        self,
        status: str,
        headers: list[tuple[str, str]],
        _exc_info: object = None,
        /,
    ) -> Any:
        self._status, self._headers = status, headers
        return self._written.append

    def over(self, body: Iterable[bytes], method: str) -> HTTPResponse:
        """Return the answer as it comes off a wire, encoded body and all."""
        pieces = iter(body)
        first = next(pieces, b"")  # an application may start only when iterated
        if not self._status:
            raise RuntimeError("the application never called start_response")
        code, _, reason = self._status.partition(" ")
        bodiless = method == "HEAD" or code in {"204", "304"}
        begun = [] if bodiless else [*self._written, first]
        return HTTPResponse(
            body=_Pieces(begun, iter(()) if bodiless else pieces, body),
            headers=HTTPHeaderDict(self._headers),
            status=int(code),
            reason=reason,
            version=11,
            preload_content=False,
            decode_content=False,
            request_method=method,
        )


class _Pieces(io.BufferedIOBase):
    """A body read as a file while the application is still making it."""

    def __init__(
        self, begun: list[bytes], pieces: Iterator[bytes], body: Iterable[bytes]
    ) -> None:
        super().__init__()
        self._left = bytearray().join(begun)
        self._pieces = pieces
        self._body = body

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        wanted = sys.maxsize if size is None or size < 0 else size
        while len(self._left) < wanted:
            piece = next(self._pieces, None)
            if piece is None:
                break
            self._left += piece
        read = bytes(self._left[:wanted])
        del self._left[:wanted]
        return read

    def close(self) -> None:
        """Tell the application that nobody reads on, as WSGI demands."""
        if not self.closed and hasattr(self._body, "close"):
            self._body.close()
        super().close()


def _response(
    request: requests.PreparedRequest, raw: HTTPResponse
) -> requests.Response:
    response = requests.Response()
    response.status_code = raw.status
    response.reason = raw.reason or ""
    response.headers = CaseInsensitiveDict(raw.headers)
    response.encoding = get_encoding_from_headers(response.headers)
    response.raw = raw
    response.url = request.url or ""
    response.request = request
    return response
