"""The calendar: rules for writing, text becomes steps, pairs, bulk, downloads."""

from __future__ import annotations

from typing import Any

import pytest

from bridge.simulator.fields.plan import EVENT
from tests.conftest import Clock
from tests.simulator_door import Door, door

__all__ = ["door"]

EVENTS = "/athlete/0/events"
TEXT = "- 10m 60%\n\n4x\n- 5m 100%\n- 2m 50%\n\n- 10m 55%"
WORKOUT = {
    "category": "WORKOUT",
    "type": "Ride",
    "name": "Threshold",
    "start_date_local": "2026-11-26T00:00:00",
    "description": TEXT,
}


def refused(door: Door, **changes: Any) -> tuple[int, str]:
    status, body = door.refused("POST", EVENTS, json=WORKOUT | changes)
    return status, body["error"]


def test_the_default_range_is_today_and_six_more_days(door: Door) -> None:
    days = {
        row["start_date_local"][:10] for row in door.get(EVENTS, category="WORKOUT")
    }
    assert min(days) == "2026-11-23"
    assert max(days) <= "2026-11-29"


def test_the_planned_week_holds_every_kind_of_entry(door: Door) -> None:
    rows = door.get(EVENTS, oldest="2026-11-16", newest="2027-01-10")
    kinds = {row["category"] for row in rows}
    assert kinds >= {"WORKOUT", "PLAN", "NOTE", "HOLIDAY", "RACE_A", "RACE_B"}
    assert all(list(row) == list(EVENT) for row in rows)
    starts = [row["start_date_local"] for row in rows]
    assert starts == sorted(starts)


def test_a_block_is_listed_on_each_day_it_lasts(door: Door) -> None:
    rows = door.get(EVENTS, oldest="2026-11-25", newest="2026-11-25")
    assert "PLAN" in {row["category"] for row in rows}


def test_text_becomes_steps_time_and_load(door: Door) -> None:
    event = door.post(EVENTS, WORKOUT)
    assert event["moving_time"] == 600 + 4 * 420 + 600
    assert event["icu_training_load"] > 20
    steps = event["workout_doc"]["steps"]
    assert [step.get("reps") for step in steps] == [None, 4, None]
    assert door.get(f"{EVENTS}/{event['id']}") == event


def test_text_that_does_not_parse_makes_an_empty_workout(door: Door) -> None:
    event = door.post(EVENTS, WORKOUT | {"description": "just ride, have fun"})
    assert (event["workout_doc"], event["icu_training_load"]) == ({}, 0)


def test_strength_has_no_load(door: Door) -> None:
    sent = WORKOUT | {"type": "WeightTraining", "description": "Squats"}
    assert door.post(EVENTS, sent)["icu_training_load"] is None


def test_the_day_needs_a_time(door: Door) -> None:
    status, error = refused(door, start_date_local="2026-05-25")
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
    door: Door, changes: dict[str, Any], status: int, words: str
) -> None:
    before = len(door.world.events)
    code, error = refused(door, **changes)
    assert (code, words in error) == (status, True)
    assert len(door.world.events) == before


def test_a_note_ends_the_next_day_and_has_no_load(door: Door) -> None:
    sent = {
        "category": "NOTE",
        "name": "Rest",
        "start_date_local": "2026-11-25T00:00:00",
    }
    note = door.post(EVENTS, sent)
    assert note["end_date_local"] == "2026-11-26T00:00:00"
    assert (note["icu_training_load"], note["workout_doc"]) == (None, None)
    assert note["uid"]


def test_a_partial_write_leaves_the_rest_and_moves_the_stamp(
    door: Door, clock: Clock
) -> None:
    event = door.post(EVENTS, WORKOUT)
    clock.advance(minutes=1)
    after = door.put(f"{EVENTS}/{event['id']}", {"name": "Other", "id": 1})
    changed = {name for name in event if event[name] != after[name]}
    assert changed == {"name", "updated"}


def test_a_moved_event_takes_its_end_along(door: Door) -> None:
    event = door.post(EVENTS, WORKOUT)
    sent = {"start_date_local": "2026-11-28T09:00:00"}
    after = door.put(f"{EVENTS}/{event['id']}", sent)
    assert after["end_date_local"] == "2026-11-29T00:00:00"


def test_new_text_changes_the_load(door: Door) -> None:
    event = door.post(EVENTS, WORKOUT)
    after = door.put(f"{EVENTS}/{event['id']}", {"description": "- 30m 50%"})
    assert after["moving_time"] == 1800
    assert after["icu_training_load"] < event["icu_training_load"]


def test_plans_move_the_projection_of_later_days(door: Door) -> None:
    def projected() -> float:
        rows = door.get(EVENTS, oldest="2026-12-05", newest="2026-12-06")
        return float(next(row["icu_ctl"] for row in rows if row["icu_ctl"]))

    before = projected()
    event = door.post(EVENTS, WORKOUT | {"description": "", "icu_training_load": 200})
    assert projected() > before
    door.delete(f"{EVENTS}/{event['id']}")
    assert projected() == pytest.approx(before)


def test_the_same_uid_is_updated_when_asked(door: Door) -> None:
    first = door.post(EVENTS, WORKOUT | {"uid": "mine"}, upsertOnUid="true")
    again = door.post(
        EVENTS, WORKOUT | {"uid": "mine", "name": "Again"}, upsertOnUid="true"
    )
    other = door.post(EVENTS, WORKOUT | {"uid": "mine"})
    assert (first["id"], again["name"]) == (again["id"], "Again")
    assert other["id"] != first["id"]


def test_bulk_upserts_on_the_external_id(door: Door) -> None:
    rows = [WORKOUT | {"external_id": f"x{n}"} for n in range(3)]
    first = door.post(f"{EVENTS}/bulk", rows, upsert="true")
    again = door.post(f"{EVENTS}/bulk", rows, upsert="true")
    assert [row["id"] for row in first] == [row["id"] for row in again]
    more = door.post(f"{EVENTS}/bulk", rows)
    assert {row["id"] for row in more}.isdisjoint({row["id"] for row in first})


def test_one_bad_event_refuses_the_bulk(door: Door) -> None:
    before = len(door.world.events)
    rows = [WORKOUT, WORKOUT | {"type": None}]
    assert door.refused("POST", f"{EVENTS}/bulk", json=rows)[0] == 422
    assert len(door.world.events) == before


def test_bulk_delete_counts_what_it_found(door: Door) -> None:
    one = door.post(EVENTS, WORKOUT)
    two = door.post(EVENTS, WORKOUT | {"external_id": "mine"})
    doomed = [{"id": one["id"]}, {"external_id": "mine"}, {"id": 1}]
    assert door.put(f"{EVENTS}/bulk-delete", doomed) == {"eventsDeleted": 2}
    assert door.refused("GET", f"{EVENTS}/{two['id']}")[0] == 404


def test_a_range_is_deleted_by_category(door: Door) -> None:
    query = "oldest=2026-11-23&newest=2026-12-31"
    assert door.refused("DELETE", f"{EVENTS}?{query}")[0] == 422
    door.delete(f"{EVENTS}?{query}&category=NOTE,HOLIDAY")
    rows = door.get(EVENTS, oldest="2026-11-23", newest="2026-12-31")
    assert {"NOTE", "HOLIDAY"}.isdisjoint({row["category"] for row in rows})
    assert rows


def test_a_range_can_only_be_hidden_or_locked(door: Door) -> None:
    query = {"oldest": "2026-11-24", "newest": "2026-11-24"}
    rows = door.put(EVENTS, {"hide_from_athlete": True, "name": "x"}, **query)
    assert {row["hide_from_athlete"] for row in rows} == {True}
    assert "x" not in {row["name"] for row in rows}


def test_marking_done_creates_a_paired_activity(door: Door) -> None:
    event = door.post(EVENTS, WORKOUT | {"start_date_local": "2026-11-23T08:00:00"})
    done = door.post(f"{EVENTS}/{event['id']}/mark-done")
    assert (done["source"], done["name"]) == ("MANUAL", "Threshold")
    assert done["paired_event_id"] == event["id"]
    assert done["icu_training_load"] == event["icu_training_load"]
    assert door.get(f"{EVENTS}/{event['id']}")["paired_activity_id"] == done["id"]
    day = door.get("/athlete/0/activities", oldest="2026-11-23")
    assert done["id"] in {row["id"] for row in day}
    assert door.get(f"/activity/{done['id']}/intervals")["icu_intervals"] == []


def test_a_done_workout_is_no_longer_planned(door: Door) -> None:
    today = "/athlete/0/wellness/2026-11-23"
    before = door.get(today)["ctlLoad"]
    planned = door.get(EVENTS, newest="2026-11-23", category="WORKOUT")
    event = next(row for row in planned if row["icu_training_load"])
    door.post(f"{EVENTS}/{event['id']}/mark-done")
    assert door.get(today)["ctlLoad"] == before


def test_past_workouts_are_paired_both_ways(door: Door) -> None:
    rows = door.get(
        EVENTS, oldest="2026-11-16", newest="2026-11-22", category="WORKOUT"
    )
    assert rows
    for row in rows:
        activity = door.get(f"/activity/{row['paired_activity_id']}")
        assert activity["paired_event_id"] == row["id"]


def test_copies_are_weeks_apart(door: Door) -> None:
    event = door.post(EVENTS, WORKOUT)
    asked = {"numCopies": 2, "weeksBetween": 1, "eventIds": [event["id"]]}
    copies = door.post("/athlete/0/duplicate-events", asked)
    days = [row["start_date_local"][:10] for row in copies]
    assert days == ["2026-12-03", "2026-12-10"]
    assert len({row["uid"] for row in (event, *copies)}) == 3


def test_a_plan_is_put_on_the_calendar(door: Door) -> None:
    plan = next(f for f in door.get("/athlete/0/folders") if f["type"] == "PLAN")
    asked = {"start_date_local": "2027-03-01T00:00:00", "folder_id": plan["id"]}
    door.post(f"{EVENTS}/apply-plan", asked)
    rows = door.get(EVENTS, oldest="2027-03-01", newest="2027-03-31")
    assert len(rows) == plan["num_workouts"]
    assert all(row["plan_applied"] for row in rows)
