"""Scales by number and word, free text, sports and unknown names."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.domain.inputs import (
    InputError,
    Mistake,
    Scale,
    nearest_name,
    parse_scale,
    parse_text,
    read_sport,
    scale_limits,
    spoken_name,
    unknown_keys,
)
from bridge.domain.speech.phrases import LANGUAGES, words_of
from bridge.domain.speech.voice import Voice

FIELDS = ("weight_kg", "weight_lb", "sleep_s", "resting_hr_bpm", "hrv_ms", "mood")


@pytest.mark.parametrize(
    ("value", "scale", "number"),
    [
        ("excellent", Scale.MOOD, 1),
        ("good", Scale.MOOD, 2),
        ("Sehr gut", Scale.SLEEP_QUALITY, 1),
        ("gut", Scale.MOTIVATION, 2),
        ("schlecht", Scale.MOOD, 4),
        ("super", Scale.MOOD, 1),
        ("none", Scale.SORENESS, 0),
        (0, Scale.SORENESS, 0),
        ("hoch", Scale.STRESS, 3),
        ("extreme", Scale.FATIGUE, 4),
        ("niggle", Scale.INJURY, 2),
        ("very dehydrated", Scale.HYDRATION, 4),
        ("strong", Scale.FEEL, 1),
        ("schwach", Scale.FEEL, 5),
        ("7", Scale.RPE, 7),
        ("seven", Scale.RPE, 7),
        ("sieben", Scale.RPE, 7),
        (7.0, Scale.RPE, 7),
        ("sehr hart", Scale.RPE, 8),
        ("Très bien", Scale.MOOD, 1),
        ("bonne", Scale.SLEEP_QUALITY, 2),
        ("pas du tout", Scale.SORENESS, 0),
        ("élevé", Scale.STRESS, 3),
        ("blessée", Scale.INJURY, 4),
        ("un peu difficile", Scale.RPE, 5),
        ("Muy bien", Scale.SLEEP_QUALITY, 1),
        ("baja", Scale.MOTIVATION, 4),
        ("ninguna", Scale.FATIGUE, 0),
        ("muy alto", Scale.STRESS, 4),
        ("molestias", Scale.INJURY, 2),
        ("débil", Scale.FEEL, 5),
        ("algo exigente", Scale.RPE, 5),
    ],
)
def test_numbers_and_words_find_their_place(
    value: object, scale: Scale, number: int
) -> None:
    assert parse_scale(value, scale) == number


@pytest.mark.parametrize(
    ("value", "scale", "kind"),
    [
        ("purple", Scale.MOOD, Mistake.NOT_ON_THE_SCALE),
        ("not good", Scale.MOOD, Mistake.NOT_ON_THE_SCALE),
        ("2.5", Scale.MOOD, Mistake.NOT_ON_THE_SCALE),
        ("", Scale.MOOD, Mistake.NOT_ON_THE_SCALE),
        ("٣", Scale.MOOD, Mistake.NOT_ON_THE_SCALE),
        (0, Scale.MOOD, Mistake.OUT_OF_RANGE),
        ("5", Scale.MOOD, Mistake.OUT_OF_RANGE),
        ("11", Scale.RPE, Mistake.OUT_OF_RANGE),
        (True, Scale.MOOD, Mistake.NOT_A_NUMBER),
        (None, Scale.FEEL, Mistake.NOT_A_NUMBER),
    ],
)
def test_what_is_not_on_the_scale_is_refused_with_an_example(
    value: object, scale: Scale, kind: Mistake
) -> None:
    with pytest.raises(InputError) as caught:
        parse_scale(value, scale)
    assert caught.value.mistake is kind
    word, _, number = caught.value.example.partition(" or ")
    assert parse_scale(word, scale) == parse_scale(number, scale)


@pytest.mark.parametrize("scale", list(Scale))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_of_every_scale_has_words(scale: Scale, language: str) -> None:
    low, high = scale_limits(scale)
    tables = words_of(language, "scales").values()
    steps = [str(number) for number in range(low, high + 1)]
    assert any(list(table) == steps and all(table.values()) for table in tables)


@pytest.mark.parametrize("scale", list(Scale))
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_of_a_scale_can_be_said_back(scale: Scale, language: str) -> None:
    low, high = scale_limits(scale)
    for number in range(low, high + 1):
        said = Voice(language).say(f"scale.{scale}.{number}")
        assert parse_scale(said, scale) == number


TABLES = {
    Scale.MOOD: "quality",
    Scale.SORENESS: "strain",
    **{scale: scale.value for scale in list(Scale)[6:]},
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scale", TABLES)
def test_no_word_stands_for_two_numbers_of_a_scale(scale: Scale, language: str) -> None:
    for number, words in words_of(language, "scales")[TABLES[scale]].items():
        assert {parse_scale(word, scale) for word in words} == {int(number)}


@given(st.text(max_size=30), st.sampled_from(list(Scale)))
def test_any_word_is_on_the_scale_or_refused(text: str, scale: Scale) -> None:
    try:
        number = parse_scale(text, scale)
    except InputError:
        return
    low, high = scale_limits(scale)
    assert low <= number <= high


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  Evening   ride ", "Evening ride"),
        ("Evening\r\rride", "Evening ride"),
        ("line1\r\nX-Evil: 1", "line1 X-Evil: 1"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("\u202egnp.exe", "\u202egnp.exe"),
        ("👩\u200d👧", "👩\u200d👧"),
    ],
)
def test_names_are_kept_on_one_line(text: str, kept: str) -> None:
    assert parse_text(text) == kept


def test_a_comment_keeps_its_lines() -> None:
    assert parse_text(" one \r\n\r\n two ", lines=True) == "one\n\ntwo"


@pytest.mark.parametrize(
    "value",
    ["", "  ", "\ufeff\u200b", "\u0301", "\ud83d", "a\x00b", "a\x1bb", "x" * 256, 7],
)
def test_a_name_nobody_can_see_or_store_is_refused(value: object) -> None:
    with pytest.raises(InputError) as caught:
        parse_text(value)
    assert caught.value.mistake is Mistake.NOT_A_TEXT


@given(st.text(max_size=300))
def test_any_kept_text_can_be_encoded_and_kept_again(text: str) -> None:
    try:
        kept = parse_text(text)
    except InputError:
        return
    assert kept.encode()
    assert "\n" not in kept
    assert parse_text(kept) == kept


@pytest.mark.parametrize(
    ("text", "sport"),
    [("running", "Run"), ("laufen", "Run"), ("Rad fahren", "Ride"), ("swim", "Swim")],
)
def test_sports_have_words_in_two_languages(text: str, sport: str) -> None:
    assert read_sport(text) == sport


@pytest.mark.parametrize(
    ("text", "sport"),
    [
        ("Krafttraining", "WeightTraining"),
        ("vélo", "Ride"),
        ("Natación", "Swim"),
        ("open-water swim", "OpenWaterSwim"),
    ],
)
def test_sports_have_names_in_every_language(text: str, sport: str) -> None:
    assert read_sport(text) == sport


def test_a_sport_that_upstream_has_added_since_is_read_where_it_is_known() -> None:
    with pytest.raises(InputError):
        read_sport("fat bike ride")
    assert read_sport("fat bike ride", ["FatBikeRide"]) == "FatBikeRide"


def test_an_unknown_sport_is_refused() -> None:
    with pytest.raises(InputError):
        read_sport("curling")


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("wieght_kg", "weight_kg"),
        ("Weight", "weight_kg"),
        ("weight-kg", "weight_kg"),
        ("restingHR", "resting_hr_bpm"),
        ("sleep", "sleep_s"),
        ("is_admin", ""),
        ("", ""),
    ],
)
def test_a_mistyped_name_finds_its_neighbour(name: str, nearest: str) -> None:
    assert nearest_name(name, FIELDS) == nearest


def test_unknown_keys_come_with_what_was_meant() -> None:
    body = {"weight_kg": 72.5, "user_id": 1, "Mood": "good"}
    assert list(unknown_keys(body, FIELDS)) == [("user_id", ""), ("Mood", "mood")]


def test_a_name_is_cut_short_before_it_is_spoken() -> None:
    assert spoken_name("\u202ekey\x00\n" + "x" * 500) == "key" + "x" * 37


def test_a_megabyte_is_refused_or_cut_at_once() -> None:
    started = time.perf_counter()
    with pytest.raises(InputError):
        parse_scale("very " * 200_000, Scale.RPE)
    with pytest.raises(InputError):
        parse_text("x" * 1_000_000)
    assert next(unknown_keys(["k" * 1_000_000], FIELDS))[1] == ""
    assert time.perf_counter() - started < 0.5
