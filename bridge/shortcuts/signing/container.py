"""The outside of a signed shortcut: an Apple Encrypted Archive, profile 0.

::

    0x00      "AEA1", profile (u24), password strength (u8), length n (u32)
    0x0c      n bytes of auth data: a property list with the certificates
    0x0c + n  128 bytes: the signature (DER), filled up with zeros
    0x8c + n  key, salt, header MAC (32 bytes each)
    0xec + n  the header (48 bytes): sizes and algorithms
    0x11c + n the first cluster's MAC (32 bytes)
    0x13c + n clusters of compressed segments

The signature covers everything before the clusters, itself read as zeros; MACs tie the
clusters to it. Numbers are little-endian. Nothing is encrypted: the key is in the file,
so what the MACs say counts for nothing until the signature holds.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from bridge.shortcuts.signing.refusals import Refused

MAGIC = b"AEA1"
MAX_FILE_BYTES = 4 << 20  # the largest real one among a thousand has 0.1 MB
MAX_AUTH_BYTES = 64 << 10
MAX_CONTENT_BYTES = 4 << 20
MAX_SEGMENTS = 4096
SIGNATURE_BYTES = 128

_START = struct.Struct("<4s3sBI")
_HEADER = struct.Struct("<QQIIcB22x")
_AFTER_AUTH = SIGNATURE_BYTES + 3 * 32 + _HEADER.size + 32
_SHA256 = 2
_COMPRESSIONS = {b"-": False, b"e": True}  # none, LZFSE


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What the header says of the contents."""

    content_bytes: int
    segment_bytes: int
    segments: int  # places for segments in a cluster, not all of them used
    compressed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """The parts of a signed file, cut but not yet believed."""

    auth_data: bytes
    signature: bytes  # DER, without the zeros
    signed: bytes  # what the signature covers
    key: bytes
    salt: bytes
    header_mac: bytes
    header: bytes
    cluster_mac: bytes
    clusters: bytes
    layout: Layout


def read_container(data: bytes) -> Container:
    """Cut a signed file into its parts.

    Parameters
    ----------
    data
        The whole file.

    Returns
    -------
    Container
        All sizes are within their bounds and add up to the size of the file.

    Raises
    ------
    Refused
        If it is no archive of profile 0, too large, cut short or continued.
    """
    if len(data) > MAX_FILE_BYTES:
        raise Refused(f"it is larger than {MAX_FILE_BYTES >> 20} MB")
    auth_bytes = _read_start(data)
    auth_end = _START.size + auth_bytes
    end = auth_end + _AFTER_AUTH
    if len(data) < end:
        raise Refused(f"it is cut short: {len(data)} of at least {end} bytes")
    signature_end = auth_end + SIGNATURE_BYTES
    header_end = end - 32
    header = data[header_end - _HEADER.size : header_end]
    key, salt, header_mac = (
        data[signature_end + at : signature_end + at + 32] for at in (0, 32, 64)
    )
    return Container(
        auth_data=data[_START.size : auth_end],
        signature=_trim(data[auth_end:signature_end]),
        signed=data[:auth_end] + bytes(SIGNATURE_BYTES) + data[signature_end:end],
        key=key,
        salt=salt,
        header_mac=header_mac,
        header=header,
        cluster_mac=data[header_end:end],
        clusters=data[end:],
        layout=_read_header(header, len(data)),
    )


def _read_start(data: bytes) -> int:
    """Return the length of the auth data."""
    if not data.startswith(MAGIC):
        raise Refused(_say_what_it_is(data))
    if len(data) < _START.size:
        raise Refused(f"it is cut short: {len(data)} bytes")
    _, profile, strength, auth_bytes = _START.unpack_from(data)
    if profile != bytes(3) or strength:
        number = int.from_bytes(profile, "little")
        raise Refused(f"it is another kind of archive (profile {number})")
    if not 0 < auth_bytes <= MAX_AUTH_BYTES:
        raise Refused(f"it announces {auth_bytes} bytes of certificates")
    return int(auth_bytes)


def _say_what_it_is(data: bytes) -> str:
    beginning = data[:64].lstrip().lower()
    if beginning.startswith((b"bplist", b"<?xml", b"<plist", b"<!doctype plist")):
        return "it is not signed: bridge shortcuts sign"
    return "it is no signed shortcut: it does not begin with AEA1"


def _trim(field: bytes) -> bytes:
    """Return the signature without the zeros after it."""
    end = 2 + field[1]
    if field[0] != 0x30 or any(field[end:]):
        raise Refused("its signature field holds something else than a signature")
    return field[:end]


def _read_header(header: bytes, file_bytes: int) -> Layout:
    content, archive, segment, segments, compression, checksum = _HEADER.unpack(header)
    if archive > file_bytes:
        raise Refused(f"it is cut short: {file_bytes} of {archive} bytes")
    if archive < file_bytes:
        raise Refused(f"something was put behind its end: {file_bytes - archive} bytes")
    if not 0 < content <= MAX_CONTENT_BYTES:
        raise Refused(f"it announces {content} bytes of contents")
    if not (segment > 0 and 0 < segments <= MAX_SEGMENTS):
        raise Refused("it announces impossible segments")
    if content > segment * segments:
        raise Refused("it announces more than one cluster, more than a shortcut has")
    if compression not in _COMPRESSIONS or checksum != _SHA256:
        raise Refused("it is compressed in a way that shortcuts are not")
    return Layout(
        content_bytes=content,
        segment_bytes=segment,
        segments=segments,
        compressed=_COMPRESSIONS[compression],
    )
