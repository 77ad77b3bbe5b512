"""Hold sport settings: thresholds, zones and the rules for writing them."""

from __future__ import annotations

from typing import Any

from bridge.simulator.fields.bodies import Record
from bridge.simulator.refusals import semantic

RIDES = ("Ride", "VirtualRide", "MountainBikeRide", "GravelRide", "TrackRide")
RUNS = ("Run", "VirtualRun", "TrailRun")
SWIMS = ("Swim", "OpenWaterSwim")

POWER_ZONES = [55, 75, 90, 105, 120, 150, 999]
POWER_NAMES = [
    "Active Recovery",
    "Endurance",
    "Tempo",
    "Threshold",
    "VO2 Max",
    "Anaerobic",
    "Neuromuscular",
]
HR_NAMES = [
    "Recovery",
    "Aerobic",
    "Tempo",
    "SubThreshold",
    "SuperThreshold",
    "Aerobic Capacity",
    "Anaerobic",
]
PACE_ZONES = [77.5, 87.7, 94.3, 100.0, 103.4, 111.5, 999.0]
PACE_NAMES = ["Zone 1", "Zone 2", "Zone 3", "Zone 4", "Zone 5a", "Zone 5b", "Zone 5c"]
RIDE_HR_FACTORS = (0.805, 0.889, 0.925, 0.995, 1.024, 1.055)
OTHER_HR_FACTORS = (0.843, 0.890, 0.940, 0.995, 1.0235, 1.055)
PACE_DISTANCES = [400, 800, 1000, 1500, 1609.34, 3000, 5000, 10000, 21097.5, 42195]
ZONE_KEYS = ("power_zones", "hr_zones", "pace_zones")

DISPLAY: Record = {
    "colorScheme": "SOLID",
    "lowIntensity": 50,
    "highIntensity": 90,
    "lowLoad": 25,
    "highLoad": 250,
    "showNormalizedWatts": True,
    "showLoad": True,
    "showPace": True,
    "showIntensity": True,
    "showName": True,
    "color": "#3366aa",
}


def hr_zones(types: list[str], lthr: int, max_hr: int) -> list[int]:
    """Build heart-rate zones from the threshold: upper bounds in bpm."""
    factors = RIDE_HR_FACTORS if "Ride" in types else OTHER_HR_FACTORS
    return [*(round(lthr * factor) for factor in factors), max_hr]


def new_settings(number: int, athlete_id: str, stamp: str, **fields: Any) -> Record:
    """Return one sport's settings with upstream's defaults around the given ones."""
    types = list(fields["types"])
    settings: Record = {
        "id": number,
        "athlete_id": athlete_id,
        "warmup_time": 300,
        "cooldown_time": 300,
        "power_spike_threshold": 30,
        "ftp_est_min_secs": 300,
        "use_laps_for_power_intervals": False,
        "keep_all_laps_for_power_intervals": True,
        "power_intervals_start_locked": False,
        "hr_load_type": "HRSS",
        "hrrc_min_percent": 100,
        "pace_load_type": "SWIM" if types[0] in SWIMS else "RUN",
        "gap_model": "STRAVA_RUN" if types[0] in RUNS else "NONE",
        "elevation_correction": "AUTO",
        "use_gap_zone_times": types[0] in RUNS,
        "best_effort_distances": list(PACE_DISTANCES),
        "pace_curve_start": 100,
        "load_order": "POWER_PACE_HR",
        "tiz_order": "POWER_HR_PACE",
        "workout_order": "POWER_HR_PACE",
        "interval_display": "POWER_HR_PACE",
        "extract_workouts": False,
        "show_pauses": 600,
        "ignore_velocity": False,
        "update_activity_name_from_workout": True,
        "display": dict(DISPLAY),
        "activity_field_ids": [],
        "activity_charts": dict.fromkeys(("home", "power", "hr", "pace", "data")),
        "custom_field_ids": [],
        "custom_field_values": {},
        "custom_zones_ids": [],
        "other": False,
        "eFTPSupported": types[0] in RIDES,
        "use_distance_for_intervals": False,
        "created": stamp,
        "updated": stamp,
    } | fields
    _fill_hr_zones(settings)
    return settings


def _fill_hr_zones(settings: Record) -> None:
    lthr, max_hr = settings.get("lthr"), settings.get("max_hr")
    if lthr and max_hr and not settings.get("hr_zones"):
        settings["hr_zones"] = hr_zones(settings["types"], lthr, max_hr)
        settings["hr_zone_names"] = list(HR_NAMES)


def athlete_sports(athlete_id: str, stamp: str) -> list[Record]:
    """Return the pretend athlete's four sports."""
    heart = {"max_hr": 189}
    power = {
        "power_zones": list(POWER_ZONES),
        "power_zone_names": list(POWER_NAMES),
        "sweet_spot_min": 84,
        "sweet_spot_max": 97,
    }
    pace = {"pace_zones": list(PACE_ZONES), "pace_zone_names": list(PACE_NAMES)}
    ride: Record = {"types": list(RIDES), "ftp": 265, "indoor_ftp": 258, "lthr": 168}
    ride |= power | heart | {"w_prime": 19800, "p_max": 980, "warmup_time": 900}
    run: Record = {"types": list(RUNS), "lthr": 173, "threshold_pace": 4.08163}
    run |= pace | heart | {"pace_units": "MINS_KM", "max_hr": 193}
    swim: Record = {"types": list(SWIMS), "lthr": 162, "threshold_pace": 1.1111112}
    swim |= pace | {"max_hr": 180, "pace_units": "SECS_100M"}
    rest: Record = {"types": ["Other"], "lthr": 165, "other": True} | heart
    records = enumerate((ride, run, swim, rest), start=410001)
    return [
        new_settings(number, athlete_id, stamp, **sport) for number, sport in records
    ]


def settings_for(sports: list[Record], kind: str) -> Record | None:
    """Return the settings that apply to an activity type; `Other` catches the rest."""
    for settings in sports:
        if kind in settings["types"]:
            return settings
    return next((settings for settings in sports if settings.get("other")), None)


def written(
    settings: Record, changes: Record, *, recalculate: bool, old_zone_rule: bool
) -> Record:
    """Return settings with a partial change, by upstream's zone rules.

    What was there stays as it was: past activities were done under it.
    """
    _check_zones(settings, changes, old_zone_rule=old_zone_rule)
    read_only = ("id", "athlete_id", "created", "updated", "mmp_model")
    allowed = {name: changes[name] for name in changes if name not in read_only}
    settings = settings | allowed
    if recalculate and settings.get("lthr") and not changes.get("hr_zones"):
        settings["hr_zones"] = None
        _fill_hr_zones(settings)
    if settings.get("hr_zones"):
        settings["max_hr"] = settings["hr_zones"][-1]
    return settings


def _check_zones(settings: Record, changes: Record, *, old_zone_rule: bool) -> None:
    bounds = changes.get("hr_zones", settings.get("hr_zones")) or []
    names = changes.get("hr_zone_names", settings.get("hr_zone_names")) or []
    written = "hr_zones" in changes or "hr_zone_names" in changes
    if written and len(bounds) != len(names):
        raise semantic("Invalid HR zone names")
    if (changes.get("threshold_pace") or 1) <= 0:
        raise semantic("Invalid threshold pace")
    if old_zone_rule and not all(key in changes for key in ZONE_KEYS):
        raise semantic("Zones are required")
