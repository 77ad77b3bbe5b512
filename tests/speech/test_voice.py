from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.domain.speech.breath import in_one_breath, sentence
from bridge.domain.speech.phrases import phrases_of
from bridge.domain.speech.voice import ENGLISH, Voice

AMERICAN = Voice("en_US", "imperial")
MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("seconds", "said", "shown"),
    [
        (0, "0 minutes", "0 min"),
        (1, "1 second", "0:01 min"),
        (61, "1 minute 1 second", "1:01 min"),
        (599, "9 minutes 59 seconds", "9:59 min"),
        (3569, "59 minutes", "59 min"),
        (3600, "1 hour", "1 h 00 min"),
        (3907, "1 hour 5", "1 h 05 min"),
        (-5, "0 minutes", "0 min"),
    ],
)
def test_durations_are_rounded_as_one_would_say_them(
    seconds: float, said: str, shown: str
) -> None:
    assert ENGLISH.say_duration(seconds) == said
    assert ENGLISH.show_duration(seconds) == shown


def test_distances_below_a_kilometre_are_metres() -> None:
    assert ENGLISH.say_distance(0.4) == "400 metres"
    assert ENGLISH.say_distance(1) == "1 kilometre"
    assert ENGLISH.say_distance(12.44) == "12.4 kilometres"
    assert ENGLISH.say_distance(123.4) == "123 kilometres"
    assert ENGLISH.show_distance(12.44) == "12.4 km"


@pytest.mark.parametrize(
    ("km", "said", "shown"),
    [
        (999.4, "999 kilometres", "999 km"),
        (4712, "4,710 kilometres", "4,712 km"),
        (13_059, "13,100 kilometres", "13,059 km"),
    ],
)
def test_a_long_way_is_round_for_the_ear_and_exact_for_the_eye(
    km: float, said: str, shown: str
) -> None:
    assert ENGLISH.say_distance(km) == said
    assert ENGLISH.show_distance(km) == shown


def test_a_climb_is_round_for_the_ear_and_exact_for_the_eye() -> None:
    assert ENGLISH.say_climb(96) == "96 metres"
    assert ENGLISH.say_climb(601) == "600 metres"
    assert ENGLISH.say_climb(1234) == "1,230 metres"
    assert ENGLISH.say_climb(-601) == "minus 600 metres"
    assert ENGLISH.show_climb(601) == "601 m"


def test_an_imperial_voice_speaks_miles_feet_and_pounds() -> None:
    assert AMERICAN.say_distance(16.09344) == "10 miles"
    assert AMERICAN.say_climb(100) == "330 feet"
    assert AMERICAN.say_weight(72.5) == "159.8 pounds"
    assert AMERICAN.show_pace(300) == "8:03 /mi"
    assert AMERICAN.say_pace(300) == "8 minutes 3 per mile"
    assert AMERICAN.show_swim_pace(120) == "1:50 /100 yd"
    assert AMERICAN.show_temperature(20) == "68°F"


def test_a_metric_voice_speaks_kilometres_metres_and_kilograms() -> None:
    assert ENGLISH.say_climb(1) == "1 metre"
    assert ENGLISH.say_weight(72.5) == "72.5 kilograms"
    assert ENGLISH.say_pace(312) == "5 minutes 12 per kilometre"
    assert ENGLISH.show_pace(312) == "5:12 /km"
    assert ENGLISH.say_swim_pace(120) == "2 minutes per 100 metres"
    assert ENGLISH.say_temperature(1) == "1 degree"
    assert ENGLISH.say_temperature(-12) == "minus 12 degrees"


def test_signs_are_words() -> None:
    assert ENGLISH.signed(-12.4) == "minus 12"
    assert ENGLISH.signed(5.2) == "plus 5"
    assert ENGLISH.signed(-0.2) == "0"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 22), "yesterday"),
        (date(2026, 11, 23), "today"),
        (date(2026, 11, 24), "tomorrow"),
        (date(2026, 11, 27), "on Friday"),
        (date(2026, 11, 20), "on Friday"),
        (date(2026, 12, 3), "on Thursday 3 December"),
        (date(2026, 11, 16), "on 16 November"),
        (date(2027, 1, 2), "on Saturday 2 January 2027"),
    ],
)
def test_days_are_named_by_their_distance(day: date, said: str) -> None:
    assert ENGLISH.day(day, MONDAY) == said


def test_a_time_of_day_has_no_leading_zero() -> None:
    assert ENGLISH.time(datetime(2026, 11, 23, 7, 5)) == "7:05"  # noqa: DTZ001
    assert ENGLISH.weekday(MONDAY) == "Monday"


def test_a_phrase_chooses_its_plural_by_number() -> None:
    assert ENGLISH.say("laps.count", n=1) == "1 lap."
    assert ENGLISH.say("laps.count", n=0) == "0 laps."
    assert ENGLISH.say("laps.count", n=1200) == "1,200 laps."


def test_braces_in_a_name_are_no_placeholders() -> None:
    assert ENGLISH.say("plan.done", day="today", names="{n} {day}") == (
        "Done today: {n} {day}"
    )


def test_a_language_without_a_table_is_refused() -> None:
    with pytest.raises(KeyError):
        phrases_of("xx")


def test_a_breath_ends_before_280_characters_at_the_end_of_a_sentence() -> None:
    parts = ["First." * 20, None, "", "Second." * 30, "Third."]
    assert in_one_breath(ENGLISH, parts) == "First." * 20 + " Third."
    assert len(in_one_breath(ENGLISH, ["word " * 100])) < 280
    assert in_one_breath(ENGLISH, []) == ""


def test_a_name_that_ends_by_itself_gets_no_full_stop() -> None:
    assert (sentence("Go!"), sentence("Go")) == ("Go!", "Go.")


@given(st.floats(0, 1e9), st.sampled_from([ENGLISH, AMERICAN]))
def test_every_measure_is_short_and_a_word(value: float, voice: Voice) -> None:
    for show in (
        voice.say_distance,
        voice.show_distance,
        voice.say_duration,
        voice.show_duration,
        voice.say_pace,
        voice.show_pace,
        voice.say_swim_pace,
        voice.say_weight,
        voice.say_climb,
        voice.show_temperature,
        voice.signed,
        voice.number,
    ):
        said = show(value)
        assert said.strip()
        assert len(said) < 80
        assert "\N{NO-BREAK SPACE}" not in said
