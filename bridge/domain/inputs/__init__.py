"""Forgiving inputs: numbers, durations, distances, paces, days, scales, bodies.

Pure functions from what a phone sends to what the bridge keeps. What is not
understood, or could mean two things, is refused with ``InputError`` and an
example; nothing is guessed. ``format_pace`` writes what ``parse_pace`` reads back.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bridge.domain.inputs.bodies import Limits, read_body, read_form, read_json
    from bridge.domain.inputs.days import parse_day, parse_start_local
    from bridge.domain.inputs.durations import parse_duration
    from bridge.domain.inputs.nearest import nearest_name, spoken_name, unknown_keys
    from bridge.domain.inputs.numbers import parse_number
    from bridge.domain.inputs.paces import Pace, format_pace, parse_pace
    from bridge.domain.inputs.quantities import (
        Dimension,
        parse_distance,
        parse_quantity,
    )
    from bridge.domain.inputs.refusals import InputError, Mistake, refused
    from bridge.domain.inputs.scales import (
        Scale,
        parse_scale,
        scale_example,
        scale_limits,
    )
    from bridge.domain.inputs.sports import read_sport
    from bridge.domain.inputs.texts import parse_text

__all__ = [
    "Dimension",
    "InputError",
    "Limits",
    "Mistake",
    "Pace",
    "Scale",
    "format_pace",
    "nearest_name",
    "parse_day",
    "parse_distance",
    "parse_duration",
    "parse_number",
    "parse_pace",
    "parse_quantity",
    "parse_scale",
    "parse_start_local",
    "parse_text",
    "read_body",
    "read_form",
    "read_json",
    "read_sport",
    "refused",
    "scale_example",
    "scale_limits",
    "spoken_name",
    "unknown_keys",
]

# Where each stands: who reads a day does without the units of paces.
_MODULES = {
    "Dimension": "quantities",
    "InputError": "refusals",
    "Limits": "bodies",
    "Mistake": "refusals",
    "Pace": "paces",
    "Scale": "scales",
    "format_pace": "paces",
    "nearest_name": "nearest",
    "parse_day": "days",
    "parse_distance": "quantities",
    "parse_duration": "durations",
    "parse_number": "numbers",
    "parse_pace": "paces",
    "parse_quantity": "quantities",
    "parse_scale": "scales",
    "parse_start_local": "days",
    "parse_text": "texts",
    "read_body": "bodies",
    "read_form": "bodies",
    "read_json": "bodies",
    "read_sport": "sports",
    "refused": "refusals",
    "scale_example": "scales",
    "scale_limits": "scales",
    "spoken_name": "nearest",
    "unknown_keys": "nearest",
}


def __getattr__(name: str) -> Any:
    """Import a name with the first who wants it."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    globals()[name] = found
    return found
