"""The steps of a planned workout, in one line for the eye and a few for the ear."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from bridge.domain.flat import amount, text, whole_amount
from bridge.domain.speech.breath import short
from bridge.domain.speech.phrases import LANGUAGES, words_of
from bridge.domain.speech.voice import Voice
from bridge.domain.zones.settings import Thresholds

_DEEPEST = 4
_MOST_STEPS = 200
_LONGEST_LINE = 1000
_LONGEST_SPOKEN = 150
_LONGEST_LABEL = 40
_LONG_M = 1000  # in miles from here on, where these are the athlete's
_LEAST_SET_S = 180
_CLEARLY_HARDER = 1.15
# Zone 1 is some 55 percent, zone 5 some 115: enough to tell work from rest.
_ZONE_PERCENT, _PERCENT_A_ZONE = 40, 15
_PACE_PERCENT_S = 25_000  # 250 seconds a kilometre are 100 percent
_SUFFIXES = {
    "w": " W",
    "%ftp": "% FTP",
    "%mmp": "% of best",
    "%hrr": "% HRR",
    "%lthr": "% threshold HR",
    "%hr": "% max HR",
    "bpm": " bpm",
    "%pace": "% pace",
    "rpm": " rpm",
}
_ZONE_SUFFIXES = {"power_zone": "", "hr_zone": " HR", "pace_zone": " pace"}
_PERCENTAGES = ("%ftp", "%mmp", "%hrr", "%lthr", "%hr", "%pace")
_AIMS = {"w": "watts", "bpm": "beats"} | dict.fromkeys(_PERCENTAGES, "percent")
# A pace is planned in seconds for a length: how that is shown, and how it is said.
_PACES = {
    "mins_km": ("/km", "pace.per_km"),
    "mins_mile": ("/mi", "pace.per_mile"),
    "secs_100m": ("/100 m", "pace.per_100m"),
    "secs_100y": ("/100 yd", "pace.per_100y"),
    "secs_250m": ("/250 m", "pace.per_250m"),
    "secs_400m": ("/400 m", "pace.per_400m"),
    "secs_500m": ("/500 m", "pace.per_500m"),
}
_SHORTEST_PACE_S = 60  # for a kilometre or a mile: below it, minutes are meant
# Of power nothing is said: most workouts are made of it.
_OF_WHAT = {
    "%lthr": "steps.of_lthr",
    "%hr": "steps.of_hr",
    "%hrr": "steps.of_hrr",
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
    ramp = row.get("ramp") is True
    targets = [_read_target(row.get(kind), ramp=ramp) for kind in kinds]
    return WorkoutStep(
        label=text(row.get("text"), 100),
        duration_s=whole_amount(row.get("duration"), least=1),
        distance_m=whole_amount(row.get("distance"), least=1),
        reps=whole_amount(row.get("reps"), least=1, most=1000) or 1,
        targets=tuple(target for target in targets if target is not None),
        ramp=ramp,
        steps=_read_steps(row, depth + 1),
    )


def _read_target(value: object, *, ramp: bool) -> StepTarget | None:
    if not isinstance(value, Mapping):
        return None
    units = text(value.get("units"), 20)
    single = amount(value.get("value"), 1)
    low, high = amount(value.get("start"), 1), amount(value.get("end"), 1)
    known = [end for end in (low, high, single) if end is not None]
    if units is None or not any(known):  # 0 percent beside a heart rate is no target
        return None
    ends = known if ramp else [end for end in known if end]  # a ramp may begin at 0
    units, last = units.lower(), single or ends[-1]
    if units.startswith("mins_") and max(ends) < _SHORTEST_PACE_S:
        return StepTarget(ends[0] * 60, last * 60, units)
    return StepTarget(ends[0], last, units)


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
    if target.units in _PACES:
        low, high = _minutes(target.low), _minutes(target.high)
        return f"{low if low == high else f'{low}-{high}'} {_PACES[target.units][0]}"
    suffix = _SUFFIXES.get(target.units, f" {target.units.replace('_', ' ')}")
    return _range("{:g}", target) + suffix


def _minutes(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"


def _range(pattern: str, target: StepTarget) -> str:
    low, high = pattern.format(target.low), pattern.format(target.high)
    return low if low == high else f"{low}-{high}"


def main_set(steps: Sequence[WorkoutStep]) -> WorkoutStep | None:
    """Return what a workout is about, or None where it is all alike.

    That is the repeats with the most work in them; without repeats the hardest step,
    where it is at least three minutes long and clearly harder than the rest.
    """
    repeats = [step for step in steps if step.steps and step.reps > 1]
    if repeats:
        return max(repeats, key=lambda step: step.reps * _work(hardest(step)))
    plain = [step for step in steps if not step.steps]
    if len(plain) == 1:
        return plain[0]
    most = max(plain, key=_effort, default=None)
    if most is None or (most.duration_s or _LEAST_SET_S) < _LEAST_SET_S:
        return None
    if len({step.targets[0].units for step in plain if step.targets}) > 1:
        return None  # a pace and a pulse cannot be compared
    others = [_effort(step) for step in plain if step is not most]
    usual = sum(others) / len(others) if others else 0.0
    return most if _effort(most) > usual * _CLEARLY_HARDER else None


def hardest(repeat: WorkoutStep) -> WorkoutStep:
    """Return the step of a repeat that is the work in it."""
    return max(repeat.steps, key=_effort)


def _work(step: WorkoutStep) -> float:
    return (step.duration_s or step.distance_m or 0) * (_effort(step) or 1.0)


def _effort(step: WorkoutStep) -> float:
    """Return about how hard a step is, in percent of a threshold, to rank it.

    Watts and beats without a threshold keep their number; of a pace less is more.
    """
    if step.steps:
        return _effort(hardest(step))
    if not step.targets:
        return 0.0
    target = step.targets[0]
    middle = (target.low + target.high) / 2
    if target.units in _ZONE_SUFFIXES:
        return _ZONE_PERCENT + middle * _PERCENT_A_ZONE
    return _PACE_PERCENT_S / middle if target.units in _PACES else middle


def say_main_set(
    step: WorkoutStep,
    voice: Voice,
    thresholds: Thresholds | None = None,
    *,
    swum: bool = False,
) -> list[str]:
    """Say a main set, the longest wording first: with its rests, its aim, alone."""
    work = hardest(step) if step.steps else step
    extent = _say_extent(work, voice, swum=swum)
    if extent is None:
        return []
    aim = _say_aim(work, voice, thresholds)
    held = extent if aim is None else f"{extent} {aim}"
    if not step.steps:
        return [held, extent]
    said = [voice.say("steps.repeat", n=step.reps, steps=held)]
    if step.steps[-1] is not work and len(step.steps) == 2:
        rest = _say_extent(step.steps[-1], voice, swum=swum)
        if rest is not None:
            is_easy = step.steps[-1].targets and _role(step.steps[-1]) is None
            key = "steps.rests" if is_easy else "steps.pauses"
            said.insert(0, voice.say(key, sets=said[0], rest=rest))
    return [*said, voice.say("steps.repeat", n=step.reps, steps=extent)]


def show_main_set(
    step: WorkoutStep, voice: Voice, thresholds: Thresholds | None = None
) -> list[str]:
    """Show a main set, the longest wording first: ``4 × 8 min 260 W``, ``4 × 8 min``.

    Watts, beats and paces stand in place of percentages where the threshold is known.
    """
    work = hardest(step) if step.steps else step
    extent = _show_extent_of(work, voice)
    if extent is None:
        return []
    times = f"{step.reps} × " if step.steps else ""
    aim = _show_aim(work, voice, thresholds)
    shown = [f"{times}{extent}"]
    return shown if aim is None else [f"{shown[0]} {aim}", *shown]


def _show_extent_of(step: WorkoutStep, voice: Voice) -> str | None:
    far = step.distance_m
    if far is not None and voice.units == "imperial" and far >= _LONG_M:
        return voice.show_distance(far / 1000)
    return _show_extent(step)


def _show_aim(
    step: WorkoutStep, voice: Voice, thresholds: Thresholds | None
) -> str | None:
    if step.label is not None:
        return step.label[:_LONGEST_LABEL]
    if not step.targets:
        return None
    target = _as_held(step.targets[0], thresholds)
    share_s = _share_s(target, thresholds)
    if share_s is not None:
        is_run, seconds = share_s
        return voice.show_pace(seconds) if is_run else voice.show_swim_pace(seconds)
    held = _show_target(target)
    return held.removesuffix(" FTP") if target.units == "%ftp" else held


def say_steps(
    steps: Sequence[WorkoutStep], voice: Voice, *, swum: bool = False
) -> str | None:
    """Say as many of the first steps as can be kept in mind."""
    runs = [(step, len(list(alike))) for step, alike in groupby(steps)]
    parts = [_say_run(step, times, voice, swum=swum) for step, times in runs]
    said: list[str] = []
    for part in parts:
        if len(", ".join([*said, part])) > _LONGEST_SPOKEN:
            break
        said.append(part)
    if not said:
        return None
    key = "steps.all" if len(said) == len(parts) else "steps.first"
    return voice.say(key, steps=", ".join(said))


def _say_run(step: WorkoutStep, times: int, voice: Voice, *, swum: bool) -> str:
    """Say a step that comes several times once; what sounds alike may differ."""
    said = _say_step(step, voice, swum=swum)
    return said if times == 1 else voice.say("steps.repeat", n=times, steps=said)


def say_only_step(
    steps: Sequence[WorkoutStep], voice: Voice, *, swum: bool = False
) -> str | None:
    """Say a workout that is one step: ``1 hour in zone 2``; None for any other."""
    if len(steps) != 1 or steps[0].steps:
        return None
    return _say_step(steps[0], voice, swum=swum)


def _say_step(step: WorkoutStep, voice: Voice, *, swum: bool) -> str:
    if step.steps:
        work, *others = step.steps
        if len(others) == 1 and hardest(step) is work:
            said_once = say_main_set(step, voice, swum=swum)
            if said_once:
                return said_once[0]
        inner = [_say_step(one, voice, swum=swum) for one in step.steps]
        return voice.say("steps.repeat", n=step.reps, steps=voice.listed(inner))
    extent = _say_extent(step, voice, swum=swum)
    role = _role(step)
    if extent is not None and role is not None:
        return voice.say(f"steps.{role}", extent=extent)
    parts = (extent, _say_aim(step, voice, None))
    said = " ".join(part for part in parts if part)
    return said or voice.say("steps.unknown")


def _role(step: WorkoutStep) -> str | None:
    """Return what a step is for by its label, whatever language that is in.

    The labels are those that a dictated workout gets: ``warm_up``, ``recovery``.
    """
    label = _plain(step.label or "")
    return next((role for role, words in _labels().items() if label in words), None)


@cache
def _labels() -> Mapping[str, frozenset[str]]:
    """Return the labels of all languages under what they mean."""
    tables = [words_of(language, "dictation")["labels"] for language in LANGUAGES]
    return {
        role: frozenset(_plain(table[role]) for table in tables) for role in tables[0]
    }


def _plain(label: str) -> str:
    return label.casefold().replace("-", "").replace(" ", "")


def _say_extent(step: WorkoutStep, voice: Voice, *, swum: bool = False) -> str | None:
    if step.distance_m is not None:
        return voice.metric.say_distance(step.distance_m / 1000, swum=swum)
    return None if step.duration_s is None else voice.say_duration(step.duration_s)


def _say_aim(
    step: WorkoutStep, voice: Voice, thresholds: Thresholds | None
) -> str | None:
    """Say the athlete's own words for the step, else what to hold."""
    if step.label is not None:
        return short(step.label, voice)
    if not step.targets:
        return None
    target = _as_held(step.targets[0], thresholds)
    pace = _say_share(target, voice, thresholds)
    if pace is not None:
        return pace
    held, what = _say_target(target, voice), _OF_WHAT.get(target.units)
    if held is not None and what is not None:
        held = voice.say(what, held=held)
    if held is None or not step.ramp or target.low == target.high:
        return held
    rises = (target.low < target.high) != (target.units in _PACES)
    return voice.say("steps.rising" if rises else "steps.falling", held=held)


def _say_share(
    target: StepTarget, voice: Voice, thresholds: Thresholds | None
) -> str | None:
    """Say the pace at a percentage of the threshold's, where that is known."""
    share_s = _share_s(target, thresholds)
    if share_s is None:
        return None
    is_run, seconds = share_s
    pace = voice.say_pace(seconds) if is_run else voice.say_swim_pace(seconds)
    return voice.say("steps.pace", pace=pace)


def _share_s(
    target: StepTarget, thresholds: Thresholds | None
) -> tuple[bool, float] | None:
    """Return seconds a kilometre (True) or 100 metres of a share of the threshold."""
    percent = (target.low + target.high) / 2
    if thresholds is None or target.units != "%pace" or not percent:
        return None
    share = 100 / percent
    if thresholds.threshold_pace_s_per_km is not None:
        return True, thresholds.threshold_pace_s_per_km * share
    if thresholds.threshold_pace_s_per_100m is not None:
        return False, thresholds.threshold_pace_s_per_100m * share
    return None


def _as_held(target: StepTarget, thresholds: Thresholds | None) -> StepTarget:
    """Return watts or beats in place of a percentage, where the threshold is known."""
    if thresholds is None:
        return target
    by = {"%ftp": (thresholds.ftp_w, "w"), "%lthr": (thresholds.lthr_bpm, "bpm")}
    by["%hr"] = (thresholds.max_hr_bpm, "bpm")
    whole, units = by.get(target.units, (None, ""))
    if whole is None:
        return target
    low, high = (round(end * whole / 100) for end in (target.low, target.high))
    return StepTarget(low, high, units)


def _say_target(target: StepTarget, voice: Voice) -> str | None:
    low, high = voice.say_number(target.low), voice.say_number(target.high)
    if target.units in _ZONE_SUFFIXES:
        held = low if low == high else voice.say("number.range", low=low, high=high)
        return voice.say("steps.zone", n=abs(target.high - target.low) + 1, zone=held)
    if target.units in _PACES:
        return voice.say("steps.at_pace", pace=_say_pace(target, voice))
    aim = _AIMS.get(target.units)
    if aim is None:
        return None
    if low != high:
        return voice.say(f"steps.{aim}_between", low=low, high=high)
    return voice.say(f"steps.{aim}", n=target.high, **{aim: low})


def _say_pace(target: StepTarget, voice: Voice) -> str:
    """Say a pace for the length it was planned for."""
    low, high = voice.say_exact_time(target.low), voice.say_exact_time(target.high)
    time = low if low == high else voice.say("number.range", low=low, high=high)
    return voice.say(_PACES[target.units][1], time=time)
