"""The calendar of some days, told day by day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from bridge.domain.breath import as_far_as_fits, begin, sentence
from bridge.domain.event import Event, last_day, say_event_name
from bridge.domain.moment import read_day
from bridge.domain.plan import say_block
from bridge.domain.voice import Voice

_MOST_NAMED = 3


def say_events(events: Sequence[Event], voice: Voice, today: date) -> str:
    """Say how many entries there are, then day by day as far as one breath goes.

    What began before today and still lasts (a phase, a holiday) comes last.
    """
    if not events:
        return voice.say("events.none")
    lasting = [event for event in events if _lasts(event, today)]
    others = [event for event in events if event not in lasting]
    return as_far_as_fits(
        (
            voice.say("events.count", n=len(events)),
            *_say_days(others, voice, today),
            *(say_block(event, voice) for event in lasting),
        )
    )


def _say_days(events: Sequence[Event], voice: Voice, today: date) -> Iterator[str]:
    in_order = sorted(events, key=lambda event: event.date or "")
    for day, of_day in groupby(in_order, key=lambda event: event.date):
        names = [say_event_name(event, voice) for event in of_day][:_MOST_NAMED]
        yield _say_day(read_day(day), voice.listed(names), voice, today)


def _say_day(day: date | None, names: str, voice: Voice, today: date) -> str:
    if day is None:
        return sentence(names)
    said = voice.say("events.day", day=voice.day(day, today), names=names)
    return sentence(begin(said))


def _lasts(event: Event, today: date) -> bool:
    first = read_day(event.date)
    return first is not None and first < today <= last_day(event, first)
