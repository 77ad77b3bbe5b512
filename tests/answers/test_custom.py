"""Wellness fields of the athlete's own: shown when asked for, written, taken back."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bridge.simulator.world import World
from tests.conftest import let_in
from tests.support.asking import items, refused, told
from tests.writes.writing import done, writes

MONDAY = "2026-11-23"
ASKED = "/v1/wellness?fields=custom_coffee_cups"


@pytest.fixture
def world(world: World) -> World:
    """An athlete who counts cups and writes down a word."""
    world.custom_wellness_keys |= {"CoffeeCups", "Weather"}
    world.wellness[MONDAY] |= {"CoffeeCups": 3, "Weather": "Foggy"}
    return world


@pytest.fixture
def writer(app: Flask) -> FlaskClient:
    return let_in(app, "write")


def test_a_field_of_ones_own_is_told_when_it_is_asked_for(phone: FlaskClient) -> None:
    body = told(phone, ASKED)
    assert (body["custom_coffee_cups"], body["speech"]) == (3, "Coffee cups: 3.")
    assert "custom_weather" not in body
    both = told(phone, "/v1/wellness?fields=custom_Weather,custom_CoffeeCups")
    assert both["speech"] == "Weather: Foggy. Coffee cups: 3."
    beside = told(phone, f"{ASKED},hrv_ms")
    assert beside["hrv_ms"]
    assert beside["speech"].endswith("Coffee cups: 3.")


def test_unasked_it_stands_nowhere(raw_phone: FlaskClient) -> None:
    for path in ("/v1/wellness", "/v1/today", "/v1/cards/recovery", "/v1/cards/today"):
        text = raw_phone.get(path).text.casefold()
        assert "foggy" not in text
        assert "coffee" not in text


def test_a_range_has_it_day_by_day(phone: FlaskClient) -> None:
    rows = items(phone, f"{ASKED}&oldest=2026-11-20&newest=today")
    assert rows[0]["date"] == MONDAY
    assert rows[0]["custom_coffee_cups"] == 3
    assert not any("custom_coffee_cups" in row for row in rows[1:])


def test_a_day_without_it_says_so(phone: FlaskClient) -> None:
    body = told(phone, f"{ASKED}&day=yesterday")
    assert body["speech"] == "Coffee cups: nothing noted."


def test_one_that_the_athlete_does_not_have_is_refused_with_the_nearest(
    phone: FlaskClient, writer: FlaskClient, world: World
) -> None:
    wrong = refused(
        phone, "/v1/wellness?fields=custom_cofee_cups", 400, "bad_parameter"
    )
    assert "custom_coffee_cups" in wrong["hint"]
    answer = writer.put("/v1/wellness", json={"custom_cofee_cups": 3})
    assert (answer.status_code, answer.get_json()["code"]) == (422, "bad_field")
    assert "custom_coffee_cups" in answer.get_json()["hint"]
    assert writes(world) == []


@pytest.mark.parametrize("value", [4, 4.0, "4", " 4 "])
@pytest.mark.parametrize("name", ["custom_coffee_cups", "custom_CoffeeCups"])
def test_it_is_written_and_taken_back(
    writer: FlaskClient, world: World, name: str, value: object
) -> None:
    body = done(writer.put("/v1/wellness", json={name: value, "mood": "good"}))
    assert world.wellness[MONDAY]["CoffeeCups"] == 4
    assert world.wellness[MONDAY]["mood"] == 2
    assert "Coffee cups: 4." in body["speech"]
    fields = {row["field"]: row for row in body["items"]}
    assert fields["custom_coffee_cups"]["kept"] == "yes"
    assert writer.post("/v1/undo").status_code == 200
    assert world.wellness[MONDAY]["CoffeeCups"] == 3


def test_a_word_is_written_as_it_is_also_in_the_query(
    writer: FlaskClient, world: World
) -> None:
    done(writer.put("/v1/wellness?custom_weather=Sunny"))
    assert world.wellness[MONDAY]["Weather"] == "Sunny"
    told_again = done(
        writer.put("/v1/wellness", json={"custom_weather": "Sunny", "day": MONDAY})
    )
    assert "already" in told_again["speech"]


def test_a_preview_writes_nothing(writer: FlaskClient, world: World) -> None:
    sent = {"custom_coffee_cups": 5}
    body = done(writer.put("/v1/wellness?preview=yes", json=sent))
    assert "Coffee cups: 5." in body["speech"]
    assert writes(world) == []


@pytest.mark.parametrize("value", [{}, [], [1], True, {"a": 1}])
def test_what_is_no_value_is_refused(
    writer: FlaskClient, world: World, value: object
) -> None:
    answer = writer.put("/v1/wellness", json={"custom_coffee_cups": value})
    assert answer.status_code == 422, answer.text
    assert writes(world) == []


@pytest.mark.parametrize("name", ["custom_", "custom_<b>", f"custom_{'x' * 80}"])
def test_what_is_no_name_is_refused(writer: FlaskClient, name: str) -> None:
    answer = writer.put("/v1/wellness", json={name: 1})
    assert (answer.status_code, answer.get_json()["code"]) == (422, "unknown_field")
