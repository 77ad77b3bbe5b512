"""Laps: partitions, slivers, groups, edits; the streams under them."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from bridge.simulator.fields.activity import GROUP, INTERVAL
from bridge.simulator.fields.enums import ENUMS
from bridge.simulator.seed.sessions import Piece
from bridge.simulator.world import World
from tests.conftest import Clock
from tests.simulator.api import Api, api

__all__ = ["api"]


def newest(api: Api, kind: str, *, labelled: bool = False) -> Any:
    for row in api.get("/athlete/0/activities", oldest="2026-01-01"):
        if row.get("type") == kind and row["analyzed"]:
            laps = api.get(f"/activity/{row['id']}/intervals")["icu_intervals"]
            if not labelled or any(lap["label"] for lap in laps):
                return row
    raise AssertionError(kind)


def laps_of(api: Api, activity: Any) -> list[Any]:
    body = api.get(f"/activity/{activity['id']}/intervals")
    rows: list[Any] = body["icu_intervals"]
    return rows


def streams_of(api: Api, activity: Any) -> dict[str, Any]:
    rows = api.get(f"/activity/{activity['id']}/streams.json")
    return {row["type"]: row["data"] for row in rows}


@pytest.mark.parametrize("kind", ["Ride", "VirtualRide", "Run", "Swim"])
def test_laps_cover_the_whole_activity(api: Api, kind: str) -> None:
    activity = newest(api, kind)
    laps = laps_of(api, activity)
    samples = len(streams_of(api, activity)["time"])
    assert laps[0]["start_index"] == 0
    assert laps[-1]["end_index"] == samples
    assert all(one["end_index"] == two["start_index"] for one, two in pairwise(laps))
    assert sum(lap["moving_time"] for lap in laps) == activity["moving_time"]
    metres = sum(lap["distance"] for lap in laps)
    assert metres == pytest.approx(activity["distance"], abs=1)


def test_laps_and_groups_have_all_keys(api: Api) -> None:
    body = api.get(f"/activity/{newest(api, 'Ride')['id']}/intervals")
    assert set(body) == {"id", "analyzed", "icu_intervals", "icu_groups"}
    assert all(list(lap) == list(INTERVAL) for lap in body["icu_intervals"])
    assert all(list(row) == list(GROUP) for row in body["icu_groups"])
    assert {lap["type"] for lap in body["icu_intervals"]} <= {"WORK", "RECOVERY"}


def test_the_detail_carries_the_same_laps(api: Api) -> None:
    activity = newest(api, "Ride")
    detail = api.get(f"/activity/{activity['id']}", intervals="true")
    assert len(detail) == 180
    assert detail["icu_intervals"] == laps_of(api, activity)


def test_some_runs_have_slivers_of_a_second(api: Api) -> None:
    run = newest(api, "Run", labelled=True)
    slivers = [lap for lap in laps_of(api, run) if lap["elapsed_time"] < 5]
    assert slivers
    assert {lap["type"] for lap in slivers} == {"RECOVERY"}
    whole = [lap for lap in laps_of(api, run) if lap["elapsed_time"] >= 5]
    assert run["icu_lap_count"] == len(whole)


def test_one_lap_has_an_infinite_decoupling_as_text(api: Api) -> None:
    laps = laps_of(api, newest(api, "Run", labelled=True))
    assert [lap["decoupling"] for lap in laps].count("-Infinity") == 1


def test_equal_laps_form_a_group(api: Api) -> None:
    run = newest(api, "Run", labelled=True)
    body = api.get(f"/activity/{run['id']}/intervals")
    largest = max(body["icu_groups"], key=lambda row: row["count"])
    members = [r for r in body["icu_intervals"] if r["group_id"] == largest["id"]]
    assert len(members) == largest["count"] > 1
    mean = sum(lap["distance"] for lap in members) / len(members)
    assert largest["distance"] == pytest.approx(mean, abs=0.1)


def test_averages_agree_with_streams_and_totals(api: Api) -> None:
    ride = newest(api, "Ride")
    streams = streams_of(api, ride)
    for name, key in (
        ("heartrate", "average_heartrate"),
        ("watts", "icu_average_watts"),
    ):
        mean = sum(streams[name]) / len(streams[name])
        assert mean == pytest.approx(ride[key], abs=1)
    assert max(streams["heartrate"]) <= ride["max_heartrate"]
    assert streams["distance"][-1] == pytest.approx(ride["distance"], abs=1)
    lap = laps_of(api, ride)[1]
    part = streams["watts"][lap["start_index"] : lap["end_index"]]
    assert lap["average_watts"] == round(sum(part) / len(part))


def test_time_jumps_where_the_athlete_stood_still(api: Api) -> None:
    ride = newest(api, "Ride")
    time = streams_of(api, ride)["time"]
    gaps = [after - before - 1 for before, after in pairwise(time)]
    assert sum(gaps) == ride["elapsed_time"] - ride["moving_time"] > 0


def test_cutting_anew_fills_the_gaps_and_ignores_the_type(api: Api) -> None:
    run = newest(api, "Run")
    sent = [
        {"start_index": 100, "end_index": 200, "label": "Fast", "type": "RECOVERY"},
        {"start_index": 300, "end_index": 460},
    ]
    body = api.put(f"/activity/{run['id']}/intervals", sent, all="true")
    rows = [
        (lap["type"], lap["start_index"], lap["end_index"], lap["label"])
        for lap in body["icu_intervals"]
    ]
    samples = len(streams_of(api, run)["time"])
    assert rows == [
        ("RECOVERY", 0, 100, None),
        ("WORK", 100, 200, "Fast"),
        ("RECOVERY", 200, 300, None),
        ("WORK", 300, 460, None),
        ("RECOVERY", 460, samples, None),
    ]
    assert api.get(f"/activity/{run['id']}/intervals") == body


def test_an_edit_moves_both_stamps_and_is_marked(api: Api, clock: Clock) -> None:
    run = newest(api, "Run")
    clock.advance(minutes=1)
    api.put(f"/activity/{run['id']}/intervals", [{"start_index": 0, "end_index": 50}])
    after = api.get(f"/activity/{run['id']}")
    assert after["icu_intervals_edited"] is True
    assert after["icu_sync_date"] > run["icu_sync_date"]
    assert after["analyzed"] > run["analyzed"]
    listed = api.get("/athlete/0/activities", oldest="2026-11-01")
    assert after in listed


@pytest.mark.parametrize(
    "sent", [[{"start_index": 9}], [{"start_index": 9, "end_index": 3}], {}]
)
def test_a_senseless_cut_is_refused(api: Api, sent: Any) -> None:
    path = f"/activity/{newest(api, 'Run')['id']}/intervals"
    assert api.refused("PUT", path, json=sent)[0] in (400, 422)


def test_an_activity_from_a_test_has_laps_and_streams(world: World, api: Api) -> None:
    pieces = (Piece(600, 0.7), Piece(300, 1.0, work=True, label="Up"))
    made = world.add_activity(type="Run", pieces=pieces, name="Mine", feel=1)
    laps = laps_of(api, made)
    assert [lap["label"] for lap in laps] == [None, "Up"]
    assert [lap["moving_time"] for lap in laps] == [600, 300]
    shown = api.get(f"/activity/{made['id']}")
    assert (shown["name"], shown["feel"], shown["moving_time"]) == ("Mine", 1, 900)
    assert api.get("/athlete/0/activities", oldest="2026-11-23")[0] == shown


@pytest.mark.parametrize("kind", sorted(ENUMS["activity_type"]))
def test_every_type_of_activity_can_be_added_without_thresholds(
    world: World, api: Api, kind: str
) -> None:
    unset = ("threshold_pace", "pace_zones", "power_zones", "ftp", "lthr", "hr_zones")
    for settings in world.sports:
        settings.update(dict.fromkeys(unset))
    made = world.add_activity(type=kind)
    assert laps_of(api, made)
    assert streams_of(api, made)["heartrate"]
    for curve in ("power-curve", "hr-curve", "pace-curve"):
        assert api.get(f"/activity/{made['id']}/{curve}")["id"] == made["id"]


def test_given_totals_of_an_activity_are_kept(world: World, api: Api) -> None:
    made = world.add_activity(
        start_date_local="2026-11-21T07:00:00",
        moving_time=5400,
        distance=45000.0,
        icu_training_load=90,
        average_heartrate=141,
    )
    shown = api.get(f"/activity/{made['id']}")
    assert (shown["distance"], shown["icu_training_load"]) == (45000.0, 90)
    assert streams_of(api, made)["distance"][-1] == pytest.approx(45000, abs=1)
    fraction = shown["icu_intensity"] / 100
    assert 5400 / 36 * fraction**2 == pytest.approx(90, abs=0.5)
