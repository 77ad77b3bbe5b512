"""Names that Intervals.icu knows, and names that people use instead."""

from __future__ import annotations

METHODS = ("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS")

SECRET_HEADERS = frozenset(
    {
        "x-api-key", "api-key", "apikey", "api_key", "x-apikey", "x-api-token",
        "api-token", "x-auth-token", "auth-token", "x-access-token", "access-token",
        "token", "x-token", "auth", "x-auth", "x-authorization", "authentication",
        "authorisation", "key", "x-key", "password", "api key", "x-intervals-key",
        "x-intervals-api-key", "intervals-api-key", "bearer", "basic",
    }
)  # fmt: skip
SECRET_QUERY = frozenset(
    {
        "api_key", "apikey", "api-key", "key", "token", "access_token", "auth",
        "authorization", "password", "pass", "x-api-key", "secret", "bearer",
        "api_token", "auth_token", "icu_api_key", "apitoken", "user_key",
    }
)  # fmt: skip
SECRET_BODY = SECRET_QUERY - {"key"} | {
    "sharetoken", "icu_friend_invite_token", "client_secret",
}  # fmt: skip
PLAIN_HEADERS = frozenset(
    {
        "accept", "accept-encoding", "accept-language", "connection", "content-length",
        "content-type", "cookie", "host", "origin", "referer", "user-agent",
        "cache-control", "authorization", "if-none-match", "transfer-encoding",
    }
)  # fmt: skip

QUERY_NAMES = frozenset(
    {
        "activity_id", "all", "bounds", "boundsOnly", "bucketSize", "calendar_id",
        "category", "cols", "count", "createdById", "curves", "description",
        "descr_config", "device_name", "distance", "distances", "duration", "end",
        "endIndex", "end_index", "excludeIntervals", "ext", "ext_id_prefix",
        "external_id", "f1", "f2", "f3", "fatigue", "fields", "filters", "fullCourse",
        "gap", "hr", "hrRange", "ids", "ignoreMissingFields", "includeDefaults",
        "includePath", "includeRanks", "intervals", "limit", "locale",
        "maxIntensity", "maxReps", "maxSecs", "minIntensity", "minReps", "minSecs",
        "minValue", "name", "newest", "notBefore", "now", "oldest", "others",
        "paceRange", "paired_event_id", "pmType", "power", "powerRange", "q",
        "recalcHrZones", "reset", "resolve", "route_id", "secs", "sinceId",
        "beforeId", "snoozeDays", "splitAt", "start", "startIndex", "start_index",
        "stream", "subMaxEfforts", "tags", "type", "types", "updatePlanApplied",
        "upsert", "upsertOnUid", "weather", "athleteId",
    }
)  # fmt: skip
OLDEST_ALIASES = frozenset(
    {
        "after", "begin", "date", "date_from", "day", "from", "from_date", "min_date",
        "old", "oldest_date", "since", "start", "start_date", "startdate", "startDate",
        "dateFrom", "start_date_local",
    }
)  # fmt: skip
NEWEST_ALIASES = frozenset(
    {
        "before", "date_to", "dateTo", "end", "end_date", "enddate", "endDate",
        "max_date", "newest_date", "to", "to_date", "until", "end_date_local",
    }
)  # fmt: skip
DATE_NAMES = frozenset({"oldest", "newest", "start", "end"})

CATEGORIES = (
    "WORKOUT", "RACE_A", "RACE_B", "RACE_C", "NOTE", "PLAN", "HOLIDAY", "SICK",
    "INJURED", "SET_EFTP", "FITNESS_DAYS", "SEASON_START", "TARGET", "SET_FITNESS",
)  # fmt: skip
CATEGORY_ALIASES = {
    "RACE": "RACE_A", "A": "RACE_A", "B": "RACE_B", "C": "RACE_C",
    "VACATION": "HOLIDAY", "ILL": "SICK", "ILLNESS": "SICK", "INJURY": "INJURED",
    "TRAINING": "WORKOUT", "RIDE": "WORKOUT", "RUN": "WORKOUT", "SWIM": "WORKOUT",
    "PLANNED": "WORKOUT", "COMMENT": "NOTE", "GOAL": "TARGET", "EVENT": "RACE_A",
}  # fmt: skip
SPORTS = (
    "Ride", "Run", "Swim", "Walk", "Hike", "VirtualRide", "VirtualRun", "TrailRun",
    "GravelRide", "MountainBikeRide", "EBikeRide", "WeightTraining", "Workout",
    "OpenWaterSwim", "Rowing", "VirtualRow", "NordicSki", "AlpineSki", "Yoga",
    "Crossfit", "Elliptical", "Kayaking", "Other", "Soccer", "Tennis", "Golf",
    "Velomobile", "Handcycle", "Pilates", "RockClimbing", "IceSkate", "InlineSkate",
    "Snowboard", "Snowshoe", "BackcountrySki", "StairStepper", "HIIT", "Transition",
    "TrackRide", "Canoeing", "Surfing", "StandUpPaddling", "Badminton", "Padel",
)  # fmt: skip

WELLNESS = (
    "abdomen", "avgSleepingHR", "baevskySI", "bloodGlucose", "bodyFat",
    "carbohydrates", "comments", "diastolic", "fatTotal", "fatigue", "hrv",
    "hrvSDNN", "hydration", "hydrationVolume", "id", "injury", "kcalConsumed",
    "lactate", "locked", "menstrualPhase", "menstrualPhasePredicted", "mood",
    "motivation", "protein", "readiness", "respiration", "restingHR",
    "sleepQuality", "sleepScore", "sleepSecs", "soreness", "spO2", "steps",
    "stress", "systolic", "tempRestingHR", "tempWeight", "vo2max", "weight",
)  # fmt: skip
WELLNESS_COMPUTED = (
    "atl", "atlLoad", "ctl", "ctlLoad", "rampRate", "sportInfo", "updated",
)  # fmt: skip
WELLNESS_ALIASES = {
    "bodymass": "weight", "mass": "weight", "kg": "weight", "restinghr": "restingHR",
    "restinghrbpm": "restingHR", "restingheartrate": "restingHR", "rhr": "restingHR",
    "heartrate": "restingHR", "pulse": "restingHR", "hrvms": "hrv", "rmssd": "hrv",
    "hrvrmssd": "hrv", "sdnn": "hrvSDNN", "sleep": "sleepSecs", "sleeps": "sleepSecs",
    "sleephours": "sleepSecs", "sleepseconds": "sleepSecs", "sleeptime": "sleepSecs",
    "sleepduration": "sleepSecs", "oxygen": "spO2", "spo2percent": "spO2",
    "fat": "bodyFat", "fatpercent": "bodyFat", "bodyfatpercent": "bodyFat",
    "calories": "kcalConsumed", "kcal": "kcalConsumed", "carbs": "carbohydrates",
    "note": "comments", "notes": "comments", "comment": "comments", "feel": "mood",
    "feeling": "mood", "date": "id", "day": "id", "waist": "abdomen",
    "water": "hydrationVolume", "glucose": "bloodGlucose", "stepcount": "steps",
    "breathing": "respiration", "respiratoryrate": "respiration",
    "bloodpressuresystolic": "systolic", "bloodpressurediastolic": "diastolic",
}  # fmt: skip
EVENT_ALIASES = {
    "date": "start_date_local", "day": "start_date_local",
    "start": "start_date_local", "start_date": "start_date_local",
    "startDate": "start_date_local", "start_local": "start_date_local",
    "end_date": "end_date_local", "end": "end_date_local", "title": "name",
    "sport": "type", "notes": "description", "text": "description",
    "planned_load": "icu_training_load", "planned_s": "moving_time",
}  # fmt: skip
