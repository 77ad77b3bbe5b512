"""``bridge config``: each setting, and where it comes from."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping

import click
from dotenv import dotenv_values

from bridge.cli.environment import ENV_FILE, HOME, enter_home
from bridge.config import DEFAULTS, SECRET_SETTINGS, SETTINGS, Config, read_setting
from bridge.errors import ConfigError


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one line of JSON each.")
def config(as_json: bool) -> None:
    """Show the settings, and where each comes from.

    A secret is shown by its length alone.
    """
    folder = enter_home()
    in_file = {name: text for name, text in dotenv_values(ENV_FILE).items() if text}
    env = in_file | dict(os.environ)
    rows = [(name, *_value_and_origin(name, env)) for name in SETTINGS]
    trouble = _trouble(env)
    if as_json:
        for name, value, origin in rows:
            row = {"setting": name, "value": value, "origin": origin}
            click.echo(json.dumps(row | {"about": SETTINGS[name]}, ensure_ascii=False))
    else:
        click.echo(f"Folder: {folder}" + (f" ({HOME})" if os.environ.get(HOME) else ""))
        for name, value, origin in rows:
            click.echo(f"{name:28}  {value or '-':32}  {origin}")
    if not trouble and not as_json:
        _show_hook(Config.from_env(env))
    if trouble:
        raise click.ClickException(trouble)


def _show_hook(config: Config) -> None:
    """Print where Intervals.icu has to send webhooks: here alone, it is a secret."""
    if config.webhook_secret:
        from bridge.tokens import hook_path

        click.echo(f"Webhooks: {config.address}{hook_path(config.secret_keys)}")


def _value_and_origin(name: str, env: Mapping[str, str]) -> tuple[str, str]:
    """Return what may be shown of a setting, and where it was made."""
    by_file = f"{name}_FILE"
    if name in SECRET_SETTINGS and env.get(by_file):
        source, origin = by_file, f"the file {env[by_file]}"
    elif env.get(name, "").strip():
        source, origin = name, "environment"
    else:
        default = DEFAULTS.get(name, "")
        return default, "default" if default else "not set"
    if source not in os.environ:
        origin = ".env" if source == name else f".env, {origin}"
    try:
        value = read_setting(env, name)
    except ConfigError:
        return "", f"{origin}, which cannot be read"
    return _shown(name, value), origin


def _shown(name: str, value: str) -> str:
    if name == "DATABASE_URL":
        from bridge.store.backends import describe, read_address

        try:
            return describe(read_address(value))
        except ConfigError:
            return f"({len(value)} characters)"
    return f"({len(value)} characters)" if name in SECRET_SETTINGS else value


def _trouble(env: Mapping[str, str]) -> str:
    """Return why the settings cannot work; "" where they can."""
    try:
        Config.from_env(env)
    except ConfigError as error:
        return error.detail
    return ""
