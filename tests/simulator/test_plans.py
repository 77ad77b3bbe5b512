"""Planned workouts as targets, files, CSV, and through the odd routes."""

from __future__ import annotations

import base64
import io
import zipfile
from xml.etree import ElementTree as ET

import pytest

from bridge.simulator.world import World
from tests.simulator.api import Api, api

__all__ = ["api"]

EVENTS = "/athlete/0/events"
TEXT = "- 10m 60%\n\n4x\n- 5m 100%\n- 2m 50%\n\n- 10m 55%"
WORKOUT = {
    "category": "WORKOUT",
    "type": "Ride",
    "name": "Threshold",
    "start_date_local": "2026-11-26T00:00:00",
    "description": TEXT,
}


def test_resolving_adds_watts_beats_and_speeds(api: Api) -> None:
    event = api.post(EVENTS, WORKOUT)
    path = f"{EVENTS}?oldest=2026-11-26&newest=2026-11-26&resolve=true"
    rows = {row["id"]: row for row in api.get(path)}
    doc = rows[event["id"]]["workout_doc"]
    assert doc["ftp"] == 265
    assert doc["steps"][0]["_power"] == {"value": 159.0, "start": 155.0, "end": 162.0}
    run = WORKOUT | {"type": "Run", "description": "- 10m 100% Pace"}
    number = api.post(EVENTS, run)["id"]
    step = {row["id"]: row for row in api.get(path)}[number]["workout_doc"]["steps"][0]
    assert step["_pace"]["value"] == pytest.approx(4.08163)
    assert step["_distance"] == pytest.approx(2448.978, abs=0.01)


def test_workouts_download_as_trainer_files(api: Api) -> None:
    event = api.post(EVENTS, WORKOUT)
    path = f"{EVENTS}/{event['id']}/download"
    root = ET.fromstring(api.ask("GET", f"{path}.zwo").data)
    seconds = [int(step.get("Duration", "0")) for step in root.iterfind("workout/*")]
    assert sum(seconds) == event["moving_time"]
    assert b"[COURSE DATA]" in api.ask("GET", f"{path}.mrc").data
    assert api.refused("GET", f"{path}.pdf")[0] == 404


def test_lists_can_carry_the_files(api: Api) -> None:
    rows = api.get(EVENTS, ext="zwo", category="WORKOUT")
    carrying = [row for row in rows if row.get("workout_file_base64")]
    assert carrying
    data = base64.b64decode(carrying[0]["workout_file_base64"])
    assert data.startswith(b"<?xml")
    query = "ext=zwo&oldest=2026-11-23&newest=2026-11-29"
    response = api.ask("GET", f"/athlete/0/workouts.zip?{query}")
    names = zipfile.ZipFile(io.BytesIO(response.data)).namelist()
    assert len(names) == len(carrying)


@pytest.mark.parametrize("suffix", ["", ".json", "json"])
def test_suffixes_that_clients_send_are_understood(api: Api, suffix: str) -> None:
    assert api.get(f"{EVENTS}{suffix}") == api.get(EVENTS)


def test_events_come_as_csv_too(api: Api) -> None:
    for suffix in (".csv", "csv"):
        response = api.ask("GET", f"{EVENTS}{suffix}")
        assert response.mimetype == "text/csv"
        assert response.text.startswith("id,start_date_local")


def test_an_event_from_a_test_is_a_workout_for_today(world: World) -> None:
    event = world.add_event(name="Mine", description="- 10m 60%")
    assert (event["category"], event["type"]) == ("WORKOUT", "Ride")
    assert event["start_date_local"] == "2026-11-23T00:00:00"
    assert event["moving_time"] == 600
