"""The settings of a command: the environment, and ``.env`` beneath it."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from dotenv import load_dotenv

from bridge.config import Config
from bridge.errors import ConfigError

if TYPE_CHECKING:
    from bridge.store.engine import Store

ENV_FILE = Path(".env")
HOME = "BRIDGE_HOME"

T = TypeVar("T")


def enter_home() -> Path:
    """Go to the folder of the bridge and return it.

    It is ``BRIDGE_HOME``, else where the command was typed: ``.env`` lies in it, and
    every relative path of the settings begins there.

    Raises
    ------
    ConfigError
        If there is no such folder.
    """
    wanted = os.environ.get(HOME, "").strip()
    if wanted:
        try:
            os.chdir(Path(wanted).expanduser())
        except OSError as error:
            raise ConfigError(
                f"{HOME} names no folder to work in: {wanted} ({error.strerror})"
            ) from error
        os.environ[HOME] = str(Path.cwd())  # for who goes there a second time
    return Path.cwd()


def read_config() -> Config:
    """Return the settings of the bridge's folder.

    Raises
    ------
    ConfigError
        If they cannot work; it also says where they were looked for.
    """
    folder = enter_home()
    load_dotenv(ENV_FILE)
    try:
        return Config.from_env(os.environ)
    except ConfigError as error:
        raise ConfigError(f"{error.detail}\n{_looked_in(folder)}") from error


def _looked_in(folder: Path) -> str:
    if (folder / ENV_FILE).exists():
        return f"The settings are those of the environment and of {folder / ENV_FILE}."
    return (
        f"There is no .env in {folder}. If your bridge lives in another folder, go "
        f"there first, or set {HOME} to it."
    )


def read_store() -> Store:
    """Return the migrated store, empty or not."""
    from bridge.store.migrations import ready_store

    return ready_store(read_config(), now())


def shut_out(revoke: Callable[[Store], T]) -> T:
    """Open the store and revoke, on a full disk too: opening it takes room as well."""
    from bridge.store.backends import read_address
    from bridge.store.file import Spare

    address = read_address(read_config().database_url)
    return Spare(address).insist(lambda: revoke(read_store()))


def phone_address(config: Config, store: Store) -> str:
    """Return the address of the phone: as set, else as chosen on the setup page."""
    return config.public_url or store.facts.public_url()


def now() -> datetime:
    """Return the instant, in UTC."""
    return datetime.now(UTC)
