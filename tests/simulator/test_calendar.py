"""The calendar: rules for writing, text becomes steps, pairs, bulk, downloads."""

from __future__ import annotations

from typing import Any

import pytest

from bridge.simulator.fields.plan import EVENT
from tests.conftest import Clock
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


def refused(api: Api, **changes: Any) -> tuple[int, str]:
    status, body = api.refused("POST", EVENTS, json=WORKOUT | changes)
    return status, body["error"]


def test_the_default_range_is_today_and_six_more_days(api: Api) -> None:
    days = {row["start_date_local"][:10] for row in api.get(EVENTS, category="WORKOUT")}
    assert min(days) == "2026-11-23"
    assert max(days) <= "2026-11-29"


def test_the_planned_week_holds_every_kind_of_entry(api: Api) -> None:
    rows = api.get(EVENTS, oldest="2026-11-16", newest="2027-01-10")
    kinds = {row["category"] for row in rows}
    assert kinds >= {"WORKOUT", "PLAN", "NOTE", "HOLIDAY", "RACE_A", "RACE_B"}
    assert all(list(row) == list(EVENT) for row in rows)
    starts = [row["start_date_local"] for row in rows]
    assert starts == sorted(starts)


def test_a_block_is_listed_on_each_day_it_lasts(api: Api) -> None:
    rows = api.get(EVENTS, oldest="2026-11-25", newest="2026-11-25")
    assert "PLAN" in {row["category"] for row in rows}


def test_text_becomes_steps_time_and_load(api: Api) -> None:
    event = api.post(EVENTS, WORKOUT)
    assert event["moving_time"] == 600 + 4 * 420 + 600
    assert event["icu_training_load"] > 20
    steps = event["workout_doc"]["steps"]
    assert [step.get("reps") for step in steps] == [None, 4, None]
    assert api.get(f"{EVENTS}/{event['id']}") == event


def test_text_that_does_not_parse_makes_an_empty_workout(api: Api) -> None:
    event = api.post(EVENTS, WORKOUT | {"description": "just ride, have fun"})
    assert (event["workout_doc"], event["icu_training_load"]) == ({}, 0)


def test_strength_has_no_load(api: Api) -> None:
    sent = WORKOUT | {"type": "WeightTraining", "description": "Squats"}
    assert api.post(EVENTS, sent)["icu_training_load"] is None


def test_the_day_needs_a_time(api: Api) -> None:
    status, error = refused(api, start_date_local="2026-05-25")
    assert status == 422
    assert error.endswith("Text '2026-05-25' could not be parsed at index 10")


@pytest.mark.parametrize(
    ("changes", "status", "words"),
    [
        ({"category": "Note"}, 400, "JSON parse error"),
        ({"category": None}, 422, "Missing category"),
        ({"type": None}, 422, "Missing type"),
        ({"category": "RACE_A", "type": None}, 422, "Missing type"),
        ({"category": "NOTE", "name": None}, 422, "Name is required"),
        ({"start_date_local": None}, 422, "Missing start_date_local"),
        ({"start_date_local": "2026-13-01T00:00:00"}, 422, "DateTimeParse"),
        ({"moving_time": "long"}, 400, "JSON parse error"),
    ],
)
def test_a_senseless_event_is_refused(
    api: Api, changes: dict[str, Any], status: int, words: str
) -> None:
    before = len(api.world.events)
    code, error = refused(api, **changes)
    assert (code, words in error) == (status, True)
    assert len(api.world.events) == before


def test_a_note_ends_the_next_day_and_has_no_load(api: Api) -> None:
    sent = {
        "category": "NOTE",
        "name": "Rest",
        "start_date_local": "2026-11-25T00:00:00",
    }
    note = api.post(EVENTS, sent)
    assert note["end_date_local"] == "2026-11-26T00:00:00"
    assert (note["icu_training_load"], note["workout_doc"]) == (None, None)
    assert note["uid"]


def test_a_partial_write_leaves_the_rest_and_moves_the_stamp(
    api: Api, clock: Clock
) -> None:
    event = api.post(EVENTS, WORKOUT)
    clock.advance(minutes=1)
    after = api.put(f"{EVENTS}/{event['id']}", {"name": "Other", "id": 1})
    changed = {name for name in event if event[name] != after[name]}
    assert changed == {"name", "updated"}


def test_a_moved_event_takes_its_end_along(api: Api) -> None:
    event = api.post(EVENTS, WORKOUT)
    sent = {"start_date_local": "2026-11-28T09:00:00"}
    after = api.put(f"{EVENTS}/{event['id']}", sent)
    assert after["end_date_local"] == "2026-11-29T00:00:00"


def test_new_text_changes_the_load(api: Api) -> None:
    event = api.post(EVENTS, WORKOUT)
    after = api.put(f"{EVENTS}/{event['id']}", {"description": "- 30m 50%"})
    assert after["moving_time"] == 1800
    assert after["icu_training_load"] < event["icu_training_load"]


def test_plans_move_the_projection_of_later_days(api: Api) -> None:
    def projected() -> float:
        rows = api.get(EVENTS, oldest="2026-12-05", newest="2026-12-06")
        return float(next(row["icu_ctl"] for row in rows if row["icu_ctl"]))

    before = projected()
    event = api.post(EVENTS, WORKOUT | {"description": "", "icu_training_load": 200})
    assert projected() > before
    api.delete(f"{EVENTS}/{event['id']}")
    assert projected() == pytest.approx(before)


def test_the_same_uid_is_updated_when_asked(api: Api) -> None:
    first = api.post(EVENTS, WORKOUT | {"uid": "mine"}, upsertOnUid="true")
    again = api.post(
        EVENTS, WORKOUT | {"uid": "mine", "name": "Again"}, upsertOnUid="true"
    )
    other = api.post(EVENTS, WORKOUT | {"uid": "mine"})
    assert (first["id"], again["name"]) == (again["id"], "Again")
    assert other["id"] != first["id"]


def test_bulk_upserts_on_the_external_id(api: Api) -> None:
    rows = [WORKOUT | {"external_id": f"x{n}"} for n in range(3)]
    first = api.post(f"{EVENTS}/bulk", rows, upsert="true")
    again = api.post(f"{EVENTS}/bulk", rows, upsert="true")
    assert [row["id"] for row in first] == [row["id"] for row in again]
    more = api.post(f"{EVENTS}/bulk", rows)
    assert {row["id"] for row in more}.isdisjoint({row["id"] for row in first})


def test_one_bad_event_refuses_the_bulk(api: Api) -> None:
    before = len(api.world.events)
    rows = [WORKOUT, WORKOUT | {"type": None}]
    assert api.refused("POST", f"{EVENTS}/bulk", json=rows)[0] == 422
    assert len(api.world.events) == before


def test_bulk_delete_counts_what_it_found(api: Api) -> None:
    one = api.post(EVENTS, WORKOUT)
    two = api.post(EVENTS, WORKOUT | {"external_id": "mine"})
    doomed = [{"id": one["id"]}, {"external_id": "mine"}, {"id": 1}]
    assert api.put(f"{EVENTS}/bulk-delete", doomed) == {"eventsDeleted": 2}
    assert api.refused("GET", f"{EVENTS}/{two['id']}")[0] == 404


def test_marking_done_creates_a_paired_activity(api: Api) -> None:
    event = api.post(EVENTS, WORKOUT | {"start_date_local": "2026-11-23T08:00:00"})
    done = api.post(f"{EVENTS}/{event['id']}/mark-done")
    assert (done["source"], done["name"]) == ("MANUAL", "Threshold")
    assert done["paired_event_id"] == event["id"]
    assert done["icu_training_load"] == event["icu_training_load"]
    assert api.get(f"{EVENTS}/{event['id']}")["paired_activity_id"] == done["id"]
    day = api.get("/athlete/0/activities", oldest="2026-11-23")
    assert done["id"] in {row["id"] for row in day}
    assert api.get(f"/activity/{done['id']}/intervals")["icu_intervals"] == []


def test_a_done_workout_is_no_longer_planned(api: Api) -> None:
    today = "/athlete/0/wellness/2026-11-23"
    before = api.get(today)["ctlLoad"]
    planned = api.get(EVENTS, newest="2026-11-23", category="WORKOUT")
    event = next(row for row in planned if row["icu_training_load"])
    api.post(f"{EVENTS}/{event['id']}/mark-done")
    assert api.get(today)["ctlLoad"] == before


def test_past_workouts_are_paired_both_ways(api: Api) -> None:
    rows = api.get(EVENTS, oldest="2026-11-16", newest="2026-11-22", category="WORKOUT")
    assert rows
    for row in rows:
        activity = api.get(f"/activity/{row['paired_activity_id']}")
        assert activity["paired_event_id"] == row["id"]


def test_a_plan_is_put_on_the_calendar(api: Api) -> None:
    plan = next(f for f in api.get("/athlete/0/folders") if f["type"] == "PLAN")
    asked = {"start_date_local": "2027-03-01T00:00:00", "folder_id": plan["id"]}
    api.post(f"{EVENTS}/apply-plan", asked)
    rows = api.get(EVENTS, oldest="2027-03-01", newest="2027-03-31")
    assert len(rows) == plan["num_workouts"]
    assert all(row["plan_applied"] for row in rows)
