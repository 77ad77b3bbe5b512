"""A recipe: the same shortcut in words, to be built by hand in a few minutes.

Every action stands in order, with the values to copy and the name to give its result,
in the words of the Shortcuts app in the language of the phone (``words/``). The form
to build by hand is ``short``: two to five actions, with address and token typed in.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from bridge.shortcuts.actions import contents_of_url, show_result
from bridge.shortcuts.blocks import setup_code, speak_answer
from bridge.shortcuts.compile import (
    SETUP_CODE,
    TemplateError,
    resolve_constants,
    words_in,
)
from bridge.shortcuts.plist import DATES, PART, names_in
from bridge.shortcuts.template import (
    LANGUAGES,
    Choice,
    Choices,
    Field,
    Fields,
    Flow,
    Plain,
    Quantity,
    ShortcutTemplate,
    Step,
    Subject,
    Text,
    Titles,
    Variable,
    Words,
)

Recipe = dict[str, Any]
_WORDS = Path(__file__).with_name("words")


@cache
def app_words(language: str) -> Mapping[str, Mapping[str, str]]:
    """Return the words of a recipe in one language.

    Returns
    -------
    mapping
        ``sentences`` by their keys; ``titles``, ``labels``, ``choices`` and ``outputs``
        of the Shortcuts app by their English words.
    """
    read = read_words(language)
    tables = ("sentences", "titles", "labels", "choices", "outputs")
    return {table: read.get(table, {}) for table in tables}


@cache
def read_words(language: str) -> dict[str, Any]:
    """Read all words of one language: a recipe's, its page's, the automations'."""
    return tomllib.loads((_WORDS / f"{language}.toml").read_text(encoding="utf-8"))


def write_recipe(template: ShortcutTemplate) -> Recipe:
    """Return the recipe of a template in every language."""
    return {
        "slug": template.slug,
        "version": template.version,
        "languages": {
            language: {
                "name": template.names[language],
                "about": template.about[language],
                "steps": {
                    "short": _Writer(template, language).rows(short_steps(template)),
                    "full": _Writer(template, language).rows(template.steps),
                },
            }
            for language in LANGUAGES
        },
    }


def comes_along(step: Step) -> bool:
    """Tell whether Shortcuts adds a step by itself, with the block it belongs to."""
    return step.flow in (Flow.MIDDLE, Flow.END)


def short_steps(template: ShortcutTemplate) -> tuple[Step, ...]:
    """Return the form to build by hand, the template's own or one made of it.

    Where it has none of its own it asks at most one question, makes one request and
    speaks the answer: with ``?format=text`` that is the sentence alone, whether all
    went well or not. Address and token are typed into the request: ``{Address}`` and
    ``{Token}`` stand for them.

    Raises
    ------
    TemplateError
        If the template does more than that and has no short form of its own.
    """
    if template.short:
        return template.short
    head, tail = setup_code(), speak_answer()
    middle = template.steps[len(head) : -len(tail)]
    if template.steps != (*head, *middle, *tail) or len(middle) < 2:
        raise TemplateError(f"{template.slug} has no short form")
    *questions, request, _ = middle
    if any(step.action != "ask" for step in questions):
        raise TemplateError(f"{template.slug} has no short form")
    return (
        *(replace(step, name="") for step in questions),
        _as_text(request, *questions),
        show_result("{Contents of URL}"),
    )


def _as_text(request: Step, *questions: Step) -> Step:
    values = {field.key: field.value for field in request.fields}
    match values["WFURL"], values["WFHTTPMethod"], values.get("WFJSONValues"):
        case Text(str(url)), Choice(method), body:
            mark = "&" if "?" in url else "?"
            return contents_of_url(
                f"{url}{mark}format=text",
                name="",
                method=method,
                headers={"Authorization": "Bearer {Token}"},
                body=_asked(body, *questions) if isinstance(body, Fields) else None,
            )
    raise ValueError(f"{request.title} is no request")


def _asked(body: Fields, *questions: Step) -> dict[str, str]:
    """Return the body with the app's own name for what was answered."""
    said = {key: str(words) for key, words in body.items.items()}
    for step in questions:
        for key, words in said.items():
            said[key] = words.replace(f"{{{step.name}}}", f"{{{step.output}}}")
    return said


class _Writer:
    def __init__(self, template: ShortcutTemplate, language: str) -> None:
        self.template = template
        self.language = language
        self.words = app_words(language)
        self.sentences = self.words["sentences"]
        self.results: dict[str, str] = {}
        self.opened: list[str] = []

    def rows(self, steps: tuple[Step, ...]) -> list[Recipe]:
        """Number what is to be added; what a block brings along has no number."""
        rows: list[Recipe] = []
        number = 0
        for step in steps:
            if comes_along(step):
                place = {"depth": len(self.opened) - 1, "comes_with": self.opened[-1]}
            else:
                number += 1
                place = {"depth": len(self.opened), "number": number}
            rows.append(place | self._step(step))
            self._remember(step)
        return rows

    def _remember(self, step: Step) -> None:
        title = self._word("titles", step.title)
        if step.flow is Flow.START:
            self.opened.append(title)
        elif step.flow is Flow.END:
            self.opened.pop()
        if step.output and not step.name:
            self.results[step.output] = self._word("outputs", step.output)

    def _step(self, step: Step) -> Recipe:
        values = [each for field in step.fields for each in self._values(field)]
        if step.name == SETUP_CODE:
            yours = self.sentences["your_code"]
            values = [{"field": "Text", "value": yours, "copy": ""}]
        row: Recipe = {
            "action": step.title,
            "title": self._word("titles", step.title),
            "values": values,
        }
        if step.name:
            row["rename"] = step.name
        row["instructions"] = self._instructions(step, row)
        return row

    def _instructions(self, step: Step, row: Recipe) -> str:
        kind, block = "add", ""
        if comes_along(step):
            kind, block = "comes_along", self.opened[-1]
        said = [self.sentences[kind].format(title=row["title"], block=block)]
        said += [self.sentences["set"].format(**value) for value in row["values"]]
        if step.name:
            said.append(self.sentences["rename"].format(name=step.name))
        return " ".join(said)

    def _values(self, field: Field) -> list[Recipe]:
        match field.value:
            case _ if not field.label:
                return []
            case Fields(items):
                label = self._word("labels", field.label)
                return [
                    self._value(f"{label}: {key}", self._say(words))
                    for key, words in items.items()
                ]
            case Variable(name) | Subject(name):
                text = f"{{{name}}}"
            case Quantity(name, unit):
                text = f"{{{name}}} {unit}"
            case Titles(rows):
                label = self._word("labels", "Item")
                titles = enumerate(map(self._say, rows), start=1)
                return [self._value(f"{label} {n}", title) for n, title in titles]
            case Choice() | Choices() as choice:
                words = [choice.word] if isinstance(choice, Choice) else choice.words
                said = ", ".join(self._word("choices", word) for word in words)
                return [self._given(field.label, said)]
            case bool(on):
                return [self._given(field.label, self.sentences["on" if on else "off"])]
            case Text(words) | Plain(words):
                text = self._say(words)
            case other:
                text = str(other)
        return [self._value(field.label, text)]

    def _value(self, label: str, text: str) -> Recipe:
        """Return one value to enter: to read, and what of it can be copied."""
        shown, copied = text, text
        for name in names_in(text):
            result = self._named(name)
            shown = shown.replace(f"{{{name}}}", f"‹{result}›")
            copied = copied.replace(f"{{{name}}}", "")
        return {
            "field": self._word("labels", label),
            "value": shown or self.sentences["nothing"],
            "copy": copied,
        }

    def _named(self, name: str) -> str:
        """Return what the app calls a variable, and the detail or key asked of it."""
        match = PART.fullmatch(name)
        whole = match["whole"] if match else name
        shown = self.results.get(whole, self._word("outputs", whole))
        if match is None:
            return shown
        asked = match["key"] or self._word("choices", match["detail"])
        dated = match["detail"] in DATES
        return f"{shown} · {asked}" + (" · ISO 8601" if dated else "")

    def _given(self, label: str, text: str) -> Recipe:
        """Return one value to choose: there is nothing to copy."""
        return {"field": self._word("labels", label), "value": text, "copy": ""}

    def _say(self, words: Words) -> str:
        text = words_in(words, self.language)
        return resolve_constants(text, self.template, self.language)

    def _word(self, table: str, english: str) -> str:
        return self.words[table].get(english, english)
