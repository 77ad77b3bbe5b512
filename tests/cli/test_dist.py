"""``make dist``: the source builds the wheel, which installs and serves alone."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.cli.test_wheel import NEEDED, WITHOUT
from tests.support.lacking import lacking
from tests.support.live import Operator
from tests.support.services import free_port

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build both from a copy, the wheel out of the source."""
    folder = tmp_path_factory.mktemp("dist")
    for name in NEEDED:
        source, target = ROOT / name, folder / "source" / name
        if source.is_dir():
            shutil.copytree(source, target, symlinks=True, ignore=WITHOUT)
        else:
            target.parent.mkdir(exist_ok=True)
            shutil.copy(source, target)
    command = [sys.executable, "-m", "build", "--outdir", str(folder / "dist")]
    made = subprocess.run(
        [*command, str(folder / "source")], capture_output=True, text=True, check=False
    )
    if "No matching distribution found for setuptools" in made.stdout + made.stderr:
        lacking("a wheel needs setuptools from a package index")
    assert made.returncode == 0, made.stdout + made.stderr
    return folder / "dist"


@pytest.fixture(scope="module")
def program(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Install the wheel beside the packages it needs, and nothing else of ours."""
    folder = tmp_path_factory.mktemp("installed")
    make = [sys.executable, "-m", "venv", "--without-pip", str(folder)]
    subprocess.run(make, check=True)
    (site,) = folder.glob("lib/python*/site-packages")
    site.joinpath("shared.pth").write_text(f"{Path(requests.__file__).parents[1]}\n")
    (wheel,) = dist.glob("*.whl")
    python = str(folder / "bin" / "python")
    install = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet"]
    subprocess.run([*install, "--no-deps", "--no-index", str(wheel)], check=True)
    shown = subprocess.run(
        [python, "-c", "import bridge; print(bridge.__file__)"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout.startswith(str(folder))
    yield folder / "bin" / "bridge"
    shutil.rmtree(folder)


def test_the_source_holds_what_a_build_needs(dist: Path) -> None:
    (source,) = dist.glob("*.tar.gz")
    with tarfile.open(source) as packed:
        names = {name.partition("/")[2] for name in packed.getnames()}
    assert {
        "pyproject.toml",
        "README.md",
        "LICENSE",
        "bridge/static/style.css",
    } <= names
    assert not [name for name in names if ".env" in name or name.startswith("tests/")]


def test_the_installed_wheel_serves_pages_answers_pictures_and_shortcuts(
    program: Path, tmp_path: Path
) -> None:
    port = str(free_port())
    seat = Operator(folder=tmp_path)
    command = (str(program), "demo", "--json", "--port", port)
    with seat.starting(*command) as started:
        started.wait_for_address(f"http://127.0.0.1:{port}")
        started.wait_for(lambda: bool(started.out.read_text()))
        row = json.loads(started.out.read_text())
        headers = {"Authorization": f"Bearer {row['token']}"}
        browser = requests.Session()
        home = browser.get(row["address"], timeout=60)
        assert home.ok
        assert "/static/" in home.text
        style = home.text.partition('rel="stylesheet" href="')[2].partition('"')[0]
        assert browser.get(row["address"] + style, timeout=60).ok
        for path in (
            "/v1/today",
            "/v1/ask?q=form",
            "/openapi.json",
            "/readyz",
            "/docs",
        ):
            answer = browser.get(row["address"] + path, headers=headers, timeout=60)
            assert answer.ok, (path, answer.text)
        drawn = f"{row['address']}/w/form.svg"
        assert "<svg" in browser.get(drawn, headers=headers, timeout=60).text


def test_the_installed_wheel_keeps_a_database_of_its_own(
    program: Path, tmp_path: Path
) -> None:
    environ = {
        "PATH": os.environ["PATH"],
        "BRIDGE_SECRET_KEY": "Zq8vJx2mT4nR7wK1cB5yH9dL3fG6sP0a",
    }
    for words in (("migrate",), ("devices", "add", "Phone"), ("backup", "b.backup")):
        done = subprocess.run(
            [program, *words],
            cwd=tmp_path,
            env=environ,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "data" / "bridge.db").exists()
