"""Health sync through the phone: what is taken, what is left, and why."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bridge.simulator.world import World
from tests.conftest import Clock, let_in

SUNDAY, MONDAY = "2026-11-22", "2026-11-23"
NIGHT = f"{SUNDAY}T23:00:00;{MONDAY}T06:30:00;Core "
PULSE = f"{MONDAY}T06:40:00;{MONDAY}T06:41:00;48 count/min"


@pytest.fixture
def world(clock: Clock) -> World:
    """An athlete about whose days nothing is known yet."""
    return World.empty(now=clock)


@pytest.fixture
def writer(app: Flask) -> FlaskClient:
    return let_in(app, "write")


def steps(count: int, day: str = MONDAY) -> str:
    return f"{day}T00:00:00;{day}T00:00:00;{count} count"


def sync(phone: FlaskClient, **sent: Any) -> dict[str, Any]:
    answer = phone.post("/v1/health", json=sent)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.get_json()
    return body


def whys(body: dict[str, Any]) -> dict[str, str]:
    return {
        f"{item['date']} {item['field']}": item.get("why", "taken")
        for item in body["items"]
    }


def writes(world: World) -> list[Any]:
    return [asked for asked in world.requests if asked.method != "GET"]


def test_what_the_template_sends_lands_on_the_right_day(
    writer: FlaskClient, world: World
) -> None:
    body = sync(writer, sleep=f"{NIGHT}\n{NIGHT}", steps="", resting_hr=PULSE, hrv="")
    row = world.wellness[MONDAY]
    assert (row["sleepSecs"], row["restingHR"]) == (27000, 48)
    assert body["speech"] == (
        "Added for today: Slept 7 hours 30. Resting heart rate 48."
    )
    assert (body["taken_count"], body["left_count"], body["count"]) == (2, 0, 2)
    (sent,) = writes(world)
    assert sent.path.endswith(f"/wellness/{MONDAY}")


def test_several_days_go_out_in_one_call(writer: FlaskClient, world: World) -> None:
    both = f"{steps(8000, SUNDAY)}\n{steps(300)}"
    body = sync(writer, sleep=NIGHT, steps=both)
    assert world.wellness[SUNDAY]["steps"] == 8000
    assert world.wellness[MONDAY]["steps"] == 300
    (sent,) = writes(world)
    assert sent.path.endswith("/wellness-bulk")
    assert "And one" not in body["speech"]
    assert "And 1 value on another day." in body["speech"]


def test_nothing_sent_is_no_failure(writer: FlaskClient, world: World) -> None:
    body = sync(writer, sleep="", steps="", resting_hr="", hrv="")
    assert body["speech"].startswith("There's no health data to add.")
    assert body["count"] == 0
    assert writes(world) == []


def test_what_another_source_wrote_is_left_alone_and_named(
    writer: FlaskClient, world: World
) -> None:
    world.wellness[MONDAY] = {"restingHR": 51, "weight": 72.0}
    body = sync(writer, sleep=NIGHT, resting_hr=PULSE)
    assert world.wellness[MONDAY]["restingHR"] == 51
    assert whys(body)[f"{MONDAY} resting_hr_bpm"] == "other_source"
    assert "another source wrote it: the resting heart rate of today" in body["speech"]
    assert body["left_count"] == 1


def test_overwrite_takes_it_all(writer: FlaskClient, world: World) -> None:
    world.wellness[MONDAY] = {"restingHR": 51}
    body = sync(writer, resting_hr=PULSE, overwrite="yes")
    assert world.wellness[MONDAY]["restingHR"] == 48
    assert whys(body) == {f"{MONDAY} resting_hr_bpm": "taken"}


@pytest.mark.parametrize("odd", ["maybe", True, 1, "ye s"])
def test_overwrite_is_yes_or_no(writer: FlaskClient, world: World, odd: object) -> None:
    answer = writer.post("/v1/health", json={"resting_hr": PULSE, "overwrite": odd})
    assert (answer.status_code, answer.get_json()["code"]) == (422, "bad_field")
    assert writes(world) == []


def test_what_the_last_sync_wrote_grows_with_the_day(
    app: Flask, writer: FlaskClient, world: World, clock: Clock
) -> None:
    sync(writer, steps=steps(300))
    clock.advance(hours=5)
    sync(let_in(app, "write", "iPad"), steps=steps(6000))
    assert world.wellness[MONDAY]["steps"] == 6000
    body = sync(writer, steps=steps(5000))
    assert whys(body) == {f"{MONDAY} steps": "smaller"}
    assert world.wellness[MONDAY]["steps"] == 6000


def test_what_somebody_changed_after_a_sync_is_theirs(
    writer: FlaskClient, world: World
) -> None:
    sync(writer, steps=steps(300))
    world.wellness[MONDAY]["steps"] = 7000
    body = sync(writer, steps=steps(6000))
    assert whys(body) == {f"{MONDAY} steps": "other_source"}


def test_what_was_typed_in_here_is_not_the_syncs(
    writer: FlaskClient, world: World
) -> None:
    writer.put("/v1/wellness", json={"resting_hr_bpm": 52})
    body = sync(writer, resting_hr=PULSE)
    assert whys(body) == {f"{MONDAY} resting_hr_bpm": "other_source"}


def test_a_value_copied_from_the_settings_counts_as_empty(
    writer: FlaskClient, world: World
) -> None:
    world.wellness[MONDAY] = {"restingHR": 51, "tempRestingHR": True}
    sync(writer, resting_hr=PULSE)
    assert world.wellness[MONDAY]["restingHR"] == 48


def test_the_same_again_is_no_write(
    writer: FlaskClient, world: World, clock: Clock
) -> None:
    sync(writer, sleep=NIGHT)
    clock.advance(minutes=5)
    body = sync(writer, sleep=NIGHT)
    assert body["speech"] == "Intervals has all of it already."
    assert len(writes(world)) == 1


def test_samples_that_are_all_bad_write_nothing(
    writer: FlaskClient, world: World
) -> None:
    answer = writer.post("/v1/health", json={"steps": "soon;now;7\nnow;soon;8"})
    assert (answer.status_code, answer.get_json()["code"]) == (422, "bad_field")
    assert "didn't catch the steps" in answer.get_json()["speech"]
    assert writes(world) == []


def test_an_unknown_kind_is_refused(writer: FlaskClient, world: World) -> None:
    answer = writer.post("/v1/health", json={"slep": NIGHT})
    assert answer.get_json()["code"] == "unknown_field"
    assert "sleep" in answer.get_json()["speech"]
    assert writes(world) == []


def test_a_preview_of_a_sync_writes_nothing(writer: FlaskClient, world: World) -> None:
    answer = writer.post("/v1/health?preview=yes", json={"sleep": NIGHT})
    assert answer.get_json()["speech"].startswith("Nothing is saved yet.")
    assert answer.get_json()["preview"] == "yes"
    assert writes(world) == []


def test_an_undo_takes_all_days_of_a_sync_back(
    writer: FlaskClient, world: World
) -> None:
    world.switches.clear_with_null = True
    world.wellness[SUNDAY] = {"steps": 10}
    both = f"{steps(8000, SUNDAY)}\n{steps(300)}"
    sync(writer, steps=both, overwrite="yes")
    body = writer.post("/v1/undo").get_json()
    assert body["undone"] == "yes"
    assert body["target"] == f"{SUNDAY}, {MONDAY}"
    assert world.wellness[SUNDAY]["steps"] == 10
    assert world.wellness[MONDAY]["steps"] is None


def test_an_undo_of_several_days_says_of_which_day_each_value_is(
    writer: FlaskClient, world: World
) -> None:
    world.wellness[SUNDAY], world.wellness[MONDAY] = {"steps": 10}, {"steps": 20}
    both = f"{steps(8000, SUNDAY)}\n{steps(300)}"
    sync(writer, steps=both, overwrite="yes")
    likely = writer.post("/v1/undo?preview=yes").get_json()["speech"]
    told = writer.post("/v1/undo").get_json()["speech"]
    days = "22 November: 10 steps. 23 November: 20 steps."
    assert told == f"Undone, as before: {days}"
    assert likely == f"Nothing is saved yet. It would be as before: {days}"


def test_a_locked_day_among_others_is_told(writer: FlaskClient, world: World) -> None:
    world.wellness[SUNDAY] = {"locked": True}
    both = f"{steps(8000, SUNDAY)}\n{steps(300)}"
    body = sync(writer, steps=both)
    assert whys(body) == {f"{SUNDAY} steps": "not_kept", f"{MONDAY} steps": "taken"}
    assert "didn't keep the steps of yesterday" in body["speech"]


def test_a_sync_of_a_locked_day_alone_is_refused(
    writer: FlaskClient, world: World
) -> None:
    world.wellness[MONDAY] = {"locked": True}
    answer = writer.post("/v1/health", json={"steps": steps(300)})
    assert (answer.status_code, answer.get_json()["code"]) == (409, "day_locked")


def test_a_lost_answer_of_a_sync_is_read_back(
    writer: FlaskClient, world: World
) -> None:
    world.switches.drop_connection_after_write = True
    body = sync(writer, sleep=NIGHT, steps=f"{steps(8000, SUNDAY)}\n{steps(300)}")
    assert (body["taken_count"], len(writes(world))) == (3, 1)


def test_a_night_is_read_from_lists_and_forms_too(
    writer: FlaskClient, world: World
) -> None:
    sync(writer, sleep=[NIGHT])
    assert world.wellness[MONDAY]["sleepSecs"] == 27000
    answer = writer.post("/v1/health", data={"resting_hr": PULSE})
    assert answer.status_code == 200, answer.text
    assert world.wellness[MONDAY]["restingHR"] == 48


def test_a_large_sync_fits_and_a_huge_one_is_refused(writer: FlaskClient) -> None:
    line = "2026-11-22T10:00:00;2026-11-22T10:05:00;100 count"
    many = "\n".join([line] * 1900)
    assert sync(writer, steps=many)["count"] == 1
    answer = writer.post("/v1/health", json={"steps": many * 24})
    assert (answer.status_code, answer.get_json()["code"]) == (413, "body_too_large")


def test_sleep_without_a_watch_is_told_apart(writer: FlaskClient, world: World) -> None:
    body = sync(writer, sleep=NIGHT.replace("Core", "In Bed"))
    assert body["speech"] == ("There's time in bed, but no sleep: that needs a watch.")
    assert body["only_in_bed"] == "yes"
    assert writes(world) == []
