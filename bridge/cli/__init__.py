"""The commands of the operator."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from bridge.errors import BridgeError

# Where each command stands in this package: imported by who gives it, or asks for help.
COMMANDS = {
    "demo": "demo",
    "init": "init",
    "serve": "serve",
    "service": "service",
    "login": "login",
    "devices": "devices",
    "views": "views",
    "worker": "background.worker",
    "sync": "background.sync",
    "notify": "background.notify",
    "doctor": "doctor",
    "config": "config",
    "backup": "database",
    "restore": "database",
    "migrate": "database",
    "shortcuts": "shortcuts",
}


class Commands(click.Group):
    """Imports one command; ends a known failure with its sentence, not with a trace."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Return the names of all commands, as the help shows them."""
        return sorted(COMMANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        """Return the command of a name."""
        if name not in COMMANDS:
            return None
        module = import_module(f"bridge.cli.{COMMANDS[name]}")
        command: click.Command = getattr(module, name)
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; say what to do when it cannot work."""
        try:
            return super().invoke(ctx)
        except BridgeError as error:
            click.echo(error.detail or error.code, err=True)
            sys.exit(1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="intervals-bridge")
def main() -> None:
    """Run the Intervals.icu bridge for Apple Shortcuts.

    The order of a first evening: init, serve, doctor.
    """
