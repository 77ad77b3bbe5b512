"""The corpus of sentences: hardly one refused that should not be, none read wrongly."""

from __future__ import annotations

import tomllib
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from bridge.domain.inputs.refusals import InputError
from bridge.domain.speech.phrases import LANGUAGES
from tests.ask.corpus import read_ask

FILE = Path(__file__).parents[1] / "understanding" / "ask.toml"
CORPUS = tomllib.loads(FILE.read_text(encoding="utf-8"))
NOW = datetime.fromisoformat(CORPUS["now"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_read_wrongly_and_most_are_read(language: str) -> None:
    said = [each for each in CORPUS["said"] if each["language"] == language]
    assert len(said) >= 40
    seen: Counter[str] = Counter()
    wrong = []
    for each in said:
        try:
            record = read_ask(each["text"], language, NOW)
        except InputError:
            seen["right" if each.get("refused") else "refused"] += 1
            continue
        wanted = each.get("record", {"intent": "none"})
        if any(record.get(name) != wanted[name] for name in wanted):
            wrong.append(each["text"])
        seen["right"] += 1
    assert wrong == []
    assert seen["right"] >= 0.95 * len(said)
