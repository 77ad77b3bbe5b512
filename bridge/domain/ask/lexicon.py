"""The words of each language that are asked with, from the files in ``words/``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bridge.domain.inputs.tokens import Phrases, tokenize
from bridge.domain.speech.phrases import LANGUAGES
from bridge.domain.speech.toml import read_toml

_FOLDER = Path(__file__).with_name("words")
FILLER = "filler"
ALL = "all"
APOSTROPHE = "'"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language, or of all of them."""

    concepts: Phrases[frozenset[str]]  # what a phrase can mean
    ranges: Phrases[str]
    days: Phrases[int]  # adjectives such as "heutige", as days from today
    sports: Phrases[str]  # more forms of the words for sports: "rides"
    answers: Phrases[str]  # whole answers: yes, no, 1, 2 …


@cache
def lexicon_of(language: str) -> Lexicon:
    """Return the words of a language; of :data:`ALL`, those of every language."""
    files = [_file(each) for each in (LANGUAGES if language == ALL else [language])]
    concepts: dict[str, set[str]] = {}
    for file in files:
        for meaning, phrases in {**file["concepts"], FILLER: file["fillers"]}.items():
            for phrase in phrases:
                concepts.setdefault(bare(phrase), set()).add(meaning)
    return Lexicon(
        concepts=Phrases({each: frozenset(concepts[each]) for each in concepts}),
        ranges=_phrases(files, "ranges", str),
        days=_phrases(files, "days", int),
        sports=_phrases(files, "sports", str),
        answers=_phrases(files, "answers", str),
    )


@cache
def examples_in(language: str) -> Mapping[str, tuple[str, ...]]:
    """Return sentences that can be said, by their intent; the first is the plainest."""
    examples = _file(language)["examples"]
    return {intent: tuple(examples[intent]) for intent in examples}


@cache
def names_in(language: str) -> Mapping[str, str]:
    """Return what each intent is called in a question."""
    names: Mapping[str, str] = _file(language)["names"]
    return names


def bare(phrase: str) -> str:
    """Return a phrase as it is compared: apostrophes part words, and are gone."""
    return " ".join(token for token in tokenize(phrase) if token != APOSTROPHE)


def _phrases(files: list[Mapping[str, Any]], table: str, read: Any) -> Phrases[Any]:
    return Phrases(
        {
            bare(phrase): read(meaning)
            for file in reversed(files)
            for meaning, phrases in file.get(table, {}).items()
            for phrase in phrases
        }
        or {"\x00": read("0")}
    )


@cache
def _file(language: str) -> Mapping[str, Any]:
    return read_toml(_FOLDER / f"{language}.toml")
