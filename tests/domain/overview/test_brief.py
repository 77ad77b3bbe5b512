from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.domain.activity.activity import Activity
from bridge.domain.calendar.event import Event
from bridge.domain.calendar.workout import StepTarget, WorkoutStep
from bridge.domain.flat import plain
from bridge.domain.overview.brief import Brief, DayRows, flatten_brief, say_brief
from bridge.domain.overview.fitness import Fitness
from bridge.domain.speech.voice import ENGLISH, Voice, known_locale
from bridge.domain.sport import say_sport
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


def flat_brief(
    fitness: Fitness, *, voice: Voice = ENGLISH, today: date | None = None, **rows: Any
) -> Brief:
    return flatten_brief(fitness, DayRows(**rows), voice=voice, today=today)


def brief_of(
    wellness: list[Wellness],
    events: list[Event],
    done: list[Activity],
    voice: Voice = ENGLISH,
) -> Brief:
    return flat_brief(
        FITNESS, wellness=wellness, events=events, activities=done, voice=voice
    )


def said_of(brief: Brief, language: str = "en", today: date = DAY) -> str:
    """Return the sentence, with the blanks before French marks made plain ones."""
    said = say_brief(brief, Voice(str(known_locale(language))), today)
    return said.replace("\u00a0", " ").replace("\u202f", " ")


def test_the_whole_day_is_flat() -> None:
    wellness = [night(0, sleep_s=24000, hrv_ms=50), *sixty()]
    brief = brief_of(wellness, [workout(), RACE, PHASE], [])
    assert plain(brief) == {
        "date": "2026-11-23",
        "verdict": "easy",
        "reasons": "hrv, sleep",
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
        "left_s": 3960,
        "agenda": "VO2 intervals",
        "session": "VO2 intervals, 1 hour 6",
        "done_load": 0,
        "done_s": 0,
        "phase": "Build",
        "race": "Worlds",
        "race_date": "2026-12-05",
        "race_days": 12,
        "race_category": "RACE_A",
    }


# what to do, and what is not as usual


ORDINARY = {
    "en": "Today: VO2 Max, 4 times 8 minutes, 1 hour 6, then Core. You slept 6 hours, "
    "over an hour less than usual. Worlds in 12 days. HRV normal.",
    "de": "Heute: VO2 Max, 4 mal 8 Minuten, eine Stunde 6, danach Core. 6 Stunden "
    "Schlaf, gut eine Stunde weniger als sonst. Worlds in 12 Tagen.",
    "fr": "Aujourd'hui : VO2 Max, 4 fois 8 minutes, 1 heure 6, puis Core. 6 heures de "
    "sommeil, largement une heure de moins que d'habitude. Worlds dans 12 jours.",
    "es": "Hoy: VO2 Max, 4 veces 8 minutos, una hora 6, y luego Core. 6 horas de "
    "sueño, una hora y pico menos que de costumbre. Worlds en 12 días.",
}
STEPS = {
    "7": (
        WorkoutStep(duration_s=900, targets=(StepTarget(60, 60, "%ftp"),)),
        WorkoutStep(
            reps=4,
            steps=(
                WorkoutStep(duration_s=480, targets=(StepTarget(98, 98, "%ftp"),)),
                WorkoutStep(duration_s=120, targets=(StepTarget(50, 50, "%ftp"),)),
            ),
        ),
    )
}


def named(event: Event, name: str | None, **values: object) -> Event:
    return msgspec.structs.replace(event, name=name, **values)


@pytest.mark.parametrize("language", list(ORDINARY))
def test_the_plan_comes_first_with_its_main_set(language: str) -> None:
    voice = Voice(str(known_locale(language)))
    core = named(workout(), "Core", event_id="6", planned_load=None)
    brief = flat_brief(
        FITNESS,
        wellness=[night(0, sleep_s=22320), *sixty()],
        events=[core, named(workout(), "VO2 Max 4x8"), RACE, PHASE],
        activities=[],
        steps=STEPS,
        voice=voice,
    )
    assert said_of(brief, language).startswith(ORDINARY[language])
    assert (brief.main_set or "") in ORDINARY[language]
    assert brief.main_set


def test_the_start_of_a_session_is_told() -> None:
    track = workout(start_local="2026-11-23T18:00:00")
    brief = brief_of([], [track], [])
    assert said_of(brief).startswith("Today at 18:00: VO2 intervals, 1 hour 6.")
    assert said_of(brief, "de").startswith("Heute um 18 Uhr: VO2 intervals, ")


def test_of_many_sessions_the_number_is_told_and_the_first_comes_first() -> None:
    plan = [
        named(workout(), "Threshold"),
        named(workout(planned_s=2700, planned_load=None), "Core"),
        named(workout(planned_s=2640, start_local="2026-11-23T06:30:00"), "Swim"),
    ]
    brief = brief_of([], plan, [])
    assert brief.session == "Swim, 44 minutes"
    assert said_of(brief).startswith(
        "3 sessions today, 2 hours 35: Swim at 6:30, Threshold and Core."
    )
    assert said_of(brief_of([], plan, [], GERMAN), "de").startswith(
        "Heute 3 Einheiten, 2 Stunden 35: Swim um 6:30 Uhr, Threshold und Core."
    )


def test_what_is_normal_is_at_most_a_word() -> None:
    said = said_of(brief_of([night(0), *sixty()], [workout()], []))
    assert "Sleep and HRV normal." in said
    assert "Resting" not in said
    assert "hours 30" not in said


def test_a_high_pulse_is_told_where_nothing_else_is() -> None:
    beats = [
        Wellness(date=str(DAY - timedelta(days=age)), resting_hr_bpm=50 + age % 2)
        for age in range(1, 61)
    ]
    brief = brief_of([Wellness(date=str(DAY), resting_hr_bpm=62), *beats], [], [])
    assert (brief.verdict, brief.reasons) == (None, "resting_hr")
    assert "Resting heart rate 62, 11 above your normal." in said_of(brief)
    assert "Ruhepuls 62, 11 über deinem Schnitt." in said_of(brief, "de")


@pytest.mark.parametrize(
    ("slept_s", "told"),
    [(27000 - 2640, False), (27000 - 2700, True), (27000 + 2700, True)],
)
def test_sleep_is_told_from_three_quarters_of_an_hour_on(
    slept_s: int, told: bool
) -> None:
    said = said_of(brief_of([night(0, sleep_s=slept_s), *sixty()], [], []))
    assert ("You slept" in said) is told


def test_sleep_is_waited_for_only_where_it_usually_comes() -> None:
    assert "No sleep data yet." in said_of(brief_of(sixty(), [], []))
    assert "sleep" not in said_of(brief_of([], [], []))
    for hour in (3, 19):
        said = say_brief(brief_of(sixty(), [], []), ENGLISH, DAY, hour=hour)
        assert "sleep" not in said, hour


def test_a_race_tomorrow_is_said_once_with_its_start() -> None:
    race = named(
        RACE,
        "Worlds",
        date="2026-11-24",
        start_local="2026-11-24T09:15:00",
        planned_distance_km=42.195,
    )
    assert said_of(brief_of([], [race], [])) == (
        "Tomorrow is race day: Worlds, start at 9:15, 42 kilometres. "
        "Rest day today. Form minus 12: productive."
    )


# the verdict


EASY = {
    "en": "Better easy today: HRV and sleep well below your normal, form minus 37. "
    "Planned: VO2 intervals, 1 hour 6. To change it, say Move my workout.",
    "de": "Heute lieber ruhig: HRV und Schlaf deutlich unter deinem Schnitt, Form "
    "minus 37. Geplant: VO2 intervals. Zum Ändern sag: Mein Training "
    "verschieben.",
    "fr": "Vas-y doucement aujourd'hui : VFC et sommeil nettement sous ta moyenne, "
    "forme moins 37. Au programme : VO2 intervals, 1 heure 6. Pour changer, dis : "
    "Déplacer ma séance.",
    "es": "Hoy mejor suave: VFC y sueño muy por debajo de tu media, forma menos 37. "
    "Plan: VO2 intervals, una hora 6. Para cambiarlo, pide mover el entreno.",
}


@pytest.mark.parametrize("language", list(EASY))
def test_two_signs_that_are_off_make_a_day_an_easy_one(language: str) -> None:
    tired = msgspec.structs.replace(FITNESS, form=-37.0, form_zone="high_risk")
    brief = flat_brief(
        tired,
        wellness=[night(0, sleep_s=20000, hrv_ms=45), *sixty()],
        events=[workout()],
        activities=[],
        voice=Voice(str(known_locale(language))),
    )
    assert (brief.verdict, brief.reasons) == ("easy", "hrv, sleep, form")
    assert said_of(brief, language) == EASY[language]


def test_one_sign_alone_is_told_but_changes_nothing() -> None:
    brief = brief_of([night(0, hrv_ms=45), *sixty()], [workout()], [])
    assert (brief.verdict, brief.reasons) == (None, "hrv")
    assert said_of(brief).startswith("Today: VO2 intervals, 1 hour 6. HRV 45, low for ")


def test_no_verdict_is_passed_on_another_day() -> None:
    for today in (DAY - timedelta(days=1), DAY + timedelta(days=1)):
        brief = flat_brief(
            FITNESS,
            wellness=[night(0, sleep_s=20000, hrv_ms=45), *sixty()],
            events=[],
            activities=[],
            today=today,
        )
        assert brief.verdict is None


AWAY = {
    ("SICK", "en"): "You're marked sick until Thursday: rest. VO2 intervals is "
    "still planned today. To change it, say Move my workout.",
    (
        "SICK",
        "de",
    ): "Du bist bis Donnerstag als krank eingetragen: Ruh dich aus. Heute steht "
    "noch VO2 intervals im Plan. Zum Ändern sag: Mein Training verschieben.",
    ("INJURED", "en"): "You're marked injured until Thursday: take care. VO2 intervals "
    "is still planned today. To change it, say Move my workout.",
    ("INJURED", "de"): "Du bist bis Donnerstag als verletzt eingetragen: Schone dich. "
    "Heute steht noch VO2 intervals im Plan. Zum Ändern sag: Mein Training "
    "verschieben.",
    ("HOLIDAY", "en"): "You're on holiday until Thursday. Today: VO2 intervals, 1 hour "
    "6. Form minus 12: productive.",
    ("HOLIDAY", "de"): "Du hast bis Donnerstag Urlaub. Heute: VO2 intervals, eine "
    "Stunde 6. Form minus 12: produktiv.",
    ("SICK", "fr"): "Maladie notée jusqu'à jeudi : repose-toi. Encore au programme "
    "aujourd'hui : VO2 intervals. Pour changer, dis : Déplacer ma séance.",
    ("SICK", "es"): "Enfermedad anotada hasta el jueves: descansa. Sigue en el plan "
    "para hoy: VO2 intervals. Para cambiarlo, pide mover el entreno.",
}


@pytest.mark.parametrize(("category", "language"), list(AWAY))
def test_who_is_ill_hurt_or_away_is_not_sent_to_train(
    category: str, language: str
) -> None:
    away = Event(
        event_id="3",
        category=category,
        name="Flu",
        date="2026-11-21",
        end_local="2026-11-27T00:00:00",
    )
    voice = Voice(str(known_locale(language)))
    brief = brief_of([], [workout(), away], [], voice)
    assert brief.verdict == category.lower()
    assert brief.verdict_until == "2026-11-26"
    assert said_of(brief, language) == AWAY[category, language]


RACE_DAY = {
    "en": "Race day: Worlds, start at 9:15, 42 kilometres. Form minus 12: "
    "productive. Good luck.",
    "de": "Heute ist Wettkampf: Worlds, Start um 9:15 Uhr, 42 Kilometer. "
    "Form minus 12: produktiv. Viel Erfolg.",
    "fr": "Jour de course : Worlds, départ à 9h15, 42 kilomètres. Forme moins 12 : "
    "charge productive. Bonne course.",
    "es": "Día de competición: Worlds, salida a las 9:15, 42 kilómetros. "
    "Forma menos 12: productiva. Mucha suerte.",
}


@pytest.mark.parametrize("language", list(RACE_DAY))
def test_race_day_begins_with_the_race(language: str) -> None:
    race = named(
        RACE,
        "Worlds",
        date="2026-11-23",
        start_local="2026-11-23T09:15:00",
        planned_distance_km=42.195,
    )
    brief = brief_of([], [race], [])
    assert brief.verdict == "race"
    assert said_of(brief, language) == RACE_DAY[language]


def test_a_race_is_called_by_its_own_category() -> None:
    race = named(RACE, None, category="RACE_B")
    assert "Race B in 12 days." in said_of(brief_of([], [race], []))
    assert "B-Wettkampf in 12 Tagen." in said_of(brief_of([], [race], []), "de")


def test_a_race_asked_for_ahead_is_no_workout() -> None:
    race = named(RACE, "Worlds", date="2026-11-24")
    loop = named(workout(), "Lake Loop", date="2026-11-24")
    ahead = msgspec.structs.replace(FITNESS, date="2026-11-24")
    brief = flat_brief(
        ahead, wellness=[], events=[loop, race], activities=[], today=DAY
    )
    said = said_of(brief)
    assert said.startswith("Race tomorrow: Worlds. Also planned: Lake Loop.")


# days without a plan, done and past


REST = {
    "en": "Rest day. Tomorrow: Tempo, 1 hour 6. Sleep and HRV normal. Form minus 12: "
    "productive.",
    "de": "Ruhetag. Morgen: Tempo, eine Stunde 6. Schlaf und HRV normal. Form minus "
    "12: produktiv.",
    "fr": "Jour de repos. Demain : Tempo, 1 heure 6. Sommeil et VFC normaux. Forme "
    "moins 12 : charge productive.",
    "es": "Día de descanso. Mañana: Tempo, una hora 6. Sueño y VFC normales. Forma "
    "menos 12: productiva.",
}


@pytest.mark.parametrize("language", list(REST))
def test_a_day_without_a_plan_in_a_planned_week_is_one_of_rest(language: str) -> None:
    tempo = named(workout(), "Tempo", date="2026-11-24")
    brief = flat_brief(
        FITNESS,
        wellness=[night(0), *sixty()],
        events=[tempo],
        activities=[],
        voice=Voice(str(known_locale(language))),
    )
    assert said_of(brief, language) == REST[language]


def test_without_any_plan_nothing_is_planned() -> None:
    empty = brief_of([], [], [])
    assert said_of(empty).startswith("Nothing planned today.")
    assert said_of(empty, "de").startswith("Heute ist nichts geplant.")
    eve = DAY - timedelta(days=1)
    assert said_of(empty, "de", eve).startswith("Morgen ist nichts geplant.")


def test_a_newcomer_is_told_how_to_begin() -> None:
    brief = flat_brief(
        Fitness(date="2026-11-23"), wellness=[], events=[], activities=[]
    )
    assert said_of(brief) == (
        "Nothing planned today, and no training yet. "
        "Record your first activity, and I'll tell you how it went."
    )


RAN = Activity(
    activity_id="i1",
    date="2026-11-23",
    name="Intervals",
    training_load=70,
    moving_s=3600,
    compliance_percent=104,
)


def test_what_is_done_is_said_against_its_plan() -> None:
    other = Activity(activity_id="i0", date="2026-11-22", training_load=10)
    brief = brief_of([night(0)], [workout(done=True)], [RAN, other])
    assert (brief.sessions_left, brief.sessions_done, brief.done_load) == (0, 1, 70)
    said = said_of(brief)
    assert said.startswith("Done: Intervals, 1 hour, as planned.")
    assert "Today" not in said


def test_what_is_left_comes_after_what_is_done() -> None:
    brief = brief_of([], [workout(done=True), named(workout(), "Core")], [RAN])
    assert said_of(brief).startswith(
        "Done: Intervals, 1 hour, as planned. Still to come: Core, 1 hour 6."
    )


def test_several_that_are_done_are_counted() -> None:
    rode = msgspec.structs.replace(RAN, activity_id="i2", name="Ride.", moving_s=3900)
    brief = brief_of([], [], [RAN, rode])
    assert said_of(brief).startswith("Done: Intervals and Ride, 2 hours 5.")
    swum = msgspec.structs.replace(RAN, activity_id="i3", name="Swim")
    three = brief_of([], [], [RAN, rode, swum])
    assert said_of(three).startswith("Done: 3 activities, 3 hours 5, load 210.")
    assert "Done: Ride, 1 hour 5" in said_of(brief_of([], [], [rode]))


def test_what_strava_keeps_back_is_explained() -> None:
    stub = Activity(activity_id="1", date="2026-11-23", strava_only=True)
    brief = brief_of([], [], [stub])
    assert brief.strava_sessions == 1
    said = said_of(brief)
    assert said.startswith("One activity came through Strava; I can't see it.")


def test_a_past_day_says_what_was_done_and_what_was_missed() -> None:
    morrow = DAY + timedelta(days=1)
    brief = flat_brief(
        FITNESS,
        wellness=[night(0)],
        events=[workout(), RACE],
        activities=[RAN],
        today=morrow,
    )
    assert brief.missed_count == 1
    assert said_of(brief, "en", morrow) == (
        "Done yesterday: Intervals, 1 hour, as planned. "
        "Missed yesterday: VO2 intervals. Form was minus 12: productive."
    )
    assert said_of(brief, "de", morrow) == (
        "Gestern geschafft: Intervals, eine Stunde, wie geplant. "
        "Gestern ausgefallen: VO2 intervals. Form war minus 12: produktiv."
    )
    empty = brief_of([], [], [])
    assert said_of(empty, "en", morrow) == (
        "Nothing was planned yesterday. Form was minus 12: productive."
    )


def test_form_is_said_in_percent_where_the_athletes_site_shows_it_so() -> None:
    said = say_brief(brief_of([], [], []), ENGLISH, DAY, as_percent=True)
    assert "Form minus 20 percent: productive." in said


def test_what_has_no_name_is_called_by_its_sport() -> None:
    nameless = named(workout(type="VirtualRide"), None)
    brief = flat_brief(
        FITNESS, wellness=[], events=[nameless], activities=[], voice=GERMAN
    )
    assert say_sport("VirtualRide", GERMAN) in said_of(brief, "de")


def test_names_are_joined_as_the_language_does() -> None:
    brief = flat_brief(
        FITNESS,
        wellness=[],
        events=[workout(), workout()],
        activities=[],
        voice=GERMAN,
    )
    assert brief.planned == "VO2 intervals und VO2 intervals"


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
