"""An activity belongs to the token's athlete, or is not there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from bridge.routes.route import Route
from bridge.simulator.world import World
from tests.conftest import let_in
from tests.support.routes import CLOSED, TRACK

THEIRS = "i999"
ROUTES = [route for route in CLOSED if "<activity>" in route.path]
BODIES = {"rating": {"rpe": 9}, "PATCH": {"name": "mine now"}}


@pytest.fixture
def foreign(world: World) -> str:
    """The id of another athlete's activity, which a coach's key opens too."""
    row = world.add_activity(name="Not yours")
    row["icu_athlete_id"] = THEIRS
    return str(row["id"])


def test_there_are_routes_of_one_activity() -> None:
    assert len(ROUTES) >= 7


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: str(route.endpoint))
@pytest.mark.parametrize("athlete_id", ["0", "own"])
def test_another_athletes_activity_is_not_there(
    make_app: Callable[..., Flask],
    world: World,
    foreign: str,
    route: Route,
    athlete_id: str,
) -> None:
    before = dict(world.activities[foreign])
    own = world.athlete_id if athlete_id == "own" else "0"
    phone = let_in(make_app(athlete_id=own), "write")
    path = route.path.replace("<activity>", foreign)
    method = route.method
    body = BODIES.get(path.rpartition("/")[2], BODIES.get(method))
    answer = phone.open(path, method=method, json=body)
    assert answer.status_code == 404
    assert answer.get_json()["code"] in {"not_found", "no_record", "no_activity"}
    assert "Not yours" not in answer.text
    assert world.activities[foreign] == before


def test_ones_own_is_there_with_either_id(
    make_app: Callable[..., Flask], world: World
) -> None:
    own = str(world.add_activity(name="Mine")["id"])
    for athlete_id in ("0", world.athlete_id):
        answer = let_in(make_app(athlete_id=athlete_id)).get(f"/v1/activities/{own}")
        assert answer.get_json()["name"] == "Mine"


def test_an_upload_that_is_anothers_now_is_not_removed(
    app: Flask, world: World
) -> None:
    phone = let_in(app, "write")
    made = phone.post("/v1/activities", data=TRACK).get_json()["activity_id"]
    world.activities[made]["icu_athlete_id"] = THEIRS
    assert phone.post("/v1/undo").get_json().get("undone") != "yes"
    assert made in world.activities
