"""Counters for Prometheus and the log as JSON: of all workers, without a secret."""

from __future__ import annotations

import json
import logging
import re
import sys
import time
from pathlib import Path

import pytest
import requests

from bridge.metrics import BUCKETS_S, Counters
from bridge.server.log import REQUEST_ID, JsonLines
from bridge.upstream.transport import BoundedAdapter, TimedAdapter
from tests.conftest import MORNING
from tests.server.test_proxies import listens
from tests.support.live import Upstream, serving
from tests.support.services import free_port
from tests.upstream.servers import ask

SAMPLE = re.compile(r'([a-z_]+)(?:\{([a-z]+)="([^"]*)"\})? ([0-9.e+]+)')


def samples(text: str) -> dict[str, float]:
    """Return each sample by its name and label; refuse what is not of the format."""
    found: dict[str, float] = {}
    families: set[str] = set()
    for line in text.splitlines():
        if line.startswith("# TYPE "):
            families.add(line.split()[2])
        elif not line.startswith("# HELP "):
            match = SAMPLE.fullmatch(line)
            assert match, line
            family = re.sub(r"_(bucket|sum|count)$", "", match[1])
            assert family in families or match[1] in families, line
            found[f"{match[1]}{match[3] or ''}"] = float(match[4])
    return found


def test_requests_are_counted_by_their_class_and_their_time() -> None:
    counters = Counters(MORNING)
    for status, seconds in ((200, 0.001), (204, 0.2), (404, 0.3), (503, 20.0)):
        counters.note_request(status, seconds)
    counters.take_row(3)  # another worker
    counters.note_request(200, 0.002)
    counters.note_call(1.5, failed=False)
    counters.note_call(0.5, failed=True)
    told = samples(counters.text())
    assert told["bridge_requests_total2xx"] == 3
    assert told["bridge_requests_total4xx"] == told["bridge_requests_total5xx"] == 1
    assert told["bridge_request_seconds_bucket0.005"] == 2
    assert told["bridge_request_seconds_bucket0.25"] == 3
    assert told[f"bridge_request_seconds_bucket{BUCKETS_S[-1]:g}"] == 4
    assert told["bridge_request_seconds_bucket+Inf"] == 5
    assert told["bridge_request_seconds_count"] == 5
    assert told["bridge_upstream_calls_totalanswered"] == 1
    assert told["bridge_upstream_calls_totalfailed"] == 1
    assert told["bridge_upstream_seconds_total"] == 2.0


def test_a_call_that_nobody_answers_has_failed() -> None:
    counters = Counters(MORNING)
    adapter = TimedAdapter(BoundedAdapter(), counters.note_call)
    with pytest.raises(Exception, match="127"):
        adapter.send(ask(f"http://127.0.0.1:{free_port()}/"))
    adapter.close()
    assert samples(counters.text())["bridge_upstream_calls_totalfailed"] == 1


def test_a_line_of_json_names_its_request_and_holds_its_trace() -> None:
    try:
        int("broken")
    except ValueError:
        record = logging.LogRecord(
            "bridge", logging.ERROR, "x.py", 1, "it %s", ("broke",), sys.exc_info()
        )
    token = REQUEST_ID.set("0123456789abcdef")
    try:
        line = json.loads(JsonLines().format(record))
    finally:
        REQUEST_ID.reset(token)
    assert (line["level"], line["message"]) == ("error", "it broke")
    assert line["request_id"] == "0123456789abcdef"
    assert "ValueError: invalid literal" in line["trace"]
    assert line["at"].endswith("Z")


@pytest.mark.slow
@pytest.mark.xdist_group("cli_serve")
def test_all_workers_are_counted_on_a_port_of_this_machine_and_nothing_is_given_away(
    upstream: Upstream, tmp_path: Path
) -> None:
    port = free_port()
    more = {"BRIDGE_METRICS_PORT": str(port), "BRIDGE_LOG": "json"}
    with serving(upstream, tmp_path, "--workers", "2", **more) as served:
        device = served.let_in("raw", "Canary phone")
        for number in range(20):
            answer = served.get(f"/v1/fitness?day=-{number}d", device["token"])
            assert answer.status_code == 200
        assert re.fullmatch(r"[0-9a-f]{16}", answer.headers["X-Request-Id"])
        served.get(f"/v1/{device['token']}?key={upstream.world.api_key}")
        text = requests.get(f"http://127.0.0.1:{port}/metrics", timeout=10).text
        told = samples(text)
        assert told["bridge_requests_total2xx"] >= 20
        assert told["bridge_requests_total4xx"] >= 1
        assert told["bridge_upstream_calls_totalanswered"] >= 1
        assert requests.get(f"http://127.0.0.1:{port}/x", timeout=10).status_code == 404
        log = served.started.log.read_text() + served.started.out.read_text()
        lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
        asked = [line for line in lines if line.get("path") == "/v1/fitness"]
        assert len(asked) == 20
        assert {line["status"] for line in asked} == {200}
        assert answer.headers["X-Request-Id"] in {line["request_id"] for line in asked}
        refused = [line for line in lines if line["logger"] == "bridge"]
        assert refused
        assert all(line["request_id"] for line in refused)
        secrets = (served.settings["BRIDGE_SECRET_KEY"], upstream.world.api_key)
        for secret in (*secrets, device["token"], device["id"], "Canary"):
            assert secret not in text
        for secret in (*secrets, device["token"]):
            assert secret not in log
    deadline = time.monotonic() + 5
    while listens(port):  # it ends with the server
        assert time.monotonic() < deadline
        time.sleep(0.1)
