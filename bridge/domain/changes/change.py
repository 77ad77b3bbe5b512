"""A thing as one look saw it, and how it differs from the look before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

from bridge.domain.flat import Flat, Scalar

Noun = Literal["activity", "wellness", "event", "zones", "gear"]
How = Literal["added", "edited", "deleted"]
NOUNS: tuple[Noun, ...] = ("activity", "wellness", "event", "zones", "gear")
Values: TypeAlias = Mapping[str, Scalar]
_DIGEST_BYTES = 16
_LONGEST_KEPT = 200  # of a text: a longer one is compared by its digest
_DIGITS = 4
_EXACT = 2**53


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """One activity, day, entry, sport or piece of gear, as upstream had it.

    Attributes
    ----------
    kind, id
        What it is; the id of a day is the day.
    day
        Its local day; None for sports and gear.
    values
        What is compared, by our names. What is unknown, empty or "no" is left out:
        upstream writes null, nothing or an empty list for it. What is private stands
        here as a digest alone.
    about
        What is said of it, nothing private: ``name``, ``type``, ``day`` …
    """

    kind: Noun
    id: str
    day: str | None = None
    values: Values
    about: Flat = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """Return a digest over all that is compared."""
        return digest_of(_written(dict(self.values)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that changed: an item of the feed.

    Attributes
    ----------
    kind, id
        What changed.
    change
        ``added``, ``edited`` or ``deleted``.
    fields
        The names of the fields that differ, in the order of the alphabet; of what was
        added, those of a day alone.
    summary
        What is said of it; never a private value.
    """

    kind: Noun
    id: str
    change: How
    fields: tuple[str, ...] = ()
    summary: Flat = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the ledger has of a thing: only as much as a comparison needs."""

    digest: str
    day: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What one reading means for the ledger.

    Attributes
    ----------
    changes
        What goes into the feed, in order.
    things
        What the ledger has to know from now on.
    gone
        What it may forget, by kind and id.
    """

    changes: tuple[Change, ...] = ()
    things: tuple[Thing, ...] = ()
    gone: tuple[tuple[Noun, str], ...] = ()

    def __add__(self, other: Comparison) -> Comparison:
        return Comparison(
            changes=self.changes + other.changes,
            things=self.things + other.things,
            gone=self.gone + other.gone,
        )


def canonical(value: object, *, private: bool = False) -> Scalar | None:
    """Return a value as it is compared, or None where there is nothing.

    Numbers to four decimals, since upstream keeps 32-bit floats; lists and objects as
    one text; a long text, and what is private, as its digest.
    """
    if value is None or value is False or value == "" or value in ([], {}):
        return None
    kept: Scalar
    if value is True:
        kept = "yes"
    elif isinstance(value, int):
        kept = value if abs(value) < _EXACT else str(value)
    elif isinstance(value, float):
        kept = round(value, _DIGITS) + 0.0
        kept = int(kept) if kept.is_integer() and abs(kept) < _EXACT else kept
    elif isinstance(value, str):
        kept = value
    else:
        kept = _written(value).decode()
    is_long = isinstance(kept, str) and len(kept) > _LONGEST_KEPT
    if private or is_long:
        return "#" + digest_of(str(kept).encode("utf-8", "surrogatepass"))
    return kept


def _written(value: object) -> bytes:
    # Not msgspec: upstream's texts may have lone surrogates.
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def digest_of(data: bytes) -> str:
    """Return a digest of what is compared, as text."""
    return hashlib.blake2b(data, digest_size=_DIGEST_BYTES).hexdigest()


def difference(before: Values, after: Values) -> tuple[str, ...]:
    """Return the names of the fields that differ."""
    names = sorted({*before, *after})
    return tuple(name for name in names if before.get(name) != after.get(name))


def differing(known: Mapping[str, Known], things: Iterable[Thing]) -> list[Thing]:
    """Return the things of one kind that are new or not as they were known.

    A day without a value is nothing that was added.
    """
    return [
        thing
        for thing in things
        if (thing.id in known or thing.values)
        and (thing.id not in known or known[thing.id].digest != thing.digest)
    ]


def compared(things: Sequence[Thing], before: Mapping[str, Values]) -> Comparison:
    """Return what things that differ mean, by the values that were known of them."""
    return Comparison(
        changes=tuple(_change(thing, before.get(thing.id)) for thing in things),
        things=tuple(things),
    )


def _change(thing: Thing, before: Values | None) -> Change:
    if before is None:
        is_day = thing.kind == "wellness"
        fields = tuple(sorted(thing.values)) if is_day else ()
        return Change(
            kind=thing.kind,
            id=thing.id,
            change="added",
            fields=fields,
            summary=thing.about,
        )
    return Change(
        kind=thing.kind,
        id=thing.id,
        change="edited",
        fields=difference(before, thing.values),
        summary=thing.about,
    )


def removed(kind: Noun, thing_id: str, about: Flat) -> Comparison:
    """Return what it means that a thing is proved to be gone."""
    change = Change(kind=kind, id=thing_id, change="deleted", summary=about)
    return Comparison(changes=(change,), gone=((kind, thing_id),))


def missing(
    known: Mapping[str, Known],
    things: Iterable[Thing],
    window: tuple[date, date] | None,
) -> list[str]:
    """Return the ids that were known in a window and are not in its answer.

    An empty answer proves nothing: none is missing then. ``window`` None is everything.
    """
    ids = {thing.id for thing in things}
    if not ids:
        return []
    if window is None:
        return sorted(set(known) - ids)
    first, last = (day.isoformat() for day in window)
    return sorted(
        thing_id
        for thing_id, row in known.items()
        if thing_id not in ids and row.day is not None and first <= row.day <= last
    )
