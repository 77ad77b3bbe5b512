"""Behind the web servers of docs/reach.md strangers cost the phones nothing either."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import requests

from tests.server.test_front import STRANGERS, strangers
from tests.support.lacking import require_binary
from tests.support.live import Operator, Served
from tests.support.services import free_port

pytestmark = [pytest.mark.xdist_group("live_http"), pytest.mark.slow]

REACH = Path(__file__).parents[2] / "docs" / "reach.md"


def block_of(language: str, first: str) -> str:
    """Return the block of the page that begins so."""
    blocks = re.findall(r"^```(\w*)\n(.*?)^```", REACH.read_text("utf-8"), re.S | re.M)
    (block,) = [
        text for named, text in blocks if named == language and text.startswith(first)
    ]
    return str(block)


@contextmanager
def behind_nginx(served: Served, folder: Path) -> Iterator[Served]:
    nginx = require_binary("nginx", "nginx-light")
    port = free_port()
    server = block_of("nginx", "server {").replace(
        "server_name bridge.your-domain.example;", f"listen 127.0.0.1:{port};"
    )
    server = server.replace("127.0.0.1:8000", f"127.0.0.1:{served.port}")
    temporary = "".join(
        f"{name}_temp_path {folder}/{name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    settings = folder / "nginx.conf"
    settings.write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log;\n"
        f"events {{ worker_connections 4000; }}\nhttp {{ access_log off; {temporary}"
        f"{server} }}\n"
    )
    operator = Operator(folder=folder)
    with operator.starting(
        str(nginx), "-c", str(settings), "-p", str(folder), "-e", str(folder / "early")
    ) as started:
        started.wait_for_address(f"http://127.0.0.1:{port}")
        yield replace(served, port=port)


@contextmanager
def behind_caddy(served: Served, folder: Path) -> Iterator[Served]:
    caddy = require_binary("caddy", "caddy")
    port = free_port()
    site = block_of("", "bridge.your-domain.example {").replace(
        "bridge.your-domain.example", f"http://127.0.0.1:{port}"
    )
    site = site.replace("127.0.0.1:8000", f"127.0.0.1:{served.port}")
    settings = folder / "Caddyfile"
    settings.write_text(f"{{\n admin off\n}}\n{site}")
    operator = Operator(folder=folder)
    with operator.starting(
        str(caddy), "run", "--config", str(settings), "--adapter", "caddyfile"
    ) as started:
        started.wait_for_address(f"http://127.0.0.1:{port}")
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
