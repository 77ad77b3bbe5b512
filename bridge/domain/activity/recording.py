"""Recorded files: which kind one is, by its own bytes."""

from __future__ import annotations

import re
from typing import Literal

from bridge.errors import UnknownFile

RecordingKind = Literal["fit", "tcx", "gpx"]

_FIT = b".FIT"  # at a fixed place of the header
_ROOT = re.compile(rb"<(?:[A-Za-z0-9]+:)?([A-Za-z]+)[\s>]")
_ROOTS: dict[bytes, RecordingKind] = {
    b"gpx": "gpx",
    b"trainingcenterdatabase": "tcx",
}
_HEAD = 4096
_LONGEST_STEM = 80
_ODD = re.compile(r"[^\w .-]+", re.ASCII)


def kind_of(data: bytes) -> RecordingKind:
    """Return the kind of a recorded file; its name does not count.

    Raises
    ------
    UnknownFile
        If it is none that can be uploaded.
    """
    if data[8:12] == _FIT:
        return "fit"
    for root in _ROOT.finditer(_without_marks(data[:_HEAD])):
        kind = _ROOTS.get(root[1].lower())
        if kind is not None:
            return kind
        break
    raise UnknownFile(f"{len(data)} bytes")


def file_name_for(name: str, kind: RecordingKind) -> str:
    """Return a plain file name with the ending of its kind."""
    stem = _ODD.sub("_", name.replace("\\", "/").rpartition("/")[2])
    stem = stem.rpartition(".")[0] if "." in stem else stem
    return f"{stem.strip(' ._')[:_LONGEST_STEM] or 'recording'}.{kind}"


def _without_marks(head: bytes) -> bytes:
    """Return the beginning of an XML file without what stands before its root."""
    return re.sub(rb"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>]*>", b"", head, flags=re.DOTALL)
