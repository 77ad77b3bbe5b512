"""The feed through the phone's eyes: what changed, from where on, how it is said."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bridge.background import ledger_of
from bridge.domain.changes.change import Thing, compared
from bridge.ledger.due import do_due
from bridge.simulator.world import World
from bridge.store.athletes import OWNER
from bridge.store.changes import LookResult
from tests.conftest import Clock, let_in, services_of
from tests.support.asking import items, refused, told

FEED = "/v1/changes"


@pytest.fixture
def known(phone: FlaskClient) -> int:
    """The cursor behind a first look."""
    cursor: int = told(phone, f"{FEED}?limit=500")["cursor"]
    return cursor


def latest(world: World) -> dict[str, object]:
    return next(row for row in world.newest_first() if not row.get("_stub"))


def test_the_first_answer_has_everything_as_added_and_says_so_shortly(
    phone: FlaskClient,
) -> None:
    body = told(phone, f"{FEED}?limit=500")
    assert {row["change"] for row in body["items"]} == {"added"}
    assert [row["cursor"] for row in body["items"]] == list(range(1, body["count"] + 1))
    assert body["cursor"] == body["count"]
    assert body["speech"] == (
        f"That was a first look: {body['count']} things. "
        "From now on I'll tell you what changes."
    )


def test_an_edit_is_told_with_the_names_of_its_fields(
    phone: FlaskClient, world: World, known: int, clock: Clock
) -> None:
    latest(world)["name"] = "Lap of the lake"
    latest(world)["feel"] = 5
    clock.advance(seconds=61)
    body = told(phone, f"{FEED}?cursor={known}")
    (item,) = body["items"]
    assert (item["cursor"], item["kind"], item["change"], item["fields"]) == (
        known + 1,
        "activity",
        "edited",
        "feel,name",
    )
    assert item["summary"].startswith("Lap of the lake, ")
    assert body["speech"].startswith("Changed: Lap of the lake, ")
    assert body["cursor"] == known + 1
    assert told(phone, f"{FEED}?cursor={body['cursor']}")["count"] == 0


def test_it_looks_when_the_last_look_is_over_a_minute_old_and_no_sooner(
    phone: FlaskClient, world: World, known: int, clock: Clock
) -> None:
    latest(world)["name"] = "Renamed"
    clock.advance(seconds=59)
    before = len(world.requests)
    assert items(phone, f"{FEED}?cursor={known}") == []
    assert len(world.requests) == before
    clock.advance(seconds=2)
    assert len(items(phone, f"{FEED}?cursor={known}")) == 1


def test_refresh_looks_at_once_and_at_the_calendar_too(
    phone: FlaskClient, world: World, known: int, clock: Clock
) -> None:
    world.add_event(name="Tempo")
    clock.advance(seconds=2)
    (item,) = items(phone, f"{FEED}?cursor={known}&refresh=yes")
    assert (item["kind"], item["change"]) == ("event", "added")
    before = len(world.requests)
    told(phone, f"{FEED}?cursor={known}")
    assert len(world.requests) == before


def test_a_part_says_where_the_next_begins(phone: FlaskClient, known: int) -> None:
    seen, cursor = [], 0
    while True:
        body = told(phone, f"{FEED}?cursor={cursor}&limit=7")
        seen += [row["cursor"] for row in body["items"]]
        cursor = body["cursor"]
        if body.get("more") != "yes":
            break
    assert seen == list(range(1, known + 1))


def test_kinds_choose_and_the_cursor_goes_on_behind_the_rest(
    phone: FlaskClient, known: int
) -> None:
    body = told(phone, f"{FEED}?kinds=gear,%20zones&limit=500")
    assert {row["kind"] for row in body["items"]} == {"gear", "zones"}
    assert body["cursor"] == known
    wrong = refused(phone, f"{FEED}?kinds=activities", 400, "bad_parameter")
    assert wrong["hint"] == "For example kinds=activity"


@pytest.mark.parametrize("cursor", ["-1", "later", "1.5", "0x1", "١", "9" * 41])
def test_a_cursor_that_is_none_is_told_kindly(
    phone: FlaskClient, known: int, cursor: str
) -> None:
    assert known
    refused(phone, f"{FEED}?cursor={cursor}", 400, "bad_parameter")


@pytest.mark.parametrize("cursor", ["100000", "9" * 18, "9" * 40])
def test_a_cursor_from_elsewhere_is_told_where_to_begin(
    phone: FlaskClient, known: int, cursor: str
) -> None:
    body = refused(phone, f"{FEED}?cursor={cursor}", 400, "cursor_ahead")
    assert f"the newest is {known}" in body["speech"]
    assert "cursor=0" in body["hint"]


def test_each_device_goes_on_where_its_last_answer_ended(
    app: Flask, phone: FlaskClient, world: World, clock: Clock
) -> None:
    other = let_in(app, name="Watch")
    path = f"{FEED}?since=last&limit=500"
    first = told(phone, path)
    assert first["count"] > 20
    assert told(phone, path)["speech"] == "Nothing has changed."
    latest(world)["name"] = "Renamed"
    clock.advance(seconds=61)
    assert told(phone, path)["count"] == 1
    assert told(phone, path)["count"] == 0
    assert told(other, path)["count"] == first["count"] + 1
    refused(phone, f"{FEED}?since=last&cursor=1", 400, "bad_parameter")
    refused(phone, f"{FEED}?since=yesterday", 400, "bad_parameter")


def test_the_years_before_are_counted_once_and_hide_nothing_that_changed(
    app: Flask, phone: FlaskClient, world: World, clock: Clock
) -> None:
    path, ledger = f"{FEED}?since=last", ledger_of(app)
    told(phone, f"{FEED}?cursor=0&limit=1")
    for _ in range(20):
        clock.advance(seconds=10)
        do_due(ledger, clock.now)
    head = services_of(app).store.changes.head(OWNER)
    assert head > 1000
    first = told(phone, path)
    assert first["speech"].startswith(f"That was a first look: {head:,} things.")
    assert first["cursor"] == head
    assert told(phone, path)["count"] == 0
    latest(world)["name"] = "Renamed"
    world.touch()
    clock.advance(seconds=61)
    other = told(let_in(app, name="Watch"), path)
    assert other["speech"] == "Changed: Renamed, yesterday."
    assert told(phone, path)["count"] == 1


def test_while_intervals_icu_is_away_the_feed_says_how_old_it_is(
    phone: FlaskClient, world: World, known: int, clock: Clock
) -> None:
    world.switches.fail_status = 500
    clock.advance(minutes=5)
    body = told(phone, f"{FEED}?cursor={known}")
    assert (body["stale"], body["as_of"]) == ("yes", "2026-11-23T06:05:00Z")
    assert body["count"] == 0
    world.switches.fail_status = None
    assert "stale" not in told(phone, f"{FEED}?cursor={known}")


def test_a_first_look_that_fails_is_a_failure(phone: FlaskClient, world: World) -> None:
    world.switches.fail_status = 500
    refused(phone, FEED, 502, "upstream_down")
    world.switches.fail_status = None
    assert told(phone, FEED)["count"] == 50


def test_the_feed_is_a_file_too(phone: FlaskClient, known: int) -> None:
    answer = phone.get(f"{FEED}.csv")
    assert answer.content_type == "text/csv; charset=utf-8"
    head, *rows = answer.text.splitlines()
    assert head == "cursor,at,kind,id,change,fields,summary"
    assert len(rows) == known
    assert rows[0].startswith("1,2026-11-23T06:05:00Z,activity,i")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "What changed?"),
        ("de", "Was hat sich geändert?"),
        ("fr", "Qu'est-ce qui a changé?"),
        ("es", "¿Qué ha cambiado?"),
    ],
)
def test_it_can_be_asked_in_four_languages(
    phone: FlaskClient, world: World, clock: Clock, language: str, sentence: str
) -> None:
    ask = {"text": sentence}
    phone.post(f"/v1/ask?lang={language}", json=ask)
    latest(world)["name"] = "Tempo"
    clock.advance(seconds=61)
    body = phone.post(f"/v1/ask?lang={language}", json=ask).get_json()
    assert body["count"] == 1
    assert "Tempo" in body["speech"]


def test_with_5000_activities_a_look_is_two_calls_and_50_ms(
    app: Flask, phone: FlaskClient, world: World, clock: Clock
) -> None:
    told(phone, FEED)
    changes = services_of(app).store.changes
    state = changes.claim(OWNER, clock.now, "me")
    assert state is not None
    things = [
        Thing(
            kind="activity",
            id=f"i{number}",
            day=f"{date(2018, 1, 1) + timedelta(hours=14 * number)}",
            values={"name": f"Run {number}", "distance_km": number, "type": "Run"},
        )
        for number in range(5000)
    ]
    result = compared(things, {})
    look = LookResult(before=state, after=state, at=clock.now, comparison=result)
    cursor = changes.commit(look)
    spent_s = []
    for _ in range(5):
        clock.advance(seconds=61)
        before, began_s = len(world.requests), time.process_time()
        body = told(phone, f"{FEED}?cursor={cursor}")
        spent_s.append(time.process_time() - began_s)  # the simulator's included
        assert (body["count"], len(world.requests) - before) == (0, 2)
    assert min(spent_s) < 0.05
