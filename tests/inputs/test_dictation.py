"""One dictated sentence: what is planned, and what is refused."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge.domain.calendar.dictated import DictatedWorkout, Metric
from bridge.domain.calendar.dictation import EXAMPLE, example_in, read_workout
from bridge.domain.inputs import InputError, Mistake
from bridge.domain.speech.phrases import LANGUAGES, words_of
from bridge.simulator.workouts.load import Thresholds
from bridge.simulator.workouts.text import parse_workout

MONDAY = date(2026, 11, 23)


def planned(sentence: str) -> DictatedWorkout:
    return read_workout(sentence, MONDAY)


def refusal(sentence: object) -> tuple[Mistake, str]:
    with pytest.raises(InputError) as caught:
        read_workout(sentence, MONDAY)
    assert caught.value.example == EXAMPLE
    return caught.value.mistake, caught.value.seen


@pytest.mark.parametrize(
    ("sentence", "day", "name", "description"),
    [
        ("Tomorrow one hour easy run", 24, "Run 1h Z2", "- 1h Z2 Pace"),
        ("Samstag zwei Stunden locker Rad", 28, "Ride 2h Z2", "- 2h Z2"),
        (
            "run 5 times 4 minutes hard with 2 minutes easy on Friday",
            27,
            "Run 5x4min Z4",
            "5x\n- 4m Z4 Pace\n- Recovery 2m Z1 Pace",
        ),
        ("5x4 min hart laufen am Freitag", 27, "Run 5x4min Z4", "5x\n- 4m Z4 Pace"),
        ("I want to go for an easy 8 km run today", 23, "Run 8km Z2", "- 8km Z2 Pace"),
        (
            "Ich möchte übermorgen anderthalb Stunden locker Rad fahren.",
            25,
            "Ride 1h30min Z2",
            "- 1h30m Z2",
        ),
        (
            "Freitag 5x4 Min. hart Rad 2 Min. Pause, 9 Min. Einfahren 8 Min. Ausfahren",
            27,
            "Ride 5x4min Z4",
            "- Aufwärmen 9m Z1\n\n5x\n- 4m Z4\n- Pause 2m Z1\n\n- Auslaufen 8m Z1",
        ),
        (
            "fünfmal 1000 Meter hart laufen am Freitag mit 90 Sekunden Trabpause",
            27,
            "Run 5x1km Z4",
            "5x\n- 1km Z4 Pace\n- Pause 1m30s Z1 Pace",
        ),
        (
            "swim 10 x 100 m moderate on Friday with 20 s rest",
            27,
            "Swim 10x100m Z3",
            "10x\n- 100mtr Z3 Pace\n- Recovery 20s Z1 Pace",
        ),
        (
            "warm-up 10 minutes, then 20 minutes tempo run tomorrow",
            24,
            "Run 20min Z3",
            "- Warm up 10m Z1 Pace\n\n- 20m Z3 Pace",
        ),
        ("twice 20 min zone 4 ride on Sunday", 29, "Ride 2x20min Z4", "2x\n- 20m Z4"),
        ("1:30 h easy ride today", 23, "Ride 1h30min Z2", "- 1h30m Z2"),
        ("5 x 1:30 very hard ride today", 23, "Ride 5x1min30s Z5", "5x\n- 1m30s Z5"),
        ("45 m easy run today", 23, "Run 45min Z2", "- 45m Z2 Pace"),
        ("three miles easy run today", 23, "Run 4.83km Z2", "- 4.83km Z2 Pace"),
        ("1h20 easy hike on 2026-11-28", 28, "Hike 1h20min Z2", "- 1h20m Z2 HR"),
    ],
)
def test_sentences_become_workouts(
    sentence: str, day: int, name: str, description: str
) -> None:
    workout = planned(sentence)
    assert workout.day == date(2026, 11, day)
    assert workout.name == name
    assert workout.description == description


def test_the_whole_time_is_known_unless_there_is_a_distance() -> None:
    timed = planned("run 5 x 4 min hard with 2 min easy and 10 min warm-up today")
    assert timed.planned_s == 600 + 5 * 360
    assert planned("run 5 x 400 metres hard with 1 min rest today").planned_s is None


def test_the_zones_can_be_of_another_kind() -> None:
    workout = replace(planned("one hour easy run today"), target="hr")
    assert workout.description == "- 1h Z2 HR"


def test_the_day_can_come_from_elsewhere() -> None:
    day = date(2026, 12, 1)
    assert read_workout("one hour easy run", MONDAY, day=day).day == day
    assert read_workout("one hour easy run today", MONDAY, day=day).day == MONDAY


def test_the_example_speaks_the_language_of_the_phone() -> None:
    with pytest.raises(InputError) as caught:
        read_workout("Kuchen essen", MONDAY, language="de")
    assert caught.value.example == example_in("de") != EXAMPLE
    assert caught.value.seen == "Kuchen"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_table_of_words_is_missing_or_says_two_things(language: str) -> None:
    table = words_of(language, "dictation")
    assert sorted(table["intensities"]) == ["1", "2", "3", "4", "5", "88-94"]
    words = [*table["warm_up"], *table["cool_down"], *table["recovery"]]
    zones = [word for zone in table["intensities"].values() for word in zone]
    for each in (words, zones, table["times"], table["of"], table["fillers"]):
        assert len(each) == len(set(each)) > 0
    assert set(table) <= set(words_of("de", "dictation")) | {"twice"}


def test_a_star_stands_for_each_ending_of_a_word() -> None:
    for word in ("locker", "lockere", "lockerem", "sehr harter"):
        assert planned(f"Morgen eine Stunde {word} laufen").sport == "Run"
    with pytest.raises(InputError):
        planned("Morgen eine Stunde lockers laufen")


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_halves_of_the_example_are_understood(language: str) -> None:
    for sentence in re.split(", (?:or|oder|ou|o) ", example_in(language)):
        assert planned(sentence).planned_s


@pytest.mark.parametrize(
    ("sentence", "missing"),
    [
        ("one hour easy tomorrow", "sport"),
        ("easy run tomorrow", "work"),
        ("run tomorrow easy with 10 minutes warm-up", "work"),
    ],
)
def test_what_is_missing_is_named(sentence: str, missing: str) -> None:
    assert refusal(sentence) == (Mistake.MISSING, missing)


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("one hour easy or hard run tomorrow", "or"),
        ("no one hour easy run tomorrow", "no"),
        ("run 5 times 4 minutes hard tomorrow with 2 minutes", "2"),
        ("5 x 5 x 4 min hard run tomorrow", "x"),
        ("one hour easy run tomorrow -- drop table", "drop"),
        ("easy run tomorrow a.m.", "m"),
        ("one hour easy curling tomorrow", "curling"),
        ("５ x 4 min hard run tomorrow", "５"),
    ],
)
def test_a_word_that_is_not_understood_is_named(sentence: str, word: str) -> None:
    assert refusal(sentence) == (Mistake.NOT_A_WORKOUT, word)


@pytest.mark.parametrize(
    ("sentence", "part"),
    [
        ("one hour easy hard run tomorrow", "intensity"),
        ("one hour easy run tomorrow on Friday", "day"),
        ("one hour easy run 30 minutes tomorrow", "work"),
        ("5 x 4 min hard run 2 min easy 3 min rest tomorrow", "recovery"),
        ("one hour easy run tomorrow 17:30", "17:30"),
        ("tomorrow 7:30 easy run", "7:30"),
        ("300 m easy run tomorrow", "m"),
        ("4 x 50 m hard swim tomorrow", "m"),
        ("1,234 km easy run tomorrow", ""),
        ("1.500 metres easy run tomorrow", ""),
    ],
)
def test_what_was_said_twice_or_could_be_two_things_is_refused(
    sentence: str, part: str
) -> None:
    assert refusal(sentence) == (Mistake.AMBIGUOUS, part)


@pytest.mark.parametrize(
    ("sentence", "part"),
    [
        ("60 times 4 minutes hard run today", "repeats"),
        ("2.5 times 4 minutes hard run today", "repeats"),
        ("13 hours easy ride today", "duration"),
        ("10 x 1 hour hard ride today", "duration"),
        ("0 minutes easy run today", "duration"),
        ("50 metres easy run today", "duration"),
        ("one hour easy run 3 hours warm-up today", "duration"),
    ],
)
def test_what_nobody_can_do_is_refused(sentence: str, part: str) -> None:
    assert refusal(sentence) == (Mistake.OUT_OF_RANGE, part)


def test_two_sports_and_what_is_over_are_refused_as_such() -> None:
    assert refusal("run and ride one hour easy tomorrow")[0] is Mistake.TWO_SPORTS
    brick = "brick session Saturday: 2 hours ride then 20 minutes run"
    assert refusal(brick)[0] is Mistake.TWO_SPORTS
    assert refusal("one hour easy run yesterday") == (Mistake.PAST, "day")


@pytest.mark.parametrize(
    ("sentence", "assumed"),
    [
        ("one hour run tomorrow", ("easy",)),
        ("one hour easy run", ("today",)),
        ("easy 10k tomorrow", ("run",)),
        ("tomorrow 5 x 1 min hard run", ("no_rest",)),
        ("tomorrow 5 x 1 min hard run without rest", ()),
        ("tomorrow at 6 one hour easy run", ("clock",)),
        ("next Tuesday one hour easy run", ("day",)),
        ("2 x 20 sweet spot tomorrow with 5 minutes rest", ("ride",)),
    ],
)
def test_what_was_not_said_is_told(sentence: str, assumed: tuple[str, ...]) -> None:
    assert planned(sentence).assumed == assumed


@pytest.mark.parametrize("value", [None, 7, "", "  ", "run\u200b", "run " * 80])
def test_what_is_no_short_sentence_is_refused(value: object) -> None:
    assert refusal(value) == (Mistake.NOT_A_WORKOUT, "")


NUMBERS = ("2", "three", "vier", "5")
AMOUNTS = ("one hour", "20 minutes", "zwei Stunden", "anderthalb Stunden", "1 h 20")
INTENSITIES = ("easy", "locker", "tempo", "hart", "very hard", "zone 3")
SPORTS = ("run", "ride", "swim", "laufen", "Rad", "walk")
DAYS = ("today", "morgen", "on Friday", "am Samstag", "in 3 days", "2026-11-28")


@given(
    st.sampled_from(AMOUNTS),
    st.sampled_from(INTENSITIES),
    st.sampled_from(SPORTS),
    st.sampled_from(DAYS),
    st.permutations(range(4)),
)
def test_the_order_of_the_parts_does_not_matter(
    amount: str, intensity: str, sport: str, day: str, order: list[int]
) -> None:
    parts = [amount, intensity, sport, day]
    one_way = planned(" ".join(parts))
    assert planned(" ".join(parts[place] for place in order)) == one_way


@given(
    st.sampled_from(NUMBERS),
    st.tuples(st.integers(10, 600), st.integers(10, 600)),
    st.sampled_from(INTENSITIES),
    st.sampled_from(SPORTS),
    st.sampled_from(["power", "hr", "pace"]),
)
def test_upstream_understands_every_second_that_was_said(
    times: str, seconds: tuple[int, int], intensity: str, sport: str, target: Metric
) -> None:
    work_s, rest_s = seconds
    sentence = (
        f"{sport} {times} times {work_s} seconds {intensity} with {rest_s} seconds "
        "easy and 10 minutes warm-up and 5 minutes cool-down today"
    )
    workout = replace(planned(sentence), target=target)
    thresholds = Thresholds(
        sport=workout.sport,
        ftp=250,
        lthr=170,
        max_hr=190,
        threshold_pace=4.0,
        power_zones=(55, 75, 90, 105, 120, 150, 999),
        hr_zones=(115, 140, 158, 178, 190),
        pace_zones=(77.5, 87.7, 94.3, 100, 103.4, 111.5, 999),
    )
    understood = parse_workout(workout.description or "", thresholds)
    assert understood.moving_time == workout.planned_s
    assert understood.training_load


WORDS = st.from_regex(
    r"(run|ride|easy|hart|5|x|4|min|m|km|one|eine|Stunde|hour|with|2|tomorrow|Friday|on"
    r"|in|days|ago|warm|up|cool|down|rest|Pause|1:30|1,234|0|-|,|mal|zone|a|half)",
    fullmatch=True,
)


@settings(max_examples=300)
@given(st.text(max_size=60) | st.lists(WORDS, max_size=14).map(" ".join))
def test_any_sentence_is_a_workout_or_refused(sentence: str) -> None:
    try:
        workout = planned(sentence)
    except InputError:
        return
    assert workout.day >= MONDAY
    assert (workout.description or "Z").count("Z") >= 1
    assert len(workout.name) <= 80


def test_a_megabyte_of_words_is_refused_at_once() -> None:
    started = time.perf_counter()
    for word in ("one hour ", "5 x ", "easy ", "ä", "warm-up "):
        refusal(word * 200_000)
    assert time.perf_counter() - started < 0.5
