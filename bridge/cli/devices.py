"""``bridge devices``: who may ask."""

from __future__ import annotations

import json

import click

from bridge.cli.environment import now, read_config, read_store, shut_out
from bridge.errors import BadField
from bridge.store.athletes import OWNER
from bridge.store.devices import SCOPES
from bridge.tokens import Tokens


@click.group()
def devices() -> None:
    """Let devices in, list them, shut them out."""


@devices.command()
@click.argument("name")
@click.option("--scope", type=click.Choice(SCOPES), default="read", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print one line of JSON.")
def add(name: str, scope: str, as_json: bool) -> None:
    """Print a token for the device NAME. It is shown once and not stored."""
    try:
        device = read_store().devices.add(name, scope, OWNER, now())
    except BadField as error:
        raise click.BadParameter("1 to 60 visible characters", param_hint="NAME") from (
            error
        )
    token = Tokens(read_config().secret_keys).issue(device.device_id)
    if as_json:
        row = {"id": device.device_id, "name": device.name, "scope": device.scope}
        click.echo(json.dumps(row | {"token": token}, ensure_ascii=False))
        return
    click.echo(f"{device.name} may {device.scope} now. Its token, shown only once:")
    click.echo(token)


@devices.command("list")
def list_devices() -> None:
    """List the devices: id, scope, state, last used, name."""
    rows = read_store().devices.of_athlete(OWNER)
    if not rows:
        click.echo("No device yet. Let one in with: bridge devices add NAME")
    for device in rows:
        state = "revoked" if device.revoked_at else "active"
        used = device.last_used_at
        last = used.strftime("%Y-%m-%d %H:%M UTC") if used else "never used"
        click.echo(
            f"{device.device_id}  {device.scope:5}  {state:7}  {last:20}  {device.name}"
        )


@devices.command()
@click.argument("device_id", metavar="ID")
def revoke(device_id: str) -> None:
    """Shut the device ID out, on every worker at once."""
    if not shut_out(lambda store: store.devices.revoke(device_id, now())):
        raise click.ClickException("No active device has this id: bridge devices list")
    click.echo("Revoked. Its next request is refused.")
