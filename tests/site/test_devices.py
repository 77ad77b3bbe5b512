"""Naming a phone, its setup code, the list, and shutting it out."""

from __future__ import annotations

import logging
import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bridge.domain.speech.ago import say_ago
from bridge.store.athletes import OWNER
from bridge.store.devices import Device
from tests.conftest import MORNING, Clock, services_of
from tests.site.pages import (
    cookie_of,
    make_setup_code,
    name_phone,
    post,
    signed_in,
    text_of,
    token_of,
)


@pytest.fixture
def browser(app: Flask) -> FlaskClient:
    return signed_in(app)


def devices_of(app: Flask) -> list[Device]:
    return services_of(app).store.devices.of_athlete(OWNER)


def ask(app: Flask, token: str, path: str = "/v1/fitness") -> int:
    headers = {"Authorization": f"Bearer {token}"}
    with app.test_client().get(path, headers=headers) as answer:
        return answer.status_code


def test_a_named_phone_gets_a_setup_code_that_works_until_revoked(
    app: Flask, browser: FlaskClient
) -> None:
    token = token_of(make_setup_code(browser))
    assert ask(app, token) == 200
    (device,) = devices_of(app)
    assert post(browser, f"/devices/{device.device_id}/revoke").status_code == 303
    answer = app.test_client().get(
        "/v1/fitness", headers={"Authorization": f"Bearer {token}"}
    )
    assert answer.status_code == 401
    assert answer.get_json()["code"] == "token_revoked"


def test_the_setup_code_is_shown_again_until_the_device_has_asked(
    app: Flask, browser: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    token = token_of(make_setup_code(browser))
    for path in ("/devices", "/doctor", "/shortcuts"):
        assert token not in browser.get(path).text
    shown = ("/devices/code", "/setup/shortcut", "/recipes/my-training-form")
    for path in shown:
        answer = browser.get(path)
        assert token in answer.text
        assert answer.headers["Cache-Control"] == "no-store"
    assert ask(app, token) == 200
    for path in shown:
        assert token not in browser.get(path).text
    assert token not in caplog.text


def test_going_back_or_reloading_lets_no_second_device_in(
    app: Flask, browser: FlaskClient
) -> None:
    named = post(browser, "/devices", name="Ana’s iPhone")
    assert named.headers["Location"] == "/setup/shortcut"
    assert "icb_" not in named.text + cookie_of(named)
    for _ in range(3):
        assert "icb_" in browser.get("/setup/shortcut").text
    assert len(devices_of(app)) == 1


@pytest.mark.parametrize("other", ["late", "session", "forged", "long"])
def test_a_setup_code_is_shown_to_nobody_else(
    app: Flask, browser: FlaskClient, clock: Clock, other: str
) -> None:
    post(browser, "/devices", name="Ana’s iPhone")
    made = browser.get_cookie("bridge-device")
    assert made
    if other == "late":
        clock.advance(minutes=30)
    elif other == "session":
        browser = signed_in(app)
        browser.set_cookie("bridge-device", made.value)
    else:
        value = {"forged": made.value[:-2], "long": made.value * 20}[other]
        browser.set_cookie("bridge-device", value)
    assert browser.get("/devices/code").headers["Location"] == "/devices"
    assert "#icb_" not in browser.get("/setup/shortcut").text.replace("#icb_…", "")


@pytest.mark.parametrize("cut", [1, 4, 40, 44, 60])
def test_a_setup_code_cut_short_opens_nothing(
    app: Flask, browser: FlaskClient, cut: int
) -> None:
    token = token_of(make_setup_code(browser))
    assert ask(app, token[:-cut]) == 401


@pytest.mark.parametrize(
    ("scope", "words", "routes"),
    [
        ("read", "may read", {"/v1/fitness": 200, "/api/v1/athlete/0/profile": 403}),
        ("write", "may also log and plan", {"/api/v1/athlete/0/profile": 403}),
        ("raw", "may do everything", {"/api/v1/athlete/0/profile": 200}),
    ],
)
def test_a_scope_is_told_in_plain_words_and_kept(
    app: Flask, browser: FlaskClient, scope: str, words: str, routes: dict[str, int]
) -> None:
    token = token_of(make_setup_code(browser, scope=scope))
    assert words in text_of(browser.get("/devices"))
    for path, status in routes.items():
        assert ask(app, token, path) == status
    (device,) = devices_of(app)
    assert device.scope == scope


def test_the_page_suggests_what_a_phone_needs_and_says_what_read_lacks(
    browser: FlaskClient,
) -> None:
    page = browser.get("/setup/phone").text
    (chosen,) = re.findall(r'value="(\w+)" checked', page)
    assert chosen == "write"
    needs = "need a code with Write"
    assert needs in text_of(name_phone(browser, scope="read"))
    assert needs not in text_of(name_phone(browser, scope="write"))


def test_a_phone_may_read_when_nothing_is_chosen(
    app: Flask, browser: FlaskClient
) -> None:
    make_setup_code(browser)
    assert [device.scope for device in devices_of(app)] == ["read"]


@pytest.mark.parametrize(
    "fields",
    [
        {"name": ""},
        {"name": "   "},
        {"name": "x" * 61},
        {"name": "My\x00iPhone"},
        {"name": "line\nbreak"},
        {"name": "\u202eevil"},
        {"name": "iPhone", "scope": "admin"},
        {"name": "iPhone", "scope": ""},
    ],
)
def test_an_odd_name_or_scope_lets_nothing_in(
    app: Flask, browser: FlaskClient, fields: dict[str, str]
) -> None:
    refused = post(browser, "/devices", **fields)
    assert refused.status_code == 422
    assert refused.mimetype == "text/html"
    assert devices_of(app) == []


def test_a_name_is_shown_as_text(app: Flask, browser: FlaskClient) -> None:
    name = "<script>alert(1)</script>\"'&"
    shown = name_phone(browser, name=name)
    for page in (shown, browser.get("/devices")):
        assert "<script>alert" not in page.text
        assert "&lt;script&gt;" in page.text


def test_the_last_use_is_told(app: Flask, browser: FlaskClient, clock: Clock) -> None:
    token = token_of(make_setup_code(browser))
    assert "never asked" in text_of(browser.get("/devices"))
    ask(app, token)
    clock.advance(minutes=3)
    assert "My training form, 3 minutes ago" in text_of(browser.get("/devices"))


def test_trying_a_shortcut_is_no_use_of_a_device(
    app: Flask, browser: FlaskClient
) -> None:
    make_setup_code(browser)
    assert browser.get("/try/my-training-form").status_code == 200
    assert [device.last_used_at for device in devices_of(app)] == [None]


def test_a_device_of_somebody_else_cannot_be_revoked(
    app: Flask, browser: FlaskClient
) -> None:
    store = services_of(app).store
    store.athletes.ensure("0", MORNING, "somebody")
    device = store.devices.add("Theirs", "read", "somebody", MORNING)
    refused = post(browser, f"/devices/{device.device_id}/revoke")
    assert refused.status_code == 404
    found = store.devices.find(device.device_id)
    assert found is not None
    assert found.revoked_at is None
    assert "Theirs" not in browser.get("/devices").text


@pytest.mark.parametrize("device_id", ["0" * 16, "x", "..", "%2e%2e", "a%00b"])
def test_an_unknown_device_is_a_page_with_a_sentence(
    browser: FlaskClient, device_id: str
) -> None:
    refused = post(browser, f"/devices/{device_id}/revoke")
    assert refused.status_code == 404
    assert "no such" in text_of(refused)


def test_revoking_twice_is_the_same_as_once(app: Flask, browser: FlaskClient) -> None:
    make_setup_code(browser)
    (device,) = devices_of(app)
    for _ in range(2):
        answer = post(browser, f"/devices/{device.device_id}/revoke")
        assert answer.status_code == 303
    assert "revoked" in text_of(browser.get("/devices"))


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(seconds=-5), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(seconds=60), "1 minute ago"),
        (timedelta(minutes=59), "59 minutes ago"),
        (timedelta(minutes=60), "1 hour ago"),
        (timedelta(hours=24), "1 day ago"),
        (timedelta(days=59), "59 days ago"),
        (timedelta(days=60), "2 months ago"),
        (timedelta(days=900), "on 6 June 2024"),
    ],
)
def test_how_long_ago_is_said_in_words(passed: timedelta, words: str) -> None:
    assert say_ago(MORNING - passed, MORNING) == words
