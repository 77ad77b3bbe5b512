"""What people say becomes what they meant, or nothing: measured, never wrong."""

from __future__ import annotations

import time
from collections import Counter
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge.domain.calendar.dictation import read_plan
from bridge.domain.inputs import InputError
from bridge.domain.inputs.days import read_time
from bridge.domain.speech.phrases import LANGUAGES
from tests.inputs.understand import READERS, Utterance, utterances, verdict_on

NOW = datetime.fromisoformat("2026-11-23T09:00")
CORPUS = list(utterances())
SENTENCES = [row for row in CORPUS if row.section == "workouts"]
LEAST_RIGHT = 0.95
any_sentence = st.sampled_from(SENTENCES)


def test_the_corpus_is_large_and_of_every_language() -> None:
    assert len(CORPUS) >= 400
    counts = Counter(row.language for row in CORPUS)
    assert all(counts[language] >= 100 for language in LANGUAGES)
    assert len({(row.section, row.language, row.text) for row in CORPUS}) == len(CORPUS)


def test_nothing_is_understood_wrongly() -> None:
    wrong = [row.text for row in CORPUS if verdict_on(row)[0] == "wrong"]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("section", [*READERS, None])
def test_nearly_all_is_understood(language: str, section: str | None) -> None:
    rows = [row for row in CORPUS if row.language == language]
    rows = [row for row in rows if section in (None, row.section)]
    right = sum(verdict_on(row)[0] == "right" for row in rows)
    assert right >= LEAST_RIGHT * len(rows) > 0


def planned(text: str, language: str) -> object:
    try:
        return read_plan(text, NOW, language=language)
    except InputError as error:
        return error.mistake


@given(any_sentence, st.sampled_from([str.upper, str.lower, str.title]))
def test_capital_letters_change_nothing(row: Utterance, written: type[str]) -> None:
    plan, other = (planned(one, row.language) for one in (row.text, written(row.text)))
    if hasattr(plan, "category"):  # the name of a note is kept as it was said
        assert getattr(other, "day", None) == getattr(plan, "day", None)
    else:
        assert other == plan


@given(any_sentence, st.sampled_from([".", "!", " .", "…", ""]))
def test_the_sign_at_the_end_changes_nothing(row: Utterance, sign: str) -> None:
    text = row.text.rstrip(".!")
    assert planned(text + sign, row.language) == planned(text, row.language)


@given(any_sentence)
def test_a_phone_may_leave_the_accents_out(row: Utterance) -> None:
    plain = row.text.translate(str.maketrans("áéíóúñàèùâêîôûëïç", "aeiounaeuaeioueic"))
    bare, whole = planned(plain, row.language), planned(row.text, row.language)
    if hasattr(whole, "category"):
        assert getattr(bare, "day", None) == getattr(whole, "day", None)
    else:
        assert bare == whole


WORDS = sorted({word for row in CORPUS for word in row.text.split()})


@settings(max_examples=300)
@given(st.lists(st.sampled_from(WORDS), max_size=16).map(" ".join) | st.text())
def test_any_words_become_a_plan_or_a_refusal(text: str) -> None:
    try:
        plan = read_plan(text, NOW)
    except InputError:
        return
    assert plan.day >= NOW.date()
    assert set(plan.others) <= {day for day in plan.others if day >= date(1970, 1, 1)}


@pytest.mark.parametrize("word", ["one hour ", "5 x ", "á", "next ", "1/2", "trés "])
def test_ten_kilobytes_are_refused_at_once(word: str) -> None:
    planned("one hour easy run", "en")  # the words are read once
    text = word * (10_000 // len(word))
    started = time.perf_counter()
    with pytest.raises(InputError):
        read_plan(text, NOW)
    with pytest.raises(InputError):
        read_time(text, NOW)
    assert time.perf_counter() - started < 0.05


@pytest.mark.parametrize("word", ["one hour ", "5 x ", "next ", "the 1 of ", "half "])
def test_the_longest_sentence_is_read_at_once(word: str) -> None:
    planned("one hour easy run", "en")
    started = time.perf_counter()
    planned(word * (300 // len(word)), "en")
    assert time.perf_counter() - started < 0.25
