"""A sentence as things: words with a meaning, slots, and what is neither.

From left to right the longest thing at each place is taken. A word that goes with a
value ("weight", "mood") takes the value beside it, behind it first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TypeVar

from bridge.domain.ask.lexicon import APOSTROPHE, FILLER, Lexicon
from bridge.domain.ask.slots import (
    FIELDS,
    RPE,
    Field,
    Said,
    hear_body_weight,
    hear_clock,
    hear_day,
    hear_distance,
    hear_duration,
    hear_number,
    hear_pace,
    hear_sport,
    span_of,
)
from bridge.domain.flat import Scalar
from bridge.domain.inputs.tokens import Phrases, Sentence, Taken, Tokens, read_sentence

T = TypeVar("T")
UNKNOWN = "?"
SLOTS = frozenset(
    {"day", "range", "clock", "duration", "distance", "pace", "number", "sport"}
)
VALUED = frozenset({"measure", "rating", "limit"})
SIGNS = "+-−½,:/%'"
_TEXT = frozenset({"text"})


@dataclass(frozen=True, slots=True)
class Value:
    """A value beside its word; ``others`` are the fields that it could be as well."""

    field: Field
    value: Scalar
    others: tuple[tuple[Field, Scalar], ...] = ()


@dataclass(frozen=True, slots=True)
class Thing:
    """What stands at some places of a sentence, and what it can be."""

    labels: frozenset[str]
    start: int
    end: int
    value: object = None

    def can_be(self, label: str) -> bool:
        """Tell whether it can be ``label``."""
        return label in self.labels


def cut(text: str) -> Sentence:
    """Return a sentence cut into words; signs that mean nothing are left out.

    Raises
    ------
    InputError
        If it is none: too long, or with hidden characters.
    """
    whole = read_sentence(text)
    kept = [
        place
        for place, each in enumerate(whole.tokens)
        if each[0].isalnum() or each in SIGNS
    ]
    return Sentence(
        tuple(whole.words[place] for place in kept),
        tuple(whole.tokens[place] for place in kept),
    )


def said_words(sentence: Sentence, start: int, end: int) -> str:
    """Return the words of some places as they were said, signs beside their word."""
    said = sentence.said(start, end)
    return re.sub(r" +(?=[.,:;!?%')])|(?<=[('’]) ", "", said).strip(" .,:;!?\"'")


def hear(sentence: Sentence, lexicon: Lexicon, now: datetime) -> list[Thing]:
    """Return everything that stands in a sentence, in order."""
    things = list(_Hearing(sentence.tokens, lexicon, now).things())
    for place, (one, behind) in enumerate(pairwise(things)):
        if behind.can_be("day") and one.labels >= {FILLER, "planned"}:
            # "on Friday" is a day, "what's on" a plan
            things[place] = replace(one, labels=one.labels - {"planned"})
    return things


class _Hearing:
    """One pass over a sentence."""

    def __init__(self, tokens: Tokens, lexicon: Lexicon, now: datetime) -> None:
        self._tokens, self._lexicon, self._now = tokens, lexicon, now
        self._before: Thing | None = None
        self._places = [n for n, each in enumerate(tokens) if each != APOSTROPHE]
        self._bare = tuple(tokens[place] for place in self._places)

    def _word(self, phrases: Phrases[T], place: int) -> Taken[T]:
        """Take a phrase as the lexicon has it: without apostrophes."""
        if place >= len(self._tokens) or self._tokens[place] == APOSTROPHE:
            return None
        taken = phrases.take(self._bare, self._places.index(place))
        return None if taken is None else (taken[0], self._places[taken[1] - 1] + 1)

    def things(self) -> Iterator[Thing]:
        place = 0
        while place < len(self._tokens):
            best = max(self._at(place), key=lambda thing: thing.end)
            yield best
            self._before, place = best, best.end

    def _at(self, place: int) -> Iterator[Thing]:
        """Yield what can stand at a place; of two as long, the first is taken."""
        yield from self._valued(place)
        yield from self._slots(place)
        word = self._word(self._lexicon.concepts, place)
        if word is not None:
            begins = place == 0 and "be" in word[0]  # "is it …?", but "it is …"
            labels = word[0] | ({"question"} if begins else frozenset())
            yield Thing(labels, place, word[1])
        sign = self._tokens[place] in SIGNS
        yield Thing(frozenset({FILLER if sign else UNKNOWN}), place, place + 1)

    def _slots(self, place: int) -> Iterator[Thing]:
        tokens, today = self._tokens, self._now.date()
        span = self._word(self._lexicon.ranges, place)
        if span is not None:
            yield Thing(frozenset({"range"}), place, span[1], span_of(span[0], today))
        near = self._word(self._lexicon.days, place)
        if near is not None:
            day = today + timedelta(days=near[0])
            yield Thing(frozenset({"day"}), place, near[1], Said(day, day, day < today))
        word = self._word(self._lexicon.concepts, place)
        labels = frozenset() if word is None else word[0]
        # "mon" is no Monday in French
        if not labels & {FILLER} or word is None or word[1] > place + 1:
            yield from self._day(place, labels)
        yield from _slot("clock", hear_clock(tokens, place), place)
        yield from _slot("pace", hear_pace(tokens, place), place)
        yield from _slot("duration", hear_duration(tokens, place), place)
        yield from _slot("distance", hear_distance(tokens, place), place)
        sport = hear_sport(tokens, place) or self._word(self._lexicon.sports, place)
        if sport is not None:
            same = labels if word is not None and word[1] == sport[1] else frozenset()
            yield Thing(same | {"sport"}, place, sport[1], sport[0])
        number = hear_number(tokens, place)
        if number is not None and not (labels & {FILLER}):
            yield Thing(frozenset({"number"}), place, number[1], number[0])
            effort = RPE.take(tokens, place)
            if effort is not None and effort[1] > number[1]:  # "8 out of 10"
                labels = frozenset({"rating"})
                yield Thing(labels, place, effort[1], Value(RPE, effort[0]))

    def _day(self, place: int, labels: frozenset[str]) -> Iterator[Thing]:
        """Yield a day with what leads to it, which may be its own first word."""
        taken = hear_day(self._tokens, place, self._now)
        if taken is None:
            return
        before = frozenset() if self._before is None else self._before.labels
        said = replace(taken[0], lead=labels | before)
        yield Thing(frozenset({"day"}), place, taken[1], said)

    def _valued(self, place: int) -> Iterator[Thing]:
        """Yield the word and its value, or the value and its word, at a place."""
        word = self._word(self._lexicon.concepts, place)
        if word is not None:
            for label in word[0] & set(FIELDS):
                yield from self._value_at(label, self._past_fillers(word[1]), place)
        for start, label in self._word_behind(place):
            end = self._word(self._lexicon.concepts, start)
            if end is not None:
                for thing in self._value_at(label, place, place):
                    if self._past_fillers(thing.end) == start:
                        yield Thing(thing.labels, place, end[1], thing.value)
        weight = hear_body_weight(self._tokens, place)
        if weight is not None:
            value = Value(FIELDS["weight"][0], weight[0])
            yield Thing(frozenset({"measure"}), place, weight[1], value)

    def _value_at(self, label: str, place: int, start: int) -> Iterator[Thing]:
        taken = [(field, field.take(self._tokens, place)) for field in FIELDS[label]]
        known = [(field, each) for field, each in taken if each is not None]
        if not known or place >= len(self._tokens):
            return
        end = max(each[1] for _, each in known)
        fields = [(field, each[0]) for field, each in known if each[1] == end]
        (field, value), others = fields[0], tuple(fields[1:])
        labels = frozenset(each.family for each, _ in fields)
        yield Thing(labels, start, end, Value(field, value, others))

    def _word_behind(self, place: int) -> Iterator[tuple[int, str]]:
        """Yield the word that takes a value, if one stands a few places on."""
        for start in range(place + 1, min(place + 7, len(self._tokens))):
            if self._tokens[start] == ",":
                return
            word = self._word(self._lexicon.concepts, start)
            for label in () if word is None else word[0] & set(FIELDS):
                yield start, label
                return

    def _past_fillers(self, place: int) -> int:
        while place < len(self._tokens):
            word = self._word(self._lexicon.concepts, place)
            if word is not None and word[0] & {FILLER, "question", "past", "to", "be"}:
                place = word[1]
            elif self._tokens[place] in ":,'":
                place += 1
            else:
                break
        return place


def with_text(sentence: Sentence, things: Sequence[Thing], label: str) -> list[Thing]:
    """Return the things with what stands behind ``label`` as one text.

    Of "rename my last run to …" it begins behind the activity that is named.
    """
    first = next((n for n, each in enumerate(things) if each.can_be(label)), None)
    if first is None:
        return []
    begin = first + 1
    if label == "note":
        colon = [
            n
            for n, each in enumerate(things[begin:], begin)
            if sentence.tokens[each.start] == ":"
        ]
        begin = colon[0] + 1 if colon else _behind(things, begin, {"day", "to"})
        if not colon and not (begin < len(things) and things[begin].can_be(UNKNOWN)):
            return []
    elif label == "rename":
        begin = _behind(things, begin, {"sport", "workout", "last", "to"})
    else:
        begin = _behind(things, begin, {"last", "workout"} - {"sport"})
    if begin >= len(things):
        return []
    start, end = things[begin].start, things[-1].end
    text = Thing(_TEXT, start, end, said_words(sentence, start, end))
    return [*things[:begin], text] if text.value else []


def _behind(things: Sequence[Thing], begin: int, known: set[str]) -> int:
    while begin < len(things) and things[begin].labels & {FILLER, *known}:
        begin += 1
    return begin


def _slot(label: str, taken: Taken[object], start: int) -> Iterator[Thing]:
    if taken is not None:
        yield Thing(frozenset({label}), start, taken[1], taken[0])
