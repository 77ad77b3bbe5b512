"""What was written to an activity, or would be, in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bridge.domain.activity.activity import Activity
from bridge.domain.flat import number
from bridge.domain.moment import say_day
from bridge.domain.speech.breath import in_one_breath, sentence, short
from bridge.domain.speech.trim import begin
from bridge.domain.speech.voice import Voice
from bridge.domain.sport import say_sport
from bridge.domain.values import Value, Values

_AMOUNTS = {"carbs_g": "session.grams", "rpe": "session.rpe"}
HIDDEN = frozenset({"event_id"})


class ActivityWritten(Activity, frozen=True, kw_only=True, omit_defaults=True):
    """An activity as it is now, and what became of the write."""

    description: str | None = None
    gear_id: str | None = None
    carbs_g: int | None = None
    preview: bool | None = None  # nothing was written
    not_kept: str | None = None  # names of fields that Intervals.icu did not keep


class Uploaded(Activity, frozen=True, kw_only=True, omit_defaults=True):
    """The activity that a file became, or had become before."""

    new: bool
    activities: int  # a file of several sports becomes several
    kind: str  # fit, tcx or gpx
    preview: bool | None = None  # nothing was sent


def say_written(
    activity: Activity,
    values: Values,
    voice: Voice,
    today: date,
    *,
    names: Mapping[str, str],
) -> str:
    """Say which activity it is and what stands there now.

    ``names`` are the names of gear by their ids.
    """
    day = say_day(activity.date, voice, today) or ""
    sport = activity.name or say_sport(activity.type, voice)
    key = "session.of"
    if values.get("name") == activity.name and activity.name:  # its name of just now
        values = {key: value for key, value in values.items() if key != "name"}
        key = "session.renamed"
    head = voice.say(key, name=short(sport, voice), day=day)
    return in_one_breath(voice, (head, say_values(values, voice, names=names)))


def say_values(values: Values, voice: Voice, *, names: Mapping[str, str]) -> str:
    """Say values, a short sentence for each."""
    said = (
        sentence(_say_field(name, value, voice, names))
        for name, value in values.items()
        if name not in HIDDEN
    )
    return in_one_breath(voice, said)


def _say_field(name: str, value: Value, voice: Voice, names: Mapping[str, str]) -> str:
    if value is None:
        return begin(voice.say("event.without", name=voice.say(f"field.{name}")))
    said = _say_value(name, value, voice, names)
    if name == "feel":
        return voice.say("session.feel", word=said)
    return voice.say("event.field", name=voice.label(name, "session"), value=said)


def _say_value(name: str, value: Value, voice: Voice, names: Mapping[str, str]) -> str:
    if isinstance(value, list):
        value = ", ".join(map(str, value))
    match name:
        case "feel":
            return voice.say(f"scale.feel.{value}")
        case "type":
            return say_sport(str(value), voice)
        case "gear_id":
            return short(names.get(str(value), str(value)), voice)
        case "carbs_g" | "rpe":
            return voice.say(_AMOUNTS[name], n=number(value) or 0.0)
    return short(str(value), voice)
