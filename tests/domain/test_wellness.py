from __future__ import annotations

from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.domain.flat import plain
from bridge.domain.raw import fields_of
from bridge.domain.speech.phrases import LANGUAGES, phrases_of
from bridge.domain.speech.voice import ENGLISH, Voice
from bridge.domain.wellness.day import (
    RawWellness,
    Wellness,
    flatten_wellness,
    mean,
    say_value,
    say_wellness,
    say_wellness_range,
)
from bridge.domain.wellness.fields import (
    SPOKEN_ONLY_WHEN_ASKED,
    WELLNESS_BY_NAME,
    WELLNESS_FIELDS,
)
from bridge.errors import UpstreamGarbage
from tests.domain.odd import VOICES, assert_speakable, odd_numbers, odd_records

DAYS = "in the last 7 days"
TODAY = date(2026, 11, 23)
DAY = RawWellness(
    id="2026-11-23",
    weight_kg=72.5,
    temp_weight=True,
    resting_hr_bpm=48,
    temp_resting_hr=False,
    hrv_ms=61.4,
    sleep_s=27000,
    sleep_score=82,
    sleep_quality=2,
    fatigue=0,
    menstrual_phase="LUTEAL",
    comments="Slept badly",
    locked=True,
    updated="2026-11-23T06:29:54.818+00:00",
)


def test_the_table_and_both_records_have_the_same_names() -> None:
    upstream = {
        field.name: field.encode_name for field in msgspec.structs.fields(RawWellness)
    }
    table = {field.name: field.upstream for field in WELLNESS_FIELDS}
    assert table.items() <= upstream.items()
    own = set(Wellness.__struct_fields__) - table.keys()
    assert set(table) <= set(Wellness.__struct_fields__)
    copied = {"weight_is_copied", "resting_hr_is_copied"}
    assert own == {"date", "locked", "updated_at"} | copied
    assert len(WELLNESS_BY_NAME) == len(WELLNESS_FIELDS)


def test_every_readable_key_of_the_documented_row_is_in_the_table() -> None:
    keys = set(fields_of(RawWellness).split(","))
    assert {"weight", "restingHR", "hrvSDNN", "kcalConsumed", "tempWeight"} <= keys
    assert len(WELLNESS_FIELDS) == 35


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_has_a_phrase_and_every_scale_its_words(language: str) -> None:
    table = phrases_of(language)
    for field in WELLNESS_FIELDS:
        assert f"wellness.{field.name}" in table
        if field.scale:
            numbers = range(int(field.least), int(field.most) + 1)
            assert {f"scale.{field.name}.{n}" for n in numbers} <= table.keys()


def test_a_day_is_flat_with_units_in_its_names() -> None:
    assert plain(flatten_wellness(DAY)) == {
        "date": "2026-11-23",
        "weight_kg": 72.5,
        "weight_is_copied": "yes",
        "resting_hr_bpm": 48,
        "hrv_ms": 61.4,
        "sleep_s": 27000,
        "sleep_score": 82.0,
        "sleep_quality": 2,
        "fatigue": 0,
        "locked": "yes",
        "updated_at": "2026-11-23T06:29:54Z",
    }


def test_the_cycle_and_comments_come_only_when_asked_for() -> None:
    asked = flatten_wellness(DAY, private=True)
    assert (asked.menstrual_phase, asked.comments) == ("LUTEAL", "Slept badly")
    without = flatten_wellness(DAY)
    assert (without.menstrual_phase, without.comments) == (None, None)


@pytest.mark.parametrize(
    ("name", "value", "english", "german"),
    [
        ("soreness", 0, "No soreness.", "Kein Muskelkater."),
        ("fatigue", 0, "No tiredness.", "Keine Müdigkeit."),
        ("stress", 0, "No stress.", "Kein Stress."),
        ("injury", 1, "No injury.", "Keine Verletzung."),
        ("soreness", 2, "Moderate soreness.", "Mittlerer Muskelkater."),
        ("locked", "yes", "The day is locked.", "Der Tag ist gesperrt."),
        ("locked", "no", "The day isn't locked.", "Der Tag ist nicht gesperrt."),
    ],
)
def test_what_there_is_none_of_is_said_so(
    name: str, value: int | str, english: str, german: str
) -> None:
    assert say_value(name, value, ENGLISH) == english
    assert say_value(name, value, Voice("de_DE")) == german


def test_sleep_is_said_first_and_weight_not_at_all() -> None:
    assert say_wellness(flatten_wellness(DAY, private=True), ENGLISH, TODAY) == (
        "Slept 7 hours 30. Sleep score 82. HRV 61. Resting heart rate 48. "
        "Sleep was good. No tiredness."
    )


@pytest.mark.parametrize("name", sorted(SPOKEN_ONLY_WHEN_ASKED))
def test_what_is_private_is_said_only_when_asked_by_name(name: str) -> None:
    private = {
        "weight_kg": "72.5",
        "menstrual_phase": "luteal",
        "menstrual_phase_predicted": "period",
        "comments": "badly",
    }
    raw = msgspec.structs.replace(DAY, menstrual_phase_predicted="PERIOD")
    wellness = flatten_wellness(raw, private=True)
    silent = say_wellness(wellness, ENGLISH, TODAY)
    assert not any(word in silent for word in private.values())
    asked = say_wellness(wellness, ENGLISH, TODAY, asked=[name])
    assert private[name] in asked.partition(". ")[0]


def test_small_values_keep_a_decimal() -> None:
    raw = RawWellness(id="2026-11-23", lactate_mmol_per_l=2.14)
    asked = ["lactate_mmol_per_l"]
    assert say_wellness(flatten_wellness(raw), ENGLISH, TODAY, asked=asked) == (
        "Lactate 2.1 millimoles per litre."
    )


def test_impossible_values_are_left_out() -> None:
    raw = RawWellness(
        id="2026-11-23",
        weight_kg=0,
        resting_hr_bpm=-1,
        sleep_quality=7,
        spo2_percent=140,
        menstrual_phase="OTHER",
    )
    assert plain(flatten_wellness(raw, private=True)) == {"date": "2026-11-23"}


def test_an_empty_day_is_explained() -> None:
    empty = flatten_wellness(RawWellness(id="2026-11-22"))
    assert say_wellness(empty, ENGLISH, TODAY) == (
        "There's no sleep or heart rate data for yesterday yet."
    )


def test_a_night_that_nobody_rated_is_told_by_its_length() -> None:
    night = flatten_wellness(RawWellness(id=f"{TODAY}", sleep_s=27_000))
    said = say_wellness(night, ENGLISH, TODAY, asked=["sleep_quality"])
    assert said == say_wellness(night, ENGLISH, TODAY, asked=["sleep_s"])
    assert said.startswith("Slept 7 hours 30.")


def test_several_days_are_said_as_averages() -> None:
    days = [
        Wellness(date="2026-11-22", sleep_s=25200, hrv_ms=60, resting_hr_bpm=50),
        Wellness(date="2026-11-23", sleep_s=28800, hrv_ms=70),
    ]
    assert say_wellness_range(days, ENGLISH, period=DAYS) == (
        "Average of 2 nights in the last 7 days: "
        "sleep 7 hours 30, HRV 65, resting heart rate 50."
    )
    unknown = [Wellness(date=day.date) for day in days]
    assert say_wellness_range(unknown, ENGLISH, period=DAYS) == "2 days."
    none = say_wellness_range([], ENGLISH, period=DAYS)
    assert none.endswith("data in the last 7 days.")
    assert mean([None, None]) is None


@pytest.mark.parametrize("day", [None, "", "yesterday", "2026-02-30", 20261123])
def test_without_a_day_it_is_no_wellness(day: object) -> None:
    with pytest.raises(UpstreamGarbage):
        flatten_wellness(RawWellness(id=day))


@given(
    odd_records(
        RawWellness,
        id=st.just("2026-11-23"),
        sleep_s=odd_numbers,
        hrv_ms=odd_numbers,
        weight_kg=odd_numbers,
    ),
    st.lists(st.sampled_from([field.name for field in WELLNESS_FIELDS] + ["x"])),
)
def test_any_row_is_flat_and_speakable(raw: RawWellness, asked: list[str]) -> None:
    try:
        wellness = flatten_wellness(raw, private=True)
    except UpstreamGarbage:
        return
    plain(wellness)
    for voice in VOICES:
        silent = say_wellness(wellness, voice, TODAY)
        assert_speakable(silent)
        assert_speakable(say_wellness_range([wellness], voice, period=DAYS))
        assert say_wellness(wellness, voice, TODAY, asked=asked)


def test_an_empty_day_is_named_with_the_right_words() -> None:
    for day, said in (
        ("2026-11-23", "for today yet"),
        ("2026-11-24", "for tomorrow yet"),
        ("2026-11-20", "for 20 November"),
        ("2025-11-20", "for 20 November 2025"),
    ):
        speech = say_wellness(Wellness(date=day), ENGLISH, date(2026, 11, 23))
        assert speech == f"There's no sleep or heart rate data {said}."
