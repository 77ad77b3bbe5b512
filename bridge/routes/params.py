"""The query parameters, each defined once."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Literal

from bridge.domain.inputs import InputError
from bridge.domain.moment import say_period
from bridge.domain.speech.phrases import LANGUAGES
from bridge.domain.speech.voice import Units
from bridge.domain.sport import TYPES
from bridge.errors import (
    BadId,
    BadParameter,
    BadRange,
    RangeTooLong,
    RepeatedColumn,
    UnknownColumn,
)
from bridge.routes.route import Param
from bridge.services import is_day_first, today, voice

if TYPE_CHECKING:
    from bridge.domain.changes.change import Noun
    from bridge.domain.drawing.look import Theme
    from bridge.domain.drawing.size import Size
    from bridge.domain.inputs.days import Direction
    from bridge.upstream.client import FileFormat

LONGEST_RANGE_DAYS = 366
MOST_CHANGES = 500
_CURSOR = re.compile(r"[0-9]{1,40}", re.ASCII)
_WHOLE = re.compile(r"[0-9]{1,6}", re.ASCII)
_ISO_DAY = re.compile(r"\s*[0-9]{4}-[0-9]{2}-[0-9]{2}\s*", re.ASCII)
_ANY_DAY = date(2030, 1, 1)
_COLUMNS = re.compile(r"[a-z0-9_]{1,40}(,[a-z0-9_]{1,40}){0,59}", re.ASCII)
_SAID = re.compile(r"[\w '\u2019-]{1,67}(,[\w '\u2019-]{1,67}){0,59}")
_CATEGORY = re.compile(r"[A-Z_]{3,20}", re.ASCII)
_PERIOD = re.compile(r"[1-9][0-9]{0,3}[dy]|all|s[0-9]", re.ASCII)
_ACTIVITY_ID = re.compile(r"i?[1-9][0-9]{0,14}", re.ASCII)


def _day(text: str, direction: Direction = "backward") -> date:
    from bridge.domain.inputs import parse_day

    # What is no day at all is refused before upstream is asked for the time zone.
    day_first = is_day_first()
    day = parse_day(text, _ANY_DAY, direction=direction, day_first=day_first)
    if _ISO_DAY.fullmatch(text):
        return day
    return parse_day(text, today(), direction=direction, day_first=day_first)


def _day_ahead(text: str) -> date:
    return _day(text, "forward")


def _type(text: str) -> str:
    from bridge.domain.inputs import nearest_name, read_sport

    try:
        return read_sport(text)
    except InputError as error:
        nearest = nearest_name(re.sub(r"[\s_-]", "", text), TYPES) or TYPE.example
        raise BadParameter(str(error), name=TYPE.name, example=nearest) from error


def _positive(text: str) -> int:
    if not _WHOLE.fullmatch(text) or int(text) < 1:
        raise ValueError(text[:40])
    return int(text)


def _matching(pattern: re.Pattern[str], text: str) -> str:
    if not pattern.fullmatch(text):
        raise ValueError(text[:40])
    return text


def _language(text: str) -> str:
    if text.replace("_", "-").lower().partition("-")[0] not in LANGUAGES:
        raise ValueError(text[:40])
    return text


def _words(text: str) -> str:
    if not 1 <= len(text.strip()) <= 80 or not text.isprintable():
        raise ValueError(text[:40])
    return text.strip()


def _sentence(text: str) -> str:
    if not 1 <= len(text.strip()) <= 300 or not text.isprintable():
        raise ValueError(text[:40])
    return text.strip()


def _file_format(text: str) -> FileFormat:
    kinds: dict[str, FileFormat] = {
        "original": "file",
        "fit": "fit-file",
        "gpx": "gpx-file",
    }
    if text not in kinds:
        raise ValueError(text[:40])
    return kinds[text]


def _workout_format(text: str) -> str:
    from bridge.domain.calendar.files import WORKOUT_FORMATS

    ending = text.strip().lower()
    if ending not in WORKOUT_FORMATS:
        raise ValueError(text[:40])
    return ending


def _span(text: str) -> int:
    if text not in {"42", "90"}:
        raise ValueError(text[:40])
    return int(text)


def _size(text: str | None, device: str | None = None) -> Size:
    from bridge.domain.drawing.size import read_size

    return read_size(text, device)


def _theme(text: str) -> Theme:
    from bridge.domain.drawing.look import THEMES

    for theme in THEMES:
        if text == theme:
            return theme
    raise ValueError(text[:40])


def _bits(text: str) -> Literal[1, 2]:
    if text not in {"1", "2"}:
        raise ValueError(text[:40])
    return 1 if text == "1" else 2


def _units(text: str) -> Units:
    if text == "imperial":
        return "imperial"
    if text != "metric":
        raise ValueError(text[:40])
    return "metric"


def _yes(text: str) -> bool:
    if text not in {"yes", "no"}:
        raise ValueError(text[:40])
    return text == "yes"


def _format(text: str) -> str:
    if text not in {"json", "text"}:
        raise ValueError(text[:40])
    return text


def _cursor(text: str) -> int:
    if not _CURSOR.fullmatch(text.strip()):
        raise ValueError(text[:40])
    return int(text)


def _last(text: str) -> bool:
    if text.strip() != "last":
        raise ValueError(text[:40])
    return True


def _most(text: str) -> int:
    if not 1 <= _positive(text) <= MOST_CHANGES:
        raise ValueError(text[:40])
    return int(text)


def _nouns(text: str) -> list[Noun]:
    from bridge.domain.changes.change import NOUNS
    from bridge.domain.inputs import nearest_name

    asked = [name.strip().lower() for name in text.split(",")]
    names = [noun for noun in NOUNS if noun in asked]
    for name in asked:
        if name not in NOUNS:
            nearest = nearest_name(name, NOUNS) or KINDS.example
            raise BadParameter(name[:40], name=KINDS.name, example=nearest)
    return names


def _wellness_names(text: str) -> list[str]:
    """Return fields by their names, with the unit or without, or as they are said."""
    from bridge.domain.inputs import nearest_name
    from bridge.domain.wellness.custom import is_custom
    from bridge.domain.wellness.fields import WELLNESS_BY_NAME, wellness_field

    names = []
    for said in _matching(_SAID, text).split(","):
        name = said if is_custom(said) else wellness_field(said)
        if name is None:
            nearest = nearest_name(said, WELLNESS_BY_NAME) or FIELDS.example
            raise BadParameter(said, name=FIELDS.name, example=nearest)
        names.append(name)
    return names


def _columns(text: str) -> list[str]:
    from bridge.domain.activity.activity import Activity
    from bridge.domain.inputs import nearest_name

    names, known = _matching(_COLUMNS, text).split(","), Activity.__struct_fields__
    for place, name in enumerate(names):
        if name not in known:
            nearest = nearest_name(name, known) or "date"
            words = {"nearest": nearest, "known": ", ".join(known)}
            raise UnknownColumn(name, column=name, **words)
        if name in names[:place]:
            raise RepeatedColumn(name, column=name)
    return names


DAY = Param("day", "The local day: a date, today, yesterday …", "2026-11-23", _day)
DAY_AHEAD = Param(
    "day", "The local day: a date, today, friday …", "2026-11-23", _day_ahead
)
OLDEST = Param("oldest", "The first local day, included", "2026-11-01", _day)
NEWEST = Param("newest", "The last local day, included", "2026-11-23", _day)
OLDEST_AHEAD = Param("oldest", OLDEST.about, OLDEST.example, _day_ahead)
NEWEST_AHEAD = Param("newest", NEWEST.about, NEWEST.example, _day_ahead)
LIMIT = Param("limit", "At most so many, the newest first", "10", _positive)
FROM = Param("from", "Go on with this item; 50 come at once", "51", _positive)
TYPE = Param("type", "Only this kind of activity", "Run", _type)
COLUMNS = Param(
    "columns",
    "Only these columns, comma separated",
    "date,name,distance_km",
    _columns,
)
FIELDS = Param(
    "fields",
    "Say these first; weight, comments, menstrual phase and fields of your own "
    "(custom_<name>) only when named",
    "weight_kg",
    _wellness_names,
)
CATEGORY = Param(
    "category",
    "Only this kind of calendar entry",
    "RACE_A",
    lambda text: _matching(_CATEGORY, text.upper()),
)
QUERY = Param("q", "Part of a name, or a #tag", "tempo", _words, required=True)
ASKED = Param(
    "q", "A question, in your own words", "How is my form?", _sentence, required=True
)
PERIOD = Param(
    "period",
    "The time looked at: days, 1y, all, a season s0",
    "42d",
    lambda text: _matching(_PERIOD, text),
)
CURSOR = Param(
    "cursor",
    "What came after this one: the cursor of the last answer; 0 is the beginning",
    "0",
    _cursor,
)
SINCE = Param(
    "since",
    "last goes on where this device's last answer ended, instead of a cursor",
    "last",
    _last,
)
KINDS = Param(
    "kinds",
    "Only these, comma separated: activity, wellness, event, zones, gear",
    "activity,event",
    _nouns,
)
MOST = Param(
    "limit", "At most so many changes, the oldest first; up to 500", "50", _most
)
STREAMS = Param(
    "types",
    "Only these streams, comma separated",
    "time,heartrate",
    lambda text: _matching(_COLUMNS, text),
)
SPAN = Param("days", "How far back the card of form goes: 42 or 90", "90", _span)
SIZE = Param(
    "size",
    "small, medium, large, rectangular, circular, inline, with @2x; wallpaper; eink; "
    "1179x2556",
    "medium@3x",
    _size,
)
DEVICE = Param(
    "device",
    "The phone whose lock screen it is for",
    "iphone-15",
    lambda text: _size(None, text),
)
THEME = Param("theme", "light, dark or tinted", "dark", _theme)
BITS = Param("bits", "Bits of grey, for e-ink: 1 or 2", "2", _bits)
UNITS = Param("units", "metric or imperial, instead of your own", "imperial", _units)
KEY = Param("key", "A view key, where no header can be sent", "your-view-key", str)
BUSY = Param("busy", "yes leaves names and steps out", "yes", _yes)
FILE_FORMAT = Param(
    "as", "original, or a file made from it: fit or gpx", "fit", _file_format
)
WORKOUT_FORMAT = Param(
    "as", "For a trainer or a watch: zwo, mrc, erg or fit", "zwo", _workout_format
)
PREVIEW = Param(
    "preview", "yes says what would change, and writes nothing", "yes", _yes
)
REFRESH = Param("refresh", "yes asks Intervals.icu now", "yes", _yes)
LANG = Param("lang", "The language of the sentence", "en", _language)


FORMAT = Param("format", "text answers with the sentence alone", "text", _format)

EVERYWHERE: tuple[Param[Any], ...] = (FORMAT, LANG, REFRESH)


def day_range(days: int) -> tuple[date, date]:
    """Return the range asked for, by default the last ``days`` days.

    Raises
    ------
    BadRange, RangeTooLong
        If newest is before oldest, or the range longer than 366 days.
    """
    newest = NEWEST.get()
    oldest = OLDEST.get()
    if newest is None:
        newest = max(today(), oldest or today())
    if oldest is None:
        oldest = newest - timedelta(days=days - 1)
    return checked_range(oldest, newest)


def say_range(oldest: date, newest: date) -> str:
    """Say the days of a range: ``in the last 30 days``."""
    return say_period(oldest, newest, voice(), today())


def open_range() -> tuple[date, date]:
    """Return the range asked for, of any length; everything where none is."""
    oldest, newest = OLDEST.get() or date(2000, 1, 1), NEWEST.get() or today()
    if newest < oldest:
        raise BadRange(f"{oldest}..{newest}")
    return oldest, newest


def checked_range(oldest: date, newest: date) -> tuple[date, date]:
    """Refuse what runs backwards or is longer than a year."""
    length = (newest - oldest).days + 1
    if length < 1:
        raise BadRange(f"{oldest}..{newest}")
    if length > LONGEST_RANGE_DAYS:
        raise RangeTooLong(f"{oldest}..{newest}", days=str(LONGEST_RANGE_DAYS))
    return oldest, newest


def activity_id(text: str) -> str:
    """Return a well-formed activity id; ``i`` is never added or stripped.

    Raises
    ------
    BadId
        If it can be no activity's id.
    """
    if not _ACTIVITY_ID.fullmatch(text):
        raise BadId(text[:40])
    return text
