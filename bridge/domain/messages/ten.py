"""The ten messages: what is known in, a message or nothing out.

The sentence is the one that the house says when it is asked for the same; a message
only decides that it is said now, and to whom it matters.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from bridge.domain.activity.activity import Activity, say_activity
from bridge.domain.activity.bests import Best, BestsOf, say_bests
from bridge.domain.athlete.gear import Gear, say_gear
from bridge.domain.calendar.event import SESSIONS, Event, covers
from bridge.domain.calendar.race import Race, say_race
from bridge.domain.messages.message import Message
from bridge.domain.messages.topics import BY_NAME, Choices
from bridge.domain.moment import read_day
from bridge.domain.overview.brief import Brief
from bridge.domain.overview.streak import Streak
from bridge.domain.overview.week import Week
from bridge.domain.speech.voice import Voice
from bridge.domain.wellness.day import Wellness
from bridge.domain.wellness.recovery import recovery_of, say_recovery
from bridge.domain.zones.settings import Thresholds

LOW_DAYS = 3
SHORTEST_STREAK_DAYS = 3
GEAR_AGAIN = timedelta(days=7)
BLIND_FOR = timedelta(hours=1)
_DAY = timedelta(days=1)
_OF_A_PLAN = SESSIONS | {"SICK", "INJURED", "HOLIDAY"}
_REFUSED = frozenset({"upstream_refused", "vault_closed", "no_api_key"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When, to whom, and what was told before.

    Attributes
    ----------
    now
        The athlete's wall clock.
    voice
        The language and the units of the message.
    choices
        When it is quiet.
    told_on
        The last day on which each subject was told.
    """

    now: datetime
    voice: Voice
    choices: Choices = field(default_factory=Choices)
    told_on: Mapping[str, date] = field(default_factory=dict)

    @property
    def day(self) -> date:
        """Return the athlete's day."""
        return self.now.date()

    def message(self, name: str, speech: str, about: str = "") -> Message:
        """Return what is told; ``about`` sets one of a topic apart from another."""
        topic = BY_NAME[name]
        midnight = datetime.combine(self.day, time(), self.now.tzinfo) + _DAY
        return Message(
            name=name,
            subject=f"{name}:{about}" if about else name,
            day=self.day,
            speech=speech,
            title=self.voice.say(f"message.{name}"),
            urgency=topic.urgency,
            # whoever chose a time for it wants it then
            not_before=None if topic.at else self.choices.after_quiet(self.now),
            expires_at=midnight if topic.ends_with_day else None,
        )


def morning_brief(brief: Brief, speech: str, moment: Moment) -> Message | None:
    """Tell the brief of today, at the time that was chosen."""
    if brief.date != moment.day.isoformat():
        return None
    return moment.message("morning_brief", speech)


def after_activity(activity: Activity, moment: Moment) -> Message | None:
    """Tell an activity of today or last night once it is analysed, and never again."""
    day = read_day(activity.date)
    is_new = day is not None and timedelta() <= moment.day - day <= timedelta(days=1)
    about = activity.activity_id
    if not is_new or activity.analyzed is False:
        return None
    if f"after_activity:{about}" in moment.told_on:
        return None
    said = say_activity(activity, moment.voice, moment.day)
    return moment.message("after_activity", said, about)


def week(week: Week, speech: str, moment: Moment) -> Message | None:
    """Tell on Sunday what became of the week."""
    if week.sessions_done == 0 and week.sessions_planned == 0:
        return None
    return moment.message("week", speech)


def plan_of(events: Sequence[Event], day: date) -> str:
    """Return the plan of a day as it is compared: what is to do, and how much."""
    rows = sorted(
        (
            event.category or "",
            event.name or "",
            event.type or "",
            event.start_local or "",
            str(event.planned_s or ""),
            str(event.planned_load or ""),
            str(event.planned_distance_km or ""),
        )
        for event in events
        if event.category in _OF_A_PLAN and covers(event, day)
    )
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:16]


def plan_changed(
    before: str | None, now: str, speech: str, moment: Moment
) -> Message | None:
    """Tell tomorrow's plan where it is not what it was.

    Parameters
    ----------
    before
        Its :func:`plan_of` when it was looked at last; None where nobody did.
    now
        As it is.
    speech
        What is said of it.
    moment
        When, and to whom.
    """
    if before is None or before == now:
        return None
    return moment.message("plan_changed", speech)


def recovery(days: Sequence[Wellness], moment: Moment) -> Message | None:
    """Tell that HRV was low three days running, or that the pulse is high today."""
    states = [
        recovery_of(days, moment.day - timedelta(days=back)) for back in range(LOW_DAYS)
    ]
    is_low = all(state.hrv_status == "low" for state in states)
    if not is_low and states[0].resting_hr_status != "high":
        return None
    return moment.message("recovery", say_recovery(states[0], moment.voice, moment.day))


def new_best(
    bests: Sequence[Best], activity: Activity, moment: Moment
) -> Message | None:
    """Tell the bests of a year that an activity has just brought."""
    brought = [
        best
        for best in bests
        if best.activity_id == activity.activity_id and best.kind != "heart_rate"
    ]
    about = activity.activity_id
    if not brought or f"new_best:{about}" in moment.told_on:
        return None
    sport = activity.type or brought[0].sport
    said = say_bests(brought, moment.voice, moment.day, BestsOf(sport))
    return moment.message("new_best", said, about)


def new_ftp(before_w: int | None, now: Thresholds, moment: Moment) -> Message | None:
    """Tell that the FTP of a sport went up."""
    if before_w is None or now.ftp_w is None or now.ftp_w <= before_w:
        return None
    said = moment.voice.say(
        "message.ftp",
        now=moment.voice.say("watts", n=now.ftp_w),
        before=moment.voice.say("watts", n=before_w),
    )
    return moment.message("new_best", said, f"ftp:{now.sport}")


def gear_due(gear: Sequence[Gear], moment: Moment) -> list[Message]:
    """Tell what is due of gear in use, each thing once a week at most."""
    return [
        moment.message("gear_due", say_gear(piece, moment.voice), piece.gear_id)
        for piece in gear
        if piece.reminder_due
        and not piece.retired
        and _is_long_ago(moment, f"gear_due:{piece.gear_id}")
    ]


def _is_long_ago(moment: Moment, subject: str) -> bool:
    last = moment.told_on.get(subject)
    return last is None or moment.day - last >= GEAR_AGAIN


def race_tomorrow(race: Race | None, moment: Moment) -> Message | None:
    """Tell the race on the evening before."""
    if race is None or race.days != 1:
        return None
    return moment.message("race_tomorrow", say_race(race, moment.voice, moment.day))


def streak_at_risk(
    streak: Streak, speech: str, moment: Moment, *, may_train: bool
) -> Message | None:
    """Tell in the evening that a streak ends today, unless rest is what is due."""
    is_long = streak.days >= SHORTEST_STREAK_DAYS
    if not is_long or streak.trained_today or not may_train:
        return None
    return moment.message("streak_at_risk", speech)


def trouble(
    code: str, speech: str, moment: Moment, *, for_s: float = 0
) -> Message | None:
    """Tell that the key is refused, or that Intervals.icu is away for an hour.

    Parameters
    ----------
    code, speech
        Of the failure, and its sentence.
    moment
        When, and to whom.
    for_s
        Seconds for which every try has failed.
    """
    if code not in _REFUSED and for_s < BLIND_FOR.total_seconds():
        return None
    return moment.message("trouble", speech)
