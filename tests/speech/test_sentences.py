"""Every sentence of the domain, in every language, with odd and missing values."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from importlib import import_module
from typing import Any, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import bridge.domain
from bridge.domain.activity.activity import Activity
from bridge.domain.calendar.written import EventWritten
from bridge.domain.health.samples import BadSample
from bridge.domain.health.sync import SAMPLE_TYPES, HealthRead
from bridge.domain.health.written import HealthItem, flatten_taken
from bridge.domain.speech.breath import Part
from bridge.domain.speech.phrases import LANGUAGES
from bridge.domain.speech.voice import Voice, known_locale
from bridge.domain.wellness.fields import WELLNESS_FIELDS
from bridge.domain.wellness.written import WellnessChange
from bridge.errors import BadField
from tests.speech.heard import assert_heard
from tests.speech.records import (
    NAMES,
    Strategy,
    clock,
    of_function,
    of_record,
    wellness_value,
)

Say = Callable[..., str | Sequence[Part] | None]


def say_functions() -> dict[str, Say]:
    """Return every function of the domain that says something in a voice."""
    found: dict[str, Say] = {}
    for module in pkgutil.walk_packages(bridge.domain.__path__, "bridge.domain."):
        for name, function in inspect.getmembers(import_module(module.name)):
            if name.startswith("say_") and _takes_a_voice(function):
                found[f"{function.__module__}.{name}"] = function
    return found


def _takes_a_voice(function: object) -> bool:
    return inspect.isfunction(function) and Voice in get_type_hints(function).values()


SAID = say_functions()
LOCALES = tuple(map(str, map(known_locale, LANGUAGES)))
# A sentence may end in the middle of a name.
OURS = "\n".join([*NAMES, "Encore?", "Tempo", "Future Sport", "FutureSport"])

_one_value = st.sampled_from(WELLNESS_FIELDS).flatmap(
    lambda field: st.fixed_dictionaries(
        {"name": st.just(field.name), "value": wellness_value(field)}
    )
)


def _filled(names: list[str], values: list[Any]) -> Strategy:
    return st.dictionaries(st.sampled_from(names), st.sampled_from(values), max_size=3)


_bounds = _filled(
    ["power_zones_percent", "hr_zones_bpm", "pace_zones_percent"],
    [[55.0, 77.5, 999.0], [120.0, 150.0, 185.0], [100.0]],
)
_thresholds = _filled(
    ["ftp_w", "lthr_bpm", "max_hr_bpm", "threshold_pace_m_per_s"],
    [None, 1, 4.2, 288],
)
_zones = st.builds(lambda one, other: one | other, _bounds, _thresholds)

_changes = st.lists(of_record(WellnessChange), min_size=1, max_size=5)
_samples = st.lists(of_record(HealthItem), max_size=5)
_bad = st.lists(
    st.builds(
        lambda kind: BadSample(name=kind.name, line="x", error=BadField("odd")),
        st.sampled_from(SAMPLE_TYPES),
    ),
    max_size=3,
)
_taken = st.builds(
    lambda items, preview, in_bed, bad: {
        "items": items,
        "about": flatten_taken(
            items, HealthRead(days={}, only_in_bed=in_bed, bad=bad), preview=preview
        ),
    },
    _samples,
    st.booleans(),
    st.booleans(),
    _bad,
)
_entry = st.fixed_dictionaries(
    {},
    optional={
        "name": st.sampled_from([None, "Tempo"]),
        "category": st.sampled_from(["WORKOUT", "NOTE", "HOLIDAY"]),
        "type": st.sampled_from(["Ride", "Walk"]),
        "start_local": clock,
        "indoor": st.sampled_from([None, "yes", "no"]),
        "planned_s": st.sampled_from([None, 0, 5400]),
        "target_load": st.sampled_from([None, 1, 250]),
        "planned_distance_km": st.sampled_from([None, 0.4, 1, 40.5, 1234.5]),
    },
)
_session = st.fixed_dictionaries(
    {},
    optional={
        "name": st.just("Tempo"),
        "type": st.sampled_from(["Ride", "FutureSport"]),
        "gear_id": st.sampled_from([None, "1", "i123"]),
        "carbs_g": st.sampled_from([None, 0, 1, 90]),
        "rpe": st.sampled_from([None, 1, 10]),
        "feel": st.sampled_from([None, 1, 2, 3, 4, 5]),
        "tags": st.sampled_from([None, ["Tempo"], ["Tempo", "Encore?"]]),
    },
)
_with_a_day = of_record(Activity).filter(lambda activity: activity.date is not None)
# What the types cannot tell.
TOGETHER: dict[str, Strategy] = {
    "bridge.domain.activity.written.say_values": st.fixed_dictionaries(
        {"values": _session}
    ),
    "bridge.domain.activity.written.say_written": st.fixed_dictionaries(
        {"values": _session, "activity": _with_a_day}
    ),
    "bridge.domain.calendar.written.say_event": st.fixed_dictionaries(
        {"event": of_record(EventWritten)}
    ),
    "bridge.domain.calendar.written.say_values": st.fixed_dictionaries(
        {"values": _entry}
    ),
    "bridge.domain.health.written.say_taken": _taken,
    "bridge.domain.wellness.day.say_value": _one_value,
    "bridge.domain.wellness.written.say_preview": st.fixed_dictionaries(
        {"changes": _changes}
    ),
    "bridge.domain.zones.written.say_values": st.fixed_dictionaries({"values": _zones}),
    "bridge.domain.zones.written.say_changes": st.fixed_dictionaries(
        {"wanted": _zones, "before": _zones}
    ),
}


def _wordings(said: str | Sequence[Part] | None) -> Iterator[str | None]:
    """Return all that may be said: a part may have several wordings."""
    if said is None or isinstance(said, str):
        yield said
        return
    for part in said:
        yield from _wordings(part)


def test_there_are_sentences() -> None:
    assert len(SAID) > 25


@pytest.mark.parametrize("name", list(SAID))
def test_every_sentence_can_be_heard(name: str) -> None:
    say = SAID[name]

    @settings(max_examples=30, suppress_health_check=list(HealthCheck))
    @given(of_function(say), TOGETHER.get(name, st.just({})))
    def check(given_: dict[str, Any], together: dict[str, Any]) -> None:
        arguments = given_ | together
        drawn: Voice = arguments["voice"]
        for locale in {drawn.locale, *LOCALES}:
            said = say(**arguments | {"voice": replace(drawn, locale=locale)})
            for sentence in filter(None, _wordings(said)):
                assert_heard(sentence, Voice(locale).language, names=OURS)

    check()
