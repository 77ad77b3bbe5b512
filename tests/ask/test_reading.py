"""A question gets what the route it means answers, and what was understood."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bridge.simulator.world import World
from tests.ask.conftest import Ask
from tests.conftest import let_in
from tests.support.asking import told


@pytest.mark.parametrize(
    ("text", "path", "intent"),
    [
        ("How is my form?", "/v1/fitness", "form"),
        ("how was my last run", "/v1/activities/latest?type=Run", "latest"),
        ("Was steht morgen an?", "/v1/workouts/today?day=2026-11-24", "workout_today"),
        ("Qu'est-ce que j'ai fait hier ?", "/v1/activities?day=2026-11-22",
         "activities"),
        ("¿Cómo he dormido?", "/v1/wellness?fields=sleep_s,sleep_quality", "wellness"),
        ("find lake", "/v1/activities/search?q=lake", "search"),
        ("what did I do last week",
         "/v1/activities?oldest=2026-11-16&newest=2026-11-22", "activities"),
        ("my best power this year", "/v1/bests?period=1y", "bests"),
    ],
)  # fmt: skip
def test_a_question_is_answered_as_its_route_answers(
    phone: FlaskClient, text: str, path: str, intent: str
) -> None:
    answer = phone.post("/v1/ask", json={"text": text}).get_json()
    assert answer.pop("intent") == intent
    assert answer.pop("understood")
    assert answer == told(phone, path)


@pytest.mark.parametrize(
    "sent",
    [
        {"json": {"text": "How is my form?"}},
        {"data": "How is my form?", "content_type": "text/plain"},
        {"data": "How is my form?", "content_type": "application/octet-stream"},
        # what curl -d says of itself
        {
            "data": "How is my form?",
            "content_type": "application/x-www-form-urlencoded",
        },
        {"data": {"text": "How is my form?"}},
    ],
)
def test_the_sentence_comes_as_a_field_or_as_the_body(
    phone: FlaskClient, sent: dict[str, Any]
) -> None:
    answer = phone.post("/v1/ask", **sent).get_json()
    assert answer["intent"] == "form"


def test_a_question_can_be_asked_with_get(phone: FlaskClient) -> None:
    assert told(phone, "/v1/ask?q=wie+ist+die+Form")["intent"] == "form"


def test_only_questions_can_be_asked_with_get(app: Flask, world: World) -> None:
    answer = let_in(app, "write").get("/v1/ask?q=log+72+kilos")
    assert (answer.status_code, answer.get_json()["code"]) == (422, "ask_with_post")
    assert not [each for each in world.requests if each.method != "GET"]


def test_the_sentence_alone_is_text(phone: FlaskClient) -> None:
    answer = phone.post("/v1/ask?format=text", data="How is my form?")
    assert answer.text == told(phone, "/v1/fitness")["speech"] + "\n"


def test_the_answer_is_in_the_language_of_the_phone(phone: FlaskClient) -> None:
    answer = phone.post(
        "/v1/ask", json={"text": "how is my form"}, headers={"Accept-Language": "de"}
    )
    german = told(phone, "/v1/fitness?lang=de")["speech"]
    assert answer.get_json()["speech"] == german != told(phone, "/v1/fitness")["speech"]


def test_what_is_passed_over_is_told_and_said_where_it_matters(ask: Ask) -> None:
    answer = ask("how is my form on the old bike of my uncle")
    assert "uncle" in answer["not_used"]
    said = ask("how is my streak with 42")
    assert said["not_used"] == "42"
    assert said["speech"].startswith("I left out: 42.")


def test_what_it_cannot_do_is_answered_with_what_it_can(ask: Ask) -> None:
    answer = ask("what is the capital of France", 422)
    assert answer["code"] == "not_understood"
    assert answer["speech"].count("?") + answer["speech"].count(".") >= 3


def test_a_sentence_is_never_in_the_log(
    ask: Ask, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for text, status in (
        ("log 72 kilos at Zanzibar", 422),
        ("Zanzibar Zanzibar", 422),
        ("note for tomorrow: Zanzibar", 200),
        ("delete tomorrow's workout", 200),
        ("yes", 200),
    ):
        ask(text, status)
    assert "anzibar" not in caplog.text


def test_a_route_that_fails_fails_alike_when_it_is_asked_for(
    phone: FlaskClient, world: World
) -> None:
    told(phone, "/v1/fitness")
    world.api_key = "rotated"
    answer = phone.post("/v1/ask", json={"text": "what are my zones"})
    assert answer.status_code == 502
    assert answer.get_json()["code"] == "upstream_refused"


def test_a_read_only_token_hears_which_scope_is_missing(
    phone: FlaskClient, world: World
) -> None:
    for text in ("log 72 kilos", "undo that", "plan one hour easy run tomorrow"):
        answer = phone.post("/v1/ask", json={"text": text})
        assert answer.status_code == 403
        assert answer.get_json()["code"] == "scope_too_small"
        assert "write" in answer.get_json()["speech"]
    assert not [each for each in world.requests if each.method != "GET"]
