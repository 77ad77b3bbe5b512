"""One breath: what is spoken has an end, also when a name has none."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from bridge.domain.speech import LONGEST, clip
from bridge.domain.voice import Voice

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


def in_runs(parts: Iterable[str], voice: Voice) -> list[str]:
    """Say what comes several times in a row once: ``5 times 4 05``."""
    runs = [(part, len(list(alike))) for part, alike in groupby(parts)]
    return [
        part if times == 1 else voice.say("steps.repeat", n=times, steps=part)
        for part, times in runs
    ]


def short(name: str) -> str:
    """Return a name in one line, short enough to be listened to."""
    return clip(name, _LONGEST_NAME)


def begin(words: str) -> str:
    """Begin words with a capital letter."""
    return words[:1].upper() + words[1:]


def sentence(words: str) -> str:
    """End words with a full stop unless they end by themselves."""
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."
