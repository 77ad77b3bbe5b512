"""A person who builds a shortcut from nothing but what its recipe page shows."""

from __future__ import annotations

from typing import Any

from bridge.shortcuts.recipe import app_words
from tests.player.by_hand import (
    Plist,
    action,
    alone,
    fields,
    flow,
    output,
    property_of,
    shortcut,
    text,
)

# What a person sees of each action, in the app's own order.
READ = """
return [...document.querySelectorAll('#short > li')].map(item => {
  const title = item.querySelector('h3, b');
  const english = item.querySelector('h3 [lang=en]');
  const hints = [...item.querySelectorAll('.hint b')];
  return {
    title: (english ?? title).innerText.trim(),
    name: hints.length ? hints[0].innerText : '',
    rows: [...item.querySelectorAll('.line')].map(line => [
      line.querySelector('dt').innerText,
      [...line.querySelectorAll('.take, .token, .blank, .given')].map(
        part => [part.className, part.textContent]),
    ]),
  };
});
"""
SHOW = "Show Content (before iOS 27: Show Result)"
ACTIONS = {
    "Ask for Input": ("ask", "Provided Input"),
    "Get Contents of URL": ("downloadurl", "Contents of URL"),
    "Get Dictionary Value": ("getvalueforkey", "Dictionary Value"),
    "Show Result": ("showresult", ""),
    SHOW: ("showresult", ""),
    "Split Text": ("text.split", "Split Text"),
    "Choose from List": ("choosefromlist", "Chosen Item"),
    "Find Health Samples": ("filter.health.quantity", "Health Samples"),
    "Log Health Sample": ("health.quantity.log", ""),
    "Text": ("gettext", "Text"),
    "If": ("conditional", ""),
    "Save File": ("documentpicker.save", "Saved File"),
    "Show Notification": ("notification", ""),
    "Quick Look": ("previewdocument", ""),
    "Set Wallpaper Photo": ("wallpaper.set", "Wallpaper"),
    "URL Encode": ("urlencode", "URL Encoded Text"),
}
"""The app's title to Apple's identifier and the name of what comes out."""
KEYS = {
    ("ask", "Prompt"): "WFAskActionPrompt",
    ("ask", "Input Type"): "WFInputType",
    ("downloadurl", "URL"): "WFURL",
    ("downloadurl", "Method"): "WFHTTPMethod",
    ("downloadurl", "Request Body"): "WFHTTPBodyType",
    ("downloadurl", "File"): "WFRequestVariable",
    ("getvalueforkey", "Get"): "WFGetDictionaryValueType",
    ("getvalueforkey", "Key"): "WFDictionaryKey",
    ("getvalueforkey", "Dictionary"): "WFInput",
    ("showresult", "Text"): "Text",
    ("text.split", "Text"): "text",
    ("text.split", "Separator"): "WFTextSeparator",
    ("choosefromlist", "List"): "WFInput",
    ("choosefromlist", "Prompt"): "WFChooseFromListActionPrompt",
    ("gettext", "Text"): "WFTextActionText",
    ("documentpicker.save", "File"): "WFInput",
    ("notification", "Title"): "WFNotificationActionTitle",
    ("notification", "Text"): "WFNotificationActionBody",
    ("previewdocument", "Input"): "WFInput",
    ("wallpaper.set", "Photo"): "WFInput",
    ("wallpaper.set", "Screen"): "WFWallpaperLocation",
    ("wallpaper.set", "Show Preview"): "WFWallpaperShowPreview",
    ("wallpaper.set", "Crop to Subject"): "WFWallpaperSmartCrop",
    ("urlencode", "Text"): "WFInput",
    ("urlencode", "Mode"): "WFEncodeMode",
    ("health.quantity.log", "Type"): "WFQuantitySampleType",
}


class Builder:
    """Somebody who adds the drawn actions in the Shortcuts app, one by one."""

    def __init__(self, language: str) -> None:
        self.words = {
            table: {shown: english for english, shown in words.items()}
            for table, words in app_words(language).items()
        }
        self.outputs: dict[str, str] = {}
        self.actions: list[Plist] = []
        self.reads_input = False

    def build(self, drawn: list[dict[str, Any]]) -> bytes:
        for step in drawn:
            self._add(step)
        changes: dict[str, Any] = {}
        if self.reads_input:
            changes = {
                "WFWorkflowHasShortcutInputVariables": True,
                "WFWorkflowInputContentItemClasses": ["WFGenericFileContentItem"],
                "WFWorkflowTypes": ["ActionExtension"],
            }
        return shortcut(*self.actions, **changes)

    def _add(self, step: dict[str, Any]) -> None:
        title = self._english("titles", step["title"])
        if title in ("Otherwise", "End If"):
            self.actions.append(flow("conditional", 1 if title == "Otherwise" else 2))
            return
        kind, yields = ACTIONS[title]
        parameters: Plist = {}
        tables: dict[str, list[tuple[int, str, Any]]] = {}
        for label, parts in step["rows"]:
            self._enter(kind, label, parts, parameters, tables)
        for key, rows in tables.items():
            parameters[key] = fields(*rows)
        if kind == "filter.health.quantity":
            parameters = {"WFContentItemFilter": _health_filter(parameters)}
        if kind == "conditional":
            parameters |= {
                "GroupingIdentifier": "G-conditional",
                "WFControlFlowMode": 0,
            }
        if kind == "downloadurl":
            parameters["ShowHeaders"] = True
        if yields:
            parameters["UUID"] = f"STEP{len(self.actions)}"
            self.outputs[step["name"] or yields] = parameters["UUID"]
        self.actions.append(action(kind, **parameters))

    def _enter(
        self,
        kind: str,
        label: str,
        parts: list[list[str]],
        parameters: Plist,
        tables: dict[str, list[tuple[int, str, Any]]],
    ) -> None:
        """Enter one value where its label says."""
        head, _, key = label.partition(": ")
        head = self._english("labels", head)
        if key:
            table = {"Headers": "WFHTTPHeaders", "JSON": "WFJSONValues"}[head]
            tables.setdefault(table, []).append((0, key, self._text(parts)))
        elif kind == "conditional":
            self._compare(head, parts, parameters)
        elif kind == "filter.health.quantity":
            parameters[head] = self._english("choices", parts[0][1])
        elif (kind, head) == ("health.quantity.log", "Value"):
            parameters["WFQuantitySampleQuantity"] = {
                "Value": {"Magnitude": self._refer(parts[0][1]), "Unit": "kg"},
                "WFSerializationType": "WFQuantityFieldValue",
            }
        elif (kind, head) in KEYS:
            parameters[KEYS[kind, head]] = self._value(head, parts)

    def _compare(self, head: str, parts: list[list[str]], parameters: Plist) -> None:
        if head == "Input":
            variable = alone(self._refer(parts[0][1]))
            parameters["WFInput"] = {"Type": "Variable", "Variable": variable}
        else:
            assert head == "contains"
            parameters["WFCondition"] = 99
            parameters["WFConditionalActionString"] = self._text(parts)

    def _value(self, head: str, parts: list[list[str]]) -> Any:
        if [name for name, _ in parts] == ["given"]:
            given = self._english("choices", parts[0][1])
            if head in ("Show Preview", "Crop to Subject"):
                return {"on": True, "off": False}[given.lower()]
            return [given] if head == "Screen" else given
        if head in (
            "Dictionary",
            "List",
            "File",
            "Input",
            "Photo",
        ):  # a variable and nothing else
            return alone(self._refer(parts[0][1]))
        return self._text(parts)

    def _text(self, parts: list[list[str]]) -> Plist:
        string, variables = "", {}
        for name, words in parts:
            assert name in ("take", "token"), f"{name} is not whole: {words}"
            if name == "token":
                variables[f"at_{len(string)}"] = self._refer(words)
                words = "\ufffc"  # noqa: PLW2901 - what stands for it in the text
            string += words
        return text(string, **variables)

    def _refer(self, shown: str) -> Plist:
        """Return the variable that a purple word means."""
        name, *details = shown.split(" · ")
        name = name if name in self.outputs else self._english("outputs", name)
        if name == "Shortcut Input":
            self.reads_input = True
            return {"Type": "ExtensionInput"}
        found = output(self.outputs[name])
        if details == ["speech"]:
            key = {
                "Type": "WFDictionaryValueVariableAggrandizement",
                "DictionaryKey": "speech",
            }
            return found | {"Aggrandizements": [key]}
        if not details:
            return found
        asked = property_of(self._english("choices", details[0]))["Aggrandizements"]
        if details[1:] == ["ISO 8601"]:
            asked.append(
                {
                    "Type": "WFDateFormatVariableAggrandizement",
                    "WFDateFormatStyle": "ISO 8601",
                    "WFISO8601IncludeTime": True,
                }
            )
        return found | {"Aggrandizements": asked}

    def _english(self, table: str, shown: str) -> str:
        return self.words[table].get(shown, shown)


def _health_filter(chosen: Plist) -> Plist:
    state = {
        "Value": chosen["Type is"],
        "WFSerializationType": "WFStringSubstitutableState",
    }
    days = chosen["Start Date is in the last (days)"]
    rows = [
        {"Property": "Type", "Operator": 4, "Values": {"Enumeration": state}},
        {
            "Property": "Start Date",
            "Operator": 1001,
            "Values": {"Unit": 16, "Number": days},
        },
    ]
    return {
        "Value": {"WFActionParameterFilterTemplates": rows},
        "WFSerializationType": "WFContentPredicateTableTemplate",
    }
