"""The hub: four actions, built by hand, that ask and log everything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import pytest
from flask import Flask, Response

from bridge.config import Config
from bridge.domain.ask.intents import INTENTS
from bridge.domain.ask.lexicon import examples_in
from bridge.domain.ask.understand import understand
from bridge.shortcuts.blocks import setup_code
from bridge.shortcuts.build import build_shortcut
from bridge.shortcuts.catalog import CATALOG
from bridge.shortcuts.catalog.hub import TRAINING, TRAINING_MENU
from bridge.shortcuts.compile import words_in
from bridge.shortcuts.recipe import short_steps
from bridge.shortcuts.template import LANGUAGES, ShortcutTemplate, Step, Text
from bridge.simulator.world import World
from bridge.store.athletes import OWNER
from tests.player import FIRST, Phone, Run
from tests.shortcuts.test_play import LiveBridge

in_every_language = pytest.mark.parametrize("language", LANGUAGES)


@dataclass
class Hub:
    """A phone with the hub on it, and what the bridge answered it."""

    bridge: LiveBridge
    answers: list[dict[str, Any]] = field(default_factory=list)

    def say(
        self,
        *said: str,
        language: str = "en",
        template: ShortcutTemplate = TRAINING,
        by_hand: bool = True,
    ) -> Run:
        """Run it once: the four actions, or the file's long form."""
        steps = (*setup_code(), *short_steps(template)) if by_hand else template.steps
        content = build_shortcut(replace(template, steps=steps), language)
        code = f"{self.bridge.address}#{self.bridge.token}"
        return Phone(language=language).run(content, install=[code], answers=said)


@pytest.fixture
def hub(config: Config, world: World) -> Iterator[Hub]:
    for name in ("Stretching", "Evening ride"):
        world.add_event(name=name, description="- 20m 60%")
    live = LiveBridge(config, world)
    known = Hub(live)
    app = live.server.app
    assert isinstance(app, Flask)

    @app.after_request
    def note(response: Response) -> Response:
        known.answers.append(response.get_json(silent=True) or {})
        return response

    yield known
    live.close()


def wrote(world: World) -> int:
    return sum(asked.method != "GET" for asked in world.requests)


@in_every_language
@pytest.mark.parametrize("intent", INTENTS, ids=lambda each: each.name)
def test_every_intent_is_answered_and_its_questions_are_taken(
    intent: Any, language: str, hub: Hub
) -> None:
    for sentence in examples_in(language)[intent.name]:
        run = hub.say(sentence, language=language)
        answer = hub.answers[-1]
        assert (run.shown, run.stopped) == ([answer["speech"]], ""), sentence
        assert answer.get("intent") == intent.name, (sentence, answer)
        if answer.get("question") == "yes":
            yes = answer["choices"].splitlines()[0]
            run = hub.say(yes, language=language)
            assert (run.shown, run.stopped) == ([hub.answers[-1]["speech"]], "")
            assert "question" not in hub.answers[-1], (sentence, hub.answers[-1])


@in_every_language
def test_a_question_is_answered_with_no_and_nothing_is_written(
    language: str, hub: Hub
) -> None:
    run = hub.say(asking_back(language), language=language)
    no = hub.answers[-1]["choices"].splitlines()[-1]
    assert run.shown[0].rstrip().endswith("?") or no in run.shown[0]
    hub.say(no, language=language)
    assert hub.answers[-1]["status"] == "ok"
    assert wrote(hub.bridge.world) == 0


@in_every_language
def test_the_long_form_takes_the_answer_in_the_same_run(
    language: str, hub: Hub
) -> None:
    sentence = asking_back(language)
    run = hub.say(sentence, FIRST, language=language, by_hand=False)
    asked, done = hub.answers[-2:]
    assert asked["question"] == "yes"
    assert run.asked[-1] == asked["speech"]
    assert (run.shown, run.alerts) == ([done["speech"]], [])
    assert wrote(hub.bridge.world) == 1


@in_every_language
def test_every_line_of_the_menu_is_understood_by_hand_and_in_the_file(
    language: str, hub: Hub
) -> None:
    for by_hand in (True, False):
        run = hub.say(FIRST, language=language, template=TRAINING_MENU, by_hand=by_hand)
        assert run.stopped == ""
        assert len(run.shown) == 1
        if not by_hand:  # by hand the answer is the sentence alone
            assert hub.answers[-1]["status"] == "ok"


@pytest.mark.parametrize("by_hand", [True, False])
@pytest.mark.parametrize("said", ["purple elephants", "42", "rm -rf /", "🚴"])
def test_what_is_not_understood_is_a_sentence_and_no_write(
    said: str, by_hand: bool, hub: Hub
) -> None:
    run = hub.say(said, by_hand=by_hand)
    assert hub.answers[-1]["status"] == "error"
    assert run.heard == [hub.answers[-1]["speech"]]
    assert wrote(hub.bridge.world) == 0


@pytest.mark.parametrize("by_hand", [True, False])
def test_a_phone_that_may_only_read_hears_what_is_missing(
    by_hand: bool, hub: Hub
) -> None:
    known = hub.bridge.services
    device = known.store.devices.add("iPad", "read", OWNER, known.clock())
    hub.bridge.token = known.tokens.issue(device.device_id)
    assert hub.say("How is my form?", by_hand=by_hand).shown
    run = hub.say("Log 72 and a half kilos", by_hand=by_hand)
    assert hub.answers[-1]["code"] == "scope_too_small"
    assert run.heard == [hub.answers[-1]["speech"]]
    assert wrote(hub.bridge.world) == 0


@pytest.mark.parametrize("by_hand", [True, False])
def test_a_revoked_phone_hears_it_from_the_hub(by_hand: bool, hub: Hub) -> None:
    hub.bridge.revoke()
    for template in (TRAINING, TRAINING_MENU):
        said = [] if template is TRAINING_MENU and not by_hand else [FIRST]
        said = ["How is my form?"] if template is TRAINING else said
        (sentence,) = hub.say(*said, template=template, by_hand=by_hand).heard
        assert "revoked" in sentence


@pytest.mark.parametrize("template", [TRAINING, TRAINING_MENU], ids=lambda t: t.slug)
def test_an_offline_hub_stops_without_a_wrong_word(
    template: ShortcutTemplate, hub: Hub
) -> None:
    hub.bridge.address = "http://127.0.0.1:9"
    said = ["How is my form?"] if template is TRAINING else []
    for by_hand in (True, False):
        run = hub.say(*said, template=template, by_hand=by_hand)
        assert run.heard == []
        assert run.stopped.startswith("Get Contents of URL")


def asking_back(language: str) -> str:
    """Return a sentence that the bridge only carries out after a yes."""
    return examples_in(language)["apply_zones"][0]


@in_every_language
def test_the_example_in_every_prompt_is_understood(language: str) -> None:
    now = datetime.fromisoformat("2026-11-23T09:00")
    examples = [
        words.rpartition(mark)[2]
        for template in CATALOG
        if "/v1/ask" in str(short_steps(template))
        for step in short_steps(template)
        for words in [_prompt(step, language)]
        for mark in (EXAMPLE[language],)
        if mark in words
    ]
    assert len(examples) >= 4
    for example in examples:
        understood = understand(example, now, [language])
        assert len(understood.readings) == 1, example
        assert understood.readings[0].not_used == (), example


EXAMPLE = {
    "en": "example: ",
    "de": "Beispiel: ",
    "fr": "exemple : ",
    "es": "ejemplo: ",
}


def _prompt(step: Step, language: str) -> str:
    for each in step.fields:
        if each.key == "WFAskActionPrompt" and isinstance(each.value, Text):
            return words_in(each.value.words, language)
    return ""
