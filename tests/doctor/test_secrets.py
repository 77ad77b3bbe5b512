"""The doctor never repeats a key, in whatever form it was pasted."""

from __future__ import annotations

import json
import string
from base64 import b64encode, urlsafe_b64encode
from dataclasses import asdict
from shlex import quote as shell_quote
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from bridge.domain.doctor.request import explain_request
from bridge.domain.doctor.request.address import WORDS
from bridge.domain.doctor.request.causes import sentences
from bridge.masking import MASK, Mask, named_secrets

URL = "https://intervals.icu/api/v1/athlete/i123/activities?oldest=2026-01-01"
DAY = "https://intervals.icu/api/v1/athlete/0/wellness/2026-01-31"
OTHER_KEY = "2zy8x7w6v5u4t3s2r1q0p9o8n"


def encoded(text: str) -> str:
    return b64encode(text.encode()).decode()


def pasted(form: str, key: str) -> str:
    """Return what a user would paste whose key is ``key``."""
    pair = f"API_KEY:{key}"
    body = {"api_key": key, "comments": key, "weight": 70}
    return FORMS[form].format(
        url=URL,
        day=DAY,
        key=key,
        pair=shell_quote(pair),
        word=shell_quote(key),
        user=shell_quote(f"{key}:"),
        swapped=shell_quote(f"{key}:API_KEY"),
        bearer=shell_quote(f"Authorization: Bearer {key}"),
        cookie=shell_quote(f"Cookie: session={key}"),
        percent=quote(key, safe=""),
        alone=encoded(key),
        basic=encoded(pair),
        twice=encoded(encoded(pair)),
        body=shell_quote(json.dumps(body)),
        rest=URL.removeprefix("https://"),
        base="https://intervals.icu/api/v1",
    )


FORMS = {
    "user": "curl -u {pair} '{url}'",
    "user_only": "curl -u {word} '{url}'",
    "key_as_user": "curl --user {user} '{url}'",
    "unquoted": "curl -u API_KEY:{key} {url}",
    "swapped": "curl -u {swapped} '{url}'",
    "bearer": "curl -H {bearer} '{url}'",
    "bearer_unquoted": "curl -H Authorization: Bearer {key} '{url}'",
    "smart": "curl -H “Authorization: Bearer {key}” “{url}”",
    "oauth_option": "curl --oauth2-bearer {word} '{url}'",
    "basic": "curl -H 'Authorization: Basic {basic}' '{url}'",
    "basic_alone": "curl -H 'Authorization: Basic {alone}' '{url}'",
    "basic_twice": "curl -H 'Authorization: Basic {twice}' '{url}'",
    "basic_plain": "{url}\nAuthorization: Basic API_KEY:{key}",
    "raw": "GET /api/v1/athlete/0/gear HTTP/1.1\nAuthorization: Bearer {key}",
    "named": "{url}\nX-API-Key: {key}",
    "misspelt": "{url}\nAuthorizaton: Basic {key}",
    "shortcut": "URL: {url}\nHeaders: Authorization = Bearer {key}",
    "fields": "URL: {url}\nUser name: {key}\nPassword: {key}",
    "query": "curl '{url}&api_key={percent}'",
    "query_plain": "{url}&token={key}",
    "query_echoed": "curl -u {pair} '{url}&fields={percent}'",
    "in_url": "curl 'https://API_KEY:{percent}@{rest}'",
    "path": "curl '{base}/athlete/{percent}/gear'",
    "path_end": "curl '{base}/wellness/{percent}'",
    "body": "curl -X PUT --json {body} {day}",
    "cookie": "curl -b {word} -H {cookie} '{url}'",
    "variable": "INTERVALS_API_KEY={key}\ncurl -u API_KEY:$INTERVALS_API_KEY '{url}'",
    "prose": "my api key is {key} and I get 403 from {url}",
}

PLAIN = string.ascii_letters + string.digits + string.punctuation + " "
COMMON = st.text(string.ascii_lowercase + string.digits, min_size=8, max_size=40)
PRINTABLE = st.text(PLAIN, min_size=8, max_size=40)
WILD = st.text(st.characters(codec="utf-8"), min_size=8, max_size=30)
DIGITS = st.text(string.digits, min_size=8, max_size=12)
KEYS = COMMON | PRINTABLE | WILD | DIGITS


def shapes(key: str) -> set[str]:
    """Return the forms in which a leaked key would still be a key."""
    pair = f"API_KEY:{key}".encode()
    return {
        key,
        key.strip(),
        quote(key, safe=""),
        quote_plus(key),
        encoded(key).rstrip("="),
        encoded(f"API_KEY:{key}").rstrip("="),
        urlsafe_b64encode(pair).decode().rstrip("="),
        json.dumps(key)[1:-1],
    }


def everything_said(text: str) -> str:
    said = explain_request(text)
    parts = [said.summary, said.corrected_curl or "", *said.notes]
    for finding in said.findings:
        parts += asdict(finding).values()
    return "\n".join(parts) + repr(said)


# What is said of every key: a key that is one of these words is not given away.
EVERY_SENTENCE = repr(sentences()) + URL + DAY + repr(WORDS)


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=60, deadline=None)
@given(key=KEYS)
@example(key=OTHER_KEY)
@example(key="aaaaaaaaaaaa")
@example(key="2026-01-31x")
@example(key="i123456789")
@example(key="with\"quote's")
@example(key="100%{name}")
@example(key="000)00»0")
def test_no_field_repeats_a_key(form: str, key: str) -> None:
    leaks = {shape for shape in shapes(key) if len(shape) >= 8}
    assume(not any(leak in EVERY_SENTENCE for leak in leaks))
    said = everything_said(pasted(form, key))
    for leak in leaks:
        assert leak not in said


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=30, deadline=None)
@given(key=st.from_regex(r"[a-z][0-9][a-z0-9]{10}[0-9][a-z]{2}", fullmatch=True))
def test_what_is_said_does_not_depend_on_the_key(form: str, key: str) -> None:
    assume(not any(word in key for word in ("key", "api", "here", "pass")))
    one = explain_request(pasted(form, key))
    assert one == explain_request(pasted(form, "k1" + "b7" * 6 + "z"))


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_read_as_a_request(form: str) -> None:
    said = explain_request(pasted(form, OTHER_KEY))
    assert said.corrected_curl is not None
    assert said.corrected_curl.startswith("curl -u API_KEY:***** ")


def test_a_field_named_like_a_key_is_masked_in_an_echoed_word() -> None:
    assert Mask(["opensesame"]).word("opensesame") == MASK
    assert Mask(["opensesame"]).word("OpenSesame!") == MASK
    assert Mask(["opensesame"]).text(encoded("opensesame")) == MASK + "=="


def test_a_run_that_looks_like_a_key_is_masked_though_unknown() -> None:
    assert Mask([]).text(f"long {OTHER_KEY} ride") == f"long {MASK} ride"


def test_ordinary_words_are_not_masked() -> None:
    words = "keep_all_laps_for_power_intervals 2026-01-31T00:00:00 3x10min@95%"
    assert Mask(["opensesame", "abc"]).text(words) == words


def test_with_too_many_secrets_nothing_at_all_is_echoed() -> None:
    text = "".join(f"X-API-Key: secret{n:04}\n" for n in range(200))
    said = explain_request(f"{text}{DAY}")
    assert said.corrected_curl is None
    assert Mask(f"secret{n:04}" for n in range(200)).word("weight") == MASK


def test_words_behind_key_and_token_are_found() -> None:
    assert named_secrets('{"access_token": "opensesame"}') == ["opensesame"]
    assert named_secrets("export API_KEY=opensesame") == ["opensesame"]


@pytest.mark.parametrize(
    "text",
    [
        "INTERVALS_API_KEY=opensesame\ncurl -u API_KEY:$KEY '{url}&fields=opensesame'",
        "curl -H 'Authorization: Digest opensesame' '{url}&fields=opensesame'",
        "curl -u opensesame: '{url}&fields=id,opensesame'",
        "curl -b 's=opensesame' -u API_KEY:x '{url}&fields=s%3Dopensesame'",
    ],
)
def test_a_short_key_is_masked_where_it_turns_up_again(text: str) -> None:
    said = explain_request(text.replace("{url}", URL))
    assert MASK in (said.corrected_curl or "").removeprefix("curl -u API_KEY:*****")
    assert "opensesame" not in repr(said)


@pytest.mark.parametrize("path", ["athlete/{}/gear", "activity/{}", "athlete/0/{}"])
def test_a_key_in_the_path_is_masked_where_it_turns_up_again(path: str) -> None:
    key = "ab12cd34ef56"
    address = f"https://intervals.icu/api/v1/{path.format(key)}"
    assert key not in repr(explain_request(f"curl '{address}?fields={key}'"))
