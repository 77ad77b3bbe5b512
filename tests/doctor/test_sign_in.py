"""The doctor on sign-ins: every way a key was sent wrong, in every form pasted."""

from __future__ import annotations

from base64 import b64encode

import pytest

from bridge.domain.doctor.request import explain_request

KEY = "1l0nlqjq3j1obdhg08rz5rhhx"
URL = "https://intervals.icu/api/v1/athlete/0/profile"
CURED = f"curl -u API_KEY:***** {URL}"


def encoded(text: str) -> str:
    return b64encode(text.encode()).decode()


def codes(text: str) -> list[str]:
    return [finding.code for finding in explain_request(text).findings]


@pytest.mark.parametrize(
    ("login", "code"),
    [
        (f"api_key:{KEY}", "user_spelling"),
        (f"Api_Key:{KEY}", "user_spelling"),
        (f"API-KEY:{KEY}", "user_spelling"),
        (f"APIKEY:{KEY}", "user_spelling"),
        (f"i123456:{KEY}", "user_other"),
        (f"123456:{KEY}", "user_other"),
        (f"me@example.org:{KEY}", "user_other"),
        (f"jane:{KEY}", "user_other"),
        (f":{KEY}", "user_other"),
        (f"{KEY}:", "key_as_user"),
        (KEY, "key_as_user"),
        (f"{KEY}:API_KEY", "user_and_key_swapped"),
        ("API_KEY:", "key_missing"),
        ("API_KEY", "key_missing"),
        (f"API_KEY:API_KEY:{KEY}", "key_with_more"),
        (f"API_KEY: {KEY}", "key_blanks"),
        (f"API_KEY:{KEY} ", "key_blanks"),
        (f"API_KEY :{KEY}", "user_blanks"),
        (f'API_KEY:"{KEY}"', "key_quotes"),
        (f"API_KEY:“{KEY}”", "key_quotes"),
        (f"API_KEY:{KEY}\n", "key_line_break"),
        (f"API_KEY:\u200b{KEY}", "key_invisible"),
        (f"API_KEY:{KEY[:9]}\ufeff{KEY[9:]}", "key_invisible"),
        (f"API_KEY:\u00a0{KEY}", "key_blanks"),
        (f"API_KEY:{KEY[:9]} {KEY[9:]}", "key_blanks"),
        ("API_KEY:YOUR_API_KEY", "key_placeholder"),
        ("API_KEY:<your key>", "key_placeholder"),
        ("API_KEY:$KEY", "key_variable"),
        ("API_KEY:i123456", "id_as_key"),
        (f"API_KEY:Bearer {KEY}", "key_with_more"),
        ("API_KEY:icb_abc.def.ghi", "bridge_token"),
    ],
)
def test_a_wrong_login_is_named_alike_in_curl_and_in_basic(
    login: str, code: str
) -> None:
    single_quoted = f"curl -u '{login}' {URL}"
    assert code in codes(single_quoted)
    assert explain_request(single_quoted).corrected_curl == CURED
    if not login.endswith("\n") and ":" in login:
        header = f"Authorization: Basic {encoded(login)}"
        assert code in codes(f"GET {URL} HTTP/1.1\n{header}")


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (f"Bearer {KEY}", "bearer_with_api_key"),
        (f"bearer {KEY}", "bearer_with_api_key"),
        ("Bearer $TOKEN", "bearer_with_api_key"),
        ("Bearer eyJhbGciOi.eyJzdWIi.c2ln-XYZ", "bearer_maybe_oauth"),
        ("Bearer 0f9e8d7c6b5a4f3e2d1c0b9a8f7e6d5c4b3a2f1e", "bearer_maybe_oauth"),
        (f"Bearer API_KEY:{KEY}", "bearer_with_pair"),
        (f"Bearer {encoded('API_KEY:' + KEY)}", "bearer_with_pair"),
        ("Bearer icb_abc.def", "bridge_token"),
        ("Bearer", "key_missing"),
        ("Basic", "key_missing"),
        (f"Basic API_KEY:{KEY}", "basic_not_base64"),
        (f"Basic {KEY}", "basic_not_base64"),
        (f"Basic {encoded(KEY)}", "basic_key_alone"),
        (f"Basic {encoded('API_KEY:' + KEY + chr(10))}", "key_line_break"),
        (f"Basic {encoded(encoded('API_KEY:' + KEY))}", "basic_twice"),
        (f"Basic {encoded('Basic API_KEY:' + KEY)}", "basic_twice"),
        (f"Basic {encoded('API_KEY%3A' + KEY)}", "basic_key_alone"),
        (f"Basic {encoded('API_KEY')}", "key_missing"),
        (KEY, "scheme_missing"),
        (encoded("API_KEY:" + KEY), "scheme_missing"),
        (f"API_KEY:{KEY}", "scheme_missing"),
        (f"Token {KEY}", "scheme_missing"),
        (f"ApiKey {KEY}", "scheme_missing"),
        (f"Authorization: Basic {encoded('API_KEY:' + KEY)}", "scheme_missing"),
        (f'"Basic {encoded("API_KEY:" + KEY)}"', "key_quotes"),
    ],
)
def test_a_wrong_authorization_header_is_named_in_every_form(
    value: str, code: str
) -> None:
    forms = (
        f"curl -H 'Authorization: {value}' {URL}",
        f"curl --header='Authorization: {value}' --url {URL}",
        f"curl \\\n  -H 'Authorization: {value}' \\\n  {URL}",
        f"curl ^\r\n  -H 'Authorization: {value}' ^\r\n  {URL}",
        f"GET /api/v1/athlete/0/profile HTTP/1.1\nAuthorization: {value}",
        f"> GET /api/v1/athlete/0/profile HTTP/2\n> authorization: {value}\n>",
        f"URL: {URL}\nMethod: GET\nHeaders: Authorization = {value}",
        f"Get Contents of: {URL}\nHeaders:\n- Authorization: {value}",
    )
    for text in forms:
        assert code in codes(text), text
        assert explain_request(text).corrected_curl == CURED


@pytest.mark.parametrize(
    "name",
    ["X-API-Key", "api-key", "apikey", "token", "X-Auth-Token", "Authentication"],
)
def test_a_key_in_another_header_is_named(name: str) -> None:
    assert codes(f"curl -H '{name}: {KEY}' {URL}") == ["header_name_wrong"]
    assert codes(f"{URL}\n{name}: {KEY}") == ["header_name_wrong"]


@pytest.mark.parametrize("name", ["Authorisation", "Authoriztion", "Autorization"])
def test_a_misspelt_authorization_is_named(name: str) -> None:
    line = f"curl -H '{name}: Basic {encoded('API_KEY:' + KEY)}' {URL}"
    assert codes(line) == ["header_name_wrong"]


@pytest.mark.parametrize("name", ["api_key", "apikey", "token", "access_token", "key"])
def test_a_key_in_the_query_is_named_and_taken_out(name: str) -> None:
    text = f"curl '{URL}?{name}={KEY}'"
    assert "key_in_query" in codes(text)
    assert explain_request(text).corrected_curl == CURED


def test_a_login_in_the_address_is_read() -> None:
    text = f"curl https://api_key:{KEY}@intervals.icu/api/v1/athlete/0/profile"
    assert codes(text) == ["user_spelling", "key_in_url"]


def test_a_request_without_sign_in_is_named_where_it_would_show() -> None:
    assert codes(f"curl {URL}") == ["no_credentials"]
    assert codes("GET /api/v1/athlete/0/profile HTTP/1.1\nHost: intervals.icu") == [
        "no_credentials"
    ]


def test_a_bare_address_is_not_accused_of_lacking_a_sign_in() -> None:
    said = explain_request(URL)
    assert said.findings == ()
    assert any("shows no sign-in" in text for text in said.notes)


def test_signing_in_twice_is_named() -> None:
    found = codes(f"curl -u API_KEY:{KEY} -H 'Authorization: Bearer {KEY}' {URL}")
    assert found == ["bearer_with_api_key", "two_credentials"]


def test_user_name_and_password_of_an_app_are_read() -> None:
    text = f"URL: {URL}\nUser name: i123\nPassword: {KEY}"
    assert codes(text) == ["user_other"]
    assert codes(f"URL: {URL}\nUsername: API_KEY\nPassword: {KEY}") == []


def test_base64_over_two_lines_is_named_as_shortcuts_makes_it() -> None:
    long = encoded("API_KEY:" + KEY * 3)
    text = f"{URL}\nAuthorization: Basic {long[:76]}\n{long[76:]}"
    assert codes(text) == ["basic_line_break"]


def test_smart_quotes_round_arguments_are_named() -> None:
    text = f"curl -u “API_KEY:{KEY}” “{URL}”"
    assert codes(text) == ["smart_quotes"]
    assert explain_request(text).corrected_curl == CURED


def test_long_dashes_are_named() -> None:
    text = f"curl —user API_KEY:{KEY} {URL}"
    assert codes(text) == ["smart_dash"]


def test_a_header_without_quotes_is_put_together_again() -> None:
    text = f"curl -H Authorization: Bearer {KEY} {URL}"
    assert codes(text) == ["bearer_with_api_key", "unquoted_header"]


def test_combined_short_options_are_read() -> None:
    assert codes(f"curl -sSLu API_KEY:{KEY} {URL}") == []
    assert codes(f"curl -suapi_key:{KEY} {URL}") == ["user_spelling"]


def test_a_masked_key_is_no_fault() -> None:
    assert codes(f"curl -u API_KEY:***** {URL}") == []


def test_oauth_tokens_and_keys_are_both_explained() -> None:
    finding = explain_request(f"curl --oauth2-bearer aB.cD-eF {URL}").findings[0]
    assert "OAuth" in finding.fix
    assert "API_KEY" in finding.fix
