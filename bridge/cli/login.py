"""``bridge login``: a sign-in code for the setup page."""

from __future__ import annotations

import click

from bridge.cli.environment import now, phone_address, read_config
from bridge.codes import digest, new_code
from bridge.config import Config
from bridge.store.athletes import OWNER
from bridge.store.codes import LIFE, CodePurpose
from bridge.store.engine import Store


@click.command()
def login() -> None:
    """Print a sign-in code for the setup page. It works once."""
    from bridge.store.migrations import ready_store

    config = read_config()
    store = ready_store(config, now())
    kind: CodePurpose = "first_run" if is_new(store) else "login"
    announce(config, store, kind)


def is_new(store: Store) -> bool:
    """Tell whether nobody has signed in to this bridge yet."""
    account = store.athletes.find(OWNER)
    return account is None or account.first_sign_in_at is None


def make_code(config: Config, store: Store, kind: CodePurpose) -> str:
    """Return a fresh code; the one made before it ends."""
    code = new_code()
    store.codes.add(digest(code, config.secret_keys), kind, OWNER, now())
    return code


def announce(config: Config, store: Store, kind: CodePurpose) -> None:
    """Make a code; say where it goes, and for how long."""
    code, minutes = (
        make_code(config, store, kind),
        int(LIFE[kind].total_seconds()) // 60,
    )
    address = phone_address(config, store)
    click.echo(f"Setup page:    {address or config.address}/sign-in")
    click.echo(f"Sign-in code:  {code}  (works once, for {minutes} minutes)")
    if not address:
        click.echo(
            "Your phone can't get there yet. docs/reach.md shows five ways to give it "
            "an address; the setup page asks for it and tries it."
        )


def greet(config: Config, store: Store) -> None:
    """Print the first code, for as long as nobody has signed in."""
    if is_new(store):
        announce(config, store, "first_run")
