"""Health data as the phone finds it."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.player import BadShortcut, Phone, Sample
from tests.player.by_hand import (
    Plist,
    action,
    alone,
    flow,
    get,
    one,
    output,
    property_of,
    shortcut,
    show,
    text,
    variable,
)
from tests.player.conftest import Web

NIGHT = Sample(
    datetime.fromisoformat("2026-11-22T23:10"),
    datetime.fromisoformat("2026-11-23T06:30"),
    "Core",
)


def test_health_data_is_found_by_kind_and_days() -> None:
    long_ago = datetime.fromisoformat("2026-11-01T01:00")
    old = Sample(long_ago, long_ago, "Deep")
    health = {"Sleep": [old, NIGHT]}
    data = _health("Sleep")
    shown = "2026-11-22T23:10:00 Core"
    assert Phone(health=health).run(data).shown == [shown]


def test_a_locked_phone_opens_no_health_data() -> None:
    run = Phone(health={"Sleep": [NIGHT]}, locked=True).run(_health("Sleep"))
    assert run.shown == []
    assert "Health is locked" in run.stopped


def test_a_kind_never_recorded_is_an_alert_and_then_nothing() -> None:
    data = _health("Heart Rate Variability")
    run = Phone().run(data)
    assert (run.shown, run.stopped) == ([""], "")
    assert run.questions == ["No Samples Found: Heart Rate Variability"]
    assert "waits for a tap" in Phone(attended=False).run(data).stopped


def test_the_last_two_days_are_whole_days() -> None:
    at = datetime.fromisoformat
    early, late = (
        Sample(at(start), at(start), "Core")
        for start in ("2026-11-20T23:59", "2026-11-21T00:00")
    )
    run = Phone(health={"Sleep": [early, late]}).run(_health("Sleep"))
    assert run.shown == ["2026-11-21T00:00:00 Core"]


def test_health_data_by_day_adds_up_all_sources_and_averages_the_rest() -> None:
    first, last = (
        datetime.fromisoformat(f"2026-11-23T{clock}") for clock in ("06:00", "06:30")
    )
    for unit, value in (("count", "800.5"), ("ms", "400.25")):
        samples = [
            Sample(last, last, "400", unit, "Watch"),
            Sample(first, first, "400.5", unit, "iPhone"),
        ]
        data = _health("Steps", WFHKSampleFilteringGroupBy="Day")
        run = Phone(language="de", health={"Steps": samples}).run(data)
        assert run.shown == [f"2026-11-23T06:00:00 {value}"]


def test_dates_of_many_samples_are_written_as_lines() -> None:
    start = output("FOUND")
    start["Aggrandizements"] = [
        {"Type": "WFPropertyVariableAggrandizement", "PropertyName": "Start Date"},
        {
            "Type": "WFDateFormatVariableAggrandizement",
            "WFDateFormatStyle": "ISO 8601",
            "WFISO8601IncludeTime": True,
        },
    ]
    data = shortcut(
        action(
            "filter.health.quantity", WFContentItemFilter=_filter("Sleep"), UUID="FOUND"
        ),
        show("\ufffc", at_0=start),
    )
    run = Phone(health={"Sleep": [NIGHT, NIGHT]}).run(data)
    assert run.shown == ["2026-11-22T23:10:00+01:00\n2026-11-22T23:10:00+01:00"]


def test_too_many_samples_are_not_shared_until_the_setting_is_on(web: Web) -> None:
    data = shortcut(
        action(
            "filter.health.quantity", WFContentItemFilter=_filter("Sleep"), UUID="FOUND"
        ),
        get(web.address),
    )
    phone = Phone(health={"Sleep": [NIGHT] * 130})
    assert "trying to share 130 Health items" in phone.run(data).stopped
    assert web.asked == []
    phone.most_health_items = 1000
    run = phone.run(data)
    assert run.stopped == ""
    assert "send 130 Health items to 127.0.0.1" in run.questions[0]


def test_a_quantity_is_logged_with_its_bare_variable() -> None:
    number = action("ask", WFAskActionPrompt="?", WFInputType="Number", UUID="N")

    def log(magnitude: Plist) -> bytes:
        quantity = {"Magnitude": magnitude, "Unit": "kg"}
        field = {"Value": quantity, "WFSerializationType": "WFQuantityFieldValue"}
        step = action(
            "health.quantity.log",
            WFQuantitySampleType="Weight",
            WFQuantitySampleQuantity=field,
        )
        return shortcut(number, step)

    phone = Phone(language="de")
    run = phone.run(log(output("N")), answers=["72,5"])
    assert run.logged == ["Weight 72.5 kg"]
    with pytest.raises(BadShortcut, match="bare variable"):
        phone.run(log(one("N")), answers=["72,5"])
    assert "no number" in phone.run(log(output("N")), answers=["much"]).stopped


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
