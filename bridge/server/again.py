"""Finished answers, which the event loop gives again to who sends the same bytes.

The application says of an answer whether it may be given again: it leaves a function
in the environ, under ``AGAIN``, that tells each time whether that still holds. All
that is known here are bytes: a request that is equal to the last byte of its head to
one that was read, judged and answered gets what that one got, with another date (and
another request id). So nothing is parsed twice, and nothing is decided here.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

# What may be given again: where the server asks for it, the environ holds None.
AGAIN = "bridge.again"
LARGEST_HEAD = 4 * 1024  # of a request
LARGEST_BYTES = 272 * 1024  # of an answer, head and body
MOST_BYTES = 4 * 1024 * 1024
ROW_BYTES = 1024  # what one costs beside its bytes
_DATE = b"\r\nDate: "
_LINE_END = b"\r\n"


@dataclass(frozen=True, slots=True)
class Again:
    """An answer, whole but for its date and the id of its request.

    Attributes
    ----------
    holds
        Tells whether it may be given now. It waits for nothing and never raises.
    words
        What the access log says of it, whoever asks and however long it takes.
    closes
        Whether the connection ends with it, as the request wished.
    """

    holds: Callable[[], bool]
    words: dict[str, Any]
    closes: bool
    before_date: bytes = field(repr=False)
    after_date: bytes = field(repr=False)
    after_id: bytes | None = field(repr=False)  # None where no header names it

    def whole(self, date: bytes, request_id: str) -> bytes:
        """Return the bytes to send, with this date."""
        dated = self.before_date + date + self.after_date
        if self.after_id is None:
            return dated
        return dated + request_id.encode() + self.after_id


def again_from(
    sent: bytes,
    holds: Callable[[], bool],
    words: dict[str, Any],
    *,
    closes: bool,
    request_id: str,
) -> Again | None:
    """Return what was sent, to be sent again; None where it has not the usual form."""
    head, ended, _ = sent.partition(_LINE_END * 2)
    before, dated, rest = sent.partition(_DATE)
    _, line_end, after = rest.partition(_LINE_END)
    if not (ended and dated and line_end and len(before) < len(head)):
        return None
    after = line_end + after
    after_id = None
    if request_id:
        after, named, after_id = after.partition(request_id.encode())
        if not named:
            return None
    return Again(holds, words, closes, before + dated, after, after_id)


class Answers:
    """Answers by the heads of requests, up to so many bytes: the oldest go first."""

    def __init__(self) -> None:
        self._answers: OrderedDict[bytes, tuple[Again, int]] = OrderedDict()
        self._held_bytes = 0

    def find(self, head: bytes) -> Again | None:
        """Return the answer to a request of exactly these bytes."""
        row = self._answers.get(head)
        return None if row is None else row[0]

    def keep(self, head: bytes, again: Again) -> None:
        """Keep an answer, in place of the one before."""
        self.drop(head)
        parts = (head, again.before_date, again.after_date, again.after_id or b"")
        size = sum(map(len, parts)) + ROW_BYTES
        self._answers[head] = again, size
        self._held_bytes += size
        while self._held_bytes > MOST_BYTES:
            self.drop(next(iter(self._answers)))

    def drop(self, head: bytes) -> None:
        """Forget an answer."""
        row = self._answers.pop(head, None)
        if row is not None:
            self._held_bytes -= row[1]
