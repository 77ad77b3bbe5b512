"""Let the pretend athlete sleep, weigh in and sometimes forget it."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bridge.simulator.fields.bodies import Record
from bridge.simulator.seed.season import HISTORY_DAYS

if TYPE_CHECKING:
    from bridge.simulator.world import World

FORGETS = 0.14


def sleep(world: World) -> None:
    """Fill two years of wellness, with gaps; last night is always there."""
    today = world.today()
    for days_ago in range(HISTORY_DAYS, -1, -1):
        day = today - timedelta(days=days_ago)
        rng = random.Random(f"{world.seed}:night:{day}")
        if days_ago and rng.random() < FORGETS:
            continue
        row = _night(day, days_ago, rng)
        woke = f"{day}T06:{rng.randint(10, 59)}:21.40{rng.randint(0, 9)}+00:00"
        row["updated"] = min(woke, world.stamp())
        world.wellness[day.isoformat()] = row


def _night(day: date, days_ago: int, rng: random.Random) -> Record:
    tired = day.weekday() in (0, 4)
    hours = rng.gauss(7.4, 0.7) - (0.5 if tired else 0)
    row: Record = {
        "restingHR": round(rng.gauss(48, 1.6)) + tired,
        "hrv": round(rng.gauss(68, 7) - 5 * tired, 1),
        "sleepSecs": round(hours * 60) * 60,
        "sleepScore": float(max(30, min(98, round(hours * 11)))),
        "avgSleepingHR": round(rng.gauss(51, 1.5), 1),
        "spO2": round(rng.uniform(95, 98), 1),
        "respiration": round(rng.uniform(13.2, 14.8), 1),
        "tempRestingHR": False,
    }
    if days_ago:
        row["steps"] = rng.randint(4200, 14800)
    if days_ago == 0 or rng.random() < 0.45:
        row["weight"] = round(71.4 + days_ago / 365 + rng.uniform(-0.5, 0.5), 1)
        row["tempWeight"] = False
    if rng.random() < 0.4:
        row |= _feelings(rng)
    if day.day == 1:
        row |= {"vo2max": 54.0, "bodyFat": round(rng.uniform(12, 14), 1)}
    return row


def _feelings(rng: random.Random) -> Record:
    row: Record = {
        name: rng.choice((1, 2, 2, 3))
        for name in ("sleepQuality", "mood", "motivation")
    }
    row |= {
        name: rng.choice((1, 1, 2, 3)) for name in ("soreness", "fatigue", "stress")
    }
    if rng.random() < 0.2:
        row["comments"] = rng.choice(
            ["Legs are good", "Slept badly", "A bit of a cough"]
        )
    return row
