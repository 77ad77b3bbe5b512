"""Menus, alerts, conditions, loops and variables, as the phone runs them."""

from __future__ import annotations

import pytest

from tests.player import CANCEL, Phone
from tests.player.by_hand import (
    action,
    alone,
    flow,
    if_,
    output,
    shortcut,
    show,
    text,
    variable,
    which,
)
from tests.player.document import BadShortcut


def test_a_menu_takes_one_branch_and_its_result_is_the_last_output() -> None:
    data = shortcut(
        flow("choosefrommenu", 0, WFMenuPrompt="Mood", WFMenuItems=["Good", "Bad"]),
        flow("choosefrommenu", 1, WFMenuItemTitle="Good"),
        action("gettext", WFTextActionText="2", UUID="TWO"),
        flow("choosefrommenu", 1, WFMenuItemTitle="Bad"),
        action("gettext", WFTextActionText="4", UUID="FOUR"),
        flow("choosefrommenu", 2, UUID="MENU"),
        show("\ufffc/\ufffc", at_0=output("MENU"), at_2=output("TWO")),
    )
    assert Phone().run(data, answers=["Bad"]).shown == ["4/"]
    assert Phone().run(data, answers=["Good"]).shown == ["2/2"]
    assert Phone().run(data, answers=[CANCEL]).cancelled
    with pytest.raises(AssertionError, match="the menu has no"):
        Phone().run(data, answers=["Great"])
    with pytest.raises(AssertionError, match="nobody answers"):
        Phone().run(data)


def test_an_alert_has_a_cancel_button_unless_told_otherwise() -> None:
    asking = shortcut(action("alert", WFAlertActionMessage="Sure?"), show("done"))
    assert Phone().run(asking, answers=["OK"]).shown == ["done"]
    assert Phone().run(asking, answers=[CANCEL]).shown == []
    telling = action(
        "alert", WFAlertActionMessage="So.", WFAlertActionCancelButtonShown=False
    )
    assert Phone().run(shortcut(telling, show("done"))).heard == ["done", "So."]


@pytest.mark.parametrize(
    ("condition", "other", "expected"),
    [
        (4, "abc", "yes"),
        (4, "ab", "no"),
        (5, "ab", "yes"),
        (99, "b", "yes"),
        (99, "x", "no"),
        (999, "x", "yes"),
        (999, "b", "no"),
    ],
)
def test_if_compares_texts(condition: int, other: str, expected: str) -> None:
    start = action("gettext", WFTextActionText="abc", UUID="A")
    test = if_("A", condition, WFConditionalActionString=other)
    assert Phone().run(shortcut(start, *which(test))).shown == [expected]


@pytest.mark.parametrize(("condition", "expected"), [(0, "no"), (2, "yes")])
def test_if_compares_numbers(condition: int, expected: str) -> None:
    items = action("list", WFItems=["a", "b", "c"], UUID="LIST")
    number = action("count", Input=alone(output("LIST")), UUID="N")
    test = if_("N", condition, WFNumberValue="2")
    assert Phone().run(shortcut(items, number, *which(test))).shown == [expected]


def test_an_unknown_condition_is_an_alarm() -> None:
    start = action("gettext", WFTextActionText="abc", UUID="A")
    with pytest.raises(BadShortcut, match="condition 8"):
        Phone().run(shortcut(start, *which(if_("A", 8))))


def test_repeat_goes_through_a_list_and_lists_its_results() -> None:
    data = shortcut(
        action(
            "text.split",
            text="a#b",
            WFTextSeparator="Custom",
            WFTextCustomSeparator="#",
            UUID="PARTS",
        ),
        flow("repeat.each", 0, WFInput=alone(output("PARTS"))),
        action(
            "gettext",
            WFTextActionText=text(
                "\ufffc=\ufffc",
                at_0=variable("Repeat Index"),
                at_2=variable("Repeat Item"),
            ),
        ),
        flow("repeat.each", 2, UUID="ALL"),
        show("\ufffc", at_0=output("ALL")),
    )
    assert Phone().run(data).shown == ["1=a\n2=b"]


def test_repeat_counts() -> None:
    data = shortcut(
        flow("repeat.count", 0, WFRepeatCount=3),
        action("speaktext", WFText="go"),
        flow("repeat.count", 2),
    )
    assert Phone().run(data).spoken == ["go", "go", "go"]


def test_variables_are_set_added_to_and_read() -> None:
    data = shortcut(
        action("gettext", WFTextActionText="a", UUID="A"),
        action("setvariable", WFVariableName="V", WFInput=alone(output("A"))),
        action("appendvariable", WFVariableName="V", WFInput=alone(output("A"))),
        action("getvariable", WFVariable=alone(variable("V")), UUID="V"),
        action(
            "text.combine",
            text=alone(output("V")),
            WFTextSeparator="Custom",
            WFTextCustomSeparator="+",
            UUID="SUM",
        ),
        action(
            "notification",
            WFNotificationActionBody=text("\ufffc", at_0=output("SUM")),
        ),
        action("nothing", UUID="NONE"),
        action("output", WFOutput=text("<\ufffc>", at_1=output("NONE"))),
        show("never"),
    )
    run = Phone().run(data)
    assert (run.notified, run.result, run.shown) == (["a+a"], "<>", [])
