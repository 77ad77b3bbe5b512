"""Imports go down or stay in the room."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

BRIDGE = Path(__file__).parents[2] / "bridge"
FLOORS = {
    "errors": 0,
    "config": 0,
    "domain": 0,
    "addresses": 0,
    "masking": 0,
    "steady": 0,
    "turns": 0,
    "upstream": 1,
    "store": 1,
    "tokens": 1,
    "codes": 1,
    "coalesce": 1,
    "limits": 1,
    "metrics": 1,
    "vault": 1,
    "shortcuts": 1,
    "pictures": 1,
    "services": 2,
    "doctor": 2,
    "writes": 2,
    "ledger": 2,
    "notify": 2,
    "routes": 3,
    "cli": 3,
    "server": 3,
    "kept": 4,
    "app": 5,
    "background": 5,
    "wsgi": 5,
}
# What lies beneath domain and may be used by everybody.
GROUND = {"addresses", "errors", "config", "domain", "masking"}
# A command starts what it serves.
STAIRS_UP = {
    ("wsgi", "background"),
    ("cli", "background"),
    ("cli", "app"),
    ("wsgi", "app"),
    ("cli", "simulator"),
}
HOMES = {
    "flask": {"app", "background", "services", "routes", "cli", "simulator"},
    "requests": {"upstream", "notify"},
    "sqlalchemy": {"store"},
    "gunicorn": {"cli", "server"},
    "alembic": {"store"},
}
MODULES = sorted(BRIDGE.rglob("*.py"))


def room_of(module: Path) -> str:
    return module.relative_to(BRIDGE).parts[0].removesuffix(".py")


@cache
def imports_of(module: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        match node:
            case ast.Import():
                found |= {alias.name for alias in node.names}
            case ast.ImportFrom(module=str(name), level=0):
                found.add(name)
                found |= {f"{name}.{alias.name}" for alias in node.names}
            case ast.ImportFrom():
                pytest.fail(f"{module} has a relative import")
    return found


def rooms_used(module: Path) -> set[str]:
    parts = [name.split(".") for name in imports_of(module)]
    return {part[1] for part in parts if part[0] == "bridge" and len(part) > 1}


def test_every_room_has_a_floor() -> None:
    rooms = {room_of(module) for module in MODULES} - {"__init__", "simulator"}
    assert rooms <= set(FLOORS)


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.name))
def test_imports_go_down_or_stay_in_the_room(module: Path) -> None:
    room = room_of(module)
    if room in {"__init__", "simulator"}:
        return
    for used in rooms_used(module) - {room, "__version__"}:
        if (room, used) in STAIRS_UP:
            continue
        assert used in FLOORS, f"{room} imports {used}"
        below = FLOORS[used] < FLOORS[room] or (used in GROUND and room in GROUND)
        assert below, f"{room} imports {used}, which is not below it"


def test_the_simulator_imports_nothing_of_the_bridge() -> None:
    for module in MODULES:
        if room_of(module) == "simulator":
            assert rooms_used(module) <= {"simulator"}, module


@pytest.mark.parametrize("library", HOMES)
def test_a_library_stays_in_its_rooms(library: str) -> None:
    for module in MODULES:
        roots = {name.split(".")[0] for name in imports_of(module)}
        if library in roots:
            assert room_of(module) in HOMES[library], f"{module} imports {library}"


def test_nobody_but_commands_and_services_reads_clock_or_environment() -> None:
    for module in MODULES:
        if room_of(module) in {"cli", "services", "app", "wsgi", "simulator"}:
            continue
        text = module.read_text(encoding="utf-8")
        for call in ("datetime.now(", "date.today(", "time.time(", "os.environ"):
            assert call not in text, f"{module} reads {call}"


def test_no_room_is_called_utils() -> None:
    vague = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}
    assert not [module for module in MODULES if module.stem in vague]
