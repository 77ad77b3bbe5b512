"""Serve sport settings: partial writes, apply later."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response

from bridge.simulator.athlete import account, sports
from bridge.simulator.exchange import flag, json_body, reply, the_world
from bridge.simulator.fields.bodies import Record, read_record
from bridge.simulator.fields.plan import SPORT_SETTINGS
from bridge.simulator.refusals import no_record

bp = Blueprint("sports", __name__)

S = "/athlete/<athlete_id>/sport-settings"


def _find(key: str) -> Record:
    """Return one sport's settings by number or by activity type."""
    world = the_world()
    for settings in world.sports:
        if key == str(settings["id"]) or key in settings["types"]:
            return settings
    raise no_record("Sport settings")


def _shown(settings: Record) -> Record:
    return account.sport_body(the_world(), settings)


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


@bp.get(f"{S}/<key>")
def show(key: str) -> Response:
    """Return one sport by number or type."""
    return reply(_shown(_find(key)))


@bp.put(f"{S}/<key>")
def update(key: str) -> Response:
    """Change sent fields of one sport."""
    return reply(_write(_find(key), read_record(SPORT_SETTINGS, json_body())))


@bp.put(f"{S}/<key>/apply")
def apply(key: str) -> Response:
    """Rewrite the zones of matching activities, some time later."""
    world, settings = the_world(), _find(key)
    due = world.now() + timedelta(seconds=world.switches.apply_delay_s)
    world.pending_sports[settings["id"]] = due
    return reply({"id": settings["id"]})


@bp.get(f"{S}/<key>/matching-activities")
def matching(key: str) -> Response:
    """Return the activities these settings apply to."""
    kinds, names = _find(key)["types"], ("id", "start_date_local", "type", "name")
    rows = the_world().newest_first()
    fitting = [row for row in rows if row.get("type") in kinds]
    return reply([{name: row.get(name) for name in names} for row in fitting])


@bp.get("/pace_distances")
def default_distances() -> Response:
    """Return the distances pace curves have by default."""
    distances = sports.PACE_DISTANCES
    return reply({"distances": distances, "defaults": distances})
