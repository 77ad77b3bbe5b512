"""``bridge init``, typed at a terminal."""

from __future__ import annotations

import os
import pty
import stat
import subprocess
from pathlib import Path

import pytest
from dotenv import dotenv_values

from bridge.config import Config
from tests.support.commands import COMMAND_S
from tests.support.live import PROGRAM, Operator

KEY = "6bqv9zk3f0typedkey"


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
            shown += _read_until(ours, b"skip): ")
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


def test_secrets_are_fresh_each_time(operator: Operator) -> None:
    file = operator.folder / ".env"
    type_at(operator, KEY)
    first = dotenv_values(file)
    type_at(operator, "", options=("--force",))
    second = dotenv_values(file)
    assert first["BRIDGE_SECRET_KEY"] != second["BRIDGE_SECRET_KEY"]
    assert not second["INTERVALS_API_KEY"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


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


def test_settings_that_are_there_stay(operator: Operator) -> None:
    file = operator.folder / ".env"
    file.write_text("INTERVALS_API_KEY=precious\n")
    refused = operator.run("init")
    assert refused.returncode == 1
    assert "--force" in refused.stderr
    assert file.read_text() == "INTERVALS_API_KEY=precious\n"


def test_a_link_that_waits_there_is_not_followed(
    operator: Operator, tmp_path: Path
) -> None:
    other = tmp_path / "elsewhere"
    (operator.folder / ".env").symlink_to(other)
    type_at(operator, KEY, options=("--force",))
    assert not other.exists()
    assert not (operator.folder / ".env").is_symlink()


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
