from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.domain.activity.lap import (
    Lap,
    RawLap,
    RawLaps,
    flatten_laps,
    laps_csv,
    read_laps,
    say_laps,
)
from bridge.domain.flat import plain
from bridge.domain.speech.voice import ENGLISH
from tests.domain.odd import (
    VOICES,
    assert_speakable,
    odd_json,
    odd_numbers,
    odd_records,
)


def kilometre(seconds: int, **other: object) -> RawLap:
    return RawLap(
        type="WORK",
        distance=1000.0,
        moving_time=seconds,
        elapsed_time=seconds,
        average_cadence=85,
        **other,
    )


SLIVER = RawLap(type="RECOVERY", distance=2.6, moving_time=1, elapsed_time=1)


def test_slivers_are_dropped_before_the_laps_are_numbered() -> None:
    laps = flatten_laps([kilometre(300), SLIVER, kilometre(290)], "Run")
    assert [(lap.lap, lap.pace_s_per_km) for lap in laps] == [(1, 300.0), (2, 290.0)]


def test_five_seconds_are_a_lap_and_less_is_not() -> None:
    rows = [RawLap(elapsed_time=5), RawLap(elapsed_time=4), RawLap(elapsed_time=None)]
    assert len(flatten_laps(rows, "Ride")) == 2


def test_a_running_lap_counts_both_feet() -> None:
    lap = flatten_laps([kilometre(300, label="1km", average_heartrate=150)], "Run")[0]
    assert plain(lap) == {
        "lap": 1,
        "kind": "work",
        "label": "1km",
        "distance_km": 1.0,
        "moving_s": 300,
        "elapsed_s": 300,
        "pace_s_per_km": 300.0,
        "heart_rate_bpm": 150,
        "cadence_spm": 170,
    }


def test_a_swimming_lap_has_its_pace_for_100_metres() -> None:
    raw = RawLap(distance=400, moving_time=480, elapsed_time=480, average_cadence=30)
    lap = flatten_laps([raw], "Swim")[0]
    assert (lap.pace_s_per_100m, lap.cadence_rpm) == (120.0, 30)


def test_splits_are_said_fastest_slowest_then_one_by_one() -> None:
    laps = flatten_laps([kilometre(342), kilometre(330), kilometre(351)], "Run")
    assert say_laps(laps, ENGLISH) == (
        "3 laps. Fastest is lap 2: 5 minutes 30 per kilometre. "
        "Slowest is lap 3: 5 minutes 51 per kilometre. "
        "Pace lap by lap: 5 42, 5 30, 5 51."
    )


def test_work_alone_is_judged_where_there_is_recovery_too() -> None:
    rows = [
        RawLap(type="WORK", elapsed_time=60, average_watts=300),
        RawLap(type="RECOVERY", elapsed_time=60, average_watts=120),
        RawLap(type="WORK", elapsed_time=60, average_watts=310),
    ]
    assert say_laps(flatten_laps(rows, "Ride"), ENGLISH) == (
        "3 laps. 2 of them are work laps. Hardest is lap 3: 310 watts. "
        "Easiest is lap 1: 300 watts. Watts of the work laps: 300, 310."
    )


def test_equal_laps_in_a_row_are_said_once() -> None:
    work = RawLap(type="WORK", elapsed_time=60, average_watts=300)
    rest = RawLap(type="RECOVERY", elapsed_time=60, average_watts=120)
    last = RawLap(type="WORK", elapsed_time=60, average_watts=310)
    said = say_laps(flatten_laps([work, rest, work, rest, last], "Ride"), ENGLISH)
    assert said.endswith(" Watts of the work laps: 2 times 300, 310.")
    splits = flatten_laps([kilometre(245)] * 5 + [kilometre(250)], "Run")
    assert say_laps(splits, ENGLISH).endswith(" Pace lap by lap: 5 times 4 05, 4 10.")


def test_one_lap_is_simply_described() -> None:
    laps = flatten_laps([kilometre(300)], "Run")
    assert say_laps(laps, ENGLISH) == (
        "1 lap. Lap 1: 1 kilometre, 5 minutes, 5 minutes per kilometre."
    )


def test_half_a_list_of_laps_is_not_said() -> None:
    laps = flatten_laps([kilometre(300 + lap) for lap in range(42)], "Run")
    speech = say_laps(laps, ENGLISH)
    assert speech.startswith("42 laps. Fastest is lap 1")
    assert "lap by lap" not in speech


def test_no_laps_are_explained() -> None:
    assert "no laps." in say_laps([], ENGLISH)
    assert "still analysing" in say_laps([], ENGLISH, analyzed=False)
    assert "typed in by hand" in say_laps([], ENGLISH, manual=True)


@pytest.mark.parametrize("rows", [None, [], "x", 5, [None, 5]])
def test_null_is_read_as_no_laps(rows: object) -> None:
    assert read_laps(RawLaps(icu_intervals=rows)) == []


def test_csv_has_a_row_for_each_lap_and_empty_cells_for_the_unknown() -> None:
    laps = flatten_laps([kilometre(300, label='fast, "easy"'), SLIVER], "Run")
    rows = list(csv.DictReader(io.StringIO(laps_csv(laps))))
    assert len(rows) == 1
    assert rows[0]["label"] == 'fast, "easy"'
    assert (rows[0]["pace_s_per_km"], rows[0]["power_w"]) == ("300.0", "")
    assert list(rows[0]) == list(Lap.__struct_fields__)


@given(
    st.lists(
        odd_records(
            RawLap,
            distance=odd_numbers,
            moving_time=odd_numbers,
            average_watts=odd_numbers,
        ),
        max_size=25,
    ),
    st.sampled_from(["Run", "Ride", "Swim", None]),
)
def test_any_laps_are_speakable(rows: list[RawLap], sport: str | None) -> None:
    laps = flatten_laps(rows, sport)
    laps_csv(laps)
    for voice in VOICES:
        assert_speakable(say_laps(laps, voice))


@given(odd_json)
def test_any_json_is_read_as_laps(rows: object) -> None:
    assert isinstance(read_laps(RawLaps(icu_intervals=rows)), list)


def test_the_paces_of_the_work_laps_are_called_so() -> None:
    rows = [
        RawLap(type=kind, distance=1000.0, moving_time=seconds, elapsed_time=seconds)
        for kind, seconds in (("WORK", 326), ("RECOVERY", 400), ("WORK", 245))
    ]
    laps = flatten_laps(rows, "Run")
    assert say_laps(laps, ENGLISH).endswith("The work laps: 5 26, 4 05.")
    assert say_laps(laps[::2], ENGLISH).endswith("Pace lap by lap: 5 26, 4 05.")


def test_a_lap_of_a_swim_is_said_in_metres() -> None:
    row = RawLap(distance=1200.0, moving_time=1500, elapsed_time=1500)
    assert "1,200 metres" in say_laps(flatten_laps([row], "Swim"), ENGLISH)


# rests, and one measure for all


def rest(**fields: Any) -> RawLap:
    return RawLap(
        type="WORK", moving_time=90, elapsed_time=90, average_heartrate=132, **fields
    )


@pytest.mark.parametrize(
    "between",
    [
        {"distance": 9},
        {"distance": 0},
        {"distance": None},
        {"distance": 120},  # a stroll
    ],
)
def test_a_standing_rest_is_no_lap_to_compare(between: dict[str, Any]) -> None:
    rows = [kilometre(250 + lap, average_heartrate=170) for lap in range(4)]
    laps = flatten_laps(
        [row for fast in rows for row in (fast, rest(**between))], "Run"
    )
    assert say_laps(laps, ENGLISH) == (
        "8 laps. 4 of them are work laps. Fastest is lap 1: 4 minutes 10 per "
        "kilometre. Slowest is lap 7: 4 minutes 13 per kilometre. "
        "The work laps: 4 10, 4 11, 4 12, 4 13."
    )


def test_a_rest_at_the_wall_is_no_lap_to_compare() -> None:
    row = {"type": "WORK", "average_heartrate": 150}
    swum = RawLap(distance=100, moving_time=95, elapsed_time=95, **row)
    wall = RawLap(distance=0, moving_time=20, elapsed_time=20, **row)
    said = say_laps(flatten_laps([swum, wall, swum, wall], "Swim"), ENGLISH)
    assert "beats" not in said
    assert "The work laps: 2 times 1 35." in said


def test_a_lap_without_power_is_left_out_of_the_order_of_those_with_it() -> None:
    row = {"type": "WORK", "moving_time": 300, "elapsed_time": 300}
    rows = [
        RawLap(average_watts=watts, average_heartrate=150, **row)
        for watts in (240, 250)
    ]
    rows.append(RawLap(average_heartrate=170, **row))
    said = say_laps(flatten_laps(rows, "Ride"), ENGLISH)
    assert "Hardest is lap 3: 170 beats a minute." in said  # what all of them have
    assert "watts" not in said


def test_a_rower_hears_the_pace_for_500_metres() -> None:
    rows = [
        RawLap(type="WORK", distance=1000, moving_time=s, elapsed_time=s)
        for s in (240, 250)
    ]
    laps = flatten_laps(rows, "Rowing")
    assert [lap.pace_s_per_500m for lap in laps] == [120.0, 125.0]
    assert "Slowest is lap 2: 2 minutes 5 per 500 metres." in say_laps(laps, ENGLISH)
