"""The manners of a phone: what it hides, what it loses, where it stops."""

from __future__ import annotations

import json

import pytest

from tests.player import File, Phone, Run
from tests.player.by_hand import (
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
    which,
)
from tests.player.conftest import Web
from tests.player.content import BadAnswer
from tests.player.document import BadShortcut
from tests.player.stand_in import PNG


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
    web.answer({"items": [{"name": "first"}, {"name": "second"}]})
    assert _ask(web, "items.2.name").shown == ["second"]
    assert _ask(web, "items.0.name").stopped


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


def test_json_is_a_dictionary_at_once_and_its_order_is_nobodys(web: Web) -> None:
    web.answer({"status": "error", "speech": "a/b", "code": "x"})
    data = shortcut(
        get(web.address),
        action("documentpicker.save", WFInput=alone(output("GET"))),
        show("\ufffc", at_0=output("GET")),
    )
    run = Phone().run(data)
    assert run.shown == [r'{"code":"x","speech":"a\/b","status":"error"}']
    assert run.saved[0].data.decode() == run.shown[0]


def test_a_list_becomes_items_and_a_value_is_taken_of_the_first(web: Web) -> None:
    web.answer([{"a": 1, "a.b": 2}, {"a": 3}])
    counted = action("count", Input=alone(output("GET")), UUID="N")
    two = shortcut(get(web.address), counted, show("\ufffc", at_0=output("N")))
    assert Phone().run(two).shown == ["2"]
    assert _ask(web, "a").shown == ["1"]
    assert _ask(web, "a.b").shown == ["2"]  # the whole key first


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("{}/v1/search?q=tempo.", "/v1/search?q=tempo"),
        ("see {}/v1/a) now", "/v1/a"),
        ("{}/v1/früh spät", "/v1/fr%C3%BCh"),
    ],
)
def test_a_text_becomes_the_address_that_is_seen_in_it(
    web: Web, text: str, path: str
) -> None:
    Phone().run(shortcut(get(text.format(web.address))))
    assert web.asked[0][1] == path


@pytest.mark.parametrize("host", ["bridge", "[::1]:8000"])
def test_a_host_of_one_word_is_no_address(host: str) -> None:
    run = Phone().run(shortcut(get(f"http://{host}/v1/today")))
    assert "no address in" in run.stopped


def test_each_action_asks_once_whether_it_may_go_to_a_host(web: Web) -> None:
    first = get(web.address)
    second = get(web.address) | {}
    second["WFWorkflowActionParameters"] = dict(
        first["WFWorkflowActionParameters"], UUID="GET2"
    )
    data = shortcut(first, second)
    phone = Phone(locked=True)
    assert "cannot be granted while your device is locked" in phone.run(data).stopped
    assert "cannot be granted" in Phone(attended=False).run(data).stopped
    phone.locked = False
    assert len(phone.run(data).questions) == 2
    assert phone.run(data).questions == []
    phone.locked = True
    assert phone.run(data).stopped == ""


def test_what_waits_for_a_tap_stops_an_automation() -> None:
    alert = action("alert", WFAlertActionMessage="So.")
    save = action("documentpicker.save")
    ask = action("ask", WFAskActionPrompt="?")
    notice = action("notification", WFNotificationActionBody="So.")
    for step in (alert, save, ask, show("So.")):
        run = Phone(attended=False).run(shortcut(step))
        assert "waits for a tap" in run.stopped
    assert Phone(attended=False).run(shortcut(notice)).notified == ["So."]


def test_a_file_is_saved_on_an_unlocked_iphone_only() -> None:
    data = shortcut(action("documentpicker.save", WFAskWhereToSave=True))
    for phone in (Phone(locked=True), Phone(is_watch=True)):
        assert "needs an unlocked iPhone" in phone.run(data).stopped


@pytest.mark.parametrize(
    ("media_type", "body"),
    [
        ("application/json", b'{"status":"error"}'),
        ("image/png", b"\x89PNG\r\n\x1a\n cut short"),
        ("text/html", b"<h1>Log in</h1>"),
        ("text/plain; charset=utf-8", b"no"),
    ],
)
def test_what_is_no_whole_picture_is_no_wallpaper(
    web: Web, media_type: str, body: bytes
) -> None:
    web.media_type, web.body = media_type, body
    run = Phone().run(shortcut(get(web.address), _wallpaper()))
    assert run.wallpapers == []
    assert "to Image" in run.stopped


def test_a_wallpaper_waits_for_a_tap_unless_its_preview_is_off(web: Web) -> None:
    web.media_type, web.body = "image/png", PNG
    phone = Phone()
    data = shortcut(get(web.address), _wallpaper())
    assert phone.run(data).wallpapers[0].data == PNG
    phone.attended = False
    assert len(phone.run(data).wallpapers) == 1
    shown = shortcut(get(web.address), _wallpaper(WFWallpaperShowPreview=True))
    assert "waits for a tap" in phone.run(shown).stopped


@pytest.mark.parametrize(
    "changes", [{"WFWallpaperLocation": "Lock Screen"}, {"WFWallpaperSmartCrop": True}]
)
def test_a_wallpaper_that_would_be_another_is_refused(
    web: Web, changes: dict[str, object]
) -> None:
    web.media_type, web.body = "image/png", PNG
    with pytest.raises(BadShortcut):
        Phone().run(shortcut(get(web.address), _wallpaper(**changes)))


def _wallpaper(**changes: object) -> dict[str, object]:
    given: dict[str, object] = {
        "WFInput": alone(output("GET")),
        "WFWallpaperLocation": ["Lock Screen"],
        "WFWallpaperShowPreview": False,
        "WFWallpaperSmartCrop": False,
    }
    return action("wallpaper.set", **{**given, **changes})


def test_long_loops_lose_siris_patience() -> None:
    wait = (
        flow("repeat.count", 0, WFRepeatCount=1500),
        action("nothing"),
        flow("repeat.count", 2),
    )
    assert "takes too long" in Phone().run(shortcut(*wait)).stopped


@pytest.mark.parametrize(
    ("find", "replacement", "shown"),
    [("(b)(c)", "$2-$1", "ac-b"), ("b", r"\$1", "a$1c"), ("b", "", "ac")],
)
def test_a_replacement_is_alive(find: str, replacement: str, shown: str) -> None:
    step = action(
        "text.replace",
        WFInput="abc",
        WFReplaceTextFind=find,
        WFReplaceTextReplace=replacement,
        WFReplaceTextRegularExpression=True,
        UUID="NEW",
    )
    data = shortcut(step, show("\ufffc", at_0=output("NEW")))
    assert Phone().run(data).shown == [shown]


def test_the_share_sheet_hands_over_files(web: Web) -> None:
    given = {"Type": "ExtensionInput"}
    name = {**given, **property_of("Name")}
    step = get(
        web.address,
        WFHTTPMethod="POST",
        WFHTTPBodyType="File",
        WFRequestVariable=alone(given),
    )
    data = shortcut(
        step,
        show("\ufffc", at_0=name),
        WFWorkflowHasShortcutInputVariables=True,
        WFWorkflowInputContentItemClasses=["WFGenericFileContentItem"],
        WFWorkflowTypes=["ActionExtension"],
    )
    phone = Phone(shared=[File("Ride.fit", "application/vnd.ant.fit", b"FIT")])
    assert phone.run(data).shown == ["Ride.fit"]
    assert web.asked[0][3] == b"FIT"


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
