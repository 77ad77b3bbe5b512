"""Taking a write back: what may be restored, and what was changed by others since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bridge.domain.flat import Scalar

Values = Mapping[str, Scalar | None]  # by our own names; None: empty

_ALIKE = 1e-4  # upstream keeps 32-bit floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What is to be done with one thing to take a write back.

    Attributes
    ----------
    restore
        The fields to be written, with the values from before; empty where there is
        nothing to do; None where the thing itself is to be removed.
    make
        Whether the thing was removed and is to be made again, from ``restore``.
    changed
        Fields that hold something else than what was written, with what they hold.
    gone
        Whether the thing is not there any more, so that nothing can be restored.
    """

    restore: Values | None
    make: bool = False
    changed: Values
    gone: bool = False

    @property
    def is_needed(self) -> bool:
        """Tell whether upstream has to be asked for anything."""
        return self.restore is None or bool(self.restore)


def step_back(before: Values | None, after: Values | None, now: Values | None) -> Step:
    """Decide how to take one write back.

    Parameters
    ----------
    before
        The fields as they were; None if the write made the thing.
    after
        The fields as they were written; None if the write removed it.
    now
        The fields as they are; None if the thing is not there.

    Returns
    -------
    Step
        Only what still holds what was written is restored.
    """
    if after is None:
        is_back = now is not None
        return Step(
            restore={} if is_back else before or {}, make=not is_back, changed={}
        )
    if now is None:
        return Step(restore={}, changed={}, gone=True)
    changed = {
        name: now.get(name) for name in after if not same(after[name], now.get(name))
    }
    if before is None:
        return Step(restore={} if changed else None, changed=changed)
    restore = {
        name: before.get(name)
        for name in after
        if name not in changed and not same(before.get(name), after[name])
    }
    others = {
        name: value
        for name, value in changed.items()
        if not same(before.get(name), value)  # then there is nothing to take back
    }
    return Step(restore=restore, changed=others)


def same(one: Scalar | None, other: Scalar | None) -> bool:
    """Tell whether two values are the same to upstream's precision."""
    if isinstance(one, str) or isinstance(other, str) or one is None or other is None:
        return one == other
    return abs(one - other) <= _ALIKE * max(1.0, abs(one), abs(other))


def differing(wanted: Values, now: Values) -> tuple[str, ...]:
    """Return the names of the fields that do not hold what was wanted."""
    return tuple(name for name in wanted if not same(wanted[name], now.get(name)))
