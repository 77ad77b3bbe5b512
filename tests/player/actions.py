"""What each action does on the phone; the explicit table is at the end."""

from __future__ import annotations

import json
import re
import urllib.parse
from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.player.content import (
    DECIMAL_COMMA,
    File,
    Items,
    RunStopped,
    to_dictionary,
    to_file,
    to_number,
    to_text,
    value_at,
)
from tests.player.document import Action, BadShortcut
from tests.player.health import (
    detail_of_health_sample,
    find_health_samples,
    format_date,
    log_health_sample,
)
from tests.player.record import FIRST
from tests.player.tokens import read_fields
from tests.player.web import Request, detected_url, fetch

if TYPE_CHECKING:
    from tests.player.play import Player

Play = Callable[["Player", Action], Items | None]
_SCREENS = {"Lock Screen", "Home Screen"}
_SEPARATORS = {"New Lines": "\n", "Spaces": " "}


def text(player: Player, action: Action) -> Items:
    return [player.text(action, "WFTextActionText")]


def replace_text(player: Player, action: Action) -> Items:
    source = player.text(action, "WFInput")
    find = player.text(action, "WFReplaceTextFind")
    if not action.parameters.get("WFReplaceTextRegularExpression", False):
        find = re.escape(find)
    if "(?P" in find:
        raise BadShortcut("ICU writes a named group (?<name>…)")
    template = player.text(action, "WFReplaceTextReplace")
    return [re.sub(find, lambda match: _replacement(template, match), source)]


def _replacement(template: str, match: re.Match[str]) -> str:
    """Fill in what is found: "$1" is a group, a backslash keeps the next sign."""
    return re.sub(
        r"\\(.)|\$(\d)",
        lambda mark: mark[1] if mark[2] is None else match[int(mark[2])] or "",
        template,
    )


def split_text(player: Player, action: Action) -> Items:
    return player.text(action, "text").split(_separator(player, action))


def combine_text(player: Player, action: Action) -> Items:
    texts = [
        to_text([item], player.phone.language) for item in player.items(action, "text")
    ]
    return [_separator(player, action).join(texts)]


def _separator(player: Player, action: Action) -> str:
    kind = action.parameters.get("WFTextSeparator", "New Lines")
    if kind == "Custom":
        return player.text(action, "WFTextCustomSeparator")
    return _SEPARATORS[kind]


def item_from_list(player: Player, action: Action) -> Items:
    items = player.items(action, "WFInput")
    match action.parameters.get("WFItemSpecifier", "First Item"):
        case "First Item":
            return items[:1]
        case "Last Item":
            return items[-1:]
        case "Item At Index":
            index = int(action.parameters["WFItemIndex"])
            if not 1 <= index <= len(items):
                raise RunStopped("Get Item from List: there is no such item")
            return [items[index - 1]]
        case which:
            raise BadShortcut(f"nobody taught the player {which}")


def url_encode(player: Player, action: Action) -> Items:
    if action.parameters.get("WFEncodeMode", "Encode") != "Encode":
        return [urllib.parse.unquote(player.text(action, "WFInput"))]
    return [urllib.parse.quote(player.text(action, "WFInput"), safe="")]


def url(player: Player, action: Action) -> Items:
    return [player.text(action, "WFURLActionURL")]


def contents_of_url(player: Player, action: Action) -> Items:
    headers, language = {"User-Agent": "Shortcuts"}, player.phone.language
    headers["Accept-Language"] = language
    body, media_type = _body(player, action)
    if media_type:
        headers["Content-Type"] = media_type
    if "WFHTTPHeaders" in action.parameters:
        field = action.parameters["WFHTTPHeaders"]
        headers |= read_fields(field, player.lookup, language)
    method = action.parameters.get("WFHTTPMethod", "GET")
    address = detected_url(player.text(action, "WFURL"))
    player.ask_leave(action, urllib.parse.urlsplit(address).netloc)
    return fetch(Request(method, address, headers, body, player.phone.timeout_s))


def _body(player: Player, action: Action) -> tuple[bytes | None, str]:
    language, quoted = player.phone.language, player.phone.quotes_numbers
    match action.parameters.get("WFHTTPBodyType"):
        case None:
            return None, ""
        case "JSON":
            field = action.parameters["WFJSONValues"]
            values = read_fields(field, player.lookup, language, quoted=quoted)
            return json.dumps(values).encode(), "application/json"
        case "Form":
            values = read_fields(
                action.parameters["WFFormValues"], player.lookup, language
            )
            form = urllib.parse.urlencode(values).encode()
            return form, "application/x-www-form-urlencoded"
        case "File":
            items = player.items(action, "WFRequestVariable")
            if items and isinstance(items[0], File):
                return items[0].data, items[0].media_type
            return to_text(items, language).encode(), "text/plain; charset=utf-8"
        case kind:
            raise BadShortcut(f"{kind} is no kind of request body")


def dictionary(player: Player, action: Action) -> Items:
    return to_dictionary(player.items(action, "WFInput"))


def dictionary_value(player: Player, action: Action) -> Items:
    key = player.text(action, "WFDictionaryKey")
    items = to_dictionary(player.items(action, "WFInput")[:1])
    return value_at(items[0], key) if items else []


def ask(player: Player, action: Action) -> Items:
    given = player.answer(player.text(action, "WFAskActionPrompt"))
    if action.parameters.get("WFInputType", "Text") != "Number":
        return [given]
    if not action.parameters.get("WFAskActionAllowsDecimalNumbers", True):
        mark = "," if player.phone.language in DECIMAL_COMMA else "."
        if mark in given:
            raise AssertionError(f"the keypad has no “{mark}” to type {given}")
    # What the region cannot read as a number goes on as it was typed.
    number = to_number(given, player.phone.language)
    return [given if number is None else number]


def choose_from_list(player: Player, action: Action) -> Items:
    rows = player.items(action, "WFInput")
    titles = [to_text([row], player.phone.language) for row in rows]
    chosen = player.answer(player.text(action, "WFChooseFromListActionPrompt"))
    if chosen == FIRST:
        return rows[:1]
    if chosen not in titles:
        raise AssertionError(f"the list has no “{chosen}”, only {titles}")
    return [rows[titles.index(chosen)]]


def show_result(player: Player, action: Action) -> None:
    player.need_somebody("Show Result")
    player.run.shown.append(player.text(action, "Text"))


def speak_text(player: Player, action: Action) -> None:
    player.run.spoken.append(player.text(action, "WFText"))


def alert(player: Player, action: Action) -> None:
    player.need_somebody("Show Alert")
    message = player.text(action, "WFAlertActionMessage")
    player.run.alerts.append(message)
    # Without the key there is a Cancel button.
    if action.parameters.get("WFAlertActionCancelButtonShown", True):
        player.answer(player.text(action, "WFAlertActionTitle"))


def notification(player: Player, action: Action) -> None:
    player.run.notified.append(player.text(action, "WFNotificationActionBody"))


def save_file(player: Player, action: Action) -> Items:
    items = player.items(action, "WFInput")
    player.need_screen("Save File")
    files = [to_file(item) for item in items]
    player.run.saved += files
    return list(files)


def quick_look(player: Player, action: Action) -> None:
    items = player.items(action, "WFInput")
    player.need_screen("Quick Look")
    player.run.looked_at += [to_file(item) for item in items]


def set_wallpaper(player: Player, action: Action) -> Items:
    """Set the picture of the lock screen; what is no picture ends the run."""
    screens = action.parameters.get("WFWallpaperLocation", list(_SCREENS))
    if not isinstance(screens, list) or not screens or set(screens) - _SCREENS:
        raise BadShortcut(f"{screens} are no screens of a phone")
    items = player.items(action, "WFInput")
    if player.phone.is_watch:
        raise RunStopped("Set Wallpaper Photo needs an iPhone")
    # Both are on where the file does not say otherwise.
    if action.parameters.get("WFWallpaperShowPreview", True):
        player.need_screen("The preview of a wallpaper")
    if action.parameters.get("WFWallpaperSmartCrop", True):
        raise BadShortcut("cropped to a subject, nothing is where it was drawn")
    pictures = [item for item in items if isinstance(item, File) and _is_png(item)]
    if len(pictures) != 1 or len(items) != 1:
        shown = type(items[0]).__name__ if items else "nothing"
        raise RunStopped(f"Set Wallpaper Photo couldn’t convert from {shown} to Image")
    if "Lock Screen" in screens:
        player.run.wallpapers += pictures
    return list(pictures)


def _is_png(file: File) -> bool:
    """Tell a picture by its type and its bytes, the last chunk included."""
    whole = file.data.startswith(b"\x89PNG\r\n\x1a\n") and b"IEND" in file.data[-12:]
    return file.media_type == "image/png" and whole


def set_variable(player: Player, action: Action) -> Items:
    items = player.items(action, "WFInput")
    player.variables[action.parameters["WFVariableName"]] = items
    return items


def append_variable(player: Player, action: Action) -> Items:
    name = action.parameters["WFVariableName"]
    known = player.variables.get(name, [])
    player.variables[name] = [*known, *player.items(action, "WFInput")]
    return player.variables[name]


def get_variable(player: Player, action: Action) -> Items:
    return player.items(action, "WFVariable")


def make_list(player: Player, action: Action) -> Items:
    return [str(row) for row in action.parameters["WFItems"]]


def count(player: Player, action: Action) -> Items:
    return [len(player.items(action, "Input"))]


def wait(player: Player, action: Action) -> None:
    player.run.waited_s += float(action.parameters["WFDelayTime"])


def nothing(player: Player, action: Action) -> Items:
    return []


def comment(player: Player, action: Action) -> None:
    return None


def stop(player: Player, action: Action) -> None:
    player.end()


def stop_and_output(player: Player, action: Action) -> None:
    player.run.result = player.text(action, "WFOutput")
    player.end()


ACTIONS: dict[str, Play] = {
    "alert": alert,
    "appendvariable": append_variable,
    "ask": ask,
    "choosefromlist": choose_from_list,
    "comment": comment,
    "count": count,
    "delay": wait,
    "detect.dictionary": dictionary,
    "documentpicker.save": save_file,
    "downloadurl": contents_of_url,
    "exit": stop,
    "filter.health.quantity": find_health_samples,
    "format.date": format_date,
    "getitemfromlist": item_from_list,
    "gettext": text,
    "getvalueforkey": dictionary_value,
    "getvariable": get_variable,
    "health.quantity.log": log_health_sample,
    "list": make_list,
    "nothing": nothing,
    "notification": notification,
    "output": stop_and_output,
    "previewdocument": quick_look,
    "properties.health.quantity": detail_of_health_sample,
    "setvariable": set_variable,
    "showresult": show_result,
    "speaktext": speak_text,
    "text.combine": combine_text,
    "text.replace": replace_text,
    "text.split": split_text,
    "url": url,
    "urlencode": url_encode,
    "wallpaper.set": set_wallpaper,
}
