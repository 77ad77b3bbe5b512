"""Sports: which belong together, how fast they are said, what time is believed."""

from __future__ import annotations

import pytest

from bridge.domain.sport import paces, sport_group, times, types_meant


@pytest.mark.parametrize(
    ("sport", "among"),
    [
        ("Ride", {"Ride", "VirtualRide", "GravelRide", "MountainBikeRide"}),
        ("Run", {"Run", "TrailRun", "VirtualRun"}),
        ("Swim", {"Swim", "OpenWaterSwim"}),
        ("Rowing", {"Rowing", "VirtualRow"}),
    ],
)
def test_a_common_word_means_the_whole_group(sport: str, among: set[str]) -> None:
    assert among <= types_meant(sport)
    assert {sport_group(one) for one in among} == {sport}


@pytest.mark.parametrize("sport", ["VirtualRide", "OpenWaterSwim", "Yoga", "NewSport"])
def test_any_other_type_means_itself(sport: str) -> None:
    assert types_meant(sport) == {sport}


@pytest.mark.parametrize(
    ("sport", "field", "value"),
    [
        ("TrailRun", "pace_s_per_km", 250.0),
        ("OpenWaterSwim", "pace_s_per_100m", 25.0),
        ("Rowing", "pace_s_per_500m", 125.0),
        ("VirtualRow", "pace_s_per_500m", 125.0),
        ("VirtualRide", "speed_km_per_h", 14.4),
        ("Kayaking", "speed_km_per_h", 14.4),
    ],
)
def test_each_sport_counts_its_own_way(sport: str, field: str, value: float) -> None:
    known = {
        name: one
        for name, one in paces(sport, 2.0, 500)._asdict().items()
        if one is not None
    }
    assert known == {field: value}


@pytest.mark.parametrize(
    ("moving", "elapsed", "believed"),
    [
        (0, 2520, (2520, 2520)),  # an old device
        (None, 600, (600, 600)),
        (0, 0, (None, None)),
        (2400, 0, (2400, None)),
        (7200, 3600, (3600, 3600)),
        (434, 420, (434, 420)),  # as recorded
        (2400, 2520, (2400, 2520)),
        ("NaN", -5, (None, None)),
    ],
)
def test_no_time_is_not_zero_and_none_is_longer_than_the_clock(
    moving: object, elapsed: object, believed: tuple[int | None, int | None]
) -> None:
    assert times(moving, elapsed) == believed
