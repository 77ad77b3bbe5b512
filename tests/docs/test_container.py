"""The Dockerfile and what stands beside it: read, and run step by step without Docker.

No engine is needed and none is used: the slow test runs every RUN, the health check and
the CMD in folders of its own. It does not build an image, and makes no user.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml  # type: ignore[import-untyped]  # it has no types of its own

from bridge.config import SETTINGS
from tests.server.test_proxies import block_of
from tests.support.lacking import require_binary
from tests.support.live import Operator, Upstream
from tests.support.services import free_port
from tests.upstream.servers import make_certificates

ROOT = Path(__file__).parents[2]
POSTGRES = {"POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD"}


def steps() -> list[tuple[str, str]]:
    """Return instruction and text of each step of the Dockerfile."""
    text = ROOT.joinpath("Dockerfile").read_text("utf-8")
    whole = re.sub(r"\\\n\s*", " ", text)
    lines = [line for line in whole.splitlines() if line and line[0] != "#"]
    return [(name, rest) for name, _, rest in (line.partition(" ") for line in lines)]


def of(name: str) -> list[str]:
    return [rest for instruction, rest in steps() if instruction == name]


def compose(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(ROOT.joinpath(name).read_text("utf-8"))
    return loaded


def test_the_image_is_small_and_runs_as_nobody_special() -> None:
    assert all(re.fullmatch(r"python:3\.\d+-slim-\w+( AS \w+)?", x) for x in of("FROM"))
    names = [name for name, _ in steps()]
    assert names.index("USER") < names.index("CMD")
    assert of("USER") == ["10001:10001"]
    assert not of("ADD")
    assert "curl" not in str(steps())
    assert json.loads(of("CMD")[0])[:2] == ["bridge", "serve"]


def test_what_is_copied_is_there_and_is_let_through() -> None:
    rules = ROOT.joinpath(".dockerignore").read_text("utf-8").split()
    assert rules[0] == "*"
    allowed = {rule[1:] for rule in rules if rule[0] == "!"}
    for line in of("COPY"):
        if "--from" in line:
            continue
        for source in line.split()[:-1]:
            assert (ROOT / source).exists()
            assert source in allowed
    assert not [name for name in allowed if fnmatch(".env", name)]


@pytest.mark.parametrize("name", ["compose.yaml", "compose.many.yaml"])
def test_the_containers_are_closed_and_whole(name: str) -> None:
    told = compose(name)
    bridge = told["services"]["bridge"]
    assert bridge["read_only"] is True
    assert bridge["cap_drop"] == ["ALL"]
    assert bridge["security_opt"] == ["no-new-privileges:true"]
    assert bridge["tmpfs"] == ["/tmp"]
    for service in told["services"].values():
        assert service["restart"] == "unless-stopped"
        assert set(service.get("environment", {})) <= set(SETTINGS) | POSTGRES
        assert ":latest" not in service.get("image", "")
        assert set(service.get("depends_on", [])) <= set(told["services"])
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            if source.startswith("./"):
                assert (ROOT / source).exists()
            elif source[0] not in "$/":
                assert source in told["volumes"]


def test_one_athlete_is_served_to_this_machine_alone() -> None:
    ports = compose("compose.yaml")["services"]["bridge"]["ports"]
    assert ports == ["127.0.0.1:8000:8000"]
    many = compose("compose.many.yaml")["services"]
    assert "ports" not in many["bridge"]
    assert "ports" not in many["postgres"]


def test_the_files_of_the_web_servers_are_those_of_the_guide() -> None:
    nginx = ROOT.joinpath("deploy/nginx.conf").read_text("utf-8")
    assert nginx == block_of("nginx", "map $uri")
    assert ROOT.joinpath("deploy/Caddyfile").read_text("utf-8") == block_of("", "{")


@pytest.mark.slow
def test_nginx_takes_the_file_of_the_container(tmp_path: Path) -> None:
    nginx = require_binary("nginx", "nginx-light")
    made = make_certificates(tmp_path).server
    for name in ("fullchain.pem", "privkey.pem"):
        shutil.copy(made, tmp_path / name)
    text = ROOT.joinpath("deploy/nginx-container.conf").read_text("utf-8")
    text = text.replace("/certificates", str(tmp_path)).replace(
        "bridge:8000", "[::1]:1"
    )
    text = text.replace("/var/log/nginx", str(tmp_path))
    file = tmp_path / "nginx.conf"
    file.write_text(f"pid {tmp_path}/pid;\nevents {{}}\nhttp {{ {text} }}\n")
    done = subprocess.run(
        [nginx, "-t", "-c", file, "-p", tmp_path, "-e", tmp_path / "early"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture
def image(tmp_path: Path) -> Iterator[Path]:
    """Run what builds the image, in folders that stand for those of the container."""
    for name in ("src", "data"):
        (tmp_path / name).mkdir()
    # pip as it is set up here, and nothing else of ours
    inherited = {k: v for k, v in os.environ.items() if k.startswith(("PIP_", "PATH"))}
    environ = inherited | {"HOME": str(tmp_path)}
    for name, rest in steps():
        if name == "COPY" and "--from" not in rest:
            *sources, target = rest.split()
            for source in sources:
                where = tmp_path / "src" / target
                if (ROOT / source).is_dir():
                    ignored = shutil.ignore_patterns("__pycache__")
                    shutil.copytree(ROOT / source, where, ignore=ignored)
                else:
                    shutil.copy(ROOT / source, where)
        elif name == "RUN" and "useradd" not in rest:
            command = rest.replace("python -m venv", f"{sys.executable} -m venv")
            for folder in ("/venv", "/src"):
                command = command.replace(f" {folder}", f" {tmp_path}{folder}")
            command = re.sub(r"^/venv", f"{tmp_path}/venv", command)
            done = subprocess.run(
                ["sh", "-c", command],
                cwd=tmp_path / "src",
                env=environ,
                capture_output=True,
                text=True,
                timeout=300,
                check=False,
            )
            assert done.returncode == 0, f"{command}\n{done.stderr[-2000:]}"
    shutil.rmtree(tmp_path / "src")  # the second stage has no sources
    yield tmp_path
    shutil.rmtree(tmp_path / "venv")


def in_image(image: Path, words: str) -> str:
    return words.replace("/venv", f"{image}/venv").replace("/data", f"{image}/data")


@pytest.mark.slow
def test_the_steps_of_the_dockerfile_make_a_bridge_that_is_well(
    image: Path, upstream: Upstream
) -> None:
    port = free_port()
    environ = {"PORT": str(port), "BRIDGE_UPSTREAM_URL": upstream.url}
    for line in of("ENV")[1:]:
        environ |= dict(
            word.split("=", 1) for word in shlex.split(in_image(image, line))
        )
    environ["PATH"] = environ["PATH"].replace("$PATH", os.environ["PATH"])
    before = set((image / "venv").rglob("*"))
    seat = Operator(folder=image / "data", settings=environ)
    program = image / "venv" / "bin" / "bridge"
    command = json.loads(of("CMD")[0])
    with seat.starting(str(program), *command[1:]) as started:
        started.wait_for_address(f"http://127.0.0.1:{port}")
        assert re.search(r"Sign-in code: +\w{4}-\w{4}-\w{4}", started.output())
        check = json.loads(of("HEALTHCHECK")[0].partition("CMD ")[2])
        python = str(image / "venv" / "bin" / "python")
        well = subprocess.run(
            [python, *check[1:]], env=environ, timeout=60, check=False
        )
        assert well.returncode == 0
        secret = (image / "data" / ".env").read_text()
        assert secret.startswith("# Made by")
        assert "BRIDGE_SECRET_KEY=" in secret
        assert requests.get(f"http://127.0.0.1:{port}/sign-in", timeout=30).ok
    ill = subprocess.run(
        [python, *check[1:]], env=environ, timeout=60, check=False, capture_output=True
    )
    assert ill.returncode  # it is stopped
    with seat.starting(str(program), *command[1:]) as started:
        started.wait_for_address(f"http://127.0.0.1:{port}")
    assert (image / "data" / ".env").read_text() == secret  # the second start keeps it
    assert set((image / "venv").rglob("*")) == before  # a read-only root
