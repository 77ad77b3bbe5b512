"""Keep activities: make them, write them, show them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from bridge.simulator.activities.laps import Lap, laps_of
from bridge.simulator.activities.totals import Athlete, load_of, summarise
from bridge.simulator.fields.activity import ACTIVITY
from bridge.simulator.fields.bodies import Record, render
from bridge.simulator.moments import read_stamp, wall_clock
from bridge.simulator.refusals import not_found, semantic, strava_hidden
from bridge.simulator.seed.session import Session

if TYPE_CHECKING:
    from bridge.simulator.world import World

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


def is_stub(record: Record) -> bool:
    """Tell whether Strava hides this activity."""
    return bool(record.get("_stub"))


def find(world: World, activity_id: str, *, readable: bool = False) -> Record:
    """Return the stored activity.

    Raises
    ------
    Refusal
        404 for an unknown id; 422 when `readable` is asked of a Strava stub.
    """
    record = world.activities.get(activity_id)
    if record is None:
        raise not_found("Activity")
    if readable and is_stub(record):
        raise strava_hidden()
    return record


def is_analysed(world: World, record: Record) -> bool:
    """Tell whether the analysis of an activity is done by now."""
    done = record.get("analyzed")
    return done is not None and read_stamp(done) <= world.now()


def body(world: World, record: Record) -> Record:
    """Return the activity as upstream shows it: all keys, or a stub."""
    if is_stub(record):
        return {name: record[name] for name in record if name not in _UNSEEN}
    shown = render(ACTIVITY, record)
    state = world.fitness_after(record["id"])
    if state:
        shown |= {"icu_ctl": round(state[0], 6), "icu_atl": round(state[1], 6)}
    if not is_analysed(world, record):
        shown |= dict.fromkeys(UNKNOWN_BEFORE_ANALYSIS)
    return shown


def newest_first(world: World) -> list[Record]:
    """Return all stored activities, the newest first."""
    records = world.activities.values()
    return sorted(
        records,
        key=lambda record: (record["start_date_local"], record["id"]),
        reverse=True,
    )


def loads(world: World) -> dict[date, list[tuple[str, float]]]:
    """Return what was done on each day: id and load, in order of the day."""
    days: dict[date, list[tuple[str, float]]] = {}
    for record in reversed(newest_first(world)):
        if is_stub(record) or is_analysed(world, record):
            day = date.fromisoformat(record["start_date_local"][:10])
            key = "_hidden_load" if is_stub(record) else "icu_training_load"
            load = float(record.get(key) or 0)
            days.setdefault(day, []).append((record["id"], load))
    return days


def drawn_totals(drawn: tuple[Session, Athlete], record: Record) -> Record:
    """Return totals a drawing needs, where a client has cleared them."""
    totals = summarise(*drawn)
    return {name: totals[name] for name in totals if record.get(name) is None}


def laps(world: World, record: Record) -> list[Lap]:
    """Return an activity's laps; manual ones have none."""
    activity_id = record["id"]
    if activity_id not in world.laps and activity_id in world.sessions:
        session = world.sessions[activity_id][0]
        first = 10 * int(activity_id.lstrip("i")) % 9000000 + 1000
        world.laps[activity_id] = laps_of(session.pieces, first)
    return world.laps.get(activity_id, [])


def update(world: World, record: Record, changes: Record) -> Record:
    """Apply a partial change: only sent fields, -1 clears a number."""
    if is_stub(record):
        raise semantic("Cannot update Strava activities via the API")
    allowed = set(changes) - COMPUTED
    if not world.switches.rating_writable:
        allowed -= set(RATINGS)
    for name in allowed:
        value = changes[name]
        cleared = ACTIVITY[name] in ("i", "f") and value == -1
        record[name] = None if cleared else value
    if "start_date_local" in allowed:
        wall = wall_clock(record["start_date_local"])
        record["start_date"] = world.utc_of(wall).strftime("%Y-%m-%dT%H:%M:%SZ")
    if allowed & {"icu_ftp", "threshold_pace"}:
        _reanalyse(world, record)
    elif world.switches.rename_moves_sync_date:
        record["icu_sync_date"] = world.stamp()
    world.touch()
    return record


def _reanalyse(world: World, record: Record) -> None:
    effort = record.get("icu_weighted_avg_watts") or record.get("gap")
    threshold = record.get("icu_ftp") or record.get("threshold_pace")
    if effort and threshold:
        record["icu_intensity"] = round(effort / threshold * 100, 5)
        load = load_of(record["moving_time"], record["icu_intensity"])
        record |= {"icu_training_load": load, "power_load": load}
    mark_analysed(world, record)


def mark_analysed(world: World, record: Record) -> None:
    """Stamp an activity as analysed now: both stamps move."""
    record |= {"icu_sync_date": world.stamp(), "analyzed": world.stamp()}
    world.touch()


def remove(world: World, record: Record) -> Record:
    """Delete an activity and leave a tombstone."""
    activity_id = record["id"]
    del world.activities[activity_id]
    world.tombstones.add(activity_id)
    for event in world.events.values():
        if event.get("paired_activity_id") == activity_id:
            event["paired_activity_id"] = None
    world.touch()
    return {"icu_athlete_id": world.athlete_id, "id": activity_id}
