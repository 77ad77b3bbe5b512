"""Apply changed zones to past activities, some time after it was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridge.simulator.bodies import Record
from bridge.simulator.totals import Athlete, summarise

if TYPE_CHECKING:
    from bridge.simulator.world import World

REWRITTEN = (
    "lthr",
    "athlete_max_hr",
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


def apply_due(world: World) -> None:
    """Rewrite the zones of every activity whose sport was applied and is due."""
    now = world.now()
    for number in [key for key, due in world.pending_sports.items() if due <= now]:
        del world.pending_sports[number]
        for settings in world.sports:
            if settings["id"] == number:
                _rewrite(world, settings)


def _rewrite(world: World, settings: Record) -> None:
    for activity_id, (session, athlete) in list(world.sessions.items()):
        if session.type in settings["types"] and activity_id in world.activities:
            record = world.activities[activity_id]
            # The threshold an activity was done at stays; only its zones move.
            kept = settings | {"threshold_pace": athlete.settings.get("threshold_pace")}
            changed = Athlete(kept, athlete.ftp, athlete.resting_hr, athlete.weight_kg)
            totals = summarise(session, changed)
            record |= {name: totals[name] for name in REWRITTEN if name in totals}
    world.touch()
