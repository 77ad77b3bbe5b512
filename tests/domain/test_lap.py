from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.domain.activity.activity import Activity
from bridge.domain.activity.lap import (
    Lap,
    RawLap,
    RawLaps,
    flatten_laps,
    laps_csv,
    read_laps,
    say_laps,
    with_laps,
)
from bridge.domain.flat import plain
from bridge.domain.speech.voice import ENGLISH, Voice, known_locale
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


# what the laps are about


def timed(seconds: int, metres: float = 800.0, **other: Any) -> RawLap:
    return RawLap(
        type="WORK",
        distance=metres,
        moving_time=seconds,
        elapsed_time=seconds,
        **other,
    )


def ridden(watts: int, seconds: int = 300, kind: str = "WORK", **other: Any) -> RawLap:
    return RawLap(
        type=kind,
        moving_time=seconds,
        elapsed_time=seconds,
        average_watts=watts,
        **other,
    )


def said_of(rows: list[RawLap], sport: str, language: str = "en") -> str:
    said = say_laps(flatten_laps(rows, sport), Voice(str(known_locale(language))))
    return said.replace("\u00a0", " ").replace("\u202f", " ")


EVEN = {
    "en": "5 times 1 kilometre, each in 4 minutes 5. Very even.",
    "de": "5 mal ein Kilometer, jeweils in 4 Minuten 5. Sehr gleichmäßig.",
    "fr": "5 fois 1 kilomètre, chacun en 4 minutes 5. Très régulier.",
    "es": "5 veces un kilómetro, cada uno en 4 minutos 5. Muy regular.",
}


@pytest.mark.parametrize("language", list(EVEN))
def test_equal_repeats_are_said_once_without_the_warm_up(language: str) -> None:
    rest_ = RawLap(type="RECOVERY", distance=300, moving_time=120, elapsed_time=120)
    rows = [timed(326 * 3, 3000.0)]
    for _ in range(5):
        rows += [kilometre(245), rest_]
    rows.append(timed(350 * 2, 2000.0))
    assert said_of(rows, "Run", language) == EVEN[language]


FADING = {
    "en": "6 times 800 metres, from 3 minutes to 3 minutes 12: you slowed. "
    "The first was the best.",
    "de": "6 mal 800 Meter, von 3 Minuten auf 3 Minuten 12: zum Ende langsamer. "
    "Die erste war die beste.",
    "fr": "6 fois 800 mètres, de 3 minutes à 3 minutes 12 : plus lent vers la fin. "
    "La première était la meilleure.",
    "es": "6 veces 800 metros, de 3 minutos a 3 minutos 12: más lento al final. "
    "La primera fue la mejor.",
}


@pytest.mark.parametrize("language", list(FADING))
def test_repeats_that_fade_are_said_from_the_first_to_the_last(language: str) -> None:
    rows = [timed(seconds) for seconds in (180, 184, 186, 188, 190, 192)]
    assert said_of(rows, "Run", language) == FADING[language]


POWER = {
    "en": "5 times 5 minutes, from 300 watts to 288 watts: fading.",
    "de": "5 mal 5 Minuten, von 300 Watt auf 288 Watt: fallend.",
    "fr": "5 fois 5 minutes, de 300 watts à 288 watts : de moins en moins fort.",
    "es": "5 veces 5 minutos, de 300 vatios a 288 vatios: cada vez más suave.",
}


@pytest.mark.parametrize("language", list(POWER))
def test_a_rider_hears_the_power_of_the_work_alone(language: str) -> None:
    rows = [
        row
        for watts in (300, 297, 294, 291, 288)
        for row in (ridden(watts), ridden(120, 120, "RECOVERY"))
    ]
    assert said_of(rows, "Ride", language) == POWER[language]


def test_ten_kilometres_are_a_trend_and_no_list() -> None:
    rows = [kilometre(300 + 3 * lap) for lap in range(10)]
    said = said_of(rows, "Run")
    assert said.startswith("10 times 1 kilometre, from 5 minutes to 5 minutes 27: ")
    assert "you slowed" in said


def test_the_pulse_is_told_where_it_rose() -> None:
    rows = [kilometre(245, average_heartrate=150 + 4 * lap) for lap in range(5)]
    assert said_of(rows, "Run").endswith("Very even. Heart rate from 150 to 166.")


def test_what_stands_out_of_few_is_not_told() -> None:
    assert "best" not in said_of([timed(180), timed(200), timed(200)], "Run")


def test_a_run_without_laps_is_one_go() -> None:
    assert said_of([timed(3000, 10000.0)], "Run") == (
        "No laps: 10 kilometres in 50 minutes in one go."
    )


def test_the_fields_know_what_the_sentence_knows() -> None:
    activity = Activity(activity_id="i1", type="Run")
    laps = flatten_laps([timed(seconds) for seconds in (180, 186, 192)], "Run")
    body = plain(with_laps(activity, laps))
    assert (body["repeats"], body["lap_trend"]) == (3, "slower")
    assert "repeats" not in plain(with_laps(activity, laps[:1]))


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
        "4 times 1 kilometre, from 4 minutes 10 to 4 minutes 13: even. Heart rate 170."
    )


def test_a_rest_at_the_wall_is_no_lap_to_compare() -> None:
    row = {"type": "WORK", "average_heartrate": 150}
    swum = RawLap(distance=100, moving_time=95, elapsed_time=95, **row)
    wall = RawLap(distance=0, moving_time=20, elapsed_time=20, **row)
    said = say_laps(flatten_laps([swum, wall, swum, wall], "Swim"), ENGLISH)
    assert "beats" not in said
    assert said.startswith("2 times 100 metres, each in 1 minute 35.")


def test_a_lap_without_power_is_left_out_of_the_order_of_those_with_it() -> None:
    row = {"type": "WORK", "moving_time": 300, "elapsed_time": 300}
    rows = [
        RawLap(average_watts=watts, average_heartrate=150, **row)
        for watts in (240, 250)
    ]
    rows.append(RawLap(average_heartrate=170, **row))
    said = say_laps(flatten_laps(rows, "Ride"), ENGLISH)
    assert "150 beats a minute to 170 beats a minute" in said  # what all of them have
    assert "watts" not in said


def test_a_rower_hears_the_pace_for_500_metres() -> None:
    rows = [
        RawLap(type="WORK", distance=1000, moving_time=s, elapsed_time=s)
        for s in (240, 250)
    ]
    laps = flatten_laps(rows, "Rowing")
    assert [lap.pace_s_per_500m for lap in laps] == [120.0, 125.0]
    assert say_laps(laps, ENGLISH) == (
        "2 times 1 kilometre, from 4 minutes to 4 minutes 10: you slowed."
    )


def test_power_in_the_efforts_alone_is_what_they_are_compared_by() -> None:
    rows = []
    for watts in (250, 251, 249, 250):
        rows += [
            ridden(watts, average_heartrate=160),
            RawLap(
                type="RECOVERY",
                moving_time=120,
                elapsed_time=120,
                average_heartrate=120,
            ),
        ]
    rest = [rows[1]] * 3  # warming up and down, without power as well
    assert "250 watts" in said_of([*rest, *rows], "Ride")


def test_the_power_of_a_second_meter_counts_where_the_first_has_none() -> None:
    (lap,) = flatten_laps([RawLap(elapsed_time=300, average_watts_alt=200)], "Ride")
    assert lap.power_w == 200
