"""What keeps somebody from training: an illness, an injury, a holiday."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple

from bridge.domain.calendar.event import Event, covers, last_day
from bridge.domain.moment import read_day
from bridge.domain.speech.voice import Voice

Reason = Literal["sick", "injured", "holiday"]

_AWAY: Final[dict[str, Reason]] = {
    "SICK": "sick",
    "INJURED": "injured",
    "HOLIDAY": "holiday",
}
REST: Final = frozenset({"sick", "injured"})  # the reasons that forbid training
LONGEST_AWAY: Final = timedelta(days=30)  # it may have begun so long ago
AWAY_CATEGORIES: Final = frozenset(_AWAY)


class Away(NamedTuple):
    """Why somebody does not train, and the last day of it."""

    reason: Reason
    until: date


def away_on(events: Sequence[Event], day: date) -> Away | None:
    """Return the illness, injury or holiday of a day, the gravest first."""
    for category, reason in _AWAY.items():
        for event in events:
            if event.category == category and covers(event, day):
                return Away(reason, last_day(event, read_day(event.date) or day))
    return None


def say_away(reason: str, until: date, day: date, today: date, voice: Voice) -> str:
    """Say it as somebody who cares: you're marked sick until Thursday, rest."""
    when = voice.day(day, today) if until <= day else voice.until(until, today)
    return voice.say(f"brief.{reason}", until=when)
