"""From a reading to the calls that it can be: which workout, which sport, which day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from bridge.domain.ask.hearing import Value
from bridge.domain.ask.intents import MESSAGES
from bridge.domain.ask.own import may_name_own, understand_own
from bridge.domain.ask.slots import FIELDS
from bridge.domain.ask.understand import Reading, Understood
from bridge.domain.calendar.dictated import Dictated, DictatedEntry, for_athlete
from bridge.domain.calendar.event import (
    RACES,
    SESSIONS,
    Event,
    covers,
    flatten_event,
    say_event_name,
)
from bridge.domain.flat import Scalar
from bridge.domain.inputs.clocks import SaidClock
from bridge.domain.moment import read_day
from bridge.domain.raw import flatten_all
from bridge.domain.sport import say_sport
from bridge.domain.wellness.custom import LONG, codes_of
from bridge.domain.zones.settings import flatten_thresholds
from bridge.errors import (
    BridgeError,
    NoActivity,
    NoActivityThen,
    NoSuchEntry,
    NothingPlanned,
)
from bridge.routes.api.activity.meant import latest_of, readable
from bridge.routes.api.ask.call import ENTRIES, Call
from bridge.services import client, today, voice, writer

_AHEAD = timedelta(days=28)
_MOST_CHOICES = 4
_MOST_OF_DAYS = 6  # where each of two days has its own
_ENTRIES: Final = {
    "sick": "SICK",
    "injured": "INJURED",
    "holiday": "HOLIDAY",
    "note": "NOTE",
}
_Build = Callable[[Reading], tuple[list[Call], bool]]
_LIMITS: Final = {
    "ftp_w": "ftp_w",
    "lthr_bpm": "lthr_bpm",
    "threshold_pace": "threshold_pace_s_per_km",
    "max_hr_bpm": "max_hr_bpm",
}


def calls_of(reading: Reading) -> tuple[list[Call], bool]:
    """Return what a reading can be, and whether it is clear.

    Several calls are asked about; a single one that is not clear as well.

    Raises
    ------
    NothingPlanned, NoSuchEntry, NoActivity
        If what is meant is not there.
    """
    build = _BUILDERS.get(reading.intent.name)
    if build is None:
        return [_call(reading, params=_params(reading))], True
    if reading.plan is None and reading.intent.tense == "ahead":
        return _on_each_day(reading, build)
    return build(reading)


def reading_of_own(
    text: str, now: datetime, languages: Sequence[str], understood: Understood
) -> Reading | None:
    """Return what a sentence says of a field that the athlete made; None: nothing.

    Nobody asks upstream what these are called unless the sentence may name one.
    """
    if not may_name_own(text, understood):
        return None
    try:
        codes = codes_of(client().wellness_rows(today() - LONG, today()))
    except BridgeError:  # the sentence is refused then, as it would be without
        return None
    return understand_own(text, now, languages, codes)


def _on_each_day(reading: Reading, build: _Build) -> tuple[list[Call], bool]:
    """Return the calls for each day that can be meant; a single one is not clear."""
    if len(reading.by_day) == 1:
        return build(reading)
    by_day: list[tuple[str, Call]] = []
    lacking: BridgeError | None = None
    for one in reading.by_day:
        day = voice().calendar_day(_new_day(one), today())
        try:
            by_day += [(day, each) for each in build(one)[0]]
        except (NothingPlanned, NoSuchEntry) as error:
            lacking = error
    if not by_day and lacking is not None:
        raise lacking
    labels = {call.label for _, call in by_day}
    if len(labels) == 1:  # the same thing, on one day or another
        return [replace(call, label=day) for day, call in by_day], False
    if len(labels) == len(by_day):  # another thing on each day
        return [call for _, call in by_day[:_MOST_OF_DAYS]], False
    calls = [replace(call, label=f"{call.label}: {day}") for day, call in by_day]
    return calls[:_MOST_OF_DAYS], False


def _call(reading: Reading, label: str = "", **what: Mapping[str, Scalar]) -> Call:
    """Return the call of a reading; ``what`` are path, params, fields, exact."""
    return Call(
        intent=reading.intent.name,
        understood=reading.understood,
        endpoint=reading.intent.route,
        label=label,
        path={name: str(value) for name, value in what.get("path", {}).items()},
        params={name: str(value) for name, value in what.get("params", {}).items()},
        fields=what.get("fields", {}),
        exact=what.get("exact", {}),
    )


def _params(reading: Reading) -> dict[str, str]:
    """Return the query of a question."""
    wanted, params = reading.intent.params, dict[str, str]()
    span, days = reading.span, reading.days
    if span is not None and "range" in wanted:
        name = wanted["range"]
        back = reading.intent.tense == "back" and span.oldest <= today()
        newest = min(span.newest, today()) if back else span.newest
        if name == "oldest":
            params |= {"oldest": f"{span.oldest}", "newest": f"{newest}"}
        else:
            params[name] = span.period if name == "period" else f"{span.oldest}"
    elif days and "day" in wanted:
        params[wanted["day"]] = f"{days[0]}"
    sport = reading.sport
    if reading.intent.name == "zones" and "threshold_pace" in reading.things:
        sport = sport or "Run"  # swimmers say so
    if sport is not None and "sport" in wanted:
        params[wanted["sport"]] = sport
    if reading.text is not None and "text" in wanted:
        params[wanted["text"]] = reading.text[:80]
    if reading.intent.name == "changes":
        params["since"] = "last"
    if reading.intent.name == "wellness":
        params |= _wellness_fields(reading)
    return params


def _wellness_fields(reading: Reading) -> dict[str, str]:
    """Return the parameter for the fields that are spoken of, if any are."""
    names = [
        field.name
        for label in reading.things
        for field in FIELDS.get(label, ())
        if field.family == "measure"
    ]
    values = [thing.value for thing in reading.things.get("measure", ())]
    names += [each.field.name for each in values if isinstance(each, Value)]
    if reading.own:
        return {"fields": ",".join(reading.own)}
    if not names or reading.span is not None:
        return {}
    return {"fields": ",".join(dict.fromkeys(names))}


# writes


def _logged(reading: Reading) -> tuple[list[Call], bool]:
    fields: dict[str, Scalar] = dict(reading.values)
    if reading.days:
        fields["day"] = f"{reading.days[0]}"
    return [_call(reading, fields=fields)], True


def _did(reading: Reading) -> tuple[list[Call], bool]:
    """Return the call that adds what was done without a device."""
    fields: dict[str, Scalar] = {"type": reading.sport or ""}
    lengths = reading.things.get("duration", ())
    ways = reading.things.get("distance", ())
    if len(lengths) > 1 or len(ways) > 1 or reading.sport is None:
        return [], False
    if lengths:
        fields["moving_s"] = _whole(lengths[0].value)
    if ways:
        fields["distance_km"] = _whole(float(_whole(ways[0].value)) / 1000)
    day = reading.days[0] if reading.days else today()
    clock = reading.things.get("clock", ())
    if clock and isinstance(clock[0].value, SaidClock):
        part = next((said.part for said in reading.said if said.part), None)
        start = datetime.combine(day, clock[0].value.at(part).time)
        fields["start_local"] = f"{start:%Y-%m-%dT%H:%M}"
    elif reading.days:
        fields["day"] = f"{day}"
    return [_call(reading, fields=fields)], True


def _rated(reading: Reading) -> tuple[list[Call], bool]:
    fields: dict[str, Scalar] = dict(reading.values)
    numbers = reading.things.get("number", ())
    if not fields and numbers:
        fields = {"rpe": _whole(numbers[0].value)}
    return [_call(reading, path={"activity": _activity(reading)}, fields=fields)], True


def _renamed(reading: Reading) -> tuple[list[Call], bool]:
    path = {"activity": _activity(reading)}
    return [_call(reading, path=path, fields={"name": reading.text or ""})], True


def _activity(reading: Reading) -> str:
    """Return the id of the activity that is meant, by default the latest one.

    Raises
    ------
    NoActivity
        If there is none.
    """
    if reading.days:
        day = reading.days[0]
        rows = readable(client().activities(day, day), reading.sport)
        if not rows:
            named = voice().day(day, today())
            raise NoActivityThen("none on this day", day=named)
        return str(rows[0].id)
    if reading.sport is None:
        return "latest"
    raw = latest_of(reading.sport)
    if raw is None:
        raise NoActivity("none of this sport")
    return str(raw.id)


def _planned(reading: Reading) -> tuple[list[Call], bool]:
    """Return the call that plans, or one for each day that can be meant."""
    plan = reading.plan
    if plan is None:
        return [], False
    if not isinstance(plan, DictatedEntry):
        plan = for_athlete(plan, client().sport_settings())
    days = sorted({plan.day, *plan.others})
    if len(days) == 1 and reading.sentence and not isinstance(plan, DictatedEntry):
        fields = {"text": reading.sentence}
        return [_call(reading, fields=fields, exact=_exact(plan))], True
    entries = [replace(plan, day=day) for day in days]
    calls = [
        _call(reading, voice().calendar_day(one.day, today()), fields=_exact(one))
        for one in entries
    ]
    return [replace(call, endpoint=ENTRIES) for call in calls], True


def _exact(plan: Dictated) -> dict[str, Scalar]:
    """Return the body without a word that means another day tomorrow."""
    values = plan.event_values
    return {name: value for name, value in values.items() if value is not None}


def _moved(reading: Reading) -> tuple[list[Call], bool]:
    days = reading.days
    if not days or reading.span is not None:  # "to next week": to which day of it?
        return [], False
    target = _new_day(reading)
    later = [
        other
        for said in reading.said
        if said.bare and said.ahead == target
        for other in said.others
    ]
    sources = [day for day in days if day != target]
    fields: dict[str, Scalar] = {"day": f"{target}"}
    clock = reading.things.get("clock", ())
    if clock and isinstance(clock[0].value, SaidClock):
        part = next((day.part for day in reading.said if day.part), None)
        start = datetime.combine(target, clock[0].value.at(part).time)
        fields = {"start_local": f"{start:%Y-%m-%dT%H:%M}"}
    chosen, clear = _workouts(reading, sources[0] if sources else None)
    calls = []
    for one in chosen:
        own = fields
        if one.date == f"{target}" and "day" in fields and later:
            own = {"day": f"{later[0]}"}  # "to Monday", said on Monday: the next one
        path = {"workout": one.event_id}
        calls.append(_call(reading, path=path, fields=own, label=_named(one)))
    return calls, clear


def _new_day(reading: Reading) -> date:
    """Return the day behind "to", else the last one that was said."""
    led = zip(reading.days, reading.said, strict=True)
    return next((day for day, said in led if "to" in said.lead), reading.days[-1])


def _workout_meant(reading: Reading) -> tuple[list[Call], bool]:
    """Return the calls that skip a workout or mark it as done."""
    day = reading.days[0] if reading.days else None
    chosen, clear = _workouts(reading, day, even_done=reading.intent.name == "finish")
    finish = reading.intent.name == "finish"
    ahead = [one for one in chosen if finish and (one.date or "") > f"{today()}"]
    confirmed: dict[str, Scalar] = {"confirm": "yes"}
    return [
        _call(
            reading,
            path={"workout": one.event_id},
            fields=confirmed if one in ahead else {},
            label=_named(one),
        )
        for one in chosen
    ], clear and not ahead


def _deleted(reading: Reading) -> tuple[list[Call], bool]:
    day = reading.days[0] if reading.days else None
    wanted = "race" in reading.things
    events = _events(day or today(), day or today() + _AHEAD * (13 if wanted else 1))
    named = {_ENTRIES[each] for each in reading.things if each in _ENTRIES}
    if wanted:
        events = [one for one in events if one.category in RACES]
    elif named:
        events = [one for one in events if one.category in named]
    elif reading.sport is not None:
        events = [one for one in events if one.type == reading.sport]
    elif "workout" in reading.things:
        events = [one for one in events if one.category in SESSIONS]
    if day is None:
        events = events[:1]
    if not events:
        raise NoSuchEntry("nothing of this sort")
    return [
        _call(reading, path={"event": one.event_id}, label=_named(one))
        for one in events[:_MOST_CHOICES]
    ], True


def _workouts(
    reading: Reading, day: date | None, *, even_done: bool = False
) -> tuple[list[Event], bool]:
    """Return the workouts that can be meant.

    Of a day all of it; otherwise today's, and if there are none the next one, which is
    not clear: said twice, it would be another one.

    Raises
    ------
    NothingPlanned
        If there is none.
    """
    first = day or today()
    events = _events(first, day or today() + _AHEAD)
    waiting = [
        one
        for one in events
        if one.category in SESSIONS
        and (even_done or not one.done)
        and reading.sport in (None, one.type)
    ]
    on_day = [one for one in waiting if covers(one, first)]
    if on_day or day is not None:
        chosen, clear = on_day, True
    else:
        chosen, clear = waiting[:1], reading.sport is not None
    if not chosen:
        raise NothingPlanned("of this day or sport", day=voice().day(first, today()))
    return chosen[:_MOST_CHOICES], clear


def _events(oldest: date, newest: date) -> list[Event]:
    rows = writer().client.events(oldest, newest)
    events = flatten_all(flatten_event, rows)
    return sorted(events, key=lambda event: event.start_local or "")


def _named(event: Event) -> str:
    day = read_day(event.date)
    when = "" if day is None else f", {voice().day(day, today())}"
    return f"{say_event_name(event, voice())}{when}"


def _away(reading: Reading) -> tuple[list[Call], bool]:
    if reading.plan is not None:
        return _planned(reading)
    category = next(
        name for name in ("sick", "injured", "holiday") if name in reading.things
    )
    first, last = _stretch(reading)
    if last < first:  # "until yesterday"
        return [], False
    fields: dict[str, Scalar] = {"category": category, "day": f"{first}"}
    if last > first:
        fields["end_local"] = f"{last}"
    return [_call(reading, fields=fields)], True


def _stretch(reading: Reading) -> tuple[date, date]:
    """Return the first and the last day away, as they were said."""
    span, past = reading.span, "past" in reading.things
    if span is not None:
        is_over = span.newest < today()
        return (span.oldest if is_over else max(span.oldest, today())), span.newest
    said = sorted(reading.said, key=lambda each: bool(each.lead & {"until", "to"}))
    days = [each.back if past or "since" in each.lead else each.ahead for each in said]
    if not days:
        return today(), today()
    first, last = days[0], days[-1]
    if len(days) == 1:
        if "since" in said[0].lead:
            return first, today()
        return (today(), last) if said[0].lead & {"until", "to"} else (first, first)
    if last < first and not past and said[-1].is_weekday:
        last += timedelta(days=7)  # "from Sunday to Friday"
    return first, last


def _noted(reading: Reading) -> tuple[list[Call], bool]:
    if reading.plan is not None:
        return _planned(reading)
    day = reading.days[0] if reading.days else today()
    fields = {"category": "note", "day": f"{day}", "name": (reading.text or "")[:200]}
    return [_call(reading, fields=fields)], True


def _limits(reading: Reading) -> tuple[list[Call], bool]:
    """Return a call for each sport, and for each limit, that can be meant."""
    wanted, calls = _limit_fields(reading.values), list[Call]()
    settings = [flatten_thresholds(raw) for raw in client().sport_settings()]
    for fields in wanted:
        for known in settings:
            types = (known.types or known.sport).split(", ")
            if reading.sport is not None:
                fits = reading.sport in types
            else:
                fits = all(
                    getattr(known, _LIMITS[name], None) is not None for name in fields
                )
            if fits:
                label = say_sport(known.sport, voice())
                if len(wanted) > 1:
                    names = [voice().field(name) for name in fields]
                    label = f"{label}, {voice().listed(names)}"
                path = {"sport": known.sport}
                calls.append(_call(reading, path=path, fields=fields, label=label))
    return calls[:_MOST_CHOICES], True


def _limit_fields(values: Mapping[str, Scalar]) -> Sequence[Mapping[str, Scalar]]:
    """Return what a bare threshold can be: watts, beats or both."""
    if "threshold" not in values:
        return [values]
    number = float(values["threshold"])
    rest = {name: values[name] for name in values if name != "threshold"}
    both = [("ftp_w", number > 60), ("lthr_bpm", 100 <= number <= 210)]
    return [{**rest, name: _whole(number)} for name, can_be in both if can_be]


def _applied(reading: Reading) -> tuple[list[Call], bool]:
    if reading.sport is not None:
        return [_call(reading, path={"sport": reading.sport})], True
    sports = [flatten_thresholds(raw).sport for raw in client().sport_settings()]
    return [
        _call(reading, path={"sport": sport}, label=say_sport(sport, voice()))
        for sport in sports[:_MOST_CHOICES]
    ], True


def _switched(reading: Reading) -> tuple[list[Call], bool]:
    """Return the call that switches messages on or off; without a topic, all."""
    heard = reading.things
    topics = {MESSAGES[label] for label in heard if label in MESSAGES}
    if "race_tomorrow" in topics and "each" in heard and "sport" in heard:
        topics -= {"race_tomorrow"}  # "después de cada carrera" is each run
    if len(topics) > 1:
        topics -= {"after_activity"}  # "when my training plan changes"
    names = ",".join(sorted(topics)) or "all"
    field = "on" if reading.intent.name == "tell" else "off"
    clear = bool(topics) or not reading.days  # "no messages today": which?
    if field == "off" and topics == {
        "after_activity"
    }:  # "stop the workout" is no wish about messages
        clear = not heard.keys().isdisjoint({"message", "each"})
    return [_call(reading, fields={field: names})], clear


def _whole(value: object) -> Scalar:
    number = float(value) if isinstance(value, int | float) else 0.0
    return int(number) if number == int(number) else number


_BUILDERS: Final[Mapping[str, _Build]] = {
    "log": _logged,
    "rate": _rated,
    "did": _did,
    "rename": _renamed,
    "plan": _planned,
    "race_new": _planned,
    "move": _moved,
    "skip": _workout_meant,
    "finish": _workout_meant,
    "delete": _deleted,
    "away": _away,
    "note": _noted,
    "set_zones": _limits,
    "apply_zones": _applied,
    "tell": _switched,
    "hush": _switched,
}
