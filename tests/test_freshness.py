"""A minute of memory, a day of stopgap, and honesty about both."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

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
    assert "This is from 7:05" in after["speech"]
    assert "stale" not in before


def test_the_note_about_age_is_never_what_is_cut_off(
    phone: FlaskClient, world: World, clock: Clock
) -> None:
    phone.get("/v1/today")
    clock.advance(hours=3)
    world.switches.fail_status = 503
    speech = phone.get("/v1/today").get_json()["speech"]
    assert speech.endswith("Intervals dot I C U is not answering.")
    assert len(speech) < 280


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
    assert "I read this yesterday at" in old["speech"]


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
    assert old["speech"].endswith("Add it again from the setup page.")
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


def test_the_memory_is_bounded_and_forgets_the_least_used_first() -> None:
    clock = Clock()
    cache = Cache(clock, most_bytes=100)
    for target in ("a", "b", "c"):
        cache.keep("owner", target, b"x" * 40, writes=0)
        cache.fresh("owner", "a")
    assert cache.fresh("owner", "a") == Kept(b"x" * 40, clock())
    assert cache.fresh("owner", "b") is None


def test_what_was_asked_before_a_write_is_not_kept_after_it() -> None:
    cache = Cache(Clock())
    writes = cache.writes("owner")
    cache.forget("owner")
    cache.keep("owner", "wellness", b"old", writes=writes)
    assert cache.fresh("owner", "wellness") is None
