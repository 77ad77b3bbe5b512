from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.domain.activity.activity import Activity
from bridge.domain.flat import plain
from bridge.domain.overview.streak import flatten_streak, say_streak
from bridge.domain.speech.voice import ENGLISH, Voice
from tests.domain.odd import VOICES, assert_speakable

TODAY = date(2026, 11, 25)  # a Wednesday


def trained(*ages: int) -> list[Activity]:
    days = [TODAY - timedelta(days=age) for age in ages]
    return [Activity(activity_id="i1", date=day.isoformat()) for day in days]


@pytest.mark.parametrize(
    ("ages", "days", "alive_until"),
    [
        ((), 0, "2026-11-25"),
        ((0,), 1, "2026-11-26"),
        ((0, 0, 1, 2), 3, "2026-11-26"),
        ((1, 2, 3), 3, "2026-11-25"),
        ((2, 3), 0, "2026-11-25"),
        ((-1, 0), 1, "2026-11-26"),
    ],
)
def test_a_streak_has_grace_until_the_day_is_over(
    ages: tuple[int, ...], days: int, alive_until: str
) -> None:
    streak = flatten_streak(trained(*ages), TODAY)
    assert (streak.days, streak.alive_until) == (days, alive_until)


@pytest.mark.parametrize(
    ("ages", "weeks", "alive_until"),
    [
        ((0, 7, 14), 3, "2026-12-06"),
        ((3, 10), 2, "2026-11-29"),
        ((2, 3), 2, "2026-12-06"),
        ((10,), 0, "2026-11-29"),
    ],
)
def test_weeks_have_grace_until_sunday(
    ages: tuple[int, ...], weeks: int, alive_until: str
) -> None:
    streak = flatten_streak(trained(*ages), TODAY)
    assert (streak.weeks, streak.weeks_alive_until) == (weeks, alive_until)


def test_a_streak_is_flat() -> None:
    assert plain(flatten_streak(trained(0, 1), TODAY)) == {
        "days": 2,
        "weeks": 1,
        "alive_until": "2026-11-26",
        "weeks_alive_until": "2026-12-06",
        "trained_today": "yes",
        "days_are_all": "yes",
        "weeks_are_all": "yes",
    }


def test_a_streak_as_long_as_what_was_read_may_be_longer() -> None:
    streak = flatten_streak(trained(*range(10)), TODAY, since=TODAY - timedelta(days=9))
    assert (streak.days_are_all, streak.weeks_are_all) == (False, False)
    assert say_streak(streak, ENGLISH) == (
        "You've trained at least 10 days in a row and 2 weeks in a row."
    )


def test_a_streak_is_said_with_what_keeps_it_alive() -> None:
    assert say_streak(flatten_streak(trained(1), TODAY), ENGLISH) == (
        "You trained yesterday. Train today, and it's a streak."
    )
    assert say_streak(flatten_streak(trained(0), TODAY), ENGLISH) == (
        "First day. Train tomorrow, and it's a streak."
    )
    row = flatten_streak(trained(1, 2), TODAY)
    assert say_streak(row, ENGLISH) == (
        "You've trained 2 days in a row and 1 week in a row. "
        "Train today to keep it going."
    )
    assert say_streak(row, Voice("de_DE")) == (
        "Du hast 2 Tage in Folge und eine Woche in Folge trainiert. "
        "Trainier heute, dann hält die Serie."
    )
    assert "today" not in say_streak(row, ENGLISH, may_train=False)
    assert say_streak(flatten_streak([], TODAY), ENGLISH).startswith(
        "There's no streak yet."
    )


@given(st.lists(st.integers(-10, 800)))
def test_any_history_is_speakable(ages: list[int]) -> None:
    streak = flatten_streak(trained(*ages), TODAY, since=TODAY - timedelta(days=365))
    assert 0 <= streak.days <= len({age for age in ages if age >= 0})
    for voice in VOICES:
        assert_speakable(say_streak(streak, voice))
