"""``bridge backup`` and ``bridge restore``, as an operator types them."""

from __future__ import annotations

import json
import stat
import threading
from pathlib import Path

import pytest
import requests

from tests.support.live import Operator, Upstream, serving
from tests.support.services import Postgres

SECRET = "Zq8vJx2mT4nR7wK1cB5yH9dL3fG6sP0a"

pytestmark = pytest.mark.xdist_group("cli_serve")


@pytest.fixture
def elsewhere(tmp_path_factory: pytest.TempPathFactory, upstream: Upstream) -> Operator:
    """Sit in an empty folder of another machine: nothing is set but the upstream."""
    settings = {"BRIDGE_UPSTREAM_URL": upstream.url}
    return Operator(folder=tmp_path_factory.mktemp("elsewhere"), settings=settings)


@pytest.mark.slow
def test_a_running_bridge_moves_to_another_folder_with_its_devices_and_journal(
    upstream: Upstream, tmp_path: Path, elsewhere: Operator
) -> None:
    file = elsewhere.folder / "bridge.backup"
    acknowledged: list[str] = []
    with serving(upstream, tmp_path) as served:
        token = served.let_in("write")["token"]
        headers = {"Authorization": f"Bearer {token}"}
        stop = threading.Event()

        def write() -> None:
            number = 0
            while not stop.is_set():
                number += 1
                weight = {"weight_kg": f"{70 + number % 20}.{number % 10}"}
                answer = requests.put(
                    f"{served.url}/v1/wellness",
                    json=weight,
                    headers=headers,
                    timeout=30,
                )
                if answer.ok:
                    acknowledged.append(answer.text)

        writer = threading.Thread(target=write)
        writer.start()
        while len(acknowledged) < 3:
            stop.wait(0.05)
        before = len(acknowledged)
        made = served.run("backup", str(file))
        stop.set()
        writer.join()
    assert made.returncode == 0, made.stderr
    assert "whole account" in made.stdout
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    for secret in (served.settings["BRIDGE_SECRET_KEY"], upstream.world.api_key, token):
        assert secret not in made.stdout + made.stderr
    done = elsewhere.run("restore", str(file))
    assert done.returncode == 0, done.stderr
    env = elsewhere.folder / ".env"
    assert stat.S_IMODE(env.stat().st_mode) == 0o600
    assert "BRIDGE_SECRET_KEY=" in env.read_text()
    assert "DATABASE_URL" not in env.read_text()
    moved = json.loads(elsewhere.run("devices", "list", "--json").stdout)
    assert moved["scope"] == "write"
    import sqlite3

    with sqlite3.connect(elsewhere.folder / "data" / "bridge.db") as connection:
        (journal,) = connection.execute("SELECT count(*) FROM journal").fetchone()
    connection.close()
    assert journal >= before
    settings = dict(
        line.split("=", 1) for line in env.read_text().splitlines() if "=" in line
    )
    database = {"DATABASE_URL": f"sqlite:///{elsewhere.folder}/data/bridge.db"}
    with serving(upstream, elsewhere.folder, **(settings | database)) as again:
        assert again.get("/v1/fitness", token).status_code == 200


@pytest.mark.slow
def test_a_database_is_replaced_only_when_that_is_said(
    operator: Operator, elsewhere: Operator
) -> None:
    for seat in (operator, elsewhere):
        seat.settings["BRIDGE_SECRET_KEY"] = "Zq8vJx2mT4nR7wK1cB5yH9dL3fG6sP0a"
        seat.let_in(name=f"Phone of {seat.folder.name}")
    file = str(operator.folder / "bridge.backup")
    assert operator.run("backup", file).returncode == 0
    refused = elsewhere.run("restore", file)
    assert refused.returncode == 1
    assert "--replace" in refused.stderr
    assert elsewhere.folder.name in elsewhere.run("devices", "list").stdout
    done = elsewhere.run("restore", file, "--replace")
    assert done.returncode == 0, done.stderr
    assert "What was there before" in done.stdout
    assert operator.folder.name in elsewhere.run("devices", "list").stdout
    assert list((elsewhere.folder / "data").glob("bridge.db.before-*"))


@pytest.mark.slow
def test_the_settings_that_are_there_are_changed_where_the_backup_has_others(
    operator: Operator, elsewhere: Operator
) -> None:
    old, new = "Zq8vJx2mT4nR7wK1cB5yH9dL3fG6sP0a", "aQ8vJx2mT4nR7wK1cB5yH9dL3fG6sP0z"
    (operator.folder / ".env").write_text(f"BRIDGE_SECRET_KEY={old}\nPORT=8123\n")
    (elsewhere.folder / ".env").write_text(f"# mine\nBRIDGE_SECRET_KEY={new}\n")
    operator.let_in()
    file = str(operator.folder / "bridge.backup")
    operator.run("backup", file)
    assert elsewhere.run("restore", file).returncode == 0
    text = (elsewhere.folder / ".env").read_text()
    assert text == f"# mine\nBRIDGE_SECRET_KEY={old}\n"
    assert new in (elsewhere.folder / ".env.bak").read_text()


@pytest.mark.slow
def test_a_secret_of_the_environment_is_left_and_the_clash_is_told(
    operator: Operator, elsewhere: Operator
) -> None:
    operator.settings["BRIDGE_SECRET_KEY"] = "Zq8vJx2mT4nR7wK1cB5yH9dL3fG6sP0a"
    operator.let_in()
    file = str(operator.folder / "bridge.backup")
    operator.run("backup", file)
    elsewhere.settings["BRIDGE_SECRET_KEY"] = "aQ8vJx2mT4nR7wK1cB5yH9dL3fG6sP0z"
    done = elsewhere.run("restore", file)
    assert "BRIDGE_SECRET_KEY in the environment is another one" in done.stderr
    assert "Zq8v" not in done.stdout + done.stderr
    assert not (elsewhere.folder / ".env").exists()


@pytest.mark.slow
def test_without_secrets_the_next_steps_are_told(
    operator: Operator, elsewhere: Operator
) -> None:
    operator.settings["BRIDGE_SECRET_KEY"] = "Zq8vJx2mT4nR7wK1cB5yH9dL3fG6sP0a"
    operator.let_in()
    file = str(operator.folder / "bridge.backup")
    made = operator.run("backup", file, "--without-secrets")
    assert "No secret is in it" in made.stdout
    done = elsewhere.run("restore", file)
    assert done.returncode == 0, done.stderr
    assert "bridge init makes one" in done.stdout


def test_another_file_is_neither_replaced_nor_restored(operator: Operator) -> None:
    operator.settings["BRIDGE_SECRET_KEY"] = "Zq8vJx2mT4nR7wK1cB5yH9dL3fG6sP0a"
    file = operator.folder / "notes.txt"
    file.write_text("mine")
    for command in ("backup", "restore"):
        refused = operator.run(command, "notes.txt")
        assert refused.returncode == 1
        assert "is no backup of the bridge" in refused.stderr
    assert file.read_text() == "mine"
    missing = operator.run("restore", "nowhere.backup", "--check")
    assert missing.returncode == 1
    assert "There is no file" in missing.stderr


@pytest.mark.slow
def test_a_backup_is_checked_without_touching_anything(operator: Operator) -> None:
    operator.settings["BRIDGE_SECRET_KEY"] = "Zq8vJx2mT4nR7wK1cB5yH9dL3fG6sP0a"
    operator.let_in()
    operator.run("backup", "one.backup")
    operator.run("backup", "one.backup")  # a second one takes its place
    told = operator.run("restore", "one.backup", "--check")
    assert told.returncode == 0
    assert "is whole" in told.stdout
    assert not list((operator.folder / "data").glob("*before*"))


@pytest.mark.slow
def test_a_bridge_moves_from_a_file_to_postgresql_and_back(
    operator: Operator, elsewhere: Operator, postgres: Postgres
) -> None:
    (operator.folder / ".env").write_text(f"BRIDGE_SECRET_KEY={SECRET}\n")
    operator.let_in(name="Phone of the file")
    operator.run("backup", "file.backup")
    elsewhere.settings["DATABASE_URL"] = postgres.empty_database()
    file = str(operator.folder / "file.backup")
    done = elsewhere.run("restore", file)
    assert done.returncode == 0, done.stderr
    assert "Phone of the file" in elsewhere.run("devices", "list").stdout
    elsewhere.let_in(name="Phone of the server")
    refused = elsewhere.run("restore", file)
    assert refused.returncode == 1
    assert "--replace" in refused.stderr
    done = elsewhere.run("restore", file, "--replace")
    assert done.returncode == 0, done.stderr
    assert "Phone of the server" not in elsewhere.run("devices", "list").stdout
    (kept,) = elsewhere.folder.glob("before-*.backup")
    done = operator.run("restore", str(kept), "--replace")
    assert done.returncode == 0, done.stderr
    assert "Phone of the server" in operator.run("devices", "list").stdout
