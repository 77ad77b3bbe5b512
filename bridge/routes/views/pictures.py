"""``/w/<name>.png``, ``.svg``, ``.trmnl.json``: a card as a picture.

A failure is a picture too, of the size that was asked for: who looks at a widget sees
no status. Drawing has two threads of its own and a short queue, so that it takes no
more of the machine than that, whoever asks.
"""

from __future__ import annotations

import hashlib
import logging
from concurrent.futures import TimeoutError as TookTooLong
from dataclasses import dataclass
from functools import partial
from typing import Literal
from urllib.parse import urlencode

import msgspec
from flask import Response, request

from bridge import __version__
from bridge.domain.cards import NAMES
from bridge.domain.cards.card import Card
from bridge.domain.drawing import Look, Size, draw, draw_message, read_size
from bridge.domain.failure import speech_of
from bridge.domain.speech.trim import for_the_eye
from bridge.errors import BadParameter, BridgeError, PicturesBusy, UnknownCard
from bridge.pictures import PicturesMissing, press
from bridge.routes import params as p
from bridge.routes.api.cards.cards import read_card
from bridge.routes.replies import error_headers, json_response, reply_error
from bridge.services import (
    now_local,
    services,
    stale_at,
    state,
    stranger_voice,
    today,
    voice,
)
from bridge.turns import this_thread

_LOG = logging.getLogger("bridge")
Format = Literal["png", "svg"]
PATIENCE_S = 4.0  # for a picture that stands in the queue
REFRESH_S = 900  # how often TRMNL looks again
_TYPES = {"png": "image/png", "svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a picture shall be, as the query says."""

    format: Format
    size: Size
    look: Look


def show_png(name: str) -> Response:
    """Show a card as PNG: for widgets, lock screens and e-ink."""
    return _show(name, "png")


def show_svg(name: str) -> Response:
    """Show a card as SVG, at any size the same drawing."""
    return _show(name, "svg")


def show_trmnl(name: str) -> Response:
    """Tell TRMNL's Redirect plugin where the picture of a card is.

    Its name changes with what is on it; nothing is drawn for that.
    """
    eink = read_size("eink")
    card, wanted = _read(name), _Wanted("png", eink, _look(eink))
    sent = {param.name: request.args.get(param.name) for param in _HANDED_ON}
    query = {"size": "eink", **{key: value for key, value in sent.items() if value}}
    body = {
        "filename": _digest(card, wanted),
        "url": f"{services().config.address}/w/{name}.png?{urlencode(query)}",
        "refresh_rate": REFRESH_S,
    }
    return json_response(msgspec.json.encode(body))


_HANDED_ON = (p.KEY, p.THEME, p.BITS, p.UNITS, p.SPAN, p.LANG)


def picture_of_failure(error: BridgeError) -> Response:
    """Draw what went wrong, in the size that was asked for.

    What stands in the way of every picture is told as everywhere else, and so is
    everything to who sends a header: a shortcut reads the answer, and shall not take
    the picture of a failure for the one that it asked for.
    """
    if "Authorization" in request.headers:
        return reply_error(error)
    format_: Format = "svg" if request.path.endswith(".svg") else "png"
    if isinstance(error, PicturesMissing | PicturesBusy):
        return reply_error(error)
    size = _asked_size()
    said = for_the_eye(speech_of(error, stranger_voice()))
    message = partial(draw_message, _title(), said, size, _look(size))
    try:
        content = _drawn(partial(_made, message, _Wanted(format_, size, _look(size))))
    except BridgeError:
        return reply_error(error)
    except Exception:  # noqa: BLE001  # whatever it is, the sentence goes out
        _LOG.exception("a failure could not be drawn")
        return reply_error(error)
    headers = error_headers(error)
    return Response(content, error.status, headers, content_type=_TYPES[format_])


def _show(name: str, format_: Format) -> Response:
    size = _size()
    wanted = _Wanted(format_, size, _look(size))
    card = _read(name)
    digest = _digest(card, wanted)
    response = Response(content_type=_TYPES[format_])
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(digest)
    if request.if_none_match.contains(digest) and not request.if_none_match.star_tag:
        response.status_code = 304
        return response
    response.set_data(
        _drawn(partial(_made, partial(draw, card, size, wanted.look), wanted))
    )
    return response


def _read(name: str) -> Card:
    """Read the card; say on it how old it is while upstream is away."""
    if name not in NAMES:
        raise UnknownCard(name[:40], known=", ".join(NAMES))
    state().units = p.UNITS.get()
    view = state().view
    private = view is not None and name in view.private_cards
    card = read_card(name, days=p.SPAN.get() or 42, private=private)
    read_at = stale_at()
    if read_at is None:
        return card
    local = read_at.astimezone(now_local().tzinfo)
    time = voice().time(local)
    if local.date() != today():
        time = f"{voice().day(local.date(), today())} {time}"
    as_of = voice().say("card.as_of", time=time)
    return msgspec.structs.replace(card, caption=f"{as_of} · {card.caption}")


def _digest(card: Card, wanted: _Wanted) -> str:
    """Return what changes with the picture: what is on it, and what draws it."""
    parts = (msgspec.json.encode(card), repr(wanted), __version__)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:24]


def _size() -> Size:
    return read_size(request.args.get(p.SIZE.name), request.args.get(p.DEVICE.name))


def _asked_size() -> Size:
    """Return the size asked for, and the usual one where it is none."""
    try:
        return _size()
    except ValueError:
        return read_size(None)


def _look(size: Size) -> Look:
    """Return the look asked for, as far as it is understood."""
    usual: Literal[0, 1] = 1 if size.family == "eink" else 0
    try:
        return Look(p.THEME.get() or "light", p.BITS.get() or usual)
    except BadParameter:
        return Look("light", usual)


def _title() -> str:
    name = request.path.rpartition("/")[2].partition(".")[0]
    if name == "wallpaper":
        name = "today"
    return stranger_voice().say(f"card.{name}") if name in NAMES else "Intervals.icu"


def _made(draw_svg: partial[str], wanted: _Wanted) -> bytes:
    svg = draw_svg()
    if wanted.format == "svg":
        return svg.encode()
    return press(svg, wanted.size, wanted.look.bits)


def _drawn(make: partial[bytes]) -> bytes:
    """Make a picture on one of the threads for it.

    Raises
    ------
    PicturesBusy
        If too many wait, or its turn does not come soon.
    """
    known = services()
    if not known.drawing_room.acquire(blocking=False):
        raise PicturesBusy("the queue is full")
    future = known.drawing.submit(make)
    future.add_done_callback(lambda _: known.drawing_room.release())
    try:
        with this_thread.waiting:
            return future.result(PATIENCE_S)
    except TookTooLong:
        future.cancel()
        raise PicturesBusy("its turn did not come") from None
