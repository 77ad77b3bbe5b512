"""Wellness days: several may be written in one call."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from bridge.domain.raw import flatten_all, record_of
from bridge.domain.speech.breath import in_one_breath
from bridge.domain.speech.voice import Voice
from bridge.domain.values import Values, scalar
from bridge.domain.wellness.custom import (
    LONG,
    Codes,
    codes_of,
    custom_values,
    is_custom,
    say_custom,
)
from bridge.domain.wellness.day import (
    RawWellness,
    Wellness,
    flatten_wellness,
    say_value,
)
from bridge.domain.wellness.written import empty_values, upstream_row, values_of
from bridge.errors import UpstreamGarbage
from bridge.upstream.writer import Writer
from bridge.writes.writable import Changeable


class WellnessDays(Changeable):
    """Fields of wellness days; the target is the day."""

    name = "wellness"
    empties = False  # nobody knows: null was seen to change nothing

    def __init__(self, writer: Writer) -> None:
        self._client, self._writer = writer.client, writer
        self._codes: dict[str, str] = {}

    def read_days(self, oldest: date, newest: date) -> list[Wellness]:
        """Return the days that are known, private values included."""
        rows = self._client.wellness(oldest, newest)
        return flatten_all(lambda raw: flatten_wellness(raw, private=True), rows)

    def week_to(self, day: date) -> list[Wellness]:
        """Return a day and the seven before it."""
        return self.read_days(day - timedelta(days=7), day)

    def read(self, targets: Sequence[str]) -> Mapping[str, Values | None]:
        """Return each day's values; a day is always there, if only empty."""
        wanted = sorted(date.fromisoformat(target) for target in targets)
        rows = self._client.wellness_rows(wanted[0], wanted[-1])
        self._codes |= codes_of(rows)
        known = {}
        for row in rows:
            with contextlib.suppress(UpstreamGarbage):
                day = flatten_wellness(record_of(row, RawWellness), private=True)
                own = custom_values(row, self._codes)
                known[day.date] = values_of(day) | own
        empty = empty_values() | dict.fromkeys(self._codes)
        return {target: known.get(target, empty) for target in targets}

    def codes_by(self, day: date) -> Codes:
        """Return the codes of fields of the athlete's own, by our names."""
        self._codes |= codes_of(self._client.wellness_rows(day - LONG, day))
        return self._codes

    def change(self, wanted: Mapping[str, Values]) -> None:
        """Send the fields: one day by itself, several as a list."""
        rows = [{"id": day, **self._row(wanted[day])} for day in wanted]
        if len(rows) > 1:
            self._writer.put_wellness_days(rows)
            return
        (row,) = rows
        self._writer.put_wellness(date.fromisoformat(str(row.pop("id"))), row)

    def _row(self, values: Values) -> dict[str, object]:
        own = {
            self._codes[name]: values[name] for name in values if name in self._codes
        }
        return upstream_row(values) | own

    def say(self, target: str, values: Values, voice: Voice) -> str:
        """Say the values, one short sentence for each."""
        del target
        said = [
            say_custom(name, scalar(value), voice)
            if is_custom(name)
            else say_value(name, scalar(value), voice)
            or voice.say("stored.empty", name=voice.field(name))
            for name, value in values.items()
        ]
        return in_one_breath(voice, said)
