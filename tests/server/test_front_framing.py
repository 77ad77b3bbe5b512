"""A request is whole at its last byte, however its bytes arrive."""

from __future__ import annotations

import contextlib
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.server.framing import LARGEST_HEAD, Framing, FramingError

LIMIT = 1000
BARE = b"GET /v1/today?x=1 HTTP/1.1\r\nHost: x\r\n\r\n"
LENGTH = b"POST /v1/ask HTTP/1.1\r\nContent-Length: 11\r\n\r\nhello world"
CHUNKED = (
    b"POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"5;note=x\r\nhello\r\n6\r\n world\r\n0\r\nDigest: y\r\n\r\n"
)
EMPTY_LINE_FIRST = b"\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n"
WHOLE = [BARE, LENGTH, CHUNKED, EMPTY_LINE_FIRST]


def read(pieces: list[bytes]) -> tuple[Framing, bytes]:
    framing, left = Framing(LIMIT), b""
    for piece in pieces:
        taken = framing.feed(piece)
        left += piece[taken:]
    return framing, left


@given(request=st.sampled_from(WHOLE), cuts=st.lists(st.integers(0, 120), max_size=9))
def test_a_request_ends_where_it_ends_in_whatever_pieces(
    request: bytes, cuts: list[int]
) -> None:
    text = request + b"GET /next"
    edges = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    pieces = [text[a:b] for a, b in pairwise(edges)]
    framing, left = read(pieces)
    assert framing.is_whole
    assert left == b"GET /next"


@given(request=st.sampled_from(WHOLE), data=st.data())
def test_a_request_is_not_whole_before_its_last_byte(
    request: bytes, data: st.DataObject
) -> None:
    end = data.draw(st.integers(0, len(request) - 1))
    framing, left = read([request[:end]])
    assert not framing.is_whole
    assert left == b""


@given(st.binary(max_size=3000))
def test_any_bytes_are_taken_or_refused_and_never_more_than_given(some: bytes) -> None:
    with contextlib.suppress(FramingError):
        assert 0 <= Framing(LIMIT).feed(some) <= len(some)


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * (LARGEST_HEAD // 5), 431),
        (b"POST / HTTP/1.1\r\nContent-Length: 1001\r\n\r\n", 413),
        (b"POST / HTTP/1.1\r\nContent-Length: +5\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nContent-Length: \xb2\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\n", 400),
        (CHUNKED.replace(b"Trans", b"Content-Length: 5\r\nTrans"), 400),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 400),
        (CHUNKED.replace(b"5;note", b"z;note"), 400),
        (CHUNKED.replace(b"5;note", b"-5;note"), 400),
        (CHUNKED.replace(b"5;note=x", b"3e9"), 413),
        (CHUNKED.replace(b"hello\r\n", b"helloworld\r\n"), 400),
        (CHUNKED.replace(b"Digest: y", b"no trailer"), 400),
    ],
)
def test_framing_that_cannot_be_right_is_refused(
    request_bytes: bytes, status: int
) -> None:
    with pytest.raises(FramingError) as refused:
        read([request_bytes])
    assert refused.value.status == status


def test_the_path_is_known_without_its_query() -> None:
    assert read([BARE])[0].target == b"GET /v1/today"
    assert read([EMPTY_LINE_FIRST])[0].target == b"GET /"


KEY = b"v_" + b"a2" * 13


@pytest.mark.parametrize(
    ("target", "holds"),
    [
        (b"/w/form.png?key=" + KEY, True),
        (b"/w/form.png?size=eink&key=" + KEY + b"&bits=2", True),
        (b"/calendar/" + KEY + b".ics", True),
        (b"/w/form.png?key=" + KEY[:-1], False),
        (b"/w/form.png?key=" + KEY + b"a", False),
        (b"/" + KEY, False),
        (b"/sign-in", False),
    ],
)
def test_who_brings_a_view_key_is_no_stranger(target: bytes, holds: bool) -> None:
    framing, _ = read([b"GET " + target + b" HTTP/1.1\r\nX: ?key=" + KEY + b"\r\n\r\n"])
    assert framing.has_key is holds
    assert not framing.has_token


@pytest.mark.parametrize(
    ("line", "is_webhook"),
    [
        (b"POST /webhooks/intervals/wh_" + b"a2" * 13, True),
        (b"POST /webhooks/intervals/wh_" + b"a2" * 13 + b"?x=1", True),
        (b"PUT /webhooks/intervals/wh_" + b"a2" * 13, False),
        (b"POST /webhooks/intervals/wh_" + b"a2" * 12, False),
        (b"POST /v1/ask/webhooks/intervals/wh_" + b"a2" * 13, False),
    ],
)
def test_a_large_body_without_a_token_may_be_a_webhook(
    line: bytes, is_webhook: bool
) -> None:
    framing, _ = read([line + b" HTTP/1.1\r\nHost: x\r\n\r\n"])
    assert framing.is_webhook is is_webhook
