"""Uploading recorded files from the phone."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from bridge.domain.activity.files import FIT, GPX, read_recording, upload_name
from bridge.errors import UnknownFile
from bridge.routes.api.activity.files import LARGEST_FILE
from bridge.simulator.faults import Fault
from bridge.simulator.files.fit import HEADER, crc, encode_fit
from bridge.simulator.world import World
from tests.conftest import let_in
from tests.writes.writing import done, refused, undo, writer, writes

__all__ = ["writer"]

UPLOAD = "/v1/activities?filename=morning.fit"
TCX = b"""<?xml version="1.0" encoding="UTF-8"?>
<!-- from a watch -->
<TrainingCenterDatabase
 xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2">
 <Activities><Activity Sport="Running"><Id>2026-11-22T08:00:00Z</Id>
  <Lap StartTime="2026-11-22T08:00:00Z"><Track>
   <Trackpoint><Time>2026-11-22T08:00:00Z</Time>
    <DistanceMeters>0</DistanceMeters></Trackpoint>
   <Trackpoint><Time>2026-11-22T08:05:00Z</Time>
    <DistanceMeters>1000</DistanceMeters></Trackpoint>
  </Track></Lap></Activity></Activities>
</TrainingCenterDatabase>"""


def file_of(writer: FlaskClient, world: World, kind: str) -> bytes:
    """Return a file of a ride that is there, and let upstream forget the ride."""
    rides = [row for row in world.activities.values() if row.get("type") == "Ride"]
    ride = max(rides, key=lambda row: str(row["start_date_local"]))
    answer = writer.get(f"/v1/activities/{ride['id']}/file?as={kind}")
    assert answer.status_code == 200
    del world.activities[ride["id"]]
    world.touch()
    data: bytes = answer.get_data()
    return data


@pytest.mark.parametrize("kind", ["fit", "gpx"])
def test_a_new_file_becomes_an_activity(
    writer: FlaskClient, world: World, kind: str
) -> None:
    data = file_of(writer, world, kind)
    told = done(writer.post("/v1/activities?filename=Morning.FIT", data=data), 201)
    row = world.activities[told["activity_id"]]
    assert (told["new"], told["kind"]) == ("yes", kind)
    assert (row["source"], row["file_type"]) == ("UPLOAD", kind)
    assert row["external_id"].startswith("bridge-")
    assert told["speech"].startswith("Uploaded. Yesterday, ")
    (sent,) = writes(world)
    assert sent.path == "/api/v1/athlete/0/activities"


def test_a_tcx_file_is_known_by_its_root(writer: FlaskClient, world: World) -> None:
    answer = writer.post("/v1/activities?name=Sunday%20run", data=TCX)
    told = done(answer, 201)
    assert (told["kind"], told["name"]) == ("tcx", "Sunday run")
    assert world.activities[told["activity_id"]]["type"] == "Run"


def test_a_file_that_upstream_knows_is_200_and_adds_nothing(
    writer: FlaskClient, world: World
) -> None:
    first = done(writer.post(UPLOAD, data=TCX), 201)
    count = len(world.activities)
    told = done(writer.post("/v1/activities?filename=again.tcx", data=TCX), 200)
    assert told["new"] == "no"
    assert told["activity_id"] == first["activity_id"]
    assert told["speech"].startswith("Nothing was added")
    assert len(world.activities) == count


def test_undo_after_a_known_file_never_removes_what_was_there(
    writer: FlaskClient, world: World
) -> None:
    other = let_in(writer.application, "write", "Other phone")
    first = done(other.post(UPLOAD, data=TCX), 201)
    done(writer.post(UPLOAD, data=TCX), 200)
    assert undo(writer)["undone"] == "no"
    assert first["activity_id"] in world.activities


def test_undo_removes_an_uploaded_activity(writer: FlaskClient, world: World) -> None:
    told = done(writer.post(UPLOAD, data=TCX), 201)
    assert undo(writer)["undone"] == "yes"
    assert told["activity_id"] not in world.activities


def test_undo_leaves_an_upload_that_was_rated_since(
    writer: FlaskClient, world: World
) -> None:
    told = done(writer.post(UPLOAD, data=TCX), 201)
    world.activities[told["activity_id"]]["icu_rpe"] = 7
    assert undo(writer)["undone"] == "no"
    assert told["activity_id"] in world.activities


def test_the_same_upload_twice_is_sent_once(writer: FlaskClient, world: World) -> None:
    first = done(writer.post(UPLOAD, data=TCX), 201)
    assert done(writer.post(UPLOAD, data=TCX), 201) == first
    assert len(writes(world)) == 1


def test_an_upload_whose_answer_is_lost_is_found_by_its_external_id(
    writer: FlaskClient, world: World
) -> None:
    world.switches.drop_connection_after_write = True
    count = len(world.activities)
    told = done(writer.post(UPLOAD, data=TCX), 201)
    assert told["new"] == "yes"
    assert "The answer was lost" in told["speech"]
    assert (len(world.activities), len(writes(world))) == (count + 1, 1)


def test_an_upload_of_an_unknown_fate_is_looked_up_before_it_is_sent_again(
    writer: FlaskClient, world: World
) -> None:
    world.switches.drop_connection_after_write = True
    looking = Fault(status=500, method="GET", path="/activities")
    world.switches.fail_next += [looking] * 3
    refused(writer.post(UPLOAD, data=TCX), 502, "write_unknown")
    world.switches.fail_next.clear()
    done(writer.post(UPLOAD, data=TCX), 201)
    assert len(writes(world)) == 1


def test_an_upload_that_never_arrived_is_said_and_not_sent_again_by_itself(
    writer: FlaskClient, world: World
) -> None:
    world.switches.fail_next.append(Fault(status=502, method="POST"))
    refused(writer.post(UPLOAD, data=TCX), 502, "write_lost")
    assert len(writes(world)) == 1


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        b"PK\x03\x04archive",
        b"\x1f\x8bzipped",
        b'{"weight_kg": 72}',
        b"<html><body><gpx></gpx></body></html>",
        b"<?xml version='1.0'?><svg/>",
        TCX[:20],
        b"\x0e\x10\xd9\x07FIT.",
    ],
)
def test_what_is_no_recording_is_refused_and_not_sent_on(
    writer: FlaskClient, world: World, data: bytes
) -> None:
    told = refused(writer.post(UPLOAD, data=data), 415, "unknown_file")
    assert "FIT, TCX nor GPX" in told["speech"]
    assert writes(world) == []


def test_a_broken_file_is_told_in_upstreams_words(
    writer: FlaskClient, world: World
) -> None:
    data = b"\x0e\x10\xd9\x07\x00\x00\x00\x00.FIT" + b"\x00" * 40
    told = refused(writer.post(UPLOAD, data=data), 422, "file_refused")
    assert told["hint"] == "Intervals.icu says: Invalid fit file"


def test_a_file_that_is_too_large_is_refused_before_it_is_read(
    writer: FlaskClient, world: World
) -> None:
    length = {"CONTENT_LENGTH": str(LARGEST_FILE + 1)}
    answer = writer.post(UPLOAD, data=TCX, environ_overrides=length)
    refused(answer, 413, "body_too_large")
    assert writes(world) == []


def test_other_fields_and_odd_names_are_refused(
    writer: FlaskClient, world: World
) -> None:
    refused(writer.post(f"{UPLOAD}&athlete_id=i9", data=TCX), 400, "unknown_parameter")
    refused(writer.post(f"{UPLOAD}&name=%00", data=TCX), 422, "bad_field")
    refused(writer.post(f"{UPLOAD}&name={'a' * 201}", data=TCX), 422, "bad_field")
    assert writes(world) == []


def test_a_preview_tells_the_kind_and_sends_nothing(
    writer: FlaskClient, world: World
) -> None:
    told = done(writer.post(f"{UPLOAD}&preview=yes", data=TCX))
    assert told["speech"] == "Nothing is sent yet. This is a TCX file of 1 kilobyte."
    assert writes(world) == []


def test_a_read_only_device_is_refused(app: Flask, world: World) -> None:
    refused(let_in(app).post(UPLOAD, data=TCX), 403, "scope_too_small")
    assert world.requests == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("morning.fit", "morning.fit"),
        ("morning.gpx", "morning.fit"),
        ("../../etc/passwd", "passwd.fit"),
        ("C:\\rides\\a b.tcx", "a b.fit"),
        ('x"\r\nX-Evil: 1.fit', "x_X-Evil_ 1.fit"),
        ("\u202egnp.exe", "gnp.fit"),
        ("Über.fit", "ber.fit"),
        ("", "recording.fit"),
        ("...", "recording.fit"),
        ("a" * 300, "a" * 80 + ".fit"),
    ],
)
def test_a_file_name_is_plain_and_ends_as_its_format(name: str, expected: str) -> None:
    assert upload_name(name, FIT) == expected


@given(st.text(max_size=100))
def test_no_file_name_can_break_the_form_it_is_sent_in(name: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9_ .-]{1,80}\.gpx", upload_name(name, GPX))


@pytest.mark.parametrize("name", ['a"; name="b.fit', "Über den See.fit", "a%0Ab\\c"])
def test_an_odd_file_name_arrives_as_one_file(
    writer: FlaskClient, world: World, name: str
) -> None:
    told = done(writer.post(f"/v1/activities?filename={quote(name)}", data=TCX), 201)
    assert told["activity_id"] in world.activities
    assert len(writes(world)) == 1


@given(st.binary(max_size=200))
def test_any_bytes_are_a_recording_or_refused(data: bytes) -> None:
    try:
        file, known = read_recording(io.BytesIO(data))
        assert known.ending in ("fit", "tcx", "gpx")
        assert data.endswith(file.read()) or data.startswith(b"\x1f\x8b")
    except UnknownFile:
        return


# wrapped, and with blanks before


def zipped(*parts: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts:
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"          " + TCX,
        b"\r\n\t" + TCX,
        b"\xef\xbb\xbf" + TCX,
        b"\xef\xbb\xbf \n" + TCX,
        gzip.compress(TCX),
        gzip.compress(b"\n" + TCX),
        zipped(("123_ACTIVITY.tcx", TCX)),
        zipped(("a/", b""), ("a/123.tcx.gz", gzip.compress(TCX)), ("me.txt", b"hi")),
    ],
    ids=["blanks", "lines", "BOM", "BOM, line", "gz", "line in gz", "zip", "gz in zip"],
)
def test_a_recording_is_found_in_its_wrapping(
    writer: FlaskClient, world: World, data: bytes
) -> None:
    told = done(writer.post("/v1/activities?filename=a.tcx.gz", data=data), 201)
    assert told["kind"] == "tcx"
    assert world.activities[told["activity_id"]]["elapsed_time"] == 300


def test_a_form_with_one_file_is_that_file(writer: FlaskClient) -> None:
    form = {"file": (io.BytesIO(b" " + TCX), "Morning Run.tcx")}
    told = done(writer.post("/v1/activities", data=form), 201)
    assert told["kind"] == "tcx"


@pytest.mark.parametrize(
    "data",
    [
        zipped(("one.tcx", TCX), ("two.tcx", TCX)),
        zipped(("me.txt", b"hi")),
        zipped(),
        zipped(("one.tcx", TCX))[:-30],
        gzip.compress(TCX)[:-9],
        gzip.compress(b"hi"),
    ],
    ids=["two", "a note", "nothing", "cut zip", "cut gz", "no recording"],
)
def test_a_wrapping_without_one_recording_is_refused(
    writer: FlaskClient, world: World, data: bytes
) -> None:
    refused(writer.post(UPLOAD, data=data), 415, "unknown_file")
    assert writes(world) == []


def test_two_files_in_a_form_are_refused(writer: FlaskClient) -> None:
    form = {"one": (io.BytesIO(TCX), "1.tcx"), "two": (io.BytesIO(TCX), "2.tcx")}
    refused(writer.post("/v1/activities", data=form), 415, "unknown_file")


@pytest.mark.parametrize("cut", [19, 2])
def test_a_file_upstream_cannot_read_is_the_files_fault(
    writer: FlaskClient, world: World, cut: int
) -> None:
    data = file_of(writer, world, "fit")[:-cut]
    body = refused(writer.post(UPLOAD, data=data), 422, "file_refused")
    assert "damaged or cut short" in body["speech"]


# what a file says, and no more


def fit_of(*sessions: tuple[str, datetime, int]) -> bytes:
    """Return one FIT file of several sessions: their types, starts and seconds."""
    bodies = b""
    for kind, start, seconds in sessions:
        row = {
            "type": kind,
            "start_date": start.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "elapsed_time": seconds,
            "moving_time": seconds,
        }
        bodies += encode_fit(row, {"time": list(range(0, seconds, 10))})[14:-2]
    head = HEADER.pack(14, 0x20, 2132, len(bodies), b".FIT")
    data = head + crc(head).to_bytes(2, "little") + bodies
    return data + crc(data).to_bytes(2, "little")


def test_each_session_of_a_file_becomes_an_activity(
    writer: FlaskClient, world: World
) -> None:
    kinds = ("Swim", "Transition", "Ride", "Transition", "Run", "Transition", "Yoga")
    begin = datetime(2026, 11, 22, 7, tzinfo=UTC)
    starts = [begin + timedelta(minutes=20 * number) for number in range(7)]
    data = fit_of(
        *((kind, start, 1200) for kind, start in zip(kinds, starts, strict=True))
    )
    before = set(world.activities)
    told = done(writer.post(UPLOAD, data=data), 201)
    assert (told["activities"], told["type"]) == (7, "Swim")
    new = [world.activities[key] for key in world.activities if key not in before]
    assert [row["type"] for row in new] == list(kinds)
    assert {row["elapsed_time"] for row in new} == {1200}
    assert len({row["start_date_local"] for row in new}) == 7
    undo(writer)
    assert set(world.activities) == before


@pytest.mark.parametrize("kind", ["Run", "Ride"])
def test_a_file_without_heart_rate_and_power_has_none(
    writer: FlaskClient, world: World, kind: str
) -> None:
    data = fit_of((kind, datetime(2026, 11, 22, 7, tzinfo=UTC), 1800))
    told = done(writer.post(UPLOAD, data=data), 201)
    invented = {"heart_rate_bpm", "max_heart_rate_bpm", "power_w", "climb_m"}
    invented |= {"normalized_power_w", "cadence_rpm", "cadence_spm", "distance_km"}
    assert not invented & set(told)
    laps = writer.get(f"/v1/activities/{told['activity_id']}/laps")
    assert laps.status_code == 200
    assert not invented & set(laps.get_json()["items"][0])
