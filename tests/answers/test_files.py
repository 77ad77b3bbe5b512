"""The files of an activity: the right bytes, type and name."""

from __future__ import annotations

import csv
import io

import pytest
from flask.testing import FlaskClient

from bridge.simulator.world import World
from tests.support.asking import refused, told

LATEST = "/v1/activities/latest"


@pytest.mark.parametrize(
    ("kind", "content_type", "ending", "begins"),
    [
        ("fit", "application/vnd.ant.fit", "fit", (8, b".FIT")),
        ("gpx", "application/gpx+xml", "gpx", (0, b"<?xml")),
    ],
)
def test_a_file_has_its_type_and_the_name_of_the_activity(
    phone: FlaskClient,
    kind: str,
    content_type: str,
    ending: str,
    begins: tuple[int, bytes],
) -> None:
    activity = told(phone, LATEST)
    answer = phone.get(f"{LATEST}/file?as={kind}")
    assert answer.status_code == 200
    assert answer.content_type == content_type
    name = f"{activity['date']} {activity['name']}.{ending}"
    assert name in answer.headers["Content-Disposition"]
    place, mark = begins
    assert answer.data[place : place + len(mark)] == mark


def test_the_original_is_what_was_recorded(phone: FlaskClient) -> None:
    answer = phone.get(f"{LATEST}/file?as=original")
    assert answer.content_type == "application/vnd.ant.fit"
    assert answer.data[8:12] == b".FIT"


def test_what_came_through_strava_has_no_file(phone: FlaskClient, world: World) -> None:
    stub = next(key for key, row in world.activities.items() if row.get("_stub"))
    refused(phone, f"/v1/activities/{stub}/file", 422, "strava_only")


def test_streams_are_the_columns_asked_for_second_by_second(
    phone: FlaskClient, world: World
) -> None:
    activity = told(phone, LATEST)
    answer = phone.get(f"{LATEST}/streams.csv?types=time,heartrate")
    assert answer.content_type == "text/csv; charset=utf-8"
    name = f"{activity['activity_id']}-streams.csv"
    assert name in answer.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    streams = world.streams_of(activity["activity_id"])
    assert streams is not None
    assert set(rows[0]) == {"time", "heartrate"}
    assert [int(row["time"]) for row in rows] == streams["time"]
    beats = [round(float(row["heartrate"])) for row in rows]
    assert beats == [round(value) for value in streams["heartrate"]]


# what was typed in by hand


@pytest.fixture
def by_hand(world: World) -> str:
    """The id of an activity that was typed in, the latest one."""
    row = world.add_activity(
        type="WeightTraining",
        name="Strength",
        start_date_local="2026-11-23T06:30:00",
        moving_time=2700,
        source="MANUAL",
    )
    return str(row["id"])


@pytest.mark.parametrize("activity", ["latest", "by id"])
@pytest.mark.parametrize(
    "file",
    ["file", "file?as=fit", "file?as=gpx", "streams.csv", "streams.csv?types=time"],
)
def test_what_was_typed_in_says_that_it_has_no_file(
    phone: FlaskClient, by_hand: str, activity: str, file: str
) -> None:
    which = "latest" if activity == "latest" else by_hand
    body = refused(phone, f"/v1/activities/{which}/{file}", 404, "no_file")
    assert body["speech"].endswith("entered without a recording, so it has no file.")


def test_a_recording_without_gps_says_that_it_has_no_track(
    phone: FlaskClient, world: World
) -> None:
    indoors = next(
        key
        for key, row in world.activities.items()
        if row.get("type") == "VirtualRide"
        and "latlng" not in (world.streams_of(key) or {})
    )
    body = refused(phone, f"/v1/activities/{indoors}/file?as=gpx", 404, "no_track")
    assert "Ask for FIT" in body["speech"]
    assert phone.get(f"/v1/activities/{indoors}/file?as=fit").status_code == 200


def test_an_id_without_its_letter_is_asked_about_wherever_it_stands(
    phone: FlaskClient, world: World
) -> None:
    run = told(phone, f"{LATEST}?type=Run")["activity_id"]
    for rest in ("", "/laps", "/laps.csv", "/streams.csv", "/file"):
        path = f"/v1/activities/{run.removeprefix('i')}{rest}"
        assert run in refused(phone, path, 404, "other_id")["hint"]


# planned workouts


TEXT = ("text/plain; charset=utf-8", b"[COURSE HEADER]")
TRAINER = {"zwo": ("application/xml", b"<?xml"), "mrc": TEXT, "erg": TEXT}


@pytest.mark.parametrize("ending", TRAINER)
@pytest.mark.parametrize("which", ["today", "next", "id"])
def test_a_planned_workout_is_a_file_for_a_trainer(
    phone: FlaskClient, world: World, ending: str, which: str
) -> None:
    content_type, begins = TRAINER[ending]
    event = next(
        str(key)
        for key, row in world.events.items()
        if row["start_date_local"] == "2026-11-23T00:00:00"
        and row["name"] == "Threshold 4x8"
    )
    workout = event if which == "id" else which
    answer = phone.get(f"/v1/workouts/{workout}/file?as={ending}")
    assert answer.status_code == 200, answer.text
    assert answer.content_type == content_type
    assert answer.data.startswith(begins)
    named = answer.headers["Content-Disposition"]
    assert f'filename="2026-11-23 Threshold 4x8.{ending}"' in named


def test_without_a_format_it_is_zwo(phone: FlaskClient) -> None:
    answer = phone.get("/v1/workouts/today/file")
    assert b"<workout_file" in answer.data


def test_a_workout_without_steps_has_no_file(phone: FlaskClient, world: World) -> None:
    for row in list(world.events.values()):
        if row["start_date_local"] == "2026-11-23T00:00:00":
            row["workout_doc"] = row["description"] = None
    refused(phone, "/v1/workouts/today/file", 404, "no_steps")


def test_a_format_that_upstream_does_not_make_is_named(phone: FlaskClient) -> None:
    body = refused(phone, "/v1/workouts/today/file?as=fit", 404, "no_workout_file")
    assert "no FIT file" in body["speech"]


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/v1/workouts/today/file?as=pdf", 400, "bad_parameter"),
        ("/v1/workouts/yesterday/file", 400, "bad_parameter"),
        ("/v1/workouts/99/file", 404, "no_event"),
    ],
)
def test_what_can_be_no_workouts_file_is_refused(
    phone: FlaskClient, path: str, status: int, code: str
) -> None:
    refused(phone, path, status, code)


def test_a_format_may_be_written_large_and_the_refusal_names_one_that_is_made(
    phone: FlaskClient,
) -> None:
    assert phone.get("/v1/workouts/next/file?as=ZWO").status_code == 200
    assert "FIT" in (phone.get("/v1/workouts/next/file?as=tcx").json or {})["speech"]
    assert "GPX" not in phone.get("/v1/workouts/next/file?as=tcx").text


def test_a_note_has_no_file_and_an_empty_calendar_neither(
    phone: FlaskClient, world: World
) -> None:
    note = next(key for key, row in world.events.items() if row["category"] == "NOTE")
    refused(phone, f"/v1/workouts/{note}/file", 400, "bad_parameter")
    world.events.clear()
    for which in ("today", "next"):
        refused(phone, f"/v1/workouts/{which}/file", 404, "nothing_planned")


def test_a_file_that_is_none_never_arrives(phone: FlaskClient, world: World) -> None:
    told(phone, "/v1/workouts/today")
    world.switches.garbage = "empty"
    refused(phone, "/v1/workouts/today/file", 502, "upstream_garbage")
