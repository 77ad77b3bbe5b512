"""The Authorization header: where it is wrong, it is named, and not the token."""

from __future__ import annotations

from base64 import b64encode

import pytest
from flask import Flask

from tests.conftest import token_for


@pytest.fixture
def token(app: Flask) -> str:
    return token_for(app)


@pytest.mark.parametrize(
    "pattern",
    [
        "Basic dXNlcjpwYXNz,Bearer {token}",
        "Bearer {token}, Bearer {token}",
        "Bearer Bearer {token}",
        "bearer: {token}",
        'Bearer "{token}"',
        "Bearer '{token}'",
        "Bearer \u201c{token}\u201d",
        "Bearer <{token}>",
        "Bearer {token}{token}",
        "Bearer {token};",
        "Bearer {token}.",
        "Bearer {token}%0A",
        "Bearer token={token}",
        "Token {token}",
        "{token}",
        "Basic dXNlcjpwYXNz",
        "Basic ?",
    ],
)
def test_the_header_is_named_where_the_token_may_be_good(
    app: Flask, token: str, pattern: str
) -> None:
    header = pattern.format(token=token).encode().decode("latin-1")
    answer = app.test_client().get("/v1/athlete", headers={"Authorization": header})
    body = answer.get_json()
    assert (answer.status_code, body["code"]) == (401, "authorization_unclear")
    assert "one Authorization header" in body["speech"]
    assert token not in answer.text


def test_a_token_broken_by_a_blank_is_named_so(app: Flask, token: str) -> None:
    broken = f"Bearer {token[:20]} {token[20:]}"
    answer = app.test_client().get("/v1/athlete", headers={"Authorization": broken})
    assert answer.get_json()["code"] == "authorization_unclear"


@pytest.mark.parametrize(
    "pattern", ["Bearer {token}", "bearer   {token} ", "BEARER {token}"]
)
def test_one_bearer_and_one_token_is_right(
    app: Flask, token: str, pattern: str
) -> None:
    header = pattern.format(token=token)
    answer = app.test_client().get("/v1/athlete", headers={"Authorization": header})
    assert answer.status_code == 200


def test_basic_with_our_user_is_right(app: Flask, token: str) -> None:
    pair = b64encode(f"API_KEY:{token}".encode()).decode()
    headers = {"Authorization": f"Basic {pair}"}
    assert app.test_client().get("/v1/athlete", headers=headers).status_code == 200


def test_a_token_of_nobody_is_still_the_token(app: Flask, token: str) -> None:
    name, _, signature = token.partition(".")
    headers = {"Authorization": f"Bearer {name}.{signature[::-1]}"}
    body = app.test_client().get("/v1/athlete", headers=headers).get_json()
    assert body["code"] == "token_invalid"
    assert "Check the text after Bearer" in body["speech"]


@pytest.mark.parametrize("name", ["Authorisation", "Authorization Bearer", "X-Token"])
def test_a_header_by_another_name_is_told_what_to_add(
    app: Flask, token: str, name: str
) -> None:
    headers = {name: f"Bearer {token}"}
    body = app.test_client().get("/v1/athlete", headers=headers).get_json()
    assert body["code"] == "token_missing"
    assert "Add a header to the request: Authorization" in body["speech"]
