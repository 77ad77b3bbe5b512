"""Planning, moving, finishing and skipping workouts from the phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from requests import PreparedRequest, Response

from bridge.domain.calendar.dictated import for_athlete
from bridge.domain.calendar.dictation import read_workout
from bridge.domain.calendar.workout import show_steps
from bridge.domain.zones.settings import RawSportSettings
from bridge.errors import UpstreamDown
from bridge.simulator.app import create_simulator
from bridge.simulator.fields.bodies import Record
from bridge.simulator.world import World
from bridge.upstream.wsgi_adapter import WSGIAdapter
from tests.conftest import MORNING, Clock, let_in
from tests.writes.writing import done, refused, undo, writer, writes

__all__ = ["writer"]


def kept(world: World, told: dict[str, Any]) -> Record:
    return world.events[int(told["event_id"])]


def clear(world: World) -> None:
    """Leave an empty calendar."""
    world.events.clear()
    world.touch()


def planned(world: World, day: str = "2026-11-23", **fields: Any) -> int:
    """Plan one workout and return its id."""
    start = f"{day}T{fields.pop('clock', '00:00:00')}"
    fields = {"name": "Tempo", "description": "- 20m 80%", **fields}
    return int(world.add_event(start_date_local=start, **fields)["id"])


# planning


@pytest.mark.parametrize(
    "sentence",
    ["ride 90 minutes easy on Saturday", "Samstag 90 Minuten locker Rad"],
)
def test_the_sentence_of_the_template_lands_and_is_read_back(
    writer: FlaskClient, world: World, sentence: str
) -> None:
    told = done(writer.post("/v1/workouts", json={"text": sentence}))
    row = kept(world, told)
    assert row["start_date_local"] == "2026-11-28T00:00:00"
    assert (row["category"], row["type"]) == ("WORKOUT", "Ride")
    assert row["description"] == "- 1h30m Z2"
    assert told["understood"] == "yes"
    assert (told["planned_s"], told["planned_load"]) == (5400, row["icu_training_load"])
    said = "Added for Saturday: Ride, 1 hour 30 in zone 2."
    assert told["speech"].startswith(f"{said} Load {row['icu_training_load']}.")


@pytest.mark.parametrize(
    ("sentence", "text", "seconds"),
    [
        ("run 5 x 4 min hard with 2 minutes easy tomorrow",
         "5x\n- 4m Z4 Pace\n- Recovery 2m Z1 Pace", 1800),
        ("Morgen eine Stunde locker schwimmen", "- 1h Z2 Pace", 3600),
        ("tomorrow hike 2 hours easy", "- 2h Z2 HR", 7200),
        ("tomorrow ride 3 x 10 min hard, 15 min warm-up",
         "- Warm up 15m Z1\n\n3x\n- 10m Z4", 2700),
    ],
)  # fmt: skip
def test_upstream_understands_every_sort_of_sentence(
    writer: FlaskClient, world: World, sentence: str, text: str, seconds: int
) -> None:
    told = done(writer.post("/v1/workouts", json={"text": sentence}))
    assert kept(world, told)["description"] == text
    assert (told["understood"], told["planned_s"]) == ("yes", seconds)


def test_an_athlete_without_pace_zones_gets_zones_of_heart_rate(
    writer: FlaskClient, world: World
) -> None:
    world.sports[1] |= {"pace_zones": None, "pace_zone_names": None}
    sent = {"text": "tomorrow one hour easy run"}
    told = done(writer.post("/v1/workouts", json=sent))
    assert kept(world, told)["description"] == "- 1h Z2 HR"
    assert told["understood"] == "yes"


def test_an_athlete_without_ftp_gets_zones_of_heart_rate() -> None:
    ride = read_workout("today one hour easy ride", MORNING.date())
    heart = [140, 150, 189]
    raw = RawSportSettings(types=["Ride"], power_zones=[55, 999], hr_zones=heart)
    assert for_athlete(ride, [raw]).target == "hr"
    assert for_athlete(ride, [RawSportSettings(types=["Ride"])]) == ride
    assert for_athlete(ride, []) == ride


def test_a_preview_says_the_steps_before_upstream_has_read_them(
    writer: FlaskClient, world: World
) -> None:
    sent = {"text": "run 5 x 4 min hard with 2 minutes easy tomorrow"}
    told = done(writer.post("/v1/workouts?preview=yes", json=sent))
    assert told["speech"].startswith("Nothing is saved yet. For tomorrow I'd add: Run")
    assert "5 times 4 minutes in zone 4, 2 minutes rest after each" in told["speech"]
    assert "30 minutes" in told["speech"]
    assert writes(world) == []


def test_distances_and_single_steps_are_said_too() -> None:
    heard = read_workout("tomorrow run 5 km easy", MORNING.date())
    assert show_steps(heard.steps) == "5 km Z2 pace"


def test_a_day_beside_a_sentence_that_names_none(
    writer: FlaskClient, world: World
) -> None:
    sent = {"text": "ride one hour easy", "day": "Friday", "name": "Friday spin"}
    told = done(writer.post("/v1/workouts", json=sent))
    row = kept(world, told)
    assert (row["start_date_local"][:10], row["name"]) == ("2026-11-27", "Friday spin")


def test_workout_text_lands_as_it_is(writer: FlaskClient, world: World) -> None:
    sent = {"workout_text": "- 10m 60%\n\n3x\n- 4m 110%\n- 4m 50%", "type": "rad",
            "start_local": "2026-11-28T17:30", "name": "VO2"}  # fmt: skip
    told = done(writer.post("/v1/workouts", json=sent))
    row = kept(world, told)
    assert row["description"] == sent["workout_text"]
    assert row["start_date_local"] == "2026-11-28T17:30:00"
    assert (told["understood"], told["planned_s"]) == ("yes", 2040)


def test_workout_text_that_upstream_does_not_understand_is_said(
    writer: FlaskClient,
) -> None:
    sent = {"workout_text": "hills until dark", "type": "Run", "day": "tomorrow"}
    told = done(writer.post("/v1/workouts", json=sent))
    assert told["understood"] == "no"
    assert told["speech"].startswith("Intervals found no steps in the text")


@pytest.mark.parametrize(
    ("sent", "code", "heard"),
    [
        ({}, "missing_field", "I still need the workout"),
        ({"text": "ride easy tomorrow"}, "workout_part_missing", "the duration"),
        ({"text": "one hour easy tomorrow"}, "workout_part_missing", "the sport"),
        ({"text": "ride one hour easy purple tomorrow"}, "unclear_workout", "purple"),
        ({"text": "run ride one hour easy tomorrow"}, "one_sport_at_a_time", "One"),
        ({"text": "ride one hour easy yesterday"}, "workout_in_past", "the day"),
        ({"text": ""}, "missing_field", "I still need the workout"),
        ({"text": 5}, "unclear_workout", "one hour easy run"),
        ({"text": "ride one hour easy", "day": "never"}, "bad_field", "day"),
        ({"text": "ride one hour easy", "type": "Ride"}, "fields_clash", "type"),
        ({"text": "a", "workout_text": "b"}, "fields_clash", "workout_text"),
        ({"workout_text": "- 20m 80%", "day": "today"}, "missing_field", "type"),
        ({"workout_text": "- 20m 80%", "type": "Ride"}, "missing_field", "day"),
        ({"workout_text": "", "type": "Ride", "day": "today"}, "missing_field", "90"),
        ({"sentence": "ride one hour easy"}, "unknown_field", "text"),
        ({"category": "RACE_A", "text": "x"}, "unknown_field", "category"),
    ],
)
def test_what_is_not_understood_is_refused_with_an_example_never_guessed(
    writer: FlaskClient, world: World, sent: dict[str, Any], code: str, heard: str
) -> None:
    told = refused(writer.post("/v1/workouts", json=sent), 422, code)
    assert heard in told["speech"] + told["hint"]
    assert writes(world) == []


@pytest.mark.parametrize(
    ("sentence", "row", "heard"),
    [
        ("ride one hour tomorrow", {"description": "- 1h Z2"}, "Easy, since"),
        ("ride one hour easy", {"start_date_local": "2026-11-23T00:00:00"}, "Today,"),
        ("tomorrow at 6 one hour easy run", {"start_date_local": "2026-11-24T06:00:00"},
         "It starts at"),
        ("next Tuesday one hour easy run", {"start_date_local": "2026-12-01T00:00:00"},
         "That's Tuesday 1 December, not tomorrow"),
        ("heute Abend um 18 Uhr eine Stunde auf der Rolle",
         {"start_date_local": "2026-11-23T18:00:00", "indoor": True}, "Ride"),
        ("rest day tomorrow", {"category": "NOTE", "name": "Rest day"}, "Rest day"),
        ("race on Sunday 10k", {"category": "RACE_A", "type": "Run"}, "a run"),
        ("yoga tomorrow 30 minutes", {"type": "Yoga", "moving_time": 1800}, "Yoga"),
        ("2 x 20 minutes at 250 watts ride tomorrow with 5 minutes rest",
         {"description": "2x\n- 20m 250w\n- Recovery 5m Z1"}, "250 watts"),
    ],
)  # fmt: skip
def test_what_was_not_said_is_read_back(
    writer: FlaskClient, world: World, sentence: str, row: dict[str, Any], heard: str
) -> None:
    told = done(writer.post("/v1/workouts", json={"text": sentence}))
    assert kept(world, told).items() >= row.items()
    assert heard.casefold() in told["speech"].casefold()


def test_beats_become_percents_of_the_threshold(
    writer: FlaskClient, world: World
) -> None:
    sent = {"text": "one hour ride tomorrow at 140 bpm"}
    told = done(writer.post("/v1/workouts", json=sent))
    lthr = world.sports[0]["lthr"]
    assert kept(world, told)["description"] == f"- 1h {round(14000 / lthr)}% LTHR"
    world.sports[0]["lthr"] = None
    world.touch()
    sent = {"text": "one hour ride tomorrow at 150 bpm"}
    refused(writer.post("/v1/workouts", json=sent), 422, "workout_part_missing")


def test_a_weekend_is_asked_back(writer: FlaskClient, world: World) -> None:
    sent = {"text": "two hours easy ride this weekend"}
    told = refused(writer.post("/v1/workouts", json=sent), 422, "which_day")
    assert "28 November, 29 November" in told["speech"]
    assert writes(world) == []


def test_a_lost_answer_never_makes_two_workouts(
    writer: FlaskClient, world: World
) -> None:
    count = len(world.events)
    world.switches.drop_connection_after_write = True
    sent = {"text": "ride 90 minutes easy on Saturday"}
    told = done(writer.post("/v1/workouts", json=sent))
    assert "The answer was lost" in told["speech"]
    assert done(writer.post("/v1/workouts", json=sent)) == told
    assert (len(world.events), len(writes(world))) == (count + 1, 1)


def test_undo_removes_the_planned_workout(writer: FlaskClient, world: World) -> None:
    told = done(writer.post("/v1/workouts", json={"text": "tomorrow easy run 1 h"}))
    assert undo(writer)["undone"] == "yes"
    assert int(told["event_id"]) not in world.events


# moving


@pytest.mark.parametrize(
    "day",
    ["Saturday", "Samstag", "2026-11-28", "in 5 days", "auf Samstag", "à samedi",
     "al sábado", "move it to Saturday.", "the 28th", "28.11.", "4 days later"],
)  # fmt: skip
def test_the_next_workout_moves_to_the_day_that_is_said(
    writer: FlaskClient, world: World, day: str
) -> None:
    clear(world)
    event = planned(world, "2026-11-24", clock="17:30:00")
    planned(world, "2026-11-26", name="Later")
    told = done(writer.post("/v1/workouts/next/move", json={"day": day}))
    assert told["event_id"] == str(event)
    assert told["speech"] == ("Tempo is now on Saturday at 17:30 instead of tomorrow.")
    row = world.events[event]
    assert row["start_date_local"] == "2026-11-28T17:30:00"
    assert row["end_date_local"] == "2026-11-29T00:00:00"
    (sent,) = writes(world)
    assert set(sent.body) == {"start_date_local", "end_date_local"}


def test_a_workout_moves_to_the_time_that_is_said_with_the_day(
    writer: FlaskClient, world: World
) -> None:
    event = planned(world, "2026-11-24", clock="17:30:00")
    sent = {"day": "morgen um 18 Uhr"}
    done(writer.post(f"/v1/workouts/{event}/move", json=sent))
    assert world.events[event]["start_date_local"] == "2026-11-24T18:00:00"
    sent = {"day": "this weekend"}
    refused(writer.post(f"/v1/workouts/{event}/move", json=sent), 422, "which_day")


def test_a_workout_moves_by_id_and_to_a_time(writer: FlaskClient, world: World) -> None:
    event = planned(world, "2026-11-24")
    sent = {"start_local": "2026-11-25T06:30"}
    done(writer.post(f"/v1/workouts/{event}/move", json=sent))
    assert world.events[event]["start_date_local"] == "2026-11-25T06:30:00"


def test_a_move_can_be_previewed_and_undone(writer: FlaskClient, world: World) -> None:
    clear(world)
    event = planned(world, "2026-11-24")
    before = dict(world.events[event])
    path = "/v1/workouts/next/move"
    told = done(writer.post(f"{path}?preview=yes", json={"day": "Friday"}))
    assert told["speech"] == (
        "Nothing is saved yet. Tempo would be on Friday instead of tomorrow."
    )
    assert told["date"] == "2026-11-27"
    assert world.events[event] == before
    done(writer.post(path, json={"day": "Friday"}))
    answer = undo(writer)
    assert "Tempo is back tomorrow." in answer["speech"]
    after = world.events[event]
    assert {key for key in after if after[key] != before.get(key)} <= {"updated"}


def test_moving_today_takes_the_first_that_is_not_done(
    writer: FlaskClient, world: World
) -> None:
    clear(world)
    finished = planned(world, name="Done", clock="06:00:00")
    world.events[finished]["paired_activity_id"] = "i1"
    first = planned(world, name="First", clock="08:00:00")
    planned(world, name="Second", clock="18:00:00")
    told = done(writer.post("/v1/workouts/today/move", json={"day": "tomorrow"}))
    assert told["event_id"] == str(first)


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({}, "missing_field"),
        ({"day": "yesterday"}, "day_is_past"),
        ({"day": "soon"}, "bad_field"),
        ({"day": "Friday", "start_local": "2026-11-28"}, "fields_clash"),
        ({"to": "Friday"}, "unknown_field"),
    ],
)
def test_a_day_that_cannot_be_is_refused(
    writer: FlaskClient, world: World, sent: dict[str, Any], code: str
) -> None:
    told = refused(writer.post("/v1/workouts/next/move", json=sent), 422, code)
    assert "day" in told["speech"]
    assert writes(world) == []


@pytest.mark.parametrize("action", ["move", "done", "skip"])
def test_an_empty_calendar_is_said(
    writer: FlaskClient, world: World, action: str
) -> None:
    clear(world)
    for which, heard in (("next", "in the next four weeks"), ("today", "today")):
        path = f"/v1/workouts/{which}/{action}"
        body = {"day": "Friday"} if action == "move" else {}
        told = refused(writer.post(path, json=body), 404, "nothing_planned")
        assert heard in told["speech"] + told["hint"]
    told = refused(
        writer.post(f"/v1/workouts/999/{action}", json=body), 404, "no_event"
    )
    assert "/v1/events" in told["hint"]
    told = refused(
        writer.post(f"/v1/workouts/banana/{action}", json=body), 400, "bad_parameter"
    )
    assert "today or next" in told["hint"]


def test_a_note_is_no_workout(writer: FlaskClient, world: World) -> None:
    note = world.add_event(category="NOTE", name="Rest")["id"]
    refused(writer.post(f"/v1/workouts/{note}/done"), 400, "bad_parameter")


# done


def test_todays_workout_is_done_by_an_activity_of_its_own(
    writer: FlaskClient, world: World
) -> None:
    clear(world)
    event = planned(world)
    told = done(writer.post("/v1/workouts/today/done"))
    activity = world.activities[told["activity_id"]]
    assert activity["paired_event_id"] == event
    assert world.events[event]["paired_activity_id"] == told["activity_id"]
    assert (told["done"], told["speech"]) == ("yes", "Done: Tempo, today.")


def test_done_twice_says_so_and_makes_nothing(
    writer: FlaskClient, world: World, clock: Clock
) -> None:
    clear(world)
    planned(world)
    first = done(writer.post("/v1/workouts/today/done"))
    assert done(writer.post("/v1/workouts/today/done")) == first
    clock.advance(minutes=5)
    again = done(writer.post("/v1/workouts/today/done"))
    assert again["speech"] == "It was done already: Tempo."
    assert again["activity_id"] == first["activity_id"]
    assert len(writes(world)) == 1


def test_undo_of_done_removes_the_activity(writer: FlaskClient, world: World) -> None:
    clear(world)
    event = planned(world)
    told = done(writer.post("/v1/workouts/today/done"))
    assert undo(writer)["undone"] == "yes"
    assert told["activity_id"] not in world.activities
    assert world.events[event]["paired_activity_id"] is None


def test_undo_leaves_a_done_workout_that_was_rated_since(
    writer: FlaskClient, world: World
) -> None:
    clear(world)
    planned(world)
    told = done(writer.post("/v1/workouts/today/done"))
    world.activities[told["activity_id"]]["icu_rpe"] = 6
    assert undo(writer)["undone"] == "no"
    assert told["activity_id"] in world.activities


def test_a_lost_answer_to_done_makes_one_activity(
    writer: FlaskClient, world: World
) -> None:
    clear(world)
    planned(world)
    count = len(world.activities)
    world.switches.drop_connection_after_write = True
    told = done(writer.post("/v1/workouts/today/done"))
    assert "The answer was lost" in told["speech"]
    assert told["activity_id"] in world.activities
    assert len(world.activities) == count + 1


class Falling(WSGIAdapter):
    """Upstream that falls silent with the first write it takes."""

    silent = False

    def send(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:
        if self.silent:
            raise UpstreamDown("silent")
        answer = super().send(request, *args, **kwargs)
        self.silent = request.method == "POST"
        return self.send(request, *args, **kwargs) if self.silent else answer


def test_done_of_an_unknown_fate_is_looked_up_before_it_is_tried_again(
    make_app: Callable[..., Flask], world: World
) -> None:
    clear(world)
    event, count = planned(world), len(world.activities)
    transport = Falling(create_simulator(world))
    phone = let_in(make_app(transport=transport), "write")
    path = f"/v1/workouts/{event}/done"
    refused(phone.post(path), 502, "write_unknown")
    assert len(world.activities) == count + 1
    transport.silent = False
    told = done(phone.post(path))
    assert told["activity_id"] == world.events[event]["paired_activity_id"]
    assert len(world.activities) == count + 1
    assert undo(phone)["undone"] == "yes"
    assert told["activity_id"] not in world.activities


# skipping


def test_a_skipped_workout_becomes_a_note_that_no_longer_counts(
    writer: FlaskClient, world: World
) -> None:
    clear(world)
    event = planned(world)
    told = done(writer.post("/v1/workouts/today/skip"))
    row = world.events[event]
    assert (row["category"], row["name"]) == ("NOTE", "Skipped: Tempo")
    assert told["speech"] == (
        "Skipped: Tempo, today. It stays as a note and no longer counts."
    )
    (sent,) = writes(world)
    assert sent.body == {"category": "NOTE", "name": "Skipped: Tempo"}
    today = done(writer.get("/v1/workouts/today"))
    assert "No workout is planned today" in today["speech"]


def test_a_skipped_workout_keeps_the_whole_of_its_name(
    writer: FlaskClient, world: World
) -> None:
    clear(world)
    told = done(writer.post("/v1/workouts", json={"text": "90 min easy ride today"}))
    done(writer.post(f"/v1/workouts/{told['event_id']}/skip"))
    row = world.events[int(told["event_id"])]
    assert row["name"] == "Skipped: Ride 1h30min Z2"


def test_a_workout_that_is_there_already_is_said_to_be(
    writer: FlaskClient, world: World
) -> None:
    clear(world)
    event = planned(world, "2026-11-28")
    told = done(writer.post(f"/v1/workouts/{event}/move?day=Saturday"))
    assert told["speech"] == "Tempo is already planned for Saturday."
    same = done(writer.patch(f"/v1/events/{event}", json={"name": "Tempo"}))
    assert same["speech"].startswith("It was like that already.")
    assert undo(writer)["undone"] == "no"


@pytest.mark.parametrize("preview", ["", "preview=yes"])
def test_a_workout_that_was_done_is_neither_moved_nor_skipped(
    writer: FlaskClient, world: World, preview: str
) -> None:
    clear(world)
    event = planned(world)
    world.events[event]["paired_activity_id"] = world.add_activity()["id"]
    for path in (f"{event}/skip?{preview}", f"{event}/move?day=Saturday&{preview}"):
        told = refused(writer.post(f"/v1/workouts/{path}"), 409, "already_done")
        assert "It's done already" in told["speech"]
    assert writes(world) == []


def test_skipping_can_be_previewed_and_undone(
    writer: FlaskClient, world: World
) -> None:
    clear(world)
    event = planned(world, "2026-11-24")
    before = dict(world.events[event])
    told = done(writer.post("/v1/workouts/next/skip?preview=yes"))
    assert "stays as a note" in told["speech"]
    assert world.events[event] == before
    done(writer.post("/v1/workouts/next/skip"))
    assert undo(writer)["undone"] == "yes"
    after = world.events[event]
    assert {key for key in after if after[key] != before.get(key)} <= {"updated"}


def test_a_read_only_device_is_refused(app: Flask, world: World) -> None:
    phone = let_in(app)
    for path in ("next/move", "today/done", "today/skip", "1/skip?preview=yes"):
        refused(phone.post(f"/v1/workouts/{path}"), 403, "scope_too_small")
    refused(phone.post("/v1/workouts", json={"text": "x"}), 403, "scope_too_small")
    assert world.requests == []


@pytest.mark.parametrize("which", ["next", "id"])
def test_what_lies_ahead_is_not_marked_as_done_unasked(
    writer: FlaskClient, world: World, which: str
) -> None:
    clear(world)
    event = planned(world, "2026-11-24")
    path = f"/v1/workouts/{event if which == 'id' else which}/done"
    for query in ("", "?preview=yes"):
        body = refused(writer.post(f"{path}{query}"), 409, "workout_ahead")
        assert body["speech"].startswith("Tempo is planned tomorrow")
    assert writes(world) == []
    told = done(writer.post(path, json={"confirm": "yes"}))
    assert told["speech"] == "Done: Tempo, tomorrow."
    assert undo(writer)["undone"] == "yes"


def test_the_latest_never_lies_ahead(writer: FlaskClient, world: World) -> None:
    latest = writer.get("/v1/activities/latest").get_json()["activity_id"]
    clear(world)
    event = planned(world, "2026-11-24")
    done(writer.post(f"/v1/workouts/{event}/done", json={"confirm": "yes"}))
    assert writer.get("/v1/activities/latest").get_json()["activity_id"] == latest
    told = done(writer.post("/v1/activities/latest/rating", json={"rpe": 5}))
    assert told["activity_id"] == latest


@pytest.mark.parametrize(
    ("what", "body"), [("move", {"day": "2026-11-29"}), ("skip", {})]
)
def test_a_race_is_not_what_is_moved_or_skipped_by_the_word_next(
    writer: FlaskClient, world: World, what: str, body: dict[str, str]
) -> None:
    clear(world)
    race = planned(world, "2026-11-24", category="RACE_A", name="Marathon")
    session = planned(world, "2026-11-25")
    before = dict(world.events[race])
    told = done(writer.post(f"/v1/workouts/next/{what}", json=body))
    assert told["event_id"] == str(session)
    assert world.events[race] == before
    told = done(writer.post(f"/v1/workouts/{race}/{what}", json=body))
    assert told["event_id"] == str(race)
