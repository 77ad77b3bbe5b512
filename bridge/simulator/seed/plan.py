"""Plan the pretend athlete's weeks and fill the workout library."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bridge.simulator.activities import records as activities
from bridge.simulator.calendar import events, library, plans
from bridge.simulator.fields.bodies import Record
from bridge.simulator.moments import monday_of
from bridge.simulator.seed import session
from bridge.simulator.seed.season import weekday_plan
from bridge.simulator.seed.session import Recipe, Session

if TYPE_CHECKING:
    from bridge.simulator.world import World

PAIRED_DAYS, PLANNED_DAYS = 35, 13
LIFTING = "Squats 3x8, dead lifts 3x6, pull-ups 4x5, plank."


def add_calendar(world: World) -> None:
    """Plan the weeks around today: workouts, a block, notes, races, days off."""
    _add_paired(world)
    today = world.today()
    for days in range(PLANNED_DAYS + 1):
        _plan_day(world, today + timedelta(days=days), sure=days == 0)
    _add_frame(world, monday_of(today))


def _add_paired(world: World) -> None:
    since = str(world.today() - timedelta(days=PAIRED_DAYS))
    for record in reversed(activities.newest_first(world)):
        fresh = record["start_date_local"] >= since
        if fresh and record["id"] in world.sessions and record["analyzed"]:
            done = world.sessions[record["id"]][0]
            day = date.fromisoformat(record["start_date_local"][:10])
            event = events.store(world, planned_fields(done, day))
            events.pair(world, event, record)


def planned_fields(planned: Session, day: date) -> Record:
    """Return the event that plans a session."""
    lifting = planned.type == "WeightTraining"
    return {
        "category": "WORKOUT",
        "start_date_local": f"{day}T00:00:00",
        "type": planned.type,
        "name": planned.name,
        "indoor": planned.indoor,
        "description": LIFTING if lifting else plans.text_of(planned),
        "moving_time": sum(piece.seconds for piece in planned.pieces),
    }


def _plan_day(world: World, day: date, *, sure: bool) -> None:
    rng = random.Random(f"{world.seed}:plan:{day}")
    recipes = [recipe for _, recipe in weekday_plan(day, rng)]
    structured = [recipe for recipe in recipes if recipe is not session.strength]
    if sure and not structured:
        recipes.append(session.ride_intervals)
    for recipe in recipes:
        events.store(world, planned_fields(recipe(rng), day))


def _add_frame(world: World, monday: date) -> None:
    today = world.today()

    def place(day: date, days: int, **fields: object) -> None:
        edges: Record = {"start_date_local": f"{day}T00:00:00"}
        edges["end_date_local"] = f"{day + timedelta(days=days)}T00:00:00"
        events.store(world, edges | fields)

    block = monday - timedelta(days=7)
    place(block, 28, category="PLAN", name="Build 2", color="blue")
    place(
        today + timedelta(days=1),
        1,
        category="NOTE",
        name="Bike service",
        description="Bring the road bike to the workshop before ten.",
        color="orange",
    )
    place(today + timedelta(days=5), 2, category="HOLIDAY", name="Family weekend")
    race = monday + timedelta(days=6 + 28)
    for category, day, name in (
        ("RACE_A", race, "Autumn Half Marathon"),
        ("RACE_B", monday + timedelta(days=13), "Park Run 10k"),
        ("RACE_A", monday - timedelta(days=8 * 7 + 1), "City Triathlon"),
    ):
        place(day, 1, category=category, name=name, type="Run", icu_training_load=95)
    place(monday - timedelta(days=30 * 7), 1, category="SEASON_START", name="Season")


def add_library(world: World) -> None:
    """Fill the library: a folder of favourites and a plan of four weeks."""
    recipes: list[tuple[str, str, list[Recipe]]] = [
        (
            "FOLDER",
            "Favourites",
            [session.ride_intervals, session.run_intervals, session.pool_swim],
        ),
        (
            "PLAN",
            "Four Weeks Base",
            [session.easy_run, session.tempo_ride, session.long_ride],
        ),
    ]
    for kind, name, wanted in recipes:
        folder = library.create_folder(world, {"type": kind, "name": name})
        rng = random.Random(f"{world.seed}:library:{name}")
        for number, recipe in enumerate(wanted):
            fields = planned_fields(recipe(rng), world.today())
            keep = ("type", "name", "indoor", "description")
            workout = {key: fields[key] for key in keep} | {"folder_id": folder["id"]}
            workout |= {"day": number * 2, "days": 1, "tags": ["base"]}
            library.create_workout(world, workout)
