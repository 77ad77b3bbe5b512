"""Calendar entries as they are sent: what is understood, what is refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.domain.calendar.input import EVENT_INPUTS, MEANT, read_event
from bridge.domain.calendar.values import (
    FIELDS,
    REST,
    filled,
    upstream_row,
    values_of,
)
from bridge.domain.calendar.words import read_category, read_colour
from bridge.domain.inputs import InputError, read_sport
from bridge.errors import (
    BadField,
    BeyondBounds,
    BridgeError,
    EndBeforeStart,
    FieldsClash,
    MissingField,
    NothingToWrite,
    UnclearDate,
)

TODAY = date(2026, 11, 23)  # a Monday
NOTE = {"category": "NOTE", "name": "Rest", "day": "today"}
TEMPO: dict[str, Any] = {
    "id": 7,
    "category": "WORKOUT",
    "name": "Tempo",
    "type": "Ride",
    "start_date_local": "2026-11-25T17:30:00",
    "end_date_local": "2026-11-26T00:00:00",
    "description": "- 20m 80%",
    "indoor": False,
    "distance": 42195.0,
    "tags": ["key"],
    "workout_doc": {"steps": [{"duration": 1200}]},
    "uid": "u-1",
    "moving_time": 1200,
    "icu_training_load": 21,
}


@pytest.mark.parametrize(
    ("said", "category"),
    [
        ("note", "NOTE"),
        ("Note", "NOTE"),
        ("NOTE", "NOTE"),
        ("Notiz", "NOTE"),
        ("race_a", "RACE_A"),
        ("Race A", "RACE_A"),
        ("A race", "RACE_A"),
        ("A-Rennen", "RACE_A"),
        ("Rennen", "RACE_A"),
        ("race-b", "RACE_B"),
        ("Wettkampf C", "RACE_C"),
        ("workout", "WORKOUT"),
        ("Training", "WORKOUT"),
        ("Urlaub", "HOLIDAY"),
        ("plan", "PLAN"),
        ("Trainingsphase", "PLAN"),
        ("krank", "SICK"),
        ("injured", "INJURED"),
        ("Ziel", "TARGET"),
        ("season start", "SEASON_START"),
        ("set_eftp", "SET_EFTP"),
        ("fitness days", "FITNESS_DAYS"),
        ("SET_FITNESS", "SET_FITNESS"),
    ],
)
def test_a_category_is_known_in_any_case_and_by_its_words(
    said: str, category: str
) -> None:
    assert read_category(said) == category


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Ride", "Ride"),
        ("virtual ride", "VirtualRide"),
        ("weight_training", "WeightTraining"),
        ("Weight training", "WeightTraining"),
        ("laufen", "Run"),
        ("cycling", "Ride"),
        ("STAND UP PADDLING", "StandUpPaddling"),
    ],
)
def test_a_type_is_known_by_upstreams_name_and_by_words(said: str, kind: str) -> None:
    assert read_sport(said) == kind


@pytest.mark.parametrize("said", ["", "rid3", "Ride, Run", None, 5, True, ["Ride"]])
def test_what_is_no_type_is_refused(said: object) -> None:
    with pytest.raises(InputError):
        read_sport(said)


@pytest.mark.parametrize(
    ("said", "colour"),
    [("Green", "green"), ("grün", "green"), ("grey", "gray"), ("#ff7F0e", "#ff7f0e")],
)
def test_a_colour_is_a_word_or_a_code(said: str, colour: str) -> None:
    assert read_colour(said) == colour


@pytest.mark.parametrize("said", ["nice", "#fff", "#GGGGGG", "url(x)", 7, None, ""])
def test_what_is_no_colour_is_refused(said: object) -> None:
    with pytest.raises(BadField):
        read_colour(said)


def test_a_day_alone_begins_at_midnight() -> None:
    assert read_event(NOTE, TODAY) == {
        "category": "NOTE",
        "name": "Rest",
        "start_local": "2026-11-23T00:00:00",
    }


@pytest.mark.parametrize(
    ("sent", "start"),
    [
        ({"day": "Saturday"}, "2026-11-28T00:00:00"),
        ({"day": "next Monday"}, "2026-11-30T00:00:00"),
        ({"day": "yesterday"}, "2026-11-22T00:00:00"),
        ({"start_local": "2026-11-28"}, "2026-11-28T00:00:00"),
        ({"start_local": "2026-11-28 17:30"}, "2026-11-28T17:30:00"),
        ({"start_local": "2026-03-29T02:30:00"}, "2026-03-29T02:30:00"),
        ({"start_local": "Samstag"}, "2026-11-28T00:00:00"),
    ],
)
def test_a_start_is_completed(sent: dict[str, Any], start: str) -> None:
    named = {"category": "note", "name": "Rest", **sent}
    assert read_event(named, TODAY)["start_local"] == start


def test_an_end_that_is_a_day_is_the_last_day() -> None:
    sent = {"category": "holiday", "name": "Alps", "day": "2026-12-20"}
    found = read_event({**sent, "end_local": "2026-12-27"}, TODAY)
    assert found["end_local"] == "2026-12-28T00:00:00"
    exact = read_event({**sent, "end_local": "2026-12-27T12:00"}, TODAY)
    assert exact["end_local"] == "2026-12-27T12:00:00"
    same = read_event({**sent, "end_local": "2026-12-20"}, TODAY)
    assert same["end_local"] == "2026-12-21T00:00:00"


def test_a_moved_entry_lasts_as_long_as_before() -> None:
    now = values_of(TEMPO)
    assert read_event({"day": "Saturday"}, TODAY, now) == {
        "start_local": "2026-11-28T17:30:00",
        "end_local": "2026-11-29T00:00:00",
    }
    later = {**TEMPO, "end_date_local": "2026-11-25T19:00:00"}
    found = read_event({"start_local": "2026-11-28T08:00"}, TODAY, values_of(later))
    assert found["end_local"] == "2026-11-28T09:30:00"


def test_only_what_was_sent_is_written() -> None:
    found = read_event({"name": "Longer tempo"}, TODAY, values_of(TEMPO))
    assert found == {"name": "Longer tempo"}


def test_the_numbers_of_a_target_are_targets() -> None:
    sent = {"category": "target", "name": "Base", "day": "today", "planned_s": "8 h",
            "planned_load": "400", "planned_distance_km": "120,5"}  # fmt: skip
    row = upstream_row(read_event(sent, TODAY))
    assert (row["time_target"], row["load_target"]) == (28800, 400)
    assert row["distance_target"] == 120500.0
    assert "moving_time" not in row


def test_workout_text_keeps_its_lines() -> None:
    sent = {"category": "workout", "type": "ride", "day": "tomorrow"}
    text = "Warm up\r\n- 20m 60%\r\n\r\n4x\n- 4m 110%\n- 4m 50%\n"
    found = read_event({**sent, "description": text}, TODAY)
    assert found["description"] == "Warm up\n- 20m 60%\n\n4x\n- 4m 110%\n- 4m 50%"


@pytest.mark.parametrize(
    ("error", "sent", "name"),
    [
        (NothingToWrite, {}, "name"),
        (MissingField, {"name": "x", "day": "today"}, "category"),
        (MissingField, {"category": "note", "name": "x"}, "day"),
        (MissingField, {"category": "note", "day": "today"}, "name"),
        (MissingField, {"category": "workout", "day": "today"}, "type"),
        (MissingField, {"category": "race a", "name": "x", "day": "today"}, "type"),
        (BadField, {**NOTE, "category": "nota bene"}, "category"),
        (BadField, {**NOTE, "category": None}, "category"),
        (BadField, {**NOTE, "name": "\ufeff\u200b"}, "name"),
        (BadField, {**NOTE, "name": "a" * 201}, "name"),
        (BadField, {**NOTE, "name": 5}, "name"),
        (BadField, {**NOTE, "description": "a" * 10_001}, "description"),
        (BadField, {**NOTE, "day": "2026-02-30"}, "day"),
        (BadField, {**NOTE, "day": "some day"}, "day"),
        (UnclearDate, {**NOTE, "day": "03.02.2026"}, "day"),
        (FieldsClash, {**NOTE, "start_local": "2026-11-23"}, "day"),
        (EndBeforeStart, {**NOTE, "end_local": "2026-11-22"}, "end_local"),
        (EndBeforeStart, {**NOTE, "end_local": "2026-11-23T00:00"}, "end_local"),
        (BadField, {**NOTE, "end_local": "never"}, "end_local"),
        (BadField, {**NOTE, "colour": "nice"}, "colour"),
        (BadField, {**NOTE, "indoor": "perhaps"}, "indoor"),
        (BadField, {**NOTE, "indoor": True}, "indoor"),
        (BadField, {**NOTE, "planned_s": "1,5"}, "planned_s"),
        (BeyondBounds, {**NOTE, "planned_load": 0}, "planned_load"),
        (BadField, {**NOTE, "planned_distance_km": "far"}, "planned_distance_km"),
    ],
)
def test_what_cannot_be_is_refused_by_the_name_of_its_field(
    error: type[BridgeError], sent: dict[str, Any], name: str
) -> None:
    with pytest.raises(error) as refused:
        read_event(sent, TODAY)
    assert type(refused.value) is error
    assert refused.value.words.get("name", "") == name


def test_a_change_of_category_wants_what_the_new_one_needs() -> None:
    nameless = values_of({**TEMPO, "name": None})
    with pytest.raises(MissingField):
        read_event({"category": "note"}, TODAY, nameless)
    note = values_of({"category": "NOTE", "name": "x", "id": 1})
    with pytest.raises(MissingField):
        read_event({"category": "workout"}, TODAY, note)


def test_an_end_before_the_start_it_has_is_refused() -> None:
    with pytest.raises(BadField):
        read_event({"end_local": "2026-11-24"}, TODAY, values_of(TEMPO))


def test_an_entry_that_is_made_again_is_as_it_was() -> None:
    row = upstream_row(filled(values_of(TEMPO)))
    assert {name: row[name] for name in TEMPO if name in row} == {
        name: TEMPO[name] for name in TEMPO if name not in ("id", "workout_doc")
    }
    assert "id" not in row


def test_steps_without_a_text_are_kept_for_an_entry_that_is_made_again() -> None:
    drawn = {**TEMPO, "description": None}
    row = upstream_row(filled(values_of(drawn)))
    assert row["workout_doc"] == TEMPO["workout_doc"]


def test_every_name_that_is_meant_is_one_that_can_be_sent() -> None:
    names = {name for name, _, _ in EVENT_INPUTS}
    assert set(MEANT.values()) <= names
    assert not names & set(MEANT)


texts = st.one_of(
    st.sampled_from(["today", "note", "2026-11-28", "2026-11-28T17:30", "Ride", "yes"]),
    st.text(max_size=20),
    st.integers(),
    st.none(),
    st.booleans(),
)
anything = st.fixed_dictionaries(
    {}, optional={name: texts for name, _, _ in EVENT_INPUTS}
)


@given(sent=anything)
def test_whatever_is_sent_is_an_event_or_refused_by_name(sent: dict[str, Any]) -> None:
    for now in (None, values_of(TEMPO)):
        try:
            wanted = read_event(sent, TODAY, now)
        except BadField:
            continue
        row = upstream_row(wanted)
        known = {field.name for field in FIELDS}
        assert set(wanted) <= known - {"uid", "external_id", REST}
        for edge in ("start_date_local", "end_date_local"):
            assert len(str(row.get(edge, "2026-11-28T00:00:00"))) == 19
        start, end = row.get("start_date_local", ""), row.get("end_date_local", "~")
        assert str(start) < str(end)
