"""What the phone hears of its streak, counted on the calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient

from bridge.simulator.world import World
from tests.support.asking import told

TODAY = date(2026, 11, 23)  # a Monday
PATH = "/v1/streak"


def train_on(world: World, *ages: int) -> None:
    world.activities.clear()
    for age in ages:
        day = TODAY - timedelta(days=age)
        world.add_activity(type="Run", start_date_local=f"{day}T07:00:00")


def test_the_seeded_streak_is_that_of_the_calendar(
    phone: FlaskClient, world: World
) -> None:
    trained = {row["start_date_local"][:10] for row in world.activities.values()}
    days = 0
    while str(TODAY - timedelta(days=days + 1)) in trained:
        days += 1
    body = told(phone, PATH)
    assert str(TODAY) not in trained
    assert (body["days"], body["trained_today"]) == (days, "no")
    assert body["alive_until"] == "2026-11-23"


@pytest.mark.parametrize(
    ("ages", "counted"),
    [
        ((0, 1, 2), (3, 2, "2026-11-24")),
        ((1, 2, 3), (3, 1, "2026-11-23")),  # grace: today is not over
        ((2, 3), (0, 1, "2026-11-23")),
        ((0, 7, 14, 20), (1, 4, "2026-11-24")),
        ((15,), (0, 0, "2026-11-23")),
    ],
)
def test_days_and_weeks_in_a_row_are_counted(
    phone: FlaskClient,
    world: World,
    ages: tuple[int, ...],
    counted: tuple[int, int, str],
) -> None:
    train_on(world, *ages)
    body = told(phone, PATH)
    assert (body["days"], body["weeks"], body["alive_until"]) == counted


def test_the_sentence_says_what_keeps_it_alive(
    phone: FlaskClient, world: World
) -> None:
    train_on(world, 1, 2, 3)
    assert told(phone, PATH)["speech"] == (
        "You've trained 3 days in a row and 1 week in a row. "
        "Train today to keep it going."
    )


@pytest.mark.parametrize("why", ["rest", "sick", "tired"])
def test_nobody_is_pressed_to_train_against_the_plan(
    phone: FlaskClient, world: World, why: str
) -> None:
    train_on(world, 1, 2, 3)
    if why == "rest":
        world.events.clear()
    elif why == "sick":
        world.add_event(
            category="SICK",
            type=None,
            start_date_local="2026-11-20T00:00:00",
            end_date_local="2026-11-28T00:00:00",
        )
    else:
        world.add_activity(
            icu_training_load=900, start_date_local="2026-11-22T07:00:00"
        )
    assert "Train today" not in told(phone, PATH)["speech"]
