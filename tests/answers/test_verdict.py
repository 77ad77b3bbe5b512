"""Who is badly recovered, or ill, hears it wherever the phone asks what to do."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from bridge.simulator.world import World
from tests.conftest import Clock
from tests.support.asking import told

EASY = {
    "en": "Better take it easy.",
    "de": "Geh es lieber ruhig an.",
    "fr": "Vas-y doucement.",
    "es": "Mejor ir suave.",
}


@pytest.fixture
def badly_recovered(world: World) -> World:
    world.set_wellness(world.today(), hrv=38, restingHR=61, sleepSecs=4 * 3600)
    return world


def asked(phone: FlaskClient, path: str, language: str) -> str:
    return str(told(phone, f"{path}?lang={language}")["speech"])


@pytest.mark.usefixtures("badly_recovered")
@pytest.mark.parametrize("language", list(EASY))
@pytest.mark.parametrize("path", ["workouts/next", "workouts/today", "fitness"])
def test_the_verdict_comes_first(phone: FlaskClient, path: str, language: str) -> None:
    assert asked(phone, f"/v1/{path}", language).startswith(EASY[language])


@pytest.mark.usefixtures("badly_recovered")
def test_the_fields_know_the_verdict(phone: FlaskClient) -> None:
    for path in ("today", "workouts/next", "fitness", "streak"):
        assert told(phone, f"/v1/{path}")["verdict"] == "easy"


@pytest.mark.usefixtures("badly_recovered")
def test_no_streak_drives_who_should_go_easy(phone: FlaskClient) -> None:
    said = told(phone, "/v1/streak")["speech"]
    assert said.endswith("An easy session today keeps it going.")


@pytest.mark.usefixtures("badly_recovered")
def test_what_training_would_make_of_form_is_not_held_out(phone: FlaskClient) -> None:
    assert "After today" not in told(phone, "/v1/fitness")["speech"]


@pytest.mark.usefixtures("badly_recovered")
def test_of_tomorrow_nothing_is_judged(phone: FlaskClient) -> None:
    said = told(phone, "/v1/workouts/today?day=tomorrow")["speech"]
    assert "take it easy" not in said


def test_on_a_day_as_planned_there_is_no_verdict(phone: FlaskClient) -> None:
    for path in ("workouts/next", "workouts/today", "fitness", "streak"):
        answer = told(phone, f"/v1/{path}")
        assert "verdict" not in answer
        assert "take it easy" not in answer["speech"]


def test_who_is_ill_hears_it_before_form(phone: FlaskClient, world: World) -> None:
    end = world.today() + timedelta(days=3)
    world.add_event(
        category="SICK",
        name="Flu",
        start_date_local=f"{world.today()}T00:00:00",
        end_date_local=f"{end}T00:00:00",
    )
    answer = told(phone, "/v1/fitness")
    assert answer["verdict"] == "sick"
    assert answer["speech"].startswith("You're marked sick until Wednesday: rest. Form")
    assert "After today" not in answer["speech"]


def test_in_the_evening_last_night_is_no_news(phone: FlaskClient, clock: Clock) -> None:
    assert "You slept" in told(phone, "/v1/today")["speech"]
    clock.now += timedelta(hours=12)  # six in the evening
    said = told(phone, "/v1/today")["speech"]
    assert "slept" not in said
    assert "HRV" not in said
