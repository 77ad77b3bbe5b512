"""Writes that were asked for, and their answers for whoever asks the same again.

A row is reserved before upstream is asked. The primary key settles who of two that
come at once may write; the other one waits for the answer.

Only a write about the same thing ends the minute in which the same again is a repeat: a
shortcut that checks in writes several things in one run, and Siri may repeat each. How
long a row counts is measured by the wall's clock and by one that nobody sets; the one
that ends it first does.
"""

from __future__ import annotations

import math
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, and_, delete, or_, select, true, update

from bridge.steady import boot_id, steady_s
from bridge.store.database import Database
from bridge.store.tables import replays

State = Literal["mine", "taken", "answered", "other"]

REPEAT_WITHIN = timedelta(seconds=60)
KEY_LIVES = timedelta(hours=24)
LEASE = timedelta(seconds=12)  # an answer has 8 s; who has it longer has died
_UNANSWERED_LIVES = timedelta(minutes=5)
ANYTHING = "*"
NEW = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request to write, as far as it tells repeats from others."""

    device_id: str
    slot: str  # digest of the Idempotency-Key, else the fingerprint
    fingerprint: str  # digest of method, path and body
    keyed: bool
    subject: str = ANYTHING  # "events/5", "wellness/"; "events/new" makes one


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What came of reserving.

    ``mine``: write now. ``taken``: somebody is writing it. ``answered``: here is
    the answer. ``other``: the key was used for another request.
    """

    state: State
    asked: Asked
    write_id: str
    tries: int
    status: int | None = None
    body: str | None = None


class Replays:
    """Reads and writes the table ``replays``."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.steady = steady_s  # the app has it measured by its own
        self._boot = boot_id()

    def reserve(self, asked: Asked, now: datetime) -> Claim:
        """Take a write, or learn that it is taken or answered.

        Taking one ends the minute in which another write of this device about the same
        thing counts as a repeat. A write whose worker died is taken over, with the same
        ``write_id``, when its lease is over.
        """
        with self._database.writing() as connection:
            connection.execute(delete(replays).where(self._is_over(now)))
            write_id = secrets.token_hex(16)
            if self._insert(connection, asked, write_id, now):
                _end_others(connection, asked, now)
                return Claim(state="mine", asked=asked, write_id=write_id, tries=1)
            return _found(connection, asked, now)

    def answer(self, claim: Claim, status: int, body: str, now: datetime) -> None:
        """Keep the answer, unless another write has come in the meantime."""
        asked = claim.asked
        lives = KEY_LIVES if asked.keyed else REPEAT_WITHIN
        values = {
            "answer_status": status,
            "answer_body": body,
            "taken_at": None,
            **self._until(now, lives),
        }
        ended = and_(replays.c.ended_at.is_not(None), replays.c.keyed == 0)
        with self._database.writing() as connection:
            connection.execute(delete(replays).where(_is(asked), ended))
            connection.execute(update(replays).where(_is(asked)).values(values))

    def release(self, claim: Claim, *, keep: bool) -> None:
        """Let the next one try.

        ``keep`` where something may have reached upstream: the row stays, and with
        it the ``write_id`` by which a second try finds what the first one made.
        """
        free = update(replays).values(taken_at=None) if keep else delete(replays)
        with self._database.writing() as connection:
            connection.execute(free.where(_is(claim.asked)))

    def _until(self, now: datetime, lives: timedelta) -> dict[str, object]:
        return {
            "expires_at": now + lives,
            "expires_steady_s": math.ceil(self.steady() + lives.total_seconds()),
            "boot": self._boot,
        }

    def _is_over(self, now: datetime) -> Any:
        """Return what is true of rows that no longer count.

        After a start of the machine the wall's clock alone is left: a row from what is
        now the future is refused.
        """
        over = replays.c.expires_steady_s <= math.floor(self.steady())
        is_ours = and_(replays.c.boot == self._boot, replays.c.boot != "")
        impossible = and_(
            replays.c.keyed == 0, replays.c.expires_at > now + _UNANSWERED_LIVES
        )
        return or_(
            replays.c.expires_at <= now,
            and_(is_ours, over),
            and_(or_(replays.c.boot.is_(None), ~is_ours), impossible),
        )

    def _insert(
        self, connection: Connection, asked: Asked, write_id: str, now: datetime
    ) -> bool:
        row: Mapping[str, object] = {
            "device_id": asked.device_id,
            "slot": asked.slot,
            "fingerprint": asked.fingerprint,
            "keyed": int(asked.keyed),
            "write_id": write_id,
            "tries": 1,
            "taken_at": now,
            "subject": asked.subject,
            **self._until(now, KEY_LIVES if asked.keyed else _UNANSWERED_LIVES),
        }
        statement = self._database.insert(replays).values(row)
        return connection.execute(statement.on_conflict_do_nothing()).rowcount == 1


def _found(connection: Connection, asked: Asked, now: datetime) -> Claim:
    """Say what there is already; take it over where nobody works on it."""
    row = connection.execute(
        select(replays).where(_is(asked)).with_for_update()
    ).one_or_none()
    if row is None:  # answered and ended by another write within this instant
        return Claim(state="taken", asked=asked, write_id="", tries=0)
    state = _state(row, asked, now)
    if state == "taken":  # a repeat of it came, so that it goes on to count as one
        connection.execute(update(replays).where(_is(asked)).values(ended_at=None))
    tries = row.tries + 1 if state == "mine" else row.tries
    if state == "mine":
        again = {"taken_at": now, "tries": tries, "ended_at": None}
        connection.execute(update(replays).where(_is(asked)).values(again))
        _end_others(connection, asked, now)
    return Claim(
        state=state,
        asked=asked,
        write_id=row.write_id,
        tries=tries,
        status=row.answer_status,
        body=row.answer_body,
    )


def _state(row: Any, asked: Asked, now: datetime) -> State:
    if row.fingerprint != asked.fingerprint:
        return "other"
    if row.answer_status is not None:
        return "answered"
    if row.taken_at is not None and row.taken_at > now - LEASE:
        return "taken"
    return "mine"


def _end_others(connection: Connection, asked: Asked, now: datetime) -> None:
    """End the minute of what was written about the same thing before."""
    noun, _, which = asked.subject.partition("/")
    about = [ANYTHING] if which == NEW else [ANYTHING, asked.subject, f"{noun}/{NEW}"]
    others = and_(
        replays.c.device_id == asked.device_id,
        replays.c.slot != asked.slot,
        replays.c.keyed == 0,
        true() if asked.subject == ANYTHING else replays.c.subject.in_(about),
    )
    answered = replays.c.answer_status.is_not(None)
    connection.execute(delete(replays).where(others, answered))
    connection.execute(update(replays).where(others).values(ended_at=now))


def _is(asked: Asked) -> Any:
    return and_(replays.c.device_id == asked.device_id, replays.c.slot == asked.slot)
