"""The card of the next race: how far away it is."""

from __future__ import annotations

from datetime import date

from bridge.domain.calendar.race import Race, say_race
from bridge.domain.cards.card import Card, lines_of, shown_name
from bridge.domain.moment import read_clock
from bridge.domain.speech.trim import begin
from bridge.domain.speech.voice import Voice
from bridge.domain.sport import SWIMS, say_sport


def race_card(race: Race | None, voice: Voice, today: date) -> Card:
    """Put the card of the next race together."""
    speech = say_race(race, voice, today)
    if race is None:
        return Card(
            card="race",
            date=today.isoformat(),
            title=voice.say("card.race"),
            value=voice.say("card.no_race"),
            caption="",
            tone="neutral",
            alt=speech,
        )
    value = voice.say("card.race_today") if not race.days else ""
    far, clock = race.planned_distance_km, read_clock(race.start_local)
    swum = race.type in SWIMS
    name = shown_name(race.name) or say_sport(race.type, voice)
    return Card(
        card="race",
        date=today.isoformat(),
        title=voice.say("card.race"),
        value=value or voice.say("card.days", n=race.days),
        caption=begin(name),
        tone="good" if not race.days else "neutral",
        lines=lines_of(
            (
                begin(voice.calendar_day(date.fromisoformat(race.date), today)),
                None if clock is None else voice.time(clock),
                voice.metric.show_distance(far, swum=swum) if far else None,
                race.phase,
            )
        ),
        alt=speech,
    )
