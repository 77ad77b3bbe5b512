"""Wellness fields that the athlete made: asked for and noted by their own names.

``CoffeeCups`` is said as "coffee cups": "log coffee cups 3", "how many coffee cups
yesterday". Their names are no words of ours, so that they come last: what a sentence
means without them, it means.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bridge.domain.ask.hearing import UNKNOWN, Thing, cut, hear, said_words
from bridge.domain.ask.intents import BY_NAME
from bridge.domain.ask.lexicon import FILLER, lexicon_of
from bridge.domain.ask.slots import Slots
from bridge.domain.ask.understand import LONGEST_ECHO, Reading, Understood
from bridge.domain.inputs.refusals import InputError
from bridge.domain.inputs.tokens import Sentence, Tokens, tokenize
from bridge.domain.wellness.custom import PREFIX

_MOST_WORDS = 14
_AROUND = frozenset({FILLER, "and", "be", "polite", "past", "day", "to"})
_NOTED = _AROUND | {"log", "note", "number"}
_ASKED = _AROUND | {"question", "last", "range", "wellness", "everything"}
_TURNED = frozenset({"not", "doubt"})


@dataclass(frozen=True, slots=True)
class _Name:
    """A field whose name stands at some places of a sentence."""

    field: str
    start: int
    end: int


def may_name_own(text: str, understood: Understood) -> bool:
    """Tell whether a sentence may speak of a field that only its athlete knows."""
    try:
        words = cut(text).tokens
    except InputError:
        return False
    if not 0 < len(words) <= _MOST_WORDS:
        return False
    readings = understood.readings
    return all(
        one.intent.name == "note" or one.not_used or one.lost for one in readings
    )


def understand_own(
    text: str, now: datetime, languages: Sequence[str], fields: Collection[str]
) -> Reading | None:
    """Return what a sentence says of one field of the athlete's own; None: nothing.

    Parameters
    ----------
    text
        One sentence, as it was dictated.
    now
        The athlete's wall clock.
    languages
        All languages, that of the phone first.
    fields
        The names of the fields: ``custom_coffee_cups``.
    """
    try:
        sentence = cut(text)
    except InputError:
        return None
    named = _named(sentence.tokens, fields)
    if named is None:
        return None
    start, end = named.start, named.end
    rest = Sentence(
        (*sentence.words[:start], *sentence.words[end:]),
        (*sentence.tokens[:start], *sentence.tokens[end:]),
    )
    understood = said_words(sentence, 0, len(sentence.tokens))[:LONGEST_ECHO]
    marked = text.rstrip().endswith("?")
    if not rest.tokens:
        return _reading("wellness", {}, named, understood)
    slots = Slots(rest.tokens, now)
    for language in languages:
        things = hear(slots, lexicon_of(language), now.date())
        reading = _meant(things, named, understood, marked=marked)
        if reading is not None:
            return reading
    return None


def _meant(
    things: Sequence[Thing], named: _Name, understood: str, *, marked: bool
) -> Reading | None:
    heard = frozenset(label for thing in things for label in thing.labels)
    if heard & _TURNED or any(thing.labels == {UNKNOWN} for thing in things):
        return None
    by_label: dict[str, tuple[Thing, ...]] = {}
    for thing in things:
        for label in thing.labels & {"day", "range"}:
            by_label[label] = (*by_label.get(label, ()), thing)
    numbers = [thing for thing in things if thing.can_be("number")]
    is_asked = marked or things[0].can_be("question")
    if len(numbers) == 1 and not is_asked and all(t.labels & _NOTED for t in things):
        value = numbers[0].value
        if "range" not in by_label and isinstance(value, int | float):
            return _reading("log", by_label, named, understood, value=value)
    if not numbers and all(thing.labels & _ASKED for thing in things):
        return _reading("wellness", by_label, named, understood)
    return None


def _reading(
    intent: str,
    things: Mapping[str, tuple[Thing, ...]],
    named: _Name,
    understood: str,
    *,
    value: float | None = None,
) -> Reading:
    whole = value is not None and value == int(value)
    values = {} if value is None else {named.field: int(value) if whole else value}
    return Reading(
        intent=BY_NAME[intent],
        understood=understood,
        things=things,
        values=values,
        own=(named.field,),
    )


def _named(tokens: Tokens, fields: Collection[str]) -> _Name | None:
    """Return the longest name that stands in a sentence, the first of two as long."""
    found: list[_Name] = []
    for field in fields:
        words = tokenize(field.removeprefix(PREFIX).replace("_", " "))
        for spelled in {words, ("".join(words),)}:
            for start in range(len(tokens) - len(spelled) + 1):
                said = tokens[start : start + len(spelled)]
                if all(map(_alike, said, spelled)):
                    found.append(_Name(field, start, start + len(spelled)))
    return max(found, key=lambda one: (one.end - one.start, -one.start), default=None)


def _alike(said: str, written: str) -> bool:
    """Tell whether a word is one of a name; one of several may stand for it."""
    return said == written or said.removesuffix("s") == written.removesuffix("s") != ""
