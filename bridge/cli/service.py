"""``bridge service``: started with the machine, by systemd or launchd."""

from __future__ import annotations

import os
import plistlib
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from bridge.cli.environment import HOME, read_config, read_store
from bridge.errors import BridgeError

NAME = "intervals-bridge"
_NO_SYSTEMD = (
    "No systemd of this user answers: log in to this machine itself, not by sudo or "
    "su; in a container there is none: docs/run/docker.md."
)


@click.group()
def service() -> None:
    """Start the bridge with this machine, and again when it ends.

    It runs as the user who types this: by systemd on Linux, by launchd on a Mac.
    """


@service.command()
@click.option("--no-start", is_flag=True, help="Only write the file.")
def install(no_start: bool) -> None:
    """Write the service for this folder, and start it."""
    read_config()  # a service that cannot start is not written
    home, path = Path.cwd(), service_file()
    (home / "data").mkdir(mode=0o700, exist_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    program = Path(sys.executable).parent / "bridge"
    is_mac = sys.platform == "darwin"
    make = launchd_plist if is_mac else systemd_unit
    path.write_text(make(home, program), encoding="utf-8")
    click.echo(f"Wrote {path}")
    start = _on_mac(path) if is_mac else _on_linux()
    if no_start or not all(_run(command) for command in start):
        click.echo("Start it with:")
        for command in start:
            click.echo(f"  {' '.join(command)}")
    else:
        click.echo("Started. The sign-in code of the setup page: bridge login")
    if not is_mac:
        click.echo(
            "So that it also runs while you are not logged in:\n"
            "  sudo loginctl enable-linger $USER"
        )


@service.command()
def remove() -> None:
    """Stop the service and delete its file; the bridge's folder stays."""
    path = service_file()
    if not path.exists():
        raise click.ClickException(f"There is no service: no {path}")
    if sys.platform == "darwin":
        _run(["launchctl", "bootout", f"gui/{os.getuid()}/{NAME}"])
    else:
        _run(["systemctl", "--user", "disable", "--now", f"{NAME}.service"])
    path.unlink()
    click.echo(f"Removed {path}")


@service.command()
def status() -> None:
    """Say whether it is installed, and whether the bridge answers."""
    path = service_file()
    click.echo(f"Service: {path if path.exists() else 'not installed'}")
    answers = _answers()
    click.echo(f"Bridge:  {'answers' if answers else 'does not answer'}")
    sys.exit(not answers)


def service_file() -> Path:
    """Return where the file of the service belongs, of this user."""
    if sys.platform == "darwin":
        return Path.home() / "Library" / "LaunchAgents" / f"{NAME}.plist"
    base = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(base) / "systemd" / "user" / f"{NAME}.service"


def systemd_unit(home: Path, program: Path) -> str:
    """Return a unit that never gives up, and may write nothing but the data.

    User services have these protections only in a name space of their own
    (``PrivateUsers``).
    """
    folder = _escaped(home)
    return f"""\
[Unit]
Description=Intervals.icu bridge
After=network-online.target
StartLimitIntervalSec=0

[Service]
WorkingDirectory={folder}
Environment="{HOME}={folder}"
ExecStart="{_escaped(program)}" serve
Restart=always
RestartSec=5
TimeoutStopSec=15
UMask=0077
NoNewPrivileges=yes
PrivateUsers=yes
PrivateTmp=yes
ProtectSystem=strict
ProtectHome=read-only
ReadWritePaths="{folder}/data"

[Install]
WantedBy=default.target
"""


def launchd_plist(home: Path, program: Path) -> str:
    """Return a launch agent that is started again whenever it ends."""
    log = str(home / "data" / "bridge.log")
    agent: dict[str, object] = {
        "Label": NAME,
        "ProgramArguments": [str(program), "serve"],
        "WorkingDirectory": str(home),
        "EnvironmentVariables": {HOME: str(home)},
        "RunAtLoad": True,
        "KeepAlive": True,
        "ThrottleInterval": 5,
        "Umask": 0o077,
        "StandardOutPath": log,
        "StandardErrorPath": log,
    }
    return plistlib.dumps(agent).decode()


def _escaped(path: Path) -> str:
    """Return a path as systemd reads it; it takes no quotes in one."""
    text = str(path)
    if set(text) & set("\"'\\\n"):
        raise click.ClickException(f"systemd takes no quotes in a path: {text}")
    return text.replace("%", "%%")


def _on_linux() -> list[list[str]]:
    systemctl = ["systemctl", "--user"]
    return [[*systemctl, "daemon-reload"], [*systemctl, "enable", "--now", NAME]]


def _on_mac(path: Path) -> list[list[str]]:
    return [["launchctl", "bootstrap", f"gui/{os.getuid()}", str(path)]]


def _run(command: Sequence[str]) -> bool:
    """Run a command of the system; tell whether it worked, and say why not."""
    try:
        done = subprocess.run(  # noqa: S603 - the words are ours
            command, capture_output=True, text=True, timeout=60, check=False
        )
    except FileNotFoundError:
        is_systemd = command[0] == "systemctl"
        click.echo(_NO_SYSTEMD if is_systemd else f"No {command[0]} here.", err=True)
        return False
    except (OSError, subprocess.TimeoutExpired) as error:
        click.echo(f"{command[0]}: {type(error).__name__}", err=True)
        return False
    said = (done.stderr or done.stdout).strip()
    if done.returncode:
        click.echo(_NO_SYSTEMD if "Failed to connect to" in said else said, err=True)
    return not done.returncode


def _answers() -> bool:
    from bridge.upstream.public import try_address
    from bridge.upstream.transport import BoundedAdapter

    try:
        ours = read_store().facts.instance_id()
        return try_address(read_config().listening_at, ours, BoundedAdapter()) == "ours"
    except BridgeError:
        return False
