"""An activity that no device recorded, told by its athlete."""

from __future__ import annotations

from flask import Response

from bridge.domain.activity.activity import flatten_activity, say_activity
from bridge.domain.activity.manual import (
    MANUAL_INPUTS,
    MEANT,
    RATED,
    read_manual,
)
from bridge.domain.activity.written import ActivityWritten
from bridge.domain.flat import number
from bridge.domain.moment import read_day, say_day
from bridge.domain.raw import extended
from bridge.domain.speech.breath import in_one_breath
from bridge.domain.speech.trim import begin
from bridge.domain.sport import say_sport
from bridge.domain.values import Values
from bridge.routes.params import DAY
from bridge.routes.replies import answer, reply
from bridge.routes.route import Body, Field
from bridge.routes.writing import (
    fields,
    is_retry,
    say_troubles,
    write,
    write_id,
)
from bridge.services import is_day_first, now_local, state, today, voice, writer
from bridge.writes.activities import ManualActivities
from bridge.writes.writable import Change

MANUAL_BODY = Body(
    fields=tuple(
        Field(name, DAY.about if name == "day" else about, example)
        for name, about, example in MANUAL_INPUTS
    ),
    meant=MEANT,
)


def create() -> Response:
    """Add an activity that was done without a device; undo removes it."""
    now = now_local().replace(tzinfo=None)
    values = read_manual(fields(), now, day_first=is_day_first())
    named = values["name"] or begin(say_sport(str(values["type"]), voice()))
    wanted = {**values, "name": named, "external_id": f"bridge-{write_id()}"}
    wanted |= dict.fromkeys(RATED)
    activities = ManualActivities(writer(), look_first=is_retry())
    again = state().is_asked and not is_retry()
    known = activities.alike(wanted) if again else None
    if known is not None:  # said twice
        flat = flatten_activity(activities.seen(known))
        head = voice().say("change.so_already")
        parts = (head, say_activity(flat, voice(), today()))
        return reply(flat, in_one_breath(voice(), parts))
    outcome = write(activities, Change.making(wanted), source="activities")
    if outcome.preview:
        said = voice().say("manual.preview", activity=_say(wanted))
        return answer({"preview": "yes"}, said)
    raw = activities.seen(outcome.target)
    flat = flatten_activity(raw)
    written = extended(flat, ActivityWritten, **outcome.marks)
    troubles = say_troubles(outcome, voice())
    head, said = voice().say("manual.added"), say_activity(flat, voice(), today())
    response = reply(written, in_one_breath(voice(), [*troubles, head, said]))
    response.status_code = 201
    return response


def _say(values: Values) -> str:
    """Say what would be added: ``Strength, today, 45 minutes``."""
    day = read_day(values["start_local"])
    length_s, metres = number(values["moving_s"]), number(values["distance_m"])
    parts = (
        str(values["name"]),
        None if day is None else say_day(day.isoformat(), voice(), today()),
        None if metres is None else voice().say_distance(metres / 1000),
        None if length_s is None else voice().say_duration(length_s),
    )
    return ", ".join(part for part in parts if part)
