"""What a sentence writes: done and said, once, taken back with one word."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from bridge.simulator.world import World
from tests.ask.conftest import Ask
from tests.support.asking import told


def weight_kg(phone: FlaskClient) -> object:
    return told(phone, "/v1/wellness?fields=weight_kg").get("weight_kg")


def writes(world: World) -> int:
    return len([each for each in world.requests if each.method != "GET"])


@pytest.mark.parametrize(
    "text",
    ["log 72 and a half kilos", "Ich wiege 72,5 Kilo.", "Je pèse 72,5 kilos",
     "Anota 72 kilos y medio"],
)  # fmt: skip
def test_a_weight_is_noted(ask: Ask, writer: FlaskClient, text: str) -> None:
    answer = ask(text)
    assert answer["intent"] == "log"
    assert weight_kg(writer) == 72.5


def test_several_values_of_a_morning_are_one_wish(
    ask: Ask, writer: FlaskClient
) -> None:
    answer = ask("slept 7 hours 20, weight 72.5, mood good")
    assert answer["count"] == 3
    now = told(writer, "/v1/wellness?fields=weight_kg")
    assert (now["sleep_s"], now["weight_kg"], now["mood"]) == (26_400, 72.5, 2)


def test_the_same_said_again_is_noted_already_until_it_is_undone(
    ask: Ask, writer: FlaskClient
) -> None:
    before = weight_kg(writer)
    first, again = ask("log 72.5 kilos"), ask("log 72.5 kilos")
    assert "already" not in first["speech"]
    assert "already" in again["speech"]
    ask("undo that")
    assert weight_kg(writer) == before
    assert "already" not in ask("log 72.5 kilos")["speech"]
    assert weight_kg(writer) == 72.5


def test_a_plan_said_twice_is_made_once_until_it_is_undone(
    ask: Ask, world: World
) -> None:
    def count() -> int:
        return len(world.events)

    before = count()
    ask("plan one hour easy run tomorrow at six pm")
    assert count() == before + 1
    assert "already" in ask("plan one hour easy run tomorrow at six pm")["speech"]
    assert count() == before + 1
    ask("undo that")
    assert count() == before
    ask("plan one hour easy run tomorrow at six pm")
    assert count() == before + 1


def test_a_rating_goes_to_the_latest_activity(ask: Ask) -> None:
    answer = ask("RPE 7, felt strong")
    assert (answer["rpe"], answer["feel"]) == (7, 1)
    assert answer["intent"] == "rate"


def test_a_rating_can_name_the_sport(ask: Ask, writer: FlaskClient) -> None:
    run = told(writer, "/v1/activities/latest?type=Run")["activity_id"]
    assert ask("rate my last run 8 out of 10")["activity_id"] == run


def test_a_threshold_is_of_the_sport_that_has_it(ask: Ask, writer: FlaskClient) -> None:
    answer = ask("threshold is 288 now")
    assert (answer["intent"], answer["sport"], answer["ftp_w"]) == (
        "set_zones",
        "Ride",
        288,
    )


def test_a_threshold_that_can_be_of_several_sports_is_asked_about(ask: Ask) -> None:
    answer = ask("my threshold heart rate is 171")
    assert answer["question"] == "yes"
    assert {"Ride", "Run"} <= set(answer["choices"].split("\n"))
    assert ask("Run")["lthr_bpm"] == 171


def test_a_move_names_the_old_day_and_the_new_one(
    ask: Ask, writer: FlaskClient
) -> None:
    entries = told(writer, "/v1/workouts/today?day=tomorrow")["items"]
    (tomorrow,) = (each for each in entries if each["category"] == "WORKOUT")
    answer = ask("move tomorrow's workout to Saturday")
    assert (answer["event_id"], answer["date"]) == (tomorrow["event_id"], "2026-11-28")


def test_entries_are_made_from_a_sentence(ask: Ask) -> None:
    race = ask("race, half marathon, 12 April")
    assert (race["category"], race["date"]) == ("RACE_A", "2027-04-12")
    rest = ask("rest day tomorrow")
    assert (rest["category"], rest["date"]) == ("NOTE", "2026-11-24")
    sick = ask("I'm sick until Thursday")
    assert (sick["category"], sick["date"]) == ("SICK", "2026-11-23")
    assert sick["end_local"].startswith("2026-11-27")  # the end of Thursday
    note = ask("note for tomorrow: buy gels")
    assert (note["name"], note["date"]) == ("buy gels", "2026-11-24")


def test_an_activity_gets_the_name_that_was_said(ask: Ask) -> None:
    answer = ask("rename my last run to Lap of the lake")
    assert (answer["name"], answer["type"]) == ("Lap of the lake", "Run")


@pytest.mark.parametrize(
    "text",
    ["log 72 kilos 84", "log 72 kilos in Lisbon", "weight 72.5 run",
     "move tomorrow's workout 12 to Saturday"],
)  # fmt: skip
def test_nothing_is_written_while_a_number_a_sport_or_a_name_is_left(
    ask: Ask, world: World, text: str
) -> None:
    answer = ask(text, 422)
    assert answer["code"] in {"left_over", "not_understood"}
    assert writes(world) == 0


@pytest.mark.parametrize(
    "text",
    ["log 72 kilos and move my workout to Saturday", "undo that and plan a rest day",
     "how is my form and skip my workout",
     "Notiere 72 Kilo und verschieb das Training auf Samstag"],
)  # fmt: skip
def test_of_two_wishes_none_is_done_and_both_are_named(
    ask: Ask, world: World, text: str
) -> None:
    answer = ask(text, 422)
    assert answer["code"] == "two_wishes"
    assert ", and " in answer["speech"]
    assert writes(world) == 0


def test_an_idempotency_key_is_kept(writer: FlaskClient, world: World) -> None:
    for _ in range(2):
        answer = writer.post(
            "/v1/ask",
            json={"text": "plan one hour easy run tomorrow"},
            headers={"Idempotency-Key": "7f1c"},
        )
        assert answer.status_code == 200
    assert writes(world) == 1
    assert answer.headers["Idempotent-Replayed"] == "true"


def test_a_preview_writes_nothing(ask: Ask, world: World) -> None:
    answer = ask("log 72.5 kilos", preview="yes")
    assert answer["preview"] == "yes"
    assert writes(world) == 0


@pytest.mark.parametrize(
    "text",
    [
        "is my weight 72.5?",
        "should I skip my workout?",
        "what if I move my workout to Saturday",
        "what happens if I delete tomorrow's workout",
        "don't log 72 kilos",
        "don't undo that",
        "do not move my workout to Saturday",
        "was my weight 72 yesterday",
        "I want to weigh 70 kilos",
        "my threshold was 280",
        "maybe move my workout to Saturday",
        "log 72 kilos for my wife",
        "my brother weighs 72 kilos",
        "Lösche das Training nicht",
        "Notiere nicht 72 Kilo",
        "Habe ich 7 Stunden geschlafen?",
        "Ne supprime pas la séance de demain",
        "N'annule pas",
        "Est-ce que je pèse 72 kilos ?",
        "No borres el entrenamiento de mañana",
        "No anotes 72 kilos",
        "¿Peso 72 kilos?",
    ],
)
def test_a_question_a_doubt_or_the_opposite_writes_nothing(
    writer: FlaskClient, world: World, text: str
) -> None:
    answer = writer.post("/v1/ask", json={"text": text})
    assert answer.status_code in {200, 422}
    assert writes(world) == 0


def test_a_polite_wish_is_a_wish(ask: Ask) -> None:
    assert ask("Can you log 72 kilos please?")["weight_kg"] == 72


@pytest.mark.parametrize(
    ("text", "language"),
    [("Blood pressure one twenty over eighty.", "en"), ("Blutdruck 120 zu 80", "de"),
     ("Tension 12 8.", "fr"), ("Tensión 120/80", "es")],
)  # fmt: skip
def test_both_blood_pressures_are_one_value_to_say(
    writer: FlaskClient, text: str, language: str
) -> None:
    answer = writer.post("/v1/ask", data=text, headers={"Accept-Language": language})
    body = answer.get_json()
    assert (body["systolic_mmhg"], body["diastolic_mmhg"]) == (120, 80)


@pytest.mark.parametrize("text", ["blood pressure 120", "blood pressure 80 over 120"])
def test_half_a_blood_pressure_is_not_written(
    ask: Ask, world: World, text: str
) -> None:
    ask(text, 422)
    assert writes(world) == 0


@pytest.mark.parametrize(
    "text",
    ["mangle tomorrow's workout", "Tomorrow's workout, frobnicate it",
     "Verknote das Training von Donnerstag"],
)  # fmt: skip
def test_an_order_whose_verb_is_not_known_is_no_question(
    ask: Ask, world: World, text: str
) -> None:
    assert ask(text, 422)["code"] == "not_understood"
    assert writes(world) == 0


def test_a_workout_that_lies_ahead_is_done_only_after_a_yes(
    ask: Ask, world: World
) -> None:
    answer = ask("mark tomorrow's workout as done")
    assert answer["question"] == "yes"
    assert "VO2 Max" in answer["speech"]
    assert writes(world) == 0
    said = ask("yes")["speech"]
    assert said.startswith("Done: VO2 Max")
    assert writes(world) == 1
