"""The accounts of this bridge: whose devices and whose Intervals.icu athlete."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import bindparam, delete, select, update

from bridge import store
from bridge.store.database import Database
from bridge.store.tables import athletes

OWNER = store.OWNER
_ACCOUNT = select(
    athletes.c.athlete,
    athletes.c.sealed_key,
    athletes.c.credential_version,
    athletes.c.session_version,
    athletes.c.first_sign_in_at,
).where(athletes.c.athlete == bindparam("athlete"))
_FIND = select(athletes.c.intervals_athlete_id).where(
    athletes.c.athlete == bindparam("athlete")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What the setup page has to know of an athlete."""

    athlete: str
    sealed_key: str | None = field(repr=False)  # None: no key was entered
    credential_version: int  # goes up with each change of the key
    session_version: int  # a session of an older version is over
    first_sign_in_at: datetime | None  # None: nobody has signed in yet


class Athletes:
    """Reads and writes the table ``athletes``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ensure(self, intervals_athlete_id: str, now: datetime, athlete: str) -> None:
        """Create ``athlete``, or correct its Intervals.icu id; do nothing if right.

        Parameters
        ----------
        intervals_athlete_id
            As the settings have it; ``"0"`` means whoever owns the API key.
        now
            An aware datetime; kept to the second.
        athlete
            Our own account id, ``OWNER`` where there is only one.
        """
        if self.intervals_id(athlete) == intervals_athlete_id:
            return  # at almost every start: no lock, no write
        statement = self._database.insert(athletes).values(
            athlete=athlete, intervals_athlete_id=intervals_athlete_id, created_at=now
        )
        with self._database.writing() as connection:
            connection.execute(
                statement.on_conflict_do_update(
                    index_elements=["athlete"],
                    set_={"intervals_athlete_id": intervals_athlete_id},
                )
            )

    def intervals_id(self, athlete: str) -> str | None:
        """Return the athlete's id at Intervals.icu, or None if there is no account."""
        row = self._database.first(_FIND, athlete=athlete)
        return None if row is None else str(row.intervals_athlete_id)

    def find(self, athlete: str) -> Account | None:
        """Return the account as it is now."""
        row = self._database.first(_ACCOUNT, athlete=athlete)
        return None if row is None else Account(**row._mapping)

    def keep_key(self, account: Account, sealed_key: str | None) -> bool:
        """Replace the sealed key of ``account``, or forget it; raise its version.

        Returns
        -------
        bool
            False if somebody else changed it since ``account`` was read: the seal
            names the version, so that it would not open.
        """
        version = athletes.c.credential_version
        statement = (
            update(athletes)
            .where(athletes.c.athlete == account.athlete)
            .where(version == account.credential_version)
            .values(sealed_key=sealed_key, credential_version=version + 1)
        )
        with self._database.writing() as connection:
            return connection.execute(statement).rowcount == 1

    def end_sessions(self, athlete: str) -> None:
        """End every session of the setup page, on every worker at once."""
        version = athletes.c.session_version
        statement = update(athletes).where(athletes.c.athlete == athlete)
        with self._database.writing() as connection:
            connection.execute(statement.values(session_version=version + 1))

    def delete(self, athlete: str) -> bool:
        """Delete the account and, by cascade, its devices; tell if there was one."""
        statement = delete(athletes).where(athletes.c.athlete == athlete)
        with self._database.writing() as connection:
            return connection.execute(statement).rowcount == 1
