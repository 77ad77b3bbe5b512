"""The steps of a planned workout, in one line for the eye and a few for the ear."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bridge.domain.flat import amount, text, whole_amount
from bridge.domain.speech.breath import in_runs, short
from bridge.domain.speech.voice import Voice

_DEEPEST = 4
_MOST_STEPS = 200
_LONGEST_LINE = 1000
_LONGEST_SPOKEN = 150
_SUFFIXES = {
    "w": " W",
    "%ftp": "% FTP",
    "%mmp": "% of best",
    "%lthr": "% threshold HR",
    "%hr": "% max HR",
    "bpm": " bpm",
    "%pace": "% pace",
    "rpm": " rpm",
}
_ZONE_SUFFIXES = {"power_zone": "", "hr_zone": " HR", "pace_zone": " pace"}
_PERCENTAGES = ("%ftp", "%mmp", "%lthr", "%hr", "%pace")
_AIMS = {"w": "watts"} | dict.fromkeys(_PERCENTAGES, "percent")
# Of power nothing is said: most workouts are made of it.
_OF_WHAT = {
    "%lthr": "steps.of_lthr",
    "%hr": "steps.of_hr",
    "%pace": "steps.of_pace",
    "hr_zone": "steps.by_hr",
    "pace_zone": "steps.by_pace",
}


@dataclass(frozen=True, slots=True)
class StepTarget:
    """What to hold: from ``low`` to ``high`` (the same for one value) in ``units``."""

    low: float
    high: float
    units: str


@dataclass(frozen=True, slots=True)
class WorkoutStep:
    """One step, or ``steps`` to be repeated ``reps`` times."""

    label: str | None = None
    duration_s: int | None = None
    distance_m: int | None = None
    targets: tuple[StepTarget, ...] = ()
    ramp: bool = False
    reps: int = 1
    steps: tuple[WorkoutStep, ...] = ()


def read_steps(workout_doc: object) -> tuple[WorkoutStep, ...]:
    """Read the steps of upstream's ``workout_doc``; what is no step is left out.

    Parameters
    ----------
    workout_doc
        ``steps`` with ``duration`` in seconds or ``distance`` in metres, targets
        ``power``, ``hr``, ``pace``, ``cadence``, and ``reps`` around nested steps.
    """
    return _read_steps(workout_doc, 0)


def _read_steps(holder: object, depth: int) -> tuple[WorkoutStep, ...]:
    rows = holder.get("steps") if isinstance(holder, Mapping) else None
    if not isinstance(rows, list) or depth > _DEEPEST:
        return ()
    return tuple(
        _read_step(row, depth) for row in rows[:_MOST_STEPS] if isinstance(row, Mapping)
    )


def _read_step(row: Mapping[str, object], depth: int) -> WorkoutStep:
    kinds = ("power", "hr", "pace", "cadence")
    targets = [_read_target(row.get(kind)) for kind in kinds]
    return WorkoutStep(
        label=text(row.get("text"), 100),
        duration_s=whole_amount(row.get("duration"), least=1),
        distance_m=whole_amount(row.get("distance"), least=1),
        targets=tuple(target for target in targets if target is not None),
        ramp=row.get("ramp") is True,
        reps=whole_amount(row.get("reps"), least=1, most=1000) or 1,
        steps=_read_steps(row, depth + 1),
    )


def _read_target(value: object) -> StepTarget | None:
    if not isinstance(value, Mapping):
        return None
    units = text(value.get("units"), 20)
    single = amount(value.get("value"), 1)
    low, high = amount(value.get("start"), 1), amount(value.get("end"), 1)
    ends = [end for end in (low, high, single) if end is not None]
    if units is None or not ends:
        return None
    return StepTarget(ends[0], ends[-1] if single is None else single, units.lower())


def show_steps(steps: Sequence[WorkoutStep]) -> str | None:
    """Return all steps in one line: ``20 min Warm-up, 4 × (4 min 310 W, 5 min)``."""
    return text(", ".join(_show_step(step) for step in steps), _LONGEST_LINE)


def _show_step(step: WorkoutStep) -> str:
    if step.steps:
        inner = ", ".join(_show_step(inner) for inner in step.steps)
        return f"{step.reps} × ({inner})"
    ramp = "ramp" if step.ramp else None
    targets = map(_show_target, step.targets)
    parts = (_show_extent(step), step.label, ramp, *targets)
    return " ".join(part for part in parts if part) or "…"


def _show_extent(step: WorkoutStep) -> str | None:
    if step.distance_m is not None:
        if step.distance_m < 1000:
            return f"{step.distance_m} m"
        return f"{step.distance_m / 1000:g} km"
    if step.duration_s is None:
        return None
    minutes, seconds = divmod(step.duration_s, 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "h"), (minutes, "min"), (seconds, "s"))
    return " ".join(f"{n} {unit}" for n, unit in parts if n)


def _show_target(target: StepTarget) -> str:
    zone = _ZONE_SUFFIXES.get(target.units)
    if zone is not None:
        return _range("Z{:g}", target) + zone
    suffix = _SUFFIXES.get(target.units, f" {target.units}")
    return _range("{:g}", target) + suffix


def _range(pattern: str, target: StepTarget) -> str:
    low, high = pattern.format(target.low), pattern.format(target.high)
    return low if low == high else f"{low}-{high}"


def say_steps(steps: Sequence[WorkoutStep], voice: Voice) -> str | None:
    """Say as many of the first steps as can be kept in mind."""
    parts = in_runs((_say_step(step, voice) for step in steps), voice)
    said: list[str] = []
    for part in parts:
        if len(", ".join([*said, part])) > _LONGEST_SPOKEN:
            break
        said.append(part)
    if not said:
        return None
    key = "steps.all" if len(said) == len(parts) else "steps.first"
    return voice.say(key, steps=", ".join(said))


def _say_step(step: WorkoutStep, voice: Voice) -> str:
    if step.steps:
        inner = voice.listed([_say_step(inner, voice) for inner in step.steps])
        return voice.say("steps.repeat", n=step.reps, steps=inner)
    parts = (_say_extent(step, voice), _say_aim(step, voice))
    said = " ".join(part for part in parts if part)
    return said or voice.say("steps.unknown")


def _say_extent(step: WorkoutStep, voice: Voice) -> str | None:
    if step.distance_m is not None:
        return voice.say_distance(step.distance_m / 1000)
    return None if step.duration_s is None else voice.say_duration(step.duration_s)


def _say_aim(step: WorkoutStep, voice: Voice) -> str | None:
    """Say the athlete's own words for the step, else what to hold."""
    if step.label is not None:
        return short(step.label)
    if not step.targets:
        return None
    target = step.targets[0]
    held, what = _say_target(target, voice), _OF_WHAT.get(target.units)
    return held if held is None or what is None else voice.say(what, held=held)


def _say_target(target: StepTarget, voice: Voice) -> str | None:
    low, high = voice.say_number(target.low), voice.say_number(target.high)
    if target.units in _ZONE_SUFFIXES:
        held = low if low == high else voice.say("number.range", low=low, high=high)
        return voice.say("steps.zone", n=abs(target.high - target.low) + 1, zone=held)
    aim = _AIMS.get(target.units)
    if aim is None:
        return None
    if low != high:
        return voice.say(f"steps.{aim}_between", low=low, high=high)
    return voice.say(f"steps.{aim}", n=target.high, **{aim: low})
