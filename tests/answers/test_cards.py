"""Cards: what is seen at a glance says what is spoken, and never too much."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bridge.domain.cards import NAMES
from bridge.domain.cards.card import MOST_ITEMS
from bridge.domain.speech.phrases import LANGUAGES
from bridge.simulator.world import World
from tests.conftest import Clock
from tests.support.asking import phone_of

SPOKEN = {
    "today": "/v1/today",
    "form": "/v1/fitness",
    "week": "/v1/week",
    "workout": "/v1/workouts/next",
    "latest": "/v1/activities/latest",
    "recovery": "/v1/wellness",
    "race": "/v1/race",
    "gear": "/v1/gear",
    "streak": "/v1/streak",
    "wallpaper": "/v1/today",
}


def card(phone: FlaskClient, name: str, query: str = "") -> dict[str, Any]:
    answer = phone.get(f"/v1/cards/{name}{query}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json or {}
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_card_says_what_its_route_says(
    phone: FlaskClient, name: str, language: str
) -> None:
    shown = card(phone, name, f"?lang={language}")
    said = phone.get(f"{SPOKEN[name]}?lang={language}").json or {}
    assert shown["alt"] == shown["speech"] == said["speech"]
    assert shown["title"]
    assert shown["value"]
    assert shown["count"] == len(shown["items"]) <= MOST_ITEMS


@pytest.mark.parametrize("name", NAMES)
def test_a_beginner_has_every_card(
    make_app: Callable[..., Flask], world: World, clock: Clock, name: str
) -> None:
    beginner = World.empty(now=clock, api_key=world.api_key)
    shown = card(phone_of(make_app, beginner), name)
    assert shown["title"]
    assert shown["value"]
    assert shown["tone"] in {"good", "neutral", "caution", "bad"}


def test_the_form_card_goes_back_six_weeks_and_two_weeks_ahead(
    phone: FlaskClient, world: World
) -> None:
    items = card(phone, "form")["items"]
    days = [date.fromisoformat(item["day"]) for item in items]
    today = world.today()
    assert days == [today + timedelta(days=n) for n in range(-42, 15)]
    ahead = [item.get("planned") for item in items if item["day"] > str(today)]
    assert ahead == ["yes"] * 14
    now = next(item for item in items if item["day"] == str(today))
    assert now["value"] == (phone.get("/v1/fitness").json or {})["form"]


def test_ninety_days_of_form_are_every_second_one(phone: FlaskClient) -> None:
    items = card(phone, "form", "?days=90")["items"]
    past = [item["day"] for item in items if "planned" not in item]
    assert len(past) == 46
    assert len(items) == MOST_ITEMS
    gaps = {
        (date.fromisoformat(after) - date.fromisoformat(before)).days
        for before, after in pairwise(past)
    }
    assert gaps == {2}


def test_form_ahead_follows_from_what_is_planned(
    phone: FlaskClient, world: World
) -> None:
    world.events.clear()
    items = card(phone, "form")["items"]
    ahead = [item for item in items if item.get("planned")]
    falls = [item["ctl"] for item in ahead]
    assert falls == sorted(falls, reverse=True)
    assert ahead[0]["ctl"] == pytest.approx(items[42]["ctl"] * (1 - 1 / 42), abs=0.1)


def test_the_week_card_has_each_day_planned_and_done(phone: FlaskClient) -> None:
    items = card(phone, "week")["items"]
    assert [item["label"] for item in items[::2]] == [
        "Mo",
        "Tu",
        "We",
        "Th",
        "Fr",
        "Sa",
        "Su",
    ]
    planned = sum(item["value"] for item in items if item["series"] == "planned")
    week = phone.get("/v1/week").json or {}
    assert planned * 3600 == pytest.approx(week["planned_s"], abs=200)


def test_the_workout_card_writes_repeats_out(phone: FlaskClient, world: World) -> None:
    for key, row in list(world.events.items()):
        if row.get("name") == "Strength":
            del world.events[key]
    shown = card(phone, "workout")
    assert shown["value"] == "Threshold 4x8"
    assert shown["lines"].startswith("4 × 8 min 260 W\n")
    hard = [item for item in shown["items"] if item.get("length_s") == 480]
    assert len(hard) == 4
    assert {item["zone"] for item in hard} == {"z4"}
    whole = sum(item["length_s"] for item in shown["items"])
    assert whole == (phone.get("/v1/workouts/next").json or {})["planned_s"]


def test_recovery_shows_each_series_on_its_own_band(phone: FlaskClient) -> None:
    items = card(phone, "recovery")["items"]
    series = {item["series"] for item in items}
    assert series == {"sleep_h", "hrv_ms", "resting_hr_bpm"}
    assert all(item["low"] < item["high"] for item in items)


def test_the_weight_is_on_no_card(phone: FlaskClient, world: World) -> None:
    world.set_wellness(world.today(), weight=83.77, comments="CANARY-7")
    for name in NAMES:
        text = phone.get(f"/v1/cards/{name}").text
        assert "83.77" not in text
        assert "83.8" not in text
        assert "CANARY" not in text


def test_the_streak_card_has_a_year_of_weeks(phone: FlaskClient) -> None:
    items = card(phone, "streak")["items"]
    assert len(items) == 53
    assert all(item["value"] == item["shown"].count("1") for item in items)


def test_an_unknown_card_is_told_the_known_ones(phone: FlaskClient) -> None:
    answer = phone.get("/v1/cards/forn")
    assert answer.status_code == 404
    assert (answer.json or {})["code"] == "unknown_card"
    for name in NAMES:
        assert name in (answer.json or {})["hint"]


def test_a_card_of_other_days_is_refused(phone: FlaskClient) -> None:
    assert phone.get("/v1/cards/form?days=43").status_code == 400


def test_the_day_card_names_and_draws_the_first_session_to_do(
    phone: FlaskClient, world: World
) -> None:
    shown = card(phone, "today")
    assert shown["value"] == "Threshold 4x8 + Strength"
    assert shown["caption"] == "1 h 56 min · 4 × 8 min"  # for the eye, in figures
    whole_s = sum(item["length_s"] for item in shown["items"])
    assert whole_s == pytest.approx(72 * 60, abs=30)
    for key, row in list(world.events.items()):
        if row.get("name") == "Threshold 4x8":
            del world.events[key]
    shown = card(phone, "today", "?refresh=yes")
    assert shown["value"] == "Strength"
    assert not shown["items"]  # it has no steps, and tomorrow's are not its own
