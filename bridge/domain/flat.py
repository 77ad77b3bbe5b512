"""Scalars the phone can live with: what comes in is distrusted once, here."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping

import msgspec

Scalar = str | int | float
Flat = dict[str, Scalar]

ITEMS_AT_ONCE = 50
RESERVED = frozenset(
    {"status", "speech", "code", "hint", "items", "count", "from", "as_of", "stale"}
)
MOST_S = 31 * 86_400  # nobody is under way for longer without a break
MOST_KM, MOST_CLIMB_M, MOST_LOAD = 20_000, 100_000, 10_000
MOST_BPM, MOST_W, MOST_KCAL = 300, 5000, 100_000
MOST = 1e9  # nothing that anybody measures is larger
_DEEPEST = 8
_EXACT_INTEGER = 2**53
_DECIMAL = re.compile(r"[+-]?[0-9]{1,18}(\.[0-9]{1,18})?", re.ASCII)
_WORD_EDGE = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NOT_A_KEY = re.compile(r"[^a-z0-9]+")
_UNSPEAKABLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def number(value: object) -> float | None:
    """Return a finite number, or None for whatever else upstream sent.

    Upstream knows ``"-Infinity"``, NaN, null and numbers written as text; a
    boolean is not a number here.
    """
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):  # a tuple: half the time of a union
        try:
            return float(value) if math.isfinite(value) else None
        except OverflowError:
            return None
    if isinstance(value, str) and _DECIMAL.fullmatch(value):
        return float(value)
    return None


def rounded(value: object, digits: int = 0, scale: float = 1.0) -> float | None:
    """Return ``value * scale`` rounded, or None where there is no number."""
    found = number(value)
    scaled = None if found is None else number(found * scale)
    return None if scaled is None else round(scaled, digits) + 0.0


def whole(value: object, scale: float = 1.0) -> int | None:
    """Return ``value * scale`` as the nearest whole number, or None."""
    found = rounded(value, 0, scale)
    return None if found is None else int(found)


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


def text(value: object, longest: int = 2000) -> str | None:
    """Return a cleaned, non-empty text, or None.

    Control characters and lone surrogates become blanks: they break JSON readers
    on the phone; so do signs that turn the text around. A longer text ends with an
    ellipsis.
    """
    if not isinstance(value, str):
        return None
    clean = value if value.isprintable() else _UNSPEAKABLE.sub(" ", value)
    clean = clean.strip()
    if len(clean) > longest:
        clean = clean[: longest - 1].rstrip() + "…"
    return clean or None


def texts_of(values: object) -> list[str]:
    """Return a list of texts; what is no text is empty, so that places are kept."""
    rows = values if isinstance(values, list) else []
    return [text(value, 100) or "" for value in rows]


def ident(value: object) -> str | None:
    """Return an id as text: upstream has both numbers and strings."""
    if isinstance(value, bool):
        return None
    return str(value) if isinstance(value, int) else text(value, 100)


def plain(record: msgspec.Struct) -> Flat:
    """Turn one of our records into flat JSON; what is unknown is left out."""
    names = zip(record.__struct_fields__, record.__struct_encode_fields__, strict=True)
    values = {encoded: getattr(record, name) for name, encoded in names}
    return {
        name: _yes_no(value) if isinstance(value, bool) else value
        for name, value in values.items()
        if isinstance(value, str | int | float)
    }


def flatten(raw: object) -> Flat:
    """Flatten any JSON object to one level of scalars.

    Parameters
    ----------
    raw
        Anything a JSON parser returns. What is not an object stands under
        ``value``.

    Returns
    -------
    Flat
        snake_case keys; nested objects become ``outer_inner``; a list of scalars
        one text joined by ", "; a list of anything else ``<key>_count``; booleans
        "yes" and "no"; ids text; null and empty lists left out. A key of the
        bridge's own gets the prefix ``upstream_``, and a key that is taken a
        number, so that nothing is overwritten.
    """
    flat: Flat = {}
    source = raw if isinstance(raw, Mapping) else {"value": raw}
    _flatten_into(flat, source, "", 0)
    return flat


def flatten_items(raw: Iterable[object]) -> list[Flat]:
    """Flatten each element of a list, in order."""
    return [flatten(element) for element in raw]


def _flatten_into(
    flat: Flat, source: Mapping[object, object], prefix: str, depth: int
) -> None:
    for key, value in source.items():
        name = _key(f"{prefix}_{key}" if prefix else str(key))
        if isinstance(value, Mapping):
            if depth < _DEEPEST:
                _flatten_into(flat, value, name, depth + 1)
            else:
                _put(flat, f"{name}_count", len(value))
        elif isinstance(value, list):
            _put_list(flat, name, value)
        else:
            _put(flat, name, _scalar(name, value))


def _put_list(flat: Flat, name: str, values: list[object]) -> None:
    if any(isinstance(value, Mapping | list) for value in values):
        _put(flat, f"{name}_count", len(values))
        return
    shown = [_scalar(name, value) for value in values]
    _put(flat, name, ", ".join(str(value) for value in shown if value is not None))


def _put(flat: Flat, name: str, value: Scalar | None) -> None:
    if value is None or value == "":
        return
    wanted = f"upstream_{name}" if name in RESERVED else name
    free, number_ = wanted, 2
    while free in flat:
        free, number_ = f"{wanted}_{number_}", number_ + 1
    flat[free] = value


def _scalar(name: str, value: object) -> Scalar | None:
    if isinstance(value, bool):
        return _yes_no(value)
    if name == "id" or name.endswith("_id"):
        return ident(value)
    if isinstance(value, int):
        return value if abs(value) <= _EXACT_INTEGER else str(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return text(value, 10_000)


def _key(name: str) -> str:
    words = _WORD_EDGE.sub("_", name).lower()
    return _NOT_A_KEY.sub("_", words).strip("_") or "key"


def _yes_no(value: object) -> str:
    return "yes" if value else "no"
