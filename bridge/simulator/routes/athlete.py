"""Serve the athlete: account, profile, summary, connections, training plan."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, request

from bridge.simulator.athlete import account as athlete
from bridge.simulator.calendar import library
from bridge.simulator.door import (
    json_body,
    listed,
    nothing,
    reply,
    reply_csv,
    suffixed,
    the_world,
    wants_csv,
)
from bridge.simulator.fields.athlete import ATHLETE_UPDATE, SUMMARY, TRAINING_PLAN
from bridge.simulator.fields.bodies import read_record, read_records, render
from bridge.simulator.moments import local_day
from bridge.simulator.refusals import not_found

bp = Blueprint("athlete", __name__)

A = "/athlete/<athlete_id>"


@bp.get(A)
def show() -> Response:
    """Return the athlete with sport settings."""
    return reply(athlete.full_body(the_world()))


@bp.put(A)
def update() -> Response:
    """Change sent fields of the account."""
    changes = read_record(ATHLETE_UPDATE, json_body())
    return reply(athlete.update(the_world(), changes))


@bp.get(f"{A}/profile")
def profile() -> Response:
    """Return the small public part of the account."""
    return reply(athlete.profile(the_world()))


@suffixed(bp, f"{A}/athlete-summary")
def summary() -> Response:
    """Return weekly rows with fitness, fatigue and form."""
    world, start, end = the_world(), request.args.get("start"), request.args.get("end")
    last = local_day(end) if end else world.today()
    first = local_day(start) if start else last - timedelta(days=6)
    rows = athlete.summary(world, first, last, listed("tags"))
    return reply_csv(list(SUMMARY), rows, bom=False) if wants_csv() else reply(rows)


@bp.get(f"{A}/connections")
def connections() -> Response:
    """Return which services are connected."""
    return reply(athlete.connections(the_world()))


@bp.get(f"{A}/settings/<device_class>")
def device_settings(device_class: str) -> Response:
    """Return what a kind of device has stored: nothing yet."""
    return reply({"id": the_world().athlete_id, "deviceClass": device_class})


def _plan_body() -> dict[str, Any]:
    world = the_world()
    folder = world.folders.get(world.training_plan.get("training_plan_id") or 0)
    shown = render(TRAINING_PLAN, world.training_plan)
    shown |= {"athlete_id": world.athlete_id, "timezone": world.athlete["timezone"]}
    plan = library.folder_body(world, folder) if folder else None
    return shown | {"training_plan": plan}


def _write_plan(changes: Any) -> None:
    world = the_world()
    fields = read_record(TRAINING_PLAN, changes)
    plan_id = fields.get("training_plan_id")
    if plan_id is not None and plan_id not in world.folders:
        raise not_found("Training plan")
    names = ("training_plan_id", "training_plan_start_date", "training_plan_alias")
    world.training_plan |= {name: fields[name] for name in names if name in fields}


@bp.get(f"{A}/training-plan")
def training_plan() -> Response:
    """Return the plan the athlete follows, if any."""
    return reply(_plan_body())


@bp.put(f"{A}/training-plan")
def change_training_plan() -> Response:
    """Follow another plan."""
    _write_plan(json_body())
    return reply(_plan_body())


@bp.put("/athlete-plans")
def change_plans() -> Response:
    """Change the plans of several athletes: here there is one."""
    for change in read_records(TRAINING_PLAN, json_body()):
        _write_plan(change)
    return reply({})


@bp.get("/athletes")
def athletes() -> Response:
    """Return the athletes the caller follows or coaches: itself."""
    return reply(athlete.followed(the_world(), request.args.get("ext_id_prefix")))


@bp.get(f"{A}/weather-config")
def weather_config() -> Response:
    """Return the places the athlete wants the weather of."""
    return reply({"forecasts": the_world().forecasts})


@bp.put(f"{A}/weather-config")
def change_weather_config() -> Response:
    """Change these places."""
    body = read_record({"forecasts": "l"}, json_body())
    the_world().forecasts = body.get("forecasts") or []
    return weather_config()


@bp.get(f"{A}/weather-forecast")
def weather_forecast() -> Response:
    """Return the forecast for each enabled place."""
    return reply({"forecasts": athlete.forecasts(the_world())})


@bp.get(f"{A}/calendars")
def calendars() -> Response:
    """Return the one calendar; clients use this as a login test."""
    world = the_world()
    row: dict[str, Any] = {"id": 1, "name": "Planned", "type": "DEFAULT", "uid": None}
    row |= {"url": None, "updated": world.athlete["icu_activated"], "enabled": True}
    return reply([row | {"defaultCategory": "WORKOUT", "external": False}])


@bp.delete("/disconnect-app")
def disconnect() -> Response:
    """Forget the OAuth token that was sent."""
    header = request.headers.get("Authorization", "")
    the_world().oauth_tokens.discard(header.removeprefix("Bearer ").strip())
    return nothing()
