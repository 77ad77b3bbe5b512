"""The write could not be done, or not as asked."""

from __future__ import annotations

from bridge.errors.base import BridgeError


class KeyReused(BridgeError):
    """The Idempotency-Key was used for another request before."""

    status = 422
    code = "key_reused"


class StillWriting(BridgeError):
    """The same request is being written at this moment."""

    status = 409
    code = "still_writing"


class KnownFile(BridgeError):
    """Intervals.icu has all of a file already; words: ``activity`` (its id)."""

    status = 409
    code = "known_file"


class AlreadyDone(BridgeError):
    """A workout that was done can be neither moved nor skipped; words: ``event``."""

    status = 409
    code = "already_done"


class NotKept(BridgeError):
    """Intervals.icu took the values and kept none; words: ``names``."""

    status = 409
    code = "not_kept"


class DayLocked(NotKept):
    """The day is locked at Intervals.icu, which ignores writes; words: ``day``."""

    code = "day_locked"
