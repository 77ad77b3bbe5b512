"""``bridge demo``, as a newcomer starts it."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from bridge.cli.demo import SENTENCES, has_screen
from tests.support.lacking import require_binary
from tests.support.live import PROGRAM, Operator, Started
from tests.support.services import free_port

ROOT = Path(__file__).parents[2]

FIVE = ["address", "token", "upstream", "api_key", "athlete_id"]


@pytest.fixture
def newcomer(operator: Operator) -> Operator:
    """Sit in an empty folder; temporary files go where the test can see them."""
    folder = operator.folder / "temporary"
    folder.mkdir()
    operator.settings["TMPDIR"] = str(folder)
    return operator


@contextmanager
def demo(newcomer: Operator, *options: str) -> Iterator[tuple[Started, list[str]]]:
    """Run a demo; give it and the lines it greets with."""
    port = free_port()
    command = (str(PROGRAM), "demo", "--port", str(port), *options)
    with newcomer.starting(*command) as started:
        started.wait_for_address(f"http://127.0.0.1:{port}")
        started.wait_for(lambda: bool(output(started)))
        yield started, output(started).splitlines()


def ask(row: dict[str, str], path: str) -> requests.Response:
    headers = {"Authorization": f"Bearer {row['token']}"}
    return requests.get(row["address"] + path, headers=headers, timeout=30)


def output(started: Started) -> str:
    return started.out.read_text("utf-8")


def leftovers(newcomer: Operator) -> list[str]:
    """Return what lies in the folder for temporary files."""
    folder = Path(newcomer.settings["TMPDIR"])
    return [path.name for path in folder.iterdir()]


@pytest.mark.slow
def test_one_line_of_json_opens_every_route(newcomer: Operator) -> None:
    with demo(newcomer, "--json") as (started, lines):
        (line,) = lines
        row = json.loads(line)
        assert list(row) == FIVE
        assert ask(row, "/v1/fitness").json()["status"] == "ok"
        assert ask(row, "/api/v1/athlete/0").json()["id"] == row["athlete_id"]
        theirs = f"{row['upstream']}/api/v1/athlete/{row['athlete_id']}"
        assert requests.get(theirs, auth=("API_KEY", row["api_key"]), timeout=30).ok
        assert requests.get(row["upstream"], timeout=30).status_code == 401
        ask(row, f"/v1/{row['token']}?token={row['token']}")
    assert output(started).splitlines() == lines
    log = started.log.read_text("utf-8")
    assert row["token"] not in log
    assert row["api_key"] not in log


@pytest.mark.slow
def test_beside_the_json_it_tells_the_code_of_the_setup_page(
    newcomer: Operator,
) -> None:
    with demo(newcomer, "--json") as (started, lines):
        said = re.compile(r"^Sign-in code for (\S+): (\S+)$", re.M)
        started.wait_for(lambda: bool(said.search(started.log.read_text("utf-8"))))
        found = said.search(started.log.read_text("utf-8"))
        assert found
        assert found[1] == json.loads(lines[0])["address"] + "/sign-in"


@pytest.mark.slow
def test_whoever_sits_before_it_is_signed_in_whenever_they_come(
    newcomer: Operator,
) -> None:
    with demo(newcomer) as (started, lines):
        address = re.search(r"^Setup page: +(\S+)/$", output(started), re.M)
        assert address
        for _ in range(2):  # a code would work once
            page = requests.Session().get(f"{address[1]}/", timeout=30)
            assert page.ok
            assert "/sign-in" not in page.url
        assert "made up" in lines[0]
        assert "bridge init" in lines[-1]


@pytest.mark.parametrize(
    ("settings", "opens"),
    [
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({}, False),
        ({"DISPLAY": ":0", "SSH_CONNECTION": "1 2 3 4"}, False),
    ],
)
def test_a_browser_opens_only_where_somebody_sees_it(
    settings: dict[str, str], opens: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, theirs = pty.openpty()
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "SSH_CONNECTION"):
        monkeypatch.delenv(name, raising=False)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    with os.fdopen(theirs, "w") as terminal:
        monkeypatch.setattr("sys.stdout", terminal)
        assert has_screen() == opens
    os.close(ours)
    with Path(os.devnull).open("w", encoding="utf-8") as pipe:
        monkeypatch.setattr("sys.stdout", pipe)
        assert not has_screen()


@pytest.mark.slow
def test_the_printed_lines_work_when_they_are_pasted(newcomer: Operator) -> None:
    require_binary("curl", "curl")
    with demo(newcomer) as (_, lines):
        pasted = [line for line in lines if line.startswith("curl ")]
        assert len(pasted) == 5
        for line in pasted:
            done = subprocess.run(
                ["bash", "-c", f"{line} --silent --show-error"],
                capture_output=True,
                encoding="utf-8",
                timeout=30,
                check=True,
            )
            answer = json.loads(done.stdout)
            assert answer["status"] == "ok"
            assert answer["speech"]


def test_the_readme_shows_the_sentences_that_are_printed() -> None:
    first_screen = (ROOT / "README.md").read_text("utf-8").partition("\n## ")[0]
    shown = [line for line in first_screen.splitlines() if line.startswith("$ curl ")]
    assert len(shown) == 5
    for line, sentence in zip(shown, SENTENCES, strict=True):
        assert line.endswith(f"/v1/ask' -d '{sentence}'")


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_and_leaves_nothing(newcomer: Operator, how: signal.Signals) -> None:
    with demo(newcomer, "--json") as (started, lines):
        assert leftovers(newcomer)
        assert len(started.left_behind()) == 2
        # Ctrl-C reaches the whole group, a supervisor the first process alone
        target = -started.process.pid if how == signal.SIGINT else started.process.pid
        os.kill(target, how)
        assert started.process.wait(timeout=15) == 0
        assert started.left_behind() == []
        assert leftovers(newcomer) == []
        assert "Traceback" not in started.output()
        with pytest.raises(requests.ConnectionError):
            ask(json.loads(lines[0]), "/healthz")


@pytest.mark.slow
def test_it_survives_the_end_of_its_worker(newcomer: Operator) -> None:
    with demo(newcomer, "--json") as (started, lines):
        (worker,) = set(started.left_behind()) - {started.process.pid}
        os.kill(worker, signal.SIGTERM)
        started.wait_for(lambda: worker not in started.left_behind())
        row = json.loads(lines[0])
        started.wait_for_address(row["address"])
        assert ask(row, "/v1/fitness").status_code == 200


def test_a_taken_port_is_told_at_once(newcomer: Operator) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        began = time.monotonic()
        refused = newcomer.run("demo", "--port", port)
        assert time.monotonic() - began < 4
    assert refused.returncode == 1
    assert f"127.0.0.1:{port}" in refused.stderr
    assert "--port" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert refused.stdout == ""
    assert leftovers(newcomer) == []


def test_a_port_that_cannot_be_is_refused(newcomer: Operator) -> None:
    refused = newcomer.run("demo", "--port", "99999")
    assert refused.returncode == 2
    assert "65535" in refused.stderr


@pytest.mark.slow
def test_settings_of_the_folder_do_not_disturb_it(newcomer: Operator) -> None:
    (newcomer.folder / ".env").write_text("BRIDGE_SECRET_KEY=short\nPORT=none\n")
    newcomer.settings["INTERVALS_API_KEY"] = "a real key that must not be used"
    with demo(newcomer, "--json") as (_, lines):
        assert ask(json.loads(lines[0]), "/v1/fitness").status_code == 200


@pytest.mark.slow
def test_on_the_network_it_shows_a_code_for_the_phone(newcomer: Operator) -> None:
    port = str(free_port())
    command = (str(PROGRAM), "demo", "--lan", "--port", port)
    with newcomer.starting(*command) as started:
        started.wait_for(lambda: started.process.poll() == 1 or "▄" in output(started))
        if started.process.poll() == 1:
            assert "This machine is in no network" in started.output()
            return
        address = output(started).split("Setup page:")[1].split()[0].rstrip("/")
        assert not address.startswith("http://127.")
        assert requests.get(f"{address}/healthz", timeout=30).ok


@pytest.mark.slow
def test_nothing_is_written_beside_it(newcomer: Operator, tmp_path: Path) -> None:
    with demo(newcomer, "--json"):
        pass
    written = {path.name for path in tmp_path.iterdir()}
    assert written == {"temporary", "0.out", "0.log"}
