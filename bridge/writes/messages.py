"""Which messages are told, when and in which language: kept here, not upstream."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime

from bridge.domain.messages.chosen import (
    Chosen,
    chosen_with,
    say_choice,
    say_values,
    values_of,
)
from bridge.domain.speech.voice import Voice
from bridge.domain.values import Values, differing
from bridge.store.journal import Author, Journal
from bridge.store.outbox import Outbox
from bridge.writes.carry import carry_out
from bridge.writes.undo import plan, take_back
from bridge.writes.writable import Change, Changeable

TARGET = "messages"  # there is one of them


class MessageChoices(Changeable):
    """What an athlete chose of the messages; a field for each of the ten, and times."""

    name = "messages"

    def __init__(self, outbox: Outbox, athlete: str) -> None:
        self._outbox, self._athlete = outbox, athlete

    def chosen(self) -> Chosen:
        """Return what is chosen now."""
        known = self._outbox.settings(self._athlete)
        return Chosen(choices=known.choices, language=known.language)

    def to(self, after: Chosen) -> Change:
        """Return the change that brings about what is chosen, and nothing else."""
        now, wanted = values_of(self.chosen()), values_of(after)
        names = differing(wanted, now)
        return Change.of(TARGET, now, {name: wanted[name] for name in names})

    def read(self, targets: Sequence[str]) -> Mapping[str, Values | None]:
        """Return what is chosen now."""
        return dict.fromkeys(targets, values_of(self.chosen()))

    def change(self, wanted: Mapping[str, Values]) -> None:
        """Choose; the rest stays."""
        for values in wanted.values():
            after = chosen_with(self.chosen(), values)
            self._outbox.choose(self._athlete, after.choices, language=after.language)

    def say(self, target: str, values: Values, voice: Voice) -> str:
        """Say what is chosen."""
        del target
        return say_values(self.chosen(), values, voice)

    def say_field(self, name: str, voice: Voice) -> str:
        """Say one of the ten, or a time."""
        return say_choice(name, voice)


def choose_as_owner(
    outbox: Outbox, journal: Journal, athlete: str, after: Chosen, now: datetime
) -> None:
    """Choose on the page or at the command line, so that it can be undone."""
    known = MessageChoices(outbox, athlete)
    change = known.to(after)
    author = Author(
        athlete=athlete,
        device_id=None,
        write_id=uuid.uuid4().hex,
        source=TARGET,
        now=now,
    )
    if change.wanted:
        carry_out(known, [change], journal, author)


def undo_as_owner(
    outbox: Outbox, journal: Journal, athlete: str, now: datetime
) -> bool:
    """Bring back what was chosen before the owner's last change; False: nothing."""
    entry = journal.owners_last(athlete, MessageChoices.name, now)
    if entry is None or entry.undone_at is not None:
        return False
    known = MessageChoices(outbox, athlete)
    done = take_back(known, plan(known, [entry]), journal, now)
    return any(each.is_done for each in done)
