"""All calls of one answer: together, at most four, and over in time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bridge.services import AT_ONCE, together
from bridge.simulator.app import create_simulator
from bridge.simulator.world import World
from bridge.upstream.transport import TOTAL_S, BoundedAdapter
from bridge.upstream.wsgi_adapter import WSGIAdapter
from tests.conftest import let_in
from tests.support.live import Upstream
from tests.support.routes import CLOSED, path_of
from tests.upstream.servers import RawServer, head, read_request, trickle

PATIENCE_S = 20  # for what must come true on a machine however busy


@pytest.fixture
def upstream(world: World) -> Iterator[Upstream]:
    with Upstream(world).running() as running:
        yield running


def phone_at(
    make_app: Callable[..., Flask], url: str, budget_s: float, scope: str = "read"
) -> FlaskClient:
    """Return a phone of a bridge that asks upstream over real sockets."""
    return let_in(
        make_app(
            transport=BoundedAdapter(), upstream_url=url, upstream_budget_s=budget_s
        ),
        scope,
    )


def timed(ask: Callable[[], Any]) -> tuple[Any, float]:
    began_s = time.monotonic()
    return ask(), time.monotonic() - began_s


# one budget for all calls of an answer


@pytest.mark.slow
def test_calls_that_are_each_quick_enough_may_still_be_too_slow_together(
    make_app: Callable[..., Flask], world: World, upstream: Upstream
) -> None:
    world.activities.clear()
    world.switches.delay_s = 0.4  # settings, this month, this year: 1.2 s
    path = "/v1/activities/latest"
    late = phone_at(make_app, upstream.url, 1.0).get(path)
    assert (late.status_code, late.get_json()["code"]) == (504, "upstream_slow")
    asked = len(world.requests)
    enough = phone_at(make_app, upstream.url, PATIENCE_S).get(f"{path}?refresh=yes")
    assert enough.status_code == 200
    # the weeks that a session would be compared with are asked for beside it
    assert len(world.requests) == asked + 4


@pytest.mark.parametrize("path", ["/v1/fitness", "/v1/week", "/v1/flat/athlete/0"])
def test_a_slow_upstream_is_answered_for_when_the_budget_is_spent(
    make_app: Callable[..., Flask], world: World, upstream: Upstream, path: str
) -> None:
    world.switches.delay_s = 4
    phone = phone_at(make_app, upstream.url, 0.3, "raw")
    answer, took_s = timed(lambda: phone.get(path))
    assert (answer.status_code, answer.get_json()["code"]) == (504, "upstream_slow")
    assert took_s < world.switches.delay_s


def test_the_doctor_has_no_more_time_than_others(
    make_app: Callable[..., Flask], world: World, upstream: Upstream
) -> None:
    world.switches.delay_s = 0.7
    app = make_app(
        transport=BoundedAdapter(),
        upstream_url=upstream.url,
        upstream_budget_s=1.0,
        athlete_id="i1",  # is refused, so that the doctor asks a second time
    )
    answer = let_in(app).get("/v1/doctor")
    assert answer.status_code == 200
    # With a budget of its own the second call would find the foreign id.
    assert answer.get_json()["items"][0]["check"] == "reach"


def test_a_failed_question_leaves_no_thread_waiting(
    make_app: Callable[..., Flask], world: World, upstream: Upstream
) -> None:
    world.switches.delay_s = 4
    phone = phone_at(make_app, upstream.url, 0.2)
    for _ in range(5):
        assert phone.get("/v1/week?day=2026-11-23").status_code == 504
    answer, took_s = timed(lambda: phone.get("/healthz"))
    assert answer.status_code == 200
    assert took_s < world.switches.delay_s


@pytest.mark.slow
@pytest.mark.parametrize("part", ["head", "body"])
def test_one_byte_a_second_is_answered_for_within_eight_and_a_half_seconds(
    make_app: Callable[..., Flask], part: str
) -> None:
    def handler(connection: Any) -> None:
        read_request(connection)
        start = head("Content-Length: 60", "Content-Type: application/json")
        if part == "body":
            connection.sendall(start)
        trickle(connection, start if part == "head" else b" " * 60, 1)

    with RawServer(handler) as server:
        phone = phone_at(make_app, server.url.rstrip("/"), TOTAL_S)
        answer, took_s = timed(lambda: phone.get("/v1/fitness"))
        assert answer.get_json()["code"] == "upstream_slow"
        assert TOTAL_S - 0.5 < took_s < 8.5


# together


@dataclass
class Crowd:
    """A WSGI application around the simulator that counts who is inside at once."""

    world: World
    meeting: threading.Barrier | None = None
    inside: int = 0
    most: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, environ: Any, start: Any) -> Any:
        with self.lock:
            self.inside += 1
            self.most = max(self.most, self.inside)
        try:
            if self.meeting and not environ["PATH_INFO"].endswith(("/0", "/profile")):
                self.meeting.wait(timeout=PATIENCE_S)
            time.sleep(0.002)  # others may come in
            return create_simulator(self.world)(environ, start)
        finally:
            with self.lock:
                self.inside -= 1


@pytest.mark.parametrize(("path", "calls"), [("/v1/fitness", 3), ("/v1/week", 2)])
def test_independent_calls_are_under_way_at_the_same_time(
    make_app: Callable[..., Flask], world: World, path: str, calls: int
) -> None:
    # each waits for the others
    crowd = Crowd(world, meeting=threading.Barrier(calls))
    answer = let_in(make_app(transport=WSGIAdapter(crowd))).get(path)
    assert answer.status_code == 200
    assert crowd.most == calls


class Meeting:
    """A WSGI application around the simulator whose calls wait for each other."""

    def __init__(self, world: World, ways: Sequence[str]) -> None:
        self.ways, self.inner = ways, create_simulator(world)
        self.barrier = threading.Barrier(len(ways))
        self.is_on = False

    def __call__(self, environ: Any, start: Any) -> Any:
        asked = f"{environ['PATH_INFO']}?{environ['QUERY_STRING']}"
        if self.is_on and any(way in asked for way in self.ways):
            self.barrier.wait(timeout=PATIENCE_S)
        return self.inner(environ, start)


def test_the_settings_are_read_beside_the_question_not_before_it(
    make_app: Callable[..., Flask], world: World
) -> None:
    meeting = Meeting(world, ["/athlete/0?", "/events?", "/activities?"])
    phone = let_in(make_app(transport=WSGIAdapter(meeting)))
    phone.get("/v1/athlete")
    meeting.is_on = True  # each of the three waits for the other two
    assert phone.get("/v1/week?refresh=yes").status_code == 200


def test_the_weeks_before_are_asked_beside_the_latest_session(
    make_app: Callable[..., Flask], world: World
) -> None:
    meeting = Meeting(world, ["limit=1", "fields=id,type,source,name,distance"])
    phone = let_in(make_app(transport=WSGIAdapter(meeting)))
    phone.get("/v1/athlete")
    meeting.is_on = True
    answer = phone.get("/v1/activities/latest")
    assert answer.get_json()["effort"]


def test_who_asks_again_and_again_reads_the_settings_every_few_seconds(
    app: Flask, world: World
) -> None:
    phone = let_in(app)
    for _ in range(3):
        assert phone.get("/v1/fitness?refresh=yes").status_code == 200
    asked = [request.path for request in world.requests]
    assert sum(path.endswith("/athlete/0") for path in asked) == 1
    assert len(asked) == 1 + 3 * 3


@pytest.mark.slow
def test_no_answer_asks_more_than_four_questions_at_once(
    make_app: Callable[..., Flask], world: World
) -> None:
    crowd = Crowd(world)
    phone = let_in(make_app(transport=WSGIAdapter(crowd)), "raw")
    for route in CLOSED:
        if route.method == "GET":
            assert phone.get(path_of(route, world)).status_code == 200, route.endpoint
    assert 2 <= crowd.most <= AT_ONCE == 4


def test_a_fifth_call_at_once_is_a_mistake_of_ours(app: Flask) -> None:
    with app.app_context(), pytest.raises(ValueError, match="5"):
        together(*[int] * 5)


def test_results_come_in_the_order_of_the_calls(app: Flask) -> None:
    last = threading.Event()

    def first() -> str:
        last.wait(PATIENCE_S)
        return "first"

    def second() -> str:
        last.set()
        return "second"

    with app.app_context():
        assert together(first, second) == ["first", "second"]


def test_the_failure_of_any_call_is_the_failure_of_the_answer(
    phone: FlaskClient, world: World
) -> None:
    world.switches.fail_status, world.switches.fail_path = 500, "/events"
    answer = phone.get("/v1/week")
    assert (answer.status_code, answer.get_json()["code"]) == (502, "upstream_down")
