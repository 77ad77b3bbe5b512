"""Files on their way through: as fast as upstream gives and the phone takes them."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Sequence

import requests

from bridge.errors import UpstreamGarbage
from bridge.upstream.answers import is_page
from bridge.upstream.deadline import Deadline, within
from bridge.upstream.secrets import watch_packed, without
from bridge.upstream.transport import stream_bounded

LARGEST_FILE = 64 * 1024 * 1024
PATIENCE_S = 60.0

Pieces = Generator[bytes, None, None]


def stream_file(
    response: requests.Response,
    max_bytes: int = LARGEST_FILE,
    *,
    decode: bool = True,
    patience_s: float = PATIENCE_S,
    clock: Callable[[], float] = time.monotonic,
) -> Pieces:
    """Return a body in pieces, of which the first was read already.

    So a body that never begins is still answered as a failure. After that the phone
    may take its time: only waiting for upstream counts.

    Parameters
    ----------
    response
        As the client returned it, body unread.
    max_bytes
        The most that may come out.
    decode
        False: pieces as they came, for who passes Content-Encoding on.
    patience_s
        Seconds that upstream may be waited for after the first piece, in all.
    clock
        Counts these seconds.

    Raises
    ------
    UpstreamGarbage, UpstreamSlow, UpstreamDown
        At once for what is wrong from the start, later while it is iterated.
    """
    pieces = stream_bounded(response, max_bytes, decode=decode)
    first = next(pieces, b"")
    return _go_on(first, pieces, patience_s, clock)


def stream_undecoded(response: requests.Response, secrets: Sequence[bytes]) -> Pieces:
    """Return a file as it came, for who passes Content-Encoding on.

    Stars stand for ``secrets``, as many as they had signs; a packed file ends before
    one.
    """
    pieces = stream_file(response, decode=False)
    is_packed = "gzip" in response.headers.get("Content-Encoding", "").lower()
    return watch_packed(pieces, secrets) if is_packed else without(pieces, secrets)


def stream_table(response: requests.Response, secrets: Sequence[bytes] = ()) -> Pieces:
    """Return a CSV file in pieces, as :func:`stream_file` does.

    Raises
    ------
    UpstreamGarbage
        If it is none: a page for people, an error that came as a success, nothing.
    """
    pieces = without(stream_bounded(response, LARGEST_FILE), secrets)
    first = next(pieces, b"")
    if not first.strip() or is_page(first) or first.lstrip()[:1] in b"{[":
        pieces.close()
        raise UpstreamGarbage(f"{response.url}: no table")
    return _go_on(first, pieces, PATIENCE_S, time.monotonic)


def _go_on(
    first: bytes, pieces: Pieces, patience_s: float, clock: Callable[[], float]
) -> Pieces:
    piece: bytes | None = first
    try:
        while piece is not None:
            yield piece
            began_s = clock()
            with within(Deadline.after(patience_s)):
                piece = next(pieces, None)
            patience_s -= clock() - began_s
    finally:
        pieces.close()
