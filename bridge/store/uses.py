"""When a row was used last: noted at most once a minute, and never waited for."""

from __future__ import annotations

import logging
import time
from datetime import datetime, timedelta

from sqlalchemy import Table, or_, update

from bridge.errors import StoreDown
from bridge.store.database import Database

logger = logging.getLogger(__name__)

NOTE_EVERY = timedelta(minutes=1)


class Uses:
    """Writes ``last_used_at`` of one table, whose first column is its id."""

    def __init__(self, database: Database, table: Table) -> None:
        self._database = database
        self._table = table
        self._pause_until_s = 0.0

    def note(
        self, row_id: str, last: datetime | None, now: datetime, **also: object
    ) -> bool:
        """Note that a row was used, and what else of it; tell if that was written.

        The row that was just read decides (``last``), so that most requests write
        nothing and ask nothing; the same condition in the UPDATE settles a race of two
        workers. Where the note cannot be written (a full disk), the log says so and
        the answer goes out all the same.
        """
        before = now - NOTE_EVERY
        if last is not None and last > before:
            return False
        if time.monotonic() < self._pause_until_s:
            return False
        used = self._table.c.last_used_at
        (key,) = self._table.primary_key
        statement = (
            update(self._table)
            .where(key == row_id)
            .where(or_(used.is_(None), used <= before))
            .values(last_used_at=now, **also)
        )
        try:
            with self._database.writing() as connection:
                return connection.execute(statement).rowcount == 1
        except StoreDown as error:
            logger.warning("use of %s not noted: %s", row_id, error.detail)
            # Waiting for a lock holds a thread: not again with every question.
            self._pause_until_s = time.monotonic() + NOTE_EVERY.total_seconds()
            return False
