"""Make activities: recorded by a device, typed in by hand, or hidden by Strava."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from bridge.simulator.activities.records import COMPUTED, update
from bridge.simulator.activities.totals import Athlete, intensity_of, summarise
from bridge.simulator.athlete.sports import RIDES, RUNS, SWIMS, settings_for
from bridge.simulator.fields.activity import ACTIVITY
from bridge.simulator.fields.bodies import Record
from bridge.simulator.moments import stamp, wall_clock
from bridge.simulator.refusals import semantic
from bridge.simulator.seed.season import ftp_on
from bridge.simulator.seed.session import Piece, Session

if TYPE_CHECKING:
    from bridge.simulator.world import World

INDOORS = ("VirtualRide", "VirtualRun", "Swim", "WeightTraining")
STRAVA_NOTE = "STRAVA activities are not available via the API"
FLAGS = dict.fromkeys(
    (
        "icu_ignore_time",
        "icu_ignore_power",
        "icu_ignore_hr",
        "ignore_velocity",
        "ignore_pace",
        "trainer",
        "commute",
        "race",
        "has_weather",
        "has_segments",
        "icu_intervals_edited",
        "lock_intervals",
        "has_heartrate",
        "use_elevation_correction",
    ),
    False,
)


def athlete_for(world: World, kind: str, day: date) -> Athlete:
    """Return the athlete's body and settings of a day for an activity type."""
    settings = settings_for(world.sports, kind) or {
        "warmup_time": 0,
        "cooldown_time": 0,
    }
    ftp = ftp_on(day, world.today(), settings.get("ftp") or 200)
    resting = world.athlete.get("icu_resting_hr") or 50
    return Athlete(settings, ftp, resting, world.athlete.get("icu_weight") or 72.0)


def store(world: World, wall: datetime, session: Session, **fields: Any) -> Record:
    """Store a session as an activity that began at a wall clock."""
    athlete = athlete_for(world, session.type, wall.date())
    totals = summarise(session, athlete)
    activity_id = fields.pop("id", None) or f"i{world.next_id('activity')}"
    world.sessions[activity_id] = (session, athlete)
    ended = world.utc_of(wall) + timedelta(seconds=totals["elapsed_time"])
    arrived = stamp(min(ended + timedelta(minutes=3), world.now()))
    record = (
        base(world, activity_id, wall)
        | totals
        | {
            "name": session.name,
            "trainer": session.indoor,
            "source": "GARMIN_CONNECT",
            "file_type": "fit",
            "device_name": "Garmin Forerunner 965",
            "created": arrived,
            "icu_sync_date": arrived,
            "analyzed": arrived,
            "icu_weight": athlete.weight_kg,
            "icu_resting_hr": athlete.resting_hr,
            "stream_types": stream_types(session),
        }
        | fields
    )
    world.activities[activity_id] = record
    world.touch()
    return record


def base(world: World, activity_id: str, wall: datetime) -> Record:
    """Return what every activity has, whatever its origin."""
    return FLAGS | {
        "id": activity_id,
        "icu_athlete_id": world.athlete_id,
        "start_date_local": wall.isoformat(timespec="seconds"),
        "start_date": world.utc_of(wall).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "created": world.stamp(),
        "icu_sync_date": world.stamp(),
        "analyzed": world.stamp(),
    }


def stream_types(session: Session) -> list[str]:
    """Name the streams a session leaves behind."""
    names = ["time", "heartrate", "temp"]
    names += ["watts"] if session.type in RIDES else []
    moved = session.type in (*RIDES, *RUNS, *SWIMS)
    names += ["cadence", "distance", "velocity_smooth"] if moved else []
    return names + (["altitude", "latlng"] if moved and not session.indoor else [])


def add(world: World, fields: Record) -> Record:
    """Add an activity for a test: a steady session around the given fields."""
    if fields.get("source") == "STRAVA":
        return add_stub(world, **fields)
    kind, moving_s = fields.get("type", "Ride"), int(fields.get("moving_time", 3600))
    default = world.local_now().replace(microsecond=0) - timedelta(
        seconds=moving_s + 60
    )
    wall = wall_clock(fields.get("start_date_local", default.isoformat()))
    load = fields.get("icu_training_load")
    intensity = intensity_of(moving_s, load) if load else 70.0
    pieces = fields.get("pieces") or (Piece(moving_s, intensity / 100, work=True),)
    indoor = fields.get("trainer") or kind in INDOORS
    session = Session(kind, fields.get("name", "Training"), tuple(pieces), indoor)
    given = {name: fields[name] for name in fields if name in ACTIVITY}
    given |= {"start_date_local": wall.isoformat(timespec="seconds")}
    if load:
        given.setdefault("icu_intensity", intensity)
    record = store(world, wall, session, **given)
    if record["source"] == "MANUAL":
        world.sessions.pop(record["id"])
        record |= {"stream_types": None, "file_type": None, "device_name": None}
    return record


def add_stub(
    world: World, *, note: bool = True, hidden_load: float = 0, **fields: Any
) -> Record:
    """Add what is left of an activity that came by way of Strava.

    Its load is shown to nobody, yet counts in the athlete's fitness.
    """
    number = str(fields.pop("id", None) or 18200000000 + world.next_id("activity"))
    wall = fields.get("start_date_local") or world.local_now().isoformat()[:19]
    stub: Record = {"id": number, "icu_athlete_id": world.athlete_id}
    stub["start_date_local"] = wall
    if note:
        stub |= {"source": "STRAVA", "_note": STRAVA_NOTE}
    else:
        stub |= {"external_id": f"wahoo-{number}", "name": None, "type": None}
        stub |= {"distance": None, "moving_time": None}
    world.activities[number] = stub | {"_stub": True, "_hidden_load": hidden_load}
    world.touch()
    return stub


def create_manual(world: World, fields: Record) -> Record:
    """Create an activity by hand, or update the one with the same external id."""
    for needed in ("start_date_local", "type"):
        if not fields.get(needed):
            raise semantic(f"Missing {needed}")
    wall = wall_clock(fields["start_date_local"])
    known = _by_external_id(world.activities.values(), fields.get("external_id"))
    if known:
        return update(world, known, fields)
    allowed = {name: fields[name] for name in fields if name not in COMPUTED}
    record = base(world, f"i{world.next_id('activity')}", wall) | allowed
    record |= {"source": "MANUAL", "name": fields.get("name") or fields["type"]}
    moving_s, load = record.get("moving_time"), record.get("icu_training_load")
    record.setdefault("elapsed_time", moving_s)
    if moving_s and load:
        record["icu_intensity"] = intensity_of(moving_s, load)
    if moving_s and record.get("distance"):
        pace = round(record["distance"] / moving_s, 6)
        record |= {"average_speed": pace, "pace": pace}
    world.activities[record["id"]] = record
    world.touch()
    return record


def _by_external_id(
    records: Iterable[Record], external_id: str | None
) -> Record | None:
    manual = (record for record in records if record.get("source") == "MANUAL")
    return next(
        (
            found
            for found in manual
            if external_id and found.get("external_id") == external_id
        ),
        None,
    )
