"""``bridge devices``: who may ask, before and while the bridge is served."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from bridge.cli.devices import qr_of
from tests.support.live import Operator, Upstream, serving

LONG_ENOUGH = "Zq8vJx2mT4nR7wK1cB5yH9dL3fG6sP0a"


@pytest.fixture
def owner(operator: Operator) -> Operator:
    """Sit in a folder with a secret, before the first start."""
    operator.settings["BRIDGE_SECRET_KEY"] = LONG_ENOUGH
    return operator


def test_a_device_is_let_in_before_the_first_start(owner: Operator) -> None:
    added = owner.run("devices", "add", "Küchen-iPad", "--scope", "write", "--json")
    assert added.returncode == 0, added.stderr
    (line,) = added.stdout.splitlines()
    row = json.loads(line)
    assert list(row) == ["id", "name", "scope", "token", "setup_code"]
    assert (row["name"], row["scope"]) == ("Küchen-iPad", "write")
    assert row["token"].startswith("icb_")
    assert row["setup_code"] == f"http://127.0.0.1:8000#{row['token']}"
    assert row["id"] in row["token"]
    assert added.stderr == ""


def test_the_database_is_readable_by_its_owner_alone(owner: Operator) -> None:
    owner.let_in()
    file = owner.folder / "data" / "bridge.db"
    assert stat.S_IMODE(file.stat().st_mode) & 0o077 == 0


def test_a_token_is_shown_once_and_kept_nowhere(owner: Operator) -> None:
    added = owner.run("devices", "add", "My iPhone")
    token = added.stdout.split()[-1]
    assert token.startswith("icb_")
    assert f"Setup code:    http://127.0.0.1:8000#{token}" in added.stdout
    assert "No phone gets to http://127.0.0.1:8000" in added.stderr
    listed = owner.run("devices", "list")
    assert "My iPhone" in listed.stdout
    signature = token.rpartition(".")[2]
    assert signature not in listed.stdout + listed.stderr
    for file in (owner.folder / "data").iterdir():
        assert signature.encode() not in file.read_bytes()


def test_the_list_tells_scope_and_state(owner: Operator) -> None:
    empty = owner.run("devices", "list")
    assert empty.returncode == 0
    assert "bridge devices add" in empty.stdout
    first, second = owner.let_in("read", "Phone"), owner.let_in("raw", "Script")
    assert owner.run("devices", "revoke", first["id"]).returncode == 0
    rows = owner.run("devices", "list").stdout.splitlines()
    told = {row.split()[0]: row for row in rows}
    assert "revoked" in told[first["id"]]
    assert "read" in told[first["id"]]
    assert "active" in told[second["id"]]
    assert "raw" in told[second["id"]]
    assert "never used" in told[second["id"]]


def test_the_setup_code_leads_to_the_address_of_the_phone(owner: Operator) -> None:
    owner.settings["BRIDGE_PUBLIC_URL"] = "https://bridge.example"
    added = owner.run("devices", "add", "My iPhone")
    assert "Setup code:    https://bridge.example#icb_" in added.stdout
    assert added.stderr == ""


def test_the_list_is_json_for_programs(owner: Operator) -> None:
    assert owner.run("devices", "list", "--json").stdout == ""
    device = owner.let_in("write", "Phone")
    row = json.loads(owner.run("devices", "list", "--json").stdout)
    assert (row["id"], row["name"], row["scope"]) == (device["id"], "Phone", "write")
    assert (row["state"], row["last_used_at"]) == ("active", None)
    assert row["created_at"].endswith("Z")


@pytest.mark.slow
def test_one_more_of_a_name_gets_a_number_and_is_revoked_by_it(owner: Operator) -> None:
    first = owner.let_in(name="My iPhone")
    second = owner.let_in(name="My iPhone")
    assert second["name"] == "My iPhone 2"
    assert owner.run("devices", "revoke", "My iPhone").returncode == 0
    assert owner.run("devices", "revoke", "My iPhone 2").returncode == 0
    rows = owner.run("devices", "list", "--json").stdout.splitlines()
    states = {row["id"]: row["state"] for row in map(json.loads, rows)}
    assert states == {first["id"]: "revoked", second["id"]: "revoked"}


def test_on_a_terminal_the_setup_code_is_a_picture_too() -> None:
    drawn = qr_of("https://bridge.example#icb_0123456789abcdef.signature")
    assert set(drawn) == set("\n ▀▄█")
    assert len(drawn.splitlines()) > 12


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "two\nlines", "bell\x07"])
def test_a_name_that_cannot_be_read_is_refused(owner: Operator, name: str) -> None:
    refused = owner.run("devices", "add", name)
    assert refused.returncode == 2
    assert "1 to 60 visible characters" in refused.stderr
    assert "icb_" not in refused.stdout


def test_an_unknown_scope_is_refused(owner: Operator) -> None:
    refused = owner.run("devices", "add", "Phone", "--scope", "admin")
    assert refused.returncode == 2
    assert "'read', 'write', 'raw'" in refused.stderr


@pytest.mark.parametrize("device_id", ["0000000000000000", "../x", "", "'; drop"])
def test_an_unknown_id_cannot_be_revoked(owner: Operator, device_id: str) -> None:
    refused = owner.run("devices", "revoke", device_id)
    assert refused.returncode == 1
    assert "bridge devices list" in refused.stderr


def test_a_device_is_revoked_once(owner: Operator) -> None:
    device = owner.let_in()
    assert owner.run("devices", "revoke", device["id"]).returncode == 0
    assert owner.run("devices", "revoke", device["id"]).returncode == 1


def test_secrets_may_come_from_files(upstream: Upstream, tmp_path: Path) -> None:
    secrets = {
        "INTERVALS_API_KEY": upstream.world.api_key,
        "BRIDGE_SECRET_KEY": LONG_ENOUGH,
        "DATABASE_URL": f"sqlite:///{tmp_path / 'from-file.db'}",
    }
    more = dict.fromkeys(secrets, "")
    for name, value in secrets.items():
        file = tmp_path / name.lower()
        file.write_text(f"{value}\n")
        more[f"{name}_FILE"] = str(file)
    with serving(upstream, tmp_path, **more) as served:
        token = served.let_in()["token"]
        assert served.get("/v1/fitness", token).json()["status"] == "ok"
        assert (tmp_path / "from-file.db").exists()
