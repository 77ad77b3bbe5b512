"""The database: brought up to date, backed up whole, restored."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from pathlib import Path

import click
from dotenv import dotenv_values, load_dotenv

from bridge import __version__
from bridge.cli.environment import ENV_FILE, enter_home, now, read_config, read_store
from bridge.cli.init import change_file
from bridge.config import (
    DATABASE_URL,
    SECRET_SETTINGS,
    SETTINGS,
    read_setting,
)
from bridge.errors import DatabaseAway
from bridge.store.archive.lines import Head, check_whole, read_head

_PAUSE_S = 2
_FILE = click.Path(dir_okay=False, resolve_path=True, path_type=Path)
# Where the database is and where the machine listens stays with the machine.
_OF_THE_MACHINE = frozenset({"DATABASE_URL", "HOST", "PORT"})


@click.command()
@click.option("--wait", is_flag=True, help="Try again until the database answers.")
def migrate(wait: bool) -> None:  # click's
    """Bring the database up to date.

    The bridge does it by itself when it starts; this is for platforms with a release
    step of their own.
    """
    parent = os.getppid()
    while True:
        try:
            read_store().close()
        except DatabaseAway:
            if not wait or os.getppid() != parent:  # whoever started us has gone
                raise
            time.sleep(_PAUSE_S)
        else:
            click.echo("The database is up to date.")
            return


@click.command()
@click.argument("file", type=_FILE)
@click.option(
    "--without-secrets",
    is_flag=True,
    help="Leave out the secret key, the API key, codes and channels.",
)
def backup(file: Path, without_secrets: bool) -> None:
    """Write everything the bridge keeps to FILE, while it runs.

    Devices, journal, view keys and settings, from SQLite or PostgreSQL alike. A file of
    the same name is replaced if it is a backup.
    """
    from bridge.store.archive.backup import back_up
    from bridge.store.migrations import ready_store

    config, written = read_config(), now()
    if file.exists():
        read_head(file)  # anything else is not replaced
    head = Head(
        schema="",
        made_by=__version__,
        made_at=f"{written:%Y-%m-%dT%H:%M:%SZ}",
        with_secrets=not without_secrets,
        settings=_settings(os.environ, with_secrets=not without_secrets),
    )
    store = ready_store(config, written)
    try:
        rows = back_up(store, file, head)
    finally:
        store.close()
    click.echo(f"Wrote {file}: {rows} rows, read again and whole.")
    if without_secrets:
        click.echo(
            "No secret is in it: after a restore every device needs a new setup code, "
            "and the API key is asked again."
        )
        return
    click.echo(
        "It holds your whole account: the API key or what opens it, and the secret of "
        "all device tokens. Keep it where only you can read it."
    )


@click.command()
@click.argument("file", type=_FILE)
@click.option("--replace", is_flag=True, help="Replace a database that is there.")
@click.option("--check", is_flag=True, help="Only say whether FILE is whole.")
def restore(file: Path, replace: bool, check: bool) -> None:
    """Restore a backup FILE, with its settings.

    Into an empty folder, or with --replace; what is replaced is kept. All of it is
    restored, or nothing.
    """
    enter_home()
    load_dotenv(ENV_FILE)
    head, rows = check_whole(file)
    secrets = "with" if head.with_secrets else "without"
    click.echo(
        f"{file} is whole: {rows} rows of {head.made_at}, {secrets} secrets, made by "
        f"bridge {head.made_by}."
    )
    if check:
        return
    from bridge.store.archive.restore import has_database, restore

    url = read_setting(os.environ, "DATABASE_URL") or DATABASE_URL
    is_there = has_database(url)
    if is_there and not replace:
        raise click.ClickException(
            f"There is a database already, in {Path.cwd()}. To replace it and keep a "
            "copy: bridge restore FILE --replace"
        )
    kept = _keep_postgres(url) if is_there and url.startswith("postgres") else None
    done = restore(file, url, now())
    kept = done.kept or kept
    if kept:
        click.echo(f"What was there before: {kept}")
    _restore_settings(head)
    click.echo("Restored. Next: bridge serve, then bridge doctor")


def _settings(env: Mapping[str, str], *, with_secrets: bool) -> dict[str, str]:
    """Return the settings that a restored bridge needs."""
    left_out = _OF_THE_MACHINE | (frozenset() if with_secrets else SECRET_SETTINGS)
    made = {name: read_setting(env, name) for name in SETTINGS if name not in left_out}
    return {name: value for name, value in made.items() if value}


def _keep_postgres(url: str) -> Path | None:
    """Back the old database up before it is replaced, and say where to."""
    from bridge.store.archive.backup import back_up
    from bridge.store.engine import open_store
    from bridge.store.migrations import migrate as migrate_store

    written = now()
    kept = Path(f"before-{written:%Y%m%d-%H%M%S}.backup").absolute()
    head = Head(
        schema="",
        made_by=__version__,
        made_at=f"{written:%Y-%m-%dT%H:%M:%SZ}",
        with_secrets=True,
        settings=_settings(os.environ, with_secrets=True),
    )
    store = open_store(url)
    try:
        migrate_store(store)
        back_up(store, kept, head)
    finally:
        store.close()
    return kept


def _restore_settings(head: Head) -> None:
    """Write the settings to ``.env``; what the environment says is left to it."""
    in_file = {name for name, text in dotenv_values(ENV_FILE).items() if text}
    outside = {
        name
        for name in head.settings
        if name not in in_file and read_setting(os.environ, name)
    }
    changes = {
        name: value for name, value in head.settings.items() if name not in outside
    }
    current = dotenv_values(ENV_FILE)
    changes = {
        name: value for name, value in changes.items() if current.get(name) != value
    }
    if not head.with_secrets and not read_setting(os.environ, "BRIDGE_SECRET_KEY"):
        click.echo("The backup has no secret key: bridge init makes one.")
    for name in sorted(outside & SECRET_SETTINGS):
        if read_setting(os.environ, name) != head.settings[name]:
            click.echo(
                f"{name} in the environment is another one than in the backup: with it "
                "the restored devices or keys do not work.",
                err=True,
            )
    if changes:
        change_file(changes)
        click.echo(f"Settings written to {Path.cwd() / ENV_FILE}: {', '.join(changes)}")
