"""FIT, GPX and TCX of the simulator: real parsers open them, rubbish is refused."""

from __future__ import annotations

import io
import math
import struct
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import fitdecode
import garmin_fit_sdk
import gpxpy
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bridge.simulator.files.fit import (
    SPORTS,
    DecodedActivity,
    crc,
    decode_fit,
    encode_fit,
    type_of,
)
from bridge.simulator.files.tracks import decode_gpx, decode_tcx, encode_gpx

RIDE = {
    "start_date": "2026-05-04T06:30:00Z",
    "type": "Ride",
    "name": "Lunch & <hills>",
    "elapsed_time": 130,
    "moving_time": 100,
    "distance": 812.5,
}
TIMED = "<trkpt><time>2026-05-04T06:30:00Z</time></trkpt>"
SECONDS = [*range(100), *range(125, 130)]  # a stop of 25 seconds
STREAMS: dict[str, list[Any]] = {
    "time": SECONDS,
    "latlng": [[46.9 + s / 1e5, -7.4 - s / 1e5] for s in SECONDS],
    "heartrate": [None, *(120 + s % 40 for s in SECONDS[1:])],
    "watts": [200 + s % 7 for s in SECONDS],
    "cadence": [88 for _ in SECONDS],
    "distance": [round(s * 6.25, 2) for s in SECONDS],
    "altitude": [540.2 - s / 5 for s in SECONDS],
    "velocity_smooth": [6.25 for _ in SECONDS],
}
LAPS = [
    {"start_time": 0, "elapsed_time": 60, "moving_time": 60, "distance": 375.0},
    {"start_time": 60, "elapsed_time": 70, "moving_time": 40, "distance": 437.5},
]


def decoded_by_fitdecode(data: bytes) -> dict[str, list[Any]]:
    messages: dict[str, list[Any]] = {}
    with fitdecode.FitReader(
        io.BytesIO(data),
        check_crc=fitdecode.CrcCheck.RAISE,
        error_handling=fitdecode.ErrorHandling.RAISE,
    ) as reader:
        for frame in reader:
            if isinstance(frame, fitdecode.FitDataMessage):
                messages.setdefault(frame.name, []).append(frame)
    return messages


def test_fitdecode_reads_every_message_of_our_fit() -> None:
    messages = decoded_by_fitdecode(encode_fit(RIDE, STREAMS, LAPS))
    assert messages["file_id"][0].get_value("type") == "activity"
    assert len(messages["record"]) == len(SECONDS)
    last = messages["record"][-1]
    assert last.get_value("timestamp") == datetime(2026, 5, 4, 6, 32, 9, tzinfo=UTC)
    assert last.get_value("power") == 200 + 129 % 7
    assert last.get_value("enhanced_altitude") == pytest.approx(514.4, abs=0.2)
    assert messages["record"][0].get_value("heart_rate") is None
    assert [lap.get_value("total_distance") for lap in messages["lap"]] == [375, 437.5]
    session = messages["session"][0]
    assert session.get_value("sport") == "cycling"
    assert session.get_value("total_elapsed_time") == 130
    assert session.get_value("total_timer_time") == 100
    assert session.get_value("num_laps") == 2
    assert messages["activity"][0].get_value("num_sessions") == 1


def test_garmins_own_kit_reads_our_fit_without_errors() -> None:
    data = bytearray(encode_fit(RIDE, STREAMS, LAPS))
    stream = garmin_fit_sdk.Stream.from_byte_array(data)
    assert garmin_fit_sdk.Decoder(stream).check_integrity()
    stream.reset()
    messages, errors = garmin_fit_sdk.Decoder(stream).read()
    assert errors == []
    assert messages["session_mesgs"][0]["avg_heart_rate"] in range(120, 160)
    assert messages["lap_mesgs"][1]["start_time"] == datetime(
        2026, 5, 4, 6, 31, tzinfo=UTC
    )
    semicircles = messages["record_mesgs"][5]["position_lat"]
    assert semicircles * 180 / 2**31 == pytest.approx(46.90005, abs=1e-6)


def test_fit_comes_back_as_it_was_written() -> None:
    read = decode_fit(encode_fit(RIDE, STREAMS, LAPS))
    assert read.start_utc == datetime(2026, 5, 4, 6, 30, tzinfo=UTC)
    assert (read.type, read.elapsed_s, read.moving_s) == ("Ride", 130, 100)
    assert read.distance_m == 812.5
    assert read.streams["time"] == SECONDS
    assert read.streams["heartrate"] == STREAMS["heartrate"]
    assert read.streams["watts"] == STREAMS["watts"]
    assert read.streams["altitude"][0] == pytest.approx(540.2)
    assert read.streams["latlng"][7] == pytest.approx(STREAMS["latlng"][7], abs=1e-6)


@pytest.mark.parametrize("kind", SPORTS)
def test_every_type_survives_a_fit_file(kind: str) -> None:
    read = decode_fit(encode_fit(RIDE | {"type": kind}, STREAMS))
    assert read.type == kind


def test_an_activity_without_streams_is_still_a_fit_file() -> None:
    data = encode_fit(RIDE | {"type": "WeightTraining", "distance": None}, {})
    assert "record" not in decoded_by_fitdecode(data)
    read = decode_fit(data)
    assert (read.type, read.moving_s, read.distance_m) == ("WeightTraining", 100, 0)
    assert read.streams == {}


numbers = st.one_of(
    st.none(), st.integers(-(10**12), 10**12), st.floats(), st.text(max_size=3)
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(numbers, numbers, numbers), max_size=5))
@example([(10**400, 1e308, -1e308), (-1e308, math.inf, math.nan)])
def test_no_value_makes_a_fit_file_unreadable(rows: list[tuple[Any, ...]]) -> None:
    streams = {
        "time": list(range(len(rows))),
        "watts": [row[0] for row in rows],
        "altitude": [row[1] for row in rows],
        "latlng": [[row[1], row[2]] for row in rows],
    }
    number = rows[0][0] if rows else None
    ride = RIDE | {"distance": number, "moving_time": number, "average_speed": number}
    data = encode_fit(ride, streams)
    assert len(decoded_by_fitdecode(data).get("record", [])) == len(rows)
    assert decode_fit(data).elapsed_s == 130


def test_a_value_too_big_for_its_field_is_clipped_not_lost() -> None:
    streams = {"time": [0, 1], "watts": [70_000, -3], "heartrate": [300, 12]}
    read = decode_fit(encode_fit(RIDE, streams))
    assert read.streams["watts"] == [65_534, 0]
    assert read.streams["heartrate"] == [254, 12]


@pytest.mark.parametrize(
    ("sport", "sub_sport", "kind"), [(2, 7, "Ride"), (1, 99, "Run"), (77, 0, "Other")]
)
def test_an_unknown_sub_sport_is_the_plain_sport(
    sport: int, sub_sport: int, kind: str
) -> None:
    assert type_of(sport, sub_sport) == kind


def test_a_big_endian_file_with_old_fields_is_read() -> None:
    begin = 1_100_000_000
    body = struct.pack(">BBBHB3B", 0x40, 0, 1, 0, 1, 0, 1, 0) + bytes((0, 4))
    body += struct.pack(">BBBHB", 0x41, 0, 1, 20, 3)
    body += bytes((253, 4, 0x86, 2, 2, 0x84, 6, 2, 0x84))
    for second in range(3):
        body += struct.pack(">BIHH", 1, begin + second, (100 + 500) * 5, 4000)
    read = decode_fit(fit_file(body))
    assert read.streams["altitude"] == [100, 100, 100]
    assert read.streams["velocity_smooth"] == [4, 4, 4]
    assert read.elapsed_s == 2
    assert read.start_utc == datetime.fromtimestamp(begin + 631_065_600, UTC)


def test_compressed_timestamps_and_developer_fields_are_read() -> None:
    body = struct.pack("<BBBHB3B", 0x40, 0, 0, 0, 1, 0, 1, 0) + bytes((0, 4))
    body += struct.pack("<BBBHB6B", 0x41, 0, 0, 20, 2, 253, 4, 0x86, 3, 1, 2)
    body += struct.pack("<BIB", 1, 1_000_000_030, 140)
    body += struct.pack("<BBBHB3B", 0x62, 0, 0, 20, 1, 3, 1, 2) + bytes((1, 0, 2, 0))
    body += bytes((0x80 | 2 << 5 | (1_000_000_033 & 31), 141, 9, 9))
    read = decode_fit(fit_file(body))
    assert read.streams == {"time": [0, 3], "heartrate": [140, 141]}


def fit_file(body: bytes) -> bytes:
    head = struct.pack("<BBHI4s", 12, 0x10, 2000, len(body), b".FIT")
    return head + body + struct.pack("<H", crc(head + body))


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda data: b"PK\x03\x04" + data,
        lambda data: data[:-1],
        lambda data: data[:100],
        lambda data: data[:60] + bytes((data[60] ^ 1,)) + data[61:],
        lambda _: fit_file(b"\x07"),
        lambda _: fit_file(b"\x40\x00"),
        lambda _: fit_file(b"\x40\x00\x00\x14\x00\xff\x00"),
        lambda _: fit_file(b""),
        lambda _: fit_file(b"\x60\x00\x00\x14\x00\x00"),
    ],
)
def test_a_damaged_fit_file_is_refused(damage: Any) -> None:
    with pytest.raises(ValueError, match="FIT file"):
        decode_fit(damage(encode_fit(RIDE, STREAMS)))


def test_a_fit_file_that_is_a_workout_is_refused() -> None:
    body = struct.pack("<BBBHB3B", 0x40, 0, 0, 0, 1, 0, 1, 0) + bytes((0, 5))
    with pytest.raises(ValueError, match="not a recorded activity"):
        decode_fit(fit_file(body))


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_in_a_fit_frame_are_read_or_refused(body: bytes) -> None:
    try:
        read = decode_fit(fit_file(body))
    except ValueError:
        return
    assert isinstance(read, DecodedActivity)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_no_fit_gpx_or_tcx_file(data: bytes) -> None:
    for decode in (decode_fit, decode_gpx, decode_tcx):
        with pytest.raises(ValueError, match=r"\w"):
            decode(data)


def test_gpxpy_opens_our_gpx_with_power_and_heart_rate() -> None:
    gpx = gpxpy.parse(encode_gpx(RIDE, STREAMS).decode())
    track = gpx.tracks[0]
    assert track.name == "Lunch & <hills>"
    assert str(track.type) == "Ride"
    points = track.segments[0].points
    assert len(points) == len(SECONDS)
    assert points[3].time == datetime(2026, 5, 4, 6, 30, 3, tzinfo=UTC)
    assert points[3].elevation == pytest.approx(539.6)
    values = {
        node.tag.rpartition("}")[2]: node.text
        for extension in points[3].extensions
        for node in extension.iter()
    }
    assert (values["power"], values["hr"], values["cad"]) == ("203", "123", "88")


def test_gpx_leaves_out_points_without_a_position() -> None:
    places = [None, [1.0, math.nan], [1.0, 2.0], [], [3.0, 4.0]]
    data = encode_gpx(RIDE, {"time": list(range(5)), "latlng": places})
    assert decode_gpx(data).streams["latlng"] == [[1, 2], [3, 4]]


def test_a_place_off_the_globe_is_no_place() -> None:
    far = TIMED.replace("<trkpt>", "<trkpt lat='91' lon='2'>")
    near = TIMED.replace("<trkpt>", "<trkpt lat='89' lon='2'>")
    assert "latlng" not in decode_gpx(f"<gpx>{far}</gpx>".encode()).streams
    assert "latlng" in decode_gpx(f"<gpx>{near}</gpx>".encode()).streams


def test_gpx_leaves_power_and_heart_rate_out_when_told() -> None:
    data = encode_gpx(RIDE, STREAMS, power=False, hr=False)
    assert b"power" not in data
    assert b":hr" not in data
    assert b"cad" in data


def test_gpx_comes_back_as_it_was_written() -> None:
    read = decode_gpx(encode_gpx(RIDE, STREAMS))
    assert (read.type, read.name) == ("Ride", "Lunch & <hills>")
    assert (read.elapsed_s, read.moving_s) == (129, 103)
    for name in ("time", "heartrate", "watts", "cadence"):
        assert read.streams[name] == STREAMS[name]
    assert read.distance_m == pytest.approx(129 * 1.345, rel=0.02)


def test_an_activity_without_positions_has_no_gpx() -> None:
    with pytest.raises(ValueError, match="no positions"):
        encode_gpx(RIDE, {"time": [0, 1], "watts": [100, 100]})


@settings(max_examples=100, deadline=None)
@given(st.text(), numbers, numbers)
def test_no_name_or_value_makes_a_gpx_file_unreadable(
    name: str, one: Any, other: Any
) -> None:
    streams: dict[str, list[Any]] = {"time": [0], "latlng": [[1.5, 2.5]]}
    streams |= {"watts": [one], "altitude": [other], "heartrate": [other]}
    data = encode_gpx(RIDE | {"name": name}, streams)
    assert gpxpy.parse(data.decode()).tracks[0].segments[0].points
    assert decode_gpx(data).streams["latlng"] == [[1.5, 2.5]]


TCX = b"""<?xml version="1.0"?>
<TrainingCenterDatabase
  xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2">
 <Activities><Activity Sport="Running"><Id>2026-05-04T08:00:00+02:00</Id>
  <Lap StartTime="2026-05-04T06:00:00Z"><TotalTimeSeconds>29.6</TotalTimeSeconds>
   <Track>
    <Trackpoint><Time>2026-05-04T08:00:00+02:00</Time>
     <DistanceMeters>0</DistanceMeters>
     <HeartRateBpm><Value>131</Value></HeartRateBpm></Trackpoint>
    <Trackpoint><Time>2026-05-04T06:00:40.000Z</Time>
     <Position><LatitudeDegrees>1</LatitudeDegrees>
      <LongitudeDegrees>2</LongitudeDegrees></Position>
     <AltitudeMeters>12.5</AltitudeMeters><DistanceMeters>101.5</DistanceMeters>
     <HeartRateBpm><Value>140</Value></HeartRateBpm>
     <Extensions><TPX xmlns="http://www.garmin.com/xmlschemas/ActivityExtension/v2">
      <RunCadence>86</RunCadence><Watts>301</Watts></TPX></Extensions></Trackpoint>
   </Track></Lap></Activity></Activities></TrainingCenterDatabase>"""


def test_a_tcx_run_is_read_with_its_extensions() -> None:
    read = decode_tcx(TCX)
    assert read.start_utc == datetime(2026, 5, 4, 6, 0, tzinfo=UTC)
    assert (read.type, read.elapsed_s, read.moving_s) == ("Run", 40, 30)
    assert read.distance_m == 101.5
    assert read.streams == {
        "time": [0, 40],
        "heartrate": [131, 140],
        "watts": [None, 301],
        "cadence": [None, 86],
        "altitude": [None, 12.5],
        "latlng": [None, [1, 2]],
        "distance": [0, 101.5],
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("decode", [decode_gpx, decode_tcx])
def test_a_document_type_is_refused_before_it_expands(
    decode: Any, encoding: str
) -> None:
    bombs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    text = f'<!DOCTYPE gpx [<!ENTITY l0 "lol">{bombs}]><gpx>&l9;</gpx>'
    begin = time.monotonic()
    with pytest.raises(ValueError, match="document type"):
        decode(text.encode(encoding))
    assert time.monotonic() - begin < 1


@pytest.mark.parametrize(
    "text",
    [
        "<gpx/>",
        "<html/>",
        "<gpx><trk><trkseg><trkpt lat='1' lon='2'/></trkseg></trk></gpx>",
        "<gpx><trkpt><time>yesterday</time></trkpt></gpx>",
        "<gpx><trkpt><time>0001-01-01T00:00:00+14:00</time></trkpt></gpx>",
        "<gpx>" * 100_000,
        "<gpx>" + "<a>" * 60 + TIMED + "</a>" * 60 + "</gpx>",
        "<gpx><trkpt>",
    ],
)
def test_a_gpx_file_without_a_timed_track_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        decode_gpx(text.encode())


@pytest.mark.slow
def test_a_long_ride_is_written_and_read_in_seconds() -> None:
    count = 20_000
    long: dict[str, list[Any]] = {
        "time": list(range(count)),
        "watts": [200] * count,
        "latlng": [[1 + math.sin(n / 1e4), 2.0] for n in range(count)],
    }
    ride = RIDE | {"elapsed_time": count, "moving_time": count}
    begin = time.monotonic()
    fit, gpx = decode_fit(encode_fit(ride, long)), decode_gpx(encode_gpx(ride, long))
    assert time.monotonic() - begin < 20
    assert fit.streams["time"] == gpx.streams["time"]
    assert gpx.start_utc + timedelta(hours=5) < datetime(2026, 5, 5, tzinfo=UTC)
