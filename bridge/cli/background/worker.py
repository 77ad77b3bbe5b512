"""``bridge worker``: looks and messages, where the database is PostgreSQL."""

from __future__ import annotations

import signal
import threading

import click

from bridge.cli.environment import now, read_config
from bridge.cli.logs import log_plainly


@click.command()
@click.option("--once", is_flag=True, help="Do what is due now, and end.")
def worker(once: bool) -> None:
    """Look for changes and send messages in the background.

    With SQLite the server does this itself, in a thread; with PostgreSQL start as many
    as you like, on any machine.
    """
    from bridge.app import create_app
    from bridge.background import PAUSE_S, ledger_of, work_for_ever
    from bridge.ledger.due import do_due

    app = create_app(read_config())
    services = app.extensions["bridge"]
    log_plainly(services.keys)
    ledger, is_over = ledger_of(app), threading.Event()
    if once:
        while do_due(ledger, now()):
            pass
        services.close()
        return
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: is_over.set())
    click.echo(f"Looking every {PAUSE_S:.0f} seconds whether something is due.")
    work_for_ever(ledger, now, is_over=is_over.is_set, pause=is_over.wait)
    services.close()
