"""The recipe of a shortcut, as the page shows it to people who build by hand."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bridge.shortcuts.files import FOLDER, Entry, read_index
from tests.conftest import services_of
from tests.site.pages import signed_in, text_of

INDEX = read_index()


@pytest.fixture
def browser(app: Flask) -> FlaskClient:
    return signed_in(app)


@pytest.mark.parametrize("language", INDEX.languages)
@pytest.mark.parametrize("entry", INDEX.shortcuts, ids=lambda entry: entry.slug)
def test_a_recipe_names_every_action_with_values_to_copy(
    browser: FlaskClient, language: str, entry: Entry
) -> None:
    page = browser.get(f"/recipes/{entry.slug}?language={language}")
    assert page.status_code == 200
    assert "icb_" not in page.text.replace("#icb_", "")
    steps = json.loads((FOLDER / entry.recipe).read_text())["languages"][language]
    short, full = steps["steps"]["short"], steps["steps"]["full"]
    copies = [value["copy"] for value in _values(full) if value["copy"]]
    taken = [unescape(text) for text in re.findall(r'data-text="([^"]*)"', page.text)]
    assert taken[len(taken) - len(copies) :] == copies
    assert page.text.count('<li class="card step') == len(short) + len(full)
    words = text_of(page)
    for value in _values(full):
        assert " ".join(value["value"].split()) in words
    for step in full:
        if "number" not in step:
            assert step["instructions"] in words


@pytest.mark.parametrize(
    ("slug", "heading", "copied"),
    [
        ("my-training-form", "In two actions", "/v1/fitness?format=text"),
        ("run-splits", "In two actions", "/v1/activities/latest/laps?type=Run&fo"),
        ("plan-a-workout", "In three actions", "/v1/workouts?format=text"),
    ],
)
def test_the_short_recipe_comes_first_with_the_whole_address_to_copy(
    app: Flask, browser: FlaskClient, slug: str, heading: str, copied: str
) -> None:
    page = browser.get(f"/recipes/{slug}").text
    address = services_of(app).config.address
    begin, end = page.index(heading), page.index("As it is in the file")
    taken = re.findall(r'data-text="([^"]*)"', page[begin:end])
    assert any(unescape(text).startswith(address + copied) for text in taken)
    assert "‹Address›" not in page[begin:end]


def test_what_cannot_be_short_has_the_full_recipe_alone(browser: FlaskClient) -> None:
    page = browser.get("/recipes/training-zones").text
    assert "All actions" in page
    assert "As it is in the file" not in page


def _values(steps: list[dict[str, Any]]) -> list[dict[str, str]]:
    numbered = [step for step in steps if "number" in step]
    return [value for step in numbered for value in step["values"]]
