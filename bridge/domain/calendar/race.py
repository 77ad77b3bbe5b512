"""The next race: how far away it is, and the phase of training on the way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from bridge.domain.calendar.event import RACES, Event, covers, last_day, say_category
from bridge.domain.moment import read_clock, read_day
from bridge.domain.speech.breath import in_one_breath, short
from bridge.domain.speech.voice import Voice
from bridge.domain.sport import SWIMS

_COUNTED_IN_WEEKS = 3


class Race(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A race to come; ``days`` is 0 on its day, ``weeks`` are whole ones."""

    event_id: str
    name: str | None = None
    date: str
    days: int
    weeks: int
    type: str | None = None  # the sport
    category: str  # RACE_A, RACE_B or RACE_C
    start_local: str | None = None
    planned_distance_km: float | None = None
    phase: str | None = None
    phase_until: str | None = None
    phase_days_left: int | None = None


class Phase(msgspec.Struct, frozen=True, kw_only=True):
    """A block of training: a calendar entry of category PLAN."""

    name: str
    until: str
    days_left: int  # today not counted


def flatten_race(
    events: Sequence[Event], today: date, *, category: str | None = None
) -> Race | None:
    """Find the next race, today's included.

    Parameters
    ----------
    events
        Flat calendar entries in any order, races and phases among them.
    today
        The athlete's day.
    category
        ``RACE_A``, ``RACE_B`` or ``RACE_C`` if only such a race counts.

    Returns
    -------
    Race or None
        None where no race is in the calendar.

    Source
    ------
    GET /api/v1/athlete/{id}/events, categories RACE_A, RACE_B, RACE_C, PLAN.
    """
    wanted = RACES if category is None else (category,)
    races = [event for event in events if event.category in wanted and event.date]
    coming = [race for race in races if _last_day(race, today) >= today]
    if not coming:
        return None
    race = min(coming, key=lambda race: (race.date or "", race.category or ""))
    day = read_day(race.date) or today
    days = max(0, (day - today).days)  # one of several days goes on
    phase = phase_on(events, today)
    return Race(
        event_id=race.event_id,
        name=race.name,
        date=day.isoformat(),
        days=days,
        weeks=days // 7,
        type=race.type,
        category=race.category or "",
        start_local=race.start_local,
        planned_distance_km=race.planned_distance_km,
        phase=None if phase is None else phase.name,
        phase_until=None if phase is None else phase.until,
        phase_days_left=None if phase is None else phase.days_left,
    )


def _last_day(race: Event, today: date) -> date:
    return last_day(race, read_day(race.date) or today)


def phase_on(events: Sequence[Event], day: date) -> Phase | None:
    """Return the training phase of a day; of two, the one that began later."""
    phases = [
        event
        for event in events
        if event.category == "PLAN" and event.name and covers(event, day)
    ]
    if not phases:
        return None
    phase = max(phases, key=lambda event: event.date or "")
    until = last_day(phase, read_day(phase.date) or day)
    return Phase(
        name=phase.name or "",
        until=until.isoformat(),
        days_left=(until - day).days,
    )


def say_race(race: Race | None, voice: Voice, today: date) -> str:
    """Say how long it is until the race, its day and start, how far; the phase."""
    if race is None:
        return voice.say("race.none")
    clock = read_clock(race.start_local)
    start = (
        None if clock is None else voice.say("race.start", time=voice.say_time(clock))
    )
    km = race.planned_distance_km
    far = voice.say_distance(km, swum=race.type in SWIMS) if km else None
    day = _say_day(race, voice, today)
    head = say_in_days(race.days, _name(race, voice), voice).rstrip(".")
    wordings = ((day, start, far), (day, start), (day,))
    said = [", ".join(filter(None, parts)) for parts in wordings]
    return in_one_breath(
        voice,
        (
            [_say_when(race, head, what, voice) for what in said if what] or f"{head}.",
            _say_until(race, voice, today),
            voice.say("brief.good_luck") if race.days == 0 else None,
        ),
    )


def _say_when(race: Race, head: str, when: str, voice: Voice) -> str:
    """Say the start of today's or tomorrow's race behind its name, else its day."""
    if race.days < 2:
        return f"{head}, {when}."
    return voice.say("race.when", race=head, when=when)


def _say_until(race: Race, voice: Voice, today: date) -> str | None:
    """Say the phase of training and its last day."""
    if race.phase is None or race.days == 0:
        return None
    until = read_day(race.phase_until)
    if until is None or until <= today:
        return say_phase(race.phase, voice)
    last = voice.until(until, today)
    return voice.say("race.phase_until", name=short(race.phase, voice), until=last)


def say_in_days(days: int, name: str, voice: Voice) -> str:
    """Say how far a race is behind its name: ``Park Run in 13 days``."""
    if days < 2:
        return voice.say("race.today" if days == 0 else "race.tomorrow", name=name)
    if days >= 7 * _COUNTED_IN_WEEKS:
        return voice.say("race.in_weeks", n=days // 7, name=name)
    return voice.say("race.in_days", n=days, name=name)


def say_phase(phase: str, voice: Voice) -> str:
    """Name the phase of training."""
    return voice.say("race.phase", name=short(phase, voice))


def _name(race: Race, voice: Voice) -> str:
    return short(race.name, voice) if race.name else say_category(race.category, voice)


def _say_day(race: Race, voice: Voice, today: date) -> str | None:
    if race.days < 2:
        return None
    day = date.fromisoformat(race.date)
    weekday, calendar_day = voice.weekday(day), voice.calendar_day(day, today)
    return voice.say("race.day", weekday=weekday, day=calendar_day)
