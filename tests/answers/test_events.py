"""What the phone hears of the calendar, and of the next session."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask.testing import FlaskClient

from bridge.simulator.world import World
from tests.support.asking import items, told

TODAY = date(2026, 11, 23)


def stored(world: World, first: date, last: date) -> list[dict[str, Any]]:
    return [
        row
        for row in world.events.values()
        if str(first) <= row["start_date_local"][:10] <= str(last)
    ]


def test_the_calendar_is_the_week_to_come(phone: FlaskClient, world: World) -> None:
    body = told(phone, "/v1/events")
    wanted = stored(world, TODAY, TODAY + timedelta(days=6))
    begun = [row for row in body["items"] if row["date"] >= str(TODAY)]
    assert {row["event_id"] for row in begun} == {str(row["id"]) for row in wanted}
    assert body["speech"].startswith("Today: ")


def test_one_kind_of_entry_can_be_asked_for(phone: FlaskClient) -> None:
    path = "/v1/events?oldest=2026-11-23&newest=2026-12-31&category=race_b"
    (race,) = items(phone, path)
    assert (race["name"], race["date"]) == ("Park Run 10k", "2026-12-06")
    assert race["category"] == "RACE_B"


def test_a_note_has_its_colour(phone: FlaskClient) -> None:
    (note,) = items(phone, "/v1/events?day=tomorrow&category=note")
    assert (note["name"], note["colour"]) == ("Bike service", "orange")


def test_the_next_session_is_the_one_that_the_brief_says_first(
    phone: FlaskClient, world: World
) -> None:
    of_today = stored(world, TODAY, TODAY)
    first = max(of_today, key=lambda row: row["icu_training_load"] or 0)
    body = told(phone, "/v1/workouts/next")
    assert body["event_id"] == str(first["id"])
    assert body["planned_s"] == first["moving_time"]
    assert body["speech"].startswith("Today: Threshold on the trainer, ")
    assert told(phone, "/v1/today")["session"].startswith("Threshold, ")


def test_a_session_called_like_its_sport_is_said_once(
    phone: FlaskClient, world: World
) -> None:
    world.events.clear()
    world.add_event(
        category="WORKOUT",
        name="Ride",
        type="Ride",
        start_date_local="2026-11-29T00:00:00",
        moving_time=3600,
    )
    speech = told(phone, "/v1/workouts/next")["speech"]
    assert speech == "On Sunday: Ride, 1 hour."


def test_nothing_ahead_is_said(phone: FlaskClient, world: World) -> None:
    world.events.clear()
    body = told(phone, "/v1/workouts/next")
    assert body["count"] == 0
    assert body["speech"] == "Nothing is planned in the next four weeks."
