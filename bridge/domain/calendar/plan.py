"""What a day or a stretch of days holds: planned, done, noted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby

from bridge.domain.calendar.event import (
    RACES,
    SESSIONS,
    Event,
    covers,
    last_day,
    say_category,
    say_event_name,
    say_workout,
)
from bridge.domain.calendar.workout import WorkoutStep
from bridge.domain.moment import read_day, say_day
from bridge.domain.speech.breath import in_one_breath, sentence, short
from bridge.domain.speech.trim import LONGEST, begin
from bridge.domain.speech.voice import Voice

_Part = tuple[str, int]  # a sentence, and how many entries it names
_Wordings = Sequence[_Part]  # of one day, the longest first

_BLOCKS = ("SICK", "INJURED", "HOLIDAY", "PLAN", "NOTE")
_MOST_NAMED = 3


def next_session(events: Sequence[Event], now_local: datetime) -> Event | None:
    """Return the next workout or race that is not done, today's included."""
    waiting = [event for event in events if event.category in SESSIONS]
    waiting = [
        event for event in waiting if not event.done and _still(event, now_local)
    ]
    return min(waiting, key=lambda event: event.start_local or "", default=None)


def say_today(
    events: Sequence[Event],
    voice: Voice,
    today: date,
    *,
    day: date | None = None,
    steps: Mapping[str, Sequence[WorkoutStep]] | None = None,
) -> str:
    """Say what a day holds: what is still to do, what is done, what else is noted.

    ``day`` is today unless another is asked for; ``steps`` come from
    :func:`steps_by_event`.
    """
    day = day or today
    when = voice.day(day, today)
    nothing = "plan.nothing_past" if day < today else "plan.nothing"
    on_day = [event for event in events if covers(event, day)]
    sessions = [event for event in on_day if event.category in SESSIONS]
    waiting = [event for event in sessions if not event.done]
    done = [event for event in sessions if event.done]
    blocks = [event for event in on_day if event.category in _BLOCKS]
    return in_one_breath(
        (
            None if sessions else voice.say(nothing, day=when),
            _say_waiting(waiting, voice, today, steps or {}),
            _say_done(done, voice, when),
            *(say_block(event, voice) for event in sorted(blocks, key=_block_rank)),
        )
    )


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


def say_block(event: Event, voice: Voice) -> str:
    """Say what is no session: a note, a holiday, a training phase."""
    category = say_category(event.category, voice)
    if event.name is None:
        return sentence(category)
    name = short(event.name)
    return sentence(voice.say("plan.block", category=category, name=name))


def _say_waiting(
    waiting: Sequence[Event],
    voice: Voice,
    today: date,
    steps: Mapping[str, Sequence[WorkoutStep]],
) -> str | None:
    if not waiting:
        return None
    if len(waiting) > 1:
        names = [say_event_name(event, voice) for event in waiting[:_MOST_NAMED]]
        count = voice.say("plan.many", n=len(waiting), names=voice.listed(names))
        return in_one_breath((count, _say_sum(waiting, voice)))
    only = waiting[0]
    return say_workout(only, voice, today, steps=steps.get(only.event_id, ()))


def _say_sum(events: Sequence[Event], voice: Voice) -> str | None:
    seconds = sum(event.planned_s or 0 for event in events)
    load = sum(event.planned_load or 0 for event in events)
    parts = (
        voice.say_duration(seconds) if seconds else None,
        voice.say("load", n=load) if load else None,
    )
    said = [part for part in parts if part]
    return voice.say("activities.total", what=voice.listed(said)) if said else None


def _say_done(done: Sequence[Event], voice: Voice, when: str) -> str | None:
    if not done:
        return None
    names = [say_event_name(event, voice) for event in done[:_MOST_NAMED]]
    return sentence(voice.say("plan.done", day=when, names=voice.listed(names)))


def _block_rank(event: Event) -> int:
    return _BLOCKS.index(event.category or "")


def _still(event: Event, now_local: datetime) -> bool:
    first = read_day(event.date)
    return first is not None and last_day(event, first) >= now_local.date()


def _as_far_as_fits(
    parts: Sequence[_Wordings], left: int, spoken: int, voice: Voice
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


def _length(part: _Part, left: int, voice: Voice) -> int:
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


def _say_days(
    events: Sequence[Event], voice: Voice, today: date
) -> Iterator[_Wordings]:
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
