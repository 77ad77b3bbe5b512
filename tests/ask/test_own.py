"""Wellness fields of the athlete's own, asked for and noted by what they are called."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from bridge.simulator.world import World
from tests.ask.conftest import Ask
from tests.conftest import Clock

SUNDAY, MONDAY = "2026-11-22", "2026-11-23"


@pytest.fixture
def world(clock: Clock) -> World:
    """An athlete who counts cups and glasses."""
    world = World(now=clock)
    world.custom_wellness_keys |= {"CoffeeCups", "Kaffeetassen", "AlcoholUnits"}
    row = {"CoffeeCups": 2, "Kaffeetassen": 1, "AlcoholUnits": 0}
    world.wellness[SUNDAY] = {**world.wellness[MONDAY], "id": SUNDAY} | row
    return world


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "log coffee cups 3"),
        ("en", "Coffee cups: 3."),
        ("en", "3 coffee cups today"),
        ("en", "log three coffee cups"),
        ("en", "I had 3 coffee cups today"),
        ("de", "Trage Coffee Cups 3 ein"),
        ("de", "Notiere heute drei Coffee Cups"),
        ("fr", "Note coffee cups 3"),
        ("fr", "Enregistre 3 coffee cups aujourd'hui"),
        ("es", "Anota coffee cups 3"),
        ("es", "Apunta tres coffee cups hoy"),
    ],
)
def test_a_field_of_ones_own_is_noted_by_its_name(
    writer: FlaskClient, world: World, language: str, text: str
) -> None:
    answer = writer.post(f"/v1/ask?lang={language}", json={"text": text}).get_json()
    assert answer.get("intent") == "log", answer["speech"]
    assert world.wellness[MONDAY]["CoffeeCups"] == 3
    assert not [row for row in world.events.values() if row["name"] == "coffee cups 3"]


def test_it_is_noted_for_the_day_that_was_said_and_taken_back(
    ask: Ask, world: World
) -> None:
    ask("log 5 coffee cups for yesterday")
    assert world.wellness[SUNDAY]["CoffeeCups"] == 5
    ask("undo that")
    assert world.wellness[SUNDAY]["CoffeeCups"] == 2


def test_one_word_of_another_language_is_a_name_too(ask: Ask, world: World) -> None:
    ask("Kaffeetassen 4")
    assert world.wellness[MONDAY]["Kaffeetassen"] == 4
    ask("log alcohol units 1.5")
    assert world.wellness[MONDAY]["AlcoholUnits"] == 1.5


@pytest.mark.parametrize(
    "text",
    [
        "how many coffee cups yesterday",
        "How many coffee cups did I have yesterday?",
        "Wie viele Coffee Cups gestern?",
        "Combien de coffee cups hier ?",
        "¿Cuántas coffee cups ayer?",
    ],
)
def test_it_is_told_when_it_is_asked_for(ask: Ask, text: str) -> None:
    answer = ask(text)
    assert (answer["intent"], answer["speech"]) == ("wellness", "Coffee cups: 2.")


@pytest.mark.parametrize(
    "text",
    [
        "don't log coffee cups 3",
        "should I have 3 coffee cups?",
        "coffee cups 3 4",
        "log tea cups 3",
        "no coffee cups",
    ],
)
def test_what_is_doubted_denied_or_not_known_writes_nothing(
    writer: FlaskClient, world: World, text: str
) -> None:
    writer.post("/v1/ask", json={"text": text})
    assert not [each for each in world.requests if each.method != "GET"]


def test_what_is_not_understood_is_refused_alike_while_upstream_is_away(
    ask: Ask, world: World
) -> None:
    ask("How is my form?")  # whose day it is, is known
    world.switches.fail_status = 503
    assert ask("log tea cups 3", status=422)["code"] == "not_understood"
