"""What was read aloud once and was wrong: one sentence for each kind of it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bridge.domain.speech.names import for_the_ear
from bridge.domain.speech.voice import Voice
from bridge.simulator.world import World
from tests.conftest import let_in

TODAY = date(2026, 11, 23)  # a Monday


@pytest.fixture
def writer(app: Flask) -> FlaskClient:
    return let_in(app, "write")


def asked(phone: FlaskClient, path: str, language: str = "en") -> str:
    answer = phone.get(path, headers={"Accept-Language": language})
    return str(answer.get_json()["speech"])


def sent(
    phone: FlaskClient, path: str, body: dict[str, object], language: str = "en"
) -> str:
    answer = phone.post(path, json=body, headers={"Accept-Language": language})
    return str(answer.get_json()["speech"])


def plan(world: World, days: int = 0, **fields: object) -> None:
    start = datetime.combine(TODAY + timedelta(days=days), time())
    fields.setdefault("start_date_local", start.isoformat())
    world.add_event(**fields)


@pytest.fixture
def bare(world: World) -> World:
    """The pretend athlete without a plan."""
    world.events.clear()
    return world


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "for Sunday 6 December"),
        ("de", "Sonntag, den 6. Dezember"),
        ("fr", "dimanche 6 décembre"),
        ("es", "el domingo 6 de diciembre"),
    ],
)
def test_a_day_beyond_this_week_is_said_with_its_weekday(
    phone: FlaskClient, language: str, said: str
) -> None:
    assert said in asked(phone, "/v1/weather?day=2026-12-06", language).replace(
        "Am ", "am "
    )


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
def test_a_sentence_holds_one_colon(
    phone: FlaskClient, bare: World, language: str
) -> None:
    plan(bare, category="RACE_A", type="Run", name="Berlin", distance=42195)
    plan(bare, 5, category="HOLIDAY", name="Alps")
    for path in ("/v1/race", "/v1/events"):
        for sentence in asked(phone, path, language).split(". "):
            assert sentence.count(":") < 2, sentence


@pytest.mark.parametrize(
    ("sport", "text", "said"),
    [
        ("Swim", "- 2000mtr Z2 Pace", "Tee, 2,000 metres in zone 2."),
        ("Run", "- 1km 4:00/km pace", "Tee, 1 kilometre at 4 minutes per kilometre."),
    ],
)
def test_the_length_of_a_single_step_is_said_once(
    phone: FlaskClient, bare: World, sport: str, text: str, said: str
) -> None:
    plan(bare, type=sport, name="Tee", description=text)
    assert said in asked(phone, "/v1/workouts/today")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "10 minutes of warm-up, 20 minutes in zone 3, 10 minutes of cool-down"),
        ("de", "10 Minuten zum Aufwärmen, 20 Minuten in Zone 3"),
        ("fr", "10 minutes d'échauffement, 20 minutes en zone 3"),
        ("es", "20 minutos en zona 3"),
    ],
)
def test_the_bridges_own_labels_are_said_in_the_language_asked_for(
    writer: FlaskClient, language: str, said: str
) -> None:
    text = "tomorrow warm up 10 minutes then 20 minutes tempo run then cool down 10 min"
    assert said in sent(writer, "/v1/workouts", {"text": text}, language)


def test_steps_too_long_for_a_breath_give_way_to_the_main_set(
    writer: FlaskClient,
) -> None:
    text = (
        "tomorrow warm up 10 minutes then 5 times 1 kilometre hard run "
        "with 2 minutes recovery then cool down 10 minutes"
    )
    said = sent(writer, "/v1/workouts", {"text": text})
    assert "5 times 1 kilometre in zone 4, 2 minutes rest after each" in said


def test_a_swim_is_planned_in_metres(writer: FlaskClient) -> None:
    said = sent(writer, "/v1/workouts", {"text": "swim 2000 metres easy tomorrow"})
    assert "2,000 metres in zone 2" in said


def test_a_refused_sentence_gets_one_example(writer: FlaskClient) -> None:
    said = sent(writer, "/v1/workouts", {"text": "dance on Saturday"})
    assert said.endswith("Say for example: Tomorrow one hour easy run.")


def test_work_and_rest_in_two_measures_are_told_apart(
    phone: FlaskClient, bare: World
) -> None:
    plan(bare, type="Ride", name="Tee", description="4x\n- 4m Z5\n- 2m 50%")
    assert "4 times 4 minutes in zone 5" in asked(phone, "/v1/workouts/today")


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
def test_what_cannot_be_undone_is_named_in_every_language(
    writer: FlaskClient, language: str
) -> None:
    writer.put("/v1/wellness", json={"readiness": 60, "weight_kg": 71})
    said = sent(writer, "/v1/undo", {}, language)
    assert "60" in said
    assert said.count(":") < 4


@pytest.mark.parametrize("said", ["weight", "Weight", "Gewicht", "poids", "el peso"])
def test_a_field_can_be_asked_for_as_it_is_said(phone: FlaskClient, said: str) -> None:
    assert asked(phone, f"/v1/wellness?fields={said}").startswith("Weight 71.6")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "High tiredness. Poor motivation."),
        ("de", "Starke Müdigkeit. Wenig Motivation."),
        ("fr", "Forte fatigue ressentie. Faible motivation."),
        ("es", "Mucho cansancio. Poca motivación."),
    ],
)
def test_a_feeling_is_said_as_one_says_it(
    writer: FlaskClient, language: str, said: str
) -> None:
    answer = writer.put(
        "/v1/wellness",
        json={"fatigue": 3, "motivation": 4},
        headers={"Accept-Language": language},
    )
    assert said in answer.get_json()["speech"]


def test_a_clock_time_behind_a_day_needs_no_word_before_it(writer: FlaskClient) -> None:
    said = sent(writer, "/v1/workouts/next/move", {"day": "Saturday 17:30"})
    assert "on Saturday at 17:30" in said


def test_a_race_that_goes_on_is_not_yesterdays(phone: FlaskClient, bare: World) -> None:
    end = f"{TODAY + timedelta(days=2)}T00:00:00"
    plan(bare, -1, category="RACE_A", type="Ride", name="Tour", end_date_local=end)
    assert asked(phone, "/v1/workouts/next").startswith("Race today: Tour")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("400m/200m 10x", "400 metres, 200 metres 10 times"),
        ("Zwift: 3*10' SST", "Zwift: 3 times 10 minutes SST"),
        ("10k TT (22'30\")", "10k TT (22 minutes 30)"),
        ("Run @ 4:30 min/mi w/ Bob", "Run at 4 minutes 30 per mile with Bob"),
        ("\U0001f3c3.", ""),
    ],
)
def test_what_people_write_in_names_is_said_in_words(name: str, said: str) -> None:
    assert for_the_ear(name, Voice("en_GB")) == said


def test_at_before_a_pace_is_said_in_the_language() -> None:
    said = for_the_ear("5x 1km at 4:05/km", Voice("de_DE"))
    assert said == "5 mal ein Kilometer mit 4 Minuten 5 pro Kilometer"
