"""Write what is made from the answers: examples of ``/docs``, sentences, samples.

Run as ``python -m tests.docs.generate``, with ``sentences`` for the pages of every
state of the world, which take a minute or two; ``make docs`` does both. Tests make them
all again and compare, so that they cannot rot.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import bridge.errors
from bridge.domain.ask.intents import INTENTS, UNSPOKEN
from bridge.domain.ask.lexicon import examples_in
from bridge.domain.speech.breath import MOST_S
from bridge.domain.speech.phrases import LANGUAGES, Phrase, phrases_of
from bridge.errors import BridgeError
from bridge.shortcuts.catalog import CATALOG
from bridge.shortcuts.recipe import read_words
from tests.docs.cards import write_cards
from tests.docs.examples import Example, all_examples, all_failures
from tests.docs.meanings import GROUPS, Group, note_of
from tests.docs.samples import SAMPLES, all_samples, samples_text
from tests.speech.corpus import Spoken, corpus, lengths_of, page_of, timed
from tests.support.lacking import find_binary

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "bridge" / "pages" / "examples.json"
PHRASES = ROOT / "docs" / "phrases.md"
ASK = ROOT / "docs" / "ask.md"
MORE_PHRASES = ROOT / "docs" / "phrases-more.md"
NAMES = {"en": "English", "de": "German", "fr": "French", "es": "Spanish"}
FIRST = ("en", "de")  # four columns would be too narrow to read
MORE = tuple(language for language in LANGUAGES if language not in FIRST)

ABOUT = (
    "What a phone may hear, in English and German; [other languages]"
    "(phrases-more.md) have a page of their own. What athletes hear in many states of "
    "the world stands in [sentences](sentences.md). `{…}` stands for what is filled "
    "in. This page is written by `make docs`; do not change it by hand."
)
ABOUT_MORE = (
    "What a phone may hear in the other languages, beside the English. What the "
    "sentences mean and what to do is told [in English and German](phrases.md). "
    "`{…}` stands for what is filled in. This page is written by `make docs`; do not "
    "change it by hand."
)

AUTOMATIONS = ROOT / "docs" / "automations.md"
ABOUT_AUTOMATIONS = (
    "An automation runs a shortcut by itself. A file cannot bring one along, so each "
    "is made by hand, once; the recipe of a shortcut shows the same in your language. "
    "Run the shortcut once by hand first, unlocked, and choose Always Allow: nobody "
    "can answer that question at night. Running twice does no harm. This page is "
    "written by `make docs`; do not change it by hand."
)
ABOUT_ASK = """\
`POST /v1/ask` takes one sentence, as the field `text` or as the body, in English,
German, French or Spanish, whatever the phone speaks. It answers what the route answers,
with `intent`, `understood` and, where words found no place, `not_used`.
`GET /v1/ask?q=` answers questions and writes nothing.

These are examples, not a list: words may stand in any order, days, times, lengths,
sports and numbers are found anywhere, and small words are passed over. Nothing is
guessed. Nothing is written while a number, a day, a sport or a name is left over; two
wishes in one sentence are both named and none is done.

What one word does not take back, or what can mean two things, comes back as a question:
`question` is "yes", `choices` has a line for each answer, `items` the path to post to
(`then`). A whole yes, no, “the second” or a line of `choices` in the next sentence of
the same device answers it too, until `expires_at`, five minutes later; any other
sentence ends it. Scope and state are checked again when it is carried out.
`confirm=always` asks before each write, `confirm=never` refuses what is doubtful.

Wellness fields of your own are known by what they are called in Intervals.icu:
“log coffee cups 3”, “how many coffee cups yesterday?” for `CoffeeCups`.

Asking is not answered from memory: the same wish said again is tried anew, and told
that it is so already. An `Idempotency-Key` makes a repeat of a request the same answer.

`GET /v1/menu` lists what can be asked, what this device asks most and what fits the
time of day first; with `?format=text` one sentence a line.

This page is written by `make docs`; do not change it by hand."""
ABOUT_UNSPOKEN = (
    "Files, ids, samples of a watch, and Intervals.icu's own interface have no words."
)

ABOUT_SENTENCES = (
    "What made-up athletes hear: the same questions in each state of the world, the "
    "most important first, then what is written and what goes wrong. Each sentence "
    "stands here once, with the states in which it was heard and the seconds that "
    "`espeak-ng -s 175` takes for it. Written by `make docs`; do not change it by hand."
)

Examples = Mapping[str, Example]


def main() -> None:
    """Write the files."""
    logging.getLogger("werkzeug").setLevel(logging.WARNING)  # not every request
    logging.getLogger("bridge").setLevel(logging.ERROR)  # what fails is meant to
    examples = all_examples()
    EXAMPLES.write_text(examples_text(examples), encoding="utf-8")
    failures = all_failures()
    PHRASES.write_text(phrases_text(examples, failures), encoding="utf-8")
    MORE_PHRASES.write_text(more_phrases_text(examples, failures), encoding="utf-8")
    ASK.write_text(ask_text(), encoding="utf-8")
    SAMPLES.write_text(samples_text(all_samples()), encoding="utf-8")
    AUTOMATIONS.write_text(automations_text(), encoding="utf-8")
    write_cards()


def write_sentences() -> None:
    """Write what is heard in every state of the world, with its seconds."""
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    program = find_binary("espeak-ng")
    if program is None:
        logging.warning("docs/sentences*.md stay as they are: no espeak-ng here")
        return
    rows = timed(corpus(), program)
    for language in LANGUAGES:
        text = sentences_text(rows, language)
        sentences_page(language).write_text(text, encoding="utf-8")


def sentences_page(language: str) -> Path:
    """Return the page of a language; English has the first."""
    ending = "" if language == "en" else f"-{language}"
    return ROOT / "docs" / f"sentences{ending}.md"


def sentences_text(rows: Sequence[Spoken], language: str) -> str:
    """Return the page of one language: how long, then every sentence once."""
    title = "# Every sentence" if language == "en" else f"# {NAMES[language]}"
    lines = [title, "", ABOUT_SENTENCES, "", *_lengths(rows), *page_of(rows, language)]
    return "\n".join(lines) + "\n"


def _lengths(rows: Sequence[Spoken]) -> list[str]:
    heads = ("Language", "Sentences", "Median", "Longest", f"Over {MOST_S:g} s")
    cells = []
    for language in LANGUAGES:
        found = lengths_of(rows, language)
        page = sentences_page(language).name
        median, longest = f"{found.median_s:.1f} s", f"{found.longest_s:.1f} s"
        name, share = f"[{NAMES[language]}]({page})", f"{found.long_percent:.1f} %"
        cells.append((name, str(found.count), median, longest, share))
    return _table(heads, cells)


def automations_text() -> str:
    """Return every trigger, tap by tap, and the shortcuts that are made for it."""
    words = read_words("en")
    lines = ["# Automations", "", ABOUT_AUTOMATIONS]
    for key, how in words["automations"].items():
        made_for = [each.names["en"] for each in CATALOG if key in each.triggers]
        name = made_for[0] if made_for else "…"
        steps = (
            words["automation"]["open"],
            words["automation"]["trigger"].format(trigger=f"**{how['trigger']}**"),
            how["set"],
            words["automation"]["choose"].format(name=name),
        )
        lines += ["", f"## {how['title']}", ""]
        lines += [f"{number}. {step}" for number, step in enumerate(steps, start=1)]
        lines += ["", how["why"]]
        if made_for:
            lines.append(f"Made for it: {', '.join(made_for)}.")
    for template in CATALOG:
        if template.triggers and template.advice:
            lines += ["", f"## Before {template.names['en']}", ""]
            lines.append(template.advice["en"])
    return "\n".join(lines) + "\n"


def examples_text(examples: Examples) -> str:
    """Return the examples as they are kept."""
    return json.dumps(examples, ensure_ascii=False, indent=1) + "\n"


def phrases_text(examples: Examples, failures: Sequence[Example]) -> str:
    """Return every sentence in English and German, with what it means."""
    lines = [
        "# Every phrase",
        "",
        ABOUT,
        "",
        "## One answer of each kind",
        "",
        "Asked on a Monday morning, 23 November 2026, in a made-up athlete's world.",
        "",
        *_table(("Request", *_names(FIRST)), _answers(examples.values(), FIRST)),
        "",
        "## Some failures",
        "",
        "In the last but one the device may only read; in the last, upstream is down.",
        "",
        *_table(("Request", *_names(FIRST)), _answers(failures, FIRST)),
    ]
    for group in GROUPS:
        lines += ["", f"## {group.title}", "", group.about, ""]
        rows = ([*said, note_of(key)] for key, said in _phrases(group, FIRST))
        lines += _table((*_names(FIRST), "Meaning"), rows)
    lines += [
        "",
        "## Failures",
        "",
        "What went wrong and what to do is spoken; the hint, English, is to be read.",
        "",
        *_table(
            ("Code", *_names(FIRST), "When"),
            ([code, *said, when] for code, said, when in _failures(FIRST)),
        ),
    ]
    return "\n".join(lines) + "\n"


def more_phrases_text(examples: Examples, failures: Sequence[Example]) -> str:
    """Return every sentence in the other languages, beside the English."""
    shown = ("en", *MORE)
    lines = ["# Every phrase in other languages", "", ABOUT_MORE]
    lines += ["", "## One answer of each kind", ""]
    lines += _table(("Request", *_names(MORE)), _answers(examples.values(), MORE))
    lines += ["", "## Some failures", ""]
    lines += _table(("Request", *_names(MORE)), _answers(failures, MORE))
    for group in GROUPS:
        lines += ["", f"## {group.title}", ""]
        lines += _table(_names(shown), (said for _, said in _phrases(group, shown)))
    lines += ["", "## Failures", ""]
    lines += _table(_names(shown), (said for _, said, _ in _failures(shown)))
    return "\n".join(lines) + "\n"


def ask_text() -> str:
    """Return what can be asked, in every language."""
    lines = ["# What can be asked", "", ABOUT_ASK]
    for title, writes in (("Questions", False), ("What it writes", True)):
        shown = [intent for intent in INTENTS if intent.writes == writes]
        lines += ["", f"## {title}", ""]
        rows = (
            [
                f"`{intent.name}`<br>`{intent.route}`",
                *("<br>".join(examples_in(each)[intent.name]) for each in LANGUAGES),
            ]
            for intent in shown
        )
        lines += _table(("Intent and route", *_names(LANGUAGES)), rows)
    lines += ["", "## Not by voice", "", ABOUT_UNSPOKEN, ""]
    # Asking is what the page is about, and needs no words of its own.
    silent = [route for route in sorted(UNSPOKEN) if not route.endswith("/v1/ask")]
    lines += [f"* `{route}`" for route in silent]
    return "\n".join(lines) + "\n"


def groupless() -> set[str]:
    """Return the phrases that no group tells about."""
    prefixes = {prefix for group in GROUPS for prefix in group.prefixes}
    keys = phrases_of("en")
    return {key for key in keys if _first(key) not in {*prefixes, "error"}}


def _answers(examples: Iterable[Example], shown: Sequence[str]) -> Iterator[list[str]]:
    for example in examples:
        if "speech" in example:
            said = [example["speech"][language] for language in shown]
            yield [f"`{example['request']}`{_body(example)}", *said]


def _body(example: Example) -> str:
    body = example.get("body")
    return f"<br>`{json.dumps(body, ensure_ascii=False)}`" if body else ""


def _phrases(group: Group, shown: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    for key in phrases_of("en"):
        if _first(key) in group.prefixes:
            yield key, [_shown(phrases_of(language)[key]) for language in shown]


def _failures(shown: Sequence[str]) -> Iterator[tuple[str, list[str], str]]:
    kinds = [kind for kind in vars(bridge.errors).values() if isinstance(kind, type)]
    for kind in kinds:
        if not issubclass(kind, BridgeError) or f"error.{kind.code}" not in _english():
            continue
        said = [
            _shown(phrases_of(language)[f"error.{kind.code}"]) for language in shown
        ]
        said[0] += f"<br>*{_shown(kind.hint)}*"
        about = (kind.__doc__ or "").strip().splitlines()[0].partition("; words:")[0]
        yield f"`{kind.code}` {kind.status}", said, about.rstrip(".")


def _english() -> Mapping[str, Phrase]:
    return phrases_of("en")


def _first(key: str) -> str:
    return key.partition(".")[0]


def _names(languages: Iterable[str]) -> list[str]:
    return [NAMES[language] for language in languages]


def _shown(phrase: Phrase) -> str:
    forms = [phrase] if isinstance(phrase, str) else list(phrase.values())
    return "<br>".join(form.replace("{{", "{").replace("}}", "}") for form in forms)


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    columns = list(heads)
    return [_row(columns), _row(["---"] * len(columns)), *map(_row, rows)]


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"


if __name__ == "__main__":
    write_sentences() if sys.argv[1:] == ["sentences"] else main()
