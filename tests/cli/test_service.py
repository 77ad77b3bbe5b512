"""``bridge service``: the files it writes, read by what will read them."""

from __future__ import annotations

import plistlib
import shutil
import stat
import subprocess
from pathlib import Path

import pytest
from click import ClickException

from bridge.cli.service import launchd_plist, systemd_unit
from tests.support.live import Operator

SECRET = "Zq8vJx2mT4nR7wK1cB5yH9dL3fG6sP0a"


@pytest.fixture
def owner(operator: Operator) -> Operator:
    """Sit in a folder with a secret; systemctl is one that fails."""
    operator.settings["BRIDGE_SECRET_KEY"] = SECRET
    return operator


def settings_of(unit: str) -> dict[str, str]:
    return dict(line.split("=", 1) for line in unit.splitlines() if "=" in line)


def test_the_unit_never_gives_up_and_cannot_write_its_code() -> None:
    unit = settings_of(systemd_unit(Path("/home/ana/bridge"), Path("/x/bin/bridge")))
    assert (unit["Restart"], unit["StartLimitIntervalSec"]) == ("always", "0")
    assert unit["ExecStart"] == '"/x/bin/bridge" serve'
    assert (unit["ProtectSystem"], unit["ProtectHome"]) == ("strict", "read-only")
    assert unit["PrivateUsers"] == "yes"  # without it a user's unit has none of that
    assert unit["ReadWritePaths"] == '"/home/ana/bridge/data"'


@pytest.mark.parametrize("folder", ["bridge", "my $bridge, 100% new"])
def test_systemd_understands_the_unit(tmp_path: Path, folder: str) -> None:
    analyze = shutil.which("systemd-analyze")
    home = tmp_path / folder
    (home / "bin").mkdir(parents=True)
    program = home / "bin" / "bridge"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    text = systemd_unit(home, program)
    if analyze is None:
        return
    unit = tmp_path / "intervals-bridge.service"
    unit.write_text(text)
    checked = subprocess.run(
        [analyze, "--user", "verify", str(unit)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=dict.fromkeys(("XDG_RUNTIME_DIR", "HOME"), str(tmp_path)),
    )
    assert checked.returncode == 0, checked.stderr
    assert unit.name not in checked.stderr


def test_a_path_that_systemd_cannot_have_is_told() -> None:
    with pytest.raises(ClickException, match="no quotes"):
        systemd_unit(Path('/home/ana/"my" bridge'), Path("/x/bin/bridge"))


def test_launchd_understands_the_agent() -> None:
    home = Path("/Users/ana/my <bridge> & co")
    agent = plistlib.loads(launchd_plist(home, Path("/x/bin/bridge")).encode())
    assert agent["ProgramArguments"] == ["/x/bin/bridge", "serve"]
    assert agent["WorkingDirectory"] == str(home)
    assert agent["EnvironmentVariables"] == {"BRIDGE_HOME": str(home)}
    assert agent["KeepAlive"] is True


def test_it_is_written_and_removed_for_this_user(owner: Operator) -> None:
    unit = owner.folder / ".config" / "systemd" / "user" / "intervals-bridge.service"
    done = owner.run("service", "install", "--no-start")
    assert done.returncode == 0, done.stderr
    assert f"WorkingDirectory={owner.folder}\n" in unit.read_text()
    assert SECRET not in unit.read_text()
    assert "enable-linger" in done.stdout
    assert "systemctl --user enable --now intervals-bridge" in done.stdout
    assert stat.S_IMODE((owner.folder / "data").stat().st_mode) == 0o700
    told = owner.run("service", "status")
    assert str(unit) in told.stdout
    assert "does not answer" in told.stdout
    assert told.returncode == 1
    assert owner.run("service", "remove").returncode == 0
    assert not unit.exists()
    assert owner.run("service", "remove").returncode == 1
    assert owner.run("service", "status").returncode == 1


def test_a_bridge_that_cannot_start_is_no_service(operator: Operator) -> None:
    refused = operator.run("service", "install", "--no-start")
    assert refused.returncode == 1
    assert "BRIDGE_SECRET_KEY is not set" in refused.stderr
    assert not (operator.folder / ".config").exists()


def test_without_a_systemd_of_the_user_a_sentence_says_so(owner: Operator) -> None:
    folder = owner.folder / "bin"
    folder.mkdir()
    systemctl = folder / "systemctl"
    systemctl.write_text("#!/bin/sh\necho 'Failed to connect to bus: x' >&2\nexit 1\n")
    systemctl.chmod(0o755)
    owner.settings["PATH"] = f"{folder}:{owner.environ()['PATH']}"
    done = owner.run("service", "install")
    assert done.returncode == 0
    assert "No systemd of this user answers" in done.stderr
    assert "Failed to connect" not in done.stderr
    assert "Start it with:" in done.stdout
