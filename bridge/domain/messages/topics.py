"""The ten topics a message can have, and what an athlete chose of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Literal

from bridge.domain.messages.message import Urgency

Appointment = Literal["morning", "evening", "sunday"]

MORNING, EVENING = time(7), time(18)
QUIET_FROM, QUIET_UNTIL = time(22), time(7)
_SUNDAY = 7
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Topic:
    """One of the ten.

    Attributes
    ----------
    name
        ``morning_brief``.
    at
        When it is told; None: when what it tells of happens.
    is_on
        Whether it is told before anybody chose.
    ends_with_day
        Whether it is wrong the day after, so that it is not sent any more then.
    urgency
        How soon a phone that saves its battery shows it.
    """

    name: str
    at: Appointment | None = None
    is_on: bool = True
    ends_with_day: bool = False
    urgency: Urgency = "normal"


# fmt: off
TOPICS: tuple[Topic, ...] = (
    Topic("morning_brief", "morning", ends_with_day=True),
    Topic("after_activity"),
    Topic("week", "sunday"),
    Topic("plan_changed", ends_with_day=True),
    Topic("recovery", "morning", ends_with_day=True),
    Topic("new_best"),
    Topic("gear_due", urgency="low"),
    Topic("race_tomorrow", "evening", ends_with_day=True),
    Topic("streak_at_risk", "evening", is_on=False, ends_with_day=True),
    Topic("trouble", urgency="high"),
)
# fmt: on
NAMES: tuple[str, ...] = tuple(topic.name for topic in TOPICS)
BY_NAME = {topic.name: topic for topic in TOPICS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What an athlete chose; clock times are those of the athlete's wall.

    Attributes
    ----------
    on
        The names of the topics that are told.
    morning_at, evening_at
        When what has an appointment is told; Sunday's week comes in the evening.
    quiet_from, quiet_until
        Between them nothing is sent that has no appointment; alike: no quiet hours.
    """

    on: frozenset[str] = frozenset(topic.name for topic in TOPICS if topic.is_on)
    morning_at: time = MORNING
    evening_at: time = EVENING
    quiet_from: time = QUIET_FROM
    quiet_until: time = QUIET_UNTIL

    def switched(self, *, on: Iterable[str] = (), off: Iterable[str] = ()) -> Choices:
        """Return the same with topics switched; ``off`` wins."""
        return replace(self, on=(self.on | set(on)) - set(off))

    def is_quiet(self, clock: time) -> bool:
        """Tell whether nothing is to be sent at this time of day."""
        start, end = self.quiet_from, self.quiet_until
        if start <= end:
            return start <= clock < end
        return clock >= start or clock < end

    def after_quiet(self, moment: datetime) -> datetime:
        """Return when something may be sent: at once, or when it is not quiet."""
        if not self.is_quiet(moment.time()):
            return moment
        end = _at(moment, self.quiet_until)
        return end if end > moment else end + _DAY

    def appointed(self, topic: Topic) -> time | None:
        """Return the time of day at which a topic is told, if it has one."""
        if topic.at is None:
            return None
        return self.morning_at if topic.at == "morning" else self.evening_at

    def due(self, moment: datetime) -> list[tuple[Topic, datetime]]:
        """Return the topics whose appointment today has come, and when it was."""
        found = []
        for topic in TOPICS:
            at = self.appointed(topic)
            if at is None or topic.name not in self.on:
                continue
            if at <= moment.time() and _is_on_this_day(topic, moment):
                found.append((topic, _at(moment, at)))
        return found

    def next_appointment(self, moment: datetime) -> datetime:
        """Return when something is to be told next, a day ahead at most."""
        times = {at for topic in TOPICS if (at := self.appointed(topic)) is not None}
        return min(_next(moment, at) for at in times)


def _is_on_this_day(topic: Topic, moment: datetime) -> bool:
    return topic.at != "sunday" or moment.isoweekday() == _SUNDAY


def _at(moment: datetime, at: time) -> datetime:
    return moment.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)


def _next(moment: datetime, at: time) -> datetime:
    today = _at(moment, at)
    return today if today > moment else today + _DAY
