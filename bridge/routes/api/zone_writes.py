"""Writing thresholds and zones of a sport, and applying them to the past."""

from __future__ import annotations

from flask import Response

from bridge.domain.flat import ident, number
from bridge.domain.inputs import InputError, parse_sport
from bridge.domain.sport import say_sport
from bridge.domain.values import Values
from bridge.domain.zones.input import COMPUTED, MEANT, ZONE_INPUTS, read_zones
from bridge.domain.zones.kinds import values_of
from bridge.domain.zones.settings import (
    RawSportSettings,
    flatten_thresholds,
    sport_of,
    texts_of,
)
from bridge.domain.zones.written import (
    ZonesApplied,
    ZonesWritten,
    say_applied,
    say_changes,
    say_written,
    tell_changes,
)
from bridge.errors import BadParameter, UpstreamGarbage
from bridge.routes.replies import reply, reply_items
from bridge.routes.route import Body, Field
from bridge.routes.troubles import say_troubles
from bridge.routes.writing import fields, write, write_all
from bridge.services import voice, writer
from bridge.writes.carry import Outcome
from bridge.writes.writable import Change
from bridge.writes.zones import AppliedZones, SportZones

ZONES_BODY = Body(
    fields=tuple(Field(*each) for each in ZONE_INPUTS), computed=COMPUTED, meant=MEANT
)
APPLY_BODY = Body(fields=())


def change(sport: str) -> Response:
    """Change thresholds or zones of a sport; the rest stays as it is."""
    zones = SportZones(writer())
    raw = _settings_of(zones, sport)
    wanted = read_zones(fields(), raw, imperial=voice().units == "imperial")
    change = Change.of(_id_of(raw), values_of(raw), wanted)
    outcome = write(zones, change, source="zones")
    return _answer(zones.settings(change.target), outcome)


def apply(sport: str) -> Response:
    """Ask to work out the zones of all past activities of a sport anew."""
    raw = _settings_of(SportZones(writer()), sport)
    settings_id = _id_of(raw)
    count = len(writer().client.matching_activities(settings_id))
    change = Change.of(settings_id, {"activities": 0}, {"activities": count})
    batch = write_all(AppliedZones(writer()), [change] if count else [], source="zones")
    applied = ZonesApplied(
        sport=sport_of(raw), activities=count, preview=batch.preview or None
    )
    spoken = say_sport(applied.sport, voice())
    return reply(applied, say_applied(applied, spoken, voice()))


def _settings_of(kind: SportZones, sport: str) -> RawSportSettings:
    """Return the settings that are meant, by one of their types; never another's."""
    rows = kind.read_sports()
    for raw in rows:
        if sport.casefold() in (name.casefold() for name in texts_of(raw.types)):
            return raw
    try:
        return _settings_named(rows, parse_sport(sport))
    except InputError as error:
        raise _unknown(rows, sport) from error


def _settings_named(rows: list[RawSportSettings], sport: str) -> RawSportSettings:
    found = next((raw for raw in rows if sport in texts_of(raw.types)), None)
    if found is None:
        raise _unknown(rows, sport)
    return found


def _unknown(rows: list[RawSportSettings], sport: str) -> BadParameter:
    known = [sport_of(raw) for raw in rows]
    example = ", ".join(known[:4]) or "Ride"
    return BadParameter(f"sport {sport[:40]!r}", name="sport", example=example)


def _id_of(raw: RawSportSettings) -> str:
    found = ident(raw.id)
    if found is None:
        raise UpstreamGarbage("sport settings without an id")
    return found


def _sentences(raw: RawSportSettings, wanted: Values, before: Values) -> list[str]:
    ftp_w = number({**values_of(raw), **wanted}.get("ftp_w"))
    return say_changes(
        wanted,
        before,
        voice(),
        sport=sport_of(raw),
        ftp_w=None if ftp_w is None else int(ftp_w),
    )


def _answer(raw: RawSportSettings, outcome: Outcome) -> Response:
    wanted, before = outcome.wanted or {}, outcome.before or {}
    changes = tell_changes(sport_of(raw), wanted, before, outcome.after or {})
    thresholds = flatten_thresholds(raw)
    names = thresholds.__struct_fields__
    lost = [each.field for each in changes if not each.kept]
    about = ZonesWritten(
        **{name: getattr(thresholds, name) for name in names},
        preview=outcome.preview or None,
        not_kept=", ".join(lost) or None,
    )
    speech = say_written(
        _sentences(raw, outcome.heeded, before),
        voice(),
        preview=outcome.preview,
        troubles=say_troubles(outcome, voice()),
        already=outcome.already,
    )
    return reply_items(changes, speech, about=about)
