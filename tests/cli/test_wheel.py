"""The package that is installed: every file that the running bridge reads is in it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.support.lacking import lacking

ROOT = Path(__file__).parents[2]
NEEDED = ("bridge", "pyproject.toml", "README.md", "LICENSE", "shortcuts")
WITHOUT = shutil.ignore_patterns("__pycache__", "*.egg-info", "build")
READ_WHILE_RUNNING = (
    "domain/speech/phrases/*.toml",
    "pages/*.html",
    "pages/*.json",
    "static/*",
    "store/migrations/**/*",
    "shortcuts/files/**/*",
    "shortcuts/words/*.toml",
    "py.typed",
)


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Build the wheel from a copy, so that the checkout stays as it is."""
    folder = tmp_path_factory.mktemp("wheel")
    for name in NEEDED:
        source, target = ROOT / name, folder / "source" / name
        if source.is_dir():
            shutil.copytree(source, target, symlinks=True, ignore=WITHOUT)
        else:
            target.parent.mkdir(exist_ok=True)
            shutil.copy(source, target)
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--quiet"]
    command += ["--wheel-dir", str(folder), str(folder / "source")]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    if "No matching distribution found for setuptools" in made.stderr:
        lacking("a wheel needs setuptools from a package index")
    assert made.returncode == 0, made.stderr
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        return set(packed.namelist())


@pytest.mark.slow
@pytest.mark.parametrize("pattern", READ_WHILE_RUNNING)
def test_what_the_bridge_reads_is_in_the_wheel(packed: set[str], pattern: str) -> None:
    bridge = ROOT / "bridge"
    start, _, rest = pattern.partition("/**")
    # A glob does not walk through the link that "shortcuts/files" is here.
    found = (bridge / start).resolve().rglob("*") if rest else bridge.glob(pattern)
    base = (bridge / start).resolve() if rest else bridge
    prefix = f"bridge/{start}" if rest else "bridge"
    wanted = {
        f"{prefix}/{path.relative_to(base).as_posix()}"
        for path in found
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert wanted
    assert wanted <= packed


@pytest.mark.slow
def test_every_module_is_in_the_wheel_and_nothing_else(packed: set[str]) -> None:
    modules = {
        path.relative_to(ROOT).as_posix() for path in (ROOT / "bridge").rglob("*.py")
    }
    assert modules == {name for name in packed if name.endswith(".py")}
    for name in packed:
        assert name.startswith("bridge/") or ".dist-info/" in name
