"""A dictated workout as a calendar entry."""

from __future__ import annotations

from bridge.domain.calendar import workout
from bridge.domain.calendar.dictation import Block, DictatedWorkout, Step, Target
from bridge.domain.flat import Scalar
from bridge.domain.zones.settings import RawSportSettings

_UNITS: dict[Target, str] = {
    "power": "power_zone",
    "hr": "hr_zone",
    "pace": "pace_zone",
}


def target_for(sport: str, raw: RawSportSettings | None) -> Target | None:
    """Return what the zones of a sport can be of, for this athlete.

    Zones that the athlete never set would be understood as nothing. None leaves it
    to the sport.
    """
    if raw is None:
        return None
    has_power = bool(raw.power_zones and raw.ftp)
    has_pace = bool(raw.pace_zones and raw.threshold_pace)
    natural: Target = "power" if sport in ("Ride", "Rowing") else "pace"
    if (natural == "power" and has_power) or (natural == "pace" and has_pace):
        return natural
    return "hr" if raw.hr_zones else None


def event_of(dictated: DictatedWorkout) -> dict[str, Scalar | None]:
    """Return the values of the entry that a dictated workout becomes."""
    return {
        "category": "WORKOUT",
        "name": dictated.name,
        "type": dictated.sport,
        "start_local": f"{dictated.day.isoformat()}T00:00:00",
        "description": dictated.description,
    }


def steps_of(dictated: DictatedWorkout) -> tuple[workout.Step, ...]:
    """Return the steps as they can be said, before upstream has read them."""
    units = _UNITS[dictated.target]
    return tuple(_block(block, units) for block in dictated.blocks)


def _block(block: Block, units: str) -> workout.Step:
    steps = tuple(_step(step, units) for step in block.steps)
    if block.times == 1 and len(steps) == 1:
        return steps[0]
    return workout.Step(reps=block.times, steps=steps)


def _step(step: Step, units: str) -> workout.Step:
    metres = step.amount.metres
    return workout.Step(
        label=step.label or None,
        duration_s=step.amount.seconds,
        distance_m=None if metres is None else round(metres),
        targets=(workout.Target(step.zone, step.zone, units),),
    )
