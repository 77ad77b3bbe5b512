"""``bridge config``: each setting and its origin, and no secret."""

from __future__ import annotations

import json

import pytest

from bridge.config import DEFAULTS, SETTINGS, Config
from tests.support.live import Operator

SECRET = "Zq8vJx2mT4nR7wK1cB5yH9dL3fG6sP0a"


@pytest.fixture
def owner(operator: Operator) -> Operator:
    """Sit before settings of every origin."""
    key = operator.folder / "key"
    key.write_text("6bqv9zk3f0thekey\n")
    (operator.folder / ".env").write_text(
        f"BRIDGE_SECRET_KEY={SECRET}\nPORT=8001\nHOST=0.0.0.0\n"
        "DATABASE_URL=postgresql://scott:tiger6@db.example/bridge\n"
    )
    operator.settings |= {"PORT": "8002", "INTERVALS_API_KEY_FILE": str(key)}
    return operator


def test_every_setting_is_shown_with_its_origin(owner: Operator) -> None:
    shown = owner.run("config", "--json")
    assert shown.returncode == 0, shown.stderr
    rows = {row["setting"]: row for row in map(json.loads, shown.stdout.splitlines())}
    assert list(rows) == list(SETTINGS)
    origins = {name: row["origin"] for name, row in rows.items()}
    assert origins["PORT"] == "environment"
    assert origins["HOST"] == ".env"
    assert origins["INTERVALS_API_KEY"].startswith("the file ")
    assert origins["INTERVALS_ATHLETE_ID"] == "default"
    assert origins["BRIDGE_PUBLIC_URL"] == "not set"
    assert (rows["PORT"]["value"], rows["HOST"]["value"]) == ("8002", "0.0.0.0")
    assert rows["DATABASE_URL"]["value"] == "PostgreSQL database bridge on db.example"
    assert rows["BRIDGE_SECRET_KEY"]["value"] == "(32 characters)"


def test_no_secret_is_shown(owner: Operator) -> None:
    for options in ((), ("--json",)):
        shown = owner.run("config", *options)
        for secret in (SECRET, "6bqv9", "tiger6", "scott"):
            assert secret not in shown.stdout + shown.stderr


def test_settings_that_cannot_work_are_shown_and_then_refused(owner: Operator) -> None:
    owner.settings |= {"PORT": "eighty", "BRIDGE_HOME": str(owner.folder)}
    shown = owner.run("config")
    assert shown.returncode == 1
    assert "eighty" in shown.stdout
    assert "PORT is 'eighty'" in shown.stderr
    assert f"Folder: {owner.folder} (BRIDGE_HOME)" in shown.stdout


def test_the_defaults_that_are_shown_are_those_that_hold() -> None:
    secret = {"BRIDGE_SECRET_KEY": SECRET}
    assert Config.from_env({**secret, **DEFAULTS}) == Config.from_env(secret)
