"""The Apple Archive inside: a folder without a name and one file in it.

An entry is "AA01", the length of its header (u16, itself included), fields of a
three-letter name and a letter for their type, and after the header the bytes of its
blobs in the order of the fields.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bridge.shortcuts.signing.refusals import Refused

FILE_NAME = b"Shortcut.wflow"

_MAGICS = (b"AA01", b"YAA1")
_TEXT = "P"
_NUMBERS = {"*": 0, "1": 1, "2": 2, "4": 4, "8": 8}
_LENGTHS = {"A": 2, "B": 4, "C": 8}  # of a blob after the header
_DIGESTS = {"F": 4, "G": 20, "H": 32, "I": 48, "J": 64}
_TIMES = {"S": 8, "T": 12}
_WIDTHS = _NUMBERS | _LENGTHS | _DIGESTS | _TIMES


@dataclass(slots=True)
class _Entry:
    values: dict[bytes, bytes] = field(default_factory=dict)
    blobs: dict[bytes, int] = field(default_factory=dict)  # lengths, in order


def read_shortcut(archive: bytes) -> bytes:
    """Return the bytes of ``Shortcut.wflow``.

    Raises
    ------
    Refused
        If the archive is damaged or holds any other file.
    """
    found = []
    for entry, contents in _entries(archive):
        kind, path = entry.values.get(b"TYP"), entry.values.get(b"PAT")
        if (kind, path) == (b"D", b"") and not entry.blobs:
            continue
        if (kind, path) != (b"F", FILE_NAME) or list(entry.blobs) != [b"DAT"]:
            raise Refused("it holds something else than one shortcut")
        found.append(contents)
    if len(found) != 1:
        raise Refused(f"it holds {len(found)} shortcuts")
    return found[0]


def _entries(archive: bytes) -> Iterator[tuple[_Entry, bytes]]:
    """Walk through the entries: each with all its blobs in one piece."""
    at = 0
    while at < len(archive):
        size_bytes = int.from_bytes(archive[at + 4 : at + 6], "little")
        header = archive[at : at + size_bytes]
        if header[:4] not in _MAGICS or not 6 <= size_bytes == len(header):
            raise Refused("the archive inside is damaged")
        entry = _read_fields(header)
        start = at + size_bytes
        at = start + sum(entry.blobs.values())
        if at > len(archive):
            raise Refused("the archive inside is cut short")
        yield entry, archive[start:at]


def _read_fields(header: bytes) -> _Entry:
    entry, at = _Entry(), 6
    while at < len(header):
        name, kind = header[at : at + 3], header[at + 3 : at + 4].decode("latin-1")
        start, at = _span(header, at + 4, kind)
        if at > len(header) or name in entry.values:
            raise Refused("the archive inside is damaged")
        entry.values[name] = header[start:at]
        if kind in _LENGTHS:
            entry.blobs[name] = int.from_bytes(header[start:at], "little")
    return entry


def _span(header: bytes, at: int, kind: str) -> tuple[int, int]:
    """Return where a field's value begins and ends."""
    if kind == _TEXT:
        length_bytes = int.from_bytes(header[at : at + 2], "little")
        return at + 2, at + 2 + length_bytes
    if kind not in _WIDTHS:
        raise Refused("the archive inside has a field of an unknown kind")
    return at, at + _WIDTHS[kind]
