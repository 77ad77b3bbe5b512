"""The setup page itself: connect, name this phone, add shortcuts, devices, help."""

from __future__ import annotations

from flask import Response

from bridge.routes.site import devices as devices_page
from bridge.routes.site import gallery
from bridge.routes.site.account import connection
from bridge.routes.site.downloads import index
from bridge.routes.site.rendering import render
from bridge.services import services
from bridge.shortcuts.files import UNSIGNED


def show() -> Response:
    """Show everything on one page, the next step first."""
    config = services().config
    language = gallery.language_wanted()
    first, others = gallery.cards(language)
    return render(
        "home.html",
        connection=connection(),
        devices=devices_page.rows(),
        suggested_name=devices_page.suggested_name(),
        scopes=devices_page.SCOPE_WORDS,
        first=first,
        others=others,
        language=language,
        languages=index().languages,
        unsigned=UNSIGNED,
        reachable=bool(config.public_url),
        secure=config.is_https,
    )
