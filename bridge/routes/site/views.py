"""View keys on the setup page: made, shown once, listed, shut out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Response, request

from bridge.domain.cards import NAMES, PRIVATE
from bridge.errors import BadField, VaultClosed
from bridge.routes.site.page import PageRefused, go_to, render
from bridge.routes.site.session import hand_on, handed_on, session, take_back
from bridge.routes.site.words import ago, words
from bridge.services import services
from bridge.store.views import View
from bridge.vault import SealContext

_TO_BE_SHOWN_WITHIN = timedelta(minutes=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A view as the page shows it."""

    view_id: str
    name: str
    used: str
    active: bool
    private_cards: frozenset[str]


def create() -> Response | None:
    """Make a view and lead to its key; None for a name that cannot be."""
    known = services()
    name, athlete = request.form.get("name", ""), session().athlete
    try:
        _, key = known.store.views.add(name, athlete, known.clock())
    except BadField:
        return None
    # The key is nowhere but in this cookie, until it was shown: sealed, for minutes.
    return hand_on("/views/key", known.vault.seal(key, _context()), _TO_BE_SHOWN_WITHIN)


def show_key() -> Response:
    """Show the key of the view just made: now, and never again."""
    known = services()
    try:
        key = known.vault.open(handed_on() or "", _context())
    except VaultClosed:
        return index()
    view = known.store.views.find(key)
    if view is None or view.revoked_at is not None:
        return index()
    page = render(
        "view_key.html",
        view=view,
        key=key,
        cards=NAMES,
        address=known.address,
        reachable=bool(known.public_url),
    )
    # A browser that only asks for the headers has shown nothing yet.
    return page if request.method == "HEAD" else take_back(page)


def index() -> Response:
    """Lead to the list, below the devices."""
    return go_to("/devices#views")


def revoke(view_id: str) -> Response:
    """Shut a view out; its address opens nothing from now on."""
    known = services()
    known.store.views.revoke(_own(view_id).view_id, known.clock())
    return index()


def switch_private(view_id: str) -> Response:
    """Let a card show private fields under this key, or no longer."""
    view, card = _own(view_id), request.form.get("card", "")
    if card in PRIVATE:
        shown = request.form.get("shown") == "yes"
        cards = view.private_cards | {card} if shown else view.private_cards - {card}
        services().store.views.show_private(view.view_id, cards)
    return index()


def rows() -> list[Row]:
    """Return the athlete's views, the last used first, revoked ones at the end."""
    found = services().store.views.of_athlete(session().athlete)
    found.sort(key=lambda view: view.last_used_at or view.created_at)
    found.reverse()
    found.sort(key=lambda view: view.revoked_at is not None)
    now = services().clock()
    return [_row(view, now) for view in found]


def _own(view_id: str) -> View:
    for view in services().store.views.of_athlete(session().athlete):
        if view.view_id == view_id:
            return view
    raise PageRefused(404, "no_such_view")


def _row(view: View, now: datetime) -> Row:
    say = words().views
    used = say.never.format(ago=ago(view.created_at, now))
    if view.last_used_at is not None:
        used = say.used.format(ago=ago(view.last_used_at, now))
    return Row(
        view_id=view.view_id,
        name=view.name,
        used=used,
        active=view.revoked_at is None,
        private_cards=view.private_cards,
    )


def _context() -> SealContext:
    return SealContext("views", "key", session().athlete, 0)
