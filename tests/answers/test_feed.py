"""The calendar feed, as a calendar app reads it: with another parser than our own."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
import vobject
from flask import Flask
from flask.testing import FlaskClient

from bridge.simulator.world import World
from bridge.store.athletes import OWNER
from tests.conftest import Clock, services_of, token_for


@pytest.fixture
def address(app: Flask) -> str:
    """The address of a view, with its key."""
    known = services_of(app)
    _, key = known.store.views.add("Calendar", OWNER, known.clock())
    return f"/calendar/{key}.ics"


@pytest.fixture
def app_of_calendar(app: Flask) -> FlaskClient:
    """A calendar app: it can send no header."""
    return app.test_client()


def entries(client: FlaskClient, path: str) -> dict[str, Any]:
    """Return the entries of a feed by their title."""
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    feed = vobject.readOne(answer.text)
    assert feed.prodid.value
    assert feed.version.value == "2.0"
    events = getattr(feed, "vevent_list", [])
    for event in events:  # what RFC 5545 asks of each
        assert event.uid.value
        assert event.dtstamp.value.tzinfo
        assert event.dtstart.value
    assert len({event.uid.value for event in events}) == len(events)
    return {event.summary.value: event for event in events}


def test_workouts_races_and_phases_stand_on_their_days(
    app_of_calendar: FlaskClient, address: str
) -> None:
    found = entries(app_of_calendar, address)
    half, phase = found["Autumn Half Marathon"], found["Build 2"]
    assert half.dtstart.value == date(2026, 12, 27)
    assert half.dtend.value == date(2026, 12, 28)
    assert phase.dtstart.value == date(2026, 11, 16)
    assert phase.dtend.value == date(2026, 12, 14)
    assert "4 × (" in found["Threshold 4x8"].description.value
    assert {"Bike service", "Family weekend"} & set(found) == set()


def test_an_entry_with_a_time_stands_at_it_in_the_athletes_zone(
    app_of_calendar: FlaskClient, address: str, world: World
) -> None:
    (key,) = (k for k, row in world.events.items() if row["name"] == "Hills and Coffee")
    world.events[key]["start_date_local"] = "2026-11-29T09:30:00"
    ride = entries(app_of_calendar, address)["Hills and Coffee"]
    assert ride.dtstart.value == datetime(2026, 11, 29, 8, 30, tzinfo=UTC)  # Berlin
    length = ride.dtend.value - ride.dtstart.value
    assert length.total_seconds() == world.events[key]["moving_time"]
    assert ride.uid.value == f"{key}@intervals-bridge"
    assert ride.transp.value == "OPAQUE"


def test_what_is_done_has_a_tick(app_of_calendar: FlaskClient, address: str) -> None:
    found = entries(app_of_calendar, address)
    assert found["✓ Lake Loop"].dtstart.value == date(2026, 11, 22)
    assert found["Lake Loop"].dtstart.value == date(2026, 12, 6)


def test_for_others_there_are_no_names_and_no_steps(
    app_of_calendar: FlaskClient, address: str, world: World
) -> None:
    text = app_of_calendar.get(f"{address}?busy=yes").text
    for row in world.events.values():
        assert str(row["name"]) not in text
    assert "DESCRIPTION" not in text
    assert set(entries(app_of_calendar, f"{address}?busy=yes")) == {"Training time"}


def test_the_same_calendar_is_not_sent_again(
    app_of_calendar: FlaskClient, address: str, clock: Clock
) -> None:
    first = app_of_calendar.get(address)
    assert first.content_type == "text/calendar; charset=utf-8"
    clock.advance(hours=1)
    known = {"If-None-Match": first.headers["ETag"]}
    again = app_of_calendar.get(address, headers=known)
    assert (again.status_code, again.data) == (304, b"")


def test_what_is_removed_vanishes_and_what_moves_keeps_its_id(
    app_of_calendar: FlaskClient, address: str, world: World, clock: Clock
) -> None:
    before = app_of_calendar.get(address)
    race = entries(app_of_calendar, address)["Autumn Half Marathon"]
    keys = {row["name"]: key for key, row in world.events.items()}
    del world.events[keys["Park Run 10k"]]
    moved = world.events[keys["Autumn Half Marathon"]]
    moved["start_date_local"] = "2026-12-28T00:00:00"
    moved["end_date_local"] = "2026-12-29T00:00:00"
    clock.advance(minutes=10)
    known = {"If-None-Match": before.headers["ETag"]}
    assert app_of_calendar.get(address, headers=known).status_code == 200
    after = entries(app_of_calendar, address)
    assert "Park Run 10k" not in after
    assert after["Autumn Half Marathon"].dtstart.value == date(2026, 12, 28)
    assert after["Autumn Half Marathon"].uid.value == race.uid.value


@pytest.mark.parametrize(
    "name",
    [
        "a; b, c\\ d: e",
        "two\r\nEND:VEVENT\r\nlines",
        "<script>alert(1)</script>",
        "\u202eabc ünï 自転車 🚴" * 12,
        "x" * 10_000,
    ],
)
def test_a_hostile_name_is_a_title_and_nothing_else(
    app_of_calendar: FlaskClient, address: str, world: World, name: str
) -> None:
    count = len(entries(app_of_calendar, address))
    services_of(app_of_calendar.application).wire.forget_answers(but="")
    for row in world.events.values():
        if row["name"] == "Park Run 10k":
            row["name"] = row["description"] = name
    found = entries(app_of_calendar, address)
    assert len(found) == count
    begins = name.replace("\r", " ").replace("\u202e", "").split("\n")[0].strip()[:12]
    assert [title for title in found if title.strip().startswith(begins)]
    text = app_of_calendar.get(address).data
    assert max(len(line) for line in text.split(b"\r\n")) <= 75


def test_a_calendar_without_anything_is_one(
    app_of_calendar: FlaskClient, address: str, world: World
) -> None:
    world.events.clear()
    assert entries(app_of_calendar, address) == {}


@pytest.mark.parametrize("locale", ["de", "fr", "es"])
def test_what_has_no_name_is_called_so_in_the_athletes_language(
    app_of_calendar: FlaskClient, address: str, world: World, locale: str
) -> None:
    for row in world.events.values():
        row["name"] = None
    title = {"de": "Lauf", "fr": "Course à pied", "es": "Carrera a pie"}[locale]
    headers = {"Accept-Language": locale}
    text = app_of_calendar.get(address, headers=headers).text
    assert f"SUMMARY:{title}" in text, text[:2000]


def test_another_key_a_revoked_one_and_a_device_token_open_nothing(
    app: Flask, app_of_calendar: FlaskClient, address: str, world: World
) -> None:
    known = services_of(app)
    (view,) = known.store.views.of_athlete(OWNER)
    known.store.views.revoke(view.view_id, known.clock())
    bodies = set()
    for key in (address[10:-4], f"v_{'a' * 26}", token_for(app)):
        answer = app_of_calendar.get(f"/calendar/{key}.ics")
        assert answer.status_code == 404
        bodies.add(answer.data)
    assert len(bodies) == 1
    assert world.requests == []


def test_nothing_private_stands_in_a_feed(
    app_of_calendar: FlaskClient, address: str, world: World
) -> None:
    world.custom_wellness_keys.add("Canary")
    world.set_wellness(
        "2026-11-23", comments="canary", menstrualPhase="LUTEAL", weight=61.37
    )
    world.wellness["2026-11-23"]["Canary"] = "canary"
    text = app_of_calendar.get(address).text.casefold()
    for private in ("canary", "luteal", "61.37", "61,37"):
        assert private not in text
