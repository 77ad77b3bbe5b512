"""Open a ``.shortcut`` file as the import sheet does, and refuse what is broken.

The tables of actions and keys are written by hand from what is known of Apple's
format, so that a mistake of the builder is not repeated here.
"""

from __future__ import annotations

import plistlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

PREFIX = "is.workflow.actions."
ROOT_KEYS = {
    "WFWorkflowActions": list,
    "WFWorkflowClientVersion": str,
    "WFWorkflowHasOutputFallback": bool,
    "WFWorkflowHasShortcutInputVariables": bool,
    "WFWorkflowIcon": dict,
    "WFWorkflowImportQuestions": list,
    "WFWorkflowInputContentItemClasses": list,
    "WFWorkflowMinimumClientVersion": int,
    "WFWorkflowMinimumClientVersionString": str,
    "WFWorkflowOutputContentItemClasses": list,
    "WFWorkflowTypes": list,
}
TYPES = {
    "NCWidget",
    "Watch",
    "ActionExtension",
    "QuickActions",
    "MenuBar",
    "ReceivesOnScreenContent",
    "Sleep",
    "WFWorkflowTypeShowInSearch",
}
KEYS_OF = {
    "comment": "WFCommentActionText",
    "gettext": "WFTextActionText",
    "text.replace": "WFInput WFReplaceTextFind WFReplaceTextReplace "
    "WFReplaceTextRegularExpression WFReplaceTextCaseSensitive",
    "text.split": "text WFTextSeparator WFTextCustomSeparator",
    "text.combine": "text WFTextSeparator WFTextCustomSeparator",
    "getitemfromlist": "WFInput WFItemSpecifier WFItemIndex",
    "urlencode": "WFInput WFEncodeMode",
    "url": "WFURLActionURL",
    "downloadurl": "WFURL WFHTTPMethod ShowHeaders WFHTTPHeaders WFHTTPBodyType "
    "WFJSONValues WFFormValues WFRequestVariable",
    "detect.dictionary": "WFInput",
    "getvalueforkey": "WFInput WFDictionaryKey WFGetDictionaryValueType",
    "conditional": "WFInput WFCondition WFConditionalActionString WFNumberValue",
    "choosefrommenu": "WFMenuPrompt WFMenuItems WFMenuItemTitle",
    "choosefromlist": "WFInput WFChooseFromListActionPrompt",
    "repeat.each": "WFInput",
    "repeat.count": "WFRepeatCount",
    "ask": "WFAskActionPrompt WFInputType WFAskActionAllowsDecimalNumbers "
    "WFAskActionAllowsNegativeNumbers WFAskActionDefaultAnswer "
    "WFAskActionDefaultAnswerNumber WFAllowsMultilineText",
    "filter.health.quantity": "WFContentItemFilter WFHKSampleFilteringGroupBy "
    "WFContentItemLimitEnabled WFContentItemLimitNumber",
    "properties.health.quantity": "WFInput WFContentItemPropertyName",
    "format.date": "WFDate WFDateFormatStyle WFDateFormat WFLocale",
    "health.quantity.log": "WFQuantitySampleType WFQuantitySampleQuantity",
    "delay": "WFDelayTime",
    "showresult": "Text",
    "speaktext": "WFText WFSpeakTextWait WFSpeakTextLanguage",
    "alert": "WFAlertActionTitle WFAlertActionMessage WFAlertActionCancelButtonShown",
    "notification": "WFNotificationActionTitle WFNotificationActionBody "
    "WFNotificationActionSound",
    "documentpicker.save": "WFInput WFAskWhereToSave WFFileDestinationPath "
    "WFSaveFileOverwrite",
    "previewdocument": "WFInput WFQuickLookActionFullScreen",
    "wallpaper.set": "WFInput WFWallpaperLocation WFWallpaperShowPreview "
    "WFWallpaperSmartCrop WFWallpaperPerspectiveZoom WFWallpaperLegibilityBlur "
    "WFSelectedPoster",
    "setvariable": "WFInput WFVariableName",
    "appendvariable": "WFInput WFVariableName",
    "getvariable": "WFVariable",
    "list": "WFItems",
    "count": "Input WFCountType",
    "nothing": "",
    "exit": "",
    "output": "WFOutput",
}
BLOCKS = ("conditional", "choosefrommenu", "repeat.each", "repeat.count")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
_COMMON = {"UUID", "CustomOutputName", "GroupingIdentifier", "WFControlFlowMode"}
_RANGE = re.compile(r"\{(\d+), 1\}")


class BadShortcut(Exception):
    """The file would not import, or import incomplete."""


@dataclass(frozen=True)
class Action:
    """One action: its place, its short name, its parameters."""

    index: int
    kind: str
    parameters: dict[str, Any]

    @property
    def mode(self) -> int | None:
        mode: int | None = self.parameters.get("WFControlFlowMode")
        return mode


@dataclass(frozen=True)
class Document:
    """An opened shortcut."""

    actions: tuple[Action, ...]
    questions: tuple[dict[str, Any], ...]
    types: tuple[str, ...]
    takes: tuple[str, ...]  # the classes of what the share sheet may hand over
    disabled_on_lock_screen: bool

    def answered(self, answers: tuple[str, ...]) -> Document:
        """Answer the questions of the install sheet; the defaults stand otherwise."""
        if len(answers) > len(self.questions):
            raise BadShortcut("there are more answers than import questions")
        actions = list(self.actions)
        for number, question in enumerate(self.questions):
            given = answers[number] if number < len(answers) else None
            text = question.get("DefaultValue", "") if given is None else given
            index, key = question["ActionIndex"], question["ParameterKey"]
            filled = {**actions[index].parameters, key: text}
            actions[index] = replace(actions[index], parameters=filled)
        return replace(self, actions=tuple(actions))


def open_shortcut(data: bytes) -> Document:
    """Read a file and check all that can be checked before it runs."""
    if data.startswith(b"AEA1"):
        raise BadShortcut("the file is signed; play the build it was made from")
    root = plistlib.loads(data)
    _check_root(root)
    actions = tuple(
        Action(index, *_identify(action))
        for index, action in enumerate(root["WFWorkflowActions"])
    )
    for action in actions:
        _check_keys(action)
    _check_references(actions)
    _check_blocks(actions)
    questions = tuple(root["WFWorkflowImportQuestions"])
    for question in questions:
        _check_question(question, actions)
    locked = root.get("WFWorkflowIsDisabledOnLockScreen", False)
    return Document(
        actions,
        questions,
        tuple(root["WFWorkflowTypes"]),
        tuple(root["WFWorkflowInputContentItemClasses"]),
        locked,
    )


def _check_root(root: dict[str, Any]) -> None:
    for key, kind in ROOT_KEYS.items():
        if not isinstance(root.get(key), kind):
            raise BadShortcut(f"{key} is missing or no {kind.__name__}")
    if "WFWorkflowName" in root:
        raise BadShortcut("WFWorkflowName: the file name is the name")
    if unknown := set(root["WFWorkflowTypes"]) - TYPES:
        raise BadShortcut(f"unknown surface {sorted(unknown)}")
    _check_input(root)
    for key in ("WFWorkflowIconGlyphNumber", "WFWorkflowIconStartColor"):
        if not isinstance(root["WFWorkflowIcon"].get(key), int):
            raise BadShortcut(f"{key} is missing")


def _check_input(root: dict[str, Any]) -> None:
    """Refuse a shortcut that reads its input and is offered nothing, or hides it."""
    reads = any(
        each.get("Type") == "ExtensionInput"
        for each in _mappings(root["WFWorkflowActions"])
    )
    if reads != root["WFWorkflowHasShortcutInputVariables"]:
        raise BadShortcut("WFWorkflowHasShortcutInputVariables is not what it uses")
    shared = "ActionExtension" in root["WFWorkflowTypes"]
    if shared != bool(root["WFWorkflowInputContentItemClasses"]):
        raise BadShortcut("the share sheet has to know what the shortcut takes")


def _mappings(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for each in value.values():
            yield from _mappings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _mappings(each)


def _identify(action: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    identifier = action["WFWorkflowActionIdentifier"]
    kind = identifier.removeprefix(PREFIX)
    if kind == identifier or kind not in KEYS_OF:
        raise BadShortcut(f"nobody taught the player the action {identifier}")
    return kind, action["WFWorkflowActionParameters"]


def _check_keys(action: Action) -> None:
    known = _COMMON | set(KEYS_OF[action.kind].split())
    if unknown := set(action.parameters) - known:
        raise BadShortcut(f"{action.kind} has unknown keys {sorted(unknown)}")
    for key, value in action.parameters.items():
        for token in _tokens(value):
            _check_token(f"{action.kind}.{key}", token)
    check = {"downloadurl": _check_request, "getvalueforkey": _check_lookup}
    if action.kind in check:
        check[action.kind](action.parameters)


def _check_request(parameters: dict[str, Any]) -> None:
    if parameters.get("WFHTTPMethod", "GET") not in METHODS:
        raise BadShortcut(f"{parameters['WFHTTPMethod']} is no HTTP method")
    if "WFHTTPHeaders" in parameters and parameters.get("ShowHeaders") is not True:
        raise BadShortcut("ShowHeaders must be true where there are headers")
    for key in ("WFHTTPHeaders", "WFJSONValues", "WFFormValues"):
        field = parameters.get(key, {"WFSerializationType": "WFDictionaryFieldValue"})
        if field.get("WFSerializationType") != "WFDictionaryFieldValue":
            raise BadShortcut(f"{key} is a plain dictionary, not a dictionary field")


def _check_lookup(parameters: dict[str, Any]) -> None:
    if parameters.get("WFGetDictionaryValueType") != "Value":
        raise BadShortcut("Get Dictionary Value imports incomplete without its type")


def _check_token(place: str, token: dict[str, Any]) -> None:
    value = token["Value"]
    units = value["string"].encode("utf-16-le")
    places = set()
    for span in value.get("attachmentsByRange", {}):
        match = _RANGE.fullmatch(span)
        at = int(match[1]) * 2 if match else -1
        if not match or units[at : at + 2] != "\ufffc".encode("utf-16-le"):
            raise BadShortcut(f"{place}: {span} points at no variable")
        places.add(at)
    if value["string"].count("\ufffc") != len(places):
        raise BadShortcut(f"{place}: a variable is missing from the table")


def _tokens(value: Any) -> Iterator[dict[str, Any]]:
    for each in _mappings(value):
        if each.get("WFSerializationType") == "WFTextTokenString":
            yield each


def references(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every variable that a value mentions."""
    for each in _mappings(value):
        if each.get("Type") == "ActionOutput" or "VariableName" in each:
            yield each


def _check_references(actions: tuple[Action, ...]) -> None:
    outputs: set[str] = set()
    variables = {"Repeat Item", "Repeat Index"}
    for action in actions:
        for found in references(action.parameters):
            missing = (
                found["OutputUUID"] not in outputs
                if "OutputUUID" in found
                else found["VariableName"] not in variables
            )
            if missing:
                raise BadShortcut(f"{action.kind} {action.index} uses a missing output")
        if action.kind in ("setvariable", "appendvariable"):
            variables.add(action.parameters["WFVariableName"])
        if "UUID" in action.parameters:
            outputs.add(action.parameters["UUID"])


def _check_blocks(actions: tuple[Action, ...]) -> None:
    opened: list[tuple[str, str]] = []
    for action in actions:
        if (action.kind in BLOCKS) != (action.mode is not None):
            raise BadShortcut(f"{action.kind} {action.index} has a wrong flow mode")
        if action.mode is None:
            continue
        block = (action.kind, action.parameters["GroupingIdentifier"])
        if action.mode == 0:
            opened.append(block)
        elif not opened or opened[-1] != block:
            raise BadShortcut(f"{action.kind} {action.index} is in no open block")
        elif action.mode == 2:
            opened.pop()
    if opened:
        raise BadShortcut(f"{opened[-1][0]} is never closed")


def _check_question(question: dict[str, Any], actions: tuple[Action, ...]) -> None:
    index = question.get("ActionIndex")
    if not isinstance(index, int) or not 0 <= index < len(actions):
        raise BadShortcut("the import question points outside the shortcut")
    if question.get("Category") != "Parameter" or not question.get("Text"):
        raise BadShortcut("the import question is incomplete")
    if question["ParameterKey"] not in actions[index].parameters:
        raise BadShortcut("the import question's target has no such parameter")
