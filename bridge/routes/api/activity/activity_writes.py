"""Writing to an activity: how it felt, its name, its gear."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from flask import Response

from bridge.domain.activity.activity import flatten_activity, is_strava_stub
from bridge.domain.activity.input import (
    ACTIVITY_INPUTS,
    COMPUTED,
    MEANT,
    RATING_INPUTS,
    read_activity,
    read_rating,
)
from bridge.domain.activity.values import RawWritableActivity, values_of
from bridge.domain.activity.written import ActivityWritten, say_written
from bridge.domain.athlete.gear import Gear, flatten_gear
from bridge.domain.flat import ident
from bridge.domain.raw import flatten_each
from bridge.domain.speech.breath import in_one_breath
from bridge.domain.undo import Values
from bridge.errors import NoActivity, NotFound, StravaOnly
from bridge.routes.api.activity.choice import latest_ranges
from bridge.routes.params import activity_id
from bridge.routes.replies import reply
from bridge.routes.route import Body, Field
from bridge.routes.troubles import say_troubles
from bridge.routes.writing import author, fields, is_preview
from bridge.services import client, services, today, voice, writer
from bridge.writes.activities import ActivityKind
from bridge.writes.carry import Outcome, carry_out
from bridge.writes.kind import Change

RATING_BODY = Body(
    fields=tuple(Field(*each) for each in RATING_INPUTS), computed=COMPUTED, meant=MEANT
)
ACTIVITY_BODY = Body(
    fields=tuple(Field(*each) for each in ACTIVITY_INPUTS),
    computed=COMPUTED,
    meant=MEANT,
)


def rate(activity: str) -> Response:
    """Note how hard an activity was and how it felt."""
    return _write(activity, read_rating(fields()), {})


def change(activity: str) -> Response:
    """Change fields of an activity; the rest stays as it is."""
    sent = fields()
    gear = _gear() if "gear" in sent else []
    names = {piece.gear_id: piece.name or piece.gear_id for piece in gear}
    return _write(activity, read_activity(sent, gear), names)


def _write(activity: str, wanted: Values, gear: Mapping[str, str]) -> Response:
    kind = ActivityKind(writer())
    target = _target(activity)
    now = kind.read([target])[target]
    if now is None:
        raise NotFound(f"activity {target}")
    if is_strava_stub(kind.seen(target)):
        raise StravaOnly(f"activity {target}")
    if is_preview():
        return _told(kind.seen(target), wanted, gear)
    before = {name: now.get(name) for name in wanted}
    asked = Change(target=target, before=before, wanted=wanted)
    journal = services().store.journal
    (outcome,) = carry_out(kind, [asked], journal, author("activities"))
    kept = {name: wanted[name] for name in wanted if name not in outcome.not_kept}
    return _told(kind.seen(target), kept, gear, outcome)


def _target(activity: str) -> str:
    """Return the id that is meant; the latest one is asked for, not remembered."""
    if activity != "latest":
        return activity_id(activity)
    for oldest, newest in latest_ranges():
        rows = writer().client.activities(oldest, newest, limit=1)
        found = next(filter(None, (ident(row.id) for row in rows)), None)
        if found is not None:
            return found
    raise NoActivity("no activity in the last year")


def _gear() -> list[Gear]:
    return flatten_each(partial(flatten_gear, today=today()), client().gear())


def _told(
    raw: RawWritableActivity,
    values: Values,
    gear: Mapping[str, str],
    outcome: Outcome | None = None,
) -> Response:
    flat, now = flatten_activity(raw), values_of(raw)
    lost = () if outcome is None else outcome.not_kept
    told = ActivityWritten(
        **{name: getattr(flat, name) for name in flat.__struct_fields__},
        description=_text(now["description"]),
        gear_id=_text(now["gear_id"]),
        carbs_g=None if now["carbs_g"] is None else int(now["carbs_g"]),
        preview=True if outcome is None else None,
        not_kept=", ".join(lost) or None,
    )
    said = say_written(flat, values, voice(), today(), names=gear)
    key = "change.preview" if outcome is None else "change.done"
    if outcome is not None and outcome.already:
        key = "change.so_already"
    head = [voice().say(key)]
    troubles = [] if outcome is None else say_troubles(outcome, voice())
    return reply(told, in_one_breath([*troubles, *head, said]))


def _text(value: object) -> str | None:
    return None if value is None else str(value)
