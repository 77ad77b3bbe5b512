"""Every sentence that made-up athletes hear is short enough to be listened to."""

from __future__ import annotations

import pytest

from bridge.domain.speech.breath import breath_s
from bridge.domain.speech.phrases import LANGUAGES
from bridge.domain.speech.trim import LONGEST
from bridge.domain.speech.voice import Voice
from tests.docs.generate import sentences_page
from tests.speech.corpus import (
    LONGEST_S,
    MOST_LONG_PERCENT,
    MOST_WORDS,
    QUESTIONS,
    STATES,
    Spoken,
    corpus,
    lengths_of,
    read_page,
    seconds_of,
)
from tests.support.lacking import require_binary


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def page(language: str) -> list[Spoken]:
    """The sentences of a language as they were measured last."""
    text = sentences_page(language).read_text("utf-8")
    return read_page(text, language)


def test_a_sentence_has_an_end(page: list[Spoken], language: str) -> None:
    lengths = lengths_of(page, language)
    assert lengths.count > 200
    assert lengths.most_characters <= LONGEST
    assert lengths.most_words <= MOST_WORDS


def test_a_sentence_is_one_breath(page: list[Spoken], language: str) -> None:
    lengths = lengths_of(page, language)
    assert lengths.long_percent <= MOST_LONG_PERCENT, lengths
    assert lengths.longest_s <= LONGEST_S, lengths.longest


def test_the_estimate_of_a_breath_agrees_with_the_voice(
    page: list[Spoken], language: str
) -> None:
    voice, said = Voice(language), {row.speech: row.seconds for row in page}
    missed = sorted(
        abs(breath_s(voice, speech) - seconds) / seconds
        for speech, seconds in said.items()
    )
    assert missed[len(missed) // 2] < 0.06
    assert missed[len(missed) * 9 // 10] < 0.12


def test_every_state_is_in_every_language(page: list[Spoken]) -> None:
    heard = {name for row in page for name in row.state.split(", ")}
    named = {name for state in STATES for name in state.name.split(", ")}
    assert heard == named


@pytest.mark.slow
def test_the_pages_are_what_is_heard_today() -> None:
    said = corpus()
    assert len(said) > len(STATES) * len(QUESTIONS) * len(LANGUAGES)
    for language in LANGUAGES:
        text = sentences_page(language).read_text("utf-8")
        written = {row.speech for row in read_page(text, language)}
        heard = {row.speech for row in said if row.language == language}
        assert written == heard, "run `make docs`"


@pytest.mark.slow
def test_the_seconds_are_those_of_the_voice(page: list[Spoken], language: str) -> None:
    program = require_binary("espeak-ng", "espeak-ng")
    for row in page[::9]:
        measured = seconds_of(row.speech, language, program)
        assert measured == pytest.approx(row.seconds, abs=0.5), row.speech
