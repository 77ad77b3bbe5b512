"""The built files: index, downloads, recipes, as the running bridge reads them."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bridge.shortcuts.build import build_all, write_all
from bridge.shortcuts.catalog import CATALOG
from bridge.shortcuts.catalog.files import SAVE_ACTIVITY_FILE
from bridge.shortcuts.catalog.health import SYNC_HEALTH
from bridge.shortcuts.catalog.questions import QUESTIONS, QUIET_BRIEF
from bridge.shortcuts.catalog.workouts import MOVE_MY_WORKOUT
from bridge.shortcuts.compile import TemplateError
from bridge.shortcuts.files import (
    FOLDER,
    UNSIGNED,
    find_entry,
    read_download,
    read_index,
    read_recipe,
)
from bridge.shortcuts.plist import names_in
from bridge.shortcuts.recipe import app_words, read_words, short_steps
from bridge.shortcuts.template import LANGUAGES, Choice, Choices, ShortcutTemplate
from tests.docs.generate import AUTOMATIONS, automations_text

EVERY = CATALOG
every = pytest.mark.parametrize("template", EVERY, ids=lambda each: each.slug)
either = pytest.mark.parametrize("language", LANGUAGES)
COMES_ALONG = ("Otherwise", "End If", "Menu Item", "End Menu", "End Repeat")
EVERYWHERE = {"Text", "URL", "JSON", "In", "GET", "POST", "PUT", "PATCH"}
CHOSEN = (*app_words("de")["choices"].values(), "Text")


def test_the_index_says_what_the_files_are() -> None:
    index = read_index()
    assert [entry.slug for entry in index.shortcuts] == [each.slug for each in CATALOG]
    for entry in index.shortcuts:
        for language, built in entry.files.items():
            content = (FOLDER / built.file).read_bytes()
            assert built.sha256 == hashlib.sha256(content).hexdigest()
            assert (built.bytes, built.signed, built.icloud) == (len(content), "no", "")
            assert Path(built.file).stem == entry.names[language]


def test_the_readme_says_what_an_iphone_does_to_an_unsigned_file() -> None:
    assert UNSIGNED in (FOLDER / "README.md").read_text()


def test_the_readme_names_every_phrase_and_leads_to_what_is_there() -> None:
    folder = FOLDER.resolve()
    readme = (folder / "README.md").read_text()
    links = re.findall(r"\]\(<?([^)>]+)>?\)|src=\"([^\"]+)\"", readme)
    assert len(links) == 2 + 2 * len(LANGUAGES) * len(CATALOG)
    for link, picture in links:
        assert (folder / (link.partition("#")[0] or picture)).is_file()
    for template in CATALOG:
        for name in template.names.values():
            assert f"| Hey Siri, {name} |" in readme


def test_a_download_is_found_by_name_or_slug_in_its_language() -> None:
    for name in ("Bridge prüfen", "Bridge pru\u0308fen.shortcut", "bridge-check"):
        download = read_download("de", name)
        assert download is not None
        assert (download.name, download.signed) == ("Bridge prüfen", False)
        assert download.content.startswith(b"<?xml")


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("de", "Bridge check"),
        ("fr", "Bridge check"),
        ("en", "../index.json"),
        ("en", "../de/Bridge prüfen"),
        ("..", "README.md"),
        ("en", ""),
        ("recipes", "bridge-check"),
        ("en", "/etc/passwd\0"),
    ],
)
def test_nothing_else_can_be_downloaded(language: str, name: str) -> None:
    assert read_download(language, name) is None


def test_a_signed_file_is_sent_while_it_fits_its_build(tmp_path: Path) -> None:
    write_all(tmp_path)
    entry = find_entry(read_index(tmp_path), "en", "my-training-form")
    assert entry is not None
    built = entry.files["en"]
    signed = tmp_path / "signed" / built.file
    signed.parent.mkdir(parents=True)
    signed.write_bytes(b"AEA1 signed")
    ledger = tmp_path / "signed" / "ledger.json"
    for digest, expected in ((built.sha256, True), ("0" * 64, False)):
        ledger.write_text(json.dumps({built.file: {"sha256": digest}}))
        write_all(tmp_path)
        download = read_download("en", "My training form", tmp_path)
        assert download is not None
        assert download.signed is expected
        assert (download.content == b"AEA1 signed") is expected


@either
@every
def test_the_recipe_has_every_action_in_order(
    template: ShortcutTemplate, language: str
) -> None:
    steps = _recipe(template, language)["full"]
    assert [step["action"] for step in steps] == [s.title for s in template.steps]
    assert (steps[0]["depth"], steps[-1]["depth"]) == (0, 0)
    for step in steps:
        assert step["instructions"]
        assert not any(names_in(value["value"]) for value in step["values"])


@either
@every
def test_only_what_is_to_be_added_has_a_number(
    template: ShortcutTemplate, language: str
) -> None:
    steps = _recipe(template, language)["full"]
    added = [step for step in steps if "number" in step]
    assert [step["number"] for step in added] == list(range(1, len(added) + 1))
    brought = {step["action"] for step in steps if "number" not in step}
    assert brought == {s.title for s in template.steps if s.title in COMES_ALONG}
    for step in steps:
        if "number" not in step:
            assert step["comes_with"] in step["instructions"]


def test_choices_and_switches_are_in_the_phones_language_and_not_copied() -> None:
    for template in CATALOG:
        for step in _recipe(template, "de")["full"]:
            for value in step["values"]:
                if value["value"] in (*CHOSEN, "ein", "aus", "GET", "JSON"):
                    assert value["copy"] == ""
                if value["field"] in ("Abrufen", "Trennzeichen", "Eingabetyp"):
                    assert value["value"] in CHOSEN
    titles = _recipe(QUESTIONS["my-training-form"], "de")["full"]
    (first, last) = (s for s in titles if s["action"] == "Get Item from List")
    assert first["values"][0]["value"] == "Erstes Objekt"
    assert last["values"][0]["value"] == "Letztes Objekt"


def test_the_recipe_can_be_copied() -> None:
    recipe = json.loads(read_recipe("my-training-form") or b"{}")
    steps = recipe["languages"]["en"]["steps"]
    values = _request(steps["full"])
    assert values["URL"]["value"] == "‹Address›/v1/fitness"
    assert values["URL"]["copy"] == "/v1/fitness"
    assert values["Headers: Authorization"]["value"] == "Bearer ‹Token›"
    assert values["Headers: X-Shortcut"]["copy"] == "my-training-form/1"
    assert read_recipe("nothing") is None


def test_what_only_speaks_is_two_actions_by_hand() -> None:
    steps = _recipe(QUESTIONS["my-training-form"], "en")["short"]
    assert [step["action"] for step in steps] == ["Get Contents of URL", "Show Result"]
    values = _request(steps)
    assert values["URL"]["copy"] == "/v1/fitness?format=text"
    assert values["Headers: Authorization"]["value"] == "Bearer ‹Token›"
    assert steps[1]["values"][0]["value"] == "‹Contents of URL›"


def test_what_asks_one_question_is_three_actions_by_hand() -> None:
    steps = _recipe(MOVE_MY_WORKOUT, "de")["short"]
    assert [step["number"] for step in steps] == [1, 2, 3]
    values = _request(steps)
    assert values["Methode"]["value"] == "POST"
    assert values["JSON: day"]["value"] == "‹Bereitgestellte Eingabe›"


def test_a_template_that_does_more_needs_a_short_form_of_its_own() -> None:
    lacking = replace(QUIET_BRIEF, short=())
    with pytest.raises(TemplateError, match="quiet-brief has no short form"):
        build_all([lacking])


def test_a_detail_and_a_key_are_named_as_the_app_shows_them() -> None:
    sleep = _request(_recipe(SYNC_HEALTH, "de")["short"])["JSON: sleep"]["value"]
    assert sleep == (
        "‹Sleep · Startdatum · ISO 8601›;‹Sleep · Enddatum · ISO 8601›;"
        "‹Sleep · Wert›;‹Sleep · Einheit›"
    )
    saving = _recipe(SAVE_ACTIVITY_FILE, "fr")["short"]
    assert saving[3]["values"][0]["value"] == "‹Contenu de l’URL · speech›"


def test_every_language_has_all_sentences_of_a_recipe_with_their_blanks() -> None:
    def blanks(language: str) -> dict[str, list[str]]:
        sentences = app_words(language)["sentences"]
        return {key: sorted(names_in(text)) for key, text in sentences.items()}

    for language in LANGUAGES:
        assert blanks(language) == blanks("en")
        assert set(app_words(language)) == set(app_words("en"))


def test_every_other_language_has_the_words_that_recipes_need_and_no_others() -> None:
    steps = [
        step for template in EVERY for step in (*template.steps, *short_steps(template))
    ]
    fields = [field for step in steps for field in step.fields if field.label]
    needed = {
        "titles": {step.title for step in steps},
        "labels": {field.label for field in fields},
        "choices": {f.value.word for f in fields if isinstance(f.value, Choice)}
        | {w for f in fields if isinstance(f.value, Choices) for w in f.value.words}
        | {"Start Date", "End Date", "Value", "Unit"},
    }
    for language in set(LANGUAGES) - {"en"}:
        for table, english in needed.items():
            words = app_words(language)[table]
            assert set(words) | EVERYWHERE >= english, language
            assert set(words) <= english | {"Item"}, language


def test_every_language_has_all_words_of_the_page_and_the_automations() -> None:
    for table in ("page", "automation", "automations"):
        english = read_words("en")[table]
        for language in LANGUAGES:
            words = read_words(language)[table]
            assert list(words) == list(english)
            for key, text in words.items():
                if isinstance(text, str):
                    assert names_in(text) == names_in(english[key])
                else:
                    assert list(text) == list(english[key])
    named = {trigger for template in EVERY for trigger in template.triggers}
    assert named == set(read_words("en")["automations"])


def test_the_page_of_automations_is_that_of_the_words() -> None:
    page = AUTOMATIONS.read_text(encoding="utf-8")
    assert page == automations_text(), "run `make docs`"
    for how in read_words("en")["automations"].values():
        assert f"## {how['title']}" in page


def _recipe(template: ShortcutTemplate, language: str) -> dict[str, Any]:
    written = json.loads(build_all([template])[f"recipes/{template.slug}.json"])
    steps: dict[str, Any] = written["languages"][language]["steps"]
    return steps


def _request(steps: list[dict[str, Any]]) -> dict[str, dict[str, str]]:
    (request,) = (s for s in steps if s["action"] == "Get Contents of URL")
    return {value["field"]: value for value in request["values"]}


def test_the_running_bridge_needs_no_builder() -> None:
    code = (
        "import sys; sys.modules['shortcutkit'] = None; "
        "from bridge.shortcuts.files import read_index; read_index()"
    )
    environment = {"PYTHONPATH": str(Path(__file__).parents[2])}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)
