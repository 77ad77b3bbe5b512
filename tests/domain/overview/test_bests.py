from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.domain.activity.bests import (
    BestsOf,
    CurveMetric,
    Eftp,
    RawCurves,
    RawEftp,
    flatten_bests,
    flatten_eftp,
    say_bests,
)
from bridge.domain.flat import Flat, plain
from bridge.domain.measures import texts
from bridge.domain.speech.voice import ENGLISH, Voice
from tests.domain.odd import VOICES, assert_speakable, odd_json, odd_numbers, odd_texts

TODAY = date(2026, 11, 23)
POWER = RawCurves(
    rows=[
        {
            "label": "1 year",
            "secs": [1, 5, 60, 300, 1200],
            "values": [900, 780, 380, 280, 245],
            "watts_per_kg": [12.0, 10.4, 5.07, 3.73, 3.27],
            "activity_id": ["i1", "i1", "i2", "i3", "i4"],
        },
        {"label": "older", "secs": [5], "values": [1]},
    ],
    activities={"i3": {"start_date_local": "2026-08-01T10:00:00"}},
)


def test_the_usual_points_of_a_power_curve_are_taken() -> None:
    bests = flatten_bests(POWER, "Ride", "power")
    assert [(best.duration_s, best.power_w) for best in bests] == [
        (5, 780),
        (60, 380),
        (300, 280),
        (1200, 245),
    ]
    assert plain(bests[2]) == {
        "sport": "Ride",
        "kind": "power",
        "duration_s": 300,
        "power_w": 280,
        "relative_power_w_per_kg": 3.73,
        "date": "2026-08-01",
        "activity_id": "i3",
        "period": "1 year",
    }


def test_pace_curves_have_distances_and_times() -> None:
    curves = RawCurves(
        rows=[
            {
                "distance": [400.0, 1000.4, 5020.0, 5030.0],
                "values": [75, 210, 1230, 9],
                "activity_id": ["i1", "i2", "i3", "i4"],
            }
        ]
    )
    bests = flatten_bests(curves, "Run", "pace")
    assert [(best.distance_m, best.time_s, best.pace_s_per_km) for best in bests] == [
        (400, 75, 187.5),
        (1000, 210, 210.0),
        (5000, 1230, 246.0),
    ]


def test_a_swimmers_best_has_its_pace_for_100_metres() -> None:
    curves = RawCurves(rows=[{"distance": [400.0], "values": [360]}])
    best = flatten_bests(curves, "Swim", "pace")[0]
    assert (best.pace_s_per_100m, best.pace_s_per_km) == (90.0, None)


def test_heart_rate_bests_are_beats() -> None:
    curves = RawCurves(rows=[{"secs": [300], "values": [181]}])
    best = flatten_bests(curves, "Ride", "heart_rate")[0]
    assert (best.heart_rate_bpm, best.power_w) == (181, None)


def test_eftp_is_the_latest_with_its_change() -> None:
    rows = [
        RawEftp(id="2026-11-23", sport_info=[{"type": "Ride", "eftp": 207.8}]),
        RawEftp(id="2026-10-12", sport_info=[{"type": "Ride", "eftp": 199.6}]),
        RawEftp(id="2026-11-01", sport_info=None),
    ]
    eftp = flatten_eftp(rows)
    assert eftp == Eftp(
        sport="Ride",
        date="2026-11-23",
        eftp_w=208,
        eftp_change_w=8,
        changed_since="2026-10-12",
    )
    assert flatten_eftp(rows, "Run") is None


def test_bests_are_said_with_threshold_power_first() -> None:
    eftp = Eftp(
        sport="Ride",
        date="2026-11-23",
        eftp_w=208,
        eftp_change_w=-1,
        changed_since="2026-10-12",
    )
    bests = flatten_bests(POWER, "Ride", "power")
    assert say_bests(bests, ENGLISH, TODAY, BestsOf("Ride"), eftp) == (
        "Cycling: estimated FTP 208 watts, 1 watt down since 12 October. "
        "245 watts for 20 minutes, 280 watts for 5 minutes."
    )


def test_the_time_of_a_race_distance_is_exact() -> None:
    curves = RawCurves(rows=[{"distance": [5000.0], "values": [1230]}])
    bests = flatten_bests(curves, "Run", "pace")
    assert say_bests(bests, ENGLISH, TODAY, BestsOf("Run")) == (
        "Running: 5 kilometres in 20 minutes 30."
    )


def test_race_distances_keep_their_names_where_miles_are_used() -> None:
    row = {"distance": [400.0, 5000.0], "values": [80, 1230]}
    bests = flatten_bests(RawCurves(rows=[row]), "Run", "pace")
    said = say_bests(bests, Voice(units="imperial"), TODAY, BestsOf("Run"))
    assert said == (
        "Running: 5 kilometres in 20 minutes 30. 400 metres in 1 minute 20."
    )


@pytest.mark.parametrize(
    ("metres", "sport", "shown"),
    [
        (400, "Run", "400 m"),
        (5000, "Run", "5 km"),
        (1609, "Run", "1 mi"),
        (1500, "Swim", "1,500 m"),
    ],
)
def test_race_distances_are_shown_by_their_names(
    metres: int, sport: str, shown: str
) -> None:
    best: Flat = {"distance_m": metres, "sport": sport}
    imperial = Voice(units="imperial")
    assert texts(best, imperial, TODAY)["distance_text"] == shown


def test_the_pulse_is_said_only_where_there_is_nothing_else() -> None:
    hearts = RawCurves(rows=[{"secs": [5, 60], "values": [190, 185]}])
    pulse = flatten_bests(hearts, "Ride", "heart_rate")
    both = [*flatten_bests(POWER, "Ride", "power"), *pulse]
    assert "beats" not in say_bests(both, ENGLISH, TODAY, BestsOf("Ride"))
    assert say_bests(pulse, ENGLISH, TODAY, BestsOf("Yoga")) == (
        "Yoga: 185 beats a minute for 1 minute. 190 beats a minute for 5 seconds."
    )


def test_no_bests_are_said() -> None:
    assert say_bests([], ENGLISH, TODAY, BestsOf("Yoga", "42d")) == (
        "Yoga, in the last 42 days: no bests yet."
    )


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("42d", "Running, in the last 42 days: 5 kilometres in 20 minutes 30."),
        ("1y", "Running, in the last twelve months: 5 kilometres in 20 minutes 30."),
        ("2y", "Running, in the last 2 years: 5 kilometres in 20 minutes 30."),
        ("all", "Running, all time: 5 kilometres in 20 minutes 30."),
        ("s0", "Running, this season: 5 kilometres in 20 minutes 30."),
    ],
)
def test_bests_name_the_time_looked_at(period: str, said: str) -> None:
    row = {"distance": [5000.0], "values": [1230]}
    bests = flatten_bests(RawCurves(rows=[row]), "Run", "pace")
    assert say_bests(bests, ENGLISH, TODAY, BestsOf("Run", period)) == said


curves = st.fixed_dictionaries(
    {},
    optional={
        "secs": st.lists(st.sampled_from([5, 60, 300, 1200]) | odd_numbers),
        "distance": st.lists(st.sampled_from([100, 400.0, 5000]) | odd_numbers),
        "values": st.lists(odd_numbers),
        "watts_per_kg": st.lists(odd_numbers),
        "activity_id": st.lists(odd_texts),
        "label": odd_texts,
    },
)


@given(
    st.lists(curves | odd_json, max_size=2) | odd_json,
    odd_json,
    st.sampled_from(["Run", "Swim", "Ride"]),
)
def test_any_curves_are_flat_and_speakable(
    rows: object, activities: object, sport: str
) -> None:
    raw = RawCurves(rows=rows, activities=activities)
    kinds: tuple[CurveMetric, ...] = ("power", "heart_rate", "pace")
    for kind in kinds:
        bests = flatten_bests(raw, sport, kind)
        for voice in VOICES:
            assert_speakable(say_bests(bests, voice, TODAY, BestsOf(sport, "42d")))


@given(odd_json)
def test_any_sport_info_is_read(info: object) -> None:
    flatten_eftp([RawEftp(id="2026-11-23", sport_info=info)])
