"""Rating and changing a session from the phone, honestly about what was kept."""

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

RATING = "/v1/activities/latest/rating"


@pytest.fixture
def ride(world: World) -> Record:
    """The latest activity."""
    made = world.add_activity(
        type="Ride", name="Lake", icu_rpe=None, feel=None, description=None, tags=None
    )
    return world.activities[made["id"]]


def bike(world: World) -> Record:
    return next(iter(world.gear.values()))


def test_the_rating_of_the_template_lands_on_the_latest(
    writer: FlaskClient, world: World, ride: Record
) -> None:
    told = done(writer.post(RATING, json={"rpe": "7", "feel": "2"}))
    assert (ride["icu_rpe"], ride["feel"]) == (7, 2)
    assert (told["rpe"], told["feel"], told["activity_id"]) == (7, 2, ride["id"])
    assert told["speech"] == ("Noted. Lake, today. Effort 7 out of 10. You felt good.")
    (sent,) = writes(world)
    assert (sent.method, sent.path) == ("PUT", f"/api/v1/activity/{ride['id']}")
    assert sent.body == {"icu_rpe": 7, "feel": 2}


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ({"rpe": "sehr hart"}, {"icu_rpe": 8}),
        ({"rpe": 10.0}, {"icu_rpe": 10}),
        ({"rpe": "seven"}, {"icu_rpe": 7}),
        ({"feel": "stark"}, {"feel": 1}),
        ({"feel": "weak"}, {"feel": 5}),
    ],
)
def test_words_and_numbers_are_read_alike(
    writer: FlaskClient, ride: Record, sent: dict[str, Any], stored: dict[str, Any]
) -> None:
    done(writer.post(f"/v1/activities/{ride['id']}/rating", json=sent))
    assert {name: ride[name] for name in stored} == stored


@pytest.mark.parametrize("minus", [-1, "-1", -1.0])
def test_minus_one_clears_a_number(
    writer: FlaskClient, world: World, ride: Record, minus: object
) -> None:
    ride |= {"icu_rpe": 7, "carbs_ingested": 60}
    told = done(writer.post(RATING, json={"rpe": minus}))
    assert ride["icu_rpe"] is None
    assert "rpe" not in told
    assert "No effort." in told["speech"]
    done(writer.patch("/v1/activities/latest", json={"carbs_g": minus}))
    assert ride["carbs_ingested"] is None
    assert [sent.body for sent in writes(world)] == [
        {"icu_rpe": -1},
        {"carbs_ingested": -1},
    ]


def test_a_rating_that_upstream_drops_is_said_as_not_kept(
    writer: FlaskClient, world: World, ride: Record
) -> None:
    world.switches.rating_writable = False
    answer = writer.post(RATING, json={"rpe": 7, "feel": 2})
    told = refused(answer, 409, "not_kept")
    assert "the effort and how it felt" in told["speech"]
    assert undo(writer)["undone"] == "no"


def test_what_is_kept_beside_what_is_not_is_told_apart(
    writer: FlaskClient, world: World, ride: Record
) -> None:
    world.switches.rating_writable = False
    gear = bike(world)["name"]
    sent = {"name": "Long lake", "gear": gear}
    told = done(writer.patch("/v1/activities/latest", json=sent))
    assert told["not_kept"] == "gear_id"
    assert "didn't keep the gear." in told["speech"]
    assert "Noted. New name: Long lake, today." in told["speech"]
    assert "Name" not in told["speech"]
    assert ride["name"] == "Long lake"


def test_every_field_of_a_session_lands(
    writer: FlaskClient, world: World, ride: Record
) -> None:
    gear = bike(world)
    sent = {
        "name": "Long lake",
        "description": "Windy.\nThen rain.",
        "type": "gravel ride",
        "gear": gear["name"].upper(),
        "tags": "commute, #wet",
        "carbs_g": "60 g",
    }
    told = done(writer.patch(f"/v1/activities/{ride['id']}", json=sent))
    assert ride["name"] == "Long lake"
    assert ride["description"] == "Windy.\nThen rain."
    assert ride["type"] == "GravelRide"
    assert ride["gear"]["id"] == gear["id"]
    assert ride["tags"] == ["commute", "wet"]
    assert ride["carbs_ingested"] == 60
    assert told["tags"] == "commute, wet"
    assert (told["gear_id"], told["carbs_g"]) == (gear["id"], 60)
    assert told["description"] == "Windy.\nThen rain."


def test_gear_is_known_by_id_and_by_a_part_of_its_name(
    writer: FlaskClient, world: World, ride: Record
) -> None:
    gear = bike(world)
    done(writer.patch("/v1/activities/latest", json={"gear": gear["id"]}))
    assert ride["gear"]["id"] == gear["id"]
    told = refused(
        writer.patch("/v1/activities/latest", json={"gear": "nobody's"}),
        422,
        "bad_field",
    )
    assert any(piece["name"] in told["speech"] for piece in world.gear.values())


@pytest.mark.parametrize(
    ("path", "sent", "code_and_words"),
    [
        ("/rating", {}, ("nothing_to_write", "rpe: 7")),
        ("/rating", {"rpe": 0}, ("out_of_bounds", "1 to 10")),
        ("/rating", {"rpe": 11}, ("out_of_bounds", "1 to 10")),
        ("/rating", {"rpe": 7.5}, ("bad_field", "rpe")),
        ("/rating", {"rpe": True}, ("bad_field", "rpe")),
        ("/rating", {"feel": 6}, ("out_of_bounds", "1 to 5")),
        ("/rating", {"feel": "purple"}, ("bad_field", "normal or 3")),
        ("/rating", {"icu_rpe": 7}, ("unknown_field", "rpe")),
        ("/rating", {"rpe": 7, "athlete_id": "i9"}, ("unknown_field", "athlete_id")),
        ("", {}, ("nothing_to_write", "name: Tempo")),
        ("", {"distance_km": 42}, ("read_only_field", "distance_km")),
        ("", {"name": ""}, ("nothing_to_write", "name: Tempo")),
        ("", {"name": "\u200b"}, ("bad_field", "name")),
        ("", {"name": "a" * 201}, ("bad_field", "name")),
        ("", {"type": "Rid3"}, ("bad_field", "WeightTraining")),
        ("", {"gear": 5}, ("bad_field", "gear")),
        ("", {"tags": 5}, ("bad_field", "commute, wet")),
        ("", {"tags": "a,,b"}, ("bad_field", "commute, wet")),
        ("", {"carbs_g": "1,234"}, ("bad_field", "60")),
        ("", {"carbs_g": -5}, ("beyond_bounds", "60")),
        ("", {"weight_kg": 72}, ("unknown_field", "weight_kg")),
    ],
)
def test_what_cannot_be_is_refused_by_its_name_and_nothing_is_written(
    writer: FlaskClient,
    world: World,
    path: str,
    sent: dict[str, Any],
    code_and_words: tuple[str, str],
) -> None:
    call = writer.post if path else writer.patch
    code, heard = code_and_words
    told = refused(call(f"/v1/activities/latest{path}", json=sent), 422, code)
    assert heard in told["speech"] + told["hint"]
    assert writes(world) == []


def test_an_activity_that_came_through_strava_is_refused_with_the_cure(
    writer: FlaskClient, world: World
) -> None:
    for note in (True, False):
        stub = world.add_activity(source="STRAVA", note=note)
        for path in (RATING, f"/v1/activities/{stub['id']}/rating"):
            told = refused(writer.post(path, json={"rpe": 7}), 422, "strava_only")
            assert "Connect your watch" in told["speech"]
    assert writes(world) == []


@pytest.mark.parametrize("activity", ["i0001", "0", "i1,i2", "..", "i1%00"])
def test_what_can_be_no_id_is_refused(
    writer: FlaskClient, world: World, activity: str
) -> None:
    answer = writer.post(f"/v1/activities/{activity}/rating", json={"rpe": 7})
    assert answer.status_code == 404
    assert not [asked for asked in world.requests if "/activity/" in asked.path]


def test_an_unknown_activity_and_an_empty_diary_are_not_found(
    writer: FlaskClient, world: World
) -> None:
    answer = writer.post("/v1/activities/i99999999/rating", json={"rpe": 7})
    refused(answer, 404, "not_found")
    world.activities.clear()
    refused(writer.post(RATING, json={"rpe": 7}), 404, "no_activity")


def test_what_is_changed_is_the_latest_that_is_told(
    writer: FlaskClient, world: World
) -> None:
    # By a clock that is days ahead.
    world.add_activity(start_date_local="2026-11-27T07:00:00", name="Future")
    told = writer.get("/v1/activities/latest").get_json()
    changed = writer.patch(
        "/v1/activities/latest?preview=yes", json={"name": "Renamed"}
    ).get_json()
    assert told["activity_id"] == changed["activity_id"]


def test_a_preview_writes_nothing(
    writer: FlaskClient, world: World, ride: Record
) -> None:
    told = done(writer.post(f"{RATING}?preview=yes", json={"rpe": 7}))
    assert told["speech"] == "Nothing is saved yet. Lake, today. Effort 7 out of 10."
    assert writes(world) == []


def test_a_read_only_device_is_refused(app: Flask, world: World) -> None:
    phone = let_in(app)
    refused(phone.post(RATING, json={"rpe": 7}), 403, "scope_too_small")
    answer = phone.patch("/v1/activities/latest", json={"name": "x"})
    refused(answer, 403, "scope_too_small")
    assert world.requests == []


def test_said_twice_is_written_once(
    writer: FlaskClient, world: World, ride: Record
) -> None:
    first = done(writer.post(RATING, json={"rpe": 7}))
    assert done(writer.post(RATING, json={"rpe": 7})) == first
    assert len(writes(world)) == 1


def test_a_lost_answer_is_looked_up(
    writer: FlaskClient, world: World, ride: Record
) -> None:
    world.switches.drop_connection_after_write = True
    told = done(writer.post(RATING, json={"rpe": 7}))
    assert "The answer was lost" in told["speech"]
    assert len(writes(world)) == 1


def test_a_rating_that_never_arrived_is_said(
    writer: FlaskClient, world: World, ride: Record
) -> None:
    world.switches.fail_next.append(Fault(status=502, method="PUT"))
    refused(writer.post(RATING, json={"rpe": 7}), 502, "write_lost")
    assert ride["icu_rpe"] is None


def test_undo_restores_what_was_there(
    writer: FlaskClient, world: World, ride: Record, clock: Clock
) -> None:
    ride |= {"icu_rpe": 4, "tags": ["old"], "description": "Calm."}
    before = dict(ride)
    sent = {"name": "X", "tags": "new", "description": "Windy.", "type": "Run",
            "gear": bike(world)["name"]}  # fmt: skip
    done(writer.patch("/v1/activities/latest", json=sent))
    clock.advance(seconds=5)
    assert undo(writer)["undone"] == "yes"
    changed = {key for key in ride if ride[key] != before.get(key)}
    assert changed <= {"gear"}
    done(writer.post(RATING, json={"rpe": 9, "feel": 1}))
    answer = undo(writer)
    assert (ride["icu_rpe"], ride["feel"]) == (4, None)
    assert "Effort 4" in answer["speech"]


def test_undo_of_a_first_description_and_tags_empties_them(
    writer: FlaskClient, world: World, ride: Record
) -> None:
    done(writer.patch("/v1/activities/latest", json={"description": "x", "tags": "y"}))
    assert undo(writer)["undone"] == "yes"
    assert not ride["description"]
    assert not ride["tags"]
    assert writes(world)[-1].body == {"description": "", "tags": []}


def test_an_empty_list_removes_all_tags(
    writer: FlaskClient, world: World, ride: Record
) -> None:
    ride["tags"] = ["wet"]
    done(writer.patch("/v1/activities/latest", json={"tags": []}))
    assert writes(world)[-1].body == {"tags": []}
    assert ride["tags"] == []


def test_a_phone_that_asks_next_hears_the_new_rating(
    writer: FlaskClient, ride: Record
) -> None:
    writer.get("/v1/activities/latest")  # kept for a minute, were it not for the write
    done(writer.post(RATING, json={"rpe": 7}))
    assert done(writer.get("/v1/activities/latest"))["rpe"] == 7


def test_changed_gear_keeps_its_name(writer: FlaskClient, world: World) -> None:
    gear = bike(world)
    changed = done(writer.patch("/v1/activities/latest", json={"gear": gear["id"]}))
    assert changed["gear"] == gear["name"]
    rated = done(writer.post("/v1/activities/latest/rating", json={"rpe": 4}))
    assert rated["gear"] == gear["name"]
    ride = world.activities[changed["activity_id"]]
    ride["gear"] = {"id": gear["id"]}  # as upstream may have it: without a name
    path = f"/v1/activities/{changed['activity_id']}?refresh=yes"
    assert writer.get(path).get_json()["gear"] == gear["name"]
