"""Upstream's records as things that are compared: every field an athlete can edit.

Each field of upstream's schemas is either compared here or named as computed; a test
holds both lists against the schemas. What upstream works out by itself and moves every
day (fitness, rolling models, stamps) is no edit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from bridge.domain.athlete.gear import read_reminder
from bridge.domain.changes.change import Noun, Thing, canonical
from bridge.domain.flat import Flat, amount, ident, text, whole_amount
from bridge.domain.moment import read_day_text
from bridge.domain.wellness.custom import PREFIX, custom_name
from bridge.domain.wellness.fields import SPOKEN_ONLY_WHEN_ASKED, WELLNESS_FIELDS

Row = Mapping[str, object]

# Upstream's key and our name of it, where the answers have another.
ACTIVITY_FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "name": "name",
        "type": "type",
        "sub_type": "sub_type",
        "start_date_local": "start_local",
        "timezone": "timezone",
        "description": "description",
        "source": "source",
        "external_id": "external_id",
        "device_name": "device",
        "gear": "gear",
        "tags": "tags",
        "paired_event_id": "event_id",
        "compliance": "compliance_percent",
        "coach_tick": "coach_tick",
        "icu_rpe": "rpe",
        "perceived_exertion": "perceived_exertion",
        "feel": "feel",
        "carbs_ingested": "carbs_g",
        "kg_lifted": "kg_lifted",
        "race": "race",
        "commute": "commute",
        "trainer": "trainer",
        "icu_color": "color",
        "attachments": "attachments",
        "distance": "distance_km",
        "icu_distance": "icu_distance",
        "moving_time": "moving_s",
        "elapsed_time": "elapsed_s",
        "total_elevation_gain": "climb_m",
        "average_heartrate": "heart_rate_bpm",
        "max_heartrate": "max_heart_rate_bpm",
        "average_cadence": "cadence",
        "calories": "calories_kcal",
        "icu_average_watts": "power_w",
        "icu_weighted_avg_watts": "normalized_power_w",
        "icu_training_load": "training_load",
        "icu_intensity": "intensity_percent",
        "interval_summary": "interval_summary",
        "icu_intervals_edited": "intervals_edited",
        "lock_intervals": "lock_intervals",
        "pool_length": "pool_length",
        "lengths": "lengths",
        "crank_length": "crank_length",
        "route_id": "route_id",
        "icu_ftp": "ftp_w",
        "icu_w_prime": "w_prime_j",
        "p_max": "p_max_w",
        "lthr": "lthr_bpm",
        "athlete_max_hr": "athlete_max_hr_bpm",
        "icu_resting_hr": "resting_hr_bpm",
        "icu_weight": "weight_kg",
        "threshold_pace": "threshold_pace",
        "icu_hr_zones": "hr_zones",
        "pace_zones": "pace_zones",
        "icu_power_zones": "power_zones",
        "icu_sweet_spot_min": "sweet_spot_min",
        "icu_sweet_spot_max": "sweet_spot_max",
        "custom_zones": "custom_zones",
        "icu_power_spike_threshold": "power_spike_threshold",
        "icu_warmup_time": "warmup_s",
        "icu_cooldown_time": "cooldown_s",
        "icu_ignore_time": "ignore_time",
        "icu_ignore_power": "ignore_power",
        "icu_ignore_hr": "ignore_hr",
        "ignore_velocity": "ignore_velocity",
        "ignore_pace": "ignore_pace",
        "ignore_parts": "ignore_parts",
        "use_elevation_correction": "use_elevation_correction",
        "gap_model": "gap_model",
        "use_gap_zone_times": "use_gap_zone_times",
        "power_field": "power_field",
        "hr_load_type": "hr_load_type",
        "pace_load_type": "pace_load_type",
        "tiz_order": "tiz_order",
        "workout_shift_secs": "workout_shift_s",
    }
)
# What upstream works out, or stamps; "analyzed" is compared as yes or no.
ACTIVITY_COMPUTED = frozenset(
    """
    id icu_athlete_id created icu_sync_date analyzed icu_ctl icu_atl start_date
    icu_pm_cp icu_pm_w_prime icu_pm_p_max icu_pm_ftp icu_pm_ftp_secs icu_pm_ftp_watts
    icu_rolling_cp icu_rolling_w_prime icu_rolling_p_max icu_rolling_ftp
    icu_rolling_ftp_delta ss_p_max ss_w_prime ss_cp icu_joules icu_recording_time
    carbs_used coasting_time total_elevation_loss max_speed average_speed device_watts
    has_heartrate average_temp min_temp max_temp avg_lr_balance average_stance_time
    average_vertical_oscillation average_vertical_ratio average_step_length gap
    power_meter power_meter_serial power_meter_battery file_sport_index file_type
    trimp icu_chat_id icu_training_load_data skyline_chart_bytes stream_types
    has_weather has_segments power_field_names icu_zone_times icu_hr_zone_times
    pace_zone_times gap_zone_times polarization_index icu_achievements icu_lap_count
    icu_joules_above_ftp icu_max_wbal_depletion icu_hrr icu_sync_error icu_power_hr_z2
    icu_power_hr_z2_mins icu_cadence_z2 decoupling icu_median_time_delta p30s_exponent
    strava_id oauth_client_id oauth_client_name average_altitude min_altitude
    max_altitude power_load hr_load pace_load recording_stops average_weather_temp
    min_weather_temp max_weather_temp average_feels_like min_feels_like max_feels_like
    average_wind_speed average_wind_gust prevailing_wind_deg headwind_percent
    tailwind_percent average_clouds max_rain max_snow analysis_issues pace group
    icu_efficiency_factor icu_power_hr session_rpe average_stride
    icu_variability_index strain_score
    """.split()  # noqa: SIM905  # a text reads better than a hundred quotes
)
# The athlete's own are called by their code, which begins with a capital; whatever else
# is unknown is a new field of Intervals.icu's that it may work out anew every day.
_OWN_CODE = re.compile(r"[A-Z][A-Za-z0-9_]{0,59}", re.ASCII)
ACTIVITY_KEYS = ",".join(("id", "icu_athlete_id", "analyzed", *ACTIVITY_FIELDS))
WELLNESS_COMPUTED = frozenset(
    "id ctl atl rampRate ctlLoad atlLoad sportInfo eftp updated".split()  # noqa: SIM905
)
EVENT_FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "category": "category",
        "name": "name",
        "type": "type",
        "sub_type": "sub_type",
        "start_date_local": "start_local",
        "end_date_local": "end_local",
        "description": "description",
        "indoor": "indoor",
        "color": "color",
        "moving_time": "planned_s",
        "distance": "planned_distance_km",
        "icu_training_load": "planned_load",
        "load_target": "load_target",
        "time_target": "time_target",
        "distance_target": "distance_target",
        "target": "target",
        "workout_doc": "workout_steps",
        "carbs_per_hour": "carbs_per_hour",
        "tags": "tags",
        "attachments": "attachments",
        "calendar_id": "calendar_id",
        "not_on_fitness_chart": "not_on_fitness_chart",
        "show_as_note": "show_as_note",
        "show_on_ctl_line": "show_on_ctl_line",
        "for_week": "for_week",
        "athlete_cannot_edit": "athlete_cannot_edit",
        "hide_from_athlete": "hide_from_athlete",
        "structure_read_only": "structure_read_only",
        "entered": "entered",
        "external_id": "external_id",
        "training_availability": "training_availability",
        "max_training_time": "max_training_time",
        "can_train_sports": "can_train_sports",
        "paired_activity_id": "paired_activity_id",
        "w_prime": "w_prime_j",
        "p_max": "p_max_w",
        "atl_days": "atl_days",
        "ctl_days": "ctl_days",
    }
)
EVENT_COMPUTED = frozenset(
    """
    id uid athlete_id icu_atl icu_ctl carbs_used ss_p_max ss_w_prime ss_cp icu_ftp
    updated joules joules_above_ftp push_errors created_by_id shared_event_id
    oauth_client_id plan_athlete_id plan_folder_id plan_workout_id plan_applied
    plan_name icu_intensity strain_score
    """.split()  # noqa: SIM905
)
# Of sports everything counts but these: an athlete edits all of a settings page.
SPORT_COMPUTED = frozenset(
    "id athlete_id created updated mmp_model other".split()  # noqa: SIM905
)
# What gear has run up moves with each ride.
GEAR_COMPUTED = frozenset(
    "id athlete_id distance time activities component".split()  # noqa: SIM905
)
_LIMITS = ("id", "name", "distance", "time", "activities", "days", "snoozed_until")
_COPIED = "_is_copied"
_UNITLESS = {"weight_kg": "weight", "resting_hr_bpm": "resting_hr"}
_PRIVATE = frozenset({"description", "weight_kg", "notes"})
_WELLNESS = {field.upstream: field.name for field in WELLNESS_FIELDS} | {
    "tempWeight": "weight_is_copied",
    "tempRestingHR": "resting_hr_is_copied",
}


def thing_of_activity(row: Row) -> Thing | None:
    """Return an activity as it is compared; None for what is none.

    Of its gear only which one it is counts: what that has run up moves with each ride.
    """
    activity_id = ident(row.get("id"))
    if activity_id is None:
        return None
    values = _values(row, ACTIVITY_FIELDS)
    for code in own_codes(row):
        value = canonical(row[code], private=True)
        if value is not None:
            values[custom_name(code)] = value
    gear, day = row.get("gear"), read_day_text(row.get("start_date_local"))
    if isinstance(gear, Mapping):
        values["gear"] = str(gear.get("name") or gear.get("id") or "")
    if text(row.get("analyzed")) is not None:
        values["analyzed"] = "yes"
    about = _about(
        name=text(row.get("name"), 200),
        type=text(row.get("type"), 60),
        day=day,
        distance_km=amount(row.get("distance"), 2, 0.001, least=0.001),
        moving_s=whole_amount(row.get("moving_time"), least=1),
    )
    return Thing(kind="activity", id=activity_id, day=day, values=values, about=about)


def own_codes(row: Row) -> list[str]:
    """Return the codes of fields of the athlete's own, of an activity asked for whole.

    What stands in them is opaque.
    """
    return [code for code in row if _OWN_CODE.fullmatch(code)]


def thing_of_day(row: Row) -> Thing | None:
    """Return a day of wellness, the athlete's own fields included."""
    day = read_day_text(row.get("id"))
    if day is None:
        return None
    values = {}
    for key in row:
        if key in WELLNESS_COMPUTED:
            continue
        name = _WELLNESS.get(key) or ("locked" if key == "locked" else custom_name(key))
        is_private = name in SPOKEN_ONLY_WHEN_ASKED or name.startswith(PREFIX)
        value = canonical(row[key], private=is_private)
        if value is not None:
            values[name] = value
    measured = {name for name in values if not name.endswith(_COPIED)}
    if all(f"{_UNITLESS.get(name, name)}{_COPIED}" in values for name in measured):
        values = {}  # upstream carries these on from day to day: nobody entered them
    return Thing(kind="wellness", id=day, day=day, values=values, about={"day": day})


def thing_of_event(row: Row) -> Thing | None:
    """Return an entry of the calendar as it is compared."""
    event_id, day = ident(row.get("id")), read_day_text(row.get("start_date_local"))
    if event_id is None:
        return None
    about = _about(
        name=text(row.get("name"), 200),
        type=text(row.get("type"), 60),
        category=text(row.get("category"), 40),
        day=day,
    )
    values = _values(row, EVENT_FIELDS)
    return Thing(kind="event", id=event_id, day=day, values=values, about=about)


def thing_of_sport(row: Row) -> Thing | None:
    """Return the thresholds and zones of a sport as they are compared."""
    settings_id, types = ident(row.get("id")), row.get("types")
    if settings_id is None:
        return None
    first = types[0] if isinstance(types, list) and types else None
    values = _values(row, {key: key for key in row if key not in SPORT_COMPUTED})
    about = _about(type=text(first, 60))
    return Thing(kind="zones", id=settings_id, values=values, about=about)


def thing_of_gear(row: Row, today: date) -> Thing | None:
    """Return a piece of gear; of its reminders the limits, and whether one is due."""
    gear_id = ident(row.get("id"))
    if gear_id is None:
        return None
    rows = row.get("reminders")
    reminders = (
        [each for each in rows if isinstance(each, Mapping)]
        if (isinstance(rows, list))
        else []
    )
    limits = [{key: each.get(key) for key in _LIMITS} for each in reminders]
    plain = {**row, "reminders": limits}
    values = _values(plain, {key: key for key in plain if key not in GEAR_COMPUTED})
    due = _due(reminders, today)
    if due:
        values["reminder_due"] = "yes"
    about = _about(
        name=text(row.get("name"), 200),
        type=text(row.get("type"), 60),
        reminder=due or None,
    )
    return Thing(kind="gear", id=gear_id, values=values, about=about)


def _due(reminders: Sequence[Row], today: date) -> str:
    """Return the names of reminders that are used up, with commas."""
    read = [read_reminder(row, today) for row in reminders]
    due = [row.name or "" for row in read if row is not None and row.percent >= 100]
    return ", ".join(due)


def things_of(kind: Noun, rows: Sequence[Row], today: date) -> list[Thing]:
    """Return the things of an answer, one for each id; the last of doubles counts."""
    read = {
        "activity": thing_of_activity,
        "wellness": thing_of_day,
        "event": thing_of_event,
        "zones": thing_of_sport,
        "gear": lambda row: thing_of_gear(row, today),
    }[kind]
    things = [thing for thing in map(read, rows) if thing is not None]
    return list({thing.id: thing for thing in things}.values())


def _values(row: Row, names: Mapping[str, str]) -> dict[str, str | int | float]:
    values = {}
    for key, name in names.items():
        value = canonical(row.get(key), private=name in _PRIVATE)
        if value is not None:
            values[name] = value
    return values


def _about(**facts: str | int | float | None) -> Flat:
    return {name: value for name, value in facts.items() if value is not None}
