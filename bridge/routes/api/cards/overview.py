"""What is read for the cards of the day, of form, of the week and of the streak."""

from __future__ import annotations

from datetime import timedelta

from bridge.domain.calendar.event import SESSIONS, covers, in_order
from bridge.domain.cards.card import Card
from bridge.domain.cards.form import AHEAD_DAYS, form_card
from bridge.domain.cards.streak import streak_card
from bridge.domain.cards.today import today_card
from bridge.domain.cards.wallpaper import wallpaper_card
from bridge.domain.cards.week import WeekRows, week_card
from bridge.domain.cards.workout import WorkoutPlan
from bridge.domain.moment import read_day
from bridge.domain.overview.fitness import day_load, flatten_fitness, projected
from bridge.domain.overview.week import monday_of
from bridge.routes.api.overview.streak import read_streak
from bridge.routes.api.overview.today import read_brief
from bridge.routes.api.overview.week import read_week
from bridge.services import client, settings, today, together, voice


def read_today() -> Card:
    """Read the card of the athlete's day."""
    brief, said, rows = read_brief(today())
    left = [
        event
        for event in in_order(rows.events)
        if event.category in SESSIONS and not event.done and covers(event, today())
    ]
    first = left[0].event_id if left else ""
    plan = WorkoutPlan(rows.steps.get(first, ()))
    return today_card(brief, said, voice(), left, plan)


def read_form(span_days: int = 42) -> Card:
    """Read the card of form, ``span_days`` back and two weeks ahead."""
    day, upstream = today(), client()
    since, until = day - timedelta(days=span_days + 7), day + timedelta(days=AHEAD_DAYS)
    rows, done, planned = together(
        lambda: upstream.fitness(since, until),
        lambda: upstream.activities(day, day),
        lambda: upstream.events(day, until),
    )
    as_percent = settings().form_as_percent
    load = day_load(done, planned, day)
    now = flatten_fitness(rows, day, load=load, as_percent=as_percent)
    past = [
        flatten_fitness(rows, day - timedelta(days=n), as_percent=as_percent)
        for n in range(1, span_days + 1)
    ]
    loads = [
        day_load((), planned, day + timedelta(days=n)).planned
        for n in range(1, AHEAD_DAYS + 1)
    ]
    days = [*past, now, *projected(now, loads, as_percent=as_percent)]
    return form_card(days, day, voice(), as_percent=as_percent, span_days=span_days)


def read_week_card() -> Card:
    """Read the card of this week."""
    week, sports, activities, events = read_week(monday_of(today()))
    return week_card(week, sports, WeekRows(activities, events), voice(), today())


def read_streak_card() -> Card:
    """Read the card of the streak."""
    streak, said, activities, _ = read_streak()
    days = {read_day(activity.date) for activity in activities}
    trained = {day for day in days if day is not None}
    return streak_card(streak, trained, said, voice(), today())


def read_wallpaper() -> Card:
    """Read the card of the lock screen."""
    return wallpaper_card(read_today(), read_form())
