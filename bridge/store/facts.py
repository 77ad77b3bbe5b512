"""What the bridge knows of itself: names and texts, none of them secret."""

from __future__ import annotations

import secrets

from sqlalchemy import bindparam, delete, select

from bridge.store.database import Database
from bridge.store.tables import facts

_FIND = select(facts.c.value).where(facts.c.name == bindparam("name"))
_INSTANCE = "instance_id"
PUBLIC_URL = "public_url"  # the address of the phone, chosen on the setup page


class Facts:
    """Reads and writes the table ``facts``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, name: str) -> str | None:
        """Return what is kept under ``name``."""
        row = self._database.first(_FIND, name=name)
        return None if row is None else str(row.value)

    def public_url(self) -> str:
        """Return the address that the owner chose for the phone; "" if none."""
        return self.get(PUBLIC_URL) or ""

    def keep(self, name: str, value: str) -> None:
        """Keep ``value``, instead of what was there."""
        statement = self._database.insert(facts).values(name=name, value=value)
        changed = statement.on_conflict_do_update(
            index_elements=["name"], set_={"value": value}
        )
        with self._database.writing() as connection:
            connection.execute(changed)

    def forget(self, name: str) -> None:
        """Keep nothing under ``name`` any longer."""
        with self._database.writing() as connection:
            connection.execute(delete(facts).where(facts.c.name == name))

    def instance_id(self) -> str:
        """Return the random name of this bridge: 16 hexadecimal digits.

        Made with the first call and the same ever after, for all workers. Whoever
        asks an address tells by it whether it leads here or to another bridge.
        """
        known = self.get(_INSTANCE)
        if known is None:
            statement = self._database.insert(facts).values(
                name=_INSTANCE, value=secrets.token_hex(8)
            )
            with self._database.writing() as connection:
                connection.execute(statement.on_conflict_do_nothing())
            known = self.get(_INSTANCE)
        return known or ""
