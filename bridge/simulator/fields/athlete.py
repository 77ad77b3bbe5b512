"""Name the fields of the athlete and of its summaries, with their types."""

from __future__ import annotations

from bridge.simulator.fields.enums import typed

ATHLETE = typed(
    """
    id:s name:s firstname:s lastname:s profile_medium:s measurement_preference:s
    weight_pref_lb:b fahrenheit:b wind_speed:e.wind_speed rain:e.rain weight:f
    email:s sex:s city:s state:s country:s countries:l languages:l bikes:l shoes:l
    timezone:s locale:s date_format:s time_format:s visibility:e.visibility
    icu_last_seen:t status:e.status status_updated:t icu_resting_hr:i icu_weight:f
    icu_weight_sync:e.icu_weight_sync icu_activated:t icu_queue_pos:i icu_admin:b
    icu_friend_invite_token:s icu_permission:e.icu_permission icu_effort_secs:l
    icu_coach:b bio:s website:s icu_date_of_birth:s icu_api_key:s
    icu_type_settings:l icu_form_as_percent:b icu_mmp_days:i icu_wellness_prompt:b
    wellness_last_prompt_date:s icu_wellness_keys:l private_wellness_keys:l
    icu_track_menstrual_cycle:b icu_menstrual_cycle_perm:e.icu_permission
    activity_rpe_prompt:b coach_ticks:l icu_garmin_health:b icu_garmin_training:b
    icu_garmin_sync_activities:b garmin_sync_activity_types:l garmin_sync_after:t
    icu_garmin_download_wellness:b icu_garmin_upload_workouts:b
    icu_garmin_outdoor_power_range:f icu_garmin_hr_range:f garmin_pace_range:f
    garmin_power_target:e.garmin_power_target icu_garmin_last_upload:t
    icu_garmin_upload_filters:l icu_garmin_wellness_keys:l open_step_duration:i
    polar_scope:s polar_sync_activities:b polar_sync_activity_types:l
    polar_download_wellness:b polar_wellness_keys:l suunto_scope:s
    suunto_user_id:s suunto_sync_activities:b suunto_sync_activity_types:l
    suunto_upload_workouts:b suunto_outdoor_power_range:f suunto_hr_range:f
    suunto_pace_range:f suunto_last_upload:t suunto_upload_filters:l
    suunto_download_wellness:b coros_user_id:s coros_sync_activities:b
    coros_upload_workouts:b coros_download_wellness:b coros_last_upload:t
    concept2_user_id:s concept2_sync_activities:b zepp_user_id:s
    zepp_sync_activities:b zepp_upload_workouts:b zepp_download_wellness:b
    huawei_user_id:s huawei_sync_activities:b huawei_upload_workouts:b
    huawei_download_wellness:b wahoo_user_id:s wahoo_sync_activities:b
    wahoo_upload_workouts:b zwift_user_id:s zwift_sync_activities:b
    zwift_upload_workouts:b dropbox_scope:s oura_scope:s oura_wellness_keys:l
    whoop_scope:s whoop_wellness_keys:l google_scope:s google_wellness_keys:l
    icu_email_verified:b icu_email_disabled:s email_notifications:l
    push_notifications:l notification_athlete_tags_enabled:l
    has_push_subscriptions:b include_descr_in_plan_for_week:b
    icu_send_achievements:b icu_send_newsletter:b icu_send_private_chat:b
    icu_send_private_msg:b icu_send_follow_req:b icu_send_group_chat:b
    icu_send_group_msg:b icu_send_activity_chat:b
    icu_send_followed_activity_chat:b icu_send_coached_activity_chat:b
    icu_send_activity_msg:b icu_send_coach_me_req:b icu_send_gear_alerts:b
    icu_send_plan_for_week:b icu_send_followed_new_activity:b
    icu_send_coached_new_activity:b icu_send_coach_tick:b strava_allowed:b
    strava_id:i scope:s strava_sync_activities:b strava_sync_activity_types:l
    strava_sync_other_activities:b ignore_strava_gear:b update_strava_name:b
    add_weather_to_strava_descr:b height:f height_units:e.height_units plan:e.plan
    plan_expires:t trial_end_date:t sponsored_by_chat_id:i has_password:b
    beta_user:b currency:s training_plan_id:i training_plan_start_date:s
    training_availability:l strava_authorized:b
    """
)
ATHLETE_UPDATE = ATHLETE | typed(
    """
    recalcHrZones:b applyToAll:b localDate:s password:s icu_tags:l icu_notes:s
    """
)
PROFILE = typed(
    """
    id:s name:s profile_medium:s city:s state:s country:s timezone:s sex:s bio:s
    website:s email:s countries:l languages:l icu_coach:b
    """
)
SUMMARY = typed(
    """
    count:i time:i moving_time:i elapsed_time:i calories:i total_elevation_gain:f
    training_load:i srpe:i distance:f eftp:f eftpPerKg:f date:s athlete_id:s
    athlete_name:s email:s external_id:s fitness:f fatigue:f form:f rampRate:f
    weight:f timeInZones:l timeInZonesTot:i byCategory:l mostRecentWellnessId:s
    """
)
CATEGORY_SUMMARY = typed(
    """
    count:i time:i moving_time:i elapsed_time:i calories:i total_elevation_gain:f
    training_load:i srpe:i distance:f eftp:f eftpPerKg:f category:e.activity_type
    """
)
TRAINING_PLAN = typed(
    """
    athlete_id:s training_plan_id:i training_plan_start_date:s timezone:s
    training_plan_last_applied:t training_plan:o training_plan_alias:s
    """
)
