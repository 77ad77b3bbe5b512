"""Ask: one sentence in, the answer of the route that it means; else a question."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from flask import Response, request

from bridge.domain.ask.intents import BY_NAME
from bridge.domain.ask.lexicon import examples_in, names_in
from bridge.domain.ask.understand import (
    LONGEST_ECHO,
    Reading,
    Understood,
    answer_of,
    is_length,
    understand,
)
from bridge.domain.calendar.dictation import read_plan
from bridge.domain.inputs.refusals import InputError, Mistake
from bridge.domain.inputs.tokens import folded
from bridge.domain.speech.phrases import LANGUAGES
from bridge.domain.speech.trim import begin
from bridge.errors import (
    AskWithPost,
    BadBody,
    BadField,
    BadParameter,
    Doubtful,
    LeftOver,
    NoQuestion,
    NoSentence,
    NotUnderstood,
    RepeatedParameter,
    StoreDown,
    TwoWishes,
)
from bridge.routes.api.ask.call import Call, marked
from bridge.routes.api.ask.calls import calls_of, reading_of_own
from bridge.routes.api.calendar.dictated import unclear
from bridge.routes.params import ASKED
from bridge.routes.replies import send
from bridge.routes.route import Body, Field
from bridge.routes.writing import (
    asked_as,
    carry,
    idempotency_key,
    is_preview,
    read_fields,
)
from bridge.services import (
    device,
    now_local,
    services,
    state,
    stranger_voice,
    voice,
)
from bridge.store.asking.questions import Question
from bridge.store.replays import Asked as Request

LONGEST_TEXT = 300
ASK_BODY = Body(
    fields=(
        Field("text", "one sentence, in your own words", "How was my last run?"),
        Field("confirm", "always asks before a write, never refuses doubt", "always"),
        Field("question", "the id of a question that is open", "0123456789abcdef"),
        Field("choice", "the answer to it: yes, no, 1, 2 …", "yes"),
    ),
    meant={"q": "text", "question": "text", "sentence": "text", "ask": "text"},
)
_LENGTHS_S: Final = (1800, 2700, 3600, 5400)
_USUAL_S: Final = (2700, 3600)  # where two days double the choices
_FORM: Final = re.compile(rb"\s*(text|confirm|preview|q)=")

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A sentence, and how it is to be treated."""

    text: str
    confirm: str = ""  # always, never, or nothing said
    preview: bool = False
    may_write: bool = True


def ask() -> Response:
    """Answer a sentence, or do what it says; ask where it is not clear."""
    sent = _read()
    if "question" in sent:
        return _posted(sent)
    asked = _asked(sent)
    key = idempotency_key()
    if key is None or asked.preview:
        return _answer(asked)
    return carry(asked_as(f"key {key}", f"ask {asked}", keyed=True), _answering(asked))


def ask_only() -> Response:
    """Answer a question; nothing is written."""
    text = ASKED.get()
    if text is None:
        raise BadParameter("q is missing", name=ASKED.name, example=ASKED.example)
    return _answer(_Asked(_spaced(text), may_write=False))


def _posted(sent: Mapping[str, object]) -> Response:
    """Carry out what a question was about, at the path that it named."""
    question, choice = (str(sent.get(name, "")) for name in ("question", "choice"))
    if is_preview():
        known = services()
        open_one = known.store.questions.find(device().device_id, known.clock())
        if open_one is None or open_one.question_id != question:
            raise NoQuestion("not open")
        return _chosen(open_one, choice)
    return carry(_slot(question, choice), lambda: _taken(question, choice))


def _slot(question: str, choice: str) -> Request:
    return asked_as(f"question {question}", f"{question} {choice}", keyed=True)


def _taken(question_id: str, choice: str) -> Response:
    known = services()
    taken = known.store.questions.take(device().device_id, known.clock(), question_id)
    if taken is None:
        raise NoQuestion("not open")
    return _chosen(taken, choice)


def _answering(asked: _Asked) -> Callable[[], Response]:
    return lambda: _answer(asked)


def _read() -> Mapping[str, object]:
    """Read the sentence: a field, or the whole body as plain text."""
    content = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    is_json = content == "application/json"
    data = request.get_data()
    if is_json or ("form" in content and _FORM.match(data)) or not data.strip():
        sent = read_fields(ASK_BODY)
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise BadBody("not UTF-8") from None
        sent = {"text": text}
        for name, value in read_fields(ASK_BODY, read=False).items():
            if name in sent:
                raise RepeatedParameter("body and query", name=name)
            sent[name] = value
    state().fields = sent
    return sent


def _asked(sent: Mapping[str, object]) -> _Asked:
    text, confirm = sent.get("text"), sent.get("confirm", "")
    if not isinstance(text, str) or not text.strip():
        said = _example("form")
        raise NoSentence("text", name="text", example=said, sentence=said)
    if confirm not in ("", "always", "never"):
        raise BadField("confirm", name="confirm", example="always")
    return _Asked(_spaced(text), str(confirm), is_preview())


def _answer(asked: _Asked) -> Response:
    if len(asked.text) > LONGEST_TEXT or not _is_printable(asked.text):
        _end_question()
        raise _not_understood(Understood())
    order, known = _languages(), services()
    answer = answer_of(asked.text, order)
    open_one = known.store.questions.find(device().device_id, known.clock())
    if open_one is not None:
        answer = answer or _by_label(open_one, asked.text)
    if answer is not None and asked.may_write:
        if open_one is not None:
            return _answered(open_one, answer, preview=asked.preview)
        if answer in ("yes", "no"):
            raise NoQuestion("none open")
    if answer is None:
        _end_question()
    if open_one is not None and answer is None and is_length(asked.text):
        begun = open_one.record.get("sentence", "")
        asked = replace(asked, text=f"{begun} {asked.text}".strip())
    return _of_sentence(asked, order)


def _of_sentence(asked: _Asked, order: Sequence[str]) -> Response:
    """Answer what is no answer to a question of ours."""
    now = now_local().replace(tzinfo=None)
    understood = understand(asked.text, now, order)
    own = reading_of_own(asked.text, now, order, understood)
    if own is not None:
        return _meant((own,), asked)
    lacking = understood.dictation
    if lacking is not None and _lacks_length(lacking):
        return _how_long(asked, now)
    if not understood.readings:
        raise _refusal(understood)
    return _meant(understood.readings, asked)


def _spaced(text: str) -> str:
    """Return a text with plain blanks: in French a hard one stands before a "?"."""
    return "".join(" " if unicodedata.category(sign) == "Zs" else sign for sign in text)


def _is_printable(text: str) -> bool:
    return all(sign.isprintable() or sign in "\n\r\t" for sign in text)


def _end_question() -> None:
    services().store.questions.end(device().device_id)


def _languages() -> tuple[str, ...]:
    """Return all languages, that of the phone first."""
    first = stranger_voice().language
    return (first, *(each for each in LANGUAGES if each != first))


def _refusal(understood: Understood) -> BadField:
    if understood.wishes:
        names = names_in(stranger_voice().language)
        first, second = (names[intent.name] for intent in understood.wishes)
        return TwoWishes("two", first=first, second=second)
    if understood.dictation is not None:
        return unclear(understood.dictation)
    return _not_understood(understood)


def _not_understood(understood: Understood) -> NotUnderstood:
    near = [intent.name for intent in understood.nearest] or ["form", "latest"]
    return NotUnderstood("no", first=_example(near[0]), second=_example(near[-1]))


def _example(intent: str) -> str:
    said = examples_in(stranger_voice().language)[intent][0]
    return said if said[-1] in ".?!" else f"{said}."


def _meant(readings: Sequence[Reading], asked: _Asked) -> Response:
    """Carry out what is clear, and ask about what is not."""
    known = [reading for reading in readings if not _misses_something(reading)]
    if not known:
        words = ", ".join(word for reading in readings for word in reading.lost)
        raise LeftOver("words left", words=words[:60])
    calls: list[Call] = []
    clear = True
    for reading in known:
        _check(reading, asked)
        own, sure = calls_of(reading)
        if len(known) > 1:
            own = [_with_label(each) for each in own]
        calls += own
        clear = clear and sure and not (reading.not_used and reading.intent.writes)
    if not calls:
        raise _not_understood(Understood(nearest=(readings[0].intent,)))
    state().is_asked = True
    first, reading = calls[0], known[0]
    if len(calls) > 1:
        return _question(calls, asked)
    _note_habit(first.intent)
    if not first.writes:
        return _told(first, reading)
    if asked.preview:
        return marked(first.run(), first, not_used=reading.not_used)
    if reading.intent.lasting or asked.confirm == "always" or not clear:
        return _question(calls, asked)
    return _done(first, reading, asked)


def _misses_something(reading: Reading) -> bool:
    """Tell whether a number, a day, a sport or a name is left that may have mattered.

    A question is answered without it, and says so.
    """
    is_question = "question" in reading.things and not reading.intent.writes
    return bool(reading.lost) and not is_question


def _check(reading: Reading, asked: _Asked) -> None:
    """Refuse what this device, or this address, may not write."""
    Call(intent="", understood="", endpoint=reading.intent.route).check_scope()
    if reading.intent.writes and not asked.may_write:
        raise AskWithPost("a write with GET")


def _with_label(call: Call) -> Call:
    name = names_in(stranger_voice().language)[call.intent]
    return replace(call, label=f"{name}: {call.label}" if call.label else name)


def _told(call: Call, reading: Reading) -> Response:
    notes = []
    left_out = [*reading.lost, *reading.aside]
    if left_out:
        words = voice().listed(left_out)
        notes = [voice().say("ask.passed_over", words=words)]
    return marked(call.run(), call, not_used=reading.not_used, notes=notes)


def _done(call: Call, reading: Reading, asked: _Asked) -> Response:
    def view() -> Response:
        return marked(call.run(), call, not_used=reading.not_used)

    if state().claim is not None:  # of the Idempotency-Key
        return view()
    # The same sentence at the same moment waits, and finds it done; another has no part
    # in that.
    said = f"ask {asked.text}"
    return carry(asked_as(said, said, keyed=False), view, keep=False)


# questions


def _lacks_length(error: InputError) -> bool:
    return error.mistake is Mistake.MISSING and error.seen == "work"


def _how_long(asked: _Asked, now: datetime) -> Response:
    """Ask for the length of a workout; any other length may be said as well."""
    language = _languages()[0]
    calls: list[Call] = []
    for length_s in _LENGTHS_S:
        text = f"{asked.text} {length_s // 60} min"
        try:
            plan = read_plan(text, now, language=language)
        except InputError as error:
            raise unclear(error) from error
        said = asked.text.strip()[:LONGEST_ECHO]
        reading = Reading(
            intent=BY_NAME["plan"], understood=said, plan=plan, sentence=text
        )
        _check(reading, asked)
        label = voice().say_duration(length_s)
        own, _ = calls_of(reading)
        several = len(own) > 1  # "next Tuesday"
        if several and length_s not in _USUAL_S:
            continue
        calls += [
            replace(each, label=f"{label}, {each.label}" if several else label)
            for each in own
        ]
    return _question(calls, asked, "ask.how_long", sentence=asked.text)


def _question(
    calls: Sequence[Call], asked: _Asked, phrase: str = "ask.which", sentence: str = ""
) -> Response:
    """Ask, and keep exactly what each answer carries out.

    ``sentence`` is what an answer in words of its own may complete.

    Raises
    ------
    Doubtful
        With ``confirm=never``.
    """
    speaker, single = voice(), len(calls) == 1
    claim, state().claim = state().claim, None  # tried out, whatever the key says
    state().seen, records = "", {}
    said = ""
    for number, call in enumerate(calls, 1):
        seen = ""
        if call.writes:
            said, seen = call.tried()
        records["yes" if single else str(number)] = call.record(seen)
    idle = single and calls[0].writes and not state().seen
    told = calls[0].run() if idle else None
    state().claim = claim
    if told is not None:  # nothing to change, nothing to ask
        return marked(told, calls[0])
    labels = {name: begin(speaker.say(f"word.{name}")) for name in ("yes", "no")}
    if single:
        speech = f"{said} {speaker.say('ask.yes_or_no')}"
    else:
        labels = {str(n): call.label for n, call in enumerate(calls, 1)}
        speech = speaker.say(phrase, choices=_ors(list(labels.values())))
    if asked.confirm == "never":
        raise Doubtful("would ask", question=speech)
    record = {"say": speech, "labels": labels, "calls": records}
    record |= {"sentence": sentence} if sentence else {}
    known = services()
    question = known.store.questions.ask(device().device_id, record, known.clock())
    return _asking(question)


def _ors(labels: Sequence[str]) -> str:
    """Return choices joined: the last by "or"."""
    *others, last = labels
    return voice().say("ask.or", first=", ".join(others), second=last)


def _asking(question: Question) -> Response:
    record = question.record
    first = next(iter(record["calls"].values()))
    path = f"/v1/ask?question={question.question_id}&choice="
    items = [
        {"choice": label, "then": f"{path}{choice}"}
        for choice, label in record["labels"].items()
    ]
    body = {
        "question": "yes",
        "question_id": question.question_id,
        "choices": "\n".join(record["labels"].values()),
        "expires_at": f"{question.expires_at:%Y-%m-%dT%H:%M:%SZ}",
        "count": len(items),
        "items": items,
        "intent": first["intent"],
        "understood": first["understood"],
    }
    return send(body, record["say"])


def _by_label(question: Question, text: str) -> str | None:
    """Return the choice whose words were said."""
    said = folded(text).strip(" .!")
    labels = question.record["labels"]
    return next((each for each in labels if folded(labels[each]) == said), None)


def _answered(question: Question, answer: str, *, preview: bool) -> Response:
    """Carry out the answer to the question; ask again where it is none.

    With ``preview`` it is only told, and the question stays open.
    """
    if answer != "no" and answer not in question.record["calls"]:
        return _asking(question)
    if preview:
        return _chosen(question, answer)
    question_id = question.question_id
    if state().claim is not None:
        return _taken(question_id, answer)
    return carry(_slot(question_id, answer), lambda: _taken(question_id, answer))


def _chosen(question: Question, answer: str) -> Response:
    record = question.record
    if answer == "no":
        first = next(iter(record["calls"].values()))
        body = {"intent": first["intent"], "understood": first["understood"]}
        return send({**body, "done": "no"}, voice().say("ask.no_then"))
    if answer not in record["calls"]:
        raise NoQuestion("no such choice")
    kept = record["calls"][answer]
    call = Call.of_record(kept)
    state().is_asked, state().expected = True, kept["seen"]
    _note_habit(call.intent)
    return marked(call.run(), call)


def _note_habit(intent: str) -> None:
    """Count what was asked for; the menu is sorted by it."""
    try:
        services().store.habits.note(device().device_id, intent)
    except StoreDown as error:
        logger.warning("a habit is not noted: %s", error.detail)
