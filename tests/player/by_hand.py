"""Shortcuts written by hand from what is known of Apple's format."""

from __future__ import annotations

import plistlib
from typing import Any

Plist = dict[str, Any]


def shortcut(*actions: Plist, **changes: Any) -> bytes:
    """Return a file with these actions; ``changes`` replace root keys."""
    root = {
        "WFQuickActionSurfaces": [],
        "WFWorkflowActions": list(actions),
        "WFWorkflowClientVersion": "2607.1.3",
        "WFWorkflowHasOutputFallback": False,
        "WFWorkflowHasShortcutInputVariables": False,
        "WFWorkflowIcon": {
            "WFWorkflowIconGlyphNumber": 59511,
            "WFWorkflowIconStartColor": 463140863,
        },
        "WFWorkflowImportQuestions": [],
        "WFWorkflowInputContentItemClasses": [],
        "WFWorkflowMinimumClientVersion": 900,
        "WFWorkflowMinimumClientVersionString": "900",
        "WFWorkflowOutputContentItemClasses": [],
        "WFWorkflowTypes": [],
    }
    root.update(changes)
    kept = {key: value for key, value in root.items() if value is not None}
    return plistlib.dumps(kept, fmt=plistlib.FMT_BINARY)


def action(kind: str, **parameters: Any) -> Plist:
    return {
        "WFWorkflowActionIdentifier": f"is.workflow.actions.{kind}",
        "WFWorkflowActionParameters": parameters,
    }


def output(uuid: str, **more: Any) -> Plist:
    return {"OutputUUID": uuid, "Type": "ActionOutput", "OutputName": uuid, **more}


def variable(name: str, **more: Any) -> Plist:
    return {"Type": "Variable", "VariableName": name, **more}


def property_of(name: str) -> Plist:
    wanted = {"Type": "WFPropertyVariableAggrandizement", "PropertyName": name}
    return {"Aggrandizements": [wanted]}


def alone(reference: Plist) -> Plist:
    return {"Value": reference, "WFSerializationType": "WFTextTokenAttachment"}


def text(string: str, **attachments: Plist) -> Plist:
    """Return a text token; ``at_7=…`` puts a variable at UTF-16 offset 7."""
    ranges = {f"{{{key[3:]}, 1}}": value for key, value in attachments.items()}
    return {
        "Value": {"string": string, "attachmentsByRange": ranges},
        "WFSerializationType": "WFTextTokenString",
    }


def one(uuid: str) -> Plist:
    """Return a text that is one output and nothing else."""
    return text("\ufffc", at_0=output(uuid))


def fields(*rows: tuple[int, str, Any]) -> Plist:
    """Return a dictionary field of (item type, key, value)."""
    items = [
        {"WFItemType": kind, "WFKey": text(key), "WFValue": value}
        for kind, key, value in rows
    ]
    return {
        "Value": {"WFDictionaryFieldValueItems": items},
        "WFSerializationType": "WFDictionaryFieldValue",
    }


def get(url: str, **parameters: Any) -> Plist:
    return action("downloadurl", WFURL=url, UUID="GET", **parameters)


def look_up(key: str, uuid: str = "VALUE", source: str = "DICT") -> Plist:
    return action(
        "getvalueforkey",
        WFDictionaryKey=key,
        WFGetDictionaryValueType="Value",
        WFInput=alone(output(source)),
        UUID=uuid,
    )


def dictionary(source: str = "GET") -> Plist:
    return action("detect.dictionary", WFInput=alone(output(source)), UUID="DICT")


def show(string: str, **attachments: Plist) -> Plist:
    return action("showresult", Text=text(string, **attachments))


def if_(uuid: str, condition: int, **parameters: Any) -> Plist:
    subject = {"Type": "Variable", "Variable": alone(output(uuid))}
    return flow("conditional", 0, WFInput=subject, WFCondition=condition, **parameters)


def flow(kind: str, mode: int, **parameters: Any) -> Plist:
    return action(
        kind, GroupingIdentifier=f"G-{kind}", WFControlFlowMode=mode, **parameters
    )


def which(*condition: Plist) -> tuple[Plist, ...]:
    """Return an If that shows "yes" or "no"."""
    return (
        *condition,
        show("yes"),
        flow("conditional", 1),
        show("no"),
        flow("conditional", 2),
    )
