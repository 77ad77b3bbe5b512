"""The map leads to rooms that are there, and its words are those of the tests."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contracts.test_rooms import NO_NAMES

ROOT = Path(__file__).parents[2]
MAPS = ("docs/architecture.md", "docs/vocabulary.md", "CONTRIBUTING.md")
_PATH = re.compile(r"`([a-z_]+(?:/[\w.*]+)*/?[\w.]*)`")


def places_named() -> Iterator[str]:
    for page in MAPS:
        for path in _PATH.findall((ROOT / page).read_text(encoding="utf-8")):
            if "/" in path or path.endswith((".py", ".toml")):
                yield path


@pytest.mark.parametrize("path", sorted(set(places_named())))
def test_every_file_on_the_map_is_there(path: str) -> None:
    rooms = (
        ROOT,
        ROOT / "bridge",
        ROOT / "bridge/domain/zones",
        ROOT / "bridge/domain",
    )
    assert any(list(room.glob(path.rstrip("/"))) for room in rooms)


def test_the_map_names_the_rooms_of_every_floor() -> None:
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    for room in (ROOT / "bridge").iterdir():
        if room.name.startswith("_") or room.name in {"py.typed", "pages", "static"}:
            continue
        assert re.search(rf"\b{room.stem}\b", page), room.name


def test_the_vocabulary_forbids_what_the_tests_forbid() -> None:
    page = (ROOT / "docs/vocabulary.md").read_text(encoding="utf-8")
    for word in NO_NAMES - {"kinds", "places", "doors"}:
        assert re.search(rf"\b{word}\b", page), word


def test_every_example_commit_is_in_the_history() -> None:
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    commits = re.findall(r"`([0-9a-f]{7})`", page)
    assert len(commits) >= 3
    for commit in commits:
        seen = subprocess.run(["git", "cat-file", "-t", commit], cwd=ROOT, check=False)
        shallow = (ROOT / ".git/shallow").exists() or not (ROOT / ".git").exists()
        assert seen.returncode == 0 or shallow, commit
