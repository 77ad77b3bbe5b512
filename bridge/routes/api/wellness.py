"""Wellness: sleep, pulse, weight and how the athlete feels; told and written."""

from __future__ import annotations

from datetime import date
from functools import partial

from flask import Response

from bridge.domain.inputs import InputError, parse_day, refused
from bridge.domain.raw import flatten_all
from bridge.domain.values import Values
from bridge.domain.wellness.baseline import days_to_read
from bridge.domain.wellness.day import (
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
from bridge.domain.wellness.recovery import recovery_of, say_recovery, week_means
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
from bridge.errors import DayLocked, DayToCome, NotKept
from bridge.routes.params import DAY, FIELDS, NEWEST, OLDEST, day_range
from bridge.routes.replies import reply, reply_items
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
)


def show() -> Response:
    """Tell the wellness of one day, or of a range, newest first."""
    asked = FIELDS.get() or []
    private = any(WELLNESS_BY_NAME[name].private for name in asked)
    flatten = partial(flatten_wellness, private=private)
    if OLDEST.get() or NEWEST.get():
        oldest, newest = day_range(DAYS)
        days = flatten_all(flatten, client().wellness(oldest, newest))
        days.sort(key=lambda wellness: wellness.date, reverse=True)
        return reply_items(days, say_wellness_range(days, voice()))
    day = DAY.get() or today()
    days = flatten_all(flatten, client().wellness(days_to_read(day), day))
    recovery = recovery_of(days, day)
    if not asked:
        return reply(recovery, say_recovery(recovery, voice(), today()))
    means = week_means(days, day)
    said = say_wellness(recovery, voice(), today(), asked=asked, means=means)
    return reply(recovery, said)


def store() -> Response:
    """Write wellness of one day, and tell it against the week before."""
    sent = fields()
    day = _day(sent.pop("day", None))
    wanted = read_wellness(sent)
    writable = WellnessDays(writer())
    days = writable.week_to(day)
    known = next((row for row in days if row.date == day.isoformat()), None)
    now = empty_values() if known is None else values_of(known)
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
