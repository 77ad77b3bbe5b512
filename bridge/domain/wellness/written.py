"""What was written to a wellness day, told against the week before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from bridge.domain.flat import Scalar
from bridge.domain.measures import SCALES, texts
from bridge.domain.speech.breath import Part, in_one_breath
from bridge.domain.speech.voice import Voice
from bridge.domain.values import Values, same, scalar
from bridge.domain.wellness.baseline import baseline
from bridge.domain.wellness.custom import is_custom, say_custom
from bridge.domain.wellness.day import Wellness, say_value
from bridge.domain.wellness.fields import WELLNESS_FIELDS

_FREE_TEXTS = frozenset({"comments"})
_FIELDS = tuple(field.name for field in WELLNESS_FIELDS)


class WellnessChange(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One field that was written; ``field`` names it with its unit."""

    date: str
    field: str
    wanted: Scalar
    value: Scalar | None = None  # what Intervals.icu has now
    value_text: str | None = None
    before: Scalar | None = None
    mean_7d: float | None = None  # of the seven days before
    kept: bool


class WellnessWritten(Wellness, frozen=True, kw_only=True, omit_defaults=True):
    """A day that was written to: the fields that were sent, as they are now."""

    preview: bool | None = None  # nothing was written, these are the wanted values
    not_kept: str | None = None  # names of fields that Intervals.icu did not keep


def wellness_written(day: date, values: Values, **marks: object) -> WellnessWritten:
    """Return the fields that were written, or would be; ``marks`` say which."""
    known = {name: value for name, value in values.items() if value is not None}
    locked = True if known.get("locked") == "yes" else None
    about = {"date": day.isoformat(), "locked": locked, **marks}
    return msgspec.convert(known | about, WellnessWritten)


def values_of(wellness: Wellness) -> dict[str, Scalar | None]:
    """Return every value of a day under its name, ``locked`` as yes or nothing."""
    values: dict[str, Scalar | None] = {
        name: getattr(wellness, name) for name in _FIELDS
    }
    return values | {"locked": "yes" if wellness.locked else None}


def empty_values() -> dict[str, Scalar | None]:
    """Return the values of a day about which nothing is known."""
    return values_of(Wellness(date=""))


def upstream_row(values: Values) -> dict[str, object]:
    """Return values under upstream's keys."""
    row: dict[str, object] = {
        field.upstream: values[field.name]
        for field in WELLNESS_FIELDS
        if field.name in values
    }
    if "locked" in values:
        row["locked"] = values["locked"] == "yes"
    return row


def changes_of(
    wanted: Values, after: Values, days: Sequence[Wellness], day: date, voice: Voice
) -> list[WellnessChange]:
    """Return a row for each field that was written.

    Parameters
    ----------
    wanted, after
        What was asked for, and what Intervals.icu has now.
    days
        The day as it was, and the seven before it.
    day
        The day that was written to.
    voice
        For the texts.
    """
    before = next((values_of(row) for row in days if row.date == day.isoformat()), {})
    return [
        WellnessChange(
            date=day.isoformat(),
            field=name,
            wanted=asked,
            value=scalar(after.get(name)),
            value_text=_text_of(name, scalar(after.get(name)), voice, day),
            before=before.get(name),
            mean_7d=mean_7d(name, days, day),
            kept=same(after.get(name), asked),
        )
        for name in wanted
        if (asked := scalar(wanted[name])) is not None
    ]


def mean_7d(name: str, days: Sequence[Wellness], day: date) -> float | None:
    """Return the mean of a measured value over the seven days before ``day``."""
    if name in SCALES or not hasattr(Wellness, name):
        return None

    def value_of(row: Wellness) -> float | None:
        value = getattr(row, name)
        return value if isinstance(value, int | float) else None

    found = baseline(days, day, value_of).mean_7d
    return None if found is None else round(found, 2)


def say_written(
    changes: Sequence[WellnessChange],
    voice: Voice,
    day: date,
    today: date,
    *,
    lost: bool = False,
) -> str:
    """Say what was noted, the first value against the week, and what was not kept."""
    kept = [change for change in changes if change.kept]
    refused = [change.field for change in changes if not change.kept]
    return in_one_breath(
        voice,
        (
            voice.say("stored.lost") if lost else None,
            _noted("stored.noted", voice, day, today),
            _not_kept(refused, voice),
            *_values(kept, voice),
        ),
    )


def say_unchanged(
    changes: Sequence[WellnessChange], voice: Voice, day: date, today: date
) -> str:
    """Say that it was noted already."""
    head = _noted("stored.already", voice, day, today)
    return in_one_breath(voice, (head, *_values(changes, voice)))


def say_preview(
    changes: Sequence[WellnessChange],
    voice: Voice,
    day: date,
    today: date,
    *,
    locked: bool,
) -> str:
    """Say what would be stored and what stands there now."""
    name = voice.bare_day(day, today)
    now = [
        voice.say("stored.now", value=said)
        for change in changes
        if (said := _say(change.field, change.before, voice))
    ]
    known = (_say(change.field, change.wanted, voice) for change in changes)
    wanted = [said for said in known if said]
    # Without "I'd note" what is wanted would be heard as what is.
    would = " ".join([voice.say("stored.preview", day=name), *wanted[:1]])
    return in_one_breath(
        voice,
        (
            voice.say("stored.locked", day=voice.calendar_day(day, today))
            if locked
            else None,
            would,
            *wanted[1:],
        ),
        now,
    )


def _noted(key: str, voice: Voice, day: date, today: date) -> str:
    if day == today:
        return voice.say(key)
    return voice.say(f"{key}_for", day=voice.bare_day(day, today))


def _not_kept(names: Sequence[str], voice: Voice) -> str | None:
    if not names:
        return None
    said = voice.listed([voice.field(name) for name in names])
    return voice.say("stored.not_kept", names=said)


def _values(kept: Sequence[WellnessChange], voice: Voice) -> list[Part]:
    """Say each value, a measured one against its week; comments last."""
    in_order = sorted(kept, key=lambda change: change.field in _FREE_TEXTS)
    return [_value(change, voice) for change in in_order]


def _value(change: WellnessChange, voice: Voice) -> Part:
    said = _say(change.field, change.value, voice)
    if (
        said is None
        or change.mean_7d is None
        or not isinstance(change.value, float | int)
    ):
        return said
    more = change.value - change.mean_7d
    difference = _spoken(change.field, abs(more), voice)
    key = "stored.above" if more > 0 else "stored.below"
    if difference == _spoken(change.field, 0.0, voice):
        key = "stored.average"
    against = voice.say(key, value=said.rstrip("."), difference=difference)
    return [against, said]


def _say(name: str, value: Scalar | None, voice: Voice) -> str | None:
    if is_custom(name) and value is not None:
        return say_custom(name, value, voice)
    return say_value(name, value, voice)


def _spoken(name: str, value: float, voice: Voice) -> str:
    if name == "sleep_s":
        return voice.say_duration(round(value / 60) * 60)
    if name == "weight_kg":
        return voice.say_weight(value)
    return voice.say_number(value, 1 if abs(value) < 30 else 0)


def _text_of(name: str, value: Scalar | None, voice: Voice, day: date) -> str | None:
    if value is None:
        return None
    shown: Mapping[str, Scalar] = texts({name: value}, voice, day)
    return next((str(text) for text in shown.values()), str(value))
