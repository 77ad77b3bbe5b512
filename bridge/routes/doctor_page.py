"""The doctor for people: a box for a failed request, and a check of all."""

from __future__ import annotations

from flask import Response, request

from bridge.checkup import check_up
from bridge.domain.checkup import say_checkup
from bridge.domain.speech import for_the_eye
from bridge.routes.rendering import render
from bridge.services import client_of, services, stranger_voice


def show() -> Response:
    """Show the empty box."""
    return render("doctor.html", diagnosis=None)


def diagnosed() -> Response:
    """Read the request that failed, on this server, without sending anything."""
    from bridge.domain.diagnosis import diagnose  # 60 ms, for those who ask

    # A key in the text is masked by the diagnosis; the text itself is not shown again.
    found = diagnose(request.form.get("request", ""))
    summary = for_the_eye(found.summary)
    return render("doctor.html", diagnosis=found, summary=summary)


def everything() -> Response:
    """Check key, athlete id, reach, clock, Strava, address and database."""
    known, speaker = services(), stranger_voice()
    checks = check_up(known.config, client_of, known.clock(), speaker)
    return render(
        "checkup.html",
        checks=[(check.result, for_the_eye(check.text)) for check in checks],
        summary=for_the_eye(say_checkup(checks, speaker)),
    )
