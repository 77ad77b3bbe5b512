"""What the phone hears of the next race."""

from __future__ import annotations

from datetime import date

import pytest
from flask.testing import FlaskClient

from bridge.simulator.world import World
from tests.support.asking import told

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("query", "name", "day"),
    [
        ("", "Park Run 10k", date(2026, 12, 6)),
        ("?category=RACE_A", "Autumn Half Marathon", date(2026, 12, 27)),
    ],
)
def test_a_race_is_counted_down_in_days_and_weeks(
    phone: FlaskClient, query: str, name: str, day: date
) -> None:
    body = told(phone, f"/v1/race{query}")
    days = (day - TODAY).days
    assert (body["name"], body["date"]) == (name, str(day))
    assert (body["days"], body["weeks"]) == (days, days // 7)
    assert body["type"] == "Run"


def test_the_phase_is_told_with_its_end(phone: FlaskClient) -> None:
    body = told(phone, "/v1/race")
    # four weeks from the Monday before this one: until Sunday, 13 December
    assert (body["phase"], body["phase_until"]) == ("Build 2", "2026-12-13")
    assert body["phase_days_left"] == 20
    assert body["speech"] == (
        "Park Run 10k in 13 days: Sunday, 6 December. "
        "Training phase Build 2 until 13 December."
    )


def test_without_a_race_that_is_said(phone: FlaskClient, world: World) -> None:
    world.events.clear()
    body = told(phone, "/v1/race")
    assert (body["count"], body["speech"]) == (0, "No race in the next twelve months.")
