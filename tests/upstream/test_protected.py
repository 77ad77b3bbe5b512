"""Upstream is protected before the fact: places, shares, illness, bad answers."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from requests import PreparedRequest, Response

from bridge.errors import UpstreamBusy, UpstreamDown, UpstreamSlow
from bridge.simulator.app import create_simulator
from bridge.simulator.world import World
from bridge.upstream.budget import BACKGROUND, PER_DAY, PER_DAY_UNASKED, Budget
from bridge.upstream.gate import Gate
from bridge.upstream.health import LONGEST_PAUSE_S, Health
from bridge.upstream.memory import OwnMemory
from bridge.upstream.wsgi_adapter import WSGIAdapter
from tests.conftest import Clock, let_in, services_of
from tests.upstream.scripted import response_of


class Sleeper(Clock):
    """A clock that goes on while somebody waits."""

    slept_s: float = 0.0

    def sleep(self, seconds: float) -> None:
        self.slept_s += seconds
        self.advance(seconds=seconds)


def budget_on(clock: Sleeper, per_second: int = 10) -> Budget:
    return Budget(OwnMemory(), clock, clock.steady, per_second, clock.sleep)


# places in a second


def test_ten_calls_go_out_at_once_and_the_next_ten_a_second_later() -> None:
    clock = Sleeper()
    budget, times = budget_on(clock), []
    for _ in range(25):
        budget.wait_for_turn("key", "phone", 2)
        times.append(clock.steady())
    for first, eleventh in zip(times, times[10:], strict=False):
        assert eleventh - first >= 1
    assert times[-1] - times[0] <= 2.5


def test_nobody_waits_for_a_turn_longer_than_two_seconds() -> None:
    clock = Clock()  # stands still, so that the queue grows
    budget = Budget(OwnMemory(), clock, clock.steady, 10, lambda _: None)
    for number in range(20):
        budget.wait_for_turn("key", f"phone {number}", 60)
    with pytest.raises(UpstreamBusy) as caught:
        budget.wait_for_turn("key", "one more", 60)
    assert 1 <= caught.value.retry_after_s <= 3


def test_who_has_less_time_waits_less() -> None:
    clock = Clock()
    budget = Budget(OwnMemory(), clock, clock.steady, 10, lambda _: None)
    for number in range(10):
        budget.wait_for_turn("key", f"phone {number}", 0.5)
    with pytest.raises(UpstreamBusy):
        budget.wait_for_turn("key", "late", 0.5)


def test_a_runaway_device_leaves_most_turns_to_others() -> None:
    clock = Sleeper()
    budget, calls = budget_on(clock), 0
    for _ in range(600):  # tries ten times a second, for a minute
        try:
            budget.wait_for_turn("key", "runaway", 0)
            calls += 1
        except UpstreamBusy:
            pass
        before_s = clock.slept_s
        budget.wait_for_turn("key", "phone", 2) if calls % 20 == 0 else None
        assert clock.slept_s - before_s < 1.1
        clock.advance(seconds=0.1)
    assert calls <= 40 + 60 * 2.5 + 1


# the day of a key


def day_of(clock: Sleeper, budget: Budget, device: str, most: int = PER_DAY) -> int:
    """Return how many calls a device gets today if it never stops."""
    for calls in range(most):
        try:
            budget.wait_for_turn("key", device, 0)
        except UpstreamBusy:
            return calls
        clock.advance(seconds=0.5)
    return most


def test_one_device_gets_half_of_the_day_and_a_second_half_of_the_rest() -> None:
    clock = Sleeper()
    budget = budget_on(clock)
    assert day_of(clock, budget, "first") == PER_DAY / 2
    assert day_of(clock, budget, "second") == PER_DAY / 4
    assert day_of(clock, budget, "third", 10) == 10
    clock.advance(days=1)
    assert day_of(clock, budget, "first", 10) == 10


def test_the_calls_of_one_key_are_not_those_of_another() -> None:
    clock = Sleeper()
    budget = budget_on(clock)
    day_of(clock, budget, "phone")
    budget.wait_for_turn("another key", "phone", 0)


class Counted:
    """What several machines count in, where they share a database."""

    def __init__(self) -> None:
        self.days: Counter[tuple[str, str]] = Counter()

    def count_unasked(self, key_name: str, day: str) -> int:
        self.days[key_name, day] += 1
        return self.days[key_name, day]

    def unasked(self, key_name: str, day: str) -> int:
        return self.days[key_name, day]


def test_machines_that_share_a_key_spend_1500_calls_together_when_nobody_asks() -> None:
    clock, counted = Sleeper(), Counted()
    machines = [
        Budget(
            OwnMemory(),
            clock,
            clock.steady,
            10,
            clock.sleep,
            unasked=lambda: counted,
        )
        for _ in range(3)
    ]
    sent = [day_of(clock, machine, BACKGROUND, 700) for machine in machines]
    assert sent == [700, 700, PER_DAY_UNASKED - 1400]
    assert [each.spent("key", BACKGROUND) for each in machines] == [PER_DAY_UNASKED] * 3
    machines[0].wait_for_turn("key", "phone", 0)  # who asks is not held up by that
    assert machines[0].spent("key") == PER_DAY_UNASKED + 1
    clock.advance(days=1)
    assert machines[2].spent("key", BACKGROUND) == 0
    assert day_of(clock, machines[2], BACKGROUND, 10) == 10


# through the phone


@pytest.mark.slow
def test_an_empty_budget_is_covered_by_the_last_answer(
    make_app: Callable[..., Flask], world: World, clock: Clock
) -> None:
    phone = let_in(make_app(upstream_per_second=5))
    fresh = phone.get("/v1/fitness").get_json()
    asked = len(world.requests)
    for _ in range(12):  # the clock stands still
        answer = phone.get("/v1/fitness?refresh=yes").get_json()
    assert (answer["stale"], answer["form"]) == ("yes", fresh["form"])
    cold = phone.get("/v1/race?refresh=yes")
    assert (cold.status_code, cold.get_json()["code"]) == (503, "upstream_busy")
    assert 1 <= int(cold.headers["Retry-After"]) <= 900
    assert len(world.requests) - asked <= 20
    clock.advance(minutes=1)
    assert "stale" not in phone.get("/v1/fitness").get_json()


def test_no_budget_and_no_merging_where_they_are_switched_off(
    make_app: Callable[..., Flask],
) -> None:
    wire = services_of(make_app(upstream_per_second=0)).wire
    assert wire.budget is None
    assert wire.flights is None


# bad answers that look like good ones


class Spoilt(WSGIAdapter):
    """A wire on which answers are good, or each is ``body``."""

    body: bytes | None = None

    def send(self, request: PreparedRequest, *args: Any, **options: Any) -> Response:
        response = super().send(request, *args, **options)
        if self.body is not None:
            response = response_of(200, {}, self.body)
        return response


SPOILT = {
    "a challenge": b"<!DOCTYPE html><title>Just a moment...</title>",
    "cut JSON": b'[{"id":"2026-11-23","ctl":5',
    "nothing": b"",
    "an error": b'{"status":500,"error":"Internal error"}',
    "null": b"null",
}


@pytest.fixture
def spoilt(world: World) -> Spoilt:
    return Spoilt(create_simulator(world))


@pytest.mark.parametrize("body", SPOILT.values(), ids=SPOILT)
@pytest.mark.parametrize(
    "path", ["/v1/fitness", "/v1/today", "/v1/athlete", "/v1/activities", "/v1/week"]
)
def test_a_bad_answer_never_takes_the_room_of_a_good_one(
    make_app: Callable[..., Flask], spoilt: Spoilt, clock: Clock, path: str, body: bytes
) -> None:
    phone = let_in(make_app(transport=spoilt))
    good = phone.get(path).get_json()
    clock.advance(minutes=2)
    spoilt.body = body
    covered = phone.get(path).get_json()
    assert covered["stale"] == "yes"
    assert without_marks(covered).keys() == without_marks(good).keys()
    spoilt.body = None
    clock.advance(seconds=20)  # not a minute
    wait_until_well(phone, path)


def wait_until_well(phone: FlaskClient, path: str) -> None:
    """Ask until the answer is fresh: a probe goes out behind an old one."""
    until_s = time.monotonic() + 10
    while "stale" in phone.get(path).get_json():
        assert time.monotonic() < until_s
        time.sleep(0.01)


def without_marks(body: dict[str, Any]) -> dict[str, Any]:
    return {name: body[name] for name in body if name not in {"stale", "as_of"}}


@pytest.mark.parametrize("body", SPOILT.values(), ids=SPOILT)
def test_a_bad_first_answer_is_gone_as_soon_as_upstream_is_well(
    make_app: Callable[..., Flask], spoilt: Spoilt, clock: Clock, body: bytes
) -> None:
    phone = let_in(make_app(transport=spoilt))
    phone.get("/v1/athlete")
    spoilt.body = body
    answer = phone.get("/v1/race")
    assert (answer.status_code, answer.get_json()["code"]) == (502, "upstream_garbage")
    spoilt.body = None
    clock.advance(seconds=5)
    assert phone.get("/v1/race").status_code == 200


@pytest.mark.parametrize("path", ["activities.csv", "activities/latest/streams.csv"])
@pytest.mark.parametrize("name", ["a challenge", "nothing", "an error"])
def test_a_page_is_not_passed_on_as_a_table(
    make_app: Callable[..., Flask], spoilt: Spoilt, path: str, name: str
) -> None:
    phone = let_in(make_app(transport=spoilt))
    assert phone.get(f"/v1/{path}").status_code == 200  # the rest is kept
    spoilt.body = SPOILT[name]
    answer = phone.get(f"/v1/{path}")
    assert (answer.status_code, answer.get_json()["code"]) == (502, "upstream_garbage")


# a write ends freshness, not the stopgap


@pytest.mark.parametrize("status", [200, 502])
def test_who_logs_weight_in_the_morning_keeps_the_stopgap(
    app: Flask, world: World, clock: Clock, status: int
) -> None:
    phone = let_in(app, "write")
    paths = ["/v1/fitness", "/v1/today", "/v1/race", "/v1/week", "/v1/gear"]
    for path in paths:
        assert phone.get(path).status_code == 200
    world.switches.fail_status = None if status == 200 else 503
    assert phone.put("/v1/wellness", json={"weight_kg": 72}).status_code == status
    clock.advance(minutes=1)
    world.switches.fail_status = 503
    for path in paths:
        assert phone.get(path).get_json()["stale"] == "yes", path


# illness


class Ill(WSGIAdapter):
    """A wire to an upstream that hangs, or is away, until it is well again."""

    error: Exception | None = None
    hangs: threading.Event | None = None
    sent = 0

    def send(self, request: PreparedRequest, *args: Any, **options: Any) -> Response:
        self.sent += 1
        if self.hangs is not None:
            assert self.hangs.wait(10)
        if self.error is not None:
            raise self.error
        return super().send(request, *args, **options)


@pytest.fixture
def ill(world: World) -> Ill:
    return Ill(create_simulator(world))


@pytest.mark.slow
def test_an_upstream_that_is_away_is_asked_by_few_and_ever_more_rarely(
    make_app: Callable[..., Flask], ill: Ill, clock: Clock
) -> None:
    phone = let_in(make_app(transport=ill))
    phone.get("/v1/fitness")
    clock.advance(minutes=5)
    ill.error, ill.sent = UpstreamDown("no route"), 0
    for _ in range(600):  # ten minutes
        assert phone.get("/v1/fitness").get_json()["stale"] == "yes"
        clock.advance(seconds=1)
    time.sleep(0.1)  # the last probe
    assert 30 <= ill.sent <= 9 + 600 / LONGEST_PAUSE_S + 10


def test_the_first_answer_ends_the_illness(
    make_app: Callable[..., Flask], ill: Ill, clock: Clock
) -> None:
    phone = let_in(make_app(transport=ill))
    phone.get("/v1/fitness")
    clock.advance(minutes=5)
    ill.error = UpstreamDown("no route")
    assert phone.get("/v1/fitness").get_json()["stale"] == "yes"
    ill.error = None
    clock.advance(seconds=LONGEST_PAUSE_S + 1)
    wait_until_well(phone, "/v1/fitness")


def test_who_has_no_old_answer_is_told_at_once_that_upstream_is_away(
    make_app: Callable[..., Flask], ill: Ill, clock: Clock
) -> None:
    phone = let_in(make_app(transport=ill))
    phone.get("/v1/athlete")
    clock.advance(seconds=10)
    ill.error = UpstreamDown("no route")
    assert phone.get("/v1/race").get_json()["code"] == "upstream_down"
    ill.sent = 0
    assert phone.get("/v1/gear").get_json()["code"] == "upstream_down"
    assert ill.sent == 0
    clock.advance(seconds=30)
    ill.error = None
    assert phone.get("/v1/gear").status_code == 200


@pytest.mark.slow
def test_while_a_call_hangs_everybody_has_the_old_answer_at_once(
    make_app: Callable[..., Flask], ill: Ill, clock: Clock
) -> None:
    app = make_app(transport=ill)
    phones = [let_in(app, name=f"Phone {number}") for number in range(20)]
    for phone in phones:
        phone.get("/v1/gear")
    clock.advance(minutes=5)
    ill.hangs, ill.sent = threading.Event(), 0

    def timed(phone: FlaskClient) -> tuple[float, dict[str, Any]]:
        began_s = time.monotonic()
        body = phone.get("/v1/gear").get_json()
        return time.monotonic() - began_s, body

    with ThreadPoolExecutor(20) as pool:
        asked = [pool.submit(timed, phone) for phone in phones]
        until_s = time.monotonic() + 10
        while not all(future.done() for future in asked):
            assert time.monotonic() < until_s
            time.sleep(0.01)
    assert [future.result()[1].get("stale") for future in asked] == ["yes"] * 20
    assert ill.sent == 1
    ill.hangs.set()  # the call went on behind the answers
    while "stale" in phones[0].get("/v1/gear").get_json():
        assert time.monotonic() < until_s
        time.sleep(0.01)
    assert ill.sent == 1


def test_an_upstream_that_only_takes_its_time_is_waited_for(
    make_app: Callable[..., Flask], ill: Ill, clock: Clock
) -> None:
    phone = let_in(make_app(transport=ill))
    phone.get("/v1/gear")
    clock.advance(minutes=5)
    ill.hangs = threading.Event()
    threading.Timer(0.7, ill.hangs.set).start()
    assert "stale" not in phone.get("/v1/gear").get_json()


def test_a_failure_while_others_are_answered_is_no_illness() -> None:
    clock = Clock()
    health = Health(OwnMemory(), clock.steady)
    clock.advance(seconds=10)
    health.answered(0.2)
    health.failed(8.0, UpstreamSlow("one heavy question"))
    assert health.advice(has_stopgap=False) == "ask"
    clock.advance(seconds=10)
    health.failed(8.0, UpstreamSlow("nobody was answered since"))
    assert health.advice(has_stopgap=False) == "wait"


def test_little_time_is_no_illness() -> None:
    clock = Clock()
    health = Health(OwnMemory(), clock.steady)
    health.failed(0.5, UpstreamSlow("half a second was left"))
    assert health.advice(has_stopgap=True) == "ask"


def test_of_all_who_ask_one_is_the_probe() -> None:
    clock = Clock()
    health = Health(OwnMemory(), clock.steady)
    health.failed(8.0, UpstreamSlow("late"))
    assert type(health.failure()) is UpstreamSlow
    clock.advance(seconds=1.1)
    advice = [health.advice(has_stopgap=False) for _ in range(5)]
    assert advice == ["probe", "wait", "wait", "wait", "wait"]


def test_a_machine_that_was_started_anew_owes_nothing() -> None:
    clock, memory = Sleeper(), OwnMemory()
    budget = Budget(memory, clock, clock.steady, 10, clock.sleep)
    health, gate = Health(memory, clock.steady), Gate(clock.steady, memory)
    for _ in range(60):
        budget.wait_for_turn("key", "phone", 2)
    health.failed(8.0, UpstreamSlow("late"))
    gate.close("key", 900)
    clock.advance(hours=-5)
    before_s = clock.slept_s
    for _ in range(10):
        budget.wait_for_turn("key", "phone", 2)
    assert clock.slept_s == before_s
    assert health.advice(has_stopgap=False) == "probe"
    assert gate.remaining_s("key") == 0
