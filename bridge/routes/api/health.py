"""Health sync: samples out of Apple Health become wellness."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from flask import Response

from bridge.domain.flat import Scalar
from bridge.domain.health.exported import EXAMPLE, Exported, read_export
from bridge.domain.health.sync import (
    SAMPLE_TYPES,
    HealthRead,
    Why,
    read_health,
    why_not,
)
from bridge.domain.health.written import (
    HealthItem,
    flatten_taken,
    health_item,
    say_taken,
)
from bridge.domain.inputs import Limits
from bridge.domain.values import Values
from bridge.domain.wellness.day import Wellness
from bridge.domain.wellness.written import empty_values, values_of
from bridge.errors import BadField, DayLocked, FieldsClash, NotKept
from bridge.routes.replies import reply_items
from bridge.routes.route import Body, Field
from bridge.routes.writing import Batch, fields, write_all
from bridge.services import (
    device,
    is_day_first,
    services,
    settings,
    today,
    voice,
    writer,
)
from bridge.writes.carry import Outcome
from bridge.writes.wellness import WellnessDays
from bridge.writes.writable import Change

SOURCE = "health"
HEALTH_BODY = Body(
    fields=(
        *(Field(type_.name, type_.about, type_.example) for type_ in SAMPLE_TYPES),
        Field("data", "the JSON of the app Health Auto Export, as it is", EXAMPLE),
        Field("overwrite", "yes replaces what other sources wrote", "no"),
    ),
    # The app sends a day minute by minute.
    limits=Limits(max_bytes=2 * 1024 * 1024, max_keys=100_000),
)

Decided = dict[date, dict[str, Why | None]]  # why a field of a day is left, or None


def sync() -> Response:
    """Take health samples over, day by day; what others wrote stays."""
    sent = fields()
    overwrite = _is_yes(sent.pop("overwrite", "no"))
    zone = ZoneInfo(settings().timezone)
    exported = _exported(sent, zone)
    read = read_health(
        exported.samples or sent,
        zone,
        services().clock(),
        day_first=is_day_first(),
        whole=exported.whole,
    )
    days = WellnessDays(writer())
    if not read.days:
        preview = write_all(days, [], source=SOURCE).preview
        return _reply(read, {}, preview=preview, unknown=exported.unknown)
    known = {row.date: row for row in days.read_days(min(read.days), max(read.days))}
    decided = _decide(read, known, overwrite=overwrite)
    batch = _written(days, _changes(read, decided, known), known)
    _note_refusals(decided, batch.outcomes)
    return _reply(read, decided, preview=batch.preview, unknown=exported.unknown)


def _exported(sent: Mapping[str, object], zone: ZoneInfo) -> Exported:
    """Return what an app sent under ``data``, in place of samples; nothing if none.

    Raises
    ------
    FieldsClash
        If samples stand beside it.
    """
    if "data" not in sent:
        return Exported(samples={}, whole=frozenset(), unknown=())
    other = next((name for name in sent if name != "data"), None)
    if other is not None:
        raise FieldsClash("data", name="data", other=other)
    return read_export(sent["data"], zone)


def _decide(
    read: HealthRead, known: Mapping[str, Wellness], *, overwrite: bool
) -> Decided:
    decided: Decided = {}
    for day, values in read.days.items():
        now = _values(known.get(day.isoformat()))
        ours = _last_synced(day)
        # Of a day that was cut, what is there already needs no word.
        kept = {
            name: value
            for name, value in values.items()
            if now.get(name) is None or not _why(read, day, name, overwrite=overwrite)
        }
        decided[day] = {
            name: _why(read, day, name, overwrite=overwrite)
            or why_not(name, value, now, ours, overwrite=overwrite)
            for name, value in kept.items()
        }
    return decided


def _why(read: HealthRead, day: date, name: str, *, overwrite: bool) -> Why | None:
    return "cut_off" if read.cut_off.get(name) == day and not overwrite else None


def _values(row: Wellness | None) -> dict[str, Scalar | None]:
    """Return what a day has; a value copied from the settings was not measured."""
    if row is None:
        return empty_values()
    copied = {
        "weight_kg": row.weight_is_copied,
        "resting_hr_bpm": row.resting_hr_is_copied,
    }
    values = values_of(row)
    return {name: None if copied.get(name) else values[name] for name in values}


def _last_synced(day: date) -> Values:
    """Return what syncs of this athlete's devices wrote to a day, newest last."""
    journal, athlete = services().store.journal, device().athlete
    entries = journal.about(athlete, WellnessDays.name, day.isoformat())
    synced = [entry.after or {} for entry in entries if entry.source == SOURCE]
    return {name: after[name] for after in synced for name in after}


def _changes(
    read: HealthRead, decided: Decided, known: Mapping[str, Wellness]
) -> list[Change]:
    changes = []
    for day, reasons in decided.items():
        wanted = {
            name: read.days[day][name] for name, why in reasons.items() if why is None
        }
        row = known.get(day.isoformat())
        now = empty_values() if row is None else values_of(row)
        if wanted:  # noted always: what is ours is told by the journal
            changes.append(Change.of(day.isoformat(), now, wanted, must_note=True))
    return changes


def _written(
    days: WellnessDays, changes: Sequence[Change], known: Mapping[str, Wellness]
) -> Batch:
    try:
        return write_all(days, changes, source=SOURCE)
    except NotKept as error:
        targets = [change.target for change in changes]
        locked = [target for target in targets if _is_locked(known, target)]
        if not locked:
            raise
        day = voice().calendar_day(date.fromisoformat(locked[-1]), today())
        raise DayLocked(error.detail, day=day) from error


def _is_locked(known: Mapping[str, Wellness], day: str) -> bool:
    return day in known and bool(known[day].locked)


def _note_refusals(decided: Decided, outcomes: Sequence[Outcome]) -> None:
    for outcome in outcomes:
        for name in outcome.not_kept:
            decided[date.fromisoformat(outcome.target)][name] = "not_kept"


def _reply(
    read: HealthRead, decided: Decided, *, preview: bool, unknown: Sequence[str]
) -> Response:
    items: list[HealthItem] = [
        health_item(day, name, read.days[day][name], voice(), why=why)
        for day in sorted(decided, reverse=True)
        for name, why in decided[day].items()
    ]
    about = flatten_taken(items, read, preview=preview, unknown=unknown)
    said = say_taken(items, about, voice(), today())
    return reply_items(items, said, about=about)


def _is_yes(value: object) -> bool:
    if value not in ("yes", "no"):
        raise BadField("overwrite", name="overwrite", example="yes")
    return value == "yes"
