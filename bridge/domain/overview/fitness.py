"""Fitness (CTL), fatigue (ATL) and form of one day."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import msgspec

from bridge.domain.activity.activity import RawActivity, is_strava_stub, pairs_of
from bridge.domain.calendar.away import REST, Away, say_away
from bridge.domain.calendar.event import RawEvent, load_to_do
from bridge.domain.flat import MOST_LOAD, amount, rounded, whole_amount
from bridge.domain.raw import RawRecord
from bridge.domain.speech.breath import in_one_breath
from bridge.domain.speech.voice import Voice

CTL_DAYS = 42
ATL_DAYS = 7
_MOST_POINTS = 100_000
_NOTABLE_FORM = 1  # by so much the plan has to change it to be told apart
ZONE_EDGES = (
    (-30, "high_risk"),
    (-10, "optimal"),
    (5, "grey"),
    (25, "fresh"),
    (math.inf, "transition"),
)


class RawFitness(RawRecord):
    """What fitness reads of a ``Wellness`` row."""

    id: object = None
    ctl: object = None
    atl: object = None
    ctl_load: object = msgspec.field(default=None, name="ctlLoad")
    atl_load: object = msgspec.field(default=None, name="atlLoad")
    ramp_rate: object = msgspec.field(default=None, name="rampRate")


class Fitness(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Fitness, fatigue and form of one day, in points of training load.

    Of today they are those of now, without what is planned only; of a day to come
    they are what the plan will make of them.
    """

    date: str
    verdict: str | None = None  # of today: sick, injured, holiday or easy
    ctl: float | None = None
    atl: float | None = None
    form: float | None = None
    form_percent: float | None = None
    form_zone: str | None = None
    ctl_after_plan: float | None = None  # of today, once all that is planned is done
    atl_after_plan: float | None = None
    form_after_plan: float | None = None
    form_after_plan_percent: float | None = None
    form_after_plan_zone: str | None = None
    ramp_rate: float | None = None
    ctl_change_7d: float | None = None


class DayLoad(msgspec.Struct, frozen=True, kw_only=True):
    """Training load of today: of what was done, and of what is still planned."""

    done: float = 0
    planned: float = 0


def day_load(
    activities: Iterable[RawActivity], events: Iterable[RawEvent], day: date
) -> DayLoad:
    """Return the load of a day's activities, and of what is planned only.

    Source
    ------
    GET /api/v1/athlete/{id}/activities and /events: ``icu_training_load``, of events
    ``load_target`` where that is all.
    """
    rows = list(activities)
    paired, shown = pairs_of(rows), (raw for raw in rows if not is_strava_stub(raw))
    done = sum(
        whole_amount(raw.icu_training_load, most=MOST_LOAD) or 0 for raw in shown
    )
    return DayLoad(done=done, planned=load_ahead(events, day, paired))


def load_ahead(
    events: Iterable[RawEvent], day: date, paired: Mapping[str, str] | None = None
) -> float:
    """Return the load that is still planned for a day."""
    return sum(load_to_do(raw, day, paired) for raw in events)


def flatten_fitness(
    rows: Sequence[RawFitness],
    day: date,
    *,
    load: DayLoad | None = None,
    as_percent: bool = False,
) -> Fitness:
    """Flatten the fitness of one day out of a few wellness rows.

    Parameters
    ----------
    rows
        Wellness rows in any order; reads ``ctl``, ``atl``, ``ctlLoad``, ``atlLoad``
        and ``rampRate`` (points) of ``day``, of the day before and of a week before.
    day
        The local day asked for.
    load
        Of today: upstream counts what is still planned as if it were done. It is
        taken out again, and stands under ``…_after_plan``. None, of another day,
        leaves everything as it is.
    as_percent
        Whether the athlete's site shows form as a percentage of fitness: then the
        zone is that of the percentage.

    Returns
    -------
    Fitness
        Points to 0.1. Only ``date`` where upstream has no row for the day.

    Source
    ------
    GET /api/v1/athlete/{id}/wellness, schema ``Wellness``; the recursion and the
    zones are the known ones of the Intervals.icu fitness chart.
    """
    by_day = {row.id: row for row in rows if isinstance(row.id, str)}
    row = by_day.get(day.isoformat())
    if row is None:
        return Fitness(date=day.isoformat())
    ctl, atl = _points(row.ctl), _points(row.atl)
    with_plan: Mapping[str, Any] = {}
    if load is not None:
        with_plan = _named("_after_plan", ctl, atl, as_percent=as_percent)
        yesterday = by_day.get((day - timedelta(days=1)).isoformat())
        ctl, atl = _without_plan(row, yesterday, load)
    week_ago = by_day.get((day - timedelta(days=7)).isoformat())
    return Fitness(
        date=day.isoformat(),
        **_named("", ctl, atl, as_percent=as_percent),
        **with_plan,
        ramp_rate=amount(row.ramp_rate, 1, least=-_MOST_POINTS, most=_MOST_POINTS),
        ctl_change_7d=_change(ctl, week_ago),
    )


def projected(
    now: Fitness, loads: Sequence[float], *, as_percent: bool
) -> list[Fitness]:
    """Return the fitness of the days after ``now``, from what is planned for each.

    ``now`` is the end of its day, after all that is planned; the recursion is that of
    the Intervals.icu fitness chart, with its usual 42 and 7 days.
    """
    ctl, atl = now.ctl_after_plan or now.ctl, now.atl_after_plan or now.atl
    if ctl is None or atl is None:
        return []
    days, first = [], date.fromisoformat(now.date)
    for ahead, load in enumerate(loads, start=1):
        ctl += (load - ctl) * (1 - math.exp(-1 / CTL_DAYS))
        atl += (load - atl) * (1 - math.exp(-1 / ATL_DAYS))
        values = _named("", ctl, atl, as_percent=as_percent)
        day = (first + timedelta(days=ahead)).isoformat()
        days.append(Fitness(date=day, **values))
    return days


def _named(
    end: str, ctl: float | None, atl: float | None, *, as_percent: bool
) -> dict[str, Any]:
    """Return fitness, fatigue and what follows from them, names ending in ``end``."""
    exact = None if ctl is None or atl is None else ctl - atl
    form = rounded(exact, 1)
    percent = None if exact is None or not ctl else rounded(exact / ctl * 100, 1)
    return {
        f"ctl{end}": rounded(ctl, 1),
        f"atl{end}": rounded(atl, 1),
        f"form{end}": form,
        f"form{end}_percent": percent,
        f"form{end}_zone": form_zone(percent if as_percent else form),
    }


def form_zone(form: float | None) -> str | None:
    """Name the zone of a form, absolute or in percent: the edges are the same.

    It is the zone of the whole number that is said and shown.
    """
    if form is None:
        return None
    if round(form) < -30:
        return "high_risk"
    return next(name for edge, name in ZONE_EDGES[1:] if round(form) <= edge)


def say_fitness(
    fitness: Fitness,
    voice: Voice,
    today: date,
    *,
    as_percent: bool = False,
    away: Away | None = None,
) -> str:
    """Say form and its meaning, what today's training makes of it, fitness, fatigue.

    Where room is short, the meaning is left out before a number is. What today's
    training makes of it is for nobody who should rest, or go easy.
    """
    ctl, atl = fitness.ctl, fitness.atl
    if fitness.form is None or ctl is None or atl is None:
        return voice.say("fitness.none")
    if not round(ctl) and not round(atl):
        return voice.say("fitness.none_yet")
    explained, plain = (
        say_form(fitness, voice, today, as_percent=as_percent, explained=full) or ""
        for full in (True, False)
    )
    now = _say_trend(ctl, voice, fitness.ctl_change_7d)
    verdict = None if away is None else say_away(*away, today, today, voice)
    if fitness.verdict == "easy":
        verdict = voice.say("brief.easy_today")
    holds_back = fitness.verdict in (*REST, "easy")
    return in_one_breath(
        voice,
        (
            verdict,
            [explained, plain],
            None
            if holds_back
            else _say_after_plan(fitness, voice, as_percent=as_percent),
            now,
            voice.say("fitness.fatigue", atl=voice.say_number(atl)),
        ),
    )


def _say_trend(ctl: float, voice: Voice, change: float | None) -> str:
    """Say fitness, and by how much it changed in a week."""
    said = voice.say_number(ctl)
    if change is None:
        return voice.say("fitness.fitness", ctl=said)
    way = "up" if round(change) > 0 else "down" if round(change) < 0 else "steady"
    return voice.say(f"fitness.{way}", ctl=said, n=abs(round(change)))


def say_form(
    fitness: Fitness,
    voice: Voice,
    today: date,
    *,
    as_percent: bool = False,
    explained: bool = False,
) -> str | None:
    """Say form and its word as the athlete's site shows them: points, or percent.

    ``explained`` adds what the word means, where it does not say so itself.
    """
    percent = fitness.form_percent if as_percent else None
    form = fitness.form if percent is None else percent
    if form is None:
        return None
    said = _say_points(form, voice, percent=percent is not None)
    zone = f"form_zone.{fitness.form_zone or form_zone(form)}"
    if explained and voice.knows(f"{zone}_explained"):
        zone = f"{zone}_explained"
    tense = (fitness.date > today.isoformat()) - (fitness.date < today.isoformat())
    key = {-1: "fitness.form_past", 0: "fitness.form", 1: "fitness.form_ahead"}[tense]
    return voice.say(key, form=said, zone=voice.say(zone))


def _say_after_plan(fitness: Fitness, voice: Voice, *, as_percent: bool) -> str | None:
    by_percent = as_percent and fitness.form_after_plan_percent is not None
    now, then = fitness.form, fitness.form_after_plan
    if by_percent:
        now, then = fitness.form_percent, fitness.form_after_plan_percent
    if now is None or then is None or abs(then - now) < _NOTABLE_FORM:
        return None
    return voice.say(
        "fitness.after_plan",
        form=_say_points(then, voice, percent=by_percent),
        zone=voice.say(f"form_zone.{fitness.form_after_plan_zone or form_zone(then)}"),
    )


def _say_points(form: float, voice: Voice, *, percent: bool) -> str:
    said = voice.signed(form)
    return voice.say("percent", number=said) if percent else said


def _points(value: object) -> float | None:
    return amount(value, 7, most=_MOST_POINTS)


def _change(ctl: float | None, week_ago: RawFitness | None) -> float | None:
    before = None if week_ago is None else _points(week_ago.ctl)
    return None if ctl is None or before is None else round(ctl - before, 1)


def _without_plan(
    row: RawFitness, yesterday: RawFitness | None, load: DayLoad
) -> tuple[float | None, float | None]:
    """Return fitness and fatigue without what is planned only."""
    ctl, atl = _points(row.ctl), _points(row.atl)
    if ctl is None or atl is None:
        return ctl, atl
    ctl_before = None if yesterday is None else _points(yesterday.ctl)
    atl_before = None if yesterday is None else _points(yesterday.atl)
    return (
        _step_back(ctl, ctl_before, _points(row.ctl_load), load, CTL_DAYS),
        _step_back(atl, atl_before, _points(row.atl_load), load, ATL_DAYS),
    )


def _step_back(
    value: float,
    before: float | None,
    counted: float | None,
    load: DayLoad,
    days: int,
) -> float:
    """Redo one day's step without the load that is planned only."""
    if counted is None:
        return value
    # What is counted beyond both was done too: Strava hides whole activities.
    planned = min(load.planned, max(0.0, counted - load.done))
    share = 1 - math.exp(-1 / days)
    if before is not None and abs(counted - before) > 1:
        seen = (value - before) / (counted - before)
        share = seen if 0 < seen < 1 else share  # the athlete may have other days
    return value - planned * share
