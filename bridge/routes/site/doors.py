"""Opens the pages of the setup site, each behind its guard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, Response, g, request

from bridge.errors import BodyTooLarge
from bridge.routes.site.csrf import FIELD, form_token, require_form
from bridge.routes.site.page import LARGEST_FORM, Page
from bridge.routes.site.refusals import PageRefused
from bridge.routes.site.rendering import go_to
from bridge.routes.site.sessions import NOBODY, read_session, session
from bridge.routes.site.static_files import static_url
from bridge.routes.site.table import PAGES
from bridge.services import services


def open_pages(app: Flask) -> None:
    """Add every page to ``app``, and what all templates may use."""
    app.jinja_env.globals.update(
        form_token=form_token, form_field=FIELD, static_url=static_url, session=session
    )
    app.jinja_env.globals["bridge_address"] = lambda: services().config.address
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    for page in PAGES:
        app.add_url_rule(
            page.path,
            endpoint=page.endpoint,
            view_func=_guarded(page),
            methods=[page.method],
            provide_automatic_options=False,
        )


def _guarded(page: Page) -> Callable[..., Response]:
    def door(**path_values: Any) -> Response:
        g.on_page = page.failures == "page"
        g.flat_failures = page.failures == "flat"
        g.session = read_session()
        g.athlete = g.session.athlete if g.session else NOBODY
        if page.guard == "session" and g.athlete == NOBODY:
            return _ask_to_sign_in(page)
        if page.method == "POST":
            _bound_form()
            require_form()
        return page.view(**path_values)

    return door


def _bound_form() -> None:
    if "Transfer-Encoding" in request.headers:
        raise BodyTooLarge("a form without its length, which no browser sends")
    request.max_content_length = LARGEST_FORM


def _ask_to_sign_in(page: Page) -> Response:
    if page.method == "GET" and page.failures == "page":
        return go_to("/sign-in")
    raise PageRefused(
        401,
        "session_missing",
        "You are not signed in",
        "Nothing was done. Sign in on the setup page and try again.",
    )
