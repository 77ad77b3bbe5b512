"""The catalogue, in the order of the gallery: rows of ``questions``, or files.

A template stands in ``CATALOG`` when the bridge has its route, else in ``PLANNED``;
only ``CATALOG`` is built.
"""

from __future__ import annotations

from bridge.shortcuts.catalog.finish_my_workout import FINISH_MY_WORKOUT
from bridge.shortcuts.catalog.look_up_an_activity import LOOK_UP_AN_ACTIVITY
from bridge.shortcuts.catalog.move_my_workout import MOVE_MY_WORKOUT
from bridge.shortcuts.catalog.my_training_bests import MY_TRAINING_BESTS
from bridge.shortcuts.catalog.my_training_weight import MY_TRAINING_WEIGHT
from bridge.shortcuts.catalog.my_zones import MY_ZONES
from bridge.shortcuts.catalog.plan_a_workout import PLAN_A_WORKOUT
from bridge.shortcuts.catalog.questions import QUESTIONS
from bridge.shortcuts.catalog.rate_my_session import RATE_MY_SESSION
from bridge.shortcuts.catalog.save_activity_data import SAVE_ACTIVITY_DATA
from bridge.shortcuts.catalog.save_activity_file import SAVE_ACTIVITY_FILE
from bridge.shortcuts.catalog.sync_health import SYNC_HEALTH
from bridge.shortcuts.catalog.training_check_in import TRAINING_CHECK_IN
from bridge.shortcuts.catalog.training_export import TRAINING_EXPORT
from bridge.shortcuts.catalog.training_zones import TRAINING_ZONES
from bridge.shortcuts.template import ShortcutTemplate

CATALOG: tuple[ShortcutTemplate, ...] = (
    QUESTIONS["my-training-form"],
    QUESTIONS["morning-brief"],
    QUESTIONS["run-splits"],
    QUESTIONS["last-activity"],
    QUESTIONS["todays-workout"],
    QUESTIONS["my-next-workout"],
    QUESTIONS["training-weather"],
    QUESTIONS["my-training-calendar"],
    QUESTIONS["my-training-week"],
    QUESTIONS["race-countdown"],
    QUESTIONS["training-streak"],
    QUESTIONS["my-recovery"],
    MY_TRAINING_BESTS,
    MY_ZONES,
    LOOK_UP_AN_ACTIVITY,
    QUESTIONS["gear-check"],
    SAVE_ACTIVITY_FILE,
    SAVE_ACTIVITY_DATA,
    TRAINING_EXPORT,
    QUESTIONS["bridge-check"],
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
