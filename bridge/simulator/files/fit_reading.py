"""Reading a FIT activity file: records, and the session's totals."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from typing import NamedTuple

from bridge.simulator.files import fit_format as fmt
from bridge.simulator.files.fit_format import UINT32, Field

ACTIVITY_FILE = 4
PAUSE_S = 10  # a longer gap between two records is a stop
_STREAMS = (
    ("heartrate", (fmt.RECORD_FIELDS["heartrate"],)),
    ("watts", (fmt.RECORD_FIELDS["watts"],)),
    ("cadence", (fmt.RECORD_FIELDS["cadence"],)),
    ("distance", (fmt.RECORD_FIELDS["distance"],)),
    ("altitude", (fmt.RECORD_FIELDS["altitude"], fmt.OLD_ALTITUDE)),
    ("velocity_smooth", (fmt.RECORD_FIELDS["velocity_smooth"], fmt.OLD_SPEED)),
)
_START_TIME = Field(2, UINT32)
_ELAPSED = Field(7, UINT32, 1000)
_TIMER = Field(8, UINT32, 1000)
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
    session: Values = {}
    records: list[Values] = []
    file_type = None
    for message, values in _messages(_checked(data)):
        if message == fmt.RECORD and fmt.TIMESTAMP in values:
            records.append(values)
        elif message == fmt.SESSION and not session:
            session = values
        elif message == fmt.FILE_ID and file_type is None:
            file_type = values.get(0)
    if file_type != ACTIVITY_FILE or not (records or _START_TIME.number in session):
        raise ValueError("The FIT file is not a recorded activity")
    return _decoded(session, records)


def _checked(data: bytes) -> bytes:
    """Return the messages of the first file, its header and checksum verified."""
    if len(data) < 14 or data[8:12] != b".FIT" or data[0] not in {12, 14}:
        raise ValueError("Not a FIT file")
    size = int.from_bytes(data[4:8], "little")
    end = data[0] + size
    if len(data) < end + 2:
        raise ValueError("The FIT file is cut short")
    if fmt.crc(data[:end]) != int.from_bytes(data[end : end + 2], "little"):
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
            values[fmt.TIMESTAMP] = moment
        moment = values.get(fmt.TIMESTAMP, moment)
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
        base = fmt.BASE_TYPES.get(code)
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
    moments = [record[fmt.TIMESTAMP] for record in records]
    start = min([*moments[:1], session.get(_START_TIME.number, _LATEST_S)])
    times = [moment - start for moment in moments]
    streams = _streams(records, times)
    last = max(times, default=0)
    metres = _real(session, _DISTANCE)
    travelled = [
        each for each in streams.get("distance", []) if isinstance(each, float)
    ]
    return DecodedActivity(
        start_utc=datetime.fromtimestamp(start + fmt.EPOCH_S, UTC),
        type=fmt.type_of(session.get(5, 0), session.get(6, 0)),
        elapsed_s=round(_real(session, _ELAPSED) or last),
        moving_s=round(_real(session, _TIMER) or moving_seconds(times)),
        distance_m=metres or max(travelled, default=0.0),
        streams=streams,
    )


def _streams(records: Sequence[Values], times: list[int]) -> dict[str, list[object]]:
    streams: dict[str, list[object]] = {"time": list(times)} if times else {}
    for name, fields in _STREAMS:
        column = [_first(record, fields) for record in records]
        if any(value is not None for value in column):
            streams[name] = column
    places = [_place(record) for record in records]
    if any(places):
        streams["latlng"] = places
    return streams


def _first(record: Values, fields: Sequence[Field]) -> object:
    for each in fields:
        if each.number in record:
            value = record[each.number]
            return value if each.scale == 1 else value / each.scale - each.offset
    return None


def _place(record: Values) -> object:
    if fmt.LATITUDE.number not in record or fmt.LONGITUDE.number not in record:
        return None
    return [
        round(record[each.number] / fmt.SEMICIRCLES, 7)
        for each in (fmt.LATITUDE, fmt.LONGITUDE)
    ]


def _real(values: Values, each: Field) -> float:
    return values.get(each.number, 0) / each.scale


def moving_seconds(times: Sequence[int]) -> int:
    """Add up the time between points, without the stops."""
    gaps = (after - before for before, after in pairwise(times))
    return sum(gap for gap in gaps if 0 < gap <= PAUSE_S)
