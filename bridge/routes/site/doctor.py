"""The doctor for people: a box for a failed request, and a check of all."""

from __future__ import annotations

from flask import Response, request

from bridge.doctor import Vantage, check_all, check_signed
from bridge.domain.doctor.checks import say_checks
from bridge.domain.speech.trim import for_the_eye
from bridge.routes.site.page import render
from bridge.services import client_of, reach, services, stranger_voice


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
    """Check key, athlete id, reach, clock, Strava, address and database."""
    known, speaker = services(), stranger_voice()
    checks = check_all(known.config, client_of, known.clock(), speaker, Vantage(reach))
    checks += check_signed(known.config, known.dropped, speaker)
    return render(
        "checks.html",
        checks=[
            (check.result, for_the_eye(check.text), check.setting) for check in checks
        ],
        summary=for_the_eye(say_checks(checks, speaker)),
    )
