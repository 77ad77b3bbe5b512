from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.domain.calendar.event import (
    Event,
    RawEvent,
    covers,
    flatten_event,
    say_workout,
    steps_by_event,
)
from bridge.domain.calendar.plan import Workouts, next_session, say_events, say_today
from bridge.domain.calendar.workout import (
    StepTarget,
    WorkoutStep,
    read_steps,
    say_steps,
    show_steps,
)
from bridge.domain.flat import plain
from bridge.domain.speech.voice import ENGLISH, Voice
from bridge.errors import UpstreamGarbage
from tests.domain.odd import VOICES, odd_json, odd_numbers, odd_records

TODAY = date(2026, 11, 23)
DOC = {
    "steps": [
        {
            "text": "Warm up",
            "ramp": True,
            "duration": 1200,
            "power": {"start": 157, "end": 213, "units": "w"},
        },
        {
            "reps": 4,
            "steps": [
                {"duration": 240, "power": {"value": 105, "units": "%ftp"}},
                {"duration": 90, "hr": {"value": 1, "units": "hr_zone"}},
            ],
        },
        {"distance": 2000, "pace": {"start": 3, "end": 4, "units": "pace_zone"}},
    ]
}
WORKOUT = RawEvent(
    id=7,
    category="WORKOUT",
    color="green",
    name="VO2 intervals",
    type="Ride",
    start_date_local="2026-11-23T17:30:00",
    end_date_local="2026-11-24T00:00:00",
    icu_training_load=72,
    moving_time=3960,
    workout_doc=DOC,
)


def event(**values: object) -> Event:
    return flatten_event(RawEvent(id=1, **values))


def test_a_planned_workout_is_flat() -> None:
    assert plain(flatten_event(WORKOUT)) == {
        "event_id": "7",
        "category": "WORKOUT",
        "colour": "green",
        "name": "VO2 intervals",
        "type": "Ride",
        "date": "2026-11-23",
        "start_local": "2026-11-23T17:30:00",
        "end_local": "2026-11-24T00:00:00",
        "planned_load": 72,
        "planned_s": 3960,
        "done": "no",
        "workout_steps": (
            "20 min Warm up ramp 157-213 W, 4 × (4 min 105% FTP, 1 min 30 s Z1 HR), "
            "2 km Z3-Z4 pace"
        ),
    }


def test_a_workout_is_said_with_its_first_steps() -> None:
    steps = steps_by_event([WORKOUT])
    assert say_today(
        [flatten_event(WORKOUT)], ENGLISH, TODAY, workouts=Workouts(steps=steps)
    ) == (
        "Today at 17:30: VO2 intervals, 1 hour 6. Main set: 4 times 4 minutes "
        "at 105 percent, 1 minute 30 seconds easy after each."
    )


@pytest.mark.parametrize(
    ("units", "locale", "said"),
    [
        ("w", "en_GB", "8 minutes at 200 to 220 watts"),
        ("%ftp", "de_DE", "8 Minuten bei 200 bis 220 Prozent"),
        ("w", "fr_FR", "8 minutes entre 200 et 220 watts"),
        ("%ftp", "fr_FR", "8 minutes entre 200 et 220 pour cent"),
        ("w", "es_ES", "8 minutos entre 200 y 220 vatios"),
        ("%ftp", "es_ES", "8 minutos entre el 200 y el 220 por ciento"),
    ],
)
def test_a_range_to_hold_is_said_from_end_to_end(
    units: str, locale: str, said: str
) -> None:
    step = WorkoutStep(duration_s=480, targets=(StepTarget(200, 220, units),))
    assert f": {said}." in (say_steps([step], Voice(locale)) or "")


def test_a_target_stands_in_for_a_plan_that_is_missing() -> None:
    target = event(
        category="WORKOUT",
        icu_training_load=0,
        load_target=50,
        time_target=3600,
        distance_target=10000,
    )
    assert (target.planned_load, target.planned_s) == (50, 3600)
    assert target.planned_distance_km == 10.0


def test_a_workout_upstream_could_not_parse_has_no_zeros() -> None:
    unparsed = event(
        category="WORKOUT", icu_training_load=0, moving_time=0, workout_doc={}
    )
    assert plain(unparsed) == {"event_id": "1", "category": "WORKOUT", "done": "no"}


def test_a_pair_known_from_the_activity_is_enough_to_be_done() -> None:
    done = flatten_event(WORKOUT, paired={"7": "i55"})
    assert (done.done, done.paired_activity_id) == (True, "i55")
    assert say_today([done], ENGLISH, TODAY) == "Done today: VO2 intervals."


def test_a_note_is_neither_done_nor_undone() -> None:
    assert event(category="NOTE").done is None


def test_without_an_id_it_is_no_event() -> None:
    with pytest.raises(UpstreamGarbage):
        flatten_event(RawEvent(name="x"))


def test_nothing_planned_is_said() -> None:
    assert say_today([], ENGLISH, TODAY) == "No workout is planned today."
    tomorrow = date(2026, 11, 24)
    assert say_today([], ENGLISH, TODAY, day=tomorrow) == (
        "No workout is planned tomorrow."
    )


@pytest.mark.parametrize(
    ("category", "said"),
    [
        ("NOTE", "No workout is planned today. Note: Rest."),
        ("SICK", "You're marked sick today: rest. No workout is planned today."),
        (
            "HOLIDAY",
            "You're on holiday today. No workout is planned today. Holiday: Rest.",
        ),
    ],
)
def test_a_day_off_is_said_with_its_reason(category: str, said: str) -> None:
    block = event(
        category=category, name="Rest", start_date_local="2026-11-23T00:00:00"
    )
    assert say_today([block], ENGLISH, TODAY) == said


def test_several_workouts_are_named_and_added_up() -> None:
    rows = [
        event(
            category="WORKOUT",
            name=name,
            moving_time=1800,
            icu_training_load=20,
            start_date_local="2026-11-23T00:00:00",
        )
        for name in ("Swim", "Run")
    ]
    assert say_today(rows, ENGLISH, TODAY) == (
        "2 sessions today, 1 hour: Swim and Run."
    )


def test_a_race_is_announced_as_one() -> None:
    race = event(
        category="RACE_A", name="Worlds", start_date_local="2026-11-24T00:00:00"
    )
    assert say_workout(race, ENGLISH, TODAY) == "Race tomorrow: Worlds."


def test_a_name_that_is_only_the_sport_and_a_load_of_nothing_are_not_said() -> None:
    ride = event(name="Ride", type="Ride", start_date_local="2026-11-29T00:00:00")
    ride = msgspec.structs.replace(ride, planned_s=3600, planned_load=0)
    assert say_workout(ride, ENGLISH, TODAY) == "Planned on Sunday: Ride. 1 hour."


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Ride 5x4min Z4", "Ride"),
        ("Ride 1h30min Z2", "Ride"),
        ("Ride 4.83km Z2", "Ride"),
        ("Run 45min Z2", "Run 45 minutes zone 2"),  # of a ride: somebody meant that
        ("Ride 45min Z2 with Tom", "Ride 45 minutes zone 2 with Tom"),
        ("Ride to work", "Ride to work"),
    ],
)
def test_a_name_that_is_all_measures_is_not_said_before_the_measures(
    name: str, said: str
) -> None:
    ride = event(name=name, type="Ride", start_date_local="2026-11-23T00:00:00")
    assert say_workout(ride, ENGLISH, TODAY).startswith(f"Planned today: {said}.")


def test_two_workouts_are_told_apart_by_their_measures() -> None:
    rides = [
        event(name=name, type="Ride", start_date_local=f"{TODAY}T00:00:00")
        for name in ("Ride 1h Z2", "Ride 5x4min Z4")
    ]
    assert "Ride 1 hour zone 2 and Ride 5 times 4 minutes zone 4" in say_events(
        rides, ENGLISH, TODAY
    )


def test_the_calendar_is_told_day_by_day() -> None:
    rows = [
        flatten_event(WORKOUT),
        event(name="Stretching", start_date_local=f"{TODAY}T19:00:00"),
        event(category="NOTE", name="Massage", start_date_local="2026-11-25T00:00:00"),
    ]
    assert say_events(rows, ENGLISH, TODAY) == (
        "Today: VO2 intervals and Stretching. On Wednesday: Massage."
    )
    assert say_events(rows, Voice("de_DE"), TODAY).endswith("Am Mittwoch: Massage.")
    assert say_events([], ENGLISH, TODAY).startswith("There's nothing")


def test_an_entry_without_a_day_is_named_only() -> None:
    said = say_events([event(category="SICK")], ENGLISH, TODAY)
    assert said == "Sick."


def test_what_lasts_since_before_today_comes_after_the_days() -> None:
    phase = event(
        category="PLAN",
        name="Build 2",
        start_date_local="2026-11-16T00:00:00",
        end_date_local="2026-12-07T00:00:00",
    )
    assert say_events([phase, flatten_event(WORKOUT)], ENGLISH, TODAY) == (
        "Today: VO2 intervals. Training phase: Build 2."
    )


def test_of_a_day_that_is_too_long_the_first_are_named() -> None:
    rows = [
        event(name=f"{number} {'long ' * 30}", start_date_local=f"{TODAY}T00:00:00")
        for number in range(5)
    ]
    said = say_events(rows, Voice("fr_FR"), TODAY)
    assert said.startswith("Aujourd'hui\u00a0: 0 long")
    assert said.endswith(" Et 4 autres.")


def test_no_day_is_left_out_between_two_that_are_told() -> None:
    names = {24: "short", 25: "long " * 15, 26: "long " * 15, 27: "long " * 15, 28: "s"}
    rows = [
        event(name=name, start_date_local=f"2026-11-{day}T00:00:00")
        for day, name in names.items()
    ]
    said = say_events(rows, ENGLISH, TODAY)
    assert "On Wednesday" in said
    assert "On Saturday" not in said


def on(day: int, name: str, category: str = "NOTE") -> Event:
    start = f"2026-11-{day}T00:00:00"
    return event(category=category, name=name, start_date_local=start)


def test_the_next_race_is_said_first_and_the_one_after_in_its_turn() -> None:
    rows = [
        on(28, "Worlds", "RACE_A"),
        on(24, "Massage"),
        on(26, "Relay", "RACE_C"),
        on(22, "Warm-up race", "RACE_B"),
    ]
    assert say_events(rows, ENGLISH, TODAY) == (
        "Race on Thursday: Relay. Yesterday: Warm-up race. "
        "Tomorrow: Massage. On Saturday: Worlds."
    )
    today = say_events([on(23, "Worlds", "RACE_A")], ENGLISH, TODAY)
    assert today == "Race today: Worlds."


def test_a_race_that_began_yesterday_is_not_said_twice() -> None:
    tour = event(
        category="RACE_A",
        name="Tour",
        start_date_local="2026-11-22T00:00:00",
        end_date_local="2026-11-26T00:00:00",
    )
    assert say_events([tour, on(24, "Massage")], ENGLISH, TODAY) == (
        "Tomorrow: Massage. Race A: Tour."
    )


def test_what_is_not_named_is_counted_at_the_end() -> None:
    rows = [on(23, name) for name in ("One", "Two", "Three", "Four")]
    assert say_events([*rows, on(24, "Five")], ENGLISH, TODAY) == (
        "Today: One, Two and Three. Tomorrow: Five. And 1 more."
    )
    long = [on(day, f"{day} {'long ' * 8}") for day in range(23, 29)]
    assert say_events(long, ENGLISH, TODAY).endswith(" And 4 more.")
    assert say_events(long, Voice("de_DE"), TODAY).endswith(" Und noch 4.")
    german = say_events([*rows, on(24, "Five")], Voice("de_DE"), TODAY)
    assert german.endswith(" Und noch einer.")


calendars = st.lists(
    st.tuples(
        st.sampled_from(["WORKOUT", "RACE_A", "RACE_C", "NOTE", "PLAN", "HOLIDAY"]),
        st.integers(0, 100),  # how long the name is
        st.none() | st.integers(-3, 8),  # when it begins
        st.integers(1, 9),  # how many days it lasts
    ),
    min_size=1,
    max_size=25,
)


@given(calendars, st.sampled_from([*VOICES, Voice("de_DE")]))
def test_any_calendar_is_one_breath_and_its_counts_add_up(
    calendar: list[tuple[str, int, int | None, int]], voice: Voice
) -> None:
    rows = [
        Event(
            event_id=str(number),
            category=category,
            name=f"<{number}>{'x' * length}",
            date=None if begins is None else str(TODAY + timedelta(days=begins)),
            end_local=None
            if begins is None
            else f"{TODAY + timedelta(days=begins + lasts)}T00:00:00",
        )
        for number, (category, length, begins, lasts) in enumerate(calendar)
    ]
    said = say_events(rows, voice, TODAY)
    assert len(said) < 280
    named = re.findall(r"<\d+>", said)
    assert len(set(named)) == len(named)
    more = re.search(r"(?:And|Und noch) (\d+|einer)(?: more)?\.$", said)
    left = 0 if more is None else int(more[1].replace("einer", "1"))
    assert len(named) + left == (len(rows) if named else 0)


def test_a_holiday_lasts_until_the_day_before_its_end_at_midnight() -> None:
    holiday = event(
        category="HOLIDAY",
        start_date_local="2026-11-20T00:00:00",
        end_date_local="2026-11-24T00:00:00",
    )
    days = [date(2026, 11, day) for day in range(19, 26)]
    assert [covers(holiday, day) for day in days] == [False, *[True] * 4, False, False]


def test_an_event_without_an_end_lasts_one_day() -> None:
    one = event(start_date_local="2026-11-23T00:00:00")
    assert covers(one, TODAY)
    assert not covers(one, date(2026, 11, 24))
    assert not covers(event(), TODAY)


def test_the_next_session_is_the_earliest_that_is_not_done() -> None:
    early = flatten_event(WORKOUT)
    rows = [
        event(category="WORKOUT", start_date_local="2026-11-25T00:00:00"),
        early,
        event(category="NOTE", start_date_local="2026-11-23T00:00:00"),
        event(category="WORKOUT", start_date_local="2026-11-22T00:00:00"),
    ]
    now = datetime(2026, 11, 23, 20)  # noqa: DTZ001 - the athlete's wall clock
    assert next_session(rows, now) == early
    assert next_session([], now) is None


def test_steps_deeper_than_upstream_nests_them_are_cut() -> None:
    doc: object = {"steps": [{"duration": 60}]}
    for _ in range(50):
        doc = {"steps": [{"reps": 2, "steps": [doc], "duration": 60}]}
    steps, depth = read_steps(doc), 0
    while steps:
        steps, depth = steps[0].steps, depth + 1
    assert depth == 5


def test_many_steps_are_said_only_as_far_as_one_can_listen() -> None:
    assert say_steps((), ENGLISH) is None
    rising = [{"text": "Build", "duration": 60 * n} for n in range(1, 31)]
    long = read_steps({"steps": rising})
    said = say_steps(long, ENGLISH)
    assert said is not None
    assert said.startswith("It starts with 1 minute Build, 2 minutes Build, ")
    assert len(said) < 180


def test_equal_steps_in_a_row_are_said_once() -> None:
    build, rest = {"text": "Build", "duration": 60}, {"duration": 30}
    steps = read_steps({"steps": [build, build, rest, build]})
    assert say_steps(steps, ENGLISH) == (
        "The steps: 2 times 1 minute Build, 30 seconds, 1 minute Build."
    )
    alike = read_steps({"steps": [build] * 30})
    assert say_steps(alike, ENGLISH) == "The steps: 30 times 1 minute Build."


@pytest.mark.parametrize(
    ("target", "english", "german"),
    [
        ({"power": {"value": 58, "units": "%ftp"}}, "at 58 percent", "bei 58 Prozent"),
        (
            {"hr": {"value": 90, "units": "%lthr"}},
            "at 90 percent of threshold heart rate",
            "bei 90 Prozent des Schwellenpulses",
        ),
        (
            {"hr": {"start": 70, "end": 80, "units": "%hr"}},
            "at 70 to 80 percent of maximum heart rate",
            "bei 70 bis 80 Prozent des Maximalpulses",
        ),
        (
            {"pace": {"value": 95, "units": "%pace"}},
            "at 95 percent of threshold pace",
            "bei 95 Prozent des Schwellentempos",
        ),
        ({"power": {"value": 2, "units": "power_zone"}}, "in zone 2", "in Zone 2"),
        (
            {"pace": {"value": 2, "units": "pace_zone"}},
            "in zone 2",
            "in Zone 2",
        ),
    ],
)
def test_a_target_says_what_it_is_of_unless_it_is_power(
    target: dict[str, object], english: str, german: str
) -> None:
    steps = read_steps({"steps": [{"duration": 60} | target]})
    assert say_steps(steps, ENGLISH) == f"The steps: 1 minute {english}."
    assert say_steps(steps, Voice("de_DE")) == f"Ablauf: eine Minute {german}."


@given(odd_json)
def test_any_json_is_read_as_steps(doc: object) -> None:
    for holder in (doc, {"steps": doc}, {"steps": [doc]}):
        steps = read_steps(holder)
        show_steps(steps)
        for voice in VOICES:
            said = say_steps(steps, voice)
            assert said is None or said.strip()


step_docs = st.recursive(
    st.fixed_dictionaries(
        {},
        optional={
            "duration": odd_numbers,
            "distance": odd_numbers,
            "text": st.text(max_size=120),
            "power": st.fixed_dictionaries(
                {"units": st.sampled_from(["w", "%ftp", "power_zone", "?"])},
                optional={"value": odd_numbers, "start": odd_numbers},
            ),
        },
    ),
    lambda inner: st.fixed_dictionaries(
        {"reps": odd_numbers, "steps": st.lists(inner, max_size=3)}
    ),
    max_leaves=6,
)


@given(
    odd_records(
        RawEvent,
        id=st.just(5),
        category=st.sampled_from(["WORKOUT", "RACE_A", "NOTE", "SICK", "ODD"]),
        start_date_local=st.just("2026-11-23T00:00:00"),
        moving_time=odd_numbers,
        workout_doc=st.builds(lambda rows: {"steps": rows}, st.lists(step_docs)),
    )
)
def test_any_event_is_flat_and_speakable(raw: RawEvent) -> None:
    try:
        flat = flatten_event(raw)
    except UpstreamGarbage:
        return
    plain(flat)
    steps = steps_by_event([raw])
    for voice in VOICES:
        said = (
            say_workout(flat, voice, TODAY, steps=steps.get(flat.event_id, ())),
            say_today([flat], voice, TODAY, workouts=Workouts(steps=steps)),
            say_today([flat, flat], voice, TODAY, workouts=Workouts(steps=steps)),
            say_events([flat], voice, TODAY),
        )
        for sentence in said:
            assert sentence.strip()
            assert len(sentence) < 280


def test_what_was_not_planned_is_said_in_the_past() -> None:
    for days, said in ((-1, "yesterday"), (-3, "on Friday"), (-9, "on 14 November")):
        day = TODAY + timedelta(days=days)
        speech = say_today([], ENGLISH, TODAY, day=day)
        assert speech == f"No workout was planned {said}."


def test_a_planned_swim_is_said_in_metres() -> None:
    swim = flatten_event(
        RawEvent(
            id=1,
            category="WORKOUT",
            type="Swim",
            start_date_local="2026-11-23T00:00:00",
            distance=2400,
        )
    )
    assert "2,400 metres" in say_workout(swim, ENGLISH, TODAY)


def test_a_target_that_begins_at_0_is_its_end_but_for_a_ramp() -> None:
    hr = {"start": 0, "end": 80, "units": "%lthr"}
    (step,) = read_steps({"steps": [{"duration": 300, "hr": hr}]})
    assert [(one.low, one.high) for one in step.targets] == [(80, 80)]
    (ramp,) = read_steps({"steps": [{"duration": 300, "hr": hr, "ramp": True}]})
    assert [(one.low, one.high) for one in ramp.targets] == [(0, 80)]
