"""Sign a file: look for secrets, have it signed, check it, put it where it is served.

A folder of built shortcuts has an index and a folder for each language::

    index.json
    en/My training form.shortcut
    signed/en/My training form.shortcut
    signed/ledger.json                    file to SHA-256 of the build that was signed

The builder marks a file as signed when the ledger knows its build; the index is marked
here too, so that an installed bridge, which cannot build, serves what was signed.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bridge.shortcuts.files import EXTENSION
from bridge.shortcuts.signing import Refused
from bridge.shortcuts.signing.certificates import APPLE_ROOTS
from bridge.shortcuts.signing.container import MAX_FILE_BYTES
from bridge.shortcuts.signing.contents import read_workflow, refuse_secrets
from bridge.shortcuts.signing.verify import Verified, verify

GOOD_FOR = timedelta(days=60)
"""A signature that lasts so long is left alone, and its iCloud record with it."""

Signer = Callable[[bytes], bytes]
"""From an unsigned file to the signed one."""

_FOLDER = "signed"
_INDEX = "index.json"


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
    signed = signer(build)
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


def release_folder(unsigned: Path) -> Path | None:
    """Return the folder with the index that a built file belongs to."""
    folder = unsigned.absolute().parents[1]
    return folder if (folder / _INDEX).is_file() else None


def signed_path(unsigned: Path) -> Path:
    """Return where the signed twin of a file belongs.

    ``shortcuts/en/X.shortcut`` → ``shortcuts/signed/en/X.shortcut``; a file of no
    release, ``X.shortcut`` → ``signed/X.shortcut``.
    """
    unsigned = unsigned.absolute()
    folder = release_folder(unsigned)
    if folder is None:
        return unsigned.parent / _FOLDER / unsigned.name
    return folder / _FOLDER / unsigned.parent.name / unsigned.name


def unsigned_path(signed: Path) -> Path | None:
    """Return the build a signed file came from, where it lies in its place."""
    signed = signed.absolute()
    above = signed.parents
    if above[0].name == _FOLDER:
        candidate = above[1] / signed.name
    elif len(above) > 2 and above[1].name == _FOLDER:
        candidate = above[2] / above[0].name / signed.name
    else:
        return None
    return candidate if candidate.is_file() else None


def find_unsigned(path: Path) -> list[Path]:
    """List the files to sign: a file itself, or what a folder holds, sorted."""
    if not path.is_dir():
        return [path]
    found = path.rglob(f"*{EXTENSION}")
    return sorted(f for f in found if _FOLDER not in f.relative_to(path).parts)


def write_signed(unsigned: Path, build: bytes, signed: bytes) -> Path:
    """Put a signed file in its place, and into ledger and index.

    Parameters
    ----------
    unsigned
        The built file; it stays.
    build
        Its bytes, as they were signed.
    signed
        What came back, checked.
    """
    path = signed_path(unsigned)
    write_atomically(path, signed)
    if folder := release_folder(unsigned):
        file = f"{unsigned.absolute().parent.name}/{unsigned.name}"
        digest = hashlib.sha256(build).hexdigest()
        ledger_path = folder / _FOLDER / "ledger.json"
        ledger = json.loads(ledger_path.read_bytes()) if ledger_path.exists() else {}
        _write_json(ledger_path, dict(sorted((ledger | {file: digest}).items())))
        _mark(folder / _INDEX, file, digest)
    return path


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole, or as before."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(0o644)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _mark(index_path: Path, file: str, digest: str) -> None:
    """Say in the index that a file is signed, when it lists this very build."""
    index: dict[str, Any] = json.loads(index_path.read_bytes())
    for entry in index["shortcuts"]:
        for built in entry["files"].values():
            if (built["file"], built["sha256"]) == (file, digest):
                built["signed"], built["signed_file"] = "yes", f"{_FOLDER}/{file}"
    _write_json(index_path, index)


def _write_json(path: Path, content: object) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    write_atomically(path, text.encode())
