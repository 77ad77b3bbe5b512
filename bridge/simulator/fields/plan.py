"""Name the fields of wellness, calendar, library, sports and gear, with types."""

from __future__ import annotations

from bridge.simulator.fields.enums import typed

WELLNESS = typed(
    """
    id:s ctl:f atl:f rampRate:f ctlLoad:f atlLoad:f sportInfo:l updated:t weight:f
    restingHR:i hrv:f hrvSDNN:f menstrualPhase:e.menstrualPhase
    menstrualPhasePredicted:e.menstrualPhase kcalConsumed:i sleepSecs:i
    sleepScore:f sleepQuality:i avgSleepingHR:f soreness:i fatigue:i stress:i
    mood:i motivation:i injury:i spO2:f systolic:i diastolic:i hydration:i
    hydrationVolume:f readiness:f baevskySI:f bloodGlucose:f lactate:f bodyFat:f
    abdomen:f vo2max:f comments:s steps:i respiration:f carbohydrates:f protein:f
    fatTotal:f locked:b tempWeight:b tempRestingHR:b
    """
)
EVENT = typed(
    """
    id:i start_date_local:s icu_training_load:i icu_atl:f icu_ctl:f type:s
    carbs_used:i ss_p_max:f ss_w_prime:f ss_cp:f calendar_id:i uid:s athlete_id:s
    category:e.category end_date_local:s name:s description:s indoor:b color:s
    moving_time:i icu_ftp:i w_prime:i p_max:i atl_days:i ctl_days:i updated:t
    not_on_fitness_chart:b show_as_note:b show_on_ctl_line:b for_week:b
    target:e.target joules:i joules_above_ftp:i workout_doc:o push_errors:l
    athlete_cannot_edit:b hide_from_athlete:b structure_read_only:b
    created_by_id:s shared_event_id:i entered:b carbs_per_hour:i
    sub_type:e.sub_type distance:f tags:l attachments:l oauth_client_id:i
    external_id:s load_target:i time_target:i distance_target:f
    training_availability:e.training_availability max_training_time:i
    can_train_sports:l plan_athlete_id:s plan_folder_id:i plan_workout_id:i
    plan_applied:t icu_intensity:f strain_score:f plan_name:s paired_activity_id:s
    """
)
WORKOUT = typed(
    """
    athlete_id:s id:i icu_training_load:i name:s description:s type:s indoor:b
    color:s moving_time:i updated:t joules:i joules_above_ftp:i workout_doc:o
    folder_id:i day:i days:i plan_applied:t hide_from_athlete:b target:e.target
    targets:l carbs_per_hour:i tags:l attachments:l time:s sub_type:e.sub_type
    for_week:b distance:f icu_intensity:f
    """
)
FOLDER = typed(
    """
    athlete_id:s id:i type:e.folder_type name:s description:s children:l
    visibility:e.folder_visibility start_date_local:s rollout_weeks:i
    auto_rollout_day:i read_only_workouts:b starting_ctl:i starting_atl:i
    activity_types:l num_workouts:i duration_weeks:i hours_per_week_min:i
    hours_per_week_max:i workout_targets:l blurb:s canEdit:b sharedWithCount:i
    shareToken:s owner:o
    """
)
SPORT_SETTINGS = typed(
    """
    id:i athlete_id:s types:l warmup_time:i cooldown_time:i ftp:i indoor_ftp:i
    w_prime:i p_max:i power_zones:l sweet_spot_min:i sweet_spot_max:i
    power_spike_threshold:i power_zone_names:l ftp_est_min_secs:i
    use_laps_for_power_intervals:b keep_all_laps_for_power_intervals:b
    power_intervals_start_locked:b after_kj0:i after_kj1:i power_field:s lthr:i
    max_hr:i hr_zones:l hr_zone_names:l hr_load_type:e.hr_load_type
    hrrc_min_percent:f threshold_pace:f pace_units:e.pace_units pace_zones:l
    pace_zone_names:l pace_load_type:e.pace_load_type gap_model:e.gap_model
    elevation_correction:e.elevation_correction use_gap_zone_times:b
    best_effort_distances:l pace_curve_start:f load_order:e.order
    tiz_order:e.order workout_order:e.order interval_display:e.order
    default_gear_id:s default_indoor_gear_id:s extract_workouts:b show_pauses:i
    ignore_velocity:b default_workout_time:s update_activity_name_from_workout:b
    created:t updated:t mmp_model:o display:o activity_field_ids:l
    activity_charts:o custom_field_ids:l custom_field_values:o custom_zones_ids:l
    calendar_tile_activity_panel_id:i other:b eFTPSupported:b
    use_distance_for_intervals:b
    """
)
GEAR = typed(
    """
    id:s athlete_id:s type:e.gear_type name:s purchased:s notes:s distance:f
    time:f activities:i use_elapsed_time:b retired:s component_ids:l reminders:l
    activity_filters:l component:b
    """
)
GEAR_REMINDER = typed(
    """
    id:i gear_id:s name:s distance:f time:f activities:i days:i last_reset:t
    starting_distance:f starting_time:f starting_activities:i snoozed_until:t
    percent_used:f distance_used:f time_used:f activities_used:i days_used:i
    """
)
CUSTOM_ITEM = typed(
    """
    id:i athlete_id:s type:e.custom_item_type visibility:e.custom_item_visibility
    name:s description:s image:s content:o usage_count:i index:i hide_script:b
    hidden_by_id:s updated:t from_athlete:o from_id:i
    """
)
ROUTE_WITH_COUNT = typed(
    """
    athlete_id:s route_id:i name:s rename_activities:b commute:b tags:l
    description:s replaced_by_route_id:i latlngs:l distance:f activity_count:i
    most_recent_id:s most_recent_start_date_local:s most_recent_type:s
    """
)
