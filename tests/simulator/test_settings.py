"""The account, its secrets, its summary; sport settings and their zone rules."""

from __future__ import annotations

from typing import Any

import pytest

from bridge.simulator.fields.athlete import ATHLETE, SUMMARY
from bridge.simulator.fields.plan import SPORT_SETTINGS
from tests.conftest import Clock
from tests.simulator.api import Api, api

__all__ = ["api"]

SETTINGS = "/athlete/0/sport-settings"


def test_the_athlete_carries_sport_settings_and_the_canaries(api: Api) -> None:
    athlete = api.get("/athlete/0")
    assert set(athlete) == {*ATHLETE, "sportSettings", "custom_items"}
    assert athlete["icu_api_key"].startswith("canary")
    assert athlete["icu_friend_invite_token"].startswith("canary")
    assert all(folder["shareToken"] for folder in api.get("/athlete/0/folders"))
    api.world.switches.leak_password = True
    assert api.get("/athlete/0")["password"].startswith("canary")


def test_a_weight_in_the_settings_marks_todays_wellness(api: Api) -> None:
    assert api.put("/athlete/0", {"icu_weight": 70.5})["icu_weight"] == 70.5
    day = api.get("/athlete/0/wellness/2026-11-23")
    assert (day["weight"], day["tempWeight"]) == (70.5, True)


def test_secrets_and_identity_are_not_written(api: Api) -> None:
    api.put("/athlete/0", {"id": "i1", "icu_api_key": "mine", "city": "Rome"})
    athlete = api.get("/athlete/0")
    assert (athlete["id"], athlete["city"]) == ("i424242", "Rome")
    assert athlete["icu_api_key"].startswith("canary")


def test_the_profile_is_small(api: Api) -> None:
    profile = api.get("/athlete/0/profile")
    assert set(profile) == {"athlete", "sharedFolders", "customItems"}
    assert profile["athlete"]["timezone"] == "Europe/Berlin"


def test_the_summary_has_form_week_by_week(api: Api) -> None:
    query = {"start": "2026-11-09", "end": "2026-11-22"}
    rows = api.get("/athlete/0/athlete-summary", **query)
    assert [row["date"] for row in rows] == ["2026-11-16", "2026-11-09"]
    assert all(set(row) == set(SUMMARY) for row in rows)
    sunday = api.get("/athlete/0/wellness/2026-11-22")
    form = sunday["ctl"] - sunday["atl"]
    assert rows[0]["form"] == pytest.approx(form, abs=1e-4)
    done = api.get("/athlete/0/activities", oldest="2026-11-16", newest="2026-11-22")
    loads = [row.get("icu_training_load") or 0 for row in done]
    assert rows[0]["training_load"] == sum(loads)
    parts = [part["training_load"] for part in rows[0]["byCategory"]]
    assert sum(parts) == rows[0]["training_load"]


def test_a_plan_can_be_followed(api: Api) -> None:
    plan = next(f for f in api.get("/athlete/0/folders") if f["type"] == "PLAN")
    assert api.get("/athlete/0/training-plan")["training_plan"] is None
    api.put("/athlete/0/training-plan", {"training_plan_id": plan["id"]})
    followed = api.get("/athlete/0/training-plan")["training_plan"]
    assert followed["name"] == plan["name"]
    assert api.get("/athlete/0")["training_plan_id"] == plan["id"]


def test_other_small_reads_of_the_athlete_answer(api: Api) -> None:
    assert api.get("/athletes")[0]["icu_tags"] == []
    assert api.get("/athlete/0/weather-config")["forecasts"]
    assert len(api.get("/athlete/0/weather-forecast")["forecasts"][0]["daily"]) == 5
    assert api.get("/athlete/0/calendars")[0]["id"] == 1


# Sport settings.


def sport(api: Api, key: str = "Ride") -> Any:
    return api.get(f"{SETTINGS}/{key}")


def test_four_sports_have_all_keys(api: Api) -> None:
    rows = api.get(SETTINGS)
    assert [row["types"][0] for row in rows] == ["Ride", "Run", "Swim", "Other"]
    assert all(list(row) == list(SPORT_SETTINGS) for row in rows)
    assert all(row["mmp_model"] is None for row in rows)
    inside = api.get("/athlete/0")["sportSettings"]
    assert inside[0]["mmp_model"]["ftp"]


def test_a_sport_is_known_by_number_and_by_type(api: Api) -> None:
    assert sport(api) == sport(api, "VirtualRide") == sport(api, "410001")
    assert api.refused("GET", f"{SETTINGS}/Yoga")[0] == 404


def test_power_and_pace_zones_end_with_999_and_heart_zones_with_the_maximum(
    api: Api,
) -> None:
    ride, run = sport(api), sport(api, "Run")
    assert (ride["power_zones"][-1], run["pace_zones"][-1]) == (999, 999)
    assert ride["hr_zones"][-1] == ride["max_hr"]
    assert run["threshold_pace"] == pytest.approx(1000 / 245, abs=1e-4)


def test_a_partial_write_leaves_the_rest(api: Api) -> None:
    before = sport(api)
    after = api.put(f"{SETTINGS}/Ride", {"ftp": 271}, recalcHrZones="false")
    assert {key for key in before if before[key] != after[key]} <= {"ftp", "updated"}
    assert sport(api)["ftp"] == 271


@pytest.mark.parametrize(
    ("key", "lthr", "zones"),
    [
        ("Ride", 178, [143, 158, 165, 177, 182, 188]),
        ("Run", 184, [155, 164, 173, 183, 188, 194]),
        ("Run", 153, [129, 136, 144, 152, 157, 161]),
    ],
)
def test_heart_zones_are_rebuilt_from_the_threshold(
    api: Api, key: str, lthr: int, zones: list[int]
) -> None:
    path = f"{SETTINGS}/{key}"
    kept = api.put(path, {"lthr": lthr}, recalcHrZones="false")["hr_zones"]
    assert kept[:-1] != zones
    after = api.put(path, {"lthr": lthr}, recalcHrZones="true")
    assert after["hr_zones"] == [*zones, after["max_hr"]]


def test_sent_zones_win_over_the_recalculation(api: Api) -> None:
    zones = [120, 135, 150, 160, 170, 180, 190]
    names = [f"Z{n}" for n in range(1, 8)]
    sent = {"lthr": 160, "hr_zones": zones, "hr_zone_names": names}
    after = api.put(f"{SETTINGS}/Ride", sent, recalcHrZones="true")
    assert (after["hr_zones"], after["hr_zone_names"]) == (zones, names)


def test_the_maximum_is_overwritten_by_the_last_zone(api: Api) -> None:
    after = api.put(f"{SETTINGS}/Ride", {"max_hr": 200}, recalcHrZones="false")
    assert after["max_hr"] == after["hr_zones"][-1] == 189


def test_zone_names_must_be_as_many_as_zones(api: Api) -> None:
    before = sport(api)
    for sent in ({"hr_zone_names": ["a"]}, {"hr_zones": [150, 190]}):
        answer = api.refused("PUT", f"{SETTINGS}/Ride?recalcHrZones=false", json=sent)
        assert answer == (422, {"status": 422, "error": "Invalid HR zone names"})
    assert sport(api) == before


def test_bounds_are_stored_as_sent_whatever_they_mean(api: Api) -> None:
    watts = [146, 199, 238, 278, 318, 398, 999]
    after = api.put(f"{SETTINGS}/Ride", {"power_zones": watts}, recalcHrZones="false")
    assert after["power_zones"] == watts


def test_the_old_rule_wants_the_whole_set_of_zones(api: Api) -> None:
    api.world.switches.old_zone_rule = True
    path = f"{SETTINGS}/Ride?recalcHrZones=false"
    assert api.refused("PUT", path, json={"ftp": 271})[0] == 422
    ride = sport(api)
    keys = ("power_zones", "hr_zones", "hr_zone_names", "pace_zones")
    sent = {key: ride[key] for key in keys} | {"ftp": 271}
    assert api.refused("PUT", path, json=sent)[0] == 200


def test_applying_reaches_past_activities_after_a_while(api: Api, clock: Clock) -> None:
    def first_run() -> Any:
        rows = api.get("/athlete/0/activities", oldest="2024-01-01")
        return next(row for row in rows[::-1] if row.get("name") == "Long Run")

    before = first_run()
    api.put(f"{SETTINGS}/Run", {"lthr": 160}, recalcHrZones="true")
    assert first_run() == before
    api.put(f"{SETTINGS}/Run/apply")
    assert first_run() == before
    clock.advance(seconds=5)
    after = first_run()
    assert after["icu_hr_zones"] == sport(api, "Run")["hr_zones"]
    assert after["lthr"] == 160
    assert after["icu_hr_zone_times"] != before["icu_hr_zone_times"]
    assert after["threshold_pace"] == before["threshold_pace"]


def test_matching_activities_are_of_the_sports_types(api: Api) -> None:
    rows = api.get(f"{SETTINGS}/Swim/matching-activities")
    assert {row["type"] for row in rows} == {"Swim", "OpenWaterSwim"}
    assert api.get("/pace_distances")["defaults"]
