"""The catalogue, in the order of the gallery."""

from __future__ import annotations

from bridge.shortcuts.catalog.cards import TRAINING_CARD, TRAINING_WALLPAPER
from bridge.shortcuts.catalog.files import (
    SAVE_ACTIVITY_DATA,
    SAVE_ACTIVITY_FILE,
    SEND_TO_TRAINING,
    TRAINING_EXPORT,
)
from bridge.shortcuts.catalog.health import SYNC_BODY, SYNC_HEALTH
from bridge.shortcuts.catalog.hub import TRAINING, TRAINING_MENU, UNDO_MY_TRAINING
from bridge.shortcuts.catalog.questions import (
    LOOK_UP_AN_ACTIVITY,
    MY_TRAINING_BESTS,
    MY_ZONES,
    QUESTIONS,
    QUIET_BRIEF,
)
from bridge.shortcuts.catalog.session import AFTER_MY_WORKOUT, RATE_MY_SESSION
from bridge.shortcuts.catalog.wellness import (
    MY_TRAINING_WEIGHT,
    TRAINING_CHECK_IN,
    TRAINING_WEIGH_IN,
)
from bridge.shortcuts.catalog.workouts import (
    FINISH_MY_WORKOUT,
    MOVE_MY_WORKOUT,
    PLAN_A_WORKOUT,
    RACE_OR_NOTE,
    SKIP_MY_WORKOUT,
)
from bridge.shortcuts.catalog.zones import TRAINING_ZONES
from bridge.shortcuts.template import ShortcutTemplate

CATALOG: tuple[ShortcutTemplate, ...] = (
    TRAINING,
    TRAINING_MENU,
    QUESTIONS["my-training-form"],
    QUESTIONS["morning-brief"],
    QUIET_BRIEF,
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
    TRAINING_CARD,
    TRAINING_WALLPAPER,
    MY_TRAINING_BESTS,
    MY_ZONES,
    LOOK_UP_AN_ACTIVITY,
    QUESTIONS["gear-check"],
    QUESTIONS["what-changed"],
    SAVE_ACTIVITY_FILE,
    SAVE_ACTIVITY_DATA,
    TRAINING_EXPORT,
    SEND_TO_TRAINING,
    QUESTIONS["bridge-check"],
    MY_TRAINING_WEIGHT,
    TRAINING_WEIGH_IN,
    TRAINING_CHECK_IN,
    RATE_MY_SESSION,
    AFTER_MY_WORKOUT,
    SYNC_HEALTH,
    SYNC_BODY,
    MOVE_MY_WORKOUT,
    SKIP_MY_WORKOUT,
    FINISH_MY_WORKOUT,
    PLAN_A_WORKOUT,
    RACE_OR_NOTE,
    TRAINING_ZONES,
    UNDO_MY_TRAINING,
)

ICLOUD_LINKS: dict[tuple[str, str], str] = {}
"""(slug, language) to the iCloud share of the same shortcut, once a Mac made one."""
