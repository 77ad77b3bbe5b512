"""What matches a search for activities, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bridge.domain.activity.activity import Activity, say_total
from bridge.domain.moment import say_day
from bridge.domain.speech.breath import in_one_breath, sentence, short
from bridge.domain.speech.voice import Voice
from bridge.domain.sport import say_sport


def say_matches(
    activities: Sequence[Activity],
    words: str,
    voice: Voice,
    today: date,
    *,
    cut: bool,
) -> str:
    """Say how many were found, the newest with its day, and their sums.

    The sums of a list that is ``cut`` off would be wrong.
    """
    if not activities:
        name = short(words.lstrip("#") or words, voice)
        key = "search.none_tagged" if words.startswith("#") else "search.none"
        return voice.say(key, words=name)
    newest = max(activities, key=lambda activity: activity.date or "")
    count = "search.cut" if cut else "activities.count"
    return in_one_breath(
        voice,
        (
            voice.say(count, n=len(activities)),
            _say_newest(newest, voice, today),
            None if cut else say_total(activities, voice),
        ),
    )


def _say_newest(activity: Activity, voice: Voice, today: date) -> str:
    name = short(activity.name or say_sport(activity.type, voice), voice)
    day = say_day(activity.date, voice, today)
    if day is None:
        return sentence(name)
    return voice.say("search.newest", name=name, day=day)
