"""What only sounds like a wish: asked about, doubted, denied, or said of others."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from bridge.simulator.world import World
from tests.ask.conftest import Ask
from tests.ask.test_questions import writes

NO_WISH = [
    "don't skip tomorrow's workout",
    "I am not sick",
    "I was not sick yesterday",
    "ich bin nicht krank",
    "bin ich krank",
    "je suis pas malade",
    "suis-je malade",
    "ya no estoy enfermo",
    "¿estoy enfermo?",
    "I feel like a holiday",
    "I'm sick of training",
    "sick until yesterday",
    "I will weigh 72 kilos",
    "I lifted 72 kilos",
    "weight plus 2 kilos",
    "log 72 stone",
    "um what is planned tomorrow",
    "call my coach",
    "don't forget today's workout",
    "leave today's workout as it is",
    "forget that",
    "vergiss nicht das training heute",
    "ich hab heute keine zeit",
    "n'oublie pas la séance d'aujourd'hui",
    "no olvides el entrenamiento de hoy",
    "did my 5k run go well",
    "did 20 minutes of rowing?",
    "let me know my workout today",
    "mándame mi entrenamiento de hoy",
    "appelle mon coach",
    "llama a mi entrenador",
    "nenn mir das Training von morgen",
    "rename all my runs to Lakes",
    "is it a rest day",
    "Ist heute Ruhetag",
    "should I run one hour tomorrow",
    "one hour run tomorrow?",
    "skip today's and tomorrow's workout",
    "skip my workouts until Saturday",
    "swap today's and tomorrow's workout",
    "delete tomorrow's workout and Friday's",
    "move my run to Saturday and my ride to Sunday",
    "delete the last activity",
]


@pytest.mark.parametrize("text", NO_WISH)
def test_what_is_no_wish_writes_nothing_and_offers_nothing(
    writer: FlaskClient, world: World, text: str
) -> None:
    answer = writer.post("/v1/ask", json={"text": text})
    assert answer.status_code in {200, 422}
    body = answer.get_json()
    assert not body.get("question", "") or body["intent"] == "log", body
    assert writes(world) == 0


@pytest.mark.parametrize(
    ("text", "first", "behind"),
    [
        ("I was sick last week", "2026-11-16", "2026-11-23"),
        ("I'm sick since Friday", "2026-11-20", "2026-11-24"),
        ("I was sick from Friday to Sunday", "2026-11-20", "2026-11-23"),
        ("holiday from Sunday to Friday", "2026-11-29", "2026-12-05"),
        ("Urlaub von Samstag bis Dienstag", "2026-11-28", "2026-12-02"),
    ],
)
def test_days_away_are_those_that_were_said(
    ask: Ask, text: str, first: str, behind: str
) -> None:
    answer = ask(text)
    assert answer["date"] == first
    assert answer["end_local"].startswith(behind)  # the end of the last day


def test_a_note_stands_on_the_day_at_its_end(ask: Ask) -> None:
    note = ask("remind me to pump up the tyres on Saturday")
    assert (note["name"], note["date"]) == ("pump up the tyres", "2026-11-28")


def test_only_what_was_named_is_offered_for_removal(ask: Ask) -> None:
    assert ask("cancel my holiday")["speech"].count("Family weekend") == 1
    assert ask("delete my sick days", 404)["code"] == "no_such_entry"


def test_a_rating_of_a_day_without_activity_names_the_day(ask: Ask) -> None:
    answer = ask("RPE 7 for my run on Friday", 404)
    assert answer["code"] == "no_activity_then"
    assert "Friday" in answer["speech"]


def test_a_hard_blank_is_a_blank(ask: Ask) -> None:
    assert ask("Comment est ma forme\u00a0?")["intent"] == "form"
    assert ask("log\u202f72\u00a0kilos")["weight_kg"] == 72


def test_no_sentence_is_asked_for_with_an_example(ask: Ask) -> None:
    assert ask("", 422)["speech"].endswith("Say for example: How is my form?")
