"""Writes signed shortcuts as macOS does, with an authority nobody knows.

Written from the description of the format, not from the code that reads it. Every part
can be given another value than the honest one.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import importlib
import os
import plistlib
import struct
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.x509.oid import NameOID, ObjectIdentifier

LEAF_MARK = "1.2.840.113635.100.18.1"
INTERMEDIATE_MARK = "1.2.840.113635.100.6.2.17"
NOW = dt.datetime(2026, 11, 23, 6, 5, tzinfo=dt.UTC)
ACTIONS = [
    {
        "WFWorkflowActionIdentifier": "is.workflow.actions.gettext",
        "WFWorkflowActionParameters": {
            "WFTextActionText": "Grüße",
            "ShowHeaders": True,
        },
    },
    {
        "WFWorkflowActionIdentifier": "is.workflow.actions.showresult",
        "WFWorkflowActionParameters": {"Text": "1", "Count": 1},
    },
]
QUESTIONS = [
    {
        "ActionIndex": 0,
        "Category": "Parameter",
        "ParameterKey": "WFTextActionText",
        "Text": "Setup code",
        "DefaultValue": "",
    }
]
WORKFLOW: dict[str, Any] = {
    "WFWorkflowActions": ACTIONS,
    "WFWorkflowImportQuestions": QUESTIONS,
    "WFWorkflowClientVersion": "900",
    "WFWorkflowTypes": ["Watch"],
    "WFWorkflowName": "not kept by a Mac",
}

_SEGMENTS = 256
_SEGMENT_BYTES = 1 << 20


def unsigned_file(**changes: Any) -> bytes:
    """Return an unsigned build, as XML."""
    return plistlib.dumps(WORKFLOW | changes, fmt=plistlib.FMT_XML)


@dataclass(kw_only=True)
class Certificate:
    """What stands in one certificate; the honest values of a shortcut's signer."""

    name: str
    ca: bool
    signs: bool
    mark: str
    begins: dt.datetime = NOW - dt.timedelta(days=40)
    ends: dt.datetime = NOW + dt.timedelta(days=354)
    path_length: int | None = None
    constrained: bool = True
    digital_signature: bool = True
    demand: str = ""
    curve: ec.EllipticCurve = field(default_factory=ec.SECP256R1)

    @cached_property
    def key(self) -> ec.EllipticCurvePrivateKey:
        return ec.generate_private_key(self.curve)

    def issue(self, issuer: Certificate) -> bytes:
        """Return the certificate in DER, signed by ``issuer``."""
        builder = (
            x509.CertificateBuilder()
            .subject_name(_named(self.name))
            .issuer_name(_named(issuer.name))
            .public_key(self.key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(self.begins)
            .not_valid_after(self.ends)
            .add_extension(self._usage(), True)
        )
        if self.constrained:
            length = self.path_length if self.ca else None
            builder = builder.add_extension(
                x509.BasicConstraints(self.ca, length), True
            )
        for oid, critical in ((self.mark, False), (self.demand, True)):
            if oid:
                extension = x509.UnrecognizedExtension(
                    ObjectIdentifier(oid), b"\x05\x00"
                )
                builder = builder.add_extension(extension, critical)
        signed = builder.sign(issuer.key, hashes.SHA256())
        return signed.public_bytes(serialization.Encoding.DER)

    def _usage(self) -> x509.KeyUsage:
        return x509.KeyUsage(
            digital_signature=self.digital_signature and not self.signs,
            key_cert_sign=self.signs,
            crl_sign=self.signs,
            content_commitment=not self.digital_signature and not self.signs,
            key_encipherment=False,
            data_encipherment=False,
            key_agreement=False,
            encipher_only=False,
            decipher_only=False,
        )


def _leaf() -> Certificate:
    return Certificate(name="0123abcd", ca=False, signs=False, mark=LEAF_MARK)


def _intermediate() -> Certificate:
    return Certificate(
        name="Apple System Integration CA 4",
        ca=True,
        signs=True,
        mark=INTERMEDIATE_MARK,
        ends=NOW + dt.timedelta(days=2000),
    )


def _root() -> Certificate:
    return Certificate(
        name="Apple Root CA - G3",
        ca=True,
        signs=True,
        mark="",
        ends=NOW + dt.timedelta(days=4000),
        curve=ec.SECP384R1(),
    )


@dataclass(kw_only=True)
class Authority:
    """Three certificates that look like Apple's, down to their names."""

    leaf: Certificate = field(default_factory=_leaf)
    intermediate: Certificate = field(default_factory=_intermediate)
    root: Certificate = field(default_factory=_root)

    @cached_property
    def chain(self) -> list[bytes]:
        return [
            self.leaf.issue(self.intermediate),
            self.intermediate.issue(self.root),
            self.root.issue(self.root),
        ]

    @property
    def roots(self) -> set[str]:
        """The fingerprint to believe when this authority is to be believed."""
        return {hashlib.sha256(self.chain[-1]).hexdigest()}

    @property
    def auth_data(self) -> bytes:
        return plistlib.dumps(
            {"SigningCertificateChain": self.chain}, fmt=plistlib.FMT_BINARY
        )

    def sign(self, unsigned: bytes, **changes: Any) -> bytes:
        """Return what a Mac would return for an unsigned build."""
        workflow = plistlib.loads(unsigned)
        workflow.pop("WFWorkflowName", None)
        workflow["WFWorkflowClientVersion"] = "5037.0.19"
        wflow = plistlib.dumps(workflow, fmt=plistlib.FMT_BINARY)
        return Writer(contents=archive(wflow), authority=self, **changes).write()


@dataclass(kw_only=True)
class Writer:
    """One container; what is not given is honest."""

    contents: bytes
    authority: Authority
    auth_data: bytes | None = None
    packed: bytes | None = None  # the segment's bytes; else compressed contents
    digest: bytes | None = None
    content_bytes: int | None = None
    segment_bytes: int = _SEGMENT_BYTES
    segments: int = _SEGMENTS
    compression: bytes = b"e"
    checksum: int = 2
    after: bytes = b""  # bytes of no segment, known to the header

    def write(self) -> bytes:
        auth = self.authority.auth_data if self.auth_data is None else self.auth_data
        key, salt = os.urandom(32), os.urandom(32)
        main_key = self._main_key(key, salt)
        cluster_mac, clusters = self._cluster(_derive(main_key, b"AEA_CK" + bytes(4)))
        total = 0x13C + len(auth) + len(clusters)
        header = struct.pack(
            "<QQIIcB22x",
            len(self.contents) if self.content_bytes is None else self.content_bytes,
            total,
            self.segment_bytes,
            self.segments,
            self.compression,
            self.checksum,
        )
        header_mac = _mac(_derive(main_key, b"AEA_RHEK"), header, cluster_mac + auth)
        before = b"AEA1" + bytes(4) + struct.pack("<I", len(auth)) + auth
        behind = key + salt + header_mac + header + cluster_mac
        signature = self.authority.leaf.key.sign(
            before + bytes(128) + behind, ec.ECDSA(hashes.SHA256())
        )
        return before + signature.ljust(128, b"\0") + behind + clusters

    def _main_key(self, key: bytes, salt: bytes) -> bytes:
        point = self.authority.leaf.key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        return _derive(key, b"AEA_AMK" + bytes(4) + point, salt)

    def _cluster(self, cluster_key: bytes) -> tuple[bytes, bytes]:
        packed = compress(self.contents) if self.packed is None else self.packed
        digest = self.digest or hashlib.sha256(self.contents).digest()
        used = struct.pack("<II", len(self.contents), len(packed)) + digest
        table = used + bytes(40 * (self.segments - 1))
        first = _mac(_derive(cluster_key, b"AEA_SK" + bytes(4)), packed, b"")
        macs = os.urandom(32) + first + os.urandom(32 * (self.segments - 1))
        mac = _mac(_derive(cluster_key, b"AEA_CHEK"), table, macs)
        return mac, table + macs + packed + self.after


def archive(wflow: bytes, name: str = "Shortcut.wflow", kind: bytes = b"F") -> bytes:
    """Return an Apple Archive: a folder, and one file in it."""
    time = b"MTMT" + bytes(12)
    path = name.encode()
    folder = b"TYP1D" + b"PATP" + bytes(2) + b"MOD2" + b"\xed\x01" + time
    file = b"TYP1" + kind + b"PATP" + struct.pack("<H", len(path)) + path
    file += b"MOD2" + b"\xa4\x01" + time + b"DATB" + struct.pack("<I", len(wflow))
    return _entry(folder) + _entry(file) + wflow


def compress(data: bytes) -> bytes:
    """Return LZFSE, or ``data`` itself where that is shorter."""
    packed: bytes = importlib.import_module("liblzfse").compress(data)
    return min(packed, data, key=len)


def apple_signed() -> dict[str, bytes]:
    """Return the Apple-signed files inside shortcut-forge, by their names."""
    package = Path(importlib.import_module("shortcut_forge").__file__ or "")
    found = package.parent.glob("library/*/*.shortcut")
    files = {path.name: path.read_bytes() for path in sorted(found)}
    return {name: data for name, data in files.items() if data.startswith(b"AEA1")}


def _entry(fields: bytes) -> bytes:
    return b"AA01" + struct.pack("<H", len(fields) + 6) + fields


def _derive(key: bytes, info: bytes, salt: bytes = b"") -> bytes:
    return HKDF(hashes.SHA256(), 32, salt, info).derive(key)


def _mac(key: bytes, data: bytes, salt: bytes) -> bytes:
    return hmac.digest(key, salt + data + struct.pack("<Q", len(salt)), "sha256")


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
