"""The card of a planned workout: its steps as blocks, as the calendar draws them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from bridge.domain.calendar.event import Event
from bridge.domain.calendar.workout import (
    StepTarget,
    WorkoutStep,
    main_set,
    show_main_set,
)
from bridge.domain.cards.card import Card, CardItem, lines_of, shown_name, thinned
from bridge.domain.flat import quotient
from bridge.domain.moment import read_day
from bridge.domain.speech.trim import begin
from bridge.domain.speech.voice import Voice
from bridge.domain.sport import say_sport
from bridge.domain.zones.settings import Thresholds

_NO_AIM_PERCENT = 60.0
_S_PER_M_UNAIMED = 0.3  # a step by distance: as long as a run of it
# The zones of power and of pace begin at these percentages of the threshold.
_ZONE_STARTS = (0, 56, 76, 91, 106, 121, 151)
_ZONE_MIDDLES = (0.0, 50.0, 65.0, 83.0, 98.0, 113.0, 135.0, 160.0)


class WorkoutPlan(NamedTuple):
    """The steps of a workout, and the thresholds of its sport."""

    steps: Sequence[WorkoutStep] = ()
    thresholds: Thresholds | None = None


def workout_card(
    event: Event | None, plan: WorkoutPlan, speech: str, voice: Voice, today: date
) -> Card:
    """Put the card of the next workout together; ``speech`` is its sentence.

    ``items`` are its steps in order, repeats written out, in percent of threshold.
    """
    if event is None:
        return Card(
            card="workout",
            date=today.isoformat(),
            title=voice.say("card.workout"),
            value=voice.say("card.nothing_planned"),
            caption="",
            tone="neutral",
            alt=speech,
        )
    blocks = blocks_of(plan)
    day = read_day(event.date) or today
    length = voice.show_duration(event.planned_s) if event.planned_s else None
    far = event.planned_distance_km
    distance = voice.show_distance(far) if far else None
    load = event.planned_load
    return Card(
        card="workout",
        date=today.isoformat(),
        title=begin(voice.day(day, today)),
        value=shown_name(event.name) or begin(say_sport(event.type, voice)),
        caption=" · ".join(part for part in (length, distance) if part),
        tone="neutral",
        chart="blocks" if blocks else "none",
        unit="%" if blocks else None,
        lines=lines_of(
            (
                _main(plan, voice),
                None if load is None else voice.say("card.load", n=load),
            )
        ),
        alt=speech,
        items=blocks,
    )


def blocks_of(plan: WorkoutPlan) -> tuple[CardItem, ...]:
    """Return the steps as blocks, repeats written out, at most sixty of them."""
    blocks = [_block(step, plan.thresholds) for step in _written_out(plan.steps)]
    return thinned([block for block in blocks if block is not None])


def _written_out(steps: Sequence[WorkoutStep]) -> Iterator[WorkoutStep]:
    for step in steps:
        if not step.steps:
            yield step
        for _ in range(step.reps if step.steps else 0):
            yield from _written_out(step.steps)


def _block(step: WorkoutStep, thresholds: Thresholds | None) -> CardItem | None:
    length_s = step.duration_s or round((step.distance_m or 0) * _S_PER_M_UNAIMED)
    if not length_s:
        return None
    aimed = next(filter(None, (_aim(one, thresholds) for one in step.targets)), None)
    low, high = aimed or (_NO_AIM_PERCENT, _NO_AIM_PERCENT)
    middle = round((low + high) / 2, 1)
    return CardItem(
        value=middle,
        low=round(low, 1) if aimed and (step.ramp or low != high) else None,
        high=round(high, 1) if aimed and (step.ramp or low != high) else None,
        length_s=length_s,
        label=step.label[:24] if step.label else None,
        zone=None if aimed is None else zone_at(middle),
    )


def zone_at(percent: float) -> str:
    """Name the zone of a percentage of threshold power or pace: ``z1`` to ``z7``."""
    return f"z{sum(percent >= start for start in _ZONE_STARTS)}"


def _aim(
    target: StepTarget, thresholds: Thresholds | None
) -> tuple[float, float] | None:
    """Return what a target is in percent of the threshold."""
    units, known = target.units, thresholds
    if units in {"%ftp", "%mmp", "%lthr", "%hr", "%hrr", "%pace"}:
        return target.low, target.high
    if units.endswith("_zone"):
        return _of_zone(target.low), _of_zone(target.high)
    if units == "w" and known is not None:
        return _shares(target, known.ftp_w)
    if units == "bpm" and known is not None:
        return _shares(target, known.lthr_bpm)
    if units == "mins_km" and known is not None and known.threshold_pace_s_per_km:
        pace = known.threshold_pace_s_per_km
        return 100 * pace / target.low, 100 * pace / target.high
    return None


def _shares(target: StepTarget, threshold: float | None) -> tuple[float, float] | None:
    low, high = quotient(target.low, threshold), quotient(target.high, threshold)
    return None if low is None or high is None else (100 * low, 100 * high)


def _of_zone(zone: float) -> float:
    return _ZONE_MIDDLES[min(max(round(zone), 1), len(_ZONE_MIDDLES) - 1)]


def _main(plan: WorkoutPlan, voice: Voice) -> str | None:
    main = main_set(plan.steps)
    shown = [] if main is None else show_main_set(main, voice, plan.thresholds)
    return shown[0] if shown else None
