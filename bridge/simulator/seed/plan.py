"""Plan the pretend athlete's weeks and fill the workout library."""

from __future__ import annotations

import random
from datetime import date, timedelta

from bridge.simulator.calendar import events, library
from bridge.simulator.fields.bodies import Record
from bridge.simulator.moments import day_of, monday_of
from bridge.simulator.seed import sessions
from bridge.simulator.seed.sessions import Piece, Recipe, Session, weekday_plan
from bridge.simulator.state import State

PAIRED_DAYS, PLANNED_DAYS = 35, 13
LIFTING = "Squats 3x8, dead lifts 3x6, pull-ups 4x5, plank."


def add_calendar(state: State) -> None:
    """Plan the weeks around today: workouts, a block, notes, races, days off."""
    _add_paired(state)
    today = state.today()
    for days in range(PLANNED_DAYS + 1):
        _plan_day(state, today + timedelta(days=days), sure=days == 0)
    _add_frame(state, monday_of(today))


def _add_paired(state: State) -> None:
    since = str(state.today() - timedelta(days=PAIRED_DAYS))
    for record in reversed(state.newest_first()):
        fresh = record["start_date_local"] >= since
        if fresh and record["id"] in state.sessions and record["analyzed"]:
            done = state.sessions[record["id"]][0]
            day = day_of(record)
            event = events.store(state, planned_fields(done, day))
            events.pair(state, event, record)


def planned_fields(planned: Session, day: date) -> Record:
    """Return the event that plans a session."""
    lifting = planned.type == "WeightTraining"
    return {
        "category": "WORKOUT",
        "start_date_local": f"{day}T00:00:00",
        "type": planned.type,
        "name": planned.name,
        "indoor": planned.indoor,
        "description": LIFTING if lifting else _text_of(planned),
        "moving_time": sum(piece.seconds for piece in planned.pieces),
    }


def _plan_day(state: State, day: date, *, sure: bool) -> None:
    rng = random.Random(f"{state.seed}:plan:{day}")
    recipes = [recipe for _, recipe in weekday_plan(day, rng)]
    structured = [recipe for recipe in recipes if recipe is not sessions.strength]
    if sure and not structured:
        recipes.append(sessions.ride_intervals)
    for recipe in recipes:
        events.store(state, planned_fields(recipe(rng), day))


def _add_frame(state: State, monday: date) -> None:
    today = state.today()

    def add(day: date, days: int, **fields: object) -> None:
        edges: Record = {"start_date_local": f"{day}T00:00:00"}
        edges["end_date_local"] = f"{day + timedelta(days=days)}T00:00:00"
        events.store(state, edges | fields)

    block = monday - timedelta(days=7)
    add(block, 28, category="PLAN", name="Build 2", color="blue")
    add(
        today + timedelta(days=1),
        1,
        category="NOTE",
        name="Bike service",
        description="Bring the road bike to the workshop before ten.",
        color="orange",
    )
    add(today + timedelta(days=5), 2, category="HOLIDAY", name="Family weekend")
    race = monday + timedelta(days=6 + 28)
    for category, day, name in (
        ("RACE_A", race, "Autumn Half Marathon"),
        ("RACE_B", monday + timedelta(days=13), "Park Run 10k"),
        ("RACE_A", monday - timedelta(days=8 * 7 + 1), "City Triathlon"),
    ):
        add(day, 1, category=category, name=name, type="Run", icu_training_load=95)
    add(monday - timedelta(days=30 * 7), 1, category="SEASON_START", name="Season")


def add_library(state: State) -> None:
    """Fill the library: a folder of favourites and a plan of four weeks."""
    recipes: list[tuple[str, str, list[Recipe]]] = [
        (
            "FOLDER",
            "Favourites",
            [sessions.ride_intervals, sessions.run_intervals, sessions.pool_swim],
        ),
        (
            "PLAN",
            "Four Weeks Base",
            [sessions.easy_run, sessions.tempo_ride, sessions.long_ride],
        ),
    ]
    for kind, name, wanted in recipes:
        folder = library.create_folder(state, {"type": kind, "name": name})
        rng = random.Random(f"{state.seed}:library:{name}")
        for number, recipe in enumerate(wanted):
            fields = planned_fields(recipe(rng), state.today())
            keep = ("type", "name", "indoor", "description")
            workout = {key: fields[key] for key in keep} | {"folder_id": folder["id"]}
            workout |= {"day": number * 2, "days": 1, "tags": ["base"]}
            library.create_workout(state, workout)


def _text_of(session: Session) -> str:
    """Write a session as workout text, repeats as a block."""
    unit = "" if session.type.endswith("Ride") else " Pace"
    lines: list[str] = []
    pieces = [piece for piece in session.pieces if piece.seconds > 1]
    while pieces:
        count = _repeat_count(pieces)
        block = pieces[:2] if count > 1 else pieces[:1]
        if count > 1:
            lines += ["", f"{count}x"]
        lines += [_line(piece, unit) for piece in block]
        if count > 1:
            lines.append("")
        del pieces[: count * len(block)]
    return "\n".join(lines).strip()


def _repeat_count(pieces: list[Piece]) -> int:
    pair, count = [(piece.seconds, piece.effort) for piece in pieces[:2]], 0
    while [(p.seconds, p.effort) for p in pieces[count * 2 : count * 2 + 2]] == pair:
        count += 1
        if len(pieces) < count * 2 + 2:
            break
    return count if len(pair) == 2 else 1


def _line(piece: Piece, unit: str) -> str:
    minutes, seconds = divmod(piece.seconds, 60)
    length = (f"{minutes}m" if minutes else "") + (f"{seconds}s" if seconds else "")
    return f"- {length} {round(piece.effort * 100)}%{unit}"
