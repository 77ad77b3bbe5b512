"""``bridge login``: a sign-in code, as the operator sees it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bridge.cli.environment import now
from bridge.cli.login import announce, greet, lan_address
from bridge.codes import digest, read_code
from bridge.config import Config
from bridge.store.athletes import OWNER
from bridge.store.engine import Store, open_store
from bridge.store.migrations import ready_store
from tests.conftest import SECRET_KEY
from tests.support.live import Operator

CODE = re.compile(r"Sign-in code: +(\S+) +\(works once, for (\d+) minutes\)")


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, str]:
    return {
        "BRIDGE_SECRET_KEY": SECRET_KEY,
        "DATABASE_URL": f"sqlite:///{tmp_path}/bridge.db",
    }


def login(folder: Path, settings: dict[str, str]) -> tuple[str, str, str]:
    """Return code, minutes and everything that was said."""
    done = Operator(folder=folder, settings=settings).run("login")
    assert done.returncode == 0, done.stderr
    found = CODE.search(done.stdout)
    assert found
    return found[1], found[2], done.stdout


def spend(store: Store, code: str) -> str | None:
    """Sign in with a code, now."""
    plain = read_code(code)
    assert plain
    return store.codes.spend(digest(plain, (SECRET_KEY,)), now())


def test_the_first_code_and_later_ones_open_the_page_once(
    tmp_path: Path, settings: dict[str, str]
) -> None:
    code, minutes, said = login(tmp_path, settings)
    assert minutes == "60"
    assert "http://127.0.0.1:8000/sign-in" in said
    assert "docs/reach.md" in said
    store = open_store(settings["DATABASE_URL"])
    assert spend(store, code) == OWNER
    assert spend(store, code) is None
    later, minutes, _ = login(tmp_path, settings)
    assert minutes == "10"
    assert spend(store, later) == OWNER
    store.close()


def test_only_the_last_code_counts(tmp_path: Path, settings: dict[str, str]) -> None:
    first, _, _ = login(tmp_path, settings)
    second, _, _ = login(tmp_path, settings)
    store = open_store(settings["DATABASE_URL"])
    assert spend(store, first) is None
    assert spend(store, second) == OWNER
    store.close()


def test_the_public_address_is_told(tmp_path: Path, settings: dict[str, str]) -> None:
    _, _, said = login(
        tmp_path, settings | {"BRIDGE_PUBLIC_URL": "https://bridge.example"}
    )
    assert "https://bridge.example/sign-in" in said
    assert "reach.md" not in said


def test_the_code_is_not_in_the_database(
    tmp_path: Path, settings: dict[str, str]
) -> None:
    code, _, _ = login(tmp_path, settings)
    content = b"".join(path.read_bytes() for path in tmp_path.glob("bridge.db*"))
    assert b"first_run" in content
    assert code.encode() not in content
    assert code.replace("-", "").encode() not in content


def test_listening_everywhere_it_tells_addresses_that_can_be_opened(
    settings: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    config = Config.from_env(settings | {"HOST": "0.0.0.0", "PORT": "8011"})
    store = ready_store(config, now())
    announce(config, store, "login")
    said, at_home = capsys.readouterr().out, lan_address()
    assert "Setup page:    http://127.0.0.1:8011/sign-in" in said
    assert ("At home:" in said) is bool(at_home)
    assert f"At home:       http://{at_home}:8011/sign-in" in said or not at_home
    store.close()


def test_a_later_start_tells_the_page_and_how_to_get_a_code(
    settings: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    config = Config.from_env(settings)
    store = ready_store(config, now())
    greet(config, store)
    first = CODE.search(capsys.readouterr().out)
    assert first
    assert spend(store, first[1]) == OWNER
    greet(config, store)
    said = capsys.readouterr().out
    assert "Setup page:    http://127.0.0.1:8000/sign-in" in said
    assert "`bridge login` makes a new sign-in code." in said
    assert CODE.search(said) is None
    store.close()
