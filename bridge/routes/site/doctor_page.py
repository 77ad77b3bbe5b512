"""The doctor for people: a box for a failed request, and a check of all."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Response, request

from bridge.checkup import check_up
from bridge.domain.doctor.checkup import say_checkup
from bridge.domain.speech.trim import for_the_eye
from bridge.routes.site.rendering import render
from bridge.routes.table import ROUTES
from bridge.services import client_of, services, stranger_voice

if TYPE_CHECKING:
    from bridge.domain.doctor.request import Site


def show() -> Response:
    """Show the empty box."""
    return render("doctor.html", diagnosis=None)


def diagnosed() -> Response:
    """Read the request that failed, on this server, without sending anything."""
    # 60 ms, for those who ask
    from bridge.domain.doctor.request import diagnose, diagnose_own

    # A key in the text is masked by the diagnosis; the text itself is not shown again.
    text = request.form.get("request", "")
    found = diagnose_own(text, _this_site()) or diagnose(text)
    summary = for_the_eye(found.summary)
    return render("doctor.html", diagnosis=found, summary=summary)


def _this_site() -> Site:
    from bridge.domain.doctor.request import Door, Site
    from bridge.routes.site.table import PAGES

    config = services().config
    parts = urlsplit(config.address)
    port = parts.port or (443 if config.is_https else 80)
    names = {(parts.hostname or "").lower(), "localhost", "127.0.0.1", "[::1]"}
    hosts = {f"{name}:{number}" for name in names for number in (port, config.port)}
    doors = [Door(each.method, each.path, each.scope is not None) for each in ROUTES]
    doors += [Door(page.method, page.path, needs_token=False) for page in PAGES]
    return Site(
        hosts=hosts | {parts.netloc.lower()}, is_https=config.is_https, doors=doors
    )


def everything() -> Response:
    """Check key, athlete id, reach, clock, Strava, address and database."""
    known, speaker = services(), stranger_voice()
    checks = check_up(known.config, client_of, known.clock(), speaker)
    return render(
        "checkup.html",
        checks=[
            (check.result, for_the_eye(check.text), check.setting) for check in checks
        ],
        summary=for_the_eye(say_checkup(checks, speaker)),
    )
