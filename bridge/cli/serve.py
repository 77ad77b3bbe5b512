"""``bridge serve``: gunicorn, with what was measured to be sensible."""

from __future__ import annotations

import os
import sys

import click

from bridge.cli import serving
from bridge.cli.environment import read_config
from bridge.errors import ConfigError

POSITIVE = click.IntRange(min=1)


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
    if not config.api_key:
        raise ConfigError(
            "No Intervals.icu key: set INTERVALS_API_KEY and BRIDGE_SECRET_KEY "
            "(bridge init writes both), or try it without a key: bridge demo"
        )
    address = f"[{config.host}]" if ":" in config.host else config.host
    arguments = [
        *("--config", serving.CONFIG, "--bind", f"{address}:{config.port}"),
        *("--workers", str(workers), "--threads", str(threads), "bridge.wsgi:app"),
    ]
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *arguments])  # noqa: S606  # our own arguments
