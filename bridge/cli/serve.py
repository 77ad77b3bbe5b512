"""``bridge serve``: gunicorn, with what was measured to be sensible."""

from __future__ import annotations

import os
import sys

import click

from bridge.cli import serving
from bridge.cli.environment import now, read_config
from bridge.cli.login import greet
from bridge.config import Config
from bridge.errors import DatabaseAway
from bridge.store.athletes import OWNER
from bridge.store.engine import Store
from bridge.store.opening import ready_store

POSITIVE = click.IntRange(min=1)
_NO_KEY = (
    "No Intervals.icu key yet: enter it on the setup page, or set INTERVALS_API_KEY "
    "beside BRIDGE_SECRET_KEY (bridge init writes both). Without a key: bridge demo"
)
_NO_CODE = "When the database answers, bridge login makes a code for the setup page."


@click.command()
@click.option(
    "--workers", type=POSITIVE, default=1, show_default=True, help="Processes."
)
@click.option(
    "--threads",
    type=POSITIVE,
    default=serving.threads,
    show_default=True,
    help="Requests at once.",
)
def serve(workers: int, threads: int) -> None:
    """Serve the bridge with gunicorn."""
    config = read_config()
    try:
        _welcome(config)
    except DatabaseAway as error:
        click.echo(f"{error.detail}\n{_NO_CODE}")
    sys.stdout.flush()  # exec forgets what is not written yet
    address = f"[{config.host}]" if ":" in config.host else config.host
    arguments = [
        *("--config", serving.CONFIG, "--bind", f"{address}:{config.port}"),
        *("--workers", str(workers), "--threads", str(threads), "bridge.wsgi:app"),
    ]
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *arguments])  # noqa: S606  # our own arguments


def _welcome(config: Config) -> None:
    store = ready_store(config, now())
    if not config.api_key and not _has_key(store):
        click.echo(_NO_KEY)
    greet(config, store)
    store.close()


def _has_key(store: Store) -> bool:
    account = store.athletes.find(OWNER)
    return account is not None and account.sealed_key is not None
