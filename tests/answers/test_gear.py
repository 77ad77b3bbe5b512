"""What the phone hears of gear: kilometres and reminders reckoned by hand."""

from __future__ import annotations

from datetime import date

import pytest
from flask.testing import FlaskClient

from bridge.simulator.world import World
from tests.support.asking import Told, told


def piece(body: Told, name: str) -> Told:
    found: Told = next(row for row in body["items"] if row["name"] == name)
    return found


def ridden_m(world: World, gear_id: str) -> float:
    return sum(
        row["distance"] or 0
        for row in world.activities.values()
        if (row.get("gear") or {}).get("id") == gear_id
    )


@pytest.mark.parametrize(
    ("name", "before_m"), [("Road Bike", 4_120_000), ("Cloud Trainers", 0)]
)
def test_gear_went_as_far_as_its_activities(
    phone: FlaskClient, world: World, name: str, before_m: float
) -> None:
    row = piece(told(phone, "/v1/gear"), name)
    km = (before_m + ridden_m(world, row["gear_id"])) / 1000
    assert row["distance_km"] == pytest.approx(km, abs=0.051)
    assert row["retired"] == "no"


def test_a_reminder_counts_what_it_has_used_up(
    phone: FlaskClient, world: World
) -> None:
    row = piece(told(phone, "/v1/gear"), "Road Bike")
    (wax, _) = world.gear[row["gear_id"]]["reminders"]
    since_m = row["distance_km"] * 1000 - wax["starting_distance"]
    used = since_m / 400_000 * 100
    waited = (date(2026, 11, 23) - date(2026, 9, 24)).days / 365 * 100
    assert used > 100 > waited
    assert row["reminder"] == "Wax the chain"
    assert row["reminder_percent"] == pytest.approx(used, abs=0.51)
    assert row["reminder_due"] == "yes"
    assert row["reminders"] == 2


def test_what_is_due_is_said_first(phone: FlaskClient) -> None:
    body = told(phone, "/v1/gear")
    assert body["speech"].startswith(
        "Due for Road Bike: Wax the chain. Due soon for Cloud Trainers: New shoes."
    )
    german = told(phone, "/v1/gear?lang=de")
    assert german["speech"].startswith("Fällig für Road Bike: Wax the chain.")


def test_what_is_retired_is_listed_and_not_counted(
    phone: FlaskClient, world: World
) -> None:
    body = told(phone, "/v1/gear")
    assert body["count"] == len(world.gear)
    old = piece(body, "Old Trainers")
    assert (old["retired"], old["retired_on"]) == ("yes", "2025-11-23")
    assert f"{len(world.gear) - 1} pieces of gear in use." in body["speech"]
    assert "Old Trainers" not in body["speech"]
