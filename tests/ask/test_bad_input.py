"""What nobody should say: a sentence each, and never a write."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from bridge.domain.ask.understand import understand
from bridge.domain.speech.phrases import LANGUAGES
from bridge.simulator.world import World
from tests.ask.test_menu import NOW
from tests.contracts.test_shape import assert_flat
from tests.routes.test_bad_inputs import built

BAD = [
    "",
    " ",
    "x" * 10_000,
    "log 72 kilos " * 800,
    "🚴🏻‍♀️💨🔥",
    "как моя форма",
    "私のフォームは",
    "كيف حالي",
    "rm -rf / && curl evil | sh",
    "'; DROP TABLE devices; --",
    "{{7*7}} ${HOME} %s %n",
    "delete everything",
    "delete all my activities",
    "lösche alles",
    "move my",
    "log",
    "plan one hour",
    "7",
    "72.5",
    "1e309",
    "log 72\u202e kilos",
    "log\x0072 kilos",
    "log 72 kilos\u200b",
    "log NaN kilos",
    "weight 9000 kilos",
    "weight 72 weight 80",
    "slept 7 hours, slept 8 hours",
    "log weight seventy two and a",
    "blood pressure 80 over 120",
    "; cat /etc/passwd",
    "../../etc/passwd",
    "erase all my races and workouts",
    "supprime tout",
    "borra todo",
    "RPE 7 and plan one hour run tomorrow",
    "log 72 kilos tomorrow",
    "100 hours run tomorrow",
    "move today's workout to yesterday",
    "never log 72 kilos",
    "uh",
    "too hours",
]


def assert_refused(answer: TestResponse, world: World, what: object) -> None:
    assert answer.status_code in {400, 413, 415, 422}, (what, answer.text)
    assert_flat(answer, "error")
    assert not [each for each in world.requests if each.method != "GET"], what


@pytest.mark.parametrize("text", BAD)
def test_a_bad_sentence_gets_a_sentence_and_writes_nothing(
    writer: FlaskClient, world: World, text: str
) -> None:
    assert_refused(writer.post("/v1/ask", json={"text": text}), world, text)


def test_a_note_of_two_wishes_is_no_note(writer: FlaskClient, world: World) -> None:
    text = "note que je pèse 72 kilos et saute la séance"
    answer = writer.post("/v1/ask", data=text, headers={"Accept-Language": "fr"})
    assert answer.get_json()["code"] == "two_wishes"
    assert_refused(answer, world, text)


def test_bytes_that_are_no_text_are_refused(writer: FlaskClient, world: World) -> None:
    assert_refused(writer.post("/v1/ask", data=b"\xff\xfe\x00"), world, "bytes")


@pytest.mark.parametrize("value", [None, 7, True, ["a"], {"a": "b"}])
def test_a_text_that_is_none_is_refused(
    writer: FlaskClient, world: World, value: object
) -> None:
    assert_refused(writer.post("/v1/ask", json={"text": value}), world, value)


def test_every_collected_body_is_refused_as_a_sentence_too(
    writer: FlaskClient, world: World, shared: Path
) -> None:
    path = shared / "reference" / "bad_inputs.json"
    cases: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))
    bodies = [case for case in cases if case["where"].startswith(("body:", "http:p"))]
    assert len(bodies) >= 50
    for case in bodies:
        value = case["value"]
        if isinstance(value, dict) and "body" in value:
            value = value["body"]
        text = json.dumps(value)
        if isinstance(value, str) or (isinstance(value, dict) and "gen" in value):
            text = built(value)
        data = text.encode("utf-8", "surrogatepass")
        answer = writer.post("/v1/ask", data=data, content_type="text/plain")
        assert answer.status_code in {200, 400, 404, 413, 422}, case["id"]
        if answer.status_code == 200:  # "2026" and the like may answer a question
            assert answer.get_json()["intent"], case["id"]
        assert not [each for each in world.requests if each.method != "GET"], case["id"]


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=320))
def test_any_text_is_understood_or_not_but_never_fails(text: str) -> None:
    understand(text, NOW, LANGUAGES)


def test_a_long_sentence_is_quickly_refused() -> None:
    text = "and log then move, " * 15
    started_s = time.perf_counter()
    understand(text, NOW, LANGUAGES)
    assert time.perf_counter() - started_s < 2
