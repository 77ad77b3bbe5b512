"""A noun is a room: few files in each, few strings to others, all in one order."""

from __future__ import annotations

import ast
from collections import Counter
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BRIDGE = ROOT / "bridge"
MOST_FILES = 18
# Lists of independent things, one file each.
LISTS = {"bridge/shortcuts/catalog", "bridge/store/migrations/versions"}
MOST_FAN_OUT = 20
# What wires everything names everything.
TABLES = {"bridge.routes.table", "bridge.routes.site.table", "bridge.shortcuts.catalog"}
WIRING = TABLES | {"bridge.app"}
# Rooms of domain, from the ground up; those of one row do not know each other.
ORDER = (
    {"flat", "raw"},
    {"values"},
    {"speech"},  # with the words of each language, those that are understood too
    {"moment", "sport"},
    {"inputs"},
    {"measures"},
    {"wellness", "zones"},
    {"health", "athlete"},
    {"calendar"},
    {"activity"},
    {"overview"},
    {"undo", "doctor"},
)
FLOOR = {room: floor for floor, rooms in enumerate(ORDER) for room in rooms}


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts).removesuffix(".__init__")


MODULES = {name_of(path): path for path in sorted(BRIDGE.rglob("*.py"))}
DOMAIN = [name for name in MODULES if name.startswith("bridge.domain.")]


@cache
def used_by(module: str) -> frozenset[str]:
    """Return the modules of the bridge that one imports, wherever in its text."""
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= inner & set(MODULES) or {str(node.module)}
    return frozenset(found & set(MODULES))


def room_of(module: str) -> str:
    return module.split(".")[2]


def test_no_room_holds_more_files_than_one_sees_at_a_glance() -> None:
    files = Counter(
        path.parent.relative_to(ROOT).as_posix()
        for path in MODULES.values()
        if path.name != "__init__.py"
    )
    crowded = {room for room, count in files.items() if count > MOST_FILES}
    assert crowded <= LISTS


def test_no_module_hangs_on_more_than_twenty_others() -> None:
    fan_out = {module: len(used_by(module)) for module in set(MODULES) - WIRING}
    assert {module for module in fan_out if fan_out[module] > MOST_FAN_OUT} == set()


def test_every_room_of_domain_has_its_row() -> None:
    assert {room_of(module) for module in DOMAIN} == set(FLOOR)


@pytest.mark.parametrize("module", DOMAIN)
def test_imports_in_domain_go_left_only(module: str) -> None:
    room = room_of(module)
    rooms = {room_of(used) for used in used_by(module) if used in DOMAIN}
    assert {used for used in rooms - {room} if FLOOR[used] >= FLOOR[room]} == set()


def test_no_module_comes_back_to_itself() -> None:
    graph = {
        module: used_by(module) - {module}
        for module in MODULES
        if not module.startswith("bridge.simulator")
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))
