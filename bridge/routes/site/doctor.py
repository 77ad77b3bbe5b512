"""Health: everything checked, worst first; and a box for a request that failed."""

from __future__ import annotations

import time
from typing import Literal

from flask import Response, request

from bridge.doctor import Vantage, check_all, check_channels, check_signed
from bridge.domain.doctor.checks import Check
from bridge.domain.speech.trim import for_the_eye
from bridge.routes.replies import send
from bridge.routes.site.page import go_to, render
from bridge.routes.site.session import session
from bridge.services import client_of, reach, services, stranger_voice

Light = Literal["ok", "warning", "problem", "unknown"]
LIGHT_FRESH_S = 600
_WORST_FIRST: tuple[Light, ...] = ("problem", "warning", "ok")
# Where a click mends what a check found; the rest is set on the server.
_MENDS = {
    "key": ("mend_key", "/setup/key"),
    "phone": ("mend_address", "/setup/address"),
    "channel": ("mend_channels", "/messages#channels"),
    "strava": ("mend_strava", "https://intervals.icu/settings"),
}


def show() -> Response:
    """Show the empty box."""
    return render("doctor.html", report=None)


def read_request() -> Response:
    """Read the request that failed, on this server, without sending anything."""
    # 0.1 s of imports and tables, for those who ask
    from bridge.domain.doctor.request import explain_request

    # A key in the text is masked by the doctor; the text itself is not shown again.
    report = explain_request(request.form.get("request", ""))
    return render("doctor.html", report=report, summary=for_the_eye(report.summary))


def everything() -> Response:
    """Lead to the page that the checks have now."""
    return go_to("/health")


def health() -> Response:
    """Check key, athlete id, reach, clock, Strava, address and database."""
    checks = _check()
    rows = [
        {
            "result": check.result,
            "text": for_the_eye(check.text),
            "setting": check.setting,
            "mend": None if check.result == "ok" else _MENDS.get(check.check),
        }
        for check in sorted(checks, key=lambda each: _WORST_FIRST.index(each.result))
    ]
    return render("health.html", rows=rows, result=_light_of(checks))


def light() -> Light:
    """Return what is known of the health by now; asks nobody."""
    at, found = services().lights.get(session().athlete, (0.0, "unknown"))
    is_fresh = at and time.monotonic() - at < LIGHT_FRESH_S
    fresh: Light = found if is_fresh else "unknown"  # type: ignore[assignment]  # a text
    return fresh


def forget_light() -> None:
    """Look anew: what was wrong may be mended."""
    services().lights.clear()


def tell_light() -> Response:
    """Tell the page's script how it stands, checked at most every ten minutes."""
    known = light()
    return send({"light": _light_of(_check()) if known == "unknown" else known}, "")


def _check() -> list[Check]:
    known, speaker = services(), stranger_voice()
    checks = check_all(
        known.settings_now, client_of, known.clock(), speaker, Vantage(reach)
    )
    checks += check_signed(known.config, known.dropped, speaker)
    channels = known.store.outbox.channels(session().athlete)
    checks += check_channels(channels, known.clock(), speaker)
    known.lights[session().athlete] = (time.monotonic(), _light_of(checks))
    return checks


def _light_of(checks: list[Check]) -> Light:
    return next(
        (r for r in _WORST_FIRST if any(check.result == r for check in checks)), "ok"
    )
