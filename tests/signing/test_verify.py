"""What makes a signed file good, and each way in which one is not."""

from __future__ import annotations

import datetime as dt
import hashlib
import plistlib
import struct
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import shortcut_forge
from cryptography.hazmat.primitives.asymmetric import ec

from bridge.shortcuts.signing import Refused
from bridge.shortcuts.signing.certificates import APPLE_ROOTS
from bridge.shortcuts.signing.verify import verify
from tests.signing.signed_files import (
    ACTIONS,
    INTERMEDIATE_MARK,
    LEAF_MARK,
    NOW,
    QUESTIONS,
    Authority,
    Certificate,
    Writer,
    apple_signed,
    archive,
    unsigned_file,
)

APPLE = apple_signed()
SMALLEST = min(APPLE.values(), key=len)
FIRST_CLUSTER = 0x13C
UNSIGNED = unsigned_file()


def authority_with(role: str, **changes: Any) -> Authority:
    """Return an authority of which one certificate says something else."""
    honest = Authority()
    return replace(honest, **{role: replace(getattr(honest, role), **changes)})


def reason_for(authority: Authority, **arguments: Any) -> str:
    """Return why a file of an authority that is believed is refused all the same."""
    signed = authority.sign(UNSIGNED)
    with pytest.raises(Refused) as refusal:
        verify(signed, now=NOW, roots=authority.roots, **arguments)
    return str(refusal.value)


def test_all_of_apples_files_pass() -> None:
    assert len(APPLE) == 20
    for name, signed in APPLE.items():
        verified = verify(signed, now=NOW)
        assert verified.actions > 0, name
        assert verified.expires_at - NOW > dt.timedelta(days=350), name


def test_the_pinned_root_is_the_last_certificate_of_apples_files() -> None:
    length = struct.unpack_from("<I", SMALLEST, 8)[0]
    auth_data = plistlib.loads(SMALLEST[12 : 12 + length])
    root = auth_data["SigningCertificateChain"][-1]
    assert {hashlib.sha256(root).hexdigest()} == APPLE_ROOTS


def test_an_apple_signed_file_has_the_actions_of_its_unsigned_build() -> None:
    library = Path(shortcut_forge.__file__).parent / "library"
    folder = library / "supplement-check-original"
    build = (folder / "source.unsigned.shortcut").read_bytes()
    signed = next(p for p in folder.glob("*.shortcut") if "unsigned" not in p.name)
    verified = verify(signed.read_bytes(), now=NOW, unsigned=build)
    assert verified.compared
    assert verified.actions == 1073
    with pytest.raises(Refused, match="not that of the unsigned build"):
        verify(SMALLEST, now=NOW, unsigned=build)


def test_a_private_authority_passes_only_when_it_is_believed() -> None:
    authority = Authority()
    signed = authority.sign(UNSIGNED)
    verified = verify(signed, now=NOW, unsigned=UNSIGNED, roots=authority.roots)
    assert (verified.signer, verified.actions) == ("0123abcd", 2)
    assert verified.also_different == ()
    with pytest.raises(Refused, match=r'in "Apple Root CA - G3", not in Apple\'s root'):
        verify(signed, now=NOW, unsigned=UNSIGNED)


def test_apples_root_on_a_foreign_chain_does_not_help() -> None:
    length = struct.unpack_from("<I", SMALLEST, 8)[0]
    apples = plistlib.loads(SMALLEST[12 : 12 + length])["SigningCertificateChain"]
    foreign = Authority()
    for chain in (
        [*foreign.chain[:2], apples[2]],
        [foreign.chain[0], *apples[1:]],
    ):
        auth_data = plistlib.dumps({"SigningCertificateChain": chain})
        signed = foreign.sign(UNSIGNED, auth_data=auth_data)
        with pytest.raises(Refused, match="is not signed by"):
            verify(signed, now=NOW)


def test_apples_chain_with_another_key_behind_the_signature_is_refused() -> None:
    length = struct.unpack_from("<I", SMALLEST, 8)[0]
    apples = SMALLEST[12 : 12 + length]
    forged = Authority().sign(UNSIGNED, auth_data=apples)
    with pytest.raises(Refused, match="signature is wrong"):
        verify(forged, now=NOW)


@pytest.mark.slow
@pytest.mark.parametrize(
    "signed", [SMALLEST, Authority().sign(UNSIGNED)], ids=["small", "larger"]
)
def test_every_changed_byte_is_refused(signed: bytes) -> None:
    roots = APPLE_ROOTS
    if signed is not SMALLEST:
        length = struct.unpack_from("<I", signed, 8)[0]
        chain = plistlib.loads(signed[12 : 12 + length])["SigningCertificateChain"]
        roots = frozenset({hashlib.sha256(chain[-1]).hexdigest()})
    clusters = FIRST_CLUSTER + struct.unpack_from("<I", signed, 8)[0]
    places = {
        *range(0, clusters, 3),
        *range(clusters, len(signed), 199),
        *range(clusters - 304, clusters),  # signature to the first cluster's MAC
        *range(len(signed) - 20, len(signed)),
    }
    verify(signed, now=NOW, roots=roots)
    for place in places:
        changed = bytearray(signed)
        changed[place] ^= 0x41
        with pytest.raises(Refused):
            verify(bytes(changed), now=NOW, roots=roots)


@pytest.mark.parametrize("kept", [0, 3, 4, 11, 12, 400, 2400, 12_000, -1])
def test_a_file_cut_short_is_refused(kept: int) -> None:
    with pytest.raises(Refused, match=r"cut short|does not begin"):
        verify(SMALLEST[:kept], now=NOW)


def test_a_file_with_something_behind_it_is_refused() -> None:
    with pytest.raises(Refused, match="put behind its end: 1 bytes"):
        verify(SMALLEST + b"\0", now=NOW)


def test_a_file_is_refused_from_the_day_it_expires() -> None:
    expires_at = verify(SMALLEST, now=NOW).expires_at
    assert verify(SMALLEST, now=expires_at)
    later = expires_at + dt.timedelta(seconds=1)
    day = f"{expires_at:%Y-%m-%d}"
    with pytest.raises(Refused, match=f"signer's .* expired on {day}: sign again"):
        verify(SMALLEST, now=later)


def test_a_file_from_the_future_makes_us_doubt_the_clock() -> None:
    with pytest.raises(Refused, match=r"valid only from 2026-10-14.*clock"):
        verify(SMALLEST, now=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))


@pytest.mark.parametrize("role", ["intermediate", "root"])
def test_an_authority_that_expired_takes_its_signers_along(role: str) -> None:
    expired = authority_with(role, ends=NOW - dt.timedelta(days=1))
    assert f"its {role} certificate expired on 2026-11-22" in reason_for(expired)


@pytest.mark.parametrize(
    ("role", "changes", "reason"),
    [
        ("leaf", {"mark": ""}, f"mark {LEAF_MARK} lacks"),
        ("intermediate", {"mark": ""}, f"mark {INTERMEDIATE_MARK} lacks"),
        ("leaf", {"ca": True}, "is an authority's"),
        ("leaf", {"signs": True}, "is an authority's"),
        ("leaf", {"digital_signature": False}, "may not sign"),
        ("leaf", {"constrained": False}, "does not say what it is for"),
        ("leaf", {"demand": "1.2.3.4"}, "demands something unknown"),
        ("leaf", {"curve": ec.SECP384R1()}, "another kind of key"),
        ("intermediate", {"ca": False}, "may not vouch for others"),
        ("intermediate", {"signs": False}, "may not vouch for others"),
        ("intermediate", {"demand": "1.2.3.4"}, "demands something unknown"),
        ("root", {"ca": False}, "may not vouch for others"),
        ("root", {"path_length": 0}, "so far above the signer"),
    ],
)
def test_a_certificate_for_something_else_is_refused(
    role: str, changes: dict[str, Any], reason: str
) -> None:
    assert reason in reason_for(authority_with(role, **changes))


def test_path_lengths_that_suffice_are_accepted() -> None:
    honest = Authority()
    tight = replace(
        honest,
        intermediate=replace(honest.intermediate, path_length=0),
        root=replace(honest.root, path_length=1),
    )
    assert verify(tight.sign(UNSIGNED), now=NOW, roots=tight.roots)


def test_a_signer_another_authority_vouches_for_is_refused() -> None:
    authority, stranger = Authority(), Authority()
    signed_by_a_namesake = authority.leaf.issue(stranger.intermediate)
    chain = [signed_by_a_namesake, *authority.chain[1:]]
    auth_data = plistlib.dumps({"SigningCertificateChain": chain})
    signed = authority.sign(UNSIGNED, auth_data=auth_data)
    with pytest.raises(Refused, match="signer's certificate is not signed by"):
        verify(signed, now=NOW, roots=authority.roots)


def test_a_file_for_contacts_is_refused_by_that_name() -> None:
    authority = Authority()
    auth_data = plistlib.dumps(
        {
            "AppleIDCertificateChain": authority.chain,
            "AppleIDValidationRecord": b"record",
            "SigningPublicKey": b"key",
            "SigningPublicKeySignature": b"signature",
        },
        fmt=plistlib.FMT_BINARY,
    )
    signed = authority.sign(UNSIGNED, auth_data=auth_data)
    with pytest.raises(Refused, match=r"people who know the signer.*--mode anyone"):
        verify(signed, now=NOW, roots=authority.roots)


@pytest.mark.parametrize(
    "auth_data",
    [
        b"bplist00 not really",
        plistlib.dumps(["no", "keys"]),
        plistlib.dumps({}),
        plistlib.dumps({"SigningCertificateChain": []}),
        plistlib.dumps({"SigningCertificateChain": [b"a", b"b", b"c"]}),
        plistlib.dumps({"SigningCertificateChain": ["text", 1, True]}),
        plistlib.dumps({"SigningCertificateChain": [bytes(9000)] * 3}),
    ],
)
def test_a_file_without_three_certificates_is_refused(auth_data: bytes) -> None:
    signed = Authority().sign(UNSIGNED, auth_data=auth_data)
    with pytest.raises(Refused, match="certificate"):
        verify(signed, now=NOW)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (UNSIGNED, "is not signed: bridge shortcuts sign"),
        (plistlib.dumps({}, fmt=plistlib.FMT_BINARY), "is not signed"),
        (b"<!doctype html><title>Sign in</title>", "does not begin with AEA1"),
        (b'{"error": "membership"}', "does not begin with AEA1"),
        (b"", "does not begin with AEA1"),
        (b"AEA1\x01" + bytes(500), "another kind of archive"),
        (b"AEA1\0\0\0\1" + bytes(500), "another kind of archive"),
        (b"AEA1" + bytes(500), "announces 0 bytes of certificates"),
        (b"AEA1" + bytes(5 << 20), "larger than 4 MB"),
    ],
)
def test_another_file_is_refused_with_what_it_is(content: bytes, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        verify(content, now=NOW)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"WFWorkflowActions": ACTIONS[:1]}, "has 2 actions, the unsigned build 1"),
        ({"WFWorkflowActions": ACTIONS[::-1]}, "action 1 .*showresult"),
        (
            {
                "WFWorkflowActions": [
                    ACTIONS[0],
                    {
                        "WFWorkflowActionIdentifier": "is.workflow.actions.showresult",
                        "WFWorkflowActionParameters": {"Text": "1", "Count": True},
                    },
                ]
            },
            "action 2 .*showresult",
        ),
        ({"WFWorkflowImportQuestions": []}, "import questions"),
        (
            {"WFWorkflowImportQuestions": [QUESTIONS[0] | {"Text": "Your password"}]},
            "import questions",
        ),
    ],
)
def test_another_shortcut_than_the_build_is_refused(
    changes: dict[str, Any], reason: str
) -> None:
    authority = Authority()
    other = unsigned_file(**changes)
    with pytest.raises(Refused, match=reason):
        verify(authority.sign(UNSIGNED), now=NOW, unsigned=other, roots=authority.roots)


def test_what_a_mac_rewrites_beside_the_actions_is_told() -> None:
    authority = Authority()
    other = unsigned_file(WFWorkflowTypes=[], WFWorkflowIsDisabledOnLockScreen=True)
    verified = verify(
        authority.sign(UNSIGNED), now=NOW, unsigned=other, roots=authority.roots
    )
    assert verified.also_different == (
        "WFWorkflowIsDisabledOnLockScreen",
        "WFWorkflowTypes",
    )


def test_a_build_that_is_no_shortcut_proves_nothing() -> None:
    with pytest.raises(Refused, match="the unsigned build has no list of actions"):
        verify(SMALLEST, now=NOW, unsigned=plistlib.dumps({}))


def test_an_uncompressed_archive_is_read_too() -> None:
    authority = Authority()
    contents = archive(plistlib.dumps(plistlib.loads(UNSIGNED)))
    writer = Writer(
        contents=contents, authority=authority, packed=contents, compression=b"-"
    )
    assert verify(writer.write(), now=NOW, roots=authority.roots).actions == 2


def test_a_signers_name_is_fit_for_a_terminal() -> None:
    odd = Certificate(name="a\x1b[31mred\n", ca=False, signs=False, mark=LEAF_MARK)
    authority = Authority(leaf=odd)
    verified = verify(authority.sign(UNSIGNED), now=NOW, roots=authority.roots)
    assert verified.signer == "a?[31mred?"
