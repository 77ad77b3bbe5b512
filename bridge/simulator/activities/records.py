"""Keep activities: make them, write them, show them, forget them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from bridge.simulator.activities.laps import Lap, laps_of
from bridge.simulator.activities.totals import Athlete, intensity_of, load_of, summarise
from bridge.simulator.athlete.fitness import fitness_after
from bridge.simulator.athlete.sports import RIDES, RUNS, SWIMS, settings_for
from bridge.simulator.fields.activity import ACTIVITY, MESSAGE
from bridge.simulator.fields.bodies import Record, render
from bridge.simulator.moments import stamp, wall_clock
from bridge.simulator.refusals import no_record, semantic, strava_hidden
from bridge.simulator.seed.sessions import Piece, Session, ftp_on
from bridge.simulator.state import State, is_stub

COMPUTED = frozenset(
    """
    id icu_athlete_id created icu_sync_date analyzed icu_ctl icu_atl source start_date
    icu_intervals icu_groups stream_types skyline_chart_bytes icu_intervals_edited
    oauth_client_id oauth_client_name strava_id
    """.split()  # noqa: SIM905 - a text reads better than forty quotes
)
RATINGS = ("icu_rpe", "feel", "gear")
UNKNOWN_BEFORE_ANALYSIS = (
    "analyzed",
    "icu_training_load",
    "icu_intensity",
    "interval_summary",
    "icu_zone_times",
    "icu_hr_zone_times",
    "pace_zone_times",
    "gap_zone_times",
    "power_load",
    "hr_load",
    "pace_load",
    "trimp",
    "strain_score",
    "skyline_chart_bytes",
)


_UNSEEN = frozenset({"_stub", "_hidden_load"})
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
ZONES = ("power_zones", "sweet_spot_min", "sweet_spot_max", "hr_zones", "pace_zones")
REWRITTEN = (
    "icu_hr_zones",
    "icu_hr_zone_times",
    "icu_power_zones",
    "icu_zone_times",
    "icu_sweet_spot_min",
    "icu_sweet_spot_max",
    "pace_zones",
    "pace_zone_times",
    "gap_zone_times",
)


def find(state: State, activity_id: str, *, readable: bool = False) -> Record:
    """Return the stored activity.

    Raises
    ------
    Refusal
        404 for an unknown id; 422 when `readable` is asked of a Strava stub.
    """
    record = state.activities.get(activity_id)
    if record is None:
        raise no_record("Activity")
    if readable and is_stub(record):
        raise strava_hidden()
    return record


def body(state: State, record: Record) -> Record:
    """Return the activity as upstream shows it: all keys, or a stub."""
    if is_stub(record):
        return {name: record[name] for name in record if name not in _UNSEEN}
    shown = render(ACTIVITY, record)
    shown |= {code: record.get(code) for code in sorted(state.custom_activity_keys)}
    if state.switches.pairs_shown == "event":
        shown["paired_event_id"] = None
    after = fitness_after(state, record)
    if after:
        shown |= {"icu_ctl": round(after[0], 6), "icu_atl": round(after[1], 6)}
    if not state.is_analysed(record):
        shown |= dict.fromkeys(UNKNOWN_BEFORE_ANALYSIS)
    return shown


def laps(state: State, record: Record) -> list[Lap]:
    """Return an activity's laps; manual ones have none."""
    activity_id = record["id"]
    if activity_id not in state.laps and activity_id in state.sessions:
        session = state.sessions[activity_id][0]
        first = 10 * int(activity_id.lstrip("i")) % 9000000 + 1000
        state.laps[activity_id] = laps_of(session.pieces, first)
    return state.laps.get(activity_id, [])


def update(state: State, record: Record, changes: Record) -> Record:
    """Apply a partial change: only sent fields, -1 clears a number."""
    if is_stub(record):
        raise semantic("Cannot update Strava activities via the API")
    allowed = set(changes) - COMPUTED
    if not state.switches.rating_writable:
        allowed -= set(RATINGS)
    for name in allowed:
        value = changes[name]
        cleared = ACTIVITY[name] in ("i", "f") and value == -1
        record[name] = None if cleared else value
    if "start_date_local" in allowed:
        wall = wall_clock(record["start_date_local"])
        record["start_date"] = state.utc_of(wall).strftime("%Y-%m-%dT%H:%M:%SZ")
    if allowed & {"icu_ftp", "threshold_pace"}:
        _reanalyse(state, record)
    elif state.switches.rename_moves_sync_date:
        record["icu_sync_date"] = state.stamp()
    state.touch()
    return record


def _reanalyse(state: State, record: Record) -> None:
    effort = record.get("icu_weighted_avg_watts") or record.get("gap")
    threshold = record.get("icu_ftp") or record.get("threshold_pace")
    if effort and threshold:
        record["icu_intensity"] = round(effort / threshold * 100, 5)
        load = load_of(record["moving_time"], record["icu_intensity"])
        record |= {"icu_training_load": load, "power_load": load}
    mark_analysed(state, record)


def mark_analysed(state: State, record: Record) -> None:
    """Stamp an activity as analysed now: both stamps move."""
    record |= {"icu_sync_date": state.stamp(), "analyzed": state.stamp()}
    state.touch()


def remove(state: State, record: Record) -> Record:
    """Delete an activity and untie the event it fulfilled."""
    activity_id = record["id"]
    del state.activities[activity_id]
    for event in state.events.values():
        if event.get("paired_activity_id") == activity_id:
            event["paired_activity_id"] = None
    state.touch()
    return {"icu_athlete_id": state.athlete_id, "id": activity_id}


def comment(
    state: State, activity: Record, content: str, author_id: str, author: str
) -> Record:
    """Add a comment to an activity."""
    if not content:
        raise semantic("Content is required")
    message = {
        "id": state.next_id("message"),
        "activity_id": activity["id"],
        "athlete_id": author_id,
        "name": author,
        "created": state.stamp(),
        "type": "TEXT",
        "content": content,
        "seen": author_id == state.athlete_id,
    }
    state.messages.setdefault(activity["id"], []).append(message)
    return render(MESSAGE, message)


def athlete_for(state: State, kind: str, day: date) -> Athlete:
    """Return the athlete's body and settings of a day for an activity type."""
    settings = settings_for(state.sports, kind) or {
        "warmup_time": 0,
        "cooldown_time": 0,
    }
    ftp = ftp_on(day, state.today(), settings.get("ftp") or 200)
    resting = state.athlete.get("icu_resting_hr") or 50
    return Athlete(settings, ftp, resting, state.athlete.get("icu_weight") or 72.0)


def store(state: State, wall: datetime, session: Session, **fields: Any) -> Record:
    """Store a session as an activity that began at a wall clock."""
    athlete = athlete_for(state, session.type, wall.date())
    totals = summarise(session, athlete)
    activity_id = fields.pop("id", None) or f"i{state.next_id('activity')}"
    state.sessions[activity_id] = (session, athlete)
    ended = state.utc_of(wall) + timedelta(seconds=totals["elapsed_time"])
    arrived = stamp(min(ended + timedelta(minutes=3), state.now()))
    record = (
        base(state, activity_id, wall)
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
    state.activities[activity_id] = record
    state.touch()
    return record


def base(state: State, activity_id: str, wall: datetime) -> Record:
    """Return what every activity has, whatever its origin."""
    return FLAGS | {
        "id": activity_id,
        "icu_athlete_id": state.athlete_id,
        "start_date_local": wall.isoformat(timespec="seconds"),
        "start_date": state.utc_of(wall).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "created": state.stamp(),
        "icu_sync_date": state.stamp(),
        "analyzed": state.stamp(),
    }


def stream_types(session: Session) -> list[str]:
    """Name the streams a session leaves behind."""
    names = ["time", "heartrate", "temp"]
    names += ["watts"] if session.type in RIDES else []
    moved = session.type in (*RIDES, *RUNS, *SWIMS)
    names += ["cadence", "distance", "velocity_smooth"] if moved else []
    return names + (["altitude", "latlng"] if moved and not session.indoor else [])


def add(state: State, fields: Record) -> Record:
    """Add an activity for a test: a steady session around the given fields."""
    if fields.get("source") == "STRAVA":
        return add_stub(state, **fields)
    kind, moving_s = fields.get("type", "Ride"), int(fields.get("moving_time", 3600))
    default = state.local_now().replace(microsecond=0) - timedelta(
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
    record = store(state, wall, session, **given)
    if record["source"] == "MANUAL":
        state.sessions.pop(record["id"])
        record |= {"stream_types": None, "file_type": None, "device_name": None}
    return record


def add_stub(
    state: State, *, note: bool = True, hidden_load: float = 0, **fields: Any
) -> Record:
    """Add what is left of an activity that came by way of Strava.

    Its load is shown to nobody, yet counts in the athlete's fitness.
    """
    number = str(fields.pop("id", None) or 18200000000 + state.next_id("activity"))
    wall = fields.get("start_date_local") or state.local_now().isoformat()[:19]
    stub: Record = {"id": number, "icu_athlete_id": state.athlete_id}
    stub["start_date_local"] = wall
    if note:
        stub |= {"source": "STRAVA", "_note": STRAVA_NOTE}
    else:
        stub |= {"external_id": f"wahoo-{number}", "name": None, "type": None}
        stub |= {"distance": None, "moving_time": None}
    state.activities[number] = stub | {"_stub": True, "_hidden_load": hidden_load}
    state.touch()
    return stub


def create_manual(state: State, fields: Record) -> Record:
    """Create an activity by hand, or update the one with the same external id."""
    for needed in ("start_date_local", "type"):
        if not fields.get(needed):
            raise semantic(f"Missing {needed}")
    wall = wall_clock(fields["start_date_local"])
    known = _by_external_id(state, fields.get("external_id"))
    if known:
        return update(state, known, fields)
    allowed = {name: fields[name] for name in fields if name not in COMPUTED}
    record = base(state, f"i{state.next_id('activity')}", wall) | allowed
    record |= {"source": "MANUAL", "name": fields.get("name") or fields["type"]}
    moving_s, load = record.get("moving_time"), record.get("icu_training_load")
    record.setdefault("elapsed_time", moving_s)
    if moving_s and load:
        record["icu_intensity"] = intensity_of(moving_s, load)
    if moving_s and record.get("distance"):
        pace = round(record["distance"] / moving_s, 6)
        record |= {"average_speed": pace, "pace": pace}
    state.activities[record["id"]] = record
    state.touch()
    return record


def _by_external_id(state: State, external_id: str | None) -> Record | None:
    wanted = {"source": "MANUAL", "external_id": external_id}
    for record in state.activities.values() if external_id else ():
        if wanted.items() <= record.items():
            return record
    return None


def apply_due(state: State) -> None:
    """Rewrite the zones of every activity whose sport was applied and is due."""
    now = state.now()
    for number in [key for key, due in state.pending_sports.items() if due <= now]:
        del state.pending_sports[number]
        for settings in state.sports:
            if settings["id"] == number:
                _rewrite(state, settings)


def _rewrite(state: State, settings: Record) -> None:
    for activity_id, (session, athlete) in list(state.sessions.items()):
        if session.type in settings["types"] and activity_id in state.activities:
            record = state.activities[activity_id]
            # The heart beat and the thresholds were what they were: only zones move.
            zones = {name: settings.get(name) for name in ZONES}
            changed = replace(athlete, settings=athlete.settings | zones)
            totals = summarise(session, changed)
            record |= {name: totals[name] for name in REWRITTEN if name in totals}
            record["lthr"] = settings.get("lthr")
            record["athlete_max_hr"] = settings.get("max_hr")
    state.touch()
