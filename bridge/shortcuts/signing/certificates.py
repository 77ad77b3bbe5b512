"""The three certificates in a signed file, from the signer up to Apple's root."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TypeVar

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID, ObjectIdentifier

from bridge.shortcuts.signing import Refused
from bridge.shortcuts.signing.contents import read_plist

APPLE_ROOTS = frozenset(
    {"63343abfb89a6a03ebb57e9b3f5fa7be7c4f5c756f3017b3a8c488c3653e9179"}
)
"""SHA-256 of the root certificates in DER: the one Apple publishes for "Apple Root CA
- G3". All 20 Apple-signed files inside the PyPI package shortcut-forge 0.2.1 end in it;
"Apple Root CA", the other one, ends the chains of files signed for contacts only.
"""

INTERMEDIATE_MARK = "1.2.840.113635.100.6.2.17"
"""Apple System Integration CA 4.

Below the same root Apple certifies payment and wallet keys of any developer: without
the marks each of them could sign a shortcut here, though no iPhone would take it.
"""

LEAF_MARK = "1.2.840.113635.100.18.1"
"""What iOS itself asks of the certificate that signs a shortcut."""

_CHAIN = "SigningCertificateChain"
_CONTACTS = "AppleIDCertificateChain"
_ROLES = ("signer's certificate", "intermediate certificate", "root certificate")
_UNREADABLE = (
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    UnsupportedAlgorithm,
    x509.InvalidVersion,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)

Chain = Sequence[x509.Certificate]
E = TypeVar("E", bound=x509.ExtensionType)


def read_chain(auth_data: bytes) -> list[x509.Certificate]:
    """Return signer, intermediate and root, not yet believed.

    Raises
    ------
    Refused
        If it is signed for contacts only, or there are not three certificates.
    """
    lists = read_plist(auth_data, "its list of certificates")
    if _CONTACTS in lists:
        raise Refused(
            "it is signed for people who know the signer (contacts), not for anyone:"
            " sign it with --mode anyone"
        )
    chain = lists.get(_CHAIN)
    if not isinstance(chain, list) or len(chain) != len(_ROLES):
        raise Refused(f"it has no {_CHAIN} of three certificates")
    return [_read(der, role) for der, role in zip(chain, _ROLES, strict=True)]


def check_chain(
    chain: Chain, roots: Collection[str], now: datetime
) -> ec.EllipticCurvePublicKey:
    """Return the signer's key, when the chain leads to one of ``roots``.

    Parameters
    ----------
    chain
        Signer, intermediate, root.
    roots
        SHA-256 of the root certificates to believe, in small hexadecimal digits.
    now
        The instant at which all three have to be valid, with its time zone.

    Raises
    ------
    Refused
        With the first thing that is wrong: root, purposes, dates, signatures, key.
    """
    try:
        root = chain[-1].public_bytes(Encoding.DER)
        if hashlib.sha256(root).hexdigest() not in roots:
            end = name_of(chain[-1])
            raise Refused(f'its certificates end in "{end}", not in Apple\'s root')
        for below, (certificate, role) in enumerate(zip(chain, _ROLES, strict=True)):
            _check_purpose(certificate, role, below)
        _check_marks(chain)
        for certificate, role in zip(chain, _ROLES, strict=True):
            _check_dates(certificate, role, now)
        issuers = (*chain[1:], chain[-1])
        for certificate, issuer, role in zip(chain, issuers, _ROLES, strict=True):
            _check_signature(certificate, issuer, role)
        key = chain[0].public_key()
    except _UNREADABLE as exc:
        raise Refused("a certificate in it cannot be read") from exc
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(
        key.curve, ec.SECP256R1
    ):
        raise Refused("its signer has another kind of key than shortcuts have (P-256)")
    return key


def name_of(certificate: x509.Certificate) -> str:
    """Return the common name, fit for a terminal, or "?"."""
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    text = str(names[0].value) if names else "?"
    return "".join(c if c.isprintable() else "?" for c in text[:64])


def _read(der: object, role: str) -> x509.Certificate:
    if not isinstance(der, bytes):
        raise Refused(f"its {role} is none")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an odd serial number: still refused later
            return x509.load_der_x509_certificate(der)
    except _UNREADABLE as exc:
        raise Refused(f"its {role} cannot be read") from exc


def _check_purpose(certificate: x509.Certificate, role: str, below: int) -> None:
    """Check what a certificate may do; it has ``below`` certificates under it."""
    known = {x509.BasicConstraints.oid, x509.KeyUsage.oid}
    for extension in certificate.extensions:
        if extension.critical and extension.oid not in known:
            raise Refused(f"its {role} demands something unknown")
    constraints = _extension(certificate, x509.BasicConstraints, role)
    usage = _extension(certificate, x509.KeyUsage, role)
    if constraints.ca is not (below > 0) or usage.key_cert_sign is not (below > 0):
        wrong = (
            "may not vouch for others" if below else "is an authority's, no signer's"
        )
        raise Refused(f"its {role} {wrong}")
    if below == 0 and not usage.digital_signature:
        raise Refused(f"its {role} may not sign")
    if constraints.path_length is not None and constraints.path_length < below - 1:
        raise Refused(f"its {role} may not stand so far above the signer")


def _extension(certificate: x509.Certificate, wanted: type[E], role: str) -> E:
    try:
        return certificate.extensions.get_extension_for_class(wanted).value
    except x509.ExtensionNotFound as exc:
        raise Refused(f"its {role} does not say what it is for") from exc


def _check_marks(chain: Chain) -> None:
    for certificate, mark in zip(chain, (LEAF_MARK, INTERMEDIATE_MARK), strict=False):
        try:
            certificate.extensions.get_extension_for_oid(ObjectIdentifier(mark))
        except x509.ExtensionNotFound as exc:
            owner = name_of(certificate)
            raise Refused(f'"{owner}" is not for shortcuts: mark {mark} lacks') from exc


def _check_dates(certificate: x509.Certificate, role: str, now: datetime) -> None:
    begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if now > ends:
        raise Refused(f"its {role} expired on {ends:%Y-%m-%d}: sign again")
    if now < begins:
        raise Refused(
            f"its {role} is valid only from {begins:%Y-%m-%d}:"
            " is the clock of this machine right?"
        )


def _check_signature(
    certificate: x509.Certificate, issuer: x509.Certificate, role: str
) -> None:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (InvalidSignature, ValueError, TypeError) as exc:
        raise Refused(f'its {role} is not signed by "{name_of(issuer)}"') from exc
