"""The builder: same bytes, no drift, nothing that a phone would choke on."""

from __future__ import annotations

import hashlib
import json
import plistlib
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shortcut_forge.lint import lint_plist

from bridge.shortcuts.actions import end_if, if_, repeat_with_each, show_result, text
from bridge.shortcuts.blocks import setup_code
from bridge.shortcuts.build import (
    build_all,
    build_shortcut,
    generated_files,
    problems,
    write_all,
)
from bridge.shortcuts.catalog import CATALOG
from bridge.shortcuts.catalog.files import SEND_TO_TRAINING
from bridge.shortcuts.catalog.health import SYNC_BODY
from bridge.shortcuts.catalog.questions import MY_ZONES, QUESTIONS
from bridge.shortcuts.compile import TemplateError, compile_template
from bridge.shortcuts.files import (
    FOLDER,
)
from bridge.shortcuts.plist import output_of, token_string
from bridge.shortcuts.recipe import comes_along, short_steps
from bridge.shortcuts.template import LANGUAGES, ShortcutTemplate, Step
from tests.player import open_shortcut
from tests.player.tokens import read_text

EVERY = CATALOG
every = pytest.mark.parametrize("template", EVERY, ids=lambda each: each.slug)
either = pytest.mark.parametrize("language", LANGUAGES)
CHARACTERS = st.characters(codec="utf-8", exclude_characters="{}\ufffc\0")
_DIGESTS = """
import hashlib, json
from bridge.shortcuts.build import build_all
built = build_all()
print(json.dumps({k: hashlib.sha256(v).hexdigest() for k, v in built.items()}))
"""


def _with(*steps: Step) -> ShortcutTemplate:
    return replace(QUESTIONS["my-training-form"], steps=(*setup_code(), *steps))


def test_another_process_builds_the_same_bytes() -> None:
    command = [sys.executable, "-c", _DIGESTS]
    environment = {"PYTHONHASHSEED": "7", "PYTHONPATH": str(Path(__file__).parents[2])}
    output = subprocess.run(command, capture_output=True, check=True, env=environment)
    here = {key: hashlib.sha256(each).hexdigest() for key, each in build_all().items()}
    assert json.loads(output.stdout) == here


def test_the_built_files_are_those_of_the_templates() -> None:
    built = build_all()
    assert generated_files() == sorted(built), "run `make shortcuts`"
    for name, content in built.items():
        assert (FOLDER / name).read_bytes() == content, f"run `make shortcuts`: {name}"


def test_building_removes_what_has_no_template_any_more(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "Old name.shortcut").write_bytes(b"x")
    written = write_all(tmp_path)
    assert generated_files(tmp_path) == written
    assert "en/Old name.shortcut" not in written


@either
@every
def test_the_linter_finds_no_error(template: ShortcutTemplate, language: str) -> None:
    root = plistlib.loads(build_shortcut(template, language))
    found = [str(each) for each in lint_plist(root) if each.rule != "SF014"]
    assert found == []


@either
@every
def test_the_import_question_asks_for_the_setup_code(
    template: ShortcutTemplate, language: str
) -> None:
    document = open_shortcut(build_shortcut(template, language))
    (question,) = document.questions
    target = document.actions[question["ActionIndex"]]
    assert (target.kind, "DefaultValue" in question) == ("gettext", False)
    assert target.parameters["WFTextActionText"] == ""
    word = {
        "en": "Setup code",
        "de": "Einrichtungscode",
        "fr": "Code de configuration",
        "es": "Código de configuración",
    }[language]
    assert word in question["Text"]


@every
def test_one_file_serves_all_languages_unless_it_asks_something(
    template: ShortcutTemplate,
) -> None:
    files = {build_shortcut(template, language) for language in LANGUAGES}
    document = open_shortcut(files.copy().pop())
    kinds = {each.kind for each in document.actions}
    asks = bool(kinds & {"ask", "choosefrommenu", "choosefromlist"})
    assert template.translated == asks
    assert len(files) == (len(LANGUAGES) if asks else 1)


@every
def test_spotlight_finds_it_and_the_share_sheet_what_takes_files(
    template: ShortcutTemplate,
) -> None:
    document = open_shortcut(build_shortcut(template, "en"))
    assert "WFWorkflowTypeShowInSearch" in document.types
    shared = template is SEND_TO_TRAINING
    assert document.takes == (("WFGenericFileContentItem",) if shared else ())


# What Siri takes for an order of her own: to end a workout, to run a shortcut.
_SIRIS = re.compile(r"^(run|start|stop|end|finish|pause|resume|open|play|set|log)\b")


@every
def test_no_name_begins_with_an_order_that_siri_takes_for_herself(
    template: ShortcutTemplate,
) -> None:
    assert not _SIRIS.match(template.names["en"].lower())


@every
def test_a_recipe_has_five_actions_at_most(template: ShortcutTemplate) -> None:
    steps = short_steps(template)
    added = [step for step in steps if not comes_along(step)]
    assert 2 <= len(added) <= (8 if template is SYNC_BODY else 5)


@every
def test_no_action_loops_over_health_data(template: ShortcutTemplate) -> None:
    document = open_shortcut(build_shortcut(template, "en"))
    kinds = {each.kind for each in document.actions}
    assert not {"repeat.each", "filter.health.quantity"} <= kinds


@every
def test_an_automation_of_the_night_meets_nothing_that_waits(
    template: ShortcutTemplate,
) -> None:
    document = open_shortcut(build_shortcut(template, "en"))
    code = len(setup_code())
    kinds = {each.kind for each in document.actions[code:]}
    # The phone is in the owner's hand at the others.
    if set(template.triggers) & {"time", "alarm", "charger", "app", "sleep_focus"}:
        assert not kinds & {"alert", "showresult", "ask", "documentpicker.save"}


@every
def test_what_changes_zones_is_kept_off_the_lock_screen(
    template: ShortcutTemplate,
) -> None:
    document = open_shortcut(build_shortcut(template, "en"))
    asked = [
        (each.parameters["WFHTTPMethod"], json.dumps(each.parameters["WFURL"]))
        for each in document.actions
        if each.kind == "downloadurl"
    ]
    risky = any(
        method == "DELETE" or (method != "GET" and "/v1/zones" in url)
        for method, url in asked
    )
    assert document.disabled_on_lock_screen == risky


@every
def test_a_template_that_writes_has_the_scope_to_write(
    template: ShortcutTemplate,
) -> None:
    document = open_shortcut(build_shortcut(template, "en"))
    methods = {each.parameters.get("WFHTTPMethod", "GET") for each in document.actions}
    assert template.scope == ("read" if methods == {"GET"} else "write")


def test_names_and_slugs_are_unique_and_fit_a_file_name() -> None:
    slugs = [template.slug for template in EVERY]
    assert len(set(slugs)) == len(slugs)
    for language in LANGUAGES:
        names = [template.names[language] for template in EVERY]
        assert len(set(names)) == len(names)
        assert not any(set(name) & set('/\\:*?"<>|') for name in names)


def test_a_question_without_an_example_is_no_template() -> None:
    nameless = replace(MY_ZONES, examples={})
    with pytest.raises(TemplateError, match="no example for a part"):
        build_all([nameless])


def test_an_unknown_name_is_no_template() -> None:
    with pytest.raises(TemplateError, match="no earlier step is called 'Speech'"):
        compile_template(_with(show_result("{Speech}")), "en")


def test_an_open_block_is_no_template() -> None:
    with pytest.raises(TemplateError, match="conditional is open"):
        compile_template(_with(if_("Code", "is", "x")), "en")
    with pytest.raises(TemplateError, match="End If is stray"):
        compile_template(_with(repeat_with_each("Parts"), end_if()), "en")


def test_a_template_without_the_setup_code_is_none() -> None:
    lonely = replace(QUESTIONS["my-training-form"], steps=(text("x", name="X"),))
    with pytest.raises(TemplateError, match="Setup code"):
        build_shortcut(lonely, "en")


def _broken(root: dict[str, Any], kind: str, **changes: Any) -> list[str]:
    for action in root["WFWorkflowActions"]:
        if action["WFWorkflowActionIdentifier"].endswith(kind):
            action["WFWorkflowActionParameters"].update(changes)
    return problems(root)


@pytest.mark.parametrize(
    ("kind", "changes", "why"),
    [
        ("downloadurl", {"WFHTTPMethod": "Get"}, "cannot be 'Get'"),
        ("downloadurl", {"WFHTTPHeaders": {"a": "b"}}, "not a dictionary field"),
        ("downloadurl", {"WFHTTPHeader": "x"}, "unknown parameter"),
        ("showresult", {"Text": 3}, "expected a string"),
        ("getvalueforkey", {"WFGetDictionaryValueType": "Key"}, "cannot be 'Key'"),
        ("getitemfromlist", {"UUID": "A"}, "UUID of an earlier action"),
        ("text.split", {"UUID": "A"}, "is not there yet"),
        ("gettext", {"WFTextActionText": "https://x"}, "not an empty"),
    ],
)
def test_what_shortcutkit_overlooks_is_noticed(
    kind: str, changes: dict[str, Any], why: str
) -> None:
    found = _broken(
        compile_template(QUESTIONS["my-training-form"], "en"), kind, **changes
    )
    assert any(why in each for each in found)


def test_blocks_questions_and_new_actions_are_checked() -> None:
    root = compile_template(QUESTIONS["my-training-form"], "en")
    root["WFWorkflowActions"].pop()
    root["WFWorkflowImportQuestions"][0]["ActionIndex"] = 99
    root["WFWorkflowActions"].append(
        {
            "WFWorkflowActionIdentifier": "is.workflow.actions.askllm",
            "WFWorkflowActionParameters": {},
        }
    )
    found = " ".join(problems(root))
    for why in ("never closed", "which is not there", "too new"):
        assert why in found


@given(st.lists(st.text(CHARACTERS), min_size=1))
def test_any_text_keeps_its_variables_in_their_places(parts: list[str]) -> None:
    token = token_string("{X}".join(parts), lambda name: output_of("U", name))
    read = read_text(token, lambda _: ["<x>"], "en")
    assert read == "<x>".join(parts)


@every
def test_no_file_holds_a_secret_or_an_address(template: ShortcutTemplate) -> None:
    content = build_shortcut(template, "en").decode()
    content = content.replace("http://www.apple.com/DTDs/PropertyList-1.0.dtd", "")
    assert "http" not in content.lower().replace("wfhttp", "")
    assert content.count("icb_") == 1  # the If that tells a whole code from a cut one


def test_french_says_tu_in_every_file() -> None:
    files = sorted((Path(__file__).parents[2] / "shortcuts").rglob("*.shortcut"))
    assert len(files) > 100
    formal = re.compile(r"\b(?:[Vv]ous|[Vv]otre|[Vv]os|[A-ZÀ-Ý]\w+ez)\b")
    for file in files:
        assert not formal.findall(repr(plistlib.loads(file.read_bytes()))), file
