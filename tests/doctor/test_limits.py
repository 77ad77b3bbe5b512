"""The doctor never fails, whatever is pasted, and its advice can be followed."""

from __future__ import annotations

import shlex
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge.domain.doctor.request import explain_request
from bridge.domain.doctor.request.causes import sentences

KEY = "1l0nlqjq3j1obdhg08rz5rhhx"
URL = "https://intervals.icu/api/v1/athlete/0/activities"
FULL = 65_536

PIECES = (
    "curl ", "-u ", "API_KEY:", KEY, " -H ", "'", '"', "“", "”", "—", "\\\n", "^\n",
    "&", "?", "/", "//", "https://", "intervals.icu", "www.", "/api/v1",
    "/athlete/", "0",
    "i123", "me", "/activities", "/activity/", "/events", "/wellness", "2026-01-31",
    "oldest=", "newest=", "31.1.2026", "Authorization: ", "Basic ", "Bearer ", "-d ",
    "{", "}", "[", "]", ":", ",", "category", "Note", "feel", "-X ", "PUT", "POST",
    "GET ", " HTTP/1.1", "\n", "\n\n", "\r\n",
    "403", "@", "%", "%2", "*", "$", "`", "\u200b", "\ud800", "\0",
    "--json ", "-G ", "=", " ",
)  # fmt: skip
PASTED = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@settings(deadline=None)
@given(text=PASTED | st.text(max_size=300), status=st.none() | st.integers())
def test_whatever_is_pasted_there_is_a_complete_answer(
    text: str, status: int | None
) -> None:
    said = explain_request(text, status=status)
    assert 0 < len(said.summary) < 280
    assert {finding.code for finding in said.findings} <= set(sentences()["causes"])
    texts = [said.summary, said.corrected_curl or "x", *said.notes]
    for finding in said.findings:
        texts += [finding.what, finding.how_seen, finding.fix]
    assert all(text and text.isprintable() for text in texts)


@settings(deadline=None)
@given(text=PASTED)
def test_a_corrected_line_that_is_pasted_again_is_found_right(text: str) -> None:
    line = explain_request(f"curl -u x:y {text}").corrected_curl or ""
    if not line or "YYYY" in line or "ID" in line:
        return
    words = shlex.split(line.replace("*****", KEY))
    again = explain_request(shlex.join(words))
    wrong = {finding.code for finding in again.findings}
    assert words[:3] == ["curl", "-u", f"API_KEY:{KEY}"]
    assert not wrong


@settings(deadline=None)
@given(text=PASTED, status=st.sampled_from([None, 401, 403, 404, 422]))
def test_the_same_text_gives_the_same_answer(text: str, status: int | None) -> None:
    assert explain_request(text, status=status) == explain_request(text, status=status)


def _repeated(piece: str, before: str = "", behind: str = "") -> str:
    count = (FULL - len(before) - len(behind)) // len(piece)
    return before + piece * count + behind


ENDLESS = {
    "letters": _repeated("a"),
    "blanks": _repeated(" "),
    "lines": _repeated("\n", "curl ", "-u a:b"),
    "options": _repeated("\n-u a", "curl "),
    "backslashes": _repeated("\\", "curl "),
    "continued": _repeated("\\   ", "curl "),
    "carets": _repeated("^  ", "curl ^\n"),
    "open quotes": _repeated('"\\', "curl "),
    "smart quotes": _repeated("“a ”", "curl "),
    "dashes": _repeated("— ", "curl "),
    "headers": _repeated("X-A: b\n"),
    "credentials": _repeated("X-API-Key: abcdefgh\n"),
    "segments": _repeated("a/", "curl https://intervals.icu/api/v1/"),
    "parameters": _repeated("a=b&", f"curl '{URL}?"),
    "percents": _repeated("%41", f"curl {URL}?q="),
    "brackets": _repeated("[", f"PUT {URL} HTTP/1.1\n\n"),
    "nested": _repeated('{"a":', "curl -d '", f"' {URL}"),
    "digits": _repeated("1", 'curl -d \'{"a":', f"}}' {URL}"),
    "commas": _repeated(",  ", "curl -d '{", f"' {URL}"),
    "base64": _repeated("QUJD", "Authorization: Basic "),
    "long secret": f"curl -u API_KEY:{'a' * 30000} '{URL}?q={'a' * 30000}'",
    "hosts": _repeated("intervals."),
    "schemes": _repeated("https://"),
    "logins": _repeated("a@", "curl https://"),
    "words": _repeated("token "),
    "fields": "curl -X PUT --json '{"
    + ",".join(f'"k{n}":1' for n in range(6000))
    + "}' https://intervals.icu/api/v1/athlete/0/wellness/2026-01-31",
}


@pytest.mark.parametrize("kind", ENDLESS)
def test_the_longest_text_is_read_in_a_moment(kind: str) -> None:
    began = perf_counter()
    said = explain_request(ENDLESS[kind])
    assert perf_counter() - began < 3
    assert len(said.findings) <= 20


def test_what_stands_behind_the_limit_is_not_read() -> None:
    beyond = " " * FULL + f"\ncurl -u x:y {URL}"
    assert explain_request(beyond).findings == ()


@pytest.mark.parametrize("status", [-1, 0, 99, 600, 10**30])
def test_an_impossible_status_explains_nothing_and_breaks_nothing(status: int) -> None:
    assert (
        explain_request(f"curl -u API_KEY:{KEY} {URL}.csv", status=status).findings
        == ()
    )


def test_control_characters_of_a_terminal_are_not_passed_on() -> None:
    text = (
        'curl -u API_KEY:x -X PUT --json \'{"\\u001b[2Jx":1,"weight":70}\' '
        "https://intervals.icu/api/v1/athlete/0/wellness/2026-01-31"
    )
    said = explain_request(text)
    assert "\x1b" not in repr(said.findings) + (said.corrected_curl or "")


@pytest.mark.parametrize("depth", [39, 40, 41, 500, *range(900, 1000, 9), 5000])
def test_a_deeply_nested_body_breaks_nothing(depth: int) -> None:
    body = "[" * depth + "]" * depth
    said = explain_request(f"curl -u API_KEY:{KEY} -X PUT --json '{body}' {URL}")
    assert said.corrected_curl is not None
