from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.domain.athlete.gear import (
    Gear,
    RawGear,
    flatten_gear,
    say_gear,
    say_gear_list,
)
from bridge.domain.flat import plain
from bridge.domain.speech.voice import ENGLISH
from bridge.errors import UpstreamGarbage
from tests.domain.odd import VOICES, assert_speakable, odd_numbers, odd_records

TODAY = date(2026, 11, 23)
BIKE = RawGear(
    id=123,
    name="Steel",
    type="Bike",
    distance=1_234_567.0,
    time=180_000.5,
    activities=42,
    component_ids=["c1", "c2"],
    reminders=[
        {"id": 1, "name": "Tyres", "percent_used": 40.0},
        {"id": 2, "name": "Chain", "distance": 3000, "distance_used": 3100},
    ],
)


def test_gear_is_flat_with_its_nearest_reminder() -> None:
    assert plain(flatten_gear(BIKE, TODAY)) == {
        "gear_id": "123",
        "name": "Steel",
        "type": "Bike",
        "distance_km": 1234.6,
        "used_s": 180_000,
        "activities": 42,
        "retired": "no",
        "components": 2,
        "reminders": 2,
        "reminder": "Chain",
        "reminder_percent": 103,
        "reminder_due": "yes",
    }


def test_retired_gear_has_its_day() -> None:
    shoes = flatten_gear(RawGear(id="s1", retired="2025-11-30"), TODAY)
    assert (shoes.retired, shoes.retired_on) == (True, "2025-11-30")
    assert say_gear(shoes, ENGLISH) == "Gear without a name. It's retired."


@pytest.mark.parametrize(
    ("reminder", "percent"),
    [
        ({"percent_used": 99.6}, 100),
        ({"days": 100, "days_used": 50, "time": 10, "time_used": 9}, 90),
        ({"distance": 0, "distance_used": 10}, None),
        ({"percent_used": 120, "snoozed_until": "2026-11-30T00:00:00"}, None),
        ({"percent_used": 120, "snoozed_until": "2026-11-20T00:00:00"}, 120),
        ({}, None),
    ],
)
def test_a_reminder_counts_by_its_largest_share_unless_it_sleeps(
    reminder: dict[str, object], percent: int | None
) -> None:
    gear = flatten_gear(RawGear(id=1, reminders=[reminder]), TODAY)
    assert gear.reminder_percent == percent


def test_what_is_due_is_said_first_then_the_furthest_travelled() -> None:
    rows = [
        flatten_gear(BIKE, TODAY),
        Gear(gear_id="2", name="Shoes", distance_km=300.0),
        Gear(gear_id="3", name="Old", distance_km=9000.0, retired=True),
        Gear(gear_id="4", name="Chain", distance_km=5000.0, component=True),
    ]
    assert say_gear_list(rows, ENGLISH) == (
        "Due for Steel: Chain. 3 pieces of gear in use. "
        "Steel: 1,230 kilometres. Shoes: 300 kilometres."
    )


def test_no_gear_is_said() -> None:
    assert say_gear_list([], ENGLISH) == "There's no gear in use."
    with pytest.raises(UpstreamGarbage):
        flatten_gear(RawGear(name="x"), TODAY)


reminders = st.lists(
    st.fixed_dictionaries(
        {"name": st.text(max_size=90)},
        optional={
            "percent_used": odd_numbers,
            "distance": odd_numbers,
            "distance_used": odd_numbers,
        },
    ),
    max_size=3,
)


@given(
    odd_records(RawGear, id=st.just("b1"), distance=odd_numbers, reminders=reminders)
)
def test_any_gear_is_flat_and_speakable(raw: RawGear) -> None:
    try:
        gear = flatten_gear(raw, TODAY)
    except UpstreamGarbage:
        return
    plain(gear)
    for voice in VOICES:
        for said in (say_gear(gear, voice), say_gear_list([gear, gear], voice)):
            assert said.strip()
            assert len(said) <= 255
        assert_speakable(say_gear_list([], voice))
