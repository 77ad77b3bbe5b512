"""gunicorn's threaded worker, with a front: no thread waits for a client.

gunicorn's own worker takes a thread as soon as the first byte is there, and keeps it
for as long as the client likes. Here the event loop reads each request whole, bounded
in bytes and in total seconds, before a thread is taken, and carries each answer out
when the thread has gone. So a client that is slow, silent, half-open or never reads
costs a file descriptor and nothing else.

- Everything that touches ``_Wire`` besides ``recv``, ``send`` and ``sendall`` runs on
  the event loop.
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
from threading import Barrier
from typing import Any, BinaryIO

from gunicorn import util
from gunicorn.workers.gthread import TConn, ThreadWorker

from bridge.server.framing import Framing, FramingError
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
START_S = 5.0  # until the last of the threads is there
STRANGERS = 4  # threads for those who bring neither token nor key
AHEAD = 1024 * 1024  # bytes of an answer that may wait for the client
PIECE = 64 * 1024
SPARE_FILES = 200  # file descriptors for the database, upstream, logs
# How long a thread that computes keeps all others waiting, the event loop too, and
# that for each step of theirs. Python's own 5 ms make 100 of a single /healthz.
SWITCH_S = 0.0005
_CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
_ALIVE = (b"GET /healthz", b"HEAD /healthz")
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
        self.received: BinaryIO | None = None  # this request, to its last byte
        self.ahead = bytearray()  # of the next request
        self.unsent: deque[memoryview] = deque()
        self.unsent_bytes = 0
        self.failed = False
        self.told_to_continue = False

    # What gunicorn's thread calls.

    def recv(self, size: int) -> bytes:
        """Return bytes of this request; empty at its end, never waits."""
        return self.received.read(size) if self.received else b""

    def send(self, data: bytes) -> int:
        """Send an interim answer, unless the client has been told already."""
        if not (self.told_to_continue and data == _CONTINUE):
            self.sendall(data)
        return len(data)

    def sendall(self, data: bytes) -> None:
        """Send what goes at once and keep the rest for the event loop.

        Raises
        ------
        OSError
            If the client is gone, or does not read what it asked for.
        """
        if self.failed:
            raise BrokenPipeError(errno.EPIPE, "the client is gone")
        self.unsent.append(memoryview(data))
        self.unsent_bytes += len(data)
        self._push()
        if self.unsent_bytes > AHEAD:
            self._wait_for_the_client()

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
                sent = self.sock.send(self.unsent[0])
                self.unsent_bytes -= sent
                if sent < len(self.unsent[0]):
                    self.unsent[0] = self.unsent[0][sent:]
                    return
                self.unsent.popleft()
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

    def push(self) -> None:
        """Send on; what fails ends the connection."""
        with contextlib.suppress(OSError):
            self._push()

    def forget_request(self) -> None:
        """Let go of the request that was answered."""
        if self.received:
            self.received.close()
        self.received = None
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
        self.begin()

    def begin(self) -> None:
        """Be ready for the next request."""
        self.framing = Framing(LARGEST_BODY)
        self.wire.received = tempfile.SpooledTemporaryFile(SMALL)  # type: ignore[assignment]  # noqa: SIM115  # closed with the request


class FrontWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """Reads and writes on the event loop; calls the application on threads."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.connections: set[Connection] = set()  # those that no thread has
        self.worker_connections: int = self.cfg.worker_connections
        self.large = 0
        self.next_look = 0.0
        self.probes_answered = 0  # in this turn of the event loop

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
        if conn.events == 0:
            self.poller.register(conn.wire.sock, events, lambda _: self._ready(conn))
        elif conn.events != events:
            self.poller.modify(conn.wire.sock, events, lambda _: self._ready(conn))
        conn.events = events

    def _unwatch(self, conn: Connection) -> None:
        self.connections.discard(conn)
        if conn.events:
            with contextlib.suppress(OSError, KeyError, ValueError):
                self.poller.unregister(conn.wire.sock)
        conn.events = 0

    def _ready(self, conn: Connection) -> None:
        if conn not in self.connections:  # dropped by an event before this one
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
            return
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
        assert conn.wire.received is not None  # noqa: S101  # since ``begin``
        conn.wire.received.write(piece[:taken])
        conn.wire.ahead += piece[taken:]
        if framing.is_whole:
            self._hand_over(conn)
        elif framing.has_head and not had_head:
            if framing.expects_continue:
                conn.wire.told_to_continue = True
                with contextlib.suppress(OSError):
                    conn.wire.sendall(_CONTINUE)
            self._watch(conn, selectors.EVENT_READ, _body_s(framing))
        elif not conn.started:
            conn.started = True
            self._watch(conn, selectors.EVENT_READ, HEAD_S)

    def _weigh(self, conn: Connection) -> None:
        if conn.framing.has_head and not conn.framing.is_for_a_host:  # RFC 9112, 3.2
            raise FramingError(400, "the header Host is missing, or there are two")
        if conn.framing.body_bytes > SMALL and not conn.is_large:
            if not conn.framing.has_token:
                raise FramingError(401, "a large body without a token")
            if self.large >= LARGE_AT_ONCE:
                raise FramingError(503, "too many large bodies at once")
            conn.is_large = True
            self.large += 1

    def _hand_over(self, conn: Connection) -> None:
        self._unwatch(conn)
        assert conn.wire.received is not None  # noqa: S101  # since ``begin``
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

    # … and answered.

    def finish_request(self, conn: Connection, done: Future[Any]) -> None:
        """Carry the answer out; then go on with the connection or end it."""
        keeps = bool(not done.cancelled() and not done.exception() and done.result())
        conn.closes = not keeps or conn.wire.failed
        conn.wire.forget_request()
        self._lighten(conn)
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
        ahead, conn.wire.ahead = bytes(conn.wire.ahead), bytearray()
        conn.begin()
        conn.started = bool(ahead)
        patience_s = min(self.cfg.keepalive, HEAD_S if self.alive else LINGER_S)
        self._watch(conn, selectors.EVENT_READ, HEAD_S if ahead else patience_s)
        if ahead:
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
        conn.closes = True
        conn.wire.forget_request()
        self._lighten(conn)
        self._watch(conn, selectors.EVENT_WRITE, WRITE_S)
        self._carry_out(conn)

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

    def _note(self, peer: Any, status: int, reason: str) -> None:
        self.log.warning("Not a request, from %s: %d %s", ascii(peer), status, reason)

    # Time.

    def murder_pending(self) -> None:
        """End what has taken too long; look at it twice a second.

        gunicorn calls this after each turn of the event loop.
        """
        self.probes_answered = 0
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
