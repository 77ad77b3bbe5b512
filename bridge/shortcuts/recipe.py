"""A recipe: the same shortcut in words, to be built by hand in a few minutes.

Every action stands in order, with the values to copy and the name to give its result,
in the words of the Shortcuts app in the language of the phone.
"""

from __future__ import annotations

from typing import Any

from bridge.shortcuts.compile import SETUP_CODE, resolve_constants, words_in
from bridge.shortcuts.plist import names_in
from bridge.shortcuts.recipe_words import LABELS, SENTENCES, TITLES
from bridge.shortcuts.template import (
    LANGUAGES,
    Field,
    Fields,
    Flow,
    Plain,
    ShortcutTemplate,
    Step,
    Subject,
    Text,
    Variable,
    Words,
)
from bridge.shortcuts.template import (
    Titles as MenuTitles,
)

Recipe = dict[str, Any]


def write_recipe(template: ShortcutTemplate) -> Recipe:
    """Return the recipe of a template in every language."""
    return {
        "slug": template.slug,
        "version": template.version,
        "languages": {
            language: {
                "name": template.names[language],
                "about": template.about[language],
                "steps": _Writer(template, language).steps(),
            }
            for language in LANGUAGES
        },
    }


class _Writer:
    def __init__(self, template: ShortcutTemplate, language: str) -> None:
        self.template = template
        self.language = language
        self.sentences = SENTENCES[language]

    def steps(self) -> list[Recipe]:
        rows: list[Recipe] = []
        depth = 0
        for number, step in enumerate(self.template.steps, start=1):
            if step.flow in (Flow.MIDDLE, Flow.END):
                depth -= 1
            rows.append({"number": number, "depth": depth, **self._step(step)})
            if step.flow in (Flow.START, Flow.MIDDLE):
                depth += 1
        return rows

    def _step(self, step: Step) -> Recipe:
        values = [each for field in step.fields for each in self._values(field)]
        if step.name == SETUP_CODE:
            yours = self.sentences["your_code"]
            values = [{"field": "Text", "value": yours, "copy": ""}]
        row: Recipe = {
            "action": step.title,
            "title": self._word(TITLES, step.title),
            "values": values,
        }
        if step.name:
            row["rename"] = step.name
        row["instructions"] = self._instructions(step, row)
        return row

    def _instructions(self, step: Step, row: Recipe) -> str:
        comes_along = step.flow in (Flow.MIDDLE, Flow.END)
        kind = "go_on" if comes_along else "add"
        said = [self.sentences[kind].format(title=row["title"])]
        said += [self.sentences["set"].format(**value) for value in row["values"]]
        if step.name:
            said.append(self.sentences["rename"].format(name=step.name))
        return " ".join(said)

    def _values(self, field: Field) -> list[Recipe]:
        match field.value:
            case _ if not field.label:
                return []
            case Fields(items):
                label = self._word(LABELS, field.label)
                return [
                    self._value(f"{label}: {key}", self._say(words))
                    for key, words in items.items()
                ]
            case Variable(name) | Subject(name):
                text = f"{{{name}}}"
            case MenuTitles(rows):
                text = ", ".join(self._say(row) for row in rows)
            case Text(words) | Plain(words):
                text = self._say(words)
            case bool(on):
                text = self.sentences["on" if on else "off"]
            case other:
                text = str(other)
        return [self._value(field.label, text)]

    def _value(self, label: str, text: str) -> Recipe:
        """Return one value to enter: to read, and what of it can be copied."""
        shown, copied = text, text
        for name in names_in(text):
            shown = shown.replace(f"{{{name}}}", f"‹{name}›")
            copied = copied.replace(f"{{{name}}}", "")
        return {
            "field": self._word(LABELS, label),
            "value": shown or self.sentences["nothing"],
            "copy": copied,
        }

    def _say(self, words: Words) -> str:
        text = words_in(words, self.language)
        return resolve_constants(text, self.template, self.language)

    def _word(self, table: dict[str, dict[str, str]], english: str) -> str:
        return table.get(self.language, {}).get(english, english)
