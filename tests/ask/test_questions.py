"""A question that comes back: answered once, by the next sentence, for five minutes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bridge.simulator.world import World
from bridge.store.athletes import OWNER
from tests.ask.conftest import Ask
from tests.conftest import Clock, let_in, services_of
from tests.support.asking import told


def writes(world: World) -> int:
    return len([each for each in world.requests if each.method != "GET"])


def test_what_one_word_does_not_take_back_is_asked_about(
    ask: Ask, world: World, clock: Clock
) -> None:
    answer = ask("delete tomorrow's workout")
    assert answer["question"] == "yes"
    assert answer["choices"] == "Yes\nNo"
    assert [item["choice"] for item in answer["items"]] == ["Yes", "No"]
    assert answer["expires_at"] == "2026-11-23T06:10:00Z"
    assert answer["speech"].endswith("Yes or no?")
    assert writes(world) == 0
    assert ask("Yes.")["removed"] == "yes"
    assert writes(world) == 1


@pytest.mark.parametrize(
    "word", ["yes", "Ja!", "oui", "sí", "Yes, please.", "Ja bitte"]
)
def test_a_yes_in_any_language_answers(ask: Ask, word: str) -> None:
    ask("delete tomorrow's workout")
    assert ask(word)["removed"] == "yes"


@pytest.mark.parametrize("word", ["no", "Nein.", "non", "no thanks"])
def test_a_no_leaves_everything(ask: Ask, world: World, word: str) -> None:
    ask("delete tomorrow's workout")
    assert ask(word)["done"] == "no"
    assert writes(world) == 0
    assert ask("yes", 404)["code"] == "no_question"


def test_two_readings_are_asked_about_and_the_second_can_be_said(ask: Ask) -> None:
    answer = ask("cancel tomorrow's workout")
    choices = answer["choices"].split("\n")
    assert len(choices) == 2
    assert answer["speech"].startswith("Which one: ")
    assert ask("the second one")["removed"] == "yes"


def test_a_line_of_the_choices_answers(ask: Ask) -> None:
    answer = ask("skip today's workout")
    line = answer["choices"].split("\n")[1]
    assert ask(line)["category"] == "NOTE"


def test_a_choice_has_a_path_to_post_to(ask: Ask, writer: FlaskClient) -> None:
    then = ask("delete tomorrow's workout")["items"][0]["then"]
    first, again = writer.post(then), writer.post(then)
    assert first.get_json()["removed"] == "yes"
    assert again.data == first.data  # the same click, not another wish
    assert again.headers["Idempotent-Replayed"] == "true"


def test_get_never_answers(ask: Ask, writer: FlaskClient, world: World) -> None:
    then = ask("delete tomorrow's workout")["items"][0]["then"]
    assert writer.get("/v1/ask?q=yes").status_code == 422
    assert writer.get(then).status_code == 400
    assert writes(world) == 0
    assert ask("yes")["removed"] == "yes"


def test_another_sentence_ends_the_question(ask: Ask, world: World) -> None:
    ask("delete tomorrow's workout")
    ask("how is my form")
    assert ask("yes", 404)["code"] == "no_question"
    assert writes(world) == 0


def test_a_question_is_open_for_five_minutes(
    ask: Ask, world: World, clock: Clock
) -> None:
    ask("delete tomorrow's workout")
    clock.advance(seconds=299)
    assert ask("yes")["removed"] == "yes"
    ask("delete tomorrow's note")
    clock.advance(seconds=300)
    assert ask("yes", 404)["code"] == "no_question"
    assert writes(world) == 1


def test_a_question_is_of_one_device(app: Flask, ask: Ask, world: World) -> None:
    then = ask("delete tomorrow's workout")["items"][0]["then"]
    other = let_in(app, "write", "Another")
    for answer in (other.post("/v1/ask", data="yes"), other.post(then)):
        assert answer.get_json()["code"] == "no_question"
    assert writes(world) == 0


def test_two_who_answer_at_once_do_it_once(ask: Ask, app: Flask, world: World) -> None:
    answer = ask("delete tomorrow's workout")
    then, client = answer["items"][0]["then"], app.test_client()
    owner = services_of(app).store.devices.of_athlete(OWNER)[0]
    token = services_of(app).tokens.issue(owner.device_id)
    headers = {"Authorization": f"Bearer {token}"}
    with ThreadPoolExecutor(4) as pool:
        posted = [pool.submit(client.post, then, headers=headers) for _ in range(4)]
        statuses = [each.result().status_code for each in posted]
    assert set(statuses) == {200}
    assert writes(world) == 1


def test_two_questions_and_two_yes_within_a_minute_are_two_writes(
    ask: Ask, world: World
) -> None:
    before = len(world.events)
    for text in ("delete tomorrow's workout", "delete Thursday's workout"):
        ask(text)
        assert ask("yes")["removed"] == "yes"
    assert len(world.events) == before - 2


def test_the_same_question_answered_twice_is_asked_and_done_anew(
    ask: Ask, writer: FlaskClient
) -> None:
    for _ in range(2):
        ask("log 72.5 kilos", confirm="always")
        ask("yes")
    assert told(writer, "/v1/wellness?fields=weight_kg")["weight_kg"] == 72.5
    ask("undo that")
    ask("log 72.5 kilos", confirm="always")
    assert "already" not in ask("yes")["speech"]
    assert told(writer, "/v1/wellness?fields=weight_kg")["weight_kg"] == 72.5


def test_the_state_is_checked_again(
    ask: Ask, app: Flask, world: World, writer: FlaskClient
) -> None:
    ask("log 72.5 kilos", confirm="always")
    writer.put("/v1/wellness", json={"weight_kg": 70})
    sent = writes(world)
    assert ask("yes", 409)["code"] == "changed_since"
    assert writes(world) == sent


def test_the_scope_is_checked_again(ask: Ask, app: Flask, world: World) -> None:
    ask("delete tomorrow's workout")
    with services_of(app).store.database.writing() as connection:
        connection.exec_driver_sql("UPDATE devices SET scope = 'read'")
    assert ask("yes", 403)["code"] == "scope_too_small"
    assert writes(world) == 0


def test_the_record_is_exact_also_past_midnight(
    ask: Ask, clock: Clock, world: World
) -> None:
    clock.advance(hours=16, minutes=53)  # 23:58 in Berlin
    ask("plan one hour easy run tomorrow", confirm="always")
    clock.advance(minutes=4)
    made = ask("yes")
    assert (made["date"], made["type"]) == ("2026-11-24", "Run")


def test_a_day_that_can_be_two_is_asked_about(ask: Ask) -> None:
    answer = ask("plan one hour easy run next Tuesday")
    assert answer["choices"] == "24 November\n1 December"
    assert ask("the second")["date"] == "2026-12-01"


def test_confirm_always_asks_before_each_write(ask: Ask, world: World) -> None:
    assert ask("log 72.5 kilos", confirm="always")["question"] == "yes"
    assert "question" not in ask("how is my form", confirm="always")
    assert writes(world) == 0


@pytest.mark.parametrize(
    "text", ["delete tomorrow's workout", "cancel tomorrow's workout"]
)
def test_confirm_never_refuses_what_is_doubtful(
    ask: Ask, world: World, text: str
) -> None:
    assert ask(text, 422, confirm="never")["code"] == "doubtful"
    assert writes(world) == 0


def test_confirm_is_one_of_two_words(ask: Ask) -> None:
    assert ask("log 72 kilos", 422, confirm="maybe")["code"] == "bad_field"


def test_an_answer_that_is_none_of_the_choices_is_asked_again(
    ask: Ask, world: World
) -> None:
    first = ask("cancel tomorrow's workout")
    again = ask("yes")
    assert again["question_id"] == first["question_id"]
    assert writes(world) == 0
    ask("the first")
    assert writes(world) == 1


def test_a_workout_without_a_length_is_asked_how_long(ask: Ask, world: World) -> None:
    answer = ask("tomorrow easy run")
    assert answer["choices"] == "30 minutes\n45 minutes\n1 hour\n1 hour 30"
    assert answer["speech"].startswith("How long: ")
    assert writes(world) == 0
    made = ask("45 minutes")
    assert (made["date"], made["type"], made["planned_s"]) == (
        "2026-11-24",
        "Run",
        2700,
    )


@pytest.mark.parametrize("length", ["50 minutes", "Fifty minutes.", "0:50 h"])
def test_the_length_may_be_another_one(ask: Ask, length: str) -> None:
    ask("tomorrow easy run")
    assert ask(length)["planned_s"] == 3000


def test_a_length_without_its_question_plans_nothing(ask: Ask, world: World) -> None:
    ask("50 minutes", 422)
    ask("tomorrow easy run")
    ask("how is my form")
    ask("50 minutes", 422)
    assert writes(world) == 0


def test_how_long_is_not_asked_where_nothing_may_be_asked(
    phone: FlaskClient, ask: Ask, world: World
) -> None:
    assert ask("tomorrow easy run", 422, confirm="never")["code"] == "doubtful"
    answer = phone.post("/v1/ask", data="tomorrow easy run")
    assert answer.get_json()["code"] == "scope_too_small"
    assert phone.get("/v1/ask?q=tomorrow+easy+run").status_code == 403
    assert writes(world) == 0


@pytest.mark.parametrize(
    ("text", "language", "choices"),
    [
        ("move my run to next Tuesday", "en", "24 November\n1 December"),
        ("Verschieb meinen Lauf auf nächsten Dienstag", "de",
         "24. November\n1. Dezember"),
    ],
)  # fmt: skip
def test_a_move_to_a_day_that_can_be_two_is_asked_about(
    writer: FlaskClient, world: World, text: str, language: str, choices: str
) -> None:
    headers = {"Accept-Language": language}
    answer = writer.post("/v1/ask", data=text, headers=headers).get_json()
    assert (answer["question"], answer["choices"]) == ("yes", choices)
    assert writes(world) == 0
    second = writer.post(answer["items"][1]["then"]).get_json()
    assert (second["type"], second["date"]) == ("Run", "2026-12-01")


def test_a_move_to_the_weekend_asks_for_its_day(ask: Ask, world: World) -> None:
    answer = ask("move my run to the weekend")
    assert answer["choices"] == "28 November\n29 November"
    assert ask("the second")["date"] == "2026-11-29"
    assert ask("move my run to next week", 422)["speech"]
    assert writes(world) == 1


@pytest.mark.parametrize("wish", ["skip", "delete"])
def test_what_is_there_on_two_days_that_can_be_meant_is_asked_about(
    ask: Ask, world: World, wish: str
) -> None:
    answer = ask(f"{wish} next Tuesday's workout")
    assert answer["question"] == "yes"
    lines = answer["choices"].split("\n")
    assert {line.partition(", ")[2] for line in lines} == {
        "tomorrow",
        "on Tuesday 1 December",
    }
    assert writes(world) == 0


def test_a_weekday_said_on_that_day_moves_to_the_next_one(ask: Ask) -> None:
    ask("move today's workout to Monday")
    assert ask("the first")["date"] == "2026-11-30"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("course, semi-marathon, 12 avril", "fr"),
        ("half marathon on 12 April", "en"),
        ("carrera, media maratón, 12 de abril", "es"),
    ],
)
def test_what_can_be_a_race_or_a_run_is_asked_about(
    writer: FlaskClient, world: World, text: str, language: str
) -> None:
    headers = {"Accept-Language": language}
    answer = writer.post("/v1/ask", data=text, headers=headers).get_json()
    assert answer["count"] == 2
    assert writes(world) == 0
    race = writer.post("/v1/ask", data="1", headers=headers).get_json()
    assert (race["category"], race["date"]) == ("RACE_A", "2027-04-12")
    writer.post("/v1/ask", data=text, headers=headers)
    run = writer.post("/v1/ask", data="2", headers=headers).get_json()
    assert (run["category"], run["type"]) == ("WORKOUT", "Run")


def test_a_preview_of_an_answer_writes_nothing_and_leaves_it_open(
    ask: Ask, writer: FlaskClient, world: World
) -> None:
    then = ask("delete tomorrow's workout")["items"][0]["then"]
    assert ask("yes", preview="yes")["speech"].startswith("Nothing is removed yet.")
    posted = writer.post(f"{then}&preview=yes").get_json()
    assert posted["speech"].startswith("Nothing is removed yet.")
    assert writes(world) == 0
    assert ask("yes")["removed"] == "yes"


def test_a_preview_under_a_key_writes_nothing(
    writer: FlaskClient, world: World
) -> None:
    sent = {"text": "log 72 kilos", "preview": "yes"}
    key = {"Idempotency-Key": "a"}
    answer = writer.post("/v1/ask", json=sent, headers=key)
    assert answer.get_json()["speech"].startswith("Nothing is saved yet.")
    assert writes(world) == 0


def test_a_sentence_in_the_body_is_not_replaced_by_the_query(
    writer: FlaskClient, world: World
) -> None:
    answer = writer.post("/v1/ask?text=log+72+kilos", data="How is my form?")
    assert answer.get_json()["code"] == "repeated_parameter"
    assert writes(world) == 0


def test_with_nothing_to_undo_nothing_is_asked(ask: Ask) -> None:
    assert "question" not in ask("undo everything")
