"""What a message needs, read as the route of the same thing reads it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

from bridge.domain.activity.activity import Activity, flatten_activity
from bridge.domain.athlete.gear import flatten_gear
from bridge.domain.calendar.event import covers, flatten_events, steps_by_event
from bridge.domain.calendar.plan import Workouts, say_today
from bridge.domain.messages import ten
from bridge.domain.messages.message import Message
from bridge.domain.messages.news import News
from bridge.domain.raw import flatten_all
from bridge.domain.wellness.baseline import days_to_read
from bridge.domain.wellness.day import flatten_wellness
from bridge.domain.zones.settings import flatten_thresholds
from bridge.errors import BridgeError, NoRecord
from bridge.routes.api.activity.activities import compared
from bridge.routes.api.activity.meant import read_activity
from bridge.routes.api.overview.bests import read_bests
from bridge.services import client, settings, today, voice
from bridge.store.outbox import MessageSettings

_LOG = logging.getLogger("bridge")

MOST_ACTIVITIES = 5  # of one look
_BESTS_OF = "1y"
_DAY = timedelta(days=1)


@dataclass(slots=True)
class Telling:
    """One time that something is told: to whom, and what comes of it."""

    athlete: str
    known: MessageSettings
    moment: ten.Moment
    seen: dict[str, str]
    messages: list[Message] = field(default_factory=list)

    def wants(self, name: str) -> bool:
        """Tell whether a topic is on."""
        return name in self.known.choices.on

    def tell(self, message: Message | None) -> None:
        """Tell something, if there is something and it is on."""
        if message is not None and self.wants(message.name):
            self.messages.append(message)


def tell_news(telling: Telling, news: News) -> None:
    """Tell what a look found."""
    for activity in news.activities[:MOST_ACTIVITIES]:
        _tell_activity(telling, activity)
    parts: list[tuple[bool, Callable[[Telling], None]]] = [
        (news.calendar, _tell_plan),
        (news.wellness, tell_recovery),
        (news.zones, _tell_ftp),
        (news.gear, _tell_gear),
    ]
    for is_news, tell in parts:
        if is_news:
            _if_it_can_be_read(tell, telling)


def _if_it_can_be_read(tell: Callable[[Telling], None], telling: Telling) -> None:
    try:
        tell(telling)
    except BridgeError as error:
        _LOG.warning("%s is not told: %s", tell.__name__.lstrip("_"), error.code)


def _tell_activity(telling: Telling, seen: Activity) -> None:
    """Tell an activity and the bests it brought; where it is away, what was seen."""
    day = telling.moment.day
    if seen.date not in (f"{day}", f"{day - _DAY}"):
        return
    if f"after_activity:{seen.activity_id}" in telling.moment.told_on:
        return
    try:
        activity = compared(flatten_activity(read_activity(seen.activity_id)))
    except NoRecord:
        return
    except BridgeError:
        activity = seen
    telling.tell(ten.after_activity(activity, telling.moment))
    if telling.wants("new_best") and activity.analyzed and activity.type:
        _if_it_can_be_read(partial(_tell_bests, activity), telling)


def _tell_bests(activity: Activity, telling: Telling) -> None:
    bests, _ = read_bests(activity.type or "Ride", _BESTS_OF)
    telling.tell(ten.new_best(bests, activity, telling.moment))


def _tell_plan(telling: Telling) -> None:
    """Tell that tomorrow's plan is not what it was; keep what it is."""
    tomorrow = telling.moment.day + _DAY
    rows = client().events(tomorrow, tomorrow + _DAY)
    events = flatten_events(rows)
    name, after = f"plan {tomorrow}", f"plan {tomorrow + _DAY}"
    before, now = telling.seen.get(name), ten.plan_of(events, tomorrow)
    known = Workouts(steps=steps_by_event(rows), thresholds=settings().thresholds)
    on_day = [event for event in events if covers(event, tomorrow)]
    said = say_today(on_day, voice(), today(), day=tomorrow, workouts=known)
    if telling.wants("plan_changed"):
        telling.tell(ten.plan_changed(before, now, said, telling.moment))
    for old in [each for each in telling.seen if each.startswith("plan ")]:
        del telling.seen[old]
    telling.seen[name] = now
    telling.seen[after] = ten.plan_of(events, tomorrow + _DAY)


def tell_recovery(telling: Telling) -> None:
    """Tell that the athlete is badly recovered."""
    if not telling.wants("recovery"):
        return
    day = telling.moment.day
    oldest = days_to_read(day - timedelta(days=ten.LOW_DAYS))
    days = flatten_all(flatten_wellness, client().wellness(oldest, day))
    telling.tell(ten.recovery(days, telling.moment))


def _tell_ftp(telling: Telling) -> None:
    """Tell that an FTP went up; keep what each is."""
    for raw in client().sport_settings():
        known = flatten_thresholds(raw)
        name = f"ftp {known.sport}"
        before = telling.seen.get(name)
        before_w = int(before) if before else None
        telling.tell(ten.new_ftp(before_w, known, telling.moment))
        if known.ftp_w is not None:
            telling.seen[name] = str(known.ftp_w)


def _tell_gear(telling: Telling) -> None:
    if not telling.wants("gear_due"):
        return
    flatten = partial(flatten_gear, today=telling.moment.day)
    for message in ten.gear_due(flatten_all(flatten, client().gear()), telling.moment):
        telling.tell(message)


def look_ahead(telling: Telling) -> None:
    """Keep tomorrow's plan and the thresholds, and tell what changed unseen."""
    _if_it_can_be_read(_tell_plan, telling)
    _tell_ftp(telling)
