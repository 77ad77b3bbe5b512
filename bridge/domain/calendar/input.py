"""What may be written to the calendar: forgiving values under their plain names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Final

from bridge.domain.calendar.event import SESSIONS
from bridge.domain.calendar.lengths import check_lengths
from bridge.domain.calendar.words import read_category, read_colour
from bridge.domain.flat import Scalar
from bridge.domain.inputs import (
    InputError,
    Mistake,
    parse_day,
    parse_distance,
    parse_duration,
    parse_number,
    parse_start_local,
    parse_text,
    read_sport,
    refused,
)
from bridge.domain.inputs.days import SaidTime, read_time
from bridge.domain.values import Value, Values
from bridge.errors import (
    BadField,
    BeyondBounds,
    EndBeforeStart,
    FieldsClash,
    MissingField,
    NeedsValue,
    NothingToWrite,
)

Wanted = dict[str, Scalar | None]

LONGEST_NAME = 200
LONGEST_DESCRIPTION = 10_000
_DAY_EXAMPLE = "tomorrow, or 2026-11-28"
_START_EXAMPLE = "2026-11-28T17:30"
_NAMED: Final = {"name": "name", "example": "name: Tempo"}
_SHORTEST_PLAN_S = 60
EVENT_INPUTS: Final[tuple[tuple[str, str, Scalar], ...]] = (
    ("category", "workout, race a, note, plan, holiday, sick, target …", "note"),
    ("day", "the local day: a date, a weekday to come, tomorrow …", "Saturday"),
    ("start_local", "day and time on the wall clock", _START_EXAMPLE),
    ("end_local", "its end; a day alone is the last day", "2026-11-30"),
    ("name", "what it is called", "Tempo"),
    ("type", "the sport of a workout or race", "Ride"),
    ("description", "free text; of a workout its steps", "- 20m 80%"),
    ("colour", "a colour's name, or #rrggbb", "green"),
    ("indoor", "yes or no", "yes"),
    ("planned_s", "how long, where no steps say it", "1h 30"),
    ("planned_load", "how much load, where no steps say it", 60),
    ("planned_distance_km", "how far, where no steps say it", 42),
    ("sure", "yes plans also what looks like a slip: 50m, or over 8 hours", "yes"),
)
MEANT: Final[Mapping[str, str]] = {
    "date": "day",
    "start": "start_local",
    "end": "end_local",
    "start_date_local": "start_local",
    "end_date_local": "end_local",
    "color": "colour",
    "sport": "type",
    "title": "name",
    "text": "description",
    "workout_text": "description",
    "moving_time": "planned_s",
    "icu_training_load": "planned_load",
    "distance": "planned_distance_km",
}
COMPUTED: Final = frozenset(
    {"id", "event_id", "updated", "icu_ctl", "icu_atl", "icu_ftp", "icu_intensity"}
    | {"workout_doc", "paired_activity_id", "workout_steps", "intensity_percent"}
)
_SAY_IT_ALL: Final = frozenset({"SICK", "INJURED", "HOLIDAY"})  # also nameless
_OF_A_VALUE: Final = frozenset({"SET_EFTP", "FITNESS_DAYS", "SET_FITNESS"})
_OF_TARGETS: Final[Mapping[str, str]] = {
    "planned_s": "target_s",
    "planned_load": "target_load",
    "planned_distance_km": "target_distance_km",
}


def read_event(
    sent: Mapping[str, object],
    today: date,
    now: Values | None = None,
    *,
    name_of: Callable[[str], str] = str.capitalize,
    day_first: bool = False,
) -> Wanted:
    """Return the values to write, under the names of the event's values.

    Parameters
    ----------
    sent
        Names out of :data:`EVENT_INPUTS` with what the phone sent.
    today
        The athlete's own day.
    now
        The entry as it is, or None for one that is to be made.
    name_of
        Returns the word for a category that needs no other name: "Sick".
    day_first
        Whether the athlete's language puts the day before the month, always.

    Returns
    -------
    dict
        Wall clocks with their time. An entry that is moved keeps how long it lasts.

    Raises
    ------
    BadField
        Or one of its kind, for the first value that cannot be or is missing.
    """
    wanted: Wanted = {
        name: read(sent[name]) for name, read in _READERS.items() if name in sent
    }
    wanted |= _times(sent, today, now or {}, day_first=day_first)
    if not wanted:
        raise NothingToWrite("no field of an event", **_NAMED)
    if wanted.get("category") in _OF_A_VALUE:
        raise NeedsValue(str(wanted["category"]))
    if now is None and "name" not in wanted and wanted.get("category") in _SAY_IT_ALL:
        wanted["name"] = name_of(str(wanted["category"]))
    whole = {**(now or {}), **wanted}
    if now is None:
        _check_new(wanted)
    _check_category(whole)
    if not is_sure(sent) and {"description", "type", "planned_s"} & set(wanted):
        check_lengths(whole)
    if whole.get("category") == "TARGET":
        wanted = {_OF_TARGETS.get(name, name): wanted[name] for name in wanted}
    return wanted


def read_start(
    value: object, today: date, name: str = "start_local", *, day_first: bool = False
) -> datetime:
    """Return a start on the wall clock; a day alone is its midnight.

    Raises
    ------
    BadField
        If it is not understood.
    """
    try:
        return parse_start_local(value, today, direction="forward", day_first=day_first)
    except InputError as error:
        raise refused(name, error, _START_EXAMPLE) from error


def read_day_ahead(value: object, today: date, *, day_first: bool = False) -> date:
    """Return a day; a weekday alone is the next one.

    Raises
    ------
    BadField
        If it is not understood.
    """
    try:
        return parse_day(value, today, direction="forward", day_first=day_first)
    except InputError as error:
        raise refused("day", error, _DAY_EXAMPLE) from error


def read_time_ahead(
    value: object, now: date, after: date | None, *, day_first: bool = False
) -> SaidTime:
    """Return a day with the clock time that may be said with it: "Friday at 6 pm".

    ``after`` is the day from which "a day later" is counted.

    Raises
    ------
    BadField
        If it is not understood.
    """
    try:
        return read_time(
            value, now, direction="forward", after=after, day_first=day_first
        )
    except InputError as error:
        if error.mistake is Mistake.DAY_OR_MONTH:
            raise refused("day", error) from error
        raise BadField(f"day: {error}", name="day", example=_DAY_EXAMPLE) from error


def day_of(now: Values) -> date | None:
    """Return the day of an entry."""
    began = _moment(now.get("start_local"))
    return None if began is None else began.date()


def start_on(day: date, now: Values) -> datetime:
    """Return the start of an entry on another day: it keeps its time of day."""
    began = _moment(now.get("start_local"))
    return datetime.combine(day, time() if began is None else began.time())


def is_sure(sent: Mapping[str, object]) -> bool:
    """Tell whether the athlete said that what looks like a slip is none."""
    return "sure" in sent and _yes_no(sent["sure"], "sure") == "yes"


def moved(now: Values, start: datetime) -> Wanted:
    """Return start and end of an entry that begins at ``start`` and lasts as long."""
    wanted: Wanted = {"start_local": start.isoformat()}
    began, ended = _moment(now.get("start_local")), _moment(now.get("end_local"))
    if began is not None and ended is not None and ended > began:
        wanted["end_local"] = _end_after(start, began, ended).isoformat()
    return wanted


def _end_after(start: datetime, began: datetime, ended: datetime) -> datetime:
    """Return the new end: at midnight it stays at midnight, else it keeps its length.

    Upstream ends a day's entry at the next midnight, whenever it begins.
    """
    if ended.time() == time():
        return datetime.combine(start.date() + (ended.date() - began.date()), time())
    return start + (ended - began)


def _times(
    sent: Mapping[str, object], today: date, now: Values, *, day_first: bool
) -> Wanted:
    if "day" in sent and "start_local" in sent:
        raise FieldsClash("day", name="day", other="start_local")
    wanted: Wanted = {}
    if "start_local" in sent:
        start = read_start(sent["start_local"], today, day_first=day_first)
        wanted |= moved(now, start)
    elif "day" in sent:
        day = read_day_ahead(sent["day"], today, day_first=day_first)
        wanted |= moved(now, start_on(day, now))
    if "end_local" in sent:
        wanted["end_local"] = _end(
            sent["end_local"], today, day_first=day_first
        ).isoformat()
    _check_end({**now, **wanted})
    return wanted


def _end(value: object, today: date, *, day_first: bool) -> datetime:
    """Return an end; a day alone is the last one, so that it ends with that day."""
    end = read_start(value, today, "end_local", day_first=day_first)
    written = value.strip() if isinstance(value, str) else ""
    return end if ":" in written else end + timedelta(days=1)


def _check_end(whole: Values) -> None:
    start, end = _moment(whole.get("start_local")), _moment(whole.get("end_local"))
    if start is not None and end is not None and end <= start:
        example = f"{start.date() + timedelta(days=1)}"
        raise EndBeforeStart("end before start", name="end_local", example=example)


def _check_new(wanted: Values) -> None:
    if "category" not in wanted:
        raise MissingField("category", name="category", example="note")
    if "start_local" not in wanted:
        raise MissingField("day", name="day", example=_DAY_EXAMPLE)


def _check_category(whole: Values) -> None:
    """Refuse what upstream would: a session without sport, another without name."""
    category = whole.get("category")
    if category in SESSIONS and not whole.get("type"):
        raise MissingField("type", name="type", example="Ride")
    if category not in SESSIONS and not whole.get("name"):
        raise MissingField("name", name="name", example="Rest week")


def _moment(value: Value) -> datetime | None:
    return datetime.fromisoformat(value) if isinstance(value, str) else None


def _reading(
    name: str, example: str, parse: Callable[[object], Scalar]
) -> Callable[[object], Scalar]:
    def read(value: object) -> Scalar:
        try:
            return parse(value)
        except InputError as error:
            raise refused(name, error, example) from error

    return read


def _yes_no(value: object, name: str = "indoor") -> str:
    word = value.strip().lower() if isinstance(value, str) else ""
    if word not in {"yes", "no"}:
        raise BadField(name, name=name, example="yes or no")
    return word


def _load(value: object) -> int:
    return round(parse_number(value, least=1, most=2000))


def _kilometres(value: object) -> float:
    metres = parse_distance(value, default_unit="km")
    if not 1 <= metres <= 2_000_000:
        raise BeyondBounds("distance", name="planned_distance_km", example="42 km")
    return round(metres / 1000, 3)


_READERS: Final[Mapping[str, Callable[[object], Scalar]]] = {
    "category": read_category,
    "name": _reading("name", "Tempo", partial(parse_text, max_length=LONGEST_NAME)),
    "type": _reading("type", "Ride, Run, Swim or WeightTraining", read_sport),
    "description": _reading(
        "description",
        "- 20m 80%",
        partial(parse_text, max_length=LONGEST_DESCRIPTION, lines=True),
    ),
    "colour": read_colour,
    "indoor": _yes_no,
    "planned_s": _reading(
        "planned_s",
        "1h 30",
        partial(parse_duration, default_unit="s", least_s=_SHORTEST_PLAN_S),
    ),
    "planned_load": _reading("planned_load", "60", _load),
    "planned_distance_km": _reading("planned_distance_km", "42 km", _kilometres),
}
