"""Wellness days: several may be written in one call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from bridge.domain.raw import flatten_all
from bridge.domain.speech.breath import in_one_breath
from bridge.domain.speech.voice import Voice
from bridge.domain.values import Values, scalar
from bridge.domain.wellness.day import Wellness, flatten_wellness, say_value
from bridge.domain.wellness.written import empty_values, upstream_row, values_of
from bridge.upstream.writer import Writer
from bridge.writes.writable import Changeable


class WellnessDays(Changeable):
    """Fields of wellness days; the target is the day."""

    name = "wellness"
    empties = False  # nobody knows: null was seen to change nothing

    def __init__(self, writer: Writer) -> None:
        self._client, self._writer = writer.client, writer

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
        days = self.read_days(wanted[0], wanted[-1])
        known = {day.date: values_of(day) for day in days}
        return {target: known.get(target, empty_values()) for target in targets}

    def change(self, wanted: Mapping[str, Values]) -> None:
        """Send the fields: one day by itself, several as a list."""
        rows = [{"id": day, **upstream_row(wanted[day])} for day in wanted]
        if len(rows) > 1:
            self._writer.put_wellness_days(rows)
            return
        (row,) = rows
        self._writer.put_wellness(date.fromisoformat(str(row.pop("id"))), row)

    def say(self, target: str, values: Values, voice: Voice) -> str:
        """Say the values, one short sentence for each."""
        del target
        said = [
            say_value(name, scalar(value), voice)
            or voice.say("stored.empty", name=voice.field(name))
            for name, value in values.items()
        ]
        return in_one_breath(voice, said)
