"""A failure speaks like people: no name of a field, no date of a program."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bridge.domain.failure import speech_of
from bridge.domain.speech.phrases import LANGUAGES, fields_of, phrases_of
from bridge.domain.speech.voice import Voice
from bridge.errors import BridgeError, ConfigError, UpstreamBusy
from bridge.routes.params import EVERYWHERE
from bridge.routes.route import Body
from bridge.routes.table import ROUTES
from bridge.simulator.world import World
from tests.conftest import Clock, let_in
from tests.speech.heard import assert_heard
from tests.support.routes import path_of

every_language = pytest.mark.parametrize("language", LANGUAGES)
OF_A_PROGRAM = re.compile(r"\w_\w|[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]T[0-9]|/v1|[{}\[\]]")
# What stands in a placeholder, as errors have it for who builds a shortcut.
NAMES = {"name", "other", "names", "nearest", "column"}
WORDS = {
    "example": "2026-11-28T17:30",
    "scope": "write",
    "sport": "TrailRun",
    "low": "2:20/km",
    "high": "1000",
    "last": "77.5",
    "value": "105",
    "after": "90",
    "count": "7",
    "days": "366",
    "wait_s": "60",
}


@pytest.fixture
def writer(app: Flask) -> FlaskClient:
    return let_in(app, "write")


def every_error(kind: type[BridgeError] = BridgeError) -> Iterator[type[BridgeError]]:
    """Yield every failure that can reach a phone."""
    if kind is ConfigError:
        return
    yield kind
    for error in kind.__subclasses__():
        yield from every_error(error)


def bodies() -> list[Body]:
    return [route.body for route in ROUTES if route.body is not None]


def every_name() -> set[str]:
    """Return every name that may be sent, computed ones and what people say too."""
    sent = {param.name for route in ROUTES for param in (*route.params, *EVERYWHERE)}
    for body in bodies():
        sent |= {*body.names, *body.computed, *body.meant}
    return sent


def failure(kind: type[BridgeError], name: str) -> BridgeError:
    if kind is UpstreamBusy:
        return UpstreamBusy()
    placeholders = {
        place
        for text in (str(phrases_of("en")[f"error.{kind.code}"]), kind.hint)
        for _, place, _, _ in string.Formatter().parse(text)
        if place
    }
    words = {
        place: name if place in NAMES else WORDS.get(place, "Tempo")
        for place in {*placeholders, "name"}
    }
    if name == "gear":  # the athlete's own, so that its name is said as it is
        words["example"] = "Tempo"
    words = {("wait_s" if key == "wait" else key): words[key] for key in words}
    return kind(**words)


@every_language
def test_no_failure_speaks_the_name_of_a_field_or_a_date_of_a_program(
    language: str,
) -> None:
    voice = Voice(language)
    for kind in every_error():
        for name in sorted(every_name()):
            said = speech_of(failure(kind, name), voice)
            assert OF_A_PROGRAM.search(said) is None, said
            assert_heard(said, language, names="Tempo")


@every_language
def test_every_field_that_can_be_sent_has_a_name_for_the_ear(language: str) -> None:
    sent = {param.name for route in ROUTES for param in (*route.params, *EVERYWHERE)}
    sent |= {name for body in bodies() for name in body.names}
    assert sent - set(fields_of(language)) - OF_OTHERS == set()


# Passed on to Intervals.icu as they are.
OF_OTHERS: set[str] = set()


@every_language
def test_what_a_route_refuses_is_said_without_the_name_of_a_field(
    writer: FlaskClient, world: World, clock: Clock, language: str
) -> None:
    heard: set[str] = set()
    for route in ROUTES:
        if route.body is None or route.path.startswith("/api/"):
            continue
        path = path_of(route, world)
        for name in (*route.body.names, *sorted(route.body.computed)[:2], "wieght_kg"):
            said = refused(writer, route.method, path, {name: {"odd": 1}}, language)
            heard.add(said)
            assert OF_A_PROGRAM.search(said) is None, (name, said)
    assert len(heard) > 40


def refused(
    client: FlaskClient, method: str, path: str, sent: dict[str, Any], language: str
) -> str:
    headers = {"Accept-Language": language}
    answer = client.open(path, method=method, json=sent, headers=headers)
    return str(answer.get_json()["speech"])


@pytest.mark.parametrize(
    ("path", "sent", "code", "said"),
    [
        ("wellness", {"mood": "blue"}, "bad_field", "I didn't catch the mood."),
        ("wellness", {"mood": 9}, "out_of_bounds", "For the mood, say 1 to 4."),
        ("wellness", {"weight_kg": 900}, "beyond_bounds", "That can't be right."),
        ("wellness", {"day": "tomorrow", "steps": 1}, "day_to_come", "isn't here yet"),
        ("workouts/next/move", {"day": "blue"}, "bad_field", "didn't catch the day"),
        (
            "workouts/next/move",
            {"day": "yesterday"},
            "day_is_past",
            "Yesterday is over",
        ),
        ("workouts/next/move", {}, "missing_field", "I still need the day."),
    ],
)
def test_not_understood_out_of_range_past_and_missing_are_four_sentences(
    writer: FlaskClient, path: str, sent: dict[str, Any], code: str, said: str
) -> None:
    method = "PUT" if path == "wellness" else "POST"
    answer = writer.open(f"/v1/{path}", method=method, json=sent).get_json()
    assert answer["code"] == code
    assert said in answer["speech"]
