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

from bridge.shortcuts.signing.refusals import Refused
from bridge.shortcuts.signing.roots import INTERMEDIATE_MARK, LEAF_MARK
from bridge.shortcuts.signing.workflow import read_plist

CHAIN = "SigningCertificateChain"
CONTACTS = "AppleIDCertificateChain"

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
    found = read_plist(auth_data, "its list of certificates")
    if CONTACTS in found:
        raise Refused(
            "it is signed for people who know the signer (contacts), not for anyone:"
            " sign it with --mode anyone"
        )
    chain = found.get(CHAIN)
    if not isinstance(chain, list) or len(chain) != len(_ROLES):
        raise Refused(f"it has no {CHAIN} of three certificates")
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
        With the first thing that is wrong.
    """
    try:
        _check_root(chain[-1], roots)
        _check_purposes(chain)
        _check_dates(chain, now)
        _check_signatures(chain)
        return _key_of(chain[0])
    except _UNREADABLE as exc:
        raise Refused("a certificate in it cannot be read") from exc


def name_of(certificate: x509.Certificate) -> str:
    """Return the common name, fit for a terminal, or "?"."""
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    text = str(names[0].value) if names else "?"
    return "".join(each if each.isprintable() else "?" for each in text[:64])


def _read(der: object, role: str) -> x509.Certificate:
    if not isinstance(der, bytes):
        raise Refused(f"its {role} is none")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an odd serial number: still refused later
            return x509.load_der_x509_certificate(der)
    except _UNREADABLE as exc:
        raise Refused(f"its {role} cannot be read") from exc


def _check_root(root: x509.Certificate, roots: Collection[str]) -> None:
    if hashlib.sha256(root.public_bytes(Encoding.DER)).hexdigest() not in roots:
        raise Refused(
            f'its certificates end in "{name_of(root)}", not in Apple\'s root'
        )


def _check_purposes(chain: Chain) -> None:
    for below, (certificate, role) in enumerate(zip(chain, _ROLES, strict=True)):
        _check_purpose(certificate, role, below)
    for certificate, mark in zip(chain, (LEAF_MARK, INTERMEDIATE_MARK), strict=False):
        try:
            certificate.extensions.get_extension_for_oid(ObjectIdentifier(mark))
        except x509.ExtensionNotFound as exc:
            owner = name_of(certificate)
            raise Refused(f'"{owner}" is not for shortcuts: mark {mark} lacks') from exc


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


def _extension(certificate: x509.Certificate, kind: type[E], role: str) -> E:
    try:
        return certificate.extensions.get_extension_for_class(kind).value
    except x509.ExtensionNotFound as exc:
        raise Refused(f"its {role} does not say what it is for") from exc


def _check_dates(chain: Chain, now: datetime) -> None:
    for certificate, role in zip(chain, _ROLES, strict=True):
        begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
        if now > ends:
            raise Refused(f"its {role} expired on {ends:%Y-%m-%d}: sign again")
        if now < begins:
            raise Refused(
                f"its {role} is valid only from {begins:%Y-%m-%d}:"
                " is the clock of this machine right?"
            )


def _check_signatures(chain: Chain) -> None:
    issuers = (*chain[1:], chain[-1])
    for certificate, issuer, role in zip(chain, issuers, _ROLES, strict=True):
        try:
            certificate.verify_directly_issued_by(issuer)
        except (InvalidSignature, ValueError, TypeError) as exc:
            reason = f'its {role} is not signed by "{name_of(issuer)}"'
            raise Refused(reason) from exc


def _key_of(leaf: x509.Certificate) -> ec.EllipticCurvePublicKey:
    key = leaf.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(
        key.curve, ec.SECP256R1
    ):
        raise Refused("its signer has another kind of key than shortcuts have (P-256)")
    return key
