"""A minute of memory, a day of stopgap, and honesty about both."""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bridge.errors import UpstreamDown
from bridge.simulator.world import World
from bridge.upstream.cache import Cache, Kept
from tests.conftest import Clock, let_in


def test_the_same_question_within_a_minute_goes_upstream_once(
    phone: FlaskClient, world: World, clock: Clock
) -> None:
    phone.get("/v1/fitness")
    asked = len(world.requests)
    clock.advance(seconds=59)
    assert phone.get("/v1/fitness").get_json()["status"] == "ok"
    assert len(world.requests) == asked
    clock.advance(seconds=2)
    phone.get("/v1/fitness")
    assert len(world.requests) > asked


def test_refresh_asks_upstream_whatever_is_kept(
    phone: FlaskClient, world: World
) -> None:
    phone.get("/v1/fitness")
    asked = len(world.requests)
    phone.get("/v1/fitness?refresh=yes")
    assert len(world.requests) == asked + 3


def test_an_old_answer_is_given_and_named_while_upstream_is_down(
    phone: FlaskClient, world: World, clock: Clock
) -> None:
    before = phone.get("/v1/fitness").get_json()
    clock.advance(hours=3)
    world.switches.fail_status = 503
    after = phone.get("/v1/fitness").get_json()
    assert after["form"] == before["form"]
    assert (after["stale"], after["as_of"]) == ("yes", "2026-11-23T06:05:00Z")
    assert "As of 7:05; " in after["speech"]
    assert "stale" not in before


def test_that_it_is_old_comes_first_and_shortly(
    phone: FlaskClient, world: World, clock: Clock
) -> None:
    phone.get("/v1/today")
    clock.advance(hours=3)
    world.switches.fail_status = 503
    speech = phone.get("/v1/today").get_json()["speech"]
    assert speech.startswith("As of 7:05; Intervals isn't answering. ")
    assert len(speech) <= 255


def test_nothing_older_than_a_day_is_served(
    phone: FlaskClient, world: World, clock: Clock
) -> None:
    phone.get("/v1/race")
    clock.advance(hours=25)
    world.switches.fail_status = 503
    assert phone.get("/v1/race").status_code == 502


def test_the_latest_activity_is_told_after_midnight_too(
    phone: FlaskClient, world: World, clock: Clock
) -> None:
    fresh = phone.get("/v1/activities/latest").get_json()
    clock.advance(hours=22)
    world.switches.fail_status = 503
    old = phone.get("/v1/activities/latest").get_json()
    assert (old["stale"], old["activity_id"]) == ("yes", fresh["activity_id"])
    assert "Read yesterday at" in old["speech"]


def test_a_refused_key_is_never_covered_up_by_an_old_answer(
    phone: FlaskClient, world: World, clock: Clock
) -> None:
    phone.get("/v1/fitness")
    clock.advance(minutes=5)
    world.api_key = "rotated-and-different"
    body = phone.get("/v1/fitness").get_json()
    assert (body["status"], body["code"]) == ("error", "upstream_refused")


def test_a_busy_upstream_is_covered_by_the_last_answer(
    phone: FlaskClient, world: World, clock: Clock
) -> None:
    phone.get("/v1/fitness")
    clock.advance(minutes=5)
    world.switches.retry_after_s = 42
    assert phone.get("/v1/fitness").get_json()["stale"] == "yes"


def test_an_old_shortcut_hears_of_its_update(phone: FlaskClient) -> None:
    old = phone.get("/v1/race", headers={"X-Shortcut": "race-countdown/0"}).get_json()
    assert old["update"] == "yes"
    assert old["speech"].endswith("Update this shortcut from the setup page.")
    new = phone.get("/v1/race", headers={"X-Shortcut": "race-countdown/1"}).get_json()
    assert "update" not in new
    odd = phone.get("/v1/race", headers={"X-Shortcut": "../etc/passwd/-1"})
    assert "update" not in odd.get_json()


def test_two_devices_of_one_athlete_share_what_is_kept(
    app: Flask, phone: FlaskClient, world: World
) -> None:
    phone.get("/v1/race")
    asked = len(world.requests)
    let_in(app, name="Watch").get("/v1/race")
    assert len(world.requests) == asked


def keep(cache: Cache, target: str, body: bytes) -> None:
    cache.ask_anew("owner", target, lambda: body)


def test_the_memory_is_bounded_and_forgets_the_least_used_first() -> None:
    clock = Clock()
    cache = Cache(clock, most_bytes=100)
    for target in ("a", "b", "c"):
        keep(cache, target, b"x" * 40)
        cache.fresh("owner", "a")
    assert cache.fresh("owner", "a") == Kept(b"x" * 40, clock())
    assert cache.fresh("owner", "b") is None


def test_what_is_larger_than_all_memory_is_answered_and_not_kept() -> None:
    cache = Cache(Clock(), most_bytes=100)
    keep(cache, "a", b"x" * 40)
    assert cache.body("owner", "b", lambda: b"x" * 101, wait_s=1) == b"x" * 101
    assert cache.fresh("owner", "b") is None
    assert cache.fresh("owner", "a") is not None


def test_what_was_asked_before_a_write_is_not_kept_after_it() -> None:
    cache = Cache(Clock())

    def ask() -> bytes:
        cache.forget("owner")
        return b"old"

    assert cache.body("owner", "wellness", ask, wait_s=1) == b"old"
    assert cache.fresh("owner", "wellness") is None


class Upstream:
    """Answers when it is told to, and counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0
        self.was_asked, self.may_answer = threading.Event(), threading.Event()
        self.fails_once = False

    def __call__(self) -> bytes:
        self.asked += 1
        number = self.asked
        self.was_asked.set()
        assert self.may_answer.wait(10)
        if self.fails_once and number == 1:
            raise UpstreamDown("the first time")
        return b"answer %d" % number


def asking(
    pool: ThreadPoolExecutor, cache: Cache, upstream: Upstream, many: int
) -> list[Future[bytes]]:
    """Let many threads ask the same, the first of them upstream already."""

    def question() -> bytes:
        return cache.body("owner", "fitness", upstream, wait_s=10)

    first = pool.submit(question)
    assert upstream.was_asked.wait(10)
    return [first, *(pool.submit(question) for _ in range(many - 1))]


def test_identical_questions_at_once_are_one_call() -> None:
    cache, upstream = Cache(Clock()), Upstream()
    with ThreadPoolExecutor(20) as pool:
        answers = asking(pool, cache, upstream, 20)
        upstream.may_answer.set()
        assert {answer.result(10) for answer in answers} == {b"answer 1"}
    assert upstream.asked == 1


def test_who_waits_for_an_answer_that_fails_asks_without_a_queue() -> None:
    cache, upstream = Cache(Clock()), Upstream()
    upstream.fails_once = True
    with ThreadPoolExecutor(3) as pool:
        first, *others = asking(pool, cache, upstream, 3)
        upstream.may_answer.set()
        with pytest.raises(UpstreamDown):
            first.result(10)
        assert all(answer.result(10).startswith(b"answer") for answer in others)


def test_nobody_waits_for_another_longer_than_there_is_time() -> None:
    cache, upstream = Cache(Clock()), Upstream()
    with ThreadPoolExecutor(1) as pool:
        (first,) = asking(pool, cache, upstream, 1)
        assert cache.body("owner", "fitness", lambda: b"mine", wait_s=0.01) == b"mine"
        upstream.may_answer.set()
        assert first.result(10) == b"answer 1"


def test_who_asks_after_a_write_does_not_wait_for_what_was_asked_before_it() -> None:
    cache, upstream = Cache(Clock()), Upstream()
    with ThreadPoolExecutor(1) as pool:
        (first,) = asking(pool, cache, upstream, 1)
        cache.forget("owner")
        assert cache.body("owner", "fitness", lambda: b"new", wait_s=10) == b"new"
        upstream.may_answer.set()
        assert first.result(10) == b"answer 1"
    kept = cache.fresh("owner", "fitness")
    assert kept is not None
    assert kept.body == b"new"


def test_phones_that_ask_the_same_at_once_ask_upstream_once(
    app: Flask, world: World
) -> None:
    phones = [let_in(app, name=f"Phone {number}") for number in range(8)]
    phones[0].get("/v1/race")  # the settings are known from here on
    before = len(world.requests)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda phone: phone.get("/v1/gear"), phones))
    assert {answer.status_code for answer in answers} == {200}
    assert len(world.requests) == before + 1
