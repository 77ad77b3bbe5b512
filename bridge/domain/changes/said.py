"""A change as an item of the feed, and changes as a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import msgspec

from bridge.domain.changes.change import Change
from bridge.domain.moment import say_day
from bridge.domain.speech.breath import Part, in_one_breath, short
from bridge.domain.speech.names import for_the_ear
from bridge.domain.speech.voice import Voice
from bridge.domain.sport import say_discipline, say_sport

_MOST_SAID = 3
_RECENT_DAYS = 15  # what is older and new was found in the history
_MANY = 20  # that came at once and are new: nobody wants to hear of each


class ChangeItem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that changed at Intervals.icu."""

    cursor: int
    at: str  # when the bridge saw it
    kind: str  # activity, wellness, event, zones, gear
    id: str
    change: str  # added, edited, deleted
    fields: str | None = None  # names, with commas
    summary: str


class ChangeFeed(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A part of the feed: where the next one begins, and whether there is more."""

    cursor: int
    more: bool | None = None
    looked_at: str | None = None  # when Intervals.icu was read last


def flatten_change(
    change: Change, cursor: int, at: datetime, voice: Voice, today: date
) -> ChangeItem:
    """Return a change as an item; its summary is in the athlete's language."""
    return ChangeItem(
        cursor=cursor,
        at=f"{at:%Y-%m-%dT%H:%M:%SZ}",
        kind=change.kind,
        id=change.id,
        change=change.change,
        fields=",".join(change.fields) or None,
        summary=say_thing(change, voice, today),
    )


def say_thing(change: Change, voice: Voice, today: date) -> str:
    """Say what changed, a piece of a sentence: ``Lake run, yesterday``."""
    about = change.summary
    day = say_day(_text(about.get("day")), voice, today)
    sport = _text(about.get("type"))
    name = _text(about.get("name"))
    if change.kind == "wellness":
        return voice.say("changes.wellness", day=day or change.id)
    if change.kind == "zones":
        return voice.say("changes.zones", sport=say_discipline(sport, voice))
    if name and for_the_ear(name, voice):
        name = short(name, voice)
    elif change.kind == "gear":
        name = voice.say("gear.nameless")
    else:
        name = say_sport(sport, voice)
    return f"{name}, {day}" if day else name


def say_changes(
    changes: Sequence[Change],
    voice: Voice,
    today: date,
    *,
    more: bool = False,
    before: int = 0,
) -> str:
    """Say how much changed, and the newest of it first.

    ``more`` tells that there is more behind it. What came all at once and is all new,
    as after a first look, is counted alone; so much of it was passed over ``before``.
    Beside something else the years before are not said: nobody asked for them.
    """
    if not changes:
        return voice.say("changes.none")
    count = len(changes) + before
    if count >= _MANY:
        if is_all_new(changes):
            return voice.say("changes.noted", n=count)
        changes = [change for change in changes if not _is_history(change, today)]
        count = len(changes)
    parts: list[Part] = [
        voice.say(f"changes.{change.change}", what=say_thing(change, voice, today))
        for change in list(reversed(changes))[:_MOST_SAID]
    ]
    head = voice.say("changes.count", n=count) if count > 1 else None
    rest = voice.say("changes.more") if more else None
    return in_one_breath(voice, [head, *parts, rest])


def is_all_new(changes: Sequence[Change]) -> bool:
    """Tell whether nothing was edited or deleted."""
    return all(change.change == "added" for change in changes)


def _is_history(change: Change, today: date) -> bool:
    day = _text(change.summary.get("day"))
    recent = (today - timedelta(days=_RECENT_DAYS)).isoformat()
    return change.change == "added" and day is not None and day < recent


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
