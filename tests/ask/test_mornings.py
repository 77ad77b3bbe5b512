"""What athletes say at six in the morning, as they say it; and what must not happen."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bridge.simulator.world import World
from tests.ask.conftest import Ask
from tests.conftest import let_in
from tests.support.asking import told

SUNDAY, MONDAY = "2026-11-22", "2026-11-23"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("gym tomorrow?", "/v1/workouts/today?day=2026-11-24&type=WeightTraining"),
        ("when do I swim next", "/v1/workouts/next?type=Swim"),
        ("wann ist mein nächster Lauf", "/v1/workouts/next?type=Run"),
        ("est-ce que je nage mercredi", "/v1/workouts/today?day=2026-11-25&type=Swim"),
        ("what's my threshold pace", "/v1/zones?type=Run"),
    ],
)
def test_a_sport_that_is_named_is_the_one_that_is_told(
    phone: FlaskClient, text: str, path: str
) -> None:
    answer = phone.post("/v1/ask", json={"text": text}).get_json()
    expected = told(phone, path)
    assert answer["speech"] == expected["speech"]
    assert answer.get("items") == expected.get("items")


def test_what_is_not_planned_of_a_sport_is_said_so(phone: FlaskClient) -> None:
    said = told(phone, "/v1/workouts/today?day=2026-11-24&type=Swim")
    assert said["speech"].startswith("Swim: nothing is planned tomorrow.")
    assert "VO2" not in said["speech"]
    none = told(phone, "/v1/workouts/next?type=Golf")
    assert none["speech"] == "Golf: nothing is planned in the next four weeks."


def test_the_last_long_ride_is_the_last_ride_and_that_is_said(ask: Ask) -> None:
    said = ask("when was my last long ride")["speech"]
    assert said.startswith("I left out: long.")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "slept 7 hours last night"),
        ("de", "hab gestern nacht 7 stunden geschlafen"),
        ("fr", "j'ai dormi 7 heures la nuit dernière"),
        ("es", "dormí siete horas anoche"),
    ],
)
def test_the_night_that_ended_is_noted_for_the_morning_after(
    writer: FlaskClient, world: World, language: str, text: str
) -> None:
    answer = writer.post(f"/v1/ask?lang={language}", json={"text": text})
    assert answer.status_code == 200, answer.text
    assert world.wellness[MONDAY]["sleepSecs"] == 7 * 3600
    assert SUNDAY not in world.wellness


def test_two_sentences_of_a_device_at_one_moment_are_both_done(
    app: Flask, writer: FlaskClient, world: World
) -> None:
    said = ["resting pulse 48", "log 72 and a half kilos", "slept 7 hours"]
    headers = {"Authorization": writer.environ_base["HTTP_AUTHORIZATION"]}

    def ask(text: str) -> int:
        sent = app.test_client().post("/v1/ask", json={"text": text}, headers=headers)
        return sent.status_code

    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(ask, said)) == [200, 200, 200]
    row = world.wellness[MONDAY]
    assert (row["restingHR"], row["weight"]) == (48, 72.5)


def test_a_question_is_no_write_and_a_verb_alone_is_no_question(
    app: Flask, world: World
) -> None:
    writer = let_in(app, "write")
    asked = writer.post("/v1/ask", json={"text": "did my 5k run go well"})
    assert asked.get_json().get("intent") != "did"
    done = writer.post("/v1/ask", json={"text": "did 20 minutes of rowing"})
    assert done.get_json()["intent"] == "did"
    (row,) = [
        each for each in world.activities.values() if each.get("source") == "MANUAL"
    ]
    assert (row["type"], row["moving_time"]) == ("Rowing", 1200)
