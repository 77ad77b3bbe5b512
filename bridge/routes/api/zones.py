"""Training zones and thresholds: told, changed, and applied to the past."""

from __future__ import annotations

from flask import Response

from bridge.domain.raw import extended
from bridge.domain.speech.trim import begin
from bridge.domain.sport import say_discipline
from bridge.domain.zones.input import COMPUTED, MEANT, ZONE_INPUTS, read_zones
from bridge.domain.zones.settings import flatten_thresholds, settings_for, sport_of
from bridge.domain.zones.values import values_of
from bridge.domain.zones.written import (
    ZonesApplied,
    ZonesWritten,
    changes_of,
    say_applied,
    say_changes,
    say_written,
)
from bridge.domain.zones.zone import flatten_zones, say_zones
from bridge.routes.params import TYPE
from bridge.routes.replies import reply, reply_items
from bridge.routes.route import Body, Field
from bridge.routes.writing import fields, say_troubles, write, write_all
from bridge.services import client, voice, writer
from bridge.writes.writable import Change
from bridge.writes.zones import AppliedZones, SportZones, id_of

ZONES_BODY = Body(
    fields=tuple(Field(*row) for row in ZONE_INPUTS), computed=COMPUTED, meant=MEANT
)
APPLY_BODY = Body(fields=())


def show() -> Response:
    """Tell the zones of a sport in percent, watts, beats and pace at once."""
    wanted = TYPE.get() or "Ride"
    raw = settings_for(client().sport_settings(), wanted)
    if raw is None:
        return reply_items([], voice().say("zones.none_at_all"))
    thresholds, zones = flatten_thresholds(raw), flatten_zones(raw)
    said = say_zones(thresholds, zones, voice(), asked=wanted)
    return reply_items(zones, said, about=thresholds)


def change(sport: str) -> Response:
    """Change thresholds or zones of a sport; the rest stays as it is."""
    zones = SportZones(writer())
    raw = zones.named(sport)
    wanted = read_zones(fields(), raw, imperial=voice().units == "imperial")
    outcome = write(
        zones, Change.of(id_of(raw), values_of(raw), wanted), source="zones"
    )
    now, before = (
        flatten_thresholds(zones.settings(outcome.target)),
        outcome.before or {},
    )
    said = say_written(
        say_changes(outcome.heeded, before, voice(), thresholds=now, sent=fields()),
        voice(),
        preview=outcome.preview,
        troubles=say_troubles(outcome, voice()),
        already=outcome.already,
    )
    return reply_items(
        changes_of(now.sport, wanted, before, outcome.after or {}),
        said,
        about=extended(now, ZonesWritten, **outcome.marks),
    )


def apply(sport: str) -> Response:
    """Ask to work out the zones of all past activities of a sport anew."""
    raw = SportZones(writer()).named(sport)
    count = len(writer().client.matching_activities(id_of(raw)))
    change = Change.of(id_of(raw), {"activities": 0}, {"activities": count})
    batch = write_all(AppliedZones(writer()), [change] if count else [], source="zones")
    applied = ZonesApplied(
        sport=sport_of(raw), activities=count, preview=batch.preview or None
    )
    spoken = begin(say_discipline(applied.sport, voice()))
    return reply(applied, say_applied(applied, spoken, voice()))
