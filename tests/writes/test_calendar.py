"""Writing the calendar from the phone: what is sent, what is kept, what is said."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bridge.simulator.faults import Fault
from bridge.simulator.fields.bodies import Record
from bridge.simulator.world import World
from tests.conftest import Clock, let_in
from tests.writes.writing import done, refused, undo, writer, writes

__all__ = ["writer"]

EVENTS = "/api/v1/athlete/0/events"
NOTE = {"category": "note", "name": "Rest", "day": "Saturday"}
TEMPO = {
    "category": "workout",
    "type": "ride",
    "name": "Tempo",
    "day": "tomorrow",
    "description": "- 20m 80%",
}


def kept(world: World, told: dict[str, Any]) -> Record:
    return world.events[int(told["event_id"])]


def test_a_note_lands_with_its_time_completed(
    writer: FlaskClient, world: World
) -> None:
    told = done(writer.post("/v1/events", json=NOTE))
    row = kept(world, told)
    assert (row["category"], row["name"]) == ("NOTE", "Rest")
    assert row["start_date_local"] == "2026-11-28T00:00:00"
    assert row["end_date_local"] == "2026-11-29T00:00:00"
    assert told["speech"] == "Added for Saturday: Note, Rest."
    (sent,) = writes(world)
    assert (sent.method, sent.path) == ("POST", EVENTS)
    assert set(sent.body) == {"category", "name", "start_date_local", "uid"}


@pytest.mark.parametrize(
    ("sent", "category", "heard"),
    [
        (
            {"category": "Race A", "type": "Run"},
            "RACE_A",
            "Race A, Big, Run.",
        ),
        (
            {"category": "Rennen", "type": "Laufen"},
            "RACE_A",
            "Race A, Big, Run.",
        ),
        (
            {"category": "plan", "colour": "grün"},
            "PLAN",
            "Training phase, Big.",
        ),
        ({"category": "Urlaub"}, "HOLIDAY", "Holiday, Big."),
        ({"category": "sick"}, "SICK", "Sick, Big. Get well soon."),
        ({"category": "injured"}, "INJURED", "Injured, Big. Get well soon."),
        (
            {"category": "target", "planned_load": 400},
            "TARGET",
            "Target, Big.",
        ),
        ({"category": "season start"}, "SEASON_START", "Start of the season, Big."),
    ],
)
def test_every_category_lands(
    writer: FlaskClient, world: World, sent: dict[str, Any], category: str, heard: str
) -> None:
    body = {"name": "Big", "day": "Saturday", **sent}
    told = done(writer.post("/v1/events", json=body))
    row = kept(world, told)
    assert row["category"] == told["category"] == category
    assert heard in told["speech"]
    if "colour" in sent:
        assert row["color"] == told["colour"] == "green"
    if category == "TARGET":
        assert row["load_target"] == told["planned_load"] == 400


@pytest.mark.parametrize(
    ("category", "language", "name"),
    [("sick", "en", "Sick"), ("krank", "de", "Krank"), ("urlaub", "de", "Urlaub")],
)
def test_what_says_it_all_needs_no_name(
    writer: FlaskClient, world: World, category: str, language: str, name: str
) -> None:
    sent = {"category": category, "day": "today"}
    told = done(writer.post(f"/v1/events?lang={language}", json=sent))
    assert kept(world, told)["name"] == name
    assert told["speech"].count(name) == 1


def test_a_route_without_fields_says_that_it_takes_none(writer: FlaskClient) -> None:
    told = refused(writer.post("/v1/undo", json={"x": 1}), 422, "no_fields_taken")
    assert told["speech"] == ("Nothing has to be sent with this. Leave the fields out.")


def test_a_holiday_of_days_ends_with_its_last_day(
    writer: FlaskClient, world: World
) -> None:
    sent = {"category": "holiday", "name": "Alps", "day": "2026-12-20",
            "end_local": "2026-12-27"}  # fmt: skip
    told = done(writer.post("/v1/events", json=sent))
    assert kept(world, told)["end_date_local"] == "2026-12-28T00:00:00"
    assert told["speech"] == ("Added for 20 December to 27 December: Holiday, Alps.")


def test_a_workout_says_what_upstream_understood(
    writer: FlaskClient, world: World
) -> None:
    told = done(writer.post("/v1/events", json=TEMPO))
    row = kept(world, told)
    assert told["understood"] == "yes"
    assert (told["planned_s"], told["planned_load"]) == (
        row["moving_time"],
        row["icu_training_load"],
    )
    assert told["speech"] == (
        "Added for tomorrow: Tempo, Ride, 20 minutes at 80 percent. Load 21."
    )


def test_a_text_that_upstream_does_not_understand_is_said(writer: FlaskClient) -> None:
    sent = {**TEMPO, "description": "ride until it hurts"}
    told = done(writer.post("/v1/events", json=sent))
    assert told["understood"] == "no"
    assert "planned_load" not in told
    assert "found no steps" in told["speech"]
    assert "load 0" in told["speech"]


def test_a_preview_says_the_entry_and_writes_nothing(
    writer: FlaskClient, world: World
) -> None:
    told = done(writer.post("/v1/events?preview=yes", json=NOTE))
    assert told["speech"] == ("Nothing is saved yet. For Saturday I'd add: Note, Rest.")
    assert told["preview"] == "yes"
    assert writes(world) == []


@pytest.mark.parametrize(
    ("sent", "code", "heard"),
    [
        ({}, "nothing_to_write", "name: Tempo"),
        ({**NOTE, "athlete_id": "i999"}, "unknown_field", "athlete_id"),
        ({**NOTE, "Name": "x"}, "unknown_field", "name"),
        ({**NOTE, "color": "red"}, "unknown_field", "colour"),
        ({**NOTE, "icu_ctl": 60}, "read_only_field", "icu_ctl"),
        ({**NOTE, "category": "n0te"}, "bad_field", "workout, note"),
        ({"name": "x", "day": "today"}, "missing_field", "category"),
        ({"category": "note", "day": "today"}, "missing_field", "name"),
        ({"category": "note", "name": "x"}, "missing_field", "day"),
        ({"category": "workout", "day": "today"}, "missing_field", "type"),
        ({**NOTE, "type": "rid3"}, "bad_field", "WeightTraining"),
        ({**NOTE, "day": "2026-02-30"}, "bad_field", "day"),
        ({**NOTE, "end_local": "2026-11-27"}, "end_before_start", "after the start"),
        ({**NOTE, "category": "set eftp"}, "needs_value", "value of its own"),
        ({**NOTE, "category": "fitness_days"}, "needs_value", "value of its own"),
        ({**NOTE, "category": "SET_FITNESS"}, "needs_value", "value of its own"),
        ({**NOTE, "planned_load": 9999}, "beyond_bounds", "planned_load"),
        ({**NOTE, "name": "\ufeff\u200b"}, "bad_field", "name"),
        ({**NOTE, "name": None}, "missing_field", "name"),
        ({**NOTE, "colour": "nice"}, "bad_field", "green"),
    ],
)
def test_what_cannot_be_is_refused_with_an_example_and_nothing_is_written(
    writer: FlaskClient, world: World, sent: dict[str, Any], code: str, heard: str
) -> None:
    told = refused(writer.post("/v1/events", json=sent), 422, code)
    assert heard in told["speech"] + told["hint"]
    assert writes(world) == []


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "{{7*7}} ${x}", "👩‍👩‍👧‍👦 Ziel"]
)
def test_any_name_is_stored_and_answered_as_it_is(
    writer: FlaskClient, world: World, name: str
) -> None:
    told = done(writer.post("/v1/events", json={**NOTE, "name": name}))
    assert kept(world, told)["name"] == told["name"] == name


def test_a_local_time_that_summer_time_leaves_out_is_stored_once(
    writer: FlaskClient, world: World
) -> None:
    sent = {"category": "note", "name": "Early", "start_local": "2026-03-29T02:30:00"}
    told = done(writer.post("/v1/events", json=sent))
    assert kept(world, told)["start_date_local"] == "2026-03-29T02:30:00"


@pytest.mark.parametrize("event", ["0", "-1", "abc", "1,2", "1%00", "i1", "9" * 16])
def test_what_can_be_no_id_is_refused_before_upstream_is_asked(
    writer: FlaskClient, world: World, event: str
) -> None:
    for answer in (
        writer.patch(f"/v1/events/{event}", json={"name": "x"}),
        writer.delete(f"/v1/events/{event}"),
        writer.post(f"/v1/workouts/{event}/skip"),
    ):
        assert answer.status_code in {400, 404}
    assert not [asked for asked in world.requests if "/events/" in asked.path]


def test_an_unknown_entry_is_not_found(writer: FlaskClient, world: World) -> None:
    refused(writer.patch("/v1/events/9999", json={"name": "x"}), 404, "no_event")
    told = refused(writer.delete("/v1/events/9999"), 404, "no_event")
    assert "/v1/events" in told["hint"]
    assert writes(world) == []


def test_a_read_only_device_is_refused(app: Flask, world: World) -> None:
    phone = let_in(app)
    for answer in (
        phone.post("/v1/events", json=NOTE),
        phone.patch("/v1/events/1", json={"name": "x"}),
        phone.delete("/v1/events/1"),
        phone.post("/v1/events?preview=yes", json=NOTE),
    ):
        refused(answer, 403, "scope_too_small")
    assert world.requests == []


def test_only_the_fields_that_were_sent_are_changed(
    writer: FlaskClient, world: World
) -> None:
    event = world.add_event(name="Tempo", description="- 20m 80%")["id"]
    before = dict(world.events[event])
    told = done(writer.patch(f"/v1/events/{event}", json={"name": "Long tempo"}))
    (sent,) = writes(world)
    assert (sent.method, sent.body) == ("PUT", {"name": "Long tempo"})
    after = world.events[event]
    changed = {key for key in after if after[key] != before.get(key)}
    assert changed <= {"name", "updated"}
    assert "Long tempo" in told["speech"]


def test_a_changed_text_is_read_anew_by_upstream(
    writer: FlaskClient, world: World
) -> None:
    event = world.add_event(name="Tempo", description="- 20m 80%")["id"]
    path = f"/v1/events/{event}"
    preview = done(
        writer.patch(f"{path}?preview=yes", json={"description": "- 1h 70%"})
    )
    assert "20 minutes at" not in preview["speech"]
    told = done(writer.patch(path, json={"description": "- 1h 70%"}))
    assert (told["understood"], told["planned_s"]) == ("yes", 3600)
    assert "1 hour" in told["speech"]


def test_a_changed_day_moves_the_end_too(writer: FlaskClient, world: World) -> None:
    start, end = "2026-11-25T00:00:00", "2026-11-28T00:00:00"
    event = world.add_event(
        category="HOLIDAY", name="Alps", start_date_local=start, end_date_local=end
    )["id"]
    done(writer.patch(f"/v1/events/{event}", json={"day": "2026-12-01"}))
    row = world.events[event]
    assert row["start_date_local"] == "2026-12-01T00:00:00"
    assert row["end_date_local"] == "2026-12-04T00:00:00"


def test_a_field_that_upstream_does_not_keep_is_said(
    writer: FlaskClient, world: World
) -> None:
    event = world.add_event(name="Tempo", description="- 20m 80%")["id"]
    sent = {"name": "Long", "planned_load": 99}  # the steps say the load
    both = {**sent, "description": "- 30m 80%"}
    told = done(writer.patch(f"/v1/events/{event}", json=both))
    assert told["not_kept"] == "planned_load"
    assert "didn't keep the load." in told["speech"]


def test_undo_of_a_change_restores_the_fields(
    writer: FlaskClient, world: World, clock: Clock
) -> None:
    event = world.add_event(name="Tempo", description="- 20m 80%", color="red")["id"]
    before = dict(world.events[event])
    sent = {"name": "Long", "colour": "green", "description": "- 1h 70%"}
    done(writer.patch(f"/v1/events/{event}", json=sent))
    clock.advance(minutes=5)
    assert undo(writer)["undone"] == "yes"
    after = world.events[event]
    assert {key for key in after if after[key] != before.get(key)} <= {"updated"}


def test_undo_of_a_new_entry_removes_it(writer: FlaskClient, world: World) -> None:
    count = len(world.events)
    told = done(writer.post("/v1/events", json=NOTE))
    assert undo(writer)["undone"] == "yes"
    assert int(told["event_id"]) not in world.events
    assert len(world.events) == count


def test_undo_leaves_a_new_entry_that_was_changed_since(
    writer: FlaskClient, world: World
) -> None:
    told = done(writer.post("/v1/events", json=NOTE))
    kept(world, told)["name"] = "Rest well"
    answer = undo(writer)
    assert answer["undone"] == "no"
    assert "name" in answer["speech"]
    assert kept(world, told)["name"] == "Rest well"


def test_undo_of_a_removal_makes_it_again_under_a_new_id_and_says_so(
    writer: FlaskClient, world: World
) -> None:
    fields = {"name": "Tempo", "description": "- 20m 80%", "color": "red"}
    event = world.add_event(**fields, tags=["key"], indoor=True)["id"]
    before = dict(world.events[event])
    told = done(writer.delete(f"/v1/events/{event}"))
    assert told["speech"] == "Removed: Tempo, today."
    assert told["removed"] == "yes"
    assert event not in world.events
    answer = undo(writer)
    assert answer["undone"] == "yes"
    fresh = int(answer["target"])
    assert fresh != event
    assert answer["speech"] == "Undone: Tempo today is back."
    after = world.events[fresh]
    changed = {key for key in after if after[key] != before.get(key)}
    assert changed <= {"id", "updated"}


def test_undo_of_the_removal_of_a_done_workout_says_that_the_link_is_lost(
    writer: FlaskClient, world: World
) -> None:
    event = world.add_event(name="Tempo", description="- 20m 80%")["id"]
    activity = world.add_activity(name="Tempo")["id"]
    world.events[event]["paired_activity_id"] = activity
    done(writer.delete(f"/v1/events/{event}"))
    answer = undo(writer)
    assert (answer["undone"], answer["unlinked"]) == ("yes", "yes")
    assert "It's no longer linked to the activity." in answer["speech"]
    assert "not_emptied" not in answer
    assert writes(world)[-1].body["paired_activity_id"] == activity


def test_a_removal_can_be_previewed(writer: FlaskClient, world: World) -> None:
    event = world.add_event(name="Tempo")["id"]
    told = done(writer.delete(f"/v1/events/{event}?preview=yes"))
    assert told["speech"] == "Nothing is removed yet. I'd remove Tempo, today."
    assert event in world.events


def test_the_same_entry_twice_is_made_once(writer: FlaskClient, world: World) -> None:
    first = done(writer.post("/v1/events", json=NOTE))
    assert done(writer.post("/v1/events", json=NOTE)) == first
    assert len(writes(world)) == 1


def test_an_entry_whose_answer_is_lost_is_found_by_our_uid(
    writer: FlaskClient, world: World
) -> None:
    count = len(world.events)
    world.switches.drop_connection_after_write = True
    told = done(writer.post("/v1/events", json=NOTE))
    assert "The answer was lost" in told["speech"]
    assert kept(world, told)["name"] == "Rest"
    assert (len(world.events), len(writes(world))) == (count + 1, 1)


def test_an_entry_that_never_arrived_is_said_and_made_when_said_again(
    writer: FlaskClient, world: World
) -> None:
    count = len(world.events)
    world.switches.fail_next.append(Fault(status=502, method="POST"))
    refused(writer.post("/v1/events", json=NOTE), 502, "write_lost")
    assert len(world.events) == count
    done(writer.post("/v1/events", json=NOTE))
    assert len(world.events) == count + 1


def test_an_entry_of_an_unknown_fate_is_looked_up_before_it_is_made_again(
    writer: FlaskClient, world: World
) -> None:
    count = len(world.events)
    world.switches.drop_connection_after_write = True
    looking = Fault(status=500, method="GET", path="/events")
    world.switches.fail_next += [looking] * 3
    refused(writer.post("/v1/events", json=NOTE), 502, "write_unknown")
    assert len(world.events) == count + 1
    world.switches.fail_next.clear()
    told = done(writer.post("/v1/events", json=NOTE))
    assert len(world.events) == count + 1
    assert kept(world, told)["name"] == "Rest"
    assert len(writes(world)) == 1
    answer = undo(writer)
    assert answer["undone"] == "yes"
    assert answer["speech"] == "Undone: I removed Rest on Saturday."
    assert "," not in answer["target"]
    assert len(world.events) == count


def test_a_removal_whose_answer_is_lost_is_known_to_have_happened(
    writer: FlaskClient, world: World
) -> None:
    event = world.add_event(name="Tempo")["id"]
    world.switches.drop_connection_after_write = True
    done(writer.delete(f"/v1/events/{event}"))
    assert event not in world.events


def test_upstreams_own_refusal_is_told(writer: FlaskClient, world: World) -> None:
    refusal = Fault(status=422, method="POST", error="Name is too long")
    world.switches.fail_next.append(refusal)
    told = refused(writer.post("/v1/events", json=NOTE), 502, "upstream_rejected")
    assert "Name is too long" in told["hint"]
    assert undo(writer)["undone"] == "no"
