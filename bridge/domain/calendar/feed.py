"""The calendar as a feed (RFC 5545), for the calendar app of a phone or computer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bridge.domain.calendar.event import (
    RACES,
    SESSIONS,
    Event,
    RawEvent,
    last_day,
    say_event_name,
)
from bridge.domain.flat import ident
from bridge.domain.moment import read_clock, read_day, read_instant
from bridge.domain.speech.voice import Voice

if TYPE_CHECKING:
    import icalendar

FEED_CATEGORIES = ("WORKOUT", *RACES, "PLAN")
_PRODUCT = "-//intervals-bridge//training//EN"
_OURS = "intervals-bridge"  # in every UID, wherever the bridge is
_DAY = timedelta(days=1)
_UNKNOWN_LENGTH = timedelta(hours=1)
_REFRESH = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """How a feed is written.

    Attributes
    ----------
    voice
        For the titles of what has no name.
    zone
        The athlete's time zone, in which wall clocks are read.
    stamps
        When an entry was changed last, in UTC, by its id.
    busy
        No names and no steps: only when there is a session.
    """

    voice: Voice
    zone: ZoneInfo
    stamps: Mapping[str, str]
    busy: bool = False

    def write(self, events: Iterable[Event]) -> bytes:
        """Return planned workouts, races and phases as an iCalendar file.

        An entry stands on its whole day, unless it has a time of day; then it lasts
        as long as it is planned, an hour where nobody knows. What is done has a tick.
        Equal entries give equal bytes.
        """
        from icalendar import Calendar

        feed = Calendar()
        feed.add("prodid", _PRODUCT)
        feed.add("version", "2.0")
        feed.add("method", "PUBLISH")
        feed.add("x-wr-calname", self._title)
        feed.add("x-wr-timezone", self.zone.key)
        feed.add("refresh-interval", _REFRESH, {"VALUE": "DURATION"})
        feed.add("x-published-ttl", "PT1H")
        shown = SESSIONS if self.busy else FEED_CATEGORIES
        for event in sorted(events, key=lambda one: (one.date or "", one.event_id)):
            day = read_day(event.date)
            if day is not None and event.category in shown:
                feed.add_component(self._entry(event, day))
        written: bytes = feed.to_ical()
        return written

    @property
    def _title(self) -> str:
        return self.voice.say("feed.busy" if self.busy else "feed.title")

    def _entry(self, event: Event, day: date) -> icalendar.Event:
        import icalendar

        first, end = self._span(event, day)
        entry = icalendar.Event()
        entry.add("uid", f"{event.event_id}@{_OURS}")
        stamp = self.stamps.get(event.event_id)
        at = datetime.fromisoformat(stamp) if stamp else _midnight(day)
        entry.add("dtstamp", at)
        if stamp:
            entry.add("last-modified", at)
        entry.add("dtstart", first)
        entry.add("dtend", end)
        # A day that holds a workout is not taken up by it.
        timed = isinstance(first, datetime)
        entry.add("transp", "OPAQUE" if timed else "TRANSPARENT")
        if self.busy:
            entry.add("summary", self._title)
            return entry
        name = event.name or say_event_name(event, self.voice)
        entry.add("summary", f"✓ {name}" if event.done else name)
        about = event.workout_steps or event.description
        if about and event.category in SESSIONS:
            entry.add("description", about)
        return entry

    def _span(self, event: Event, day: date) -> tuple[date, date]:
        """Return when it begins and the first day or moment after it."""
        clock = read_clock(event.start_local)
        if clock is None or event.category not in SESSIONS:
            return day, min(last_day(event, day), date.max - _DAY) + _DAY
        first = clock.replace(tzinfo=self.zone).astimezone(UTC)
        length = timedelta(seconds=event.planned_s or 0) or _UNKNOWN_LENGTH
        return first, first + length


def read_stamps(raws: Iterable[RawEvent]) -> dict[str, str]:
    """Return when each entry was changed last, in UTC, by its id."""
    stamps = {ident(raw.id): read_instant(raw.updated) for raw in raws}
    return {event_id: at for event_id, at in stamps.items() if event_id and at}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
