"""What the phone hears when something fails."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from bridge.domain.speech.voice import Voice
from bridge.errors import UpstreamBusy
from bridge.simulator.world import World
from tests.support.asking import refused


@pytest.mark.parametrize(
    ("retry_after_s", "english", "german"),
    [
        (0, "1 second", "eine Sekunde"),
        (29, "29 seconds", "29 Sekunden"),
        (30, "1 minute", "eine Minute"),
        (60, "1 minute", "eine Minute"),
        (150, "2 minutes", "2 Minuten"),
        (3600, "1 hour", "eine Stunde"),
        (5400, "1 hour 30", "eine Stunde 30"),
        (86400, "24 hours", "24 Stunden"),
        (999_999_999, "24 hours", "24 Stunden"),
    ],
)
def test_a_pause_is_said_in_minutes_and_hours(
    retry_after_s: int, english: str, german: str
) -> None:
    words = UpstreamBusy(retry_after_s=retry_after_s).words
    for key, then in (("error.upstream_busy", ", "), ("doctor.quota.used", ".")):
        assert f" Wait {english}{then}" in Voice().fill(key, words)
        assert f" Warte {german}{then}" in Voice("de_DE").fill(key, words)


def test_the_phone_hears_how_long_the_pause_is(
    phone: FlaskClient, world: World
) -> None:
    world.switches.fail_status = 429
    world.switches.retry_after_s = 7200
    body = refused(phone, "/v1/athlete", 503, "upstream_busy")
    assert phone.get("/v1/athlete").headers["Retry-After"] == "900"
    assert body["speech"].endswith("Wait 2 hours, then try again.")


def test_a_failure_under_the_raw_route_is_written_for_the_eye(
    raw_phone: FlaskClient, world: World
) -> None:
    world.switches.fail_status = 429
    world.switches.retry_after_s = 60
    raw_phone.get("/api/v1/athlete/0")  # from now on the gate is closed
    answer = raw_phone.get("/api/v1/athlete/0")
    assert answer.get_json() == {
        "status": 503,
        "error": "Intervals.icu asks for a pause. Wait 1 minute, then try again.",
    }
    assert answer.data.endswith(b"}\n")


def test_json_and_sentences_end_their_line(phone: FlaskClient) -> None:
    for path in ("/healthz", "/openapi.json", "/v1/athlete", "/v1/nowhere"):
        answer = phone.get(path)
        assert answer.data.endswith(b"}\n")
        assert answer.content_length == len(answer.data)
    said = phone.get("/v1/fitness?format=text").text
    assert (said[-2:], said.count("\n")) == (".\n", 1)


def test_who_wanted_to_read_is_not_sent_to_a_route_that_writes(
    phone: FlaskClient,
) -> None:
    assert "/v1/undo" not in phone.get("/v1/nope").get_json()["speech"]
    assert "/v1/undo" in phone.post("/v1/und").get_json()["hint"]
    assert "/v1/week" in phone.get("/v1/wek").get_json()["hint"]


@pytest.mark.parametrize("path", ["//v1/fitness", "///v1/fitness", "//healthz", "//"])
def test_no_address_has_a_second_spelling_with_more_slashes(
    phone: FlaskClient, path: str
) -> None:
    answer = phone.get("/", environ_overrides={"PATH_INFO": path})
    assert answer.status_code == 404
    if path != "//":  # that one is a person's
        assert (answer.json or {})["code"] == "unknown_path"
