"""The card of the streak: days and weeks in a row, and a year of days."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from bridge.domain.cards.card import Card, CardItem
from bridge.domain.overview.streak import Streak
from bridge.domain.overview.week import monday_of
from bridge.domain.speech.voice import Voice

_WEEKS = 53


def streak_card(
    streak: Streak, trained: Collection[date], speech: str, voice: Voice, today: date
) -> Card:
    """Put the card of the streak together.

    ``items`` are the last 53 weeks, each by its Monday: on how many days there was
    training, and ``shown`` names them, Monday first: ``1010010``.
    """
    first = monday_of(today) - timedelta(weeks=_WEEKS - 1)
    weeks = [first + timedelta(weeks=n) for n in range(_WEEKS)]
    return Card(
        card="streak",
        date=today.isoformat(),
        title=voice.say("card.streak"),
        value=voice.say("card.days", n=streak.days),
        caption=voice.say("card.weeks_in_a_row", n=streak.weeks),
        tone="good" if streak.trained_today else "neutral",
        chart="grid",
        alt=speech,
        items=tuple(_week(monday, trained) for monday in weeks),
    )


def _week(monday: date, trained: Collection[date]) -> CardItem:
    days = [monday + timedelta(days=n) in trained for n in range(7)]
    return CardItem(
        day=monday.isoformat(),
        value=float(sum(days)),
        shown="".join("1" if day else "0" for day in days),
    )
