"""``bridge init``: the first settings, with fresh secrets."""

from __future__ import annotations

import os
import secrets

import click

from bridge.cli.environment import ENV_FILE
from bridge.config import read_api_key
from bridge.errors import ConfigError

_TEMPLATE = """\
# Made by `bridge init`. Keep it to yourself: the API key is your whole account.
INTERVALS_API_KEY={api_key}
INTERVALS_ATHLETE_ID=0
BRIDGE_SECRET_KEY={secret_key}
"""


@click.command()
@click.option("--force", is_flag=True, help="Replace an .env that is there already.")
def init(force: bool) -> None:
    """Write .env with fresh secrets; ask for the API key without showing it."""
    if ENV_FILE.exists() and not force:
        raise click.ClickException(
            ".env is there already. Edit it, or replace it with: bridge init --force"
        )
    api_key = _ask_key()
    body = _TEMPLATE.format(api_key=api_key, secret_key=secrets.token_urlsafe(48))
    ENV_FILE.unlink(missing_ok=True)
    # created with its mode: never readable by others, not even for a moment
    handle = os.open(ENV_FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(body)
    click.echo("Wrote .env. Next: bridge doctor, then bridge serve")


def _ask_key() -> str:
    """Ask until the key could be one; empty is allowed and can be set later."""
    while True:
        text = click.prompt(
            "API key from https://intervals.icu/settings, developer settings "
            "(hidden, Enter to skip)",
            default="",
            hide_input=True,
            show_default=False,
        )
        try:
            return read_api_key(text.strip())
        except ConfigError as error:
            click.echo(error.detail, err=True)
