"""What the bridge knows of itself: names and texts, none of them secret."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal, cast

from sqlalchemy import bindparam, delete, select

from bridge.store.database import Database
from bridge.store.tables import facts, unasked_calls

_FIND = select(facts.c.value).where(facts.c.name == bindparam("name"))
_UNASKED = select(unasked_calls.c.calls).where(
    unasked_calls.c.key_name == bindparam("key_name"),
    unasked_calls.c.day == bindparam("day"),
)
_INSTANCE = "instance_id"
_OWNER_ID = "owner_id"  # at Intervals.icu, as it was read last
_WEBHOOK_AT = "webhook_at"
_NOTED_EVERY = timedelta(minutes=1)
_TRY, _STRANGE_TRY = "failed_try", "strange_try"
_STRANGE_EVERY = timedelta(seconds=5)
TryCause = Literal["unknown", "old", "header", "path", "http", "scope"]
PUBLIC_URL = "public_url"  # the address of the phone, chosen on the setup page


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedTry:
    """A phone that was refused."""

    cause: TryCause
    device_id: str  # "": the token is nobody's
    at: datetime


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

    def owner_id(self) -> str:
        """Return the owner's id at Intervals.icu, as it was noted; "" if it was not."""
        return self.get(_OWNER_ID) or ""

    def note_owner(self, athlete_id: str) -> None:
        """Note the owner's id at Intervals.icu, such as ``i123456``."""
        self.keep(_OWNER_ID, athlete_id)

    def webhook_at(self) -> datetime | None:
        """Return when a webhook came last, to the minute; None for never."""
        noted = self.get(_WEBHOOK_AT)
        return None if noted is None else datetime.fromisoformat(noted)

    def note_webhook(self, now: datetime) -> None:
        """Note that a webhook came, once a minute: a thousand at once write one row."""
        last = self.webhook_at()
        if last is None or not timedelta(0) <= now - last < _NOTED_EVERY:
            self.keep(_WEBHOOK_AT, now.astimezone(UTC).isoformat(timespec="seconds"))

    def failed_tries(self) -> list[FailedTry]:
        """Return the last try with a token of ours, then the last with another."""
        noted = [self.get(name) for name in (_TRY, _STRANGE_TRY)]
        return [_read_try(text) for text in noted if text is not None]

    def note_failed_try(self, tried: FailedTry) -> None:
        """Note a try; of tokens that are nobody's, one in a few seconds."""
        name = _TRY if tried.device_id else _STRANGE_TRY
        if not tried.device_id and (last := self.get(name)) is not None:
            passed = tried.at - _read_try(last).at
            if timedelta(0) <= passed < _STRANGE_EVERY:
                return
        at = tried.at.astimezone(UTC).isoformat(timespec="seconds")
        self.keep(name, f"{tried.cause} {tried.device_id} {at}")

    def count_unasked(self, key_name: str, day: str) -> int:
        """Count a call of the background for all machines; return how many that day."""
        calls = unasked_calls.c
        first = self._database.insert(unasked_calls).values(
            key_name=key_name, day=day, calls=1
        )
        one_more = first.on_conflict_do_update(
            index_elements=["key_name", "day"], set_={"calls": calls.calls + 1}
        ).returning(calls.calls)
        with self._database.writing() as connection:
            count = int(connection.execute(one_more).scalar_one())
            if count == 1:  # the days before are over
                connection.execute(delete(unasked_calls).where(calls.day < day))
        return count

    def unasked(self, key_name: str, day: str) -> int:
        """Return how many calls of the background were counted of a key on a day."""
        row = self._database.first(_UNASKED, key_name=key_name, day=day)
        return 0 if row is None else int(row.calls)

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


def _read_try(text: str) -> FailedTry:
    cause, device_id, at = text.split(" ")
    return FailedTry(
        cause=cast("TryCause", cause),
        device_id=device_id,
        at=datetime.fromisoformat(at),
    )
