"""From a template to the property list that the Shortcuts app reads."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from bridge.shortcuts.plist import (
    PART,
    Plist,
    at_key,
    attachment,
    dictionary_field,
    named_variable,
    names_in,
    output_of,
    quantity,
    shortcut_input,
    subject,
    token_string,
    with_detail,
)
from bridge.shortcuts.template import (
    LANGUAGES,
    Choice,
    Choices,
    Fields,
    Flow,
    Plain,
    Quantity,
    ShortcutTemplate,
    Step,
    Subject,
    Surface,
    Text,
    Titles,
    Value,
    Variable,
    Words,
)

SETUP_CODE = "Setup code"
"""The name of the Text step that the import question fills in."""

PREFIX = "is.workflow.actions."
_NAMESPACE = uuid.UUID("2f0c2b8e-6d0b-5c0e-9a52-5f5d3e0c7a11")
_CLIENT_VERSION = "2607.1.3"  # iOS 17: old enough for every phone that runs us
_ANY_FILE = "WFGenericFileContentItem"
_INPUT = "Shortcut Input"
_QUESTION = {
    "en": "Setup code (copy it from your bridge's page)",
    "de": "Einrichtungscode (von der Seite deiner Bridge kopieren)",
    "fr": "Code de configuration (copie-le depuis la page de ton bridge)",
    "es": "Código de configuración (cópialo de la página de tu bridge)",
}


class TemplateError(ValueError):
    """A template that cannot become a working shortcut."""


def words_in(words: Words, language: str | None) -> str:
    """Return the words of one language, or of all when one file serves all."""
    if isinstance(words, str):
        return words
    if language is None:
        return " · ".join(dict.fromkeys(words[each] for each in LANGUAGES))
    return words[language]


def compile_template(template: ShortcutTemplate, language: str) -> Plist:
    """Return the whole property list of a template in one language.

    Parameters
    ----------
    template
        What to build.
    language
        One of ``LANGUAGES``; without effect where one file serves all.

    Returns
    -------
    Plist
        The root of a ``.shortcut`` file; the same arguments give the same content.

    Raises
    ------
    TemplateError
        If a step refers to an output that no earlier step has, or blocks do not close.

    Source
    ------
    Root keys as found in real files; WFWorkflowName is never among them.
    """
    spoken = language if template.translated else None
    compiler = _Compiler(template, spoken)
    actions = [compiler.action(i, step) for i, step in enumerate(template.steps)]
    compiler.finish()
    root: Plist = {
        "WFQuickActionSurfaces": [],
        "WFWorkflowActions": actions,
        "WFWorkflowClientVersion": _CLIENT_VERSION,
        "WFWorkflowHasOutputFallback": False,
        "WFWorkflowHasShortcutInputVariables": compiler.takes_input,
        "WFWorkflowIcon": {
            "WFWorkflowIconGlyphNumber": template.glyph.value,
            "WFWorkflowIconStartColor": template.colour.value,
        },
        "WFWorkflowImportQuestions": [_question(template.steps, spoken)],
        "WFWorkflowInputContentItemClasses": (
            [_ANY_FILE] if Surface.SHARE in template.surfaces else []
        ),
        "WFWorkflowMinimumClientVersion": 900,
        "WFWorkflowMinimumClientVersionString": "900",
        "WFWorkflowOutputContentItemClasses": [],
        "WFWorkflowTypes": [surface.value for surface in template.surfaces],
    }
    if template.disabled_on_lock_screen:
        root["WFWorkflowIsDisabledOnLockScreen"] = True
    return root


def resolve_constants(text: str, template: ShortcutTemplate, spoken: str | None) -> str:
    """Fill in what a template says of itself: ``{slug}``, ``{version}``, …."""
    constants = {
        "slug": template.slug,
        "version": str(template.version),
        "name": words_in(template.names, spoken),
        "about": words_in(template.about, spoken),
    }
    for key, value in constants.items():
        text = text.replace(f"{{{key}}}", value)
    return text


def _question(steps: Iterable[Step], spoken: str | None) -> Plist:
    for index, step in enumerate(steps):
        if step.name == SETUP_CODE:
            return {
                "ActionIndex": index,
                "Category": "Parameter",
                "ParameterKey": "WFTextActionText",
                "Text": words_in(_QUESTION, spoken),
            }
    raise TemplateError(f"no step is called {SETUP_CODE!r}")


@dataclass
class _Compiler:
    template: ShortcutTemplate
    spoken: str | None
    outputs: dict[str, Plist] = field(default_factory=dict)
    blocks: list[tuple[str, str]] = field(default_factory=list)
    takes_input: bool = False

    def action(self, index: int, step: Step) -> Plist:
        parameters: Plist = {}
        if step.flow is not None:
            parameters["GroupingIdentifier"] = self._group(index, step)
            parameters["WFControlFlowMode"] = int(step.flow)
        for each in step.fields:
            if each.key:
                parameters[each.key] = self._encode(each.value)
        if step.output:
            parameters["UUID"] = self._remember(index, step)
            if step.name:
                parameters["CustomOutputName"] = step.name
        return {
            "WFWorkflowActionIdentifier": PREFIX + step.action,
            "WFWorkflowActionParameters": parameters,
        }

    def finish(self) -> None:
        if self.blocks:
            raise TemplateError(f"{self.template.slug}: {self.blocks[-1][0]} is open")

    def _remember(self, index: int, step: Step) -> str:
        identifier = self._uuid(str(index))
        name = step.name or step.output
        self.outputs[name] = output_of(identifier, name)
        return identifier

    def _group(self, index: int, step: Step) -> str:
        if step.flow is Flow.START:
            self.blocks.append((step.action, self._uuid(f"{index}/group")))
        elif not self.blocks or self.blocks[-1][0] != step.action:
            raise TemplateError(f"{self.template.slug} {index}: {step.title} is stray")
        group = self.blocks[-1][1]
        if step.flow is Flow.END:
            self.blocks.pop()
        return group

    def _uuid(self, place: str) -> str:
        name = f"{self.template.slug}/{place}"
        return str(uuid.uuid5(_NAMESPACE, name)).upper()

    def _encode(self, value: Value) -> object:
        found: object
        match value:
            case Text(words):
                text = self._say(words)
                found = token_string(text, self._refer) if names_in(text) else text
            case Plain(words):
                found = self._say(words)
            case Choice(word):
                found = word
            case Choices(chosen):
                found = list(chosen)
            case Titles(rows):
                found = [self._say(row) for row in rows]
            case Variable(name):
                found = attachment(name, self._refer)
            case Subject(name):
                found = subject(name, self._refer)
            case Quantity(name, unit):
                found = quantity(name, unit, self._refer)
            case Fields(items):
                said = [(key, self._say(words)) for key, words in items.items()]
                found = dictionary_field(said, self._refer)
            case _:
                found = value
        return found

    def _say(self, words: Words) -> str:
        text = words_in(words, self.spoken)
        return resolve_constants(text, self.template, self.spoken)

    def _refer(self, name: str) -> Plist:
        if name in self.outputs:
            return self.outputs[name]
        if match := PART.fullmatch(name):
            whole = self._refer(match["whole"])
            key, detail = match["key"], match["detail"]
            return at_key(whole, key) if key else with_detail(whole, detail)
        if name == _INPUT and Surface.SHARE in self.template.surfaces:
            self.takes_input = True
            return shortcut_input()
        if name == "Repeat Item" and any(a == "repeat.each" for a, _ in self.blocks):
            return named_variable(name)
        raise TemplateError(f"{self.template.slug}: no earlier step is called {name!r}")
