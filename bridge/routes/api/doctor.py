"""The doctor: why it does not work, and what to do."""

from __future__ import annotations

from flask import Response

from bridge.doctor import Vantage, check_all, check_signed
from bridge.domain.doctor.checks import make_check, say_checks
from bridge.domain.flat import plain
from bridge.routes.replies import paged, send
from bridge.services import client_of, device, reach, services, stranger_voice


def show() -> Response:
    """Check key, athlete id, reach, clock, Strava, address and database."""
    known, speaker = services(), stranger_voice()
    checks = check_all(
        known.settings_now, client_of, known.clock(), speaker, Vantage(reach)
    )
    checks += check_signed(known.config, known.dropped, speaker)
    scope = device().scope
    checks.append(make_check(speaker, "scope", "ok", scope))
    items = [plain(check) for check in checks]
    return send(paged(items, len(items), 1), say_checks(checks, speaker))
