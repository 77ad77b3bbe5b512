"""What was written to a sport's zones, or would be, in rows and in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from bridge.domain.flat import Scalar, number
from bridge.domain.speech.breath import Part, in_one_breath
from bridge.domain.speech.voice import Voice
from bridge.domain.sport import SWIMS
from bridge.domain.values import Value, Values, same, scalar
from bridge.domain.zones.limit import zone_sent
from bridge.domain.zones.settings import NO_LIMIT_PERCENT, Thresholds, watts_at
from bridge.domain.zones.values import (
    BOUNDS,
    HEART_RATE,
    NAMES,
    PACE,
    POWER,
    Metric,
    bounds_of,
)

_IN_ONE_NUMBER = frozenset({"ftp_w", "lthr_bpm", "max_hr_bpm"})


class ZonesWritten(Thresholds, frozen=True, kw_only=True, omit_defaults=True):
    """The thresholds as they are now, and what became of the write."""

    preview: bool | None = None  # nothing was written
    not_kept: str | None = None  # names of fields that Intervals.icu did not keep


class ZoneChange(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One field that was written; lists are one text, joined by commas."""

    sport: str
    field: str
    wanted: Scalar | None = None
    value: Scalar | None = None  # what Intervals.icu has now
    before: Scalar | None = None
    kept: bool


class ZonesApplied(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Past activities whose zones are worked out anew, some time later."""

    sport: str
    activities: int
    preview: bool | None = None


def changes_of(
    sport: str, wanted: Values, before: Values, after: Values
) -> list[ZoneChange]:
    """Return a row for each field that was written, or would be."""
    return [
        ZoneChange(
            sport=sport,
            field=name,
            wanted=_shown(wanted[name]),
            value=_shown(after.get(name)),
            before=_shown(before.get(name)),
            kept=same(wanted[name], after.get(name)),
        )
        for name in wanted
    ]


def say_changes(
    wanted: Values,
    before: Values,
    voice: Voice,
    *,
    thresholds: Thresholds,
    sent: Mapping[str, object],
) -> list[Part]:
    """Say what changes: for each field a sentence, longer and shorter.

    ``thresholds`` are those of before or after the change: a limit in percent of the
    FTP is said in watts too. ``sent`` is what was asked for: a limit that was sent as
    a pace is said as one.
    """
    ftp_w = number(wanted.get("ftp_w"))
    telling = _Telling(
        wanted=wanted,
        before=before,
        voice=voice,
        sport=thresholds.sport,
        ftp_w=thresholds.ftp_w if ftp_w is None else int(ftp_w),
        zone=zone_sent(sent),
        speed_m_per_s=_threshold_speed(wanted, thresholds)
        if "to_pace" in sent
        else None,
    )
    said: list[Part] = [part for name in wanted if (part := telling.say(name))]
    if "lthr_bpm" in wanted and HEART_RATE.bounds not in wanted:
        said.append(voice.say("change.heart_rate_stays"))
    return said


def say_written(
    said: Sequence[Part],
    voice: Voice,
    *,
    preview: bool,
    troubles: Sequence[str] = (),
    already: bool = False,
) -> str:
    """Say troubles, all changes, and that past activities stay as they are.

    ``already`` tells that nothing changed: then what is so already says it all.
    """
    if already:
        return in_one_breath(voice, (*troubles, *said))
    head = voice.say("change.preview" if preview else "change.done")
    past = voice.say("change.past")
    return in_one_breath(voice, (*troubles, head, *said), [past])


def say_applied(applied: ZonesApplied, sport: str, voice: Voice) -> str:
    """Say how many past activities get other zones."""
    if not applied.activities:
        return voice.say("apply.none", sport=sport)
    key = "apply.preview" if applied.preview else "apply.asked"
    return voice.say(key, n=applied.activities, sport=sport)


def say_values(values: Values, voice: Voice, sport: str) -> str:
    """Say values as they are, such as ``Threshold power 265 watts``."""
    said = (
        voice.say(
            "change.value",
            name=voice.label(name, "change"),
            value=_say_value(name, value, voice, sport),
        )
        for name, value in values.items()
    )
    return in_one_breath(voice, said)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Telling:
    """Says one field after the other of the same change."""

    wanted: Values
    before: Values
    voice: Voice
    sport: str
    ftp_w: int | None
    zone: int | None
    speed_m_per_s: float | None  # at the threshold, where limits are said as paces

    def say(self, name: str) -> Part:
        """Say one field; None where another one says it."""
        metric = BOUNDS.get(name)
        moved = None if metric is None else _one_moved(metric, self.wanted, self.before)
        if metric is None or moved is None:
            return self._say_kept_limit(metric, name) or self._say_whole(name)
        if _is_the_maximum(metric, moved, self.wanted, self.before):
            return None
        return self._say_limit(metric, moved)

    def _say_whole(self, name: str) -> Part:
        value = _say_value(name, self.wanted[name], self.voice, self.sport)
        field = self.voice.label(name, "change")
        is_list = name in BOUNDS or name in NAMES
        if same(self.wanted[name], self.before.get(name)):
            key = "change.as_before" if is_list else "change.already"
            return self.voice.say(key, name=field, value=value)
        said = self.voice.say("change.value", name=field, value=value)
        if is_list or self.before.get(name) is None:
            return said
        old = self._say_old(name)
        key = _direction(name, self.wanted[name], self.before[name])
        return [self.voice.say(key, name=field, value=value, before=old), said]

    def _say_old(self, name: str) -> str:
        """Say what was: a number alone, as its unit has just been said; or a pace."""
        old = number(self.before[name])
        if old is None or self.wanted[name] is None or name not in _IN_ONE_NUMBER:
            return _say_value(name, self.before[name], self.voice, self.sport)
        return self.voice.say_number(old)

    def _say_kept_limit(self, metric: Metric | None, name: str) -> str | None:
        """Say that the one limit that was sent is where it was; None for a list."""
        if metric is None or self.zone is None:
            return None
        is_one = 0 < self.zone <= len(bounds_of(self.wanted, metric))
        if not is_one or not same(self.wanted[name], self.before.get(name)):
            return None
        return self.voice.say(
            "change.limit_already",
            name=self.voice.say(f"change.limit.{metric.name}"),
            zone=str(self.zone),
            value=self._say_new(metric, self.zone - 1),
        )

    def _say_new(self, metric: Metric, index: int) -> str:
        limit = bounds_of(self.wanted, metric)[index]
        if metric is PACE and self.speed_m_per_s is not None:
            return self._say_pace(limit)
        said = _say_bound(metric, limit, self.voice)
        watts = watts_at(limit, self.ftp_w) if metric is POWER else None
        if watts is None:
            return said
        spoken = self.voice.say("watts", n=watts)
        return self.voice.say("change.percent_and_watts", percent=said, watts=spoken)

    def _say_pace(self, percent: float) -> str:
        speed = (self.speed_m_per_s or 0.0) * percent / 100
        return _say_speed(speed, self.voice, self.sport)

    def _say_limit(self, metric: Metric, index: int) -> list[str]:
        name, zone = self.voice.say(f"change.limit.{metric.name}"), str(index + 1)
        before = bounds_of(self.before, metric)[index]
        limit = _say_bound(metric, bounds_of(self.wanted, metric)[index], self.voice)
        old = _say_bound(metric, before, self.voice)
        if metric is HEART_RATE:  # the unit has just been said
            old = self.voice.say_number(before)
        if metric is PACE and self.speed_m_per_s is not None:
            old = self._say_pace(before)
        new = self._say_new(metric, index)
        return [
            self.voice.say("change.limit", name=name, zone=zone, value=new, before=old),
            *(
                self.voice.say("change.limit_only", name=name, zone=zone, value=value)
                for value in (new, limit)
            ),
        ]


def _threshold_speed(wanted: Values, thresholds: Thresholds) -> float | None:
    """Return the speed at the threshold, in metres a second."""
    new = number(wanted.get("threshold_pace_m_per_s"))
    paces = (
        (1000, thresholds.threshold_pace_s_per_km),
        (100, thresholds.threshold_pace_s_per_100m),
        (500, thresholds.threshold_pace_s_per_500m),
    )
    known = (metres / pace_s for metres, pace_s in paces if pace_s)
    return new or next(known, None)


def _direction(name: str, value: Value, before: Value) -> str:
    """Return how a change is said: watts and beats go up or down, a pace just was."""
    new, old = number(value), number(before)
    if new is None or old is None or name == "threshold_pace_m_per_s":
        return "change.from"
    return "change.up" if new > old else "change.down"


def _one_moved(metric: Metric, wanted: Values, before: Values) -> int | None:
    """Return the index of the only limit that moves, or None."""
    new, old = bounds_of(wanted, metric), bounds_of(before, metric)
    if len(new) != len(old):
        return None
    moved = [index for index in range(len(new)) if new[index] != old[index]]
    return moved[0] if len(moved) == 1 else None


def _is_the_maximum(metric: Metric, index: int, wanted: Values, before: Values) -> bool:
    """Tell whether the limit is the maximum heart rate, which is said already."""
    last = len(bounds_of(before, metric)) - 1
    return metric is HEART_RATE and index == last and "max_hr_bpm" in wanted


def _say_bound(metric: Metric, bound: float, voice: Voice) -> str:
    if metric is HEART_RATE:
        return voice.say("beats", n=bound)
    return voice.say("change.limit_percent", number=voice.say_number(bound, 1))


def _say_value(name: str, value: Value, voice: Voice, sport: str) -> str:
    if value is None:
        return voice.say("change.empty")
    if name in BOUNDS:
        return _say_bounds(BOUNDS[name], bounds_of({name: value}, BOUNDS[name]), voice)
    if name in NAMES:
        return str(_shown(value))
    if name == "threshold_pace_m_per_s":
        return _say_speed(number(value) or 0.0, voice, sport)
    return voice.say(
        "watts" if name.endswith("_w") else "beats", n=number(value) or 0.0
    )


def _say_speed(metres_per_s: float, voice: Voice, sport: str) -> str:
    if sport in SWIMS:
        return voice.say_swim_pace(100 / metres_per_s)
    return voice.say_pace(1000 / metres_per_s)


def _say_bounds(metric: Metric, bounds: Sequence[float], voice: Voice) -> str:
    said = [voice.say_number(bound, 1) for bound in bounds if bound != NO_LIMIT_PERCENT]
    if metric is HEART_RATE:
        return voice.listed(said)
    return voice.say("percent", number=voice.listed(said))


def _shown(value: Value) -> Scalar | None:
    """Return a value for a row; a list is one text, joined by commas."""
    if not isinstance(value, list):
        return scalar(value)
    return ", ".join(
        f"{row:g}" if isinstance(row, float) else str(row) for row in value
    )
