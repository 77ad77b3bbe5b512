"""Which cause is likelier than which, and the words for each."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from bridge.domain.doctor.request.model import Cause, Finding
from bridge.domain.speech.toml import read_toml
from bridge.masking import Mask

LONGEST_SUMMARY = 279


@cache
def sentences() -> Mapping[str, Any]:
    """Return every sentence of the doctor: the tables of ``sentences.toml``."""
    return read_toml(Path(__file__).with_name("sentences.toml"))


def brings(one: Cause, status: int | None) -> bool:
    """Say whether upstream answers this cause with ``status``."""
    return status in sentences()["causes"][one.code]["statuses"]


def ordered(causes: list[Cause], status: int | None) -> list[Cause]:
    """Return ``causes`` without repetition, the likeliest first."""
    rank = list(sentences()["causes"]).index
    return sorted(
        dict.fromkeys(causes),
        key=lambda one: (
            status is not None and not brings(one, status),
            rank(one.code),
        ),
    )


def phrase(one: Cause, mask: Mask) -> Finding:
    """Return ``one`` in words, with every secret masked."""
    words = sentences()["pieces"] | {n: mask.word(value) for n, value in one.words}
    row = sentences()["causes"][one.code]
    texts = {name: row[name].format_map(words) for name in ("what", "how_seen", "fix")}
    return Finding(code=one.code, **texts)


def summarise(findings: tuple[Finding, ...], otherwise: str) -> str:
    """Return one sentence to speak; ``otherwise`` names the one for no finding."""
    text: str = sentences()["summaries"][otherwise]
    if findings:
        number = {1: "one", 2: "two"}.get(len(findings), "many")
        first = findings[0].what.rstrip(".")
        pattern: str = sentences()["summaries"][number]
        text = pattern.format(first=first, more=len(findings) - 1)
    for written, said in sentences()["spoken"].items():
        text = text.replace(written, said)
    if len(text) <= LONGEST_SUMMARY:
        return text
    return text[: LONGEST_SUMMARY - 1].rsplit(" ", 1)[0] + "…"
