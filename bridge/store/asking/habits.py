"""What each device asks most: a small number for each intent, and nothing said."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import bindparam, select, update

from bridge.store.database import Database
from bridge.store.tables import habits

MOST_TIMES = 64
_OF_DEVICE = select(habits.c.intent, habits.c.times).where(
    habits.c.device_id == bindparam("device_id")
)


class Habits:
    """Reads and writes the table ``habits``: a row for each intent of a device."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, device_id: str, intent: str) -> None:
        """Count one more; at the most, all counts of the device are halved.

        So what was asked lately weighs more, and no number grows without end.
        """
        mine = habits.c.device_id == device_id
        insert = self._database.insert(habits).values(
            device_id=device_id, intent=intent, times=1
        )
        count = insert.on_conflict_do_update(
            index_elements=["device_id", "intent"],
            set_={"times": habits.c.times + 1},
        ).returning(habits.c.times)
        with self._database.writing() as connection:
            if connection.execute(count).scalar_one() >= MOST_TIMES:
                connection.execute(
                    update(habits).where(mine).values(times=habits.c.times // 2)
                )

    def of(self, device_id: str) -> Mapping[str, int]:
        """Return how often the device asked for each intent."""
        rows = self._database.all(_OF_DEVICE, device_id=device_id)
        return {row.intent: row.times for row in rows}
