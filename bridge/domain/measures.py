"""Numbers ready to show: for each ``distance_km`` a ``distance_text`` beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache

from bridge.domain.flat import Flat, Scalar
from bridge.domain.moment import last_day_of, read_clock, read_day
from bridge.domain.speech.voice import KM_PER_MILE, Voice
from bridge.domain.sport import SWIMS

Show = Callable[[Voice, float], str]


def _phrase(key: str, digits: int = 0) -> Show:
    """Show a number inside a phrase of the language table."""
    return lambda voice, value: voice.say(key, number=voice.number(value, digits))


def _speed(voice: Voice, km_per_h: float) -> str:
    if voice.units == "imperial":
        miles = voice.number(km_per_h / KM_PER_MILE, 1)
        return voice.say("show.mi_per_h", number=miles)
    return voice.say("show.km_per_h", number=voice.number(km_per_h, 1))


def _metres(voice: Voice, metres: float) -> str:
    """Show the distance of a race by its name: ``5 km`` also where miles are used."""
    voice = voice if metres == _MILE_M else voice.metric
    return voice.show_distance(metres / 1000)


def _race_time(_voice: Voice, seconds: float) -> str:
    """Show a time to the second: ``20:30``, ``1:02:03``."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


# Longest suffix first: pace_s_per_km ends in km, but is no distance.
_UNITS: tuple[tuple[str, Show], ...] = (
    ("_s_per_100m", Voice.show_swim_pace),
    ("_s_per_500m", Voice.show_row_pace),
    ("_s_per_km", Voice.show_pace),
    ("_km_per_h", _speed),
    ("_mmol_per_l", _phrase("show.mmol_per_l", 1)),
    ("_w_per_kg", _phrase("show.w_per_kg", 2)),
    ("_per_min", _phrase("show.per_min", 1)),
    ("_kcal", _phrase("show.kcal")),
    ("_mmhg", _phrase("show.mmhg")),
    ("_bpm", _phrase("show.bpm")),
    ("_rpm", _phrase("show.rpm")),
    ("_spm", _phrase("show.spm")),
    ("distance_m", _metres),
    ("time_s", _race_time),
    ("_km", Voice.show_distance),
    ("_kg", Voice.show_weight),
    ("_ms", _phrase("show.ms")),
    ("_cm", _phrase("show.cm", 1)),
    ("_m", Voice.show_climb),
    ("_s", Voice.show_duration),
    ("_w", _phrase("show.w")),
    ("_j", _phrase("show.j")),
    ("_g", _phrase("show.g")),
    ("_l", _phrase("show.l", 1)),
    ("_c", Voice.show_temperature),
)
# Each of their numbers has a word in the language table: ``scale.<name>.<number>``.
SCALES = frozenset(
    {"sleep_quality", "soreness", "fatigue", "stress", "mood", "motivation"}
    | {"injury", "hydration"}
)
# Points and percentages keep their whole name: form_text, form_percent_text.
_SPOKEN = ("ctl", "atl", "form")
_WHOLE_POINTS = frozenset({*_SPOKEN, *(f"{name}_after_plan" for name in _SPOKEN)})
_POINTS = _WHOLE_POINTS | frozenset(
    {
        "ramp_rate",
        "ctl_change_7d",
        "sleep_score",
        "readiness",
        "steps",
        "vo2max",
        "rpe",
        "feel",
        "baevsky_index",
    }
)
_DISTANCES = (("distance_km", 1), ("distance_m", 0.001))
_MILE_M = 1609
_SHOWABLE = 1e12  # Babel gives up beyond the precision of its decimals
_DATES = {"date": "date_text", "from": "from_text", "to": "to_text"}


def texts(flat: Flat, voice: Voice, today: date) -> Flat:
    """Return the ``…_text`` of every number and date of a flat record.

    Parameters
    ----------
    flat
        One flat record; a number's unit is the end of its key.
    voice
        The language and the units to show in; the keys stay metric.
    today
        The athlete's day: a date of another year is shown with its year.

    Returns
    -------
    Flat
        Only the new keys. A key that ``flat`` has is left to it, and of two numbers
        with the same stem the first is shown.
    """
    shown = _swum(flat, voice)
    for key, value in flat.items():
        seen = _last_included(flat, value) if key == "end_local" else value
        found = _text(key, seen, voice, today)
        if found is not None and found[0] not in flat:
            shown.setdefault(*found)
    return shown


def _swum(flat: Flat, voice: Voice) -> Flat:
    """Return the texts of distances that were swum."""
    sport = flat.get("type") or flat.get("sport")
    if sport not in SWIMS and "pace_s_per_100m" not in flat:
        return {}
    found: Flat = {}
    for key, value in flat.items():
        scale = next((by for end, by in _DISTANCES if key.endswith(end)), None)
        if scale and isinstance(value, int | float) and 0 < value < _SHOWABLE:
            pool = voice.metric if key == "distance_m" else voice
            shown = pool.show_distance(value * scale, swum=True)
            found[f"{key.rpartition('_')[0]}_text"] = shown
    return {key: text for key, text in found.items() if key not in flat}


def text_keys(names: Iterable[str]) -> list[str]:
    """Return the ``…_text`` keys that a record with these keys may bring."""
    return [key for name in names if (key := _text_key(name))]


def _text_key(name: str) -> str | None:
    if name in _DATES or name.endswith("_local"):
        return _DATES.get(name, f"{name.removesuffix('_local')}_text")
    if name in _POINTS or name in SCALES or name.endswith(("load", "_percent")):
        return f"{name}_text"
    suffix = next((end for end, _ in _UNITS if name.endswith(end)), None)
    return suffix and f"{_stem(name, suffix)}_text"


def _text(key: str, value: object, voice: Voice, today: date) -> tuple[str, str] | None:
    if isinstance(value, str):
        return _date_text(key, value, voice, today)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if not abs(value) < _SHOWABLE:
        return None
    return _number_text(key, value, voice)


def _number_text(key: str, value: float, voice: Voice) -> tuple[str, str] | None:
    if key in SCALES or key in voice.scales:
        word = f"scale.{key}.{value:g}"
        if voice.knows(word):
            return f"{key}_text", voice.say(word)
        if key in SCALES:
            return None
    if key in _WHOLE_POINTS:
        return f"{key}_text", f"{_plus(key, value)}{voice.number(value)}"
    if key in _POINTS or key.endswith("load"):
        return f"{key}_text", voice.number(value, 0 if abs(value) >= 10 else 1)
    if key.endswith("_percent"):
        percent = voice.number(value, 1 if value % 1 else 0)
        shown = voice.say("show.percent", number=f"{_plus(key, value)}{percent}")
        return f"{key}_text", shown
    name, show = _shown_as(key)
    return None if show is None else (name, show(voice, value))


@lru_cache(maxsize=1024)
def _shown_as(key: str) -> tuple[str, Show | None]:
    for suffix, show in _UNITS:
        if key.endswith(suffix):
            return f"{_stem(key, suffix)}_text", show
    return "", None


def _plus(key: str, value: float) -> str:
    """Return the sign of a form that is above 0: below, the number has its own."""
    return "+" if key.startswith("form") and round(value) > 0 else ""


def _stem(key: str, suffix: str) -> str:
    """Return the name without its unit; ``distance_m`` and ``time_s`` are names too."""
    return key.removesuffix(suffix) if suffix[0] == "_" else key.rpartition("_")[0]


def _last_included(flat: Flat, end: Scalar) -> Scalar:
    """Return the last day that belongs to it, where an end is a bare midnight."""
    first = read_day(flat.get("start_local")) or read_day(end)
    if first is None or read_clock(end) is not None:
        return end
    return last_day_of(first, end).isoformat()


def _date_text(
    key: str, value: str, voice: Voice, today: date
) -> tuple[str, str] | None:
    if key not in _DATES and not key.endswith("_local"):
        return None
    day = read_day(value)
    if day is None:
        return None
    if key in _DATES:
        return _DATES[key], voice.calendar_day(day, today)
    shown = voice.calendar_day(day, today)
    clock = read_clock(value)
    if clock is not None:
        shown = voice.say("show.moment", day=shown, time=voice.time(clock))
    return f"{key.removesuffix('_local')}_text", shown
