"""The words of the pages: whole in four languages, chosen by browser or by link."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bridge.domain.speech.phrases import LANGUAGES
from bridge.routes.site.words import FOLDER, words_in
from tests.site.pages import open_browser, post, signed_in, text_of

PAGES = Path(__file__).parents[2] / "bridge" / "pages"
SITE = PAGES.parent / "routes" / "site"
FILLED = re.compile(r"\{[a-z_]*\}")


def read(language: str) -> dict[str, str]:
    """Return all words of a language, by their whole name."""
    return dict(_flat(tomllib.loads((FOLDER / f"{language}.toml").read_text("utf-8"))))


def _flat(table: dict[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", value


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_every_word_with_the_same_to_fill_in(language: str) -> None:
    english, theirs = read("en"), read(language)
    assert set(theirs) == set(english)
    for name, word in english.items():
        assert sorted(FILLED.findall(theirs[name])) == sorted(FILLED.findall(word)), (
            name
        )
        assert theirs[name].strip() == theirs[name] != "", name


def test_every_language_has_a_file_and_no_other() -> None:
    files = {path.stem for path in FOLDER.iterdir() if path.is_file()}
    assert files == set(LANGUAGES)


def test_no_word_is_left_over() -> None:
    sources = [*PAGES.glob("*.html"), *SITE.glob("*.py")]
    text = "".join(path.read_text("utf-8") for path in sources)
    named = {name for name in read("en") if name.rpartition(".")[2] in text}
    # put together of a name and what it is about
    parts = (
        "errors.",
        "light.",
        "_about",
        "_text",
        "row_",
        "setup_address.",
        "no_key.",
    )
    left = {name for name in read("en") if not any(part in name for part in parts)}
    assert left - named == set()


def test_a_missing_word_is_a_failure_and_no_empty_place() -> None:
    with pytest.raises(KeyError, match=r"en\.base\.nothing"):
        _ = words_in("en").base.nothing


def test_words_are_drawn_and_what_is_filled_in_is_escaped() -> None:
    word = words_in("en").setup_address.environment
    shown = word.format(address="<script>")
    assert "<code>BRIDGE_PUBLIC_URL</code>" in shown
    assert "&lt;script&gt;" in shown


@pytest.mark.parametrize(
    ("path", "headers", "language"),
    [
        ("/sign-in", "", "en"),
        ("/sign-in", "de-AT,de;q=0.9", "de"),
        ("/sign-in", "fr-CA", "fr"),
        ("/sign-in", "pt-BR,es;q=0.5", "es"),
        ("/sign-in", "ja", "en"),
        ("/sign-in?lang=fr", "de", "fr"),
        ("/sign-in?lang=xx", "de", "de"),
        ("/nowhere?lang=es", "de", "es"),
    ],
)
def test_the_page_is_in_the_language_of_its_reader(
    app: Flask, path: str, headers: str, language: str
) -> None:
    page = open_browser(app).get(path, headers={"Accept-Language": headers})
    assert f'<html lang="{language}">' in page.text
    assert str(words_in(language).base.about) in page.text


def test_a_chosen_language_stays_also_for_what_went_wrong(app: Flask) -> None:
    browser = signed_in(app)
    browser.get("/devices?lang=de")
    assert "Geräte" in text_of(browser.get("/devices"))
    assert "sichtbare Zeichen" in text_of(post(browser, "/devices", name=""))
    refused = browser.post("/devices", data={"name": "x"})
    assert "Dieses Formular gilt nicht mehr" in text_of(refused)
    browser.get("/devices?lang=en")
    assert "Devices" in text_of(browser.get("/devices"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_whole_in_every_language(app: Flask, language: str) -> None:
    browser: FlaskClient = signed_in(app)
    browser.get(f"/devices?lang={language}")
    post(browser, "/devices", name="iPhone", scope="write")
    for path in (
        *("/today", "/shortcuts", "/devices", "/devices/code", "/health", "/doctor"),
        *("/docs", "/nowhere", "/recipes/training", "/pair?code=7KQM-X2RB-9TPD"),
        *("/setup/address", "/setup/key", "/setup/phone"),
        *("/setup/shortcut", "/setup/waiting"),
    ):
        page = browser.get(path)
        assert page.status_code == (404 if path == "/nowhere" else 200), path
        assert f'<html lang="{language}">' in page.text
        title = words_in(language).tabs.shortcuts
        assert f"<span>{title}</span>" in page.text, path
