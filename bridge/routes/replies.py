"""The one shape of every answer: a flat object with ``status`` and ``speech``."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from urllib.parse import quote

import msgspec
from flask import Response, request

from bridge.domain.failure import speech_of
from bridge.domain.flat import ITEMS_AT_ONCE, Flat, plain
from bridge.domain.measures import texts
from bridge.domain.speech.breath import in_one_breath, sentences_of
from bridge.domain.speech.trim import clip, for_the_eye
from bridge.errors import BridgeError, PicturesBusy, TooManyTries, UpstreamBusy
from bridge.routes.params import FROM
from bridge.services import (
    now_local,
    services,
    stale_at,
    state,
    stranger_voice,
    today,
    voice,
)
from bridge.shortcuts.files import read_index

_SHORTCUT = re.compile(r"([a-z0-9-]{1,60})/([0-9]{1,6})", re.ASCII)
_SPELLED = str.maketrans(
    {"ß": "ss", "ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}
    | {"’": "'"}
)


def reply(record: msgspec.Struct, speech: str) -> Response:
    """Answer with one record and its sentence."""
    return answer(with_texts(record), speech)


def reply_items(
    records: Sequence[msgspec.Struct],
    speech: str,
    *,
    about: msgspec.Struct | None = None,
) -> Response:
    """Answer with a list: fifty at once, ``count`` is the true number.

    ``from=51`` goes on; ``about`` adds fields of the whole.
    """
    start = FROM.get() or 1
    page = records[start - 1 : start - 1 + ITEMS_AT_ONCE]
    whole = {} if about is None else with_texts(about)
    items = [with_texts(record) for record in page]
    return answer(paged(items, len(records), start) | whole, speech)


def reply_rows(rows: Sequence[Flat], speech: str) -> Response:
    """Answer with a list of what is flat already, as :func:`reply_items`."""
    start = FROM.get() or 1
    page = rows[start - 1 : start - 1 + ITEMS_AT_ONCE]
    return answer(paged(page, len(rows), start), speech)


def paged(items: Sequence[Flat], count: int, start: int) -> dict[str, object]:
    """Return the body of a list: true count, where it goes on from, the items."""
    first = {"from": start} if start > 1 else {}
    return {"count": count, **first, "items": items}


def with_texts(record: msgspec.Struct) -> Flat:
    """Flatten a record and add what is ready to show."""
    flat = plain(record)
    return flat | texts(flat, voice(), today())


def answer(body: Mapping[str, object], speech: str) -> Response:
    """Send an answer made from upstream; say so where it, or who asks, is old.

    That it is old comes first, and shortly; of what was asked for, the end gives way.
    A new version of the shortcut is told last, where the breath goes so far.
    """
    read_at = stale_at()
    marks: dict[str, object] = {}
    if read_at is not None:
        marks |= {"stale": "yes", "as_of": f"{read_at:%Y-%m-%dT%H:%M:%SZ}"}
        first, *others = sentences_of(speech)
        speech = in_one_breath(
            voice(), [[f"{_say_stale(read_at)} {first}"], " ".join(others)]
        )
    if _is_outdated():
        marks["update"] = "yes"
        speech = in_one_breath(voice(), [[speech]], [[voice().say("update.available")]])
    return send({**marks, **body}, speech)


def _is_outdated() -> bool:
    """Tell whether the shortcut that asks is older than the one that ships now.

    It names itself: ``X-Shortcut: slug/version``.
    """
    sent = _SHORTCUT.fullmatch(request.headers.get("X-Shortcut", ""))
    return sent is not None and int(sent[2]) < _versions().get(sent[1], 0)


@cache
def _versions() -> dict[str, int]:
    return {entry.slug: entry.version for entry in read_index().shortcuts}


def _say_stale(read_at: datetime) -> str:
    speaker, local = voice(), read_at.astimezone(now_local().tzinfo)
    key = "stale.today" if local.date() == today() else "stale.earlier"
    day = speaker.day(local.date(), today())
    return speaker.say(key, time=speaker.time(local), day=day)


def send(
    body: Mapping[str, object],
    speech: str,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Send the flat object, or with ``?format=text`` the sentence alone."""
    state = "ok" if status < 400 else "error"
    whole = {"status": state, "speech": clip(speech), **body}
    return send_whole(msgspec.json.encode(whole), status=status, headers=headers)


def send_whole(
    encoded: bytes, *, status: int, headers: Mapping[str, str] | None = None
) -> Response:
    """Send an answer that is JSON already, as the request wants to have it."""
    state().whole_answer = encoded
    if request.args.get("format") == "text":
        said = msgspec.json.decode(encoded, type=dict[str, object])["speech"]
        kind = "text/plain; charset=utf-8"
        return Response(f"{said}\n", status, headers, content_type=kind)
    return json_response(encoded, status, headers)


def send_made_once(name: str, content_type: str, make: Callable[[], bytes]) -> Response:
    """Answer with what is the same for everybody: made once, not for each stranger.

    Whoever has it already is told so (304), by its digest.
    """
    made = services().open_pages
    if name not in made:
        body = make()
        made[name] = (body, hashlib.sha256(body).hexdigest()[:24])
    body, digest = made[name]
    response = Response(body, content_type=content_type)
    response.headers["Cache-Control"] = "no-cache"
    response.set_etag(digest)
    if request.if_none_match.contains(digest) and not request.if_none_match.star_tag:
        response.make_conditional(request)
    return response


def is_known_by(if_none_match: str, etag: str) -> bool:
    """Tell whether a phone has the answer of this ETag already."""
    sent = (one.strip().removeprefix("W/") for one in if_none_match.split(","))
    return bool(etag) and etag in sent


def unless_known(answer: Response) -> Response:
    """Return an answer that may be kept, or 304 to who has it already."""
    etag = answer.headers.get("ETag", "")
    if not is_known_by(request.headers.get("If-None-Match", ""), etag):
        return answer
    kept = {"ETag": etag, "Cache-Control": answer.headers["Cache-Control"]}
    return Response(status=304, headers=kept)


def json_response(
    encoded: bytes, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """Return JSON as one line: with its end, or a terminal prints on behind it."""
    line = encoded + b"\n"
    return Response(line, status, headers, content_type="application/json")


def send_file(
    content: Iterable[bytes] | bytes | str, content_type: str, file_name: str
) -> Response:
    """Send a file under a name that may have umlauts."""
    response = Response(content, content_type=content_type)
    response.headers["Content-Disposition"] = disposition(file_name)
    return response


def disposition(file_name: str) -> str:
    """Name a file for old clients without its accents, and as it is for others."""
    one_line = "".join(filter(str.isprintable, file_name))
    composed = unicodedata.normalize("NFC", one_line)
    plain = unicodedata.normalize("NFKD", composed.translate(_SPELLED))
    plain = plain.encode("ascii", "ignore").decode().replace('"', "")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(file_name, '')}"


def reply_error(error: BridgeError) -> Response:
    """Answer with a failure that the phone can read aloud as it is."""
    said = speech_of(error, stranger_voice())
    body = {"code": error.code, "hint": error.filled_hint}
    return send(
        body,
        said,
        status=error.status,
        headers=error_headers(error),
    )


def reply_upstream_error(error: BridgeError) -> Response:
    """Answer a failure of ours in upstream's own shape, for upstream's clients."""
    said = for_the_eye(speech_of(error, stranger_voice()))
    encoded = msgspec.json.encode({"status": error.status, "error": said})
    return json_response(encoded, error.status, error_headers(error))


def error_headers(error: BridgeError) -> dict[str, str]:
    """Return the headers that a failure brings with it."""
    headers = {}
    if error.status == 401:
        headers["WWW-Authenticate"] = 'Bearer realm="bridge"'
    if isinstance(error, UpstreamBusy | TooManyTries | PicturesBusy):
        headers["Retry-After"] = str(error.retry_after_s)
    if "allowed" in error.words:
        allowed = error.words["allowed"].split(", ")
        headers["Allow"] = ", ".join(allowed + ["HEAD"] * ("GET" in allowed))
    return headers
