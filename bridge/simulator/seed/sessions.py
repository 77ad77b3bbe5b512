"""What the pretend athlete does: sessions as pieces of effort, and on which days."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

HISTORY_DAYS = 730
SURE_DAYS = 7  # nothing is missed in the last week


@dataclass(frozen=True, slots=True)
class Piece:
    """One steady stretch; effort 1.0 is the athlete's threshold."""

    seconds: int
    effort: float
    work: bool = False
    label: str | None = None
    stop_s: int = 0  # standing still afterwards: a jump in the time stream


@dataclass(frozen=True, slots=True)
class Session:
    """A named list of pieces of one activity type."""

    type: str
    name: str
    pieces: tuple[Piece, ...]
    indoor: bool = False


SLIVER = Piece(1, 0.6)  # devices leave a second between two laps


def _repeats(
    count: int, work: Piece, rest: Piece, *, sliver: bool = False
) -> list[Piece]:
    block: list[Piece] = []
    for _ in range(count):
        block += [work, SLIVER, rest] if sliver else [work, rest]
    return block


def long_ride(rng: random.Random) -> Session:
    """Ride for hours with a stop for coffee."""
    hour = rng.randint(3000, 4200)
    pieces = [
        Piece(1200, 0.58),
        Piece(hour, rng.uniform(0.64, 0.7), work=True, stop_s=34),
        Piece(hour, rng.uniform(0.66, 0.74), work=True, stop_s=620),
        Piece(rng.randint(1500, 3000), rng.uniform(0.62, 0.7), work=True),
    ]
    name = rng.choice(["Long Sunday Ride", "Lake Loop", "Hills and Coffee"])
    return Session("Ride", name, tuple(pieces))


def ride_intervals(rng: random.Random) -> Session:
    """Ride hard pieces on the trainer."""
    count, minutes, effort, name = rng.choice(
        [
            (4, 8, 0.98, "Threshold 4x8"),
            (5, 4, 1.1, "VO2 Max 5x4"),
            (3, 12, 0.91, "Sweet Spot 3x12"),
            (2, 20, 0.9, "Sweet Spot 2x20"),
        ]
    )
    rest = max(120, minutes * 24)
    pieces = [
        Piece(900, 0.6),
        Piece(10, 1.9, work=True, label="Sprint"),
        Piece(110, 0.55),
        *_repeats(count, Piece(minutes * 60, effort, work=True), Piece(rest, 0.52)),
        Piece(600, 0.5),
    ]
    return Session("VirtualRide", name, tuple(pieces), indoor=True)


def tempo_ride(rng: random.Random) -> Session:
    """Ride out, press on for a while, roll home."""
    pieces = [
        Piece(1080, 0.6, stop_s=rng.choice([0, 21])),
        Piece(rng.randint(1500, 2400), rng.uniform(0.8, 0.86), work=True, stop_s=62),
        Piece(rng.randint(1200, 1500), rng.uniform(0.78, 0.84), work=True),
        Piece(900, 0.55),
    ]
    return Session("Ride", rng.choice(["Tempo Ride", "Evening Loop"]), tuple(pieces))


def easy_run(rng: random.Random) -> Session:
    """Run easy kilometres with the device's lap button."""
    seconds = rng.randint(300, 345)
    laps = rng.randint(6, 10)
    effort = rng.uniform(0.72, 0.79)
    pieces = [
        Piece(
            seconds + rng.randint(-6, 6),
            effort + rng.uniform(-0.015, 0.015),
            work=True,
            stop_s=35 if lap == laps // 2 else 0,
        )
        for lap in range(laps)
    ]
    return Session("Run", rng.choice(["Easy Run", "Forest Run"]), tuple(pieces))


def run_intervals(rng: random.Random) -> Session:
    """Run repeats by distance, with slivers between the laps."""
    count, seconds, effort, label = rng.choice(
        [
            (5, 245, 1.0, "1km at 4:05/km"),
            (6, 180, 1.04, "3min hard"),
            (3, 500, 0.97, "2km at 4:12/km"),
        ]
    )
    pieces = [
        Piece(840, 0.75, work=True, label="Warm up"),
        SLIVER,
        *_repeats(
            count,
            Piece(seconds, effort, work=True, label=label),
            Piece(seconds // 2, 0.62),
            sliver=True,
        ),
        Piece(600, 0.7, work=True, label="Cool down"),
    ]
    return Session("Run", f"{count}x {label}", tuple(pieces))


def long_run(rng: random.Random) -> Session:
    """Run for an hour and a half, a little faster at the end."""
    pieces = [
        Piece(rng.randint(1500, 1900), 0.74, work=True),
        Piece(rng.randint(1700, 2000), 0.77, work=True, stop_s=48),
        Piece(rng.randint(1000, 1400), 0.85, work=True),
    ]
    return Session("Run", "Long Run", tuple(pieces))


def pool_swim(rng: random.Random) -> Session:
    """Swim sets in a 25 m pool."""
    pieces = [
        Piece(420, 0.82, work=True, stop_s=20),
        *_repeats(
            rng.randint(6, 10), Piece(92, 1.02, work=True, stop_s=15), Piece(40, 0.7)
        ),
        Piece(300, 0.78, work=True),
    ]
    return Session("Swim", "Pool Swim", tuple(pieces), indoor=True)


def open_water_swim(rng: random.Random) -> Session:
    """Swim in the lake, along the buoys."""
    pieces = [Piece(rng.randint(700, 900), rng.uniform(0.84, 0.92), work=True)] * 2
    return Session("OpenWaterSwim", "Lake Swim", tuple(pieces))


def strength(rng: random.Random) -> Session:
    """Lift for the better part of an hour."""
    pieces = (Piece(rng.randint(2100, 3000), 0.5, work=True),)
    return Session("WeightTraining", "Strength", pieces, indoor=True)


Recipe = Callable[[random.Random], Session]


def ftp_on(day: date, today: date, ftp_now: int) -> int:
    """Return the athlete's FTP of a day: it has grown in small steps."""
    seasons_ago = (today - day).days // 90
    return ftp_now - 4 * min(seasons_ago, 6)


def weekday_plan(day: date, rng: random.Random) -> list[tuple[str, Recipe]]:
    """Return what the athlete means to do on a day: wall clock and session."""
    summer, second_week = 5 <= day.month <= 9, day.isocalendar().week % 2 == 0
    swim = [("06:41:20", pool_swim)] if second_week else []
    water = open_water_swim if summer else pool_swim
    week: list[list[tuple[str, Recipe]]] = [
        [("18:30:12", strength)],
        [("17:45:03", ride_intervals)],
        [*swim, ("18:05:44", easy_run)],
        [("17:30:31", tempo_ride if summer else ride_intervals)],
        [("06:50:09", water)] if rng.random() < 0.5 else [],
        [("09:12:57", long_run if second_week else run_intervals)],
        [("10:04:38", long_ride)],
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
        return [*plan, ("19:20:26", run_intervals)]
    return plan or [("18:15:40", easy_run)]
