"""The inside of a signed file: segments, each with its MAC and its digest.

python-aea derives the keys and computes the MACs. Its own ``decode`` is not used: it
unpacks whatever the segments announce.
"""

from __future__ import annotations

import hashlib
import struct
from typing import Any

from aea import aea
from cryptography.hazmat.primitives.asymmetric import ec

from bridge.shortcuts.signing.container import Container
from bridge.shortcuts.signing.lzfse import decompress
from bridge.shortcuts.signing.refusals import Refused

_SEGMENT = struct.Struct("<II32s")
_MAC_BYTES = 32


def open_contents(container: Container, signer: ec.EllipticCurvePublicKey) -> bytes:
    """Return the unpacked contents of a container whose signature holds.

    Parameters
    ----------
    container
        As it was cut; at most its announced size is unpacked.
    signer
        The key that signed it: part of what the MACs are derived from.

    Raises
    ------
    Refused
        If any MAC, digest or size is not what was signed.
    """
    main_key = aea.derive_main_key(
        aea.ProfileType.SIGNED, 0, None, None, signer, container.key, container.salt
    )
    keys = aea.KeyDerivation(main_key, _MAC_BYTES)
    _check(
        keys.root_header_key(),
        container.header,
        container.cluster_mac + container.auth_data,
        container.header_mac,
    )
    return _open_cluster(container, keys)


def _open_cluster(container: Container, keys: Any) -> bytes:
    layout, clusters = container.layout, container.clusters
    table_end = layout.segments * _SEGMENT.size
    macs_start = table_end + _MAC_BYTES
    segments_start = macs_start + layout.segments * _MAC_BYTES
    if len(clusters) < segments_start:
        raise Refused("it is cut short within its table of segments")
    cluster_key = keys.cluster_key(0)
    table = clusters[:table_end]
    _check(
        keys.cluster_header_key(cluster_key),
        table,
        clusters[table_end:segments_start],
        container.cluster_mac,
    )
    contents, at, index = bytearray(), segments_start, 0
    while len(contents) < layout.content_bytes:
        mac_at = macs_start + index * _MAC_BYTES
        header = _SEGMENT.unpack_from(table, index * _SEGMENT.size)
        packed = clusters[at : at + header[1]]
        mac = clusters[mac_at : mac_at + _MAC_BYTES]
        _check(keys.segment_key(cluster_key, index), packed, b"", mac)
        wanted = min(layout.segment_bytes, layout.content_bytes - len(contents))
        contents += _unpack(packed, header, wanted, compressed=layout.compressed)
        at, index = at + len(packed), index + 1
    if at != len(clusters):
        raise Refused("it holds bytes that belong to no segment")
    return bytes(contents)


def _unpack(
    packed: bytes, header: tuple[int, int, bytes], wanted: int, *, compressed: bool
) -> bytes:
    size_bytes, packed_bytes, digest = header
    if size_bytes != wanted or len(packed) != packed_bytes or packed_bytes > size_bytes:
        raise Refused("a segment has not the announced size")
    if packed_bytes < size_bytes and not compressed:
        raise Refused("a segment is compressed where nothing should be")
    plain = packed if packed_bytes == size_bytes else decompress(packed, size_bytes)
    if hashlib.sha256(plain).digest() != digest:
        raise Refused("the digest of its contents is wrong")
    return plain


def _check(key: bytes, data: bytes, salt: bytes, mac: bytes) -> None:
    try:
        aea.decrypt_and_verify(key, data, salt, mac)
    except aea.MACValidationError as exc:
        raise Refused("its contents were changed after it was signed") from exc
