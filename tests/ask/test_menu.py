"""The menu: sentences that are understood as they stand, the likeliest first."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bridge.domain.ask.intents import BY_NAME, INTENTS, UNSPOKEN, Intent
from bridge.domain.ask.lexicon import examples_in, names_in
from bridge.domain.ask.understand import understand
from bridge.domain.speech.phrases import LANGUAGES
from bridge.routes.table import ROUTES
from tests.ask.conftest import Ask
from tests.conftest import Clock, let_in
from tests.support.asking import told

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC).replace(tzinfo=None)
EXAMPLES = [
    (language, intent, sentence)
    for language in LANGUAGES
    for intent, sentences in examples_in(language).items()
    for sentence in sentences
]


def lines(phone: FlaskClient, language: str) -> list[str]:
    answer = phone.get(f"/v1/menu?format=text&lang={language}")
    assert answer.content_type == "text/plain; charset=utf-8"
    return answer.text.splitlines()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_of_the_menu_is_understood(app: Flask, language: str) -> None:
    phone = let_in(app, "write")
    menu = lines(phone, language)
    assert len(menu) >= 20
    for line in menu:
        answer = phone.post(f"/v1/ask?lang={language}&preview=yes", data=line)
        assert answer.status_code == 200, (line, answer.text)


def test_the_menu_as_json_has_the_same_lines(phone: FlaskClient) -> None:
    menu = told(phone, "/v1/menu")
    assert menu["choices"].split("\n") == lines(phone, "en")
    assert [item["sentence"] for item in menu["items"]] == lines(phone, "en")


def test_a_device_that_may_only_read_is_offered_questions(phone: FlaskClient) -> None:
    assert {item["writes"] for item in told(phone, "/v1/menu")["items"]} == {"no"}


def test_what_a_device_asks_most_comes_first(ask: Ask, writer: FlaskClient) -> None:
    for _ in range(6):
        ask("how worn are my shoes")
    assert lines(writer, "en")[0] == examples_in("en")["gear"][0]


def test_another_device_has_another_menu(app: Flask, ask: Ask) -> None:
    for _ in range(6):
        ask("how worn are my shoes")
    other = let_in(app, "read", "Another")
    assert lines(other, "en")[0] != examples_in("en")["gear"][0]


def test_the_morning_has_another_menu_than_the_evening(
    phone: FlaskClient, clock: Clock
) -> None:
    assert lines(phone, "en")[0] == examples_in("en")["today"][0]
    clock.advance(hours=12)
    assert lines(phone, "en")[0] == examples_in("en")["latest"][0]


# the table of intents


def test_no_route_is_forgotten() -> None:
    spoken = {intent.route for intent in INTENTS}
    assert {route.endpoint for route in ROUTES} == spoken | UNSPOKEN
    assert not spoken & UNSPOKEN


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_intent_has_sentences_and_a_name_in_every_language(
    language: str,
) -> None:
    assert set(examples_in(language)) == set(names_in(language)) == set(BY_NAME)


@pytest.mark.parametrize(("language", "intent", "sentence"), EXAMPLES)
def test_every_example_is_understood(language: str, intent: str, sentence: str) -> None:
    order = (language, *(each for each in LANGUAGES if each != language))
    readings = understand(sentence, NOW, order).readings
    assert [reading.intent.name for reading in readings] == [intent]
    assert readings[0].not_used == ()


@pytest.mark.parametrize("intent", INTENTS, ids=lambda intent: intent.name)
def test_an_intent_fills_what_its_route_takes(intent: Intent) -> None:
    route = next(route for route in ROUTES if route.endpoint == intent.route)
    assert set(intent.params.values()) <= {param.name for param in route.params}
