"""Saying it twice does no harm: repeats, keys, two at once, workers that died."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from requests import PreparedRequest, Response

from bridge.errors import UpstreamDown
from bridge.simulator.app import create_simulator
from bridge.simulator.world import World
from bridge.store.athletes import OWNER
from bridge.store.replays import Asked
from bridge.upstream.wsgi_adapter import WSGIAdapter
from tests.conftest import Clock, let_in, services_of

TODAY = "2026-11-23"
URL = "/v1/wellness"


@pytest.fixture
def writer(app: Flask) -> FlaskClient:
    return let_in(app, "write")


def writes(world: World) -> int:
    return sum(asked.method != "GET" for asked in world.requests)


def weigh(phone: FlaskClient, kg: float, **headers: str) -> Any:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return phone.put(URL, json={"weight_kg": kg}, headers=named)


def test_the_same_within_a_minute_is_written_once_and_answered_the_same(
    writer: FlaskClient, world: World, clock: Clock
) -> None:
    first = weigh(writer, 72.5)
    clock.advance(seconds=59)
    second = weigh(writer, 72.5)
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.data == second.data
    assert writes(world) == 1
    assert second.headers["Idempotent-Replayed"] == "true"


def test_the_repeat_can_ask_for_the_sentence_alone(
    writer: FlaskClient, world: World
) -> None:
    spoken = weigh(writer, 72.5).get_json()["speech"]
    alone = writer.put(f"{URL}?format=text", json={"weight_kg": 72.5})
    assert alone.text == spoken + "\n"
    assert writes(world) == 1


def test_after_a_minute_it_is_a_new_write(
    writer: FlaskClient, world: World, clock: Clock
) -> None:
    weigh(writer, 72.5)
    clock.advance(seconds=61)
    weigh(writer, 72.5)
    assert writes(world) == 2


def test_the_order_of_the_fields_does_not_matter(
    writer: FlaskClient, world: World
) -> None:
    writer.put(URL, json={"weight_kg": 72.5, "steps": 9000})
    writer.put(URL, json={"steps": 9000, "weight_kg": 72.5})
    assert writes(world) == 1


def test_another_write_in_between_ends_the_minute(
    writer: FlaskClient, world: World
) -> None:
    for kg in (72.5, 71.5, 72.5):
        assert weigh(writer, kg).status_code == 200
    assert writes(world) == 3
    assert world.wellness[TODAY]["weight"] == 72.5


def test_an_undo_in_between_ends_the_minute(writer: FlaskClient, world: World) -> None:
    world.wellness[TODAY] = {"weight": 73.0}
    weigh(writer, 72.5)
    assert writer.post("/v1/undo").get_json()["undone"] == "yes"
    assert world.wellness[TODAY]["weight"] == 73.0
    weigh(writer, 72.5)
    assert world.wellness[TODAY]["weight"] == 72.5
    assert writes(world) == 3


def test_another_device_may_write_the_same(app: Flask, world: World) -> None:
    for name in ("iPhone", "Watch"):
        weigh(let_in(app, "write", name), 72.5)
    assert writes(world) == 2


def test_the_same_to_another_route_is_another_write(
    writer: FlaskClient, world: World
) -> None:
    writer.put(URL, json={"weight_kg": 72.5})
    writer.post(URL, json={"weight_kg": 72.5})
    assert writes(world) == 2


def test_a_key_holds_for_a_day_whatever_comes_between(
    writer: FlaskClient, world: World, clock: Clock
) -> None:
    first = weigh(writer, 72.5, Idempotency_Key="a-1")
    weigh(writer, 80.0)
    clock.advance(hours=23, minutes=59)
    again = weigh(writer, 72.5, Idempotency_Key="a-1")
    assert first.data == again.data
    assert writes(world) == 2
    clock.advance(minutes=2)
    weigh(writer, 72.5, Idempotency_Key="a-1")
    assert writes(world) == 3


def test_a_key_over_another_body_is_refused(writer: FlaskClient, world: World) -> None:
    weigh(writer, 72.5, Idempotency_Key="a-1")
    answer = weigh(writer, 71.5, Idempotency_Key="a-1")
    assert (answer.status_code, answer.get_json()["code"]) == (422, "key_reused")
    assert writes(world) == 1


def test_two_keys_are_two_writes(writer: FlaskClient, world: World) -> None:
    weigh(writer, 72.5, Idempotency_Key="a-1")
    weigh(writer, 72.5, Idempotency_Key="a-2")
    assert writes(world) == 2


@pytest.mark.parametrize("key", ["", "k" * 256, "k\tk", "schlüssel", "k\x7f"])
def test_a_key_that_cannot_be_is_refused(
    writer: FlaskClient, world: World, key: str
) -> None:
    environ = {"HTTP_IDEMPOTENCY_KEY": key.encode().decode("latin-1")}
    answer = writer.put(URL, json={"weight_kg": 72.5}, environ_overrides=environ)
    assert (answer.status_code, answer.get_json()["code"]) == (
        400,
        "bad_idempotency_key",
    )
    assert writes(world) == 0


def test_a_key_of_255_characters_is_taken(writer: FlaskClient) -> None:
    assert weigh(writer, 72.5, Idempotency_Key="k" * 255).status_code == 200


@pytest.mark.parametrize("headers", [{}, {"Idempotency_Key": "a-1"}])
def test_a_refused_write_can_be_corrected_under_the_same_key(
    writer: FlaskClient, world: World, headers: dict[str, str]
) -> None:
    assert weigh(writer, -1, **headers).status_code == 422
    assert weigh(writer, 72.5, **headers).status_code == 200
    assert writes(world) == 1


def test_a_write_that_upstream_never_saw_can_be_repeated_at_once(
    writer: FlaskClient, world: World, clock: Clock
) -> None:
    world.switches.fail_status = 503
    assert weigh(writer, 72.5).status_code == 502
    world.switches.fail_status = None
    clock.advance(seconds=5)  # nobody asks upstream at once whether it is well again
    assert weigh(writer, 72.5).status_code == 200
    assert writes(world) == 1


def test_two_at_once_on_two_workers_are_one_write(
    make_app: Callable[..., Flask], world: World, ready_url: str
) -> None:
    workers = [make_app(database_url=ready_url) for _ in range(2)]
    token = let_in(workers[0], "write").environ_base["HTTP_AUTHORIZATION"]
    headers = {"Authorization": token}

    def ask(number: int) -> Any:
        mine = workers[number % 2].test_client()
        return mine.put(URL, json={"weight_kg": 72.5}, headers=headers)

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(8)))
    assert [answer.status_code for answer in answers] == [200] * 8
    assert len({answer.data for answer in answers}) == 1
    assert writes(world) == 1


class Killed(BaseException):
    """What kill -9 leaves of a worker, as far as a test can tell."""


class Deadly(WSGIAdapter):
    """A wire on which the worker dies: before a write goes out, or after."""

    dies: str = "before"

    def send(self, request: PreparedRequest, *args: Any, **options: Any) -> Response:
        if request.method == "GET" or not self.dies:
            return super().send(request, *args, **options)
        if self.dies == "after":
            super().send(request, *args, **options)
        raise Killed


@pytest.fixture
def deadly(world: World) -> Deadly:
    return Deadly(create_simulator(world))


@pytest.fixture
def doomed(make_app: Callable[..., Flask], deadly: Deadly) -> Flask:
    return make_app(transport=deadly)


def reserved_by(app: Flask) -> Asked:
    """Return the one request that the database holds as reserved."""
    with services_of(app).store.database.connecting() as connection:
        row = connection.exec_driver_sql("SELECT * FROM replays").mappings().one()
    assert row["answer_status"] is None
    names = ("device_id", "slot", "fingerprint", "keyed")
    return Asked(**{name: row[name] for name in names})


@pytest.mark.parametrize("dies", ["before", "after"])
def test_a_worker_killed_on_the_way_does_not_block_the_next_try(
    doomed: Flask, deadly: Deadly, world: World, clock: Clock, dies: str
) -> None:
    writer, deadly.dies = let_in(doomed, "write"), dies
    sent = 1 if dies == "after" else 0
    with pytest.raises(Killed):
        weigh(writer, 72.5)
    assert writes(world) == sent
    replays, asked = services_of(doomed).store.replays, reserved_by(doomed)
    assert replays.reserve(asked, clock()).state == "taken"
    clock.advance(seconds=31)
    deadly.dies = ""
    assert weigh(writer, 72.5).status_code == 200
    assert writes(world) == sent + 1
    assert world.wellness[TODAY]["weight"] == 72.5


def test_a_write_of_a_killed_worker_can_be_taken_back(
    doomed: Flask, deadly: Deadly, world: World
) -> None:
    world.wellness[TODAY] = {"weight": 73.0}
    writer, deadly.dies = let_in(doomed, "write"), "after"
    with pytest.raises(Killed):
        weigh(writer, 72.5)
    assert world.wellness[TODAY]["weight"] == 72.5
    deadly.dies = ""
    assert writer.post("/v1/undo").get_json()["undone"] == "yes"
    assert world.wellness[TODAY]["weight"] == 73.0


def test_a_second_try_has_the_first_ones_name(
    doomed: Flask, deadly: Deadly, clock: Clock
) -> None:
    writer = let_in(doomed, "write")
    with pytest.raises(Killed):
        weigh(writer, 72.5)
    replays, asked = services_of(doomed).store.replays, reserved_by(doomed)
    first = replays.reserve(asked, clock())
    clock.advance(seconds=31)
    second = replays.reserve(asked, clock())
    assert (second.state, second.tries) == ("mine", 2)
    assert second.write_id == first.write_id
    clock.advance(minutes=6)
    assert replays.reserve(asked, clock()).tries == 1


def test_old_answers_are_cleared_away(
    app: Flask, writer: FlaskClient, clock: Clock
) -> None:
    weigh(writer, 72.5, Idempotency_Key="a-1")
    clock.advance(days=2)
    weigh(writer, 71.5)
    database = services_of(app).store.database
    with database.connecting() as connection:
        rows = connection.exec_driver_sql("SELECT count(*) FROM replays").scalar()
    assert rows == 1


def test_answers_go_with_their_device(app: Flask, writer: FlaskClient) -> None:
    weigh(writer, 72.5)
    store = services_of(app).store
    assert store.athletes.delete(OWNER)
    with store.database.connecting() as connection:
        for table in ("replays", "journal"):
            count = connection.exec_driver_sql(f"SELECT count(*) FROM {table}")
            assert count.scalar() == 0, table


def test_no_key_and_no_token_lies_in_the_database(
    app: Flask, writer: FlaskClient, world: World
) -> None:
    weigh(writer, 72.5, Idempotency_Key="canary-key-5521")
    token = str(writer.environ_base["HTTP_AUTHORIZATION"]).removeprefix("Bearer ")
    store = services_of(app).store
    with store.database.connecting() as connection:
        rows = [
            str(row)
            for table in ("journal", "replays")
            for row in connection.exec_driver_sql(f"SELECT * FROM {table}")
        ]
    assert rows
    for secret in ("canary-key-5521", token, world.api_key):
        assert secret not in str(rows)


def test_another_worker_answers_the_new_value_at_once(
    make_app: Callable[..., Flask], world: World, ready_url: str
) -> None:
    one, two = (make_app(database_url=ready_url) for _ in range(2))
    world.wellness[TODAY] = {"weight": 73.0}
    writer = let_in(one, "write")
    reader = two.test_client()
    reader.environ_base["HTTP_AUTHORIZATION"] = writer.environ_base[
        "HTTP_AUTHORIZATION"
    ]
    path = "/v1/wellness?fields=weight_kg"
    assert reader.get(path).get_json()["weight_kg"] == 73.0
    asked = len(world.requests)
    assert reader.get(path).get_json()["weight_kg"] == 73.0
    assert len(world.requests) == asked  # it was kept
    weigh(writer, 72.5)
    assert reader.get(path).get_json()["weight_kg"] == 72.5
    assert writer.post("/v1/undo").get_json()["undone"] == "yes"
    assert reader.get(path).get_json()["weight_kg"] == 73.0
    asked = len(world.requests)
    assert reader.get(path).get_json()["weight_kg"] == 73.0
    assert len(world.requests) == asked


def test_another_worker_sees_a_write_through_the_raw_route_at_once(
    make_app: Callable[..., Flask], world: World
) -> None:
    one, two = make_app(), make_app()
    raw, reader = let_in(one, "raw"), let_in(two)
    path = "/v1/wellness?fields=weight_kg"
    world.wellness[TODAY] = {"weight": 73.0}
    assert reader.get(path).get_json()["weight_kg"] == 73.0
    row = {"weight": 72.5}
    assert raw.put(f"/api/v1/athlete/0/wellness/{TODAY}", json=row).status_code == 200
    assert reader.get(path).get_json()["weight_kg"] == 72.5


@pytest.mark.slow
def test_whoever_waits_too_long_is_told_so(
    doomed: Flask, deadly: Deadly, world: World
) -> None:
    writer = let_in(doomed, "write")
    with pytest.raises(Killed):
        weigh(writer, 72.5)
    answer = weigh(writer, 72.5)
    assert (answer.status_code, answer.get_json()["code"]) == (409, "still_writing")
    assert "few seconds" in answer.get_json()["speech"]
    assert writes(world) == 0


class Silent(WSGIAdapter):
    """A wire that brings a write to upstream, and then nothing any more."""

    breaks, cut = True, False

    def send(self, request: PreparedRequest, *args: Any, **options: Any) -> Response:
        if self.cut:
            raise UpstreamDown("the wire is cut")
        self.cut = self.breaks and request.method != "GET"
        return super().send(request, *args, **options)


def test_when_upstream_stays_silent_after_a_write_nobody_claims_anything(
    make_app: Callable[..., Flask], world: World
) -> None:
    wire = Silent(create_simulator(world))
    app = make_app(transport=wire)
    world.wellness[TODAY] = {"weight": 73.0}
    world.switches.drop_connection_after_write = True
    writer = let_in(app, "write")
    answer = weigh(writer, 72.5)
    assert (answer.status_code, answer.get_json()["code"]) == (502, "write_unknown")
    assert "know whether it was stored" in answer.get_json()["speech"]
    wire.breaks, wire.cut = False, False
    world.switches.drop_connection_after_write = False
    assert weigh(writer, 72.5).status_code == 200
    assert writer.post("/v1/undo").get_json()["undone"] == "yes"
    assert world.wellness[TODAY]["weight"] == 73.0  # both tries were one write


class Faulty(WSGIAdapter):
    """A wire with a fault of ours in it, which shows once a write went out."""

    written, mended = False, False

    def send(self, request: PreparedRequest, *args: Any, **options: Any) -> Response:
        if self.written and not self.mended:
            raise ZeroDivisionError("a fault of ours")
        self.written = request.method != "GET"
        return super().send(request, *args, **options)


def test_a_fault_of_ours_after_a_write_does_not_say_to_try_again_at_once(
    make_app: Callable[..., Flask], world: World
) -> None:
    wire = Faulty(create_simulator(world))
    writer = let_in(make_app(transport=wire), "write")
    world.wellness[TODAY] = {"weight": 73.0}
    answer = weigh(writer, 72.5)
    assert (answer.status_code, answer.get_json()["code"]) == (502, "write_unknown")
    wire.mended = True
    assert writer.post("/v1/undo").get_json()["undone"] == "yes"
    assert world.wellness[TODAY]["weight"] == 73.0


def test_a_fault_of_ours_before_a_write_is_told_as_such(
    make_app: Callable[..., Flask], world: World
) -> None:
    wire = Faulty(create_simulator(world))
    writer = let_in(make_app(transport=wire), "write")
    writer.get(URL)
    wire.written = True
    assert weigh(writer, 72.5).get_json()["code"] == "bridge_error"


def test_a_write_nobody_could_confirm_can_be_taken_back(
    make_app: Callable[..., Flask], world: World
) -> None:
    wire = Silent(create_simulator(world))
    writer = let_in(make_app(transport=wire), "write")
    world.wellness[TODAY] = {"weight": 73.0}
    assert weigh(writer, 72.5).status_code == 502
    wire.breaks, wire.cut = False, False
    assert writer.post("/v1/undo").get_json()["undone"] == "yes"
    assert world.wellness[TODAY]["weight"] == 73.0


def test_siris_repeat_is_done_once_though_other_things_were_written_between(
    writer: FlaskClient, world: World
) -> None:
    note = {"category": "note", "name": "Tired", "day": "tomorrow"}
    first = writer.post("/v1/events", json=note)
    weigh(writer, 72.5)
    writer.post("/v1/events", json={**note, "name": "Rested"})
    again = writer.post("/v1/events", json=note)
    assert again.data == first.data
    assert [row["name"] for row in world.events.values()].count("Tired") == 1
    assert weigh(writer, 72.5).headers["Idempotent-Replayed"] == "true"


def test_what_was_made_and_removed_can_be_made_again(
    writer: FlaskClient, world: World
) -> None:
    note = {"category": "note", "name": "Tired", "day": "tomorrow"}
    made = writer.post("/v1/events", json=note).get_json()["event_id"]
    assert writer.delete(f"/v1/events/{made}").status_code == 200
    assert writer.post("/v1/events", json=note).get_json()["event_id"] != made
    assert [row["name"] for row in world.events.values()].count("Tired") == 1


class Slow(WSGIAdapter):
    """A wire on which writes wait until they may go on."""

    def __init__(self, world: World) -> None:
        super().__init__(create_simulator(world))
        self.waits, self.may_go = threading.Event(), threading.Event()
        self.path = "/events"

    def send(self, request: PreparedRequest, *args: Any, **options: Any) -> Response:
        if request.method == "POST" and self.path in str(request.url):
            self.waits.set()
            assert self.may_go.wait(10)
        return super().send(request, *args, **options)


@pytest.mark.parametrize("between", ["another write", "an undo, which ends it"])
def test_a_repeat_of_what_is_under_way_is_done_once_though_more_is_written(
    make_app: Callable[..., Flask], world: World, between: str
) -> None:
    slow = Slow(world)
    app = make_app(transport=slow)
    writer = let_in(app, "write")
    note = {"category": "note", "name": "Tired", "day": "tomorrow"}

    def ask() -> Any:
        return writer.post("/v1/events", json=note)

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(ask)
        assert slow.waits.wait(10)
        if between == "another write":
            weigh(writer, 72.5)
        else:
            writer.post("/v1/undo")
        again = pool.submit(ask)
        time.sleep(0.3)  # it waits for the first one
        slow.may_go.set()
        assert first.result(10).data == again.result(10).data
    assert [row["name"] for row in world.events.values()].count("Tired") == 1


@pytest.mark.slow
def test_a_repeat_waits_and_writes_within_one_budget(
    make_app: Callable[..., Flask], world: World
) -> None:
    slow = Slow(world)
    writer = let_in(make_app(transport=slow, upstream_budget_s=3.0), "write")
    note = {"category": "note", "name": "Tired", "day": "tomorrow"}
    with ThreadPoolExecutor(5) as pool:
        first = pool.submit(writer.post, "/v1/events", json=note)
        assert slow.waits.wait(10)
        began_s = time.monotonic()
        others = [pool.submit(writer.post, "/v1/events", json=note) for _ in range(4)]
        answers = [other.result(10) for other in others]
        assert time.monotonic() - began_s < 3.5
        slow.may_go.set()
        assert first.result(10).status_code == 200
    assert {answer.get_json()["code"] for answer in answers} == {"still_writing"}


def test_a_clock_that_is_set_back_makes_no_new_write_a_repeat(
    app: Flask, writer: FlaskClient, world: World, clock: Clock
) -> None:
    weigh(writer, 72.5)
    replays = services_of(app).store.replays
    now_s = clock.steady()
    replays.steady = lambda: now_s + 30
    clock.advance(hours=-1)
    assert weigh(writer, 72.5).headers["Idempotent-Replayed"] == "true"
    replays.steady = lambda: now_s + 62
    weigh(writer, 72.5)
    assert writes(world) == 2


def test_after_a_start_of_the_machine_a_write_of_the_future_is_no_repeat(
    app: Flask, writer: FlaskClient, world: World, clock: Clock
) -> None:
    weigh(writer, 72.5)
    with services_of(app).store.database.writing() as connection:
        connection.exec_driver_sql("UPDATE replays SET boot = 'another'")
    clock.advance(hours=-1)
    answer = weigh(writer, 72.5)
    assert answer.status_code == 200, answer.get_json()
    assert writes(world) == 2


def killed(
    writer: FlaskClient, deadly: Deadly, clock: Clock, method: str, path: str
) -> Any:
    """Let a worker die after upstream stored a write; return the repeat's answer."""
    body = {"day": "+1d"} if path.endswith("move") else None
    deadly.dies = "after"
    with pytest.raises(Killed):
        writer.open(path, method=method, json=body)
    deadly.dies = ""
    clock.advance(seconds=31)
    return writer.open(path, method=method, json=body)


def plan(world: World, name: str, hour: int) -> str:
    row = world.add_event(
        category="WORKOUT", name=name, start_date_local=f"{TODAY}T{hour:02}:00:00"
    )
    return str(row["id"])


def test_the_repeat_after_a_kill_is_told_that_it_was_removed(
    doomed: Flask, deadly: Deadly, world: World, clock: Clock
) -> None:
    writer = let_in(doomed, "write")
    event = plan(world, "Tempo", 17)
    answer = killed(writer, deadly, clock, "DELETE", f"/v1/events/{event}")
    assert answer.status_code == 200
    assert "Tempo" in answer.get_json()["speech"]
    assert int(event) not in world.events
    clock.advance(minutes=2)
    assert writer.delete(f"/v1/events/{event}").status_code == 404


def test_the_repeat_after_a_kill_is_told_that_it_was_skipped(
    doomed: Flask, deadly: Deadly, world: World, clock: Clock
) -> None:
    writer = let_in(doomed, "write")
    event = plan(world, "Tempo", 17)
    answer = killed(writer, deadly, clock, "POST", f"/v1/workouts/{event}/skip")
    assert answer.status_code == 200
    assert world.events[int(event)]["category"] == "NOTE"
    assert world.events[int(event)]["name"].count(":") == 1
    assert writer.post("/v1/undo").get_json()["undone"] == "yes"
    assert world.events[int(event)]["category"] == "WORKOUT"


@pytest.mark.parametrize("which", ["today", "next"])
@pytest.mark.parametrize("change", ["skip", "move", "done"])
def test_the_repeat_after_a_kill_means_the_same_workout(  # noqa: PLR0917  # fixtures
    doomed: Flask, deadly: Deadly, world: World, clock: Clock, which: str, change: str
) -> None:
    for row in list(world.events.values()):
        if row["start_date_local"].startswith(TODAY):
            del world.events[row["id"]]
    writer = let_in(doomed, "write")
    first, second = plan(world, "First", 17), plan(world, "Second", 19)
    before = dict(world.events[int(second)])
    answer = killed(writer, deadly, clock, "POST", f"/v1/workouts/{which}/{change}")
    assert answer.status_code in {200, 201}, answer.get_json()
    assert world.events[int(second)] == before
    if change == "move":
        assert world.events[int(first)]["start_date_local"] == "2026-11-24T17:00:00"
