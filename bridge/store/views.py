"""View keys: who may look at cards and feeds, and at nothing else.

A key stands in an address, where a device token must not: a picture, a calendar or an
e-ink frame can send no header. It opens cards and feeds alone, and only its digest is
kept. It has 130 random bits, so that the digest needs no secret of its own.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update

from bridge.store.database import Database
from bridge.store.devices import read_name
from bridge.store.tables import athletes, views
from bridge.store.uses import Uses

PREFIX = "v_"
SIGNS = 26  # of 5 bits each
_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
_LONGEST_SENT = 512  # of what is hashed, whatever comes as a key
_VIEW_ID = re.compile(r"[0-9a-f]{16}", re.ASCII)
_WITH_WRITES = select(views, athletes.c.writes).join(athletes)
_FIND = _WITH_WRITES.where(views.c.key_hash == bindparam("key_hash"))
_LIST = _WITH_WRITES.where(views.c.athlete == bindparam("athlete")).order_by(
    views.c.created_at, views.c.view_id
)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One key that may look, and what it may see."""

    view_id: str
    athlete: str  # our own account id
    name: str = field(repr=False)  # a person's words: not for the log
    private_cards: frozenset[str]  # those that show private fields under this key
    created_at: datetime
    last_used_at: datetime | None  # None: never used; to the minute
    revoked_at: datetime | None  # None: not revoked
    # of its athlete: what was read of upstream before the last one is old
    writes: int = field(default=0, compare=False)


class Views:
    """Reads and writes the table ``views``."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._uses = Uses(database, views)

    def add(self, name: str, athlete: str, now: datetime) -> tuple[View, str]:
        """Make a view; return it and its key, which cannot be shown again.

        Parameters
        ----------
        name
            What its owner calls it; 1 to 60 characters once stripped.
        athlete
            The account whose cards it shows, which must exist.
        now
            An aware datetime; kept to the second.

        Raises
        ------
        BadField
            For a name that cannot be.
        """
        key = PREFIX + "".join(secrets.choice(_ALPHABET) for _ in range(SIGNS))
        view = View(
            view_id=secrets.token_hex(8),
            athlete=athlete,
            name=read_name(name),
            private_cards=frozenset(),
            created_at=now.replace(microsecond=0),
            last_used_at=None,
            revoked_at=None,
        )
        values = {
            "view_id": view.view_id,
            "athlete": athlete,
            "name": view.name,
            "key_hash": _digest(key),
            "private_cards": "",
            "created_at": view.created_at,
        }
        with self._database.writing() as connection:
            connection.execute(insert(views).values(values))
        return view, key

    def find(self, key: str) -> View | None:
        """Return the view of a key as it is now, also a revoked one.

        Whatever is sent is hashed and looked up: no answer comes sooner than another.
        """
        row = self._database.first(_FIND, key_hash=_digest(key))
        return None if row is None else _view(row)

    def of_athlete(self, athlete: str) -> list[View]:
        """Return the athlete's views, oldest first, revoked ones too."""
        return [_view(row) for row in self._database.all(_LIST, athlete=athlete)]

    def show_private(self, view_id: str, cards: Collection[str]) -> bool:
        """Let exactly these cards show private fields; False if it is unknown."""
        return self._change(view_id, private_cards=",".join(sorted(cards)))

    def revoke(self, view_id: str, now: datetime) -> bool:
        """Shut a key out from now on; False if unknown or already out."""
        return self._change(view_id, revoked_at=now)

    def touch(self, view: View, now: datetime) -> bool:
        """Note that a view was used; write at most once a minute."""
        return self._uses.note(view.view_id, view.last_used_at, now)

    def _change(self, view_id: str, **values: object) -> bool:
        if not _VIEW_ID.fullmatch(view_id):
            return False
        statement = (
            update(views)
            .where(views.c.view_id == view_id, views.c.revoked_at.is_(None))
            .values(values)
        )
        return self._database.insist(statement) == 1


def _digest(key: str) -> str:
    sent = key[:_LONGEST_SENT].encode("utf-8", "surrogatepass")
    return hashlib.sha256(sent).hexdigest()


def _view(row: Row[Any]) -> View:
    values = dict(row._mapping)
    del values["key_hash"]
    cards = frozenset(filter(None, values.pop("private_cards").split(",")))
    return View(**values, private_cards=cards)
