"""``make install`` on machines that are not ready for it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.lacking import require_binary

ROOT = Path(__file__).parents[2]
FILES = ("Makefile", "pyproject.toml", "requirements.txt", "requirements-pictures.txt")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Lay out what make looks at, and nothing that could be installed."""
    require_binary("make", "make")
    for name in FILES:
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def make(checkout: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", *words],
        cwd=checkout,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def python_that(checkout: Path, script: str) -> Path:
    """Return a program in the place of Python."""
    program = checkout / "python-odd"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return program


def test_an_old_python_is_told_before_anything_is_made(checkout: Path) -> None:
    old = 'case "$1" in --version) echo Python 3.9.6;; *) exit 1;; esac'
    done = make(checkout, "install", f"PYTHON={python_that(checkout, old)}")
    assert done.returncode
    assert "needs Python 3.11 or newer" in done.stdout
    assert "3.9.6" in done.stdout
    assert "python3-venv" in done.stdout
    assert not (checkout / ".venv").exists()


def test_no_python_at_all_is_told(checkout: Path) -> None:
    done = make(checkout, "install", "PYTHON=")
    assert done.returncode
    assert "Here is: none" in done.stdout


@pytest.mark.slow
def test_an_environment_of_an_old_python_is_made_anew(checkout: Path) -> None:
    broken = checkout / ".venv" / "bin" / "python"
    broken.parent.mkdir(parents=True)
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    for name in FILES[2:]:
        (checkout / name).write_text("")
    done = make(checkout, "install", f"PYTHON={sys.executable}")
    assert "1 of 3" in done.stdout  # it goes on with pip, which finds no bridge here
    version = subprocess.run([str(broken), "--version"], check=True, timeout=30)
    assert version.returncode == 0
