"""What a day or a stretch of days holds: planned, done, noted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby

from bridge.domain.calendar.away import REST, Away, away_on, say_away
from bridge.domain.calendar.event import (
    RACES,
    SESSIONS,
    Event,
    covers,
    in_order,
    last_day,
    say_category,
    say_event_name,
    say_planned,
    say_start,
)
from bridge.domain.calendar.workout import WorkoutStep
from bridge.domain.moment import read_day, say_day
from bridge.domain.speech.breath import Part, fits, in_one_breath, sentence, short
from bridge.domain.speech.trim import begin
from bridge.domain.speech.voice import Voice
from bridge.domain.sport import say_sport, types_meant
from bridge.domain.zones.settings import Thresholds, thresholds_for

_Part = tuple[str, int]  # a sentence, and how many entries it names
_Wordings = Sequence[_Part]  # of one day, the longest first

_BLOCKS = ("HOLIDAY", "PLAN", "NOTE")  # an illness is said before all else
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Workouts:
    """What is known of planned workouts beside their entries.

    Attributes
    ----------
    steps
        By event id, from :func:`steps_by_event`.
    thresholds
        Of each sport of the athlete.
    sport
        What alone was asked for; None: every sport.
    is_off
        So much is off today that an easy day is better.
    """

    steps: Mapping[str, Sequence[WorkoutStep]] = field(default_factory=dict)
    thresholds: Sequence[Thresholds] = ()
    sport: str | None = None
    is_off: bool = False

    def say(self, event: Event, voice: Voice, today: date) -> list[Part]:
        """Say one session with its main set."""
        steps = self.steps.get(event.event_id, ())
        of_sport = thresholds_for(self.thresholds, event.type)
        return say_planned(event, voice, today, steps=steps, thresholds=of_sport)


class NextWorkout(Event, frozen=True, kw_only=True, omit_defaults=True):
    """The next session, and what stands today against training as planned."""

    verdict: str | None = None  # sick, injured, holiday or easy


def verdict_on(event: Event, today: date, away: Away | None, *, is_off: bool) -> str:
    """Return what stands against a session; nothing is an empty text."""
    if away is not None:
        return away.reason
    return "easy" if is_off and _is_easier([event], today) else ""


def next_session(events: Sequence[Event], now_local: datetime) -> Event | None:
    """Return the next workout or race that is not done, today's included."""
    waiting = [event for event in events if event.category in SESSIONS]
    waiting = [
        event for event in waiting if not event.done and _still(event, now_local)
    ]
    day = min((event.date or "" for event in waiting), default="")
    return next(iter(in_order(one for one in waiting if (one.date or "") == day)), None)


def of_sport(events: Sequence[Event], sport: str | None) -> list[Event]:
    """Return the events without the workouts of other sports; all of them for None."""
    types = None if sport is None else types_meant(sport)
    return [
        one
        for one in events
        if types is None or one.category not in SESSIONS or one.type in types
    ]


def say_none_ahead(voice: Voice, sport: str | None) -> str:
    """Say that no workout lies ahead, or none of a sport."""
    if sport is None:
        return voice.say("workout.none_ahead")
    return begin(voice.say("workout.none_of_ahead", sport=say_sport(sport, voice)))


def say_today(
    events: Sequence[Event],
    voice: Voice,
    today: date,
    *,
    day: date | None = None,
    workouts: Workouts | None = None,
) -> str:
    """Say what a day holds: what is still to do, what is done, what else is noted.

    ``day`` is today unless another is asked for. Who is ill, hurt or away is told so
    first, and a race comes before what else is planned.
    """
    day, workouts = day or today, workouts or Workouts()
    when, sport = voice.day(day, today), workouts.sport
    on_day = [event for event in events if covers(event, day)]
    sessions = in_order(event for event in on_day if event.category in SESSIONS)
    waiting = [event for event in sessions if not event.done]
    away = away_on(on_day, day)
    blocks = [event for event in on_day if event.category in _BLOCKS]
    nothing = "plan.nothing" if sport is None else "plan.none_of"
    if day < today:
        nothing = f"{nothing}_past"
    named = say_sport(sport, voice)
    return in_one_breath(
        voice,
        (
            None if away is None else say_away(*away, day, today, voice),
            voice.say("brief.easy_today")
            if workouts.is_off and away is None and _is_easier(waiting, today)
            else None,
            None if sessions else begin(voice.say(nothing, day=when, sport=named)),
            *(
                _say_waiting(waiting, voice, today, day, workouts)
                if day < today or not _rests(away)
                else [_say_still(waiting, voice, when)]
            ),
            _say_done([event for event in sessions if event.done], voice, when),
        ),
        [
            say_block(event, voice)
            for event in sorted(blocks, key=_block_rank)
            if event.name is not None
        ],
    )


def say_next(
    event: Event,
    voice: Voice,
    today: date,
    *,
    workouts: Workouts | None = None,
    away: Away | None = None,
) -> str:
    """Say the next session, after what keeps the athlete from it."""
    known = workouts or Workouts()
    first = None if away is None else say_away(*away, today, today, voice)
    if away is None and known.is_off and _is_easier([event], today):
        first = voice.say("brief.easy_today")
    day = read_day(event.date)
    if away is not None and day is not None and day <= away.until and _rests(away):
        when = voice.day(day, today)
        return in_one_breath(voice, (first, _say_still([event], voice, when)))
    return in_one_breath(voice, (first, *known.say(event, voice, today)))


def _is_easier(waiting: Sequence[Event], today: date) -> bool:
    """Tell whether there is something today that could be made easier: no race."""
    today_s = [event for event in waiting if covers(event, today)]
    return bool(today_s) and all(event.category not in RACES for event in today_s)


def say_events(events: Sequence[Event], voice: Voice, today: date) -> str:
    """Say the next race, then all entries day by day.

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
    return " ".join(_as_far_as_fits(parts, len(events), voice))


def say_block(event: Event, voice: Voice) -> str:
    """Say what is no session: a note, a holiday, a training phase."""
    category = say_category(event.category, voice)
    if event.name is None:
        return sentence(category)
    name = short(event.name, voice)
    return sentence(voice.say("plan.block", category=category, name=name))


def _say_waiting(
    waiting: Sequence[Event],
    voice: Voice,
    today: date,
    day: date,
    workouts: Workouts,
) -> list[Part]:
    """Say one session whole; of several their number, their names and their time."""
    when = voice.day(day, today)
    if waiting and day < today:
        names = voice.listed([say_event_name(event, voice) for event in waiting][:3])
        return [begin(voice.say("brief.left_undone", day=when, names=names))]
    races = [event for event in waiting if event.category in RACES]
    others = [event for event in waiting if event.category not in RACES]
    said = [part for race in races for part in workouts.say(race, voice, today)]
    each = dict.fromkeys(_say_timed(event, voice) for event in others)
    names = voice.listed(list(each)[:_MOST_NAMED])
    if races and others:
        return [*said, voice.say("brief.also_planned", names=names)]
    if len(others) < 2:
        for one in others:
            said += workouts.say(one, voice, today)
        return said
    seconds = sum(event.planned_s or 0 for event in others)
    count = begin(voice.say("brief.sessions", n=len(others), day=when))
    time = voice.say_duration(seconds) if seconds else None
    heads = (", ".join(filter(None, (count, time))), count)
    return [[voice.say("brief.day", day=head, what=names) for head in heads]]


def _rests(away: Away | None) -> bool:
    return away is not None and away.reason in REST


def _say_still(waiting: Sequence[Event], voice: Voice, when: str) -> Part:
    """Say by name what stands in the plan of somebody who is to rest."""
    if not waiting:
        return None
    names = voice.listed([_say_timed(event, voice) for event in waiting[:_MOST_NAMED]])
    said = voice.say("brief.still_stands", n=len(waiting), names=names, day=when)
    return begin(said)


def _say_timed(event: Event, voice: Voice) -> str:
    name, at = say_event_name(event, voice), say_start(event, voice)
    return name if at is None else f"{name} {at}"


def _say_done(done: Sequence[Event], voice: Voice, when: str) -> str | None:
    if not done:
        return None
    names = [say_event_name(event, voice) for event in done[:_MOST_NAMED]]
    return begin(sentence(voice.say("plan.done", day=when, names=voice.listed(names))))


def _block_rank(event: Event) -> int:
    return _BLOCKS.index(event.category or "")


def _still(event: Event, now_local: datetime) -> bool:
    first = read_day(event.date)
    return first is not None and last_day(event, first) >= now_local.date()


def _as_far_as_fits(
    parts: Sequence[_Wordings], left: int, voice: Voice
) -> Iterator[str]:
    """Yield sentences up to the first that has to be shortened, then what is left."""
    spoken = ""
    for wordings in parts:
        fitting = (part for part in wordings if _fits(spoken, part, left, voice))
        said, named = next(fitting, ("", 0) if spoken else wordings[-1])
        if said:
            yield said
            spoken, left = f"{spoken} {said}".strip(), left - named
        if (said, named) != wordings[0]:
            break
    if left:
        yield voice.say("events.more", n=left)


def _fits(spoken: str, part: _Part, left: int, voice: Voice) -> bool:
    """Tell whether a sentence fits, with the count of what is left behind it."""
    said, named = part
    more = voice.say("events.more", n=left - named) if left > named else ""
    return fits(voice, f"{spoken} {said} {more}".strip())


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
        first = list(group)[:_MOST_NAMED]
        yield [
            (_say_entries(read_day(day), first[:most], voice, today), most)
            for most in range(len(first), 0, -1)
        ]


def _say_entries(
    day: date | None, events: Sequence[Event], voice: Voice, today: date
) -> str:
    """Say the sessions and notes of a day, then a holiday and the like as such."""
    named = [event.category in (*SESSIONS, "NOTE", None) for event in events]
    pairs = list(zip(events, named, strict=True))
    names = voice.listed([say_event_name(one, voice) for one, so in pairs if so])
    others = ", ".join(_say_aside(one, voice) for one, so in pairs if not so)
    said = names or others
    if names and others:
        said = voice.say("events.also", names=names, others=others)
    if day is None:
        return sentence(said)
    words = voice.say("events.day", day=voice.day(day, today), names=said)
    return sentence(begin(words))


def _say_aside(event: Event, voice: Voice) -> str:
    """Say a holiday and the like behind the day: ``Holiday, Family weekend``."""
    category = say_category(event.category, voice)
    if event.name is None:
        return category
    name = short(event.name, voice).rstrip(".")
    return voice.say("events.block", category=category, name=name)


def _lasts(event: Event, today: date) -> bool:
    first = read_day(event.date)
    return first is not None and first < today <= last_day(event, first)
