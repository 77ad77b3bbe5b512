"""Writing thresholds and zones of a sport, and applying them to the past."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response

from bridge.domain.flat import ident
from bridge.domain.inputs import InputError, parse_sport
from bridge.domain.sport import say_sport
from bridge.domain.undo import Values
from bridge.domain.zones.input import COMPUTED, MEANT, ZONE_INPUTS, read_zones
from bridge.domain.zones.kinds import values_of
from bridge.domain.zones.settings import (
    RawSportSettings,
    flatten_thresholds,
    sport_of,
    texts_of,
)
from bridge.domain.zones.written import (
    ZoneChange,
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
from bridge.routes.writing import author, fields, is_preview
from bridge.services import services, voice, writer
from bridge.writes.carry import Outcome, carry_out
from bridge.writes.kind import Change
from bridge.writes.zones import AppliedKind, ZonesKind

ZONES_BODY = Body(
    fields=tuple(Field(*each) for each in ZONE_INPUTS), computed=COMPUTED, meant=MEANT
)
APPLY_BODY = Body(fields=())


def change(sport: str) -> Response:
    """Change thresholds or zones of a sport; the rest stays as it is."""
    kind = ZonesKind(writer())
    raw = _settings_of(kind, sport)
    now = values_of(raw)
    wanted = read_zones(fields(), raw, imperial=voice().units == "imperial")
    before = {name: now[name] for name in wanted}
    if is_preview():
        said = _sentences(raw, wanted, before)
        return _answer(raw, tell_changes(sport_of(raw), wanted, before, wanted), said)
    asked = Change(target=_id_of(raw), before=before, wanted=wanted)
    (outcome,) = carry_out(kind, [asked], services().store.journal, author("zones"))
    fresh = kind.settings(asked.target)
    kept = {name: wanted[name] for name in wanted if name not in outcome.not_kept}
    changes = tell_changes(sport_of(raw), wanted, before, outcome.after or {})
    said = _sentences(fresh, kept, before)
    return _answer(fresh, changes, said, outcome)


def apply(sport: str) -> Response:
    """Ask to work out the zones of all past activities of a sport anew."""
    raw = _settings_of(ZonesKind(writer()), sport)
    settings_id = _id_of(raw)
    count = len(writer().client.matching_activities(settings_id))
    preview = is_preview()
    if count and not preview:
        wanted = {"activities": count}
        asked = Change(target=settings_id, before={"activities": 0}, wanted=wanted)
        carry_out(
            AppliedKind(writer()), [asked], services().store.journal, author("zones")
        )
    applied = ZonesApplied(
        sport=sport_of(raw), activities=count, preview=preview or None
    )
    spoken = say_sport(applied.sport, voice())
    return reply(applied, say_applied(applied, spoken, voice()))


def _settings_of(kind: ZonesKind, sport: str) -> RawSportSettings:
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
    ftp_w = {**values_of(raw), **wanted}.get("ftp_w")
    return say_changes(
        wanted,
        before,
        voice(),
        sport=sport_of(raw),
        ftp_w=None if ftp_w is None else int(ftp_w),
    )


def _answer(
    raw: RawSportSettings,
    changes: Sequence[ZoneChange],
    said: Sequence[str],
    outcome: Outcome | None = None,
) -> Response:
    thresholds, preview = flatten_thresholds(raw), is_preview()
    names = thresholds.__struct_fields__
    lost = [each.field for each in changes if not each.kept]
    about = ZonesWritten(
        **{name: getattr(thresholds, name) for name in names},
        preview=preview or None,
        not_kept=", ".join(lost) or None,
    )
    speech = say_written(
        said,
        voice(),
        preview=preview,
        troubles=[] if outcome is None else say_troubles(outcome, voice()),
        already=outcome is not None and outcome.already,
    )
    return reply_items(changes, speech, about=about)
