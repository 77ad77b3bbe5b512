"""One breath: what is spoken has an end, also when a name has none."""

from __future__ import annotations

from collections.abc import Iterable

from bridge.domain.speech import LONGEST, clip

_LONGEST_NAME = 80


def in_one_breath(parts: Iterable[str | None], longest: int = LONGEST) -> str:
    """Join sentences, the most important first, as far as they fit.

    Missing parts are passed over; the first is cut where it alone is too long.
    """
    spoken = ""
    for part in parts:
        if not part:
            continue
        longer = f"{spoken} {part}" if spoken else part
        if len(longer) <= longest:
            spoken = longer
        elif not spoken:
            return clip(part, longest)
    return spoken


def as_far_as_fits(parts: Iterable[str], longest: int = LONGEST) -> str:
    """Join sentences in order and stop before the first that does not fit.

    Where one leads to the next (day by day), leaving one out would mislead. The first
    is cut where it alone is too long.
    """
    first, *others = parts
    spoken = clip(first, longest)
    for part in others:
        if len(spoken) + 1 + len(part) > longest:
            break
        spoken = f"{spoken} {part}"
    return spoken


def short(name: str) -> str:
    """Return a name in one line, short enough to be listened to."""
    return clip(name, _LONGEST_NAME)


def begin(words: str) -> str:
    """Begin words with a capital letter."""
    return words[:1].upper() + words[1:]


def sentence(words: str) -> str:
    """End words with a full stop unless they end by themselves."""
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."
