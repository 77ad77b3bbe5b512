"""What is read for the cards of sessions and of the athlete: to come, done, worn."""

from __future__ import annotations

from functools import partial

from bridge.domain.activity.activity import flatten_activity
from bridge.domain.athlete.gear import flatten_gear
from bridge.domain.calendar.away import away_on
from bridge.domain.calendar.event import flatten_events, steps_by_event
from bridge.domain.calendar.plan import Workouts, say_next
from bridge.domain.calendar.race import flatten_race
from bridge.domain.cards.card import Card
from bridge.domain.cards.gear import gear_card
from bridge.domain.cards.latest import latest_card
from bridge.domain.cards.race import race_card
from bridge.domain.cards.recovery import SHOWN_DAYS, days_to_show, recovery_card
from bridge.domain.cards.workout import WorkoutPlan, workout_card
from bridge.domain.raw import flatten_all
from bridge.domain.wellness.day import flatten_wellness
from bridge.domain.zones.settings import thresholds_for
from bridge.routes.api.activity.activities import compared
from bridge.routes.api.activity.laps import laps_of, read_with_laps
from bridge.routes.api.calendar.race import read_season
from bridge.routes.api.calendar.workouts import next_of, read_ahead_with_signs
from bridge.services import client, settings, today, voice


def read_workout() -> Card:
    """Read the card of the next workout that is not done."""
    rows, paired, is_off = read_ahead_with_signs()
    event = next_of(rows, paired)
    if event is None:
        said = voice().say("workout.none_ahead")
        return workout_card(None, WorkoutPlan(), said, voice(), today())
    steps, known = steps_by_event(rows), settings().thresholds
    away = away_on(flatten_events(rows, paired), today())
    workouts = Workouts(steps=steps, thresholds=known, is_off=is_off)
    said = say_next(event, voice(), today(), workouts=workouts, away=away)
    return workout_card(
        event,
        WorkoutPlan(steps.get(event.event_id, ()), thresholds_for(known, event.type)),
        said,
        voice(),
        today(),
    )


def read_latest() -> Card:
    """Read the card of the latest activity."""
    raw = read_with_laps("latest")
    if raw is None:
        return latest_card(None, (), voice(), today())
    activity = compared(flatten_activity(raw))
    laps = () if activity.strava_only else laps_of(raw)
    return latest_card(activity, laps, voice(), today())


def read_recovery(*, private: bool = False, shown_days: int = SHOWN_DAYS) -> Card:
    """Read the card of recovery; the weight only where its owner has it shown."""
    rows = client().wellness(days_to_show(today(), shown_days), today())
    days = flatten_all(flatten_wellness, rows)
    return recovery_card(days, today(), voice(), private=private, shown_days=shown_days)


def read_race() -> Card:
    """Read the card of the next race."""
    events = read_season(client(), today())
    return race_card(flatten_race(events, today()), voice(), today())


def read_gear() -> Card:
    """Read the card of gear."""
    gear = flatten_all(partial(flatten_gear, today=today()), client().gear())
    return gear_card(gear, voice(), today())
