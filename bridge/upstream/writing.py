"""Writing to Intervals.icu: each call goes out exactly once.

A write whose answer is lost may have been stored. It is never sent again from here;
who asked for it reads back what is stored now.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from bridge.upstream.call import Caller
from bridge.upstream.deadline import Deadline, within

Row = Mapping[str, object]  # upstream's keys

_WRITE_SHARE = 0.6  # of the time that is left: reading back needs the rest
_JSON = {"Content-Type": "application/json"}


class WritingCaller(Caller):
    """Write to Intervals.icu on behalf of one athlete.

    Attributes
    ----------
    writes_sent
        How many calls went out that may have changed something.
    """

    writes_sent = 0

    def put_wellness(self, day: date, row: Row) -> None:
        """Change fields of one day: ``PUT /athlete/{id}/wellness/{date}``."""
        self._write("PUT", f"{self._athlete}/wellness/{day.isoformat()}", row)

    def put_wellness_days(self, rows: Sequence[Row]) -> None:
        """Change fields of several days: ``PUT /athlete/{id}/wellness-bulk``.

        Each row names its day as ``id``.
        """
        self._write("PUT", f"{self._athlete}/wellness-bulk", rows)

    def forget(self) -> None:
        """Forget what was kept of this athlete's answers: something was written."""
        if self._wire.cache is not None:
            self._wire.cache.forget(self._owner)

    def catch_up(self, writes: int) -> None:
        """Forget what was kept before the athlete's ``writes``-th write.

        Another worker may have written; the count comes with the device's row.
        """
        if self._wire.cache is not None:
            self._wire.cache.catch_up(self._owner, writes)

    def _write(
        self, method: str, target: str, body: Row | Sequence[Row] | None = None
    ) -> bytes:
        """Send one write, once, and return the answer's body.

        Raises
        ------
        UpstreamDown, UpstreamSlow, UpstreamGarbage
            It is not known whether it was stored.
        UpstreamRejected, UpstreamBusy and the like
            It was not stored.
        """
        encoded = None if body is None else msgspec.json.encode(body)
        share_s = self._deadline.remaining_s() * _WRITE_SHARE
        with within(Deadline.after(share_s)):
            self.writes_sent += 1
            answer = self.send(method, target, headers=_JSON, body=encoded)
            if not 200 <= answer.status_code < 300:
                self._refuse(answer, target)
            return self.read(answer)
