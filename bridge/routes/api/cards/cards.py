"""``/v1/cards/<card>``: what is known of one thing, at a glance."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from flask import Response

from bridge.domain.cards import NAMES
from bridge.domain.cards.card import Card
from bridge.domain.flat import plain
from bridge.errors import UnknownCard
from bridge.routes.api.cards import overview, sessions
from bridge.routes.params import SPAN
from bridge.routes.replies import answer

_READERS: dict[str, Callable[[], Card]] = {
    "today": overview.read_today,
    "week": overview.read_week_card,
    "workout": sessions.read_workout,
    "latest": sessions.read_latest,
    "race": sessions.read_race,
    "gear": sessions.read_gear,
    "streak": overview.read_streak_card,
    "wallpaper": overview.read_wallpaper,
}


def show(card: str) -> Response:
    """Show one card, with the items of its chart."""
    read = read_card(card, days=SPAN.get() or 42)
    flat = plain(msgspec.structs.replace(read, items=()))
    flat.pop("items", None)
    items = [plain(item) for item in read.items]
    return answer({"count": len(items), **flat, "items": items}, read.alt)


def read_card(name: str, *, days: int = 42, private: bool = False) -> Card:
    """Read one card of the athlete whose device, view or session this is.

    Parameters
    ----------
    name
        One of :data:`~bridge.domain.cards.NAMES`.
    days
        How far back the card of form goes: 42 or 90.
    private
        Whether its owner has private fields shown on this card.

    Raises
    ------
    UnknownCard
        If there is no such card.
    """
    if name == "form":
        return overview.read_form(days)
    if name == "recovery":
        return sessions.read_recovery(private=private)
    if name not in _READERS:
        raise UnknownCard(name[:40], known=", ".join(NAMES))
    return _READERS[name]()
