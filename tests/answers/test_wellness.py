"""What the phone hears of wellness, one day and several."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bridge.simulator.world import World
from tests.conftest import Clock
from tests.support.asking import (
    AUCKLAND_MOMENTS,
    auckland,
    items,
    phone_of,
    refused,
    told,
)

TODAY = "2026-11-23"
FULL = {
    "weight": 71.4,
    "restingHR": 48,
    "hrv": 66.6,
    "hrvSDNN": 90.04,
    "sleepSecs": 27000,
    "sleepScore": 82.5,
    "sleepQuality": 2,
    "avgSleepingHR": 51.3,
    "spO2": 96.5,
    "respiration": 14.2,
    "systolic": 118,
    "diastolic": 76,
    "soreness": 3,
    "fatigue": 1,
    "stress": 4,
    "mood": 1,
    "motivation": 4,
    "injury": 2,
    "hydration": 3,
    "hydrationVolume": 2.25,
    "readiness": 71.0,
    "steps": 10400,
    "kcalConsumed": 2500,
    "bodyFat": 13.1,
    "abdomen": 81.5,
    "vo2max": 54.0,
    "bloodGlucose": 5.1,
    "lactate": 1.2,
    "menstrualPhase": "LUTEAL",
    "comments": "Legs are good",
}


def test_every_value_stands_under_its_name_and_unit(
    phone: FlaskClient, world: World
) -> None:
    world.set_wellness(TODAY, **FULL)
    body = told(phone, "/v1/wellness")
    expected = {
        "date": TODAY,
        "weight_kg": 71.4,
        "resting_hr_bpm": 48,
        "hrv_ms": 66.6,
        "hrv_sdnn_ms": 90.0,
        "sleep_s": 27000,
        "sleep_score": 82.5,
        "sleep_quality": 2,
        "avg_sleeping_hr_bpm": 51.3,
        "spo2_percent": 96.5,
        "respiration_per_min": 14.2,
        "systolic_mmhg": 118,
        "diastolic_mmhg": 76,
        "soreness": 3,
        "fatigue": 1,
        "stress": 4,
        "mood": 1,
        "motivation": 4,
        "injury": 2,
        "hydration": 3,
        "hydration_volume_l": 2.25,
        "readiness": 71.0,
        "steps": 10400,
        "eaten_kcal": 2500,
        "body_fat_percent": 13.1,
        "abdomen_cm": 81.5,
        "vo2max": 54.0,
        "blood_glucose_mmol_per_l": 5.1,
        "lactate_mmol_per_l": 1.2,
    }
    assert {key: body.get(key) for key in expected} == expected
    assert body["sleep_text"] == "7 h 30 min"
    assert body["weight_text"] == "71.4 kg"
    assert body["soreness_text"] == "high"
    assert body["mood_text"] == "excellent"


def test_the_sentence_keeps_the_weight_and_private_things_to_itself(
    phone: FlaskClient, world: World
) -> None:
    world.set_wellness(TODAY, **FULL)
    body = told(phone, "/v1/wellness")
    assert body["speech"].startswith(
        "You slept 7 and a half hours, as usual. HRV 67, normal for you. "
        "Resting heart rate 48, as usual. You're recovered."
    )
    assert "71" not in body["speech"].replace("Readiness 71", "")
    assert not {"comments", "menstrual_phase"} & set(body)


def test_what_is_asked_for_by_name_is_said_first(
    phone: FlaskClient, world: World
) -> None:
    world.set_wellness(TODAY, **FULL)
    weight = told(phone, "/v1/wellness?fields=weight_kg")
    assert weight["speech"].startswith("Weight 71.4 kilograms.")
    assert "slept" not in weight["speech"]
    private = told(phone, "/v1/wellness?fields=comments,menstrual_phase")
    assert private["comments"] == "Legs are good"
    assert private["menstrual_phase"] == "LUTEAL"
    assert private["speech"].startswith("Legs are good. Menstrual phase: luteal.")


def test_a_copied_weight_is_marked(phone: FlaskClient, world: World) -> None:
    world.set_wellness(TODAY, weight=71.6, tempWeight=True)
    assert told(phone, "/v1/wellness")["weight_is_copied"] == "yes"
    measured = items(phone, "/v1/wellness?oldest=-30d")
    assert any("weight_kg" in row and "weight_is_copied" not in row for row in measured)


def test_what_cannot_be_true_is_left_out(phone: FlaskClient, world: World) -> None:
    world.wellness[TODAY] |= {"restingHR": 0, "hrv": -1.0, "weight": 0, "spO2": 300}
    body = told(phone, "/v1/wellness")
    assert not {"resting_hr_bpm", "hrv_ms", "weight_kg", "spo2_percent"} & set(body)


def test_a_day_without_data_says_so(phone: FlaskClient) -> None:
    body = told(phone, "/v1/wellness?day=tomorrow")
    assert body["speech"] == "There's no sleep or heart rate data for tomorrow yet."
    assert body["date"] == "2026-11-24"
    assert set(body) == {"status", "speech", "date", "date_text"}


def test_a_range_is_newest_first_with_averages(
    phone: FlaskClient, world: World
) -> None:
    body = told(phone, "/v1/wellness?oldest=2026-11-10&newest=2026-11-20")
    days = [str(date(2026, 11, 20) - timedelta(days=n)) for n in range(11)]
    assert [row["date"] for row in body["items"]] == days
    assert body["count"] == 11
    rows = [world.wellness.get(day, {}) for day in days]
    pulses = [row["restingHR"] for row in rows if row.get("restingHR")]
    assert f"resting heart rate {round(sum(pulses) / len(pulses))}." in body["speech"]


@pytest.mark.parametrize("newest_first", [True, False])
def test_the_order_does_not_depend_on_upstreams(
    phone: FlaskClient, world: World, newest_first: bool
) -> None:
    world.switches.newest_first_wellness = newest_first
    dates = [row["date"] for row in items(phone, "/v1/wellness?oldest=-6d")]
    assert dates == sorted(dates, reverse=True)
    assert dates[0] == TODAY


def test_a_year_is_paged(phone: FlaskClient) -> None:
    path = "/v1/wellness?oldest=2025-11-24&newest=2026-11-23"
    first, last = told(phone, path), told(phone, f"{path}&from=351")
    assert (first["count"], len(first["items"])) == (365, 50)
    assert len(last["items"]) == 15
    assert last["items"][-1]["date"] == "2025-11-24"


def test_mistakes_are_refused(phone: FlaskClient) -> None:
    refused(phone, "/v1/wellness?fields=shoes", 400, "bad_parameter")
    refused(phone, "/v1/wellness?oldest=2025-01-01", 400, "range_too_long")
    refused(phone, "/v1/wellness?date=2026-11-23", 400, "unknown_parameter")


def test_a_beginner_hears_that_there_is_nothing(
    make_app: Callable[..., Flask], world: World, clock: Clock
) -> None:
    phone = phone_of(make_app, World.empty(now=clock, api_key=world.api_key))
    assert told(phone, "/v1/wellness")["speech"] == (
        "There's no sleep or heart rate data for today yet."
    )
    several = told(phone, "/v1/wellness?oldest=-6d")
    assert several["items"] == []
    assert several["speech"] == (
        "There's no sleep or heart rate data in the last 7 days."
    )


@pytest.mark.parametrize(("day", "now"), AUCKLAND_MOMENTS)
def test_today_is_the_athletes_day(
    make_app: Callable[..., Flask],
    world: World,
    clock: Clock,
    day: str,
    now: datetime,
) -> None:
    there = auckland(clock, now, world)
    there.set_wellness(day, sleepSecs=25200)
    body = told(phone_of(make_app, there), "/v1/wellness")
    assert (body["date"], body["sleep_s"]) == (day, 25200)
