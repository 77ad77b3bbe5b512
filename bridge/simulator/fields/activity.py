"""Name the fields of activities, laps, streams and curves, with their types."""

from __future__ import annotations

from bridge.simulator.fields.enums import typed

ACTIVITY = typed(
    """
    id:s start_date_local:s type:s icu_ignore_time:b icu_pm_cp:i icu_pm_w_prime:i
    icu_pm_p_max:i icu_pm_ftp:i icu_pm_ftp_secs:i icu_pm_ftp_watts:i
    icu_ignore_power:b icu_rolling_cp:f icu_rolling_w_prime:f icu_rolling_p_max:f
    icu_rolling_ftp:i icu_rolling_ftp_delta:i icu_training_load:i icu_atl:f
    icu_ctl:f ss_p_max:f ss_w_prime:f ss_cp:f paired_event_id:i icu_ftp:i
    icu_joules:i icu_recording_time:i elapsed_time:i icu_weighted_avg_watts:i
    carbs_used:i name:s description:s start_date:s distance:f icu_distance:f
    moving_time:i coasting_time:i total_elevation_gain:f total_elevation_loss:f
    timezone:s trainer:b sub_type:e.sub_type commute:b race:b max_speed:f
    average_speed:f device_watts:b has_heartrate:b max_heartrate:i
    average_heartrate:i average_cadence:f calories:i average_temp:f min_temp:i
    max_temp:i avg_lr_balance:f average_stance_time:f
    average_vertical_oscillation:f average_vertical_ratio:f average_step_length:f
    gap:f gap_model:e.gap_model use_elevation_correction:b gear:o
    perceived_exertion:f device_name:s power_meter:s power_meter_serial:s
    power_meter_battery:s crank_length:f external_id:s file_sport_index:i
    file_type:s icu_athlete_id:s created:t icu_sync_date:t analyzed:t
    icu_w_prime:i p_max:i threshold_pace:f icu_hr_zones:l pace_zones:l lthr:i
    icu_resting_hr:i icu_weight:f icu_power_zones:l icu_sweet_spot_min:i
    icu_sweet_spot_max:i icu_power_spike_threshold:i trimp:f icu_warmup_time:i
    icu_cooldown_time:i icu_chat_id:i icu_ignore_hr:b ignore_velocity:b
    ignore_pace:b ignore_parts:l icu_training_load_data:i interval_summary:l
    skyline_chart_bytes:s stream_types:l has_weather:b has_segments:b
    power_field_names:l power_field:s icu_zone_times:l icu_hr_zone_times:l
    pace_zone_times:l gap_zone_times:l use_gap_zone_times:b custom_zones:l
    tiz_order:e.order polarization_index:f icu_achievements:l
    icu_intervals_edited:b lock_intervals:b icu_lap_count:i icu_joules_above_ftp:i
    icu_max_wbal_depletion:i icu_hrr:o icu_sync_error:s icu_color:s
    icu_power_hr_z2:f icu_power_hr_z2_mins:i icu_cadence_z2:i icu_rpe:i feel:i
    kg_lifted:f decoupling:f icu_median_time_delta:i p30s_exponent:f
    workout_shift_secs:i strava_id:s lengths:i pool_length:f compliance:f
    coach_tick:i source:e.source oauth_client_id:i oauth_client_name:s
    average_altitude:f min_altitude:f max_altitude:f power_load:i hr_load:i
    pace_load:i hr_load_type:e.hr_load_type pace_load_type:e.pace_load_type tags:l
    attachments:l recording_stops:l average_weather_temp:f min_weather_temp:f
    max_weather_temp:f average_feels_like:f min_feels_like:f max_feels_like:f
    average_wind_speed:f average_wind_gust:f prevailing_wind_deg:i
    headwind_percent:f tailwind_percent:f average_clouds:i max_rain:f max_snow:f
    carbs_ingested:i route_id:i analysis_issues:l pace:f athlete_max_hr:i group:s
    icu_intensity:f icu_efficiency_factor:f icu_power_hr:f session_rpe:i
    average_stride:f icu_average_watts:i icu_variability_index:f strain_score:f
    """
)
INTERVAL = typed(
    """
    start_index:i distance:f moving_time:i elapsed_time:i average_watts:i
    average_watts_alt:i average_watts_alt_acc:i min_watts:i max_watts:i
    average_watts_kg:f max_watts_kg:f intensity:i w5s_variability:f
    weighted_average_watts:i training_load:f joules:i joules_above_ftp:i
    decoupling:f avg_lr_balance:f average_dfa_a1:f average_epoc:f wbal_start:i
    wbal_end:i average_respiration:f average_tidal_volume:f
    average_tidal_volume_min:f zone:i zone_min_watts:i zone_max_watts:i
    average_speed:f min_speed:f max_speed:f gap:f average_heartrate:i
    min_heartrate:i max_heartrate:i average_cadence:f min_cadence:i max_cadence:i
    average_torque:f min_torque:f max_torque:f total_elevation_gain:f
    min_altitude:f max_altitude:f average_gradient:f average_smo2:f average_thb:f
    average_smo2_2:f average_thb_2:f average_lactate:f min_lactate:f max_lactate:f
    average_stance_time:f average_vertical_oscillation:f average_vertical_ratio:f
    average_step_length:f average_temp:f average_weather_temp:f
    average_feels_like:f average_wind_speed:f average_wind_gust:f
    prevailing_wind_deg:i average_yaw:f headwind_percent:f tailwind_percent:f
    strain_score:f ss_p_max:f ss_w_prime:f ss_cp:f id:i type:e.lap_type
    end_index:i group_id:s segment_effort_ids:l start_time:i end_time:i label:s
    average_stride:f average_impact_loading_rate:f average_leg_spring_stiffness:f
    average_stance_time_balance:f average_stance_time_percent:f
    average_vertical_speed:f
    """
)
_OF_ONE_LAP = {"type", "label", "start_time", "end_time", "end_index"}
_OF_ONE_LAP |= {"group_id", "segment_effort_ids"}
GROUP = {key: INTERVAL[key] for key in INTERVAL if key not in _OF_ONE_LAP}
GROUP |= {"id": "s", "count": "i"}
STREAM = typed(
    """
    type:s name:s data:o data2:o valueTypeIsArray:b anomalies:l custom:b allNull:b
    valueType:s
    """
)
SEARCH_RESULT = typed(
    """
    id:s name:s start_date_local:s type:s race:b distance:f moving_time:i tags:l
    description:s
    """
)
MESSAGE = typed(
    """
    id:i athlete_id:s name:s created:t type:e.message_type content:s activity_id:s
    start_index:i end_index:i answer:s activity:o attachment_url:s
    attachment_mime_type:s deleted:t deleted_by_id:s join_group_id:i
    accept_coaching_group_id:i seen:b
    """
)
POWER_CURVE = typed(
    """
    id:s after_kj:i filters:l label:s filter_label:s percentile:f
    start_date_local:s end_date_local:s days:i moving_time:i training_load:i
    weight:f secs:l values:l submax_values:l submax_activity_id:l start_index:l
    end_index:l activity_id:l watts_per_kg:l wkg_activity_id:l
    submax_watts_per_kg:l submax_wkg_activity_id:l powerModels:l ranks:o mapPlot:o
    stream_type:s stream_name:s watts:l vo2max_5m:f compound_score_5m:f
    """
)
HR_CURVE = typed(
    """
    id:s filters:l label:s filter_label:s percentile:f start_date_local:s
    end_date_local:s days:i moving_time:i training_load:i weight:f secs:l values:l
    submax_values:l submax_activity_id:l start_index:l end_index:l activity_id:l
    """
)
PACE_CURVE = typed(
    """
    id:s filters:l label:s filter_label:s percentile:f start_date_local:s
    end_date_local:s days:i moving_time:i training_load:i weight:f distance:l
    values:l submax_values:l submax_activity_id:l start_index:l end_index:l
    activity_id:l type:e.curve_type paceModels:l
    """
)
WEATHER_SUMMARY = typed(
    """
    start_index:i end_index:i start_secs:i end_secs:i moving_time:i
    whole_activity:b wind_speed:o wind_gust:o apparent_wind_speed:o
    apparent_wind_gust:o average_temp:f min_temp:i max_temp:i
    average_weather_temp:f min_weather_temp:f max_weather_temp:f
    average_feels_like:f min_feels_like:f max_feels_like:f average_wind_speed:f
    min_wind_speed:f max_wind_speed:f average_wind_gust:f min_wind_gust:f
    max_wind_gust:f prevailing_wind_deg:i average_yaw:f headwind_percent:f
    tailwind_percent:f max_rain:f max_showers:f max_snow:f average_clouds:i
    description:s
    """
)
POWER_VS_HR = typed(
    """
    bucketSize:i warmup:i cooldown:i elapsedTime:i hrLag:i powerHr:f
    powerHrFirst:f powerHrSecond:f decoupling:f powerHrZ2:f medianCadenceZ2:i
    avgCadenceZ2:i hrZ2BucketCount:i start:i mid:i end:i series:l curves:l
    ratioCoefficients:l
    """
)
