"""One breath: what is spoken has an end, also when a name has none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bridge.domain.speech.names import for_the_ear
from bridge.domain.speech.trim import LONGEST, clip
from bridge.domain.speech.voice import Voice

MOST_WORDS = 30
MOST_S = 12.0
_LONGEST_NAME = 80
_SURE = 1.02  # a little for what the estimate misses
_STOP = re.compile(r"[.!?:](?=\s|$)")
_PAUSE = re.compile(r"[,;](?=\s)")
_ACRONYM = re.compile(r"\b[A-Z]{2,}\b")
_NUMBER = re.compile(r"[0-9][0-9.,]*[0-9]|[0-9]")
_ONE_TO_NINE = re.compile("[1-9]")
_LARGE_DIGITS = 3  # from a hundred on, a number has more words than digits
# French has "Go\u00a0!", and German "13. Dezember".
_BETWEEN = re.compile(
    r"(?<=[.!?])[^\S\u00a0]+(?!(?:Januar|Februar|März|April|Mai|Juni|Juli|August"
    r"|September|Oktober|November|Dezember)\b)"
)


Part = str | Sequence[str] | None
"""A sentence; or wordings of it, the longest first; or nothing."""


def in_one_breath(
    voice: Voice,
    parts: Iterable[Part],
    spare: Iterable[Part] = (),
    *,
    longest: int = LONGEST,
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
        if fits(voice, _joined([*said, shorter[-1]]), longest) or not said:
            said.append(shorter[-1])
            kept.append(shorter)
    for place, longer_first in enumerate(kept):
        for wording in longer_first:
            longer = [*said[:place], wording, *said[place + 1 :]]
            if fits(voice, _joined(longer), longest):
                said = longer
                break
    is_whole = said == [longer_first[0] for longer_first in known]
    for part in spare if is_whole else ():
        fitting = (
            words
            for words in _wordings(part)
            if fits(voice, _joined([*said, words]), longest)
        )
        said += [words for words in [next(fitting, "")] if words]
    return clip(_joined(said), longest)


def fits(voice: Voice, words: str, longest: int = LONGEST) -> bool:
    """Tell whether words can be said, and kept in mind, in one breath."""
    return (
        len(words) <= longest
        and count_words(words) <= MOST_WORDS
        and breath_s(voice, words) * _SURE <= MOST_S
    )


def count_words(words: str) -> int:
    """Count what is spoken; the French blank before a mark makes no word."""
    return sum(any(map(str.isalnum, word)) for word in words.split())


@dataclass(frozen=True, slots=True)
class _Speed:
    """What each thing that is written takes a voice, in seconds."""

    begin_s: float
    letter_s: float
    digit_s: float
    zero_s: float
    stop_s: float
    pause_s: float
    acronym_s: float  # beyond its letters
    large_s: float  # a number of three digits and more, beyond its digits


# Fitted to espeak-ng at 175 words a minute, over what is heard in every state.
_SPEEDS = {
    "en": _Speed(-0.114, 0.062, 0.280, 0.120, 0.386, 0.270, 0.355, 0.456),
    "de": _Speed(0.037, 0.061, 0.399, 0.160, 0.336, 0.194, 0.347, 0.302),
    "fr": _Speed(-0.078, 0.052, 0.186, 0.087, 0.397, 0.289, 0.268, 0.218),
    "es": _Speed(-0.074, 0.064, 0.331, 0.068, 0.358, 0.261, 0.496, 0.271),
}


def breath_s(voice: Voice, words: str) -> float:
    """Estimate how many seconds a voice takes, mostly within 10 percent."""
    speed = _SPEEDS.get(voice.language, _SPEEDS["en"])
    numbers = _NUMBER.findall(words)
    large = sum(_digits(number) >= _LARGE_DIGITS for number in numbers)
    return (
        speed.begin_s
        + speed.letter_s * sum(map(str.isalpha, words))
        + speed.digit_s * len(_ONE_TO_NINE.findall(words))
        + speed.zero_s * words.count("0")
        + speed.stop_s * len(_STOP.findall(words))
        + speed.pause_s * len(_PAUSE.findall(words))
        + speed.acronym_s * len(_ACRONYM.findall(words))
        + speed.large_s * large
    )


def _digits(number: str) -> int:
    return sum(map(str.isdigit, number))


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
