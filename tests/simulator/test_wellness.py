"""Wellness: the recursion, partial writes, locked rows, gaps, CSV."""

from __future__ import annotations

import csv
import io
import math
from itertools import pairwise
from typing import Any

import pytest

from bridge.simulator.fields.plan import WELLNESS
from bridge.simulator.world import World
from tests.conftest import Clock
from tests.simulator.api import Api, api

__all__ = ["api"]

DAY = "/athlete/0/wellness/2026-11-20"


def rows(api: Api, oldest: str = "2024-01-01") -> list[Any]:
    found: list[Any] = api.get("/athlete/0/wellness", oldest=oldest)
    return found


def test_ctl_and_atl_follow_the_recursion_on_every_day(api: Api) -> None:
    days = rows(api)
    assert len(days) > 725
    for before, row in pairwise(days):
        for name, constant in (("ctl", 42), ("atl", 7)):
            decay = math.exp(-1 / constant)
            wanted = before[name] * decay + row[f"{name}Load"] * (1 - decay)
            assert row[name] == pytest.approx(wanted, abs=3e-6)


def test_ramp_rate_is_the_change_of_a_week(api: Api) -> None:
    days = rows(api)
    for week_ago, row in zip(days, days[7:], strict=False):
        change = row["ctl"] - week_ago["ctl"]
        assert row["rampRate"] == pytest.approx(change, abs=3e-6)


def test_the_load_of_a_past_day_is_what_was_done(api: Api) -> None:
    done = {
        row["start_date_local"][:10]: row["_hidden_load"]  # shown to nobody
        for row in api.world.activities.values()
        if row.get("_hidden_load")
    }
    assert done
    for activity in api.get("/athlete/0/activities", oldest="2024-01-01"):
        day = activity["start_date_local"][:10]
        done[day] = done.get(day, 0) + (activity.get("icu_training_load") or 0)
    for row in rows(api)[:-1]:
        assert row["ctlLoad"] == done.get(row["id"], 0)


def test_todays_load_counts_what_is_still_planned(api: Api) -> None:
    today = api.get("/athlete/0/wellness/2026-11-23")
    planned = api.get("/athlete/0/events", newest="2026-11-23", category="WORKOUT")
    assert today["ctlLoad"] == sum(row["icu_training_load"] or 0 for row in planned) > 0
    api.world.switches.planned_bake = False
    assert api.get("/athlete/0/wellness/2026-11-23")["ctlLoad"] == 0


def test_fitness_days_events_change_the_constants(api: Api) -> None:
    before = rows(api)[-1]["atl"]
    api.world.add_event(
        category="FITNESS_DAYS",
        name="Slower",
        start_date_local="2026-10-01T00:00:00",
        atl_days=14,
        ctl_days=42,
    )
    assert rows(api)[-1]["atl"] != before


def test_rows_have_all_keys_and_many_nulls(api: Api) -> None:
    days = rows(api)
    assert all(list(row) == list(WELLNESS) for row in days)
    forgotten = [row for row in days if row["sleepSecs"] is None]
    assert 50 < len(forgotten) < 200
    assert [row["id"] for row in days] == sorted(row["id"] for row in days)


def test_scales_stay_inside_their_bounds(api: Api) -> None:
    for row in rows(api):
        for name in ("sleepQuality", "mood", "motivation"):
            assert row[name] in {None, 1, 2, 3, 4}
        for name in ("soreness", "fatigue", "stress"):
            assert row[name] in {None, 0, 1, 2, 3, 4}


def test_only_sent_fields_change_and_the_stamp_moves(api: Api, clock: Clock) -> None:
    before = api.get(DAY)
    clock.advance(minutes=1)
    after = api.put(DAY, {"mood": 3, "comments": "Windy", "steps": "9000"})
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {"mood", "comments", "steps", "updated"}
    assert (after["comments"], after["steps"]) == ("Windy", 9000)
    assert after["updated"] > before["updated"]
    assert api.get(DAY) == after


def test_one_unknown_key_refuses_the_whole_row(api: Api) -> None:
    before = api.get(DAY)
    error = "Unrecognized wellness field [feel] for athlete i424242"
    answer = api.refused("PUT", DAY, json={"mood": 4, "feel": 2})
    assert answer == (422, {"status": 422, "error": error})
    assert api.get(DAY) == before


def test_a_custom_field_is_known_when_the_athlete_has_it(api: Api) -> None:
    api.world.custom_wellness_keys.add("CoffeeCups")
    assert api.put(DAY, {"CoffeeCups": 3})["CoffeeCups"] == 3


def test_computed_fields_are_not_written(api: Api) -> None:
    before = api.get(DAY)["ctl"]
    assert api.put(DAY, {"ctl": 5.0, "id": "2020-01-01"})["ctl"] == before


def test_a_null_does_not_clear_unless_switched(api: Api) -> None:
    api.put(DAY, {"weight": 70.0})
    assert api.put(DAY, {"weight": None})["weight"] == 70.0
    api.world.switches.clear_with_null = True
    assert api.put(DAY, {"weight": None})["weight"] is None


def test_a_lock_is_sticky_unless_switched(api: Api) -> None:
    assert api.put(DAY, {"locked": True, "mood": 2})["mood"] == 2
    assert api.put(DAY, {"locked": False, "mood": 4})["locked"] is True
    assert api.get(DAY)["mood"] == 2
    api.world.switches.locked_ignores_writes = False
    assert api.put(DAY, {"mood": 4})["mood"] == 4
    api.world.switches.unlock_allowed = True
    assert api.put(DAY, {"locked": False})["locked"] is False


def test_the_day_may_stand_in_the_body(api: Api) -> None:
    row = api.put("/athlete/0/wellness", {"id": "2026-11-19", "weight": 70.9})
    assert (row["id"], row["weight"]) == ("2026-11-19", 70.9)
    assert api.refused("PUT", "/athlete/0/wellness", json={"weight": 1})[0] == 422


def test_bulk_answers_without_a_body_and_all_or_nothing(api: Api) -> None:
    path = "/athlete/0/wellness-bulk"
    good = [{"id": "2026-11-18", "mood": 4}, {"id": "2026-11-19", "mood": 4}]
    assert api.ask("PUT", path, json=good).data == b""
    assert api.get("/athlete/0/wellness/2026-11-19")["mood"] == 4
    bad = [{"id": "2026-11-18", "mood": 1}, {"id": "2026-11-19", "bad": 4}]
    assert api.refused("PUT", path, json=bad)[0] == 422
    assert api.get("/athlete/0/wellness/2026-11-18")["mood"] == 4


def test_a_bad_day_is_a_422(api: Api) -> None:
    for day in ("2026-13-01", "today", "20"):
        assert api.refused("GET", f"/athlete/0/wellness/{day}")[0] == 422


def test_ranges_include_both_days_and_fields_drop_nulls(api: Api) -> None:
    query = {"oldest": "2026-11-20", "newest": "2026-11-22"}
    found = api.get("/athlete/0/wellness", **query)
    assert [row["id"][-2:] for row in found] == ["20", "21", "22"]
    slim = api.get("/athlete/0/wellness", **query, fields="id,ctl,lactate")
    assert [set(row) for row in slim] == [{"id", "ctl"}] * 3


def test_the_order_of_the_list_is_a_switch(api: Api) -> None:
    forward = rows(api, "2026-11-01")
    api.world.switches.newest_first_wellness = True
    assert rows(api, "2026-11-01") == forward[::-1]


def test_csv_has_the_asked_columns(api: Api) -> None:
    path = "/athlete/0/wellness.csv?oldest=2026-11-20&cols=date,weight,mood"
    table = list(csv.DictReader(io.StringIO(api.ask("GET", path).text)))
    assert table[0]["date"] == "2026-11-20"
    assert list(table[0]) == ["date", "weight", "mood"]


def test_a_day_can_be_set_from_a_test(world: World, api: Api) -> None:
    world.set_wellness("2026-11-20", hrv=99.5)
    assert api.get(DAY)["hrv"] == 99.5


def test_no_row_was_changed_in_the_future(world: World, api: Api) -> None:
    now = f"{world.now():%Y-%m-%dT%H:%M:%S}"
    world.wellness.clear()  # then no row has a time of its own
    past = [row["updated"][:19] for row in rows(api) if row["id"] <= "2026-11-23"]
    assert past
    assert max(past) <= now
