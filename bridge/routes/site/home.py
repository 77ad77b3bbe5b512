"""The setup page itself: connect, name this phone, add shortcuts, devices, help."""

from __future__ import annotations

from flask import Response

from bridge.domain.cards import PRIVATE
from bridge.routes.site import devices, shortcuts, views
from bridge.routes.site.connect import connection
from bridge.routes.site.page import render
from bridge.services import services
from bridge.shortcuts.files import UNSIGNED
from bridge.shortcuts.recipe import read_words


def show() -> Response:
    """Show everything on one page, the next step first."""
    config = services().config
    language = shortcuts.language_wanted()
    first, others = shortcuts.cards(language)
    return render(
        "home.html",
        connection=connection(),
        devices=devices.rows(),
        views=views.rows(),
        private_cards=PRIVATE,
        suggested_name=devices.suggested_name(),
        scopes=devices.SCOPE_WORDS,
        first=first,
        others=others,
        language=language,
        languages=shortcuts.index().languages,
        unsigned=UNSIGNED,
        before=read_words(language)["page"]["before"],
        reachable=bool(config.public_url),
        secure=config.is_https,
    )
