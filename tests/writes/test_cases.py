"""What other people's bridges got wrong, written by a phone: each of its kind."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bridge.simulator.world import World
from tests.conftest import Clock, let_in

MONDAY = "2026-11-23"
PULSE = f"{MONDAY}T06:00:00;{MONDAY}T06:00:00;48 count/min"


@pytest.fixture
def world(clock: Clock) -> World:
    """An athlete about whose days nothing is known yet."""
    return World.empty(now=clock)


@pytest.fixture
def writer(app: Flask) -> FlaskClient:
    return let_in(app, "write")


def sync(phone: FlaskClient, **sent: Any) -> dict[str, Any]:
    answer = phone.post("/v1/health", json=sent)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.get_json()
    return body


# dates in every form a phone writes


@pytest.mark.parametrize(
    ("night", "woke"),
    [
        ("2026-11-22T10:45:00 PM", "2026-11-23T6:40:00 AM"),
        ("2026-11-22T10:45:00\u202fPM", "2026-11-23T6:40:00\u202fAM"),
        ("2026-11-22\u200f 10:45\u2009PM", "2026-11-23 6:40:00\u200e AM"),
        ("2026-11-22 10:45:00\u00a0p.\u00a0m.", "2026-11-23 6:40:00\u00a0a.\u00a0m."),
        ("2026-11-22 22:45:00 +0100", "2026-11-23 06:40:00 +0100"),
        ("2026-11-22 21:45:00 +0000", "2026-11-23T05:40:00Z"),
        ("Sun, 22 Nov 2026 22:45:00 +0100", "Mon, 23 Nov 2026 06:40:00 +0100"),
        ("22 Nov 2026 at 22:45", "Nov 23, 2026 at 6:40 AM"),
        ("22. Nov. 2026 um 22:45", "23 nov. 2026 à 06:40"),
    ],
)
def test_a_night_is_read_in_every_form_a_phone_writes(
    writer: FlaskClient, world: World, night: str, woke: str
) -> None:
    sync(writer, sleep=f"{night};{woke};Core")
    assert world.wellness[MONDAY]["sleepSecs"] == 7 * 3600 + 55 * 60


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
def test_another_calendar_is_named(writer: FlaskClient, language: str) -> None:
    line = "2569-11-23T06:00:00;2569-11-23T06:00:00;48 count/min"
    answer = writer.post(f"/v1/health?lang={language}", json={"resting_hr": line})
    body = answer.get_json()
    assert (answer.status_code, body["code"]) == (422, "other_calendar")
    assert "2569" in body["speech"].replace("\u202f", "")
    answer = writer.put("/v1/wellness", json={"mood": 2, "day": "2569-11-23"})
    assert answer.get_json()["code"] == "other_calendar"
    assert writer.get("/v1/today?day=2569-11-23").get_json()["code"] == "other_calendar"


@pytest.mark.parametrize(
    ("language", "weight"), [("de", 72.0), ("fr", 72.0), ("es", 72.0), ("en", None)]
)
def test_the_language_tells_the_day_from_the_month(
    writer: FlaskClient, world: World, language: str, weight: float | None
) -> None:
    line = "03.11.2026, 06:00;03.11.2026, 06:00;72 kg"
    answer = writer.post(f"/v1/health?lang={language}", json={"weight": line})
    kept = world.wellness.get("2026-11-03", {}).get("weight")
    assert kept == weight
    if weight is None:
        assert answer.get_json()["code"] == "unclear_date"
        assert "month by its name" in answer.get_json()["speech"]
        for path in ("/v1/today?day=03/11/2026", "/v1/wellness?oldest=3.11.2026"):
            assert writer.get(path).get_json()["code"] == "unclear_date"


# numbers that are ambiguous only in theory


@pytest.mark.parametrize(
    ("kind", "value", "kept"),
    [
        ("weight", "72,450 kg", {"weight": 72.45}),
        ("weight", "160,500 lb", {"weight": 72.8}),
        ("hrv", "48,123 ms", {"hrvSDNN": 48.1}),
        ("resting_hr", "62,454 count/min", {"restingHR": 62}),
        ("spo2", "97,125 %", {"spO2": 97.1}),
        ("respiration", "14,125 count/min", {"respiration": 14.1}),
    ],
)
def test_three_decimals_are_read_where_a_thousandfold_cannot_be(
    writer: FlaskClient, world: World, kind: str, value: str, kept: dict[str, float]
) -> None:
    at = f"{MONDAY}T06:00:00"
    sync(writer, **{kind: f"{at};{at};{value}"})
    row = world.wellness[MONDAY]
    assert {key: row[key] for key in kept} == pytest.approx(kept, abs=0.06)


@pytest.mark.parametrize("value", ["8,432 count", "1,234 kg"])
def test_what_could_be_either_is_still_refused(writer: FlaskClient, value: str) -> None:
    at = f"{MONDAY}T00:00:00"
    kind = "weight" if "kg" in value else "steps"
    answer = writer.post("/v1/health", json={kind: f"{at};{at};{value}"})
    assert (answer.status_code, answer.get_json()["code"]) == (422, "bad_field")


# one bad sample costs itself alone


@pytest.mark.parametrize(
    "bad",
    [
        {"weight": f"{MONDAY}T06:00:00;{MONDAY}T06:00:00;heavy"},
        {"weight": f"{MONDAY}T06:00:00;{MONDAY}T06:00:00;7200 kg"},
        {"weight": "2569-11-23T06:00:00;2569-11-23T06:00:00;72 kg"},
        {"weight": "yesterday;today;72 kg"},
        {"weight": "2026-12-24T06:00:00;2026-12-24T06:00:00;72 kg"},
        {"weight": f"{MONDAY}T06:00:00;72 kg"},
    ],
)
def test_one_bad_sample_costs_no_other_and_is_named(
    writer: FlaskClient, world: World, bad: dict[str, str]
) -> None:
    body = sync(writer, resting_hr=PULSE, **bad)
    assert world.wellness[MONDAY]["restingHR"] == 48
    assert body["bad_count"] == 1
    assert body["bad_samples"] == f"weight: {bad['weight']}"
    assert "not understood: the weight" in body["speech"]


def test_one_bad_sample_costs_no_other_of_its_kind(
    writer: FlaskClient, world: World
) -> None:
    body = sync(writer, resting_hr=f"{PULSE}\n{MONDAY}T07:00:00;;fast", sleep="")
    assert (body["taken_count"], body["bad_count"]) == (1, 1)
    assert world.wellness[MONDAY]["restingHR"] == 48


# what a phone types


def test_a_value_that_is_null_costs_no_other(writer: FlaskClient, world: World) -> None:
    sent = {"sleep_s": None, "weight_kg": 72.5}
    assert writer.put("/v1/wellness", json=sent).status_code == 200
    assert world.wellness[MONDAY]["weight"] == 72.5
    body = sync(writer, sleep=None, steps=[None], resting_hr=[None, PULSE])
    assert body["taken_count"] == 1


@pytest.mark.parametrize(
    "name", ["weight_kg ", " weight_kg", "weight_kg\u00a0", "weight_kg\n"]
)
def test_blanks_around_a_name_are_none_of_it(
    writer: FlaskClient, world: World, name: str
) -> None:
    answer = writer.put("/v1/wellness", json={name: 72.5})
    assert answer.status_code == 200, answer.text
    assert world.wellness[MONDAY]["weight"] == 72.5
    twice = writer.put("/v1/wellness", json={name: 72.5, "weight_kg": 1})
    assert twice.get_json()["code"] == "repeated_parameter"


def test_skipped_questions_cost_nothing(writer: FlaskClient, world: World) -> None:
    answer = writer.put("/v1/wellness", json={"weight_kg": "", "mood": 2, "day": ""})
    assert answer.status_code == 200, answer.text
    row = world.wellness[MONDAY]
    assert (row["mood"], row.get("weight")) == (2, None)
    form = writer.put("/v1/wellness", data={"soreness": "1", "weight_kg": " "})
    assert form.status_code == 200, form.text
    assert writer.get("/v1/activities?type=&day=").status_code == 200


@pytest.mark.parametrize(
    "text",
    [
        "{\u201cweight_kg\u201d: \u201c72,5\u201d}",
        "{\u201eweight_kg\u201c: 72.5}",
        "{\u00abweight_kg\u00bb: 72}",
    ],
)
def test_curly_quotes_are_named(writer: FlaskClient, text: str) -> None:
    answer = writer.put(
        "/v1/wellness", data=text.encode(), content_type="application/json"
    )
    body = answer.get_json()
    assert (answer.status_code, body["code"]) == (400, "curly_quotes")
    assert "quotes" in body["speech"]


# 50m is fifty minutes


POOL = "- 200m easy\n\n8x\n- 50m Z3 Pace\n- 20s rest\n\n- 200m easy"


@pytest.mark.parametrize(
    ("kind", "text", "seen"),
    [
        ("Swim", POOL, "200m"),
        ("Swim", "8x\n- 50m Z3 Pace\n- 20s rest", "50m"),
        ("OpenWaterSwim", "- 25m drill", "25m"),
        ("Run", "- 1000m 4:00/km pace\n- 200m easy", "1000m"),
        ("TrailRun", "Main set 6x\n- 80m Z5\n- 60s Z1", "80m"),
        ("Rowing", "4x\n- 500m\n- 2m", "500m"),
    ],
)
def test_minutes_that_look_like_metres_are_asked_back(
    writer: FlaskClient, world: World, kind: str, text: str, seen: str
) -> None:
    sent = {"type": kind, "day": "2026-12-21", "workout_text": text}
    for path in ("/v1/workouts", "/v1/workouts?preview=yes"):
        answer = writer.post(path, json=sent)
        body = answer.get_json()
        assert (answer.status_code, body["code"]) == (422, "metres_or_minutes")
        assert body["speech"].startswith(f"{seen} means minutes here.")
        assert f"write {seen}tr" in body["speech"]
    event = {**sent, "category": "workout", "description": text}
    del event["workout_text"]
    answer = writer.post("/v1/events", json=event)
    assert answer.get_json()["code"] == "metres_or_minutes"
    assert not world.events
    assert writer.post("/v1/workouts", json={**sent, "sure": "yes"}).status_code == 200


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("Swim", POOL.replace("m ", "mtr ")),
        ("Swim", "- 10m easy\n- 400mtr\n- 100yd"),
        ("Run", "- 60m Z2 HR"),
        ("Run", "- 90m Z2\n- 10m Z1"),
        ("Run", "- 1h40m Z2"),
        ("Run", "8x\n- 3m 4:00/km Pace\n- 400mtr"),
        ("Ride", "- 200m 65%"),
    ],
)
def test_what_is_no_slip_is_planned(writer: FlaskClient, kind: str, text: str) -> None:
    sent = {"type": kind, "day": "2026-12-21", "workout_text": text}
    answer = writer.post("/v1/workouts", json=sent)
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/v1/workouts", {"workout_text": "- 9h 60%", "type": "Ride", "day": "today"}),
        (
            "/v1/workouts",
            {"workout_text": "20x\n- 30m 60%", "type": "Ride", "day": "today"},
        ),
        ("/v1/workouts", {"text": "ride 9 hours easy tomorrow"}),
        (
            "/v1/events",
            {"category": "workout", "type": "Ride", "day": "today", "planned_s": "10h"},
        ),
    ],
)
def test_a_day_over_eight_hours_is_asked_back(
    writer: FlaskClient, world: World, path: str, sent: dict[str, str]
) -> None:
    answer = writer.post(path, json=sent)
    body = answer.get_json()
    assert (answer.status_code, body["code"]) == (422, "very_long")
    assert "hours" in body["speech"]
    assert not world.events
    assert writer.post(path, json={**sent, "sure": "yes"}).status_code == 200
