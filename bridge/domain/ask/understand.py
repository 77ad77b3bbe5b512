"""Which intents a sentence can mean, in the first language that it makes sense in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final

from bridge.domain.ask.hearing import (
    SLOTS,
    UNKNOWN,
    VALUED,
    Thing,
    Value,
    cut,
    hear,
    said_words,
    with_text,
)
from bridge.domain.ask.intents import BY_NAME, INTENTS, Intent
from bridge.domain.ask.lexicon import ALL, FILLER, lexicon_of
from bridge.domain.ask.slots import SCALED, Said, Slots, Span
from bridge.domain.calendar.dictated import Dictated, DictatedEntry
from bridge.domain.calendar.dictation import read_plan
from bridge.domain.calendar.dictation_parts import take_extent
from bridge.domain.calendar.dictation_words import ABSENCES
from bridge.domain.flat import Scalar
from bridge.domain.inputs.numbers import take_number
from bridge.domain.inputs.refusals import InputError, Mistake
from bridge.domain.inputs.tokens import Sentence

_TEXTS: Final = ("find", "note", "rename")
_MOST_UNKNOWN = 2
LONGEST_ECHO = 90
_MOST_WORDS = 60  # no wish is so long
_MOST_APART = 2  # an effort in words and in a number
_MOST_JOINTS = 3  # where a sentence is tried as two
_VERBS: Final = frozenset({"past", "did"})
_OF_WORKOUTS: Final = frozenset({"latest", "laps", "activities", "workout_next"})
_OF_FACTS: Final = frozenset({"log", "set_zones"})
_OF_PLANS: Final = frozenset({"workout_today", "calendar", "workout_next"})


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One thing that a sentence can mean.

    Attributes
    ----------
    things
        What was heard of its slots, by label.
    not_used
        The words that found no place.
    lost
        Those of them that are a number, a day, a sport or a name.
    own
        Wellness fields of the athlete's own that are spoken of.
    aside
        What sort of workout was asked for, by which none can be chosen: "long".
    """

    intent: Intent
    understood: str
    things: Mapping[str, tuple[Thing, ...]] = field(default_factory=dict)
    values: Mapping[str, Scalar] = field(default_factory=dict)
    plan: Dictated | None = None
    sentence: str = ""  # the whole of it, where that is what is sent
    not_used: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()

    @property
    def sport(self) -> str | None:
        """Return the sport that was named."""
        sports = self.things.get("sport", ())
        return str(sports[0].value) if sports else None

    @property
    def text(self) -> str | None:
        """Return the text that was said."""
        texts = self.things.get("text", ())
        return str(texts[0].value) if texts else None

    @property
    def days(self) -> tuple[date, ...]:
        """Return the days that were said, in order."""
        back = self.intent.tense == "back"
        return tuple(each.back if back else each.ahead for each in self.said)

    @property
    def said(self) -> tuple[Said, ...]:
        """Return what was said of days, in order."""
        values = [each.value for each in self.things.get("day", ())]
        return tuple(each for each in values if isinstance(each, Said))

    @property
    def by_day(self) -> tuple[Reading, ...]:
        """Return it once for each day that can be meant: "next Tuesday", a weekend.

        A bare weekday is the next one, today while it lasts.
        """
        things = self.things.get("day", ())
        for place, thing in enumerate(things):
            if isinstance(thing.value, Said) and not thing.value.bare:
                days = sorted({thing.value.ahead, *thing.value.others})
                if len(days) > 1:
                    return tuple(self._with_day(day, place, thing) for day in days)
        span = self.span
        if self.intent.name == "move" and span is not None:
            if (span.newest - span.oldest).days != 1:
                return (self,)
            (thing, *_) = self.things["range"]
            days = [span.oldest, span.newest]
            return tuple(self._with_day(day, len(things), thing) for day in days)
        return (self,)

    def _with_day(self, day: date, place: int, thing: Thing) -> Reading:
        """Return it with this day, and no other, in place of a thing."""
        known = thing.value if isinstance(thing.value, Said) else None
        lead = frozenset({"to"}) if known is None else known.lead
        part = None if known is None else known.part
        said = replace(thing, value=Said(day, day, part=part, lead=lead))
        days = list(self.things.get("day", ()))
        days[place : place + 1] = [said]
        things = {**self.things, "day": tuple(days)}
        things.pop("range", None)
        return replace(self, things=things)

    @property
    def span(self) -> Span | None:
        """Return the span of days that was said."""
        spans = [each.value for each in self.things.get("range", ())]
        return next((each for each in spans if isinstance(each, Span)), None)


@dataclass(frozen=True, kw_only=True)
class Understood:
    """What became of a sentence: readings, or why there is none.

    ``wishes`` are two intents that were asked for at once; ``nearest`` those that come
    near; ``dictation`` is what a planned workout lacks.
    """

    readings: tuple[Reading, ...] = ()
    wishes: tuple[Intent, ...] = ()
    nearest: tuple[Intent, ...] = ()
    dictation: InputError | None = None


@dataclass(frozen=True, slots=True)
class _Fit:
    intent: Intent
    things: Sequence[Thing]
    cue: int
    extra: tuple[Thing, ...]  # slots and words that it does not know

    @property
    def cost(self) -> int:
        return len(self.extra)


def understand(text: str, now: datetime, languages: Sequence[str]) -> Understood:
    """Return what a sentence can mean.

    Parameters
    ----------
    text
        One sentence, as it was dictated.
    now
        The athlete's wall clock.
    languages
        All languages, that of the phone first.

    Returns
    -------
    Understood
        One reading where it is clear, several where it could be any of them.
    """
    try:
        sentence = cut(text)
    except InputError:
        return Understood()
    if not 0 < len(sentence.tokens) <= _MOST_WORDS:
        return Understood()
    ear = _Ear(sentence, now, languages)
    ear.marked = text.rstrip().endswith("?")
    return _understood(text, ear)


class _Ear:
    """One sentence as it sounds in each language."""

    def __init__(
        self, sentence: Sentence, now: datetime, languages: Sequence[str]
    ) -> None:
        self.sentence, self.now, self.languages = sentence, now, languages
        self.marked = False  # with a question mark
        self._slots = Slots(sentence.tokens, now)
        self._things: dict[str, list[Thing]] = {}

    def things(self, language: str) -> list[Thing]:
        """Return what is heard with the words of a language."""
        if language not in self._things:
            lexicon = lexicon_of(language)
            self._things[language] = hear(self._slots, lexicon, self.now.date())
        return self._things[language]

    @property
    def is_question(self) -> bool:
        """Tell whether it ends as a question does; a polite wish may, too."""
        first = [self.things(each)[0] for each in self.languages]
        polite = any(each.labels & {"polite", "leave"} for each in first)
        return self.marked and not polite

    def turns_around(self, thing: Thing) -> bool:
        """Tell whether a word that is not known turns the meaning in some language."""
        word = self.sentence.tokens[thing.start : thing.end]
        taken = lexicon_of(ALL).concepts.take(word, 0)
        return taken is not None and bool(taken[0] & {"not", "doubt"})

    def says_skip(self, thing: Thing) -> bool:
        """Tell whether a word means to skip, and is no "not" itself: "not do"."""
        if not thing.labels & {"skip", "cancel"}:
            return False
        tokens = self.sentence.tokens[thing.start : thing.end]
        words = (lexicon_of(ALL).concepts.take((each,), 0) for each in tokens)
        return not any(word and "not" in word[0] for word in words)

    @property
    def clearest(self) -> Sequence[Thing]:
        """Return what is heard in the language that knows the most of its words."""
        heard = [self.things(each) for each in self.languages]
        return min(heard, key=lambda each: sum(one.can_be(UNKNOWN) for one in each))

    def part(self, start: int, end: int) -> _Ear:
        """Return a part of the sentence, as if it was said alone."""
        words, tokens = self.sentence.words, self.sentence.tokens
        sentence = Sentence(words[start:end], tokens[start:end])
        return _Ear(sentence, self.now, self.languages)


def _understood(text: str, ear: _Ear) -> Understood:
    fits = _best_fits(ear)
    clear: tuple[Reading, ...] = ()
    if fits and not fits[0].cost and not _is_order_to_plan(fits[0]):
        clear = _readings(ear.sentence, fits)
    if clear and fits[0].intent.name == "note":
        wishes = _wishes(ear)  # "note that I weigh 72 kilos and skip my workout"
        if wishes and BY_NAME["note"] not in wishes:
            return Understood(wishes=wishes)
    if clear and (_asks(fits[0]) or ear.marked):
        return Understood(readings=clear)
    plan = _dictated(text, ear)
    is_workout = isinstance(plan, Reading) and plan.intent.name == "plan"
    if clear and not is_workout:  # else "tennis Friday, one hour" plans it
        return Understood(readings=clear)
    if isinstance(plan, InputError):
        return _unplanned(text, ear, fits, plan)
    wishes = _wishes(ear) if plan.intent.name == "note" else ()  # its text is anything
    return Understood(readings=() if wishes else (plan,), wishes=wishes)


def _unplanned(
    text: str, ear: _Ear, fits: Sequence[_Fit], lacking: InputError
) -> Understood:
    """Return what a sentence means that plans nothing as it stands."""
    if lacking.seen == "race_or_run":
        both = [_dictated(text, ear, as_race=each) for each in (True, False)]
        readings = tuple(each for each in both if isinstance(each, Reading))
        if len(readings) > 1:
            return Understood(readings=readings)
        return Understood(dictation=lacking)
    if lacking.mistake is Mistake.MISSING and _is_plan(ear, fits, lacking.seen):
        return Understood(dictation=lacking)
    wishes = _wishes(ear)
    if wishes or fits:
        readings = () if wishes else _readings(ear.sentence, fits)
        return Understood(readings=readings, wishes=wishes)
    nearest = _nearest(ear)
    if BY_NAME["plan"] in nearest[:1]:
        return Understood(dictation=lacking)
    return Understood(nearest=nearest)


def _is_plan(ear: _Ear, fits: Sequence[_Fit], lacking: str | None) -> bool:
    """Tell whether a sentence plans something, though a part of it is lacking."""
    if fits and not _asks(fits[0]):
        return True
    things = fits[0].things if fits else ear.things(ear.languages[0])
    heard = {label for thing in things for label in thing.labels}
    if ear.marked or "question" in heard or (fits and fits[0].intent.writes):
        return False
    return lacking == "work" or bool(heard & {"duration", "distance"})


def _asks(fit: _Fit) -> bool:
    """Tell whether it is a question, or a wish of another kind than to plan."""
    is_plan = fit.intent.name in _OF_PLANS
    return not is_plan or any(thing.can_be("question") for thing in fit.things)


def _is_order_to_plan(fit: _Fit) -> bool:
    """Tell whether a sentence begins with "plan", and is no question about plans."""
    return fit.things[0].can_be("plan") and not _asks(fit)


def is_length(text: str) -> bool:
    """Tell whether a sentence is nothing but a time or a distance."""
    try:
        tokens = tuple(word for word in cut(text).tokens if word != ".")
        taken = take_extent(tokens, 0)
    except InputError:
        return False
    return taken is not None and taken[1] == len(tokens)


def answer_of(text: str, languages: Sequence[str]) -> str | None:
    """Return the answer that a whole sentence is: yes, no, 1, 2 …; else None."""
    try:
        tokens = tuple(word for word in cut(text).tokens if word.isalnum())
    except InputError:
        return None
    for language in languages:
        taken = lexicon_of(language).answers.take(tokens, 0)
        while taken is not None and taken[1] < len(tokens):
            more = lexicon_of(language).answers.take(tokens, taken[1])
            if more is None or more[0] != taken[0]:
                break
            taken = more
        if taken is not None and taken[1] == len(tokens):
            return taken[0]
    return None


def _best_fits(ear: _Ear) -> list[_Fit]:
    """Return the fits of the language that leaves the fewest words over."""
    best: list[_Fit] = []
    for language in (*ear.languages, ALL):
        things = ear.things(language)
        fits = _fits(ear, things)
        for label in _TEXTS:
            told = with_text(ear.sentence, things, label)
            if told and (not fits or fits[0].cost):
                wanted = {"find": "search"}.get(label, label)
                fits = [
                    one for one in _fits(ear, told) if one.intent.name == wanted
                ] or fits
        if fits and (not best or fits[0].cost < best[0].cost):
            best = fits
        if best and not best[0].cost:
            break
    return best


def _fits(ear: _Ear, things: Sequence[Thing]) -> list[_Fit]:
    """Return the fits that are equally good, the best there are."""
    fits = [fit for intent in INTENTS for fit in [_fit(ear, intent, things)] if fit]
    if not fits:
        return []
    best = min((fit.cost, -fit.cue) for fit in fits)
    return [fit for fit in fits if (fit.cost, -fit.cue) == best]


def _fit(ear: _Ear, intent: Intent, things: Sequence[Thing]) -> _Fit | None:
    heard = frozenset(label for thing in things for label in thing.labels)
    if heard & intent.never:
        return None
    if _only_past(things):
        heard |= {"past"}
    if _is_of_another_time(ear, intent, things, heard):
        return None
    for cue in intent.cue_sets:
        if not cue <= heard or not _is_spread(cue, things, heard):
            continue
        allowed = cue | intent.known
        extra = tuple(thing for thing in things if not thing.labels & allowed)
        unknown = [thing for thing in extra if thing.can_be(UNKNOWN)]
        strange = [t for t in extra if not t.labels & (SLOTS | {UNKNOWN})]
        if strange or len(unknown) > _MOST_UNKNOWN:
            continue
        if intent.writes and not _may_write(ear, intent, cue, things, unknown):
            continue
        is_order = intent.name in _OF_PLANS or things[0].can_be(UNKNOWN)
        is_order = is_order and not intent.writes and intent.name != "doctor"
        if unknown and is_order and not ("question" in heard or ear.marked):
            continue  # its verb is not known
        if unknown and "not" in cue:  # "do not …": who knows what
            continue
        return _Fit(intent, things, len(cue), extra)
    return None


def _may_write(
    ear: _Ear,
    intent: Intent,
    cue: frozenset[str],
    things: Sequence[Thing],
    unknown: Sequence[Thing],
) -> bool:
    """Tell whether it is a wish: not asked, not turned around, not broken off."""
    meant = {label for thing in things for label in thing.labels}
    if intent.name in _OF_FACTS and "wish" in meant and "log" not in meant:
        return False  # "I want an FTP of 300"
    if ear.is_question or any(map(ear.turns_around, unknown)) or _breaks_off(things):
        return False
    return "not" not in cue or not any(map(ear.says_skip, things))  # "don't skip it"


def _breaks_off(things: Sequence[Thing]) -> bool:
    """Tell whether a sentence ends behind "and" in nothing: "seventy two and a"."""
    last = len(things)
    while last > 0 and things[last - 1].can_be(FILLER):
        if things[last - 1].can_be("and"):
            break
        last -= 1
    return 0 < last < len(things) and things[last - 1].can_be("and")


def _only_past(things: Sequence[Thing]) -> bool:
    days = [thing.value for thing in things if thing.can_be("day")]
    return any(isinstance(day, Said) and day.is_past for day in days)


def _is_of_another_time(
    ear: _Ear, intent: Intent, things: Sequence[Thing], heard: frozenset[str]
) -> bool:
    """Tell whether a sentence about done or planned is not of that time."""
    if intent.name in ("did", "activities"):
        return _is_ahead(things, ear.now.date())
    if intent.name == "week" and "range_ahead" in heard:
        return "totals" not in heard  # "my sessions next week" are a list
    if intent.name == "wellness" and "measure" in heard:
        return not _asks_how_well(things)
    if intent.name == "latest" and {"race", "when"} <= heard:
        return "last" not in heard  # "when was my race again?"
    is_past = "past" in heard and "planned" not in heard
    return is_past and intent.name == "workout_today"


def _asks_how_well(things: Sequence[Thing]) -> bool:
    """Tell whether a scale is asked about: "did I sleep well", "bien dormi ou pas"."""
    values = [thing.value for thing in things if thing.can_be("measure")]
    named = {value.field.name for value in values if isinstance(value, Value)}
    asked = (thing.can_be("question") and not thing.can_be(FILLER) for thing in things)
    return named <= SCALED and any(asked)


def _is_ahead(things: Sequence[Thing], today: date) -> bool:
    """Tell whether a day was said that can only be one to come."""
    days = [thing.value for thing in things if thing.can_be("day")]
    return any(isinstance(day, Said) and day.back > today for day in days)


def _is_spread(
    cue: frozenset[str], things: Sequence[Thing], heard: frozenset[str]
) -> bool:
    """Tell whether each part of a cue has a thing of its own."""
    free = [thing.labels for thing in things]
    # A verb may be the sport as well ("ran"): what it says of time comes last.
    order = sorted(cue, key=lambda each: (each in _VERBS, sum(each in o for o in free)))
    for label in order:
        owner = next((labels for labels in free if label in labels), None)
        if owner is None:
            return label in _VERBS and label in heard
        free.remove(owner)
    return True


def _readings(sentence: Sentence, fits: Sequence[_Fit]) -> tuple[Reading, ...]:
    return tuple(_reading(sentence, fit) for fit in fits)


def _reading(sentence: Sentence, fit: _Fit) -> Reading:
    slots: dict[str, tuple[Thing, ...]] = {}
    values: dict[str, Scalar] = {}
    twice: list[Thing] = []
    for thing in fit.things:
        if thing in fit.extra:
            continue
        for label in thing.labels:
            slots[label] = (*slots.get(label, ()), thing)
        if isinstance(thing.value, Value):
            own = _value(thing.value, fit.intent)
            said = _rpe_said(sentence, fit.things) if "rpe" in own else None
            if said is not None and abs(said - float(own["rpe"])) <= _MOST_APART:
                own["rpe"] = said  # "it was hard, eight out of ten"
            if any(values.get(name, own[name]) != own[name] for name in own):
                twice.append(thing)  # "weight 72, weight 80"
            values |= own
    twice += _days_over(fit)
    lost = [thing for thing in fit.extra if _is_lost(sentence, thing)] + twice
    return Reading(
        intent=fit.intent,
        understood=_echo(sentence, fit),
        things=slots,
        values=values,
        not_used=tuple(
            said_words(sentence, each.start, each.end) for each in fit.extra
        ),
        lost=tuple(said_words(sentence, each.start, each.end) for each in lost),
        aside=tuple(
            said_words(sentence, each.start, each.end)
            for each in fit.extra
            if each.can_be("manner") and fit.intent.name in _OF_WORKOUTS
        ),
    )


def _rpe_said(sentence: Sentence, things: Sequence[Thing]) -> int | None:
    """Return the one effort that was said as a number, beside words for it."""
    tokens = sentence.tokens
    said: set[int] = set()
    for thing in things:
        value = thing.value
        if not isinstance(value, Value) or value.field.name != "rpe":
            continue
        places = range(thing.start, thing.end)
        if any(take_number(tokens, place) for place in places):
            said.add(int(value.value))
    return said.pop() if len(said) == 1 else None


def _days_over(fit: _Fit) -> list[Thing]:
    """Return the days that a write has no use for: "skip today's and tomorrow's"."""
    if not fit.intent.writes:
        return []
    name, known = fit.intent.name, dict[date, bool]()
    most, over = (2 if name in ("move", "away") else 1), list[Thing]()
    for thing in fit.things:
        said = thing.value
        if thing in fit.extra or not isinstance(said, Said):
            continue
        leads = "to" in said.lead and "and" not in said.lead
        again = name == "move" and leads and any(known.values())
        again |= name == "move" and "and" in said.lead  # "swap today's and tomorrow's"
        ends = name not in ("move", "away") and "until" in said.lead
        if said.ahead not in known and (len(known) >= most or again or ends):
            over.append(thing)
        known[said.ahead] = known.get(said.ahead, False) or leads
    return over


def _value(heard: Value, intent: Intent) -> dict[str, Scalar]:
    family = {"log": "measure", "rate": "rating", "set_zones": "limit"}
    wanted = family.get(intent.name)
    for one, value in ((heard.field, heard.value), *heard.others):
        if one.family == wanted:
            return {one.name: value} | {each.name: more for each, more in heard.also}
    return {}


def _is_lost(sentence: Sentence, thing: Thing) -> bool:
    """Tell whether a thing without a place is a number, a day, a sport or a name."""
    if thing.labels & (SLOTS | VALUED):
        return True
    word = sentence.words[thing.start]
    return thing.start > 0 and word[:1].isupper()


def _echo(sentence: Sentence, fit: _Fit) -> str:
    """Return the words that were understood, as they were said."""
    kept = [thing for thing in fit.things if thing not in fit.extra]
    said = " ".join(said_words(sentence, thing.start, thing.end) for thing in kept)
    return " ".join(said.split())[:LONGEST_ECHO].strip()


def _dictated(
    text: str, ear: _Ear, *, as_race: bool | None = None
) -> Reading | InputError:
    """Return the workout, race or note that a sentence plans, or why it is none."""
    language = ear.languages[0]
    try:
        plan = read_plan(text, ear.now, language=language, as_race=as_race)
    except InputError as error:
        return error
    if _is_denied(ear, plan):
        return InputError(Mistake.NOT_A_TEXT, "")
    said = said_words(ear.sentence, 0, len(ear.sentence.tokens))[:LONGEST_ECHO]
    return Reading(
        intent=BY_NAME[_intent_of(plan)],
        understood=said,
        plan=plan,
        sentence=text if as_race is None else "",  # which alone could be either
        not_used=plan.not_used,
    )


def _is_denied(ear: _Ear, plan: Dictated) -> bool:
    """Tell whether a plan is asked about, doubted or denied: "I'm not sick"."""
    things = ear.clearest
    if ear.is_question or things[0].can_be("question"):
        return True
    if not isinstance(plan, DictatedEntry):
        return any(thing.can_be("doubt") for thing in things)
    if plan.category in ABSENCES:
        return any(thing.labels & {"not", "doubt", "feel"} for thing in things)
    notes = [place for place, thing in enumerate(things) if thing.can_be("note")]
    if plan.category != "NOTE" or not notes:
        return False
    first = notes[0]
    before, behind = things[:first], things[first + 1 : first + 2]
    return any(thing.can_be("not") for thing in (*before, *behind))


def _intent_of(plan: Dictated) -> str:
    if not isinstance(plan, DictatedEntry):
        return "plan"
    if plan.category.startswith("RACE"):
        return "race_new"
    return "note" if plan.category == "NOTE" else "away"


def _wishes(ear: _Ear) -> tuple[Intent, ...]:
    """Return two different things that a sentence asks for, one behind the other."""
    end = len(ear.sentence.tokens)
    joints = [place for place in range(1, end - 1) if _joins(ear, place)]
    for place in joints[:_MOST_JOINTS]:
        first, second = _meant(ear.part(0, place)), _meant(ear.part(place + 1, end))
        if first and second and first is not second:
            return (first, second)
    return ()


def _joins(ear: _Ear, place: int) -> bool:
    """Tell whether a word or sign may stand between two wishes."""
    here = ear.sentence.tokens[place : place + 1]
    words = (lexicon_of(each).concepts.take(here, 0) for each in ear.languages)
    return here == (",",) or any(word and "and" in word[0] for word in words)


def _meant(ear: _Ear) -> Intent | None:
    fits = _best_fits(ear)
    if fits and not fits[0].cost:
        return fits[0].intent
    plan = _dictated(said_words(ear.sentence, 0, len(ear.sentence.tokens)), ear)
    return plan.intent if isinstance(plan, Reading) else None


def _nearest(ear: _Ear) -> tuple[Intent, ...]:
    """Return the two intents that most of the sentence belongs to."""
    best: list[tuple[int, int, Intent]] = []
    for language in ear.languages:
        heard = {label for thing in ear.things(language) for label in thing.labels}
        for order, intent in enumerate(INTENTS):
            cues = max(len(cue & heard) / len(cue) for cue in intent.cue_sets)
            known = heard & intent.known - {"filler", "question"}
            best.append((-round(10 * cues) - len(known), order, intent))
    best.sort(key=lambda each: each[:2])
    return tuple(dict.fromkeys(intent for _, _, intent in best))[:2]
