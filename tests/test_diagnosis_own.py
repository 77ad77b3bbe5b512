"""The box on the setup page reads requests to this very bridge too."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from bridge.domain.doctor.request import Door, Site, diagnose_own
from bridge.routes.table import ROUTES
from tests.pages import post, signed_in, text_of

TOKEN = "icb_0123456789abcdef." + "aB3-_" * 8 + "xyz"
KEY = "1a2b3c4d5e6f7g8h9i0j"
HERE = "https://bridge.example"
SITE = Site(
    hosts={"bridge.example", "127.0.0.1:8000"},
    is_https=True,
    doors=[Door(each.method, each.path, each.scope is not None) for each in ROUTES],
)


def curl(path: str, value: str = f"Bearer {TOKEN}", options: str = "") -> str:
    return f"curl {options} -H 'Authorization: {value}' '{HERE}{path}'"


def codes_of(text: str) -> list[str]:
    found = diagnose_own(text, SITE)
    assert found is not None
    return [finding.code for finding in found.findings]


def basic(pair: str) -> str:
    return "Basic " + b64encode(pair.encode()).decode()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (curl("/v1/fitnes"), "own_path"),
        (curl("/fitness"), "own_path"),
        (curl("/v1/fitness/"), "own_path"),
        (curl("/v1//fitness"), "own_path"),
        (curl(""), "own_path"),
        (curl("/v1/fitness", options="-X POST"), "own_method"),
        (curl("/v1/fitness").replace("https:", "http:"), "own_not_https"),
        (f"curl {HERE}/v1/fitness", "own_token_missing"),
        (curl("/v1/fitness", "Bearer "), "own_token_missing"),
        (f"curl '{HERE}/v1/fitness?token={TOKEN}'", "own_token_place"),
        (f"curl -H 'X-Api-Key: {TOKEN}' {HERE}/v1/fitness", "own_token_place"),
        (curl("/v1/fitness", TOKEN), "own_bearer_missing"),
        (curl("/v1/fitness", f"Bearer {TOKEN[:-3]}"), "own_token_cut"),
        (curl("/v1/fitness", f"Bearer {HERE}#{TOKEN}"), "own_setup_code"),
        (curl("/v1/fitness", f"Bearer {KEY}"), "own_not_a_token"),
        (curl("/v1/fitness", basic(f"API_KEY:{KEY}")), "own_not_a_token"),
        (curl("/v1/fitness", basic(f"me:{TOKEN}")), "own_basic_user"),
        (f"curl -u me:{TOKEN} {HERE}/v1/fitness", "own_basic_user"),
        (f"GET /v1/fitnes\nAuthorization: Bearer {TOKEN}", "own_path"),
        ("GET /v1/fitness HTTP/1.1\nHost: bridge.example", "own_token_missing"),
    ],
)
def test_what_is_wrong_is_named(text: str, code: str) -> None:
    assert codes_of(text) == [code]


@pytest.mark.parametrize(
    "text",
    [
        curl("/v1/fitness?day=today"),
        curl("/v1/activities/i123/laps"),
        curl("/api/v1/athlete/0/profile"),
        curl("/v1/wellness", options="-d '{}'"),
        curl("/v1/fitness", basic(f"API_KEY:{TOKEN}")),
        curl("/v1/fitness", "Bearer *****"),
        f"curl -u API_KEY:{TOKEN} {HERE}/v1/fitness",
        f"curl {HERE}/healthz",
        "curl -H 'Authorization: Bearer $TOKEN' https://127.0.0.1:8000/v1/week",
    ],
)
def test_a_request_that_is_right_is_called_right(text: str) -> None:
    found = diagnose_own(text, SITE)
    assert found is not None
    assert found.findings == ()
    assert "Nothing wrong can be seen" in found.summary


@pytest.mark.parametrize(
    "text",
    [
        "",
        "curl https://intervals.icu/api/v1/athlete/0",
        f"curl -H 'Authorization: Bearer {TOKEN}' https://intervals.icu/v1/fitness",
        "curl https://other.example/v1/fitness",
        "GET /api/v1/athlete/0\nAuthorization: Basic x",
    ],
)
def test_a_request_to_somebody_else_is_not_ours(text: str) -> None:
    assert diagnose_own(text, SITE) is None


@pytest.mark.parametrize(
    ("path", "nearest"),
    [
        ("/v1/fitnes", "/v1/fitness"),
        ("/v1/Fitness", "/v1/fitness"),
        ("/v1/activities/i1/lap", "/v1/activities/ID/laps"),
        ("/qqqqqqqqqqqqqqq", "/openapi.json"),
    ],
)
def test_the_nearest_address_is_told(path: str, nearest: str) -> None:
    found = diagnose_own(curl(path), SITE)
    assert found is not None
    assert f"The nearest one is {nearest}." in found.findings[0].fix


@given(
    st.text(max_size=80),
    st.sampled_from([TOKEN, KEY, TOKEN[:30], f"{HERE}#{TOKEN}"]),
)
def test_no_text_breaks_it_and_no_secret_is_repeated(rest: str, secret: str) -> None:
    for text in (
        f"curl {HERE}/{rest} -H 'Authorization: Bearer {secret}'",
        f"curl '{HERE}/v1/{secret}' {rest}",
        f"GET /v1/{rest}\nHost: bridge.example\nAuthorization: {secret}",
    ):
        assert secret not in str(diagnose_own(text, SITE))


@pytest.mark.parametrize(
    ("public_url", "address"),
    [
        ("", "http://127.0.0.1:8000"),
        ("", "http://localhost:8000"),
        ("https://bridge.example", "https://bridge.example"),
        ("https://bridge.example", "https://bridge.example:443"),
        ("https://bridge.example", "https://127.0.0.1:8000"),
    ],
)
def test_the_page_knows_its_own_address(
    make_app: Callable[..., Flask], public_url: str, address: str
) -> None:
    browser = signed_in(make_app(public_url=public_url))
    pasted = f"curl -H 'Authorization: Bearer {TOKEN}' {address}/v1/fitnes"
    answer = post(browser, "/doctor", page="/doctor", request=pasted)
    assert "The nearest one is /v1/fitness." in text_of(answer)
    assert TOKEN not in answer.text
    elsewhere = pasted.replace(address, "https://intervals.icu")
    answer = post(browser, "/doctor", page="/doctor", request=elsewhere)
    assert "The nearest one" not in text_of(answer)
