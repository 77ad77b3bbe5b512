"""The built files: index, downloads, recipes, as the running bridge reads them."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from bridge.shortcuts.build import build_all, write_all
from bridge.shortcuts.catalog import CATALOG, PLANNED
from bridge.shortcuts.files import (
    FOLDER,
    UNSIGNED,
    find_entry,
    read_download,
    read_index,
    read_recipe,
)
from bridge.shortcuts.template import LANGUAGES, ShortcutTemplate

EVERY = (*CATALOG, *PLANNED)
every = pytest.mark.parametrize("template", EVERY, ids=lambda each: each.slug)


def test_the_index_says_what_the_files_are() -> None:
    index = read_index()
    assert [entry.slug for entry in index.shortcuts] == [each.slug for each in CATALOG]
    for entry in index.shortcuts:
        for language, built in entry.files.items():
            content = (FOLDER / built.file).read_bytes()
            assert built.sha256 == hashlib.sha256(content).hexdigest()
            assert (built.bytes, built.signed, built.icloud) == (len(content), "no", "")
            assert Path(built.file).stem == entry.names[language]


def test_the_readme_says_what_an_iphone_does_to_an_unsigned_file() -> None:
    assert UNSIGNED in (FOLDER / "README.md").read_text()


def test_a_download_is_found_by_name_or_slug_in_its_language() -> None:
    for name in ("Bridge prüfen", "Bridge pru\u0308fen.shortcut", "bridge-check"):
        download = read_download("de", name)
        assert download is not None
        assert (download.name, download.signed) == ("Bridge prüfen", False)
        assert download.content.startswith(b"<?xml")


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("de", "Bridge check"),
        ("fr", "Bridge check"),
        ("en", "../index.json"),
        ("en", "../de/Bridge prüfen"),
        ("..", "README.md"),
        ("en", ""),
        ("recipes", "bridge-check"),
        ("en", "/etc/passwd\0"),
    ],
)
def test_nothing_else_can_be_downloaded(language: str, name: str) -> None:
    assert read_download(language, name) is None


def test_a_signed_file_is_sent_while_it_fits_its_build(tmp_path: Path) -> None:
    write_all(tmp_path)
    entry = find_entry(read_index(tmp_path), "en", "my-training-form")
    assert entry is not None
    built = entry.files["en"]
    signed = tmp_path / "signed" / built.file
    signed.parent.mkdir(parents=True)
    signed.write_bytes(b"AEA1 signed")
    ledger = tmp_path / "signed" / "ledger.json"
    for digest, expected in ((built.sha256, True), ("0" * 64, False)):
        ledger.write_text(json.dumps({built.file: digest}))
        write_all(tmp_path)
        download = read_download("en", "My training form", tmp_path)
        assert download is not None
        assert download.signed is expected
        assert (download.content == b"AEA1 signed") is expected


@every
def test_the_recipe_has_every_action_in_order(template: ShortcutTemplate) -> None:
    recipe = json.loads(build_all([template])[f"recipes/{template.slug}.json"])
    for language in LANGUAGES:
        steps = recipe["languages"][language]["steps"]
        assert [step["number"] for step in steps] == list(
            range(1, len(template.steps) + 1)
        )
        assert [step["action"] for step in steps] == [s.title for s in template.steps]
        assert (steps[0]["depth"], steps[-1]["depth"]) == (0, 0)
        for step in steps:
            assert step["instructions"]
            assert not any("{" in value["value"] for value in step["values"])


def test_the_recipe_can_be_copied() -> None:
    recipe = json.loads(read_recipe("my-training-form") or b"{}")
    steps = recipe["languages"]["en"]["steps"]
    (request,) = (s for s in steps if s["action"] == "Get Contents of URL")
    values = {value["field"]: value for value in request["values"]}
    assert values["URL"]["value"] == "‹Address›/v1/fitness"
    assert values["URL"]["copy"] == "/v1/fitness"
    assert values["Headers: Authorization"]["value"] == "Bearer ‹Token›"
    assert values["Headers: X-Shortcut"]["copy"] == "my-training-form/1"
    assert read_recipe("nothing") is None


def test_the_running_bridge_needs_no_builder() -> None:
    code = (
        "import sys; sys.modules['shortcutkit'] = None; "
        "from bridge.shortcuts.files import read_index; read_index()"
    )
    environment = {"PYTHONPATH": str(Path(__file__).parents[1])}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)
