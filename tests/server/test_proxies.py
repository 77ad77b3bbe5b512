"""Behind the web servers of docs/reach.md strangers cost the phones nothing either."""

from __future__ import annotations

import json
import os
import re
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import requests

from bridge.tokens import LARGEST_WEBHOOK, hook_path
from tests.server.test_front import STRANGERS, strangers
from tests.support.lacking import require_binary
from tests.support.live import Operator, Served, Upstream, serving
from tests.support.services import free_port

pytestmark = [pytest.mark.xdist_group("live_http"), pytest.mark.slow]

HOOK_SECRET = "canary-of-hooks-4711"
REACH = Path(__file__).parents[2] / "docs" / "reach.md"


def block_of(language: str, first: str) -> str:
    """Return the block of the page that begins so."""
    blocks = re.findall(r"^```(\w*)\n(.*?)^```", REACH.read_text("utf-8"), re.S | re.M)
    (block,) = [
        text for named, text in blocks if named == language and text.startswith(first)
    ]
    return str(block)


def listens(port: int) -> bool:
    """Tell whether somebody takes connections there, whatever stands behind."""
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def behind_nginx(served: Served, folder: Path) -> Iterator[Served]:
    nginx = require_binary("nginx", "nginx-light")
    port = free_port()
    server = block_of("nginx", "map $uri").replace(
        "server_name bridge.your-domain.example;", f"listen 127.0.0.1:{port};"
    )
    server = server.replace("127.0.0.1:8000", f"127.0.0.1:{served.port}")
    server = server.replace("/var/log/nginx", str(folder))
    temporary = "".join(
        f"{name}_temp_path {folder}/{name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    settings = folder / "nginx.conf"
    settings.write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log;\n"
        f"{'user root;' if os.getuid() == 0 else ''}\n"  # who may write to our folder
        f"events {{ worker_connections 4000; }}\nhttp {{ access_log off; {temporary}"
        f"{server} }}\n"
    )
    operator = Operator(folder=folder)
    with operator.starting(
        str(nginx), "-c", str(settings), "-p", str(folder), "-e", str(folder / "early")
    ) as started:
        started.wait_for(lambda: listens(port))
        yield replace(served, port=port)


@contextmanager
def behind_caddy(served: Served, folder: Path) -> Iterator[Served]:
    caddy = require_binary("caddy", "caddy")
    port = free_port()
    site = block_of("", "{").replace(
        "bridge.your-domain.example", f"http://127.0.0.1:{port}"
    )
    site = site.replace("127.0.0.1:8000", f"127.0.0.1:{served.port}")
    settings = folder / "Caddyfile"
    settings.write_text(f"{{\n admin off\n{site.removeprefix('{')}")
    operator = Operator(folder=folder)
    with operator.starting(
        str(caddy), "run", "--config", str(settings), "--adapter", "caddyfile"
    ) as started:
        started.wait_for(lambda: listens(port))
        yield replace(served, port=port)


@pytest.mark.parametrize("front", [behind_nginx, behind_caddy])
def test_five_hundred_strangers_of_each_sort_and_twenty_healthy_requests(
    served: Served, tmp_path: Path, front: type
) -> None:
    token = served.let_in()["token"]
    with front(served, tmp_path) as proxied:
        proxied.get("/v1/fitness", token)
        for said in STRANGERS.values():
            with strangers(proxied, 500, said):
                began = time.monotonic()
                answers = [
                    requests.get(
                        f"{proxied.url}/v1/fitness",
                        headers={"Authorization": f"Bearer {token}"},
                        timeout=10,
                    ).status_code
                    for _ in range(20)
                ]
                assert answers == [200] * 20
                assert time.monotonic() - began < 20  # before: never


def requests_with(key: str, base: str) -> list[int]:
    """Ask as widgets and calendars do, well and wrongly; return what came."""
    paths = (
        f"/w/form.png?size=medium&key={key}",
        f"/w/form.nonsense?key={key}",
        f"/calendar/{key}.ics",
        f"/calendar/{key}.ics/more?key={key}",
        f"/v1/cards/{key}?key={key}",
    )
    headers = {"Referer": f"{base}/w/form.png?key={key}"}
    return [
        requests.get(base + path, headers=headers, timeout=30).status_code
        for path in paths
    ]


def assert_in_no_file(key: str, *folders: Path) -> None:
    files = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
    assert files
    for file in files:
        assert key[2:].encode() not in file.read_bytes(), file


@pytest.mark.parametrize("is_up", [True, False])
@pytest.mark.parametrize("front", [behind_nginx, behind_caddy])
def test_a_view_key_is_in_no_log_of_a_web_server(
    served: Served, tmp_path: Path, front: type, is_up: bool
) -> None:
    key = json.loads(served.run("views", "add", "Frame", "--json").stdout)["key"]
    behind = served if is_up else replace(served, port=free_port())
    with front(behind, tmp_path) as proxied:
        statuses = requests_with(key, proxied.url)
    assert all((status == 502) == (not is_up) for status in statuses)
    told = "".join(file.read_text("utf-8", "replace") for file in logs_of(tmp_path))
    assert "/w/form.png" in told or not is_up
    assert_in_no_file(key, tmp_path, served.folder)


def logs_of(folder: Path) -> list[Path]:
    return [file for file in folder.iterdir() if file.suffix in {".log", ".out"}]


def bring(base: str, path: str, size: int, secret: str = HOOK_SECRET) -> int:
    """Bring a webhook of so many bytes; return the status, 0 for a cut line."""
    told = {"secret": secret, "events": [{"athlete_id": "i1", "type": "TEST"}]}
    body = json.dumps(told).encode()
    try:
        return requests.post(
            base + path, data=body + b" " * (size - len(body)), timeout=30
        ).status_code
    except requests.ConnectionError:
        return 0


@pytest.mark.parametrize("front", [behind_nginx, behind_caddy])
def test_a_webhook_reaches_the_bridge_whole_and_its_path_no_log(
    upstream: Upstream, tmp_path: Path, front: type
) -> None:
    (home := tmp_path / "bridge").mkdir()
    (folder := tmp_path / "front").mkdir()
    with serving(upstream, home, BRIDGE_WEBHOOK_SECRET=HOOK_SECRET) as served:
        path = hook_path((served.settings["BRIDGE_SECRET_KEY"],))
        with front(served, folder) as proxied:
            assert bring(proxied.url, path, 200) == 200
            assert bring(proxied.url, path, LARGEST_WEBHOOK) == 200
            # the bridge says so itself, since a FIT file may be larger
            assert bring(proxied.url, path, LARGEST_WEBHOOK + 1) == 413
            assert bring(proxied.url, path, 200, "another-secret-4711") == 404
            assert bring(proxied.url, f"{path[:-1]}9", 200) == 404
            assert bring(proxied.url, path, 60 * 1024 * 1024) in (0, 413)
        down = replace(served, port=free_port())
        (later := tmp_path / "down").mkdir()
        with front(down, later) as proxied:
            assert bring(proxied.url, path, 200) == 502
    key = path.rpartition("/")[2]
    assert_in_no_file(key, folder, later, home)


@pytest.mark.parametrize("name", ["nginx.conf", "nginx-container.conf", "Caddyfile"])
def test_what_is_shipped_hides_the_path_of_webhooks_as_the_page_does(
    name: str,
) -> None:
    shipped = (REACH.parents[1] / "deploy" / name).read_text("utf-8")
    if name == "Caddyfile":
        assert block_of("", "{").split("bridge.your")[0] in shipped
        return
    assert block_of("nginx", "map $uri").split("server {")[0] in shipped
    assert "client_max_body_size 50m" in shipped
    assert "access_log /var/log/nginx/bridge.log bridge;" in shipped
    assert "bridge-error.log crit;" in shipped


def test_a_view_key_is_in_no_log_of_the_bridge(served: Served) -> None:
    key = json.loads(served.run("views", "add", "Frame", "--json").stdout)["key"]
    requests_with(key, served.url)
    requests_with(key[:-1] + "!", served.url)
    token = served.let_in()["token"]
    headers = {"Authorization": f"Bearer {key}"}
    assert requests.get(served.url, headers=headers, timeout=30).status_code < 500
    requests.get(f"{served.url}/w/form.svg?key={token}", timeout=30)
    told = "".join(
        file.read_text("utf-8", "replace") for file in logs_of(served.folder)
    )
    assert "/w/form.png" in told
    assert "/calendar/*****.ics" in told
    assert_in_no_file(key, served.folder)
    assert token.rpartition(".")[2] not in told
