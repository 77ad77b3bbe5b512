"""The calendar of some days, told day by day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from bridge.domain.breath import begin, sentence
from bridge.domain.event import RACES, Event, last_day, say_event_name
from bridge.domain.moment import read_day, say_day
from bridge.domain.plan import say_block
from bridge.domain.speech import LONGEST
from bridge.domain.voice import Voice

Part = tuple[str, int]  # a sentence, and how many entries it names
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
        *([] if race is None else [(_say_race(race, voice, today), 1)]),
        *_say_days(others, voice, today),
        *((say_block(event, voice), 1) for event in lasting),
    )
    count = voice.say("events.count", n=len(events))
    return " ".join((count, *_as_far_as_fits(parts, len(events), len(count), voice)))


def _as_far_as_fits(
    parts: Sequence[Part], left: int, spoken: int, voice: Voice
) -> Iterator[str]:
    """Yield sentences up to the first that does not fit, and how many are left."""
    said = False
    for part, named in parts:
        more = [voice.say("events.more", n=left - named)] if left > named else []
        if spoken + sum(1 + len(words) for words in (part, *more)) > LONGEST:
            break
        yield part
        said, spoken, left = True, spoken + 1 + len(part), left - named
    if said and left:
        yield voice.say("events.more", n=left)


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


def _say_days(events: Sequence[Event], voice: Voice, today: date) -> Iterator[Part]:
    in_order = sorted(events, key=lambda event: event.date or "")
    for day, group in groupby(in_order, key=lambda event: event.date):
        names = [say_event_name(event, voice) for event in group][:_MOST_NAMED]
        yield _say_names(read_day(day), voice.listed(names), voice, today), len(names)


def _say_names(day: date | None, names: str, voice: Voice, today: date) -> str:
    if day is None:
        return sentence(names)
    said = voice.say("events.day", day=voice.day(day, today), names=names)
    return sentence(begin(said))


def _lasts(event: Event, today: date) -> bool:
    first = read_day(event.date)
    return first is not None and first < today <= last_day(event, first)
