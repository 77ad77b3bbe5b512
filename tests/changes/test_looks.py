"""A look finds each edit, and takes nothing for deleted without proof."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from bridge.domain.changes.reading import (
    ACTIVITY_COMPUTED,
    ACTIVITY_FIELDS,
    EVENT_COMPUTED,
    EVENT_FIELDS,
)
from bridge.errors import UpstreamError
from bridge.ledger.due import do_due, look_now
from bridge.simulator.faults import Fault, Garbage
from bridge.simulator.fields.activity import ACTIVITY
from bridge.simulator.fields.enums import ENUMS
from bridge.simulator.fields.plan import EVENT, GEAR, SPORT_SETTINGS, WELLNESS
from bridge.simulator.world import World
from bridge.store.athletes import OWNER
from tests.changes.conftest import Looker
from tests.conftest import Clock, in_front, let_in

SAMPLES: dict[str, Any] = {
    "s": "something else",
    "i": 41,
    "f": 41.5,
    "b": True,
    "t": "2026-11-20T08:00:00Z",
    "o": {"id": "g7", "name": "Another", "nested": [1]},
    "l": ["another"],
}


def other(code: str, now: object) -> Any:
    """Return a value of a type that is not the one there now."""
    if code.startswith("e."):
        return next(word for word in sorted(ENUMS[code[2:]]) if word != now)
    return not now if code == "b" else SAMPLES[code]


def latest(world: World) -> dict[str, Any]:
    return next(row for row in world.newest_first() if not row.get("_stub"))


def test_every_field_of_upstreams_schemas_is_compared_or_named_as_computed() -> None:
    assert set(ACTIVITY) == set(ACTIVITY_FIELDS) | ACTIVITY_COMPUTED
    assert set(EVENT) == set(EVENT_FIELDS) | EVENT_COMPUTED
    assert not set(ACTIVITY_FIELDS) & ACTIVITY_COMPUTED
    assert not set(EVENT_FIELDS) & EVENT_COMPUTED


def test_the_first_look_finds_everything_and_it_is_no_news(looker: Looker) -> None:
    seen = looker.look()
    assert {change.change for change in seen.changes} == {"added"}
    assert {change.kind for change in seen.changes} == {
        "activity",
        "wellness",
        "event",
        "zones",
        "gear",
    }
    assert seen.news == ()
    assert [item.cursor for item in looker.after()] == list(
        range(1, len(seen.changes) + 1)
    )


def test_a_look_at_what_did_not_change_is_two_calls_and_finds_nothing(
    looker: Looker,
) -> None:
    looker.look()
    before = looker.calls()
    assert looker.news() == []
    assert looker.calls() - before == 2


def test_each_field_of_an_activity_is_found_when_it_alone_is_edited(
    looker: Looker,
) -> None:
    looker.look()
    record = latest(looker.world)
    unseen = []
    for key, name in ACTIVITY_FIELDS.items():
        value = other(ACTIVITY[key], record.get(key))
        if key == "start_date_local":
            value = str(record[key])[:11] + "04:05:06"
        record[key] = value
        looker.world.touch()
        if looker.news(of=record["id"]) != [("activity", "edited", name)]:
            unseen.append(key)
    assert unseen == []


def test_a_type_that_is_changed_at_intervals_icu_is_found(looker: Looker) -> None:
    looker.look()
    record = latest(looker.world)
    record["type"] = "Run" if record["type"] != "Run" else "Ride"
    assert looker.news() == [("activity", "edited", "type")]


@pytest.mark.slow
def test_each_field_of_an_event_is_found_when_it_alone_is_edited(
    looker: Looker,
) -> None:
    looker.look()
    event = looker.world.add_event(name="Tempo", category="NOTE")
    record = looker.world.events[event["id"]]
    looker.look(refresh=True)
    unseen = []
    for key, name in EVENT_FIELDS.items():
        value = other(EVENT[key], record.get(key))
        if key in ("start_date_local", "end_date_local"):
            value = "2026-11-24T09:00:00"
        record[key] = value
        if looker.news(refresh=True, of=str(event["id"])) != [
            ("event", "edited", name)
        ]:
            unseen.append(key)
    assert unseen == []


def test_each_field_of_wellness_is_found_when_it_alone_is_edited(
    looker: Looker,
) -> None:
    looker.world.custom_wellness_keys.add("CoffeeCups")
    looker.look()
    row = looker.world.wellness.setdefault(str(looker.world.today()), {})
    computed = {"id", "ctl", "atl", "rampRate", "ctlLoad", "atlLoad", "sportInfo"}
    unseen = []
    for key in (set(WELLNESS) | {"CoffeeCups"}) - computed - {"updated"}:
        row[key] = other(WELLNESS.get(key, "i"), row.get(key))
        news = looker.news()
        if [kind for kind, _, _ in news] != ["wellness"]:
            unseen.append(key)
    assert unseen == []


@pytest.mark.slow
def test_each_field_of_a_sport_is_found_when_it_alone_is_edited(
    looker: Looker,
) -> None:
    looker.look()
    record = looker.world.sports[0]
    skipped = {"id", "athlete_id", "created", "updated", "mmp_model", "other"}
    unseen = []
    for key in set(SPORT_SETTINGS) - skipped:
        record[key] = other(SPORT_SETTINGS[key], record.get(key))
        if looker.news(refresh=True, of=str(record["id"])) != [
            ("zones", "edited", key)
        ]:
            unseen.append(key)
    assert unseen == []


def test_gear_is_found_when_it_is_edited_and_not_when_it_is_ridden(
    looker: Looker,
) -> None:
    looker.look()
    record = next(iter(looker.world.gear.values()))
    record["distance"] = (record.get("distance") or 0) + 10
    assert looker.news(refresh=True) == []
    for key in ("name", "notes", "purchased", "retired", "use_elapsed_time", "type"):
        record[key] = other(GEAR[key], record.get(key))
        assert looker.news(refresh=True) == [("gear", "edited", key)]


def test_an_edit_of_the_calendar_is_found_at_the_tenth_look(looker: Looker) -> None:
    looker.look()
    looker.world.add_event(name="Tempo")
    found = [looker.news() for _ in range(10)]
    assert found[:9] == [[]] * 9
    assert found[9] == [("event", "added", "")]


def test_a_day_says_a_set_of_fields_once_a_day(looker: Looker) -> None:
    looker.world.set_wellness(looker.world.today(), steps=10)
    looker.look()
    found = []
    for steps in range(20):
        looker.world.set_wellness(looker.world.today(), steps=1000 * (steps + 1))
        found += looker.news()
    assert found == [("wellness", "edited", "steps")]
    looker.world.set_wellness(looker.world.today(), mood=2)
    assert looker.news() == [("wellness", "edited", "mood")]


def test_what_is_deleted_is_found_with_its_proof(looker: Looker) -> None:
    event = looker.world.add_event(name="Tempo")
    looker.look()
    record = latest(looker.world)
    del looker.world.activities[record["id"]]
    del looker.world.events[event["id"]]
    gear_id = next(iter(looker.world.gear))
    del looker.world.gear[gear_id]
    looker.world.touch()
    news = looker.news(refresh=True)
    assert ("activity", "deleted", "") in news
    assert ("event", "deleted", "") in news
    assert ("gear", "deleted", "") in news
    assert looker.news(refresh=True) == []


def test_what_moved_out_of_the_window_was_edited_and_not_deleted(
    looker: Looker,
) -> None:
    looker.look()
    record = latest(looker.world)
    record["start_date_local"] = "2026-06-01T08:00:00"
    assert looker.news() == [("activity", "edited", "start_local")]
    assert looker.news() == []


@pytest.mark.parametrize("garbage", ["html", "truncated", "empty"])
def test_an_answer_that_is_broken_deletes_nothing(
    looker: Looker, garbage: Garbage
) -> None:
    looker.look()
    cursor = looker.changes.head("owner")
    looker.world.switches.garbage = garbage
    with pytest.raises(UpstreamError):
        looker.look(refresh=True)
    looker.world.switches.garbage = ""
    assert looker.news(refresh=True) == []
    assert looker.changes.head("owner") == cursor


@pytest.mark.parametrize("status", [401, 403, 404, 422, 429, 500, 503])
def test_an_outage_deletes_nothing(looker: Looker, status: int) -> None:
    looker.look()
    looker.world.switches.fail_status = status
    with pytest.raises(Exception, match=str(status)):
        looker.look()
    looker.world.switches.fail_status = None
    looker.clock.advance(minutes=20)
    assert looker.news(refresh=True) == []


def test_a_list_that_came_empty_or_short_deletes_nothing(looker: Looker) -> None:
    looker.look()
    kept = dict(looker.world.activities)
    looker.world.activities.clear()
    looker.world.touch()
    assert [row for row in looker.news() if row[0] == "activity"] == []
    looker.world.activities.update(kept)
    looker.world.touch()
    looker.look()
    # missing from the list, but there when it is asked for alone
    missing = latest(looker.world)
    looker.world.switches.fail_next = [
        Fault(status=500, path=f"/activity/{missing['id']}", error="down")
    ] * 9
    del looker.world.activities[missing["id"]]
    looker.world.touch()
    with pytest.raises(UpstreamError):
        looker.look()
    looker.world.switches.fail_next = []
    looker.world.activities[missing["id"]] = missing
    looker.world.touch()
    assert looker.news() == []


def test_no_private_value_is_in_the_feed_or_in_what_is_known(looker: Looker) -> None:
    looker.world.custom_wellness_keys.add("CoffeeCups")
    today = looker.world.today()
    secret = {"weight": 71.83, "comments": "canary-1", "menstrualPhase": "LUTEAL"}
    looker.world.set_wellness(today, CoffeeCups=8.71, **secret)
    latest(looker.world)["description"] = "canary-2"
    looker.look()
    items = looker.after()
    shown = " ".join(str(item) for item in items)
    ids = [item.change.id for item in items if item.change.kind == "wellness"]
    things = looker.changes.things("owner", "wellness", ids)
    ids = [item.change.id for item in items if item.change.kind == "activity"]
    shown += str(things) + str(looker.changes.things("owner", "activity", ids))
    assert "comments" in shown
    for value in ("71.83", "canary", "LUTEAL", "8.71"):
        assert value not in shown


def test_fields_of_the_athletes_own_are_compared_and_their_values_are_nowhere(
    looker: Looker,
) -> None:
    codes = ("FuelPlan", "Shoes_2", "SWOLF", "Bottles")
    looker.world.custom_activity_keys.update(codes)
    record = latest(looker.world)
    record["FuelPlan"] = "canary-1"
    looker.look()
    cursor = looker.changes.head(OWNER)
    for code, value, name in (
        ("FuelPlan", "canary-2", "custom_fuel_plan"),
        ("FuelPlan", None, "custom_fuel_plan"),
        ("Shoes_2", ["canary-3", {"left": 1}], "custom_shoes_2"),
        ("SWOLF", 38.71, "custom_swolf"),
        ("Bottles", {"canary-4": 2}, "custom_bottles"),
    ):
        record[code] = value
        looker.world.touch()
        assert looker.news() == [("activity", "edited", name)]
        assert looker.news() == []
    shown = " ".join(str(item) for item in looker.after(cursor))
    shown += str(looker.changes.things(OWNER, "activity", [record["id"]]))
    for value in ("canary", "38.71"):
        assert value not in shown


def test_the_first_field_of_the_athletes_own_is_found_at_the_next_wide_look(
    looker: Looker,
) -> None:
    looker.look()
    looker.world.custom_activity_keys.add("Bottles")
    latest(looker.world)["Bottles"] = 2
    looker.world.touch()
    assert looker.news() == []
    assert looker.news(refresh=True) == [("activity", "edited", "custom_bottles")]
    latest(looker.world)["Bottles"] = 3
    looker.world.touch()
    assert looker.news() == [("activity", "edited", "custom_bottles")]


def test_an_unknown_field_of_intervals_icu_itself_is_no_edit(looker: Looker) -> None:
    looker.look()
    looker.world.custom_activity_keys.add("icu_new_model")
    latest(looker.world)["icu_new_model"] = 2.5
    looker.world.touch()
    assert looker.news(refresh=True) == []


def test_what_the_years_before_have_in_own_fields_is_noted_and_no_edit_later(
    looker: Looker,
) -> None:
    looker.world.custom_activity_keys.add("Bottles")
    for day in ("2025-03-01", "2026-10-01"):
        added = looker.world.add_activity(start_date_local=f"{day}T08:00:00")
        looker.world.activities[added["id"]]["Bottles"] = 1
    looker.look()
    for _ in range(20):
        looker.clock.advance(seconds=10)
        do_due(looker.ledger, looker.clock.now)
    cursor = looker.changes.head(OWNER)
    looker.clock.advance(hours=2)
    assert looker.news() == []  # 90 days
    looker.clock.advance(hours=24)
    for _ in range(40):
        looker.clock.advance(seconds=10)
        do_due(looker.ledger, looker.clock.now)
    edited = [item for item in looker.after(cursor) if item.change.change == "edited"]
    assert edited == []


def test_a_look_that_finds_something_ends_what_was_kept(
    looker: Looker, app: Flask, clock: Clock
) -> None:
    phone = let_in(in_front(app, clock))
    looker.look()
    for _ in range(3):  # read, kept in front, given again
        phone.get("/v1/activities/latest")
    latest(looker.world)["name"] = "Renamed meanwhile"
    assert look_now(looker.ledger, OWNER, clock.now) is not None
    told = phone.get("/v1/activities/latest").get_json()
    assert told["name"] == "Renamed meanwhile"
