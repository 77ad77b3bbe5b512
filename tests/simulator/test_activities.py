"""Activities: lists, stubs, writes, tombstones, what moves with them."""

from __future__ import annotations

import math
from typing import Any

import pytest

from bridge.simulator.fields.activity import ACTIVITY, SEARCH_RESULT
from bridge.simulator.world import World
from tests.conftest import Clock
from tests.simulator.api import Api, api

__all__ = ["api"]

STUB_KEYS = {"id", "icu_athlete_id", "start_date_local", "source", "_note"}
HIDDEN = {"status": 422, "error": "Cannot read Strava activities via the API"}


def listed(api: Api, oldest: str = "2024-01-01", **query: Any) -> list[Any]:
    rows: list[Any] = api.get("/athlete/0/activities", oldest=oldest, **query)
    return rows


def own(api: Api, kind: str | None = None) -> list[Any]:
    rows = [row for row in listed(api) if len(row) == 178 and row["analyzed"]]
    return [row for row in rows if kind in (None, row["type"])]


def stubs(api: Api) -> tuple[Any, Any]:
    rows = [row for row in listed(api) if len(row) < 178]
    plain = next(row for row in rows if "_note" in row)
    return plain, next(row for row in rows if "_note" not in row)


def test_a_list_is_newest_first_with_all_keys_null_or_not(api: Api) -> None:
    rows = listed(api)
    starts = [row["start_date_local"] for row in rows]
    assert starts == sorted(starts, reverse=True)
    whole = [row for row in rows if len(row) > 20]
    assert all(list(row) == list(ACTIVITY) for row in whole)
    assert len(whole) > 500


def test_two_years_hold_every_kind_of_sport(api: Api) -> None:
    kinds = {row["type"] for row in own(api)}
    rides, swims = {"Ride", "VirtualRide"}, {"Swim", "OpenWaterSwim"}
    assert kinds >= rides | swims | {"Run", "WeightTraining"}


def test_the_last_days_are_lively(api: Api) -> None:
    recent = [row for row in own(api) if row["start_date_local"] >= "2026-11-20"]
    assert recent[0]["start_date_local"] >= "2026-11-22"
    assert "Run" in {row["type"] for row in recent}
    day = api.get("/athlete/0/wellness/2026-11-23")
    assert None not in (day["sleepSecs"], day["hrv"], day["restingHR"], day["weight"])
    today = api.get("/athlete/0/events", oldest="2026-11-23", newest="2026-11-23")
    assert any(row["workout_doc"] and row["icu_training_load"] for row in today)


@pytest.mark.parametrize("shift", range(7))
def test_they_are_lively_on_every_day_of_the_week(clock: Clock, shift: int) -> None:
    clock.advance(days=shift)
    world = World(seed=3, now=clock)
    api, today = Api(world), world.today()
    test = own(api)[0]
    assert (today - today.fromisoformat(test["start_date_local"][:10])).days <= 1
    runs = own(api, "Run")[0]["start_date_local"][:10]
    assert (today - today.fromisoformat(runs)).days <= 3
    planned = api.get("/athlete/0/events", newest=str(today), category="WORKOUT")
    assert any((row["workout_doc"] or {}).get("steps") for row in planned)


def test_oldest_is_needed(api: Api) -> None:
    status, body = api.refused("GET", "/athlete/0/activities")
    assert status == 422
    assert "oldest" in body["error"]


def test_a_bad_date_is_a_422(api: Api) -> None:
    status, body = api.refused("GET", "/athlete/0/activities?oldest=yesterday")
    assert status == 422
    assert "DateTimeParseException" in body["error"]


def test_fields_trim_and_drop_nulls(api: Api) -> None:
    rows = listed(api, fields="id,name,distance,icu_rpe")
    assert {key for row in rows for key in row} == {"id", "name", "distance", "icu_rpe"}
    assert all(None not in row.values() for row in rows)
    assert any("distance" not in row for row in rows)


def test_limit_keeps_the_newest(api: Api) -> None:
    assert listed(api, limit=3) == listed(api)[:3]


def test_newest_covers_the_whole_day(api: Api) -> None:
    day = own(api)[0]["start_date_local"][:10]
    rows = listed(api, oldest=day, newest=day)
    assert [row["start_date_local"][:10] for row in rows] == [day] * len(rows)
    assert rows
    moment = own(api)[0]["start_date_local"]
    assert listed(api, oldest=moment, newest=moment) == rows[:1]


def test_load_follows_from_intensity_and_time(api: Api) -> None:
    for row in own(api):
        fraction = row["icu_intensity"] / 100
        load = row["moving_time"] / 3600 * fraction**2 * 100
        assert row["icu_training_load"] == pytest.approx(load, abs=0.51)


def test_intensity_follows_from_power_or_pace(api: Api) -> None:
    for row in own(api, "Ride") + own(api, "VirtualRide"):
        part = row["icu_weighted_avg_watts"] / row["icu_ftp"] * 100
        assert row["icu_intensity"] == pytest.approx(part, abs=1e-3)
    for row in own(api, "Run"):
        part = row["gap"] / row["threshold_pace"] * 100
        assert row["icu_intensity"] == pytest.approx(part, abs=1e-3)


def test_zone_times_add_up_without_the_sweet_spot(api: Api) -> None:
    ride = own(api, "Ride")[0]
    plain = [zone["secs"] for zone in ride["icu_zone_times"] if zone["id"] != "SS"]
    assert sum(plain) == sum(ride["icu_hr_zone_times"]) == ride["moving_time"]
    assert [zone["id"] for zone in ride["icu_zone_times"]][-1] == "SS"


def test_runs_count_one_leg_and_metres_per_second(api: Api) -> None:
    run = own(api, "Run")[0]
    assert 70 < run["average_cadence"] < 100
    assert run["pace"] == pytest.approx(run["distance"] / run["moving_time"], abs=1e-3)


def test_both_kinds_of_strava_stub_stand_in_the_list(api: Api) -> None:
    plain, variant = stubs(api)
    assert set(plain) == STUB_KEYS
    assert plain["_note"] == "STRAVA activities are not available via the API"
    assert "source" not in variant
    assert variant["id"].isdigit()
    assert variant["name"] is None


def test_a_stub_is_shown_with_200_and_refused_below(api: Api) -> None:
    for stub in stubs(api):
        assert api.get(f"/activity/{stub['id']}") == stub
        assert api.get(f"/activity/{stub['id']}", intervals="true") == stub
        for part in ("streams", "intervals", "file", "fit-file", "power-curve", "map"):
            answer = api.refused("GET", f"/activity/{stub['id']}/{part}")
            assert answer == (422, HIDDEN)
        assert api.refused("PUT", f"/activity/{stub['id']}", json={})[0] == 422


def test_an_unknown_activity_is_a_404(api: Api) -> None:
    for path in ("/activity/i1", "/activity/1/intervals", "/activity/i1/streams.json"):
        status, body = api.refused("GET", path)
        assert (status, body["status"]) == (404, 404)


def test_only_sent_fields_change_and_the_read_shows_them(api: Api) -> None:
    before = own(api)[0]
    path = f"/activity/{before['id']}"
    api.put(path, {"name": "Renamed", "description": "Wind", "carbs_ingested": 60})
    after = api.get(path)
    changed = {key for key in before if before[key] != after[key]}
    assert changed == {"name", "description", "carbs_ingested"}


def test_minus_one_clears_a_number(api: Api) -> None:
    path = f"/activity/{own(api)[0]['id']}"
    api.put(path, {"carbs_ingested": 60, "feel": 2})
    assert api.put(path, {"carbs_ingested": -1, "feel": -1})["feel"] is None
    assert api.get(path)["carbs_ingested"] is None


def test_computed_fields_are_not_written(api: Api) -> None:
    before = own(api)[0]
    sent = {"id": "i9", "icu_ctl": 1, "source": "STRAVA", "analyzed": None}
    assert api.put(f"/activity/{before['id']}", sent) == before


def test_a_rename_moves_the_sync_date_only_when_switched(api: Api) -> None:
    path = f"/activity/{own(api)[0]['id']}"
    before = api.get(path)["icu_sync_date"]
    assert api.put(path, {"name": "A"})["icu_sync_date"] == before
    api.world.switches.rename_moves_sync_date = True
    assert api.put(path, {"name": "B"})["icu_sync_date"] > before


def test_ratings_may_be_switched_off(api: Api) -> None:
    path = f"/activity/{own(api)[0]['id']}"
    assert api.put(path, {"icu_rpe": 9, "feel": 1})["icu_rpe"] == 9
    api.world.switches.rating_writable = False
    after = api.put(path, {"icu_rpe": 3, "name": "Still named"})
    assert (after["icu_rpe"], after["name"]) == (9, "Still named")


def test_a_changed_load_moves_fitness_on_every_later_day(api: Api) -> None:
    old = own(api)[20]
    day = old["start_date_local"][:10]
    rows = api.get("/athlete/0/wellness", oldest="2026-10-01")
    api.put(f"/activity/{old['id']}", {"icu_training_load": 300})
    for before, after in zip(
        rows, api.get("/athlete/0/wellness", oldest="2026-10-01"), strict=True
    ):
        moved = after["ctl"] > before["ctl"] and after["atl"] > before["atl"]
        assert moved == (before["id"] >= day)
    assert own(api)[0]["icu_ctl"] > 0


def test_fitness_after_the_last_activity_of_a_day_is_the_days(api: Api) -> None:
    last: dict[str, Any] = {}
    for row in own(api):
        last.setdefault(row["start_date_local"][:10], row)
    rows = {
        row["id"]: row for row in api.get("/athlete/0/wellness", oldest="2024-01-01")
    }
    for day, row in last.items():
        assert math.isclose(row["icu_ctl"], rows[day]["ctl"], abs_tol=1e-5)
        assert math.isclose(row["icu_atl"], rows[day]["atl"], abs_tol=1e-5)


def test_a_new_ftp_analyses_the_ride_again(api: Api, clock: Clock) -> None:
    ride = own(api, "Ride")[0]
    clock.advance(minutes=5)
    after = api.put(f"/activity/{ride['id']}", {"icu_ftp": ride["icu_ftp"] - 30})
    assert after["icu_intensity"] > ride["icu_intensity"]
    assert after["icu_training_load"] > ride["icu_training_load"]
    assert after["analyzed"] > ride["analyzed"]


def test_a_deleted_activity_is_gone(api: Api) -> None:
    row = own(api)[0]
    path = f"/activity/{row['id']}"
    assert api.delete(path) == {"icu_athlete_id": "i424242", "id": row["id"]}
    assert api.refused("GET", path)[0] == 404
    assert row["id"] not in {other["id"] for other in listed(api)}
    assert api.refused("DELETE", path)[0] == 404


def test_a_raw_activity_has_no_load_and_no_laps_yet(api: Api) -> None:
    raw = next(r for r in listed(api) if len(r) == 178 and not r["analyzed"])
    assert raw["icu_training_load"] is None
    answer = api.get(f"/activity/{raw['id']}/intervals")
    assert (answer["analyzed"], answer["icu_intervals"]) == (None, None)


def test_several_are_asked_by_id_and_unknown_ones_skipped(api: Api) -> None:
    ids = [row["id"] for row in own(api)[:2]]
    path = f"/athlete/0/activities/{ids[0]},i1,{ids[1]}"
    assert [row["id"] for row in api.get(path)] == ids
    assert all(row["icu_intervals"] for row in api.get(path, intervals="true"))


def test_search_finds_parts_of_names_and_exact_tags(api: Api) -> None:
    named = api.get("/athlete/0/activities/search", q="long run")
    assert {row["name"] for row in named} == {"Long Run"}
    assert set(named[0]) == set(SEARCH_RESULT)
    tagged = api.get("/athlete/0/activities/search-full", q="#group", limit=4)
    assert [row["tags"] for row in tagged] == [["group"]] * 4
    assert api.refused("GET", "/athlete/0/activities/search")[0] == 422


def test_all_activities_as_csv_begin_with_a_mark(api: Api) -> None:
    response = api.ask("GET", "/athlete/0/activities.csv")
    assert response.data.startswith(b"\xef\xbb\xbfid,start_date_local,name,type")
    assert len(response.text.splitlines()) > 500
    assert response.mimetype == "text/csv"
