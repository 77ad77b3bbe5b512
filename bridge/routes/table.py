"""All doors of the bridge, on one screen.

A route that is not in this list does not exist; one without ``scope=None`` is
closed to everybody without a device token.
"""

from __future__ import annotations

from bridge.domain.activity import Activity
from bridge.domain.activity_stored import ActivityWritten, Uploaded
from bridge.domain.athlete import Athlete
from bridge.domain.bests import Best, Eftp
from bridge.domain.brief import Brief
from bridge.domain.checkup import Check
from bridge.domain.event import Event
from bridge.domain.event_stored import EventWritten
from bridge.domain.fitness import Fitness
from bridge.domain.gear import Gear
from bridge.domain.health_told import HealthItem, HealthTaken
from bridge.domain.lap import Lap
from bridge.domain.race import Race
from bridge.domain.sport_settings import Thresholds
from bridge.domain.streak import Streak
from bridge.domain.undone import Undone
from bridge.domain.weather import Weather
from bridge.domain.week import Week, WeekSport
from bridge.domain.wellness import Wellness
from bridge.domain.wellness_stored import WellnessChange, WellnessStored
from bridge.domain.zones import Zone
from bridge.domain.zones_stored import ZoneChange, ZonesApplied, ZonesWritten
from bridge.routes import (
    activities,
    activity_writes,
    athlete,
    bests,
    doctor,
    event_writes,
    events,
    export,
    files,
    fitness,
    gear,
    health,
    health_sync,
    laps,
    openapi,
    race,
    raw,
    streak,
    today,
    undo,
    uploads,
    weather,
    week,
    wellness,
    wellness_writes,
    workout_changes,
    workout_writes,
    workouts,
    zone_writes,
    zones,
)
from bridge.routes.params import (
    CATEGORY,
    COLUMNS,
    DAY,
    DAY_AHEAD,
    FIELDS,
    FILE_KIND,
    FROM,
    LIMIT,
    NEWEST,
    NEWEST_AHEAD,
    OLDEST,
    OLDEST_AHEAD,
    PERIOD,
    PREVIEW,
    QUERY,
    STREAMS,
    TYPE,
)
from bridge.routes.route import Method, Route

_RANGE = (OLDEST, NEWEST)
_RANGE_AHEAD = (OLDEST_AHEAD, NEWEST_AHEAD)
_CSV = "text/csv"
_ANY = "*/*"
_WRITE: tuple[Method, ...] = ("PUT", "POST")
_METHODS: tuple[Method, ...] = ("GET", "POST", "PUT", "PATCH", "DELETE")

# fmt: off
ROUTES: tuple[Route, ...] = (
    Route("GET", "/v1/athlete", athlete.show, answer=Athlete),
    Route("GET", "/v1/today", today.show, (DAY,), answer=Brief),
    Route("GET", "/v1/fitness", fitness.show, (DAY,), answer=Fitness),
    Route("GET", "/v1/activities", activities.index,
          (DAY, *_RANGE, LIMIT, TYPE, FROM), items=Activity),
    Route("GET", "/v1/activities/latest", activities.latest, (TYPE,), answer=Activity),
    Route("GET", "/v1/activities/latest/laps", laps.index, (TYPE, FROM),
          answer=Activity, items=Lap),
    Route("GET", "/v1/activities/latest/laps.csv", laps.csv_file, (TYPE,),
          produces=_CSV),
    Route("GET", "/v1/activities/latest/streams.csv", files.streams, (TYPE, STREAMS),
          produces=_CSV),
    Route("GET", "/v1/activities/latest/file", files.show, (TYPE, FILE_KIND),
          produces=_ANY),
    Route("GET", "/v1/activities/search", activities.search,
          (QUERY, LIMIT, TYPE, FROM), items=Activity),
    Route("GET", "/v1/activities/<activity>", activities.show, answer=Activity),
    Route("GET", "/v1/activities/<activity>/laps", laps.index, (FROM,),
          answer=Activity, items=Lap),
    Route("GET", "/v1/activities/<activity>/laps.csv", laps.csv_file, produces=_CSV),
    Route("GET", "/v1/activities/<activity>/streams.csv", files.streams, (STREAMS,),
          produces=_CSV),
    Route("GET", "/v1/activities/<activity>/file", files.show, (FILE_KIND,),
          produces=_ANY),
    Route("POST", "/v1/activities", uploads.create, (PREVIEW,), "write",
          answer=Uploaded, body=uploads.UPLOAD_BODY),
    Route("PATCH", "/v1/activities/<activity>", activity_writes.change, (PREVIEW,),
          "write", answer=ActivityWritten, body=activity_writes.ACTIVITY_BODY),
    Route("POST", "/v1/activities/<activity>/rating", activity_writes.rate,
          (PREVIEW,), "write", answer=ActivityWritten,
          body=activity_writes.RATING_BODY),
    Route("GET", "/v1/activities.csv", export.activities, (*_RANGE, COLUMNS, TYPE),
          produces=_CSV),
    Route("GET", "/v1/wellness", wellness.show, (DAY, *_RANGE, FIELDS, FROM),
          answer=Wellness, items=Wellness),
    *(Route(method, "/v1/wellness", wellness_writes.store, (DAY, PREVIEW), "write",
            answer=WellnessStored, items=WellnessChange,
            body=wellness_writes.WELLNESS_BODY) for method in _WRITE),
    Route("POST", "/v1/health", health_sync.sync, (PREVIEW,), "write",
          answer=HealthTaken, items=HealthItem, body=health_sync.HEALTH_BODY),
    Route("POST", "/v1/undo", undo.last, (PREVIEW,), "write", answer=Undone,
          body=undo.UNDO_BODY),
    Route("GET", "/v1/workouts/today", workouts.show_today, (DAY_AHEAD,), items=Event),
    Route("GET", "/v1/workouts/next", workouts.show_next, answer=Event),
    Route("GET", "/v1/events", events.index, (DAY_AHEAD, *_RANGE_AHEAD, CATEGORY, FROM),
          items=Event),
    Route("POST", "/v1/events", event_writes.create, (PREVIEW,), "write",
          answer=EventWritten, body=event_writes.EVENT_BODY),
    Route("PATCH", "/v1/events/<event>", event_writes.change, (PREVIEW,), "write",
          answer=EventWritten, body=event_writes.EVENT_BODY),
    Route("DELETE", "/v1/events/<event>", event_writes.remove, (PREVIEW,), "write",
          answer=EventWritten, body=event_writes.REMOVE_BODY),
    Route("POST", "/v1/workouts", workout_writes.plan, (PREVIEW,), "write",
          answer=EventWritten, body=workout_writes.WORKOUT_BODY),
    Route("POST", "/v1/workouts/<workout>/move", workout_changes.move, (PREVIEW,),
          "write", answer=EventWritten, body=workout_changes.MOVE_BODY),
    Route("POST", "/v1/workouts/<workout>/done", workout_changes.done, (PREVIEW,),
          "write", answer=EventWritten, body=workout_changes.WORKOUT_CHANGE_BODY),
    Route("POST", "/v1/workouts/<workout>/skip", workout_changes.skip, (PREVIEW,),
          "write", answer=EventWritten, body=workout_changes.WORKOUT_CHANGE_BODY),
    Route("GET", "/v1/race", race.show, (CATEGORY,), answer=Race),
    Route("GET", "/v1/gear", gear.show, (FROM,), items=Gear),
    Route("GET", "/v1/streak", streak.show, answer=Streak),
    Route("GET", "/v1/bests", bests.show, (TYPE, PERIOD, FROM), answer=Eftp,
          items=Best),
    Route("GET", "/v1/weather", weather.show, (DAY_AHEAD,), answer=Weather),
    Route("GET", "/v1/week", week.show, (DAY_AHEAD,), answer=Week, items=WeekSport),
    Route("GET", "/v1/zones", zones.show, (TYPE, FROM), answer=Thresholds, items=Zone),
    Route("PATCH", "/v1/zones/<sport>", zone_writes.change, (PREVIEW,), "write",
          answer=ZonesWritten, items=ZoneChange, body=zone_writes.ZONES_BODY),
    Route("POST", "/v1/zones/<sport>/apply", zone_writes.apply, (PREVIEW,), "write",
          answer=ZonesApplied, body=zone_writes.APPLY_BODY),
    Route("GET", "/v1/doctor", doctor.show, items=Check),
    Route("GET", "/v1/flat/<path:path>", raw.flat, (FROM,), scope="raw",
          other_params=True),
    *(Route(method, "/api/v1/<path:path>", raw.forward, scope="raw",
            other_params=True, produces=_ANY) for method in _METHODS),
    Route("GET", "/openapi.json", openapi.show, scope=None),
    Route("GET", "/healthz", health.alive, scope=None),
    Route("GET", "/readyz", health.ready, scope=None),
)
# fmt: on
