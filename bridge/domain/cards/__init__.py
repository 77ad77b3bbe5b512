"""Cards: each a pure function from what is known to what is seen at a glance."""

from __future__ import annotations

NAMES = (
    "today",
    "form",
    "week",
    "workout",
    "latest",
    "recovery",
    "race",
    "gear",
    "streak",
    "wallpaper",
)
# Those that hold something private, if their owner has it shown.
PRIVATE = ("recovery",)
