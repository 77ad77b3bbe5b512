"""Taking back: only the last write, only what still stands, and honestly."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from bridge.domain.undo import step_back
from bridge.domain.values import Values, differing
from bridge.simulator.world import World
from bridge.store.athletes import OWNER
from bridge.store.journal import Author
from tests.conftest import Clock, let_in, services_of
from tests.writes.writing import undo

TODAY = "2026-11-23"


@pytest.fixture
def writer(app: Flask) -> FlaskClient:
    return let_in(app, "write")


@pytest.fixture
def row(world: World) -> dict[str, Any]:
    """The stored row of today."""
    return world.wellness.setdefault(TODAY, {})


def puts(world: World) -> list[Any]:
    return [asked.body for asked in world.requests if asked.method == "PUT"]


def test_the_last_write_is_undone_and_the_value_from_before_is_said(
    writer: FlaskClient, world: World, row: dict[str, Any]
) -> None:
    row |= {"weight": 73.0, "mood": 3}
    writer.put("/v1/wellness", json={"weight_kg": 72.5, "mood": "good"})
    answer = writer.post("/v1/undo")
    assert answer.get_json()["speech"] == (
        "Undone, as before: Average mood. Weight 73 kilograms."
    )
    assert answer.get_json()["restored"] == "mood, weight_kg"
    assert (row["weight"], row["mood"]) == (73.0, 3)
    assert puts(world)[1] == {"weight": 73.0, "mood": 3}


def test_an_undo_said_twice_is_no_redo(
    writer: FlaskClient, row: dict[str, Any], clock: Clock
) -> None:
    row["weight"] = 73.0
    writer.put("/v1/wellness", json={"weight_kg": 72.5})
    first = writer.post("/v1/undo")
    assert writer.post("/v1/undo").data == first.data
    clock.advance(minutes=2)
    answer = writer.post("/v1/undo")
    assert answer.get_json()["undone"] == "no"
    assert "already" in answer.get_json()["speech"]
    assert row["weight"] == 73.0


def test_what_somebody_changed_since_is_left_alone(
    writer: FlaskClient, world: World, row: dict[str, Any]
) -> None:
    row |= {"weight": 73.0, "steps": 100}
    writer.put("/v1/wellness", json={"weight_kg": 72.5, "steps": 9000})
    row["weight"] = 75.0
    answer = writer.post("/v1/undo")
    assert (row["weight"], row["steps"]) == (75.0, 100)
    assert answer.get_json()["changed_since"] == "weight_kg"
    assert answer.get_json()["speech"] == (
        "I left the weight alone: changed since, outside this bridge. "
        "Undone, as before: 100 steps."
    )
    assert puts(world)[-1] == {"steps": 100}


def test_another_device_that_changed_it_is_named(
    app: Flask, writer: FlaskClient, world: World, row: dict[str, Any]
) -> None:
    row["weight"] = 73.0
    writer.put("/v1/wellness", json={"weight_kg": 72.5})
    let_in(app, "write", "Ana's iPad").put("/v1/wellness", json={"weight_kg": 75})
    answer = writer.post("/v1/undo")
    assert "Ana's iPad changed that since" in answer.get_json()["speech"]
    assert (row["weight"], answer.get_json()["undone"]) == (75.0, "no")
    assert len(puts(world)) == 2


def test_only_this_devices_write_is_taken_back(
    app: Flask, writer: FlaskClient, row: dict[str, Any]
) -> None:
    row |= {"weight": 73.0, "steps": 100}
    writer.put("/v1/wellness", json={"weight_kg": 72.5})
    let_in(app, "write", "Watch").put("/v1/wellness", json={"steps": 9000})
    writer.post("/v1/undo")
    assert (row["weight"], row["steps"]) == (73.0, 9000)


def test_after_an_hour_nothing_is_taken_back(
    writer: FlaskClient, row: dict[str, Any], clock: Clock
) -> None:
    row["weight"] = 73.0
    writer.put("/v1/wellness", json={"weight_kg": 72.5})
    clock.advance(minutes=61)
    answer = writer.post("/v1/undo")
    assert "nothing to undo" in answer.get_json()["speech"]
    assert row["weight"] == 72.5


def test_what_was_empty_cannot_be_emptied_and_that_is_said(
    writer: FlaskClient, row: dict[str, Any]
) -> None:
    row.clear()
    writer.put("/v1/wellness", json={"weight_kg": 72.5})
    answer = writer.post("/v1/undo")
    assert answer.get_json()["undone"] == "no"
    assert answer.get_json()["not_emptied"] == "weight_kg"
    assert "Intervals won't clear it" in answer.get_json()["speech"]
    assert "Weight 72.5 kilograms" in answer.get_json()["speech"]


def test_what_was_empty_is_emptied_where_upstream_allows_it(
    writer: FlaskClient, world: World, row: dict[str, Any]
) -> None:
    row.clear()
    world.switches.clear_with_null = True
    writer.put("/v1/wellness", json={"weight_kg": 72.5})
    answer = writer.post("/v1/undo")
    assert answer.get_json()["undone"] == "yes"
    assert answer.get_json()["speech"] == "Undone, as before: No entry for the weight."
    assert row["weight"] is None


def test_a_preview_of_an_undo_says_what_would_be_and_changes_nothing(
    writer: FlaskClient, row: dict[str, Any]
) -> None:
    row["weight"] = 73.0
    writer.put("/v1/wellness", json={"weight_kg": 72.5})
    answer = writer.post("/v1/undo?preview=yes")
    assert answer.get_json()["speech"] == (
        "Nothing is saved yet. It would be as before: Weight 73 kilograms."
    )
    assert row["weight"] == 72.5
    assert writer.post("/v1/undo").get_json()["undone"] == "yes"


def test_a_preview_promises_to_empty_nothing_that_may_be_kept(
    writer: FlaskClient, row: dict[str, Any]
) -> None:
    row.clear()
    writer.put("/v1/wellness", json={"weight_kg": 72.5})
    answer = writer.post("/v1/undo?preview=yes")
    assert answer.get_json()["speech"] == (
        "Nothing is saved yet. I'd clear the weight, if Intervals lets me."
    )
    row["steps"] = 100
    writer.put("/v1/wellness", json={"steps": 9000, "mood": 2})
    answer = writer.post("/v1/undo?preview=yes")
    assert answer.get_json()["speech"] == (
        "Nothing is saved yet. It would be as before: 100 steps. "
        "I'd clear the mood, if Intervals lets me."
    )


def test_an_undo_whose_answer_is_lost_is_read_back(
    writer: FlaskClient, world: World, row: dict[str, Any]
) -> None:
    row["weight"] = 73.0
    writer.put("/v1/wellness", json={"weight_kg": 72.5})
    world.switches.drop_connection_after_write = True
    assert writer.post("/v1/undo").get_json()["undone"] == "yes"
    assert row["weight"] == 73.0


def test_the_same_value_again_is_said_to_be_so_and_undo_takes_the_first_back(
    writer: FlaskClient, row: dict[str, Any], clock: Clock
) -> None:
    row["weight"] = 73.0
    writer.put("/v1/wellness", json={"weight_kg": 72.5})
    clock.advance(seconds=61)
    again = writer.put("/v1/wellness", json={"weight_kg": 72.5})
    assert again.get_json()["speech"].startswith("It was noted already. Weight 72.5")
    answer = writer.post("/v1/undo")
    assert (answer.get_json()["undone"], row["weight"]) == ("yes", 73.0)


def test_a_weight_that_was_only_copied_to_the_day_is_noted(
    writer: FlaskClient, row: dict[str, Any]
) -> None:
    row |= {"weight": 72.5, "tempWeight": True}
    answer = writer.put("/v1/wellness", json={"weight_kg": 72.5})
    assert answer.get_json()["speech"].startswith("Noted.")


def test_an_undo_that_fails_can_be_repeated(
    writer: FlaskClient, world: World, row: dict[str, Any]
) -> None:
    row["weight"] = 73.0
    writer.put("/v1/wellness", json={"weight_kg": 72.5})
    world.switches.fail_next = [503]
    world.switches.fail_status, world.switches.fail_method = 503, "PUT"
    assert writer.post("/v1/undo").get_json()["code"] == "write_lost"
    world.switches.fail_status = None
    assert writer.post("/v1/undo").get_json()["undone"] == "yes"
    assert row["weight"] == 73.0


def test_an_undo_of_a_locked_day_is_honest(
    writer: FlaskClient, row: dict[str, Any]
) -> None:
    row["weight"] = 73.0
    writer.put("/v1/wellness", json={"weight_kg": 72.5, "locked": "yes"})
    answer = writer.post("/v1/undo")
    assert answer.get_json()["undone"] == "no"
    assert row["weight"] == 72.5


values = st.dictionaries(
    st.sampled_from("abc"), st.none() | st.integers(0, 3) | st.floats(0, 5), min_size=1
)


@given(before=values, after=values, now=values)
def test_only_what_holds_what_was_written_is_restored(
    before: dict[str, Any], after: dict[str, Any], now: dict[str, Any]
) -> None:
    step = step_back(before, after, now)
    assert step.restore is not None
    for name in step.restore:
        assert not differing({name: after[name]}, now)
    assert not set(step.restore) & set(step.changed)


@given(written=values)
def test_what_was_made_is_removed_only_while_nobody_touched_it(
    written: dict[str, Any],
) -> None:
    assert step_back(None, written, written).restore is None
    touched = step_back(None, written, dict.fromkeys(written, 99))
    assert (touched.restore, set(touched.changed)) == ({}, set(written))
    assert step_back(None, written, None).gone


@given(removed=values)
def test_what_was_removed_is_made_again_once(removed: dict[str, Any]) -> None:
    step = step_back(removed, None, None)
    assert (step.make, step.restore) == (True, removed)
    assert not step_back(removed, None, removed).is_needed


def noted_before_the_update(
    app: Flask, kind: str, target: str, before: Values, after: Values | None
) -> FlaskClient:
    """Return a phone whose last write an earlier version of the bridge noted."""
    services = services_of(app)
    now = services.clock()
    device = services.store.devices.add("Old phone", "write", OWNER, now)
    author = Author(
        athlete=OWNER,
        device_id=device.device_id,
        write_id="0" * 32,
        source="test",
        now=now,
    )
    services.store.journal.begin(author, kind, target, before, after)
    phone = app.test_client()
    token = services.tokens.issue(device.device_id)
    phone.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return phone


def test_an_entry_removed_before_an_update_is_made_again_whole(
    app: Flask, world: World
) -> None:
    before: Values = {
        "category": "NOTE",
        "name": "Rest",
        "start_local": "2026-11-28T00:00:00",
        "other_fields": '{"carbs_per_hour": 60, "tags": ["key"]}',  # as it was noted
    }
    phone = noted_before_the_update(app, "event", "70999999", before, None)
    answer = undo(phone)
    assert answer["undone"] == "yes"
    made = world.events[int(answer["target"])]
    assert (made["name"], made["tags"], made["carbs_per_hour"]) == ("Rest", ["key"], 60)


def test_tags_written_before_an_update_are_taken_back(app: Flask, world: World) -> None:
    activity = world.add_activity(name="Lake", tags=["commute", "wet"])["id"]
    before, after = {"tags": "old, calm"}, {"tags": "commute, wet"}  # as it was noted
    phone = noted_before_the_update(app, "activity", activity, before, after)
    assert undo(phone)["restored"] == "tags"
    assert world.activities[activity]["tags"] == ["old", "calm"]
