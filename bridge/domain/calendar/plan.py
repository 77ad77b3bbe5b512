"""What a day or a stretch of days holds: planned, done, noted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from bridge.domain.activity.activity import Activity
from bridge.domain.calendar.event import (
    SESSIONS,
    Event,
    covers,
    say_category,
    say_event_name,
    say_workout,
)
from bridge.domain.calendar.workout import WorkoutStep
from bridge.domain.moment import read_day
from bridge.domain.overview.fitness import DayLoad
from bridge.domain.speech.breath import in_one_breath, sentence, short
from bridge.domain.speech.voice import Voice

_BLOCKS = ("SICK", "INJURED", "HOLIDAY", "PLAN", "NOTE")
_MOST_NAMED = 3


def next_session(events: Sequence[Event], now_local: datetime) -> Event | None:
    """Return the next workout or race that is not done, today's included."""
    waiting = [event for event in events if event.category in SESSIONS]
    waiting = [
        event for event in waiting if not event.done and _still(event, now_local)
    ]
    return min(waiting, key=lambda event: event.start_local or "", default=None)


def load_left(events: Sequence[Event], day: date) -> int:
    """Return the load of a day's workouts and races that are not done."""
    left = (row for row in events if row.category in SESSIONS and not row.done)
    return sum(row.planned_load or 0 for row in left if read_day(row.date) == day)


def day_load(
    activities: Sequence[Activity], events: Sequence[Event], day: date
) -> DayLoad:
    """Return the load of a day's activities, and of what is planned only."""
    done = sum(activity.training_load or 0 for activity in activities)
    return DayLoad(done=done, planned=load_left(events, day))


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
    day = read_day(event.date)
    return day is not None and day >= now_local.date()
