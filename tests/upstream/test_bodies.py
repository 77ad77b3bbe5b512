"""Bodies are bounded in bytes: what is too large is refused and never held."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Callable, Iterator

import pytest

from bridge.errors import UpstreamGarbage
from bridge.upstream.transport import BoundedAdapter, stream_bounded
from tests.upstream.servers import (
    MEGABYTE,
    RawServer,
    answering,
    ask,
    chunked,
    get,
    sending,
)

BODY = b'{"form": -12.5}' * 1000


@pytest.fixture
def adapter() -> Iterator[BoundedAdapter]:
    adapter = BoundedAdapter()
    yield adapter
    adapter.close()


def peak_bytes(call: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        call()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def megabytes(count: int) -> Iterator[bytes]:
    return (bytes(MEGABYTE) for _ in range(count))


def bomb(count: int) -> Iterator[bytes]:
    """Yield ``count`` megabytes of nothing, as gzip: a thousandth of that."""
    packer = zlib.compressobj(wbits=31)
    for piece in megabytes(count):
        yield packer.compress(piece)
    yield packer.flush()


def twice_packed(count: int) -> Iterator[bytes]:
    yield gzip.compress(b"".join(bomb(count)))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("headers", "pieces"),
    [
        (["Content-Length: 314572800"], lambda: megabytes(300)),
        ([], lambda: megabytes(300)),
        (["Transfer-Encoding: chunked"], lambda: chunked(megabytes(300))),
        (["Content-Encoding: gzip"], lambda: bomb(300)),
        (
            ["Content-Encoding: gzip", "Transfer-Encoding: chunked"],
            lambda: chunked(iter([b"".join(bomb(300))])),
        ),
        (["Content-Encoding: gzip, gzip"], lambda: twice_packed(300)),
    ],
    ids=["announced", "unannounced", "chunks", "bomb", "bomb in chunks", "two bombs"],
)
def test_three_hundred_megabytes_are_refused_and_never_held(
    adapter: BoundedAdapter, headers: list[str], pieces: Callable[[], Iterator[bytes]]
) -> None:
    def call() -> None:
        with pytest.raises(UpstreamGarbage, match=f"more than {MEGABYTE}"):
            get(adapter, server.url)

    ready = list(pieces()) if "Content-Encoding: gzip" in ",".join(headers) else None
    source = (lambda: iter(ready)) if ready else pieces
    with RawServer(sending(*headers, pieces=source)) as server:
        assert peak_bytes(call) < 8 * MEGABYTE


def test_a_length_of_thousands_of_digits_is_too_much_too(
    adapter: BoundedAdapter,
) -> None:
    handler = sending(f"Content-Length: {'9' * 5000}", pieces=lambda: iter([BODY]))
    with RawServer(handler) as server, pytest.raises(UpstreamGarbage):
        get(adapter, server.url, max_bytes=1000)


def test_what_announces_too_much_is_refused_unread(adapter: BoundedAdapter) -> None:
    with RawServer(answering(BODY)) as server:
        response = adapter.send(ask(server.url), stream=True)
        with pytest.raises(UpstreamGarbage):
            stream_bounded(response, len(BODY) - 1)
        assert (response.raw.tell(), response.raw.closed) == (0, True)


def test_a_body_of_just_the_largest_size_is_taken(adapter: BoundedAdapter) -> None:
    with RawServer(answering(BODY)) as server:
        assert get(adapter, server.url, max_bytes=len(BODY)) == BODY
        with pytest.raises(UpstreamGarbage):
            get(adapter, server.url, max_bytes=len(BODY) - 1)


def test_what_claims_to_be_gzip_and_is_not_is_garbage(adapter: BoundedAdapter) -> None:
    handler = answering(b"<html>", "Content-Encoding: gzip")
    with RawServer(handler) as server, pytest.raises(UpstreamGarbage):
        get(adapter, server.url)


def test_a_stream_can_pass_on_the_encoded_bytes(adapter: BoundedAdapter) -> None:
    packed = gzip.compress(BODY)
    with RawServer(answering(packed, "Content-Encoding: gzip")) as server:
        response = adapter.send(ask(server.url), stream=True)
        pieces = stream_bounded(response, MEGABYTE, decode=False)
        assert b"".join(pieces) == packed
        adapter.close()


def test_a_stream_left_halfway_closes_its_connection(adapter: BoundedAdapter) -> None:
    handler = sending("Content-Length: 314572800", pieces=lambda: megabytes(300))
    with RawServer(handler) as server:
        response = adapter.send(ask(server.url), stream=True)
        pieces = stream_bounded(response, 400 * MEGABYTE)
        assert len(next(pieces)) == 65_536
        pieces.close()
        assert response.raw.closed
