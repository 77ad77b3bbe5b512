"""``bridge login``: a sign-in code for the setup page."""

from __future__ import annotations

import socket
from contextlib import closing

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
    say_page(config, address)
    click.echo(f"Sign-in code:  {code}  (works once, for {minutes} minutes)")
    if not address:
        yet = (
            "Your phone gets there only at home."
            if config.listens_everywhere
            else "Your phone can't get there yet."
        )
        click.echo(
            f"{yet} docs/reach.md shows five ways to give it an address; the setup "
            "page asks for it and tries it."
        )


def say_page(config: Config, address: str) -> None:
    """Print where the setup page is: what can be opened here, and from the phone."""
    click.echo(f"Setup page:    {address or config.listening_at}/sign-in")
    at_home = "" if address or not config.listens_everywhere else lan_address()
    if at_home:
        click.echo(f"At home:       http://{at_home}:{config.port}/sign-in")


def lan_address() -> str:
    """Return this machine's address in its network, sending nothing; "" for none."""
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # a documentation address: no packet
        except OSError:
            return ""
        return str(probe.getsockname()[0])


def greet(config: Config, store: Store) -> None:
    """Print where the setup page is; a code, for as long as nobody has signed in."""
    if is_new(store):
        announce(config, store, "first_run")
        return
    say_page(config, phone_address(config, store))
    click.echo("`bridge login` makes a new sign-in code.")
