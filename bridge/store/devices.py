"""The phones, watches and scripts that were let in.

A row is read again as soon as anybody wrote anything, with PostgreSQL for each request:
a revocation counts at once, on every worker.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any, Literal, get_args

from sqlalchemy import Row, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from bridge.errors import BadField
from bridge.store.database import Database
from bridge.store.tables import athletes, devices
from bridge.store.uses import Uses

Scope = Literal["read", "write", "raw"]
SCOPES: tuple[Scope, ...] = get_args(Scope)  # a ladder: each allows those before it
LONGEST_NAME = 60
_MOST_READ = 1024
PAGE = "page"  # the id of who tries a shortcut on a page: there is no row of it
DAYS_KEPT = 14  # on which of them a device has asked

_DEVICE_ID = re.compile(r"[0-9a-f]{16}", re.ASCII)
_WITH_WRITES = select(devices, athletes.c.writes).join(athletes)
_FIND = _WITH_WRITES.where(devices.c.device_id == bindparam("device_id"))
_LIST = _WITH_WRITES.where(devices.c.athlete == bindparam("athlete")).order_by(
    devices.c.created_at, devices.c.device_id
)

# Letters and symbols to Unicode, nothing to the eye: fillers and the empty Braille cell
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_TURNS_TEXT = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """One device that may ask, and what it may ask for."""

    device_id: str
    athlete: str  # our own account id
    name: str = field(repr=False)  # a person's words: not for the log
    scope: Scope
    created_at: datetime
    expires_at: datetime | None  # None: never
    last_used_at: datetime | None  # None: never used; to the minute
    revoked_at: datetime | None  # None: not revoked
    last_asked: str | None = None  # the route, such as GET /v1/fitness
    days_asked: int = 0  # a bit a day, the lowest the day of the last use
    # of its athlete: what was read of upstream before the last one is old
    writes: int = field(default=0, compare=False)

    def allows(self, scope: Scope) -> bool:
        """Tell whether the device may do what needs ``scope``."""
        return SCOPES.index(self.scope) >= SCOPES.index(scope)

    def days_until(self, now: datetime) -> tuple[bool, ...]:
        """Tell of each of the last fourteen days (UTC) whether it asked, today last."""
        if self.last_used_at is None:
            return (False,) * DAYS_KEPT
        days = self.days_asked << max((now.date() - self.last_used_at.date()).days, 0)
        return tuple(bool(days >> back & 1) for back in reversed(range(DAYS_KEPT)))


def new_id() -> str:
    """Return an id that no device has."""
    return secrets.token_hex(8)


def free_name(name: str, taken: Collection[str]) -> str:
    """Return a name; with a number behind it where it is ``taken``.

    Raises
    ------
    BadField
        For a name that cannot be.
    """
    name = read_name(name)
    if name not in taken:
        return name
    numbered = (f"{name[: LONGEST_NAME - 4]} {n}" for n in count(2))
    return next(each for each in numbered if each not in taken)


class Devices:
    """Reads and writes the table ``devices``."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._uses = Uses(database, devices)
        # rows as they are in one state of the database: until anybody writes
        self._read: tuple[object, dict[str, Device | None]] = (None, {})

    def add(  # noqa: PLR0913 - a row has these columns
        self,
        name: str,
        scope: str,
        athlete: str,
        now: datetime,
        expires_at: datetime | None = None,
        *,
        device_id: str = "",
    ) -> Device:
        """Let a device in, under a fresh random id or the one that was set aside.

        Parameters
        ----------
        name
            What its owner calls it; 1 to 60 characters once stripped.
        scope
            ``read``, ``write`` or ``raw``.
        athlete
            The account it belongs to, which must exist.
        now, expires_at
            Aware datetimes; kept to the second.
        device_id
            Of :func:`new_id`. Where it is taken by now, that device is returned.

        Raises
        ------
        BadField
            For a name or scope that cannot be.
        """
        device = Device(
            device_id=device_id or new_id(),
            athlete=athlete,
            name=read_name(name),
            scope=read_scope(scope),
            created_at=now.replace(microsecond=0),
            expires_at=expires_at and expires_at.replace(microsecond=0),
            last_used_at=None,
            revoked_at=None,
        )
        values = {column.name: getattr(device, column.name) for column in devices.c}
        try:
            with self._database.writing() as connection:
                connection.execute(insert(devices).values(values))
        except IntegrityError:
            # a form that was sent twice at once
            taken = self.find(device_id)
            if taken is None or taken.athlete != athlete:
                raise
            return taken
        return device

    def find(self, device_id: str) -> Device | None:
        """Return the device as it is now, also a revoked or expired one."""
        if not _DEVICE_ID.fullmatch(device_id):
            return None
        state = self._database.state()
        known, rows = self._read
        if state is None or state != known:
            rows = {}
            self._read = (state, rows)  # at once: other threads see both or neither
        if device_id in rows:
            return rows[device_id]
        row = self._database.first(_FIND, device_id=device_id)
        found = None if row is None else _device(row)
        if len(rows) < _MOST_READ:
            rows[device_id] = found
        return found

    def of_athlete(self, athlete: str) -> list[Device]:
        """Return the athlete's devices, oldest first, revoked ones too."""
        return [_device(row) for row in self._database.all(_LIST, athlete=athlete)]

    def revoke(self, device_id: str, now: datetime) -> bool:
        """Shut a device out from now on; False if unknown or already out.

        A full disk does not keep it in.
        """
        if not _DEVICE_ID.fullmatch(device_id):
            return False
        statement = (
            update(devices)
            .where(devices.c.device_id == device_id, devices.c.revoked_at.is_(None))
            .values(revoked_at=now)
        )
        return self._database.insist(statement) == 1

    def rename(self, device_id: str, name: str) -> None:
        """Call a device something else.

        Raises
        ------
        BadField
            For a name that cannot be.
        """
        statement = update(devices).where(devices.c.device_id == device_id)
        with self._database.writing() as connection:
            connection.execute(statement.values(name=read_name(name)))

    def touch(self, device: Device, now: datetime, asked: str = "") -> bool:
        """Note that ``device`` was used, and for what; write at most once a minute."""
        days = sum(
            1 << at for at, day in enumerate(device.days_until(now)[::-1]) if day
        )
        return self._uses.note(
            device.device_id,
            device.last_used_at,
            now,
            last_asked=asked or None,
            days_asked=days | 1,
        )


def read_name(text: str) -> str:
    """Return a device's name, stripped and composed.

    Raises
    ------
    BadField
        If it is empty, longer than 60 characters, or holds what a list of devices
        cannot show: control characters, marks that turn the text, nothing visible.
    """
    name = unicodedata.normalize("NFC", text).strip()
    if not (
        1 <= len(name) <= LONGEST_NAME
        and not any(_spoils(character) for character in name)
        and any(_is_visible(character) for character in name)
    ):
        raise BadField("device name refused", name="name", example="My iPhone")
    return name


def read_scope(text: str) -> Scope:
    """Return the scope that ``text`` names, or raise BadField."""
    for scope in SCOPES:
        if text == scope:
            return scope
    raise BadField("unknown scope", name="scope", example="read")


def _spoils(character: str) -> bool:
    # Cs: half a surrogate pair, which no database can encode
    category = unicodedata.category(character)
    return category in {"Cc", "Cs", "Zl", "Zp"} or character in _TURNS_TEXT


def _is_visible(character: str) -> bool:
    # Co and Cn count: Apple's logo is private, and new emoji are unknown to us
    category = unicodedata.category(character)
    return (category[0] in "LNPS" or category in {"Co", "Cn"}) and (
        character not in _BLANK
    )


def _device(row: Row[Any]) -> Device:
    return Device(**row._mapping)
