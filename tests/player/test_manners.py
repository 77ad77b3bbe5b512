"""The manners of a phone: what it hides, what it loses, where it stops."""

from __future__ import annotations

import json

import pytest

from tests.player import Phone, Run
from tests.player.by_hand import (
    action,
    alone,
    dictionary,
    fields,
    get,
    if_,
    look_up,
    one,
    output,
    shortcut,
    show,
    text,
    which,
)
from tests.player.conftest import Web
from tests.player.content import BadAnswer


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
