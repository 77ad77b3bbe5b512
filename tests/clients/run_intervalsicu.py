"""Use intervalsicu for everything it can do."""

from __future__ import annotations

import os
import sys
from datetime import date
from typing import Any

from intervalsicu import (  # type: ignore[import-not-found]  # lives in another venv
    Intervals,
)
from intervalsicu.api.error import (  # type: ignore[import-not-found]
    ClientError,
    CredentialError,
)
from telling import tell  # type: ignore[import-not-found]

OLDEST, NEWEST = date(2026, 10, 26), date(2026, 12, 6)
DAY = date(2026, 11, 20)


def main(base_url: str, key: str) -> None:
    """Make every call once."""
    Intervals.URL = base_url
    # Its list of keys is older than upstream's answers: strict, it refuses them.
    client = Intervals("0", key, strict=False)
    sheet = tell("activities", client.activities())
    activity = tell("activity", client.activity(newest_run(sheet)))
    activity["name"] = "Hills"
    tell("rename", client.activity_put(activity))
    tell("renamed", client.activity(activity["id"]))
    tell("calendars", client.calendars())
    tell("events", client.events(OLDEST, NEWEST))
    tell("folders", client.folders())
    workouts = tell("workouts", client.workouts())
    tell("workout", client.workout(workouts[0]["id"]))
    tell("wellness", client.wellness(OLDEST, NEWEST))
    day = tell("day", client.wellness(DAY))
    day["weight"], day["hydration"] = 71.4, 2
    tell("weigh", client.wellness_put(day))
    tell("weighed", client.wellness(DAY))
    refused(client)


def newest_run(sheet: str) -> str:
    """Return the id of the newest run in the CSV."""
    rows = [line.split(",") for line in sheet.splitlines()]
    kind = rows[0].index("type")
    return next(row[0] for row in rows[1:] if row[kind] == "Run")


def refused(client: Any) -> None:
    """See the client's own errors."""
    try:
        client.activity("i99999999")
    except ClientError as error:
        tell("unknown activity", [error.status, error.message])
    try:
        Intervals("0", "wrong-key-0000", strict=False).wellness(DAY)
    except CredentialError as error:
        tell("wrong key", [error.status, error.message])


main(sys.argv[1], os.environ["CLIENT_KEY"])
