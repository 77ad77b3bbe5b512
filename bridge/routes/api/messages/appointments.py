"""What has an appointment: the morning's, the evening's, Sunday's."""

from __future__ import annotations

from collections.abc import Callable

from bridge.domain.calendar.race import flatten_race
from bridge.domain.messages import ten
from bridge.domain.overview.week import monday_of, say_week
from bridge.routes.api.calendar.race import read_season
from bridge.routes.api.messages.reading import Telling, tell_recovery
from bridge.routes.api.overview.streak import read_streak
from bridge.routes.api.overview.today import read_brief
from bridge.routes.api.overview.week import read_week
from bridge.services import client, voice


def tell_appointment(telling: Telling, topic: str) -> None:
    """Tell what has come of a topic that has an appointment."""
    _APPOINTMENTS[topic](telling)


def _tell_brief(telling: Telling) -> None:
    brief, said, _ = read_brief(telling.moment.day)
    telling.tell(ten.morning_brief(brief, said, telling.moment))


def _tell_week(telling: Telling) -> None:
    week, _, _, _ = read_week(monday_of(telling.moment.day))
    said = say_week(week, voice(), telling.moment.day)
    telling.tell(ten.week(week, said, telling.moment))


def _tell_race(telling: Telling) -> None:
    race = flatten_race(read_season(client(), telling.moment.day), telling.moment.day)
    telling.tell(ten.race_tomorrow(race, telling.moment))


def _tell_streak(telling: Telling) -> None:
    streak, said, _, may_train = read_streak()
    telling.tell(ten.streak_at_risk(streak, said, telling.moment, may_train=may_train))


_APPOINTMENTS: dict[str, Callable[[Telling], None]] = {
    "morning_brief": _tell_brief,
    "week": _tell_week,
    "recovery": tell_recovery,
    "race_tomorrow": _tell_race,
    "streak_at_risk": _tell_streak,
}
