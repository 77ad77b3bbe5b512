"""Apply changed zones to past activities, some time after it was asked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bridge.simulator.activities.totals import summarise
from bridge.simulator.fields.bodies import Record

if TYPE_CHECKING:
    from bridge.simulator.world import World

ZONES = (
    "power_zones",
    "sweet_spot_min",
    "sweet_spot_max",
    "hr_zones",
    "pace_zones",
)
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
            # The heart beat and the thresholds were what they were: only zones move.
            zones = {name: settings.get(name) for name in ZONES}
            changed = replace(athlete, settings=athlete.settings | zones)
            totals = summarise(session, changed)
            record |= {name: totals[name] for name in REWRITTEN if name in totals}
            record["lthr"] = settings.get("lthr")
            record["athlete_max_hr"] = settings.get("max_hr")
    world.touch()
