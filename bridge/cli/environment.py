"""The settings of a command: the environment, and ``.env`` beneath it."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from dotenv import load_dotenv

from bridge.config import Config
from bridge.store.engine import Store
from bridge.store.opening import ready_store

ENV_FILE = Path(".env")


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


def now() -> datetime:
    """Return the instant, in UTC."""
    return datetime.now(UTC)
