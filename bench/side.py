"""Side by side with what people would write instead: same bodies, one run, turns.

The server under test has one core, load and upstream the other. Upstream is nginx with
the bodies that the simulator gave once. Requests a second say little about another
machine; the ratios of one run do.
"""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import threading
import time
import urllib.request
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import ThreadingHTTPServer
from pathlib import Path

from bench.cpu import cpu_ms
from bench.peers.flat import ASKED
from bench.upstream import KeptAnswers
from bridge.simulator.app import create_simulator
from bridge.simulator.world import World

HERE = Path(__file__).parent
PEERS = HERE / "peers"
ROUNDS = 5
MEASURED_S = 1
CONNECTIONS = 16
BODIES = {
    "wellness": "/v1/wellness",
    "latest": "/v1/activities/latest",
    "laps": "/v1/activities/latest/laps",
    "brief": "/v1/today",
}
DEBIAN = {"nginx": "nginx-light", "wrk": "wrk", "node": "nodejs", "npm": "npm"}
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


@dataclass(frozen=True)
class Server:
    """One server under test, and how it is asked."""

    name: str
    command: list[str]
    port: int
    ready: str
    headers: Mapping[str, str] = field(default_factory=dict)
    is_bridge: bool = False
    bodies: bool = True

    def path(self, body: str, kind: str) -> str:
        """Return where a body is asked for, worked out anew or not."""
        if self.is_bridge:
            return BODIES[body] + ("?refresh=yes" if kind == "uncached" else "")
        return f"/{body}" + ("?cached=1" if kind == "cached" else "")


@dataclass(frozen=True)
class Cached:
    """nginx with what it kept of upstream: the floor."""

    port: int
    pid: int


def lacking() -> list[str]:
    """Return the packages of Debian that have to be installed first."""
    return [DEBIAN[name] for name in DEBIAN if shutil.which(name) is None]


def measure(env: dict[str, str], token: str, port: int) -> str:
    """Return the table, the chart and the aims, as Markdown."""
    install()
    servers = under_test(token)
    rates: dict[tuple[str, str, str], list[float]] = defaultdict(list)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(_folder()))
        cache = stack.enter_context(upstream(folder, env, servers, port))
        for _ in range(ROUNDS):
            for server in servers:
                with serving(server, env) as pid:
                    one_round(server, pid, rates)
            asked = f"http://127.0.0.1:{cache.port}{ASKED['wellness'][0]}"
            rates["nginx proxy_cache", "hello", ""].append(rate(asked, {}, cache.pid))
    return report({key: statistics.median(each) for key, each in rates.items()})


def install() -> None:
    """Install what peers need from pip and npm, beside them."""
    python = PEERS / ".venv/bin/python"
    wanted = PEERS / "requirements.txt"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(PEERS / ".venv")], check=True)
        pip = [str(python), "-m", "pip", "install", "--quiet"]
        subprocess.run([*pip, "-r", str(wanted)], check=True)
    if not (PEERS / "node_modules/express").exists():
        npm = ["npm", "install", "--silent", "--no-audit", "--no-fund"]
        subprocess.run([*npm, "--no-package-lock"], cwd=PEERS, check=True)


def under_test(token: str) -> list[Server]:
    """Return every server under test."""
    peer = str(PEERS / ".venv/bin/python")
    threads = ["-m", "gunicorn", "-k", "gthread", "--threads", "32", "-b"]
    bearer = {"Authorization": f"Bearer {token}"}
    ours = [sys.executable, "-m", "gunicorn", "--config", "python:bridge.cli.serving"]
    ours += ["--access-logfile", "/dev/null", "-b", "127.0.0.1:18800"]
    flask = [sys.executable, *threads, "127.0.0.1:18801", "bench.peers.naive:app"]
    granian = [peer, "-m", "granian", "--interface", "wsgi", "--port", "18804"]
    granian += ["--no-ws", "--log-level", "critical", "bench.peers.naive:app"]
    fast = [peer, "-m", "uvicorn", "--port", "18802", "--no-access-log"]
    fast += ["--log-level", "error", "bench.peers.fast:app"]
    express = ["node", str(PEERS / "express.js"), "18803"]
    return [
        Server("bridge", [*ours, "bridge.wsgi:app"], 18800, "/healthz", bearer, True),
        Server("naive Flask", flask, 18801, "/hello"),
        Server("FastAPI", fast, 18802, "/hello"),
        Server("Express", express, 18803, "/hello"),
        Server("Flask on granian", granian, 18804, "/hello", bodies=False),
    ]


def one_round(
    server: Server, pid: int, rates: dict[tuple[str, str, str], list[float]]
) -> None:
    """Ask a server for everything, each kind a second long."""
    base = f"http://127.0.0.1:{server.port}"
    rates[server.name, "hello", ""].append(rate(base + server.ready, {}, pid))
    for body in BODIES if server.bodies else ():
        for kind in ("uncached", "cached"):
            url = base + server.path(body, kind)
            for _ in range(3):
                get(url, server.headers)
            rates[server.name, body, kind].append(rate(url, server.headers, pid))


def rate(url: str, headers: Mapping[str, str], pid: int) -> float:
    """Return how many requests a CPU second of a server answers.

    Raises
    ------
    RuntimeError
        If any is answered otherwise than well.
    """
    load = ["taskset", "-c", "0", "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{MEASURED_S}s"]
    load += [part for pair in headers.items() for part in ("-H", ": ".join(pair))]
    before_s = cpu_s(pid)
    said = subprocess.run([*load, url], capture_output=True, text=True, check=True)
    used_s = cpu_s(pid) - before_s
    found = re.search(r"(\d+) requests in", said.stdout)
    if "Non-2xx" in said.stdout or found is None:
        raise RuntimeError(f"{url}: {said.stdout}")
    return int(found[1]) / max(used_s, 0.01)


def cpu_s(pid: int) -> float:
    """Return the CPU seconds of a process and of those it started."""
    stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    started = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    own_s: float = (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")
    return own_s + sum(cpu_s(int(child)) for child in started)


def get(url: str, headers: Mapping[str, str]) -> bytes:
    """Ask once."""
    request = urllib.request.Request(url, headers=dict(headers))
    with urllib.request.urlopen(request, timeout=30) as answer:
        return bytes(answer.read())


@contextmanager
def _folder() -> Iterator[str]:
    folder = HERE / "peers/node_modules/.measured"  # nothing of it is checked in
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        yield str(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def serving(server: Server, env: dict[str, str]) -> Iterator[int]:
    """Serve on a core of its own until the block ends; give the process."""
    asked = {"BENCH_ASKED": json.dumps(ASKED), "NODE_PATH": str(PEERS / "node_modules")}
    process = subprocess.Popen(
        ["taskset", "-c", "1", *server.command],
        env=env | asked | {"PYTHONPATH": str(HERE.parent)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(f"http://127.0.0.1:{server.port}{server.ready}", process)
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until something answers."""
    for _ in range(1200):
        if process.poll() is not None:
            break
        try:
            get(url, {})
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(url)


@contextmanager
def upstream(
    folder: Path, env: dict[str, str], servers: list[Server], port: int
) -> Iterator[Cached]:
    """Have the simulator asked once, then let nginx say the same; give its cache."""
    world = World(now=lambda: datetime.now(UTC), api_key=env["BENCH_KEY"])
    world.switches.gzip = False
    KeptAnswers.client = create_simulator(world).test_client()
    recorder = ThreadingHTTPServer(("127.0.0.1", port), KeptAnswers)
    recorder.daemon_threads = True
    threading.Thread(target=recorder.serve_forever, daemon=True).start()
    for server in servers:
        with serving(server, env):
            for body in BODIES if server.bodies else ():
                get(
                    f"http://127.0.0.1:{server.port}{server.path(body, 'uncached')}",
                    server.headers,
                )
    key = base64.b64encode(f"API_KEY:{env['BENCH_KEY']}".encode()).decode()
    get(
        f"http://127.0.0.1:{port}{ASKED['wellness'][0]}",
        {"Authorization": f"Basic {key}"},
    )
    recorder.shutdown()
    recorder.server_close()
    bodies = []
    for number, (target, (_, said)) in enumerate(KeptAnswers.kept.items()):
        (folder / f"{number}.json").write_bytes(said)
        bodies.append(f'"{target}" {number}.json;')
    (folder / "conf").write_text(
        NGINX.format(
            folder=folder, port=port, cache_port=port + 1, bodies="\n".join(bodies)
        )
    )
    nginx = subprocess.Popen(
        ["taskset", "-c", "0", "nginx", "-e", "/dev/null", "-c", str(folder / "conf")]
    )
    try:
        wait_for(f"http://127.0.0.1:{port}{ASKED['wellness'][0]}", nginx)
        yield Cached(port + 1, nginx.pid)
    finally:
        nginx.terminate()
        nginx.wait()


# What was found.

INTRODUCTION = f"""Requests that one second of one core answers. Counted are the CPU
seconds of the server alone, so that whoever else works on the machine hardly counts.
{CONNECTIONS} connections, medians of {ROUNDS} rounds by turns; gunicorn with 32
threads, uvicorn, node. The same bodies of upstream, without a delay; no budget and no
merging of equal questions. The bridge checks a token, its revocation and its scope, the
others nothing."""


def report(rates: dict[tuple[str, str, str], float]) -> str:
    """Return the table, the chart and the aims."""
    names = ["bridge", "naive Flask", "FastAPI", "Express"]
    lines = [
        "",
        "## Side by side",
        "",
        INTRODUCTION,
        "",
        f"| body | | {' | '.join(names)} |",
        f"| --- | --- |{' --- |' * len(names)}",
    ]
    for body in BODIES:
        for kind in ("uncached", "cached"):
            shown = " | ".join(f"{rates[name, body, kind]:,.0f}" for name in names)
            lines.append(f"| {body} | {kind} | {shown} |")
    hello = " | ".join(f"{rates[name, 'hello', '']:,.0f}" for name in names)
    lines.append(f"| healthz, hello | | {hello} |")
    others = ("Flask on granian", "nginx proxy_cache")
    lines.append("")
    lines.append(" · ".join(f"{n} {rates[n, 'hello', '']:,.0f}" for n in others))
    lines += ["", "```text", *chart(rates, names), "```", "", *aims(rates)]
    return "\n".join(lines) + "\n"


def chart(rates: dict[tuple[str, str, str], float], names: list[str]) -> list[str]:
    """Return bars: of cached answers, as long as a bare Flask hello where equal."""
    hello, lines = (
        rates["naive Flask", "hello", ""],
        ["cached, beside a bare Flask hello"],
    )
    for body in BODIES:
        for name in names:
            share = rates[name, body, "cached"] / hello
            bar = "#" * max(1, round(20 * share))
            lines.append(f"{body:9}{name:12}{bar} {share:.2f}")
    return lines


def aims(rates: dict[tuple[str, str, str], float]) -> list[str]:
    """Return every aim with its ratio, met or not."""
    hello = rates["naive Flask", "hello", ""]
    rows = []
    for body in BODIES:
        kept, made = (rates["bridge", body, kind] for kind in ("cached", "uncached"))
        naive, fast = (rates[n, body, "uncached"] for n in ("naive Flask", "FastAPI"))
        express = rates["Express", body, "uncached"]
        rows += [
            (f"{body}, cached ÷ bare Flask hello", kept / hello, 0.9),
            (f"{body}, uncached ÷ naive Flask", made / naive, 1.5),
            (f"{body}, uncached ÷ FastAPI + httpx", made / fast, 1.0),
            (f"{body}, uncached ÷ Express", made / express, None),
        ]
    lines = ["| aim | ratio | at least | |", "| --- | --- | --- | --- |"]
    for what, ratio, least in rows:
        if least is None:
            lines.append(f"| {what} | {ratio:.2f} | | to compare |")
        else:
            how = "met" if ratio >= least else f"**not met**: {ratio / least:.0%} of it"
            lines.append(f"| {what} | {ratio:.2f} | {least} | {how} |")
    lines += ["", "| CPU of one answer, in process | ms | at most | |"]
    lines += ["| --- | --- | --- | --- |"]
    most_ms = {"latest": 1.2, "brief": 3.0}
    for name, took_ms in cpu_ms().items():
        is_met = took_ms <= most_ms[name]
        how = (
            "met" if is_met else f"**not met**: {took_ms / most_ms[name]:.1f} times it"
        )
        lines.append(
            f"| {name}, nothing kept | {took_ms:.1f} | {most_ms[name]} | {how} |"
        )
    return [*lines, "", WHY]


WHY = """Why the others are not met, and what it would take:

- *Kept answers.* The answer itself takes 41 µs in front of Flask. The rest is the way
  of a request before and after it: gunicorn's own (a Flask hello pays for it too),
  and on top of that the front that reads a request whole before a thread is taken,
  two threads at a time, and the line in the access log (60 µs), which the peers do
  not write. It would take answering kept ones on the event loop, without a thread,
  and a server whose HTTP parser is not Python's. granian has one, and lets half
  bodies stop it (docs/decisions.md).
- *Worked out anew.* What a peer does not do at all: each body that comes is sealed
  and written for the stopgap, the health and the freshness of upstream are noted for
  all workers, the sentence is written, and every number has its `…_text`. Of the
  latest session the six weeks before it are asked as well, to say how hard it was:
  two calls, not one. It would take keeping the stopgap after the answer has gone, and
  one transaction for all notes of an answer.
- *Not measured here*: TLS after a pause, ten calls a second, 200 questions as one
  call and fifty phones (`tests/upstream/test_transport.py`,
  `tests/upstream/test_workers.py` hold them); the bridge on granian, which is
  refused."""
