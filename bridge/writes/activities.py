"""Activities: what the athlete writes to them, and files that become new ones."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import BinaryIO

from bridge.domain.activity.activity import MANUAL, RawWritableActivity
from bridge.domain.activity.input import recalled, upstream_row, values_of
from bridge.domain.activity.manual import (
    is_repeat,
    manual_row,
    manual_values,
)
from bridge.domain.activity.written import say_values
from bridge.domain.flat import ident
from bridge.domain.moment import read_day
from bridge.domain.speech.breath import short
from bridge.domain.speech.voice import Voice
from bridge.domain.values import Values
from bridge.errors import KnownFile, NoRecord, UpstreamGarbage
from bridge.upstream.writer import RawUpload, Writer
from bridge.writes.writable import Changeable, Makeable

_FIRST_DAY = date(1990, 1, 1)
_LAST_DAY = date(2100, 12, 31)


class Activities(Changeable):
    """Fields of activities; the target is upstream's id."""

    name = "activity"

    def __init__(self, writer: Writer) -> None:
        self._client, self._writer = writer.client, writer
        self._seen: dict[str, RawWritableActivity] = {}

    def read(self, targets: Sequence[str]) -> Mapping[str, Values | None]:
        """Return the fields of each activity."""
        return {target: self._read(target) for target in targets}

    def seen(self, target: str) -> RawWritableActivity:
        """Return an activity as it was read last."""
        return self._seen[target]

    def change(self, wanted: Mapping[str, Values]) -> None:
        """Send the fields that change."""
        for target, values in wanted.items():
            self._writer.put_activity(target, upstream_row(values))

    def recall(self, values: Values) -> Values:
        """Return values of the journal as they are noted now."""
        return recalled(values)

    def say(self, target: str, values: Values, voice: Voice) -> str:
        """Say the values."""
        del target
        return say_values(values, voice, names={})

    def _read(self, target: str) -> Values | None:
        try:
            self._seen[target] = self._client.writable_activity(target)
        except NoRecord:
            return None
        return values_of(self._seen[target])


class Uploads(Makeable):
    """Activities made of a recorded file; the target is their ids, by commas.

    Parameters
    ----------
    writer
        Writes, and reads what upstream has now.
    file, file_name, activity_name
        The file, at its first byte, and what it shall be called; none where an upload
        is taken back.
    look_first
        Whether an earlier try may have arrived: then it is looked for by the
        ``external_id`` that we gave it.
    """

    name = "upload"
    fields = ("external_id", "rpe", "feel", "description")

    def __init__(
        self,
        writer: Writer,
        *,
        file: BinaryIO | None = None,
        file_name: str = "",
        activity_name: str | None = None,
        look_first: bool = False,
    ) -> None:
        self._client, self._writer = writer.client, writer
        self._file = file
        self._file_name = file_name
        self._activity_name = activity_name
        self._look_first = look_first
        self._seen: dict[str, RawWritableActivity] = {}

    def seen(self, target: str) -> RawWritableActivity:
        """Return the first activity as it was read last."""
        return self._seen[target]

    def read(self, targets: Sequence[str]) -> Mapping[str, Values | None]:
        """Return what tells whether the first activity was touched since."""
        return {target: self._read(target) for target in targets}

    def make(self, values: Values) -> str:
        """Upload the file, unless an earlier try did.

        Raises
        ------
        KnownFile
            If upstream had it all before.
        """
        known = self.find(values) if self._look_first else None
        if known is not None:
            return known
        fresh, upload = self._writer.post_activity_file(
            self._file or io.BytesIO(),
            self._file_name,
            name=self._activity_name,
            external_id=str(values["external_id"]),
        )
        ids = _ids_of(upload)
        if not ids:
            raise UpstreamGarbage("an upload without an id")
        if not fresh:
            raise KnownFile("a duplicate", activity=ids[0])
        return ",".join(ids)

    def remove(self, target: str) -> None:
        """Remove the activities."""
        for activity_id in target.split(","):
            self._writer.delete_activity(activity_id)

    def find(self, values: Values) -> str | None:
        """Return the activities that have our ``external_id``, whenever they were."""
        rows = self._client.activity_ids(_FIRST_DAY, _LAST_DAY)
        ours = [row for row in rows if row.external_id == values["external_id"]]
        return ",".join(filter(None, (ident(row.id) for row in ours))) or None

    def say(self, target: str, values: Values, voice: Voice) -> str:
        """Say that the file is there."""
        del target, values
        return voice.say("change.done")

    def say_title(self, target: str, values: Values, voice: Voice) -> str:
        """Say that it was a file."""
        del target, values
        return voice.say("undo.upload")

    def _read(self, target: str) -> Values | None:
        if not target:
            return None
        try:
            raw = self._client.writable_activity(target.partition(",")[0])
        except NoRecord:
            return None
        self._seen[target] = raw
        found = values_of(raw) | {"external_id": ident(raw.external_id)}
        return {name: found[name] for name in self.fields}


class ManualActivities(Makeable):
    """Activities that were told, not recorded; the target is upstream's id.

    Parameters
    ----------
    writer
        Writes, and reads what upstream has now.
    look_first
        Whether an earlier try may have arrived: then it is looked for by the
        ``external_id`` that we gave it.
    """

    name = "manual"

    def __init__(self, writer: Writer, *, look_first: bool = False) -> None:
        self._client, self._writer = writer.client, writer
        self._look_first = look_first
        self._seen: dict[str, RawWritableActivity] = {}

    def seen(self, target: str) -> RawWritableActivity:
        """Return an activity as it was read last."""
        return self._seen[target]

    def read(self, targets: Sequence[str]) -> Mapping[str, Values | None]:
        """Return what tells whether an activity was touched since."""
        return {target: self._read(target) for target in targets}

    def make(self, values: Values) -> str:
        """Add the activity, unless an earlier try did."""
        known = self.find(values) if self._look_first else None
        made = known or ident(self._writer.post_manual_activity(manual_row(values)).id)
        if made is None:
            raise UpstreamGarbage("made without an id")
        return made

    def remove(self, target: str) -> None:
        """Remove the activity."""
        self._writer.delete_activity(target)

    def find(self, values: Values) -> str | None:
        """Return the activity that has our ``external_id``, around its day."""
        first, last = _around(values)
        rows = self._client.activity_ids(first, last)
        ours = (row for row in rows if row.external_id == values["external_id"])
        return next((ident(row.id) for row in ours), None)

    def alike(self, wanted: Values) -> str | None:
        """Return the id of an activity that was told already, at the same time."""
        first, last = _around(wanted)
        for row in self._client.activities(first, last):
            target = ident(row.id)
            if row.source == MANUAL and target and is_repeat(row, wanted):
                self._read(target)
                return target
        return None

    def say(self, target: str, values: Values, voice: Voice) -> str:
        """Say what the activity is called."""
        del target
        return short(str(values.get("name") or voice.say("category.WORKOUT")), voice)

    def _read(self, target: str) -> Values | None:
        if not target:
            return None
        try:
            raw = self._seen[target] = self._client.writable_activity(target)
        except NoRecord:
            return None
        return manual_values(raw)


def _around(values: Values) -> tuple[date, date]:
    day, near = read_day(values["start_local"]) or _FIRST_DAY, timedelta(days=1)
    return day - near, day + near


def _ids_of(upload: RawUpload) -> list[str]:
    """Return the ids of all activities in an upload, the first one first."""
    rows = upload.activities if isinstance(upload.activities, list) else []
    found = [ident(row.get("id")) for row in rows if isinstance(row, Mapping)]
    return list(dict.fromkeys(filter(None, (ident(upload.id), *found))))
