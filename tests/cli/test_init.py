"""``bridge init``, typed at a terminal."""

from __future__ import annotations

import os
import pty
import re
import stat
import subprocess
from pathlib import Path

import pytest
from dotenv import dotenv_values

from bridge.config import Config
from tests.support.commands import COMMAND_S
from tests.support.live import PROGRAM, Operator, Upstream
from tests.support.services import free_port

KEY = "6bqv9zk3f0typedkey"
LONG_ENOUGH = "Zq8vJx2mT4nR7wK1cB5yH9dL3fG6sP0a"


@pytest.fixture(autouse=True)
def nobody_to_ask(operator: Operator) -> None:
    """Keep made-up keys from Intervals.icu: nobody listens at this port."""
    operator.settings["BRIDGE_UPSTREAM_URL"] = f"http://127.0.0.1:{free_port()}"


def type_at(operator: Operator, *lines: str, options: tuple[str, ...] = ()) -> str:
    """Run ``bridge init`` on a terminal, type ``lines``, return what it showed."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        # the command may switch the echo off only on a terminal that is its own
        ["setsid", "--ctty", str(PROGRAM), "init", *options],
        cwd=operator.folder,
        env=operator.environ(),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    shown = b""
    try:
        for line in lines:
            shown += _read_until(ours, b"): ")
            os.write(ours, line.encode() + b"\n")
        shown += _read_until(ours, None)
        assert process.wait(timeout=COMMAND_S) == 0, shown
    finally:
        process.kill()
        process.wait()
        os.close(ours)
    return shown.decode()


def _read_until(terminal: int, end: bytes | None) -> bytes:
    seen = b""
    while end is None or not seen.endswith(end):
        try:
            piece = os.read(terminal, 4096)
        except OSError:  # so Linux tells that nobody is at the other end
            piece = b""
        if not piece:
            assert end is None, seen
            break
        seen += piece
    return seen


def test_the_key_is_asked_without_showing_it(operator: Operator) -> None:
    shown = type_at(operator, KEY)
    file = operator.folder / ".env"
    assert KEY not in shown
    assert "bridge serve" in shown
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    written = dotenv_values(file)
    assert written["INTERVALS_API_KEY"] == KEY
    assert str(written["BRIDGE_SECRET_KEY"]) not in shown
    assert Config.from_env({k: v for k, v in written.items() if v}).api_key == KEY


def test_its_folder_is_ready_for_every_command(operator: Operator) -> None:
    type_at(operator, KEY)
    listed = operator.run("devices", "list")
    assert listed.returncode == 0
    assert "No device yet" in listed.stdout
    added = operator.run("devices", "add", "My iPhone")
    assert added.returncode == 0
    assert KEY not in added.stdout + added.stderr


def test_a_second_key_changes_its_line_alone(operator: Operator) -> None:
    file = operator.folder / ".env"
    before = (
        "# mine\nexport INTERVALS_API_KEY=mistyped\n\nBRIDGE_PUBLIC_URL=https://b.example"
        f"\nBRIDGE_SECRET_KEY={LONG_ENOUGH}"  # and no line end
    )
    file.write_text(before)
    shown = type_at(operator, KEY)
    assert "Enter to keep the one there" in shown
    assert file.read_text() == before.replace(
        "export INTERVALS_API_KEY=mistyped", f"INTERVALS_API_KEY={KEY}"
    )
    kept = operator.folder / ".env.bak"
    assert kept.read_text() == before
    for path in (file, kept):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_enter_keeps_the_key_that_is_there(operator: Operator) -> None:
    file = operator.folder / ".env"
    file.write_text(f"INTERVALS_API_KEY={KEY}\nBRIDGE_SECRET_KEY={LONG_ENOUGH}\n")
    before = file.read_text()
    assert "Nothing was changed" in type_at(operator, "")
    assert file.read_text() == before
    assert not (operator.folder / ".env.bak").exists()


@pytest.mark.slow
def test_the_address_is_set_without_asking_for_a_key(operator: Operator) -> None:
    type_at(operator, KEY)
    before = (operator.folder / ".env").read_text()
    for address in ("https://a.example", "https://b.example/"):
        done = operator.run("init", "--address", address)
        assert done.returncode == 0, done.stderr
    after = (operator.folder / ".env").read_text()
    assert after == f"{before}BRIDGE_PUBLIC_URL=https://b.example\n"
    refused = operator.run("init", "--address", "bridge.example/path")
    assert refused.returncode == 2
    assert (operator.folder / ".env").read_text() == after


@pytest.mark.slow
def test_a_new_secret_asks_before_devices_stop(operator: Operator) -> None:
    file = operator.folder / ".env"
    type_at(operator, KEY)
    operator.run("devices", "add", "Phone")
    before = dotenv_values(file)
    refused = operator.run("init", "--new-secret")
    assert refused.returncode == 1
    assert "1 device stops working" in refused.stderr
    assert dotenv_values(file) == before
    assert operator.run("init", "--new-secret", "--yes").returncode == 0
    after = dotenv_values(file)
    assert after["BRIDGE_SECRET_KEY"] != before["BRIDGE_SECRET_KEY"]
    assert after["INTERVALS_API_KEY"] == KEY


def test_the_key_is_tried_at_once(operator: Operator, upstream: Upstream) -> None:
    operator.settings["BRIDGE_UPSTREAM_URL"] = upstream.url
    good = upstream.world.api_key
    shown = type_at(operator, KEY, good)
    assert "does not know this key" in shown
    assert re.search(r"Hello .+! \d+ activities in 90 days", shown)
    assert good not in shown
    assert dotenv_values(operator.folder / ".env")["INTERVALS_API_KEY"] == good


@pytest.mark.slow
def test_a_key_that_cannot_be_tried_is_kept_and_said_to_be_untried(
    operator: Operator,
) -> None:
    assert "not checked" in type_at(operator, KEY)
    assert dotenv_values(operator.folder / ".env")["INTERVALS_API_KEY"] == KEY


@pytest.mark.slow
def test_it_works_in_the_folder_of_the_bridge_from_anywhere(
    operator: Operator, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = tmp_path_factory.mktemp("home")
    operator.settings["BRIDGE_HOME"] = str(home)
    type_at(operator, KEY)
    assert (home / ".env").exists()
    assert operator.run("devices", "add", "Phone").returncode == 0
    assert (home / "data" / "bridge.db").exists()
    assert not (operator.folder / ".env").exists()
    assert not (operator.folder / "data").exists()


def test_whoever_is_in_another_folder_is_told_where_it_looked(
    operator: Operator,
) -> None:
    refused = operator.run("devices", "list")
    assert refused.returncode == 1
    assert f"There is no .env in {operator.folder}" in refused.stderr
    assert "BRIDGE_HOME" in refused.stderr
    assert not (operator.folder / "data").exists()
    operator.settings["BRIDGE_HOME"] = str(operator.folder / "nowhere")
    assert "names no folder" in operator.run("devices", "list").stderr


@pytest.mark.parametrize(
    ("pasted", "said"),
    [
        (f'"{KEY}"', "quotes"),
        ("6bqv9 zk3f0typedkey", "blanks"),
        (f"“{KEY}”", "quotes"),
        (f"API_KEY:{KEY}", "user name"),
        ("<your key>", "odd characters"),
    ],
)
def test_a_key_pasted_with_more_around_it_is_asked_again(
    operator: Operator, pasted: str, said: str
) -> None:
    shown = type_at(operator, pasted, f"  {KEY}  ")
    assert said in shown
    assert KEY not in shown
    assert pasted not in shown
    assert dotenv_values(operator.folder / ".env")["INTERVALS_API_KEY"] == KEY


def test_a_link_that_waits_there_is_not_followed(
    operator: Operator, tmp_path: Path
) -> None:
    other = tmp_path / "elsewhere"
    (operator.folder / ".env").symlink_to(other)
    type_at(operator, KEY)
    assert not other.exists()
    assert not (operator.folder / ".env").is_symlink()


def test_a_link_to_a_file_is_left_to_its_owner(
    operator: Operator, tmp_path: Path
) -> None:
    other = tmp_path / "elsewhere"
    other.write_text("PORT=8001\n")
    (operator.folder / ".env").symlink_to(other)
    refused = operator.run("init", "--address", "https://b.example")
    assert refused.returncode == 1
    assert str(other) in refused.stderr
    assert other.read_text() == "PORT=8001\n"


def test_without_a_terminal_it_reads_the_key_from_the_pipe(operator: Operator) -> None:
    done = operator.run("init", typed=f"{KEY}\n")
    assert done.returncode == 0, done.stderr
    assert KEY not in done.stdout + done.stderr
    assert dotenv_values(operator.folder / ".env")["INTERVALS_API_KEY"] == KEY


def test_nothing_typed_at_all_writes_nothing(operator: Operator) -> None:
    refused = operator.run("init", typed="")
    assert refused.returncode == 1
    assert "Traceback" not in refused.stderr
    assert not (operator.folder / ".env").exists()
