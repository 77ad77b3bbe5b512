"""The doctor on bodies: their form, and what they say."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

import pytest

from bridge.domain.doctor.request import Diagnosis, diagnose
from bridge.domain.doctor.request.vocabulary import (
    CATEGORIES,
    QUERY_NAMES,
    WELLNESS,
    WELLNESS_COMPUTED,
)

KEY = "1l0nlqjq3j1obdhg08rz5rhhx"
BASE = "https://intervals.icu/api/v1/athlete/0"
WELLNESS_DAY = "/wellness/2026-01-31"
SETTINGS = "/sport-settings/Ride?recalcHrZones=false"


def send(path: str, body: str, *options: str, method: str = "PUT") -> Diagnosis:
    words = ["-u", f"API_KEY:{KEY}", "-X", method, *options, f"{BASE}{path}"]
    return diagnose(f"curl {shlex.join(words)} -d {shlex.quote(body)}")


def send_json(path: str, body: Any, method: str = "PUT") -> Diagnosis:
    header = "Content-Type: application/json"
    return send(path, json.dumps(body), "-H", header, method=method)


def codes(said: Diagnosis) -> list[str]:
    return [finding.code for finding in said.findings]


def corrected(said: Diagnosis) -> Any:
    words = shlex.split(said.corrected_curl or "")
    return json.loads(words[words.index("-d") + 1])


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ('{"weight": 70,}', "json_trailing_comma"),
        ("{'weight': 70}", "json_single_quotes"),
        ("{“weight”: 70}", "json_smart_quotes"),
        ("{weight: 70}", "json_unquoted_keys"),
        ('{"weight": 70, "locked": True}', "json_python_words"),
    ],
)
def test_broken_json_is_named_and_mended(body: str, code: str) -> None:
    said = send(WELLNESS_DAY, body, "-H", "content-type: application/json")
    assert codes(said) == [code]
    assert corrected(said)["weight"] == 70


def test_several_faults_of_one_json_are_all_named() -> None:
    said = send(
        WELLNESS_DAY, "{weight: 70, 'locked': True,}", "-H", "content-type: json"
    )
    assert codes(said) == [
        "json_trailing_comma",
        "json_single_quotes",
        "json_unquoted_keys",
        "json_python_words",
    ]
    assert corrected(said) == {"weight": 70, "locked": True}


def test_mending_one_fault_leaves_the_texts_alone() -> None:
    body = '{"comments": "felt ok, note: True, yes", }'
    said = send(WELLNESS_DAY, body, "-H", "content-type: application/json")
    assert codes(said) == ["json_trailing_comma"]
    assert corrected(said) == {"comments": "felt ok, note: True, yes"}


def test_json_beyond_mending_is_named_and_not_repeated() -> None:
    said = send(WELLNESS_DAY, '{"weight": ]', "-H", "content-type: application/json")
    assert codes(said) == ["json_broken"]
    assert "@body.json" in (said.corrected_curl or "")


def test_json_without_content_type_is_named() -> None:
    assert codes(send(WELLNESS_DAY, '{"weight": 70}')) == ["content_type_missing"]
    wrong = send(WELLNESS_DAY, '{"weight": 70}', "-H", "Content-Type: text/plain")
    assert codes(wrong) == ["content_type_wrong"]


def test_the_json_option_of_curl_and_of_shortcuts_announce_json() -> None:
    line = f"curl -u API_KEY:{KEY} -X PUT --json '{{\"weight\":70}}' {BASE}"
    line += "/wellness/2026-01-31"
    assert codes(diagnose(line)) == []
    text = (
        f"URL: {BASE}/wellness/2026-01-31\nMethod: PUT\nUser name: API_KEY\n"
        f'Password: {KEY}\nRequest Body: JSON\n{{\n  "weight": 70\n}}'
    )
    assert codes(diagnose(text)) == []
    assert corrected(diagnose(text)) == {"weight": 70}


def test_a_web_form_instead_of_json_is_named() -> None:
    assert codes(send(WELLNESS_DAY, "weight=70&mood=2")) == ["body_is_form"]


def test_a_get_with_a_body_is_named() -> None:
    said = send_json(WELLNESS_DAY, {"weight": 70}, method="GET")
    assert codes(said) == ["get_with_body"]
    assert "-X PUT" in (said.corrected_curl or "")


def test_a_body_in_raw_http_is_read_behind_the_blank_line() -> None:
    text = (
        "PUT /api/v1/athlete/0/wellness/2026-01-31 HTTP/1.1\nHost: intervals.icu\n"
        "Authorization: Basic QVBJX0tFWToxbDBubHFqcTNqMW9iZGhnMDhyejVyaGh4\n"
        'Content-Type: application/json\n\n{"feel": 3, "weight": 70}\n'
    )
    assert codes(diagnose(text)) == ["wellness_feel"]


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("weight_kg", "weight"),
        ("resting_hr", "restingHR"),
        ("restingHeartRate", "restingHR"),
        ("hrv_ms", "hrv"),
        ("sleep_s", "sleepSecs"),
        ("sleep_score", "sleepScore"),
        ("spo2", "spO2"),
        ("SpO2", "spO2"),
        ("body_fat", "bodyFat"),
        ("comment", "comments"),
        ("Steps", "steps"),
        ("stepz", "steps"),
        ("motivatoin", "motivation"),
    ],
)
def test_a_wellness_field_of_another_name_is_led_to_the_right_one(
    given: str, wanted: str
) -> None:
    said = send_json(WELLNESS_DAY, {given: 70})
    assert codes(said) == ["wellness_key"]
    assert wanted in said.findings[0].fix
    assert corrected(said) == {wanted: 70}


def test_feel_is_no_wellness_field_and_is_not_carried_over() -> None:
    said = send_json(WELLNESS_DAY, {"feel": 4, "weight": 70})
    assert codes(said) == ["wellness_feel"]
    assert corrected(said) == {"weight": 70}


def test_pounds_become_kilograms() -> None:
    assert corrected(send_json(WELLNESS_DAY, {"weight_lb": 160})) == {"weight": 72.6}


def test_an_unknown_wellness_field_may_be_a_custom_one() -> None:
    said = send_json(WELLNESS_DAY, {"moonphase": 1, "weight": 70})
    assert codes(said) == ["wellness_key_unknown"]
    assert "custom" in said.findings[0].fix


def test_a_computed_wellness_field_is_named() -> None:
    assert codes(send_json(WELLNESS_DAY, {"ctl": 50})) == ["wellness_read_only"]


def test_sleep_in_hours_is_turned_into_seconds() -> None:
    said = send_json(WELLNESS_DAY, {"sleepSecs": 7.5})
    assert codes(said) == ["sleep_in_hours"]
    assert corrected(said) == {"sleepSecs": 27000}


def test_wellness_without_a_day_is_named() -> None:
    assert codes(send_json("/wellness", {"weight": 70})) == ["wellness_day_missing"]
    assert codes(send_json("/wellness", {"id": "2026-01-31", "weight": 70})) == []
    assert codes(send_json("/wellness-bulk", [{"weight": 70}])) == [
        "wellness_day_missing"
    ]


def test_wellness_json_is_put_and_not_posted() -> None:
    said = send_json("/wellness", {"id": "2026-01-31", "weight": 70}, method="POST")
    assert codes(said) == ["wellness_post_json"]
    assert "-X PUT" in (said.corrected_curl or "")


EVENT = {"category": "NOTE", "name": "x", "start_date_local": "2026-05-25T00:00:00"}
RACE = {"category": "RACE_A"}


@pytest.mark.parametrize(
    ("change", "found", "wanted"),
    [
        ({"start_date_local": "2026-05-25"}, "event_date_without_time", EVENT),
        ({"start_date_local": "2026-05-25T00:00:00Z"}, "date_utc", EVENT),
        ({"category": "Note"}, "category_case", EVENT),
        ({"category": "race a", "type": "Run"}, "category_case", RACE),
        ({"category": "NOTES"}, "category_unknown", EVENT),
        ({"category": "RACE", "type": "Run"}, "category_unknown", RACE),
        ({"category": "WORKOUT"}, "event_sport_missing", {"type": "Ride"}),
        ({"category": "WORKOUT", "type": "run"}, "sport_spelling", {"type": "Run"}),
        ({"name": ""}, "event_name_missing", {"name": "Note"}),
    ],
)
def test_a_wrong_event_is_named_and_put_right(
    change: dict[str, str], found: str, wanted: dict[str, str]
) -> None:
    said = send_json("/events", EVENT | change, method="POST")
    assert codes(said) == [found]
    assert corrected(said) == EVENT | change | wanted


def test_an_event_without_category_and_start_is_named() -> None:
    said = send_json("/events", {"name": "x"}, method="POST")
    assert codes(said) == ["category_missing", "event_start_missing"]
    assert any("YYYY-MM-DD" in text for text in said.notes)


def test_a_change_of_an_event_needs_no_category() -> None:
    assert codes(send_json("/events/7", {"name": "x"})) == []


def test_names_of_event_fields_are_led_to_the_right_ones() -> None:
    body = {"category": "NOTE", "title": "x", "date": "2026-05-25"}
    said = send_json("/events", body, method="POST")
    assert codes(said) == ["event_date_without_time", "event_key", "event_key"]
    assert corrected(said) == EVENT


def test_a_new_event_is_posted_and_not_put() -> None:
    said = send_json("/events", EVENT)
    assert codes(said) == ["put_without_id"]
    assert "-X" not in (said.corrected_curl or "")


def test_many_events_need_a_list_and_one_event_an_object() -> None:
    assert codes(send_json("/events/bulk", EVENT, "POST")) == ["array_expected"]
    assert codes(send_json("/events", [EVENT], "POST")) == ["object_expected"]


def heart(*bounds: int, names: int = 3, **more: int) -> dict[str, Any]:
    """Return heart rate zones with so many names."""
    return {"hr_zones": [*bounds], "hr_zone_names": ["a"] * names} | more


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"power_zones": [55, 75, 90, 105, 120, 150]}, "zones_last_not_999"),
        ({"pace_zones": [77.5, 100, 120]}, "zones_last_not_999"),
        ({"power_zones": [137, 187, 225, 262, 300, 999]}, "zones_in_watts"),
        ({"power_zones": [75, 55, 999]}, "zones_not_ascending"),
        (heart(143, 158, 999), "hr_zones_last_999"),
        (heart(60, 80, 100), "hr_zones_in_percent"),
        (heart(143, 158, 198, names=2), "hr_zone_lengths"),
        ({"hr_zones": [143, 158, 198]}, "hr_zones_alone"),
        (heart(143, 158, 198, max_hr=190), "max_hr_overwritten"),
        ({"threshold_pace": "4:30"}, "threshold_pace_unit"),
        ({"threshold_pace": 270}, "threshold_pace_unit"),
    ],
)
def test_wrong_zones_are_named(settings: dict[str, Any], code: str) -> None:
    assert codes(send_json(SETTINGS, settings)) == [code]


def test_right_zones_are_left_alone() -> None:
    right = {
        "ftp": 250,
        "power_zones": [55, 75, 90, 105, 120, 150, 999],
        "hr_zones": [143, 158, 165, 177, 182, 188, 198],
        "hr_zone_names": ["a", "b", "c", "d", "e", "f", "g"],
        "max_hr": 198,
        "threshold_pace": 3.33,
        "pace_zones": None,
    }
    assert codes(send_json(SETTINGS, right)) == []


def test_watts_are_divided_by_a_given_ftp() -> None:
    said = send_json(SETTINGS, {"ftp": 250, "power_zones": [125, 250, 300, 999]})
    assert corrected(said)["power_zones"] == [50, 100, 120, 999]


def test_zones_that_cannot_be_mended_are_never_written_out_again() -> None:
    for body in ({"power_zones": [125, 250, 300, 999]}, {"threshold_pace": 270}):
        said = send_json(SETTINGS, body)
        assert "@body.json" in (said.corrected_curl or "")


def test_the_lengths_of_zones_and_names_are_counted_out() -> None:
    said = send_json(SETTINGS, {"hr_zones": [140, 190], "hr_zone_names": ["a"]})
    assert "2 zones and 1 names" in said.findings[0].how_seen


def test_a_missing_recalc_is_named_last() -> None:
    said = send_json("/sport-settings/Ride", {"ftp": 250})
    assert codes(said) == ["recalc_missing"]
    assert "recalcHrZones=false" in (said.corrected_curl or "")


def test_gear_type_is_called_type() -> None:
    said = send_json("/gear", {"gear_type": "SHOE", "name": "x"}, method="POST")
    assert codes(said) == ["gear_type"]
    assert corrected(said) == {"type": "Shoes", "name": "x"}


def test_a_library_workout_needs_type_and_folder() -> None:
    said = send_json("/workouts", {"name": "x" * 81, "sport": "Ride"}, method="POST")
    assert codes(said) == ["workout_type_missing", "folder_missing", "name_too_long"]


def test_an_activity_by_hand_goes_to_manual() -> None:
    body = {"type": "Run", "start_date_local": "2026-01-31T07:00:00"}
    said = send_json("/activities", body, method="POST")
    assert codes(said) == ["activity_json_upload"]
    assert f"{BASE}/activities/manual" in (said.corrected_curl or "")


def test_a_null_does_not_clear_a_number_of_an_activity() -> None:
    header = "-H 'Content-Type: application/json'"
    line = f"curl -u API_KEY:{KEY} -X PUT {header} -d '{{\"icu_rpe\":null}}'"
    said = diagnose(f"{line} https://intervals.icu/api/v1/activity/i5")
    assert codes(said) == ["null_clears_nothing"]


def test_a_key_in_the_body_is_named_and_taken_out() -> None:
    said = send_json(WELLNESS_DAY, {"weight": 70, "api_key": "hunter2hunter2"})
    assert "secret_in_body" in codes(said)
    assert corrected(said) == {"weight": 70}


def test_a_file_as_body_is_not_judged() -> None:
    assert codes(send(WELLNESS_DAY, "@day.json", "-H", "content-type: json")) == []


def test_the_names_in_the_vocabulary_are_upstreams(shared: Path) -> None:
    path = shared / "reference" / "intervals-openapi.json"
    spec = json.loads(path.read_text("utf-8"))
    schemas = spec["components"]["schemas"]
    assert set(schemas["Wellness"]["properties"]) == {*WELLNESS, *WELLNESS_COMPUTED}
    assert schemas["EventEx"]["properties"]["category"]["enum"]
    assert set(CATEGORIES) == set(schemas["EventEx"]["properties"]["category"]["enum"])
    operations = [op for item in spec["paths"].values() for op in item.values()]
    parameters = [one for op in operations for one in op.get("parameters", [])]
    named = {one["name"] for one in parameters if one["in"] == "query"}
    assert named <= QUERY_NAMES
