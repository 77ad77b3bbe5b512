"""Signed files given as an address: looked for daily, put beside the database.

The server holds what ``shortcuts/signed`` holds. Only names of our own catalogue are
asked for, and a file is put into the folder of ``dropped`` only when that would hand it
out. What became of the last look stands there too, in ``fetched.json``, for the doctor
and for the other workers: one of them looks, once a day, and after a failure twice more
with ten minutes between.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from bridge.shortcuts.files import FOLDER, Index
from bridge.shortcuts.signing.dropped import DroppedSet

AGAIN = timedelta(days=1)
AFTER_FAILURE = timedelta(minutes=10)
TRIES = 3
_NOTE = "fetched.json"
_LOCK = "fetched.lock"
# These are about one file; any other failure is about the server, and ends the look.
_OF_A_FILE = frozenset({"missing", "large"})

Read = Callable[[str], bytes | str]
"""From ``en/Training.shortcut`` to its bytes, or to a word for why there are none."""


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a look at the address.

    Attributes
    ----------
    of
        A digest of the address and the catalogue it was about.
    at
        When it began.
    tries
        How many looks failed one after the other, this one counted; 0: it worked.
    failure
        Why the look ended early, or found nothing at all; "" where it did not.
    taken
        How many files are good, new or as before.
    refused
        For each reason the names of the files that were not taken.
    """

    of: str
    at: datetime
    tries: int = 0
    failure: str = ""
    taken: int = 0
    refused: dict[str, list[str]] = {}


def digest_of(url: str, folder: Path = FOLDER) -> str:
    """Return what tells an address and a catalogue from others."""
    index = (folder / "index.json").read_bytes()
    return hashlib.sha256(url.encode() + b"\n" + index).hexdigest()


def last_look(folder: Path) -> Look | None:
    """Return what became of the last look; None before the first."""
    try:
        return msgspec.json.decode((folder / _NOTE).read_bytes(), type=Look)
    except (OSError, msgspec.DecodeError):
        return None


def is_due(look: Look | None, of: str, now: datetime) -> bool:
    """Tell whether it is time to look again."""
    if look is None or look.of != of or look.at > now:  # the clock was set back
        return True
    pause = AFTER_FAILURE if 0 < look.tries < TRIES else AGAIN
    return now - look.at >= pause


def look_if_due(dropped: DroppedSet, index: Index, of: str, read: Read) -> bool:
    """Look at the address unless another worker does, or it is too early.

    Raises
    ------
    OSError
        If the folder cannot be written.
    """
    now = dropped.clock()
    if not is_due(last_look(dropped.folder), of, now):
        return False
    with _alone(dropped.folder) as is_alone:
        before = last_look(dropped.folder)
        if not is_alone or not is_due(before, of, now):
            return False
        look = _look(dropped, index, read)
        known = before is not None and before.of == of
        earlier = before.tries if before is not None and known else 0
        tries = earlier % TRIES + 1 if look.failure else 0
        look = msgspec.structs.replace(look, of=of, at=now, tries=tries)
        _replace(dropped.folder / _NOTE, msgspec.json.encode(look))
    return True


def _look(dropped: DroppedSet, index: Index, read: Read) -> Look:
    known, taken, failure = 0, 0, ""
    refused: dict[str, list[str]] = {}
    if importlib.util.find_spec("aea") is None:
        return Look(of="", at=dropped.clock(), failure="unchecked")
    for entry in index.shortcuts:
        for language, built in entry.files.items():
            content = read(built.file)
            if content == "missing":
                continue
            if isinstance(content, str) and content not in _OF_A_FILE:
                return Look(
                    of="",
                    at=dropped.clock(),
                    failure=content,
                    taken=taken,
                    refused=refused,
                )
            known += 1
            reason = (
                content
                if isinstance(content, str)
                else dropped.judge_new(built, content)
            )
            if reason is not None:
                refused.setdefault(reason, []).append(entry.names[language])
                continue
            taken += 1
            path = dropped.folder / built.file
            if isinstance(content, bytes) and dropped.read(built) != content:
                _replace(path, content)
    failure = "" if known else "missing"
    return Look(
        of="", at=dropped.clock(), failure=failure, taken=taken, refused=refused
    )


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[bool]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _LOCK).open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def _replace(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
