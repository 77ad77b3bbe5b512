from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.domain.activity.activity import (
    Activity,
    RawActivity,
    flatten_activity,
    is_strava_stub,
    judged,
    say_activities,
    say_activity,
)
from bridge.domain.activity.search import say_matches
from bridge.domain.flat import plain
from bridge.domain.speech.voice import ENGLISH, Voice, known_locale
from bridge.errors import UpstreamGarbage
from tests.domain.odd import VOICES, assert_speakable, odd_numbers, odd_records

DAYS = "in the last 7 days"
TODAY = date(2026, 11, 23)
AMERICAN = Voice("en_US", "imperial")
TYPES = st.sampled_from(["Run", "Ride", "Swim", "Yoga", "FatBikeRide", None])

RUN = RawActivity(
    id="i1",
    name="Easy",
    type="Run",
    start_date_local="2026-11-22T07:05:00",
    analyzed="2026-11-22T09:00:00.000+00:00",
    distance=8200.0,
    moving_time=2520,
    average_cadence=85.2,
    average_heartrate=140,
    icu_training_load=55,
)
STUB = RawActivity(
    id="18000000001",
    start_date_local="2026-11-22T18:03:11",
    source="STRAVA",
    note="STRAVA activities are not available via the API",
)


def test_a_run_has_pace_and_the_steps_of_both_feet() -> None:
    run = flatten_activity(RUN)
    assert plain(run) == {
        "activity_id": "i1",
        "name": "Easy",
        "type": "Run",
        "date": "2026-11-22",
        "start_local": "2026-11-22T07:05:00",
        "analyzed": "yes",
        "distance_km": 8.2,
        "moving_s": 2520,
        "pace_s_per_km": 307.3,
        "heart_rate_bpm": 140,
        "cadence_spm": 170,
        "training_load": 55,
    }


def test_a_run_is_said_with_what_matters_first() -> None:
    assert say_activity(flatten_activity(RUN), ENGLISH, TODAY) == (
        "Yesterday, Easy: 8.2 kilometres in 42 minutes. "
        "5 minutes 7 per kilometre, heart rate 140."
    )


def test_a_swim_has_its_pace_for_100_metres() -> None:
    raw = RawActivity(id="i1", type="OpenWaterSwim", distance=1500, moving_time=1800)
    swim = flatten_activity(raw)
    assert (swim.pace_s_per_100m, swim.pace_s_per_km) == (120.0, None)


def test_a_ride_has_speed_power_and_turns_of_the_crank() -> None:
    raw = RawActivity(
        id="i1",
        type="GravelRide",
        distance=30000,
        moving_time=3600,
        icu_average_watts=180,
        icu_weighted_avg_watts=200,
        average_cadence=88.4,
    )
    ride = flatten_activity(raw)
    assert (ride.speed_km_per_h, ride.power_w, ride.normalized_power_w) == (
        30,
        180,
        200,
    )
    assert (ride.cadence_rpm, ride.cadence_spm, ride.pace_s_per_km) == (88, None, None)


def test_strength_without_distance_is_said_by_its_time() -> None:
    raw = RawActivity(
        id="i1", type="WeightTraining", moving_time=2700, analyzed="2026", name="Gym"
    )
    assert say_activity(flatten_activity(raw), ENGLISH, TODAY) == ("Gym: 45 minutes.")


def test_a_sport_of_tomorrow_is_taken_apart_into_words() -> None:
    raw = RawActivity(id="i1", type="FatBikeRide", analyzed="2026")
    assert say_activity(flatten_activity(raw), ENGLISH, TODAY) == "Fat Bike Ride."


def test_zero_means_that_nothing_was_measured() -> None:
    raw = RawActivity(
        id="i1",
        average_heartrate=0,
        max_heartrate=0,
        icu_average_watts=0,
        distance=0,
        compliance=0.0,
    )
    flat = plain(flatten_activity(raw))
    assert flat == {"activity_id": "i1", "analyzed": "no"}


def test_minus_one_is_a_cleared_number() -> None:
    raw = RawActivity(id="i1", icu_rpe=-1, feel=-1, icu_training_load=-1)
    activity = flatten_activity(raw)
    assert (activity.rpe, activity.feel, activity.training_load) == (None, None, None)


def test_gear_tags_and_interval_summary_are_texts() -> None:
    raw = RawActivity(
        id="i1",
        gear={"id": "b1", "name": "Steel"},
        tags=["long", None, "race"],
        interval_summary=["3x 6m54s 134bpm", "1x 8m8s 140bpm"],
    )
    activity = flatten_activity(raw)
    assert activity.gear == "Steel"
    assert activity.tags == "long, race"
    assert activity.interval_summary == "3x 6m54s 134bpm, 1x 8m8s 140bpm"


def test_without_an_id_it_is_no_activity() -> None:
    with pytest.raises(UpstreamGarbage):
        flatten_activity(RawActivity(name="x"))


def test_an_activity_that_is_still_analysed_says_so_unless_it_was_typed_in() -> None:
    fresh = flatten_activity(RawActivity(id="i1", type="Run", moving_time=600))
    typed = flatten_activity(
        RawActivity(id="i1", type="Run", moving_time=600, source="MANUAL")
    )
    assert say_activity(fresh, ENGLISH, TODAY).endswith(
        " It's still being analysed; ask again in a minute."
    )
    assert say_activity(typed, ENGLISH, TODAY) == "Run: 10 minutes."


def test_a_strava_stub_says_why_it_is_empty_and_what_cures_it() -> None:
    stub = flatten_activity(STUB)
    assert plain(stub) == {
        "activity_id": "18000000001",
        "date": "2026-11-22",
        "start_local": "2026-11-22T18:03:11",
        "source": "STRAVA",
        "strava_only": "yes",
    }
    speech = say_activity(stub, ENGLISH, TODAY)
    assert speech.startswith("An activity came through Strava yesterday")
    assert "Connect your watch" in speech
    assert len(speech) <= 255


@pytest.mark.parametrize(
    ("raw", "stub"),
    [
        (STUB, True),
        (RawActivity(id="18000000001", source="STRAVA"), True),
        (RawActivity(id="1234567890"), True),
        (RawActivity(id="i123"), False),
        (RawActivity(id="1234567890", type="Ride", moving_time=60), False),
        (RawActivity(id="i1", source="STRAVA", type="Ride"), False),
        (RawActivity(id="1234567890", source="GARMIN_CONNECT"), False),
    ],
)
def test_both_kinds_of_strava_stubs_are_told_from_activities(
    raw: RawActivity, stub: bool
) -> None:
    assert is_strava_stub(raw) is stub


def test_a_swim_is_said_in_metres_or_yards() -> None:
    swim = flatten_activity(
        RawActivity(id="i1", type="Swim", distance=1575.0, moving_time=2400)
    )
    assert swim.distance_km == 1.575
    said = say_activity(swim, ENGLISH, TODAY)
    assert said.startswith("Swim: 1,575 metres in 40 minutes.")
    assert say_activity(swim, AMERICAN, TODAY).startswith("Swim: 1,722 yards in")
    assert "3,150 metres" in say_activities([swim, swim], ENGLISH, period=DAYS)
    run = flatten_activity(RUN)
    assert "kilometres" not in say_activities([swim, run], ENGLISH, period=DAYS)


def test_a_note_alone_makes_a_strava_stub() -> None:
    named = RawActivity(
        id="i1", note="STRAVA activities are not available", name="Run", type="Run"
    )
    assert is_strava_stub(named)
    assert flatten_activity(named).strava_only


def test_a_list_is_said_as_number_and_totals() -> None:
    activities = [flatten_activity(RUN), flatten_activity(RUN), flatten_activity(STUB)]
    assert say_activities(activities, ENGLISH, period=DAYS) == (
        "In the last 7 days: 3 activities. "
        "In all, 16.4 kilometres, 1 hour 24, load 110. "
        "One of them came through Strava; I can't see it."
    )
    assert (
        say_activities([], ENGLISH, period=DAYS) == "No activities in the last 7 days."
    )
    assert say_activities(activities[:1], ENGLISH, period=DAYS, count=120) == (
        "In the last 7 days: 120 activities."
    )


@given(
    odd_records(
        RawActivity,
        id=st.just("i1") | st.just(12),
        type=TYPES,
        distance=odd_numbers,
        moving_time=odd_numbers,
    )
)
def test_any_activity_is_flat_and_speakable(raw: RawActivity) -> None:
    try:
        activity = flatten_activity(raw)
    except UpstreamGarbage:
        return
    assert len(plain(activity)) < 30
    for voice in VOICES:
        assert_speakable(say_activity(activity, voice, TODAY))
        assert_speakable(say_activities([activity, activity], voice, period=DAYS))


def test_an_imperial_athlete_hears_miles() -> None:
    run = Activity(activity_id="i1", type="Run", distance_km=16.09344, moving_s=4800)
    assert say_activity(run, AMERICAN, TODAY) == ("Run: 10 miles in 1 hour 20.")


@pytest.mark.parametrize("name", ["Run", "run", "Lauf"])
def test_a_name_that_is_only_the_sport_is_not_said_twice(name: str) -> None:
    run = flatten_activity(RawActivity(id="i1", type="Run", name=name, distance=5000.0))
    said = say_activity(run, Voice("de_DE"), TODAY)
    assert said == (
        "Lauf: 5 Kilometer. Die Auswertung läuft noch; "
        "frag in einer Minute noch einmal."
    )


def test_a_load_of_nothing_is_not_said() -> None:
    lift = RawActivity(id="i1", type="WeightTraining", icu_training_load=0)
    assert "Load" not in say_activity(flatten_activity(lift), ENGLISH, TODAY)


RODE = {
    "en": "Yesterday, Lake Loop: 82 kilometres in 3 hours 6, 600 metres of climbing. "
    "180 watts, heart rate 139. As planned.",
    "de": "Gestern Lake Loop: 82 Kilometer in 3 Stunden 6, 600 Höhenmeter. "
    "180 Watt, Puls 139. Wie geplant.",
    "fr": "Hier, Lake Loop : 82 kilomètres en 3 heures 6, 600 mètres de dénivelé. "
    "180 watts, pouls 139. Comme prévu.",
    "es": "Ayer, Lake Loop: 82 kilómetros en 3 horas 6, 600 metros de desnivel. "
    "180 vatios, pulso 139. Según lo previsto.",
}
RIDE = Activity(
    activity_id="i1",
    date="2026-11-22",
    name="Lake Loop",
    type="Ride",
    distance_km=82.34,
    moving_s=11156,
    climb_m=598,
    power_w=180,
    heart_rate_bpm=139,
    training_load=145,
    compliance_percent=100,
)


@pytest.mark.parametrize("language", list(RODE))
def test_a_planned_session_is_said_against_its_plan(language: str) -> None:
    said = say_activity(RIDE, Voice(str(known_locale(language))), TODAY)
    assert said.replace("\u00a0", " ").replace("\u202f", " ") == RODE[language]


@pytest.mark.parametrize(
    ("percent", "word", "said"),
    [
        (100, "as_planned", "As planned."),
        (116, "harder", "Harder than planned."),
        (84, "easier", "Easier than planned."),
    ],
)
def test_fifteen_percent_are_as_planned(percent: int, word: str, said: str) -> None:
    raw = RawActivity(id="i1", type="Run", compliance=float(percent), analyzed="2026")
    run = flatten_activity(raw)
    assert run.against_plan == word
    assert said in say_activity(run, ENGLISH, TODAY)


def loaded(load: int, age: int, sport: str = "Run") -> Activity:
    day = str(TODAY - timedelta(days=age))
    return Activity(
        activity_id=f"{sport}{age}", date=day, type=sport, training_load=load
    )


WEEKS = [loaded(40 + 5 * (age % 5), age) for age in range(2, 42, 3)]


@pytest.mark.parametrize(
    ("load", "effort", "english", "german"),
    [
        (61, "hard", "A hard one: load 61.", "Eine harte Einheit: Belastung 61."),
        (50, "usual", "About usual: load 50.", "Wie sonst auch: Belastung 50."),
        (
            20,
            "easy",
            "Load 20, less than usual.",
            "Belastung 20, weniger als sonst.",
        ),
    ],
)
def test_a_load_is_judged_by_the_athletes_own_weeks(
    load: int, effort: str, english: str, german: str
) -> None:
    harder = loaded(90, 8, "Ride")  # so that it is not the hardest of all
    run = judged(loaded(load, 1), [harder, *WEEKS])
    assert run.effort == effort
    assert english in say_activity(run, ENGLISH, TODAY)
    assert german in say_activity(run, Voice("de_DE"), TODAY)


def test_the_hardest_in_weeks_is_told() -> None:
    run = judged(loaded(95, 1), [loaded(99, 33, "Ride"), *WEEKS])
    assert (run.effort, run.hardest_in_weeks) == ("hard", 4)
    assert "Your hardest in 4 weeks: load 95." in say_activity(run, ENGLISH, TODAY)


def test_a_newcomers_load_is_not_judged() -> None:
    run = judged(loaded(61, 1), WEEKS[:3])
    assert run.effort is None
    assert "load" not in say_activity(run, ENGLISH, TODAY)


def test_a_ride_without_power_has_its_speed() -> None:
    ride = msgspec.structs.replace(RIDE, power_w=None, speed_km_per_h=26.6)
    assert "27 kilometres per hour, heart rate 139." in say_activity(
        ride, ENGLISH, TODAY
    )


# what a search found


def found(*values: tuple[str, str]) -> list[Activity]:
    return [Activity(activity_id="i1", name=name, date=day) for name, day in values]


def test_a_search_that_finds_nothing_says_for_what() -> None:
    german = Voice("de_DE")
    said = say_matches([], "zzz", ENGLISH, TODAY, cut=False)
    assert said == "There's nothing called zzz."
    said = say_matches([], "zzz", german, TODAY, cut=False)
    assert said == "Es gibt nichts mit dem Namen zzz."
    assert (
        say_matches([], "#wet", ENGLISH, TODAY, cut=False) == "Nothing is tagged wet."
    )


def test_a_search_says_the_newest_and_no_sums_of_a_list_that_is_cut() -> None:
    rows = found(("Old", "2026-11-20"), ("New", "2026-11-22"))
    said = say_matches(rows, "e", ENGLISH, TODAY, cut=True)
    assert said == "At least 2 activities. The newest is New, yesterday."
    rows = [msgspec.structs.replace(row, distance_km=10.0) for row in rows]
    assert say_matches(rows, "e", ENGLISH, TODAY, cut=False) == (
        "2 activities. The newest is New, yesterday. In all, 20 kilometres."
    )
    assert "In all" not in say_matches(rows, "e", ENGLISH, TODAY, cut=True)


def test_power_under_its_second_key_is_read() -> None:
    raw = RawActivity(id="i1", type="Ride", average_watts=180, weighted_average_watts=9)
    flat = flatten_activity(raw)
    assert (flat.power_w, flat.normalized_power_w) == (180, 9)
    both = RawActivity(id="i1", type="Ride", icu_average_watts=200, average_watts=180)
    assert flatten_activity(both).power_w == 200
