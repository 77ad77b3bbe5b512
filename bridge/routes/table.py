"""All routes of the bridge, on one screen.

A route that is not in this list does not exist; one without ``scope=None`` is
closed to everybody without a device token.
"""

from __future__ import annotations

from bridge.domain.activity.activity import Activity
from bridge.domain.activity.bests import Best, Eftp
from bridge.domain.activity.lap import ActivityLaps, Lap
from bridge.domain.activity.written import ActivityWritten, Uploaded
from bridge.domain.athlete.athlete import Athlete
from bridge.domain.athlete.gear import Gear
from bridge.domain.athlete.weather import Weather
from bridge.domain.calendar.event import Event
from bridge.domain.calendar.race import Race
from bridge.domain.calendar.written import EventWritten
from bridge.domain.cards.card import Card, CardItem
from bridge.domain.changes.said import ChangeFeed, ChangeItem
from bridge.domain.doctor.checks import Check
from bridge.domain.health.written import HealthItem, HealthTaken
from bridge.domain.messages.chosen import MessageChoices, MessageTopic
from bridge.domain.overview.brief import Brief
from bridge.domain.overview.fitness import Fitness
from bridge.domain.overview.streak import Streak
from bridge.domain.overview.week import Week, WeekSport
from bridge.domain.undo import Undone
from bridge.domain.wellness.day import Wellness
from bridge.domain.wellness.recovery import Recovery
from bridge.domain.wellness.written import WellnessChange, WellnessWritten
from bridge.domain.zones.settings import Thresholds
from bridge.domain.zones.written import ZoneChange, ZonesApplied, ZonesWritten
from bridge.domain.zones.zone import Zone
from bridge.routes import params as p
from bridge.routes.api import (
    changes,
    doctor,
    health,
    openapi,
    probes,
    raw,
    tables,
    undo,
    webhooks,
    wellness,
    widgets,
    zones,
)
from bridge.routes.api.activity import activities, files, laps, manual
from bridge.routes.api.ask import ask, menu
from bridge.routes.api.athlete import athlete, gear, weather
from bridge.routes.api.calendar import events, feed, race, workouts
from bridge.routes.api.calendar import files as workout_files
from bridge.routes.api.cards import cards
from bridge.routes.api.messages import messages
from bridge.routes.api.overview import bests, fitness, streak, today, week
from bridge.routes.route import Method, Route
from bridge.routes.views import pictures

_RANGE = (p.OLDEST, p.NEWEST)
_RANGE_AHEAD = (p.OLDEST_AHEAD, p.NEWEST_AHEAD)
_PICTURE = (p.KEY, p.SIZE, p.DEVICE, p.THEME, p.BITS, p.UNITS, p.SPAN)
_EINK = (p.KEY, p.THEME, p.BITS, p.UNITS, p.SPAN)
_CHANGES = (p.CURSOR, p.SINCE, p.KINDS)
_CSV = "text/csv"
_ANY = "*/*"
_WRITE: tuple[Method, ...] = ("PUT", "POST")
_METHODS: tuple[Method, ...] = ("GET", "POST", "PUT", "PATCH", "DELETE")

# fmt: off
ROUTES: tuple[Route, ...] = (
    Route("POST", "/v1/ask", ask.ask, (p.PREVIEW,), body=ask.ASK_BODY, once=False),
    Route("GET", "/v1/ask", ask.ask_only, (p.ASKED,)),
    Route("GET", "/v1/menu", menu.show),
    Route("GET", "/v1/athlete", athlete.show, answer=Athlete, kept="lasting"),
    Route("GET", "/v1/today", today.show, (p.DAY,), answer=Brief, kept="moment"),
    Route("GET", "/v1/cards/<card>", cards.show, (p.SPAN,), answer=Card,
          items=CardItem, kept="moment"),
    Route("GET", "/v1/fitness", fitness.show, (p.DAY,), answer=Fitness, kept="day"),
    Route("GET", "/v1/activities", activities.index,
          (p.DAY, *_RANGE, p.LIMIT, p.TYPE, p.FROM), items=Activity, kept="day"),
    Route("GET", "/v1/activities/latest", activities.latest, (p.TYPE,),
          answer=Activity, may_be_none=True, kept="day"),
    Route("GET", "/v1/activities/latest/laps", laps.index, (p.TYPE, p.FROM),
          answer=ActivityLaps, items=Lap, may_be_none=True, kept="day"),
    Route("GET", "/v1/activities/latest/laps.csv", laps.csv_file, (p.TYPE,),
          produces=_CSV),
    Route("GET", "/v1/activities/latest/streams.csv", files.streams,
          (p.TYPE, p.STREAMS), produces=_CSV),
    Route("GET", "/v1/activities/latest/file", files.show, (p.TYPE, p.FILE_FORMAT),
          produces=_ANY),
    Route("GET", "/v1/activities/search", activities.search,
          (p.QUERY, p.LIMIT, p.TYPE, p.FROM), items=Activity, kept="day"),
    Route("GET", "/v1/activities/<activity>", activities.show, answer=Activity,
          kept="day"),
    Route("GET", "/v1/activities/<activity>/laps", laps.index, (p.FROM,),
          answer=ActivityLaps, items=Lap, kept="day"),
    Route("GET", "/v1/activities/<activity>/laps.csv", laps.csv_file, produces=_CSV),
    Route("GET", "/v1/activities/<activity>/streams.csv", files.streams, (p.STREAMS,),
          produces=_CSV),
    Route("GET", "/v1/activities/<activity>/file", files.show, (p.FILE_FORMAT,),
          produces=_ANY),
    Route("POST", "/v1/activities", files.create, (p.PREVIEW,), "write",
          answer=Uploaded, body=files.UPLOAD_BODY),
    Route("POST", "/v1/activities/manual", manual.create, (p.DAY, p.PREVIEW),
          "write", answer=ActivityWritten, body=manual.MANUAL_BODY),
    Route("PATCH", "/v1/activities/<activity>", activities.change, (p.PREVIEW,),
          "write", answer=ActivityWritten, body=activities.ACTIVITY_BODY),
    Route("POST", "/v1/activities/<activity>/rating", activities.rate,
          (p.PREVIEW,), "write", answer=ActivityWritten,
          body=activities.RATING_BODY),
    Route("GET", "/v1/activities.csv", files.every, (*_RANGE, p.COLUMNS, p.TYPE),
          produces=_CSV),
    Route("GET", "/v1/wellness", wellness.show, (p.DAY, *_RANGE, p.FIELDS, p.FROM),
          answer=Recovery, items=Wellness, may_be_none=True,  # a range has items
          kept="day"),
    Route("GET", "/v1/wellness.csv", tables.wellness, (*_RANGE, p.FIELDS),
          produces=_CSV),
    *(Route(method, "/v1/wellness", wellness.store, (p.DAY, p.PREVIEW), "write",
            answer=WellnessWritten, items=WellnessChange,
            body=wellness.WELLNESS_BODY) for method in _WRITE),
    Route("POST", "/v1/health", health.sync, (p.PREVIEW,), "write",
          answer=HealthTaken, items=HealthItem, body=health.HEALTH_BODY),
    Route("POST", "/v1/undo", undo.last, (p.PREVIEW,), "write", answer=Undone,
          body=undo.UNDO_BODY),
    Route("GET", "/v1/workouts/today", workouts.show_today,
          (p.DAY_AHEAD, p.TYPE), items=Event, kept="day"),
    Route("GET", "/v1/workouts/next", workouts.show_next, (p.TYPE,),
          answer=Event, may_be_none=True, kept="moment"),
    Route("GET", "/v1/workouts/<workout>/file", workout_files.show,
          (p.WORKOUT_FORMAT,), produces=_ANY),
    Route("GET", "/v1/events", events.index,
          (p.DAY_AHEAD, *_RANGE_AHEAD, p.CATEGORY, p.FROM), items=Event, kept="day"),
    Route("GET", "/v1/events.csv", tables.events,
          (p.DAY_AHEAD, *_RANGE_AHEAD, p.CATEGORY), produces=_CSV),
    Route("POST", "/v1/events", events.create, (p.PREVIEW,), "write",
          answer=EventWritten, body=events.EVENT_BODY),
    Route("PATCH", "/v1/events/<event>", events.change, (p.PREVIEW,), "write",
          answer=EventWritten, body=events.EVENT_BODY),
    Route("DELETE", "/v1/events/<event>", events.remove, (p.PREVIEW,), "write",
          answer=EventWritten, body=events.REMOVE_BODY),
    Route("POST", "/v1/workouts", workouts.plan, (p.PREVIEW,), "write",
          answer=EventWritten, body=workouts.WORKOUT_BODY),
    Route("POST", "/v1/workouts/<workout>/move", workouts.move, (p.PREVIEW,),
          "write", answer=EventWritten, body=workouts.MOVE_BODY),
    Route("POST", "/v1/workouts/<workout>/done", workouts.done, (p.PREVIEW,),
          "write", answer=EventWritten, body=workouts.DONE_BODY),
    Route("POST", "/v1/workouts/<workout>/skip", workouts.skip, (p.PREVIEW,),
          "write", answer=EventWritten, body=workouts.SKIP_BODY),
    Route("GET", "/v1/race", race.show, (p.CATEGORY,), answer=Race,
          may_be_none=True, kept="day"),
    Route("GET", "/v1/gear", gear.show, (p.FROM,), items=Gear, kept="lasting"),
    Route("GET", "/v1/streak", streak.show, answer=Streak, kept="day"),
    Route("GET", "/v1/bests", bests.show, (p.TYPE, p.PERIOD, p.FROM), answer=Eftp,
          items=Best, may_be_none=True, kept="lasting"),
    Route("GET", "/v1/weather", weather.show, (p.DAY_AHEAD,), answer=Weather),
    Route("GET", "/v1/week", week.show, (p.DAY_AHEAD,), answer=Week, items=WeekSport,
          kept="day"),
    Route("GET", "/v1/zones", zones.show, (p.TYPE, p.FROM), answer=Thresholds,
          items=Zone, may_be_none=True, kept="lasting"),
    Route("PATCH", "/v1/zones/<sport>", zones.change, (p.PREVIEW,), "write",
          answer=ZonesWritten, items=ZoneChange, body=zones.ZONES_BODY),
    Route("POST", "/v1/zones/<sport>/apply", zones.apply, (p.PREVIEW,), "write",
          answer=ZonesApplied, body=zones.APPLY_BODY),
    Route("GET", "/v1/changes", changes.index, (*_CHANGES, p.MOST),
          answer=ChangeFeed, items=ChangeItem, alike=False),
    Route("GET", "/v1/changes.csv", changes.csv_file, (*_CHANGES, p.MOST),
          produces=_CSV),
    Route("GET", "/v1/messages", messages.show, (p.FROM,), answer=MessageChoices,
          items=MessageTopic),
    Route("PATCH", "/v1/messages", messages.change, (p.PREVIEW,), "write",
          answer=MessageChoices, items=MessageTopic, body=messages.MESSAGES_BODY),
    Route("GET", "/v1/doctor", doctor.show, items=Check),
    Route("GET", "/v1/flat/<path:path>", raw.flat, (p.FROM,), scope="raw",
          other_params=True),
    *(Route(method, "/api/v1/<path:path>", raw.forward, scope="raw",
            other_params=True, produces=_ANY) for method in _METHODS),
    Route("GET", "/w/<name>.png", pictures.show_png, _PICTURE, "view",
          produces="image/png", failures="picture"),
    Route("GET", "/w/<name>.svg", pictures.show_svg, _PICTURE, "view",
          produces="image/svg+xml", failures="picture"),
    Route("GET", "/w/<name>.trmnl.json", pictures.show_trmnl, _EINK, "view"),
    Route("GET", "/calendar/<key>.ics", feed.calendar_feed, (p.BUSY,), "view",
          produces="text/calendar"),
    Route("POST", "/webhooks/intervals/<key>", webhooks.take, scope="webhook",
          other_params=True, failures="flat"),
    Route("GET", "/widgets/scriptable.js", widgets.scriptable, scope=None,
          produces="text/javascript"),
    Route("GET", "/openapi.json", openapi.show, scope=None),
    Route("GET", "/healthz", probes.alive, scope=None),
    Route("GET", "/readyz", probes.ready, scope=None, answer=probes.Ready),
)
# fmt: on
