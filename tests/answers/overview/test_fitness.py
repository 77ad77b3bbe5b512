"""What the phone hears of fitness, against the known recursion reckoned by hand."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bridge.simulator.world import World
from tests.conftest import Clock
from tests.support.asking import AUCKLAND_MOMENTS, auckland, phone_of, told

TODAY = date(2026, 11, 23)


@dataclass
class Reckoning:
    """Fitness and fatigue day by day, from what the world has done and planned."""

    world: World
    with_plan: bool = True

    def load(self, day: date) -> float:
        done = [
            row["icu_training_load"]
            for row in self.world.activities.values()
            if row["start_date_local"][:10] == str(day) and row.get("analyzed")
        ]
        planned = [
            row["icu_training_load"]
            for row in self.world.events.values()
            if row["start_date_local"][:10] == str(day) and day >= TODAY
            if row["category"] in {"WORKOUT", "RACE_A", "RACE_B", "RACE_C"}
            if not row.get("paired_activity_id")
        ]
        hidden = [
            row["_hidden_load"]
            for row in self.world.activities.values()
            if row["start_date_local"][:10] == str(day) and "_hidden_load" in row
        ]
        done += hidden
        rows = done + planned if self.with_plan else done
        return float(sum(row or 0 for row in rows))

    def on(self, day: date) -> tuple[float, float]:
        first = min(row["start_date_local"] for row in self.world.activities.values())
        at = date.fromisoformat(first[:10])
        ctl, atl = self.world.start_fitness
        while at <= day:
            load = self.load(at)
            ctl += (load - ctl) * (1 - math.exp(-1 / 42))
            atl += (load - atl) * (1 - math.exp(-1 / 7))
            at += timedelta(days=1)
        return ctl, atl


def near(value: float) -> object:
    """Allow for the rounding to a tenth that the answer makes."""
    return pytest.approx(value, abs=0.051)


@pytest.mark.slow
def test_fitness_of_today_follows_the_recursion(
    phone: FlaskClient, world: World
) -> None:
    ctl, atl = Reckoning(world).on(TODAY)
    now_ctl, now_atl = Reckoning(world, with_plan=False).on(TODAY)
    before, _ = Reckoning(world).on(TODAY - timedelta(days=7))
    body = told(phone, "/v1/fitness")
    assert body["date"] == "2026-11-23"
    assert body["ctl_after_plan"] == near(ctl)
    assert body["atl_after_plan"] == near(atl)
    assert body["form_after_plan"] == near(ctl - atl)
    assert body["form_after_plan_percent"] == near((ctl - atl) / ctl * 100)
    assert body["form_after_plan_zone"] == "optimal"
    assert body["form_percent"] == near((now_ctl - now_atl) / now_ctl * 100)
    assert body["form_zone"] == "grey"
    assert body["ctl_change_7d"] == near(now_ctl - before)
    assert body["ramp_rate"] == near(ctl - before)
    assert body["form_text"] == str(round(now_ctl - now_atl))
    assert body["date_text"] == "23 November"


def test_the_sentence_says_form_its_zone_fitness_and_fatigue(
    phone: FlaskClient,
) -> None:
    body = told(phone, "/v1/fitness")
    now, after, ctl, atl = (
        round(body[key]) for key in ("form", "form_after_plan", "ctl", "atl")
    )
    assert body["speech"] == (
        f"Form minus {-now}: balanced, neither tired nor fresh. "
        f"After today's training minus {-after}: productive. "
        f"Fitness {ctl}, steady. Fatigue {atl}."
    )
    german = told(phone, "/v1/fitness?lang=de")["speech"]
    assert german.startswith(
        f"Form minus {-now}: ausgeglichen, weder müde noch frisch."
    )
    assert f"Nach dem Training heute minus {-after}: produktiv." in german


def test_without_a_plan_one_form_is_said(phone: FlaskClient, world: World) -> None:
    world.events.clear()
    world.touch()
    body = told(phone, "/v1/fitness")
    assert body["form"] == body["form_after_plan"]
    assert body["speech"].startswith(f"Form minus {-round(body['form'])}: balanced")
    assert "After" not in body["speech"]


def test_a_past_form_was(phone: FlaskClient) -> None:
    body = told(phone, "/v1/fitness?day=yesterday")
    assert body["speech"].startswith("Form was ")
    german = told(phone, "/v1/fitness?day=yesterday&lang=de")
    assert german["speech"].startswith("Form war ")


def test_form_leaves_out_what_is_still_planned_today(
    phone: FlaskClient, world: World
) -> None:
    assert Reckoning(world).load(TODAY) > 50
    ctl, atl = Reckoning(world, with_plan=False).on(TODAY)
    body = told(phone, "/v1/fitness")
    assert body["ctl"] == near(ctl)
    assert body["atl"] == near(atl)
    assert body["form"] == near(ctl - atl)
    assert body["form"] > body["form_after_plan"] + 5


def test_form_after_the_plan_is_the_form_once_all_is_done(
    phone: FlaskClient, world: World
) -> None:
    world.add_activity(icu_training_load=70, moving_time=3600)
    ctl, atl = Reckoning(world, with_plan=False).on(TODAY)
    half_done = told(phone, "/v1/fitness")
    assert half_done["form"] == near(ctl - atl)
    assert half_done["form_after_plan"] < half_done["form"]
    yesterday = told(phone, "/v1/fitness?day=yesterday")
    assert "form_after_plan" not in yesterday


def test_what_strava_hides_today_counts_as_done(
    phone: FlaskClient, world: World
) -> None:
    world.add_activity(source="STRAVA", hidden_load=80)
    ctl, atl = Reckoning(world, with_plan=False).on(TODAY)
    body = told(phone, "/v1/fitness")
    assert body["form"] == near(ctl - atl)
    world.switches.planned_bake = False
    world.touch()
    assert told(phone, "/v1/fitness?refresh=yes")["form_after_plan"] == near(ctl - atl)


def test_the_plan_of_another_day_changes_nothing(
    phone: FlaskClient, world: World
) -> None:
    yesterday = TODAY - timedelta(days=1)
    world.add_event(start_date_local=f"{yesterday}T00:00:00", icu_training_load=90)
    world.add_activity(
        source="STRAVA", hidden_load=95, start_date_local=f"{yesterday}T07:00:00"
    )
    for day in ("yesterday", "tomorrow"):
        body = told(phone, f"/v1/fitness?day={day}")
        assert "form_after_plan" not in body


def test_form_heeds_an_athletes_own_days(
    make_app: Callable[..., Flask], world: World
) -> None:
    start = TODAY - timedelta(days=40)
    world.add_event(
        category="FITNESS_DAYS",
        name="Slower",
        start_date_local=f"{start}T00:00:00",
        ctl_days=60,
        atl_days=10,
    )
    body = told(phone_of(make_app, world), "/v1/fitness")
    eve = world.fitness_on(TODAY - timedelta(days=1))
    done_nothing = eve.ctl * math.exp(-1 / 60) - eve.atl * math.exp(-1 / 10)
    assert body["form"] == near(done_nothing)


@pytest.mark.parametrize(
    ("asked", "day"),
    [
        ("today", TODAY),
        ("yesterday", TODAY - timedelta(days=1)),
        ("-3d", TODAY - timedelta(days=3)),
        ("friday", TODAY - timedelta(days=3)),
        ("2026-02-28", date(2026, 2, 28)),
    ],
)
def test_a_day_can_be_asked_for_in_words(
    phone: FlaskClient, world: World, asked: str, day: date
) -> None:
    ctl, atl = Reckoning(world, with_plan=False).on(day)
    body = told(phone, f"/v1/fitness?day={asked}")
    assert body["date"] == str(day)
    assert (body["ctl"], body["atl"]) == (near(ctl), near(atl))


@pytest.mark.parametrize("day", ["tomorrow", "2030-01-01", "1999-12-31"])
def test_a_day_without_data_is_said_not_made_up(phone: FlaskClient, day: str) -> None:
    body = told(phone, f"/v1/fitness?day={day}")
    assert body["speech"] == "There's no fitness data for this day yet."
    assert set(body) == {"status", "speech", "date", "date_text"}


def test_a_beginner_has_no_form_zone(
    make_app: Callable[..., Flask], world: World, clock: Clock
) -> None:
    beginner = World.empty(now=clock, api_key=world.api_key)
    body = told(phone_of(make_app, beginner), "/v1/fitness")
    assert body["speech"] == "There's no fitness data for this day yet."
    assert "form_zone" not in body
    beginner.set_wellness(TODAY, restingHR=52)
    first_row = told(phone_of(make_app, beginner), "/v1/fitness?refresh=yes")
    assert (first_row["ctl"], first_row["form"]) == (0.0, 0.0)
    assert "form_percent" not in first_row


@pytest.mark.parametrize(
    ("load", "zone", "words"),
    [
        (700, "high_risk", "too much"),
        (120, "grey", "balanced"),
        (5, "fresh", "fresh"),
    ],
)
def test_the_zone_changes_with_the_load(
    phone: FlaskClient, world: World, load: int, zone: str, words: str
) -> None:
    world.events.clear()
    world.activities = {
        key: row
        for key, row in world.activities.items()
        if row["start_date_local"] < "2026-11-20"
    }
    world.add_activity(icu_training_load=load, moving_time=9000)
    body = told(phone, "/v1/fitness")
    assert body["form_zone"] == zone
    assert words in body["speech"]


def test_after_a_long_rest_form_is_in_transition(
    phone: FlaskClient, world: World
) -> None:
    world.events.clear()
    world.activities = {
        key: row
        for key, row in world.activities.items()
        if row["start_date_local"] < "2026-11-08"
    }
    world.touch()
    body = told(phone, "/v1/fitness")
    assert body["form"] > 25
    assert body["form_zone"] == "transition"
    assert body["form_text"] == f"+{round(body['form'])}"
    plus = f"Form plus {round(body['form'])}: losing fitness."
    assert body["speech"].startswith(plus)


def test_form_in_percent_is_said_where_the_site_shows_percent(
    phone: FlaskClient, world: World
) -> None:
    world.athlete["icu_form_as_percent"] = True
    body = told(phone, "/v1/fitness")
    ctl, atl = Reckoning(world, with_plan=False).on(TODAY)
    assert body["form_percent"] == near((ctl - atl) / ctl * 100)
    now, after = (
        -round(body[key]) for key in ("form_percent", "form_after_plan_percent")
    )
    assert body["speech"].startswith(
        f"Form minus {now} percent: balanced, neither tired nor fresh. "
        f"After today's training minus {after} percent: productive."
    )


@pytest.mark.parametrize(("day", "now"), AUCKLAND_MOMENTS)
def test_today_is_the_athletes_day(
    make_app: Callable[..., Flask],
    world: World,
    clock: Clock,
    day: str,
    now: datetime,
) -> None:
    phone = phone_of(make_app, auckland(clock, now, world))
    assert told(phone, "/v1/fitness")["date"] == day
    before = str(date.fromisoformat(day) - timedelta(days=1))
    assert told(phone, "/v1/fitness?day=yesterday")["date"] == before
    assert told(phone, "/v1/fitness")["speech"].startswith("Form ")
