from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from bridge.domain.flat import plain
from bridge.domain.speech.voice import ENGLISH
from bridge.domain.zones.settings import (
    RawSportSettings,
    flatten_thresholds,
    read_sport_settings,
    settings_for,
)
from bridge.domain.zones.zone import flatten_zones, say_zones
from tests.domain.odd import (
    VOICES,
    assert_speakable,
    odd_json,
    odd_numbers,
    odd_records,
)

RIDE = RawSportSettings(
    id=1,
    types=["Ride", "VirtualRide"],
    ftp=286,
    power_zones=[55, 75, 90, 105, 120, 150, 999],
    power_zone_names=["Recovery", "Endurance"],
    sweet_spot_min=84,
    sweet_spot_max=97,
    lthr=170,
    max_hr=190,
    hr_zones=[140, 155, 190],
    hr_zone_names=["Easy", "Steady", "Hard"],
)
RUN = RawSportSettings(
    types=["Run"], threshold_pace=4.0, pace_zones=[80.0, 100.0, 999.0]
)


def test_watts_begin_one_above_the_zone_below() -> None:
    power = [zone for zone in flatten_zones(RIDE) if zone.kind == "power"]
    watts = [(zone.from_w, zone.to_w) for zone in power]
    assert watts == [
        (1, 157),
        (158, 214),
        (215, 257),
        (258, 300),
        (301, 343),
        (344, 429),
        (430, None),
    ]


def test_watts_are_cut_not_rounded() -> None:
    raw = RawSportSettings(types=["Ride"], ftp=285, power_zones=[55, 999])
    assert flatten_zones(raw)[0].to_w == 156  # 156.75


def test_the_last_power_zone_has_no_upper_bound() -> None:
    last = [zone for zone in flatten_zones(RIDE) if zone.kind == "power"][-1]
    assert plain(last) == {
        "sport": "Ride",
        "kind": "power",
        "zone": "7",
        "from_percent": 151,
        "from_w": 430,
    }


def test_names_may_be_fewer_than_zones() -> None:
    names = [zone.name for zone in flatten_zones(RIDE) if zone.kind == "power"]
    assert names == ["Recovery", "Endurance", *[None] * 5]


def test_heart_rate_zones_are_bpm_and_percent_of_threshold() -> None:
    zones = [zone for zone in flatten_zones(RIDE) if zone.kind == "heart_rate"]
    assert [plain(zone) for zone in zones[:2]] == [
        {
            "sport": "Ride",
            "kind": "heart_rate",
            "zone": "1",
            "name": "Easy",
            "to_percent": 82,
            "to_bpm": 140,
        },
        {
            "sport": "Ride",
            "kind": "heart_rate",
            "zone": "2",
            "name": "Steady",
            "from_percent": 83,
            "to_percent": 91,
            "from_bpm": 141,
            "to_bpm": 155,
        },
    ]


def test_pace_zones_go_from_the_slow_end_to_the_fast_one() -> None:
    ends = [
        (zone.from_pace_s_per_km, zone.to_pace_s_per_km) for zone in flatten_zones(RUN)
    ]
    assert ends == [(None, 312.5), (312.5, 250.0), (250.0, None)]


def test_swims_have_their_pace_for_100_metres() -> None:
    swim = RawSportSettings(
        types=["Swim"], threshold_pace=0.8333333, pace_zones=[90, 999]
    )
    assert flatten_thresholds(swim).threshold_pace_s_per_100m == 120.0
    assert flatten_thresholds(swim).threshold_pace_s_per_km is None
    assert flatten_zones(swim)[0].to_pace_s_per_100m == 133.3


def test_sweet_spot_stands_apart_from_the_zones() -> None:
    thresholds = flatten_thresholds(RIDE)
    assert (thresholds.sweet_spot_from_w, thresholds.sweet_spot_to_w) == (240, 277)
    assert "SS" not in [zone.zone for zone in flatten_zones(RIDE)]


def test_zones_are_said_with_thresholds_and_the_endurance_zone() -> None:
    said = say_zones(flatten_thresholds(RIDE), flatten_zones(RIDE), ENGLISH)
    assert said == (
        "Cycling: FTP 286 watts. Zone 2 is 158 to 214 watts. By heart rate 141 to 155."
    )


def test_a_sport_without_thresholds_says_so() -> None:
    raw = RawSportSettings(types=["Yoga"])
    assert say_zones(flatten_thresholds(raw), flatten_zones(raw), ENGLISH) == (
        "There are no zones for this sport yet: Yoga. "
        "Set them in the Intervals settings."
    )


def test_settings_are_found_by_any_of_their_types_else_those_for_others() -> None:
    other = RawSportSettings(types=["Other"], other=True)
    rows = [RIDE, RUN, other]
    assert settings_for(rows, "virtualride") is RIDE
    assert settings_for(rows, "Yoga") is other
    assert settings_for([RIDE], "Yoga") is None


def test_bounds_that_do_not_rise_end_the_zones() -> None:
    raw = RawSportSettings(types=["Ride"], ftp=200, power_zones=[55, 75, 60, 999])
    assert [zone.to_w for zone in flatten_zones(raw)] == [110, 150]


@given(
    odd_records(
        RawSportSettings,
        types=st.just(["Run"]) | st.just(["Ride"]) | st.just(["Swim"]),
        ftp=odd_numbers,
        threshold_pace=odd_numbers,
        power_zones=st.lists(odd_numbers),
        hr_zones=st.lists(odd_numbers),
        pace_zones=st.lists(odd_numbers),
    )
)
def test_any_settings_are_flat_and_speakable(raw: RawSportSettings) -> None:
    thresholds, zones = flatten_thresholds(raw), flatten_zones(raw)
    for zone in zones:
        values = plain(zone).values()
        assert all(math.isfinite(v) for v in values if isinstance(v, float))
    for voice in VOICES:
        assert_speakable(say_zones(thresholds, zones, voice))


@given(odd_json)
def test_any_json_is_read_as_settings(rows: object) -> None:
    for raw in read_sport_settings(rows):
        flatten_zones(raw)
