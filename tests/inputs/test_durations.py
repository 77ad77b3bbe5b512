"""Durations and paces as people say and type them."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.domain.inputs import (
    InputError,
    Mistake,
    Pace,
    format_pace,
    parse_duration,
    parse_pace,
)
from bridge.domain.inputs.numbers import take_number
from bridge.domain.inputs.paces import Per
from bridge.domain.inputs.tokens import tokenize

LANGUAGES = ("en", "de", "fr", "es")


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("7h 20", 26_400),
        ("7h20", 26_400),
        ("7:20", 26_400),
        ("7:20 h", 26_400),
        ("4:05 min", 245),
        ("1h30m", 5400),
        ("1h 30'", 5400),
        ("90 min", 5400),
        ("45'", 2700),
        ("45\u2032", 2700),
        ("1:05:30", 3930),
        ("7.5 h", 27_000),
        ("7,5 Stunden", 27_000),
        ("1 Std. 20 Min.", 4800),
        ("eine Stunde 20 Minuten", 4800),
        ("eine Stunde und zwanzig Minuten", 4800),
        ("2 hours and 5 minutes", 7500),
        ("2 hours, 5 minutes", 7500),
        ("1 heure 5 minutes", 3900),
        ("1 hora y 5 minutos", 3900),
        ("half an hour", 1800),
        ("eine halbe Stunde", 1800),
        ("a quarter of an hour", 900),
        ("Dreiviertelstunde", 2700),
        ("an hour and a half", 5400),
        ("two and a half hours", 9000),
        ("anderthalb Stunden", 5400),
        ("eineinhalb Stunden", 5400),
        ("zweieinhalb Stunden", 9000),
        ("seventy-five minutes", 4500),
        ("fünfundvierzig Minuten", 2700),
        ("hundertzwanzig Minuten", 7200),
        ("4 min 10", 250),
        ("90 Sekunden", 90),
    ],
)
def test_durations_are_read_as_they_were_meant(text: str, seconds: int) -> None:
    assert parse_duration(text) == seconds


def test_a_bare_number_has_the_unit_of_its_field() -> None:
    assert parse_duration(26_400, default_unit="s") == 26_400
    assert parse_duration("90", default_unit="min") == 5400
    assert parse_duration(7.5, default_unit="h") == 27_000


@pytest.mark.parametrize(
    ("value", "unit"),
    [
        ("90", None),
        (90, None),
        ("7,5", "s"),
        ("26.400", "s"),
        ("1,234 h", None),
        ("1.500 s", None),
    ],
)
def test_a_duration_that_could_be_two_is_refused(value: object, unit: None) -> None:
    with pytest.raises(InputError) as caught:
        parse_duration(value, default_unit=unit)
    assert caught.value.mistake is Mistake.AMBIGUOUS
    assert parse_duration(caught.value.example) > 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "h",
        "Stunde",
        "1h 1h",
        "5 min 1 h",
        "1h and",
        "7:60",
        "1:2",
        "-5 min",
        "7h 75",
    ],
)
def test_nonsense_is_no_duration(text: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_duration(text, default_unit="s")
    assert caught.value.mistake is Mistake.NOT_A_DURATION


@pytest.mark.parametrize(
    "value", ["49 h", "48:01", "0 min", 0, -60, 1e9, "9" * 12 + " h"]
)
def test_durations_without_end_or_beginning_are_refused(value: object) -> None:
    with pytest.raises(InputError) as caught:
        parse_duration(value, default_unit="s")
    assert caught.value.mistake is Mistake.OUT_OF_RANGE


def test_a_colon_means_what_the_field_says() -> None:
    assert parse_duration("4:10", clock="m:ss") == 250
    assert parse_duration("4:10", clock="h:mm") == 15_000


def written(seconds: int, language: str) -> str:
    hours, rest = divmod(seconds, 3600)
    numbers = (hours, *divmod(rest, 60))
    units = ("Std.", "Min.", "Sek.") if language == "de" else ("h", "min", "s")
    parts = [f"{n} {unit}" for n, unit in zip(numbers, units, strict=True) if n]
    return " ".join(parts) or f"0 {units[2]}"


@given(st.integers(1, 48 * 3600), st.sampled_from(LANGUAGES))
def test_a_written_duration_is_read_back_in_every_language(
    seconds: int, language: str
) -> None:
    assert parse_duration(written(seconds, language)) == seconds


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("zero", 0),
        ("twenty one", 21),
        ("one hundred and twenty", 120),
        ("a hundred", 100),
        ("zweiundsiebzig", 72),
        ("dreissig", 30),
        ("einhundertsieben", 107),
        ("half an", 0.5),
        ("12,5", 12.5),
    ],
)
def test_number_words_reach_up_to_120(words: str, number: float) -> None:
    tokens = tokenize(words)
    assert take_number(tokens, 0) == (number, len(tokens))


@pytest.mark.parametrize(
    ("text", "s_per_km"),
    [
        ("4:10/km", 250),
        ("4:10", 250),
        ("4:10 min/km", 250),
        ("4:10 per kilometre", 250),
        ("4 min 10", 250),
        ("4'10\"/km", 250),
        ("4 Minuten 10 pro Kilometer", 250),
        ("250 s/km", 250),
        ("6:45/mi", 251.656),
        ("1:45/100m", 1050),
        ("1:30/100y", 984.252),
        ("2:05/500m", 250),
        ("4 m/s", 250),
        ("14,4 km/h", 250),
    ],
)
def test_paces_are_read_with_their_length(text: str, s_per_km: float) -> None:
    pace = parse_pace(text)
    assert pace.s_per_km == pytest.approx(s_per_km, abs=0.001)
    assert pace.s_per_100m == pytest.approx(s_per_km / 10, abs=0.001)
    assert pace.speed_m_per_s == pytest.approx(1000 / s_per_km, abs=0.0001)


def test_a_swimmer_who_names_no_length_means_100_metres() -> None:
    assert parse_pace("1:45", per="100m") == Pace(105.0, "100m")


@pytest.mark.parametrize("value", [250, "250", "4.10/km", "4,10 min/km"])
def test_decimal_minutes_and_bare_numbers_are_no_clear_pace(value: object) -> None:
    with pytest.raises(InputError) as caught:
        parse_pace(value)
    assert caught.value.mistake is Mistake.AMBIGUOUS
    assert caught.value.example == "4:10/km"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("4:70", Mistake.NOT_A_PACE),
        ("fast", Mistake.NOT_A_PACE),
        ("4:10/km or so", Mistake.NOT_A_PACE),
        ("4:10/parsec", Mistake.NOT_A_PACE),
        ("0:30/km", Mistake.OUT_OF_RANGE),
        ("0 m/s", Mistake.OUT_OF_RANGE),
        ("2:00:00/km", Mistake.OUT_OF_RANGE),
    ],
)
def test_paces_nobody_runs_are_refused(text: str, kind: Mistake) -> None:
    with pytest.raises(InputError) as caught:
        parse_pace(text)
    assert caught.value.mistake is kind


@given(st.integers(120, 360), st.sampled_from(["km", "mi", "500m"]))
def test_a_written_pace_is_read_back(seconds: int, per: Per) -> None:
    pace = Pace(float(seconds), per)
    assert parse_pace(format_pace(pace)) == pace


@given(
    st.text(st.sampled_from("0123456789:.,/'\" hmskinund+-"), max_size=30) | st.text()
)
def test_any_text_is_a_duration_or_a_pace_or_refused(text: str) -> None:
    with contextlib.suppress(InputError):
        assert 1 <= parse_duration(text, default_unit="min") <= 48 * 3600
    with contextlib.suppress(InputError):
        assert 60 <= parse_pace(text).s_per_km <= 3600


def test_a_megabyte_of_words_is_refused_at_once() -> None:
    started = time.perf_counter()
    for sign in ("1h ", "1:", "and ", "zwei", "'"):
        with pytest.raises(InputError):
            parse_duration(sign * 250_000)
        with pytest.raises(InputError):
            parse_pace(sign * 250_000)
    assert time.perf_counter() - started < 0.5
