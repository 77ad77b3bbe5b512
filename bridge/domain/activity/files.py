"""Files of activities: what a recording is by its own bytes, names, and CSV."""

from __future__ import annotations

import csv
import io
import re
import tempfile
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO, cast

import msgspec

from bridge.domain.activity.activity import Activity
from bridge.errors import UnknownFile

LARGEST_FILE = 64 * 1024 * 1024
_GZIP = b"\x1f\x8b"
_ZIP = b"PK\x03\x04"
_FIT = b".FIT"  # at a fixed place of the header
_ROOT = re.compile(rb"<(?:[A-Za-z0-9]+:)?([A-Za-z]+)[\s>]")
_BEFORE_ROOT = re.compile(rb"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>]*>", re.DOTALL)
_HEAD = 4096
_PIECE = 64 * 1024
_BLANKS = b" \t\r\n\x00\xef\xbb\xbf"
_MOST_ENTRIES = 20
_NOT_IN_A_NAME = re.compile(r"[^\w .()&+-]+")
_NOT_IN_AN_UPLOAD = re.compile(r"[^\w .-]+", re.ASCII)
_LONGEST_NAME = 60
_LONGEST_STEM = 80
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class FileFormat:
    """A format of files: its ending and its media type."""

    ending: str
    content_type: str


FIT = FileFormat("fit", "application/vnd.ant.fit")
GPX = FileFormat("gpx", "application/gpx+xml")
TCX = FileFormat("tcx", "application/vnd.garmin.tcx+xml")
ZIP = FileFormat("zip", "application/zip")
OTHER = FileFormat("bin", "application/octet-stream")
_ROOTS = {b"gpx": GPX, b"trainingcenterdatabase": TCX}


def format_of(data: bytes) -> FileFormat:
    """Return the format of a file by how it begins; its name does not count."""
    if data[8:12] == _FIT:
        return FIT
    if data.startswith(_ZIP):
        return ZIP
    root = _ROOT.search(_BEFORE_ROOT.sub(b"", data[:_HEAD]))
    return OTHER if root is None else _ROOTS.get(root[1].lower(), OTHER)


def read_recording(body: BinaryIO) -> tuple[BinaryIO, FileFormat]:
    """Return a recording that can be uploaded, and its format: FIT, TCX or GPX.

    It may come in gzip (``.fit.gz`` out of an export), or alone in a zip archive (the
    "original" of a watch's maker). Blanks before the declaration of a TCX or GPX, which
    some exporters leave there, are skipped: XML forbids them.

    Parameters
    ----------
    body
        The file as it was sent. However large, a piece of it is in memory at a time.

    Returns
    -------
    tuple
        A file that stands at the recording's first byte, and its format. It is
        ``body`` or a temporary one; whoever asks closes it.

    Raises
    ------
    UnknownFile
        If it is none of them, or wrapped in a way that is broken, too large or holds
        several.
    """
    file = body
    try:
        file, recognised = _without_gzip(body)
        if recognised is ZIP:
            archive, (file, recognised) = file, _only_recording(file)
            if archive is not body:
                archive.close()
    except (
        ValueError,
        EOFError,
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        RuntimeError,
    ) as error:
        if file is not body:
            file.close()
        raise UnknownFile(f"{size_of(body)} bytes: {error}") from error
    if recognised not in (FIT, TCX, GPX):
        file.close()
        raise UnknownFile(recognised.ending)
    head = file.read(_HEAD) if recognised is not FIT else b""
    file.seek(len(head) - len(head.lstrip(_BLANKS)))
    return file, recognised


def size_of(file: BinaryIO) -> int:
    """Return how many bytes of a file follow from where it stands."""
    start = file.tell()
    size = file.seek(0, io.SEEK_END) - start
    file.seek(start)
    return size


def _only_recording(file: BinaryIO) -> tuple[BinaryIO, FileFormat]:
    """Return the one recording of a zip archive.

    Raises
    ------
    ValueError
        If there is none, or more than one, or it is too large.
    """
    found: list[tuple[BinaryIO, FileFormat]] = []
    with ExitStack() as opened, zipfile.ZipFile(file) as archive:
        parts = [entry for entry in archive.infolist() if not entry.is_dir()]
        if sum(entry.file_size for entry in parts) > LARGEST_FILE:
            raise ValueError("too large inside")
        for entry in parts[:_MOST_ENTRIES]:
            with archive.open(entry) as inside:  # its size is what the archive claims
                part = _spooled(iter(partial(inside.read, _PIECE), b""))
            opened.callback(part.close)
            read, recognised = _without_gzip(part)
            opened.callback(read.close)
            if recognised in (FIT, TCX, GPX):
                found.append((read, recognised))
        if len(found) != 1:
            raise ValueError(f"{len(found)} recordings in an archive")
        only, recognised = found[0]
        kept = _spooled(iter(partial(only.read, _PIECE), b""))
    return kept, recognised


def _without_gzip(file: BinaryIO) -> tuple[BinaryIO, FileFormat]:
    """Return the file itself, out of its gzip wrapping, at its start; and its format.

    Raises
    ------
    ValueError, zlib.error
        If the wrapping is broken, or what is inside too large.
    """
    file.seek(0)
    head = file.read(_HEAD)
    file.seek(0)
    if not head.startswith(_GZIP):
        return file, format_of(head)
    inflated = _spooled(_inflated(file))
    head = inflated.read(_HEAD)
    inflated.seek(0)
    return inflated, format_of(head)


def _inflated(file: BinaryIO) -> Iterator[bytes]:
    inflater = zlib.decompressobj(wbits=31)
    while not inflater.eof:
        piece = inflater.unconsumed_tail or file.read(_PIECE)
        if not piece:
            raise ValueError("gzip cut short")
        yield inflater.decompress(piece, _PIECE)


def _spooled(pieces: Iterable[bytes]) -> BinaryIO:
    """Return a temporary file of the pieces, at its start; small ones in memory.

    Raises
    ------
    ValueError
        If they are too large.
    """
    with ExitStack() as opened:
        out = opened.enter_context(tempfile.SpooledTemporaryFile(_PIECE))
        for piece in pieces:
            out.write(piece)
            if out.tell() > LARGEST_FILE:
                raise ValueError("too large inside")
        out.seek(0)
        opened.pop_all()  # the caller closes it
    return cast("BinaryIO", out)


def read_file(body: bytes) -> tuple[bytes, FileFormat]:
    """Return the file itself, out of its gzip wrapping, and its format.

    Raises
    ------
    ValueError
        If the wrapping is broken, or what is inside too large.
    """
    data = _unwrapped(body) if body.startswith(_GZIP) else body
    return data, format_of(data)


def download_name(activity: Activity, format_: FileFormat) -> str:
    """Return a name for an activity's file: day and name, safe in every folder."""
    name = unicodedata.normalize("NFC", activity.name or activity.type or "Activity")
    plain = " ".join(_NOT_IN_A_NAME.sub(" ", name).split())[:_LONGEST_NAME].strip(" .")
    parts = [part for part in (activity.date, plain or "Activity") if part]
    return f"{' '.join(parts)}.{format_.ending}"


def upload_name(name: str, format_: FileFormat) -> str:
    """Return a plain file name with the ending of its format."""
    stem = _NOT_IN_AN_UPLOAD.sub("_", name.replace("\\", "/").rpartition("/")[2])
    stem = stem.rpartition(".")[0] if "." in stem else stem
    return f"{stem.strip(' ._')[:_LONGEST_STEM] or 'recording'}.{format_.ending}"


def csv_text(records: Sequence[msgspec.Struct], columns: Sequence[str]) -> str:
    """Return the records as CSV: every column always, empty where unknown.

    A text that a spreadsheet would take for a formula gets an apostrophe in front:
    names of activities are other people's words.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    for record in records:
        writer.writerow([_cell(getattr(record, name)) for name in columns])
    return out.getvalue()


def _cell(value: object) -> object:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case str() if value.lstrip().startswith(_FORMULA):
            return f"'{value}"
        case _:
            return value


def _unwrapped(body: bytes) -> bytes:
    inflater = zlib.decompressobj(wbits=31)
    try:
        data = inflater.decompress(body, LARGEST_FILE)
    except zlib.error as error:
        raise ValueError("broken gzip") from error
    if inflater.unconsumed_tail or not inflater.eof:
        raise ValueError("gzip cut short, or too large")
    return data
