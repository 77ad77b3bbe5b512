"""The property list of a shortcut, signed or not: read, and compared.

Signing turns XML into binary, drops the name and writes its own client version; the
actions and the questions stay as they were (seen on pairs of real files).
"""

from __future__ import annotations

import plistlib
from collections.abc import Mapping
from typing import Any
from xml.parsers.expat import ExpatError

from bridge.shortcuts.signing.container import MAX_CONTENT_BYTES
from bridge.shortcuts.signing.refusals import Refused

ACTIONS = "WFWorkflowActions"
QUESTIONS = "WFWorkflowImportQuestions"

_WRITTEN_BY_THE_MAC = frozenset(
    {"WFWorkflowName", "WFWorkflowClientVersion", "WFQuickActionSurfaces"}
)
_UNREADABLE = (
    plistlib.InvalidFileException,
    ExpatError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    RecursionError,
)

Workflow = dict[str, Any]


def read_plist(data: bytes, what: str) -> Workflow:
    """Return the dictionary in a property list.

    Raises
    ------
    Refused
        If ``data`` is anything else; the text begins with ``what``.
    """
    try:
        read = plistlib.loads(data)
    except _UNREADABLE as exc:
        raise Refused(f"{what} is no readable property list") from exc
    if not isinstance(read, dict):
        raise Refused(f"{what} is a property list without keys")
    return read


def read_workflow(data: bytes, what: str) -> Workflow:
    """Return a shortcut's property list, with a list of actions in it.

    Raises
    ------
    Refused
        If it is too large, unreadable, or no shortcut.
    """
    if len(data) > MAX_CONTENT_BYTES:
        raise Refused(f"{what} is larger than {MAX_CONTENT_BYTES >> 20} MB")
    workflow = read_plist(data, what)
    actions = workflow.get(ACTIONS)
    if not isinstance(actions, list) or not all(isinstance(a, dict) for a in actions):
        raise Refused(f"{what} has no list of actions")
    return workflow


def compare(signed: Workflow, unsigned: Workflow) -> tuple[str, ...]:
    """Hold a signed shortcut against the build it should come from.

    Returns
    -------
    tuple of str
        Keys beside actions and questions that differ, as a remark: what a Mac
        rewrites depends on its version.

    Raises
    ------
    Refused
        If an action or an import question differs.
    """
    try:
        _compare_actions(signed[ACTIONS], unsigned[ACTIONS])
        if not same(signed.get(QUESTIONS) or [], unsigned.get(QUESTIONS) or []):
            raise Refused("its import questions are not those of the unsigned build")
        keys = (signed.keys() | unsigned.keys()) - {ACTIONS, QUESTIONS}
        return tuple(
            sorted(
                str(key)
                for key in keys - _WRITTEN_BY_THE_MAC
                if not same(signed.get(key), unsigned.get(key))
            )
        )
    except RecursionError as exc:
        raise Refused("its actions are nested too deeply") from exc


def same(left: object, right: object) -> bool:
    """Tell whether two values mean the same in a property list.

    As ``==``, but true is not 1, at any depth.
    """
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return left.keys() == right.keys() and all(
            same(value, right[key]) for key, value in left.items()
        )
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    return isinstance(left, bool) is isinstance(right, bool) and left == right


def _compare_actions(signed: list[Any], unsigned: list[Any]) -> None:
    for number, (left, right) in enumerate(zip(signed, unsigned, strict=False), 1):
        if not same(left, right):
            kind = right.get("WFWorkflowActionIdentifier", "?")
            raise Refused(f"action {number} ({kind}) is not that of the unsigned build")
    if len(signed) != len(unsigned):
        raise Refused(
            f"it has {len(signed)} actions, the unsigned build {len(unsigned)}"
        )
