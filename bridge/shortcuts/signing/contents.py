"""What is inside a shortcut's file: one property list, read and compared.

In a signed file it lies in an Apple Archive: a folder without a name and one file in
it. An entry is "AA01", the length of its header (u16, itself included), fields of a
three-letter name and a letter for their type, and after the header the bytes of its
blobs in the order of the fields.

Signing turns XML into binary, drops the name and writes its own client version; the
actions and the questions stay as they were (seen on pairs of real files).
"""

from __future__ import annotations

import plistlib
import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.parsers.expat import ExpatError

from bridge.shortcuts.signing import Refused
from bridge.shortcuts.signing.container import MAX_CONTENT_BYTES

ACTIONS = "WFWorkflowActions"
QUESTIONS = "WFWorkflowImportQuestions"
FILE_NAME = b"Shortcut.wflow"
MAX_VALUES = 200_000

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
_MAGICS = (b"AA01", b"YAA1")
_TEXT = "P"
_BLOBS = {"A": 2, "B": 4, "C": 8}  # the widths of a length
_NUMBERS = {"*": 0, "1": 1, "2": 2, "4": 4, "8": 8}
_DIGESTS = {"F": 4, "G": 20, "H": 32, "I": 48, "J": 64}
_TIMES = {"S": 8, "T": 12}
_WIDTHS = _BLOBS | _NUMBERS | _DIGESTS | _TIMES
_SECRET = re.compile(
    r"icb_[\w.~+/=-]{8,}"  # a device token
    r"|API_KEY:\s*[^\s{\ufffc]{8,}"  # Intervals.icu's sign-in, written out
    r"|QVBJX0tFWT[o-r][\w+/=]{6,}",  # the same in Base64
    re.ASCII,
)

Workflow = dict[str, Any]


def read_archive(archive: bytes) -> bytes:
    """Return the bytes of the one file in an Apple Archive, ``Shortcut.wflow``.

    Raises
    ------
    Refused
        If the archive is damaged or holds any other file.
    """
    shortcuts = []
    for values, blobs, content in _entries(archive):
        entry_type, path = values.get(b"TYP"), values.get(b"PAT")
        if (entry_type, path) == (b"D", b"") and not blobs:
            continue
        if (entry_type, path) != (b"F", FILE_NAME) or list(blobs) != [b"DAT"]:
            raise Refused("it holds something else than one shortcut")
        shortcuts.append(content)
    if len(shortcuts) != 1:
        raise Refused(f"it holds {len(shortcuts)} shortcuts")
    return shortcuts[0]


def _entries(
    archive: bytes,
) -> Iterator[tuple[dict[bytes, bytes], dict[bytes, int], bytes]]:
    """Walk through the entries: fields, lengths of blobs, all blobs in one piece."""
    at = 0
    while at < len(archive):
        size_bytes = int.from_bytes(archive[at + 4 : at + 6], "little")
        header = archive[at : at + size_bytes]
        if header[:4] not in _MAGICS or not 6 <= size_bytes == len(header):
            raise Refused("the archive inside is damaged")
        values, blobs = _read_fields(header)
        start = at + size_bytes
        at = start + sum(blobs.values())
        if at > len(archive):
            raise Refused("the archive inside is cut short")
        yield values, blobs, archive[start:at]


def _read_fields(header: bytes) -> tuple[dict[bytes, bytes], dict[bytes, int]]:
    values: dict[bytes, bytes] = {}
    blobs: dict[bytes, int] = {}
    at = 6
    while at < len(header):
        name, letter = header[at : at + 3], header[at + 3 : at + 4].decode("latin-1")
        start = at + 4
        if letter == _TEXT:
            width = int.from_bytes(header[start : start + 2], "little")
            start += 2
        elif letter in _WIDTHS:
            width = _WIDTHS[letter]
        else:
            raise Refused("the archive inside has a field of an unknown kind")
        at = start + width
        if at > len(header) or name in values:
            raise Refused("the archive inside is damaged")
        values[name] = header[start:at]
        if letter in _BLOBS:
            blobs[name] = int.from_bytes(values[name], "little")
    return values, blobs


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
        if not _same(signed.get(QUESTIONS) or [], unsigned.get(QUESTIONS) or []):
            raise Refused("its import questions are not those of the unsigned build")
        keys = (signed.keys() | unsigned.keys()) - {ACTIONS, QUESTIONS}
        return tuple(
            sorted(
                str(key)
                for key in keys - _WRITTEN_BY_THE_MAC
                if not _same(signed.get(key), unsigned.get(key))
            )
        )
    except RecursionError as exc:
        raise Refused("its actions are nested too deeply") from exc


def _compare_actions(signed: list[Any], unsigned: list[Any]) -> None:
    for number, (left, right) in enumerate(zip(signed, unsigned, strict=False), 1):
        if not _same(left, right):
            action = right.get("WFWorkflowActionIdentifier", "?")
            raise Refused(
                f"action {number} ({action}) is not that of the unsigned build"
            )
    if len(signed) != len(unsigned):
        raise Refused(
            f"it has {len(signed)} actions, the unsigned build {len(unsigned)}"
        )


def _same(left: object, right: object) -> bool:
    """Tell whether two values mean the same: as ``==``, but true is never 1."""
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return left.keys() == right.keys() and all(
            _same(value, right[key]) for key, value in left.items()
        )
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(_same, left, right))
    return isinstance(left, bool) is isinstance(right, bool) and left == right


def refuse_secrets(workflow: Workflow) -> None:
    """Let a template pass that holds no token and no key: it leaves this machine.

    Raises
    ------
    Refused
        If any text in it looks like one; the text itself is not repeated.
    """
    waiting: list[object] = [workflow]
    for _ in range(MAX_VALUES):
        if not waiting:
            return
        match waiting.pop():
            case dict() as table:
                waiting += [*table.keys(), *table.values()]
            case list() as rows:
                waiting += rows
            case bytes() as data:
                waiting.append(data.decode("latin-1"))
            case str() as text if _SECRET.search(text):
                raise Refused(
                    "a template must not hold a token: ask for it at installation"
                )
    raise Refused("it has more values than a shortcut can have")
