"""Wellness: sleep, pulse, weight and how the athlete feels; told and written."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from flask import Response

from bridge.domain.inputs import InputError, parse_day, refused
from bridge.domain.raw import flatten_all, record_of
from bridge.domain.speech.breath import in_one_breath
from bridge.domain.values import Values
from bridge.domain.wellness.baseline import days_to_read
from bridge.domain.wellness.custom import (
    LONG,
    Own,
    checked_names,
    codes_of,
    custom_values,
    is_custom,
    read_custom,
    say_custom,
)
from bridge.domain.wellness.day import (
    RawWellness,
    Wellness,
    flatten_wellness,
    say_wellness,
    say_wellness_range,
)
from bridge.domain.wellness.fields import WELLNESS_BY_NAME
from bridge.domain.wellness.input import (
    COMPUTED,
    MEANT,
    WELLNESS_INPUTS,
    read_wellness,
)
from bridge.domain.wellness.recovery import (
    flatten_nights,
    recovery_of,
    say_recovery,
    week_means,
)
from bridge.domain.wellness.written import (
    WellnessChange,
    changes_of,
    empty_values,
    say_preview,
    say_unchanged,
    say_written,
    values_of,
    wellness_written,
)
from bridge.errors import DayLocked, DayToCome, NotKept, UpstreamGarbage
from bridge.routes.params import DAY, FIELDS, NEWEST, OLDEST, day_range, say_range
from bridge.routes.replies import answer, reply, reply_items, reply_rows, with_texts
from bridge.routes.route import Body, Field
from bridge.routes.writing import fields, write
from bridge.services import client, is_day_first, today, voice, writer
from bridge.writes.carry import Outcome
from bridge.writes.wellness import WellnessDays
from bridge.writes.writable import Change

DAYS = 7
WELLNESS_BODY = Body(
    fields=(
        Field("day", DAY.about, "today"),
        *(Field(row.name, row.about, row.example) for row in WELLNESS_INPUTS),
    ),
    computed=COMPUTED,
    meant=MEANT,
    own=is_custom,
)


def show() -> Response:
    """Tell the wellness of one day, or of a range, newest first."""
    sent = FIELDS.get() or []
    asked = [name for name in sent if not is_custom(name)]
    own = [name for name in sent if is_custom(name)]
    if own:
        return _show_own(asked, own)
    flatten = _flatten(asked)
    if OLDEST.get() or NEWEST.get():
        oldest, newest = day_range(DAYS)
        days = flatten_all(flatten, client().wellness(oldest, newest))
        days.sort(key=lambda wellness: wellness.date, reverse=True)
        return reply_items(
            days, say_wellness_range(days, voice(), period=say_range(oldest, newest))
        )
    day = DAY.get() or today()
    rows = client().wellness(days_to_read(day), day)
    if not asked:
        recovery = recovery_of(flatten_nights(rows, day), day)
        return reply(recovery, say_recovery(recovery, voice(), today()))
    days = flatten_all(flatten, rows)
    recovery = recovery_of(days, day)
    means = week_means(days, day)
    said = say_wellness(recovery, voice(), today(), asked=asked, means=means)
    return reply(recovery, said)


def _flatten(asked: Sequence[str]) -> Callable[[RawWellness], Wellness]:
    private = any(WELLNESS_BY_NAME[name].private for name in asked)
    return partial(flatten_wellness, private=private)


def _show_own(asked: Sequence[str], own: Sequence[str]) -> Response:
    """Tell fields of the athlete's own, of one day or of a range, beside others."""
    is_range = OLDEST.get() or NEWEST.get()
    oldest, newest = day_range(DAYS) if is_range else (DAY.get() or today(),) * 2
    rows = client().wellness_rows(min(oldest, newest - LONG), newest)
    codes = codes_of(rows)
    names = checked_names(own, codes, FIELDS.name)
    flatten, days = _flatten(asked), list[tuple[Wellness, Own]]()
    for row in rows:
        with contextlib.suppress(UpstreamGarbage):
            day = flatten(record_of(row, RawWellness))
            values = custom_values(row, codes)
            shown = {
                name: value for name in names if (value := values[name]) is not None
            }
            days.append((day, shown))
    days = [(day, known) for day, known in days if day.date >= oldest.isoformat()]
    days.sort(key=lambda pair: pair[0].date, reverse=True)
    if is_range:
        known_days, period = [day for day, _ in days], say_range(oldest, newest)
        said = say_wellness_range(known_days, voice(), period=period)
        return reply_rows([with_texts(day) | known for day, known in days], said)
    day, known = days[0] if days else (Wellness(date=oldest.isoformat()), {})
    parts = [say_wellness(day, voice(), today(), asked=asked)] if asked else []
    parts += [say_custom(name, known.get(name), voice()) for name in names]
    return answer(with_texts(day) | known, in_one_breath(voice(), parts))


def store() -> Response:
    """Write wellness of one day, and tell it against the week before."""
    sent = fields()
    day = _day(sent.pop("day", None))
    own = {name: sent.pop(name) for name in list(sent) if is_custom(name)}
    writable = WellnessDays(writer())
    codes = writable.codes_by(day) if own else {}
    custom = read_custom(own, codes)
    wanted: Values = {**(read_wellness(sent) if sent or not own else {}), **custom}
    days = writable.week_to(day)
    known = next((row for row in days if row.date == day.isoformat()), None)
    now: Values = empty_values() if known is None else values_of(known)
    if own:
        now = {**now, **(writable.read([f"{day}"])[f"{day}"] or {})}
    must_note = known is not None and _has_copied(known, wanted)
    change = Change.of(day.isoformat(), now, wanted, must_note=must_note)
    try:
        outcome = write(writable, change, source="wellness")
    except NotKept as error:
        raise _why(error, now, day) from error
    changes = changes_of(wanted, outcome.now, days, day, voice())
    about = wellness_written(day, outcome.after or {}, **outcome.marks)
    return reply_items(changes, _say(changes, outcome, day, now), about=about)


def _day(value: object) -> date:
    """Return the local day that is meant, by default today; none that is to come."""
    if value is None:
        return today()
    try:
        day = parse_day(value, today(), day_first=is_day_first())
    except InputError as error:
        raise refused("day", error) from error
    if day > today():
        raise DayToCome(f"{day}")
    return day


def _say(
    changes: list[WellnessChange], outcome: Outcome, day: date, now: Values
) -> str:
    if outcome.preview:
        locked = now.get("locked") == "yes"
        return say_preview(changes, voice(), day, today(), locked=locked)
    if outcome.already:
        return say_unchanged(changes, voice(), day, today())
    return say_written(changes, voice(), day, today(), lost=outcome.lost)


def _has_copied(day: Wellness, names: Values) -> bool:
    """Tell whether a value was copied from the settings: now it is measured."""
    stems = [name.rpartition("_")[0] for name in names]
    return any(getattr(day, f"{stem}_is_copied", None) for stem in stems)


def _why(error: NotKept, before: Values, day: date) -> NotKept:
    if before.get("locked") != "yes":
        return error
    return DayLocked(error.detail, day=voice().calendar_day(day, today()))
