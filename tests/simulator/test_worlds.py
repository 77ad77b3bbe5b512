"""Worlds: alike from the start, and none sees what is done to another."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from bridge.simulator.state import Shelves
from bridge.simulator.world import World
from tests.conftest import Clock
from tests.simulator.api import Api


def shelves(world: World) -> dict[str, Any]:
    return {name: vars(world)[name] for name in vars(Shelves())}


def test_the_same_seed_and_clock_give_the_same_world(clock: Clock) -> None:
    assert shelves(World(now=clock)) == shelves(World(now=clock))
    assert shelves(World(seed=2, now=clock)) != shelves(World(now=clock))


def test_no_world_sees_what_is_done_to_another(clock: Clock) -> None:
    other = World(now=clock)
    before = deepcopy(shelves(other))
    api = Api(World(now=clock))
    rows = api.get("/athlete/0/activities", oldest="2026-11-01")
    rows = [row for row in rows if row.get("analyzed")]
    for row, changes in zip(
        rows,
        ({"tags": ["new"]}, {"gear": {"id": "b7102"}}, {"icu_ftp": 200}),
        strict=False,
    ):
        api.put(f"/activity/{row['id']}", changes)
    sent = [{"start_index": 0, "end_index": 60}]
    api.put(f"/activity/{rows[0]['id']}/intervals", sent)
    api.post(f"/activity/{rows[0]['id']}/messages", {"content": "Well done"})
    api.delete(f"/activity/{rows[3]['id']}")
    for piece in api.get("/athlete/0/gear")[:4]:
        api.post(f"/athlete/0/gear/{piece['id']}/reminder", {"name": "Wash it"})
    api.delete("/athlete/0/gear/b7102")
    zones = {"power_zones": [50, 999], "power_zone_names": ["easy", "hard"]}
    api.put("/athlete/0/sport-settings/Ride", zones, recalcHrZones="true")
    api.put("/athlete/0/sport-settings/Ride/apply")
    clock.advance(minutes=1)
    api.put("/athlete/0", {"icu_weight": 70.5, "icu_resting_hr": 44})
    api.put("/athlete/0/wellness/2026-11-20", {"comments": "Tired"})
    event = api.get("/athlete/0/events", category="WORKOUT")[0]
    api.put(f"/athlete/0/events/{event['id']}", {"tags": ["key"], "type": "Ride"})
    api.post(f"/athlete/0/events/{event['id']}/mark-done")
    workout = api.get("/athlete/0/workouts")[0]
    api.put(f"/athlete/0/workouts/{workout['id']}", {"description": "- 5m 50%"})
    assert shelves(api.world) != before
    assert shelves(other) == before
