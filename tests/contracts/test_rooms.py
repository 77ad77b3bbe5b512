"""A noun is a room: few files in each, few strings to others, all in one order."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
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
    {"cards"},
    {"drawing"},
    {"changes"},
    {"messages"},
    {"undo", "doctor", "failure"},
    {"ask"},
)
# These words name nothing of the field, or have a standard word beside them: route,
# doctor, written, row, format.
NO_NAMES = {"found", "told", "kind", "kinds", "stored", "each", "place", "places"}
NO_NAMES |= {"door", "doors", "checkup", "diagnosis"}
THEIR_NAMES = {"repeat_with_each"}  # the app calls its action so
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


def test_no_room_of_the_tests_is_crowded_and_no_test_lies_outside() -> None:
    tests = [
        path.relative_to(ROOT)
        for path in ROOT.joinpath("tests").rglob("*.py")
        if not {".venv", "node_modules"} & set(path.parts)
    ]
    files = Counter(path.parent for path in tests if path.name != "__init__.py")
    assert {room for room, count in files.items() if count > MOST_FILES} == set()
    assert files[Path("tests")] == 1  # conftest.py


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
    graph = {module: used_by(module) - {module} for module in MODULES}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def words_of(name: str) -> set[str]:
    """Split a name at its underscores and capitals."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+|[0-9]+", name)}


def public_names(module: str) -> Iterator[str]:
    """Yield a module's own name, and those of its types and public functions."""
    yield module.rsplit(".", maxsplit=1)[-1]
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
    for node in tree.body:  # Kind = Literal["…"]
        if isinstance(node, ast.Assign):
            names = [name.id for name in node.targets if isinstance(name, ast.Name)]
            yield from (name for name in names if re.search("[a-z]", name))


def test_names_are_words_of_the_field() -> None:
    odd = {
        f"{module}: {name}"
        for module in MODULES
        for name in set(public_names(module)) - THEIR_NAMES
        if not name.startswith("_") and words_of(name) & NO_NAMES
    }
    assert odd == set()
