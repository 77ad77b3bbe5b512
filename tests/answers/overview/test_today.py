"""What the phone hears of a day, reckoned from what the world holds."""

from __future__ import annotations

import statistics
from datetime import date, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from bridge.simulator.world import World
from tests.answers.overview.test_fitness import Reckoning, near
from tests.support.asking import told

TODAY = date(2026, 11, 23)
TOMORROW = TODAY + timedelta(days=1)
YESTERDAY = TODAY - timedelta(days=1)


def planned(world: World, day: date) -> list[dict[str, Any]]:
    return [
        row
        for row in world.events.values()
        if row["start_date_local"][:10] == str(day) and row["category"] == "WORKOUT"
    ]


def usual_sleep_s(world: World, day: date, nights: int) -> float:
    before = [str(day - timedelta(days=age)) for age in range(1, nights + 1)]
    slept = [
        world.wellness[at].get("sleepSecs") for at in before if at in world.wellness
    ]
    return statistics.fmean(seconds for seconds in slept if seconds)


def test_the_day_holds_form_sleep_plan_and_race(
    phone: FlaskClient, world: World
) -> None:
    body = told(phone, "/v1/today")
    ctl, atl = Reckoning(world).on(TODAY)
    rested_ctl, rested_atl = Reckoning(world, with_plan=False).on(TODAY)
    assert body["form_after_plan"] == near(ctl - atl)
    assert body["form"] == near(rested_ctl - rested_atl)
    assert body["sleep_s"] == world.wellness[str(TODAY)]["sleepSecs"]
    for nights in (7, 60):
        usual = usual_sleep_s(world, TODAY, nights)
        assert abs(body[f"sleep_{nights}d_s"] - usual) < 1
    sessions = planned(world, TODAY)
    assert body["sessions_planned"] == body["sessions_left"] == len(sessions)
    assert body["planned_s"] == sum(row["moving_time"] for row in sessions)
    assert body["planned"] == "Threshold 4 times 8 and Strength"  # the hardest first
    assert body["main_set"] == "4 times 8 minutes"
    assert (body["race_date"], body["race_days"]) == ("2026-12-06", 13)
    assert body["phase"] == "Build 2"


MORNING = {
    "en": "Today: Threshold, 4 times 8 minutes, 1 hour 12, then Strength. You slept "
    "6 hours, over an hour less than usual. Park Run 10k in 13 days.",
    "de": "Heute: Threshold, 4 mal 8 Minuten, danach Strength. "
    "6 Stunden Schlaf, gut eine Stunde weniger als sonst. Park Run 10k in 13 Tagen.",
}


@pytest.mark.parametrize("language", list(MORNING))
def test_the_morning_says_what_to_do_and_what_is_unusual(
    phone: FlaskClient, language: str
) -> None:
    said = told(phone, f"/v1/today?lang={language}")["speech"]
    assert said.startswith(MORNING[language])


def test_an_illness_that_began_days_ago_is_heeded(
    phone: FlaskClient, world: World
) -> None:
    world.add_event(
        category="SICK",
        name="Flu",
        type=None,
        start_date_local="2026-11-20T00:00:00",
        end_date_local="2026-11-27T00:00:00",
    )
    body = told(phone, "/v1/today?lang=de")
    assert (body["verdict"], body["verdict_until"]) == ("sick", "2026-11-26")
    assert body["speech"].startswith(
        "Du bist bis Donnerstag als krank eingetragen: Ruh dich"
    )


def test_tomorrow_is_told_as_tomorrow(phone: FlaskClient, world: World) -> None:
    body = told(phone, "/v1/today?day=tomorrow")
    assert body["date"] == str(TOMORROW)
    assert body["sessions_planned"] == len(planned(world, TOMORROW))
    speech = body["speech"]
    assert speech.startswith("Tomorrow: VO2 Max, 5 times 4 minutes")
    assert "today" not in speech
    assert "sleep" not in speech
    assert "Park Run 10k in 13 days." in speech  # counted from the day of asking
    assert body["race_days"] == 12


def test_yesterday_is_told_as_past(phone: FlaskClient, world: World) -> None:
    body = told(phone, "/v1/today?day=yesterday")
    done = [
        row
        for row in world.activities.values()
        if row["start_date_local"][:10] == str(YESTERDAY)
    ]
    assert body["sessions_done"] == len(done)
    assert body["done_load"] == sum(row["icu_training_load"] or 0 for row in done)
    assert body["speech"].startswith("Done yesterday: ")
    assert "Form was " in body["speech"]
    assert "today" not in body["speech"]


def test_sleep_that_has_not_come_is_waited_for_today_only(
    phone: FlaskClient, world: World
) -> None:
    world.wellness[str(TODAY)]["sleepSecs"] = None
    world.touch()
    said = told(phone, "/v1/today")
    assert said["sleep_is_in"] == "no"
    assert "No sleep data yet." in said["speech"]
    assert "yet" not in told(phone, "/v1/today?day=yesterday")["speech"]
