"""Fitness (CTL), fatigue (ATL) and form of one day."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

import msgspec

from bridge.domain.activity.activity import RawActivity, is_strava_stub, pairs_of
from bridge.domain.calendar.event import RawEvent, load_to_do
from bridge.domain.flat import amount, rounded, whole_amount
from bridge.domain.raw import RawRecord
from bridge.domain.speech.voice import Voice

CTL_DAYS = 42
ATL_DAYS = 7
_MOST_POINTS = 100_000
_NOTABLE_FORM = 1  # by so much the plan has to change it to be told apart
_ZONE_EDGES = (
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
    """Fitness, fatigue and form of one day, in points of training load."""

    date: str
    ctl: float | None = None
    atl: float | None = None
    form: float | None = None
    form_percent: float | None = None
    form_zone: str | None = None
    ctl_before_plan: float | None = None
    atl_before_plan: float | None = None
    form_before_plan: float | None = None
    form_before_plan_percent: float | None = None
    form_before_plan_zone: str | None = None
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
    done = sum(whole_amount(raw.icu_training_load) or 0 for raw in shown)
    planned = sum(load_to_do(raw, day, paired) for raw in events)
    return DayLoad(done=done, planned=planned)


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
        Of today: upstream counts what is still planned as if it were done, and
        ``…_before_plan`` takes it out again. None leaves everything as it is.
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
    yesterday = by_day.get((day - timedelta(days=1)).isoformat())
    fitness = _flatten_row(row, day, as_percent=as_percent)
    return msgspec.structs.replace(
        fitness,
        **_before_plan(row, yesterday, load, as_percent=as_percent),
        ctl_change_7d=_change(row, by_day.get((day - timedelta(days=7)).isoformat())),
    )


def _flatten_row(row: RawFitness, day: date, *, as_percent: bool) -> Fitness:
    form, ctl = _form(row), _points(row.ctl)
    percent = None if form is None or not ctl else form / ctl * 100
    return Fitness(
        date=day.isoformat(),
        ctl=rounded(ctl, 1),
        atl=amount(row.atl, 1, most=_MOST_POINTS),
        form=rounded(form, 1),
        form_percent=rounded(percent, 1),
        form_zone=form_zone(percent if as_percent else form),
        ramp_rate=amount(row.ramp_rate, 1, least=-_MOST_POINTS, most=_MOST_POINTS),
    )


def form_zone(form: float | None) -> str | None:
    """Name the zone of a form, absolute or in percent: the edges are the same."""
    if form is None:
        return None
    if form < -30:
        return "high_risk"
    return next(name for edge, name in _ZONE_EDGES[1:] if form <= edge)


def say_fitness(
    fitness: Fitness, voice: Voice, *, as_percent: bool = False, past: bool = False
) -> str:
    """Say it in one breath, as a coach would; of a day that is ``past`` it was."""
    form = say_form(fitness, voice, as_percent=as_percent, past=past)
    before = (fitness.ctl_before_plan, fitness.atl_before_plan)
    ctl, atl = (fitness.ctl, fitness.atl) if past or None in before else before
    if form is None or ctl is None or atl is None:
        return voice.say("fitness.none")
    words = {"ctl": voice.say_number(ctl), "atl": voice.say_number(atl)}
    return f"{form} {voice.fill('fitness.now', words)}"


def say_form(
    fitness: Fitness, voice: Voice, *, as_percent: bool = False, past: bool = False
) -> str | None:
    """Say form and zone as the athlete's site shows them: points, or percent.

    Where the plan of today changes it, the form of now comes first.
    """
    by_percent = as_percent and fitness.form_percent is not None
    form = fitness.form_percent if by_percent else fitness.form
    before = (
        fitness.form_before_plan_percent if by_percent else fitness.form_before_plan
    )
    if form is None:
        return None
    if past:
        words = _form_words(form, fitness.form_zone, voice, percent=by_percent)
        return voice.fill("fitness.form_past", words)
    if before is None or abs(before - form) < _NOTABLE_FORM:
        words = _form_words(form, fitness.form_zone, voice, percent=by_percent)
        return voice.fill("fitness.form", words)
    zone = fitness.form_before_plan_zone or form_zone(before)
    words = _form_words(before, zone, voice, percent=by_percent)
    words["planned"] = _form_words(form, None, voice, percent=by_percent)["form"]
    return voice.fill("fitness.form_before_plan", words)


def _form_words(
    form: float, zone: str | None, voice: Voice, *, percent: bool
) -> dict[str, str]:
    said = voice.signed(form)
    said = voice.say("percent", number=said) if percent else said
    return {"form": said, "zone": voice.say(f"form_zone.{zone or 'unknown'}")}


def _form(row: RawFitness) -> float | None:
    ctl, atl = _points(row.ctl), _points(row.atl)
    return None if ctl is None or atl is None else ctl - atl


def _points(value: object) -> float | None:
    return amount(value, 7, most=_MOST_POINTS)


def _change(row: RawFitness, week_ago: RawFitness | None) -> float | None:
    ctl = _points(row.ctl)
    before = None if week_ago is None else _points(week_ago.ctl)
    return None if ctl is None or before is None else round(ctl - before, 1)


def _before_plan(
    row: RawFitness,
    yesterday: RawFitness | None,
    load: DayLoad | None,
    *,
    as_percent: bool,
) -> dict[str, Any]:
    """Return fitness, fatigue and form without what is planned only."""
    ctl, atl = _points(row.ctl), _points(row.atl)
    if ctl is None or atl is None:
        return {}
    ctl_before = None if yesterday is None else _points(yesterday.ctl)
    atl_before = None if yesterday is None else _points(yesterday.atl)
    ctl = _without_plan(ctl, ctl_before, _points(row.ctl_load), load, CTL_DAYS)
    atl = _without_plan(atl, atl_before, _points(row.atl_load), load, ATL_DAYS)
    form = ctl - atl
    percent = form / ctl * 100 if ctl else None
    return {
        "ctl_before_plan": rounded(ctl, 1),
        "atl_before_plan": rounded(atl, 1),
        "form_before_plan": rounded(form, 1),
        "form_before_plan_percent": rounded(percent, 1),
        "form_before_plan_zone": form_zone(percent if as_percent else form),
    }


def _without_plan(
    value: float,
    before: float | None,
    counted: float | None,
    load: DayLoad | None,
    days: int,
) -> float:
    """Redo one day's step without the load that is planned only."""
    if load is None or counted is None:
        return value
    # What is counted beyond both was done too: Strava hides whole activities.
    planned = min(load.planned, max(0.0, counted - load.done))
    share = 1 - math.exp(-1 / days)
    if before is not None and abs(counted - before) > 1:
        seen = (value - before) / (counted - before)
        share = seen if 0 < seen < 1 else share  # the athlete may have other days
    return value - planned * share
