"""Files in and out, manual activities, streams, and the analysis of both."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from typing import Any

import pytest

from tests.conftest import Clock
from tests.simulator_door import Door, door

__all__ = ["door"]

MANUAL = {
    "type": "Yoga",
    "name": "Yoga",
    "start_date_local": "2026-11-22T20:00:00",
    "moving_time": 1800,
    "icu_training_load": 10,
    "external_id": "y1",
}


def newest(door: Door, kind: str) -> Any:
    rows = door.get("/athlete/0/activities", oldest="2026-06-01")
    return next(r for r in rows if r.get("type") == kind and r["analyzed"])


def upload(door: Door, *files: tuple[str, bytes], query: str = "") -> Any:
    data = {"file": (io.BytesIO(files[0][1]), files[0][0])}
    response = door.ask("POST", f"/athlete/0/activities{query}", data=data)
    # The test client writes large forms to a file and leaves it open.
    response.request.environ["wsgi.input"].close()
    return response


def fit_of(door: Door, kind: str) -> bytes:
    path = f"/activity/{newest(door, kind)['id']}/fit-file"
    data: bytes = door.ask("GET", path).data
    return data


def test_a_new_file_is_201_and_the_same_again_200(door: Door) -> None:
    data = fit_of(door, "Ride")
    first = upload(door, ("ride.fit", data), query="?name=From%20file&external_id=e1")
    assert first.status_code == 201
    body = first.get_json()
    assert set(body) == {"icu_athlete_id", "id", "activities"}
    again = upload(door, ("other.fit", data))
    assert (again.status_code, again.get_json()) == (200, body)
    shown = door.get(f"/activity/{body['id']}")
    assert (shown["name"], shown["external_id"]) == ("From file", "e1")
    assert (shown["source"], shown["file_type"]) == ("UPLOAD", "fit")


def test_an_uploaded_ride_measures_like_its_source(door: Door) -> None:
    ride = newest(door, "Ride")
    made = upload(door, ("ride.fit", fit_of(door, "Ride"))).get_json()
    shown = door.get(f"/activity/{made['id']}")
    assert shown["start_date_local"] == ride["start_date_local"]
    assert shown["type"] == "Ride"
    assert shown["distance"] == pytest.approx(ride["distance"], rel=0.01)
    assert shown["average_heartrate"] == pytest.approx(ride["average_heartrate"], abs=1)
    load = ride["icu_training_load"]
    assert shown["icu_training_load"] == pytest.approx(load, rel=0.06)
    laps = door.get(f"/activity/{made['id']}/intervals")["icu_intervals"]
    assert laps[0]["average_watts"] == pytest.approx(ride["icu_average_watts"], abs=2)


@pytest.mark.parametrize("pack", ["gz", "zip"])
def test_packed_files_are_unpacked(door: Door, pack: str) -> None:
    fits = [fit_of(door, "Ride"), fit_of(door, "Run")]
    if pack == "gz":
        response = upload(door, ("a.fit.gz", gzip.compress(fits[0])))
        wanted = 1
    else:
        box = io.BytesIO()
        with zipfile.ZipFile(box, "w") as archive:
            for number, data in enumerate(fits):
                archive.writestr(f"{number}.fit", data)
        response, wanted = upload(door, ("all.zip", box.getvalue())), 2
    assert response.status_code == 201
    assert len(response.get_json()["activities"]) == wanted


def test_a_gpx_file_comes_in_as_it_went_out(door: Door) -> None:
    run = newest(door, "Run")
    data = door.ask("GET", f"/activity/{run['id']}/gpx-file").data
    made = upload(door, ("run.gpx", data)).get_json()
    shown = door.get(f"/activity/{made['id']}")
    assert shown["distance"] == pytest.approx(run["distance"], rel=0.02)
    assert shown["type"] == "Run"


def test_an_upload_can_fulfil_a_planned_workout(door: Door) -> None:
    event = door.world.add_event(name="Planned")
    query = f"?paired_event_id={event['id']}"
    made = upload(door, ("ride.fit", fit_of(door, "Ride")), query=query).get_json()
    assert door.get(f"/activity/{made['id']}")["paired_event_id"] == event["id"]


def test_analysis_takes_a_while_when_switched(door: Door, clock: Clock) -> None:
    door.world.switches.analysis_delay_s = 30
    made = upload(door, ("ride.fit", fit_of(door, "Ride"))).get_json()
    path = f"/activity/{made['id']}"
    fresh = door.get(path)
    assert (fresh["analyzed"], fresh["icu_training_load"]) == (None, None)
    assert door.get(f"{path}/intervals")["icu_intervals"] is None
    clock.advance(seconds=31)
    assert door.get(path)["icu_training_load"] > 0
    assert door.get(f"{path}/intervals")["icu_intervals"]


@pytest.mark.parametrize("name", ["broken.fit", "notes.txt", "x.gpx", "x.tcx"])
def test_what_is_no_activity_is_refused(door: Door, name: str) -> None:
    assert upload(door, (name, b"hello")).status_code == 422


def test_a_part_named_file_is_needed(door: Door) -> None:
    status, body = door.refused("POST", "/athlete/0/activities", data={})
    assert (status, "file" in body["error"]) == (422, True)


def test_a_deleted_upload_may_come_again(door: Door) -> None:
    data = fit_of(door, "Ride")
    made = upload(door, ("ride.fit", data)).get_json()
    door.delete(f"/activity/{made['id']}")
    assert upload(door, ("ride.fit", data)).status_code == 201


# Manual activities.


def test_a_manual_activity_moves_fitness_and_has_no_laps(door: Door) -> None:
    before = door.get("/athlete/0/wellness/2026-11-22")["ctlLoad"]
    made = door.post("/athlete/0/activities/manual", MANUAL)
    assert len(made) == 178
    assert (made["source"], made["icu_intensity"]) == (
        "MANUAL",
        pytest.approx(44.72, abs=0.01),
    )
    assert door.get("/athlete/0/wellness/2026-11-22")["ctlLoad"] == before + 10
    assert door.get(f"/activity/{made['id']}/intervals")["icu_intervals"] == []
    assert door.get(f"/activity/{made['id']}/streams.json") == []


def test_bulk_updates_what_has_the_same_external_id(door: Door) -> None:
    path = "/athlete/0/activities/manual/bulk"
    first = door.post(path, [MANUAL, MANUAL | {"external_id": None}])
    again = door.post(
        path, [MANUAL | {"name": "Again"}, MANUAL | {"external_id": None}]
    )
    assert (again[0]["id"], again[0]["name"]) == (first[0]["id"], "Again")
    assert again[1]["id"] != first[1]["id"]


@pytest.mark.parametrize("missing", ["type", "start_date_local"])
def test_a_manual_activity_needs_a_type_and_a_start(door: Door, missing: str) -> None:
    sent = {name: MANUAL[name] for name in MANUAL if name != missing}
    path = "/athlete/0/activities/manual"
    assert door.refused("POST", path, json=sent)[0] == 422


# Streams.


def test_streams_have_upstreams_envelope(door: Door) -> None:
    run = newest(door, "Run")
    rows = {row["type"]: row for row in door.get(f"/activity/{run['id']}/streams")}
    assert set(rows["time"]) == {
        "type",
        "name",
        "data",
        "data2",
        "valueType",
        "valueTypeIsArray",
        "anomalies",
        "custom",
        "allNull",
    }
    assert rows["time"]["valueType"] == "java.lang.Integer"
    assert rows["distance"]["valueType"] == "java.lang.Float"
    assert len(rows["latlng"]["data"]) == len(rows["latlng"]["data2"])
    assert set(rows) == set(run["stream_types"])
    assert {len(row["data"]) for row in rows.values()} == {len(rows["time"]["data"])}


def test_only_named_types_are_sent(door: Door) -> None:
    path = f"/activity/{newest(door, 'Ride')['id']}/streams.json"
    rows = door.get(path, types="time,watts,nonsense")
    assert [row["type"] for row in rows] == ["time", "watts"]


def test_streams_as_csv_begin_with_time_and_join_places_with_colons(
    door: Door,
) -> None:
    path = f"/activity/{newest(door, 'Run')['id']}/streams.csv"
    table = list(csv.DictReader(io.StringIO(door.ask("GET", path).text)))
    assert next(iter(table[0])) == "time"
    latitude, longitude = table[0]["latlng"].split(":")
    assert float(latitude) == pytest.approx(52.4212, abs=1e-3)
    assert float(longitude) == pytest.approx(13.1846, abs=1e-3)


def test_streams_are_written_and_read_back(door: Door) -> None:
    ride = newest(door, "Ride")
    path = f"/activity/{ride['id']}/streams"
    count = len(door.get(path, types="time")[0]["data"])
    sent = [{"type": "watts", "data": [200] * count}]
    assert door.put(path, sent) == {"updated": ["watts"], "deleted": []}
    assert set(door.get(path, types="watts")[0]["data"]) == {200}
    short = [{"type": "watts", "data": [1, 2]}]
    assert door.refused("PUT", path, json=short)[0] == 422
    text = ("heartrate\n" + "150\n" * count).encode()
    data = {"file": (io.BytesIO(text), "streams.csv")}
    assert door.refused("PUT", f"{path}.csv", data=data)[0] == 200
    assert set(door.get(path, types="heartrate")[0]["data"]) == {150}


def test_the_original_file_is_gzip_encoded(door: Door) -> None:
    response = door.ask("GET", f"/activity/{newest(door, 'Ride')['id']}/file")
    assert response.headers["Content-Encoding"] == "gzip"
    assert response.data[:2] == b"\x1f\x8b"
    assert gzip.decompress(response.data)[8:12] == b".FIT"


def test_an_activity_without_a_place_has_no_gpx(door: Door) -> None:
    path = f"/activity/{newest(door, 'VirtualRide')['id']}/gpx-file"
    assert door.refused("GET", path)[0] == 422


def test_several_fit_files_come_in_a_zip_without_stravas(door: Door) -> None:
    rows = door.get("/athlete/0/activities", oldest="2026-11-10")
    stub = next(row["id"] for row in rows if "_note" in row)
    ids = f"{newest(door, 'Ride')['id']},{stub}"
    response = door.ask("POST", f"/athlete/0/download-fit-files?ids={ids}")
    names = zipfile.ZipFile(io.BytesIO(response.data)).namelist()
    assert names == [f"{newest(door, 'Ride')['id']}.fit"]
