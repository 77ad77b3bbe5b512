"""Words are parsed once for all starts, and anew as soon as their file is another."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from bridge.domain.speech.toml import main, read_toml

WORDS = Path(__file__).parents[2] / "bridge" / "domain" / "speech" / "phrases"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    file = tmp_path / "en.toml"
    file.write_text('[phrases]\nalive = "The bridge is running."\n', "utf-8")
    return file


def kept(file: Path) -> list[Path]:
    return sorted(file.parent.glob("__pycache__/*"))


def test_it_is_parsed_no_more_while_the_file_is_the_same(file: Path) -> None:
    read_toml(file)
    was = file.stat()
    file.write_bytes(b"?" * was.st_size)  # which is no TOML …
    os.utime(file, ns=(was.st_atime_ns, was.st_mtime_ns))  # … and looks untouched
    assert read_toml(file) == {"phrases": {"alive": "The bridge is running."}}


def test_a_file_that_was_changed_is_parsed_anew(file: Path) -> None:
    read_toml(file)
    file.write_text('[phrases]\nalive = "The bridge is running!"\n', "utf-8")
    os.utime(file, ns=(0, 1))
    assert read_toml(file) == {"phrases": {"alive": "The bridge is running!"}}


@pytest.mark.parametrize("spoilt", [b"", b"tom1", b"\x00" * 400])
def test_what_is_spoilt_counts_for_nothing(file: Path, spoilt: bytes) -> None:
    read_toml(file)
    (path,) = kept(file)
    path.write_bytes(spoilt or path.read_bytes()[:30])
    assert read_toml(file) == {"phrases": {"alive": "The bridge is running."}}


def test_where_nobody_may_write_it_is_parsed_each_time(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert read_toml(file)["phrases"]
    assert not kept(file)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (file.parent / "__pycache__").write_text("a file where the folder would be")
    assert read_toml(file)["phrases"]


def test_an_install_keeps_every_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    main()
    names = {path.name.split(".")[0] for path in tmp_path.rglob("*.pyc")}
    assert names >= {path.stem for path in WORDS.glob("*.toml")}
