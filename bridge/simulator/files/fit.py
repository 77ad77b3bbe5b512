"""FIT activity files: written for downloads, read from uploads."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bridge.simulator.files import fit_format as fmt
from bridge.simulator.files.fit_format import ENUM, UINT16, UINT32, UINT32Z, Field
from bridge.simulator.files.fit_reading import DecodedActivity, decode_fit

__all__ = ["DecodedActivity", "decode_fit", "encode_fit"]

Streams = Mapping[str, Sequence[object]]

DEVELOPMENT = 255  # the manufacturer code that is free for all
_FILE_ID = (
    Field(0, ENUM),
    Field(1, UINT16),
    Field(2, UINT16),
    Field(3, UINT32Z),
    Field(4, UINT32),
)
_EVENT = (fmt.TIME, Field(0, ENUM), Field(1, ENUM), Field(3, UINT32))
_TOTALS = (
    fmt.TIME,
    Field(2, UINT32),
    Field(7, UINT32, 1000),
    Field(8, UINT32, 1000),
    Field(9, UINT32, 100),
    Field(254, UINT16),
    Field(0, ENUM),
    Field(1, ENUM),
)
_LAP = (
    *_TOTALS,
    Field(24, ENUM),
    Field(25, ENUM),
    Field(39, ENUM),
    Field(110, UINT32, 1000),
    Field(15, fmt.UINT8),
    Field(16, fmt.UINT8),
    Field(17, fmt.UINT8),
    Field(19, UINT16),
    Field(20, UINT16),
)
_SESSION = (
    *_TOTALS,
    Field(28, ENUM),
    Field(5, ENUM),
    Field(6, ENUM),
    Field(124, UINT32, 1000),
    Field(16, fmt.UINT8),
    Field(17, fmt.UINT8),
    Field(18, fmt.UINT8),
    Field(20, UINT16),
    Field(21, UINT16),
    Field(25, UINT16),
    Field(26, UINT16),
)
_ACTIVITY = (
    fmt.TIME,
    Field(0, UINT32, 1000),
    Field(1, UINT16),
    Field(2, ENUM),
    Field(3, ENUM),
    Field(4, ENUM),
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
        stored = [
            each.stored(value) for each, value in zip(fields, values, strict=True)
        ]
        layout = "<B" + "".join(each.type.letter for each in fields)
        self.body += struct.pack(layout, local, *stored)

    def file(self) -> bytes:
        """Return header, messages and checksums."""
        header = fmt.HEADER.pack(14, 0x20, 2100, len(self.body), b".FIT")
        whole = header + struct.pack("<H", fmt.crc(header)) + bytes(self.body)
        return whole + struct.pack("<H", fmt.crc(whole))


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
    start = _seconds_of(str(activity.get("start_date")))
    end = start + round(_number(activity.get("elapsed_time")))
    writer = _Writer()
    writer.write(0, fmt.FILE_ID, _FILE_ID, (4, DEVELOPMENT, 1, 1, start))
    writer.write(1, fmt.EVENT, _EVENT, (start, _TIMER, _START, 0))
    _write_records(writer, start, streams)
    writer.write(1, fmt.EVENT, _EVENT, (end, _TIMER, _STOP_ALL, 0))
    whole = _whole(activity, streams)
    rows = laps or (whole,)
    sport = fmt.SPORTS.get(str(activity.get("type")), fmt.SPORTS["Other"])
    for index, row in enumerate(rows):
        totals = _totals(start, index, row, _LAP_EVENT)
        values = (*totals, _LAP_BY_HAND, *sport, *_averages(row))
        writer.write(3, fmt.LAP, _LAP, values)
    totals = _totals(start, 0, whole, _SESSION_EVENT)
    values = (*totals, _ACTIVITY_ENDED, *sport, *_averages(whole), 0, len(rows))
    writer.write(4, fmt.SESSION, _SESSION, values)
    last = (end, whole["moving_time"], 1, 0, _ACTIVITY_EVENT, _STOP)
    writer.write(5, fmt.ACTIVITY, _ACTIVITY, last)
    return writer.file()


def _write_records(writer: _Writer, start: int, streams: Streams) -> None:
    names = [name for name in fmt.RECORD_FIELDS if streams.get(name)]
    fields = [fmt.TIME, *(fmt.RECORD_FIELDS[name] for name in names)]
    located = bool(streams.get("latlng"))
    if located:
        fields += [fmt.LATITUDE, fmt.LONGITUDE]
    for index, second in enumerate(streams.get("time", ())):
        values: list[object] = [start + round(_number(second))]
        values += [_at(streams[name], index) for name in names]
        if located:
            values += _position(_at(streams["latlng"], index))
        writer.write(2, fmt.RECORD, fields, values)


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
    if not isinstance(value, int | float) or not abs(value) < fmt.BEYOND_ANY:
        return 0.0  # not a number of seconds that any file could hold
    return float(value)


def _seconds_of(start_date: str) -> int:
    moment = datetime.fromisoformat(start_date)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return round(aware.timestamp()) - fmt.EPOCH_S
