"""One breath: what is spoken has an end, also when a name has none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bridge.domain.speech.names import for_the_ear
from bridge.domain.speech.trim import LONGEST, clip
from bridge.domain.speech.voice import Voice

MOST_WORDS = 30
MOST_S = 12.0
_LONGEST_NAME = 80
_STOP = re.compile(r"[.!?:](?=\s|$)")
_BETWEEN = re.compile(r"(?<=[.!?])[^\S\u00a0]+")  # French has "Go\u00a0!"


Part = str | Sequence[str] | None
"""A sentence; or wordings of it, the longest first; or nothing."""


def in_one_breath(
    parts: Iterable[Part], spare: Iterable[Part] = (), *, longest: int = LONGEST
) -> str:
    """Join sentences, the most important first, as far as one breath goes.

    Each part gets its shortest wording first, so that what matters is said shortly
    rather than not at all; then the first parts get the longest that there is room
    for. What is ``spare`` is said only where room is left after all of that was said
    in full. Missing parts are passed over; the first is said also where it alone is
    too long.
    """
    known = [wordings for part in parts if (wordings := _wordings(part))]
    said: list[str] = []
    kept: list[list[str]] = []
    for shorter in known:
        if fits(_joined([*said, shorter[-1]]), longest) or not said:
            said.append(shorter[-1])
            kept.append(shorter)
    for place, longer_first in enumerate(kept):
        for wording in longer_first:
            longer = [*said[:place], wording, *said[place + 1 :]]
            if fits(_joined(longer), longest):
                said = longer
                break
    is_whole = said == [longer_first[0] for longer_first in known]
    for part in spare if is_whole else ():
        fitting = (
            words for words in _wordings(part) if fits(_joined([*said, words]), longest)
        )
        said += [words for words in [next(fitting, "")] if words]
    return clip(_joined(said), longest)


def fits(words: str, longest: int = LONGEST) -> bool:
    """Tell whether words can be said, and kept in mind, in one breath."""
    return (
        len(words) <= longest
        and len(words.split(" ")) <= MOST_WORDS
        and breath_s(words) <= MOST_S
    )


def breath_s(words: str) -> float:
    """Estimate how many seconds a voice takes, within some 10 percent.

    Fitted to espeak-ng at 175 words a minute, in four languages: what is written
    counts by its letters, a digit is nearly a word, and a stop is a pause.
    """
    letters = sum(map(str.isalpha, words))
    digits = sum(map(str.isdigit, words))
    return 0.3 + 0.062 * letters + 0.37 * digits + 0.27 * len(_STOP.findall(words))


def sentences_of(words: str) -> list[str]:
    """Part what is said into its sentences."""
    return _BETWEEN.split(words)


def _wordings(part: Part) -> list[str]:
    """Return the wordings; those of several sentences are fewer and fewer of them."""
    if not isinstance(part, str):
        return [words for words in part or [] if words]
    said = sentences_of(part) if part else []
    return [_joined(said[:end]) for end in range(len(said), 0, -1)]


def _joined(said: Iterable[str]) -> str:
    return " ".join(said)


def short(name: str, voice: Voice) -> str:
    """Return a name in one line, for the ear, short enough to be listened to.

    One that holds no word, only pictures or a link, stays as it is.
    """
    return clip(for_the_ear(name, voice) or name, _LONGEST_NAME)


def sentence(words: str) -> str:
    """End words with a full stop unless they end by themselves."""
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."
