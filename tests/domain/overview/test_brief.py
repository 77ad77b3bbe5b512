from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.domain.activity.activity import Activity
from bridge.domain.calendar.event import Event
from bridge.domain.flat import plain
from bridge.domain.overview.brief import Brief, flatten_brief, say_brief
from bridge.domain.overview.fitness import Fitness
from bridge.domain.speech.voice import ENGLISH, Voice
from bridge.domain.wellness.baseline import baseline, days_to_read
from bridge.domain.wellness.day import Wellness
from tests.domain.odd import VOICES, assert_speakable

GERMAN = Voice("de_DE")
DAY = date(2026, 11, 23)
FITNESS = Fitness(
    date="2026-11-23",
    ctl=60.0,
    atl=72.0,
    form=-12.0,
    form_percent=-20.0,
    form_zone="optimal",
)


def night(age: int, sleep_s: int | None = 27000, hrv_ms: float | None = 60) -> Wellness:
    day = (DAY - timedelta(days=age)).isoformat()
    return Wellness(date=day, sleep_s=sleep_s, hrv_ms=hrv_ms, resting_hr_bpm=50)


def sixty(spread: float = 5) -> list[Wellness]:
    return [
        night(age, hrv_ms=60 + (spread if age % 2 else -spread)) for age in range(1, 61)
    ]


def workout(**values: object) -> Event:
    known: dict[str, object] = {"planned_s": 3960, "planned_load": 72}
    return Event(
        event_id="7",
        category="WORKOUT",
        name="VO2 intervals",
        date="2026-11-23",
        **{**known, **values},  # type: ignore[arg-type]  # by name
    )


RACE = Event(event_id="9", category="RACE_A", name="Worlds", date="2026-12-05")
PHASE = Event(
    event_id="8",
    category="PLAN",
    name="Build",
    date="2026-11-16",
    end_local="2026-12-01T00:00:00",
)


def brief_of(
    wellness: list[Wellness], events: list[Event], done: list[Activity]
) -> Brief:
    return flatten_brief(FITNESS, wellness=wellness, events=events, activities=done)


def test_the_whole_day_is_flat() -> None:
    wellness = [night(0, sleep_s=24000, hrv_ms=50), *sixty()]
    brief = brief_of(wellness, [workout(), RACE, PHASE], [])
    assert plain(brief) == {
        "date": "2026-11-23",
        "form": -12.0,
        "form_percent": -20.0,
        "form_zone": "optimal",
        "ctl": 60.0,
        "atl": 72.0,
        "sleep_is_in": "yes",
        "sleep_s": 24000,
        "sleep_7d_s": 27000,
        "sleep_60d_s": 27000,
        "sleep_status": "low",
        "hrv_ms": 50,
        "hrv_7d_ms": 60.7,
        "hrv_60d_ms": 60.0,
        "hrv_status": "low",
        "resting_hr_bpm": 50,
        "resting_hr_7d_bpm": 50,
        "resting_hr_60d_bpm": 50,
        "resting_hr_status": "normal",
        "sessions_planned": 1,
        "sessions_left": 1,
        "sessions_done": 0,
        "planned": "VO2 intervals",
        "planned_load": 72,
        "planned_s": 3960,
        "done_load": 0,
        "done_s": 0,
        "phase": "Build",
        "race": "Worlds",
        "race_date": "2026-12-05",
        "race_days": 12,
    }


def test_the_day_is_said_in_one_breath() -> None:
    wellness = [night(0, sleep_s=24000, hrv_ms=50), *sixty()]
    brief = brief_of(wellness, [workout(), RACE, PHASE], [])
    assert say_brief(brief, ENGLISH, DAY) == (
        "Form is minus 12, the optimal training zone. "
        "You slept 6 hours 40, 50 minutes less than usual. "
        "Heart rate variability 50, low for you. "
        "Planned today: VO2 intervals, 1 hour 6. "
        "12 days to Worlds. Training phase: Build."
    )


def test_the_time_of_several_sessions_is_that_of_all_together() -> None:
    plan = [workout(), msgspec.structs.replace(workout(planned_s=1200), name="Core")]
    said = say_brief(brief_of([], plan, []), ENGLISH, DAY)
    assert "Planned today: VO2 intervals and Core, together 1 hour 26." in said
    german = say_brief(brief_of([], plan, []), GERMAN, DAY)
    assert ", zusammen eine Stunde 26." in german
    one = say_brief(brief_of([], [workout()], []), ENGLISH, DAY)
    assert "together" not in one


def test_form_is_said_in_percent_where_the_athletes_site_shows_it_so() -> None:
    said = say_brief(brief_of([], [], []), ENGLISH, DAY, as_percent=True)
    assert said.startswith("Form is minus 20 percent, the optimal training zone.")


def test_sleep_that_has_not_arrived_is_said() -> None:
    brief = brief_of(sixty(), [], [])
    assert brief.sleep_is_in is False
    assert say_brief(brief, ENGLISH, DAY) == (
        "Form is minus 12, the optimal training zone. "
        "Last night's sleep isn't in yet. Nothing is planned today."
    )


def test_form_of_now_is_said_before_form_after_the_plan() -> None:
    fitness = msgspec.structs.replace(
        FITNESS, form_before_plan=-2.4, form_before_plan_zone="grey"
    )
    brief = flatten_brief(fitness, wellness=[], events=[], activities=[])
    assert (brief.form, brief.form_before_plan) == (-12.0, -2.4)
    assert (brief.form_zone, brief.form_before_plan_zone) == ("optimal", "grey")
    said = "Form is minus 2, the grey zone; minus 12 after today's plan."
    assert say_brief(brief, ENGLISH, DAY).startswith(said)


@pytest.mark.parametrize(("before", "is_told"), [(-11.1, False), (-11.0, True)])
def test_the_plan_is_told_apart_from_one_point_on(before: float, is_told: bool) -> None:
    fitness = msgspec.structs.replace(FITNESS, form_before_plan=before)
    brief = flatten_brief(fitness, wellness=[], events=[], activities=[])
    assert ("after today's plan" in say_brief(brief, ENGLISH, DAY)) is is_told


def test_a_long_plan_is_counted_before_what_matters_less_is_said() -> None:
    voice, left = Voice("fr_FR"), "Il reste 2 séances."
    names = ("Endurance ride with short sprints", "Strength and mobility at home")
    events = [msgspec.structs.replace(workout(), name=name) for name in names]
    rested = msgspec.structs.replace(FITNESS, form=28.4, form_zone="transition")
    nights = [*sixty(), night(0, sleep_s=21700, hrv_ms=140)]
    events.append(RACE)
    brief = flatten_brief(
        rested, wellness=nights, events=events, activities=[], voice=voice
    )
    said = say_brief(brief, voice, DAY)
    assert left in said
    assert len(said) < 280
    ahead = say_brief(brief, voice, DAY - timedelta(days=1))
    assert left not in ahead  # it would be heard as of today


def test_what_has_no_name_is_called_by_its_sport() -> None:
    nameless = msgspec.structs.replace(workout(type="VirtualRide"), name=None)
    brief = flatten_brief(
        FITNESS, wellness=[], events=[nameless], activities=[], voice=GERMAN
    )
    assert "Geplant heute: Virtuelle Radfahrt" in say_brief(brief, GERMAN, DAY)


def test_a_day_to_come_has_no_sleep_and_its_own_day() -> None:
    brief = brief_of([], [workout(), RACE], [])
    eve = DAY - timedelta(days=1)
    assert say_brief(brief, ENGLISH, eve) == (
        "Form is minus 12, the optimal training zone. "
        "Planned tomorrow: VO2 intervals, 1 hour 6. 13 days to Worlds."
    )
    assert say_brief(brief_of([], [], []), GERMAN, eve) == (
        "Deine Form ist minus 12, optimaler Trainingsbereich. "
        "Es ist morgen nichts geplant."
    )


def test_a_past_day_is_told_as_past() -> None:
    morrow = DAY + timedelta(days=1)
    ran = Activity(activity_id="i1", date="2026-11-23", name="Run", training_load=0)
    brief = brief_of([night(0)], [workout(), RACE], [ran])
    assert say_brief(brief, ENGLISH, morrow) == (
        "Form was minus 12, the optimal training zone. You slept 7 hours 30. "
        "Heart rate variability 60. Not done yesterday: VO2 intervals. "
        "Done yesterday: Run. 11 days to Worlds."
    )
    empty = say_brief(brief_of([], [], []), ENGLISH, morrow)
    assert empty == (
        "Form was minus 12, the optimal training zone. Nothing was planned yesterday."
    )
    assert "Worlds" not in say_brief(brief, ENGLISH, date(2026, 12, 6))


def test_names_are_joined_as_the_language_does() -> None:
    brief = flatten_brief(
        FITNESS,
        wellness=[],
        events=[workout(), workout()],
        activities=[],
        voice=GERMAN,
    )
    assert brief.planned == "VO2 intervals und VO2 intervals"


def test_usual_sleep_is_not_compared() -> None:
    said = say_brief(brief_of([night(0), *sixty()], [], []), ENGLISH, DAY)
    assert "You slept 7 hours 30. " in said
    assert "Heart rate variability 60, normal." in said


def test_what_is_done_is_said_and_no_longer_planned() -> None:
    done = Activity(
        activity_id="i1", date="2026-11-23", name="Intervals", training_load=70
    )
    other = Activity(activity_id="i0", date="2026-11-22", training_load=10)
    brief = brief_of([night(0)], [workout(done=True)], [done, other])
    assert (brief.sessions_left, brief.sessions_done, brief.done_load) == (0, 1, 70)
    said = say_brief(brief, ENGLISH, DAY)
    assert said.endswith("Done: Intervals, load 70.")
    assert "lanned" not in said


@pytest.mark.parametrize(
    ("value", "status"), [(54.9, "low"), (55.1, "normal"), (65.1, "high"), (None, None)]
)
def test_a_day_is_judged_by_one_deviation_from_the_sixty_days(
    value: float | None, status: str | None
) -> None:
    spread = 5 * (59 / 60) ** 0.5  # so that the sample deviation is 5
    days = [night(0, hrv_ms=value), *sixty(spread)]
    assert baseline(days, DAY, lambda row: row.hrv_ms).status == status


def test_two_weeks_of_values_are_needed_to_judge() -> None:
    days = [night(age) for age in range(14)]
    assert baseline(days, DAY, lambda row: row.hrv_ms).status is None
    days.append(night(30))
    assert baseline(days, DAY, lambda row: row.hrv_ms).status == "normal"


def test_the_day_itself_and_older_days_are_not_in_the_baseline() -> None:
    days = [night(0, hrv_ms=500), night(7, hrv_ms=60), night(8, hrv_ms=80)]
    days.append(night(61, hrv_ms=400))
    found = baseline(days, DAY, lambda row: row.hrv_ms)
    assert (found.mean_7d, found.mean_60d) == (60, 70)
    assert days_to_read(DAY) == date(2026, 9, 24)


@given(
    st.lists(
        st.builds(
            night,
            st.integers(0, 70),
            st.none() | st.integers(1, 172_800),
            st.none() | st.floats(1, 500),
        ),
        max_size=30,
    ),
    st.lists(st.builds(workout, planned_s=st.none() | st.integers(1, 10**9))),
    st.lists(
        st.builds(
            Activity,
            activity_id=st.just("i1"),
            date=st.just("2026-11-23"),
            name=st.none() | st.just("x" * 200),
            training_load=st.none() | st.integers(0, 10**9),
        )
    ),
    st.booleans(),
)
def test_any_day_is_flat_and_speakable(
    wellness: list[Wellness],
    events: list[Event],
    done: list[Activity],
    percent: bool,
) -> None:
    brief = brief_of(wellness, events, done)
    plain(brief)
    for voice in VOICES:
        assert_speakable(say_brief(brief, voice, DAY, as_percent=percent))
