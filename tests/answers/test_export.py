"""All activities as one file: upstream's own, or the bridge's columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import msgspec
import pytest
from flask import Flask
from flask.testing import FlaskClient

from bridge.domain.activity.files import csv_text
from bridge.simulator.app import create_simulator
from bridge.simulator.world import World
from tests.conftest import Clock
from tests.support.asking import phone_of, refused

PATH = "/v1/activities.csv"


def rows(phone: FlaskClient, query: str) -> list[dict[str, str]]:
    answer = phone.get(f"{PATH}?{query}")
    assert answer.status_code == 200, answer.text
    assert answer.content_type == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


def test_without_parameters_the_file_is_upstreams_byte_for_byte(
    phone: FlaskClient, world: World
) -> None:
    upstream = create_simulator(world).test_client()
    expected = upstream.get(
        "/api/v1/athlete/0/activities.csv", auth=("API_KEY", world.api_key)
    ).data
    answer = phone.get(PATH)
    assert answer.data == expected
    assert answer.data.startswith(b"\xef\xbb\xbfid,")
    assert len(answer.data) > 50_000
    assert answer.content_type == "text/csv; charset=utf-8"
    assert 'filename="activities.csv"' in answer.headers["Content-Disposition"]


def test_a_language_or_format_does_not_change_the_file(phone: FlaskClient) -> None:
    assert phone.get(f"{PATH}?lang=en").data == phone.get(PATH).data


def test_a_range_gives_our_columns(phone: FlaskClient, world: World) -> None:
    found = rows(phone, "oldest=2026-11-10&newest=2026-11-22")
    expected = [
        row
        for row in world.activities.values()
        if "2026-11-10" <= row["start_date_local"][:10] <= "2026-11-22"
    ]
    assert {row["activity_id"] for row in found} == {row["id"] for row in expected}
    by_id = {row["activity_id"]: row for row in found}
    for raw in expected:
        if raw.get("_stub"):
            assert by_id[raw["id"]]["strava_only"] == "yes"
            continue
        line = by_id[raw["id"]]
        assert line["moving_s"] == str(raw["moving_time"])
        assert line["name"] == raw["name"]
        if raw.get("distance"):
            assert float(line["distance_km"]) == round(raw["distance"] / 1000, 2)


def test_the_columns_come_as_asked(phone: FlaskClient) -> None:
    text = phone.get(f"{PATH}?columns=date,type,training_load&type=Run").text
    lines = text.splitlines()
    assert lines[0] == "date,type,training_load"
    assert lines[1].startswith("2026-11-21,Run,")
    assert all(",Run," in line for line in lines[1:])


def test_the_range_may_be_longer_than_a_year(phone: FlaskClient, world: World) -> None:
    found = rows(phone, "oldest=2020-01-01&columns=activity_id")
    assert len(found) == len(world.activities) > 366
    refused(phone, f"{PATH}?oldest=2026-11-23&newest=2026-11-22", 400, "bad_range")


@pytest.mark.parametrize(
    "name",
    [
        "=cmd|' /C calc'!A0",
        "+1+1",
        "-2+3",
        "@SUM(A1)",
        "  =1+1",
        "\t=1+1",
        "\r=1+1",
        '=HYPERLINK("http://evil";"x")',
        "＝1+1",
    ],
)
def test_a_name_that_is_a_formula_is_made_harmless(
    phone: FlaskClient, world: World, name: str
) -> None:
    world.add_activity(name=name, type="Walk", start_date_local="2026-11-23T06:00:00")
    (line,) = rows(phone, "oldest=2026-11-23&columns=name")
    assert line["name"][0] == "'" or not line["name"].lstrip().startswith(
        ("=", "+", "-", "@", "＝")
    )
    assert line["name"].lstrip("'").strip() == name.strip()


class Cell(msgspec.Struct):
    """A record of one value."""

    value: str | int | float | bool | None


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (" =1+1", "' =1+1"),
        ("\t@SUM(A1)", "'\t@SUM(A1)"),
        ("\u3000＝1", "'\u3000＝1"),
        ("a=1", "a=1"),
        (-5, "-5"),
        (-0.5, "-0.5"),
        (None, ""),
        (True, "yes"),
    ],
)
def test_only_texts_that_begin_like_formulas_get_an_apostrophe(
    value: str | int | float | bool | None, shown: str
) -> None:
    written = csv_text([Cell(value)], ("value",))
    assert list(csv.reader(io.StringIO(written)))[1] == [shown]


def test_names_with_commas_quotes_and_lines_stay_in_their_cell(
    phone: FlaskClient, world: World
) -> None:
    name = 'Easy, "very" easy\nand long'
    world.add_activity(name=name, type="Walk", start_date_local="2026-11-23T06:00:00")
    (line,) = rows(phone, "oldest=2026-11-23&columns=name,type")
    assert (line["name"], line["type"]) == (name, "Walk")


def test_numbers_below_zero_stay_numbers(phone: FlaskClient) -> None:
    for line in rows(phone, "oldest=2026-11-01"):
        for key, value in line.items():
            if key.endswith(("_s", "_km", "_w", "_bpm", "_load")):
                assert not value.startswith("'")


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("columns=nme", "unknown_column"),
        ("columns=__class__", "unknown_column"),
        ("columns=date,,name", "bad_parameter"),
        ("limit=5", "unknown_parameter"),
    ],
)
def test_what_is_no_column_is_refused(
    phone: FlaskClient, query: str, code: str
) -> None:
    refused(phone, f"{PATH}?{query}", 400, code)


def test_upstreams_failure_is_an_answer_not_a_file(
    phone: FlaskClient, world: World
) -> None:
    world.switches.fail_status, world.switches.fail_path = 403, "activities.csv"
    refused(phone, PATH, 502, "upstream_forbidden")


def test_a_beginners_file_has_a_head_only(
    make_app: Callable[..., Flask], world: World, clock: Clock
) -> None:
    phone = phone_of(make_app, World.empty(now=clock, api_key=world.api_key))
    assert rows(phone, "oldest=2026-01-01") == []
    assert len(phone.get(PATH).text.splitlines()) == 1
