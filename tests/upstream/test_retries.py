"""When the client asks again, and when it keeps away."""

from __future__ import annotations

import socket

import pytest

from bridge.errors import (
    LONGEST_RETRY_S,
    BridgeError,
    UpstreamBusy,
    UpstreamDown,
    UpstreamError,
    UpstreamSlow,
)
from bridge.upstream.call import Credentials, Wire
from bridge.upstream.client import Client
from bridge.upstream.deadline import Deadline
from bridge.upstream.gate import Gate
from bridge.upstream.transport import BoundedAdapter, ConnectionDropped
from tests.conftest import MORNING
from tests.upstream.scripted import KEY, Script, client_on, ok, refusal
from tests.upstream.servers import RawServer, head, read_request

# when it asks again


DROPPED = ConnectionDropped("upstream.test: RemoteDisconnected")
FOUND = ok({"id": "i7"})


@pytest.mark.parametrize("first", [502, 503, 504])
def test_a_gateway_in_trouble_is_asked_again(first: int) -> None:
    script = Script(refusal(first), FOUND)
    assert client_on(script).athlete().id == "i7"
    assert len(script.sent) == 2


def test_a_wire_that_broke_is_asked_again() -> None:
    script = Script(DROPPED, UpstreamDown("upstream.test: NewConnectionError"), FOUND)
    assert client_on(script).athlete().id == "i7"
    assert len(script.sent) == 3


def test_after_three_tries_it_gives_up() -> None:
    for step in (DROPPED, refusal(503)):
        script = Script(step)
        with pytest.raises(UpstreamDown):
            client_on(script).athlete()
        assert len(script.sent) == 3


@pytest.mark.parametrize("status", [301, 400, 401, 403, 404, 405, 422, 429, 500, 501])
def test_what_will_not_change_is_asked_once(status: int) -> None:
    script = Script(refusal(status), FOUND)
    with pytest.raises(BridgeError):
        client_on(script).athlete()
    assert len(script.sent) == 1


def test_a_time_out_is_not_asked_again() -> None:
    script = Script(UpstreamSlow("out of time"), FOUND)
    with pytest.raises(UpstreamSlow):
        client_on(script).athlete()
    assert len(script.sent) == 1


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_write_is_never_sent_twice(method: str) -> None:
    for step in (DROPPED, UpstreamDown("wire"), UpstreamSlow("late")):
        script = Script(step, ok())
        with pytest.raises(UpstreamError):
            client_on(script).send(method, "/athlete/0/events", body=b"{}")
        assert len(script.sent) == 1
    script = Script(refusal(503), ok())
    answer = client_on(script).send(method, "/athlete/0/events", body=b"{}")
    assert (answer.status_code, len(script.sent)) == (503, 1)


def test_a_file_is_asked_again_too() -> None:
    script = Script(DROPPED, refusal(502), (200, {}, b"id,name\n"))
    assert client_on(script).activities_csv().raw.read() == b"id,name\n"


def test_a_connection_dropped_under_the_question_is_replaced() -> None:
    def handler(connection: socket.socket) -> None:
        if not read_request(connection):
            return
        connection.sendall(head("Content-Length: 11") + b'{"id":"i7"}')
        read_request(connection)  # and hang up: the second question has no answer

    with RawServer(handler) as server:
        adapter = BoundedAdapter()
        wire = Wire(adapter, server.url.rstrip("/"), lambda: MORNING)
        client = Client(wire, Credentials(KEY), Deadline.after(5))
        assert [client.athlete().id for _ in range(3)] == ["i7"] * 3
        assert server.connections >= 2
        adapter.close()


# Retry-After


class Hand:
    """A clock moved by hand."""

    seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def paused(script: Script, gate: Gate) -> UpstreamBusy:
    with pytest.raises(UpstreamBusy) as caught:
        client_on(script, gate=gate).athlete()
    return caught.value


@pytest.mark.parametrize("status", [429, 503])
def test_after_a_call_for_a_pause_nothing_is_sent_until_it_is_over(
    status: int,
) -> None:
    hand = Hand()
    gate, script = Gate(hand), Script(refusal(status, Retry_After="120"), FOUND)
    with pytest.raises(UpstreamError):
        client_on(script, gate=gate).athlete()
    hand.seconds += 119
    assert paused(script, gate).retry_after_s == 2
    assert len(script.sent) == 1
    hand.seconds += 2
    assert client_on(script, gate=gate).athlete().id == "i7"


def test_the_answer_that_asks_for_a_pause_is_told_as_it_is() -> None:
    script = Script(refusal(503, "Back soon", Retry_After="120"), FOUND)
    answer = client_on(script).get("/athlete/0")
    assert (answer.status_code, len(script.sent)) == (503, 1)
    assert b"Back soon" in answer.raw.read()


def test_a_pause_of_one_key_is_not_that_of_another() -> None:
    gate, script = Gate(), Script(refusal(429, Retry_After="120"), FOUND)
    paused(script, gate)
    assert client_on(script, key="another-key", gate=gate).athlete().id == "i7"


@pytest.mark.parametrize(
    ("header", "told_s", "closed_s"),
    [
        ("120", 120, 120),
        ("0", 0, 1),
        ("86400", 86400, LONGEST_RETRY_S),
        ("999999999", 999999999, LONGEST_RETRY_S),
        ("Mon, 23 Nov 2026 07:00:00 GMT", 3300, LONGEST_RETRY_S),
        ("Mon, 23 Nov 2026 06:04:00 GMT", 1, 1),
        ("Monday, 23-Nov-26 06:07:00 GMT", 120, 120),
        ("9" * 400, 60, 60),
        ("-5", 60, 60),
        ("1.5", 2, 2),
        ("90.5", 91, 91),
        ("90.", 60, 60),
        ("", 60, 60),
    ],
)
def test_any_retry_after_is_understood_or_taken_for_a_minute(
    header: str, told_s: int, closed_s: int
) -> None:
    hand = Hand()
    gate, script = Gate(hand), Script(refusal(429, Retry_After=header))
    assert paused(script, gate).retry_after_s == closed_s
    hand.seconds += closed_s - 0.5
    left_s = max(told_s, 1) - closed_s + 1
    assert paused(script, gate).retry_after_s == min(left_s, LONGEST_RETRY_S)
    hand.seconds += 0.5
    assert gate.remaining_s(Credentials(KEY).name) == 0


def test_a_pause_holds_for_writes_and_files_too() -> None:
    gate, script = Gate(), Script(refusal(429, Retry_After="120"))
    paused(script, gate)
    client = client_on(script, gate=gate)
    for call in (client.activities_csv, lambda: client.send("PUT", "/x", body=b"{}")):
        with pytest.raises(UpstreamBusy):
            call()
    assert len(script.sent) == 1
