"""The doctor: why it does not work, and what to do."""

from __future__ import annotations

from flask import Response

from bridge.doctor import Vantage, check_all, check_channels, check_signed
from bridge.domain.doctor.checks import Check, check_webhook, make_check, say_checks
from bridge.domain.flat import plain
from bridge.domain.speech.voice import Voice
from bridge.errors import NoApiKey, VaultClosed
from bridge.routes.replies import paged, send
from bridge.services import (
    client_of,
    credentials,
    device,
    owner_id,
    reach,
    services,
    stranger_voice,
)
from bridge.upstream.budget import BACKGROUND


def show() -> Response:
    """Check key, athlete id, reach, clock, Strava, address and database."""
    known, speaker = services(), stranger_voice()
    checks = check_all(
        known.settings_now, client_of, known.clock(), speaker, Vantage(reach)
    )
    checks += check_signed(known.config, known.dropped, speaker)
    channels = known.store.outbox.channels(device().athlete)
    checks += check_channels(channels, known.clock(), speaker)
    checks += _calls(speaker)
    if known.config.webhook_secret:
        last_at = known.store.facts.webhook_at()
        checks.append(check_webhook(speaker, known.clock(), last_at, owner_id(known)))
    scope = device().scope
    checks.append(make_check(speaker, "scope", "ok", scope))
    items = [plain(check) for check in checks]
    return send(paged(items, len(items), 1), say_checks(checks, speaker))


def _calls(speaker: Voice) -> list[Check]:
    """Say how much of the key's day is spent; nothing where nobody counts."""
    budget = services().wire.budget
    try:
        name = credentials().name
    except (NoApiKey, VaultClosed):
        return []
    if budget is None:
        return []
    counts = {
        "all": speaker.say_number(budget.spent(name)),
        "behind": speaker.say_number(budget.spent(name, BACKGROUND)),
    }
    return [make_check(speaker, "calls", "ok", "ok", **counts)]
