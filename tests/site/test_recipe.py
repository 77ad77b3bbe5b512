"""The recipe of a shortcut, drawn as the app draws it, to be built by hand."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bridge.routes.site.shortcuts import Piece, pieces
from bridge.shortcuts.files import FOLDER, Entry, read_index
from bridge.shortcuts.recipe import read_words
from bridge.store.athletes import OWNER
from tests.conftest import Clock, services_of
from tests.site.pages import make_setup_code, post, signed_in, text_of

INDEX = read_index()


@pytest.fixture
def browser(app: Flask) -> FlaskClient:
    return signed_in(app)


@pytest.mark.parametrize("language", INDEX.languages)
@pytest.mark.parametrize("entry", INDEX.shortcuts, ids=lambda entry: entry.slug)
def test_a_recipe_draws_every_action_with_its_values(
    browser: FlaskClient, language: str, entry: Entry
) -> None:
    page = browser.get(f"/recipes/{entry.slug}?language={language}")
    assert page.status_code == 200
    steps = _steps(entry, language)
    short, full = page.text.split('<details class="more">')
    for drawn, rows in ((short, steps["short"]), (full, steps["full"])):
        assert drawn.count('<li class="action ') == len(rows)
        numbers = re.findall(r'aria-hidden="true">(\d+)</span>', drawn)
        assert [int(n) for n in numbers] == list(range(1, len(numbers) + 1))
    seen = text_of(page)
    for step in (*steps["short"], *steps["full"]):
        assert step["title"] in seen
        for value in step["values"]:
            for word in re.split("‹[^›]*›", value["value"]):
                assert " ".join(word.split()) in seen
    assert read_words(language)["page"]["copy"] in seen


@pytest.mark.parametrize("entry", INDEX.shortcuts, ids=lambda entry: entry.slug)
def test_the_five_actions_come_first_and_the_rest_is_folded(
    browser: FlaskClient, entry: Entry
) -> None:
    page = browser.get(f"/recipes/{entry.slug}").text
    assert page.index('id="short"') < page.index('<details class="more">')
    assert page.index('<details class="more">') < page.index('id="full"')
    assert ("Before you begin" in page) == bool(entry.advice)
    assert page.count('<details class="card trigger">') == len(entry.triggers)


@pytest.mark.parametrize("entry", INDEX.shortcuts, ids=lambda entry: entry.slug)
def test_no_copy_is_half_a_value(
    app: Flask, browser: FlaskClient, entry: Entry
) -> None:
    page = browser.get(f"/recipes/{entry.slug}")
    assert "icb_" not in page.text.replace("#icb_", "")
    assert not [text for text in _copies(page.text) if text.strip() == "Bearer"]
    assert "Paste your setup code here" in page.text
    code = make_setup_code(browser)
    address, _, token = code.partition("#")
    page = browser.get(f"/recipes/{entry.slug}")
    short = page.text.split('<details class="more">')[0]
    assert "Address and token of Ana’s iPhone are filled in" in text_of(page)
    assert "Paste your setup code here" not in page.text
    requests = [row for row in _steps(entry, "en")["short"] if _is_request(row)]
    copies = _copies(short)
    assert copies.count(f"Bearer {token}") == len(requests)
    begun = [
        text for text in copies if text.startswith((f"{address}/v1/", f"{address}/w/"))
    ]
    assert len(begun) == len(requests)
    assert services_of(app).config.address == address


@pytest.mark.parametrize("language", INDEX.languages)
def test_the_header_is_told_as_a_step_with_its_key_to_copy(
    browser: FlaskClient, language: str
) -> None:
    page = browser.get(f"/recipes/my-training-form?language={language}")
    hint = page.text.partition('<p class="hint">')[2].partition("</p>")[0]
    say = read_words(language)["page"]
    said = [say[name] for name in ("headers", "first_box", "second_box")]
    assert [words in hint for words in said] == [True] * 3
    assert _copies(hint) == ["Authorization"]


def test_the_token_is_shown_to_the_session_that_made_it_for_half_an_hour(
    app: Flask, browser: FlaskClient, clock: Clock
) -> None:
    token = make_setup_code(browser).partition("#")[2]
    other = signed_in(app)
    path = "/recipes/my-training-form"
    assert token not in other.get(path).text
    shown = browser.get(path)
    assert token in shown.text
    assert "no-store" in shown.headers["Cache-Control"]
    clock.now += timedelta(minutes=29)
    assert token in browser.get(path).text
    clock.now += timedelta(minutes=2)
    assert token not in browser.get(path).text


def test_a_revoked_device_is_filled_in_no_more(
    app: Flask, browser: FlaskClient
) -> None:
    token = make_setup_code(browser).partition("#")[2]
    device_id = token.partition(".")[0].removeprefix("icb_")
    known = [row.device_id for row in services_of(app).store.devices.of_athlete(OWNER)]
    (revoked,) = [each for each in known if device_id in each] or known
    post(browser, f"/devices/{revoked}/revoke")
    assert token not in browser.get("/recipes/my-training-form").text


def test_a_value_is_cut_into_words_and_variables() -> None:
    filled = {"Address": "https://b", "Token": "icb_x"}
    assert pieces("Bearer ‹Token›", filled) == [Piece("Bearer icb_x", False, True)]
    assert pieces("Bearer ‹Token›", {}) == [
        Piece("Bearer ", False),
        Piece("Token", True),
    ]
    assert pieces("‹Address›/v1/x?q=‹Words›&a=b", filled) == [
        Piece("https://b/v1/x?q=", False, True),
        Piece("Words", True),
        Piece("&a=b", False, True),
    ]
    assert pieces("‹Sleep · Value›;‹Sleep · Unit›", {}) == [
        Piece("Sleep · Value", True),
        Piece(";", False),
        Piece("Sleep · Unit", True),
    ]


def _steps(entry: Entry, language: str) -> dict[str, list[dict[str, Any]]]:
    written = json.loads((FOLDER / entry.recipe).read_text())
    steps: dict[str, list[dict[str, Any]]] = written["languages"][language]["steps"]
    return steps


def _copies(page: str) -> list[str]:
    return [unescape(text) for text in re.findall(r'data-text="([^"]*)"', page)]


def _is_request(row: dict[str, Any]) -> bool:
    return bool(row["action"] == "Get Contents of URL")
