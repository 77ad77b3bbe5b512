"""gunicorn's threaded worker, with a front: no thread waits for a client.

gunicorn's own worker takes a thread as soon as the first byte is there, and keeps it
for as long as the client likes. Here the event loop reads each request whole, bounded
in bytes and in total seconds, before a thread is taken, and carries each answer out
when the thread has gone. So a client that is slow, silent, half-open or never reads
costs a file descriptor and nothing else.

An answer that was given a moment ago is given again on the event loop to who sends the
same bytes, where the application says that it still holds (``again.py``).

- Everything that touches ``_Wire`` besides ``recv``, ``send``, ``sendall`` and
  ``flush`` runs on the event loop.
- A thread blocks on a client in one case: an answer of which over ``AHEAD`` bytes are
  still unread. Only devices get such answers.
"""

from __future__ import annotations

import contextlib
import errno
import json
import resource
import selectors
import socket
import sys
import tempfile
import time
from collections import deque
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from datetime import timedelta
from io import BytesIO
from itertools import islice
from threading import Barrier
from typing import Any, BinaryIO

from gunicorn import util
from gunicorn.http import wsgi
from gunicorn.workers.gthread import TConn, ThreadWorker

from bridge.server.again import (
    AGAIN,
    LARGEST_BYTES,
    LARGEST_HEAD,
    Again,
    Answers,
    again_from,
)
from bridge.server.framing import Framing, FramingError
from bridge.server.log import IN_ENVIRON, FrontLog, new_request_id
from bridge.tokens import LARGEST_WEBHOOK
from bridge.turns import computing

HEAD_S = 10.0  # from the first byte, or from the connection, to the last header
BODY_S = 30.0  # from there to the end of a body
UPLOAD_S = 120.0  # of one over SMALL
WRITE_S = 30.0  # from an answer to its last byte
LINGER_S = 2.0  # so that the last bytes are not cut off by a reset
SMALL = 64 * 1024  # in memory; what is larger goes to a temporary file
LARGEST_BODY = 32 * 1024 * 1024
LARGE_AT_ONCE = 8  # bodies over SMALL that are being read or answered
PROBES_IN_A_TURN = 4  # a millisecond each, on the event loop
GIVEN_IN_A_TURN = 32  # answers given again, a tenth of a millisecond each
START_S = 5.0  # until the last of the threads is there
STRANGERS = 4  # threads for those who bring neither token nor key
AHEAD = 1024 * 1024  # bytes of an answer that may wait for the client
PIECE = 64 * 1024
SPARE_FILES = 200  # file descriptors for the database, upstream, logs
# How long a thread that computes keeps all others waiting, the event loop too, and
# that for each step of theirs. Python's own 5 ms make 100 of a single /healthz.
SWITCH_S = 0.0005
_M_ARENA_MAX = -8  # malloc.h
_CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
_ALIVE = (b"GET /healthz", b"HEAD /healthz")
_QUESTIONS = (b"GET ", b"HEAD ")
_SENT_AT_ONCE = 16  # pieces of an answer, in one call of the system
_REASONS = {
    400: "Bad Request",
    401: "Unauthorized",
    408: "Request Timeout",
    413: "Content Too Large",
    414: "URI Too Long",
    417: "Expectation Failed",
    431: "Request Header Fields Too Large",
    500: "Internal Server Error",
    501: "Not Implemented",
    503: "Service Unavailable",
}
_CODES = {401: "token_missing", 408: "too_slow", 413: "too_large", 503: "busy"}
_SPEECH = {
    400: "This request is not well-formed HTTP. Check the address and the headers.",
    401: "Files come from a device with a token. Add the header Authorization.",
    408: "The request did not arrive in time. Please try again.",
    413: "This is too large. Send at most 25 megabytes.",
    503: "The bridge is busy with large files. Please try again in a moment.",
}


class _Wire:
    """One client: what it sent of this request, and what it has not read yet."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.received: BinaryIO = BytesIO()  # this request, to its last byte
        self.given: list[bytes] | None = None  # its answer, where that is listened to
        self.given_bytes = 0
        self.is_begun = False  # the answer: its head is there
        self.ahead = bytearray()  # of the next request
        self.unsent: deque[memoryview] = deque()
        self.unsent_bytes = 0
        self.failed = False
        self.told_to_continue = False

    # What gunicorn's thread calls.

    def recv(self, size: int) -> bytes:
        """Return bytes of this request; empty at its end, never waits."""
        return self.received.read(size)

    def send(self, data: bytes) -> int:
        """Send an interim answer, unless the client has been told already."""
        if not (self.told_to_continue and data == _CONTINUE):
            self._add(data)
            self._push()
        return len(data)

    def sendall(self, data: bytes) -> None:
        """Send what goes at once and keep the rest for the event loop.

        The head of an answer waits for what comes next, ``flush`` at the latest: both
        go out together.

        Raises
        ------
        OSError
            If the client is gone, or does not read what it asked for.
        """
        self._add(data)
        self._listen(data)
        if not self.is_begun:
            self.is_begun = True
            return
        self._push()
        if self.unsent_bytes > AHEAD:
            self._wait_for_the_client()

    def flush(self) -> None:
        """Send what has waited for more.

        Raises
        ------
        OSError
            If the client is gone.
        """
        if self.unsent and not self.failed:
            self._push()

    def _add(self, data: bytes) -> None:
        if self.failed:
            raise BrokenPipeError(errno.EPIPE, "the client is gone")
        self.unsent.append(memoryview(data))
        self.unsent_bytes += len(data)

    def _listen(self, data: bytes) -> None:
        if self.given is None:
            return
        self.given_bytes += len(data)
        if self.given_bytes > LARGEST_BYTES:
            self.given = None
        else:
            self.given.append(data)

    def _wait_for_the_client(self) -> None:
        deadline = time.monotonic() + WRITE_S
        while self.unsent_bytes > AHEAD and not self.failed:
            left = deadline - time.monotonic()
            if left <= 0:
                self.failed = True
                raise BrokenPipeError(errno.EPIPE, "the client does not read")
            # The event loop does not watch this socket while a thread has it.
            _wait_writable(self.sock, left)
            self._push()

    def _push(self) -> None:
        try:
            while self.unsent:
                if len(self.unsent) == 1:
                    sent = self.sock.send(self.unsent[0])
                else:
                    sent = self.sock.sendmsg(islice(self.unsent, _SENT_AT_ONCE))
                self.unsent_bytes -= sent
                while self.unsent and sent >= len(self.unsent[0]):
                    sent -= len(self.unsent.popleft())
                if sent:
                    self.unsent[0] = self.unsent[0][sent:]
                    return
        except BlockingIOError:
            return
        except OSError:
            self.failed = True
            raise

    def setblocking(self, flag: bool) -> None:  # a socket's method
        """Do nothing: the socket never blocks, and this one never waits."""

    def settimeout(self, seconds: float | None) -> None:
        """Do nothing, see ``setblocking``."""

    def gettimeout(self) -> float | None:
        """Return None, as a blocking socket does."""
        return None

    def fileno(self) -> int:
        """Return the socket's descriptor."""
        return self.sock.fileno()

    def getpeername(self) -> Any:
        """Return the client's address."""
        return self.sock.getpeername()

    def getsockname(self) -> Any:
        """Return the address that the client called."""
        return self.sock.getsockname()

    # What the event loop calls.

    def take(self, piece: bytes) -> None:
        """Keep a piece of this request: in memory while it is small, then in a file."""
        here = self.received
        if isinstance(here, BytesIO) and here.tell() + len(piece) > SMALL:
            self.received = tempfile.TemporaryFile()  # noqa: SIM115  # closed with the request
            self.received.write(here.getvalue())
        self.received.write(piece)

    def push(self) -> None:
        """Send on; what fails ends the connection."""
        with contextlib.suppress(OSError):
            self.flush()

    def give(self, answer: bytes) -> None:
        """Send a whole answer; what does not go at once waits."""
        self.unsent.append(memoryview(answer))
        self.unsent_bytes += len(answer)
        self.push()

    def forget_request(self) -> None:
        """Let go of the request that was answered, and of the answer."""
        self.received.close()
        self.received = BytesIO()
        self.given, self.given_bytes, self.is_begun = None, 0, False
        self.told_to_continue = False

    def close(self) -> None:
        """Let go of everything."""
        self.forget_request()
        self.unsent.clear()
        with contextlib.suppress(OSError):
            self.sock.close()


def _wait_writable(sock: socket.socket, timeout_s: float) -> None:
    with selectors.DefaultSelector() as selector:
        selector.register(sock, selectors.EVENT_WRITE)
        selector.select(timeout_s)


class Connection(TConn):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn's connection, with our wire for a socket."""

    def __init__(self, cfg: Any, sock: socket.socket, client: Any, server: Any) -> None:
        super().__init__(cfg, sock, client, server)
        self.wire = _Wire(sock)
        self.sock = self.wire
        self.data_ready = True
        self.events = 0
        self.deadline = 0.0
        self.is_large = False
        self.started = False  # a byte of the next request is there
        self.lingers = False
        self.closes = False
        self.framing = Framing(LARGEST_BODY)
        self.again: Again | None = None  # the answer that was just given

    @property
    def may_be_again(self) -> bool:
        """Tell whether others may send the same and get the same answer."""
        framing = self.framing
        return (
            framing.is_bare
            and framing.hosts == 1
            and len(framing.head) <= LARGEST_HEAD
            and framing.head.startswith(_QUESTIONS)
        )

    @property
    def address(self) -> str:
        """Return where the client is, as gunicorn has it; empty for a local socket."""
        client = self.client[0] if isinstance(self.client, tuple) else self.client
        return client.decode() if isinstance(client, bytes) else str(client)


class FrontWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """Reads and writes on the event loop; calls the application on threads."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.alive: bool  # gunicorn's: false from the moment that it is to stop
        self.connections: set[Connection] = set()  # those that no thread has
        self.worker_connections: int = self.cfg.worker_connections
        self.large = 0
        self.next_look = 0.0
        self.probes_answered = 0  # in this turn of the event loop
        self.given_again = 0  # the same
        self.date = b""  # of this turn
        # Anybody may ask whether it is alive: that takes no room of the phones'.
        self.answers, self.answers_to_strangers = Answers(), Answers()

    def init_process(self) -> None:
        """Take as many file descriptors as we may, then start as gunicorn does."""
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = self.worker_connections + SPARE_FILES
        if hard == resource.RLIM_INFINITY or hard >= wanted:
            resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
        else:
            self.worker_connections = max(hard - SPARE_FILES, hard // 2)
        # Five hundred strangers who all ask for a page stand in a queue of their own.
        self.strangers: Executor = ThreadPoolExecutor(
            STRANGERS, thread_name_prefix="stranger"
        )
        sys.setswitchinterval(SWITCH_S)
        _share_one_arena()
        super().init_process()

    def get_thread_pool(self) -> ThreadPoolExecutor:
        """Return the threads, all started: a start takes a millisecond of the loop."""
        pool: ThreadPoolExecutor = super().get_thread_pool()
        all_there = Barrier(self.cfg.threads)
        for _ in range(self.cfg.threads):
            pool.submit(all_there.wait, START_S)
        return pool

    # Connections come …

    def accept(self, listener: socket.socket) -> None:
        """Take a connection; read it on the event loop."""
        try:
            sock, client = listener.accept()
        except OSError as error:
            if error.errno in {errno.EAGAIN, errno.ECONNABORTED, errno.EWOULDBLOCK}:
                return
            if error.errno in {errno.EMFILE, errno.ENFILE}:
                self._make_room()
                return
            raise
        self.nr_conns += 1
        conn = Connection(self.cfg, sock, client, listener.getsockname())
        if self.nr_conns >= self.worker_connections:
            self._make_room()
        self._watch(conn, selectors.EVENT_READ, HEAD_S)

    def _make_room(self) -> None:
        """Drop who has waited longest: a phone sends its request at once."""
        waiting = [conn for conn in self.connections if not conn.framing.is_whole]
        if waiting:
            self._drop(min(waiting, key=lambda conn: conn.deadline))

    def _watch(self, conn: Connection, events: int, seconds: float) -> None:
        conn.deadline = time.monotonic() + seconds
        self.connections.add(conn)
        if conn.events == events:
            return
        if conn.events == 0:
            self.poller.register(conn.wire.sock, events, lambda _: self._ready(conn))
        else:
            self.poller.modify(conn.wire.sock, events, lambda _: self._ready(conn))
        conn.events = events

    def _unwatch(self, conn: Connection) -> None:
        self.connections.discard(conn)
        if conn.events:
            with contextlib.suppress(OSError, KeyError, ValueError):
                self.poller.unregister(conn.wire.sock)
        conn.events = 0

    def _ready(self, conn: Connection) -> None:
        if conn not in self.connections:  # dropped by an event before this one …
            if conn.events:  # … or it says more while a thread has it: that waits
                self._unwatch(conn)
            return
        if conn.events == selectors.EVENT_WRITE:
            conn.wire.push()
            self._carry_out(conn)
        elif conn.lingers:
            self._drain(conn)
        else:
            self._read(conn)

    # … are read …

    def _read(self, conn: Connection) -> None:
        try:
            piece = conn.wire.sock.recv(PIECE)
        except BlockingIOError:
            return
        except OSError:
            piece = b""
        if not piece:
            self._drop(conn)
        elif conn.framing.is_begun or not self._give_again(conn, piece):
            self._take(conn, piece)

    def _take(self, conn: Connection, piece: bytes) -> None:
        """Read on in a request; hand it to a thread when it is whole."""
        framing = conn.framing
        had_head = framing.has_head
        try:
            taken = framing.feed(piece)
            self._weigh(conn)
        except FramingError as error:
            self._refuse(conn, error.status, error.reason)
            return
        if taken < len(piece):
            conn.wire.ahead += piece[taken:]
            piece = piece[:taken]
        conn.wire.take(piece)
        if framing.is_whole:
            if not self._give_again(conn, framing.head):
                self._hand_over(conn)
        elif framing.has_head and not had_head:
            if framing.expects_continue:
                with contextlib.suppress(OSError):
                    conn.wire.send(_CONTINUE)
                conn.wire.told_to_continue = True
            self._watch(conn, selectors.EVENT_READ, _body_s(framing))
        elif not conn.started:
            conn.started = True
            self._watch(conn, selectors.EVENT_READ, HEAD_S)

    def _weigh(self, conn: Connection) -> None:
        if conn.framing.has_head and not conn.framing.is_for_a_host:  # RFC 9112, 3.2
            raise FramingError(400, "the header Host is missing, or there are two")
        if conn.framing.body_bytes > SMALL and not conn.is_large:
            if conn.framing.is_webhook:  # its secret stands in the body
                if conn.framing.body_bytes > LARGEST_WEBHOOK:
                    raise FramingError(413, "a webhook that is too large")
            elif not conn.framing.has_token:
                raise FramingError(401, "a large body without a token")
            if self.large >= LARGE_AT_ONCE:
                raise FramingError(503, "too many large bodies at once")
            conn.is_large = True
            self.large += 1

    def _hand_over(self, conn: Connection) -> None:
        # Still watched: hardly anybody says more before the answer is there.
        self.connections.discard(conn)
        conn.wire.received.seek(0)
        self.enqueue_req(conn)

    def enqueue_req(self, conn: Connection) -> None:
        """Give a whole request to a thread of those who ask as it does.

        Whether the bridge is alive is told by the event loop itself, which waits for
        no thread: the answer asks neither the database nor upstream. Who asks it
        without end waits with the other strangers.
        """
        if conn.framing.target in _ALIVE and self.probes_answered < PROBES_IN_A_TURN:
            self.probes_answered += 1
            done: Future[Any] = Future()
            done.set_result(self.handle(conn))
            self.method_queue.defer(self.finish_request, conn, done)
            return
        known = conn.framing.has_token or conn.framing.has_key
        pool = self.tpool if known else self.strangers
        pool.submit(self._handle_in_turn, conn).add_done_callback(
            lambda done: self.method_queue.defer(self.finish_request, conn, done)
        )

    def _handle_in_turn(self, conn: Connection) -> Any:
        with computing():
            return self.handle(conn)

    # … and answered: again, …

    def _give_again(self, conn: Connection, head: bytes) -> bool:
        """Answer as the same bytes were answered, or see to it; False if nobody may.

        Here is where nobody may wait: the application tells without waiting whether
        that answer still holds, and whatever is not as usual takes a thread.
        """
        answers, again = self.answers, self.answers.find(head)
        if again is None:
            answers = self.answers_to_strangers
            again = answers.find(head)
        # The last request that a worker answers is for gunicorn to count.
        if again is None or not self.alive or self.nr + 1 >= self.max_requests:
            return False
        if self.given_again >= GIVEN_IN_A_TURN:
            self.connections.discard(conn)
            self.method_queue.defer(self._come_again, conn, head)
            return True
        if not again.holds():
            answers.drop(head)
            return False
        self.given_again += 1
        self.nr += 1
        self._give(conn, again)
        return True

    def _come_again(self, conn: Connection, head: bytes) -> None:
        if self._give_again(conn, head):
            return
        if conn.framing.is_whole:
            self._hand_over(conn)
        else:
            self._take(conn, head)

    def _give(self, conn: Connection, again: Again) -> None:
        began_s = time.monotonic()
        request_id = "" if again.after_id is None else new_request_id()
        conn.wire.give(again.whole(self._date(), request_id))
        took = timedelta(seconds=time.monotonic() - began_s)
        self.log.access_again(again.words, conn.address, took, request_id)
        conn.closes = again.closes or conn.wire.failed
        if conn.framing.has_head:
            conn.wire.forget_request()
        self._send_on(conn)

    def _date(self) -> bytes:
        """Return the header's value, made once in a turn."""
        self.date = self.date or util.http_date().encode()
        return self.date

    def handle_request(self, req: Any, conn: Connection) -> bool:
        """Have the application answer; tell whether the connection goes on.

        As gunicorn's does, but that the answer is out before the line of the log is
        written, and that it is kept to be given again where the application lets it.
        """
        self.cfg.pre_request(self, req)
        environ: dict[str, Any] = {}
        resp = None
        try:
            began_s = time.monotonic()
            resp, environ = wsgi.create(
                req, conn.wire, conn.client, conn.server, self.cfg
            )
            environ["wsgi.multithread"] = True
            self._count(resp)
            if conn.may_be_again:
                environ[AGAIN] = None
                conn.wire.given = []
            answer = self.wsgi(environ, resp.start_response)
            try:
                for piece in answer:
                    resp.write(piece)
                resp.close()
                conn.wire.flush()
            finally:
                took = timedelta(seconds=time.monotonic() - began_s)
                self.log.access(resp, req, environ, took)
                if hasattr(answer, "close"):
                    answer.close()
            closes = bool(resp.should_close())
            conn.again = self._again(conn, resp, environ, closes=closes)
        except OSError:  # the client's
            raise
        except (Exception, SystemExit):
            if resp is None or not resp.headers_sent:
                raise
            # Half an answer is out: another one behind it would be read as its rest.
            self.log.exception("Error handling request")
            conn.wire.failed = True
            return False
        finally:
            self.cfg.post_request(self, req, environ, resp)
        return not closes

    def _count(self, resp: Any) -> None:
        self.nr += 1
        if self.nr >= self.max_requests and self.alive:
            self.log.info("Autorestarting worker after current request.")
            self.alive = False
        if not self.alive or not self.cfg.keepalive:
            resp.force_close()

    def _again(
        self, conn: Connection, resp: Any, environ: dict[str, Any], *, closes: bool
    ) -> Again | None:
        """Return the answer to be given again, where that may be."""
        holds, given = environ.get(AGAIN), conn.wire.given
        is_usual = resp.status_code in {200, 304} and not resp.chunked
        if holds is None or given is None or not is_usual:
            return None
        if resp.must_close:  # by our own wish, not the client's
            return None
        words = (
            self.log.words(resp, environ) if isinstance(self.log, FrontLog) else None
        )
        if words is None:
            return None
        request_id = environ.get(IN_ENVIRON, "")
        return again_from(
            b"".join(given), holds, words, closes=closes, request_id=request_id
        )

    # … or by a thread.

    def finish_request(self, conn: Connection, done: Future[Any]) -> None:
        """Carry the answer out; then go on with the connection or end it."""
        keeps = bool(not done.cancelled() and not done.exception() and done.result())
        conn.closes = not keeps or conn.wire.failed
        if conn.again is not None:
            is_probe = conn.framing.target in _ALIVE
            answers = self.answers_to_strangers if is_probe else self.answers
            answers.keep(conn.framing.head, conn.again)
            conn.again = None
        conn.wire.forget_request()
        self._lighten(conn)
        self._send_on(conn)

    def _send_on(self, conn: Connection) -> None:
        """Carry an answer out that was made."""
        if conn.wire.unsent and not conn.wire.failed:
            self._watch(conn, selectors.EVENT_WRITE, WRITE_S)
        self._carry_out(conn)

    def _lighten(self, conn: Connection) -> None:
        if conn.is_large:
            conn.is_large = False
            self.large -= 1

    def _carry_out(self, conn: Connection) -> None:
        wire = conn.wire
        if wire.failed:
            self._drop(conn)
        elif wire.unsent:
            return
        elif conn.closes:
            self._linger(conn)
        else:
            self._next_request(conn)

    def _next_request(self, conn: Connection) -> None:
        if conn.framing.has_head:
            conn.framing = Framing(LARGEST_BODY)
        conn.started = False
        if conn.wire.ahead:  # who says all at once has one answer in each turn
            self.connections.discard(conn)
            self.method_queue.defer(self._take_ahead, conn)
            return
        patience_s = min(self.cfg.keepalive, HEAD_S if self.alive else LINGER_S)
        self._watch(conn, selectors.EVENT_READ, patience_s)

    def _take_ahead(self, conn: Connection) -> None:
        ahead, conn.wire.ahead = bytes(conn.wire.ahead), bytearray()
        conn.started = True
        self._watch(conn, selectors.EVENT_READ, HEAD_S)
        self._take(conn, ahead)

    def _linger(self, conn: Connection) -> None:
        """Say that nothing more comes, and wait a moment for the client's end."""
        conn.lingers = True
        try:
            conn.wire.sock.shutdown(socket.SHUT_WR)
        except OSError:
            self._drop(conn)
            return
        self._watch(conn, selectors.EVENT_READ, LINGER_S)

    def _drain(self, conn: Connection) -> None:
        try:
            if conn.wire.sock.recv(PIECE):
                return
        except BlockingIOError:
            return
        except OSError:
            pass
        self._drop(conn)

    def _drop(self, conn: Connection) -> None:
        self._unwatch(conn)
        self._lighten(conn)
        conn.wire.close()
        self.nr_conns -= 1

    # What never becomes a request.

    def _refuse(self, conn: Connection, status: int, reason: str) -> None:
        """Answer in the bridge's one flat shape, note it in one line, and close."""
        peer = conn.client[0] if isinstance(conn.client, tuple) else conn.client
        self._note(peer, status, reason)
        with contextlib.suppress(OSError):
            conn.wire.sendall(refusal(status))
            conn.wire.flush()
        conn.closes = True
        conn.wire.forget_request()
        self._lighten(conn)
        self._send_on(conn)

    def handle_error(
        self,
        req: Any,  # noqa: ARG002  # gunicorn's
        client: Any,
        addr: Any,
        exc: Exception,
    ) -> None:
        """Answer what gunicorn's parser refused, and what the application raised."""
        status = _status_of(exc)
        peer = addr[0] if isinstance(addr, tuple) and addr else addr
        if status == 500:  # ours
            self.log.exception("Error handling a request of %s", ascii(peer))
        else:
            error = type(exc).__name__
            self.log.warning(
                "Not a request, from %s: %d %s", ascii(peer), status, error
            )
        with contextlib.suppress(OSError):
            util.write(client, refusal(status))
            client.flush()

    def _note(self, peer: Any, status: int, reason: str) -> None:
        self.log.warning("Not a request, from %s: %d %s", ascii(peer), status, reason)

    # Time.

    def murder_pending(self) -> None:
        """End what has taken too long; look at it twice a second.

        gunicorn calls this after each turn of the event loop.
        """
        self.probes_answered, self.given_again, self.date = 0, 0, b""
        now = time.monotonic()
        if now < self.next_look:
            return
        self.next_look = now + 0.5
        for conn in [conn for conn in self.connections if conn.deadline <= now]:
            waits = conn.events == selectors.EVENT_READ and not conn.lingers
            if waits and (conn.started or conn.framing.has_head):
                self._refuse(conn, 408, "it did not arrive in time")
            else:
                self._drop(conn)

    def _cap_keepalive(self, deadline: float) -> None:
        """Wait for the next request of nobody longer than this: we are stopping."""
        for conn in self.connections:
            if conn.events == selectors.EVENT_READ and not conn.started:
                conn.deadline = min(conn.deadline, deadline)


def _share_one_arena() -> None:
    """Have all threads take memory from one place: 10 MB less after the first crowd.

    glibc gives each of the first threads an arena of its own, so that they need not
    wait for each other. Under Python's lock they never do.
    """
    import ctypes

    with contextlib.suppress(OSError, AttributeError):  # another C library
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)


def _body_s(framing: Framing) -> float:
    return BODY_S if framing.body_bytes <= SMALL else UPLOAD_S


def _status_of(error: Exception) -> int:
    """Return the status for what gunicorn's parser raised; 500 for anything else."""
    from gunicorn.http import errors

    for status, raised in (
        (500, (errors.InvalidResponseHeader, errors.InvalidResponseHeaderName)),
        (414, (errors.LimitRequestLine,)),
        (431, (errors.LimitRequestHeaders,)),
        (417, (errors.ExpectationFailed,)),
        (501, (errors.UnsupportedTransferCoding,)),
        (500, (errors.ConfigurationProblem,)),
        (400, (errors.ParseException, errors.InvalidHTTPVersion)),
    ):
        if isinstance(error, raised):
            return status
    return 500


def refusal(status: int) -> bytes:
    """Return a whole answer: one flat JSON object with a sentence, then the end."""
    speech = _SPEECH.get(status, _SPEECH[400])
    code = _CODES.get(status, "bad_request")
    body = json.dumps({"status": "error", "speech": speech, "code": code}).encode()
    head = (
        f"HTTP/1.1 {status} {_REASONS[status]}\r\nConnection: close\r\n"
        "Content-Type: application/json\r\nCache-Control: no-store\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
