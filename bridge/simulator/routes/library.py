"""Serve the workout library: folders, plans and workouts."""

from __future__ import annotations

from flask import Blueprint, Response

from bridge.simulator.calendar import library
from bridge.simulator.exchange import flag, json_body, number, reply, the_world
from bridge.simulator.fields.bodies import Record, read_record
from bridge.simulator.fields.plan import FOLDER, WORKOUT

bp = Blueprint("library", __name__)

A = "/athlete/<athlete_id>"


def _workout(workout_id: str) -> Record:
    return library.find_workout(the_world(), number("workoutId", workout_id))


@bp.get(f"{A}/folders")
def folders() -> Response:
    """Return folders and plans with their workouts."""
    world = the_world()
    return reply([library.folder_body(world, row) for row in world.folders.values()])


@bp.post(f"{A}/folders")
def create_folder() -> Response:
    """Create a folder or a plan."""
    fields = read_record(FOLDER, json_body())
    return reply(library.create_folder(the_world(), fields))


@bp.get(f"{A}/workouts")
def workouts() -> Response:
    """Return all workouts of the library, flat."""
    rows = the_world().workouts.values()
    return reply([library.workout_body(row) for row in rows])


@bp.post(f"{A}/workouts")
def create_workout() -> Response:
    """Create a workout from text."""
    fields = read_record(WORKOUT, json_body())
    return reply(library.create_workout(the_world(), fields))


@bp.get(f"{A}/workouts/<workout_id>")
def workout(workout_id: str) -> Response:
    """Return one workout."""
    return reply(library.workout_body(_workout(workout_id)))


@bp.put(f"{A}/workouts/<workout_id>")
def update_workout(workout_id: str) -> Response:
    """Change sent fields of a workout."""
    record, fields = _workout(workout_id), read_record(WORKOUT, json_body())
    return reply(library.write_workout(the_world(), record, fields))


@bp.delete(f"{A}/workouts/<workout_id>")
def remove_workout(workout_id: str) -> Response:
    """Delete a workout, with its namesakes when asked; return their numbers."""
    world, record = the_world(), _workout(workout_id)
    gone = [record["id"]]
    if flag("others"):
        rows = world.workouts.values()
        gone = [row["id"] for row in rows if row["name"] == record["name"]]
    for key in gone:
        del world.workouts[key]
    return reply(gone)
