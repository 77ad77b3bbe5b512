"""Forgiving inputs: numbers, durations, distances, paces, days, scales, bodies.

Pure functions from what a phone sends to what the bridge keeps. What is not
understood, or could mean two things, is refused with ``InputError`` and an
example; nothing is guessed. The ``format_…`` functions write what their
``parse_…`` twins read back in English, German, French and Spanish.
"""

from __future__ import annotations

from bridge.domain.inputs.bodies import Limits, read_body, read_form, read_json
from bridge.domain.inputs.days import format_day, parse_day, parse_start_local
from bridge.domain.inputs.durations import format_duration, parse_duration
from bridge.domain.inputs.nearest import nearest_name, spoken_name, unknown_keys
from bridge.domain.inputs.numbers import format_number, parse_number
from bridge.domain.inputs.paces import Pace, format_pace, parse_pace
from bridge.domain.inputs.quantities import Dimension, parse_distance, parse_quantity
from bridge.domain.inputs.refusals import InputError, InputKind
from bridge.domain.inputs.scales import (
    Scale,
    format_scale,
    parse_scale,
    scale_example,
    scale_limits,
)
from bridge.domain.inputs.sports import parse_sport
from bridge.domain.inputs.texts import parse_text

__all__ = [
    "Dimension",
    "InputError",
    "InputKind",
    "Limits",
    "Pace",
    "Scale",
    "format_day",
    "format_duration",
    "format_number",
    "format_pace",
    "format_scale",
    "nearest_name",
    "parse_day",
    "parse_distance",
    "parse_duration",
    "parse_number",
    "parse_pace",
    "parse_quantity",
    "parse_scale",
    "parse_sport",
    "parse_start_local",
    "parse_text",
    "read_body",
    "read_form",
    "read_json",
    "scale_example",
    "scale_limits",
    "spoken_name",
    "unknown_keys",
]
