"""The card for a lock screen: the day in four lines, over the line of form."""

from __future__ import annotations

import msgspec

from bridge.domain.cards.card import Card, lines_of


def wallpaper_card(today: Card, form: Card) -> Card:
    """Put the day and the form together: what a glance at six in the morning needs."""
    told = (today.lines or "").split("\n")
    return msgspec.structs.replace(
        today,
        card="wallpaper",
        chart="line" if form.items else "none",
        unit=form.unit,
        lines=lines_of((*told, form.lines)),
        items=form.items,
    )
