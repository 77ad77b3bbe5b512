"""Turn workout text into what upstream computes from it, and sessions into text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bridge.simulator.athlete.sports import settings_for
from bridge.simulator.fields.bodies import Record
from bridge.simulator.seed.session import Piece, Session
from bridge.simulator.workouts.text import parse_workout

if TYPE_CHECKING:
    from bridge.simulator.world import World


def parse(world: World, text: str, kind: str) -> Any:
    """Parse workout text against the athlete's zones and thresholds."""
    settings = settings_for(world.sports, kind) or {}
    return parse_workout(
        text,
        sport=kind,
        ftp=settings.get("ftp"),
        lthr=settings.get("lthr"),
        threshold_pace=settings.get("threshold_pace"),
        power_zones=settings.get("power_zones") or [],
        hr_zones=settings.get("hr_zones") or [],
        pace_zones=settings.get("pace_zones") or [],
    )


def parsed_fields(world: World, record: Record, changes: Record) -> Record:
    """Return the fields of a workout or event that follow from its text."""
    kind, text = str(record["type"]), record.get("description") or ""
    workout = parse(world, text, kind)
    if not workout.doc:
        lifting = kind == "WeightTraining"
        load = changes.get("icu_training_load") or record.get("icu_training_load")
        doc = changes.get("workout_doc") or {}
        return {
            "workout_doc": doc,
            "icu_training_load": load or (None if lifting else 0),
        }
    return {
        "workout_doc": workout.doc,
        "moving_time": workout.moving_time,
        "distance": workout.distance or changes.get("distance"),
        "icu_training_load": workout.training_load,
        "icu_intensity": workout.intensity,
        "strain_score": _strain(workout.training_load),
        "joules": round((workout.average_watts or 0) * workout.moving_time),
    }


def _strain(load: int | None) -> float | None:
    return None if load is None else round(load * 1.08, 4)


def text_of(session: Session) -> str:
    """Write a session as workout text, repeats as a block."""
    unit = "" if session.type.endswith("Ride") else " Pace"
    lines: list[str] = []
    pieces = [piece for piece in session.pieces if piece.seconds > 1]
    while pieces:
        count = _repeat_count(pieces)
        block = pieces[:2] if count > 1 else pieces[:1]
        if count > 1:
            lines += ["", f"{count}x"]
        lines += [_line(piece, unit) for piece in block]
        if count > 1:
            lines.append("")
        del pieces[: count * len(block)]
    return "\n".join(lines).strip()


def _repeat_count(pieces: list[Piece]) -> int:
    pair, count = [(piece.seconds, piece.effort) for piece in pieces[:2]], 0
    while [(p.seconds, p.effort) for p in pieces[count * 2 : count * 2 + 2]] == pair:
        count += 1
        if len(pieces) < count * 2 + 2:
            break
    return count if len(pair) == 2 else 1


def _line(piece: Piece, unit: str) -> str:
    minutes, seconds = divmod(piece.seconds, 60)
    length = (f"{minutes}m" if minutes else "") + (f"{seconds}s" if seconds else "")
    return f"- {length} {round(piece.effort * 100)}%{unit}"
