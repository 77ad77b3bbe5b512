"""The actions of the Shortcuts app, one function for each, by the app's own titles.

A template is a row of these calls and reads like the app from top to bottom. Apple's
identifiers and keys stand here and nowhere else. Texts may hold ``{Name}`` for the
output that an earlier step called *Name*.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bridge.shortcuts.template import (
    Choice,
    Choices,
    Field,
    Fields,
    Flow,
    Plain,
    Quantity,
    Step,
    Subject,
    Text,
    Titles,
    Value,
    Variable,
    Words,
)

CONDITIONS = {
    "is": 4,
    "is not": 5,
    "contains": 99,
    "does not contain": 999,
    "has any value": 100,
    "does not have any value": 101,
}


def comment(words: Words) -> Step:
    """Leave a remark for whoever opens the shortcut."""
    return Step(
        "comment", "Comment", (Field("WFCommentActionText", Text(words), "Text"),)
    )


def text(words: Words, *, name: str) -> Step:
    """Make a text."""
    fields = (Field("WFTextActionText", Text(words), "Text"),)
    return Step("gettext", "Text", fields, "Text", name)


def replace_text(find: str, replacement: str, source: str, *, name: str) -> Step:
    """Replace what a regular expression finds in a text."""
    fields = (
        Field("WFInput", Text(source), "In"),
        Field("WFReplaceTextFind", Text(find), "Find"),
        Field("WFReplaceTextReplace", Text(replacement), "Replace with"),
        Field("WFReplaceTextRegularExpression", True, "Regular Expression"),
    )
    return Step("text.replace", "Replace Text", fields, "Updated Text", name)


def split_text(source: str, separator: str, *, name: str) -> Step:
    """Cut a text into a list at each separator; a line break is the app's own."""
    fields = [Field("text", Text(source), "Text")]
    if separator == "\n":
        fields.append(Field("WFTextSeparator", Choice("New Lines"), "Separator"))
    else:
        fields += [
            Field("WFTextSeparator", Choice("Custom"), "Separator"),
            Field("WFTextCustomSeparator", Text(separator), "Custom"),
        ]
    return Step("text.split", "Split Text", tuple(fields), "Split Text", name)


def item_from_list(which: str, source: str, *, name: str) -> Step:
    """Take the ``First Item`` or the ``Last Item`` of a list."""
    fields = (
        Field("WFItemSpecifier", Choice(which), "Get"),
        Field("WFInput", Variable(source), "From"),
    )
    title, output = "Get Item from List", "Item from List"
    return Step("getitemfromlist", title, fields, output, name)


def url_encode(source: str, *, name: str) -> Step:
    """Make a text fit for an address."""
    fields = (
        Field("WFInput", Text(source), "Text"),
        Field("WFEncodeMode", Choice("Encode"), "Mode"),
    )
    return Step("urlencode", "URL Encode", fields, "URL Encoded Text", name)


def contents_of_url(
    url: str,
    *,
    name: str,
    method: str = "GET",
    headers: Mapping[str, str],
    body: Mapping[str, Words] | str | None = None,
) -> Step:
    """Ask a web server, with headers and a JSON body, or the output of that name."""
    fields = [
        Field("WFURL", Text(url), "URL"),
        Field("WFHTTPMethod", Choice(method), "Method"),
        Field("ShowHeaders", True),
        Field("WFHTTPHeaders", Fields(headers), "Headers"),
    ]
    if isinstance(body, str):
        fields += [
            Field("WFHTTPBodyType", Choice("File"), "Request Body"),
            Field("WFRequestVariable", Variable(body), "File"),
        ]
    elif body is not None:
        fields += [
            Field("WFHTTPBodyType", Choice("JSON"), "Request Body"),
            Field("WFJSONValues", Fields(body), "JSON"),
        ]
    title, output = "Get Contents of URL", "Contents of URL"
    return Step("downloadurl", title, tuple(fields), output, name)


def dictionary_from(source: str, *, name: str) -> Step:
    """Read a JSON answer as a dictionary."""
    fields = (Field("WFInput", Variable(source), "Input"),)
    title = "Get Dictionary from Input"
    return Step("detect.dictionary", title, fields, "Dictionary", name)


def dictionary_value(key: str, source: str, *, name: str) -> Step:
    """Take one value of a dictionary; a key that is missing yields nothing."""
    fields = (
        # Newer builds import the action incomplete when this is left to its default.
        Field("WFGetDictionaryValueType", Choice("Value"), "Get"),
        Field("WFDictionaryKey", Text(key), "Key"),
        Field("WFInput", Variable(source), "Dictionary"),
    )
    title, output = "Get Dictionary Value", "Dictionary Value"
    return Step("getvalueforkey", title, fields, output, name)


def if_(subject: str, condition: str, words: Words | None = None) -> Step:
    """Open an If; ``words`` is what the condition compares with."""
    fields = [
        Field("WFInput", Subject(subject), "Input"),
        Field("WFCondition", CONDITIONS[condition]),
    ]
    if words is not None:
        fields.append(Field("WFConditionalActionString", Text(words), condition))
    return Step("conditional", "If", tuple(fields), flow=Flow.START)


def otherwise() -> Step:
    """Begin what happens when the If does not hold."""
    return Step("conditional", "Otherwise", flow=Flow.MIDDLE)


def end_if() -> Step:
    """Close the If."""
    return Step("conditional", "End If", flow=Flow.END)


def choose_from_menu(prompt: Words, *titles: Words) -> Step:
    """Open a menu; one :func:`menu_item` follows for each title."""
    fields = (
        Field("WFMenuPrompt", Text(prompt), "Prompt"),
        Field("WFMenuItems", Titles(titles), "Items"),
    )
    return Step("choosefrommenu", "Choose from Menu", fields, flow=Flow.START)


def menu_item(title: Words) -> Step:
    """Begin what happens when this item is chosen."""
    fields = (Field("WFMenuItemTitle", Plain(title), "Item"),)
    return Step("choosefrommenu", "Menu Item", fields, flow=Flow.MIDDLE)


def end_menu(*, name: str = "") -> Step:
    """Close the menu; its result is the last output of the chosen item."""
    title, output = "End Menu", "Menu Result"
    return Step("choosefrommenu", title, (), output if name else "", name, Flow.END)


def repeat_with_each(source: str) -> Step:
    """Open a loop over a list; ``{Repeat Item}`` is the item at hand."""
    fields = (Field("WFInput", Variable(source), "Items"),)
    return Step("repeat.each", "Repeat with Each", fields, flow=Flow.START)


def end_repeat(*, name: str) -> Step:
    """Close the loop; its result lists the last output of each round."""
    title, output = "End Repeat", "Repeat Results"
    return Step("repeat.each", title, (), output, name, Flow.END)


def ask_for_number(prompt: Words, *, name: str, decimals: bool = False) -> Step:
    """Ask for a number, by keyboard or by voice."""
    fields = (
        Field("WFAskActionPrompt", Text(prompt), "Prompt"),
        Field("WFInputType", Choice("Number"), "Input Type"),
        Field("WFAskActionAllowsDecimalNumbers", decimals, "Allow Decimal Numbers"),
        Field("WFAskActionAllowsNegativeNumbers", False, "Allow Negative Numbers"),
    )
    return Step("ask", "Ask for Input", fields, "Provided Input", name)


def ask_for_text(prompt: Words, *, name: str) -> Step:
    """Ask for a line of text; Siri lets people dictate it."""
    fields = (
        Field("WFAskActionPrompt", Text(prompt), "Prompt"),
        Field("WFInputType", Choice("Text"), "Input Type"),
        Field("WFAllowsMultilineText", False, "Allow Multiple Lines"),
    )
    return Step("ask", "Ask for Input", fields, "Provided Input", name)


def choose_from_list(prompt: Words, source: str, *, name: str) -> Step:
    """Let the athlete choose one item of a list."""
    fields = (
        Field("WFInput", Variable(source), "List"),
        Field("WFChooseFromListActionPrompt", Text(prompt), "Prompt"),
    )
    return Step("choosefromlist", "Choose from List", fields, "Chosen Item", name)


def wait(seconds: int) -> Step:
    """Wait."""
    return Step("delay", "Wait", (Field("WFDelayTime", seconds, "Seconds"),))


def find_health_samples(sample_type: str, *, days: int, name: str) -> Step:
    """Find the samples of one type, today's and those of so many whole days before."""
    shown: tuple[tuple[str, Value], ...] = (
        ("Type is", Choice(sample_type)),
        ("Start Date is in the last (days)", days),
    )
    # Apple has one filter for both; people who build by hand need to see them apart.
    fields = (
        Field("WFContentItemFilter", _health_filter(sample_type, days)),
        *(Field("", value, label) for label, value in shown),
    )
    title, output = "Find Health Samples", "Health Samples"
    return Step("filter.health.quantity", title, fields, output, name)


def log_health_sample(sample_type: str, unit: str, source: str) -> Step:
    """Write a number of an earlier step into Apple Health."""
    fields = (
        Field("WFQuantitySampleType", Choice(sample_type), "Type"),
        Field("WFQuantitySampleQuantity", Quantity(source, unit), "Value"),
    )
    return Step("health.quantity.log", "Log Health Sample", fields)


def show_result(words: Words) -> Step:
    """Show a text; when Siri runs the shortcut, she speaks it."""
    return Step("showresult", "Show Result", (Field("Text", Text(words), "Text"),))


def show_alert(title: Words, message: Words, *, cancel: bool = False) -> Step:
    """Show a message; with ``cancel``, the athlete may stop the shortcut there."""
    fields = (
        Field("WFAlertActionTitle", Text(title), "Title"),
        Field("WFAlertActionMessage", Text(message), "Message"),
        Field("WFAlertActionCancelButtonShown", cancel, "Show Cancel Button"),
    )
    return Step("alert", "Show Alert", fields)


def show_notification(title: Words, body: Words) -> Step:
    """Show a message that waits for nobody: on a locked phone, in an automation."""
    fields = (
        Field("WFNotificationActionTitle", Text(title), "Title"),
        Field("WFNotificationActionBody", Text(body), "Text"),
    )
    return Step("notification", "Show Notification", fields)


def save_file(source: str) -> Step:
    """Save a file where the athlete says."""
    fields = (
        Field("WFInput", Variable(source), "File"),
        Field("WFAskWhereToSave", True, "Ask Where To Save"),
    )
    return Step("documentpicker.save", "Save File", fields, "Saved File")


def quick_look(source: str) -> Step:
    """Show a picture, large, until it is put away."""
    fields = (Field("WFInput", Variable(source), "Input"),)
    return Step("previewdocument", "Quick Look", fields)


def set_wallpaper_photo(source: str) -> Step:
    """Put a picture on the lock screen, as it is and without asking.

    Asked for a preview it waits for a tap; cropped to what it takes for a subject, the
    picture is no longer where the clock leaves room for it.
    """
    fields = (
        Field("WFInput", Variable(source), "Photo"),
        Field("WFWallpaperLocation", Choices(("Lock Screen",)), "Screen"),
        Field("WFWallpaperShowPreview", False, "Show Preview"),
        Field("WFWallpaperSmartCrop", False, "Crop to Subject"),
    )
    return Step("wallpaper.set", "Set Wallpaper Photo", fields, "Wallpaper")


def stop_shortcut() -> Step:
    """End the shortcut here."""
    return Step("exit", "Stop This Shortcut")


def _health_filter(sample_type: str, days: int) -> dict[str, Any]:
    type_row = {
        "Property": "Type",
        "Operator": 4,  # is
        "Bounded": True,
        "Removable": False,
        "Values": {
            "Enumeration": {
                "Value": sample_type,
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
            "WFActionParameterFilterTemplates": [type_row, days_row],
        },
        "WFSerializationType": "WFContentPredicateTableTemplate",
    }
