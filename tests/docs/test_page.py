"""``/docs``, ``docs/phrases.md``, the description: nothing missing or old."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openapi_spec_validator import validate

from bridge.domain.speech.phrases import LANGUAGES, phrases_of
from bridge.routes.site.docs import Address, groups, slug_of
from bridge.routes.table import ROUTES
from tests.docs.examples import ITEMS_SHOWN, all_examples, all_failures
from tests.docs.generate import (
    ASK,
    EXAMPLES,
    MORE_PHRASES,
    PHRASES,
    ask_text,
    examples_text,
    groupless,
    more_phrases_text,
    phrases_text,
)
from tests.docs.meanings import GROUPS, NOTES
from tests.site.pages import open_browser, signed_in
from tests.support.routes import JSON

# The examples are made once, and only where they are asked for.
pytestmark = pytest.mark.xdist_group("docs_examples")
ADDRESS = "https://bridge.example"
LARGEST_PAGE = 100_000
SPEAKING = [route for route in JSON if route.path != "/openapi.json"]


@pytest.fixture(scope="module")
def examples() -> dict[str, Any]:
    return all_examples()


@pytest.fixture
def pages(make_app: Any) -> dict[str, str]:
    """The index, and the page of each heading, by their paths."""
    browser = open_browser(make_app(public_url=ADDRESS))
    paths = ["/docs", *(f"/docs/{slug_of(each)}" for each in groups(ROUTES, ADDRESS))]
    answers = {path: browser.get(path) for path in paths}
    assert {answer.status_code for answer in answers.values()} == {200}
    return {path: answer.text for path, answer in answers.items()}


@pytest.fixture
def page(pages: dict[str, str]) -> str:
    """All of it."""
    return "".join(pages.values())


class Reader(HTMLParser):
    """Collects what a test wants to know of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.inline: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.ids += [found["id"]] if "id" in found else []
        self.links += [found["href"]] if "href" in found else []
        self.inline += [tag for name in found if name == "style" or name[:2] == "on"]


# what is generated


def test_the_examples_are_what_the_bridge_answers_today(
    examples: dict[str, Any],
) -> None:
    assert EXAMPLES.read_text("utf-8") == examples_text(examples), "run `make docs`"


def test_the_page_of_asking_is_that_of_the_intents() -> None:
    assert ASK.read_text("utf-8") == ask_text(), "run `make docs`"


def test_the_phrases_are_those_of_the_tables(examples: dict[str, Any]) -> None:
    failures = all_failures()
    said = phrases_text(examples, failures)
    assert PHRASES.read_text("utf-8") == said, "run `make docs`"
    more = more_phrases_text(examples, failures)
    assert MORE_PHRASES.read_text("utf-8") == more, "run `make docs`"


def test_every_answer_has_an_example_in_every_language(
    examples: dict[str, Any],
) -> None:
    for route in SPEAKING:
        example = examples[route.endpoint]
        assert list(example["speech"]) == list(LANGUAGES), route.endpoint
        assert example["answer"]["speech"] in example["speech"].values()
        items = example["answer"].get("items", [])
        assert len(items) <= ITEMS_SHOWN
        assert example["answer"].get("count", 0) >= len(items)


def test_an_example_names_no_machine_and_no_secret(examples: dict[str, Any]) -> None:
    text = examples_text(examples)
    assert not re.search(r"/tmp|/home|127\.0\.0\.1|icb_[0-9a-f]{16}\.|sim-", text)


def test_every_sentence_is_told_about() -> None:
    assert not groupless()
    assert all(group.about for group in GROUPS)
    assert set(NOTES) <= set(phrases_of("en"))


# the page


def test_the_pages_are_open_to_everybody_and_have_every_address(
    pages: dict[str, str],
) -> None:
    rows = groups(ROUTES, ADDRESS)
    addresses = [each for row in rows.values() for each in row]
    shown = {f"{each.method} {each.path}" for each in addresses}
    told = [re.sub(r"<(?:path:)?(\w+)>", r"{\1}", route.endpoint) for route in ROUTES]
    assert shown == set(told)
    for title, row in rows.items():
        ids = Reader(pages[f"/docs/{slug_of(title)}"]).ids
        assert len(set(ids)) == len(ids)
        assert {each.anchor for each in row} <= set(ids)


def test_every_link_within_the_pages_leads_somewhere(pages: dict[str, str]) -> None:
    ids = {path: Reader(text).ids for path, text in pages.items()}
    count = 0
    for path, text in pages.items():
        for link in Reader(text).links:
            to, _, anchor = link.partition("#")
            if anchor and (not to or to.startswith("/docs")):
                assert anchor in ids[to or path], link
                count += 1
    assert count > 2 * len(ROUTES)


def test_the_pages_need_no_script_and_no_style_of_their_own(
    pages: dict[str, str],
) -> None:
    for text in pages.values():
        assert not Reader(text).inline
        assert "<style" not in text
        assert text.count("<script") == 1
        assert len(text.encode()) < LARGEST_PAGE


def test_no_markup_of_the_source_is_shown(page: str) -> None:
    assert "``" not in page
    assert "<code>?category=</code>" in page


@pytest.mark.slow
def test_an_address_is_asked_for_who_is_signed_in_and_nobody_else(app: Flask) -> None:
    browser = signed_in(app)
    page = browser.get("/docs/you-and-today").text
    assert 'data-ask="/docs/try/get_v1_fitness"' in page
    tried = browser.get("/docs/try/get_v1_fitness").get_json()
    assert tried["speech"].startswith("Form")
    for anchor in ("put_v1_wellness", "get_w_card_ext", "get_v1_nothing"):
        refused = browser.get(f"/docs/try/{anchor}")
        assert (refused.status_code, refused.get_json()["code"]) == (409, "not_tried")
    stranger = open_browser(app)
    assert "data-ask" not in stranger.get("/docs/you-and-today").text
    assert stranger.get("/docs/try/get_v1_fitness").status_code == 401
    assert stranger.get("/docs/nothing").status_code == 404


def test_the_page_shows_the_sentences_the_answer_and_the_curl_line(page: str) -> None:
    assert "Form minus 2: balanced, neither tired nor fresh. After today" in page
    assert "Form minus 2: ausgeglichen, weder müde noch frisch." in page
    assert "&#34;form_zone&#34;: &#34;grey&#34;" in page
    assert f"{ADDRESS}/v1/fitness" in page


def shown_by_anchor() -> dict[str, Address]:
    """Return the addresses of the page by their anchors."""
    rows = groups(ROUTES, ADDRESS).values()
    return {address.anchor: address for row in rows for address in row}


def test_a_recipe_names_the_actions_of_the_app() -> None:
    shown = shown_by_anchor()
    get, pick, result = shown["get_v1_fitness"].actions
    assert (get.title, get.german) == ("Get Contents of URL", "Inhalte von URL abrufen")
    assert dict(get.values)["URL"] == f"{ADDRESS}/v1/fitness"
    assert dict(get.values)["Headers"] == "Authorization: Bearer your token"
    assert (pick.title, dict(pick.values)["Key"]) == ("Get Dictionary Value", "speech")
    assert result.title == "Show Result"
    write = dict(shown["patch_v1_zones_sport"].actions[0].values)
    assert (write["Method"], write["Request Body"]) == ("PATCH", "JSON")
    assert write["JSON: ftp_w"] == "288"
    file = shown["get_v1_activities_latest_file"].actions
    assert [action.title for action in file] == ["Get Contents of URL", "Save File"]
    assert "Headers" not in dict(shown["get_healthz"].actions[0].values)


def test_what_is_sent_is_told_with_an_example() -> None:
    shown = shown_by_anchor()
    weight = {field.name: field for field in shown["put_v1_wellness"].fields}
    assert weight["weight_kg"].about
    assert weight["weight_kg"].example
    assert '--json \'{"weight_kg": 72.5, ' in shown["put_v1_wellness"].curl
    assert "--data-binary" in shown["post_v1_activities"].curl


def test_the_description_is_valid_openapi(app: Flask) -> None:
    found = app.test_client().get("/openapi.json").get_json()
    validate(found)
    assert len(found["paths"]) == len({route.path for route in ROUTES})


def test_a_question_about_docs_of_another_method_is_refused(
    phone: FlaskClient,
) -> None:
    assert phone.post("/docs").status_code == 405
