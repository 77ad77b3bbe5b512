"""Connecting the account: checked live, sealed, forgotten, and never shown."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from bridge.domain.doctor.pasted_key import clean_key
from bridge.routes.site.words import words_in
from bridge.simulator.world import World
from bridge.store.athletes import OWNER, Account
from bridge.vault import key_context
from tests.conftest import MORNING, SECRET_KEY, let_in, services_of
from tests.site.pages import post, signed_in, text_of

KEY = "1a2b3c4d5e6f7g8h9i0j"


@pytest.fixture
def keyless(make_app: Callable[..., Flask]) -> Flask:
    """A bridge that has no key in its environment."""
    return make_app(api_key="")


def account_of(app: Flask) -> Account:
    account = services_of(app).store.athletes.find(OWNER)
    assert account is not None
    return account


def connect(app: Flask, world: World) -> FlaskClient:
    browser = signed_in(app)
    assert post(browser, "/connect", api_key=world.api_key).status_code == 303
    return browser


def test_a_key_from_the_environment_needs_nothing(app: Flask, world: World) -> None:
    browser = signed_in(app)
    page = text_of(browser.get("/setup/key"))
    assert f"Connected to {world.athlete['name']}" in page
    assert "The key is set on the server" in page
    assert 'name="api_key"' not in browser.get("/setup/key").text
    refused = post(browser, "/connect", api_key=KEY)
    assert refused.status_code == 409
    assert account_of(app).sealed_key is None


def test_a_key_is_checked_kept_sealed_and_used(keyless: Flask, world: World) -> None:
    phone = let_in(keyless)
    assert phone.get("/v1/fitness").get_json()["code"] == "no_api_key"
    browser = connect(keyless, world)
    assert f"Connected to {world.athlete['name']}" in text_of(browser.get("/setup/key"))
    assert phone.get("/v1/fitness").status_code == 200
    account = account_of(keyless)
    assert account.sealed_key is not None
    assert world.api_key not in account.sealed_key
    assert account.credential_version == 1


def test_disconnecting_forgets_the_key_and_keeps_the_devices(
    keyless: Flask, world: World
) -> None:
    phone = let_in(keyless)
    browser = connect(keyless, world)
    assert post(browser, "/disconnect").status_code == 303
    account = account_of(keyless)
    assert (account.sealed_key, account.credential_version) == (None, 2)
    assert phone.get("/v1/fitness").get_json()["code"] == "no_api_key"
    connect(keyless, world)
    assert phone.get("/v1/fitness").status_code == 200


@pytest.mark.parametrize(
    "pasted",
    [
        "{key}",
        "  {key} ",
        "{key}\r\n",
        "\n{key}\n",
        '"{key}"',
        "'{key}'",
        "“{key}”",
        "API_KEY:{key}",
        "api_key: {key}",
        '"API_KEY:{key}"',
        "INTERVALS_API_KEY={key}",
        "export INTERVALS_API_KEY='{key}'",
        "\ufeff{key}\u200b",
    ],
)
def test_what_can_mean_one_thing_only_is_cleaned(
    keyless: Flask, world: World, pasted: str
) -> None:
    browser = signed_in(keyless)
    answer = post(browser, "/connect", api_key=pasted.format(key=world.api_key))
    assert answer.status_code == 303, text_of(answer)


@pytest.mark.parametrize(
    ("pasted", "reason"),
    [
        ("", "no key"),
        ("   ", "no key"),
        ('""', "no key"),
        ("API_KEY:", "no key"),
        ("1a2b3c 4d5e6f", "a space"),
        ("1a2b3c\u00a04d5e6f", "a space"),
        ("1a2b3c\r\n4d5e6f", "line break"),
        ("i123456", "athlete id"),
        ("123456", "athlete id"),
        ("Bearer 1a2b3c4d5e6f", "whole header"),
        ("Basic QVBJX0tFWTp4", "whole header"),
        ("https://intervals.icu/athlete/i123456", "address"),
        ("http://127.0.0.1:8000#icb_1.2", "setup code"),
        ("1a2b3c4d5e6fé", "letters and digits"),
        ("1a2b", "letters and digits"),
        ("x" * 900, "letters and digits"),
        ("1a2b3c\x004d5e6f", "letters and digits"),
    ],
)
def test_what_can_be_no_key_is_refused_with_its_reason(
    keyless: Flask, world: World, pasted: str, reason: str
) -> None:
    refused = post(signed_in(keyless), "/connect", api_key=pasted)
    assert refused.status_code == 422
    said = text_of(refused)
    assert reason in said
    assert "Nothing was saved" in said
    assert len(pasted) < 4 or pasted.strip('" ') not in refused.text
    assert account_of(keyless).sealed_key is None
    assert world.requests == []


@given(pasted=st.text(max_size=300))
def test_any_paste_is_a_key_or_a_reason(pasted: str) -> None:
    said = read(pasted)
    if said.startswith("key "):
        assert re.fullmatch(r"key [0-9A-Za-z_-]{6,200}", said)
    else:
        assert said.endswith(".")
        assert len(pasted) < 8 or pasted not in said


@given(key=st.from_regex(r"[0-9a-zA-Z]{10,40}", fullmatch=True))
def test_a_key_comes_back_as_it_was(key: str) -> None:
    for pasted in (key, f" {key}\n", f'"{key}"', f"API_KEY:{key}"):
        is_id = key.lower().removeprefix("i").isdecimal()
        assert read(pasted) == f"key {key}" or (is_id and "athlete id" in read(pasted))


def read(pasted: str) -> str:
    """Return the key, or why there is none."""
    try:
        return f"key {clean_key(pasted)}"
    except ValueError as refused:
        return str(words_in("en").setup_key.no_key[str(refused)])


@pytest.mark.parametrize("status", [401, 403, 429, 500, 503])
def test_nothing_is_stored_unless_upstream_says_yes(
    keyless: Flask, world: World, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    browser = signed_in(keyless)
    world.switches.fail_status = status
    refused = post(browser, "/connect", api_key=KEY)
    assert refused.status_code in {422, 502, 503}
    assert "Nothing was saved" in text_of(refused)
    assert KEY not in refused.text
    assert KEY not in caplog.text
    account = account_of(keyless)
    assert (account.sealed_key, account.credential_version) == (None, 0)


def test_a_yes_of_a_minute_ago_is_no_proof(keyless: Flask, world: World) -> None:
    browser = connect(keyless, world)
    post(browser, "/disconnect")
    world.switches.fail_status = 401
    refused = post(browser, "/connect", api_key=world.api_key)
    assert refused.status_code == 422
    assert account_of(keyless).sealed_key is None


def test_a_wrong_key_does_not_replace_a_good_one(keyless: Flask, world: World) -> None:
    browser = connect(keyless, world)
    sealed = account_of(keyless).sealed_key
    post(browser, "/disconnect")
    connect(keyless, world)
    refused = post(browser, "/connect", page="/doctor", api_key=KEY)
    assert refused.status_code == 422
    kept = account_of(keyless).sealed_key
    assert kept is not None
    assert kept != sealed


def test_a_sealed_key_copied_to_another_version_is_refused_with_a_sentence(
    keyless: Flask, world: World
) -> None:
    browser = connect(keyless, world)
    account = account_of(keyless)
    services_of(keyless).store.athletes.keep_key(account, account.sealed_key)
    answer = let_in(keyless).get("/v1/fitness")
    assert (answer.status_code, answer.get_json()["code"]) == (503, "vault_closed")
    assert "Connect your account again" in answer.get_json()["speech"]
    page = text_of(browser.get("/setup/key"))
    assert "can't open the key" in page
    assert "Forget the old key" in page
    assert post(browser, "/connect", api_key=world.api_key).status_code == 303
    assert let_in(keyless).get("/v1/fitness").status_code == 200


def test_after_a_rotation_the_key_still_opens_and_is_sealed_anew_with_the_next(
    make_app: Callable[..., Flask], world: World
) -> None:
    connect(make_app(api_key=""), world)
    new = "another-key-for-the-suite-8Hq2Lw5Zp"
    both = make_app(api_key="", secret_keys=(SECRET_KEY, new))
    assert let_in(both).get("/v1/fitness").status_code == 200
    without = make_app(api_key="", secret_keys=(new,))
    assert let_in(without).get("/v1/fitness").get_json()["code"] == "vault_closed"


def test_the_key_is_in_no_page_header_or_log(
    keyless: Flask, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    browser = connect(keyless, world)
    for path in ("/setup/key", "/doctor", "/health", "/try/my-training-form"):
        answer = browser.get(path)
        assert answer.status_code == 200
        assert world.api_key not in answer.text + str(answer.headers)
    assert world.api_key not in caplog.text


def test_the_page_is_shown_while_upstream_is_down(app: Flask, world: World) -> None:
    browser = signed_in(app)
    world.switches.fail_status = 503
    page = browser.get("/setup/key")
    assert page.status_code == 200
    assert "Intervals.icu isn't answering" in text_of(page)


def test_the_environments_key_is_its_owners_alone(app: Flask, world: World) -> None:
    services = services_of(app)
    services.store.athletes.ensure("0", MORNING, "somebody")
    device = services.store.devices.add("Theirs", "raw", "somebody", MORNING)
    token = services.tokens.issue(device.device_id)
    headers = {"Authorization": f"Bearer {token}"}
    answer = app.test_client().get("/v1/fitness", headers=headers)
    assert answer.get_json()["code"] == "no_api_key"
    assert world.requests == []


def test_the_environments_key_is_never_stored(app: Flask) -> None:
    browser = signed_in(app)
    browser.get("/setup/key")
    account = account_of(app)
    assert account.sealed_key is None
    assert key_context(OWNER, 0).encoded() == b'["athletes", "sealed_key", "owner", 0]'
