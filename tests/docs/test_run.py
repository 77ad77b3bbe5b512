"""The guides: their commands exist, and take a bridge from machine to machine."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import pytest
import requests

from bridge.cli import main
from tests.support.lacking import require_binary
from tests.support.live import Operator, Upstream
from tests.support.services import free_port

ROOT = Path(__file__).parents[2]
GUIDES = sorted(ROOT.glob("docs/run/*.md"))
KEEP = ROOT / "docs" / "run" / "keep.md"
ASKED = ("keep it running", "back up", "update", "move", "uninstall")


def commands_in(page: Path) -> list[list[str]]:
    """Return every ``bridge`` command of a page, in blocks and in code."""
    text = page.read_text("utf-8")
    pieces = "\n".join(re.findall(r"```\w*\n(.*?)```", text, re.S)).splitlines()
    pieces += re.findall(r"`([^`\n]+)`", text)
    typed = re.compile(r"(?:^|(?<!-u)[\s/])bridge ([a-z][^\n#|&;']*)")
    return [match[1].split() for piece in pieces for match in typed.finditer(piece)]


@pytest.mark.parametrize(
    "page", [ROOT / "README.md", *GUIDES], ids=lambda page: page.stem
)
def test_every_command_and_option_of_the_guides_exists(page: Path) -> None:
    for words in commands_in(page):
        command: click.Command = main
        rest = words[1:] if words[0] == "bridge" else list(words)
        while isinstance(command, click.Group) and rest:
            named = command.get_command(click.Context(command), rest[0])
            if named is None:
                break
            command, rest = named, rest[1:]
        assert command is not main, words
        known = {name for param in command.params for name in param.opts}
        assert {word for word in rest if word.startswith("--")} <= known, words


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.stem)
def test_every_way_says_how_to_keep_update_back_up_move_and_remove_it(
    page: Path,
) -> None:
    text = page.read_text("utf-8").lower()
    assert not [word for word in ASKED if word not in text]


def section(title: str) -> list[str]:
    """Return the commands of a section of keep.md, a line each."""
    text = KEEP.read_text("utf-8").partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    block = text.partition("```sh\n")[2].partition("```")[0]
    return [line.partition("#")[0].strip() for line in block.splitlines()]


class Machine:
    """A folder with a clone in it, and somebody who types the lines of the guides."""

    def __init__(self, folder: Path, origin: Path, upstream: Upstream) -> None:
        self.app = folder / "bridge"
        self.port = free_port()
        subprocess.run(["git", "clone", "-q", str(origin), str(self.app)], check=True)
        # What make install downloads is here already; the clone's own bridge is used.
        make = [sys.executable, "-m", "venv", "--without-pip", ".venv"]
        subprocess.run(make, cwd=self.app, check=True)
        (site,) = self.app.glob(".venv/lib/python*/site-packages")
        shared = Path(requests.__file__).parents[1]
        site.joinpath("paths.pth").write_text(f"{self.app}\n{shared}\n")
        program = self.app / ".venv" / "bin" / "bridge"
        python = program.with_name("python")
        program.write_text(f"#!{python}\nfrom bridge.cli import main\nmain()\n")
        program.chmod(0o755)
        self.installed()
        path = f"{program.parent}:/usr/local/bin:/usr/bin:/bin"
        environ = {"PATH": path, "PORT": str(self.port)}
        environ["BRIDGE_UPSTREAM_URL"] = upstream.url
        self.seat = Operator(folder=self.app, settings=environ)

    def installed(self) -> None:
        (self.app / ".venv" / ".installed").touch()

    def type(self, line: str, typed: str = "") -> str:
        done = subprocess.run(
            ["sh", "-c", line],
            cwd=self.app,
            env=self.seat.environ(),
            input=typed,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
        return done.stdout

    @contextmanager
    def running(self) -> Iterator[str]:
        url = f"http://127.0.0.1:{self.port}"
        with self.seat.starting(str(self.app / ".venv/bin/bridge"), "serve") as started:
            started.wait_for_address(url)
            yield url


@pytest.fixture
def origin(tmp_path: Path) -> Path:
    """Copy what is in the checkout to a repository of its own."""
    require_binary("git", "git")
    folder = tmp_path / "origin"
    listed = subprocess.run(
        ["git", "ls-files", "-z", "bridge", "shortcuts", "Makefile", "*.txt", "*.toml"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    for name in filter(None, listed.split("\0")):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, target, follow_symlinks=False)
    commit(folder, "First")
    return folder


def commit(folder: Path, message: str) -> None:
    git = ["git", "-c", "user.name=Ana", "-c", "user.email=ana@example.org"]
    subprocess.run([*git, "init", "-q", "-b", "main"], cwd=folder, check=True)
    subprocess.run([*git, "add", "--all"], cwd=folder, check=True)
    subprocess.run([*git, "commit", "-q", "-m", message], cwd=folder, check=True)


@pytest.mark.slow
def test_by_the_guides_alone_a_bridge_runs_is_backed_up_updated_and_moved(
    origin: Path, tmp_path: Path, upstream: Upstream
) -> None:
    require_binary("make", "make")
    old = Machine(tmp_path / "old", origin, upstream)
    assert "Hello" in old.type("bridge init", f"{upstream.world.api_key}\n")
    old.type("bridge init --address https://bridge.example")
    row = json.loads(old.type("bridge devices add --json 'My iPhone'"))
    headers = {"Authorization": f"Bearer {row['token']}"}
    with old.running() as url:
        assert requests.get(f"{url}/v1/fitness", headers=headers, timeout=60).ok
        for line in section("Back up"):
            assert "whole account" in old.type(line)

    (origin / "bridge" / "NEWS").write_text("a new version\n")
    commit(origin, "Second")
    for line in section("Update"):
        old.installed() if "make" in line else None
        old.type(line)
    assert (old.app / "bridge" / "NEWS").exists()
    assert (old.app / "before-update.backup").exists()
    with old.running() as url:
        assert requests.get(f"{url}/v1/fitness", headers=headers, timeout=60).ok

    new = Machine(tmp_path / "new", origin, upstream)
    shutil.copy(old.app / "bridge.backup", new.app)
    restore, address, doctor = section("Move")
    assert "Restored" in new.type(restore)
    new.type(address)
    with new.running() as url:
        assert requests.get(f"{url}/v1/fitness", headers=headers, timeout=60).ok
        told = new.type(f"{doctor} || true")  # the address of the guide is nobody's
        assert "https://the-new-address" in told
        assert "Connected as" in told
    assert "My iPhone" in new.type("bridge devices list")
    (_, replace) = section("Restore")
    assert "What was there before" in new.type(replace)
