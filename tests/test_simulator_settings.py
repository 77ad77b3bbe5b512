"""The account, its secrets, its summary; sport settings and their zone rules."""

from __future__ import annotations

from typing import Any

import pytest

from bridge.simulator.fields.athlete import ATHLETE, CONNECTIONS, SUMMARY
from bridge.simulator.fields.plan import SPORT_SETTINGS
from tests.conftest import Clock
from tests.simulator_door import Door, door

__all__ = ["door"]

SETTINGS = "/athlete/0/sport-settings"


def test_the_athlete_carries_sport_settings_and_the_canaries(door: Door) -> None:
    athlete = door.get("/athlete/0")
    assert set(athlete) == {*ATHLETE, "sportSettings", "custom_items"}
    assert athlete["icu_api_key"].startswith("canary")
    assert athlete["icu_friend_invite_token"].startswith("canary")
    assert all(folder["shareToken"] for folder in door.get("/athlete/0/folders"))
    door.world.switches.leak_password = True
    assert door.get("/athlete/0")["password"].startswith("canary")


def test_a_weight_in_the_settings_marks_todays_wellness(door: Door) -> None:
    assert door.put("/athlete/0", {"icu_weight": 70.5})["icu_weight"] == 70.5
    day = door.get("/athlete/0/wellness/2026-11-23")
    assert (day["weight"], day["tempWeight"]) == (70.5, True)


def test_secrets_and_identity_are_not_written(door: Door) -> None:
    door.put("/athlete/0", {"id": "i1", "icu_api_key": "mine", "city": "Rome"})
    athlete = door.get("/athlete/0")
    assert (athlete["id"], athlete["city"]) == ("i424242", "Rome")
    assert athlete["icu_api_key"].startswith("canary")


def test_the_profile_is_small(door: Door) -> None:
    profile = door.get("/athlete/0/profile")
    assert set(profile) == {"athlete", "sharedFolders", "customItems"}
    assert profile["athlete"]["timezone"] == "Europe/Berlin"


def test_the_summary_has_form_week_by_week(door: Door) -> None:
    query = {"start": "2026-11-09", "end": "2026-11-22"}
    rows = door.get("/athlete/0/athlete-summary", **query)
    assert [row["date"] for row in rows] == ["2026-11-16", "2026-11-09"]
    assert all(set(row) == set(SUMMARY) for row in rows)
    sunday = door.get("/athlete/0/wellness/2026-11-22")
    form = sunday["ctl"] - sunday["atl"]
    assert rows[0]["form"] == pytest.approx(form, abs=1e-4)
    done = door.get("/athlete/0/activities", oldest="2026-11-16", newest="2026-11-22")
    loads = [row.get("icu_training_load") or 0 for row in done]
    assert rows[0]["training_load"] == sum(loads)
    parts = [part["training_load"] for part in rows[0]["byCategory"]]
    assert sum(parts) == rows[0]["training_load"]


def test_connections_are_yes_or_no(door: Door) -> None:
    row = door.get("/athlete/0/connections")
    assert set(row) == set(CONNECTIONS)
    assert row["strava_connected"] is True
    assert row["polar_connected"] is False


def test_a_plan_can_be_followed(door: Door) -> None:
    plan = next(f for f in door.get("/athlete/0/folders") if f["type"] == "PLAN")
    assert door.get("/athlete/0/training-plan")["training_plan"] is None
    door.put("/athlete/0/training-plan", {"training_plan_id": plan["id"]})
    followed = door.get("/athlete/0/training-plan")["training_plan"]
    assert followed["name"] == plan["name"]
    assert door.get("/athlete/0")["training_plan_id"] == plan["id"]


def test_other_small_reads_of_the_athlete_answer(door: Door) -> None:
    assert door.get("/athletes")[0]["icu_tags"] == []
    assert door.get("/athlete/0/weather-config")["forecasts"]
    assert len(door.get("/athlete/0/weather-forecast")["forecasts"][0]["daily"]) == 5
    assert door.get("/athlete/0/calendars")[0]["id"] == 1
    assert door.get("/athlete/0/settings/phone")


# Sport settings.


def sport(door: Door, key: str = "Ride") -> Any:
    return door.get(f"{SETTINGS}/{key}")


def test_four_sports_have_all_keys(door: Door) -> None:
    rows = door.get(SETTINGS)
    assert [row["types"][0] for row in rows] == ["Ride", "Run", "Swim", "Other"]
    assert all(list(row) == list(SPORT_SETTINGS) for row in rows)
    assert all(row["mmp_model"] is None for row in rows)
    inside = door.get("/athlete/0")["sportSettings"]
    assert inside[0]["mmp_model"]["ftp"]


def test_a_sport_is_known_by_number_and_by_type(door: Door) -> None:
    assert sport(door) == sport(door, "VirtualRide") == sport(door, "410001")
    assert door.refused("GET", f"{SETTINGS}/Yoga")[0] == 404


def test_power_and_pace_zones_end_with_999_and_heart_zones_with_the_maximum(
    door: Door,
) -> None:
    ride, run = sport(door), sport(door, "Run")
    assert (ride["power_zones"][-1], run["pace_zones"][-1]) == (999, 999)
    assert ride["hr_zones"][-1] == ride["max_hr"]
    assert run["threshold_pace"] == pytest.approx(1000 / 245, abs=1e-4)


def test_a_partial_write_leaves_the_rest(door: Door) -> None:
    before = sport(door)
    after = door.put(f"{SETTINGS}/Ride", {"ftp": 271}, recalcHrZones="false")
    assert {key for key in before if before[key] != after[key]} <= {"ftp", "updated"}
    assert sport(door)["ftp"] == 271


@pytest.mark.parametrize(
    ("key", "lthr", "zones"),
    [
        ("Ride", 178, [143, 158, 165, 177, 182, 188]),
        ("Run", 184, [155, 164, 173, 183, 188, 194]),
        ("Run", 153, [129, 136, 144, 152, 157, 161]),
    ],
)
def test_heart_zones_are_rebuilt_from_the_threshold(
    door: Door, key: str, lthr: int, zones: list[int]
) -> None:
    path = f"{SETTINGS}/{key}"
    kept = door.put(path, {"lthr": lthr}, recalcHrZones="false")["hr_zones"]
    assert kept[:-1] != zones
    after = door.put(path, {"lthr": lthr}, recalcHrZones="true")
    assert after["hr_zones"] == [*zones, after["max_hr"]]


def test_sent_zones_win_over_the_recalculation(door: Door) -> None:
    zones = [120, 135, 150, 160, 170, 180, 190]
    names = [f"Z{n}" for n in range(1, 8)]
    sent = {"lthr": 160, "hr_zones": zones, "hr_zone_names": names}
    after = door.put(f"{SETTINGS}/Ride", sent, recalcHrZones="true")
    assert (after["hr_zones"], after["hr_zone_names"]) == (zones, names)


def test_the_maximum_is_overwritten_by_the_last_zone(door: Door) -> None:
    after = door.put(f"{SETTINGS}/Ride", {"max_hr": 200}, recalcHrZones="false")
    assert after["max_hr"] == after["hr_zones"][-1] == 189


def test_zone_names_must_be_as_many_as_zones(door: Door) -> None:
    before = sport(door)
    for sent in ({"hr_zone_names": ["a"]}, {"hr_zones": [150, 190]}):
        answer = door.refused("PUT", f"{SETTINGS}/Ride?recalcHrZones=false", json=sent)
        assert answer == (422, {"status": 422, "error": "Invalid HR zone names"})
    assert sport(door) == before


def test_bounds_are_stored_as_sent_whatever_they_mean(door: Door) -> None:
    watts = [146, 199, 238, 278, 318, 398, 999]
    after = door.put(f"{SETTINGS}/Ride", {"power_zones": watts}, recalcHrZones="false")
    assert after["power_zones"] == watts


def test_the_old_rule_wants_the_whole_set_of_zones(door: Door) -> None:
    door.world.switches.old_zone_rule = True
    path = f"{SETTINGS}/Ride?recalcHrZones=false"
    assert door.refused("PUT", path, json={"ftp": 271})[0] == 422
    ride = sport(door)
    keys = ("power_zones", "hr_zones", "hr_zone_names", "pace_zones")
    sent = {key: ride[key] for key in keys} | {"ftp": 271}
    assert door.refused("PUT", path, json=sent)[0] == 200


def test_applying_reaches_past_activities_after_a_while(
    door: Door, clock: Clock
) -> None:
    def first_run() -> Any:
        rows = door.get("/athlete/0/activities", oldest="2024-01-01")
        return next(row for row in rows[::-1] if row.get("name") == "Long Run")

    before = first_run()
    door.put(f"{SETTINGS}/Run", {"lthr": 160}, recalcHrZones="true")
    assert first_run() == before
    door.put(f"{SETTINGS}/Run/apply")
    assert first_run() == before
    clock.advance(seconds=5)
    after = first_run()
    assert after["icu_hr_zones"] == sport(door, "Run")["hr_zones"]
    assert after["lthr"] == 160
    assert after["icu_hr_zone_times"] != before["icu_hr_zone_times"]
    assert after["threshold_pace"] == before["threshold_pace"]


def test_settings_can_be_added_and_removed(door: Door) -> None:
    made = door.post(SETTINGS, {"types": ["Rowing"], "lthr": 160, "max_hr": 180})
    assert made["hr_zones"][-1] == 180
    assert sport(door, "Rowing")["id"] == made["id"]
    assert door.refused("DELETE", f"{SETTINGS}/Rowing")[0] == 500
    door.delete(f"{SETTINGS}/{made['id']}")
    assert door.refused("GET", f"{SETTINGS}/Rowing")[0] == 404


def test_several_sports_are_written_at_once(door: Door) -> None:
    rows = [{"id": 410001, "ftp": 280}, {"id": 410002, "lthr": 170}]
    after = door.put(SETTINGS, rows, recalcHrZones="false")
    assert (after[0]["ftp"], after[1]["lthr"]) == (280, 170)


def test_matching_activities_are_of_the_sports_types(door: Door) -> None:
    rows = door.get(f"{SETTINGS}/Swim/matching-activities")
    assert {row["type"] for row in rows} == {"Swim", "OpenWaterSwim"}
    assert door.get("/pace_distances")["defaults"]
    assert door.get(f"{SETTINGS}/Run/pace_distances")["distances"]
