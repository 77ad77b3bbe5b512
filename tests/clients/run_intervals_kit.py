"""Use intervals-kit for everything it can do."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import httpx  # type: ignore[import-not-found]  # lives in another venv
from intervals_kit import (  # type: ignore[import-not-found]
    errors,
)
from intervals_kit.config import (  # type: ignore[import-not-found]
    ApiConfig,
)
from intervals_kit.service import (  # type: ignore[import-not-found]
    IntervalsService,
)
from telling import tell  # type: ignore[import-not-found]

RANGE = ("2026-10-26", "2026-11-23")
DAY = "2026-11-20"


async def main(base_url: str, key: str) -> None:
    """Make every call once."""
    service = IntervalsService(
        ApiConfig(api_key=key, athlete_id="0", base_url=base_url)
    )
    tell("athlete", await service.get_athlete())
    activity = await read_activities(service)
    await read_curves(service, activity)
    await download(service, activity)
    await write_activity(service, activity)
    await wellness(service)
    await events(service)
    await workouts(service)
    await refused(base_url, service, activity)


async def read_activities(service: Any) -> str:
    """Read lists and one activity, and return the id of a run."""
    listed = tell("activities", await service.list_activities(*RANGE))
    run = next(row for row in listed if row.type == "Run" and row.id.startswith("i"))
    tell("activity", await service.get_activity(run.id))
    tell("intervals", await service.get_activity_intervals(run.id))
    tell("streams", await service.get_activity_streams(run.id, ["time", "heartrate"]))
    tell("all streams", await service.get_activity_streams(run.id))
    tell("map", await service.get_activity_map(run.id))
    tell("segments", await service.get_activity_segments(run.id))
    for full in (False, True):
        tell(f"search {full}", await service.search_activities(run.name, full, 5))
    return str(run.id)


async def read_curves(service: Any, activity: str) -> None:
    """Read what was computed of activities."""
    ride = next(
        row for row in await service.list_activities(*RANGE) if row.type == "Ride"
    )
    tell("power curve", await service.get_power_curve(ride.id))
    tell("power curves", await service.get_power_curves(ride.id, ["watts"]))
    tell("heart rate curve", await service.get_hr_curve(activity))
    tell("pace curve", await service.get_pace_curve(activity))
    tell("athlete power", await service.get_athlete_power_curves(*RANGE))
    tell("athlete heart rate", await service.get_athlete_hr_curves(*RANGE))
    tell("athlete pace", await service.get_athlete_pace_curves(*RANGE))


async def download(service: Any, activity: str) -> None:
    """Load files to a folder and tell what is in them."""
    with tempfile.TemporaryDirectory() as folder:
        for kind in ("original", "fit", "gpx"):
            done = await service.download_activity_file(activity, kind, Path(folder))
            tell(f"{kind} is", [done.filename, done.content_type, done.size_bytes])
            tell(f"{kind} file", done.path.read_bytes())
        done = await service.download_activities_csv(*RANGE, Path(folder))
        tell("csv file", done.path.read_bytes())


async def write_activity(service: Any, activity: str) -> None:
    """Change an activity and talk about it."""
    tell("rename", await service.update_activity(activity, name="Hills", icu_rpe=6))
    tell("renamed", await service.get_activity(activity))
    tell("say", await service.create_activity_message(activity, "Well run"))
    tell("said", await service.list_activity_messages(activity))


async def wellness(service: Any) -> None:
    """Read, write and read back."""
    tell("wellness", await service.list_wellness(*RANGE))
    tell("weigh", await service.update_wellness(DAY, weight=71.4, restingHR=47))
    tell("weighed", await service.get_wellness(DAY))


async def events(service: Any) -> None:
    """Plan, move and forget a workout."""
    made = tell(
        "plan",
        await service.create_event(
            category="WORKOUT",
            type="Run",
            name="Strides",
            start_date_local="2026-11-25T00:00:00",
            description="- 30m Z2 HR\n- 6x\n  - 20s Z6 Pace\n  - 1m Z1 HR",
        ),
    )
    tell("events", await service.list_events("2026-11-20", "2026-12-06"))
    only = {"category": "WORKOUT", "limit": 2}
    tell("two events", await service.list_events("2026-11-20", "2026-12-06", **only))
    tell("event", await service.get_event(made.id))
    moved = "2026-11-26T00:00:00"
    tell("move", await service.update_event(made.id, start_date_local=moved))
    tell("forget", await service.delete_event(made.id))
    tell("events after", await service.list_events("2026-11-20", "2026-12-06"))


async def workouts(service: Any) -> None:
    """Go through the library and add to it."""
    listed = tell("workouts", await service.list_workouts())
    tell("workout", await service.get_workout(listed[0].id))
    made = tell(
        "write workout",
        await service.create_workout(
            name="Ladder", type="Run", folder_id=listed[0].folder_id
        ),
    )
    tell("rename workout", await service.update_workout(made.id, name="Steps"))
    tell("delete workout", await service.delete_workout(made.id))


async def refused(base_url: str, service: Any, activity: str) -> None:
    """See the client's own errors."""
    try:
        await service.get_activity("i99999999")
    except errors.NotFoundError as error:
        tell("unknown activity", type(error).__name__)
    try:  # it names no stream, which Intervals.icu wants
        await service.get_best_efforts(activity)
    except httpx.HTTPStatusError as error:
        tell("best efforts", [error.response.status_code, error.response.text])
    stranger = IntervalsService(
        ApiConfig(api_key="wrong-key-0000", athlete_id="0", base_url=base_url)
    )
    try:
        await stranger.get_athlete()
    except errors.AuthenticationError as error:
        tell("wrong key", type(error).__name__)


asyncio.run(main(sys.argv[1], os.environ["CLIENT_KEY"]))
