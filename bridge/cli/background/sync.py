"""``bridge sync``: a mirror of all training data in a database of your own."""

from __future__ import annotations

import sys

import click

from bridge.cli.environment import now, read_config
from bridge.errors import ConfigError, UpstreamBusy

_PIECE_S = 60.0  # all calls of one piece


@click.command()
@click.option(
    "--to",
    "address",
    metavar="URL",
    help="sqlite:///training.db or postgresql://…; else BRIDGE_MIRROR_URL.",
)
def sync(address: str | None) -> None:
    """Mirror activities, laps, wellness and calendar into a database for SQL.

    Goes on where it was interrupted, and spends no more calls than the background may.
    """
    from bridge.app import create_app
    from bridge.background import looking
    from bridge.domain.athlete.athlete import read_settings
    from bridge.ledger.mirror import Mirroring
    from bridge.store.athletes import OWNER
    from bridge.store.mirror import open_mirror

    config = read_config()
    address = address or config.mirror_url
    if not address:
        raise ConfigError("Where to? bridge sync --to sqlite:///training.db")
    app = create_app(config)
    services = app.extensions["bridge"]
    client_of = looking(services, seconds=_PIECE_S)
    try:
        who = client_of(OWNER).athlete()
        mirror = open_mirror(address, config.database_url, str(who.id))
        today = now().astimezone(read_settings(who).zone).date()
        run = Mirroring(
            mirror=mirror,
            client=lambda: client_of(OWNER),
            clock=now,
            today=today,
        )
        try:
            for step in run.run():
                _show(step.what, step.done, step.total)
        finally:
            _end_line()
            mirror.close()
    except UpstreamBusy as error:
        click.echo(
            "The calls of the day that the background may spend are spent. Run it "
            f"again in {max(1, error.retry_after_s // 3600)} hours: it goes on there."
        )
        return
    finally:
        services.close()
    click.echo(f"The mirror is complete: {mirror.description}")


def _show(what: str, done: int, total: int) -> None:
    if sys.stderr.isatty():
        width = 30 * done // max(1, total)
        bar = "#" * width + "-" * (30 - width)
        click.echo(f"\r{what:5} [{bar}] {done} of {total} ", err=True, nl=False)


def _end_line() -> None:
    if sys.stderr.isatty():
        click.echo(err=True)
