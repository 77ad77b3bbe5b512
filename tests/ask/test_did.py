"""What was done without a device, added by one sentence in four languages."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from bridge.simulator.world import World
from tests.ask.conftest import Ask
from tests.conftest import Clock
from tests.writes.writing import writes

SUNDAY, MONDAY = "2026-11-22", "2026-11-23"


def added(world: World) -> list[dict[str, object]]:
    """Return the activities that were typed in."""
    return [row for row in world.activities.values() if row.get("source") == "MANUAL"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("I did 45 minutes of strength today", ("WeightTraining", 2700, None, MONDAY)),
        ("I ran 45 minutes today", ("Run", 2700, None, MONDAY)),
        ("I swam 1500 metres yesterday", ("Swim", None, 1500, SUNDAY)),
        ("yesterday I did one hour of yoga", ("Yoga", 3600, None, SUNDAY)),
        ("I ran 10 km in 50 minutes yesterday", ("Run", 3000, 10_000, SUNDAY)),
        ("log 30 minutes of swimming", ("Swim", 1800, None, MONDAY)),
        ("I went for a 30 minute walk", ("Walk", 1800, None, MONDAY)),
        (
            "Ich habe heute 45 Minuten Krafttraining gemacht",
            ("WeightTraining", 2700, None, MONDAY),
        ),
        ("I walked 30 minutes", ("Walk", 1800, None, MONDAY)),
        ("I had a 20 minute swim", ("Swim", 1200, None, MONDAY)),
        ("strength done, 30 minutes", ("WeightTraining", 1800, None, MONDAY)),
        ("Ich war gestern eine Stunde laufen", ("Run", 3600, None, SUNDAY)),
        ("Ich bin gestern 45 Minuten gelaufen", ("Run", 2700, None, SUNDAY)),
        ("Gestern 40 Kilometer Rad gefahren", ("Ride", None, 40_000, SUNDAY)),
        (
            "J'ai fait 45 minutes de musculation aujourd'hui",
            ("WeightTraining", 2700, None, MONDAY),
        ),
        ("J'ai couru 45 minutes hier", ("Run", 2700, None, SUNDAY)),
        ("Hoy hice 45 minutos de fuerza", ("WeightTraining", 2700, None, MONDAY)),
        ("Ayer nadé 1500 metros", ("Swim", None, 1500, SUNDAY)),
    ],
)
def test_what_was_done_becomes_an_activity_and_no_plan(
    ask: Ask, world: World, text: str, told: tuple[object, ...]
) -> None:
    plans = len(world.events)
    answer = ask(text, status=201)
    assert answer["intent"] == "did"
    (row,) = added(world)
    day = str(row["start_date_local"])[:10]
    found = (row["type"], row.get("moving_time"), row.get("distance"), day)
    assert found == told
    assert len(world.events) == plans


def test_it_is_said_listed_and_taken_back(ask: Ask, world: World) -> None:
    said = ask("I did 45 minutes of strength today", status=201)["speech"]
    assert said.startswith("Added. ")
    assert "45 minutes" in said
    assert "Weight training: 45" in ask("how was my last workout")["speech"]
    assert "removed" in ask("undo that")["speech"]
    assert added(world) == []


def test_said_twice_it_is_added_once(ask: Ask, world: World, clock: Clock) -> None:
    ask("I did 45 minutes of strength today", status=201)
    clock.advance(minutes=3)
    assert "already" in ask("I did 45 minutes of strength today")["speech"]
    assert len(added(world)) == 1
    clock.advance(hours=2)
    ask("I did 45 minutes of strength today", status=201)
    assert len(added(world)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "I did 45 minutes of strength tomorrow",
        "Did I do 45 minutes of strength today?",
        "did I run 45 minutes today",
        "I didn't do 45 minutes of strength today",
        "if I did 45 minutes of strength today",
        "I did 45 minutes today",
        "I did 45 minutes and 30 minutes of strength",
        "Habe ich heute 45 Minuten Krafttraining gemacht?",
        "Je n'ai pas fait 45 minutes de musculation",
        "¿He hecho 45 minutos de fuerza?",
    ],
)
def test_what_is_asked_doubted_denied_or_ahead_adds_nothing(
    writer: FlaskClient, world: World, text: str
) -> None:
    writer.post("/v1/ask", json={"text": text})
    assert writes(world) == []


@pytest.mark.parametrize(
    "text",
    [
        "mañana 45 minutos corriendo suave",
        "45 minutos corriendo suave",
        "Demain marche 30 minutes",
        "Trage morgen 45 Minuten locker laufen ein",
        "add a 45 minute easy run",
    ],
)
def test_what_is_to_be_done_is_planned_still(ask: Ask, world: World, text: str) -> None:
    assert ask(text)["intent"] == "plan"
    assert added(world) == []
