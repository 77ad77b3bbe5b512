"""What may be written, under our own names, and when two of them are the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from bridge.domain.flat import Scalar

# None is empty. A field may hold a list, or all that comes and goes with it.
Value: TypeAlias = Scalar | Sequence[Any] | Mapping[str, Any] | None
Values: TypeAlias = Mapping[str, Value]

_ALIKE = 1e-4  # upstream keeps 32-bit floats


def scalar(value: Value) -> Scalar | None:
    """Return what can be shown as it is; None for a list and the like."""
    return value if isinstance(value, str | int | float) else None


def same(one: Value, other: Value) -> bool:
    """Tell whether two values are the same to upstream's precision."""
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) <= _ALIKE * max(1.0, abs(one), abs(other))
    return one == other  # what is inside a list was rounded when it was read


def differing(wanted: Values, now: Values) -> tuple[str, ...]:
    """Return the names of the fields that do not hold what was wanted."""
    return tuple(name for name in wanted if not same(wanted[name], now.get(name)))
