"""``bridge views``: keys for cards and feeds, where no header can be sent."""

from __future__ import annotations

import json

import click

from bridge.cli.environment import now, read_store, shut_out
from bridge.domain.cards import PRIVATE
from bridge.errors import BadField
from bridge.store.athletes import OWNER
from bridge.store.engine import Store
from bridge.store.views import View


@click.group()
def views() -> None:
    """Let widgets, frames and calendars look at cards and feeds."""


@views.command()
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print one line of JSON.")
def add(name: str, as_json: bool) -> None:
    """Print a key for the view NAME. It is shown once and not stored."""
    try:
        view, key = read_store().views.add(name, OWNER, now())
    except BadField as error:
        raise click.BadParameter("1 to 60 visible characters", param_hint="NAME") from (
            error
        )
    if as_json:
        row = {"id": view.view_id, "name": view.name, "key": key}
        click.echo(json.dumps(row, ensure_ascii=False))
        return
    click.echo(f"{view.name} may look at cards and feeds. Its key, shown only once:")
    click.echo(key)


@views.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one line of JSON each.")
def list_views(as_json: bool) -> None:
    """List the views: id, state, last used, cards that show private fields, name."""
    rows = read_store().views.of_athlete(OWNER)
    if not rows and not as_json:
        click.echo("No view yet. Make one with: bridge views add NAME")
    for view in rows:
        click.echo(_as_json(view) if as_json else _as_line(view))


@views.command()
@click.argument("view", metavar="ID|NAME")
def revoke(view: str) -> None:
    """Shut a view out by its id or its name, on every worker at once."""
    shut_out(lambda store: store.views.revoke(_active(store, view).view_id, now()))
    click.echo("Revoked. Its address opens nothing from now on.")


@views.command()
@click.argument("view", metavar="ID|NAME")
@click.argument("card", type=click.Choice(PRIVATE))
@click.argument("switch", type=click.Choice(["on", "off"]))
def private(view: str, card: str, switch: str) -> None:
    """Show private fields, such as weight, on a card under this key, or no longer."""
    store = read_store()
    found = _active(store, view)
    cards = found.private_cards
    cards = cards | {card} if switch == "on" else cards - {card}
    store.views.show_private(found.view_id, cards)
    shows = "shows" if switch == "on" else "does not show"
    click.echo(f"{found.name} {shows} private fields on the card {card}.")


def _active(store: Store, wanted: str) -> View:
    """Return the one active view of this id or name."""
    active = [view for view in store.views.of_athlete(OWNER) if not view.revoked_at]
    fitting = [view for view in active if wanted in (view.view_id, view.name)]
    if not fitting:
        raise click.ClickException("No active view is called so: bridge views list")
    if len(fitting) > 1:
        raise click.ClickException(
            "Several are called so, take the id: bridge views list"
        )
    return fitting[0]


def _as_json(view: View) -> str:
    used = view.last_used_at
    row: dict[str, object] = {
        "id": view.view_id,
        "name": view.name,
        "active": view.revoked_at is None,
        "private_cards": sorted(view.private_cards),
        "last_used_at": f"{used:%Y-%m-%dT%H:%M:%SZ}" if used else None,
    }
    return json.dumps(row, ensure_ascii=False)


def _as_line(view: View) -> str:
    state = "revoked" if view.revoked_at else "active"
    used = view.last_used_at
    last = used.strftime("%Y-%m-%d %H:%M UTC") if used else "never used"
    shown = ",".join(sorted(view.private_cards)) or "-"
    return f"{view.view_id}  {state:7}  {last:20}  {shown:9}  {view.name}"
