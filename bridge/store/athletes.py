"""The accounts of this bridge: whose devices and whose Intervals.icu athlete."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete, select

from bridge.store.database import Database
from bridge.store.tables import athletes

OWNER = "owner"  # the one athlete of a bridge that has its key in the environment

_FIND = select(athletes.c.intervals_athlete_id).where(
    athletes.c.athlete == bindparam("athlete")
)


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

    def delete(self, athlete: str) -> bool:
        """Delete the account and, by cascade, its devices; tell if there was one."""
        statement = delete(athletes).where(athletes.c.athlete == athlete)
        with self._database.writing() as connection:
            return connection.execute(statement).rowcount == 1
