"""A minute of memory, a day of stopgap, and honesty about both."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bridge.errors import UpstreamDown
from bridge.simulator.world import World
from bridge.store.shared import WRITTEN_AFTER_S, SharedFile
from bridge.upstream.cache import Cache, Kept, Owner
from bridge.upstream.flights import Flights, Unanswered
from bridge.upstream.memory import ROW_BYTES, Memory, OwnMemory
from tests.conftest import MORNING, Clock, let_in


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
    assert len(world.requests) == asked + 4  # the settings too


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


class Plain:
    """Seals nothing."""

    def seal(self, data: bytes, place: bytes) -> bytes:
        del place
        return data

    def open(self, sealed: bytes, place: bytes) -> bytes | None:
        del place
        return sealed


ME = Owner("i7", "key")


@pytest.fixture(params=["own", "shared"])
def memory(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Memory]:
    """The memory of one process and that of a machine, with room for 100 bytes."""
    most_bytes = 100 + 3 * ROW_BYTES
    if request.param == "own":
        yield OwnMemory(most_bytes)
        return
    shared = SharedFile(tmp_path / "memory.db", "boot", most_bytes)
    yield shared
    shared.close()


def cache_on(memory: Memory, clock: Clock, boot: str = "boot") -> Cache:
    return Cache(memory, Plain(), clock, clock.steady, boot)


def test_the_memory_is_bounded_and_forgets_the_oldest_first(memory: Memory) -> None:
    for name in ("a", "b", "a", "c", "d"):
        memory.put(name, "key", b"x" * 25)
    assert [name for name in "abcd" if memory.get(name)] == ["a", "c", "d"]
    memory.put("e", "key", b"x" * 101 + bytes(3 * ROW_BYTES))
    assert memory.get("e") is None
    assert memory.get("d") == b"x" * 25


def test_a_note_is_changed_by_one_at_a_time(memory: Memory) -> None:
    def count(note: dict[str, int]) -> int:
        note["n"] = note.get("n", 0) + 1
        return note["n"]

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda _: memory.change("count", count), range(80)))
    assert sorted(results) == list(range(1, 81))
    assert memory.read("count") == {"n": 80}
    assert memory.read("another") == {}


def test_a_change_that_is_refused_leaves_the_note(memory: Memory) -> None:
    memory.change("note", lambda note: note.update(n=1))

    def refuse(note: dict[str, int]) -> None:
        note["n"] = 2
        raise UpstreamDown("no")

    with pytest.raises(UpstreamDown):
        memory.change("note", refuse)
    assert memory.read("note") == {"n": 1}


def test_a_key_that_goes_takes_its_answers_along(memory: Memory) -> None:
    cache = cache_on(memory, Clock())
    other = Owner("i7", "other")
    for owner in (ME, other):
        cache.keep(owner, "a", b"mine")
    cache.drop(ME)
    assert cache.find(cache.seen(ME), "a") is None
    cache.keep(ME, "a", b"was under way")
    assert cache.find(cache.seen(ME), "a") is None
    assert cache.find(other, "a") is not None
    cache.drop_others("key")
    assert cache.find(other, "a") is None


def test_a_write_ends_freshness_and_leaves_the_stopgap(memory: Memory) -> None:
    cache = cache_on(memory, Clock())
    cache.keep(ME, "a", b"old")
    now = cache.end_freshness(ME)
    cache.keep(ME, "b", b"asked before the write")
    for target in ("a", "b"):
        kept = cache.find(now, target)
        assert kept is not None
        assert not kept.is_fresh
    cache.keep(now, "a", b"new")
    newest = cache.find(now, "a")
    assert isinstance(newest, Kept)
    assert (newest.body, newest.at, newest.is_fresh) == (b"new", MORNING, True)


def test_a_write_counted_elsewhere_ends_freshness(memory: Memory) -> None:
    cache = cache_on(memory, Clock())
    me = cache.seen(ME, 7)
    cache.keep(me, "a", b"old")
    assert cache.seen(ME, 7) == me
    kept = cache.find(cache.seen(ME, 8), "a")
    assert kept is not None
    assert not kept.is_fresh


def age(cache: Cache, clock: Clock) -> tuple[float, bool] | None:
    kept = cache.find(ME, "a")
    if kept is None:
        return None
    return (clock.now - kept.at).total_seconds(), kept.is_fresh


class Set(Clock):
    """A clock that somebody sets: the seconds that nobody sets go their own way."""

    steady_s = 1000.0

    def steady(self) -> float:
        return self.steady_s


@pytest.mark.parametrize(
    ("wall_s", "steady_s", "seen"),
    [
        (59, 59, (59, True)),
        (-3600, 59, (59, True)),
        (-3600, 61, (61, False)),
        (3600, 1, (3600, False)),
        (-3600, -1, None),  # started anew, and no clock to go by
        (30, -1, (30, True)),
    ],
)
def test_no_clock_that_was_set_makes_an_old_answer_young(
    memory: Memory, wall_s: int, steady_s: int, seen: tuple[float, bool] | None
) -> None:
    clock = Set()
    cache = cache_on(memory, clock)
    cache.keep(ME, "a", b"kept")
    clock.advance(seconds=wall_s)
    clock.steady_s += steady_s
    assert age(cache, clock) == seen


def test_after_a_start_of_the_machine_the_wall_alone_counts(memory: Memory) -> None:
    clock = Set()
    cache_on(memory, clock).keep(ME, "a", b"kept")
    clock.advance(hours=3)
    clock.steady_s = 1030.0
    restarted = cache_on(memory, clock, boot="next")
    assert age(restarted, clock) == (3 * 3600, False)


class Upstream:
    """Answers when it is told to, and counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0
        self.was_asked, self.may_answer = threading.Event(), threading.Event()
        self.fails = False

    def __call__(self) -> bytes:
        self.asked += 1
        self.was_asked.set()
        assert self.may_answer.wait(10)
        if self.fails:
            raise UpstreamDown("it fails")
        return b"answer %d" % self.asked


def asking(
    pool: ThreadPoolExecutor, flights: Flights, upstream: Upstream, many: int
) -> list[Future[bytes]]:
    """Let many threads ask the same, the first of them upstream already."""
    first = pool.submit(share, flights, upstream)
    assert upstream.was_asked.wait(10)
    return [first, *(pool.submit(share, flights, upstream) for _ in range(many - 1))]


def share(
    flights: Flights,
    upstream: Callable[[], bytes],
    *,
    question: str = "fitness",
    wait_s: float = 10,
    patience_s: float = 10,
) -> bytes:
    return flights.share(
        question, upstream, lambda: None, wait_s=wait_s, patience_s=patience_s
    )


def test_identical_questions_at_once_are_one_call() -> None:
    flights, upstream = Flights(OwnMemory()), Upstream()
    with ThreadPoolExecutor(20) as pool:
        answers = asking(pool, flights, upstream, 20)
        upstream.may_answer.set()
        assert {answer.result(10) for answer in answers} == {b"answer 1"}
    assert upstream.asked == 1


def test_a_failure_is_shared_by_all_who_waited() -> None:
    flights, upstream = Flights(OwnMemory()), Upstream()
    upstream.fails = True
    with ThreadPoolExecutor(3) as pool:
        answers = asking(pool, flights, upstream, 3)
        time.sleep(0.1)  # all of them wait
        upstream.may_answer.set()
        for answer in answers:
            with pytest.raises(UpstreamDown):
                answer.result(10)
    assert upstream.asked == 1


@pytest.mark.parametrize(("wait_s", "patience_s"), [(0.01, 10), (10, 0.01)])
def test_nobody_waits_for_another_longer_than_there_is_time_or_patience(
    wait_s: float, patience_s: float
) -> None:
    flights, upstream = Flights(OwnMemory()), Upstream()
    with ThreadPoolExecutor(1) as pool:
        (first,) = asking(pool, flights, upstream, 1)
        began_s = time.monotonic()
        with pytest.raises(Unanswered):
            share(flights, upstream, wait_s=wait_s, patience_s=patience_s)
        assert time.monotonic() - began_s < 5
        upstream.may_answer.set()
        assert first.result(10) == b"answer 1"


def test_other_questions_do_not_wait() -> None:
    flights, upstream = Flights(OwnMemory()), Upstream()
    with ThreadPoolExecutor(1) as pool:
        (first,) = asking(pool, flights, upstream, 1)
        assert share(flights, lambda: b"gear", question="gear") == b"gear"
        upstream.may_answer.set()
        assert first.result(10) == b"answer 1"


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


def test_who_keeps_an_answer_hinders_nobody_from_counting(tmp_path: Path) -> None:
    path = tmp_path / "bridge.upstream.db"
    files = [SharedFile(path, "this start") for _ in range(2)]

    def count(file: SharedFile) -> None:
        for number in range(150):
            file.put(f"answer {number}", "owner", b"x")
            file.change("budget", lambda note: note.update(n=note.get("n", 0) + 1))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(count, files * 4))
    assert files[0].read("budget") == {"n": 8 * 150}
    for file in files:
        file.close()


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[SharedFile, SharedFile]]:
    """Lend the memory of a machine as two of its workers have it."""
    path = tmp_path / "bridge.upstream.db"
    files = SharedFile(path, "this start"), SharedFile(path, "this start")
    yield files
    for file in files:
        file.close()


def test_who_waits_for_another_worker_has_its_answer_when_the_question_is_over(
    two: tuple[SharedFile, SharedFile],
) -> None:
    mine, yours = two
    with mine.alone("question") as is_alone:
        assert is_alone
        mine.put("a", "key", b"answer")
        assert mine.get("a") == b"answer"  # at once, here
    assert yours.get("a") == b"answer"


def test_an_answer_that_nobody_waits_for_is_written_a_moment_later(
    two: tuple[SharedFile, SharedFile],
) -> None:
    mine, yours = two
    mine.put("a", "key", b"answer")
    until_s = time.monotonic() + 5
    while yours.get("a") is None and time.monotonic() < until_s:
        time.sleep(WRITTEN_AFTER_S)
    assert yours.get("a") == b"answer"


def test_what_is_thrown_away_before_it_was_written_never_comes_back(
    two: tuple[SharedFile, SharedFile],
) -> None:
    mine, yours = two
    mine.put("a", "key", b"answer")
    mine.drop("key")
    time.sleep(2 * WRITTEN_AFTER_S)
    assert (mine.get("a"), yours.get("a")) == (None, None)


def test_a_note_that_changed_is_another_one_for_every_worker_at_once(
    two: tuple[SharedFile, SharedFile],
) -> None:
    mine, yours = two
    for number in range(50):
        mine.change("owner", partial(dict.update, n=number))
        assert (mine.read("owner"), yours.read("owner")) == ({"n": number},) * 2
        yours.read("owner").clear()  # what one was given is one's own
        assert yours.read("owner") == {"n": number}


def test_two_workers_that_start_at_once_count_together(tmp_path: Path) -> None:
    for number in range(30):
        path = tmp_path / f"{number}.upstream.db"
        files = [SharedFile(path, "this start") for _ in range(4)]
        start = threading.Barrier(len(files))

        def count(file: SharedFile, start: threading.Barrier = start) -> None:
            start.wait(10)
            file.change("budget", lambda note: note.update(n=note.get("n", 0) + 1))

        with ThreadPoolExecutor(len(files)) as pool:
            list(pool.map(count, files))
        assert files[0].read("budget") == {"n": len(files)}
        for file in files:
            file.close()
