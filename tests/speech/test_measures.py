from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.domain.flat import Flat
from bridge.domain.measures import texts
from bridge.domain.speech.voice import ENGLISH, Voice
from tests.domain.odd import VOICES

TODAY = date(2026, 11, 23)
AMERICAN = Voice("en_US", "imperial")


@pytest.mark.parametrize(
    ("key", "value", "name", "metric", "imperial"),
    [
        ("distance_km", 8.2, "distance_text", "8.2 km", "5.1 mi"),
        ("distance_m", 5000, "distance_text", "5 km", "5 km"),
        ("moving_s", 3907, "moving_text", "1 h 05 min", "1 h 05 min"),
        ("relative_power_w_per_kg", 3.73, "relative_power_text", *["3.73 W/kg"] * 2),
        ("time_s", 1230, "time_text", "20:30", "20:30"),
        ("time_s", 3723, "time_text", "1:02:03", "1:02:03"),
        ("pace_s_per_km", 300.0, "pace_text", "5:00 /km", "8:03 /mi"),
        ("pace_s_per_100m", 120.0, "pace_text", "2:00 /100 m", "1:50 /100 yd"),
        ("speed_km_per_h", 30.2, "speed_text", "30.2 km/h", "18.8 mph"),
        ("climb_m", 320, "climb_text", "320 m", "1,050 ft"),
        ("weight_kg", 72.5, "weight_text", "72.5 kg", "159.8 lb"),
        ("resting_hr_bpm", 48, "resting_hr_text", "48 bpm", "48 bpm"),
        ("power_w", 1200, "power_text", "1,200 W", "1,200 W"),
        ("calories_kcal", 331, "calories_text", "331 kcal", "331 kcal"),
        ("cadence_spm", 170, "cadence_text", "170 spm", "170 spm"),
        ("hrv_ms", 61.4, "hrv_text", "61 ms", "61 ms"),
        ("intensity_percent", 76.4, "intensity_percent_text", "76.4%", "76.4%"),
        ("form_percent", -20.0, "form_percent_text", "-20%", "-20%"),
        ("form", -12.5, "form_text", "-12", "-12"),
        ("form", 3.4, "form_text", "+3", "+3"),
        ("form_after_plan", -0.4, "form_after_plan_text", "0", "0"),
        ("ctl", 9.6, "ctl_text", "10", "10"),
        ("atl", 101.5, "atl_text", "102", "102"),
        ("feel", 2, "feel_text", "good", "good"),
        ("rpe", 7, "rpe_text", "hard", "hard"),
        ("rpe", 11, "rpe_text", "11", "11"),
        ("done_s", 0, "done_text", "0 min", "0 min"),
        ("ramp_rate", 2.3, "ramp_rate_text", "2.3", "2.3"),
        ("training_load", 55, "training_load_text", "55", "55"),
        ("sleep_quality", 2, "sleep_quality_text", "good", "good"),
        ("date", "2026-11-23", "date_text", "23 November", "November 23"),
        ("date", "2025-11-23", "date_text", "23 November 2025", "November 23, 2025"),
        (
            "start_local",
            "2026-11-23T07:05:00",
            "start_text",
            "23 November, 7:05",
            "November 23, 7:05 AM",
        ),
        (
            "end_local",
            "2026-11-24T00:00:00",
            "end_text",
            "24 November",
            "November 24",
        ),
    ],
)
def test_numbers_are_shown_in_the_athletes_units(
    key: str, value: str | float, name: str, metric: str, imperial: str
) -> None:
    assert texts({key: value}, ENGLISH, TODAY) == {name: metric}
    assert texts({key: value}, AMERICAN, TODAY) == {name: imperial}


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        ("2026-11-23T00:00:00", "2026-11-24T00:00:00", "23 November"),
        ("2026-11-23T00:00:00", "2026-11-30T00:00:00", "29 November"),
        ("2026-11-23T00:00:00", "2026-11-23T00:00:00", "23 November"),
        ("2026-11-23T07:00:00", "2026-11-23T08:30:00", "23 November, 8:30"),
    ],
)
def test_an_end_shows_the_last_day_that_belongs_to_it(
    start: str, end: str, shown: str
) -> None:
    flat: Flat = {"start_local": start, "end_local": end}
    assert texts(flat, ENGLISH, TODAY)["end_text"] == shown


@pytest.mark.parametrize(
    ("flat", "metric", "imperial"),
    [
        ({"type": "Swim", "distance_km": 1.6}, "1,600 m", "1,750 yd"),
        ({"type": "OpenWaterSwim", "distance_km": 9.999}, "9,999 m", "10,935 yd"),
        ({"type": "OpenWaterSwim", "distance_km": 10.0}, "10 km", "6.2 mi"),
        ({"sport": "Swim", "distance_m": 1500}, "1,500 m", "1,500 m"),
        ({"lap": 1, "pace_s_per_100m": 120.0, "distance_km": 0.4}, "400 m", "437 yd"),
        ({"type": "Run", "distance_km": 1.6}, "1.6 km", "1 mi"),
    ],
)
def test_a_swim_is_shown_in_metres_or_yards(
    flat: Flat, metric: str, imperial: str
) -> None:
    assert texts(flat, ENGLISH, TODAY)["distance_text"] == metric
    assert texts(flat, AMERICAN, TODAY)["distance_text"] == imperial


@pytest.mark.parametrize(
    "flat",
    [
        {"lap": 3},
        {"name": "5_km"},
        {"speech": "2026-11-23"},
        {"sleep_quality": 9},
        {"activity_id": "i1"},
        {"date": "soon"},
    ],
)
def test_what_has_no_unit_gets_no_text(flat: Flat) -> None:
    assert texts(flat, ENGLISH, TODAY) == {}


def test_an_existing_text_is_left_alone() -> None:
    assert texts({"distance_km": 5, "distance_text": "far"}, ENGLISH, TODAY) == {}


def test_of_two_numbers_with_one_stem_the_first_is_shown() -> None:
    flat: Flat = {"from_w": 200, "from_bpm": 140}
    assert texts(flat, ENGLISH, TODAY) == {"from_text": "200 W"}


keys = st.sampled_from(
    ["distance_km", "moving_s", "x_w", "form", "y_percent", "mood", "date", "z_m", "q"]
)


@given(st.dictionaries(keys, st.floats() | st.integers() | st.text()))
def test_any_flat_record_gets_short_texts_and_keeps_its_own(flat: Flat) -> None:
    for voice in VOICES:
        shown = texts(flat, voice, TODAY)
        assert not shown.keys() & flat.keys()
        assert all(
            isinstance(text, str) and 0 < len(text) < 60 for text in shown.values()
        )
