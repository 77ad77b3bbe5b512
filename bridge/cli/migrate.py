"""``bridge migrate``: bring the database up to date, before what serves it starts."""

from __future__ import annotations

import os
import time

import click

from bridge.cli.environment import read_store
from bridge.errors import DatabaseAway

_PAUSE_S = 2


@click.command()
@click.option("--wait", is_flag=True, help="Try again until the database answers.")
def migrate(wait: bool) -> None:  # click's
    """Bring the database up to date.

    ``bridge serve`` and gunicorn do it themselves before their first worker; this is
    for a release step.
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
