"""Sign a file: look for secrets, have it signed, check it, put it where it is served.

A folder of built shortcuts has an index and a folder for each language::

    index.json
    en/My training form.shortcut
    signed/en/My training form.shortcut
    signed/ledger.json                    what was signed, and its link in iCloud

The builder marks a file as signed when the ledger knows its build; the index is marked
here too, so that an installed bridge, which cannot build, serves what was signed.

One signature serves all files of the same contents: a name is not inside. The record
that Apple keeps of a signature is named after the file, so its link goes with no other
name; and with nobody's before it was tried on a phone.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bridge.shortcuts.build import link_of
from bridge.shortcuts.files import EXTENSION, HUB
from bridge.shortcuts.signing import Refused
from bridge.shortcuts.signing.ask_mac import Signer
from bridge.shortcuts.signing.certificates import APPLE_ROOTS
from bridge.shortcuts.signing.container import MAX_FILE_BYTES
from bridge.shortcuts.signing.contents import read_workflow, refuse_secrets
from bridge.shortcuts.signing.verify import Verified, verify

GOOD_FOR = timedelta(days=60)
"""A signature that lasts so long is left alone, and its iCloud record with it."""

_FOLDER = "signed"
_INDEX = "index.json"
_RECORD = re.compile("[0-9a-f]{32}")
_LINK = "https://www.icloud.com/shortcuts/"


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
    signed = signer(build, unsigned.stem)
    try:
        verified = verify(signed, now=judge.now, unsigned=build, roots=judge.roots)
    except Refused as refusal:
        raise Refused(f"what came back was refused: {refusal}") from refusal
    write_signed(unsigned, build, signed, icloud=link_from(verified.signer))
    return verified


def copy_signed(source: Path, unsigned: Path, judge: Judge) -> Verified:
    """Give a file the signature of another one with the same contents.

    Raises
    ------
    Refused
        If they are not the same after all, or the signature is not good.
    """
    signed, build = read_file(signed_path(source)), read_file(unsigned)
    verified = verify(signed, now=judge.now, unsigned=build, roots=judge.roots)
    same_name = source.name == unsigned.name
    write_signed(
        unsigned, build, signed, icloud=icloud_link(source) if same_name else ""
    )
    return verified


def link_from(signer: str) -> str:
    """Return the link of the record that Apple names a signer after; "" for none."""
    return _LINK + signer if _RECORD.fullmatch(signer) else ""


def icloud_link(unsigned: Path) -> str:
    """Return the link of a signed file in iCloud, tried or not; "" for none."""
    folder = release_folder(unsigned)
    known = _read_ledger(folder).get(_file_of(unsigned), {}) if folder else {}
    return known.get("icloud", "")


def hand_out_link(unsigned: Path) -> bool:
    """Put a signed file's link, as one was tried, into the index; False: none."""
    folder, file = release_folder(unsigned), _file_of(unsigned)
    known = _read_ledger(folder).get(file, {}) if folder else {}
    if folder is None or not known.get("icloud"):
        return False
    _record(folder, file, known | {"tried": "yes"})
    return True


def group_equal(files: Iterable[Path]) -> list[list[Path]]:
    """Group files of equal contents; the one that serves everybody comes first.

    One that cannot be read is alone, to be refused when its turn comes.
    """
    groups: dict[str, list[Path]] = {}
    for file in files:
        try:
            digest = hashlib.sha256(read_file(file)).hexdigest()
        except Refused:
            digest = str(file)
        groups.setdefault(digest, []).append(file)
    return sorted(groups.values(), key=lambda group: not any(map(_is_hub, group)))


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


def write_signed(unsigned: Path, build: bytes, signed: bytes, icloud: str = "") -> Path:
    """Put a signed file in its place, and into ledger and index.

    Parameters
    ----------
    unsigned
        The built file; it stays.
    build
        Its bytes, as they were signed.
    signed
        What came back, checked.
    icloud
        The link of its record, where that has this name.
    """
    path = signed_path(unsigned)
    write_atomically(path, signed)
    if folder := release_folder(unsigned):
        digest = hashlib.sha256(build).hexdigest()
        signature = {"sha256": digest, "icloud": icloud, "tried": "no"}
        _record(folder, _file_of(unsigned), signature)
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


def _file_of(unsigned: Path) -> str:
    return f"{unsigned.absolute().parent.name}/{unsigned.name}"


def _is_hub(unsigned: Path) -> bool:
    folder = release_folder(unsigned)
    if folder is None:
        return False
    index = json.loads((folder / _INDEX).read_bytes())
    return any(
        built["file"] == _file_of(unsigned)
        for entry in index["shortcuts"]
        if entry["slug"] == HUB
        for built in entry["files"].values()
    )


def _read_ledger(folder: Path) -> dict[str, dict[str, str]]:
    path = folder / _FOLDER / "ledger.json"
    ledger: dict[str, dict[str, str]]
    ledger = json.loads(path.read_bytes()) if path.exists() else {}
    return ledger


def _record(folder: Path, file: str, signature: dict[str, str]) -> None:
    ledger = _read_ledger(folder) | {file: signature}
    _write_json(folder / _FOLDER / "ledger.json", dict(sorted(ledger.items())))
    _mark(folder / _INDEX, file, signature)


def _mark(index_path: Path, file: str, signature: dict[str, str]) -> None:
    """Say in the index that a file is signed, when it lists this very build."""
    index: dict[str, Any] = json.loads(index_path.read_bytes())
    for entry in index["shortcuts"]:
        for language, built in entry["files"].items():
            if (built["file"], built["sha256"]) == (file, signature["sha256"]):
                built["signed"], built["signed_file"] = "yes", f"{_FOLDER}/{file}"
                built["icloud"] = link_of(entry["slug"], language, signature)
    _write_json(index_path, index)


def _write_json(path: Path, content: object) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    write_atomically(path, text.encode())
