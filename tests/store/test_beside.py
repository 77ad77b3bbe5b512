"""Where SQLite's file is: read without SQLAlchemy, and as SQLAlchemy reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bridge.errors import ConfigError
from bridge.store.backends import read_address
from bridge.store.beside import file_of, folder_of

FILES = [
    "sqlite:///data/bridge.db",
    "sqlite:////srv/bridge/bridge.db",
    "sqlite:///bridge.db",
    "  sqlite:///data/bridge.db\n",
    "sqlite:////home/Zoë Groß/my bridge/bridge.db",
    "sqlite:///../bridge.v2.db",
    "sqlite:////srv/50%25/bridge.db",
    "sqlite:////srv/a+b@c/bridge.db",
]


@pytest.mark.parametrize("url", FILES)
def test_the_file_is_the_one_that_sqlalchemy_opens(url: str) -> None:
    assert file_of(url) == Path(read_address(url).database or "")


def test_a_server_has_no_file_and_leaves_things_in_the_folder_data() -> None:
    for url in ("postgres://ana:hunter2@db/bridge", "postgresql:///bridge?host=/run"):
        assert file_of(url) is None
        assert folder_of(url) == Path("data")
    assert folder_of("sqlite:////srv/bridge/bridge.db") == Path("/srv/bridge")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
        "sqlite:///file:bridge.db",
        "sqlite:///bridge.db?mode=ro",
        "sqlite://host/bridge.db",
        "mysql://ana:hunter2@db/bridge",
        "sqlite:///bridge\x00.db",
        "sqlite:///data/\nbridge.db",
    ],
)
def test_an_address_that_cannot_be_used_is_refused(url: str) -> None:
    with pytest.raises(ConfigError) as refused:
        file_of(url)
    assert "hunter2" not in str(refused.value)
