"""The doctor for people: a box for a failed request, and a check of all."""

from __future__ import annotations

from flask import Response, request

from bridge.doctor import check_all
from bridge.domain.doctor.checks import say_checks
from bridge.domain.speech.trim import for_the_eye
from bridge.routes.site.rendering import render
from bridge.services import client_of, services, stranger_voice


def show() -> Response:
    """Show the empty box."""
    return render("doctor.html", diagnosis=None)


def diagnosed() -> Response:
    """Read the request that failed, on this server, without sending anything."""
    # 60 ms, for those who ask
    from bridge.domain.doctor.request import diagnose

    # A key in the text is masked by the diagnosis; the text itself is not shown again.
    text = request.form.get("request", "")
    found = diagnose(text)
    summary = for_the_eye(found.summary)
    return render("doctor.html", diagnosis=found, summary=summary)


def everything() -> Response:
    """Check key, athlete id, reach, clock, Strava, address and database."""
    known, speaker = services(), stranger_voice()
    checks = check_all(known.config, client_of, known.clock(), speaker)
    return render(
        "checks.html",
        checks=[
            (check.result, for_the_eye(check.text), check.setting) for check in checks
        ],
        summary=for_the_eye(say_checks(checks, speaker)),
    )
