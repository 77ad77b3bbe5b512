"""``bridge serve``: gunicorn, with what was measured to be sensible."""

from __future__ import annotations

import os
import socket
import sys
from contextlib import closing

import click

from bridge.cli import serving
from bridge.cli.environment import now, read_config
from bridge.cli.init import make_secret
from bridge.cli.login import greet, say_page
from bridge.config import Config
from bridge.errors import DatabaseAway
from bridge.store.athletes import OWNER
from bridge.store.engine import Store
from bridge.store.migrations import ready_store

POSITIVE = click.IntRange(min=1)
_NO_KEY = (
    "No Intervals.icu key yet: enter it on the setup page, or set INTERVALS_API_KEY "
    "beside BRIDGE_SECRET_KEY (bridge init writes both). Without a key: bridge demo"
)
_NO_CODE = "When the database answers, bridge login makes a code for the setup page."

_NO_GRANIAN = (
    "granian is faster, and refused: it gives a thread to whoever sends half a body, "
    "so that as many strangers as it has threads stop the bridge for everybody, and it "
    "does not end on SIGTERM while they hold on. gunicorn with the bridge's own front "
    "does both right: leave --server away. docs/decisions.md has what was measured."
)


def _refuse_granian(_context: object, _option: object, server: str) -> None:
    if server == "granian":
        raise click.UsageError(_NO_GRANIAN)


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
@click.option("--host", help="Where to listen, instead of HOST; 0.0.0.0 is everywhere.")
@click.option(
    "--port", type=click.IntRange(1, 65535), help="The port, instead of PORT."
)
@click.option(
    "--make-secret",
    "makes_secret",
    is_flag=True,
    help="Write a secret key to .env where there is none: for containers.",
)
@click.option(
    "--server",
    type=click.Choice(["gunicorn", "granian"]),
    default="gunicorn",
    show_default=True,
    expose_value=False,
    callback=_refuse_granian,
    help="What stands before the application.",
)
def serve(
    workers: int,
    threads: int,
    host: str | None,
    port: int | None,
    *,
    makes_secret: bool,
) -> None:
    """Serve the bridge until Ctrl-C.

    It prints where the setup page is, and a sign-in code for as long as nobody has
    signed in; `bridge login` makes another.
    """
    if makes_secret:
        make_secret()
    if host:
        os.environ["HOST"] = host  # the workers read it there
    if port:
        os.environ["PORT"] = str(port)
    config = read_config()
    refuse_taken(config.host, config.port, "serve")
    try:
        _welcome(config)
    except DatabaseAway as error:
        say_page(config, config.public_url)
        click.echo(f"{error.detail}\n{_NO_CODE}")
    sys.stdout.flush()  # exec forgets what is not written yet
    address = f"[{config.host}]" if ":" in config.host else config.host
    arguments = [
        *("--config", serving.CONFIG, "--bind", f"{address}:{config.port}"),
        *("--workers", str(workers), "--threads", str(threads), "bridge.wsgi:app"),
    ]
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *arguments])  # noqa: S606  # our own arguments


def refuse_taken(host: str, port: int, command: str) -> None:
    """Say at once what gunicorn would find out in five seconds.

    Raises
    ------
    ClickException
        If nobody can listen there; it names what may be in the way, and a way out.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.socket(family)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, UnicodeError) as error:
            reason = getattr(error, "strerror", "") or "it cannot be used"
            raise click.ClickException(
                f"Cannot listen on {host}:{port}: {reason}. Perhaps another bridge, or "
                "its demo, is running there: stop that one, or choose another port: "
                f"bridge {command} --port {port % 65535 + 1}"
            ) from error


def _welcome(config: Config) -> None:
    store = ready_store(config, now())
    if not config.api_key and not _has_key(store):
        click.echo(_NO_KEY)
    greet(config, store)
    store.close()


def _has_key(store: Store) -> bool:
    account = store.athletes.find(OWNER)
    return account is not None and account.sealed_key is not None
