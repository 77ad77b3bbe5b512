"""Health Auto Export: its JSON as it is, in every shape the app has."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bridge.simulator.world import World
from tests.conftest import Clock, let_in
from tests.writes.writing import done, writes

SUNDAY, MONDAY = "2026-11-22", "2026-11-23"


@pytest.fixture
def world(clock: Clock) -> World:
    """An athlete about whose days nothing is known yet."""
    return World.empty(now=clock)


@pytest.fixture
def writer(app: Flask) -> FlaskClient:
    return let_in(app, "write")


def metric(name: str, units: str, *rows: object) -> dict[str, Any]:
    return {"name": name, "units": units, "data": list(rows)}


def at(clock: str, qty: object, day: str = MONDAY) -> dict[str, Any]:
    return {"date": f"{day} {clock} +0100", "qty": qty, "source": "Ana’s Watch"}


def export(phone: FlaskClient, *metrics: object, query: str = "") -> dict[str, Any]:
    body = {"data": {"metrics": list(metrics), "workouts": []}}
    return done(phone.post(f"/v1/health{query}", json=body))


def test_an_export_lands_in_our_units(writer: FlaskClient, world: World) -> None:
    export(
        writer,
        metric("weight_body_mass", "lb", at("06:40:00", 160.0)),
        metric("resting_heart_rate", "count/min", at("06:41:00", 48)),
        metric("heart_rate_variability", "ms", at("03:00:00", 50), at("05:00:00", 60)),
        metric("body_fat_percentage", "%", at("06:40:00", 15.5)),
        metric("blood_oxygen_saturation", "%", at("02:00:00", 96), at("03:00:00", 98)),
        metric("respiratory_rate", "count/min", at("02:00:00", 14.5)),
        metric("vo2_max", "ml/(kg·min)", at("05:30:00", 52.5)),
    )
    day = world.wellness[MONDAY]
    assert day["weight"] == pytest.approx(72.575, abs=0.01)
    assert (day["restingHR"], day["hrvSDNN"], day["bodyFat"]) == (48, 55, 15.5)
    assert (day["spO2"], day["respiration"], day["vo2max"]) == (97, 14.5, 52.5)


def test_steps_of_minutes_hours_or_a_day_are_one_sum(
    writer: FlaskClient, world: World
) -> None:
    minutes = [at(f"05:{minute:02}:00", 100.4, SUNDAY) for minute in range(60)]
    export(writer, metric("step_count", "count", *minutes, at("06:00:00", 250)))
    assert world.wellness[SUNDAY]["steps"] == 6024
    assert world.wellness[MONDAY]["steps"] == 250


def test_a_row_that_comes_twice_counts_once(writer: FlaskClient, world: World) -> None:
    again = metric("step_count", "count", at("06:45:00", 100), at("06:45:00", 100))
    phone = {"date": f"{MONDAY} 06:45:00 +0100", "qty": 40, "source": "iPhone"}
    export(writer, again, metric("step_count", "count", at("06:45:00", 100), phone))
    assert world.wellness[MONDAY]["steps"] == 140


def test_a_distance_is_no_number_of_steps(writer: FlaskClient, world: World) -> None:
    told = export(
        writer,
        metric("step_count", "km", at("06:45:00", 3.2)),
        metric("resting_heart_rate", "count/min", at("06:41:00", 48)),
    )
    assert (told["bad_count"], told["taken_count"]) == (1, 1)
    assert "steps" not in world.wellness[MONDAY]


def test_a_metric_without_rows_costs_no_other(
    writer: FlaskClient, world: World
) -> None:
    empty = {"name": "step_count", "units": "count", "data": None}
    export(writer, empty, metric("vo2_max", "ml/(kg·min)", at("05:30:00", 52.5)))
    assert world.wellness[MONDAY]["vo2max"] == 52.5


@pytest.mark.parametrize(
    "night",
    [
        {"totalSleep": 7.25, "asleep": 0, "core": 4, "deep": 1.25, "rem": 2},
        {"asleep": 7.25, "sleepSource": "Watch"},
        {"asleep": 0, "core": 4, "deep": 1.25, "rem": 2},
    ],
)
@pytest.mark.parametrize("begins", [f"{SUNDAY} 22:50:00 +0100", None])
def test_a_night_that_the_app_added_up(
    writer: FlaskClient, world: World, night: dict[str, Any], begins: str | None
) -> None:
    row = {"date": MONDAY, "sleepEnd": f"{MONDAY} 06:40:00 +0100", "inBed": 8, **night}
    if begins is not None:
        row["sleepStart"] = begins
    export(writer, metric("sleep_analysis", "hr", row))
    assert world.wellness[MONDAY]["sleepSecs"] == 26_100


def test_a_night_of_stages(writer: FlaskClient, world: World) -> None:
    def stage(start: str, end: str, value: str) -> dict[str, Any]:
        return {"startDate": start, "endDate": end, "qty": 1, "value": value}

    export(
        writer,
        metric(
            "sleep_analysis",
            "hr",
            stage(f"{SUNDAY} 22:30:00 +0100", f"{SUNDAY} 23:00:00 +0100", "In Bed"),
            stage(f"{SUNDAY} 23:00:00 +0100", f"{MONDAY} 02:00:00 +0100", "Core"),
            stage(f"{MONDAY} 02:00:00 +0100", f"{MONDAY} 02:30:00 +0100", "Awake"),
            stage(f"{MONDAY} 02:30:00 +0100", f"{MONDAY} 06:00:00 +0100", "REM"),
        ),
    )
    assert world.wellness[MONDAY]["sleepSecs"] == 6.5 * 3600


def test_what_is_not_ours_is_named_and_costs_nothing(
    writer: FlaskClient, world: World
) -> None:
    heart = {"date": f"{MONDAY} 06:00:00 +0100", "Min": 47, "Avg": 50.5, "Max": 58}
    told = export(
        writer,
        metric("heart_rate", "count/min", heart),
        metric("resting_heart_rate", "count/min", at("06:41:00", 48)),
        metric("<script>", "kJ", at("06:41:00", 1)),
    )
    assert told["unknown_metrics"] == "heart_rate, <script>"
    assert told["taken_count"] == 1
    assert world.wellness[MONDAY]["restingHR"] == 48


def test_an_export_of_nothing_that_is_ours_writes_nothing(
    writer: FlaskClient, world: World
) -> None:
    told = export(writer, metric("heart_rate", "count/min"))
    assert (told["taken_count"], told["unknown_metrics"]) == (0, "heart_rate")
    assert writes(world) == []
    assert export(writer)["taken_count"] == 0


def test_a_bad_row_costs_itself_alone(writer: FlaskClient, world: World) -> None:
    rows = [at("06:41:00", 48), at("07:00:00", "a;b\nc"), {"qty": 4}, "odd", None]
    told = export(writer, metric("resting_heart_rate", "count/min", *rows))
    assert (told["taken_count"], told["bad_count"]) == (1, 4)
    assert world.wellness[MONDAY]["restingHR"] == 48


@pytest.mark.parametrize(
    "data",
    [
        *(5, "text", [], {}, {"metrics": None}, {"metrics": {}}),
        *({"metrics": [5]}, {"metrics": [{}]}, {"metrics": [{"name": 5}]}),
        {"metrics": [{"name": "step_count", "data": 5}]},
        {"metrics": [metric("weight_body_mass", "parsec", at("06:00:00", 5))]},
        {"metrics": [metric("step_count", "count", at("25:00:00", 5))]},
        {"metrics": [metric("sleep_analysis", "hr", {"date": MONDAY, "asleep": -1})]},
        {"metrics": [metric("step_count", "count", {"date": [1], "qty": {"a": 1}})]},
    ],
)
def test_what_is_no_export_is_refused(
    writer: FlaskClient, world: World, data: object
) -> None:
    answer = writer.post("/v1/health", json={"data": data})
    assert answer.status_code in {400, 422}, answer.text
    assert answer.get_json()["speech"]
    assert writes(world) == []


def test_an_export_and_samples_beside_it_are_one_too_many(writer: FlaskClient) -> None:
    sent = {"data": {"metrics": []}, "steps": f"{MONDAY}T06:00;{MONDAY}T06:00;5"}
    answer = writer.post("/v1/health", json=sent)
    assert (answer.status_code, answer.get_json()["code"]) == (422, "fields_clash")


def test_a_preview_of_an_export_writes_nothing(
    writer: FlaskClient, world: World
) -> None:
    pulse = metric("resting_heart_rate", "count/min", at("06:41:00", 48))
    assert export(writer, pulse, query="?preview=yes")["preview"] == "yes"
    assert writes(world) == []


def test_two_days_minute_by_minute_fit(writer: FlaskClient, world: World) -> None:
    steps = [
        at(f"{hour:02}:{minute:02}:00", 10, day)
        for day in (SUNDAY, "2026-11-21")
        for hour in range(24)
        for minute in range(60)
    ]
    export(writer, metric("step_count", "count", *steps))
    assert world.wellness[SUNDAY]["steps"] == 14_400
    assert world.wellness["2026-11-21"]["steps"] == 14_400
