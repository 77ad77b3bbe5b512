"""SQLite's file without SQLAlchemy, which takes a sixth of a second to import.

Who only wants to know what lies beside the file does not open the database.
"""

from __future__ import annotations

import re
from pathlib import Path

# As nearly everybody writes it. Anything else is read, or refused, by SQLAlchemy.
_USUAL = re.compile(r"\s*sqlite:///([\w./ -]*[\w])\s*")


def file_of(database_url: str) -> Path | None:
    """Return the file that ``DATABASE_URL`` names; None for a server.

    Raises
    ------
    ConfigError
        If the address cannot be used; never shows its password.
    """
    usual = _USUAL.fullmatch(database_url)
    if usual:
        return Path(usual[1])
    from bridge.store.backends import read_address

    address = read_address(database_url)
    return Path(address.database or "") if address.drivername == "sqlite" else None


def folder_of(database_url: str) -> Path:
    """Return where whatever lies beside the database is; ``data`` for a server."""
    file = file_of(database_url)
    return Path("data") if file is None else file.parent
