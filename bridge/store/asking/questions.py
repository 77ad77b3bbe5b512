"""The question that is open on a device, with exactly what its answer carries out.

One row a device: a new question takes the place of the old one. Who takes a row has
removed it, so that of two answers that come at once only one counts.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, delete, select

from bridge.store.database import Database
from bridge.store.tables import questions

OPEN_FOR = timedelta(minutes=5)
_ID = re.compile(r"[0-9a-f]{16}", re.ASCII)
_FIND = select(questions).where(questions.c.device_id == bindparam("device_id"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One open question; ``record`` is JSON of what was asked and its answers."""

    question_id: str
    record: Mapping[str, Any] = field(repr=False)  # a person's words: not for the log
    expires_at: datetime


class Questions:
    """Reads and writes the table ``questions``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ask(
        self, device_id: str, record: Mapping[str, object], now: datetime
    ) -> Question:
        """Open a question; an older one of the device ends with it."""
        question = Question(
            question_id=secrets.token_hex(8),
            record=record,
            expires_at=(now + OPEN_FOR).replace(microsecond=0),
        )
        values = {
            "question_id": question.question_id,
            "record_json": json.dumps(record, ensure_ascii=False),
            "expires_at": question.expires_at,
        }
        insert = self._database.insert(questions).values(device_id=device_id, **values)
        upsert = insert.on_conflict_do_update(index_elements=["device_id"], set_=values)
        with self._database.writing() as connection:
            connection.execute(upsert)
        return question

    def find(self, device_id: str, now: datetime) -> Question | None:
        """Return the device's open question, or None; it stays open."""
        row = self._database.first(_FIND, device_id=device_id)
        return None if row is None or row.expires_at <= now else _question(row)

    def take(
        self, device_id: str, now: datetime, question_id: str = ""
    ) -> Question | None:
        """End the device's question and return it; None where none is open.

        ``question_id`` names the one that is meant: no other is taken then.
        """
        if question_id and not _ID.fullmatch(question_id):
            return None
        wanted: ColumnElement[bool] = questions.c.device_id == device_id
        if question_id:
            wanted = and_(wanted, questions.c.question_id == question_id)
        statement = delete(questions).where(wanted).returning(*questions.c)
        with self._database.writing() as connection:
            row = connection.execute(statement).one_or_none()
        return None if row is None or row.expires_at <= now else _question(row)

    def end(self, device_id: str) -> None:
        """End the device's question, if there is one: mostly there is none."""
        if self._database.first(_FIND, device_id=device_id) is None:
            return
        with self._database.writing() as connection:
            connection.execute(
                delete(questions).where(questions.c.device_id == device_id)
            )


def _question(row: Any) -> Question:
    return Question(
        question_id=row.question_id,
        record=json.loads(row.record_json),
        expires_at=row.expires_at,
    )
