"""Recorded files: which kind they are, and what to call them on a phone."""

from __future__ import annotations

import re
import unicodedata
import zlib
from dataclasses import dataclass

from bridge.domain.activity.activity import Activity

LARGEST_FILE = 64 * 1024 * 1024
_GZIP = b"\x1f\x8b"
_ODD = re.compile(r"[^\w .()&+-]+")
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: its ending and its media type."""

    ending: str
    content_type: str


FIT = Kind("fit", "application/vnd.ant.fit")
GPX = Kind("gpx", "application/gpx+xml")
TCX = Kind("tcx", "application/vnd.garmin.tcx+xml")
ZIP = Kind("zip", "application/zip")
OTHER = Kind("bin", "application/octet-stream")


def read_file(body: bytes) -> tuple[bytes, Kind]:
    """Return the file itself, out of its gzip wrapping, and its kind.

    Raises
    ------
    ValueError
        If the wrapping is broken, or what is inside too large.
    """
    data = _unwrapped(body) if body.startswith(_GZIP) else body
    return data, kind_of(data)


def kind_of(data: bytes) -> Kind:
    """Tell the kind of a file by how it begins."""
    if data[8:12] == b".FIT":
        return FIT
    if data.startswith(b"PK\x03\x04"):
        return ZIP
    head = data[:2000].lower()
    if b"<gpx" in head:
        return GPX
    return TCX if b"<trainingcenterdatabase" in head else OTHER


def file_name(activity: Activity, kind: Kind) -> str:
    """Return a name for the file: day and name, safe in every folder."""
    name = unicodedata.normalize("NFC", activity.name or activity.type or "Activity")
    plain = " ".join(_ODD.sub(" ", name).split())[:_LONGEST_NAME].strip(" .")
    parts = [part for part in (activity.date, plain or "Activity") if part]
    return f"{' '.join(parts)}.{kind.ending}"


def _unwrapped(body: bytes) -> bytes:
    inflater = zlib.decompressobj(wbits=31)
    try:
        data = inflater.decompress(body, LARGEST_FILE)
    except zlib.error as error:
        raise ValueError("broken gzip") from error
    if inflater.unconsumed_tail or not inflater.eof:
        raise ValueError("gzip cut short, or too large")
    return data
