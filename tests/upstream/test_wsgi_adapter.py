"""A mounted application sees and says what it would over a real wire."""

from __future__ import annotations

import gzip
import io
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from wsgiref.validate import validator

import pytest
import requests
from flask import Flask, Response, jsonify, request
from hypothesis import given
from hypothesis import strategies as st
from requests.adapters import BaseAdapter
from werkzeug.serving import WSGIRequestHandler, make_server

from bridge.errors import UpstreamDown, UpstreamGarbage
from bridge.upstream.transport import BoundedAdapter, read_bounded, stream_bounded
from bridge.upstream.wsgi_adapter import WSGIAdapter

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

HOST = "http://intervals.invalid"
PACKED = gzip.compress(b'{"ctl": 60}' * 500)
MEGABYTE = 1 << 20


def send(
    app: WSGIApplication, method: str, path: str, **options: Any
) -> requests.Response:
    prepared = requests.Request(method, HOST + path, **options).prepare()
    return WSGIAdapter(app).send(prepared, stream=True)


class Recorder:
    """An application that keeps the last environment and says "ok"."""

    def __init__(self, *answer: bytes, status: str = "200 OK") -> None:
        self.seen: WSGIEnvironment = {}
        self.body = b""
        self.answer = answer or (b"ok",)
        self.status = status
        self.headers: list[tuple[str, str]] = [("Content-Type", "text/plain")]
        self.closed = 0

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        self.seen = environ
        self.body = environ["wsgi.input"].read()
        start_response(self.status, self.headers)
        return self

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.answer)

    def close(self) -> None:
        self.closed += 1


def test_the_adapter_keeps_to_the_letter_of_wsgi() -> None:
    def app(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ["wsgi.input"].read(0)
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"proper"]

    assert read_bounded(send(validator(app), "GET", "/?a=b"), 100) == b"proper"


@pytest.mark.parametrize(
    ("path", "path_info", "query"),
    [
        ("/api/v1/athlete/0/eventsjson", "/api/v1/athlete/0/eventsjson", ""),
        ("/a%2Fb;c/activities.csv?x=1&x=2", "/a/b;c/activities.csv", "x=1&x=2"),
        ("/J%C3%BCrgen?q=%26+%3D", "/J\u00c3\u00bcrgen", "q=%26+%3D"),
        ("//twice?", "//twice", ""),
        ("/%", "/%", ""),
    ],
)
def test_the_path_arrives_decoded_and_as_it_was(
    path: str, path_info: str, query: str
) -> None:
    app = Recorder()
    prepared = requests.Request("GET", HOST).prepare()
    prepared.url = HOST + path
    WSGIAdapter(app).send(prepared)
    assert (app.seen["PATH_INFO"], app.seen["QUERY_STRING"]) == (path_info, query)
    assert app.seen["RAW_URI"].rstrip("?") == path.rstrip("?")


def test_headers_arrive_under_their_wsgi_names() -> None:
    app = Recorder()
    headers = {"If-None-Match": '"a"', "Content-Type": "text/x", "X-B": b"\xe9"}
    send(app, "PUT", "/", headers=headers, data=b"123", auth=("API_KEY", "k"))
    assert app.seen["HTTP_IF_NONE_MATCH"] == '"a"'
    assert (app.seen["CONTENT_TYPE"], app.seen["CONTENT_LENGTH"]) == ("text/x", "3")
    assert app.seen["HTTP_X_B"] == "\u00e9"
    assert app.seen["HTTP_AUTHORIZATION"] == "Basic QVBJX0tFWTpr"
    assert app.seen["HTTP_HOST"] == "intervals.invalid"
    assert "HTTP_CONTENT_TYPE" not in app.seen


@pytest.mark.parametrize("url", ["http://u:p@h:81/", "https://h/"])
def test_server_name_and_port_come_from_the_address(url: str) -> None:
    app = Recorder()
    prepared = requests.Request("GET", url).prepare()
    WSGIAdapter(app).send(prepared)
    expected = ("h", "81", "h:81") if "81" in url else ("h", "443", "h")
    seen = (app.seen["SERVER_NAME"], app.seen["SERVER_PORT"], app.seen["HTTP_HOST"])
    assert seen == expected


@pytest.mark.parametrize(
    "body",
    [b"caf\xc3\xa9", "caf\u00e9", io.BytesIO(b"caf\xc3\xa9"), [b"caf", b"\xc3\xa9"]],
    ids=["bytes", "text", "file", "pieces"],
)
def test_every_kind_of_body_arrives_as_bytes(body: Any) -> None:
    app = Recorder()
    prepared = requests.Request("POST", HOST).prepare()
    prepared.prepare_body(iter(body) if isinstance(body, list) else body, None)
    WSGIAdapter(app).send(prepared)
    assert app.body == b"caf\xc3\xa9"


def test_a_body_of_unknown_length_reaches_flask() -> None:
    app = Flask(__name__)

    def echo() -> bytes:
        return request.get_data()

    app.add_url_rule("/", view_func=echo, methods=["POST"])
    response = send(app, "POST", "/", data=iter([b"in ", b"pieces"]))
    assert read_bounded(response, 100) == b"in pieces"


def test_an_encoded_answer_is_decoded_within_its_bound() -> None:
    app = Recorder(PACKED[:10], PACKED[10:])
    app.headers.append(("Content-Encoding", "gzip"))
    assert read_bounded(send(app, "GET", "/"), MEGABYTE) == b'{"ctl": 60}' * 500
    with pytest.raises(UpstreamGarbage):
        read_bounded(send(app, "GET", "/"), 100)
    raw = stream_bounded(send(app, "GET", "/"), MEGABYTE, decode=False)
    assert b"".join(raw) == PACKED


def test_an_answer_shorter_than_announced_is_a_broken_wire() -> None:
    app = Recorder(b"half a bod")
    app.headers.append(("Content-Length", "20"))
    with pytest.raises(UpstreamDown):
        read_bounded(send(app, "GET", "/"), 100)


def test_a_long_answer_is_made_while_it_is_read() -> None:
    made = []

    def app(_: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        start_response("200 OK", [])
        for number in range(300):
            made.append(number)
            yield bytes(MEGABYTE)

    response = send(app, "GET", "/")
    with pytest.raises(UpstreamGarbage):
        read_bounded(response, 2 * MEGABYTE)
    assert len(made) < 5


@pytest.mark.parametrize(
    ("method", "status"),
    [("HEAD", "200 OK"), ("GET", "204 No Content"), ("GET", "304 Not Modified")],
)
def test_an_answer_that_may_have_no_body_has_none(method: str, status: str) -> None:
    app = Recorder(b"too much", status=status)
    app.headers.append(("Content-Length", "8"))
    response = send(app, method, "/")
    assert read_bounded(response, 100) == b""
    assert (response.headers["Content-Length"], app.closed) == ("8", 1)


def test_the_application_is_told_when_nobody_reads_on() -> None:
    app = Recorder(b"a", b"b")
    response = send(app, "GET", "/")
    assert app.closed == 0
    response.close()
    assert app.closed == 1


def test_status_reason_and_headers_come_back() -> None:
    app = Recorder(b"slow down", status="429 Too Many Requests")
    app.headers += [("Retry-After", "7"), ("X-Twice", "a"), ("X-Twice", "b")]
    response = send(app, "GET", "/")
    assert (response.status_code, response.reason) == (429, "Too Many Requests")
    assert (response.headers["retry-after"], response.headers["X-Twice"]) == (
        "7",
        "a, b",
    )
    assert response.text == "slow down"


def test_bytes_written_the_old_way_come_first() -> None:
    def app(_: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        write = start_response("200 OK", [])
        write(b"first ")
        return [b"", b"then"]

    assert read_bounded(send(app, "GET", "/"), 100) == b"first then"


def test_an_application_that_never_starts_is_an_error_of_its_own() -> None:
    with pytest.raises(RuntimeError, match="start_response"):
        send(lambda _environ, _start: [b"?"], "GET", "/")


def test_what_the_application_raises_is_not_hidden() -> None:
    def app(_: WSGIEnvironment, _start: StartResponse) -> Iterable[bytes]:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        send(app, "GET", "/")


@given(pieces=st.lists(st.binary(max_size=50), max_size=8), amount=st.integers(1, 60))
def test_any_pieces_come_back_byte_for_byte(pieces: list[bytes], amount: int) -> None:
    app = Recorder(*pieces) if pieces else Recorder(b"")
    raw = send(app, "GET", "/").raw
    assert b"".join(raw.stream(amount)) == b"".join(pieces)


def test_the_body_can_be_read_before_send_returns() -> None:
    prepared = requests.Request("GET", HOST).prepare()
    response = WSGIAdapter(Recorder()).send(prepared, stream=False)
    assert (response.content, response.raw.closed) == (b"ok", True)


# the same application, over a wire and without one


class QuietHandler(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log(self, *_: Any) -> None:
        """Say nothing."""


def mirror() -> Flask:
    app = Flask(__name__)

    def show(path: str) -> Response:
        return jsonify(
            path=path,
            query=request.query_string.decode(),
            method=request.method,
            body=request.get_data().decode("latin-1"),
            authorization=request.headers.get("Authorization"),
            content_type=request.content_type,
            encoding=request.headers.get("Accept-Encoding"),
        )

    methods = ["GET", "POST", "PUT", "DELETE"]
    app.add_url_rule("/<path:path>", view_func=show, methods=methods)
    return app


@contextmanager
def on_a_wire(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, request_handler=QuietHandler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/api/v1/activity/i1?intervals=true", None),
        ("POST", "/api/v1/athlete/0/events/bulk?upsert=true", b'[{"a": "\xc3\xa9"}]'),
        ("PUT", "/J%C3%BCrgen%20M?q=a+b&q=%C3%BC", b""),
        ("DELETE", "/api/v1/athlete/0/events/1", None),
        ("GET", "/nowhere-else/../up?x", None),
    ],
)
def test_flask_cannot_tell_the_adapter_from_a_wire(
    method: str, path: str, body: bytes | None
) -> None:
    app = mirror()

    def answer(adapter: BaseAdapter, base: str) -> tuple[int, str | None, bytes]:
        headers = {"Authorization": "Basic x", "Content-Type": "application/json"}
        prepared = requests.Request(method, base, headers=headers, data=body).prepare()
        prepared.url = base + path
        response = adapter.send(prepared, stream=True)
        body_read = read_bounded(response, MEGABYTE)
        return response.status_code, response.headers.get("Content-Type"), body_read

    bounded = BoundedAdapter()
    with on_a_wire(app) as base:
        over_a_wire = answer(bounded, base)
        bounded.close()
    assert answer(WSGIAdapter(app), HOST) == over_a_wire
