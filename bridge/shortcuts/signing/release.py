"""Sign a file: look for secrets, have it signed, check it, put it in its place."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bridge.shortcuts.signing.container import MAX_FILE_BYTES
from bridge.shortcuts.signing.leaks import refuse_secrets
from bridge.shortcuts.signing.places import signed_path, unsigned_path, write_signed
from bridge.shortcuts.signing.refusals import Refused
from bridge.shortcuts.signing.roots import APPLE_ROOTS
from bridge.shortcuts.signing.verify import Verified, verify
from bridge.shortcuts.signing.workflow import read_workflow

GOOD_FOR = timedelta(days=60)
"""A signature that lasts so long is left alone, and its iCloud record with it."""

Signer = Callable[[str, bytes], bytes]
"""From the shortcut's name and its unsigned file to the signed one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """What signed files are held against."""

    now: datetime
    roots: Collection[str] = APPLE_ROOTS

    def check(self, path: Path, unsigned: Path | None = None) -> Verified:
        """Check a signed file, against its build where that is known.

        Raises
        ------
        Refused
            With the reason.
        """
        build = unsigned or unsigned_path(path)
        content = read_file(build) if build else None
        return verify(read_file(path), now=self.now, unsigned=content, roots=self.roots)


def sign_file(unsigned: Path, signer: Signer, judge: Judge) -> Verified:
    """Have one built file signed; nothing is replaced before it was checked.

    Parameters
    ----------
    unsigned
        The built file; it stays.
    signer
        One of the ways to ask a Mac.
    judge
        What the answer is held against.

    Raises
    ------
    Refused
        If the file holds a secret or is no shortcut, or what came back is not it.
    SigningFailed
        If nothing came back.
    """
    build = read_file(unsigned)
    refuse_secrets(read_workflow(build, "it"))
    signed = signer(unsigned.stem, build)
    try:
        verified = verify(signed, now=judge.now, unsigned=build, roots=judge.roots)
    except Refused as refusal:
        raise Refused(f"what came back was refused: {refusal}") from refusal
    write_signed(unsigned, build, signed)
    return verified


def find_lasting(unsigned: Path, judge: Judge) -> Verified | None:
    """Return the signature a file already has, when it is good for long."""
    path = signed_path(unsigned)
    if not path.is_file():
        return None
    try:
        verified = judge.check(path, unsigned)
    except Refused:
        return None
    return verified if verified.expires_at - judge.now >= GOOD_FOR else None


def read_file(path: Path) -> bytes:
    """Return a file's bytes.

    Raises
    ------
    Refused
        If it cannot be read; what is too large is cut, and refused later.
    """
    try:
        with path.open("rb") as file:
            return file.read(MAX_FILE_BYTES + 1)
    except OSError as exc:
        raise Refused(f"it cannot be read ({exc.strerror})") from exc
