"""The card of the latest session: how it was, and its laps as bars."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bridge.domain.activity.activity import (
    Activity,
    against_plan,
    say_activity,
    say_effort,
)
from bridge.domain.activity.lap import Lap
from bridge.domain.cards.card import Card, CardItem, Tone, lines_of, shown_name, thinned
from bridge.domain.moment import read_day
from bridge.domain.speech.trim import begin
from bridge.domain.speech.voice import Voice
from bridge.domain.sport import SWIMS, say_sport

_TONES: dict[str | None, Tone] = {"as_planned": "good", "harder": "caution"}


def latest_card(
    activity: Activity | None, laps: Sequence[Lap], voice: Voice, today: date
) -> Card:
    """Put the card of an activity together.

    ``items`` are its laps: watts, else kilometres an hour; ``shown`` is the pace or
    power as this sport tells it.
    """
    if activity is None:
        return Card(
            card="latest",
            date=today.isoformat(),
            title=voice.say("card.latest"),
            value=voice.say("card.no_data"),
            caption="",
            tone="neutral",
            alt=voice.say("card.nothing_done"),
        )
    day = read_day(activity.date)
    verdict = _against(activity)
    bars = thinned([_bar(lap, voice) for lap in laps])
    kept = [bar for bar in bars if bar.value is not None]
    return Card(
        card="latest",
        date=today.isoformat(),
        title=voice.say("card.latest") if day is None else begin(voice.day(day, today)),
        value=name_shown(activity, voice),
        caption=_done(activity, voice),
        tone=_TONES.get(verdict, "neutral"),
        chart="bars" if len(kept) > 1 else "none",
        unit=("W" if laps and laps[0].power_w else "km/h") if kept else None,
        lines=lines_of(
            (
                None if verdict is None else begin(voice.say(f"activity.{verdict}")),
                say_effort(activity, voice),
            )
        ),
        alt=say_activity(activity, voice, today),
        items=tuple(kept) if len(kept) > 1 else (),
    )


def name_shown(activity: Activity, voice: Voice) -> str:
    """Return an activity's name made for reading, or its sport."""
    return shown_name(activity.name) or begin(say_sport(activity.type, voice))


def _against(activity: Activity) -> str | None:
    percent = activity.compliance_percent
    return None if percent is None else against_plan(percent)


def _done(activity: Activity, voice: Voice) -> str:
    far, time = activity.distance_km, activity.moving_s
    swum = activity.type in SWIMS
    parts = (
        voice.show_distance(far, swum=swum) if far else None,
        voice.show_duration(time) if time else None,
        shown_pace(activity, voice),
    )
    return " · ".join(part for part in parts if part)


def shown_pace(row: Activity | Lap, voice: Voice) -> str | None:
    """Return pace, power or speed for the eye, whichever the sport goes by."""
    if row.pace_s_per_km is not None:
        return voice.show_pace(row.pace_s_per_km)
    if row.pace_s_per_100m is not None:
        return voice.show_swim_pace(row.pace_s_per_100m)
    if row.pace_s_per_500m is not None:
        return voice.show_row_pace(row.pace_s_per_500m)
    if row.power_w:
        return voice.say("show.w", number=voice.number(row.power_w))
    return None


def _bar(lap: Lap, voice: Voice) -> CardItem:
    speed = lap.speed_km_per_h
    if lap.distance_km and lap.moving_s and speed is None:
        speed = round(lap.distance_km / lap.moving_s * 3600, 1)
    return CardItem(
        label=str(lap.lap),
        value=float(lap.power_w) if lap.power_w else speed,
        length_s=lap.moving_s or lap.elapsed_s,
        zone=f"z{min(max(lap.zone, 1), 7)}" if lap.zone else None,
        series=lap.kind,
        shown=shown_pace(lap, voice),
    )
