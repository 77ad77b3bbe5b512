"""The simulator fails on purpose, in every way a test may need."""

from __future__ import annotations

import gzip
import json
import threading
import time
from collections.abc import Callable

import pytest

from bridge.simulator.faults import Fault, Garbage
from bridge.simulator.world import World
from tests.simulator.api import Api, api

__all__ = ["api"]


def test_every_request_fails_while_a_status_is_set(api: Api) -> None:
    api.world.switches.fail_status = 503
    status, body = api.refused("GET", "/athlete/0")
    assert (status, body["status"]) == (503, 503)
    api.world.switches.fail_status = None
    assert api.get("/athlete/0")


def test_only_matching_paths_and_methods_fail(api: Api) -> None:
    switches = api.world.switches
    switches.fail_status, switches.fail_path, switches.fail_method = 500, "/well", "PUT"
    path = "/athlete/0/wellness/2026-11-20"
    assert api.refused("PUT", path, json={"mood": 1})[0] == 500
    assert api.get(path)["mood"] != 1
    assert api.get("/athlete/0")


def test_one_shot_failures_are_taken_in_turn(api: Api) -> None:
    api.world.switches.fail_next = [502, Fault(status=500, path="/events"), 504]
    statuses = [api.refused("GET", "/athlete/0")[0] for _ in range(3)]
    assert statuses == [502, 504, 200]
    assert api.refused("GET", "/athlete/0/events")[0] == 500
    assert api.world.switches.fail_next == []


def test_a_used_up_quota_says_how_long_to_wait(api: Api) -> None:
    api.world.switches.retry_after_s = 42
    response = api.ask("GET", "/athlete/0")
    assert (response.status_code, response.headers["Retry-After"]) == (429, "42")
    assert response.get_json()["retry_after_seconds"] == 42


@pytest.mark.parametrize("kind", ["html", "truncated", "empty", "nan"])
def test_garbage_is_no_json(api: Api, kind: Garbage) -> None:
    api.world.switches.garbage = kind
    response = api.ask("GET", "/athlete/0")
    assert response.status_code == 200

    def strict(name: str) -> float:
        raise ValueError(name)

    with pytest.raises(ValueError, match=r".*"):
        json.loads(response.text, parse_constant=strict)


def test_a_lost_answer_still_stores_the_write(api: Api) -> None:
    path = "/athlete/0/wellness/2026-11-20"
    api.world.switches.drop_connection_after_write = True
    assert api.refused("PUT", path, json={"weight": 70.1})[0] == 502
    assert api.get(path)["weight"] == 70.1


def test_a_slow_answer_takes_its_time(api: Api) -> None:
    api.world.switches.delay_s = 0.05
    began = time.perf_counter()
    api.get("/athlete/0/profile")
    assert time.perf_counter() - began >= 0.05


def test_a_slow_path_holds_up_nobody_else(api: Api) -> None:
    switches = api.world.switches
    switches.delay_s, switches.delay_path = 5.0, "/wellness"
    switches.fail_next = [Fault(status=0, path="/profile", delay_s=0.05)]
    began = time.perf_counter()
    assert api.get("/athlete/0/events")
    assert time.perf_counter() - began < 1
    assert api.get("/athlete/0/profile")["athlete"]
    assert time.perf_counter() - began >= 0.05


def test_slow_answers_are_slow_together_not_in_a_row(api: Api) -> None:
    api.world.switches.delay_s = 0.3
    asked = [lambda: api.get("/athlete/0/profile")] * 4
    threads = [threading.Thread(target=ask) for ask in asked]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert time.perf_counter() - began < 1.0


def test_rate_limit_headers_appear_when_switched_on(api: Api) -> None:
    assert "X-RateLimit-Limit" not in api.ask("GET", "/athlete/0").headers
    api.world.switches.rate_limit_headers = True
    headers = api.ask("GET", "/athlete/0").headers
    assert headers["X-RateLimit-Limit"] == "2500,5000"
    assert headers["X-RateLimit-Remaining"] == "2498,4998"


def test_answers_are_gzipped_when_asked(api: Api) -> None:
    packed = api.ask("GET", "/athlete/0", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(packed.data)) == api.get("/athlete/0")


def test_same_seed_and_clock_make_the_same_world(world: World) -> None:
    twin, other = World(now=world.now), World(seed=2, now=world.now)
    paths = ("activities?oldest=2025-01-01", "events", "wellness", "gear", "folders")
    for path in paths:
        one, two = Api(world), Api(twin)
        assert one.get(f"/athlete/0/{path}") == two.get(f"/athlete/0/{path}")
    assert Api(other).get("/athlete/0/wellness") != Api(world).get(
        "/athlete/0/wellness"
    )


def test_many_threads_write_without_losing_anything(api: Api) -> None:
    threads = [threading.Thread(target=_comment(api)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    comments = api.get(f"/activity/{_newest(api)}/messages")
    own = [row for row in comments if row["athlete_id"] == "i424242"]
    assert len({row["id"] for row in own}) == 40


def _newest(api: Api) -> str:
    return next(key for key in reversed(api.world.sessions))


def _comment(api: Api) -> Callable[[], None]:
    activity_id = _newest(api)

    def run() -> None:
        for _ in range(5):
            api.post(f"/activity/{activity_id}/messages", {"content": "well done"})

    return run


def test_the_world_is_built_in_little_time(world: World) -> None:
    began = time.perf_counter()
    World(seed=77, now=world.now)
    assert time.perf_counter() - began < 1.5
