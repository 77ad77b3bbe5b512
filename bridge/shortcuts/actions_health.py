"""The actions of the Shortcuts app that read Apple Health."""

from __future__ import annotations

from typing import Any

from bridge.shortcuts.template import Choice, Field, Step, Value, Variable


def find_health_samples(
    kind: str, *, days: int, name: str, daily: bool = False
) -> Step:
    """Find the samples of one kind from the last days, or one total for each day."""
    fields = [Field("WFContentItemFilter", _health_filter(kind, days))]
    if daily:
        fields.append(Field("WFHKSampleFilteringGroupBy", Choice("Day"), "Group By"))
    shown: tuple[tuple[str, Value], ...] = (
        ("Type is", Choice(kind)),
        ("Start Date is in the last (days)", days),
    )
    # Apple has one filter for both; people who build by hand need to see them apart.
    fields += [Field("", value, label) for label, value in shown]
    title, output = "Find Health Samples", "Health Samples"
    return Step("filter.health.quantity", title, tuple(fields), output, name)


def detail_of_health_sample(detail: str, source: str, *, name: str) -> Step:
    """Take the ``Start Date``, ``End Date``, … of a health sample."""
    fields = (
        Field("WFContentItemPropertyName", Choice(detail), "Get"),
        Field("WFInput", Variable(source), "From"),
    )
    title = "Get Details of Health Sample"
    return Step("properties.health.quantity", title, fields, detail, name)


def _health_filter(kind: str, days: int) -> dict[str, Any]:
    kind_row = {
        "Property": "Type",
        "Operator": 4,  # is
        "Bounded": True,
        "Removable": False,
        "Values": {
            "Enumeration": {
                "Value": kind,
                "WFSerializationType": "WFStringSubstitutableState",
            }
        },
    }
    # 1001 is "in the last", unit 16 is days. 1002 means "today" and ignores the number.
    days_row = {
        "Property": "Start Date",
        "Operator": 1001,
        "Bounded": True,
        "Removable": False,
        "Values": {"Unit": 16, "Number": str(days)},
    }
    return {
        "Value": {
            "WFActionParameterFilterPrefix": 1,
            "WFContentPredicateBoundedDate": False,
            "WFActionParameterFilterTemplates": [kind_row, days_row],
        },
        "WFSerializationType": "WFContentPredicateTableTemplate",
    }
