"""Writing wellness: weight, sleep, pulse, how the athlete feels."""

from __future__ import annotations

from datetime import date

from flask import Response

from bridge.domain.inputs import InputError, parse_day
from bridge.domain.values import Values
from bridge.domain.wellness.day import Wellness
from bridge.domain.wellness.input import (
    COMPUTED,
    MEANT,
    WELLNESS_INPUTS,
    read_wellness,
)
from bridge.domain.wellness.written import (
    WellnessChange,
    empty_values,
    flatten_stored,
    say_preview,
    say_stored,
    say_unchanged,
    tell_changes,
    values_of,
)
from bridge.errors import BadField, DayLocked, DayToCome, NotKept
from bridge.routes.params import DAY
from bridge.routes.replies import reply_items
from bridge.routes.route import Body, Field
from bridge.routes.writing import fields, write
from bridge.services import today, voice, writer
from bridge.writes.carry import Outcome
from bridge.writes.wellness import WellnessDays
from bridge.writes.writable import Change

WELLNESS_BODY = Body(
    fields=(
        Field("day", DAY.about, "today"),
        *(Field(each.name, each.about, each.example) for each in WELLNESS_INPUTS),
    ),
    computed=COMPUTED,
    meant=MEANT,
)


def store() -> Response:
    """Write wellness of one day, and tell it against the week before."""
    sent = fields()
    day = day_of(sent.pop("day", None))
    wanted = read_wellness(sent)
    writable = WellnessDays(writer())
    days = writable.week_to(day)
    now = _values(days, day)
    change = Change.of(
        day.isoformat(), now, wanted, must_note=_has_copied(days, day, wanted)
    )
    try:
        outcome = write(writable, change, source="wellness")
    except NotKept as error:
        raise _why(error, now, day) from error
    changes = tell_changes(wanted, outcome.now, days, day, voice())
    about = flatten_stored(
        day,
        outcome.after or {},
        not_kept=outcome.not_kept,
        preview=outcome.preview,
    )
    return reply_items(changes, _say(changes, outcome, day, now), about=about)


def day_of(value: object) -> date:
    """Return the local day that is meant, by default today.

    Raises
    ------
    BadField
        If it is not understood.
    DayToCome
        If it has not come yet.
    """
    if value is None:
        return today()
    try:
        day = parse_day(value, today())
    except InputError as error:
        raise BadField(f"day: {error}", name="day", example=error.example) from error
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
    return say_stored(changes, voice(), day, today(), lost=outcome.lost)


def _values(days: list[Wellness], day: date) -> Values:
    found = [values_of(row) for row in days if row.date == day.isoformat()]
    return found[0] if found else empty_values()


def _has_copied(days: list[Wellness], day: date, names: Values) -> bool:
    """Tell whether a value was copied from the settings: now it is measured."""
    rows = [row for row in days if row.date == day.isoformat()]
    return any(
        getattr(row, f"{name}_is_copied", None)
        for row in rows
        for name in (each.rpartition("_")[0] for each in names)
    )


def _why(error: NotKept, before: Values, day: date) -> NotKept:
    if before.get("locked") != "yes":
        return error
    return DayLocked(error.detail, day=voice().calendar_day(day, today()))
