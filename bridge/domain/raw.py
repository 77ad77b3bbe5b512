"""What of an upstream record is decoded: only the keys we read.

A raw record is a ``msgspec.Struct`` whose fields are all ``object``: unknown keys
are skipped by the decoder, which makes it several times faster, and no odd type
can break it; :mod:`bridge.domain.flat` distrusts the values. The same declaration
names the keys for upstream's ``fields=``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from typing import TypeVar

import msgspec

from bridge.errors import UpstreamGarbage

Raw = TypeVar("Raw")
Flat = TypeVar("Flat")
Struct = TypeVar("Struct", bound=msgspec.Struct)


class RawRecord(msgspec.Struct, kw_only=True):
    """One upstream record; a missing key and null are both None."""


Record = TypeVar("Record", bound=RawRecord)


def fields_of(record: type[RawRecord], *, but: Collection[str] = ()) -> str:
    """Return the upstream keys of a raw record, for the ``fields=`` parameter."""
    names = record.__struct_encode_fields__
    return ",".join(name for name in names if name not in but)


def record_of(row: Mapping[str, object], record: type[Record]) -> Record:
    """Return a raw record out of an object inside another one."""
    names = zip(record.__struct_fields__, record.__struct_encode_fields__, strict=True)
    return record(**{name: row.get(encoded) for name, encoded in names})


def extended(record: msgspec.Struct, into: type[Struct], **more: object) -> Struct:
    """Return a record with more fields, as a type that has those too."""
    names = record.__struct_fields__
    return into(**{name: getattr(record, name) for name in names}, **more)


def without_doubles(
    rows: Iterable[Record], key_of: Callable[[Record], Hashable]
) -> list[Record]:
    """Return one record for each key, in order; one without a key stands for itself.

    Of rows that come twice one may be empty: what the first does not know counts from
    the next. A row is never changed, for another answer may hold it too.
    """
    kept: dict[Hashable, Record] = {}
    for row in rows:
        key = key_of(row)
        if key is None:
            kept[object()] = row
        else:
            kept[key] = _filled(kept[key], row) if key in kept else row
    return list(kept.values())


def _filled(record: Record, by: Record) -> Record:
    names = record.__struct_fields__
    gaps = {name: getattr(by, name) for name in names if not getattr(record, name)}
    return msgspec.structs.replace(record, **gaps)


def flatten_all(flatten: Callable[[Raw], Flat], rows: Iterable[Raw]) -> list[Flat]:
    """Flatten every row; one without an id or day is no record and is passed over."""
    flats = []
    for row in rows:
        try:
            flats.append(flatten(row))
        except UpstreamGarbage:
            continue
    return flats
