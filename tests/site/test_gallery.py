"""The gallery: what can be added, tried and built by hand."""

from __future__ import annotations

import re
from html import unescape

import msgspec
import pytest
from flask import Flask
from flask.testing import FlaskClient

from bridge.routes.guard import TRIED_BY
from bridge.routes.site.shortcuts import PURPOSES, groups
from bridge.shortcuts.files import Entry, read_index
from bridge.simulator.world import World
from tests.conftest import let_in
from tests.site.pages import open_browser, signed_in, text_of

INDEX = read_index()
ASKING = [entry for entry in INDEX.shortcuts if entry.scope == "read"]
WRITING = [entry for entry in INDEX.shortcuts if entry not in ASKING]


@pytest.fixture
def browser(app: Flask) -> FlaskClient:
    return signed_in(app)


@pytest.mark.parametrize("language", INDEX.languages)
def test_every_shortcut_stands_under_its_purpose(
    browser: FlaskClient, language: str
) -> None:
    with browser.application.app_context():
        found = groups(language)
    assert list(found) == ["ask", "log", "plan", "keep"]
    assert all(found.values())
    assert found["ask"][0].slug == "training"
    shown = [card.slug for cards in found.values() for card in cards]
    assert sorted(shown) == sorted(entry.slug for entry in INDEX.shortcuts)
    assert set().union(*PURPOSES.values()) <= set(shown)
    page = browser.get(f"/shortcuts?language={language}")
    hey = {"en": "Hey Siri", "de": "Hey Siri", "fr": "Dis Siri", "es": "Oye Siri"}
    for entry in INDEX.shortcuts:
        name = entry.names[language]
        assert f"{hey[language]}, {name}”" in text_of(page)
        assert f"/recipes/{entry.slug}?language={language}" in page.text


def test_of_an_unsigned_file_the_card_has_the_recipe_only(
    browser: FlaskClient,
) -> None:
    page = browser.get("/shortcuts").text
    for entry in INDEX.shortcuts:
        signed = entry.files["en"].signed == "yes"
        card = page[page.index(f"speech-{entry.slug}") :].partition("</li>")[0]
        assert "/recipes/" in card
        assert (".shortcut" in card) == signed
        assert (">Add<" in card) == signed
    assert page.count("The files are not signed yet") == any(
        entry.files["en"].signed != "yes" for entry in INDEX.shortcuts
    )
    assert page.index("not signed yet") < page.index('class="gallery card"')


def test_add_is_a_plain_link_to_a_signed_file(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = [
        msgspec.structs.replace(
            entry,
            files={
                language: msgspec.structs.replace(built, signed="yes")
                for language, built in entry.files.items()
            },
        )
        for entry in INDEX.shortcuts
    ]
    signed = msgspec.structs.replace(INDEX, shortcuts=tuple(entries))
    monkeypatch.setattr("bridge.routes.site.shortcuts.index", lambda: signed)
    page = signed_in(app).get("/shortcuts").text
    links = re.findall(r"<a [^>]*\.shortcut[^>]*>Add<", page)
    assert len(links) == len(INDEX.shortcuts)
    assert not [link for link in links if " download" in link]
    assert "not signed yet" not in page


def test_what_to_know_before_the_first_run_is_on_the_card(
    browser: FlaskClient,
) -> None:
    for language in INDEX.languages:
        page = unescape(browser.get(f"/shortcuts?language={language}").text)
        for entry in INDEX.shortcuts:
            assert entry.advice.get(language, "") in page
    health = next(each for each in INDEX.shortcuts if each.slug == "sync-health")
    assert "Allow Sharing Large Amounts of Data" in health.advice["en"]


def test_every_colour_and_picture_is_drawn(browser: FlaskClient) -> None:
    page = browser.get("/shortcuts").text
    style = browser.get("/static/style.css").text
    for entry in INDEX.shortcuts:
        assert f".tile.{entry.colour} " in style
    assert page.count('<svg viewBox="0 0 24 24"') == len(INDEX.shortcuts)


@pytest.mark.parametrize("entry", ASKING, ids=lambda entry: entry.slug)
def test_trying_says_what_the_phone_would_hear(
    app: Flask, browser: FlaskClient, world: World, entry: Entry
) -> None:
    tried = browser.get(f"/try/{entry.slug}")
    assert tried.status_code == 200
    assert tried.mimetype == "application/json"
    body = tried.get_json()
    assert body["status"] == "ok"
    path = entry.tries.removeprefix("GET ")
    heard = let_in(app).get(path)
    if heard.is_json:
        assert body["speech"] == heard.get_json()["speech"]
    else:
        assert "It saves" in body["speech"]


@pytest.mark.parametrize("language", INDEX.languages)
@pytest.mark.parametrize("own", ["en-GB,en;q=0.9", "de-AT,de;q=0.9", ""])
def test_trying_answers_in_the_language_of_the_page(
    app: Flask, browser: FlaskClient, language: str, own: str
) -> None:
    headers = {"Accept-Language": own}
    page = browser.get(f"/shortcuts?language={language}", headers=headers).text
    found = re.search(r'data-try="(/try/my-training-form[^"]*)"', page)
    assert found
    body = browser.get(unescape(found[1]), headers=headers).get_json()
    heard = let_in(app).get(f"/v1/fitness?lang={language}").get_json()
    assert body["speech"] == heard["speech"]


def test_what_writes_is_not_tried(browser: FlaskClient, world: World) -> None:
    for entry in WRITING:
        answer = browser.get(f"/try/{entry.slug}")
        assert answer.status_code == 409
        assert answer.get_json()["code"] == "not_tried"
        assert f'"/try/{entry.slug}?' not in browser.get("/shortcuts").text
    assert not [each for each in world.requests if each.method != "GET"]


def test_a_failure_is_told_as_siri_would_tell_it(
    browser: FlaskClient, world: World
) -> None:
    world.switches.fail_status = 401
    tried = browser.get("/try/my-training-form")
    assert tried.status_code == 502
    assert "refused the API key" in tried.get_json()["speech"]


def test_trying_needs_a_session(app: Flask, world: World) -> None:
    refused = open_browser(app).get("/try/my-training-form")
    assert refused.status_code == 401
    assert refused.get_json()["code"] == "session_missing"
    assert world.requests == []


def test_nobody_can_say_that_they_try(app: Flask) -> None:
    for name in (TRIED_BY, "bridge-tried-by", "X-Bridge-Tried-By", "Bridge.Tried.By"):
        answer = app.test_client().get("/v1/fitness", headers={name: "owner"})
        assert answer.status_code == 401


@pytest.mark.parametrize("path", ["/recipes/none", "/recipes/..", "/try/none"])
def test_an_unknown_shortcut_is_refused_with_a_sentence(
    browser: FlaskClient, path: str
) -> None:
    refused = browser.get(path)
    assert refused.status_code == 404
    if path.startswith("/try"):
        assert "no such address" in refused.get_json()["speech"]
    else:
        assert "no such" in text_of(refused)


def test_an_unknown_language_is_answered_in_a_known_one(browser: FlaskClient) -> None:
    for language in ("xx", "../de", "", "de\x00"):
        answer = browser.get("/shortcuts", query_string={"language": language})
        assert answer.status_code == 200
        assert "My training form" in answer.text


def test_the_phones_language_chooses_the_shortcuts(browser: FlaskClient) -> None:
    german = browser.get("/shortcuts", headers={"Accept-Language": "de-AT,de;q=0.9"})
    assert "Meine Trainingsform" in german.text
    assert '<html lang="de">' in german.text
