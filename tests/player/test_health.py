"""Health data as the phone finds it."""

from __future__ import annotations

from datetime import datetime

from tests.player import Phone, Sample
from tests.player.by_hand import (
    Plist,
    action,
    alone,
    flow,
    one,
    output,
    property_of,
    shortcut,
    show,
    text,
    variable,
)

NIGHT = Sample(
    datetime.fromisoformat("2026-11-22T23:10"),
    datetime.fromisoformat("2026-11-23T06:30"),
    "Core",
)


def test_health_data_is_found_by_kind_and_days_and_not_on_a_locked_phone() -> None:
    long_ago = datetime.fromisoformat("2026-11-01T01:00")
    old = Sample(long_ago, long_ago, "Deep")
    health = {"Sleep": [old, NIGHT]}
    data = _health("Sleep")
    shown = "2026-11-22T23:10:00 Core"
    assert Phone(health=health).run(data).shown == [shown]
    assert Phone(health=health, locked=True).run(data).shown == [""]


def test_a_kind_never_recorded_can_end_the_run() -> None:
    data = _health("Heart Rate Variability")
    assert Phone().run(data).shown == [""]
    run = Phone(complains_without_samples=True).run(data)
    assert "No samples" in run.stopped


def test_health_data_by_day_is_summed() -> None:
    today = datetime.fromisoformat("2026-11-23T06:00")
    steps = [Sample(today, today, "400"), Sample(today, today, "400")]
    data = _health("Steps", WFHKSampleFilteringGroupBy="Day")
    run = Phone(health={"Steps": steps}).run(data)
    assert run.shown == ["2026-11-23T00:00:00 800"]


def _health(kind: str, **more: object) -> bytes:
    item = variable("Repeat Item")
    start = action(
        "properties.health.quantity",
        WFContentItemPropertyName="Start Date",
        WFInput=alone(item),
        UUID="START",
    )
    day = action(
        "format.date",
        WFDate=one("START"),
        WFDateFormatStyle="Custom",
        WFDateFormat="yyyy-MM-dd'T'HH:mm:ss",
        UUID="DAY",
    )
    value = variable("Repeat Item", **property_of("Value"))
    line = text("\ufffc \ufffc", at_0=output("DAY"), at_2=value)
    return shortcut(
        action(
            "filter.health.quantity",
            WFContentItemFilter=_filter(kind),
            UUID="FOUND",
            **more,
        ),
        flow("repeat.each", 0, WFInput=alone(output("FOUND"))),
        start,
        day,
        action("gettext", WFTextActionText=line),
        flow("repeat.each", 2, UUID="LINES"),
        show("\ufffc", at_0=output("LINES")),
    )


def _filter(kind: str) -> Plist:
    state = {"Value": kind, "WFSerializationType": "WFStringSubstitutableState"}
    rows = [
        {"Property": "Type", "Operator": 4, "Values": {"Enumeration": state}},
        {
            "Property": "Start Date",
            "Operator": 1001,
            "Values": {"Unit": 16, "Number": "2"},
        },
    ]
    return {
        "Value": {"WFActionParameterFilterTemplates": rows},
        "WFSerializationType": "WFContentPredicateTableTemplate",
    }
