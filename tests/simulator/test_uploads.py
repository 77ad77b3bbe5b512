"""Files in and out, manual activities, streams, and the analysis of both."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from typing import Any

import pytest

from tests.conftest import Clock
from tests.simulator.api import Api, api

__all__ = ["api"]

MANUAL = {
    "type": "Yoga",
    "name": "Yoga",
    "start_date_local": "2026-11-22T20:00:00",
    "moving_time": 1800,
    "icu_training_load": 10,
    "external_id": "y1",
}


def newest(api: Api, kind: str) -> Any:
    rows = api.get("/athlete/0/activities", oldest="2026-06-01")
    return next(r for r in rows if r.get("type") == kind and r["analyzed"])


def upload(api: Api, *files: tuple[str, bytes], query: str = "") -> Any:
    data = {"file": (io.BytesIO(files[0][1]), files[0][0])}
    response = api.ask("POST", f"/athlete/0/activities{query}", data=data)
    # The test client writes large forms to a file and leaves it open.
    response.request.environ["wsgi.input"].close()
    return response


def fit_of(api: Api, kind: str) -> bytes:
    path = f"/activity/{newest(api, kind)['id']}/fit-file"
    data: bytes = api.ask("GET", path).data
    return data


def test_a_new_file_is_201_and_the_same_again_200(api: Api) -> None:
    data = fit_of(api, "Ride")
    first = upload(api, ("ride.fit", data), query="?name=From%20file&external_id=e1")
    assert first.status_code == 201
    body = first.get_json()
    assert set(body) == {"icu_athlete_id", "id", "activities"}
    again = upload(api, ("other.fit", data))
    assert (again.status_code, again.get_json()) == (200, body)
    shown = api.get(f"/activity/{body['id']}")
    assert (shown["name"], shown["external_id"]) == ("From file", "e1")
    assert (shown["source"], shown["file_type"]) == ("UPLOAD", "fit")


def test_an_uploaded_ride_measures_like_its_source(api: Api) -> None:
    ride = newest(api, "Ride")
    made = upload(api, ("ride.fit", fit_of(api, "Ride"))).get_json()
    shown = api.get(f"/activity/{made['id']}")
    assert shown["start_date_local"] == ride["start_date_local"]
    assert shown["type"] == "Ride"
    assert shown["distance"] == pytest.approx(ride["distance"], rel=0.01)
    assert shown["average_heartrate"] == pytest.approx(ride["average_heartrate"], abs=1)
    load = ride["icu_training_load"]
    assert shown["icu_training_load"] == pytest.approx(load, rel=0.06)
    laps = api.get(f"/activity/{made['id']}/intervals")["icu_intervals"]
    assert laps[0]["average_watts"] == pytest.approx(ride["icu_average_watts"], abs=2)


@pytest.mark.parametrize("pack", ["gz", "zip"])
def test_packed_files_are_unpacked(api: Api, pack: str) -> None:
    fits = [fit_of(api, "Ride"), fit_of(api, "Run")]
    if pack == "gz":
        response = upload(api, ("a.fit.gz", gzip.compress(fits[0])))
        wanted = 1
    else:
        box = io.BytesIO()
        with zipfile.ZipFile(box, "w") as archive:
            for number, data in enumerate(fits):
                archive.writestr(f"{number}.fit", data)
        response, wanted = upload(api, ("all.zip", box.getvalue())), 2
    assert response.status_code == 201
    assert len(response.get_json()["activities"]) == wanted


def test_a_gpx_file_comes_in_as_it_went_out(api: Api) -> None:
    run = newest(api, "Run")
    data = api.ask("GET", f"/activity/{run['id']}/gpx-file").data
    made = upload(api, ("run.gpx", data)).get_json()
    shown = api.get(f"/activity/{made['id']}")
    assert shown["distance"] == pytest.approx(run["distance"], rel=0.02)
    assert shown["type"] == "Run"


def test_an_upload_can_fulfil_a_planned_workout(api: Api) -> None:
    event = api.world.add_event(name="Planned")
    query = f"?paired_event_id={event['id']}"
    made = upload(api, ("ride.fit", fit_of(api, "Ride")), query=query).get_json()
    assert api.get(f"/activity/{made['id']}")["paired_event_id"] == event["id"]


def test_analysis_takes_a_while_when_switched(api: Api, clock: Clock) -> None:
    api.world.switches.analysis_delay_s = 30
    made = upload(api, ("ride.fit", fit_of(api, "Ride"))).get_json()
    path = f"/activity/{made['id']}"
    fresh = api.get(path)
    assert (fresh["analyzed"], fresh["icu_training_load"]) == (None, None)
    assert api.get(f"{path}/intervals")["icu_intervals"] is None
    clock.advance(seconds=31)
    assert api.get(path)["icu_training_load"] > 0
    assert api.get(f"{path}/intervals")["icu_intervals"]


@pytest.mark.parametrize("name", ["broken.fit", "notes.txt", "x.gpx", "x.tcx"])
def test_what_is_no_activity_is_refused(api: Api, name: str) -> None:
    assert upload(api, (name, b"hello")).status_code == 422


def test_a_part_named_file_is_needed(api: Api) -> None:
    status, body = api.refused("POST", "/athlete/0/activities", data={})
    assert (status, "file" in body["error"]) == (422, True)


def test_a_deleted_upload_may_come_again(api: Api) -> None:
    data = fit_of(api, "Ride")
    made = upload(api, ("ride.fit", data)).get_json()
    api.delete(f"/activity/{made['id']}")
    assert upload(api, ("ride.fit", data)).status_code == 201


# Manual activities.


def test_a_manual_activity_moves_fitness_and_has_no_laps(api: Api) -> None:
    before = api.get("/athlete/0/wellness/2026-11-22")["ctlLoad"]
    made = api.post("/athlete/0/activities/manual", MANUAL)
    assert len(made) == 178
    assert (made["source"], made["icu_intensity"]) == (
        "MANUAL",
        pytest.approx(44.72, abs=0.01),
    )
    assert api.get("/athlete/0/wellness/2026-11-22")["ctlLoad"] == before + 10
    assert api.get(f"/activity/{made['id']}/intervals")["icu_intervals"] == []
    assert api.get(f"/activity/{made['id']}/streams.json") == []


def test_the_same_external_id_is_the_same_activity(api: Api) -> None:
    path = "/athlete/0/activities/manual"
    first = api.post(path, MANUAL)
    again = api.post(path, MANUAL | {"name": "Again"})
    assert (again["id"], again["name"]) == (first["id"], "Again")
    other = api.post(path, MANUAL | {"external_id": None})
    assert other["id"] != first["id"]


@pytest.mark.parametrize("missing", ["type", "start_date_local"])
def test_a_manual_activity_needs_a_type_and_a_start(api: Api, missing: str) -> None:
    sent = {name: MANUAL[name] for name in MANUAL if name != missing}
    path = "/athlete/0/activities/manual"
    assert api.refused("POST", path, json=sent)[0] == 422


# Streams.


def test_streams_have_upstreams_envelope(api: Api) -> None:
    run = newest(api, "Run")
    rows = {row["type"]: row for row in api.get(f"/activity/{run['id']}/streams")}
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


def test_only_named_types_are_sent(api: Api) -> None:
    path = f"/activity/{newest(api, 'Ride')['id']}/streams.json"
    rows = api.get(path, types="time,watts,nonsense")
    assert [row["type"] for row in rows] == ["time", "watts"]


def test_streams_as_csv_begin_with_time_and_join_places_with_colons(
    api: Api,
) -> None:
    path = f"/activity/{newest(api, 'Run')['id']}/streams.csv"
    table = list(csv.DictReader(io.StringIO(api.ask("GET", path).text)))
    assert next(iter(table[0])) == "time"
    latitude, longitude = table[0]["latlng"].split(":")
    assert float(latitude) == pytest.approx(52.4212, abs=1e-3)
    assert float(longitude) == pytest.approx(13.1846, abs=1e-3)


def test_the_original_file_is_gzip_encoded(api: Api) -> None:
    response = api.ask("GET", f"/activity/{newest(api, 'Ride')['id']}/file")
    assert response.headers["Content-Encoding"] == "gzip"
    assert response.data[:2] == b"\x1f\x8b"
    assert gzip.decompress(response.data)[8:12] == b".FIT"


def test_an_activity_without_a_place_has_no_gpx(api: Api) -> None:
    path = f"/activity/{newest(api, 'VirtualRide')['id']}/gpx-file"
    assert api.refused("GET", path)[0] == 422


def test_several_fit_files_come_in_a_zip_without_stravas(api: Api) -> None:
    rows = api.get("/athlete/0/activities", oldest="2026-11-10")
    stub = next(row["id"] for row in rows if "_note" in row)
    ids = f"{newest(api, 'Ride')['id']},{stub}"
    response = api.ask("POST", f"/athlete/0/download-fit-files?ids={ids}")
    names = zipfile.ZipFile(io.BytesIO(response.data)).namelist()
    assert names == [f"{newest(api, 'Ride')['id']}.fit"]
