"""What is dictated and is no workout: rest days, races, notes, days off."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from bridge.domain.calendar.dictated import (
    DictatedEntry,
    Extent,
)
from bridge.domain.calendar.dictation_parts import (
    ONE_PIECE,
    PUNCTUATION,
    RUN_DISTANCES_M,
    When,
    one_sport,
    take_extent,
)
from bridge.domain.calendar.dictation_words import (
    ABSENCES,
    language_of,
    words_of_dictation,
)
from bridge.domain.inputs.days import SaidDay, take_day
from bridge.domain.inputs.refusals import InputError, Mistake
from bridge.domain.inputs.sports import take_sport
from bridge.domain.inputs.tokens import Sentence, token_at
from bridge.domain.speech.phrases import words_of

_EITHER = "RACE_OR_RUN"
_MOST_PHRASES = 4  # "no race, a race day": more are nothing


def read_entry(
    said: Sentence, now: date, day: date | None, *, as_race: bool | None = None
) -> DictatedEntry | None:
    """Return a rest day, a race or days off, if the sentence is nothing else.

    What may be a race or a run ("course", "marathon on 18 April") is that which
    ``as_race`` says; without it "course" is refused.
    """
    words = words_of_dictation()
    phrases = [
        (taken[0], (place, taken[1]))
        for place, token in enumerate(said.tokens)
        if token in words.entries
        for table in (words.rest_day, words.race, words.absence)
        if (taken := table.take(said.tokens, place)) is not None
    ]
    phrases = phrases[:_MOST_PHRASES]
    if as_race is not None:
        own = "RACE_A" if as_race else ""
        phrases = [(own if name == _EITHER else name, at) for name, at in phrases]
    if as_race:
        phrases.append(("RACE_A", (len(said.tokens), len(said.tokens))))
    for category, phrase in phrases:
        if not category:
            continue
        entry = _Entry(said, now, category, phrase).entry(day)
        if entry is not None:
            return entry
    return None


@dataclass(slots=True)
class _Entry:
    """A sentence in which one phrase says that it is no workout."""

    said: Sentence
    now: date
    category: str
    phrase: tuple[int, int]
    when: When = field(init=False)
    end: SaidDay | None = None
    sport: str | None = None
    extent: Extent | None = None

    def __post_init__(self) -> None:
        self.when = When(self.now)

    def entry(self, day: date | None) -> DictatedEntry | None:
        """Return the entry; None where a word of the sentence has no part in it."""
        place = 0
        while place < len(self.said.tokens):
            after = self._after(place)
            if after is None:
                return None
            place = after
        race = self.category.startswith("RACE")
        first, last = self.phrase
        is_sport = take_sport(self.said.tokens, first)
        if is_sport is not None and is_sport[1] >= last:
            if self.extent is not None and self.extent.seconds is not None:
                return None  # "eine Stunde rennen"
            if self.category == _EITHER:
                raise InputError(Mistake.AMBIGUOUS, "", seen="race_or_run")
        if not race and (self.extent is not None or self.sport is not None):
            return None
        return self._made(day, race=race)

    def _made(self, day: date | None, *, race: bool) -> DictatedEntry:
        when, clock, assumed = self.when.settle(day)
        sport, metres = self.sport, None
        if race:
            metres = None if self.extent is None else self.extent.metres
            runs = token_at(self.said.tokens, self.phrase[0]).startswith("park")
            if sport is None and (runs or metres in RUN_DISTANCES_M):
                sport = "Run"
                assumed = (*assumed, *(() if runs else ("run",)))
            if sport is None:
                raise InputError(Mistake.MISSING, "", seen="sport")
        seconds = None if self.extent is None else self.extent.seconds
        end = None if self.end is None else self.end.day
        if end is not None and end < when.day:
            raise InputError(Mistake.AMBIGUOUS, "", seen="day")
        category = "NOTE" if self.category == "REST" else self.category
        return DictatedEntry(
            category=category,
            name=self._name(metres, seconds),
            day=when.day,
            clock=clock,
            end_day=end,
            sport=sport,
            distance_km=None if metres is None else round(metres / 1000, 4),
            planned_s=seconds,
            others=when.others,
            choose=when.choose,
            assumed=assumed,
        )

    def _name(self, metres: float | None, seconds: int | None) -> str | None:
        """Return the name in the language of the phrase; None of days off."""
        names = words_of(language_of(self.said.tokens, "en"), "dictation")
        if self.category == "REST":
            return str(names["rest_day_name"])
        if not self.category.startswith("RACE"):
            return None
        extent = Extent(seconds, metres) if metres or seconds else None
        name = str(names["race_name"])
        return name if extent is None else f"{name} {extent.title}"

    def _after(self, place: int) -> int | None:
        """Return the place behind what begins here, or None."""
        if place == self.phrase[0]:
            return self.phrase[1]
        tokens = self.said.tokens
        after = (
            self._after_end(place)
            or self._after_extent(place)
            or self._after_sport(place)
            or self.when.listen(tokens, place)
        )
        if after is not None:
            return after
        filler = words_of_dictation().fillers.take(tokens, place)
        if filler is not None:
            return filler[1]
        return place + 1 if tokens[place] in PUNCTUATION else None

    def _after_end(self, place: int) -> int | None:
        """Hear the last day of an absence: "until Thursday"."""
        until = words_of_dictation().until.take(self.said.tokens, place)
        if until is None or self.category not in ABSENCES:
            return None
        end = take_day(self.said.tokens, until[1], self.now, direction="forward")
        if end is None:
            return None
        self.end = end[0]
        return end[1]

    def _after_extent(self, place: int) -> int | None:
        extent = take_extent(self.said.tokens, place)
        if extent is None or self.extent is not None:
            return None
        self.extent = ONE_PIECE.only(extent[0])
        return extent[1]

    def _after_sport(self, place: int) -> int | None:
        sport = take_sport(self.said.tokens, place)
        if sport is None:
            return None
        self.sport = one_sport(self.sport, sport[0])
        return sport[1]


def read_note(said: Sentence, now: date, day: date | None) -> DictatedEntry | None:
    """Return a note: what follows its word is its name, but for the day."""
    start = 0
    while (filler := words_of_dictation().fillers.take(said.tokens, start)) is not None:
        if words_of_dictation().note.take(said.tokens, start) is not None:
            break
        start = filler[1]
    note = words_of_dictation().note.take(said.tokens, start)
    if note is None:
        return None
    when = When(now)
    place = note[1]
    names: list[int] = []
    while place < len(said.tokens):
        named = names and when.day is not None
        after = None if named else when.listen(said.tokens, place)
        if after is None:
            names.append(place)
        place = place + 1 if after is None else after
    inside = [n for n in names if said.tokens[n] not in PUNCTUATION]
    if not inside:
        raise InputError(Mistake.MISSING, "", seen="name")
    name = said.said(inside[0], inside[-1] + 1).rstrip(".!\u2026")
    at, clock, assumed = when.settle(day)
    return DictatedEntry(
        category="NOTE",
        name=name,
        day=at.day,
        clock=clock,
        others=at.others,
        choose=at.choose,
        assumed=assumed,
    )
