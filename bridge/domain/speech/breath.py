"""One breath: what is spoken has an end, also when a name has none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from bridge.domain.speech.trim import LONGEST, clip
from bridge.domain.speech.voice import Voice

_LONGEST_NAME = 80


Part = str | Sequence[str] | None
"""A sentence; or wordings of it, the longest first; or nothing."""


def in_one_breath(parts: Iterable[Part], longest: int = LONGEST) -> str:
    """Join sentences, the most important first, as far as they fit.

    Of several wordings the first that fits is taken, so that what matters is said
    shortly rather than not at all. Missing parts are passed over; the first is cut
    where it alone is too long.
    """
    spoken = ""
    for part in parts:
        wordings = [part] if isinstance(part, str) else part or []
        spoken = _longer(spoken, [each for each in wordings if each], longest)
    return spoken


def _longer(spoken: str, wordings: Sequence[str], longest: int) -> str:
    for wording in wordings:
        longer = f"{spoken} {wording}" if spoken else wording
        if len(longer) <= longest:
            return longer
    return spoken or (clip(wordings[-1], longest) if wordings else "")


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


def sentence(words: str) -> str:
    """End words with a full stop unless they end by themselves."""
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."
