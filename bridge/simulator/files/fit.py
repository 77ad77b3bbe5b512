"""FIT activity files: written for downloads, read from uploads.

FIT counts seconds from the last day of 1989, angles in 2**31 for half a turn, and
writes "unknown" as the highest value of each type.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from typing import NamedTuple

from bridge.simulator.moments import read_stamp

# The container.

EPOCH_S = 631_065_600  # Unix time of FIT's zero
SEMICIRCLES = 2**31 / 180
BEYOND_ANY = 10**10  # no field holds as much; it keeps the arithmetic finite
HEADER = struct.Struct("<BBHI4s")
FILE_ID, SESSION, LAP, RECORD, EVENT, ACTIVITY = 0, 18, 19, 20, 21, 34
TIMESTAMP = 253


class BaseType(NamedTuple):
    """One of FIT's number types."""

    code: int
    letter: str  # for struct
    invalid: int


ENUM = BaseType(0x00, "B", 0xFF)
UINT8 = BaseType(0x02, "B", 0xFF)
UINT16 = BaseType(0x84, "H", 0xFFFF)
SINT32 = BaseType(0x85, "i", 0x7FFFFFFF)
UINT32 = BaseType(0x86, "I", 0xFFFFFFFF)
UINT32Z = BaseType(0x8C, "I", 0)
BASE_TYPES = {
    each.code: each
    for each in (
        ENUM,
        BaseType(0x01, "b", 0x7F),
        UINT8,
        BaseType(0x83, "h", 0x7FFF),
        UINT16,
        SINT32,
        UINT32,
        BaseType(0x0A, "B", 0),
        BaseType(0x8B, "H", 0),
        UINT32Z,
    )
}


class Field(NamedTuple):
    """A field of a message: written as ``(value + offset) * scale``."""

    number: int
    type: BaseType
    scale: float = 1
    offset: float = 0

    def packed(self, value: object) -> int:
        """Return what is written for ``value``, clipped to what the type holds."""
        if not isinstance(value, int | float) or not abs(value) < math.inf:
            return self.type.invalid
        lowest = -0x7FFFFFFF if self.type is SINT32 else 0
        highest = 0xFFFFFFFF if self.type is UINT32Z else self.type.invalid - 1
        near = min(max(value, -BEYOND_ANY), BEYOND_ANY)
        return min(max(round((near + self.offset) * self.scale), lowest), highest)


TIME = Field(TIMESTAMP, UINT32)
RECORD_FIELDS = {  # by the name of the stream
    "heartrate": Field(3, UINT8),
    "cadence": Field(4, UINT8),
    "distance": Field(5, UINT32, 100),
    "watts": Field(7, UINT16),
    "velocity_smooth": Field(73, UINT32, 1000),
    "altitude": Field(78, UINT32, 5, 500),
}
LATITUDE = Field(0, SINT32, SEMICIRCLES)
LONGITUDE = Field(1, SINT32, SEMICIRCLES)
OLD_ALTITUDE = Field(2, UINT16, 5, 500)
OLD_SPEED = Field(6, UINT16, 1000)

SPORTS = {  # activity type: (sport, sub-sport); the first of a sport is its default
    "Ride": (2, 0),
    "VirtualRide": (2, 58),
    "MountainBikeRide": (2, 8),
    "GravelRide": (2, 46),
    "EBikeRide": (21, 0),
    "Run": (1, 0),
    "TrailRun": (1, 3),
    "VirtualRun": (1, 58),
    "Swim": (5, 17),
    "OpenWaterSwim": (5, 18),
    "Walk": (11, 0),
    "Hike": (17, 0),
    "Rowing": (15, 0),
    "Workout": (10, 0),
    "WeightTraining": (10, 20),
    "Yoga": (10, 43),
    "NordicSki": (12, 0),
    "AlpineSki": (13, 0),
    "Kayaking": (41, 0),
    "Transition": (3, 0),
    "Other": (0, 0),
}


def type_of(sport: int, sub_sport: int) -> str:
    """Return the activity type of a sport; of an unknown sub-sport its default."""
    default = "Other"
    for name, pair in reversed(SPORTS.items()):
        if pair == (sport, sub_sport):
            return name
        if pair[0] == sport:
            default = name
    return default


def _crc_table() -> tuple[int, ...]:
    table = []
    for byte in range(256):
        value = byte
        for _ in range(8):
            value = value >> 1 ^ (0xA001 if value & 1 else 0)
        table.append(value)
    return tuple(table)


_CRC_TABLE = _crc_table()


def crc(data: bytes) -> int:
    """Return FIT's checksum, the CRC-16 with polynomial 0x8005."""
    value = 0
    for byte in data:
        value = value >> 8 ^ _CRC_TABLE[(value ^ byte) & 0xFF]
    return value


# Writing.

Streams = Mapping[str, Sequence[object]]
DEVELOPMENT = 255  # the manufacturer code that is free for all
_FILE_ID = (
    Field(0, ENUM),
    Field(1, UINT16),
    Field(2, UINT16),
    Field(3, UINT32Z),
    Field(4, UINT32),
)
_EVENT = (TIME, Field(0, ENUM), Field(1, ENUM), Field(3, UINT32))
_TOTALS = (
    TIME,
    Field(2, UINT32),
    *(Field(number, UINT32, 1000) for number in (7, 8)),
    Field(9, UINT32, 100),
    Field(254, UINT16),
    Field(0, ENUM),
    Field(1, ENUM),
)
_LAP = (
    *_TOTALS,
    *(Field(number, ENUM) for number in (24, 25, 39)),
    Field(110, UINT32, 1000),
    *(Field(number, UINT8) for number in (15, 16, 17)),
    *(Field(number, UINT16) for number in (19, 20)),
)
_SESSION = (
    *_TOTALS,
    *(Field(number, ENUM) for number in (28, 5, 6)),
    Field(124, UINT32, 1000),
    *(Field(number, UINT8) for number in (16, 17, 18)),
    *(Field(number, UINT16) for number in (20, 21, 25, 26)),
)
_ACTIVITY = (
    TIME,
    Field(0, UINT32, 1000),
    Field(1, UINT16),
    *(Field(number, ENUM) for number in (2, 3, 4)),
)
_AVERAGE_KEYS = (
    "average_speed",
    "average_heartrate",
    "max_heartrate",
    "average_cadence",
    "average_watts",
    "max_watts",
)
_TIMER, _LAP_EVENT, _SESSION_EVENT, _ACTIVITY_EVENT = 0, 9, 8, 26
_START, _STOP, _STOP_ALL = 0, 1, 4
_LAP_BY_HAND, _ACTIVITY_ENDED = 0, 0


@dataclass(slots=True)
class _Writer:
    """Collects messages; a definition is repeated only when it changes."""

    body: bytearray = field(default_factory=bytearray)
    defined: dict[int, Sequence[Field]] = field(default_factory=dict)

    def write(
        self,
        local: int,
        message: int,
        fields: Sequence[Field],
        values: Sequence[object],
    ) -> None:
        """Append one message under the local number ``local``."""
        if self.defined.get(local) is not fields:
            self.defined[local] = fields
            self.body += struct.pack("<BBBHB", 0x40 | local, 0, 0, message, len(fields))
            for each in fields:
                size = struct.calcsize(each.type.letter)
                self.body += bytes((each.number, size, each.type.code))
        numbers = [
            each.packed(value) for each, value in zip(fields, values, strict=True)
        ]
        layout = "<B" + "".join(each.type.letter for each in fields)
        self.body += struct.pack(layout, local, *numbers)

    def file(self) -> bytes:
        """Return header, messages and checksums."""
        header = HEADER.pack(14, 0x20, 2100, len(self.body), b".FIT")
        whole = header + struct.pack("<H", crc(header)) + bytes(self.body)
        return whole + struct.pack("<H", crc(whole))


def encode_fit(
    activity: Mapping[str, object],
    streams: Streams,
    laps: Sequence[Mapping[str, object]] = (),
) -> bytes:
    """Write an activity as a FIT file.

    Parameters
    ----------
    activity
        Upstream's activity; reads ``start_date`` (UTC), ``type``, ``elapsed_time``,
        ``moving_time`` (s), ``distance`` (m).
    streams
        Parallel lists by name: ``time`` (s from the start), ``latlng`` (pairs of
        degrees), ``heartrate``, ``watts``, ``cadence``, ``distance`` (m),
        ``altitude`` (m), ``velocity_smooth`` (m/s). None stands for no value.
    laps
        Rows of upstream's intervals; reads ``start_time``, ``elapsed_time``,
        ``moving_time``, ``distance`` and the averages. Without any, one lap is all.

    Returns
    -------
    bytes
        The whole file: file id, timer events, records, laps, session, activity.

    Raises
    ------
    ValueError
        If ``start_date`` is not a date.
    """
    start = round(read_stamp(str(activity.get("start_date"))).timestamp()) - EPOCH_S
    end = start + round(_number(activity.get("elapsed_time")))
    writer = _Writer()
    writer.write(0, FILE_ID, _FILE_ID, (4, DEVELOPMENT, 1, 1, start))
    writer.write(1, EVENT, _EVENT, (start, _TIMER, _START, 0))
    _write_records(writer, start, streams)
    writer.write(1, EVENT, _EVENT, (end, _TIMER, _STOP_ALL, 0))
    whole = _whole(activity, streams)
    rows = laps or (whole,)
    sport = SPORTS.get(str(activity.get("type")), SPORTS["Other"])
    for index, row in enumerate(rows):
        totals = _totals(start, index, row, _LAP_EVENT)
        values = (*totals, _LAP_BY_HAND, *sport, *_averages(row))
        writer.write(3, LAP, _LAP, values)
    totals = _totals(start, 0, whole, _SESSION_EVENT)
    values = (*totals, _ACTIVITY_ENDED, *sport, *_averages(whole), 0, len(rows))
    writer.write(4, SESSION, _SESSION, values)
    last = (end, whole["moving_time"], 1, 0, _ACTIVITY_EVENT, _STOP)
    writer.write(5, ACTIVITY, _ACTIVITY, last)
    return writer.file()


def _write_records(writer: _Writer, start: int, streams: Streams) -> None:
    names = [name for name in RECORD_FIELDS if streams.get(name)]
    fields = [TIME, *(RECORD_FIELDS[name] for name in names)]
    located = bool(streams.get("latlng"))
    if located:
        fields += [LATITUDE, LONGITUDE]
    for index, second in enumerate(streams.get("time", ())):
        values: list[object] = [start + round(_number(second))]
        values += [_at(streams[name], index) for name in names]
        if located:
            values += _position(_at(streams["latlng"], index))
        writer.write(2, RECORD, fields, values)


def _totals(
    start: int, index: int, row: Mapping[str, object], event: int
) -> tuple[object, ...]:
    begins = start + round(_number(row.get("start_time")))
    elapsed = _number(row.get("elapsed_time"))
    moving, metres = row.get("moving_time", elapsed), row.get("distance")
    ends = begins + round(elapsed)
    return ends, begins, elapsed, moving, metres, index, event, _STOP


def _averages(row: Mapping[str, object]) -> tuple[object, ...]:
    return tuple(row.get(key) for key in _AVERAGE_KEYS)


def _whole(activity: Mapping[str, object], streams: Streams) -> dict[str, object]:
    """Return the activity as one lap, its averages taken from the streams."""
    row: dict[str, object] = {
        "elapsed_time": _number(activity.get("elapsed_time")),
        "moving_time": _number(activity.get("moving_time")),
        "distance": activity.get("distance"),
        "average_speed": activity.get("average_speed"),
    }
    for key in ("heartrate", "cadence", "watts"):
        known = [_number(each) for each in streams.get(key, ()) if each is not None]
        if known:
            row[f"average_{key}"] = sum(known) / len(known)
            row[f"max_{key}"] = max(known)
    return row


def _at(stream: Sequence[object], index: int) -> object:
    return stream[index] if index < len(stream) else None


def _position(pair: object) -> list[object]:
    match pair:
        case [int() | float() as latitude, int() | float() as longitude]:
            return [latitude, longitude]
    return [None, None]


def _number(value: object) -> float:
    if not isinstance(value, int | float) or not abs(value) < BEYOND_ANY:
        return 0.0  # not a number of seconds that any file could hold
    return float(value)


# Reading.

ACTIVITY_FILE = 4
PAUSE_S = 10  # a longer gap between two records is a stop
_STREAMS = (
    ("heartrate", (RECORD_FIELDS["heartrate"],)),
    ("watts", (RECORD_FIELDS["watts"],)),
    ("cadence", (RECORD_FIELDS["cadence"],)),
    ("distance", (RECORD_FIELDS["distance"],)),
    ("altitude", (RECORD_FIELDS["altitude"], OLD_ALTITUDE)),
    ("velocity_smooth", (RECORD_FIELDS["velocity_smooth"], OLD_SPEED)),
)
_START_TIME = Field(2, UINT32)
_ELAPSED = Field(7, UINT32, 1000)
_TIMER_TIME = Field(8, UINT32, 1000)
_DISTANCE = Field(9, UINT32, 100)
_LATEST_S = 0xFFFFFFFE

Values = Mapping[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodedActivity:
    """What an uploaded file says, in upstream's units."""

    start_utc: datetime
    type: str
    name: str = ""
    elapsed_s: int
    moving_s: int
    distance_m: float
    streams: dict[str, list[object]] = field(default_factory=dict)


class _Definition(NamedTuple):
    message: int
    numbers: Sequence[int]  # 0 to 255, one for each value of the layout
    invalids: Sequence[int | None]  # None: not a plain number
    layout: struct.Struct


def decode_fit(data: bytes) -> DecodedActivity:
    """Read a FIT activity file.

    Parameters
    ----------
    data
        The bytes of the file; of chained files the first is read.

    Returns
    -------
    DecodedActivity
        ``streams`` holds parallel lists with None where a value is missing.

    Raises
    ------
    ValueError
        If it is no FIT file, damaged, or not a recorded activity.
    """
    sessions, records = _read(data)
    return _decoded(sessions[0] if sessions else {}, records)


def split_fit(data: bytes) -> list[DecodedActivity]:
    """Read a FIT activity file, each of its sessions as an activity of its own.

    A triathlon is swim, transition, ride, transition, run: five sessions that follow
    each other, and as many activities upstream.

    Raises
    ------
    ValueError
        As :func:`decode_fit`.
    """
    sessions, records = _read(data)
    begun = [one for one in sessions if _START_TIME.number in one]
    if len(begun) < 2:
        return [_decoded(sessions[0] if sessions else {}, records)]
    begun.sort(key=lambda one: one[_START_TIME.number])
    starts = [one[_START_TIME.number] for one in begun]
    ends = [*starts[1:], BEYOND_ANY]
    return [
        _decoded(one, [row for row in records if start <= row[TIMESTAMP] < end])
        for one, start, end in zip(begun, starts, ends, strict=True)
    ]


def _read(data: bytes) -> tuple[list[Values], list[Values]]:
    """Return the sessions and the records of a file."""
    sessions: list[Values] = []
    records: list[Values] = []
    file_type = None
    for message, values in _messages(_checked(data)):
        if message == RECORD and TIMESTAMP in values:
            records.append(values)
        elif message == SESSION:
            sessions.append(values)
        elif message == FILE_ID and file_type is None:
            file_type = values.get(0)
    begun = any(_START_TIME.number in one for one in sessions[:1])
    if file_type != ACTIVITY_FILE or not (records or begun):
        raise ValueError("The FIT file is not a recorded activity")
    return sessions, records


def _checked(data: bytes) -> bytes:
    """Return the messages of the first file, its header and checksum verified."""
    if len(data) < 14 or data[8:12] != b".FIT" or data[0] not in {12, 14}:
        raise ValueError("Not a FIT file")
    size = int.from_bytes(data[4:8], "little")
    end = data[0] + size
    if len(data) < end + 2:
        raise ValueError("The FIT file is cut short")
    if crc(data[:end]) != int.from_bytes(data[end : end + 2], "little"):
        raise ValueError("The FIT file's checksum is wrong")
    return data[data[0] : end]


def _messages(body: bytes) -> Iterator[tuple[int, Values]]:
    """Yield the number and the known values of each data message."""
    definitions: dict[int, _Definition] = {}
    position = moment = 0
    while position < len(body):
        head = body[position]
        position += 1
        if head & 0xC0 == 0x40:
            definition, position = _definition(body, position, bool(head & 0x20))
            definitions[head & 0x0F] = definition
            continue
        local = head >> 5 & 0x03 if head & 0x80 else head & 0x0F
        if local not in definitions:
            raise ValueError("The FIT file has a message without definition")
        definition = definitions[local]
        values = _values(definition, body, position)
        position += definition.layout.size
        if head & 0x80:
            moment += (head - moment) & 0x1F
            values[TIMESTAMP] = moment
        moment = values.get(TIMESTAMP, moment)
        yield definition.message, values


def _definition(body: bytes, position: int, developer: bool) -> tuple[_Definition, int]:
    fixed = body[position : position + 5]
    if len(fixed) < 5:
        raise ValueError("The FIT file ends inside a definition")
    order = ">" if fixed[1] else "<"
    message = int.from_bytes(fixed[2:4], "big" if fixed[1] else "little")
    position += 5
    triples, position = _triples(body, position, fixed[4])
    extra: Sequence[tuple[int, int, int]] = ()
    if developer:
        if position >= len(body):
            raise ValueError("The FIT file ends inside a definition")
        extra, position = _triples(body, position + 1, body[position])
    letters, invalids = [], []
    for _, size, code in triples:
        base = BASE_TYPES.get(code)
        plain = base is not None and struct.calcsize(base.letter) == size
        letters.append(base.letter if base and plain else f"{size}s")
        invalids.append(base.invalid if base and plain else None)
    tail = sum(size for _, size, _ in extra)
    layout = struct.Struct(f"{order}{''.join(letters)}{tail}x")
    numbers = [number for number, _, _ in triples]
    return _Definition(message, numbers, invalids, layout), position


def _triples(
    body: bytes, position: int, count: int
) -> tuple[list[tuple[int, int, int]], int]:
    end = position + 3 * count
    if end > len(body):
        raise ValueError("The FIT file ends inside a definition")
    found = [(body[at], body[at + 1], body[at + 2]) for at in range(position, end, 3)]
    return found, end


def _values(definition: _Definition, body: bytes, position: int) -> dict[int, int]:
    if position + definition.layout.size > len(body):
        raise ValueError("The FIT file ends inside a message")
    found = definition.layout.unpack_from(body, position)
    return {
        number: value
        for number, value, invalid in zip(
            definition.numbers, found, definition.invalids, strict=True
        )
        if invalid is not None and value != invalid
    }


def _decoded(session: Values, records: Sequence[Values]) -> DecodedActivity:
    moments = [record[TIMESTAMP] for record in records]
    start = min([*moments[:1], session.get(_START_TIME.number, _LATEST_S)])
    times = [moment - start for moment in moments]
    streams = _streams(records, times)
    last = max(times, default=0)
    metres = _real(session, _DISTANCE)
    travelled = [
        each for each in streams.get("distance", []) if isinstance(each, float)
    ]
    return DecodedActivity(
        start_utc=datetime.fromtimestamp(start + EPOCH_S, UTC),
        type=type_of(session.get(5, 0), session.get(6, 0)),
        elapsed_s=round(_real(session, _ELAPSED) or last),
        moving_s=round(_real(session, _TIMER_TIME) or moving_seconds(times)),
        distance_m=metres or max(travelled, default=0.0),
        streams=streams,
    )


def _streams(records: Sequence[Values], times: list[int]) -> dict[str, list[object]]:
    streams: dict[str, list[object]] = {"time": list(times)} if times else {}
    for name, fields in _STREAMS:
        column = [_first(record, fields) for record in records]
        if any(value is not None for value in column):
            streams[name] = column
    places = [_position_in(record) for record in records]
    if any(places):
        streams["latlng"] = places
    return streams


def _first(record: Values, fields: Sequence[Field]) -> object:
    for each in fields:
        if each.number in record:
            value = record[each.number]
            return value if each.scale == 1 else value / each.scale - each.offset
    return None


def _position_in(record: Values) -> object:
    if LATITUDE.number not in record or LONGITUDE.number not in record:
        return None
    return [
        round(record[each.number] / SEMICIRCLES, 7) for each in (LATITUDE, LONGITUDE)
    ]


def _real(values: Values, each: Field) -> float:
    return values.get(each.number, 0) / each.scale


def moving_seconds(times: Sequence[int]) -> int:
    """Add up the time between points, without the stops."""
    gaps = (after - before for before, after in pairwise(times))
    return sum(gap for gap in gaps if 0 < gap <= PAUSE_S)
