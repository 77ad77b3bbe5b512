"""What became of health samples, in words: what was taken, what was left and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import msgspec

from bridge.domain.flat import Scalar
from bridge.domain.health.sync import SAMPLE_TYPES, HealthRead, Why
from bridge.domain.measures import texts
from bridge.domain.speech.breath import in_one_breath
from bridge.domain.speech.voice import Voice
from bridge.domain.wellness.day import say_value

_LONGEST_LINE = 80
_MOST_SHOWN = 5


class HealthItem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One value that the samples gave for one day."""

    date: str
    field: str  # the wellness field, with its unit
    value: Scalar
    value_text: str | None = None
    taken: bool
    why: Why | None = None  # why it was left


class HealthTaken(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A sync as a whole."""

    taken_count: int
    left_count: int
    preview: bool | None = None  # nothing was written
    only_in_bed: bool | None = None  # time in bed came, but no sleep
    unknown_metrics: str | None = None  # of an export, that are not taken over
    bad_count: int | None = None  # samples that were not understood
    bad_fields: str | None = None  # what they were to become
    bad_samples: str | None = None  # the first of them, one a line


def health_item(
    day: date, name: str, value: Scalar, voice: Voice, *, why: Why | None
) -> HealthItem:
    """Return what becomes of one value."""
    shown = next(iter(texts({name: value}, voice, day).values()), str(value))
    return HealthItem(
        date=day.isoformat(),
        field=name,
        value=value,
        value_text=str(shown),
        taken=why is None,
        why=why,
    )


def flatten_taken(
    items: Sequence[HealthItem],
    read: HealthRead,
    *,
    preview: bool,
    unknown: Sequence[str] = (),
) -> HealthTaken:
    """Count what was taken and left; ``unknown`` are metrics that are not ours."""
    writes = {kind.name: kind.writes for kind in SAMPLE_TYPES}
    shown = [f"{one.name}: {one.line[:_LONGEST_LINE]}" for one in read.bad]
    taken = sum(item.taken for item in items)
    return HealthTaken(
        taken_count=taken,
        left_count=len(items) - taken,
        preview=preview or None,
        only_in_bed=read.only_in_bed or None,
        unknown_metrics=", ".join(unknown) or None,
        bad_count=len(read.bad) or None,
        bad_fields=", ".join(dict.fromkeys(writes[one.name] for one in read.bad))
        or None,
        bad_samples="\n".join(shown[:_MOST_SHOWN]) or None,
    )


def say_taken(
    items: Sequence[HealthItem], about: HealthTaken, voice: Voice, today: date
) -> str:
    """Say the newest day value by value, then what was left and why."""
    parts: list[str | None] = []
    if not items:
        if not about.only_in_bed:
            parts.append(voice.say("health.nothing"))
    elif about.taken_count:
        parts += _say_days(items, about, voice, today)
    elif all(item.why == "same" for item in items):
        parts.append(voice.say("health.all_known"))
    else:
        parts.append(voice.say("health.none_taken"))
    if about.only_in_bed:
        parts.append(voice.say("health.only_in_bed"))
    return in_one_breath(
        voice, [*parts, _say_bad(about, voice), *_say_left(items, voice, today)]
    )


def _say_bad(about: HealthTaken, voice: Voice) -> str | None:
    """Name what was not understood, and how much of it."""
    if not about.bad_count or not about.bad_fields:
        return None
    names = [voice.field(name) for name in about.bad_fields.split(", ")[:4]]
    return voice.say("health.bad", n=about.bad_count, names=voice.listed(names))


def _say_days(
    items: Sequence[HealthItem], about: HealthTaken, voice: Voice, today: date
) -> list[str | None]:
    taken = [item for item in items if item.taken]
    newest = max(item.date for item in taken)
    key = "health.would_take" if about.preview else "health.taken"
    day = voice.bare_day(date.fromisoformat(newest), today)
    first = [item for item in taken if item.date == newest]
    others = len(taken) - len(first)
    return [
        voice.say(key, day=day),
        *(say_value(item.field, item.value, voice) for item in first),
        voice.say("health.others", n=others) if others else None,
    ]


def _say_left(
    items: Sequence[HealthItem], voice: Voice, today: date
) -> list[str | None]:
    said: list[str | None] = []
    for why in ("not_kept", "other_source", "cut_off", "smaller"):
        left = [_named(item, voice, today) for item in items if item.why == why]
        if left:
            said.append(voice.say(f"health.{why}", values=voice.listed(left[:4])))
    return said


def _named(item: HealthItem, voice: Voice, today: date) -> str:
    day, name = date.fromisoformat(item.date), voice.field(item.field)
    if day in (today, today - timedelta(days=1)):
        return voice.say("health.of_near", name=name, day=voice.day(day, today))
    said = voice.calendar_day(day, today)
    return voice.say("health.of_day", name=name, day=said)
