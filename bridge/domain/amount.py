"""Measured amounts: believed only within what is possible."""

from __future__ import annotations

from bridge.domain.flat import number

MOST = 1e9


def amount(
    value: object,
    digits: int = 0,
    scale: float = 1.0,
    *,
    least: float = 0.0,
    most: float = MOST,
) -> float | None:
    """Return ``value * scale`` rounded, or None where it cannot be.

    Below ``least`` or above ``most`` nothing was measured: upstream writes 0 for a
    heart rate without a strap and -1 for a cleared number.
    """
    found = number(value)
    if found is None or not least <= found * scale <= most:
        return None
    return round(found * scale, digits) + 0.0


def whole_amount(
    value: object, scale: float = 1.0, *, least: float = 0.0, most: float = MOST
) -> int | None:
    """Return :func:`amount` as a whole number."""
    found = amount(value, 0, scale, least=least, most=most)
    return None if found is None else int(found)


def quotient(
    value: float | None,
    by: float | None,
    digits: int = 1,
    *,
    least: float = 0.0,
    most: float = MOST,
) -> float | None:
    """Return ``value / by`` rounded, or None where either is missing or zero."""
    if not value or not by:
        return None
    return amount(value / by, digits, least=least, most=most)


def total(values: list[float | None], digits: int = 0) -> float | None:
    """Return the sum of what is known, or None where nothing is."""
    known = [value for value in values if value is not None]
    return round(sum(known), digits) + 0.0 if known else None
