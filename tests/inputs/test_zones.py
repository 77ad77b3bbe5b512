"""Zones as they are sent: what is understood, what is refused, what goes upstream."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.domain.values import Values
from bridge.domain.zones.input import ZONE_INPUTS, read_zones
from bridge.domain.zones.settings import RawSportSettings
from bridge.domain.zones.values import complete_body, recalled, upstream_body, values_of
from bridge.errors import (
    BadField,
    BarePace,
    BridgeError,
    FieldsClash,
    MissingField,
    NothingToWrite,
    NotRising,
    NoZones,
    OpenEnd,
    OutOfBounds,
    WattsAsPercent,
    WrongCount,
)

POWER = [55, 75, 90, 105, 120, 150, 999]
POWER_NAMES = ["Recovery", "Endurance", "Tempo", "Threshold", "VO2", "Anaerobic", "Max"]
BEATS = [135, 149, 155, 167, 172, 177, 189]
BEATS_NAMES = ["Z1", "Z2", "Z3", "Z4", "Z5", "Z6", "Z7"]
PACES = [77.5, 87.7, 94.3, 100, 103.4, 111.5, 999]
PACE_NAMES = ["One", "Two", "Three", "Four", "Five a", "Five b", "Five c"]


def ride(**changes: Any) -> RawSportSettings:
    raw: dict[str, Any] = {
        "id": 1,
        "types": ["Ride", "VirtualRide"],
        "ftp": 265,
        "lthr": 168,
        "max_hr": 189,
        "power_zones": list(POWER),
        "power_zone_names": list(POWER_NAMES),
        "hr_zones": list(BEATS),
        "hr_zone_names": list(BEATS_NAMES),
    }
    return RawSportSettings(**{**raw, **changes})


def run(**changes: Any) -> RawSportSettings:
    raw: dict[str, Any] = {
        "id": 2,
        "types": ["Run"],
        "lthr": 173,
        "max_hr": 193,
        "hr_zones": [146, 154, 163, 172, 177, 183, 193],
        "hr_zone_names": list(BEATS_NAMES),
        "threshold_pace": 4.08163,
        "pace_units": "MINS_KM",
        "pace_zones": list(PACES),
        "pace_zone_names": list(PACE_NAMES),
    }
    return RawSportSettings(**{**raw, **changes})


def swim() -> RawSportSettings:
    return run(types=["Swim"], pace_units="SECS_100M", threshold_pace=1.1111112)


def body(raw: RawSportSettings, **sent: Any) -> dict[str, Any]:
    return upstream_body(read_zones(sent, raw), raw)


def test_ftp_and_one_limit_send_just_these_and_the_paired_names() -> None:
    moved = [55, 78, 90, 105, 120, 150, 999]
    assert body(ride(), ftp_w="288 W", zone="2", to_percent="78 %") == {
        "ftp": 288,
        "power_zones": moved,
        "power_zone_names": POWER_NAMES,
    }


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({"ftp_w": "288"}, {"ftp": 288}),
        ({"indoor_ftp_w": 280.0}, {"indoor_ftp": 280}),
        ({"lthr_bpm": "170 bpm"}, {"lthr": 170}),
        ({"threshold_pace": "4:10/km"}, {"threshold_pace": 4.0}),
        ({"threshold_pace": "4:10"}, {"threshold_pace": 4.0}),
        ({"threshold_pace": "6:42 per mile"}, {"threshold_pace": 4.003343}),
    ],
)
def test_a_threshold_goes_alone(sent: dict[str, Any], expected: dict[str, Any]) -> None:
    assert body(run(), **sent) == expected


def test_a_bare_pace_of_a_swimmer_is_for_100_metres() -> None:
    assert body(swim(), threshold_pace="1:40") == {"threshold_pace": 1.0}
    assert body(swim(), threshold_pace="1:45/100m") == {"threshold_pace": 0.952381}


def test_a_bare_pace_of_a_runner_in_miles_is_for_a_mile() -> None:
    raw = run(pace_units="MINS_MILE")
    wanted = read_zones({"threshold_pace": "6:42"}, raw, imperial=True)
    assert wanted == {"threshold_pace_m_per_s": 4.003343}


def yards() -> RawSportSettings:
    return run(types=["Swim"], pace_units="SECS_100Y", threshold_pace=1.1)


@pytest.mark.parametrize(
    ("raw", "imperial", "pace", "example"),
    [
        (run(), True, "6:30", "6:30/mi"),
        (run(pace_units="MINS_MILE"), False, "4:10", "4:10/km"),
        (swim(), True, "1:35", "1:35/100yd"),
        (yards(), False, "1:45", "1:45/100m"),
    ],
)
@pytest.mark.parametrize("name", ["threshold_pace", "to_pace"])
def test_a_bare_pace_is_refused_where_it_is_heard_for_another_length(
    raw: RawSportSettings, imperial: bool, pace: str, example: str, name: str
) -> None:
    sent = {name: pace} if name == "threshold_pace" else {name: pace, "zone": 2}
    with pytest.raises(BarePace) as refused:
        read_zones(sent, raw, imperial=imperial)
    assert refused.value.words == {"name": name, "example": example}


def test_a_pace_with_its_length_and_a_speed_are_taken_from_everybody() -> None:
    for pace in ("6:42/mi", "4:10/km", "4 m/s"):
        wanted = read_zones({"threshold_pace": pace}, run(), imperial=True)
        assert wanted["threshold_pace_m_per_s"] == pytest.approx(4.0, abs=0.01)


@pytest.mark.parametrize(
    ("raw", "imperial", "taken", "refused", "low", "high"),
    [
        (run(), False, ["2:20", "15:00"], ["2:19", "15:01"], "2:20/km", "15:00/km"),
        (swim(), False, ["0:45", "5:00"], ["0:44", "5:01"], "0:45/100m", "5:00/100m"),
        (run(), True, ["3:46/mi"], ["3:44/mi", "25:00/mi"], "3:46/mi", "24:08/mi"),
    ],
)
def test_a_threshold_is_a_pace_that_somebody_can_move_at(
    raw: RawSportSettings,
    imperial: bool,
    *,
    taken: list[str],
    refused: list[str],
    low: str,
    high: str,
) -> None:
    for pace in taken:
        assert read_zones({"threshold_pace": pace}, raw, imperial=imperial)
    for pace in refused:
        with pytest.raises(OutOfBounds) as caught:
            read_zones({"threshold_pace": pace}, raw, imperial=imperial)
        words = caught.value.words
        assert (words["low"], words["high"]) == (low, high)


@pytest.mark.parametrize(
    ("ftp_w", "bounds"),
    [
        (150, [82, 112, 135, 157, 180, 225, 999]),
        (150, [80, 115, 140, 160, 185, 230, 999]),
        (60, [33, 45, 54, 63, 72, 90, 999]),
        (None, [82, 112, 135, 157, 180, 225, 999]),
        (265, [55, 78, 118, 137, 150, 160, 999]),
    ],
)
def test_watts_of_a_weak_rider_are_no_percent(
    ftp_w: int | None, bounds: list[int]
) -> None:
    with pytest.raises(WattsAsPercent):
        read_zones({"power_zones_percent": bounds}, ride(ftp=ftp_w))


@pytest.mark.parametrize("ftp_w", [None, 60, 98, 105, 150, 265, 400])
@pytest.mark.parametrize(
    "bounds",
    [[55, 78, 90, 105, 120, 150, 999], POWER, [56, 76, 91, 106, 121, 150, 999]],
)
def test_limits_in_percent_are_taken_at_any_threshold(
    ftp_w: int | None, bounds: list[int]
) -> None:
    found = body(ride(ftp=ftp_w), power_zones_percent=bounds)
    assert found["power_zones"] == bounds


@pytest.mark.parametrize(
    ("sent", "limit"),
    [
        ({"to_percent": 78}, 78),
        ({"to_percent": "78,0"}, 78),
        ({"to_percent": "78 Prozent", "metric": "Leistung"}, 78),
        ({"to_w": "207 watts"}, 78),
        ({"to_w": 225, "ftp_w": 288}, 78),
    ],
)
def test_a_limit_comes_in_percent_or_watts_of_the_new_ftp(
    sent: dict[str, Any], limit: int
) -> None:
    assert body(ride(), zone="Zone 2", **sent)["power_zones"][1] == limit


def test_a_limit_in_beats_and_one_in_percent_of_the_threshold() -> None:
    for sent in ({"to_bpm": "151 bpm"}, {"to_percent": 90, "metric": "heart rate"}):
        found = body(ride(), zone=2, **sent)
        assert found["hr_zones"] == [135, 151, *BEATS[2:]]
        assert found["hr_zone_names"] == BEATS_NAMES


def test_a_limit_as_a_pace_is_kept_in_percent_of_the_threshold_speed() -> None:
    found = body(run(), zone=2, to_pace="4:32/km")
    assert found["pace_zones"][:3] == [77.5, 90.1, 94.3]
    assert found["pace_zone_names"] == PACE_NAMES


def test_percent_alone_means_the_only_zones_that_are_kept_in_percent() -> None:
    assert body(run(), zone=2, to_percent=88)["pace_zones"][1] == 88
    only_beats = ride(power_zones=None, power_zone_names=None)
    assert body(only_beats, zone=2, to_percent=90)["hr_zones"][1] == 151
    with pytest.raises(MissingField) as refused:
        read_zones({"zone": 2, "to_percent": 88}, run(power_zones=list(POWER)))
    assert refused.value.words["name"] == "metric"


def test_a_new_maximum_brings_the_zones_that_would_overwrite_it() -> None:
    expected = {
        "max_hr": 193,
        "hr_zones": [*BEATS[:-1], 193],
        "hr_zone_names": BEATS_NAMES,
    }
    assert body(ride(), max_hr_bpm=193) == expected
    assert body(ride(), zone=7, to_bpm=193) == expected
    assert body(ride(hr_zones=None), max_hr_bpm=193) == {"max_hr": 193}


def test_a_new_maximum_tells_that_the_last_limit_changes_too() -> None:
    wanted = read_zones({"max_hr_bpm": 193}, ride())
    assert wanted["hr_zones_bpm"] == [135, 149, 155, 167, 172, 177, 193]
    limits = [*BEATS[:-1], 193]
    unknown = read_zones({"hr_zones_bpm": limits}, ride(max_hr=None))
    assert unknown["max_hr_bpm"] == 193


def test_zones_that_end_elsewhere_than_the_maximum_leave_the_maximum() -> None:
    found = body(ride(max_hr=191), zone=2, to_bpm=150)
    assert found["hr_zones"][-1] == 191


def test_a_maximum_below_the_last_limit_is_refused() -> None:
    with pytest.raises(OutOfBounds) as refused:
        read_zones({"max_hr_bpm": 177}, ride())
    assert refused.value.words == {"name": "max_hr_bpm", "low": "178", "high": "250"}


def test_all_limits_come_as_a_list_or_a_text() -> None:
    moved = [50, 70, 85, 100, 115, 140, 999]
    text = "50, 70, 85, 100, 115, 140, 999"
    for sent in (moved, text, text.replace(", ", "\n"), [str(n) for n in moved]):
        found = body(ride(), power_zones_percent=sent)
        assert found == {"power_zones": moved, "power_zone_names": POWER_NAMES}


def test_commas_in_a_text_with_semicolons_are_decimal_marks() -> None:
    sent = "77,5; 88; 94,3; 100; 103,4; 111,5; 999"
    assert body(run(), pace_zones_percent=sent)["pace_zones"][:2] == [77.5, 88]


def test_another_number_of_zones_needs_as_many_names() -> None:
    bounds = [60, 80, 999]
    with pytest.raises(WrongCount) as refused:
        read_zones({"power_zones_percent": bounds}, ride())
    assert refused.value.words == {"name": "power_zone_names", "count": "3"}
    with pytest.raises(WrongCount):
        read_zones({"power_zone_names": "Easy, Hard"}, ride())
    found = body(ride(), power_zones_percent=bounds, power_zone_names="Low, Mid, High")
    assert found == {"power_zones": bounds, "power_zone_names": ["Low", "Mid", "High"]}


def test_zones_that_had_no_names_are_numbered() -> None:
    nameless = run(pace_zones=None, pace_zone_names=None)
    found = body(nameless, pace_zones_percent=[80, 100, 999])
    assert found["pace_zone_names"] == ["Zone 1", "Zone 2", "Zone 3"]


def test_names_that_upstream_lost_are_filled_up() -> None:
    found = body(ride(hr_zone_names=["Easy", "Aerobic"]), zone=2, to_bpm=150)
    assert len(found["hr_zone_names"]) == len(found["hr_zones"]) == 7
    assert found["hr_zone_names"][:3] == ["Easy", "Aerobic", "Zone 3"]


def test_names_alone_go_with_the_limits_as_they_are() -> None:
    names = "A, B, C, D, E, F, G"
    found = body(ride(), hr_zone_names=names)
    assert found == {"hr_zones": BEATS, "hr_zone_names": names.split(", ")}


def test_the_whole_set_has_every_zone_even_those_that_are_not_there() -> None:
    wanted = read_zones({"ftp_w": 288}, ride())
    assert complete_body(wanted, ride()) == {
        "ftp": 288,
        "power_zones": POWER,
        "power_zone_names": POWER_NAMES,
        "hr_zones": BEATS,
        "hr_zone_names": BEATS_NAMES,
        "pace_zones": None,
        "pace_zone_names": None,
    }


@pytest.mark.parametrize(
    ("error", "sent"),
    [
        (NothingToWrite, {}),
        (BadField, {"ftp_w": "1,234"}),
        (BadField, {"ftp_w": True}),
        (BadField, {"ftp_w": [288]}),
        (OutOfBounds, {"ftp_w": 28}),
        (OutOfBounds, {"ftp_w": 2880}),
        (OutOfBounds, {"lthr_bpm": 189}),
        (OutOfBounds, {"lthr_bpm": 40}),
        (BadField, {"threshold_pace": "4.10"}),
        (BadField, {"threshold_pace": "fast"}),
        (MissingField, {"zone": 2}),
        (MissingField, {"to_percent": 78}),
        (MissingField, {"metric": "power"}),
        (BadField, {"zone": "two", "to_percent": 78}),
        (BadField, {"zone": True, "to_percent": 78}),
        (BadField, {"zone": 1.5, "to_percent": 78}),
        (OutOfBounds, {"zone": 0, "to_percent": 78}),
        (OutOfBounds, {"zone": 7, "to_percent": 200}),
        (OutOfBounds, {"zone": 8, "to_bpm": 150}),
        (OutOfBounds, {"zone": 2, "to_percent": 55}),
        (OutOfBounds, {"zone": 2, "to_percent": 90}),
        (OutOfBounds, {"zone": 2, "to_w": 140}),
        (OutOfBounds, {"zone": 2, "to_bpm": 160}),
        (WattsAsPercent, {"zone": 6, "to_percent": 288}),
        (BadField, {"zone": 2, "to_percent": 78.5}),
        (BadField, {"zone": 2, "to_percent": "½"}),
        (BadField, {"zone": 2, "to_percent": 78, "metric": "feeling"}),
        (FieldsClash, {"zone": 2, "to_percent": 78, "to_w": 207}),
        (FieldsClash, {"zone": 2, "to_w": 207, "metric": "pace"}),
        (FieldsClash, {"zone": 7, "to_bpm": 193, "max_hr_bpm": 193}),
        (FieldsClash, {"zone": 2, "to_w": 207, "power_zones_percent": POWER}),
        (NoZones, {"zone": 2, "to_pace": "4:40/km"}),
        (BadField, {"power_zones_percent": "easy, hard"}),
        (BadField, {"power_zones_percent": 288}),
        (BadField, {"power_zones_percent": []}),
        (BadField, {"power_zones_percent": [999]}),
        (BadField, {"power_zones_percent": [55.5, 999]}),
        (BadField, {"power_zones_percent": [None, 999]}),
        (BadField, {"power_zones_percent": list(range(1, 30))}),
        (OpenEnd, {"power_zones_percent": POWER[:-1]}),
        (NotRising, {"power_zones_percent": [55, 75, 75, 105, 120, 150, 999]}),
        (NotRising, {"power_zones_percent": [55, 90, 75, 105, 120, 150, 999]}),
        (NotRising, {"power_zones_percent": [55, 75, 90, 105, 120, 999, 999]}),
        (WattsAsPercent, {"power_zones_percent": [146, 199, 239, 278, 318, 398, 999]}),
        (WattsAsPercent, {"power_zones_percent": [55, 75, 90, 105, 120, 398, 999]}),
        (OpenEnd, {"hr_zones_bpm": [*BEATS[:-1], 999]}),
        (OpenEnd, {"hr_zones_bpm": BEATS, "max_hr_bpm": 193}),
        (BadField, {"hr_zone_names": ["", "b", "c", "d", "e", "f", "g"]}),
        (BadField, {"hr_zone_names": ["a" * 51, "b", "c", "d", "e", "f", "g"]}),
        (BadField, {"hr_zone_names": ["\u200b", "b", "c", "d", "e", "f", "g"]}),
    ],
)
def test_what_is_no_zone_is_refused(
    error: type[BridgeError], sent: dict[str, Any]
) -> None:
    with pytest.raises(error) as refused:
        read_zones(sent, ride())
    assert type(refused.value) is error


@pytest.mark.parametrize(
    ("sent", "low", "high"),
    [
        ({"to_percent": 92}, "56", "89"),
        ({"to_w": 240}, "149", "235"),
        ({"to_bpm": 155}, "136", "154"),
        ({"to_percent": 95, "metric": "hr"}, "81", "91"),
    ],
)
def test_the_neighbours_are_told_in_the_unit_that_was_sent(
    sent: dict[str, Any], low: str, high: str
) -> None:
    with pytest.raises(OutOfBounds) as refused:
        read_zones({"zone": 2, **sent}, ride())
    words = refused.value.words
    assert (words["low"], words["high"]) == (low, high)
    (target,) = (name for name in sent if name != "metric")
    for end in (low, high):
        read_zones({"zone": 2, **sent, target: end}, ride())


def test_the_neighbours_of_a_pace_are_paces() -> None:
    with pytest.raises(OutOfBounds) as refused:
        read_zones({"zone": 2, "to_pace": "4:00/km"}, run())
    words = refused.value.words
    for end in words["low"], words["high"]:
        read_zones({"zone": 2, "to_pace": end}, run())
    assert (words["low"], words["high"]) == ("5:15/km", "4:21/km")


def test_a_limit_in_watts_needs_an_ftp_and_one_as_a_pace_a_threshold() -> None:
    with pytest.raises(MissingField) as refused:
        read_zones({"zone": 2, "to_w": 207}, ride(ftp=None))
    assert refused.value.words["name"] == "ftp_w"
    with pytest.raises(MissingField) as refused:
        read_zones({"zone": 2, "to_pace": "5:00/km"}, run(threshold_pace=None))
    assert refused.value.words["name"] == "threshold_pace"


limits = st.lists(
    st.one_of(
        st.integers(-5, 1100),
        st.sampled_from([*POWER, *PACES, *BEATS]),
        st.floats(allow_nan=True),
        st.text(max_size=5),
        st.none(),
    ),
    max_size=9,
)
names = st.lists(st.text(max_size=8), max_size=9)
anything = st.one_of(limits, limits.map(lambda rows: sorted(rows, key=str)), names)
numbers = st.one_of(st.integers(-10, 3000), st.floats(), st.text(max_size=9))
fields = st.fixed_dictionaries(
    {},
    optional={
        name: anything if name.endswith(("s_percent", "s_bpm", "names")) else numbers
        for name, _, _ in ZONE_INPUTS
    },
)
rising = st.lists(st.integers(20, 250), min_size=1, max_size=8, unique=True).map(sorted)


def assert_zones(found: dict[str, Any], raw: RawSportSettings) -> None:
    """Hold a body to the rules whatever was sent."""
    ends = {"power_zones": 999, "pace_zones": 999}
    ends["hr_zones"] = found.get("max_hr", raw.max_hr)
    for key, end in ends.items():
        paired = key.replace("zones", "zone_names")
        assert (key in found) == (paired in found)
        if key in found:
            bounds = found[key]
            assert bounds[-1] == end
            assert all(low < high for low, high in pairwise(bounds))
            assert len(bounds) == len(found[paired])
            assert all(found[paired])


@given(sent=fields)
def test_nothing_that_is_sent_makes_falling_or_open_ended_zones(
    sent: dict[str, Any],
) -> None:
    for raw in (ride(), run()):
        try:
            wanted = read_zones(sent, raw)
        except BridgeError:
            continue
        assert_zones(upstream_body(wanted, raw), raw)


@given(bounds=rising)
def test_rising_limits_are_taken_or_refused_with_the_reason(bounds: list[int]) -> None:
    whole = [*bounds, 999]
    sent = {
        "power_zones_percent": whole,
        "power_zone_names": [f"N{n}" for n in range(len(whole))],
    }
    if bounds[0] >= 100:
        with pytest.raises(WattsAsPercent):
            read_zones(sent, ride())
        return
    if len(whole) == len(POWER):  # then it may also look like watts
        whole = [20, *whole]
        sent = {"power_zones_percent": whole, "power_zone_names": [*"ABCDEFGH"]}
        if bounds[0] == 20:
            return
    assert body(ride(), **sent)["power_zones"] == whole


@given(bounds=rising, more=st.integers(1, 3))
def test_unequal_lengths_are_always_refused(bounds: list[int], more: int) -> None:
    count = len(bounds) + 1 + more
    sent = {
        "pace_zones_percent": [*bounds, 999],
        "pace_zone_names": [f"N{n}" for n in range(count)],
    }
    with pytest.raises(WrongCount):
        read_zones(sent, run())


def test_values_are_told_under_our_names() -> None:
    values = values_of(ride())
    assert values["ftp_w"] == 265
    assert values["power_zones_percent"] == POWER
    assert values["power_zone_names"] == POWER_NAMES
    assert (values["pace_zones_percent"], values["pace_zone_names"]) == (None, None)


def test_lists_that_an_earlier_version_noted_as_text_are_read_as_lists() -> None:
    noted: Values = {
        "ftp_w": 265,
        "pace_zones_percent": "77.5, 100, 999",
        "pace_zone_names": "Easy\nTempo, long\nMax",
        "hr_zones_bpm": None,
    }
    assert recalled(noted) == {
        "ftp_w": 265,
        "pace_zones_percent": [77.5, 100, 999],
        "pace_zone_names": ["Easy", "Tempo, long", "Max"],
        "hr_zones_bpm": None,
    }
    assert recalled(values_of(ride())) == values_of(ride())
