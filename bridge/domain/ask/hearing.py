"""A sentence as things: words with a meaning, slots, and what is neither.

From left to right the longest thing at each place is taken. A word that goes with a
value ("weight", "mood") takes the value beside it, behind it first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar

from bridge.domain.ask.lexicon import APOSTROPHE, FILLER, Lexicon
from bridge.domain.ask.slots import (
    BARE_HOURS,
    FEEL,
    FIELDS,
    RPE,
    Field,
    Said,
    Slot,
    Slots,
    clock_of_length,
    span_of,
    take_pressures,
)
from bridge.domain.flat import Scalar
from bridge.domain.inputs.numbers import is_article
from bridge.domain.inputs.refusals import InputError, Mistake
from bridge.domain.inputs.tokens import Phrases, Sentence, Taken, read_sentence

T = TypeVar("T")
UNKNOWN = "?"
SLOTS = frozenset(
    {"day", "range", "clock", "duration", "distance", "pace", "number", "sport"}
)
_LEAD = frozenset({FILLER, "question", "past", "to", "be"})  # to a value
_NUMBERS = frozenset({"number", "duration", "pace"})
_BETWEEN = frozenset({FILLER, "day", "be", "past", "to", "sport", "log", "workout"})
VALUED = frozenset({"measure", "rating", "limit"})
_NEVER_SAID = frozenset("{}[]<>|=\\^~`$")  # of a program or of JSON
SIGNS = "+-−½,:/%'"
_TEXT = frozenset({"text"})
_MEANT_FOR = frozenset({"for", "fur", "pour", "para"})  # "buy tickets for Sunday"


@dataclass(frozen=True, slots=True)
class Value:
    """A value beside its word; ``others`` are the fields that it could be as well.

    ``also`` are those that were said in the same breath: "120 over 80".
    """

    field: Field
    value: Scalar
    others: tuple[tuple[Field, Scalar], ...] = ()
    also: tuple[tuple[Field, Scalar], ...] = ()


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
        If it is none: too long, with hidden characters, or made for machines.
    """
    whole = read_sentence(text)
    if not _NEVER_SAID.isdisjoint(text):
        raise InputError(Mistake.NOT_A_TEXT, "")
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


def hear(slots: Slots, lexicon: Lexicon, today: date) -> list[Thing]:
    """Return everything that stands in a sentence, in order."""
    hearing = _Hearing(slots, lexicon, today)
    heard = _nights(hearing.by_neighbours(list(hearing.things())))
    things = hearing.joined(heard)
    if things[0].can_be("not") and slots.tokens[things[0].end :][:1] == (",",):
        things[0] = replace(things[0], labels=frozenset({FILLER}))  # "No, undo that"
    return things


def _nights(things: list[Thing]) -> list[Thing]:
    """Return the things, a night beside sleep being the one that ended today.

    "Slept seven hours last night" is of the morning after, not of yesterday.
    """
    slept = any(_is_of_sleep(thing) and not thing.can_be("day") for thing in things)
    labels = frozenset({FILLER if slept else "day"})
    return [
        replace(thing, labels=labels) if {"day", "sleep"} <= thing.labels else thing
        for thing in things
    ]


def _is_of_sleep(thing: Thing) -> bool:
    value = thing.value
    return bool(thing.labels & {"sleep", "sleep_quality", "sleep_score"}) or (
        isinstance(value, Value) and value.field.name.startswith("sleep")
    )


class _Hearing:
    """One pass over a sentence, with the words of one language."""

    def __init__(self, slots: Slots, lexicon: Lexicon, today: date) -> None:
        self._slots, self._tokens = slots, slots.tokens
        self._lexicon, self._today = lexicon, today
        self._before: Thing | None = None
        tokens = slots.tokens
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
        yield from self._spans(place)
        word = self._word(self._lexicon.concepts, place)
        for slot in self._slots.at(place):
            yield from self._slot(slot, place, word)
        if word is not None:
            labels = word[0] - {"inverted"}
            is_told = "did" in labels and self._is_length(word[1])
            if place == 0 and "inverted" in word[0] and not is_told:
                labels = frozenset({"question"})  # "is it …?", but "it is …"
            if "manner" in labels:
                labels |= {UNKNOWN}
            if "leave" in labels:  # "can I move it?": a question, or a wish
                labels |= {"question", UNKNOWN}
            yield Thing(labels or frozenset({FILLER}), place, word[1])
        sign = self._tokens[place] in SIGNS
        yield Thing(frozenset({FILLER if sign else UNKNOWN}), place, place + 1)

    def _is_length(self, place: int) -> bool:
        """Tell whether a number begins here: "did 20 minutes" asks nothing."""
        at = self._slots.at(place)
        return any(each[0] in ("number", "duration", "distance") for each in at)

    def _spans(self, place: int) -> Iterator[Thing]:
        """Yield what the lexicon knows of days and sports beside the slots."""
        span = self._word(self._lexicon.ranges, place)
        if span is not None:
            days = span_of(span[0], self._today)
            ahead = {"range_ahead"} if days.oldest > self._today else set()
            yield Thing(frozenset({"range", *ahead}), place, span[1], days)
        near = self._word(self._lexicon.days, place)
        if near is not None:
            day = self._today + timedelta(days=near[0])
            said = Said(day, day, is_past=near[0] < 0)
            yield Thing(frozenset({"day"}), place, near[1], said)
        sport = self._word(self._lexicon.sports, place)
        if sport is not None:
            yield self._sport(sport[0], place, sport[1])

    def _sport(self, sport: object, place: int, end: int) -> Thing:
        """Return a sport, which may be another word as well: "rides" are a list."""
        word = self._word(self._lexicon.concepts, place)
        same = word[0] if word is not None and word[1] == end else frozenset()
        return Thing(same | {"sport"}, place, end, sport)

    def _slot(
        self, slot: Slot, place: int, word: Taken[frozenset[str]]
    ) -> Iterator[Thing]:
        label, value, end = slot
        labels = frozenset() if word is None else word[0]
        same = word is not None and word[1] == end
        match label:
            case "day" if isinstance(value, Said):
                if same and FILLER in labels:  # "mon" is no Monday in French
                    return
                before = frozenset() if self._before is None else self._before.labels
                said = replace(value, lead=labels | before)
                night = {"sleep"} if same and "sleep" in labels else set()
                yield Thing(frozenset({"day", *night}), place, end, said)
            case "sport":
                yield self._sport(value, place, end)
            case "number" if labels & {FILLER, "not"}:  # "ne" is one in German
                return
            case "effort" if end <= place + 1 or not isinstance(value, int):
                return
            case "effort" if self._is_number(place, end):
                return
            case "effort" if isinstance(value, int):  # "8 out of 10"
                yield Thing(frozenset({"rating"}), place, end, Value(RPE, value))
            case "weight" if isinstance(value, int | float):
                weight = Value(FIELDS["weight"][0], value)
                yield Thing(frozenset({"measure"}), place, end, weight)
            case _:
                yield Thing(frozenset({label}), place, end, value)

    def _is_number(self, place: int, end: int) -> bool:
        """Tell whether a number alone stands here, or nothing with one."""
        numbers = [each[2] for each in self._slots.at(place) if each[0] == "number"]
        return not numbers or end <= numbers[0]

    def _valued(self, place: int) -> Iterator[Thing]:
        """Yield the word and its value, or the value and its word, at a place."""
        word = self._word(self._lexicon.concepts, place)
        if word is not None and "pressure" in word[0]:
            yield from self._pressures(word[1], place)
        if word is not None:
            for label in word[0] & set(FIELDS):
                near = list(self._value_at(label, word[1], place))  # "slept well"
                lead = _LEAD
                if FIELDS[label][0].family == "limit":
                    lead = _LEAD - {"past"}  # what it was is not what it is
                far = self._past_fillers(word[1], lead)
                if near or not self._tells_time(word[1], far):
                    yield from near or self._value_at(label, far, place, beside=False)
        for start, label in self._word_behind(place):
            end = self._word(self._lexicon.concepts, start)
            if end is not None and not self._is_pronoun(place, label, end[1]):
                for thing in self._value_at(label, place, place, beside=False):
                    # "12,000 steps": the word is the unit as well
                    if end[1] == thing.end or self._past_fillers(thing.end) == start:
                        yield Thing(thing.labels, place, end[1], thing.value)

    def _pressures(self, place: int, start: int) -> Iterator[Thing]:
        """Yield both blood pressures, "120 over 80", behind their word."""
        pair = take_pressures(self._tokens, place)
        taken = pair or take_pressures(self._tokens, self._past_fillers(place))
        if taken is not None:
            (first, value), *also = taken[0]
            both = Value(first, value, also=tuple(also))
            yield Thing(frozenset({first.family}), start, taken[1], both)

    def _counts_on(self, place: int) -> bool:
        """Tell whether a word that means little begins a number: "one eighty eight"."""
        if is_article(self._tokens[place]) or place + 1 == len(self._tokens):
            return False
        here, behind = (self._slots.at(each) for each in (place, place + 1))
        is_number = any(slot[0] == "number" for slot in here)
        return is_number and any(slot[0] == "number" for slot in behind)

    def _tells_time(self, start: int, end: int) -> bool:
        """Tell whether a time of day begins before a value: "slept at seven"."""
        places = range(start, min(end, len(self._tokens)))
        return any(slot[0] == "clock" for n in places for slot in self._slots.at(n))

    def _is_pronoun(self, place: int, label: str, behind: int) -> bool:
        """Tell whether a "one" counts nothing: "that one, RPE eight"."""
        word = self._tokens[place]
        counts = word != "one" and not is_article(word)
        return not counts and any(True for _ in self._value_at(label, behind, place))

    def by_neighbours(self, things: list[Thing]) -> list[Thing]:
        """Return the things, some of them as only their neighbours show them.

        A bare word behind an effort is how it felt ("RPE 7, strong"); a length behind
        the day that a workout is moved to is a time of day ("à vendredi, 18h30").
        """
        kept: list[Thing] = []
        rated = led = False
        for thing in things:
            if kept and thing.start < kept[-1].end:
                continue
            feel = None
            if rated and not self._tokens[thing.start][0].isdigit():
                feel = FEEL.take(self._tokens, thing.start)
            clock = None
            if led and thing.can_be("duration"):
                clock = clock_of_length(self._tokens, thing.start, thing.end)
            heard = thing
            if feel is not None and not isinstance(thing.value, Value):
                own = frozenset({FEEL.family})
                heard = Thing(own, thing.start, feel[1], Value(FEEL, feel[0]))
            elif clock is not None:
                heard = replace(thing, labels=frozenset({"clock"}), value=clock)
            kept.append(heard)
            if isinstance(heard.value, Value):
                rated = heard.value.field is RPE
            elif isinstance(heard.value, Said):
                led = bool(heard.value.lead & {"to", "move"})
        return kept

    def joined(self, things: list[Thing]) -> list[Thing]:
        """Return the things with values joined to words that stand further off.

        "My weight today is 72.5", "I drank two litres of water".
        """
        joined = list(things)
        for place, thing in enumerate(things):
            for label in thing.labels & set(FIELDS):
                for other, value in self._values_for(label, things, place):
                    joined[other] = value
                    joined[place] = replace(thing, labels=frozenset({FILLER}))
                    for more, next_one in enumerate(things[other + 1 :], other + 1):
                        if next_one.end <= value.end:  # "… out of four"
                            joined[more] = replace(next_one, labels=frozenset({FILLER}))
                    break
        return joined

    def _values_for(
        self, label: str, things: Sequence[Thing], place: int
    ) -> Iterator[tuple[int, Thing]]:
        """Yield a value for a word, with its place: behind it, or said already."""
        if things[place].labels & {"measure", "rating", "limit"}:
            return
        names = {field.name for field in FIELDS[label]}
        hidden = {"past"} if FIELDS[label][0].family == "limit" else set()
        for other, thing in enumerate(things):
            if isinstance(thing.value, Value) and thing.value.field.name in names:
                yield other, thing
                return
        for other in range(place + 1, len(things)):
            thing = things[other]
            if thing.labels & _NUMBERS:
                at = thing.start
                for value in self._value_at(label, at, at, beside=False):
                    if value.end >= thing.end:
                        yield other, value
                return
            if not thing.labels & _BETWEEN:
                return
            if thing.labels & hidden and not thing.can_be("sport"):
                return

    def _value_at(
        self, label: str, place: int, start: int, *, beside: bool = True
    ) -> Iterator[Thing]:
        fields = [each for each in FIELDS[label] if beside or each is not BARE_HOURS]
        taken = [(field, field.take(self._tokens, place)) for field in fields]
        known = [(field, each) for field, each in taken if each is not None]
        if not known or place >= len(self._tokens):
            return
        end = max(each[1] for _, each in known)
        same = [(field, each[0]) for field, each in known if each[1] == end]
        (field, value), others = same[0], tuple(same[1:])
        labels = frozenset(each.family for each, _ in same)
        yield Thing(labels, start, end, Value(field, value, others))

    def _word_behind(self, place: int) -> Iterator[tuple[int, str]]:
        """Yield the word that takes a value, if one stands a few places on."""
        for start in range(place + 1, min(place + 7, len(self._tokens))):
            if self._tokens[start] == ",":
                return
            word = self._word(self._lexicon.concepts, start)
            for label in () if word is None else word[0] & set(FIELDS):
                yield start, label
                break

    def _past_fillers(self, place: int, lead: frozenset[str] = _LEAD) -> int:
        while place < len(self._tokens):
            word = self._word(self._lexicon.concepts, place)
            hidden = _LEAD - lead
            if self._counts_on(place):
                break
            if word is not None and word[0] & lead and not word[0] & hidden:
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
        named = _behind(things, begin, {"sport", "workout", "last", "to"})
        passed = {label for thing in things[begin:named] for label in thing.labels}
        if things[first].can_be("call") and not passed & {"sport", "workout", "last"}:
            return []  # "call my coach"
        if named < len(things) and things[named].can_be("everything"):
            return []  # "all my runs"
        begin = named
    else:
        begin = _behind(things, begin, {"last", "workout"} - {"sport"})
    if begin >= len(things):
        return []
    last = _day_behind(sentence, things, begin) if label == "note" else len(things)
    start, end = things[begin].start, things[last - 1].end
    text = Thing(_TEXT, start, end, said_words(sentence, start, end))
    days = [thing for thing in things[last:] if thing.can_be("day")]
    return [*things[:begin], text, *days] if text.value else []


def _day_behind(sentence: Sentence, things: Sequence[Thing], begin: int) -> int:
    """Return where a text ends: before the day of "remind me to … on Saturday"."""
    count, tokens = len(things), sentence.tokens
    if ":" in tokens or any(thing.can_be("day") for thing in things[:begin]):
        return count
    last = count - 1
    if not things[last].can_be("day"):
        return count
    while last > begin and things[last - 1].labels & {FILLER, "to"}:
        last -= 1
    between = tokens[things[last].start : things[-1].end]
    return count if last <= begin or _MEANT_FOR & {*between} else last


def _behind(things: Sequence[Thing], begin: int, known: set[str]) -> int:
    while begin < len(things) and things[begin].labels & {FILLER, *known}:
        begin += 1
    return begin
