"""A browser without a screen: signs in, fills forms, reads pages."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import unquote

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bridge.codes import digest, new_code
from bridge.store.athletes import OWNER
from bridge.store.codes import CodePurpose
from tests.conftest import services_of

HTML = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
TOKEN = re.compile(r'name="form" value="([^"]+)"')
SETUP_CODE = re.compile(r"https?://[^<#\s]+#icb_[0-9a-f]{16}\.[0-9A-Za-z_-]{43}")


def open_browser(app: Flask) -> FlaskClient:
    """Return a browser that nobody has signed in with."""
    browser = app.test_client()
    browser.environ_base["HTTP_ACCEPT"] = HTML
    browser.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (iPhone) Safari/604.1"
    return browser


def make_code(app: Flask, kind: CodePurpose = "login") -> str:
    """Return a fresh one-time code."""
    services = services_of(app)
    code = new_code()
    code_hash = digest(code, services.config.secret_keys)
    services.store.codes.add(code_hash, kind, OWNER, services.clock())
    return code


def signed_in(app: Flask) -> FlaskClient:
    """Return a browser that has signed in."""
    browser = open_browser(app)
    assert post(browser, "/sign-in", code=make_code(app)).status_code == 303
    return browser


def post(
    browser: FlaskClient, path: str, page: str | None = None, **fields: str
) -> TestResponse:
    """Send the form of a page, with the token it has there."""
    where = page or ("/sign-in" if path in {"/sign-in", "/pair"} else "/devices")
    found = TOKEN.search(browser.get(where).text)
    assert found, f"no form on {where}"
    return browser.post(path, data={"form": found[1], **fields})


def follow(browser: FlaskClient, answer: TestResponse) -> TestResponse:
    """Go where an answer to a form leads."""
    assert answer.status_code == 303, answer.text
    return browser.get(answer.headers["Location"])


def name_phone(browser: FlaskClient, **fields: str) -> TestResponse:
    """Name a phone and return the page with its setup code."""
    fields = {"name": "Ana’s iPhone", **fields}
    return follow(browser, post(browser, "/devices", **fields))


def make_setup_code(browser: FlaskClient, **fields: str) -> str:
    """Name a phone and return its setup code."""
    answer = name_phone(browser, **fields)
    assert answer.status_code == 200, answer.text
    found = SETUP_CODE.search(answer.text)
    assert found
    return found[0]


def token_of(setup_code: str) -> str:
    """Return the device token in a setup code, as a shortcut splits it."""
    return setup_code.partition("#")[2]


def text_of(answer: TestResponse) -> str:
    """Return what is read on a page, in one line."""
    reader = _Reader()
    reader.feed(answer.text)
    return " ".join(" ".join(reader.words).split())


def cookie_of(answer: TestResponse) -> str:
    """Return the Set-Cookie header of an answer, empty if there is none."""
    return unquote(answer.headers.get("Set-Cookie", ""))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)
