"""How long ago something was, in the words of a page."""

from __future__ import annotations

from datetime import datetime, timedelta

_STEPS = (
    (timedelta(hours=1), timedelta(minutes=1), "minute"),
    (timedelta(days=1), timedelta(hours=1), "hour"),
    (timedelta(days=60), timedelta(days=1), "day"),
    (timedelta(days=730), timedelta(days=30), "month"),
)


def say_ago(then: datetime, now: datetime) -> str:
    """Say when ``then`` was, seen from ``now``; a clock set back is "just now"."""
    passed = now - then
    if passed < timedelta(minutes=1):
        return "just now"
    for end, unit, name in _STEPS:
        if passed < end:
            count = passed // unit
            return f"{count} {name}{'' if count == 1 else 's'} ago"
    return f"on {then:%-d %B %Y}"
