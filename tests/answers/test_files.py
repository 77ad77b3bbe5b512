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
