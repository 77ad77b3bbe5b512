"""The card of a week: each day planned and done, and by sport."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from bridge.domain.activity.activity import Activity
from bridge.domain.calendar.event import SESSIONS, Event
from bridge.domain.cards.card import Card, CardItem, Tone, lines_of, weekday_sign
from bridge.domain.overview.week import Week, WeekSport, say_week
from bridge.domain.speech.trim import begin
from bridge.domain.speech.voice import Voice
from bridge.domain.sport import say_sport, sport_group

_MOST_SPORTS = 4
_HOUR_S = 3600


class WeekRows(NamedTuple):
    """What was done and planned in a week, flat; other days are passed over."""

    activities: Sequence[Activity]
    events: Sequence[Event]


def week_card(
    week: Week, sports: Sequence[WeekSport], rows: WeekRows, voice: Voice, today: date
) -> Card:
    """Put the card of a week together: hours of each day, planned and done."""
    start = date.fromisoformat(week.from_)
    items: list[CardItem] = []
    for day in (start + timedelta(days=n) for n in range(7)):
        items += _bars(day, rows, voice)
    return Card(
        card="week",
        date=today.isoformat(),
        title=voice.say("card.week"),
        value=voice.show_duration(week.done_s),
        caption=_caption(week, voice),
        tone=_tone(week),
        chart="bars",
        unit="h",
        lines=lines_of(_sport_line(sport, voice) for sport in sports[:_MOST_SPORTS]),
        alt=say_week(week, voice, today),
        items=tuple(items),
    )


def _bars(day: date, rows: WeekRows, voice: Voice) -> list[CardItem]:
    text = day.isoformat()
    done = [row for row in rows.activities if row.date == text]
    plans = [
        row for row in rows.events if row.date == text and row.category in SESSIONS
    ]
    done_s = sum(row.moving_s or 0 for row in done)
    planned_s = sum(row.planned_s or 0 for row in plans)
    longest = max(done, key=lambda row: row.moving_s or 0, default=None)
    label = weekday_sign(day, voice)
    return [
        CardItem(
            day=text,
            label=label,
            series="planned",
            planned=True,
            value=round(planned_s / _HOUR_S, 2),
        ),
        CardItem(
            day=text,
            label=label,
            series="done",
            value=round(done_s / _HOUR_S, 2),
            zone=None if longest is None else sport_group(longest.type).lower(),
            shown=voice.show_duration(done_s) if done_s else None,
        ),
    ]


def _caption(week: Week, voice: Voice) -> str:
    if not week.planned_s:
        return voice.say("card.sessions", n=week.sessions_done)
    return voice.say("card.of_planned", time=voice.show_duration(week.planned_s))


def _tone(week: Week) -> Tone:
    if week.missed_count:
        return "caution"
    return "good" if week.sessions_done else "neutral"


def _sport_line(sport: WeekSport, voice: Voice) -> str | None:
    time = sport.done_s or sport.planned_s
    if not time:
        return None
    name, shown = begin(say_sport(sport.sport, voice)), voice.show_duration(time)
    if sport.done_s and sport.distance_km:
        shown = f"{shown} · {voice.show_distance(sport.distance_km)}"
    return f"{name}: {shown}"
