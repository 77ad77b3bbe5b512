"""The last look at a sentence before it is spoken."""

from __future__ import annotations

import re

LONGEST = 255  # characters: the state of a Home Assistant entity
# The others stay where French has them: between digits, and before its marks.
_BLANKS = re.compile(
    r"(?:[^\S\u00a0\u202f]|(?<!\d)[\u00a0\u202f](?![:;?!])"
    r"|[\u00a0\u202f](?![\d:;?!]))+"
)
_SENTENCE_END = re.compile(r"[.!?](?=\s)")
# Joiners, marks and modifiers that belong to the character before them.
_CLINGS = re.compile(
    r"[\u0300-\u036f\u200d\ufe00-\ufe0f\u20e3]|[\U0001f3fb-\U0001f3ff]"
)

_SPELLED = (
    (re.compile(r"\bIntervals\b(?!\.icu| Bridge)"), "Intervals.icu"),
    (re.compile(r"slash api slash v1"), "/api/v1"),
    (re.compile(r"\bi 1 2 3 4 5 6\b"), "i123456"),
)
# A flag is two of these; which two belong together only counting tells.
_FLAG_LETTERS = "".join(map(chr, range(0x1F1E6, 0x1F200)))


def clip(sentence: str, longest: int = LONGEST) -> str:
    """Shorten a text to ``longest`` characters, at the end of a sentence or word.

    A character made of several (an emoji family, a letter with an accent) is
    never cut in two.
    """
    clean = _BLANKS.sub(" ", sentence).strip()
    if len(clean) <= longest:
        return clean
    head = clean[:longest]
    ends = [match.end() for match in _SENTENCE_END.finditer(clean[: longest + 1])]
    if ends and ends[-1] >= longest // 2:
        return clean[: ends[-1]]
    blank = head.rfind(" ")
    if blank >= longest // 2:
        return head[:blank].rstrip(" ,;:") + "…"
    return _whole_characters(clean, longest - 1) + "…"


def begin(words: str) -> str:
    """Begin words with a capital letter."""
    return words[:1].upper() + words[1:]


def for_the_eye(sentence: str) -> str:
    """Write a spoken sentence as it is read: names whole, nothing spelled out."""
    for spelled, written in _SPELLED:
        sentence = spelled.sub(written, sentence)
    return sentence


def _whole_characters(text: str, end: int) -> str:
    while end > 0 and (_CLINGS.match(text[end]) or text[end - 1] == "\u200d"):
        end -= 1
    letters = len(text[:end]) - len(text[:end].rstrip(_FLAG_LETTERS))
    return text[: end - letters % 2] if text[end] in _FLAG_LETTERS else text[:end]
