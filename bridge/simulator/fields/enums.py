"""Know the words upstream allows, and read the compact field tables.

A table is text: `name:code`. Codes: s text, i whole number, f number, b yes or no,
t instant, o object, l list, `e.word` one of `ENUMS["word"]`.
"""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """Split a text into the words it allows."""
    return frozenset(text.split())


ENUMS: dict[str, frozenset[str]] = {
    "activity_type": words(
        """
        Ride Run Swim WeightTraining Hike Walk AlpineSki BackcountrySki Badminton
        Canoeing Crossfit EBikeRide EMountainBikeRide Elliptical Golf GravelRide
        TrackRide Handcycle HighIntensityIntervalTraining Hockey IceSkate
        InlineSkate Kayaking Kitesurf MountainBikeRide Cyclocross NordicSki
        OpenWaterSwim Padel Pilates Pickleball Racquetball Rugby RockClimbing
        RollerSki Rowing Sail Skateboard Snowboard Snowshoe Soccer Squash
        StairStepper StandUpPaddling Surfing TableTennis Tennis TrailRun Transition
        Velomobile VirtualRide VirtualRow VirtualRun VirtualSki WaterSport
        Wheelchair Windsurf Workout Yoga Other
        """
    ),
    "sub_type": words("NONE COMMUTE WARMUP COOLDOWN RACE"),
    "gap_model": words("NONE STRAVA_RUN"),
    "order": words(
        """
        POWER_HR_PACE POWER_PACE_HR HR_POWER_PACE HR_PACE_POWER PACE_POWER_HR
        PACE_HR_POWER
        """
    ),
    "source": words(
        """
        STRAVA UPLOAD MANUAL GARMIN_CONNECT OAUTH_CLIENT DROPBOX POLAR SUUNTO COROS
        WAHOO ZWIFT ZEPP CONCEPT2 HUAWEI
        """
    ),
    "hr_load_type": words("AVG_HR HR_ZONES HRSS"),
    "pace_load_type": words("SWIM RUN"),
    "lap_type": words("RECOVERY WORK"),
    "message_type": words(
        """
        TEXT FOLLOW_REQ COACH_REQ COACH_ME_REQ ACTIVITY NOTE JOIN_REQ
        ACCEPT_COACHING_GROUP
        """
    ),
    "curve_type": words("POWER HR PACE GAP"),
    "wind_speed": words("MPS KNOTS KMH MPH BFT"),
    "rain": words("MM INCHES"),
    "visibility": words("PRIVATE PUBLIC HIDDEN"),
    "status": words("ACTIVE DORMANT ARCHIVED"),
    "icu_weight_sync": words("NONE STRAVA"),
    "icu_permission": words("NONE READ WRITE"),
    "garmin_power_target": words("POWER_LAP POWER POWER_3S POWER_10S POWER_30S"),
    "height_units": words("CM FEET"),
    "plan": words("FREE PREMIUM SUPPORTER WHITELABEL"),
    "menstrualPhase": words("PERIOD FOLLICULAR OVULATING LUTEAL NONE"),
    "category": words(
        """
        WORKOUT RACE_A RACE_B RACE_C NOTE PLAN HOLIDAY SICK INJURED SET_EFTP
        FITNESS_DAYS SEASON_START TARGET SET_FITNESS
        """
    ),
    "target": words("AUTO POWER HR PACE"),
    "training_availability": words("NORMAL LIMITED UNAVAILABLE"),
    "folder_type": words("FOLDER PLAN"),
    "folder_visibility": words("PRIVATE PUBLIC"),
    "pace_units": words(
        """
        SECS_100M SECS_100Y MINS_KM MINS_MILE SECS_500M SECS_400M SECS_250M NONE
        """
    ),
    "elevation_correction": words("NO AUTO YES"),
    "gear_type": words(
        """
        Bike Shoes Wetsuit RowingMachine Skis Snowboard Boat Board Equipment
        Accessories Apparel Computer Light Battery Brake BrakePads Rotor Drivetrain
        BottomBracket Cassette Chain Chainrings Crankset Derailleur Pedals Lever
        Cable Frame Fork Handlebar Headset Saddle Seatpost Shock Stem Axel Hub
        Trainer Tube Tyre Wheel Wheelset PowerMeter Cleats CyclingShoes Paddle
        """
    ),
    "custom_item_type": words(
        """
        FITNESS_CHART FITNESS_TABLE TRACE_CHART INPUT_FIELD ACTIVITY_FIELD
        INTERVAL_FIELD ACTIVITY_STREAM ACTIVITY_CHART ACTIVITY_HISTOGRAM
        ACTIVITY_HEATMAP ACTIVITY_MAP ACTIVITY_PANEL ZONES
        """
    ),
    "custom_item_visibility": words("PRIVATE FOLLOWERS PUBLIC"),
}


def typed(table: str) -> dict[str, str]:
    """Read one table into field name and code, in upstream's order."""
    pairs = (entry.split(":") for entry in table.split())
    return {entry[0]: entry[1] for entry in pairs}


TRAINING = ("WORKOUT", "RACE_A", "RACE_B", "RACE_C")  # categories that carry a load
