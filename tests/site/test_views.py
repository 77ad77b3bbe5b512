"""View keys on the page: named, shown once, listed, shut out."""

from __future__ import annotations

import logging
import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bridge.store.athletes import OWNER
from bridge.store.views import View
from tests.conftest import MORNING, Clock, services_of
from tests.site.pages import cookie_of, follow, post, signed_in, text_of

KEY = re.compile("v_[a-z2-7]{26}")


@pytest.fixture
def browser(app: Flask) -> FlaskClient:
    return signed_in(app)


def make_key(browser: FlaskClient, name: str = "Kitchen tablet") -> str:
    """Name a view and return the key on the page that follows."""
    found = KEY.search(follow(browser, post(browser, "/views", name=name)).text)
    assert found
    return found[0]


def views_of(app: Flask) -> list[View]:
    return services_of(app).store.views.of_athlete(OWNER)


def test_a_named_view_gets_a_key_that_opens_it(
    app: Flask, browser: FlaskClient
) -> None:
    view = services_of(app).store.views.find(make_key(browser))
    assert [view] == views_of(app)
    assert "Kitchen tablet" in text_of(browser.get("/devices"))


def test_the_key_is_shown_once_and_never_again(
    app: Flask, browser: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    key = make_key(browser)
    for path in ("/devices", "/doctor", "/views/key"):
        assert key not in browser.get(path).text
    assert key not in caplog.text
    assert browser.get("/views/key").headers["Location"] == "/devices#views"
    assert len(views_of(app)) == 1


def test_a_key_on_its_way_to_the_page_is_sealed(browser: FlaskClient) -> None:
    named = post(browser, "/views", name="Frame")
    assert not KEY.search(named.text + cookie_of(named))
    made = browser.get_cookie("bridge-made")
    assert made
    browser.head("/views/key")  # has shown nothing yet
    key = KEY.search(browser.get("/views/key").text)
    assert key
    assert key[0] not in made.value


@pytest.mark.parametrize("other", ["late", "session", "forged", "revoked"])
def test_a_key_is_shown_to_nobody_else(
    app: Flask, browser: FlaskClient, clock: Clock, other: str
) -> None:
    post(browser, "/views", name="Frame")
    made = browser.get_cookie("bridge-made")
    assert made
    if other == "late":
        clock.advance(minutes=2)
    elif other == "session":
        browser = signed_in(app)
        browser.set_cookie("bridge-made", made.value)
    elif other == "revoked":
        services_of(app).store.views.revoke(views_of(app)[0].view_id, clock())
    else:
        browser.set_cookie("bridge-made", made.value[:-2])
    assert browser.get("/views/key").headers["Location"] == "/devices#views"


def test_the_page_of_a_key_has_whole_addresses_and_says_who_sees_it(
    browser: FlaskClient,
) -> None:
    page = follow(browser, post(browser, "/views", name="Frame"))
    key = KEY.search(page.text)
    assert key
    assert f"/w/form.png?size=medium&amp;key={key[0]}" in page.text
    assert f"/w/today.trmnl.json?key={key[0]}" in page.text
    assert "TRMNL loads the picture itself" in text_of(page)


def test_a_view_is_revoked_on_the_page(app: Flask, browser: FlaskClient) -> None:
    make_key(browser)
    (view,) = views_of(app)
    assert post(browser, f"/views/{view.view_id}/revoke").status_code == 303
    assert views_of(app)[0].revoked_at is not None
    assert "Kitchen tablet revoked" in text_of(browser.get("/devices"))


def test_private_fields_are_switched_on_and_off(
    app: Flask, browser: FlaskClient
) -> None:
    make_key(browser)
    (view,) = views_of(app)
    path = f"/views/{view.view_id}/private"
    assert "does not show your weight" in text_of(browser.get("/devices"))
    post(browser, path, card="recovery", shown="yes")
    assert views_of(app)[0].private_cards == {"recovery"}
    assert "recovery shows your weight" in text_of(browser.get("/devices"))
    post(browser, path, card="form", shown="yes")  # has nothing private
    assert views_of(app)[0].private_cards == {"recovery"}
    post(browser, path, card="recovery", shown="no")
    assert views_of(app)[0].private_cards == frozenset()


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "My\x00frame", "\u202eevil"])
def test_an_odd_name_makes_no_key(app: Flask, browser: FlaskClient, name: str) -> None:
    refused = post(browser, "/views", name=name)
    assert refused.status_code == 422
    assert "No key was made" in text_of(refused)
    assert views_of(app) == []


def test_a_name_is_shown_as_text(browser: FlaskClient) -> None:
    shown = follow(browser, post(browser, "/views", name="<script>alert(1)</script>"))
    for page in (shown, browser.get("/devices")):
        assert "<script>alert" not in page.text


def test_the_last_use_is_told(app: Flask, browser: FlaskClient, clock: Clock) -> None:
    make_key(browser)
    assert "never used" in text_of(browser.get("/devices"))
    services_of(app).store.views.touch(views_of(app)[0], clock())
    clock.advance(minutes=3)
    assert "used 3 minutes ago" in text_of(browser.get("/devices"))


@pytest.mark.parametrize("what", ["revoke", "private"])
def test_a_view_of_somebody_else_is_not_there(
    app: Flask, browser: FlaskClient, what: str
) -> None:
    store = services_of(app).store
    store.athletes.ensure("0", MORNING, "somebody")
    view, key = store.views.add("Theirs", "somebody", MORNING - timedelta(days=1))
    fields = {"card": "recovery", "shown": "yes"}
    assert post(browser, f"/views/{view.view_id}/{what}", **fields).status_code == 404
    assert store.views.find(key) == view
    assert "Theirs" not in browser.get("/devices").text


@pytest.mark.parametrize("view_id", ["0" * 16, "x", "..", "%2e%2e", "a%00b"])
def test_an_unknown_view_is_a_page_with_a_sentence(
    browser: FlaskClient, view_id: str
) -> None:
    refused = post(browser, f"/views/{view_id}/revoke")
    assert refused.status_code == 404
    assert "no such" in text_of(refused)


def test_the_page_of_a_key_subscribes_to_the_calendar(browser: FlaskClient) -> None:
    page = follow(browser, post(browser, "/views", name="Calendar"))
    key = KEY.search(page.text)
    assert key
    link = re.search(r'href="webcal://([^"]+)"', page.text)
    assert link
    path = f"/calendar/{key[0]}.ics"
    assert link[1].endswith(path)
    assert browser.get(path).mimetype == "text/calendar"
