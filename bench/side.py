"""Side by side with what people would write instead: same bodies, one run, turns.

The server under test has one core, load and upstream the other. Upstream is nginx with
the bodies that the simulator gave once. Requests a second say little about another
machine; the ratios of one run do.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from bench.cpu import cpu_ms
from bench.peers.flat import ASKED
from bench.report import BODIES, Figure
from bench.serve import (
    HERE,
    NAIVE,
    ROUNDS,
    Headers,
    bridge_command,
    cpu_s,
    end,
    flask_command,
    free_port,
    get,
    let_in,
    new_folder,
    serving,
    settings,
    upstream,
    wait_for,
)

PEERS = HERE / "peers"
PEERS_PYTHON = PEERS / ".venv/bin/python"
MEASURED_S = 1
CONNECTIONS = 16
PATHS = {
    "wellness": "/v1/wellness",
    "latest": "/v1/activities/latest",
    "laps": "/v1/activities/latest/laps",
    "brief": "/v1/today",
}
KINDS = ("uncached", "cached")
UNLIKE = "cached, unlike"  # asked in another head each time
UNLIKE_LUA = """local number = 0
function request()
  number = number + 1
  wrk.headers["X-Trace"] = number
  return wrk.format()
end
"""
MOST_MS = {"latest": 1.2, "brief": 3}
FLOOR = "nginx proxy_cache"
NGINX = """worker_processes 1; daemon off; pid {folder}/pid;
error_log {folder}/log crit;
events {{ worker_connections 4096; }}
http {{ access_log off; sendfile on; tcp_nodelay on; keepalive_requests 10000000;
open_file_cache max=100; default_type application/json;
client_body_temp_path {folder}/1; proxy_temp_path {folder}/2;
fastcgi_temp_path {folder}/3;
uwsgi_temp_path {folder}/4; scgi_temp_path {folder}/5;
proxy_cache_path {folder}/cache keys_zone=c:4m; upstream up {{ server 127.0.0.1:{port};
keepalive 64; }}
map_hash_bucket_size 1024; map $request_uri $body {{ {bodies} }}
server {{ listen 127.0.0.1:{port} backlog=4096; root {folder};
location / {{ rewrite ^ /$body break; }} }}
server {{ listen 127.0.0.1:{cache_port}; location / {{ proxy_pass http://up;
proxy_http_version 1.1; proxy_set_header Connection ""; proxy_cache c;
proxy_cache_valid 200 1h; }} }} }}
"""

Rates = Mapping[tuple[str, str, str], float]  # server, body, kind


@dataclass(frozen=True)
class Server:
    """One server under test, and how it is asked."""

    name: str
    command: list[str]
    port: int
    ready: str = "/hello"
    headers: Headers = field(default_factory=dict)
    kinds: Sequence[str] = KINDS

    def url(self, path: str) -> str:
        """Return the whole address of a path."""
        return f"http://127.0.0.1:{self.port}{path}"

    def asked(self, body: str, kind: str) -> str:
        """Return where a body is asked for, worked out anew or not."""
        if self.headers:
            return self.url(
                PATHS[body] + ("?refresh=yes" if kind == "uncached" else "")
            )
        return self.url(f"/{body}" + ("?cached=1" if kind == "cached" else ""))


def measure() -> tuple[list[Figure], str]:
    """Return every figure of this section, and the table and chart beneath them."""
    install()
    rates: dict[tuple[str, str, str], list[float]] = defaultdict(list)
    with new_folder() as folder:
        port = free_port()
        env = settings(folder, f"http://127.0.0.1:{port}")
        servers = under_test(let_in(env))
        bodies = record(env, servers)
        with floor(bodies, port) as (cached, pid):
            for _ in range(ROUNDS):
                for server in servers:
                    one_round(server, env, rates)
                rates[FLOOR, "hello", ""].append(rate(cached, {}, pid))
    medians = {key: statistics.median(values) for key, values in rates.items()}
    return [*figures(medians), *cpu_figures()], "\n".join(table(medians))


def install() -> None:
    """Install what peers need from pip and npm, beside them, as it stands there."""
    wanted, installed = PEERS / "requirements.txt", PEERS / ".venv/installed.txt"
    if not installed.exists() or installed.read_text() != wanted.read_text():
        venv = PEERS_PYTHON.parent.parent
        subprocess.run([sys.executable, "-m", "venv", "--clear", venv], check=True)
        pip = [str(PEERS_PYTHON), "-m", "pip", "install", "--quiet"]
        pip += ["--disable-pip-version-check", "-r", str(wanted)]
        subprocess.run(pip, check=True)
        shutil.copy(wanted, installed)
    if not (PEERS / "node_modules/express").exists():
        npm = ["npm", "install", "--silent", "--no-audit", "--no-fund"]
        subprocess.run([*npm, "--no-package-lock"], cwd=PEERS, check=True)


def under_test(token: str) -> list[Server]:
    """Return every server under test."""
    ports = [free_port() for _ in range(6)]
    bearer = {"Authorization": f"Bearer {token}"}
    peer = [str(PEERS_PYTHON), "-m"]
    fast = [*peer, "uvicorn", "--port", str(ports[2]), "--no-access-log"]
    fast += ["--log-level", "error", "bench.peers.fast:app"]
    express = ["node", str(PEERS / "express.js"), str(ports[3])]
    # With the bridge's own packages; of its peers' environment granian alone.
    site = next(PEERS.glob(".venv/lib/python*/site-packages"))
    served = f"import sys; sys.path.append({str(site)!r}); sys.argv[0] = 'granian'; "
    served += "from granian.cli import entrypoint; entrypoint()"
    granian = [sys.executable, "-c", served]
    return [
        Server(
            "bridge",
            bridge_command(ports[0]),
            ports[0],
            "/healthz",
            bearer,
            (*KINDS, UNLIKE),
        ),
        Server("naive Flask", flask_command(ports[1]), ports[1]),
        Server("FastAPI", fast, ports[2]),
        Server("Express", express, ports[3]),
        Server(
            "Flask, granian",
            [*peer, *_on_granian(ports[4], NAIVE)],
            ports[4],
            kinds=(),
        ),
        Server(
            "bridge, granian",
            [*granian, *_on_granian(ports[5], "bridge.wsgi:app")[1:]],
            ports[5],
            "/healthz",
            bearer,
            kinds=("cached",),
        ),
    ]


def _on_granian(port: int, app: str) -> list[str]:
    options = ["--interface", "wsgi", "--no-ws", "--log-level", "critical"]
    return ["granian", *options, "--port", str(port), app]


def record(env: Mapping[str, str], servers: Sequence[Server]) -> dict[str, str]:
    """Let each server ask the simulator once; return all that it said."""
    with upstream(0) as source:
        own = {"BRIDGE_UPSTREAM_URL": source.url, "BENCH_UPSTREAM": source.url}
        for server in servers:
            if "uncached" in server.kinds:
                with under_load(server, {**env, **own}):
                    for body in BODIES:
                        get(server.asked(body, "uncached"), server.headers)
        source.get(ASKED["wellness"][0])
        return source.kept()


@contextmanager
def under_load(server: Server, env: Mapping[str, str]) -> Iterator[int]:
    """Serve on a core of its own until the block ends; give the process."""
    own = {"BENCH_ASKED": json.dumps(ASKED), "NODE_PATH": str(PEERS / "node_modules")}
    command = ["taskset", "-c", f"{cores()[1]}", *server.command]
    with serving(command, {**env, **own}, f":{server.port}{server.ready}") as pid:
        yield pid


def one_round(
    server: Server,
    env: Mapping[str, str],
    rates: dict[tuple[str, str, str], list[float]],
) -> None:
    """Ask a server for everything, each kind a second long."""
    # A granian that does not serve the bridge leaves its rows empty.
    with suppress(TimeoutError), under_load(server, env) as pid:
        hello = rate(server.url(server.ready), {}, pid)
        rates[server.name, "hello", ""].append(hello)
        for body in BODIES:
            for kind in server.kinds:
                url = server.asked(body, kind)
                for _ in range(3):
                    get(url, server.headers)
                asked = rate(url, server.headers, pid, is_unlike=kind == UNLIKE)
                rates[server.name, body, kind].append(asked)


def rate(url: str, headers: Headers, pid: int, *, is_unlike: bool = False) -> float:
    """Return how many requests a CPU second of a server answers.

    With ``is_unlike`` a header is another one in each request.

    Raises
    ------
    RuntimeError
        If any is answered otherwise than well.
    """
    load = ["taskset", "-c", f"{cores()[0]}", "wrk", "-t1", f"-c{CONNECTIONS}"]
    load += [f"-d{MEASURED_S}s"]
    load += [part for pair in headers.items() for part in ("-H", ": ".join(pair))]
    load += ["-s", str(_unlike_script())] if is_unlike else []
    before_s = cpu_s(pid)
    said = subprocess.run([*load, url], capture_output=True, text=True, check=True)
    used_s = cpu_s(pid) - before_s
    answered = re.search(r"(\d+) requests in", said.stdout)
    if "Non-2xx" in said.stdout or answered is None:
        raise RuntimeError(f"{url}: {said.stdout}")
    return int(answered[1]) / max(used_s, 0.01)


def _unlike_script() -> Path:
    script = PEERS / "node_modules/.unlike.lua"
    script.write_text(UNLIKE_LUA, encoding="utf-8")
    return script


def cores() -> list[int]:
    """Return the cores we may use."""
    return sorted(os.sched_getaffinity(0))


@contextmanager
def floor(bodies: Mapping[str, str], port: int) -> Iterator[tuple[str, int]]:
    """Let nginx be upstream, and a cache in front of it; give that one and its pid."""
    folder = PEERS / "node_modules/.measured"  # nothing of it is checked in
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    rows = []
    for number, (target, body) in enumerate(bodies.items()):
        (folder / f"{number}.json").write_text(body, encoding="utf-8")
        rows.append(f'"{target}" {number}.json;')
    cache_port = free_port()
    conf = folder / "conf"
    conf.write_text(
        NGINX.format(
            folder=folder, port=port, cache_port=cache_port, bodies="\n".join(rows)
        )
    )
    command = ["taskset", "-c", f"{cores()[0]}", "nginx", "-e", "/dev/null"]
    nginx = subprocess.Popen([*command, "-c", str(conf)])
    cached = f"http://127.0.0.1:{cache_port}{ASKED['wellness'][0]}"
    try:
        wait_for(cached, nginx, {})
        yield cached, nginx.pid
    finally:
        end(nginx)
        shutil.rmtree(folder, ignore_errors=True)


# What was measured.


def figures(rates: Rates) -> Iterator[Figure]:
    """Yield what is aimed at, each beside whom it is measured by."""
    for body in BODIES:
        bridge = "bridge", body, "cached"
        granian = "bridge, granian", body, "cached"
        hello = "naive Flask", "hello", ""
        yield _beside(f"cached {body}", rates, bridge, hello)
        yield _beside(f"unlike {body}", rates, ("bridge", body, UNLIKE), hello)
        express = "Express", body, "cached"
        yield _beside(f"granian express {body}", rates, granian, express)
        yield _beside(f"granian nginx {body}", rates, granian, (FLOOR, "hello", ""))
        for name, peer in (
            ("naive", "naive Flask"),
            ("fastapi", "FastAPI"),
            ("express", "Express"),
        ):
            anew, other = ("bridge", body, "uncached"), (peer, body, "uncached")
            yield _beside(f"{name} {body}", rates, anew, other)


def _beside(
    aim: str, rates: Rates, ours: tuple[str, str, str], other: tuple[str, str, str]
) -> Figure:
    if ours not in rates:
        return Figure(aim, f"{ours[0]}: it did not serve", f"{rates[other]:,.0f}")
    ratio = rates[ours] / rates[other]
    return Figure(aim, f"{rates[ours]:,.0f}", f"{rates[other]:,.0f}", ratio)


def cpu_figures() -> Iterator[Figure]:
    """Yield the CPU time of one answer, in process."""
    for name, took_ms in cpu_ms().items():
        most_ms = MOST_MS[name]
        ratio = took_ms / most_ms
        yield Figure(f"cpu {name}", f"{took_ms:.1f} ms", f"{most_ms} ms", ratio)


def table(rates: Rates) -> list[str]:
    """Return all rates, and bars for what is kept."""
    names = list(dict.fromkeys(name for name, _, _ in rates))
    lines = [f"| | | {' | '.join(names)} |", f"| --- | --- |{' ---: |' * len(names)}"]
    rows = [(body, kind) for body in BODIES for kind in (*KINDS, UNLIKE)]
    for body, kind in [*rows, ("hello", "")]:
        shown = (
            f"{rates[name, body, kind]:,.0f}" if (name, body, kind) in rates else ""
            for name in names
        )
        lines.append(f"| {body} | {kind} | {' | '.join(shown)} |")
    lines += ["", "```text", "cached, beside a bare Flask hello (gunicorn)"]
    hello = rates["naive Flask", "hello", ""]
    for body in BODIES:
        for name in names:
            if (name, body, "cached") in rates:
                share = rates[name, body, "cached"] / hello
                bar = "#" * max(1, round(10 * share))
                lines.append(f"{body:9}{name:16}{bar} {share:.2f}")
    return [*lines, "```"]
