"""``bridge serve``: gunicorn, with what was measured to be sensible."""

from __future__ import annotations

import os
import sys

import click

from bridge.cli.environment import read_config
from bridge.errors import ConfigError

# No query strings in the log: people put tokens where they do not belong.
ACCESS_LOG = "%(h)s %(m)s %(U)s %(s)s %(B)s %(M)sms"


@click.command()
@click.option("--workers", default=1, show_default=True, help="Processes.")
@click.option("--threads", default=32, show_default=True, help="Requests at once.")
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
        *("--bind", f"{address}:{config.port}"),
        *("--workers", str(workers), "--threads", str(threads)),
        *("--worker-class", "gthread", "--access-logfile", "-"),
        *("--access-logformat", ACCESS_LOG, "bridge.wsgi:app"),
    ]
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *arguments])  # noqa: S606  # our own arguments
