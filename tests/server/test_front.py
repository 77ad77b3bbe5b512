"""Strangers who are slow, silent or never read cost the phones nothing."""

from __future__ import annotations

import contextlib
import json
import os
import resource
import socket
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager

import pytest

from bridge.server.worker import LARGE_AT_ONCE
from tests.support.live import Served

pytestmark = pytest.mark.xdist_group("live_http")

FORM = (
    b"POST /sign-in HTTP/1.1\r\nHost: x\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n"
)
STRANGERS = {
    "half a head": b"GET /v1/fitn",
    "half a body": FORM + b"Content-Length: 50\r\n\r\ncode=",
    "half a chunk": FORM + b"Transfer-Encoding: chunked\r\n\r\n40\r\ncode=",
    "nothing at all": b"",
    "questions, and never reads": b"GET /docs HTTP/1.1\r\nHost: x\r\n\r\n" * 40,
}


@contextmanager
def strangers(served: Served, count: int, said: bytes) -> Iterator[None]:
    """Hold ``count`` connections open, each of which said so much."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(4096, hard), hard))
    with contextlib.ExitStack() as held:
        for _ in range(count):
            sock = held.enter_context(socket.socket())
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            sock.connect(("127.0.0.1", served.port))
            sock.sendall(said)
        yield


def say(served: Served, said: bytes, timeout_s: float = 30) -> bytes:
    with socket.create_connection(("127.0.0.1", served.port), timeout_s) as sock:
        sock.sendall(said)
        return b"".join(iter(lambda: sock.recv(65536), b""))


@pytest.mark.slow
@pytest.mark.parametrize("said", STRANGERS.values(), ids=STRANGERS)
def test_more_strangers_than_threads_keep_no_phone_waiting(
    served: Served, said: bytes
) -> None:
    token = served.let_in()["token"]
    served.get("/v1/fitness", token)
    with strangers(served, 100, said):
        for _ in range(5):
            began = time.monotonic()
            assert served.get("/v1/fitness", token).ok
            assert served.get("/healthz").ok
            assert time.monotonic() - began < 5  # before: never


@pytest.mark.slow
@pytest.mark.parametrize("said", STRANGERS.values(), ids=STRANGERS)
def test_five_hundred_strangers_and_twenty_healthy_requests(
    served: Served, said: bytes
) -> None:
    token = served.let_in()["token"]
    served.get("/v1/fitness", token)
    with strangers(served, 500, said):
        answers = [served.get("/v1/fitness", token).status_code for _ in range(20)]
    assert answers == [200] * 20


@pytest.mark.slow
def test_a_head_that_trickles_is_told_and_ended(served: Served) -> None:
    with socket.create_connection(("127.0.0.1", served.port), 30) as sock:
        sock.settimeout(0.5)
        answer, end = b"", time.monotonic() + 25
        with contextlib.suppress(OSError):  # it is ended while we still send
            while not answer and time.monotonic() < end:
                sock.sendall(b"x")
                with contextlib.suppress(TimeoutError):
                    answer = sock.recv(65536)
    assert b" 408 " in answer
    assert json.loads(answer.partition(b"\r\n\r\n")[2])["code"] == "too_slow"


@pytest.mark.parametrize(
    ("said", "status"),
    [
        (b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X: y\r\n" * 20_000, 431),
        (FORM + b"Content-Length: 99999999\r\n\r\n", 413),
        (FORM + b"Content-Length: 9999999\r\n\r\nx", 401),
        (FORM + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
        (b"GET  / HTTP/1.1\r\n\r\n", 400),
        (b"GET /healthz HTTP/1.1\r\n\r\n", 400),
        (b"GET /healthz HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\r\n\r\n", 400),
    ],
)
def test_what_never_becomes_a_request_is_answered_flat_and_noted_in_a_line(
    served: Served, said: bytes, status: int
) -> None:
    def noted() -> int:
        return served.started.output().count("Not a request")

    before = noted()
    answer = say(served, said)
    assert answer.startswith(b"HTTP/1.1 %d " % status)
    told = json.loads(answer.partition(b"\r\n\r\n")[2])
    assert told["status"] == "error"
    assert told["speech"].endswith(".")
    served.started.wait_for(lambda: noted() > before)  # it is written after the answer
    assert noted() == before + 1
    assert "Traceback" not in served.started.output()


def test_a_stranger_writes_no_line_of_their_own_into_the_log(served: Served) -> None:
    before = served.started.output().count("\n")
    target = b"/x%0aThe%20setup%20page%1b]0;owned%07%e2%80%ae"
    say(served, b"GET " + target + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    told = served.started.output()
    assert told.count("\n") <= before + 2  # the request, and that it led nowhere
    assert "\x1b" not in told
    assert "\\nThe setup page" in told


def test_pipelined_questions_are_answered_in_order(served: Served) -> None:
    ask = b"GET /%s HTTP/1.1\r\nHost: x\r\n%s\r\n"
    paths = [b"healthz", b"nothing", b"healthz", b"readyz"]
    said = b"".join(ask % (path, b"") for path in paths[:-1])
    answer = say(served, said + ask % (paths[-1], b"Connection: close\r\n"))
    statuses = [part.split()[0] for part in answer.split(b"HTTP/1.1 ")[1:]]
    assert statuses == [b"200", b"404", b"200", b"200"]


def test_a_thousand_probes_at_once_are_answered_and_end_nothing(
    served: Served,
) -> None:
    probe, end = b"GET /healthz HTTP/1.1\r\nHost: x\r\n", b"Connection: close\r\n\r\n"
    answer = say(served, (probe + b"\r\n") * 999 + probe + end)
    assert answer.count(b"HTTP/1.1 200 ") == 1000


def test_a_body_is_asked_for_once(served: Served) -> None:
    head = FORM + b"Expect: 100-continue\r\nContent-Length: 5\r\n\r\n"
    with socket.create_connection(("127.0.0.1", served.port), 30) as sock:
        sock.sendall(head)
        assert sock.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        sock.sendall(b"code=")
        sock.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: sock.recv(65536), b""))
    assert b"100 Continue" not in answer
    assert answer.startswith(b"HTTP/1.1 4")


def test_a_long_answer_reaches_a_slow_reader_whole(served: Served) -> None:
    said = b"GET /openapi.json HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    with socket.socket() as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        sock.connect(("127.0.0.1", served.port))
        sock.sendall(said)
        pieces = []
        while piece := sock.recv(8192):
            pieces.append(piece)
            time.sleep(0.01)
    body = b"".join(pieces).partition(b"\r\n\r\n")[2]
    assert json.loads(body)["openapi"].startswith("3.")


@pytest.mark.slow
def test_nobody_waits_behind_strangers_who_wait_for_the_database(
    served: Served,
) -> None:
    token = served.let_in()["token"]
    served.get("/v1/fitness", token)
    other = sqlite3.connect(served.folder / "bridge.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")  # nobody else may write now
    with ThreadPoolExecutor(40) as pool:
        asked = [pool.submit(served.get, "/readyz") for _ in range(40)]
        time.sleep(0.5)
        began = time.monotonic()
        assert served.get("/healthz").ok
        assert served.get("/v1/fitness", token).ok
        assert time.monotonic() - began < 4  # four strangers at once wait 5 s each
        assert next(as_completed(asked)).result().status_code == 503
        other.execute("ROLLBACK")
        other.close()
    assert served.get("/readyz").ok


def test_of_many_large_files_at_once_some_are_told_to_come_again(
    served: Served,
) -> None:
    token = served.let_in("write")["token"].encode()
    head = (
        b"POST /v1/activities HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n"
        b"Content-Type: application/octet-stream\r\nContent-Length: 9999999\r\n\r\nx"
    )
    with strangers(served, LARGE_AT_ONCE, head % token):
        time.sleep(0.5)
        answer = say(served, head % token)
    assert answer.startswith(b"HTTP/1.1 503 ")
    assert json.loads(answer.partition(b"\r\n\r\n")[2])["code"] == "busy"


@pytest.mark.slow
def test_the_worker_stops_in_time_while_strangers_hold_on(served: Served) -> None:
    """Last of this file: it ends the process that was served."""
    with strangers(served, 50, b"GET /v1/fitn"):
        began = time.monotonic()
        assert served.started.end() == 0
        assert time.monotonic() - began < 15
    assert not [pid for pid in served.started.left_behind() if pid != os.getpid()]
