"""Gear: shoes, bikes and their parts, how far they went, what is due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from bridge.domain.flat import amount, ident, number, text, whole_amount
from bridge.domain.moment import read_day, read_day_text
from bridge.domain.raw import RawRecord
from bridge.domain.speech.breath import in_one_breath, sentence, short
from bridge.domain.speech.names import for_the_ear
from bridge.domain.speech.voice import Voice
from bridge.errors import UpstreamGarbage

DUE_PERCENT = 100
SOON_PERCENT = 90
_MOST_NAMED = 3


class RawGear(RawRecord):
    """What is read of a ``Gear`` record."""

    id: object = None
    name: object = None
    type: object = None
    distance: object = None
    time: object = None
    activities: object = None
    retired: object = None
    purchased: object = None
    component: object = None
    component_ids: object = None
    reminders: object = None


class Gear(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One piece of gear; the reminder is the one that is nearest to being due."""

    gear_id: str
    name: str | None = None
    type: str | None = None  # Bike, Shoes, Chain ...
    distance_km: float | None = None
    used_s: int | None = None
    activities: int | None = None
    retired: bool = False
    retired_on: str | None = None
    purchased_on: str | None = None
    component: bool | None = None  # a part of something else
    components: int | None = None
    reminders: int | None = None
    reminder: str | None = None
    reminder_percent: int | None = None  # 100 and more is due
    reminder_due: bool | None = None


class Reminder(msgspec.Struct, frozen=True, kw_only=True):
    """How much of its time a reminder has used up."""

    name: str | None
    percent: int


def flatten_gear(raw: RawGear, today: date) -> Gear:
    """Flatten one piece of gear.

    Parameters
    ----------
    raw
        ``distance`` in metres, ``time`` in seconds, ``retired`` a date or null.
    today
        The athlete's day; a reminder that is snoozed until later is passed over.

    Returns
    -------
    Gear
        Kilometres to 0.1.

    Raises
    ------
    UpstreamGarbage
        If there is no ``id``.

    Source
    ------
    GET /api/v1/athlete/{id}/gear, schemas ``Gear`` and ``GearReminder``.
    """
    gear_id = ident(raw.id)
    if gear_id is None:
        raise UpstreamGarbage("a record of gear without an id")
    reminders = _rows(raw.reminders)
    nearest = _nearest(reminders, today)
    return Gear(
        gear_id=gear_id,
        name=text(raw.name, 200),
        type=text(raw.type, 60),
        distance_km=amount(raw.distance, 1, 0.001),
        used_s=whole_amount(raw.time),
        activities=whole_amount(raw.activities),
        retired=raw.retired not in (None, False, ""),
        retired_on=read_day_text(raw.retired),
        purchased_on=read_day_text(raw.purchased),
        component=True if raw.component is True else None,
        components=len(_rows(raw.component_ids)) or None,
        reminders=len(reminders) or None,
        reminder=None if nearest is None else nearest.name,
        reminder_percent=None if nearest is None else nearest.percent,
        reminder_due=None if nearest is None else nearest.percent >= DUE_PERCENT,
    )


def _nearest(rows: Sequence[object], today: date) -> Reminder | None:
    mappings = [row for row in rows if isinstance(row, Mapping)]
    found = [read_reminder(row, today) for row in mappings]
    known = [reminder for reminder in found if reminder is not None]
    return max(known, key=lambda reminder: reminder.percent, default=None)


def _rows(values: object) -> Sequence[object]:
    return values if isinstance(values, list) else ()


def read_reminder(row: Mapping[str, object], today: date) -> Reminder | None:
    """Read how far a reminder is used up, or None while it sleeps.

    Upstream says so itself (``percent_used``); else the largest of its limits
    (metres, seconds, activities, days) counts.
    """
    snoozed = read_day(row.get("snoozed_until"))
    if snoozed is not None and snoozed > today:
        return None
    percent = whole_amount(row.get("percent_used"))
    if percent is None:
        limits = ("distance", "time", "activities", "days")
        used = [_share(row.get(f"{name}_used"), row.get(name)) for name in limits]
        known = [share for share in used if share is not None]
        percent = whole_amount(max(known) * 100) if known else None
    if percent is None:
        return None
    return Reminder(name=text(row.get("name"), 100), percent=percent)


def say_gear(gear: Gear, voice: Voice) -> str:
    """Say one piece of gear: its name, how far it went, what is due."""
    name = _name(gear, voice)
    far = gear.distance_km
    head = (
        sentence(name)
        if far is None
        else voice.say("gear.one", name=name, distance=voice.say_distance(far))
    )
    retired = voice.say("gear.retired") if gear.retired else None
    return in_one_breath(voice, (head, retired, _say_reminder(gear, voice)))


def say_gear_list(gear: Sequence[Gear], voice: Voice) -> str:
    """Say what is due first, then the gear in use that went furthest."""
    in_use = [piece for piece in gear if not piece.retired]
    if not in_use:
        return voice.say("gear.none")
    due = [piece for piece in in_use if _nearly_due(piece)]
    whole = [
        piece for piece in in_use if not piece.component and piece.distance_km != 0
    ]
    furthest = sorted(whole, key=lambda piece: -(piece.distance_km or 0))
    return in_one_breath(
        voice,
        (
            *(_say_reminder(piece, voice) for piece in due[:_MOST_NAMED]),
            voice.say("gear.count", n=len(in_use)),
            *(
                say_gear(msgspec.structs.replace(piece, reminder_percent=None), voice)
                for piece in furthest[:_MOST_NAMED]
            ),
        ),
    )


def _nearly_due(gear: Gear) -> bool:
    return (gear.reminder_percent or 0) >= SOON_PERCENT


def _name(gear: Gear, voice: Voice) -> str:
    if gear.name and for_the_ear(gear.name, voice):
        return short(gear.name, voice)
    key = f"gear.type.{gear.type}"
    return voice.say(key if voice.knows(key) else "gear.nameless")


def _say_reminder(gear: Gear, voice: Voice) -> str | None:
    if not _nearly_due(gear):
        return None
    name = short(gear.reminder or voice.say("gear.reminder"), voice)
    key = "gear.due" if gear.reminder_due else "gear.soon"
    return voice.say(key, gear=_name(gear, voice), name=name)


def _share(used: object, limit: object) -> float | None:
    spent, allowed = number(used), number(limit)
    if spent is None or not allowed or allowed < 0:
        return None
    return spent / allowed
