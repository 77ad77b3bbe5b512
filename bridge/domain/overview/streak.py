"""Streaks: days and weeks in a row with training."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import msgspec

from bridge.domain.activity.activity import Activity
from bridge.domain.moment import read_day
from bridge.domain.overview.week import monday_of
from bridge.domain.speech.breath import in_one_breath
from bridge.domain.speech.voice import Voice

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)


class Streak(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How many days and weeks in a row were trained.

    Today counts once there is an activity; until the day is over a streak that
    reached yesterday lives on, and the same for weeks. ``alive_until`` is the last
    day on which training keeps the days alive (today or tomorrow), and is today
    where there is no streak.
    """

    days: int
    weeks: int
    alive_until: str
    weeks_alive_until: str
    trained_today: bool
    days_are_all: bool  # False where the streak may be longer than what was read
    weeks_are_all: bool
    verdict: str | None = None  # of today: sick, injured, holiday or easy


def flatten_streak(
    activities: Sequence[Activity], today: date, *, since: date | None = None
) -> Streak:
    """Count the streaks that end today or yesterday, this week or last.

    Parameters
    ----------
    activities
        Flat activities in any order; Strava stubs count, they were trained too.
    today
        The athlete's day; activities after it are passed over.
    since
        The first day that was read: a streak that reaches it may be longer.

    Source
    ------
    GET /api/v1/athlete/{id}/activities.
    """
    found = (read_day(activity.date) for activity in activities)
    trained = {day for day in found if day is not None and day <= today}
    weeks_trained = {monday_of(day) for day in trained}
    this_week = monday_of(today)
    days, first_day = _run(trained, today, _DAY)
    weeks, first_week = _run(weeks_trained, this_week, _WEEK)
    trained_today = today in trained
    trained_this_week = this_week in weeks_trained
    week_end = this_week + _WEEK - _DAY
    return Streak(
        days=days,
        weeks=weeks,
        alive_until=(today + _DAY if trained_today else today).isoformat(),
        weeks_alive_until=(
            week_end + _WEEK if trained_this_week else week_end
        ).isoformat(),
        trained_today=trained_today,
        days_are_all=since is None or not days or first_day > since,
        weeks_are_all=since is None or not weeks or first_week > since,
    )


def _run(trained: set[date], now: date, step: timedelta) -> tuple[int, date]:
    """Count back from now; what is not trained yet may still be."""
    cursor = now if now in trained else now - step
    length = 0
    while cursor in trained:
        length += 1
        cursor -= step
    return length, cursor + step


def say_streak(streak: Streak, voice: Voice, *, may_train: bool = True) -> str:
    """Say the days and weeks, and what today means for them.

    ``may_train`` is False on a day of rest, and for who is ill, hurt or worn out:
    a streak is no reason to train then.
    """
    if not streak.days and not streak.weeks:
        return voice.say("streak.none")
    if streak.days == streak.weeks == 1 and streak.days_are_all:
        if streak.trained_today:
            return voice.say("streak.first")
        if may_train:
            return voice.say("streak.second")
    whole = streak.days_are_all and streak.weeks_are_all
    days = voice.say("streak.of_days", n=streak.days) if streak.days else None
    weeks = voice.say("streak.of_weeks", n=streak.weeks) if streak.weeks else None
    what = voice.listed([part for part in (days, weeks) if part])
    counts = streak.days and not streak.trained_today and may_train
    said = voice.say("streak.row" if whole else "streak.row_or_more", what=what)
    key = "easy" if streak.verdict == "easy" else "today"
    return in_one_breath(
        voice, (said, voice.say(f"streak.{key}_counts") if counts else None)
    )
