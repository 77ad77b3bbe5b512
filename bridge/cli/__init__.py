"""The commands of the operator."""

from __future__ import annotations

import sys

import click

from bridge.cli.background.notify import notify
from bridge.cli.background.sync import sync
from bridge.cli.background.worker import worker
from bridge.cli.config import config
from bridge.cli.database import backup, migrate, restore
from bridge.cli.demo import demo
from bridge.cli.devices import devices
from bridge.cli.doctor import doctor
from bridge.cli.init import init
from bridge.cli.login import login
from bridge.cli.serve import serve
from bridge.cli.service import service
from bridge.cli.shortcuts import shortcuts
from bridge.cli.views import views
from bridge.errors import BridgeError


class Commands(click.Group):
    """Ends a known failure with its sentence instead of a stack trace."""

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


COMMANDS = (
    demo,
    init,
    serve,
    service,
    login,
    devices,
    views,
    worker,
    sync,
    notify,
    doctor,
    config,
    backup,
    restore,
    migrate,
    shortcuts,
)
for command in COMMANDS:
    main.add_command(command)
