"""``bridge init``: the settings file, made once and changed a line at a time."""

from __future__ import annotations

import os
import re
import secrets
import sys
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import click
from dotenv import dotenv_values, load_dotenv

from bridge.cli.environment import ENV_FILE, enter_home, now
from bridge.config import (
    Config,
    read_api_key,
    read_public_url,
    read_secret_keys,
    read_setting,
)
from bridge.errors import BridgeError, ConfigError, UpstreamForbidden, UpstreamRefused

_HEAD = (
    "# Made by `bridge init`. Keep it to yourself: the API key is your whole account.\n"
)
_DAYS = 90
_ASK_S = 8.0


@click.command()
@click.option("--address", help="Set the address of the phone: https://bridge.example")
@click.option(
    "--new-secret", is_flag=True, help="Make a new secret key: every device stops."
)
@click.option("--yes", is_flag=True, help="Answer yes, where it would ask.")
def init(address: str | None, new_secret: bool, yes: bool) -> None:
    """Make or change the settings in .env.

    It asks for your API key without showing it, tries it, and makes a secret key.
    Where .env is there already, only what you ask for is changed: a new API key, the
    --address, a --new-secret. Every other line stays, and .env.bak keeps the old file.
    """
    folder = enter_home()
    before = _read_file()
    known = {name: text for name, text in dotenv_values(ENV_FILE).items() if text}
    is_usable = _is_usable(known.get("BRIDGE_SECRET_KEY", ""))
    changes: dict[str, str] = {}
    if address is not None:
        changes["BRIDGE_PUBLIC_URL"] = _checked_address(address)
    if new_secret and is_usable:
        _confirm_end(yes=yes)
    if new_secret or not is_usable:
        changes["BRIDGE_SECRET_KEY"] = secrets.token_urlsafe(48)
    if before is None or not (address or new_secret):
        key = _ask_key(has_one="INTERVALS_API_KEY" in known)
        if key or before is None:
            changes["INTERVALS_API_KEY"] = key
    if before is None:
        changes.setdefault("INTERVALS_ATHLETE_ID", "0")
    if not changes:
        click.echo("Nothing was changed.")
        return
    _write(before, changes)
    done = "Wrote" if before is None else "Changed"
    click.echo(f"{done} {folder / ENV_FILE}. Next: bridge serve, then bridge doctor")


def _read_file() -> str | None:
    """Return what stands in the file; None where there is none."""
    if not ENV_FILE.exists():  # so also where a link leads nowhere
        return None
    if ENV_FILE.is_symlink():
        raise click.ClickException(
            f".env is a link to {ENV_FILE.resolve()}. Edit that file."
        )
    return ENV_FILE.read_text(encoding="utf-8")


def _is_usable(secret_key: str) -> bool:
    try:
        return bool(read_secret_keys(secret_key))
    except ConfigError:
        return False


def _checked_address(text: str) -> str:
    try:
        return read_public_url(text.strip())
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--address") from error


def _confirm_end(*, yes: bool) -> None:
    """Ask before devices stop; where nobody can be asked, only ``--yes`` goes on."""
    count = _active_devices()
    stop = "1 device stops" if count == 1 else f"{count} devices stop"
    if count and not yes:
        if not sys.stdin.isatty():
            raise click.ClickException(
                f"{stop} working with a new secret key. To do it: "
                "bridge init --new-secret --yes"
            )
        click.confirm(
            f"{stop} working, and an API key entered on the setup page is asked again. "
            "(docs/settings.md shows how to change it without that.) Continue?",
            abort=True,
        )


def _active_devices() -> int:
    from bridge.store.athletes import OWNER
    from bridge.store.backends import read_address
    from bridge.store.migrations import ready_store

    load_dotenv(ENV_FILE)
    try:
        config = Config.from_env(os.environ)
    except ConfigError:
        return 0  # with such settings no device works now
    address = read_address(config.database_url)
    if address.drivername == "sqlite" and not Path(address.database or "").exists():
        return 0
    store = ready_store(config, now())
    rows = store.devices.of_athlete(OWNER)
    store.close()
    return sum(row.revoked_at is None for row in rows)


def make_secret() -> None:
    """Write a secret key to ``.env`` if none is set anywhere, for a first start."""
    enter_home()
    in_file = dotenv_values(ENV_FILE).get("BRIDGE_SECRET_KEY")
    if in_file or read_setting(os.environ, "BRIDGE_SECRET_KEY"):
        return
    change_file({"BRIDGE_SECRET_KEY": secrets.token_urlsafe(48)})


def change_file(changes: Mapping[str, str]) -> None:
    """Change lines of ``.env``, or write it; ``.env.bak`` is the file before."""
    _write(_read_file(), changes)


def _write(before: str | None, changes: Mapping[str, str]) -> None:
    text = _HEAD if before is None else before
    for name, value in changes.items():
        text = _with_line(text, name, value)
    if before is not None:
        _write_alone(Path(".env.bak"), before)
    _write_alone(ENV_FILE, text)


def _with_line(text: str, name: str, value: str) -> str:
    """Return the file with one setting changed, or added at its end."""
    lines = text.splitlines(keepends=True)
    pattern = re.compile(rf"\s*(export\s+)?{name}\s*=")
    places = [number for number, line in enumerate(lines) if pattern.match(line)]
    if places:
        end = lines[places[-1]]
        lines[places[-1]] = f"{name}={value}" + ("\n" if end.endswith("\n") else "")
        return "".join(lines)
    gap = "" if not text or text.endswith("\n") else "\n"
    return f"{text}{gap}{name}={value}\n"


def _write_alone(path: Path, text: str) -> None:
    """Replace a file, whole or not at all; nobody else can read it at any moment."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(handle)
    fresh.replace(path)


def _ask_key(*, has_one: bool) -> str:
    """Ask until Intervals.icu takes the key; empty is allowed: keep, or set later."""
    skip = "Enter to keep the one there" if has_one else "Enter to skip"
    click.echo(
        "Your API key: https://intervals.icu/settings, at the end of the page, under "
        "Developer settings."
    )
    while True:
        text = click.prompt(
            f"API key (hidden, {skip})",
            default="",
            hide_input=sys.stdin.isatty(),
            show_default=False,
        )
        try:
            key = read_api_key(text.strip())
        except ConfigError as error:
            click.echo(error.detail, err=True)
            continue
        if not key or _is_taken(key):
            return key


def _is_taken(key: str) -> bool:
    """Ask Intervals.icu whose key it is; a key that cannot be checked is taken."""
    click.echo(f"{len(key)} characters. Asking Intervals.icu …")
    try:
        name, count = _ask_account(key)
    except (UpstreamRefused, UpstreamForbidden):
        click.echo(
            "Intervals.icu does not know this key. Copy it again, or skip.", err=True
        )
        return False
    except BridgeError:
        click.echo("Intervals.icu did not answer: the key is kept, but not checked.")
        return True
    activities = "1 activity" if count == 1 else f"{count} activities"
    click.echo(f"Hello {name}! {activities} in {_DAYS} days.")
    return True


def _ask_account(key: str) -> tuple[str, int]:
    from bridge.upstream.call import Credentials, Wire
    from bridge.upstream.client import Client
    from bridge.upstream.deadline import Deadline
    from bridge.upstream.transport import BoundedAdapter

    name = "BRIDGE_UPSTREAM_URL"
    url = os.environ.get(name) or dotenv_values(ENV_FILE).get(name) or ""
    any_secret = {"BRIDGE_SECRET_KEY": secrets.token_urlsafe(48)}
    checked = Config.from_env(any_secret | {name: url}).upstream_url
    wire = Wire(BoundedAdapter(), checked, now)
    client = Client(wire, Credentials(key), Deadline.after(_ASK_S))
    athlete, today = client.athlete(), now().date()
    count = len(client.activities(today - timedelta(days=_DAYS), today))
    return str(athlete.name or athlete.id), count
