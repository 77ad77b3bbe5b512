"""Writing wellness from the phone: what is sent, what is kept, what is said."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bridge.simulator.faults import Fault
from bridge.simulator.state import RecordedRequest
from bridge.simulator.world import World
from tests.conftest import Clock, let_in

TODAY = "2026-11-23"


@pytest.fixture
def writer(app: Flask) -> FlaskClient:
    """A phone that may write."""
    return let_in(app, "write")


def writes(world: World) -> list[RecordedRequest]:
    return [asked for asked in world.requests if asked.method != "GET"]


def row(world: World, day: str = TODAY) -> dict[str, Any]:
    return world.wellness.get(day, {})


def test_a_weight_with_a_comma_lands_and_is_told_against_the_week(
    writer: FlaskClient, world: World
) -> None:
    answer = writer.put("/v1/wellness", json={"weight_kg": "72,5"})
    assert answer.status_code == 200, answer.text
    assert row(world)["weight"] == 72.5
    body = answer.get_json()
    assert body["weight_kg"] == 72.5
    assert body["weight_text"] == "72.5 kg"
    assert body["speech"].startswith("Noted. Weight 72.5 kilograms, that's 1.2 ")
    (change,) = body["items"]
    assert change["mean_7d"] > 60
    assert change["kept"] == "yes"
    (sent,) = writes(world)
    assert (sent.path, sent.body) == (
        f"/api/v1/athlete/0/wellness/{TODAY}",
        {"weight": 72.5},
    )


def test_the_check_in_of_the_template_lands(writer: FlaskClient, world: World) -> None:
    sent = {"mood": "1", "soreness": "gering", "fatigue": "3", "stress": "2",
            "motivation": "gut"}  # fmt: skip
    assert writer.put("/v1/wellness", json=sent).status_code == 200
    kept = {name: row(world)[name] for name in sent}
    assert kept == {
        "mood": 1,
        "soreness": 1,
        "fatigue": 3,
        "stress": 2,
        "motivation": 2,
    }


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ({"weight_lb": 160}, {"weight": 72.58}),
        ({"sleep_s": "7h 20"}, {"sleepSecs": 26400}),
        ({"sleep_s": "7:20"}, {"sleepSecs": 26400}),
        ({"sleep_s": 26400}, {"sleepSecs": 26400}),
        ({"resting_hr_bpm": "48 bpm"}, {"restingHR": 48}),
        ({"hrv_ms": "62,4"}, {"hrv": 62.4}),
        ({"steps": 9500}, {"steps": 9500}),
        ({"menstrual_phase": "Luteal"}, {"menstrualPhase": "LUTEAL"}),
        ({"comments": "Heiß 🥵"}, {"comments": "Heiß 🥵"}),
        ({"hydration_volume_l": "1,5 l"}, {"hydrationVolume": 1.5}),
        ({"locked": "yes"}, {"locked": True}),
    ],
)
def test_every_sort_of_value_lands_under_upstreams_name(
    writer: FlaskClient, world: World, sent: dict[str, Any], stored: dict[str, Any]
) -> None:
    answer = writer.post("/v1/wellness?day=yesterday", json=sent)
    assert answer.status_code == 200, answer.text
    assert {key: row(world, "2026-11-22")[key] for key in stored} == stored
    assert "Noted for yesterday." in answer.get_json()["speech"]


@pytest.mark.parametrize(
    ("sent", "code", "told"),
    [
        ({"weight": 72.5}, "unknown_field", "weight_kg"),
        ({"sleepSecs": 26400}, "unknown_field", "sleep_s"),
        ({"feel": 2}, "unknown_field", "mood"),
        ({"wieght_kg": 72}, "unknown_field", "weight_kg"),
        ({"ctl": 60}, "read_only_field", "ctl"),
        ({"weight_kg": "1,234"}, "bad_field", "weight_kg"),
        ({"weight_kg": "1.234,5"}, "bad_field", "weight_kg"),
        ({"weight_kg": "seventy"}, "bad_field", "weight_kg"),
        ({"weight_kg": "٧٢"}, "bad_field", "weight_kg"),
        ({"weight_kg": True}, "bad_field", "weight_kg"),
        ({"weight_kg": None}, "nothing_to_write", "weight_kg"),
        ({"weight_kg": "", "sleep_s": " "}, "nothing_to_write", "weight_kg"),
        ({"weight_kg": {"$gt": 0}}, "bad_field", "weight_kg"),
        ({"weight_kg": -72.5}, "beyond_bounds", "weight_kg"),
        ({"weight_kg": 0.2}, "beyond_bounds", "weight_kg"),
        ({"weight_kg": 725}, "beyond_bounds", "72.5"),
        ({"sleep_s": "25 h"}, "beyond_bounds", "7h 20"),
        ({"sleep_s": 7}, "beyond_bounds", "7h 20"),
        ({"mood": 5}, "out_of_bounds", "1 to 4"),
        ({"mood": "purple"}, "bad_field", "good or 2"),
        ({"menstrual_phase": "moon"}, "bad_field", "luteal"),
        (
            {"weight_kg": 72, "weight_lb": 160},
            "fields_clash",
            "weight in pounds, not both",
        ),
        ({"weight_kg": 72, "day": "2026-02-30"}, "bad_field", "day"),
        ({"weight_kg": 72, "day": "tomorrow"}, "day_to_come", "isn't here yet"),
        ({}, "nothing_to_write", "weight_kg"),
        ({"day": "today"}, "nothing_to_write", "weight_kg"),
    ],
)
def test_what_is_not_understood_is_refused_with_an_example_and_nothing_is_written(
    writer: FlaskClient, world: World, sent: dict[str, Any], code: str, told: str
) -> None:
    good_too = {"steps": 9000, **sent} if code == "bad_field" else sent
    answer = writer.put("/v1/wellness", json=good_too)
    assert (answer.status_code, answer.get_json()["code"]) == (422, code), answer.text
    body = answer.get_json()
    assert told in body["speech"] + body["hint"]
    assert writes(world) == []


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ('{"weight_kg": 72.5}', "application/json"),
        ('\ufeff{"weight_kg": "72.5 kg"}', "application/json; charset=utf-8"),
        (json.dumps('{"weight_kg": "72,5"}'), "application/json"),
        ("weight_kg=72%2C5", "application/x-www-form-urlencoded"),
    ],
)
def test_json_doubly_encoded_json_and_forms_are_read_alike(
    writer: FlaskClient, world: World, data: str, kind: str
) -> None:
    answer = writer.put("/v1/wellness", data=data.encode(), content_type=kind)
    assert answer.status_code == 200, answer.text
    assert row(world)["weight"] == 72.5


def test_fields_may_stand_in_the_query_too(writer: FlaskClient, world: World) -> None:
    answer = writer.post("/v1/wellness?weight_kg=72,5&day=2026-11-22&format=text")
    assert answer.text.startswith(
        "Noted for yesterday. Weight 72.5 kilograms, that's 1.2 "
    )
    assert row(world, "2026-11-22")["weight"] == 72.5


def test_a_field_sent_twice_is_refused(writer: FlaskClient, world: World) -> None:
    answer = writer.put("/v1/wellness?weight_kg=70", json={"weight_kg": 71})
    assert (answer.status_code, answer.get_json()["code"]) == (
        400,
        "repeated_parameter",
    )
    assert writes(world) == []


@pytest.mark.parametrize("where", ["query", "body"])
def test_a_preview_says_what_would_be_written_and_writes_nothing(
    writer: FlaskClient, world: World, where: str
) -> None:
    world.wellness[TODAY] = {"weight": 73.1}
    sent = {"weight_kg": 72.5}
    if where == "query":
        answer = writer.put("/v1/wellness?preview=yes", json=sent)
    else:
        answer = writer.put("/v1/wellness", json={**sent, "preview": "yes"})
    assert answer.get_json()["speech"] == (
        "Nothing is saved yet. For today I'd note: Weight 72.5 kilograms. "
        "Now it says: Weight 73.1 kilograms."
    )
    assert answer.get_json()["preview"] == "yes"
    assert writes(world) == []
    assert writer.put("/v1/wellness", json=sent).status_code == 200
    assert row(world)["weight"] == 72.5


def test_a_preview_is_yes_or_no(writer: FlaskClient, world: World) -> None:
    answer = writer.put("/v1/wellness?preview=maybe", json={"weight_kg": 72.5})
    assert (answer.status_code, answer.get_json()["code"]) == (400, "bad_parameter")
    assert writes(world) == []


def test_a_locked_day_is_said_and_not_believed_to_be_stored(
    writer: FlaskClient, world: World
) -> None:
    world.wellness[TODAY] = {"weight": 73.1, "locked": True}
    answer = writer.put("/v1/wellness", json={"weight_kg": 72.5})
    assert (answer.status_code, answer.get_json()["code"]) == (409, "day_locked")
    assert "23 November is locked" in answer.get_json()["speech"]
    assert row(world)["weight"] == 73.1
    undone = writer.post("/v1/undo")
    assert "nothing to undo" in undone.get_json()["speech"].lower()


def test_a_locked_day_that_upstream_changes_all_the_same_is_told_as_stored(
    writer: FlaskClient, world: World
) -> None:
    world.wellness[TODAY] = {"locked": True}
    world.switches.locked_ignores_writes = False
    answer = writer.put("/v1/wellness", json={"weight_kg": 72.5})
    assert answer.status_code == 200
    assert row(world)["weight"] == 72.5


def test_a_lost_answer_is_read_back_and_told(writer: FlaskClient, world: World) -> None:
    world.switches.drop_connection_after_write = True
    answer = writer.put("/v1/wellness", json={"weight_kg": 72.5})
    assert answer.status_code == 200, answer.text
    assert answer.get_json()["speech"].startswith(
        "The answer was lost, but I looked: it's"
    )
    assert len(writes(world)) == 1


def test_a_write_that_failed_half_way_is_told_as_not_stored_and_can_be_repeated(
    writer: FlaskClient, world: World
) -> None:
    world.switches.fail_next = [Fault(status=503, method="PUT")]
    answer = writer.put("/v1/wellness", json={"weight_kg": 72.5})
    assert (answer.status_code, answer.get_json()["code"]) == (502, "write_lost")
    assert "not stored" in answer.get_json()["speech"]
    assert len(writes(world)) == 1
    assert writer.put("/v1/wellness", json={"weight_kg": 72.5}).status_code == 200
    assert row(world)["weight"] == 72.5


def test_a_write_is_refused_by_upstream_in_its_own_words(
    writer: FlaskClient, world: World
) -> None:
    reason = "Unrecognized wellness field"
    world.switches.fail_next = [Fault(status=422, method="PUT", error=reason)]
    answer = writer.put("/v1/wellness", json={"weight_kg": 72.5})
    assert (answer.status_code, answer.get_json()["code"]) == (502, "upstream_rejected")
    assert reason in answer.get_json()["hint"]
    assert writer.put("/v1/wellness", json={"weight_kg": 72.5}).status_code == 200


def test_a_reading_device_may_not_write(phone: FlaskClient, world: World) -> None:
    answer = phone.put("/v1/wellness", json={"weight_kg": 72.5})
    assert (answer.status_code, answer.get_json()["code"]) == (403, "scope_too_small")
    assert world.requests == []


def test_what_was_written_is_read_at_once(
    writer: FlaskClient, world: World, clock: Clock
) -> None:
    assert writer.get("/v1/wellness?fields=weight_kg").status_code == 200
    writer.put("/v1/wellness", json={"weight_kg": 72.5})
    assert writer.get("/v1/wellness?fields=weight_kg").get_json()["weight_kg"] == 72.5
