"""``bridge devices``: who may ask."""

from __future__ import annotations

import io
import json
import sys

import click

from bridge.cli.environment import (
    now,
    phone_address,
    read_config,
    read_store,
    shut_out,
)
from bridge.errors import BadField
from bridge.store.athletes import OWNER
from bridge.store.devices import SCOPES, Device, free_name
from bridge.store.engine import Store
from bridge.tokens import Tokens

_MAY = {
    "read": "may read now.",
    "write": "may read and write now.",
    "raw": "may do everything now that your API key may.",
}
_SCOPES = "read; write: also write; raw: everything that your API key may."


@click.group()
def devices() -> None:
    """Let devices in, list them, shut them out."""


@devices.command()
@click.argument("name")
@click.option(
    "--scope",
    type=click.Choice(SCOPES),
    default="read",
    show_default=True,
    help=_SCOPES,
)
@click.option("--json", "as_json", is_flag=True, help="Print one line of JSON.")
def add(name: str, scope: str, as_json: bool) -> None:
    """Let the device NAME in: print its setup code and its device token.

    Both are shown once and not stored. A shortcut asks for the setup code, a script
    sends the device token. One more device of the same name gets a number.
    """
    config, store = read_config(), read_store()
    try:
        name = free_name(name, {device.name for device in _active(store)})
        device = store.devices.add(name, scope, OWNER, now())
    except BadField as error:
        raise click.BadParameter("1 to 60 visible characters", param_hint="NAME") from (
            error
        )
    token = Tokens(config.secret_keys).issue(device.device_id)
    address = phone_address(config, store)
    code = f"{address or config.address}#{token}"
    if as_json:
        row = {"id": device.device_id, "name": device.name, "scope": device.scope}
        row |= {"token": token, "setup_code": code}
        click.echo(json.dumps(row, ensure_ascii=False))
        return
    click.echo(f"{device.name} {_MAY[device.scope]} Shown only this once:\n")
    if sys.stdout.isatty():
        click.echo(f"{qr_of(code)}\n")
    click.echo(f"Setup code:    {code}")
    click.echo(f"Device token:  {token}")
    if not address:
        click.echo(
            f"\nNo phone gets to {config.address}: choose an address on the setup "
            "page, or by bridge init --address https://…, then add the phone again.",
            err=True,
        )


@devices.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one line of JSON each.")
def list_devices(as_json: bool) -> None:
    """List the devices: id, scope, state, last used, name."""
    rows = read_store().devices.of_athlete(OWNER)
    if as_json:
        for device in rows:
            click.echo(_as_json(device))
        return
    if not rows:
        click.echo("No device yet. Let one in with: bridge devices add NAME")
        return
    click.echo(f"{'ID':16}  {'SCOPE':5}  {'STATE':7}  {'LAST USED':20}  NAME")
    for device in rows:
        used = device.last_used_at
        last = used.strftime("%Y-%m-%d %H:%M UTC") if used else "never used"
        click.echo(
            f"{device.device_id}  {device.scope:5}  {_state(device):7}  {last:20}  "
            f"{device.name}"
        )


@devices.command()
@click.argument("device", metavar="ID|NAME")
def revoke(device: str) -> None:
    """Shut a device out by its id or its name, on every worker at once."""
    shut_out(lambda store: store.devices.revoke(_one(store, device).device_id, now()))
    click.echo("Revoked. Its next request is refused.")


def qr_of(text: str) -> str:
    """Return a QR code drawn with characters."""
    import segno

    picture = io.StringIO()
    segno.make(text, error="l").terminal(picture, compact=True)
    return picture.getvalue()


def _active(store: Store) -> list[Device]:
    return [row for row in store.devices.of_athlete(OWNER) if _state(row) != "revoked"]


def _one(store: Store, wanted: str) -> Device:
    """Return the one device of this id or name that is not revoked."""
    fitting = [row for row in _active(store) if wanted in (row.device_id, row.name)]
    if not fitting:
        raise click.ClickException(
            "No active device has this id or name: bridge devices list"
        )
    if len(fitting) > 1:
        raise click.ClickException(
            "Several devices have this name, take the id: bridge devices list"
        )
    return fitting[0]


def _state(device: Device) -> str:
    if device.revoked_at:
        return "revoked"
    return "expired" if device.expires_at and device.expires_at <= now() else "active"


def _as_json(device: Device) -> str:
    row: dict[str, object] = {
        "id": device.device_id,
        "name": device.name,
        "scope": device.scope,
        "state": _state(device),
    }
    for name in ("created_at", "last_used_at", "expires_at"):
        instant = getattr(device, name)
        row[name] = f"{instant:%Y-%m-%dT%H:%M:%SZ}" if instant else None
    return json.dumps(row, ensure_ascii=False)
