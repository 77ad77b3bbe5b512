"""Serve the athlete: account, summary, plan followed, weather, routes, own fields."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, request

from bridge.simulator.athlete import account
from bridge.simulator.calendar import library
from bridge.simulator.exchange import (
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
from bridge.simulator.fields.bodies import Record, read_record, render
from bridge.simulator.fields.plan import CUSTOM_ITEM, ROUTE_WITH_COUNT
from bridge.simulator.moments import local_day
from bridge.simulator.refusals import no_record
from bridge.simulator.state import State

bp = Blueprint("athlete", __name__)

A = "/athlete/<athlete_id>"


@bp.get(A)
def show() -> Response:
    """Return the athlete with sport settings."""
    return reply(account.full_body(the_world()))


@bp.put(A)
def update() -> Response:
    """Change sent fields of the account."""
    changes = read_record(ATHLETE_UPDATE, json_body())
    return reply(account.update(the_world(), changes))


@bp.get(f"{A}/profile")
def profile() -> Response:
    """Return the small public part of the account."""
    return reply(account.profile(the_world()))


@suffixed(bp, f"{A}/athlete-summary")
def summary() -> Response:
    """Return weekly rows with fitness, fatigue and form."""
    world, start, end = the_world(), request.args.get("start"), request.args.get("end")
    last = local_day(end) if end else world.today()
    first = local_day(start) if start else last - timedelta(days=6)
    rows = account.summary(world, first, last, listed("tags"))
    return reply_csv(list(SUMMARY), rows, bom=False) if wants_csv() else reply(rows)


def _plan_body() -> dict[str, Any]:
    world = the_world()
    folder = world.folders.get(world.training_plan.get("training_plan_id") or 0)
    shown = render(TRAINING_PLAN, world.training_plan)
    shown |= {"athlete_id": world.athlete_id, "timezone": world.athlete["timezone"]}
    plan = library.folder_body(world, folder) if folder else None
    return shown | {"training_plan": plan}


@bp.get(f"{A}/training-plan")
def training_plan() -> Response:
    """Return the plan the athlete follows, if any."""
    return reply(_plan_body())


@bp.put(f"{A}/training-plan")
def change_training_plan() -> Response:
    """Follow another plan."""
    world, fields = the_world(), read_record(TRAINING_PLAN, json_body())
    plan_id = fields.get("training_plan_id")
    if plan_id is not None and plan_id not in world.folders:
        raise no_record("Training plan")
    names = ("training_plan_id", "training_plan_start_date", "training_plan_alias")
    world.training_plan |= {name: fields[name] for name in names if name in fields}
    return reply(_plan_body())


@bp.get("/athletes")
def athletes() -> Response:
    """Return the athletes the caller follows or coaches: itself."""
    row = account.body(the_world()) | {"icu_tags": [], "icu_notes": None}
    return reply([] if request.args.get("ext_id_prefix") else [row])


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
    return reply({"forecasts": account.forecasts(the_world())})


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


@bp.get(f"{A}/custom-item")
def custom_items() -> Response:
    """Return the athlete's own charts and fields."""
    rows = the_world().custom_items.values()
    return reply([render(CUSTOM_ITEM, row) for row in rows])


@bp.get(f"{A}/routes")
def routes() -> Response:
    """Return the routes with how often they were ridden."""
    world = the_world()
    return reply([_with_count(world, row) for row in world.routes.values()])


def _with_count(world: State, route: Record) -> Record:
    rides = [
        row for row in world.newest_first() if row.get("route_id") == route["route_id"]
    ]
    newest: Record = rides[0] if rides else {}
    return render(ROUTE_WITH_COUNT, route) | {
        "activity_count": len(rides),
        "distance": newest.get("distance"),
        "most_recent_id": newest.get("id"),
        "most_recent_start_date_local": newest.get("start_date_local"),
        "most_recent_type": newest.get("type"),
    }
