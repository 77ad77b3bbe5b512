"""The week: planned against done, by sport, with last week beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import TypeVar

import msgspec

from bridge.domain.activity.activity import Activity
from bridge.domain.calendar.event import (
    SESSIONS,
    Event,
    in_order,
    last_day,
    say_event_name,
)
from bridge.domain.flat import total
from bridge.domain.moment import read_day
from bridge.domain.speech.breath import in_one_breath
from bridge.domain.speech.voice import ENGLISH, Voice
from bridge.domain.sport import sport_group

_DAYS = timedelta(days=7)
_NOTABLE_S = 1800
_MOST_NAMED = 2
_BETWEEN_DAYS = ", "
Row = TypeVar("Row", Activity, Event)


class Week(msgspec.Struct, frozen=True, kw_only=True):
    """One week from Monday to Sunday.

    ``left_…`` is what is planned from today on and not done; ``last_…`` is the whole
    week before. Sums leave out what Strava keeps back.
    """

    from_: str = msgspec.field(name="from")
    to: str
    planned_load: int | None = None  # unknown where no plan says its load
    done_load: int = 0
    planned_s: int = 0
    done_s: int = 0
    distance_km: float = 0.0
    planned_distance_km: float | None = None
    climb_m: int = 0
    sessions_planned: int = 0
    sessions_done: int = 0
    left_sessions: int = 0
    left_load: int | None = None
    left_s: int = 0
    left: str | None = None  # the next two of them, with their days
    missed_count: int = 0  # planned before today, and not done
    strava_sessions: int | None = None  # done, but without their numbers
    last_done_load: int = 0
    last_done_s: int = 0
    last_distance_km: float = 0.0
    last_sessions_done: int = 0
    last_left_s: int = 0  # of a week before that is not over: planned and not done


class WeekSport(msgspec.Struct, frozen=True, kw_only=True):
    """One sport of a week."""

    sport: str
    planned_load: int | None = None  # unknown where no plan says its load
    done_load: int = 0
    planned_s: int = 0
    done_s: int = 0
    distance_km: float = 0.0
    sessions_planned: int = 0
    sessions_done: int = 0


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def flatten_week(
    activities: Sequence[Activity],
    events: Sequence[Event],
    start: date,
    today: date,
    voice: Voice = ENGLISH,
) -> Week:
    """Add up one week and the week before.

    Parameters
    ----------
    activities
        Flat activities of both weeks; others are passed over.
    events
        Flat calendar entries of both weeks; workouts and races count as planned.
    start
        The Monday.
    today
        The athlete's day: what was planned before it and not done is missed, not
        left to do.
    voice
        Names what is left, and its days.

    Returns
    -------
    Week
        Whole seconds and points, kilometres to 0.1.

    Source
    ------
    GET /api/v1/athlete/{id}/activities and /events.
    """
    done = _within(activities, start)
    planned = [event for event in _within(events, start) if event.category in SESSIONS]
    left = [event for event in planned if _is_left(event, today)]
    week = Week(
        from_=start.isoformat(),
        to=(start + timedelta(days=6)).isoformat(),
        planned_load=_known(event.planned_load for event in planned),
        done_load=_sum(activity.training_load for activity in done),
        planned_s=_sum(event.planned_s for event in planned),
        done_s=_sum(activity.moving_s for activity in done),
        distance_km=_kilometres(done),
        planned_distance_km=total([event.planned_distance_km for event in planned], 1),
        climb_m=_sum(activity.climb_m for activity in done),
        sessions_planned=len(planned),
        sessions_done=len(done),
        left_sessions=len(left),
        left_load=_known(event.planned_load for event in left),
        left_s=_sum(event.planned_s for event in left),
        left=_say_next(left, voice, today),
        missed_count=sum(not event.done for event in planned) - len(left),
        strava_sessions=sum(1 for activity in done if activity.strava_only) or None,
    )
    last = [event for event in _within(events, start - _DAYS) if _is_left(event, today)]
    left_s = _sum(event.planned_s for event in last if event.category in SESSIONS)
    return _with_last(week, _within(activities, start - _DAYS), left_s)


def _with_last(week: Week, before: Sequence[Activity], left_s: int) -> Week:
    return msgspec.structs.replace(
        week,
        last_done_load=_sum(activity.training_load for activity in before),
        last_done_s=_sum(activity.moving_s for activity in before),
        last_distance_km=_kilometres(before),
        last_sessions_done=len(before),
        last_left_s=left_s,
    )


def week_by_sport(
    activities: Sequence[Activity], events: Sequence[Event], start: date
) -> list[WeekSport]:
    """Add up one week for each sport, the one with the most time first."""
    done = [row for row in _within(activities, start) if not row.strava_only]
    planned = [event for event in _within(events, start) if event.category in SESSIONS]
    types = [row.type for row in done] + [event.type for event in planned]
    rows = [
        _sport_row(
            sport,
            [row for row in done if sport_group(row.type) == sport],
            [event for event in planned if sport_group(event.type) == sport],
        )
        for sport in set(map(sport_group, types))
    ]
    return sorted(rows, key=lambda row: (-row.done_s, -row.planned_s, row.sport))


def say_week(week: Week, voice: Voice, today: date) -> str:
    """Say what is done of the plan, what was missed, what is left, last week."""
    which = _which(week, voice, today)
    day, begins = today.isoformat(), not week.sessions_done and not week.missed_count
    if begins and (day < week.from_ or (day == week.from_ and week.sessions_planned)):
        return in_one_breath(
            voice, (_say_ahead(week, voice, which), _say_against(week, voice, today))
        )
    hidden = week.strava_sessions
    alone = hidden == week.sessions_done  # then they begin the sentence
    last = voice.say_duration(week.last_done_s) if week.last_done_s else None
    return in_one_breath(
        voice,
        (
            _say_done(week, voice, which, over=week.to < today.isoformat()),
            voice.say("week.missed", n=week.missed_count)
            if week.missed_count
            else None,
            _say_left(week, voice),
            voice.say("strava.hidden", n=hidden) if hidden and not alone else None,
        ),
        [None if last is None else voice.say("week.last", time=last)],
    )


def _say_ahead(week: Week, voice: Voice, which: str) -> str:
    """Say a week that has not begun, or has begun with nothing missed."""
    if not week.sessions_planned:
        return voice.say("week.nothing_ahead", week=which)
    if not week.planned_s:
        return voice.say("week.ahead", n=week.sessions_planned, week=which)
    time = voice.say_duration(week.planned_s)
    return voice.say("week.ahead_time", week=which, n=week.sessions_planned, time=time)


def _say_against(week: Week, voice: Voice, today: date) -> str | None:
    """Say by how much the plan is more than the week before, from half an hour on.

    A week that is not over counts with what is still planned of it.
    """
    last_s = week.last_done_s + week.last_left_s
    if not week.planned_s or not last_s:
        return None
    more_s = week.planned_s - last_s
    is_this = week.from_ == monday_of(today).isoformat()
    last = voice.say("week.than_previous" if is_this else "week.than_before")
    if abs(more_s) < _NOTABLE_S:
        return voice.say("week.like_last", last=last)
    key = "week.more_than_last" if more_s > 0 else "week.less_than_last"
    return voice.say(key, time=voice.say_duration(abs(more_s)), last=last)


def _say_done(week: Week, voice: Voice, which: str, *, over: bool) -> str | None:
    seen = week.sessions_done - (week.strava_sessions or 0)
    if not week.sessions_done and not week.sessions_planned:
        return voice.say("week.nothing", week=which)
    if not seen:
        if week.sessions_done:
            hidden = voice.say("strava.hidden", n=week.sessions_done).rstrip(".")
            what = hidden[:1].lower() + hidden[1:]
            return voice.say("brief.day", day=which, what=what)
        key = "week.nothing_was_done" if over else "week.nothing_done"
        return voice.say(key, week=which)
    done = voice.say_duration(week.done_s)
    if not week.planned_s:
        return voice.say("week.done", n=seen, week=which, time=done)
    return _say_of_plan(week, voice, which, done)


def _say_of_plan(week: Week, voice: Voice, which: str, done: str) -> str:
    """Say the share of the plan; what is more than that is no share of it."""
    more_s = week.done_s - week.planned_s
    if more_s >= _NOTABLE_S:
        more = voice.say_duration(more_s)
        return voice.say("week.over_plan", week=which, done=done, more=more)
    if more_s >= 0:
        return voice.say("week.as_planned", week=which, done=done)
    planned = voice.say_duration(week.planned_s)
    return voice.say("week.done_of_planned", week=which, done=done, planned=planned)


def _say_left(week: Week, voice: Voice) -> list[str]:
    if not week.left_sessions:
        return []
    n = week.left_sessions
    short_one = voice.say("week.left", n=n)
    if week.left is None:
        return [short_one]
    if not week.left_s:
        return [voice.say("week.left_named", n=n, names=week.left), short_one]
    time = voice.say_duration(week.left_s)
    first, between, second = week.left.partition(_BETWEEN_DAYS)
    is_one = not between or _BETWEEN_DAYS in second  # a name may have a comma
    next_one = None if is_one else first
    return [
        *(
            voice.say("week.left_in_time", n=n, time=time, names=names)
            for names in (week.left, next_one)
            if names
        ),
        voice.say("week.left_time", n=n, time=time),
        short_one,
    ]


def _say_next(left: Sequence[Event], voice: Voice, today: date) -> str | None:
    """Name the next two sessions with their days; one that goes on is today's."""
    # the order within a day stays, as sorting is stable
    coming = sorted(in_order(left), key=lambda event: event.date or "")[:_MOST_NAMED]
    said = [
        voice.say(
            "week.session",
            name=voice.listed([say_event_name(event, voice) for event in of_day]),
            day=voice.day(day, today),
        )
        for day, of_day in groupby(
            coming, key=lambda event: max(read_day(event.date) or today, today)
        )
    ]
    return _BETWEEN_DAYS.join(said) or None


def _which(week: Week, voice: Voice, today: date) -> str:
    """Name the week: a date says less than "this week"."""
    start = date.fromisoformat(week.from_)
    near = {-7: "week.previous", 0: "week.this", 7: "week.next"}
    key = near.get((start - monday_of(today)).days)
    if key is not None:
        return voice.say(key)
    return voice.say("week.other", day=voice.calendar_day(start, today))


def _sport_row(
    sport: str, done: Sequence[Activity], planned: Sequence[Event]
) -> WeekSport:
    return WeekSport(
        sport=sport,
        planned_load=_known(event.planned_load for event in planned),
        done_load=_sum(activity.training_load for activity in done),
        planned_s=_sum(event.planned_s for event in planned),
        done_s=_sum(activity.moving_s for activity in done),
        distance_km=_kilometres(done),
        sessions_planned=len(planned),
        sessions_done=len(done),
    )


def _within(rows: Sequence[Row], start: date) -> list[Row]:
    return [row for row in rows if _is_in_week(row.date, start)]


def _is_in_week(value: str | None, start: date) -> bool:
    day = read_day(value)
    return day is not None and start <= day < start + _DAYS


def _is_left(event: Event, today: date) -> bool:
    first = read_day(event.date)
    return not event.done and first is not None and last_day(event, first) >= today


def _sum(values: Iterable[int | None]) -> int:
    return sum(value or 0 for value in values)


def _known(values: Iterable[int | None]) -> int | None:
    """Add up; None where there is something to add and nothing of it is known."""
    found = list(values)
    known = [value for value in found if value is not None]
    return None if found and not known else sum(known)


def _kilometres(activities: Sequence[Activity]) -> float:
    return total([activity.distance_km for activity in activities], 1) or 0.0
