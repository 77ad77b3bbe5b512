"""Forgiving inputs: numbers, durations, distances, paces, days, scales, bodies.

Pure functions from what a phone sends to what the bridge keeps. What is not
understood, or could mean two things, is refused with ``InputError`` and an
example; nothing is guessed. ``format_pace`` writes what ``parse_pace`` reads back.
"""

from __future__ import annotations

from bridge.domain.inputs.bodies import Limits, read_body, read_form, read_json
from bridge.domain.inputs.days import parse_day, parse_start_local
from bridge.domain.inputs.durations import parse_duration
from bridge.domain.inputs.nearest import nearest_name, spoken_name, unknown_keys
from bridge.domain.inputs.numbers import parse_number
from bridge.domain.inputs.paces import Pace, format_pace, parse_pace
from bridge.domain.inputs.quantities import Dimension, parse_distance, parse_quantity
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
