"""The FIT container: which bytes stand for what.

FIT counts seconds from the last day of 1989, angles in 2**31 for half a turn, and
writes "unknown" as the highest value of each type.
"""

from __future__ import annotations

import math
import struct
from typing import NamedTuple

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
    """A field of a message: stored as ``(value + offset) * scale``."""

    number: int
    type: BaseType
    scale: float = 1
    offset: float = 0

    def stored(self, value: object) -> int:
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
