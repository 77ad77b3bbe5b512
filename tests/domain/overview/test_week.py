from __future__ import annotations

from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.domain.activity.activity import Activity
from bridge.domain.calendar.event import Event
from bridge.domain.flat import plain
from bridge.domain.overview.week import (
    Week,
    flatten_week,
    monday_of,
    say_week,
    week_by_sport,
)
from bridge.domain.speech.voice import ENGLISH, Voice
from tests.domain.odd import VOICES, assert_speakable

MONDAY = date(2026, 11, 23)
WEDNESDAY = date(2026, 11, 25)


def activity(day: str, sport: str = "Ride", **values: object) -> Activity:
    known = {"distance_km": 30.0, "moving_s": 3600, "training_load": 50, "climb_m": 100}
    own = {"activity_id": "i1", "date": day, "type": sport}
    return msgspec.convert({**own, **known, **values}, Activity)


def event(day: str, sport: str = "Ride", **values: object) -> Event:
    known = {"category": "WORKOUT", "planned_load": 60, "planned_s": 4000}
    own = {"event_id": "1", "date": day, "type": sport}
    return msgspec.convert({**own, **known, **values}, Event)


ACTIVITIES = [
    activity("2026-11-23"),
    activity("2026-11-29", "Run", distance_km=10.0, moving_s=3000),
    activity("2026-11-22"),
    activity("2026-11-16", training_load=None),
    activity("2026-11-15"),
    activity("2026-11-30"),
]
EVENTS = [
    event("2026-11-23", done=True),
    event("2026-11-24"),
    event("2026-11-25", "Run"),
    event("2026-11-26", category="RACE_B"),
    event("2026-11-26", category="NOTE"),
    event("2026-11-30"),
]


def test_a_week_goes_from_monday_to_sunday() -> None:
    assert {monday_of(date(2026, 11, day)) for day in range(23, 30)} == {MONDAY}


def test_planned_and_done_are_added_up_beside_last_week() -> None:
    assert plain(flatten_week(ACTIVITIES, EVENTS, MONDAY, WEDNESDAY)) == {
        "from": "2026-11-23",
        "to": "2026-11-29",
        "planned_load": 240,
        "done_load": 100,
        "planned_s": 16000,
        "done_s": 6600,
        "distance_km": 40.0,
        "climb_m": 200,
        "sessions_planned": 4,
        "sessions_done": 2,
        "left_sessions": 2,
        "left_load": 120,
        "left_s": 8000,
        "last_done_load": 50,
        "last_done_s": 7200,
        "last_distance_km": 60.0,
        "last_sessions_done": 2,
    }


def test_the_week_is_said_as_done_of_planned() -> None:
    week = flatten_week(ACTIVITIES, EVENTS, MONDAY, WEDNESDAY)
    assert say_week(week, ENGLISH, WEDNESDAY) == (
        "This week: 1 hour 50 done of 4 hours 27 planned. "
        "Load 100 of 240. 40 kilometres. 2 workouts are left. "
        "The week before: 2 hours, load 50."
    )


@pytest.mark.parametrize(
    ("today", "name"),
    [
        (date(2026, 11, 29), "This week: "),
        (date(2026, 11, 30), "Last week: "),
        (date(2026, 11, 22), "Next week: "),
        (date(2027, 2, 1), "Week from 23 November 2026: "),
    ],
)
def test_a_week_is_named_by_its_distance(today: date, name: str) -> None:
    week = flatten_week([], [], MONDAY, today)
    nothing = "nothing planned." if today < MONDAY else "nothing planned or done."
    assert say_week(week, ENGLISH, today) == f"{name}{nothing}"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "Next week: 1 hour 7 planned, load 60."),
        ({"planned_load": None}, "Next week: 1 hour 7 planned."),
        ({"planned_s": None}, "Next week: 1 workout planned."),
    ],
)
def test_a_week_to_come_is_only_planned(values: dict[str, object], said: str) -> None:
    before = activity("2026-11-18")
    planned = msgspec.structs.replace(event("2026-11-24"), **values)
    week = flatten_week([before], [planned], MONDAY, MONDAY)
    assert say_week(week, ENGLISH, date(2026, 11, 20)) == said


@pytest.mark.parametrize(
    ("today", "english", "german"),
    [
        (
            WEDNESDAY,
            "This week: nothing done yet of 1 hour 7 planned.",
            "Diese Woche: noch nichts von eine Stunde 7 geschafft.",
        ),
        (
            date(2026, 11, 29),  # its last day
            "This week: nothing done yet of 1 hour 7 planned.",
            "Diese Woche: noch nichts von eine Stunde 7 geschafft.",
        ),
        (
            date(2026, 11, 30),
            "Last week: nothing done of 1 hour 7 planned.",
            "Letzte Woche: nichts von eine Stunde 7 geschafft.",
        ),
    ],
)
def test_nothing_is_done_yet_only_while_the_week_goes_on(
    today: date, english: str, german: str
) -> None:
    week = flatten_week([], [event("2026-11-24")], MONDAY, today)
    assert say_week(week, ENGLISH, today).startswith(english)
    assert say_week(week, Voice("de_DE"), today).startswith(german)


def test_without_a_plan_only_what_is_done_is_said() -> None:
    week = flatten_week(ACTIVITIES[:1], [], MONDAY, WEDNESDAY)
    assert say_week(week, ENGLISH, WEDNESDAY) == (
        "This week: 1 activity, 1 hour. Load 50. 30 kilometres."
    )


def test_strava_stubs_count_as_sessions_and_are_mentioned() -> None:
    stub = Activity(activity_id="1", date="2026-11-23", strava_only=True)
    week = flatten_week([stub, *ACTIVITIES], EVENTS, MONDAY, WEDNESDAY)
    assert (week.sessions_done, week.strava_sessions, week.done_load) == (3, 1, 100)
    assert "1 activity came through Strava" in say_week(week, ENGLISH, WEDNESDAY)
    assert [row.sport for row in week_by_sport([stub], [], MONDAY)] == []


def test_sports_of_one_kind_are_one_row_and_the_longest_comes_first() -> None:
    rows = week_by_sport(
        [*ACTIVITIES, activity("2026-11-24", "VirtualRide")], EVENTS, MONDAY
    )
    assert [plain(row) for row in rows] == [
        {
            "sport": "Ride",
            "planned_load": 180,
            "done_load": 100,
            "planned_s": 12000,
            "done_s": 7200,
            "distance_km": 60.0,
            "sessions_planned": 3,
            "sessions_done": 2,
        },
        {
            "sport": "Run",
            "planned_load": 60,
            "done_load": 50,
            "planned_s": 4000,
            "done_s": 3000,
            "distance_km": 10.0,
            "sessions_planned": 1,
            "sessions_done": 1,
        },
    ]


numbers = st.none() | st.integers(0, 10**9)
days = st.sampled_from(["2026-11-23", "2026-11-16", "2026-12-01"]) | st.none()


@given(
    st.lists(
        st.builds(
            Activity,
            activity_id=st.just("i1"),
            date=days,
            moving_s=numbers,
            distance_km=st.none() | st.floats(0, 1e6),
            training_load=numbers,
            strava_only=st.sampled_from([None, True]),
        )
    ),
    st.lists(
        st.builds(
            Event,
            event_id=st.just("1"),
            date=days,
            category=st.sampled_from(["WORKOUT", "NOTE"]),
            planned_s=numbers,
            planned_load=numbers,
        )
    ),
)
def test_any_week_is_speakable(activities: list[Activity], events: list[Event]) -> None:
    week: Week = flatten_week(activities, events, MONDAY, WEDNESDAY)
    week_by_sport(activities, events, MONDAY)
    for voice in VOICES:
        assert_speakable(say_week(week, voice, WEDNESDAY))


def test_a_plan_without_a_load_is_unknown_not_nothing() -> None:
    strength = event("2026-11-24", "WeightTraining", planned_load=None)
    week = flatten_week([], [strength], MONDAY, MONDAY)
    assert (week.planned_load, week.left_load) == (None, None)
    assert "planned_load" not in plain(week)
    (row,) = week_by_sport([], [strength], MONDAY)
    assert row.planned_load is None
    mixed = flatten_week([], [strength, event("2026-11-24")], MONDAY, MONDAY)
    assert mixed.planned_load == 60
    assert flatten_week([], [], MONDAY, MONDAY).planned_load == 0
