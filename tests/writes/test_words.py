"""What a write says: to what it was done, the difference, and what else is there."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bridge.simulator.world import World
from tests.conftest import let_in

TODAY = "2026-11-23"


@pytest.fixture
def writer(app: Flask) -> FlaskClient:
    return let_in(app, "write")


@pytest.fixture
def strength(world: World) -> int:
    """One workout today, another on Saturday."""
    world.events.clear()
    long_run = {"name": "Long Run", "type": "Run"}
    world.add_event(**long_run, start_date_local="2026-11-28T00:00:00")
    row = world.add_event(name="Strength", type="WeightTraining")
    row["start_date_local"] = f"{TODAY}T00:00:00"
    return int(row["id"])


def said(answer: Any) -> str:
    assert answer.status_code == 200, answer.text
    return str(answer.get_json()["speech"])


def test_a_move_says_from_where_to_where_and_what_is_there_too(
    writer: FlaskClient, strength: int
) -> None:
    path = f"/v1/workouts/{strength}/move"
    moved = writer.post(path, json={"start_local": "2026-11-28T17:30"})
    assert said(moved) == (
        "Strength is now on Saturday at 17:30 instead of today. "
        "Long Run is on that day too."
    )
    assert said(writer.post("/v1/undo")) == "Undone: Strength is back today."


@pytest.mark.parametrize(
    ("language", "moved", "undone"),
    [
        (
            "de",
            (
                "Verschoben: Strength ist jetzt am Samstag statt heute. "
                "An dem Tag steht auch Long Run."
            ),
            "Zurückgenommen: Strength ist wieder heute.",
        ),
        (
            "fr",
            (
                "Strength, c'est maintenant samedi et non plus aujourd'hui. "
                "Il y a aussi Long Run ce jour-là."
            ),
            "Modification annulée\u00a0: Strength est de nouveau aujourd'hui.",
        ),
        (
            "es",
            "Strength pasa a ser el sábado y ya no hoy. Ese día está también Long Run.",
            "Deshecho: Strength vuelve a ser hoy.",
        ),
    ],
)
def test_a_move_and_its_undo_say_the_same_in_every_language(
    writer: FlaskClient, strength: int, language: str, moved: str, undone: str
) -> None:
    path = f"/v1/workouts/{strength}/move?lang={language}"
    assert said(writer.post(path, json={"day": "Saturday"})) == moved
    assert said(writer.post(f"/v1/undo?lang={language}")) == undone


def test_a_skip_and_its_undo_name_the_workout(
    writer: FlaskClient, strength: int
) -> None:
    assert said(writer.post(f"/v1/workouts/{strength}/skip")).startswith(
        "Skipped: Strength, today."
    )
    would = said(writer.post("/v1/undo?preview=yes"))
    assert would == "Nothing is saved yet. Strength would be back in the plan today."
    assert (
        said(writer.post("/v1/undo")) == "Undone: Strength is back in the plan today."
    )


def test_an_undone_tick_names_the_workout(writer: FlaskClient, strength: int) -> None:
    assert said(writer.post(f"/v1/workouts/{strength}/done")).startswith("Done: ")
    assert said(writer.post("/v1/undo")) == "Undone: Strength no longer counts as done."


def test_what_was_empty_is_said_to_be_without(
    writer: FlaskClient, strength: int
) -> None:
    change = {"colour": "green", "indoor": "yes"}
    answer = writer.patch(f"/v1/events/{strength}", json=change)
    assert said(answer).startswith("Changed, today: Strength")
    undone = said(writer.post("/v1/undo"))
    assert undone.startswith("Undone, as before: ")
    assert "nothing" not in undone


def test_the_weight_is_held_against_its_week(writer: FlaskClient, world: World) -> None:
    for day in range(16, 23):
        world.wellness[f"2026-11-{day}"] = {"weight": 71.0}
    sent = writer.put("/v1/wellness", json={"weight_kg": 72.5})
    assert said(sent) == (
        "Noted. Weight 72.5 kilograms, that's 1.5 kilograms above your 7-day average."
    )


def test_what_cannot_be_emptied_is_told_once(writer: FlaskClient, world: World) -> None:
    world.wellness[TODAY] = {}
    writer.put("/v1/wellness", json={"weight_kg": 71, "resting_hr_bpm": 48})
    undone = said(writer.post("/v1/undo"))
    assert undone.count("Intervals won't clear it") == 1
    assert "Weight 71 kilograms. Resting heart rate 48." in undone or (
        "Resting heart rate 48. Weight 71 kilograms." in undone
    )


def test_values_are_noted_in_the_order_they_were_sent(writer: FlaskClient) -> None:
    body = '{"weight_kg": 72.5, "comments": "tired legs", "mood": "good"}'
    sent = writer.put("/v1/wellness", data=body, content_type="application/json")
    heard = said(sent)
    assert heard.index("Weight") < heard.index("mood") < heard.index("tired legs")


@pytest.mark.parametrize(
    ("language", "would", "mood"),
    [
        ("en", "For today I'd note:", "Good mood"),
        ("de", "würde ich notieren:", "Gute Stimmung"),
        ("fr", "je noterais", "Bonne humeur"),
        ("es", "anotaría", "Buen ánimo"),
    ],
)
def test_a_preview_says_every_value_before_what_stands_there(
    writer: FlaskClient, language: str, would: str, mood: str
) -> None:
    sent = {"weight_kg": 72.5, "mood": "good", "sleep_s": "7h"}
    told = writer.put(f"/v1/wellness?preview=yes&lang={language}", json=sent).json or {}
    for words in (would, mood, "7", "72"):
        assert words in told["speech"]
