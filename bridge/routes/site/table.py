"""All pages of the setup site, on one screen.

A page that is not in this list does not exist; one that is not ``open`` sends
whoever has not signed in to ``/sign-in``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, request

from bridge.errors import BodyTooLarge, BridgeError
from bridge.routes.address import is_known_host
from bridge.routes.site.page import (
    LARGEST_FORM,
    Page,
    PageRefused,
    go_to,
    static_url,
)
from bridge.routes.site.session import (
    FIELD,
    form_token,
    read_session,
    require_form,
    session,
)
from bridge.routes.site.words import chosen_language, counted
from bridge.services import NOBODY, services, settled, state

if TYPE_CHECKING:
    from flask.templating import Environment

# fmt: off
PAGES: tuple[Page, ...] = (
    Page("GET", "/", "setup:start"),
    Page("GET", "/setup", "setup:start"),
    Page("GET", "/setup/address", "setup:show_address"),
    Page("POST", "/setup/address", "setup:choose_address"),
    Page("GET", "/setup/key", "setup:show_key"),
    Page("GET", "/setup/phone", "setup:show_phone"),
    Page("GET", "/setup/shortcut", "setup:show_shortcut"),
    Page("GET", "/setup/waiting", "setup:show_waiting"),
    Page("GET", "/setup/asked", "setup:tell_asked", failures="flat"),
    Page("POST", "/connect", "setup:submit_key"),
    Page("POST", "/disconnect", "setup:forget_key"),
    Page("GET", "/today", "today:show"),
    Page("GET", "/docs", "docs:show", guard="open"),
    Page("GET", "/docs/<group>", "docs:show_group", guard="open"),
    Page("GET", "/docs/try/<anchor>", "docs:try_out", failures="flat"),
    Page("GET", "/sign-in", "sign_in:show", guard="open"),
    Page("POST", "/sign-in", "sign_in:submit", guard="open"),
    Page("GET", "/pair", "sign_in:show_pairing", guard="open"),
    Page("POST", "/pair", "sign_in:submit", guard="open"),
    Page("POST", "/sign-out", "sign_in:leave"),
    Page("POST", "/sign-out/everywhere", "sign_in:leave_everywhere"),
    Page("GET", "/pairing", "sign_in:show_picture"),
    Page("POST", "/pairing", "sign_in:create_pairing"),
    Page("GET", "/devices", "devices:show"),
    Page("POST", "/devices", "setup:create_device"),
    Page("GET", "/devices/code", "devices:show_code"),
    Page("POST", "/devices/<device_id>/name", "devices:rename"),
    Page("POST", "/devices/<device_id>/revoke", "devices:revoke"),
    Page("POST", "/views", "devices:create_view"),
    Page("GET", "/views/key", "views:show_key"),
    Page("POST", "/views/<view_id>/private", "views:switch_private"),
    Page("POST", "/views/<view_id>/revoke", "views:revoke"),
    Page("GET", "/messages", "messages:show"),
    Page("POST", "/messages", "messages:choose"),
    Page("POST", "/messages/undo", "messages:undo"),
    Page("GET", "/messages/key", "messages:key", failures="flat"),
    Page("POST", "/messages/phone", "messages:subscribe", failures="flat"),
    Page("POST", "/messages/channels", "messages:create"),
    Page("GET", "/messages/secret", "messages:show_secret"),
    Page("POST", "/messages/channels/<channel_id>/test", "messages:test"),
    Page("POST", "/messages/channels/<channel_id>/remove", "messages:remove"),
    Page("GET", "/shortcuts", "shortcuts:show"),
    Page("GET", "/recipes/<slug>", "shortcuts:recipe"),
    Page("GET", "/try", "shortcuts:try_all", failures="flat"),
    Page("GET", "/try/<slug>", "shortcuts:try_out", failures="flat"),
    Page("GET", "/health", "doctor:health"),
    Page("GET", "/health/light", "doctor:tell_light", failures="flat"),
    Page("GET", "/doctor", "doctor:show"),
    Page("POST", "/doctor", "doctor:read_request"),
    Page("GET", "/doctor/everything", "doctor:everything"),
    Page("GET", "/shortcuts/<language>/<name>", "shortcuts:download", "open", "asked"),
    Page("GET", "/static/<name>", "page:static_file", "open", "flat"),
)
# fmt: on
_FOR_STRANGERS = {
    "/docs",
    "/docs/<group>",
    "/static/<name>",
    "/shortcuts/<language>/<name>",
}


def add_pages(app: Flask) -> None:
    """Add every page to ``app``."""
    for page in PAGES:
        app.add_url_rule(
            page.path,
            endpoint=page.endpoint,
            view_func=_guarded(page),
            methods=[page.method],
            provide_automatic_options=False,
        )


def furnish(templates: Environment) -> None:
    """Give the templates what all of them may use, before the first is rendered."""
    from bridge.routes.site import doctor, reach

    templates.globals.update(
        bridge_address=lambda: services().address,
        bridge_is_here=reach.is_here,
        bridge_reachable=lambda: bool(services().public_url),
        counted=counted,
        form_field=FIELD,
        form_token=form_token,
        is_demo=lambda: services().config.demo,
        is_signed_in=_is_signed_in,
        light=doctor.light,
        session=session,
        static_url=static_url,
    )
    templates.trim_blocks = templates.lstrip_blocks = True


def _is_signed_in() -> bool:
    """Tell it also where no page was found: who is signed in sees the bar there too."""
    known = state()
    if known.session is None and known.failures == "asked" and is_known_host():
        try:
            known.session = read_session()
        except BridgeError:  # told by the page that asks
            return False
    return known.session is not None and known.session.is_signed_in


def _guarded(page: Page) -> Callable[..., Response]:
    def guarded(**path_values: Any) -> Response:
        known = state()
        known.failures = page.failures
        if page.path not in _FOR_STRANGERS and not is_known_host():
            raise _unknown_host()
        known.language = chosen_language()
        known.session = read_session()
        known.athlete = known.session.athlete if known.session else NOBODY
        if page.guard == "session" and known.athlete == NOBODY:
            return _ask_to_sign_in(page)
        if page.method == "POST":
            _bound_form()
            require_form()
        return settled(partial(page.view, **path_values))

    return guarded


def _bound_form() -> None:
    if "Transfer-Encoding" in request.headers:
        raise BodyTooLarge("a form without its length, which no browser sends")
    request.max_content_length = LARGEST_FORM


def _unknown_host() -> PageRefused:
    return PageRefused(
        421,
        "unknown_host",
        address=services().address,
    )


def _ask_to_sign_in(page: Page) -> Response:
    if page.method == "GET" and page.failures == "page":
        return go_to("/sign-in")
    raise PageRefused(401, "session_missing")
