"""Put what was seen into words, with every secret masked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from bridge.domain.doctor.request.model import Finding, Seen
from bridge.masking import Mask

LONGEST_SUMMARY = 279


class Sentences(NamedTuple):
    """The sentences of one finding; ``{words}`` are filled in."""

    what: str
    how_seen: str
    fix: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Every sentence of the doctor in one language."""

    findings: dict[str, Sentences]
    notes: dict[str, str]
    summaries: dict[str, str]
    spoken: dict[str, str] = field(default_factory=dict)  # written: said


def phrase(one: Seen, table: Table, mask: Mask) -> Finding:
    """Return ``one`` in the words of ``table``."""
    words = {name: mask.word(value) for name, value in one.words}
    what, how_seen, fix = (
        sentence.format_map(words) for sentence in table.findings[one.code]
    )
    return Finding(code=one.code, what=what, how_seen=how_seen, fix=fix)


def summarise(findings: tuple[Finding, ...], table: Table, otherwise: str) -> str:
    """Return one sentence to speak; ``otherwise`` names the one for no finding."""
    if not findings:
        return _spoken(table.summaries[otherwise], table)
    kind = {1: "one", 2: "two"}.get(len(findings), "many")
    first = findings[0].what.rstrip(".")
    said = table.summaries[kind].format(first=first, more=len(findings) - 1)
    return _spoken(said, table)


def _spoken(text: str, table: Table) -> str:
    for written, said in table.spoken.items():
        text = text.replace(written, said)
    if len(text) <= LONGEST_SUMMARY:
        return text
    return text[: LONGEST_SUMMARY - 1].rsplit(" ", 1)[0] + "…"
