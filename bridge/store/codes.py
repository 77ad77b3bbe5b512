"""Sign-in codes: kept as digests, spent once, for a few minutes.

The code itself is never here: only a keyed digest, so that who reads the database
cannot sign in with what it holds.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import (
    Connection,
    and_,
    bindparam,
    delete,
    or_,
    select,
    update,
)

from bridge.store.database import Database
from bridge.store.tables import athletes, codes

CodePurpose = Literal["first_run", "login", "pairing"]
LIFE: dict[CodePurpose, timedelta] = {
    "first_run": timedelta(hours=1),
    "login": timedelta(minutes=10),
    "pairing": timedelta(minutes=5),
}
REMEMBERED = timedelta(days=1)  # an ended code, so that it is told from a guess

Reason = Literal["wrong", "used", "expired"]
_FIND = select(codes).where(codes.c.code_hash == bindparam("code_hash"))


class Codes:
    """Reads and writes the table ``codes``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self, code_hash: str, kind: CodePurpose, athlete: str, now: datetime
    ) -> datetime:
        """Keep the digest of a fresh code; return the instant it ends.

        An older code of the same kind ends with it: only the last one shown counts.

        Parameters
        ----------
        code_hash
            The keyed digest of the code.
        kind
            What it is for; decides how long it lives.
        athlete
            The account it opens, which must exist.
        now
            An aware datetime; kept to the second.
        """
        expires_at = now + LIFE[kind]
        same = and_(codes.c.kind == kind, codes.c.athlete == athlete)
        values = {
            "code_hash": code_hash,
            "kind": kind,
            "athlete": athlete,
            "created_at": now,
            "expires_at": expires_at,
        }
        with self._database.writing() as connection:
            old = codes.c.expires_at <= now - REMEMBERED
            connection.execute(delete(codes).where(or_(same, old)))
            connection.execute(self._database.insert(codes).values(values))
        return expires_at

    def spend(self, code_hash: str, now: datetime) -> str | None:
        """Use up a code; return the athlete it opens, or None for a wrong one.

        One UPDATE decides, so that of two who come at once only one gets in. A wrong
        try writes nothing.
        """
        if self._database.first(_FIND, code_hash=code_hash) is None:
            return None
        active = and_(
            codes.c.used_at.is_(None),
            codes.c.expires_at > now,
        )
        use = (
            update(codes)
            .where(codes.c.code_hash == code_hash, active)
            .values(used_at=now)
            .returning(codes.c.athlete)
        )
        with self._database.writing() as connection:
            athlete = connection.execute(use).scalar()
            if athlete is None:
                return None
            _note_sign_in(connection, athlete, now)
            return str(athlete)

    def why_not(self, code_hash: str, now: datetime) -> Reason:
        """Return why a code did not open: for whoever holds the right one."""
        row = self._database.first(_FIND, code_hash=code_hash)
        if row is None:
            return "wrong"
        return "expired" if row.used_at is None and row.expires_at <= now else "used"


def _note_sign_in(connection: Connection, athlete: str, now: datetime) -> None:
    """Remember the first sign-in, which ends the codes that wait for it."""
    connection.execute(
        update(athletes)
        .where(athletes.c.athlete == athlete, athletes.c.first_sign_in_at.is_(None))
        .values(first_sign_in_at=now)
    )
    waiting = and_(codes.c.kind == "first_run", codes.c.used_at.is_(None))
    connection.execute(delete(codes).where(waiting, codes.c.athlete == athlete))
