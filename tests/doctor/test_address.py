"""The doctor on addresses, ids, parameters, days and methods."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bridge.domain.doctor.request import explain_request

KEY = "1l0nlqjq3j1obdhg08rz5rhhx"
BASE = "https://intervals.icu/api/v1"


def read(address: str, *options: str) -> tuple[list[str], str]:
    """Return the codes and the corrected address of a GET with a good sign-in."""
    full = address if "icu" in address else f"{BASE}{address}"
    said = explain_request(f"curl -u API_KEY:{KEY} {' '.join(options)} '{full}'")
    line = said.corrected_curl or ""
    corrected = line.split()[-1].strip("'").removeprefix(BASE)
    return [finding.code for finding in said.findings], corrected


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("https://www.intervals.icu/api/v1/athlete/0/gear", "host_other"),
        ("https://app.intervals.icu/api/v1/athlete/0/gear", "host_other"),
        ("https://intervals.com/api/v1/athlete/0/gear#icu", "host_other"),
        ("http://intervals.icu/api/v1/athlete/0/gear", "not_https"),
        ("intervals.icu/api/v1/athlete/0/gear", "not_https"),
        ("https://intervals.icu/athlete/0/gear", "api_v1_missing"),
        ("https://intervals.icu/api/athlete/0/gear", "api_v1_missing"),
        ("https://intervals.icu/v1/athlete/0/gear", "api_v1_missing"),
        ("https://intervals.icu/api/v2/athlete/0/gear", "api_v1_missing"),
        ("https://intervals.icu/api/v1/api/v1/athlete/0/gear", "api_v1_missing"),
        ("/athlete/0//gear", "path_odd"),
        ("//athlete/0/gear", "path_odd"),
        ("/athlete/0/gear/", "path_odd"),
        ("/Athlete/0/Gear", "path_nearest"),
        ("/athlete/%200/gear", "path_odd"),
        ("/athletes/0/gear", "path_nearest"),
        ("/athlete/gear", "athlete_missing"),
        ("/gear", "athlete_missing"),
        ("/athlete/me/gear", "id_me"),
        ("/athlete/API_KEY/gear", "id_not_an_id"),
        ("/athlete/ii123/gear", "id_not_an_id"),
        ("/athlete/I123/gear", "id_not_an_id"),
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
        ("/activities/i55", "activity_path", "/activity/i55"),
        ("/activities/i5/map", "activity_path", "/activity/i5/map"),
        ("/athlete/0/activity/i55", "activity_path", "/activity/i55"),
        ("/athlete/0/activities/i5/map", "activity_path", "/activity/i5/map"),
        ("/activity/i55/laps.csv", "path_nearest", "/activity/i55/intervals"),
        ("/activity/i55/interval", "path_nearest", "/activity/i55/intervals"),
        ("/activity/i55/stream", "path_nearest", "/activity/i55/streams"),
        ("/activity/latest", "placeholder_in_path", "/activity/ID"),
        ("/activity/{id}", "placeholder_in_path", "/activity/ID"),
        ("/athlete/0/event/7", "path_nearest", "/athlete/0/events/7"),
        ("/athlete/0/wellnesses", "path_nearest", "/athlete/0/wellness"),
        ("/athlete/0/fitness", "path_nearest", "/athlete/0/wellness"),
        ("/athlete/0/sportSettings", "path_nearest", "/athlete/0/sport-settings"),
        ("/i123/profile", "athlete_missing", "/athlete/0/profile"),
        ("/athlete/0/activity?oldest=2026-01-01", "activity_path",
         "/athlete/0/activities?oldest=2026-01-01"),
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
    said = explain_request(f"curl -u API_KEY:{KEY} {BASE}/bananas/17/peel")
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
    options = ("-X", "PUT", "--json", "'{}'")
    address = "/athlete/i77/wellness/2026-01-31"
    assert read(f"{address}/", *options) == (["path_odd"], address)
    assert read(f"{address}/") == (["path_odd"], "/athlete/0/wellness/2026-01-31")


def test_data_with_the_get_option_goes_into_the_query() -> None:
    codes, right = read("/athlete/0/activities", "-G", "-d", "oldest=2026-01-01")
    assert (codes, right) == ([], "/athlete/0/activities?oldest=2026-01-01")


def test_no_id_is_invented() -> None:
    said = explain_request(
        f"curl -u API_KEY:{KEY} -X DELETE {BASE}/athlete/0/events/{{id}}"
    )
    assert (said.corrected_curl or "").endswith("/events/ID")
    assert any("in place of ID" in text for text in said.notes)


def test_a_query_is_passed_on_as_it_was_but_for_a_second_question_mark() -> None:
    path = "/athlete/0/activities"
    query = "?oldest=31.01.2026&type=My%20Ride&limit="
    assert read(path + query) == ([], path + query)
    twice = read(f"{path}?oldest=2026-01-01?limit=3")
    assert twice == ([], f"{path}?oldest=2026-01-01&limit=3")


def test_the_method_is_left_to_upstream_and_explained_by_its_answer() -> None:
    line = f"curl -u API_KEY:{KEY} -X PATCH {BASE}/athlete/0/events/7"
    said = explain_request(line, status=405)
    assert said.findings == ()
    assert any(text.startswith("405 means") for text in said.notes)
    assert "-X PATCH" in (said.corrected_curl or "")


def test_no_address_of_the_published_list_is_doubted(shared: Path) -> None:
    rows = (shared / "reference" / "operations.md").read_text("utf-8").splitlines()
    cells = [row.split("|") for row in rows if row.startswith("| ") and "/" in row]
    paths = {cell[2].strip() for cell in cells if len(cell) > 3}
    paths = {path for path in paths if path.startswith("/")}
    assert len(paths) > 100
    for path in sorted(paths):
        plain = re.sub(r"\{(ext|format)\}", "", path)
        plain = re.sub(r"\{deviceClass\}", "phone", plain)
        plain = re.sub(r"\{date\}", "2026-01-31", plain)
        filled = re.sub(r"\{[^}]*\}", "0" if "athlete/{" in plain else "7", plain)
        assert read(filled) == ([], filled), path
