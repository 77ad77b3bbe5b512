"""What the phone hears of laps: every sport, slivers dropped, as JSON and CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bridge.simulator.activities.laps import measure
from bridge.simulator.seed.sessions import Piece
from bridge.simulator.world import World
from tests.conftest import Clock
from tests.support.asking import Told, items, phone_of, refused, told


def newest(world: World, kind: str, name: str = "") -> dict[str, Any]:
    rows = [
        row
        for row in world.activities.values()
        if row.get("type") == kind and name in row["name"]
    ]
    return max(rows, key=lambda row: str(row["start_date_local"]))


def measured(world: World, row: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the laps as upstream has them, without slivers."""
    streams = world.streams_of(row["id"])
    assert streams
    laps = [measure(lap, streams, row) for lap in world.laps[row["id"]]]
    return [lap for lap in laps if lap["elapsed_time"] >= 5]


def laps_of(phone: FlaskClient, row: dict[str, Any]) -> list[Told]:
    return items(phone, f"/v1/activities/{row['id']}/laps")


def test_laps_of_a_run_have_pace_and_both_feet(
    phone: FlaskClient, world: World
) -> None:
    row = newest(world, "Run", "1km")
    laps = laps_of(phone, row)
    expected = measured(world, row)
    assert len(laps) == len(expected) > 8
    for number, (lap, raw) in enumerate(zip(laps, expected, strict=True), start=1):
        assert lap["lap"] == number
        assert lap["kind"] == raw["type"].lower()
        assert lap.get("label") == raw["label"]
        assert lap["distance_km"] == round(raw["distance"] / 1000, 3)
        assert lap["moving_s"] == raw["moving_time"]
        pace = raw["moving_time"] / raw["distance"] * 1000
        assert lap["pace_s_per_km"] == pytest.approx(pace, abs=0.06)
        assert lap["cadence_spm"] == pytest.approx(raw["average_cadence"] * 2, abs=0.51)
        assert lap["heart_rate_bpm"] == raw["average_heartrate"]
        assert "power_w" not in lap
        assert "cadence_rpm" not in lap


def test_slivers_between_two_laps_are_dropped(phone: FlaskClient, world: World) -> None:
    row = world.add_activity(
        type="Run",
        pieces=(
            Piece(600, 0.8, work=True),
            Piece(1, 0.5),
            Piece(4, 0.5),
            Piece(5, 0.5),
            Piece(300, 1.0, work=True),
        ),
    )
    laps = laps_of(phone, row)
    assert [lap["elapsed_s"] for lap in laps] == [600, 5, 300]
    assert [lap["lap"] for lap in laps] == [1, 2, 3]
    assert laps[2]["start_s"] == 610


def test_laps_of_a_ride_have_watts_and_speed(phone: FlaskClient, world: World) -> None:
    row = newest(world, "VirtualRide")
    laps = laps_of(phone, row)
    expected = measured(world, row)
    assert [lap["power_w"] for lap in laps] == [
        raw["average_watts"] for raw in expected
    ]
    assert [lap["normalized_power_w"] for lap in laps] == [
        raw["weighted_average_watts"] for raw in expected
    ]
    assert all("cadence_rpm" in lap and "pace_s_per_km" not in lap for lap in laps)
    body = told(phone, f"/v1/activities/{row['id']}/laps")
    assert body["speech"].startswith("5 times 4 minutes, ")
    assert body["repeats"] == 5


def test_laps_of_a_swim_have_a_pace_for_a_hundred_metres(
    phone: FlaskClient, world: World
) -> None:
    row = newest(world, "Swim")
    for lap, raw in zip(laps_of(phone, row), measured(world, row), strict=True):
        pace = raw["moving_time"] / raw["distance"] * 100
        assert lap["pace_s_per_100m"] == pytest.approx(pace, abs=0.06)


def test_the_answer_holds_the_activity_too(phone: FlaskClient, world: World) -> None:
    row = newest(world, "Run")
    body = told(phone, "/v1/activities/latest/laps?type=Run")
    assert body["activity_id"] == row["id"]
    assert body["name"] == row["name"]
    assert body["count"] == len(body["items"])


def test_the_sentence_goes_from_the_first_to_the_last(
    phone: FlaskClient, world: World
) -> None:
    row = world.add_activity(
        type="Run",
        pieces=tuple(Piece(300, effort, work=True) for effort in (0.8, 1.0, 0.9)),
    )
    body = told(phone, f"/v1/activities/{row['id']}/laps")
    assert body["speech"].startswith("3 times 5 minutes, from ")
    assert body["lap_trend"] == "faster"


def test_more_than_fifty_laps_are_paged(phone: FlaskClient, world: World) -> None:
    row = world.add_activity(
        type="Run", pieces=tuple(Piece(60, 0.9) for _ in range(57))
    )
    path = f"/v1/activities/{row['id']}/laps"
    first, rest = told(phone, path), told(phone, f"{path}?from=51")
    assert (first["count"], len(first["items"])) == (57, 50)
    assert [lap["lap"] for lap in rest["items"]] == list(range(51, 58))
    lines = phone.get(f"{path}.csv").text.splitlines()
    assert len(lines) == 58


def test_laps_as_csv_are_the_same_laps(phone: FlaskClient, world: World) -> None:
    row = newest(world, "Run", "1km")
    path = f"/v1/activities/{row['id']}/laps"
    answer = phone.get(f"{path}.csv")
    assert answer.content_type == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    laps = items(phone, path)
    assert len(rows) == len(laps)
    for line, lap in zip(rows, laps, strict=True):
        known = {key: value for key, value in line.items() if value}
        shown = {key: str(value) for key, value in lap.items() if key in line}
        assert known == shown


def test_a_label_that_looks_like_a_formula_is_made_harmless(
    phone: FlaskClient, world: World
) -> None:
    row = world.add_activity(
        type="Run", pieces=(Piece(300, 0.9, label='=HYPERLINK("http://evil")'),)
    )
    answer = phone.get(f"/v1/activities/{row['id']}/laps.csv")
    (line,) = csv.DictReader(io.StringIO(answer.text))
    assert line["label"] == '\'=HYPERLINK("http://evil")'


@pytest.mark.parametrize("suffix", ["laps", "laps.csv"])
def test_laps_of_a_strava_stub_are_refused_with_the_reason(
    phone: FlaskClient, world: World, suffix: str
) -> None:
    for key, row in world.activities.items():
        if row.get("_stub"):
            body = refused(phone, f"/v1/activities/{key}/{suffix}", 422, "strava_only")
            assert "Connect your watch" in body["speech"]


def test_why_there_are_no_laps_is_said(phone: FlaskClient, world: World) -> None:
    waiting = world.add_activity(type="Run", analyzed=None)
    body = told(phone, f"/v1/activities/{waiting['id']}/laps")
    assert (body["count"], body["items"]) == (0, [])
    assert "still analysing" in body["speech"]
    manual = world.add_activity(type="Run", source="MANUAL")
    body = told(phone, f"/v1/activities/{manual['id']}/laps")
    assert (body["count"], "typed in by hand" in body["speech"]) == (0, True)


def test_an_infinite_number_in_a_lap_does_no_harm(
    phone: FlaskClient, world: World
) -> None:
    odd = [
        key
        for key, laps in world.laps.items()
        if any(lap.extra.get("decoupling") == "-Infinity" for lap in laps)
    ]
    assert odd
    assert told(phone, f"/v1/activities/{odd[0]}/laps")["count"] > 0


def test_a_beginner_has_no_latest_laps(
    make_app: Callable[..., Flask], world: World, clock: Clock
) -> None:
    phone = phone_of(make_app, World.empty(now=clock, api_key=world.api_key))
    body = told(phone, "/v1/activities/latest/laps")
    assert body["speech"] == "There's no activity in the last twelve months."
    assert (body["count"], body["items"]) == (0, [])


@pytest.mark.parametrize("file", ["laps.csv", "streams.csv", "file"])
def test_a_file_of_nothing_is_refused_in_the_words_of_the_latest(
    make_app: Callable[..., Flask], world: World, clock: Clock, file: str
) -> None:
    phone = phone_of(make_app, World.empty(now=clock, api_key=world.api_key))
    for query, code, cure in (
        ("", "no_latest", "Sync your watch first."),
        ("?type=Run", "no_latest_of_type", "Ask for another kind."),
    ):
        latest = told(phone, f"/v1/activities/latest{query}")["speech"]
        path = f"/v1/activities/latest/{file}{query}"
        assert refused(phone, path, 404, code)["speech"] == f"{latest} {cure}"


@pytest.mark.parametrize("odd", ["i0001", "0", "me", "i1,i2", "LATEST", "i1%20"])
def test_what_cannot_be_an_id_is_no_activity(
    phone: FlaskClient, world: World, odd: str
) -> None:
    for suffix in ("", "/laps", "/laps.csv"):
        refused(phone, f"/v1/activities/{odd}{suffix}", 404, "bad_id")
    assert world.requests == []
