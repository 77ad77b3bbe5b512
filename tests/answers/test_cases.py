"""What other people's bridges got wrong, read through the phone: each of its kind."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient

from bridge.simulator.world import World
from tests.conftest import Clock
from tests.support.asking import items, told

TODAY = date(2026, 11, 23)
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def bare(world: World) -> World:
    """The pretend athlete with an empty year."""
    world.activities.clear()
    world.events.clear()
    return world


def trained(world: World, kind: str, day: date, **fields: object) -> str:
    row = world.add_activity(
        type=kind, start_date_local=f"{day}T07:05:00", name=f"My {kind}", **fields
    )
    return str(row["id"])


# a common word means the sport's whole group, an exact type itself


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("ride", "VirtualRide"),
        ("Rad", "GravelRide"),
        ("swim", "OpenWaterSwim"),
        ("Run", "TrailRun"),
        ("laufen", "VirtualRun"),
        ("rowing", "VirtualRow"),
    ],
)
def test_a_common_word_finds_every_kind_of_the_sport(
    phone: FlaskClient, bare: World, word: str, kind: str
) -> None:
    made = trained(bare, kind, TODAY)
    trained(bare, "WeightTraining", TODAY)
    assert told(phone, f"/v1/activities/latest?type={word}")["activity_id"] == made
    assert told(phone, f"/v1/activities/latest/laps?type={word}")["type"] == kind
    assert [row["type"] for row in items(phone, f"/v1/activities?type={word}")] == [
        kind
    ]
    rows = items(phone, f"/v1/activities/search?q=My&type={word}")
    assert [row["type"] for row in rows] == [kind]
    csv = phone.get(f"/v1/activities.csv?type={word}&columns=type").text
    assert csv.splitlines()[1:] == [kind]


def test_an_exact_type_means_itself(phone: FlaskClient, bare: World) -> None:
    trained(bare, "Ride", TODAY)
    made = trained(bare, "VirtualRide", TODAY - timedelta(days=3))
    for word in ("VirtualRide", "virtual ride", "Indoor-Radfahrt"):
        answer = phone.get(f"/v1/activities/latest?type={word}")
        if answer.status_code == 200:
            assert answer.get_json()["activity_id"] == made
    assert told(phone, "/v1/activities/latest?type=VirtualRide")["activity_id"] == made


# done, from either side of the pair


@pytest.fixture(params=["both", "event", "activity"])
def paired(bare: World, request: pytest.FixtureRequest) -> World:
    event = bare.add_event(
        name="Easy 40",
        type="Run",
        start_date_local=f"{TODAY}T00:00:00",
        moving_time=2400,
    )
    bare.add_event(name="Long run", type="Run", start_date_local=f"{TOMORROW}T00:00:00")
    activity = trained(bare, "Run", TODAY, paired_event_id=event["id"])
    bare.events[event["id"]]["paired_activity_id"] = activity
    bare.switches.pairs_shown = request.param
    return bare


def test_what_is_done_is_not_planned_any_more(
    phone: FlaskClient, paired: World
) -> None:
    today = told(phone, "/v1/today")
    assert (today["sessions_planned"], today["sessions_left"]) == (1, 0)
    assert items(phone, "/v1/workouts/today")[0]["done"] == "yes"
    assert told(phone, "/v1/workouts/next")["name"] == "Long run"
    assert told(phone, "/v1/week")["left_sessions"] == 1
    events = {row["name"]: row["done"] for row in items(phone, "/v1/events")}
    assert events == {"Easy 40": "yes", "Long run": "no"}
    assert told(phone, "/v1/weather")["date"] == str(TOMORROW)


def test_what_is_done_is_not_done_again(raw_phone: FlaskClient, paired: World) -> None:
    number = len(paired.activities)
    for path in ("/v1/workouts/today/done?preview=yes", "/v1/workouts/today/done"):
        answer = raw_phone.post(path)
        assert answer.status_code == 200, answer.text
        assert answer.get_json()["done"] == "yes"
        assert "already" in answer.get_json()["speech"]
    assert len(paired.activities) == number
    assert raw_phone.post("/v1/workouts/today/skip").status_code in (404, 409)


# an event is an interval


def test_a_race_of_several_days_is_on_until_its_last(
    phone: FlaskClient, bare: World
) -> None:
    first, end = TODAY - timedelta(days=1), TODAY + timedelta(days=2)
    bare.add_event(
        category="RACE_A",
        name="Stage race",
        type="Ride",
        start_date_local=f"{first}T00:00:00",
        end_date_local=f"{end}T00:00:00",
    )
    assert told(phone, "/v1/race")["days"] == 0
    assert told(phone, "/v1/today")["sessions_planned"] == 1
    assert told(phone, "/v1/workouts/next")["name"] == "Stage race"
    assert items(phone, f"/v1/workouts/today?day={TOMORROW}")[0]["name"] == "Stage race"


def test_a_race_that_goes_on_is_left_for_today(phone: FlaskClient, bare: World) -> None:
    bare.switches.events_by_overlap = True
    bare.add_event(
        category="RACE_A",
        name="Tour",
        type="Ride",
        start_date_local=f"{TODAY}T00:00:00",
        end_date_local=f"{TODAY + timedelta(days=3)}T00:00:00",
    )
    tomorrow = bare.now() + timedelta(days=1)
    bare.now = lambda: tomorrow
    assert told(phone, "/v1/week")["left"] in ("Tour today", "Tour tomorrow")


# one odd row never costs the list


def test_rows_that_are_no_records_cost_nothing(
    phone: FlaskClient, world: World, clock: Clock
) -> None:
    paths = (
        "/v1/activities",
        "/v1/events",
        "/v1/week",
        "/v1/today",
        "/v1/wellness?oldest=2026-11-17",
        "/v1/zones?type=Ride",
        "/v1/gear",
        "/v1/race",
        "/v1/streak",
    )
    whole = {path: told(phone, path) for path in paths}
    world.switches.garbage = "odd_rows"
    for path in paths:
        clock.advance(minutes=2)  # what was kept is old
        assert told(phone, path) == whole[path], path


# 0 that means unknown, and the second key of a value


def test_no_moving_time_is_the_time_that_passed(
    phone: FlaskClient, bare: World
) -> None:
    old = trained(bare, "Run", TODAY)
    bare.activities[old] |= {
        "distance": 8000.0,
        "moving_time": 0,
        "elapsed_time": 2520,
    }
    body = told(phone, f"/v1/activities/{old}")
    assert (body["moving_s"], body["pace_s_per_km"]) == (2520, 315.0)
    assert "0 minutes" not in body["speech"]
    bare.activities[old] |= {"elapsed_time": 0}
    body = told(phone, f"/v1/activities/{old}?refresh=yes")
    assert "moving_s" not in body
    assert "minute" not in body["speech"]


def test_an_effort_under_its_second_key_is_read(
    phone: FlaskClient, bare: World
) -> None:
    made = trained(bare, "Run", TODAY)
    bare.activities[made] |= {"icu_rpe": None, "perceived_exertion": 7.0}
    assert told(phone, f"/v1/activities/{made}")["rpe"] == 7


# rowing


def test_a_rower_hears_500_metres(phone: FlaskClient, bare: World) -> None:
    made = trained(bare, "Rowing", TODAY)
    bare.activities[made] |= {
        "distance": 6000.0,
        "moving_time": 1500,
        "elapsed_time": 1500,
    }
    body = told(phone, f"/v1/activities/{made}")
    assert (body["pace_s_per_500m"], body["pace_text"]) == (125.0, "2:05 /500 m")
    assert "2 minutes 5 per 500 metres" in body["speech"]
    assert "speed_km_per_h" not in body


# Retry-After in each of its shapes


@pytest.mark.parametrize("shape", ["seconds", "date", "body"])
def test_the_wait_that_upstream_asks_for_is_told(
    phone: FlaskClient, world: World, shape: str
) -> None:
    told(phone, "/v1/athlete")
    world.switches.retry_after_s = 5400
    world.switches.retry_after_as = shape  # type: ignore[assignment]  # of the literal
    for _ in range(2):
        answer = phone.get("/v1/gear")
        assert answer.status_code == 503
        assert "1 hour 30" in answer.get_json()["speech"]


# SDNN is told, and never mixed with rMSSD


@pytest.fixture
def by_watch(world: World) -> World:
    """Sixty days of an athlete whose watch measures SDNN alone."""
    for age in range(61):
        day = TODAY - timedelta(days=age)
        world.set_wellness(day, hrvSDNN=50.0 + age % 5)
        world.wellness[str(day)]["hrv"] = None
    world.touch()
    return world


def test_sdnn_is_told_by_its_name(phone: FlaskClient, by_watch: World) -> None:
    day = told(phone, "/v1/wellness")
    assert (day["hrv_sdnn_ms"], "hrv_ms" in day) == (50.0, False)
    assert "HRV 50, low for you" in day["speech"]
    assert (day["hrv_status"], day["recovered"]) == ("low", "no")
    assert "recovered" not in day["speech"]
    week = told(phone, "/v1/wellness?oldest=2026-11-17&newest=2026-11-23")
    assert "S D N N" not in week["speech"]  # which is read out as letters
    assert "HRV 52" in week["speech"]


@pytest.mark.parametrize(
    ("today", "status", "said"),
    [(52.0, "normal", "HRV normal"), (30.0, "low", "HRV 30, low for you")],
)
def test_sdnn_is_judged_by_its_own_baseline(
    phone: FlaskClient, by_watch: World, today: float, status: str, said: str
) -> None:
    by_watch.set_wellness(TODAY, hrvSDNN=today, sleepSecs=26400)
    # One stray reading of the other measure is no baseline for this one.
    by_watch.wellness[str(TODAY - timedelta(days=3))]["hrv"] = 120.0
    by_watch.touch()
    brief = told(phone, "/v1/today")
    assert (brief["hrv_sdnn_ms"], brief["hrv_status"]) == (today, status)
    assert 50 <= brief["hrv_sdnn_60d_ms"] <= 54
    assert "hrv_ms" not in brief
    assert said in brief["speech"]


def test_of_two_measures_only_one_is_told(phone: FlaskClient, world: World) -> None:
    row = world.wellness[str(TODAY)]
    row |= {"hrv": 66.0, "hrvSDNN": 50.0}
    world.touch()
    day = told(phone, "/v1/wellness")
    assert (day["hrv_ms"], day["hrv_sdnn_ms"]) == (66.0, 50.0)
    assert "S D N N" not in day["speech"]
    asked = told(phone, "/v1/wellness?fields=hrv_sdnn_ms")
    assert "S D N N" in asked["speech"]
