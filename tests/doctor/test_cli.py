"""``bridge doctor``: what is wrong, said to an operator."""

from __future__ import annotations

import base64
from collections.abc import Iterator

import pytest

from tests.support.live import Operator, Served, Upstream, settings_for
from tests.support.services import free_port

KEY = "6bqv9zk3f0pastedkey17"


@pytest.fixture
def owner(operator: Operator, upstream: Upstream) -> Iterator[Operator]:
    """Sit before settings that are right; nothing said may hold the secrets."""
    operator.settings |= settings_for(upstream, operator.folder)
    yield operator
    upstream.world.switches.bad_key_status = 401


def examine(owner: Operator, *options: str, typed: str = "") -> tuple[int, str]:
    """Run the doctor, and see that nothing secret is said."""
    done = owner.run("doctor", *options, typed=typed)
    told = done.stdout + done.stderr
    assert "Traceback" not in told
    for secret in (KEY, owner.settings.get("INTERVALS_API_KEY") or KEY):
        assert secret not in told
    assert owner.settings.get("BRIDGE_SECRET_KEY", KEY) not in told
    return done.returncode, told


def test_right_settings_are_all_right(owner: Operator) -> None:
    owner.settings["BRIDGE_PUBLIC_URL"] = "https://bridge.example"
    status, told = examine(owner)
    assert status == 0, told
    assert "XX" not in told
    assert "nobody has tried it: the bridge isn't running" in told
    assert "ok  This bridge answers" not in told
    assert told.count("\nok  ") >= 3


@pytest.mark.slow
def test_a_running_bridge_is_tried_at_its_address(served: Served) -> None:
    seat = Operator(folder=served.folder, settings=dict(served.settings))
    for address, said in (
        (f"http://localhost.localdomain:{served.port}", ""),
        ("https://bridge.invalid", "XX  The name in https://bridge.invalid isn't"),
    ):
        seat.settings["BRIDGE_PUBLIC_URL"] = address
        _, told = examine(seat)
        assert "nobody has tried it" not in told
        assert said in told


@pytest.mark.parametrize("bad_key_status", [401, 403])
def test_a_wrong_key_is_a_problem(
    owner: Operator, upstream: Upstream, bad_key_status: int
) -> None:
    upstream.world.switches.bad_key_status = bad_key_status
    owner.settings["INTERVALS_API_KEY"] = KEY
    status, told = examine(owner)
    assert status == 1
    assert "XX" in told
    assert "key" in told


def test_somebody_elses_id_is_told_from_a_wrong_key(owner: Operator) -> None:
    owner.settings["INTERVALS_ATHLETE_ID"] = "i999"
    status, told = examine(owner)
    assert status == 1
    assert "i999" in told


def test_an_upstream_that_is_not_there_is_a_problem(owner: Operator) -> None:
    owner.settings["BRIDGE_UPSTREAM_URL"] = f"http://127.0.0.1:{free_port()}"
    status, told = examine(owner)
    assert status == 1
    assert "XX" in told


def test_a_missing_key_is_a_problem(owner: Operator) -> None:
    owner.settings["INTERVALS_API_KEY"] = ""
    status, told = examine(owner)
    assert status == 1
    assert "XX" in told


def basic(user: str, password: str) -> str:
    return base64.b64encode(f"{user}:{password}".encode()).decode()


@pytest.mark.parametrize(
    ("request_text", "said"),
    [
        (f"curl -H 'Authorization: Bearer {KEY}' URL/athlete/0", "Bearer"),
        (f"curl -u {KEY}: URL/athlete/0", "API_KEY"),
        (f"curl -u me:{KEY} URL/athlete/0", "API_KEY"),
        (f"curl -u API_KEY:{KEY} URL/athlete/me", "0"),
        (f"curl -u 'API_KEY: {KEY}' URL/athlete/0", "blank"),
        (f"GET /api/v1/athlete/0\nAuthorization: Basic {basic('x', KEY)}", "API_KEY"),
    ],
)
def test_a_request_that_failed_is_read_offline(
    operator: Operator, request_text: str, said: str
) -> None:
    text = request_text.replace("URL", "https://intervals.icu/api/v1")
    status, told = examine(operator, "--request", text)
    assert status == 0
    assert said in told
    assert "curl -u API_KEY:" in told
    assert basic("x", KEY) not in told


def test_what_is_told_on_a_screen_is_not_spelled_for_the_ear(owner: Operator) -> None:
    _, told = examine(owner)
    assert "Intervals.icu accepts the API key" in told
    line = f"curl -H 'Authorization: Bearer {KEY}' https://intervals.icu/athlete/me"
    _, told_of_request = examine(owner, "--request", line)
    assert "/api/v1" in told_of_request
    for spelled in ("I C U", " slash "):
        assert spelled not in told + told_of_request


def test_a_summary_comes_only_with_more_than_one_finding(owner: Operator) -> None:
    owner.settings["INTERVALS_API_KEY"] = KEY
    owner.settings["BRIDGE_PUBLIC_URL"] = "https://bridge.example"
    _, one = examine(owner)
    assert (one.count("XX"), one.count("doesn't know the API key")) == (1, 1)
    owner.settings["BRIDGE_PUBLIC_URL"] = "http://127.0.0.1"
    _, two = examine(owner)
    assert "2 things are wrong. First: Intervals.icu doesn't know the API key" in two
    url = "https://intervals.icu/api/v1/athlete/0"
    _, alone = examine(owner, "--request", f"curl -u {KEY}: {url}")
    assert "to check" not in alone
    _, more = examine(owner, "--request", f"curl -u {KEY}: {url[:-1]}me/")
    assert "to check" in more


def test_a_request_may_come_from_the_pipe(operator: Operator) -> None:
    text = f"curl -u {KEY}: https://intervals.icu/api/v1/athlete/0"
    piped = examine(operator, "--request", "-", typed=text)
    assert piped == examine(operator, "--request", text)


@pytest.mark.parametrize("request_text", ["", "hello", "curl", "\x00", "{" * 5000])
def test_anything_else_that_is_pasted_is_answered(
    operator: Operator, request_text: str
) -> None:
    status, told = examine(operator, "--request", "-", typed=request_text)
    assert status == 0
    assert told.strip()
