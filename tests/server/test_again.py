"""An answer that is given again on the event loop is the one that a thread gives.

Each test holds two ways against each other: ``Inline`` counts how often a thread was
taken.
"""

from __future__ import annotations

import json
import logging
import re
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest
from flask import Flask

from bridge.metrics import Counters, _shared
from bridge.server.again import MOST_BYTES, Again, Answers, again_from
from bridge.server.log import JsonLog, naming_requests
from bridge.server.worker import GIVEN_IN_A_TURN
from bridge.store.athletes import OWNER
from tests.conftest import Clock, in_front, let_in, services_of, token_for
from tests.support.front import Front, Inline, serving_here

PATH = "/v1/fitness"
DATE = re.compile(rb"\r\nDate: ([^\r]*)\r\n")


@dataclass
class Phone:
    """Speaks to the front byte by byte, and knows who answered."""

    front: Front
    pool: Inline
    token: str

    def head(
        self, path: str = PATH, *more: str, method: str = "GET", http: str = "1.1"
    ) -> bytes:
        lines = [
            f"{method} {path} HTTP/{http}",
            "Host: localhost",
            f"Authorization: Bearer {self.token}",
            *more,
        ]
        return "\r\n".join([*lines, "", ""]).encode()

    def settle(self, *paths: str) -> None:
        """See that the settings are known, the use is noted, and answers are kept."""
        for path in ("/v1/athlete?refresh=yes", PATH, *paths):
            self.front.ask(self.head(path))

    def ask(self, said: bytes) -> tuple[bool, bytes]:
        """Return whether a thread answered, and the bytes without their date."""
        before = self.pool.taken
        came = self.front.ask(said)
        return self.pool.taken > before, DATE.sub(b"\r\n", came)


@pytest.fixture
def pool() -> Inline:
    return Inline()


@pytest.fixture
def front(app: Flask, clock: Clock, pool: Inline) -> Iterator[Front]:
    with serving_here(
        in_front(app, clock), pool, access_log_format="%(h)s %(m)s %(U)s %(s)s %(B)s"
    ) as front:
        yield front


@pytest.fixture
def phone(app: Flask, front: Front, pool: Inline) -> Phone:
    phone = Phone(front, pool, token_for(app))
    phone.settle()
    return phone


def by_thread_and_by_loop(phone: Phone, said: bytes) -> tuple[bytes, bytes]:
    thread, first = phone.ask(said)
    assert thread
    thread, again = phone.ask(said)
    assert not thread
    return first, again


# The same bytes.


@pytest.mark.parametrize(
    ("how", "starts", "line"),
    [
        ({}, b"HTTP/1.1 200 OK", b"Connection: keep-alive"),
        ({"method": "HEAD"}, b"HTTP/1.1 200 OK", b"Connection: keep-alive"),
        ({"http": "1.0"}, b"HTTP/1.0 200 OK", b"Connection: close"),
    ],
    ids=["GET", "HEAD", "HTTP/1.0"],
)
def test_head_and_body_are_those_of_a_thread(
    phone: Phone, how: dict[str, str], starts: bytes, line: bytes
) -> None:
    first, again = by_thread_and_by_loop(phone, phone.head(**how))
    assert again == first
    head, _, body = again.partition(b"\r\n\r\n")
    assert head.startswith(starts)
    for expected in (line, b"ETag: ", b"Cache-Control: private, no-cache"):
        assert expected in head
    length = re.search(rb"Content-Length: (\d+)", head)
    assert length is not None
    assert len(body) == (0 if "method" in how else int(length[1]))


@pytest.mark.parametrize(
    "more",
    ["Connection: close", "Accept-Language: de", "Accept-Language: fr-CA"],
)
def test_what_a_header_asks_for_is_what_it_gets(phone: Phone, more: str) -> None:
    plain, _ = by_thread_and_by_loop(phone, phone.head())
    said = phone.head(PATH, more)
    if "close" not in more:
        phone.ask(said)  # another question: it is made
    first, again = by_thread_and_by_loop(phone, said)
    assert again == first != plain


def test_the_connection_ends_where_the_client_wished_it(phone: Phone) -> None:
    said = phone.head(PATH, "Connection: close")
    by_thread_and_by_loop(phone, said)
    sock = phone.front.connect()
    assert b"Connection: close" in phone.front.ask(said, sock)
    phone.front.turn()
    assert sock.recv(10) == b""


def test_who_has_it_already_is_told_so_without_a_body(phone: Phone) -> None:
    first, _ = by_thread_and_by_loop(phone, phone.head())
    etag = re.search(rb"ETag: (\S+)", first)
    assert etag is not None
    said = phone.head(PATH, f"If-None-Match: {etag[1].decode()}")
    first, again = by_thread_and_by_loop(phone, said)
    assert again == first
    assert again.startswith(b"HTTP/1.1 304 Not Modified\r\n")
    assert again.endswith(b"\r\n\r\n")
    assert b"Content-Length" not in again


def test_the_date_is_that_of_the_answer(phone: Phone) -> None:
    phone.front.ask(phone.head())
    for _ in range(2):
        found = DATE.search(phone.front.ask(phone.head()))
        assert found is not None
        said = parsedate_to_datetime(found[1].decode())
        assert abs(datetime.now(UTC) - said) < timedelta(seconds=5)


def test_an_answer_is_kept_with_its_date_and_id_left_open() -> None:
    sent = (
        b"HTTP/1.1 200 OK\r\nDate: Mon, 23 Nov 2026 06:05:30 GMT\r\nX-Request-Id: 0a1b"
        b"\r\n\r\n\r\nDate: 0a1b\r\n"
    )
    again = again_from(sent, bool, {}, closes=False, request_id="0a1b")
    assert again is not None
    assert again.whole(b"another", "ffff") == sent.replace(
        b"Mon, 23 Nov 2026 06:05:30 GMT", b"another"
    ).replace(b"Id: 0a1b", b"Id: ffff")
    for odd in (b"", sent.replace(b"Date: M", b"D: M"), sent.replace(b"0a1b", b"")):
        assert again_from(odd, bool, {}, closes=False, request_id="0a1b") is None


# Who is never answered so.


@pytest.mark.parametrize(
    "said",
    [
        lambda phone: phone.head(PATH + "?refresh=yes"),
        lambda phone: phone.head(PATH, "Content-Length: 0"),
        lambda phone: phone.head(method="OPTIONS"),
        lambda phone: phone.head("/v1/menu"),
        lambda phone: phone.head("/readyz"),
        lambda phone: phone.head("/docs"),
        lambda phone: phone.head("/api/v1/athlete/0"),
        lambda phone: phone.head("/v1/nowhere"),
        lambda phone: phone.head(PATH + "?day=never"),
        lambda phone: phone.head(PATH).replace(b"Bearer icb_", b"Bearer icb_0"),
        lambda phone: re.sub(rb"Authorization.*\r\n", b"", phone.head()),
        lambda phone: phone.head(PATH, "Authorization: Bearer x"),
    ],
)
def test_what_is_not_kept_takes_a_thread_each_time(
    phone: Phone, said: Callable[[Phone], bytes]
) -> None:
    by_thread_and_by_loop(phone, phone.head())
    for _ in range(3):
        thread, _ = phone.ask(said(phone))
        assert thread


@pytest.mark.parametrize(
    "more",
    ["Expect: 100-continue", "Host: other.test", "Transfer-Encoding: chunked"],
)
def test_what_is_not_plain_is_read_as_ever(phone: Phone, more: str) -> None:
    by_thread_and_by_loop(phone, phone.head())
    before = phone.front.worker.given_again
    end = b"0\r\n\r\n" if "chunked" in more else b""
    for _ in range(3):
        phone.front.ask(phone.head(PATH, more) + end)
    assert phone.front.worker.given_again == before


def test_a_write_takes_a_thread_and_ends_the_answer(app: Flask, phone: Phone) -> None:
    said = phone.head("/v1/wellness")
    phone.ask(said)
    by_thread_and_by_loop(phone, said)
    body = b'{"weight_kg": 71}'
    writer = Phone(phone.front, phone.pool, token_for(app, "write"))
    length = f"Content-Length: {len(body)}"
    kind = "Content-Type: application/json"
    write = writer.head("/v1/wellness", length, kind, method="POST") + body
    thread, came = phone.ask(write)
    assert thread
    assert b" 200 OK" in came
    thread, came = phone.ask(said)
    assert thread
    assert json.loads(came.partition(b"\r\n\r\n")[2])["weight_kg"] == 71


def test_a_body_that_looks_like_a_question_is_a_body(phone: Phone) -> None:
    """Who smuggles a request into a body gets one answer: that to the outer one."""
    inner = phone.head()
    by_thread_and_by_loop(phone, inner)
    length = f"Content-Length: {len(inner)}"
    outer = phone.head("/v1/wellness", length, method="POST")
    for parts in ((outer, inner), (outer + inner,), (b"\r\n" + outer, inner)):
        sock = phone.front.connect()
        for part in parts[:-1]:
            sock.sendall(part)
            phone.front.turn()
        taken, before = phone.pool.taken, phone.front.worker.nr
        came = phone.front.ask(parts[-1], sock)
        assert (phone.pool.taken, phone.front.worker.nr) == (taken + 1, before + 1)
        assert came.count(b"HTTP/1.1 ") == 1
        assert came.startswith(b"HTTP/1.1 4")


@pytest.mark.parametrize("scope", ["nobody", "revoked", "expired", "forged", "view"])
def test_who_may_not_pass_does_not_pass_here(
    app: Flask, phone: Phone, clock: Clock, scope: str
) -> None:
    by_thread_and_by_loop(phone, phone.head())
    services = services_of(app)
    devices = services.store.devices
    if scope == "expired":
        until = clock() + timedelta(seconds=30)
        device = devices.add("Old", "read", OWNER, clock(), until)
        phone.token = services.tokens.issue(device.device_id)
        for _ in range(3):
            _, came = phone.ask(phone.head())
            assert b" 200 OK" in came
        clock.advance(seconds=30)
    elif scope == "revoked":
        for device in devices.of_athlete(OWNER):
            devices.revoke(device.device_id, clock())
    else:
        sent = {"forged": services.tokens.issue("0" * 16), "view": "v_" + "a" * 26}
        phone.token = sent.get(scope, "")
    for _ in range(2):
        thread, came = phone.ask(phone.head())
        assert thread
        assert came.startswith(b"HTTP/1.1 401 ")


# What ends an answer.


def look(app: Flask) -> None:
    answer = let_in(app).get("/v1/week?refresh=yes")
    assert answer.status_code == 200


def write(app: Flask) -> None:
    answer = let_in(app, "write").post("/v1/wellness", json={"weight_kg": 71})
    assert answer.status_code == 200


def shut_out(app: Flask) -> None:
    store = services_of(app).store
    for device in store.devices.of_athlete(OWNER):
        store.devices.revoke(device.device_id, services_of(app).clock())


@pytest.mark.parametrize("end", [look, write, shut_out])
def test_it_is_over_at_once_with_what_another_process_does(
    phone: Phone,
    make_app: Callable[..., Flask],
    end: Callable[[Flask], None],
) -> None:
    by_thread_and_by_loop(phone, phone.head())
    end(make_app())  # the same files, a memory of its own
    thread, came = phone.ask(phone.head())
    assert thread
    assert came.startswith(b"HTTP/1.1 401 " if end is shut_out else b"HTTP/1.1 200 ")


def test_each_second_a_thread_looks_at_everything(phone: Phone, clock: Clock) -> None:
    said = phone.head()
    by_thread_and_by_loop(phone, said)
    clock.advance(seconds=0.9)
    assert not phone.ask(said)[0]
    clock.advance(seconds=0.1)
    by_thread_and_by_loop(phone, said)


def test_it_is_over_with_the_settings(app: Flask, phone: Phone) -> None:
    by_thread_and_by_loop(phone, phone.head())
    services_of(app).settings.clear()
    assert phone.ask(phone.head())[0]


def test_it_is_over_with_its_age(phone: Phone, clock: Clock) -> None:
    clock.advance(seconds=59.5)
    by_thread_and_by_loop(phone, phone.head())
    clock.advance(seconds=0.6)
    thread, came = phone.ask(phone.head())
    assert thread
    assert b" 200 OK" in came


def test_it_is_over_with_the_minute_and_with_midnight(
    phone: Phone, clock: Clock
) -> None:
    clock.advance(hours=16, minutes=54, seconds=59.8)  # 23:59:59.8 in Berlin
    phone.settle()
    said = phone.head()
    by_thread_and_by_loop(phone, said)
    clock.advance(seconds=0.3)
    thread, came = phone.ask(said)
    assert thread
    assert b"2026-11-24" in came


def test_a_clock_that_is_set_back_ends_it(phone: Phone, clock: Clock) -> None:
    by_thread_and_by_loop(phone, phone.head())
    clock.advance(seconds=-40)
    assert phone.ask(phone.head())[0]


def test_a_use_that_is_to_be_noted_takes_a_thread(
    app: Flask, phone: Phone, clock: Clock
) -> None:
    clock.advance(seconds=60)
    other = Phone(phone.front, phone.pool, token_for(app))
    other.settle()
    device = next(
        each
        for each in services_of(app).store.devices.of_athlete(OWNER)
        if each.device_id in phone.token
    )
    assert phone.ask(phone.head())[0]
    assert phone.ask(phone.head())[0]  # the note was a write
    after = services_of(app).store.devices.find(device.device_id)
    assert after is not None
    assert after.last_used_at != device.last_used_at
    assert not phone.ask(phone.head())[0]


@pytest.mark.parametrize("which", ["database", "memory"])
def test_where_writes_are_not_told_a_thread_is_taken(
    app: Flask, phone: Phone, which: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = services_of(app)
    if which == "database":
        monkeypatch.setattr(known.store.database, "glance", None)  # as with PostgreSQL
    else:
        monkeypatch.setattr(known.wire.cache, "glance", lambda: None)
    for _ in range(3):
        assert phone.ask(phone.head())[0]


# Turns.


def test_a_turn_gives_a_few_and_the_others_come_next(phone: Phone) -> None:
    said = phone.head()
    by_thread_and_by_loop(phone, said)
    front, taken = phone.front, phone.pool.taken
    many = [front.connect() for _ in range(GIVEN_IN_A_TURN * 2)]
    front.until(lambda: front.worker.nr_conns >= len(many))
    for sock in many:
        sock.sendall(said)
    front.worker.given_again = 0
    front.worker.wait_for_and_dispatch_events(timeout=1)
    assert front.worker.given_again == GIVEN_IN_A_TURN
    front.turn(20)
    for sock in many:
        assert sock.recv(65536).startswith(b"HTTP/1.1 200 ")
    assert phone.pool.taken == taken


def test_who_says_all_at_once_lets_others_in_between(phone: Phone) -> None:
    said = phone.head()
    by_thread_and_by_loop(phone, said)
    greedy = phone.front.connect(said * 200)
    phone.front.turn(3)  # it is accepted and read
    given = phone.front.worker.nr
    other = phone.front.connect(said)
    phone.front.turn(5)
    assert other.recv(65536).startswith(b"HTTP/1.1 200 ")
    assert phone.front.worker.nr - given <= GIVEN_IN_A_TURN * 5
    phone.front.turn(450)
    greedy.setblocking(False)
    came = b""
    while piece := _there(greedy):
        came += piece
        phone.front.turn(2)
    assert came.count(b"HTTP/1.1 200 ") == 200


def _there(sock: socket.socket) -> bytes:
    try:
        return sock.recv(1 << 20)
    except BlockingIOError:
        return b""


def test_pipelined_questions_keep_their_order(phone: Phone) -> None:
    said = phone.head()
    by_thread_and_by_loop(phone, said)
    sock = phone.front.connect(said + phone.head("/v1/nowhere") + said + said[:30])
    phone.front.turn(20)
    sock.sendall(said[30:] + phone.head(PATH, "Connection: close"))
    phone.front.turn(20)
    came = b"".join(iter(lambda: sock.recv(65536), b""))
    statuses = [part.split()[0] for part in came.split(b"HTTP/1.1 ")[1:]]
    assert statuses == [b"200", b"404", b"200", b"200", b"200"]


def test_who_reads_slowly_gets_the_whole_answer(phone: Phone) -> None:
    said = phone.head("/v1/activities?limit=50")
    phone.ask(said)
    whole, _ = by_thread_and_by_loop(phone, said)
    with socket.socket() as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        sock.connect(phone.front.address)
        sock.sendall(said * 30)
        came = bytearray()
        sock.setblocking(False)
        while came.count(b"HTTP/1.1 200 ") < 30 or not came.endswith(whole[-40:]):
            came += _there(sock)[:4096]
            phone.front.turn(1)
    assert DATE.sub(b"\r\n", bytes(came)) == whole * 30


def test_a_worker_that_stops_says_so_by_a_thread(phone: Phone) -> None:
    by_thread_and_by_loop(phone, phone.head())
    phone.front.worker.alive = False
    thread, came = phone.ask(phone.head())
    assert thread
    assert b"Connection: close" in came
    phone.front.worker.alive = True
    assert not phone.ask(phone.head())[0]  # that one was not kept


def test_the_last_request_of_a_worker_is_counted_as_ever(phone: Phone) -> None:
    by_thread_and_by_loop(phone, phone.head())
    phone.front.worker.max_requests = phone.front.worker.nr + 1
    thread, came = phone.ask(phone.head())
    assert thread
    assert b"Connection: close" in came
    assert not phone.front.worker.alive


# The log, and what is counted.


@pytest.fixture
def lines(front: Front) -> Iterator[list[logging.LogRecord]]:
    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            records.append(record)

    records: list[logging.LogRecord] = []
    log, handler = logging.getLogger("gunicorn.access"), Kept()
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    front.worker.log._access_log_enabled = True
    yield records
    log.removeHandler(handler)


def test_the_line_in_the_log_is_the_same(
    phone: Phone, lines: list[logging.LogRecord]
) -> None:
    phone.ask(phone.head(PATH + "?lang=de"))
    by_thread_and_by_loop(phone, phone.head(PATH + "?lang=de"))
    one, two = (record.getMessage() for record in lines[-2:])
    assert one == two
    assert re.fullmatch(rf"127\.0\.0\.1 GET {PATH} 200 \d+", two)


def test_a_format_that_wants_more_takes_a_thread(phone: Phone) -> None:
    phone.front.worker.cfg.set("access_log_format", "%(h)s %({host}i)s")
    for _ in range(3):
        assert phone.ask(phone.head())[0]


def test_each_one_has_an_id_of_its_own_in_json(
    app: Flask,
    clock: Clock,
    pool: Inline,
    phone: Phone,
    lines: list[logging.LogRecord],
) -> None:
    del phone
    app.wsgi_app = naming_requests(app.wsgi_app)  # type: ignore[assignment,method-assign]  # as bridge.wsgi
    with serving_here(app, pool) as front:
        front.worker.log = JsonLog(front.worker.cfg)
        front.worker.log._access_log_enabled = True
        phone = Phone(front, pool, token_for(app))
        phone.settle()
        first, again = by_thread_and_by_loop(phone, phone.head())
    ids = [
        re.search(rb"X-Request-Id: ([0-9a-f]{16})\r\n", came) for came in (first, again)
    ]
    named = [found[1].decode() for found in ids if found]
    assert len(set(named)) == 2
    told = [record.told for record in lines[-2:]]  # type: ignore[attr-defined]  # ours
    assert [line.pop("request_id") for line in told] == named
    assert [line.pop("ms") >= 0 for line in told] == [True, True]
    assert told[0] == told[1]
    assert (told[0]["path"], told[0]["status"]) == (PATH, 200)


def test_it_is_counted(phone: Phone) -> None:
    by_thread_and_by_loop(phone, phone.head())
    counters = Counters(datetime.now(UTC))
    _shared.append(counters)
    try:
        phone.ask(phone.head())
    finally:
        _shared.clear()
    assert 'bridge_requests_total{status="2xx"} 1\n' in counters.text()


# Bounds.


def test_only_so_much_is_kept() -> None:
    answers = Answers()
    again = Again(bool, {}, False, bytes(100_000), b"", None)
    for number in range(100):
        answers.keep(b"%d" % number, again)
        answers.keep(b"%d" % number, again)  # in place of itself
    held = [number for number in range(100) if answers.find(b"%d" % number)]
    assert held == list(range(100 - len(held), 100))
    assert MOST_BYTES - 200_000 < len(held) * 100_000 <= MOST_BYTES


def test_strangers_take_no_room_of_the_phones(phone: Phone) -> None:
    by_thread_and_by_loop(phone, phone.head())
    worker = phone.front.worker
    for number in range(3):
        for more in ("", "Authorization: Bearer x\r\n"):
            asked = f"GET /healthz HTTP/1.1\r\nHost: x\r\nX: {number}\r\n{more}\r\n"
            phone.front.ask(asked.encode())
    assert worker.answers.find(phone.head()) is not None
    assert len(worker.answers._answers) == 1
    assert len(worker.answers_to_strangers._answers) == 6
