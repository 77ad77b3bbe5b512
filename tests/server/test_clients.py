"""Other people's clients work through the bridge as they do without it.

Each script in ``tests/clients`` makes every call its client offers, once against the
simulator with its API key, once against ``/api/v1`` with a device token as the key.
Both worlds are the same and their clocks stand still, so the answers are equal.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from bridge.simulator.world import World
from tests.conftest import MORNING
from tests.support.lacking import lacking, require_binary
from tests.support.live import Served, Upstream

CLIENTS = Path(__file__).parents[1] / "clients"
PYTHON = CLIENTS / ".venv" / "bin" / "python"
# As upstream spells them, and as a client does that likes camels.
CREDENTIALS = frozenset(
    {"icu_api_key", "icu_friend_invite_token", "shareToken", "password"}
    | {"icuApiKey", "icuFriendInviteToken"}
)
FEWEST_CALLS = {
    "run_intervals_kit.py": 40,
    "run_intervalsicu.py": 14,
    "run_intervals_icu.mjs": 50,
    "run_intervals_icu_api.mjs": 50,
}

pytestmark = [pytest.mark.xdist_group("live_clients"), pytest.mark.slow]


@pytest.fixture(scope="module")
def reference() -> Iterator[Upstream]:
    """Serve a second simulator, to be asked without the bridge."""
    with Upstream(World()).running() as running:
        yield running


@pytest.fixture(scope="module")
def token(served: Served) -> str:
    return served.let_in("raw", "Other clients")["token"]


@pytest.mark.parametrize("script", FEWEST_CALLS)
def test_a_client_is_answered_by_the_bridge_as_by_upstream(
    script: str, reference: Upstream, upstream: Upstream, served: Served, token: str
) -> None:
    world = same_world(reference, upstream)
    with ThreadPoolExecutor() as both:
        direct = both.submit(run, script, reference.url, world.api_key)
        bridged = both.submit(run, script, served.url, token)
    assert_no_credential(world, bridged.result(), direct.result())
    expected, found = calls(direct.result()), calls(bridged.result())
    assert list(found) == list(expected)
    for call, answer in found.items():
        assert answer == without_credentials(expected[call]), call
    assert len(found) >= FEWEST_CALLS[script]
    assert "wrong key" in found
    assert not [call for call, answer in found.items() if is_failure(answer)]
    assert token not in served.started.output()


def assert_no_credential(world: World, bridged: str, direct: str) -> None:
    """See that upstream tells its credentials, and the bridge keeps them."""
    canaries = [world.athlete["icu_api_key"], world.api_key]
    canaries += [folder["shareToken"] for folder in world.folders.values()]
    told = [canary for canary in canaries if canary]
    assert any(canary in direct for canary in told)
    assert not any(canary in bridged for canary in told)


def same_world(*servers: Upstream) -> World:
    """Show each server a fresh world; all are equal."""
    for server in servers:
        server.show(World(now=lambda: MORNING))
    return servers[0].world


def run(script: str, base_url: str, key: str) -> str:
    """Run a script with its client to the end, and return what it told."""
    done = subprocess.run(
        [*program(script), str(CLIENTS / script), base_url],
        env={"PATH": os.environ["PATH"], "CLIENT_KEY": key},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def program(script: str) -> list[str]:
    """Return what runs a script, or say that its client is not installed."""
    if script.endswith(".py"):
        if not PYTHON.exists():
            lacking("the Python clients are missing: make clients")
        return [str(PYTHON)]
    if not (CLIENTS / "node_modules").is_dir():
        lacking("the npm clients are missing: make clients")
    return [str(require_binary("node", "nodejs"))]


def calls(told: str) -> dict[str, Any]:
    """Return answers by the name of the call."""
    lines = [json.loads(line) for line in told.splitlines()]
    found = {line["call"]: line["answer"] for line in lines}
    assert len(found) == len(lines)
    return found


def without_credentials(value: Any) -> Any:
    """Return an answer of upstream without what the bridge keeps back."""
    if isinstance(value, dict):
        kept = {key: inner for key, inner in value.items() if key not in CREDENTIALS}
        return {key: without_credentials(inner) for key, inner in kept.items()}
    if isinstance(value, list):
        return [without_credentials(inner) for inner in value]
    return value


def is_failure(answer: Any) -> bool:
    """Tell upstream's error shape, which some clients hand on as if it were data."""
    return isinstance(answer, dict) and {"status", "error"} <= answer.keys()
