"""Activities: what was done, and what the athlete writes to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

import msgspec
from flask import Response

from bridge.domain.activity.activity import (
    COMPARED_DAYS,
    Activity,
    RawActivity,
    RawWritableActivity,
    compared_since,
    flatten_activity,
    flatten_load,
    is_strava_stub,
    judged,
    say_activities,
    say_activity,
)
from bridge.domain.activity.input import (
    ACTIVITY_INPUTS,
    COMPUTED,
    MEANT,
    RATING_INPUTS,
    read_rating,
    values_of,
)
from bridge.domain.activity.input import read_activity as read_changes
from bridge.domain.activity.search import say_matches
from bridge.domain.activity.written import ActivityWritten, say_written
from bridge.domain.athlete.gear import Gear, flatten_gear
from bridge.domain.flat import ITEMS_AT_ONCE, ident, whole_amount
from bridge.domain.overview.week import monday_of
from bridge.domain.raw import extended, flatten_all
from bridge.domain.speech.breath import in_one_breath
from bridge.domain.values import Values
from bridge.errors import BadParameter, NoActivity, StravaOnly, UpstreamError
from bridge.routes.api.activity.meant import (
    latest_of,
    no_such,
    read_activity,
    readable,
    say_no_latest,
)
from bridge.routes.params import (
    DAY,
    LIMIT,
    QUERY,
    TYPE,
    activity_id,
    day_range,
    say_range,
)
from bridge.routes.replies import reply, reply_items, send
from bridge.routes.route import Body, Field
from bridge.routes.writing import earlier_try, fields, say_troubles, write
from bridge.services import Ahead, client, today, voice, writer
from bridge.writes.activities import Activities
from bridge.writes.carry import Outcome
from bridge.writes.writable import Change

DAYS = 30
_OF_LOAD = "id,type,source,name,distance,moving_time,start_date_local,icu_training_load"
RATING_BODY = Body(
    fields=tuple(Field(*row) for row in RATING_INPUTS), computed=COMPUTED, meant=MEANT
)
ACTIVITY_BODY = Body(
    fields=tuple(Field(*row) for row in ACTIVITY_INPUTS),
    computed=COMPUTED,
    meant=MEANT,
)


def index() -> Response:
    """List the activities of a range, newest first."""
    day = DAY.get()
    oldest, newest = (day, day) if day else day_range(DAYS)
    raws = readable(client().activities(oldest, newest), TYPE.get())
    activities = flatten_all(flatten_activity, raws[: LIMIT.get()])
    period = say_range(oldest, newest)
    return reply_items(activities, say_activities(activities, voice(), period=period))


def latest() -> Response:
    """Tell the latest activity, or the latest of a type."""
    weeks = Weeks.up_to(today())
    raw = latest_of(TYPE.get())
    if raw is None:
        return send({"count": 0}, say_no_latest())
    activity = compared(with_gear(flatten_activity(raw), raw), weeks)
    return reply(activity, say_activity(activity, voice(), today()))


def show(activity: str) -> Response:
    """Tell one activity."""
    raw = read_activity(activity)
    flat = compared(with_gear(flatten_activity(raw), raw))
    return reply(flat, say_activity(flat, voice(), today()))


def search() -> Response:
    """Find activities by a part of their name, or by a #tag."""
    words = QUERY.get()
    if words is None:
        raise BadParameter("q is missing", name=QUERY.name, example=QUERY.example)
    most = LIMIT.get() or ITEMS_AT_ONCE
    raws = client().search(words, most)
    activities = flatten_all(_flatten_match, readable(raws, TYPE.get()))
    said = say_matches(activities, words, voice(), today(), cut=len(raws) >= most)
    return reply_items(activities, said)


def _flatten_match(raw: RawActivity) -> Activity:
    """Flatten a search result, which says nothing about the analysis."""
    return msgspec.structs.replace(flatten_activity(raw), analyzed=None)


def rate(activity: str) -> Response:
    """Note how hard an activity was and how it felt."""
    return _write(activity, read_rating(fields()), {})


def change(activity: str) -> Response:
    """Change fields of an activity; the rest stays as it is."""
    sent = fields()
    gear = _gear() if "gear" in sent else []
    return _write(activity, read_changes(sent, gear), _names(gear))


def _write(activity: str, wanted: Values, gear: Mapping[str, str]) -> Response:
    activities = Activities(writer())
    target = _target(activity)
    now = activities.read([target])[target]
    if now is None:
        raise no_such(target, writer().client)
    if is_strava_stub(activities.seen(target)):
        raise StravaOnly(f"activity {target}")
    outcome = write(activities, Change.of(target, now, wanted), source="activities")
    return _written(activities.seen(target), outcome, gear)


def _target(activity: str) -> str:
    """Return the id that is meant; the latest one is asked for, not remembered."""
    if activity != "latest":
        return activity_id(activity)
    earlier = earlier_try(Activities.name)
    if earlier is not None:  # another one may have come since it was cut off
        return earlier.target
    raw = latest_of(None, writer().client)
    if raw is None:
        raise NoActivity("no activity in the last year")
    return str(raw.id)


def _names(gear: Iterable[Gear]) -> dict[str, str]:
    return {piece.gear_id: piece.name or piece.gear_id for piece in gear}


def _gear() -> list[Gear]:
    return flatten_all(partial(flatten_gear, today=today()), client().gear())


def _written(
    raw: RawWritableActivity, outcome: Outcome, gear: Mapping[str, str]
) -> Response:
    flat, now = with_gear(flatten_activity(raw), raw), values_of(raw)
    written = extended(
        flat,
        ActivityWritten,
        description=_text(now["description"]),
        gear_id=_text(now["gear_id"]),
        carbs_g=whole_amount(now["carbs_g"]),
        **outcome.marks,
    )
    said = say_written(flat, outcome.heeded, voice(), today(), names=gear)
    key = "change.preview" if outcome.preview else "stored.noted"
    if outcome.already:
        key = "change.so_already"
    troubles = say_troubles(outcome, voice())
    return reply(written, in_one_breath(voice(), [*troubles, voice().say(key), said]))


def _text(value: object) -> str | None:
    return None if value is None else str(value)


@dataclass(frozen=True, slots=True)
class Weeks:
    """The loads of some weeks, asked for before it is known which are needed."""

    first: date
    loads: Ahead[list[RawActivity]]

    @classmethod
    def up_to(cls, day: date) -> Weeks:
        """Ask for those that an activity of this week or the last is compared with."""
        first = monday_of(day) - timedelta(days=COMPARED_DAYS + 7)
        upstream, last = client(), first + timedelta(days=COMPARED_DAYS + 14)
        return cls(
            first, Ahead(lambda: upstream.activities(first, last, fields=_OF_LOAD))
        )


def compared(activity: Activity, weeks: Weeks | None = None) -> Activity:
    """Return an activity judged by the six weeks before it, if it has a load.

    ``weeks`` are asked for already, where they are likely to be the right ones.
    """
    since = compared_since(activity)
    if since is None:
        return activity
    if weeks is not None and weeks.first <= since:
        rows = weeks.loads.result()
    else:
        last = since + timedelta(days=COMPARED_DAYS)
        rows = client().activities(since, last, fields=_OF_LOAD)
    return judged(activity, flatten_all(flatten_load, rows))


def with_gear(flat: Activity, raw: RawActivity) -> Activity:
    """Return an activity with the name of its gear, of which only the id may come."""
    gear_id = ident(raw.gear.get("id")) if isinstance(raw.gear, Mapping) else None
    if flat.gear is not None or gear_id is None:
        return flat
    try:
        names = _names(_gear())
    except UpstreamError:
        return flat
    return msgspec.structs.replace(flat, gear=names.get(gear_id))
