"""Signed files that somebody put into the data folder, handed out without a release.

The folder ``signed`` beside the database has what ``shortcuts/signed`` has::

    data/bridge.db
    data/signed/en/My training form.shortcut

Only the files of our own catalogue are looked for, each by the name our index gives it.
One is handed out after every check of ``verify``, and while its actions are those of
this version's build; a file that changes is checked again.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from bridge.shortcuts.files import FOLDER, BuiltFile, Index
from bridge.shortcuts.signing import Refused

Reason = Literal["expired", "damaged", "other", "unchecked"]
"""Too old · no file an iPhone takes · of another version · no means to check."""

SIGNED = "signed"  # the folder of them, beside the database
_CHECKS_WITH = "aea"
_MAX_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Judged:
    sha256: str
    expires_at: datetime | None
    reason: Reason | None


@dataclass(slots=True)
class DroppedSet:
    """The signed files of one folder; nothing is kept of them but what was found.

    Attributes
    ----------
    folder
        It need not exist.
    clock
        Tells whether a certificate is still valid.
    roots
        SHA-256 of the root certificates to believe; None: Apple's.
    """

    folder: Path
    clock: Callable[[], datetime]
    roots: Collection[str] | None = None
    _judged: dict[str, _Judged] = field(default_factory=dict)

    def read(self, built: BuiltFile) -> bytes | None:
        """Return the signed twin of a build; None where none may be handed out."""
        content = self._content(built)
        if content is None or self._judge(built, content) is not None:
            return None
        return content

    def has(self, built: BuiltFile) -> bool:
        """Tell whether the signed twin of a build may be handed out."""
        return self.read(built) is not None

    def judge_new(self, built: BuiltFile, content: bytes) -> Reason | None:
        """Return why bytes from elsewhere may not be the signed twin of a build."""
        digest = hashlib.sha256(content).hexdigest()
        judged = self._verify(built, content, digest)
        return judged.reason

    def refusals(self, index: Index) -> Iterator[tuple[str, Reason | None]]:
        """Tell of each file that is there why it is not handed out; None: it is."""
        for entry in index.shortcuts:
            for language, built in entry.files.items():
                content = self._content(built)
                if content is not None:
                    yield entry.names[language], self._judge(built, content)

    def _content(self, built: BuiltFile) -> bytes | None:
        try:
            # Neither a pipe, which would keep us waiting, nor a link out of the folder.
            flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
            with os.fdopen(os.open(self.folder / built.file, flags), "rb") as file:
                return file.read(_MAX_BYTES + 1)
        except OSError:
            return None

    def _judge(self, built: BuiltFile, content: bytes) -> Reason | None:
        digest = hashlib.sha256(content).hexdigest()
        judged = self._judged.get(built.file)
        if judged is None or judged.sha256 != digest:
            judged = self._verify(built, content, digest)
            self._judged[built.file] = judged
        if judged.expires_at is not None and judged.expires_at <= self.clock():
            return "expired"
        return judged.reason

    def _verify(self, built: BuiltFile, content: bytes, digest: str) -> _Judged:
        if importlib.util.find_spec(_CHECKS_WITH) is None:
            return _Judged(digest, None, "unchecked")
        # 0.1 s of imports, for those who put files there
        from bridge.shortcuts.signing.certificates import APPLE_ROOTS
        from bridge.shortcuts.signing.verify import verify

        now = self.clock()
        roots = APPLE_ROOTS if self.roots is None else self.roots
        try:
            verified = verify(content, now=now, roots=roots)
        except Refused as refusal:
            expired = " expired on " in str(refusal)
            return _Judged(digest, None, "expired" if expired else "damaged")
        try:
            unsigned = (FOLDER / built.file).read_bytes()
            verify(content, now=now, unsigned=unsigned, roots=roots)
        except Refused:
            return _Judged(digest, verified.expires_at, "other")
        return _Judged(digest, verified.expires_at, None)
