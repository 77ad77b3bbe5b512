"""Check a built shortcut before anybody has to find out on a phone.

shortcutkit knows Apple's catalogue of actions, keys and kinds of values. It is needed
to build, never to run the bridge, so it is imported here only, and only when called.
What it does not notice is checked by us: an unknown HTTP method or choice, headers
that are a plain dictionary, a block left open, a reference to nothing.
"""

from __future__ import annotations

import importlib
import warnings
from collections.abc import Iterator
from typing import Any

from bridge.shortcuts.plist import Plist

# New in iOS 26 and 27: a template must run on older phones.
_TOO_NEW = ("askllm", "getstoredcontent", "setstoredcontent", "deletestoredcontent")
_FIELDS = ("WFHTTPHeaders", "WFJSONValues")


def problems(root: Plist) -> list[str]:
    """Return what is wrong with a built shortcut; an empty list is good."""
    actions: list[Plist] = root["WFWorkflowActions"]
    found = [*_catalogue_problems(actions), *_reference_problems(actions)]
    found += [*_block_problems(actions), *_question_problems(root)]
    for identifier, parameters in map(_parts, actions):
        if identifier.rsplit(".", 1)[-1] in _TOO_NEW:
            found.append(f"{identifier} is too new for older phones")
        found += [
            f"{identifier}.{key} is not a dictionary field"
            for key in _FIELDS
            if key in parameters
            and parameters[key].get("WFSerializationType") != "WFDictionaryFieldValue"
        ]
    return found


def _parts(action: Plist) -> tuple[str, Plist]:
    return action["WFWorkflowActionIdentifier"], action["WFWorkflowActionParameters"]


def _catalogue_problems(actions: list[Plist]) -> Iterator[str]:
    catalogue = _catalogue()
    kit = catalogue.Shortcut("check")
    for identifier, parameters in map(_parts, actions):
        known = dict(parameters)
        if "ShowHeaders" in known:
            # shortcutkit takes it for a number; every real file has a boolean.
            known["ShowHeaders"] = int(known["ShowHeaders"])
        try:
            kit.action(identifier, **known)
        except ValueError as error:
            yield str(error)
        choices = catalogue.PARAM_CHOICES.get(identifier, {})
        for key, allowed in choices.items():
            value = parameters.get(key)
            if isinstance(value, str) and value not in allowed:
                yield f"{identifier}.{key} cannot be {value!r}"


def _catalogue() -> Any:
    with warnings.catch_warnings():
        # It leaves one of its own data files open while it is imported.
        warnings.simplefilter("ignore", ResourceWarning)
        return importlib.import_module("shortcutkit")


def _reference_problems(actions: list[Plist]) -> Iterator[str]:
    seen: set[str] = set()
    for identifier, parameters in map(_parts, actions):
        for wanted in _references(parameters):
            if wanted not in seen:
                yield f"{identifier} uses the output {wanted}, which is not there yet"
        uuid = parameters.get("UUID")
        if uuid in seen:
            yield f"{identifier} has the UUID of an earlier action"
        if uuid:
            seen.add(uuid)


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if value.get("Type") == "ActionOutput":
            yield value["OutputUUID"]
        for each in value.values():
            yield from _references(each)
    elif isinstance(value, list):
        for each in value:
            yield from _references(each)


def _block_problems(actions: list[Plist]) -> Iterator[str]:
    opened: list[tuple[str, str]] = []
    for identifier, parameters in map(_parts, actions):
        mode = parameters.get("WFControlFlowMode")
        if mode is None:
            continue
        block = (identifier, parameters["GroupingIdentifier"])
        if mode == 0:
            opened.append(block)
        elif not opened or opened[-1] != block:
            yield f"{identifier} belongs to no open block"
        elif mode == 2:
            opened.pop()
    for identifier, _ in opened:
        yield f"{identifier} is never closed"


def _question_problems(root: Plist) -> Iterator[str]:
    actions = root["WFWorkflowActions"]
    for question in root["WFWorkflowImportQuestions"]:
        index, key = question["ActionIndex"], question["ParameterKey"]
        if not 0 <= index < len(actions):
            yield f"the import question points to action {index}, which is not there"
        elif actions[index]["WFWorkflowActionParameters"].get(key) != "":
            yield f"the import question's target {index} is not an empty {key}"
