"""What the bridge says and shows can be said back to it, in every language."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.domain.inputs import (
    Dimension,
    InputError,
    Mistake,
    parse_day,
    parse_distance,
    parse_duration,
    parse_pace,
    parse_quantity,
)
from bridge.domain.inputs.days import Direction
from bridge.domain.speech.phrases import LANGUAGES
from bridge.domain.speech.voice import Units, Voice

LOCALES = ("en_GB", "en_US", "de_DE", "de_CH", "fr_FR", "es_ES")
UNITS: tuple[Units, ...] = ("metric", "imperial")
any_voice = st.builds(Voice, st.sampled_from(LOCALES), st.sampled_from(UNITS))
spoken_voice = st.builds(
    Voice,
    st.sampled_from([name for name in LOCALES if name[:2] in LANGUAGES]),
    st.sampled_from(UNITS),
)


@given(any_voice, st.integers(300, 2000))
def test_a_shown_weight_is_read_back(voice: Voice, tenths: int) -> None:
    kg = tenths / 10
    read = parse_quantity(voice.show_weight(kg), Dimension.MASS)
    assert read == pytest.approx(kg, abs=0.05)


@given(any_voice, st.integers(1, 99_000))
def test_a_distance_is_read_back(voice: Voice, metres: int) -> None:
    shown, said = voice.show_distance(metres / 1000), voice.say_distance(metres / 1000)
    assert parse_distance(shown) == pytest.approx(metres, abs=81)
    # A long way is said in whole kilometres or miles.
    near = 81 if metres < 30_000 else 805
    assert parse_distance(said) == pytest.approx(metres, abs=near)


@given(any_voice, st.integers(1, 48 * 3600))
def test_a_duration_is_read_back(voice: Voice, seconds: int) -> None:
    known = seconds if seconds < 600 else round(seconds / 60) * 60
    assert parse_duration(voice.show_duration(seconds)) == known
    assert parse_duration(voice.say_duration(seconds)) == known


@given(any_voice, st.integers(121, 1200))
def test_a_shown_pace_is_read_back(voice: Voice, seconds: int) -> None:
    run = parse_pace(voice.show_pace(seconds))
    assert run.s_per_km == pytest.approx(seconds, abs=0.5)
    swim = parse_pace(voice.show_swim_pace(seconds / 10))
    assert swim.s_per_100m == pytest.approx(seconds / 10, abs=0.6)


@given(spoken_voice, st.integers(121, 1200))
def test_a_spoken_pace_is_read_back(voice: Voice, seconds: int) -> None:
    run = parse_pace(voice.say_pace(seconds))
    assert run.s_per_km == pytest.approx(seconds, abs=0.5)
    swim = parse_pace(voice.say_swim_pace(seconds / 10))
    assert swim.s_per_100m == pytest.approx(seconds / 10, abs=0.6)


@given(spoken_voice, st.dates(date(2000, 1, 1), date(2099, 1, 1)), st.integers(-6, 6))
def test_a_spoken_day_is_read_back(voice: Voice, today: date, distance: int) -> None:
    day = today + timedelta(days=distance)
    said = voice.day(day, today)
    # What is over is said of the past: "on Thursday" has its way from its verb.
    direction: Direction = "backward" if distance < 0 else "forward"
    assert parse_day(said, today, direction=direction) == day


@given(any_voice, st.integers(0, 200_000))
def test_a_grouped_number_is_read_back_or_refused(voice: Voice, steps: int) -> None:
    try:
        read: float | Mistake = parse_quantity(voice.number(steps), Dimension.COUNT)
    except InputError as error:
        read = error.mistake
    assert read in {steps, Mistake.AMBIGUOUS}
