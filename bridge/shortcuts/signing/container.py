"""The container of a signed shortcut: an Apple Encrypted Archive, profile 0.

::

    0x00      "AEA1", profile (u24), password strength (u8), length n (u32)
    0x0c      n bytes of auth data: a property list with the certificates
    0x0c + n  128 bytes: the signature (DER), filled up with zeros
    0x8c + n  key, salt, header MAC (32 bytes each)
    0xec + n  the header (48 bytes): sizes and algorithms
    0x11c + n the first cluster's MAC (32 bytes)
    0x13c + n one cluster: a table of segments, MACs, compressed segments

The signature covers everything before the cluster, itself read as zeros; MACs tie the
cluster to it. Numbers are little-endian. Nothing is encrypted: the key is in the file,
so what the MACs say counts for nothing until the signature holds.

python-aea derives the keys and checks the MACs. Its own ``decode`` is not used: it
unpacks whatever the segments announce, and anybody with a Mac can have a file signed.
"""

from __future__ import annotations

import ctypes
import functools
import hashlib
import importlib.util
import struct
from collections.abc import Callable
from dataclasses import dataclass

from aea import aea
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from bridge.shortcuts.signing import Refused, SigningFailed

MAX_FILE_BYTES = 4 << 20  # the largest real one among a thousand has 0.1 MB
MAX_AUTH_BYTES = 64 << 10
MAX_CONTENT_BYTES = 4 << 20
MAX_SEGMENTS = 4096

_START = struct.Struct("<4s3sBI")
_SIGNATURE_BYTES = 128
_KEY_BYTES = 32  # of a key, a salt, a MAC, a digest
_HEADER = struct.Struct("<QQIIcB22x")
_SEGMENT = struct.Struct("<II32s")
_SHA256 = 2
_COMPRESSIONS = {b"-": False, b"e": True}  # none, LZFSE


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
    cluster: bytes
    # what the header says of the contents
    content_bytes: int
    segment_bytes: int
    segments: int  # rows in the table of segments, not all of them used
    compressed: bool

    def open(self, signer: ec.EllipticCurvePublicKey) -> bytes:
        """Return the unpacked contents: at most what the header announces.

        Raises
        ------
        Refused
            If ``signer`` did not sign it, or a MAC, digest or size is not what was
            signed.
        """
        try:
            signer.verify(self.signature, self.signed, ec.ECDSA(SHA256()))
        except InvalidSignature as exc:
            raise Refused("its signature is wrong: it was changed afterwards") from exc
        main_key = aea.derive_main_key(
            aea.ProfileType.SIGNED, 0, None, None, signer, self.key, self.salt
        )
        keys = aea.KeyDerivation(main_key, _KEY_BYTES)
        salt = self.cluster_mac + self.auth_data
        _check_mac(keys.root_header_key(), self.header, salt, self.header_mac)
        return self._open_cluster(keys)

    def _open_cluster(self, keys: aea.KeyDerivation) -> bytes:
        table_end = self.segments * _SEGMENT.size
        macs_start = table_end + _KEY_BYTES
        at = macs_start + self.segments * _KEY_BYTES
        if len(self.cluster) < at:
            raise Refused("it is cut short within its table of segments")
        table, macs = self.cluster[:table_end], self.cluster[macs_start:at]
        key = keys.cluster_key(0)
        salt = self.cluster[table_end:at]
        _check_mac(keys.cluster_header_key(key), table, salt, self.cluster_mac)
        contents = bytearray()
        for index, (size_bytes, packed_bytes, digest) in enumerate(
            _SEGMENT.iter_unpack(table)
        ):
            remaining_bytes = self.content_bytes - len(contents)
            if not remaining_bytes:
                break
            packed = self.cluster[at : at + packed_bytes]
            mac = macs[index * _KEY_BYTES :][:_KEY_BYTES]
            _check_mac(keys.segment_key(key, index), packed, b"", mac)
            if size_bytes != min(self.segment_bytes, remaining_bytes):
                raise Refused("a segment has not the announced size")
            contents += self._unpack(packed, packed_bytes, size_bytes, digest)
            at += packed_bytes
        if at != len(self.cluster):
            raise Refused("it holds bytes that belong to no segment")
        return bytes(contents)

    def _unpack(
        self, packed: bytes, packed_bytes: int, size_bytes: int, digest: bytes
    ) -> bytes:
        if len(packed) != packed_bytes or packed_bytes > size_bytes:
            raise Refused("a segment has not the announced size")
        if packed_bytes < size_bytes and not self.compressed:
            raise Refused("a segment is compressed where nothing should be")
        plain = packed if packed_bytes == size_bytes else decompress(packed, size_bytes)
        if hashlib.sha256(plain).digest() != digest:
            raise Refused("the digest of its contents is wrong")
        return plain


def read_container(data: bytes) -> Container:
    """Cut a signed file into its parts.

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
    auth_end = _START.size + _read_start(data)
    key_at = auth_end + _SIGNATURE_BYTES
    header_at = key_at + 3 * _KEY_BYTES
    header_end = header_at + _HEADER.size
    end = header_end + _KEY_BYTES
    if len(data) < end:
        raise Refused(f"it is cut short: {len(data)} of at least {end} bytes")
    signature = data[auth_end:key_at]
    signature_bytes = 2 + signature[1]
    if signature[0] != 0x30 or any(signature[signature_bytes:]):
        raise Refused("its signature field holds something else than a signature")
    header = data[header_at:header_end]
    content, archive, segment, segments, compression, checksum = _HEADER.unpack(header)
    if archive > len(data):
        raise Refused(f"it is cut short: {len(data)} of {archive} bytes")
    if archive < len(data):
        raise Refused(f"something was put behind its end: {len(data) - archive} bytes")
    if not 0 < content <= MAX_CONTENT_BYTES:
        raise Refused(f"it announces {content} bytes of contents")
    if not (segment > 0 and 0 < segments <= MAX_SEGMENTS):
        raise Refused("it announces impossible segments")
    if content > segment * segments:
        raise Refused("it announces more than one cluster, more than a shortcut has")
    if compression not in _COMPRESSIONS or checksum != _SHA256:
        raise Refused("it is compressed in a way that shortcuts are not")
    return Container(
        auth_data=data[_START.size : auth_end],
        signature=signature[:signature_bytes],
        signed=data[:auth_end] + bytes(_SIGNATURE_BYTES) + data[key_at:end],
        key=data[key_at:][:_KEY_BYTES],
        salt=data[key_at + _KEY_BYTES :][:_KEY_BYTES],
        header_mac=data[key_at + 2 * _KEY_BYTES : header_at],
        header=header,
        cluster_mac=data[header_end:end],
        cluster=data[end:],
        content_bytes=content,
        segment_bytes=segment,
        segments=segments,
        compressed=_COMPRESSIONS[compression],
    )


def _read_start(data: bytes) -> int:
    """Return the length of the auth data."""
    if not data.startswith(b"AEA1"):
        beginning = data[:64].lstrip().lower()
        if beginning.startswith((b"bplist", b"<?xml", b"<plist", b"<!doctype plist")):
            raise Refused("it is not signed: bridge shortcuts sign")
        raise Refused("it is no signed shortcut: it does not begin with AEA1")
    if len(data) < _START.size:
        raise Refused(f"it is cut short: {len(data)} bytes")
    _, profile, strength, auth_bytes = _START.unpack_from(data)
    if profile != bytes(3) or strength:
        number = int.from_bytes(profile, "little")
        raise Refused(f"it is another kind of archive (profile {number})")
    if not 0 < auth_bytes <= MAX_AUTH_BYTES:
        raise Refused(f"it announces {auth_bytes} bytes of certificates")
    return int(auth_bytes)


def _check_mac(key: bytes, data: bytes, salt: bytes, mac: bytes) -> None:
    try:
        aea.decrypt_and_verify(key, data, salt, mac)
    except aea.MACValidationError as exc:
        raise Refused("its contents were changed after it was signed") from exc


def decompress(data: bytes, size_bytes: int) -> bytes:
    """Return the ``size_bytes`` bytes that LZFSE ``data`` holds.

    ``liblzfse.decompress`` doubles its buffer until everything fits, also when the
    data is cut short and never will: 60 bytes can take all memory. The same library
    exports Apple's own function, which fills a buffer of the caller's and stops.

    Raises
    ------
    Refused
        If it holds fewer or more, or is damaged.
    """
    room_bytes = size_bytes + 1  # one more, to see that there would be more
    buffer = ctypes.create_string_buffer(room_bytes)
    written_bytes = _lzfse()(buffer, room_bytes, data, len(data), None)
    if written_bytes != size_bytes:
        raise Refused("its contents do not unpack to the announced size")
    return buffer.raw[:size_bytes]


@functools.cache
def _lzfse() -> Callable[..., int]:
    module = importlib.util.find_spec("liblzfse")
    try:
        decode = ctypes.CDLL(module.origin if module else None).lzfse_decode_buffer
    except (OSError, AttributeError) as exc:
        raise SigningFailed("pyliblzfse here lacks lzfse_decode_buffer") from exc
    decode.restype = ctypes.c_size_t
    text, size = ctypes.c_char_p, ctypes.c_size_t
    decode.argtypes = [text, size, text, size, ctypes.c_void_p]
    return decode
