"""Serve sport settings: read, write by upstream's zone rules, apply later."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, Response

from bridge.simulator.activities import records as activities
from bridge.simulator.athlete import account as athlete
from bridge.simulator.athlete import sports
from bridge.simulator.door import flag, json_body, number, reply, the_world
from bridge.simulator.fields.bodies import Record, read_record, read_records
from bridge.simulator.fields.plan import SPORT_SETTINGS
from bridge.simulator.refusals import not_found, semantic

bp = Blueprint("sports", __name__)

S = "/athlete/<athlete_id>/sport-settings"


def find(key: str) -> Record:
    """Return one sport's settings by number or by activity type."""
    world = the_world()
    for settings in world.sports:
        if key == str(settings["id"]) or key in settings["types"]:
            return settings
    raise not_found("Sport settings")


def _shown(settings: Record) -> Record:
    return athlete.sport_body(the_world(), settings)


def _write(settings: Record, changes: Record) -> Record:
    world = the_world()
    recalculate = flag("recalcHrZones")
    strict = world.switches.old_zone_rule
    fresh = sports.written(
        settings, changes, recalculate=recalculate, old_zone_rule=strict
    )
    fresh["updated"] = world.stamp()
    world.sports[world.sports.index(settings)] = fresh
    return _shown(fresh)


@bp.get(S)
def index() -> Response:
    """Return all sports; `mmp_model` is null here."""
    return reply([_shown(settings) for settings in the_world().sports])


@bp.post(S)
def create() -> Response:
    """Create settings for more activity types."""
    world, fields = the_world(), read_record(SPORT_SETTINGS, json_body())
    if not fields.get("types"):
        raise semantic("Types are required")
    own = {"id", "athlete_id", "created", "updated"}
    given = {name: fields[name] for name in fields if name not in own}
    identity = (world.next_id("sport"), world.athlete_id, world.stamp())
    settings = sports.new_settings(*identity, **given)
    world.sports.append(settings)
    return reply(_shown(settings))


@bp.put(S)
def update_all() -> Response:
    """Change several sports at once."""
    rows = read_records(SPORT_SETTINGS, json_body())
    return reply([_write(find(str(row.get("id"))), row) for row in rows])


@bp.get(f"{S}/<key>")
def show(key: str) -> Response:
    """Return one sport by number or type."""
    return reply(_shown(find(key)))


@bp.put(f"{S}/<key>")
def update(key: str) -> Response:
    """Change sent fields of one sport."""
    return reply(_write(find(key), read_record(SPORT_SETTINGS, json_body())))


@bp.delete(f"{S}/<key>")
def remove(key: str) -> Response:
    """Delete one sport; here only the number will do."""
    settings = find(str(number("id", key)))
    the_world().sports.remove(settings)
    return reply({"id": settings["id"]})


@bp.put(f"{S}/<key>/apply")
def apply(key: str) -> Response:
    """Rewrite the zones of matching activities, some time later."""
    world, settings = the_world(), find(key)
    due = world.now() + timedelta(seconds=world.switches.apply_delay_s)
    world.pending_sports[settings["id"]] = due
    return reply({"id": settings["id"]})


@bp.get(f"{S}/<key>/matching-activities")
def matching(key: str) -> Response:
    """Return the activities these settings apply to."""
    kinds, names = find(key)["types"], ("id", "start_date_local", "type", "name")
    rows = activities.newest_first(the_world())
    fitting = [row for row in rows if row.get("type") in kinds]
    return reply([{name: row.get(name) for name in names} for row in fitting])


@bp.get(f"{S}/<key>/pace_distances")
def pace_distances(key: str) -> Response:
    """Return the distances of a sport's pace curves."""
    own: list[Any] = find(key)["best_effort_distances"]
    return reply({"distances": own, "defaults": sports.PACE_DISTANCES})


@bp.get("/pace_distances")
def default_distances() -> Response:
    """Return the distances pace curves have by default."""
    distances = sports.PACE_DISTANCES
    return reply({"distances": distances, "defaults": distances})
