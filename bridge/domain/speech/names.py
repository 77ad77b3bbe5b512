"""Names that people gave, made for the ear: no tags, links or signs, units in words.

"5x1km @4:05/km" is "5 times 1 kilometre at 4 minutes 5 per kilometre": a voice would
read letters, and a German one the time of day.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache

from bridge.domain.speech.voice import Voice

_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
# Pictures, flags, and what joins or colours them.
_SIGNS = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\u20e3"
    "\U000e0020-\U000e007f]+"
)
_HASH = re.compile(r"(?<!\w)#(?=[^\W\d])")  # of a word by which upstream finds it
_PACE = re.compile(r"(?<![\d:])([0-9]{1,2}):([0-9]{2})(?: ?min)? ?/ ?(km|mi|100 ?m)\b")
# An English "at" before what is held: before a time of day it stays.
_AT = re.compile(
    r"(?<!\w)at (?=[0-9]{1,2}:[0-9]{2}(?: ?min)? ?/|[0-9.,\-\u2013]+ ?(?:%|W\b|bpm\b))"
)
_WITH = re.compile(r"(?<!\w)w/ ?(?=\w)")
_BETWEEN_WORDS = re.compile(r"(?<=[\w)]) ?/ ?(?=[\w(])")
# 20' and 22'30", as runners write minutes and seconds.
_PRIMES = re.compile(
    r"(?<![\w.,:])([0-9]{1,3}) ?['\u2019\u2032]"
    r"(?:([0-9]{1,2})(?:[\"\u201d\u2033]|'')?)?(?!\w)"
)
# A name that a dictation made begins with the sport as Intervals.icu has it.
_SPORT = re.compile(r"^(Ride|Run|Swim|Walk|Hike|Rowing)(?= [0-9])")
_PER = {"km": "pace.per_km", "mi": "pace.per_mile", "100m": "pace.per_100m"}
_TIMES = re.compile(r"(?<![\w.,])([0-9]{1,3}) ?(?:[x×*] ?(?=[0-9(])|[x×](?!\w))")
_RANGE = re.compile(
    r"(?<![\w.,-])([0-9]{1,4})[-\u2013]([0-9]{1,4})(?= ?(?:%|W\b|bpm\b))"
)
_HOURS = re.compile(r"(?<![\w.,:])([0-9]{1,2}) ?h ?([0-9]{2})?(?: ?min)?(?!\w)")
_UNIT = re.compile(
    r"(?<![\w.,:])([0-9]{1,5}(?:[.,][0-9]{1,2})?) ?"
    r"(km|min|mtr|mi|sec|bpm|W|%|m|s)(?!\w)"
)
_ZONE = re.compile(r"(?<!\w)Z([1-7])(?!\w)")
_UNITS = {
    "km": "length-kilometer",
    "mi": "length-mile",
    "min": "duration-minute",
    "sec": "duration-second",
    "s": "duration-second",
}
_LEAST_METRES = 50  # "5m" of a workout is minutes


@lru_cache(maxsize=2048)  # the same few names stand in answer after answer
def for_the_ear(name: str, voice: Voice) -> str:
    """Return a name as one says it; "" where it holds no word at all."""
    text = _TAG.sub(" ", html.unescape(name))
    text = _SIGNS.sub(" ", _LINK.sub(" ", text))
    if not any(map(str.isalnum, text)):
        return ""
    text = _HASH.sub("", text)
    text = _SPORT.sub(lambda found: voice.say(f"sport.{found[1]}"), text.strip())
    text = _WITH.sub("with ", _AT.sub("@", text))
    text = _PACE.sub(lambda found: _say_pace(found, voice), text)
    text = _TIMES.sub(lambda found: _say_times(found, voice), text)
    text = _PRIMES.sub(lambda found: _say_primes(found, voice), text)
    text = _BETWEEN_WORDS.sub(", ", text)
    text = _RANGE.sub(lambda found: _say_range(found, voice), text)
    text = _HOURS.sub(lambda found: _say_hours(found, voice), text)
    text = _UNIT.sub(lambda found: _say_unit(found, voice), text)
    text = _ZONE.sub(lambda found: voice.say("name.zone", n=int(found[1])), text)
    text = re.sub(r"@ ?", f"{voice.say('name.at')} ", text)
    return " ".join(text.split())


def _say_pace(found: re.Match[str], voice: Voice) -> str:
    time = voice.say_exact_time(int(found[1]) * 60 + int(found[2]))
    said = voice.say(_PER[found[3].replace(" ", "")], time=time)
    return said if found[0][0].isdigit() else f"{voice.say('name.at')} {said}"


def _say_times(found: re.Match[str], voice: Voice) -> str:
    return f"{voice.say('name.times', n=int(found[1]))} "


def _say_primes(found: re.Match[str], voice: Voice) -> str:
    minutes, seconds = int(found[1]), int(found[2] or 0)
    if seconds:
        return voice.say_exact_time(minutes * 60 + seconds)
    return voice.unit(minutes, "duration-minute", "long")


def _say_range(found: re.Match[str], voice: Voice) -> str:
    return voice.say("number.range", low=found[1], high=found[2])


def _say_hours(found: re.Match[str], voice: Voice) -> str:
    return voice.say_duration(int(found[1]) * 3600 + int(found[2] or 0) * 60)


def _say_unit(found: re.Match[str], voice: Voice) -> str:
    value, unit = float(found[1].replace(",", ".")), found[2]
    if unit == "m":
        unit = "min" if value < _LEAST_METRES else "m"
    match unit:
        case "m" | "mtr":
            return voice.metric.say_distance(value / 1000, swum=True)
        case "W":
            return voice.say("watts", n=value)
        case "bpm":
            return voice.say("beats", n=value)
        case "%":
            return voice.say("percent", number=voice.say_number(value, 1))
    return voice.unit(value, _UNITS[unit], "long", 2)
