"""Let the pretend athlete train for two years, day by day, from a seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from bridge.simulator.seed import session
from bridge.simulator.seed.session import Recipe, Session

HISTORY_DAYS = 730
SURE_DAYS = 7  # nothing is missed in the last week


def ftp_on(day: date, today: date, ftp_now: int) -> int:
    """Return the athlete's FTP of a day: it has grown in small steps."""
    seasons_ago = (today - day).days // 90
    return ftp_now - 4 * min(seasons_ago, 6)


def weekday_plan(day: date, rng: random.Random) -> list[tuple[str, Recipe]]:
    """Return what the athlete means to do on a day: wall clock and session."""
    summer, second_week = 5 <= day.month <= 9, day.isocalendar().week % 2 == 0
    swim = [("06:41:20", session.pool_swim)] if second_week else []
    water = session.open_water_swim if summer else session.pool_swim
    week: list[list[tuple[str, Recipe]]] = [
        [("18:30:12", session.strength)],
        [("17:45:03", session.ride_intervals)],
        [*swim, ("18:05:44", session.easy_run)],
        [("17:30:31", session.tempo_ride if summer else session.ride_intervals)],
        [("06:50:09", water)] if rng.random() < 0.5 else [],
        [("09:12:57", session.long_run if second_week else session.run_intervals)],
        [("10:04:38", session.long_ride)],
    ]
    return week[day.weekday()]


def train(seed: int, today: date) -> Iterator[tuple[date, str, Session]]:
    """Yield every session of the history: day, wall clock, what was done."""
    first = today - timedelta(days=HISTORY_DAYS)
    for days in range(HISTORY_DAYS):
        day = first + timedelta(days=days)
        rng = random.Random(f"{seed}:{day}")
        plan = weekday_plan(day, rng)
        if _missed(day, today, rng):
            continue
        if day == today - timedelta(days=1):
            plan = _lively(plan, day, seed)
        yield from ((day, clock, recipe(rng)) for clock, recipe in plan)


def _missed(day: date, today: date, rng: random.Random) -> bool:
    if (today - day).days <= SURE_DAYS:
        return False
    ill = day.isocalendar().week in (6, 43)
    return ill or rng.random() < 0.11


def _lively(
    plan: list[tuple[str, Recipe]], yesterday: date, seed: int
) -> list[tuple[str, Recipe]]:
    """Make sure that yesterday had something, and the last three days a run."""
    for days in range(3):
        day = yesterday - timedelta(days=days)
        recipes = weekday_plan(day, random.Random(f"{seed}:{day}"))
        if any("run" in recipe.__name__ for _, recipe in recipes):
            break
    else:
        return [*plan, ("19:20:26", session.run_intervals)]
    return plan or [("18:15:40", session.easy_run)]
