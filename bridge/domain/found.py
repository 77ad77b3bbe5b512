"""What a search for activities found, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bridge.domain.activity import Activity, say_activities
from bridge.domain.breath import in_one_breath, sentence, short
from bridge.domain.moment import say_day
from bridge.domain.sport import say_sport
from bridge.domain.voice import Voice


def say_found(
    activities: Sequence[Activity],
    words: str,
    voice: Voice,
    today: date,
    *,
    cut: bool,
) -> str:
    """Say what was found; the sums of a list that is ``cut`` off would be wrong.

    Then the newest is told instead: its name and its day.
    """
    if not activities:
        name = short(words.lstrip("#") or words)
        key = "search.none_tagged" if words.startswith("#") else "search.none"
        return voice.say(key, words=name)
    if not cut:
        return say_activities(activities, voice)
    newest = max(activities, key=lambda activity: activity.date or "")
    return in_one_breath(
        (voice.say("search.cut", n=len(activities)), _say_newest(newest, voice, today))
    )


def _say_newest(activity: Activity, voice: Voice, today: date) -> str:
    name = short(activity.name or say_sport(activity.type, voice))
    day = say_day(activity.date, voice, today)
    if day is None:
        return sentence(name)
    return voice.say("search.newest", name=name, day=day)
