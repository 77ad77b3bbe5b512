"""``bridge login``: a one-time code that opens the setup page."""

from __future__ import annotations

import click

from bridge.cli.environment import now, read_config
from bridge.codes import digest, new_code
from bridge.config import Config
from bridge.store.athletes import OWNER
from bridge.store.codes import LIFE, CodePurpose
from bridge.store.engine import Store


@click.command()
def login() -> None:
    """Print a code that opens the setup page once, within ten minutes."""
    from bridge.store.opening import ready_store

    config = read_config()
    store = ready_store(config, now())
    kind: CodePurpose = "first_run" if is_new(store) else "login"
    announce(config, make_code(config, store, kind), kind)


def is_new(store: Store) -> bool:
    """Tell whether nobody has signed in to this bridge yet."""
    account = store.athletes.find(OWNER)
    return account is None or account.first_sign_in_at is None


def make_code(config: Config, store: Store, kind: CodePurpose) -> str:
    """Return a fresh code; the one made before it ends."""
    code = new_code()
    store.codes.add(digest(code, config.secret_keys), kind, OWNER, now())
    return code


def announce(config: Config, code: str, kind: CodePurpose) -> None:
    """Say where the code goes, and for how long."""
    minutes = int(LIFE[kind].total_seconds()) // 60
    click.echo(f"The setup page:    {config.address}/sign-in")
    click.echo(f"One-time code:     {code}  (once, within {minutes} minutes)")
    if not config.public_url:
        click.echo("For a phone, set BRIDGE_PUBLIC_URL: see docs/reach.md")


def greet(config: Config, store: Store) -> None:
    """Print the first code, for as long as nobody has signed in."""
    if is_new(store):
        announce(config, make_code(config, store, "first_run"), "first_run")
