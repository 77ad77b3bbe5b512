"""The card of gear: what is nearest to being due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bridge.domain.athlete.gear import DUE_PERCENT, SOON_PERCENT, Gear, say_gear_list
from bridge.domain.cards.card import Card, CardItem, Tone, shown_name
from bridge.domain.speech.voice import Voice

_MOST_SHOWN = 6


def gear_card(gear: Sequence[Gear], voice: Voice, today: date) -> Card:
    """Put the card of gear together: bars of what is used up, in percent.

    What has no reminder is shown by its distance, after those that have one.
    """
    used = sorted(
        (one for one in gear if not one.retired),
        key=lambda one: (-(one.reminder_percent or -1), -(one.distance_km or 0)),
    )
    first = next((one for one in used if one.reminder_percent is not None), None)
    return Card(
        card="gear",
        date=today.isoformat(),
        title=voice.say("card.gear"),
        value=_value(first, used, voice),
        caption="" if first is None else _caption(first, voice),
        tone=_tone(first),
        chart="bars" if used else "none",
        unit="%" if used else None,
        alt=say_gear_list(gear, voice),
        items=tuple(_bar(one, voice) for one in used[:_MOST_SHOWN]),
    )


def _value(first: Gear | None, used: Sequence[Gear], voice: Voice) -> str:
    if not used:
        return voice.say("card.no_gear")
    one = used[0] if first is None else first
    return _name(one)


def _name(gear: Gear) -> str:
    return shown_name(gear.name) or gear.type or gear.gear_id


def _caption(gear: Gear, voice: Voice) -> str:
    percent = voice.number(gear.reminder_percent or 0)
    shown = voice.say("show.percent", number=percent)
    due = voice.say("card.due") if gear.reminder_due else None
    named = shown_name(gear.reminder)
    return " · ".join(part for part in (named, shown, due) if part)


def _tone(gear: Gear | None) -> Tone:
    percent = 0 if gear is None else gear.reminder_percent or 0
    if percent >= DUE_PERCENT:
        return "bad"
    return "caution" if percent >= SOON_PERCENT else "neutral"


def _bar(gear: Gear, voice: Voice) -> CardItem:
    far = gear.distance_km
    percent = gear.reminder_percent
    return CardItem(
        label=_name(gear)[:24],
        value=None if percent is None else float(percent),
        shown=None if far is None else voice.show_distance(far),
        zone="due" if gear.reminder_due else None,
    )
