"""``bridge serve`` and the Procfile: processes, workers, logs, the end."""

from __future__ import annotations

import secrets
import signal
import time
from pathlib import Path

import pytest
import requests

from tests.support.live import (
    PROGRAM,
    Operator,
    Served,
    Upstream,
    serving,
    settings_for,
)
from tests.support.services import free_port

PROCFILE = Path(__file__).parents[2] / "Procfile"

pytestmark = pytest.mark.xdist_group("cli_serve")


def statuses(served: Served, token: str, times: int) -> set[int]:
    """Ask on new connections, so that every worker gets its share."""
    return {
        served.get("/v1/activities?limit=1", token).status_code for _ in range(times)
    }


@pytest.mark.slow
def test_a_revoked_device_is_refused_by_every_worker_within_a_second(
    upstream: Upstream, tmp_path: Path
) -> None:
    with serving(upstream, tmp_path, "--workers", "2") as served:
        device = served.let_in()
        assert len(served.started.left_behind()) == 3
        assert statuses(served, device["token"], 30) == {200}
        assert served.run("devices", "revoke", device["id"]).returncode == 0
        time.sleep(1)
        assert statuses(served, device["token"], 30) == {401}


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_with_all_its_workers(
    upstream: Upstream, tmp_path: Path, how: signal.Signals
) -> None:
    with serving(upstream, tmp_path, "--workers", "2") as served:
        served.started.process.send_signal(how)
        assert served.started.process.wait(timeout=15) == 0
        assert served.started.left_behind() == []
        with pytest.raises(requests.ConnectionError):
            served.get("/healthz")


def test_no_secret_is_in_what_it_says(served: Served, upstream: Upstream) -> None:
    token = served.let_in("raw")["token"]
    for path in ("/v1/fitness", "/v1/doctor", "/api/v1/athlete/0", "/v1/nowhere"):
        served.get(path, token)
    upstream.world.switches.bad_key_status = 403
    key, upstream.world.api_key = upstream.world.api_key, "another-key"
    try:
        # a day nobody asked for yet: answers are kept for a moment
        assert served.get("/v1/fitness?day=-9d", token).status_code == 502
    finally:
        upstream.world.api_key = key
    told = served.started.output()
    assert "GET /v1/fitness 200" in told
    assert "upstream_" in told
    for secret in (token, key, served.settings["BRIDGE_SECRET_KEY"]):
        assert secret not in told


def test_nothing_but_the_database_is_written(served: Served) -> None:
    names = {path.name for path in served.folder.iterdir()}
    assert {"bridge.db"} <= names
    assert {name for name in names if not name.startswith(("bridge.", "0."))} == set()


@pytest.mark.slow
def test_a_second_bridge_shares_the_database(
    served: Served, upstream: Upstream
) -> None:
    token = served.let_in()["token"]
    secret = served.settings["BRIDGE_SECRET_KEY"]
    with serving(upstream, served.folder, BRIDGE_SECRET_KEY=secret) as second:
        assert second.get("/v1/fitness", token).status_code == 200


@pytest.mark.slow
def test_the_procfile_starts_it_as_platforms_do(
    upstream: Upstream, operator: Operator
) -> None:
    kind, _, line = PROCFILE.read_text("utf-8").strip().partition(": ")
    port = free_port()
    operator.settings |= settings_for(upstream, operator.folder)
    operator.settings |= {"PORT": str(port), "WEB_CONCURRENCY": "2"}
    path = f"{PROGRAM.parent}:{operator.environ()['PATH']}"
    operator.settings["PATH"] = path
    assert kind == "web"
    with operator.starting("bash", "-c", f"exec {line}") as started:
        started.wait_for_address(f"http://127.0.0.1:{port}")
        assert len(started.left_behind()) == 3
        assert "0.0.0.0" in started.output()


def test_a_wrong_number_of_workers_is_refused(operator: Operator) -> None:
    operator.settings["BRIDGE_SECRET_KEY"] = secrets.token_urlsafe(48)
    for option in ("--workers", "--threads"):
        assert operator.run("serve", option, "0").returncode == 2


def test_a_server_that_half_bodies_stop_is_refused_with_the_reason(
    operator: Operator,
) -> None:
    refused = operator.run("serve", "--server", "granian")
    assert refused.returncode == 2
    assert "half a body" in " ".join(refused.stderr.split())


@pytest.mark.slow
def test_without_a_key_it_says_what_to_set(upstream: Upstream, tmp_path: Path) -> None:
    with serving(upstream, tmp_path, INTERVALS_API_KEY="") as served:
        told = served.started.output()
        for named in ("INTERVALS_API_KEY", "BRIDGE_SECRET_KEY", "bridge demo"):
            assert named in told
        answer = served.get("/v1/fitness", served.let_in()["token"])
        assert answer.status_code == 503
        assert answer.json()["code"] == "no_api_key"


def test_a_taken_port_is_told_before_a_code_is_shown(served: Served) -> None:
    began = time.monotonic()
    refused = served.run("serve")
    assert time.monotonic() - began < 4
    assert refused.returncode == 1
    assert f"Cannot listen on 127.0.0.1:{served.port}" in refused.stderr
    assert f"bridge serve --port {served.port + 1}" in refused.stderr
    assert "code" not in refused.stdout
    assert "Traceback" not in refused.stderr


@pytest.mark.slow
def test_host_and_port_may_be_said_on_the_line(
    upstream: Upstream, operator: Operator
) -> None:
    operator.settings |= settings_for(upstream, operator.folder) | {"PORT": "1"}
    port = str(free_port())
    command = (str(PROGRAM), "serve", "--port", port, "--host", "127.0.0.2")
    with operator.starting(*command) as started:
        started.wait_for_address(f"http://127.0.0.2:{port}")
        assert f"http://127.0.0.2:{port}/sign-in" in started.output()
