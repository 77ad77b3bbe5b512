"""The manners of a phone: what it hides, what it loses, where it stops."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from tests.player import CANCEL, Phone, Run, Sample
from tests.player.by_hand import (
    Plist,
    action,
    alone,
    dictionary,
    fields,
    flow,
    get,
    if_,
    look_up,
    one,
    output,
    property_of,
    shortcut,
    show,
    text,
    variable,
    which,
)
from tests.player.conftest import Web
from tests.player.content import BadAnswer
from tests.player.document import BadShortcut

NIGHT = Sample(
    datetime.fromisoformat("2026-11-22T23:10"),
    datetime.fromisoformat("2026-11-23T06:30"),
    "Core",
)


def test_the_status_code_is_invisible_and_the_run_goes_on(web: Web) -> None:
    web.answer({"speech": "No such thing."}, status=404)
    run = _ask(web, "speech")
    assert (run.shown, run.stopped) == (["No such thing."], "")


def test_a_lost_network_ends_the_run_without_a_word() -> None:
    run = Phone().run(shortcut(get("http://127.0.0.1:9/"), show("after")))
    assert run.heard == []
    assert run.stopped.startswith("Get Contents of URL")


def test_an_address_without_a_scheme_ends_the_run() -> None:
    assert Phone().run(shortcut(get("bridge.example/v1"))).stopped


def test_a_missing_key_is_empty_and_an_empty_text_has_a_value(web: Web) -> None:
    web.answer({"there": ""})
    for key, shown in (("there", "yes"), ("gone", "no")):
        steps = (get(web.address), dictionary(), look_up(key))
        run = Phone().run(shortcut(*steps, *which(if_("VALUE", 100))))
        assert run.shown == [shown]
    assert _ask(web, "gone").shown == [""]


def test_dots_lead_deeper_and_lists_count_from_one(web: Web) -> None:
    web.answer({"items": [{"name": "first"}, {"name": "second"}], "a.b": "never"})
    assert _ask(web, "items.2.name").shown == ["second"]
    assert _ask(web, "items.0.name").stopped
    assert _ask(web, "a.b").stopped


def test_a_path_through_a_missing_parent_ends_the_run(web: Web) -> None:
    web.answer({"a": {}})
    assert _ask(web, "a.b").shown == [""]
    assert "key path" in _ask(web, "x.b").stopped


def test_booleans_are_shown_in_the_language_of_the_phone(web: Web) -> None:
    web.answer({"done": True})
    assert _ask(web, "done", Phone(language="de")).shown == ["Ja"]
    assert _ask(web, "done", Phone(language="es")).shown == ["Sí"]


def test_numbers_are_shown_as_the_region_writes_them(web: Web) -> None:
    web.answer({"form": -12.5, "count": 3})
    assert _ask(web, "form", Phone(language="de")).shown == ["-12,5"]
    assert _ask(web, "form").shown == ["-12.5"]
    assert _ask(web, "count", Phone(language="de")).shown == ["3"]


def test_null_is_an_alarm_because_phones_disagree(web: Web) -> None:
    web.answer({"form": None})
    with pytest.raises(BadAnswer, match="null"):
        _ask(web, "form")


def test_html_becomes_rich_text_and_is_no_dictionary(web: Web) -> None:
    web.body, web.media_type = b"<h1>Log in</h1>", "text/html"
    assert "Rich text to Dictionary" in _ask(web, "speech").stopped
    shown = Phone().run(shortcut(get(web.address), show("\ufffc", at_0=output("GET"))))
    assert shown.shown == ["Log in"]


@pytest.mark.parametrize("body", [b"", b"not json", b'["a"]', b'"{}"', b"3"])
def test_what_is_no_object_ends_the_run(web: Web, body: bytes) -> None:
    web.body = body
    assert "to Dictionary" in _ask(web, "speech").stopped


def test_text_without_a_charset_is_misread(web: Web) -> None:
    web.body = "Ermüdung".encode()
    data = shortcut(get(web.address), show("\ufffc", at_0=output("GET")))
    web.media_type = "text/plain"
    assert Phone().run(data).shown != ["Ermüdung"]
    web.media_type = "text/plain; charset=utf-8"
    assert Phone().run(data).shown == ["Ermüdung"]


def test_variables_stand_where_utf16_counts_them() -> None:
    name = action("gettext", WFTextActionText="Ada", UUID="NAME")
    data = shortcut(name, show("🚴🚴 \ufffc!", at_5=output("NAME")))
    assert Phone().run(data).shown == ["🚴🚴 Ada!"]


def test_headers_and_body_go_out_as_the_fields_say(web: Web) -> None:
    body = fields(
        (0, "name", text("Ada")),
        (3, "rpe", text("7")),
        (4, "easy", {"Value": True}),
        (1, "day", {"Value": fields((0, "date", text("today")))}),
        (2, "tags", {"Value": [{"WFItemType": 0, "WFValue": text("hot")}]}),
    )
    headers = fields((0, "X-Shortcut", text("form/3")))
    step = get(
        web.address + "/v1/x",
        WFHTTPMethod="PUT",
        ShowHeaders=True,
        WFHTTPHeaders=headers,
        WFHTTPBodyType="JSON",
        WFJSONValues=body,
    )
    Phone(language="de").run(shortcut(step))
    method, path, sent, raw = web.asked[0]
    assert (method, path, sent["X-Shortcut"]) == ("PUT", "/v1/x", "form/3")
    assert (sent["Accept-Language"], sent["Content-Type"]) == ("de", "application/json")
    assert json.loads(raw) == {
        "name": "Ada",
        "rpe": 7,
        "easy": True,
        "day": {"date": "today"},
        "tags": ["hot"],
    }


@pytest.mark.parametrize(
    ("phone", "sent"),
    [
        (Phone(language="de"), 72.5),
        (Phone(language="de", quotes_numbers=True), "72,5"),
        (Phone(language="en"), "72,5"),
    ],
)
def test_a_comma_number_travels_as_the_phone_likes(
    web: Web, phone: Phone, sent: object
) -> None:
    question = action(
        "ask", WFAskActionPrompt="Weight?", WFInputType="Number", UUID="ASK"
    )
    body = fields((3, "weight_kg", one("ASK")))
    step = get(
        web.address, WFHTTPMethod="POST", WFHTTPBodyType="JSON", WFJSONValues=body
    )
    run = phone.run(shortcut(question, step), answers=["72,5"])
    assert run.asked == ["Weight?"]
    assert json.loads(web.asked[0][3]) == {"weight_kg": sent}


def test_a_keypad_without_decimals_cannot_type_a_comma() -> None:
    question = action(
        "ask",
        WFAskActionPrompt="?",
        WFInputType="Number",
        WFAskActionAllowsDecimalNumbers=False,
    )
    with pytest.raises(AssertionError, match="keypad"):
        Phone(language="de").run(shortcut(question), answers=["7,5"])


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


def test_a_file_is_saved_under_the_name_the_server_gives(web: Web) -> None:
    web.body, web.media_type = b"\x0e\x10FIT", "application/vnd.ant.fit"
    data = shortcut(
        get(web.address + "/file"),
        action(
            "documentpicker.save", WFInput=alone(output("GET")), WFAskWhereToSave=True
        ),
        show("\ufffc", at_0=output("GET")),
    )
    run = Phone().run(data)
    assert [(each.name, each.data) for each in run.saved] == [("file", web.body)]
    assert run.shown == ["file"]
    web.headers["Content-Disposition"] = 'attachment; filename="Ride.fit"'
    assert Phone().run(data).saved[0].name == "Ride.fit"


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


def test_a_shortcut_kept_off_the_lock_screen_does_not_run_there() -> None:
    data = shortcut(show("secret"), WFWorkflowIsDisabledOnLockScreen=True)
    assert Phone(locked=True).run(data).heard == []
    assert Phone().run(data).heard == ["secret"]


def test_an_answer_nobody_asked_for_is_an_alarm() -> None:
    with pytest.raises(AssertionError, match="nobody asked"):
        Phone().run(shortcut(show("hi")), answers=["72,5"])


def _ask(web: Web, key: str, phone: Phone | None = None) -> Run:
    steps = (get(web.address), dictionary(), look_up(key))
    data = shortcut(*steps, show("\ufffc", at_0=output("VALUE")))
    return (phone or Phone()).run(data)


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
