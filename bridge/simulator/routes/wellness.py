"""Serve wellness: ranges, days, partial writes, CSV."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from flask import Blueprint, Response

from bridge.simulator.athlete import wellness
from bridge.simulator.exchange import (
    edges,
    json_body,
    listed,
    nothing,
    reply,
    reply_csv,
    suffixed,
    the_world,
    wants_csv,
)
from bridge.simulator.fields.bodies import trim
from bridge.simulator.fields.plan import WELLNESS
from bridge.simulator.moments import local_day
from bridge.simulator.refusals import missing_parameter, unparsable

bp = Blueprint("wellness", __name__)

W = "/athlete/<athlete_id>/wellness"


@suffixed(bp, W)
def index() -> Response:
    """Return the rows of a range, both days included."""
    world = the_world()
    end = datetime.combine(world.today(), time.max)
    oldest, newest = edges(end - timedelta(days=365), end)
    rows = wellness.rows(world, oldest.date(), newest.date())
    if wants_csv():
        columns = listed("cols") or [
            "date",
            *(name for name in WELLNESS if name != "id"),
        ]
        dated = [row | {"date": row["id"]} for row in rows]
        return reply_csv(columns, dated, bom=False)
    fields = listed("fields")
    return reply([trim(row, fields) for row in rows] if fields else rows)


@bp.get(f"{W}/<day>")
def show(day: str) -> Response:
    """Return one day, full of nulls when nothing is known."""
    return reply(wellness.body(the_world(), local_day(day)))


@bp.put(f"{W}/<day>")
def update(day: str) -> Response:
    """Change sent fields of one day."""
    return reply(wellness.put(the_world(), day, json_body()))


@bp.put(W)
def update_by_id() -> Response:
    """Change sent fields of the day the body names."""
    body = json_body()
    return reply(wellness.put(the_world(), _day_of(body), body))


def _day_of(body: Any) -> str:
    if not isinstance(body, dict):
        raise unparsable("Cannot deserialize value of type `Wellness`")
    if not body.get("id"):
        raise missing_parameter("id")
    return str(body["id"])


@bp.put("/athlete/<athlete_id>/wellness-bulk")
def update_many() -> Response:
    """Change several days at once; answers without a body."""
    rows = json_body()
    if not isinstance(rows, list):
        raise unparsable("Cannot deserialize value of type `java.util.ArrayList`")
    days = [_day_of(row) for row in rows]
    for day, row in zip(days, rows, strict=True):
        wellness.check(the_world(), row)
        local_day(day)
    for day, row in zip(days, rows, strict=True):
        wellness.put(the_world(), day, row)
    return nothing()
