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
from bridge.domain.speech.voice import ENGLISH, Voice, known_locale
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
        "left": "Run today, Race B tomorrow",
        "missed_count": 1,
        "last_done_load": 50,
        "last_done_s": 7200,
        "last_distance_km": 60.0,
        "last_sessions_done": 2,
        "last_left_s": 0,
    }


def said_of(
    activities: list[Activity], events: list[Event], language: str, today: date
) -> str:
    voice = Voice(str(known_locale(language)))
    week = flatten_week(activities, events, MONDAY, today, voice)
    said = say_week(week, voice, today)
    return said.replace("\u00a0", " ").replace("\u202f", " ")


BEHIND = {
    "en": "This week: 1 hour of 4 hours 27 done. 1 session missed. 2 sessions left, "
    "2 hours 13: Run today, Race B tomorrow. The week before was 2 hours.",
    "de": "Diese Woche: eine Stunde von 4 Stunden 27 geschafft. Eine Einheit "
    "ausgefallen. 2 Einheiten bleiben, 2 Stunden 13: heute Lauf, morgen B-Wettkampf.",
    "fr": "Cette semaine : 1 heure sur 4 heures 27. 1 séance manquée. Restent 2 "
    "séances, 2 heures 13",
    "es": "Esta semana: una hora de 4 horas 27. Una sesión sin hacer. Quedan 2 "
    "sesiones, 2 horas 13",
}


@pytest.mark.parametrize("language", list(BEHIND))
def test_what_is_done_missed_and_left_is_told_apart(language: str) -> None:
    done = [activity("2026-11-23"), *ACTIVITIES[2:]]
    said = said_of(done, EVENTS, language, WEDNESDAY)
    assert said.startswith(
        BEHIND[language].split("B-Wettkampf")[0].split(" The week")[0]
    )


OVER = {
    "en": "This week: 7 hours, 4 hours more than planned. "
    "1 session left, 2 hours: Hills on Saturday.",
    "de": "Diese Woche: 7 Stunden, 4 Stunden mehr als geplant. "
    "Eine Einheit bleibt, 2 Stunden: am Samstag Hills.",
    "fr": "Cette semaine : 7 heures, 4 heures de plus que prévu. "
    "Reste 1 séance, 2 heures : Hills samedi.",
    "es": "Esta semana: 7 horas, 4 horas más de lo previsto. "
    "Queda una sesión, 2 horas: Hills el sábado.",
}


@pytest.mark.parametrize("language", list(OVER))
def test_more_than_the_plan_is_no_share_of_it(language: str) -> None:
    events = [
        event("2026-11-23", planned_s=3600, done=True),
        event("2026-11-28", planned_s=7200, name="Hills"),
    ]
    done = [activity("2026-11-23", moving_s=25200)]
    assert said_of(done, events, language, WEDNESDAY) == OVER[language]


MISSED = {
    "en": "This week: nothing yet. 2 sessions missed. 1 session left, 1 hour 7: "
    "Ride on Saturday.",
    "de": "Diese Woche: noch nichts. 2 Einheiten ausgefallen. Eine Einheit bleibt, "
    "eine Stunde 7: am Samstag ",
}


@pytest.mark.parametrize("language", list(MISSED))
def test_what_was_missed_is_counted(language: str) -> None:
    events = [event(f"2026-11-{day}") for day in (23, 24, 28)]
    said = said_of([], events, language, date(2026, 11, 26))
    assert said.startswith(MISSED[language])


NEW = {
    "en": "This week: 2 sessions, 2 hours 13. That's 1 hour 13 more than last week.",
    "de": "Diese Woche: 2 Einheiten, 2 Stunden 13. Das ist eine Stunde 13 mehr als "
    "letzte Woche.",
    "fr": "Cette semaine : 2 séances prévues, 2 heures 13. C'est 1 heure 13 de plus "
    "que la semaine dernière.",
    "es": "Esta semana: 2 sesiones previstas, 2 horas 13. Son una hora 13 más que "
    "la semana pasada.",
}


@pytest.mark.parametrize("language", list(NEW))
def test_a_new_week_is_compared_with_the_one_before(language: str) -> None:
    events = [event("2026-11-24"), event("2026-11-25")]
    said = said_of([activity("2026-11-18")], events, language, MONDAY)
    assert said == NEW[language]


def test_a_week_that_goes_on_counts_with_what_is_still_planned_of_it() -> None:
    done, left = activity("2026-11-16"), event("2026-11-22", planned_s=3600)
    plan = event("2026-11-24", planned_s=9000)
    week = flatten_week([done], [left, plan], MONDAY, date(2026, 11, 16))
    assert (week.last_done_s, week.last_left_s) == (3600, 3600)
    assert say_week(week, ENGLISH, date(2026, 11, 16)) == (
        "Next week: 1 session, 2 hours 30. That's 30 minutes more than the week before."
    )


def test_two_sessions_of_a_day_are_said_with_one_day() -> None:
    events = [event("2026-11-27", name="Hills"), event("2026-11-27", name="Core")]
    assert said_of([], events, "en", WEDNESDAY).endswith(": Hills and Core on Friday.")


def test_a_plan_without_lengths_is_counted() -> None:
    events = [event(f"2026-11-{day}", planned_s=None) for day in (27, 28)]
    assert said_of([], events, "en", WEDNESDAY) == (
        "This week: nothing yet. 2 sessions left: Ride on Friday, Ride on Saturday."
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
        ({}, "Next week: 1 session, 1 hour 7."),
        ({"planned_s": None}, "Next week: 1 session."),
    ],
)
def test_a_week_to_come_is_only_planned(values: dict[str, object], said: str) -> None:
    before = activity("2026-11-18")
    planned = msgspec.structs.replace(event("2026-11-24"), **values)
    week = flatten_week([before], [planned], MONDAY, MONDAY)
    assert say_week(week, ENGLISH, date(2026, 11, 20)).startswith(said)


@pytest.mark.parametrize(
    ("today", "english", "german"),
    [
        (WEDNESDAY, "This week: nothing yet.", "Diese Woche: noch nichts."),
        (date(2026, 11, 29), "This week: nothing yet.", "Diese Woche: noch nichts."),
        (
            date(2026, 11, 30),
            "Last week: nothing done. 1 session missed.",
            "Letzte Woche: nichts trainiert. Eine Einheit ausgefallen.",
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
    assert say_week(week, ENGLISH, WEDNESDAY) == ("This week: 1 activity, 1 hour.")


def test_strava_stubs_count_as_sessions_and_are_mentioned() -> None:
    stub = Activity(activity_id="1", date="2026-11-23", strava_only=True)
    week = flatten_week([stub, *ACTIVITIES], EVENTS, MONDAY, WEDNESDAY)
    assert (week.sessions_done, week.strava_sessions, week.done_load) == (3, 1, 100)
    assert "One activity came through Strava" in say_week(week, ENGLISH, WEDNESDAY)
    alone = flatten_week([stub], [], MONDAY, WEDNESDAY)
    assert say_week(alone, ENGLISH, WEDNESDAY) == (
        "This week: one activity came through Strava; I can't see it."
    )
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
