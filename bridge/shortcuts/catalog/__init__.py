"""The catalogue: one file a template, named here in the order of the gallery.

A template stands in ``CATALOG`` when the bridge has its route, else in ``PLANNED``;
only ``CATALOG`` is built.
"""

from __future__ import annotations

from bridge.shortcuts.catalog.bridge_check import BRIDGE_CHECK
from bridge.shortcuts.catalog.finish_my_workout import FINISH_MY_WORKOUT
from bridge.shortcuts.catalog.gear_check import GEAR_CHECK
from bridge.shortcuts.catalog.last_activity import LAST_ACTIVITY
from bridge.shortcuts.catalog.look_up_an_activity import LOOK_UP_AN_ACTIVITY
from bridge.shortcuts.catalog.morning_brief import MORNING_BRIEF
from bridge.shortcuts.catalog.move_my_workout import MOVE_MY_WORKOUT
from bridge.shortcuts.catalog.my_next_workout import MY_NEXT_WORKOUT
from bridge.shortcuts.catalog.my_recovery import MY_RECOVERY
from bridge.shortcuts.catalog.my_training_bests import MY_TRAINING_BESTS
from bridge.shortcuts.catalog.my_training_calendar import MY_TRAINING_CALENDAR
from bridge.shortcuts.catalog.my_training_form import MY_TRAINING_FORM
from bridge.shortcuts.catalog.my_training_week import MY_TRAINING_WEEK
from bridge.shortcuts.catalog.my_training_weight import MY_TRAINING_WEIGHT
from bridge.shortcuts.catalog.my_zones import MY_ZONES
from bridge.shortcuts.catalog.plan_a_workout import PLAN_A_WORKOUT
from bridge.shortcuts.catalog.race_countdown import RACE_COUNTDOWN
from bridge.shortcuts.catalog.rate_my_session import RATE_MY_SESSION
from bridge.shortcuts.catalog.run_splits import RUN_SPLITS
from bridge.shortcuts.catalog.save_activity_data import SAVE_ACTIVITY_DATA
from bridge.shortcuts.catalog.save_activity_file import SAVE_ACTIVITY_FILE
from bridge.shortcuts.catalog.sync_health import SYNC_HEALTH
from bridge.shortcuts.catalog.todays_workout import TODAYS_WORKOUT
from bridge.shortcuts.catalog.training_check_in import TRAINING_CHECK_IN
from bridge.shortcuts.catalog.training_export import TRAINING_EXPORT
from bridge.shortcuts.catalog.training_streak import TRAINING_STREAK
from bridge.shortcuts.catalog.training_weather import TRAINING_WEATHER
from bridge.shortcuts.catalog.training_zones import TRAINING_ZONES
from bridge.shortcuts.template import ShortcutTemplate

CATALOG: tuple[ShortcutTemplate, ...] = (
    MY_TRAINING_FORM,
    MORNING_BRIEF,
    RUN_SPLITS,
    LAST_ACTIVITY,
    TODAYS_WORKOUT,
    MY_NEXT_WORKOUT,
    TRAINING_WEATHER,
    MY_TRAINING_CALENDAR,
    MY_TRAINING_WEEK,
    RACE_COUNTDOWN,
    TRAINING_STREAK,
    MY_RECOVERY,
    MY_TRAINING_BESTS,
    MY_ZONES,
    LOOK_UP_AN_ACTIVITY,
    GEAR_CHECK,
    SAVE_ACTIVITY_FILE,
    SAVE_ACTIVITY_DATA,
    TRAINING_EXPORT,
    BRIDGE_CHECK,
    MY_TRAINING_WEIGHT,
    TRAINING_CHECK_IN,
    RATE_MY_SESSION,
    SYNC_HEALTH,
    MOVE_MY_WORKOUT,
    FINISH_MY_WORKOUT,
    PLAN_A_WORKOUT,
    TRAINING_ZONES,
)

PLANNED: tuple[ShortcutTemplate, ...] = ()

ICLOUD_LINKS: dict[tuple[str, str], str] = {}
"""(slug, language) to the iCloud share of the same shortcut, once a Mac made one."""
