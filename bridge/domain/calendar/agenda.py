"""The calendar of some days, told day by day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from bridge.domain.calendar.event import RACES, Event, last_day, say_event_name
from bridge.domain.calendar.plan import say_block
from bridge.domain.moment import read_day, say_day
from bridge.domain.speech.breath import sentence
from bridge.domain.speech.trim import LONGEST, begin
from bridge.domain.speech.voice import Voice

Part = tuple[str, int]  # a sentence, and how many entries it names
Wordings = Sequence[Part]  # of one day, the longest first
_MOST_NAMED = 3


def say_events(events: Sequence[Event], voice: Voice, today: date) -> str:
    """Say how many entries there are, the next race, then all of them day by day.

    What began before today and still lasts (a phase, a holiday) comes last; what is
    too much for one breath is counted.
    """
    if not events:
        return voice.say("events.none")
    lasting = [event for event in events if _lasts(event, today)]
    race = _next_race(events, today)
    others = [event for event in events if event not in (race, *lasting)]
    parts = (
        *([] if race is None else [[(_say_race(race, voice, today), 1)]]),
        *_say_days(others, voice, today),
        *([(say_block(event, voice), 1)] for event in lasting),
    )
    count = voice.say("events.count", n=len(events))
    return " ".join((count, *_as_far_as_fits(parts, len(events), len(count), voice)))


def _as_far_as_fits(
    parts: Sequence[Wordings], left: int, spoken: int, voice: Voice
) -> Iterator[str]:
    """Yield sentences up to the first that has to be shortened, then what is left."""
    for wordings in parts:
        room = LONGEST - spoken
        fitting = (part for part in wordings if _length(part, left, voice) <= room)
        said, named = next(fitting, ("", 0))
        if said:
            yield said
            spoken, left = spoken + 1 + len(said), left - named
        if (said, named) != wordings[0]:
            break
    if left:
        yield voice.say("events.more", n=left)


def _length(part: Part, left: int, voice: Voice) -> int:
    """Return how long a sentence is, with the count of what is left behind it."""
    said, named = part
    more = voice.say("events.more", n=left - named) if left > named else ""
    return len(f" {said} {more}".rstrip())


def _next_race(events: Sequence[Event], today: date) -> Event | None:
    races = [
        event
        for event in events
        if event.category in RACES and (read_day(event.date) or date.min) >= today
    ]
    return min(races, key=lambda race: race.date or "", default=None)


def _say_race(race: Event, voice: Voice, today: date) -> str:
    day = say_day(race.date, voice, today) or ""
    return voice.say("plan.race", day=day, name=say_event_name(race, voice))


def _say_days(events: Sequence[Event], voice: Voice, today: date) -> Iterator[Wordings]:
    in_order = sorted(events, key=lambda event: event.date or "")
    for day, group in groupby(in_order, key=lambda event: event.date):
        names = [say_event_name(event, voice) for event in group][:_MOST_NAMED]
        yield [
            (_say_names(read_day(day), voice.listed(names[:most]), voice, today), most)
            for most in range(len(names), 0, -1)
        ]


def _say_names(day: date | None, names: str, voice: Voice, today: date) -> str:
    if day is None:
        return sentence(names)
    said = voice.say("events.day", day=voice.day(day, today), names=names)
    return sentence(begin(said))


def _lasts(event: Event, today: date) -> bool:
    first = read_day(event.date)
    return first is not None and first < today <= last_day(event, first)
