"""Writing to Intervals.icu: each call goes out exactly once.

A write whose answer is lost may have been stored. It is never sent again from here;
who asked for it reads back what is stored now.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from http import HTTPStatus
from typing import BinaryIO

import msgspec
from urllib3.filepost import choose_boundary, encode_multipart_formdata

from bridge.domain.raw import RawRecord
from bridge.upstream.answers import decode
from bridge.upstream.call import Caller, Credentials, Wire
from bridge.upstream.client import Client
from bridge.upstream.deadline import Deadline, within
from bridge.upstream.transport import CHUNK_BYTES

Row = Mapping[str, object]  # upstream's keys

CREATED = HTTPStatus.CREATED
_WRITE_SHARE = 0.6  # of the time that is left: reading back needs the rest
_JSON = {"Content-Type": "application/json"}


class RawMade(RawRecord):
    """What is read of a thing that was made."""

    id: object = None


class RawUpload(RawRecord):
    """What is read of an ``UploadResponse``."""

    id: object = None
    activities: object = None


class Writer(Caller):
    """Write to Intervals.icu on behalf of one athlete.

    Attributes
    ----------
    client
        Reads what upstream has now: it keeps nothing and takes nothing kept.
    writes_sent
        How many calls went out that may have changed something.
    """

    def __init__(
        self,
        wire: Wire,
        credentials: Credentials,
        deadline: Deadline,
        *,
        device_id: str = "",
    ):
        uncached = replace(wire, cache=None)
        super().__init__(uncached, credentials, deadline, device_id=device_id)
        self.client = Client(uncached, credentials, deadline, device_id=device_id)
        self.writes_sent = 0

    def put_wellness(self, day: date, row: Row) -> None:
        """Change fields of one day: ``PUT /athlete/{id}/wellness/{date}``."""
        self._write("PUT", f"{self._athlete}/wellness/{day.isoformat()}", row)

    def put_wellness_days(self, rows: Sequence[Row]) -> None:
        """Change fields of several days: ``PUT /athlete/{id}/wellness-bulk``.

        Each row names its day as ``id``.
        """
        self._write("PUT", f"{self._athlete}/wellness-bulk", rows)

    def put_activity(self, activity_id: str, row: Row) -> None:
        """Change fields of an activity: ``PUT /activity/{id}``; -1 clears a number."""
        self._write("PUT", f"/activity/{activity_id}", row)

    def delete_activity(self, activity_id: str) -> None:
        """Remove an activity: ``DELETE /activity/{id}``."""
        self._write("DELETE", f"/activity/{activity_id}")

    def post_activity_file(
        self, file: BinaryIO, file_name: str, **query: str | None
    ) -> tuple[bool, RawUpload]:
        """Upload a recorded file: ``POST /athlete/{id}/activities``.

        Parameters
        ----------
        file, file_name
            The file, from where it stands, and a name whose ending tells its kind.
        query
            ``name``, ``external_id``.

        Returns
        -------
        tuple
            Whether there was anything new in it, and upstream's answer.
        """
        target = self._target(f"{self._athlete}/activities", **query)
        body = _Form(file, file_name)
        headers = {"Content-Type": body.content_type}
        status, answer = self._send_once("POST", target, headers=headers, body=body)
        return status == CREATED, decode(answer, RawUpload, target)

    def post_manual_activity(self, row: Row) -> RawMade:
        """Add what was not recorded: ``POST /athlete/{id}/activities/manual``."""
        target = f"{self._athlete}/activities/manual"
        return decode(self._write("POST", target, row), RawMade, target)

    def post_event(self, row: Row) -> RawMade:
        """Make a calendar entry: ``POST /athlete/{id}/events``."""
        target = f"{self._athlete}/events"
        return decode(self._write("POST", target, row), RawMade, target)

    def put_event(self, event_id: str, row: Row) -> None:
        """Change fields of a calendar entry: ``PUT /athlete/{id}/events/{id}``."""
        self._write("PUT", f"{self._athlete}/events/{event_id}", row)

    def delete_event(self, event_id: str) -> None:
        """Remove a calendar entry: ``DELETE /athlete/{id}/events/{id}``."""
        self._write("DELETE", f"{self._athlete}/events/{event_id}")

    def mark_done(self, event_id: str) -> RawMade:
        """Make an activity of a plan: ``POST …/events/{id}/mark-done``."""
        target = f"{self._athlete}/events/{event_id}/mark-done"
        return decode(self._write("POST", target), RawMade, target)

    def put_sport_settings(self, settings_id: str, row: Row) -> None:
        """Change fields of a sport: ``PUT /athlete/{id}/sport-settings/{id}``.

        Upstream would work out heart rate zones anew if it were not told to leave
        them.
        """
        path = f"{self._athlete}/sport-settings/{settings_id}"
        self._write("PUT", self._target(path, recalcHrZones="false"), row)

    def apply_sport_settings(self, settings_id: str) -> None:
        """Work out past activities anew, later: ``PUT …/sport-settings/{id}/apply``."""
        self._write("PUT", f"{self._athlete}/sport-settings/{settings_id}/apply")

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
        return self._send_once(method, target, headers=_JSON, body=encoded)[1]

    def _send_once(
        self,
        method: str,
        target: str,
        *,
        headers: Mapping[str, str],
        body: bytes | _Form | None,
    ) -> tuple[int, bytes]:
        """Send a body of any kind, once; return the status and the answer's body."""
        share_s = self._deadline.remaining_s() * _WRITE_SHARE
        with within(Deadline.after(share_s)):
            self.writes_sent += 1
            answer = self.send(method, target, headers=headers, body=body)
            if not 200 <= answer.status_code < 300:
                self._refuse(answer, target)
            return answer.status_code, self.read(answer)


class _Form:
    """A form of one file, in pieces: it is never in memory as a whole."""

    def __init__(self, file: BinaryIO, file_name: str) -> None:
        part = (file_name, b"", "application/octet-stream")
        boundary = choose_boundary()
        empty, self.content_type = encode_multipart_formdata({"file": part}, boundary)
        self._tail = f"\r\n--{boundary}--\r\n".encode()
        self._head = empty.removesuffix(self._tail)
        self._file, self._start = file, file.tell()
        self._size = file.seek(0, io.SEEK_END) - self._start

    def __len__(self) -> int:
        return len(self._head) + self._size + len(self._tail)

    def __iter__(self) -> Iterator[bytes]:
        yield self._head
        self._file.seek(self._start)
        yield from iter(partial(self._file.read, CHUNK_BYTES), b"")
        yield self._tail
