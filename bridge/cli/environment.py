"""The settings of a command: the environment, and ``.env`` beneath it."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from dotenv import load_dotenv

from bridge.config import Config
from bridge.store.backends import read_address
from bridge.store.engine import Store
from bridge.store.opening import ready_store
from bridge.store.spare import Spare

ENV_FILE = Path(".env")

T = TypeVar("T")


def read_config() -> Config:
    """Return the settings of this folder.

    Raises
    ------
    ConfigError
        If they cannot work.
    """
    load_dotenv(ENV_FILE)
    return Config.from_env(os.environ)


def read_store() -> Store:
    """Return the migrated store, empty or not."""
    return ready_store(read_config(), now())


def shut_out(revoke: Callable[[Store], T]) -> T:
    """Open the store and revoke, on a full disk too: opening it takes room as well."""
    address = read_address(read_config().database_url)
    return Spare(address).insist(lambda: revoke(read_store()))


def now() -> datetime:
    """Return the instant, in UTC."""
    return datetime.now(UTC)
