"""The raw routes: any upstream GET made flat, and any call passed through."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Container, Iterator
from contextlib import contextmanager
from typing import BinaryIO
from urllib.parse import unquote, unquote_plus

from flask import Response, request

from bridge.domain.flat import ITEMS_AT_ONCE, flatten, flatten_items
from bridge.errors import (
    LONGEST_RETRY_S,
    BadRequest,
    BodyTooLarge,
    NoRecord,
    SecretField,
    UnknownUpstreamPath,
    UpstreamGarbage,
    UpstreamRejected,
)
from bridge.routes.params import EVERYWHERE, FROM
from bridge.routes.replies import answer, paged
from bridge.services import client, forget_settings, outdate, services, voice
from bridge.upstream.answers import retry_after_s
from bridge.upstream.call import Answer
from bridge.upstream.files import stream_undecoded
from bridge.upstream.secrets import (
    LONGEST_SECRET_PART,
    names_secret,
    scrub,
    starts_json,
    upload_names_secret,
    without_secrets,
)

LARGEST_JSON = 2 * 1024 * 1024
_PIECE = 64 * 1024
OWN_PARAMS = (*EVERYWHERE, FROM)
_ASKED = ("Accept", "Content-Type", "If-None-Match", "If-Modified-Since")
_ANSWERED = (
    "Content-Type",
    "Content-Disposition",
    "Content-Encoding",
    "ETag",
    "Last-Modified",
    "Retry-After",
    "X-RateLimit-Limit",
    "X-RateLimit-Remaining",
    "Allow",
)
_FILE_KINDS = frozenset(
    {"text/csv", "application/octet-stream", "application/zip", "application/gzip"}
    | {"application/gpx+xml", "application/vnd.ant.fit", "image/png", "image/jpeg"}
)
_FILES = re.compile(r"application/octet-stream|application/.*zip")
_SAFE_PATH = re.compile(r"/[A-Za-z0-9_.,:@~+\- /]*")


def flat(path: str) -> Response:
    """Flatten whatever Intervals.icu answers to this GET."""
    for param in OWN_PARAMS:
        param.get()
    own = {param.name for param in OWN_PARAMS}
    found = _harmless(_found(_target("/v1/flat", drop=own), path))
    said = voice().say("flat.answer")
    if not isinstance(found, list):
        return answer(flatten(found), said)
    start = FROM.get() or 1
    page = flatten_items(found[start - 1 : start - 1 + ITEMS_AT_ONCE])
    return answer(paged(page, len(found), start), said)


def forward(path: str) -> Response:  # noqa: ARG001  # the raw target is what counts
    """Pass a call on to Intervals.icu with the right authorization."""
    asked = {name: request.headers[name] for name in _ASKED if name in request.headers}
    asked["Accept-Encoding"] = _encoding_wanted()
    target = _target("/api/v1")
    if request.method == "GET":
        return _passed_on(client().get(target, headers=asked))
    if request.method == "HEAD":
        return _passed_on(client().send("HEAD", target, headers=asked))
    with _body() as body:
        try:
            answer = client().send(request.method, target, headers=asked, body=body)
        finally:
            outdate()
    forget_settings()
    return _passed_on(answer)


def _found(target: str, path: str) -> object:
    """Return upstream's answer; what it refuses is the fault of who wrote the path."""
    try:
        return client().anything(target)
    except UpstreamRejected as error:
        if error.upstream_status in {400, 422}:
            error.status = error.upstream_status
        raise
    except NoRecord as error:
        raise UnknownUpstreamPath(path[:80], path=path[:80]) from error


def _harmless(answer: object) -> object:
    try:
        return without_secrets(answer)
    except RecursionError as error:
        raise UpstreamGarbage("nested too deep") from error


def _target(prefix: str, drop: Container[str] = ()) -> str:
    """Return path and query behind ``prefix`` exactly as the client sent them.

    Raises
    ------
    BadRequest
        If the path could mean another place than it says.
    """
    sent = str(request.environ.get("RAW_URI") or request.environ.get("REQUEST_URI"))
    if not sent.startswith("/"):  # the absolute form: its host means nothing here
        sent = "/" + sent.partition("://")[2].partition("/")[2]
    path, _, query = sent.partition("?")
    rest = path.removeprefix(prefix)
    plain = unquote(rest)
    climbs = any(part in {"", ".", ".."} for part in plain.split("/")[1:])
    if rest == path or climbs or not sent.isascii() or not _SAFE_PATH.fullmatch(plain):
        raise BadRequest(f"path {path[:80]!a}")
    if drop:
        pairs = query.split("&")
        query = "&".join(pair for pair in pairs if _name_of(pair) not in drop)
    return f"{rest}?{query}" if query else rest


def _name_of(pair: str) -> str:
    return unquote_plus(pair.partition("=")[0])


def _encoding_wanted() -> str:
    return "gzip" if request.accept_encodings.quality("gzip") > 0 else "identity"


@contextmanager
def _body() -> Iterator[bytes | BinaryIO]:
    """Give the body to pass on, unless it would write a credential.

    A file is passed on in pieces; JSON that calls itself one is none.
    """
    kind = request.mimetype
    is_file = kind.startswith("multipart/") or bool(_FILES.match(kind))
    piece = request.stream.read(_PIECE)
    if not is_file or starts_json(piece):
        body = piece + request.stream.read(LARGEST_JSON + 1 - len(piece))
        if len(body) > LARGEST_JSON:
            raise BodyTooLarge(f"over {LARGEST_JSON} bytes")
        _refuse_secret(names_secret(body))
        yield body
        return
    with tempfile.TemporaryFile() as file:
        before = b""
        while piece:
            _refuse_secret(upload_names_secret(piece, before))
            file.write(piece)
            before = piece[-LONGEST_SECRET_PART:]
            piece = request.stream.read(_PIECE)
        file.seek(0)
        yield file


def _refuse_secret(name: str | None) -> None:
    if name:
        raise SecretField(f"body names {name}", name=name)


def _passed_on(answer: Answer) -> Response:
    kept = {
        name: client().without_key(answer.headers[name])
        for name in _ANSWERED
        if name in answer.headers
    }
    if "Retry-After" in kept:
        asked_s = retry_after_s(answer, services().clock())
        kept["Retry-After"] = str(min(max(asked_s, 1), LONGEST_RETRY_S))
    if _is_file(answer):
        if "Content-Length" in answer.headers:  # by it a cut-off file is noticed
            kept["Content-Length"] = answer.headers["Content-Length"]
        pieces = stream_undecoded(answer, client().secrets)
        return Response(pieces, answer.status_code, kept, direct_passthrough=True)
    kept.pop("Content-Encoding", None)
    body = scrub(client().read(answer), is_json="json" in _kind_of(answer))
    response = Response(body, answer.status_code, kept)
    if "Content-Type" not in kept:
        del response.headers["Content-Type"]
    return response


def _is_file(answer: Answer) -> bool:
    return _kind_of(answer) in _FILE_KINDS


def _kind_of(answer: Answer) -> str:
    return answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
