"""The doctor on addresses, ids, parameters, days and methods."""

from __future__ import annotations

from pathlib import Path

import pytest

from bridge.domain.doctor.request import diagnose
from bridge.domain.doctor.request.routes import find_route

KEY = "1l0nlqjq3j1obdhg08rz5rhhx"
BASE = "https://intervals.icu/api/v1"


def read(address: str, *options: str) -> tuple[list[str], str]:
    """Return the codes and the corrected address of a GET with a good sign-in."""
    full = address if "icu" in address else f"{BASE}{address}"
    said = diagnose(f"curl -u API_KEY:{KEY} {' '.join(options)} '{full}'")
    line = said.corrected_curl or ""
    corrected = line.split()[-1].strip("'").removeprefix(BASE)
    return [finding.code for finding in said.findings], corrected


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("https://www.intervals.icu/api/v1/athlete/0/gear", "host_prefix"),
        ("https://app.intervals.icu/api/v1/athlete/0/gear", "host_prefix"),
        ("https://intervals.com/api/v1/athlete/0/gear?icu", "host_other"),
        ("http://intervals.icu/api/v1/athlete/0/gear", "not_https"),
        ("intervals.icu/api/v1/athlete/0/gear", "scheme_missing"),
        ("https://intervals.icu/athlete/0/gear", "api_v1_missing"),
        ("https://intervals.icu/api/athlete/0/gear", "api_v1_missing"),
        ("https://intervals.icu/v1/athlete/0/gear", "api_v1_missing"),
        ("https://intervals.icu/api/v2/athlete/0/gear", "api_version_other"),
        ("https://intervals.icu/api/v1/api/v1/athlete/0/gear", "api_v1_twice"),
        ("/athlete/0//gear", "double_slash"),
        ("//athlete/0/gear", "double_slash"),
        ("/athlete/0/gear/", "trailing_slash"),
        ("/Athlete/0/Gear", "path_case"),
        ("/athlete/%200/gear", "path_blank"),
        ("/athletes/0/gear", "path_singular_plural"),
        ("/athlete/gear", "athlete_id_missing"),
        ("/gear", "athlete_part_missing"),
        ("/athlete/me/gear", "id_me"),
        ("/athlete/API_KEY/gear", "id_api_key"),
        ("/athlete/ii123/gear", "id_doubled_i"),
        ("/athlete/I123/gear", "id_capital_i"),
        ("/athlete/123456/gear", "id_without_i"),
        ("/athlete/jane/gear", "id_not_an_id"),
        ("/athlete/{id}/gear", "placeholder_in_path"),
        (f"/athlete/{KEY}/gear", "id_is_key"),
        ("/athlete/0/geer", "path_nearest"),
        ("/athlete/0/bikes", "path_nearest"),
    ],
)
def test_a_wrong_address_is_named_and_put_right(address: str, code: str) -> None:
    assert read(address) == ([code], "/athlete/0/gear")


@pytest.mark.parametrize(
    ("path", "code", "right"),
    [
        ("/activities/i55", "activities_for_one", "/activity/i55"),
        ("/activities/i5/map", "activities_for_one", "/activity/i5/map"),
        ("/athlete/0/activity/i55", "activity_under_athlete", "/activity/i55"),
        ("/athlete/0/activities/i5/map", "activity_under_athlete", "/activity/i5/map"),
        ("/activity/i55/laps.csv", "laps_endpoint", "/activity/i55/intervals"),
        ("/activities/i55/laps", "laps_endpoint", "/activity/i55/intervals"),
        ("/activity/i55/interval", "path_singular_plural", "/activity/i55/intervals"),
        ("/activity/i55/stream", "path_singular_plural", "/activity/i55/streams"),
        ("/activity/latest", "activity_latest", "/activity/ID"),
        ("/activity/{id}", "placeholder_in_path", "/activity/ID"),
        ("/athlete/0/event/7", "path_singular_plural", "/athlete/0/events/7"),
        ("/athlete/0/wellnesses", "path_singular_plural", "/athlete/0/wellness"),
        ("/athlete/0/fitness", "path_nearest", "/athlete/0/wellness"),
        ("/athlete/0/sportSettings", "path_nearest", "/athlete/0/sport-settings"),
        ("/i123/profile", "athlete_part_missing", "/athlete/0/profile"),
        ("/athlete/0/activity?oldest=2026-01-01", "activity_for_list",
         "/athlete/0/activities?oldest=2026-01-01"),
        ("/activity/17654321", "strava_stub_likely", "/activity/17654321"),
        ("/activity/17654321/file", "strava_activity_id", "/activity/17654321/file"),
    ],
)  # fmt: skip
def test_a_path_is_led_to_the_one_that_exists(path: str, code: str, right: str) -> None:
    assert read(path) == ([code], right)


@pytest.mark.parametrize(
    "path",
    [
        "/athlete/0",
        "/athlete/i123/activities/i1,i2",
        "/athlete/0/activities.csv",
        "/athlete/0/wellness.csv?oldest=2026-01-01&newest=2026-01-31",
        "/athlete/0/wellness/2026-01-31",
        "/athlete/0/events.json?category=WORKOUT,NOTE",
        "/athlete/0/events/12/download.zwo",
        "/athlete/0/sport-settings/Ride",
        "/athlete/0/athlete-summary.json?start=2026-01-01&end=2026-01-07",
        "/activity/i1/streams.json?types=watts,heartrate",
        "/activity/i1?intervals=true",
        "/athlete/0/activities?oldest=2026-01-01T00:00:00&fields=id,name&limit=5",
    ],
)
def test_a_right_address_is_left_as_it_is(path: str) -> None:
    assert read(path) == ([], path)


def test_an_unknown_path_is_not_guessed_and_the_line_only_tests_the_key() -> None:
    said = diagnose(f"curl -u API_KEY:{KEY} {BASE}/bananas/17/peel")
    assert [finding.code for finding in said.findings] == ["path_unknown"]
    assert said.corrected_curl == f"curl -u API_KEY:***** {BASE}/athlete/0"
    assert any("only tests" in text for text in said.notes)


def test_an_oauth_address_is_said_to_be_needless() -> None:
    codes, _ = read("https://intervals.icu/api/oauth/token")
    assert codes == ["oauth_address"]


def test_a_base_without_a_path_is_named() -> None:
    assert read("https://intervals.icu/api/v1")[0] == ["path_missing"]
    assert read("https://intervals.icu")[0] == ["path_missing"]


def test_a_doubted_id_is_never_given_or_robbed_of_an_i() -> None:
    for given in ("123456", "ii123456", "I123456"):
        _, corrected = read(f"/athlete/{given}/profile")
        assert corrected == "/athlete/0/profile"


def test_a_write_keeps_its_athlete_because_a_coach_may_have_sent_it() -> None:
    options = ("-X", "PUT", "--json", '\'{"feel":3,"weight":70}\'')
    address = "/athlete/i77/wellness/2026-01-31"
    assert read(address, *options) == (["wellness_feel"], address)


@pytest.mark.parametrize(
    ("query", "code", "right"),
    [
        ("", "oldest_missing", "oldest=2020-01-01&limit=10"),
        ("?oldest=", "oldest_missing", "oldest=2020-01-01&limit=10"),
        ("?newest=2026-01-31", "oldest_missing", "oldest=2026-01-01&newest=2026-01-31"),
        ("?limit=3", "oldest_missing", "oldest=2020-01-01&limit=3"),
        ("?from=2026-01-01", "parameter_name", "oldest=2026-01-01"),
        ("?start_date=2026-01-01", "parameter_name", "oldest=2026-01-01"),
        ("?Oldest=2026-01-01", "parameter_name", "oldest=2026-01-01"),
        ("?oldest=2026-01-01?limit=3", "second_question_mark",
         "oldest=2026-01-01&limit=3"),
        ("?oldest=2026-03-01&newest=2026-01-01", "range_reversed",
         "oldest=2026-01-01&newest=2026-03-01"),
        ("?oldest=31.01.2026", "date_not_iso", "oldest=2026-01-31"),
        ("?oldest=01/31/2026", "date_not_iso", "oldest=2026-01-31"),
        ("?oldest=2026-1-5", "date_not_iso", "oldest=2026-01-05"),
        ("?oldest=20260105", "date_not_iso", "oldest=2026-01-05"),
        ("?oldest=03/04/2026", "date_not_iso", "oldest=YYYY-MM-DD"),
        ("?oldest=2026-02-30", "date_impossible", "oldest=YYYY-MM-DD"),
        ("?oldest=today", "date_relative", "oldest=YYYY-MM-DD"),
        ("?oldest=1767225600", "date_relative", "oldest=YYYY-MM-DD"),
        ("?oldest=2026-01-01T10:00:00Z", "date_utc", "oldest=2026-01-01T10:00:00"),
        ("?oldest=2026-01-01T10:00:00%2B02:00", "date_utc",
         "oldest=2026-01-01T10:00:00"),
    ],
)  # fmt: skip
def test_a_wrong_query_is_named_and_put_right(
    query: str, code: str, right: str
) -> None:
    assert read(f"/athlete/0/activities{query}") == (
        [code],
        f"/athlete/0/activities?{right}",
    )


@pytest.mark.parametrize(
    ("day", "code", "right"),
    [
        ("31.01.2026", "date_not_iso", "2026-01-31"),
        ("today", "date_relative", "YYYY-MM-DD"),
        ("2026-01-31T07:00:00", "date_with_time", "2026-01-31"),
        ("2026-13-01", "date_impossible", "YYYY-MM-DD"),
        ("{date}", "placeholder_in_path", "YYYY-MM-DD"),
    ],
)
def test_a_day_in_the_path_must_be_a_calendar_day(
    day: str, code: str, right: str
) -> None:
    assert read(f"/athlete/0/wellness/{day}") == (
        [code],
        f"/athlete/0/wellness/{right}",
    )


def test_an_ampersand_outside_quotes_is_named_and_read_on() -> None:
    said = diagnose(
        f"curl -u API_KEY:{KEY} {BASE}/athlete/0/activities?oldest=2026-01-01&limit=3"
    )
    assert [finding.code for finding in said.findings] == ["unquoted_ampersand"]
    assert (said.corrected_curl or "").endswith("?oldest=2026-01-01&limit=3'")


def test_data_with_the_get_option_goes_into_the_query() -> None:
    codes, right = read("/athlete/0/activities", "-G", "-d", "oldest=2026-01-01")
    assert (codes, right) == ([], "/athlete/0/activities?oldest=2026-01-01")


def test_no_day_is_invented_for_what_deletes() -> None:
    _, right = read("/athlete/0/events", "-X", "DELETE")
    assert "oldest=YYYY-MM-DD" in right


def test_no_id_is_invented() -> None:
    said = diagnose(f"curl -u API_KEY:{KEY} -X DELETE {BASE}/athlete/0/events/{{id}}")
    assert (said.corrected_curl or "").endswith("/events/ID")
    assert any("in place of ID" in text for text in said.notes)


def test_every_missing_parameter_is_named() -> None:
    codes, right = read("/athlete/0/power-curves")
    assert (codes, right) == (
        ["parameter_missing"],
        "/athlete/0/power-curves?type=Ride",
    )


@pytest.mark.parametrize(
    ("method", "path", "code", "right"),
    [
        ("POST", "/activity/i1", "wrong_method", "PUT"),
        ("PATCH", "/athlete/0/events/7", "wrong_method", "PUT"),
        ("POST", "/athlete/0/events/7", "wrong_method", "PUT"),
        ("POST", "/athlete/0/wellness/2026-01-31", "wrong_method", "PUT"),
        ("PUT", "/athlete/0/gear", "wrong_method", "POST"),
        ("PUT", "/athlete/0/folders", "wrong_method", "POST"),
        ("GET", "/athlete/0/sport-settings/Run/apply", "wrong_method", "PUT"),
        ("DELETE", "/athlete/0/wellness/2026-01-31", "wrong_method", "PUT"),
    ],
)
def test_a_method_the_address_does_not_take_is_named(
    method: str, path: str, code: str, right: str
) -> None:
    said = diagnose(f"curl -u API_KEY:{KEY} -X {method} {BASE}{path}", status=405)
    assert said.findings[0].code == code
    assert f"-X {right} " in (said.corrected_curl or "")


def test_a_put_to_a_list_of_activities_is_led_to_the_one_activity() -> None:
    codes, right = read(
        "/athlete/0/activities/i5", "-X", "PUT", "--json", "'{\"a\":1}'"
    )
    assert (codes, right) == (["activity_under_athlete"], "/activity/i5")


def test_every_operation_of_the_published_list_is_known(shared: Path) -> None:
    rows = (shared / "reference" / "operations.md").read_text("utf-8").splitlines()
    cells = [row.split("|") for row in rows if row.startswith("| ") and "/" in row]
    operations = [(cell[1].strip(), cell[2].strip()) for cell in cells if len(cell) > 3]
    operations = [one for one in operations if one[1].startswith("/")]
    assert len(operations) > 140
    for method, path in operations:
        plain = path.replace("{ext}", "").replace("{format}", "")
        route = find_route(plain.replace("{deviceClass}", "phone")[1:].split("/"))
        assert route is not None, path
        assert method in route.needs, (method, path)
