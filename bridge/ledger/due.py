"""What is due is rows: one function does it, whoever calls it, and as often.

A row is held by a lease while somebody works on it, so that two workers do the work
once, and what a dead one held is taken up a minute later.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from bridge.domain.changes.schedule import (
    EVERY,
    EVERY_ASKED,
    LedgerState,
    chunk_of,
    is_look_due,
    next_due,
)
from bridge.domain.messages.message import Message
from bridge.errors import BridgeError, StoreDown, UpstreamBusy
from bridge.ledger.look import (
    Eyes,
    Look,
    Together,
    look,
    one_after_the_other,
    read_chunk,
)
from bridge.store.changes import Changes
from bridge.upstream.client import Client

_LOG = logging.getLogger("bridge")

LONGEST_PAUSE = timedelta(hours=1)
Also = Callable[[datetime], int]  # does what else is due, and says how much that was
TellAthlete = Callable[[str, Look], Sequence[Message]]


def tell_nobody(_athlete: str, _seen: Look) -> Sequence[Message]:
    """Make no message."""
    return ()


def nothing_failed(_athlete: str, _error: BridgeError) -> None:
    """Tell nobody of a failure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """All that a look needs beside the instant.

    Attributes
    ----------
    changes
        Where ledgers are.
    client_of
        Returns what asks upstream for an athlete, and nothing that was kept.
    calls_of
        Returns how many calls of the day the background has spent for an athlete.
    tell
        Makes messages of what is news for an athlete.
    failed
        Is told of a look in the background that failed.
    also
        What else is due: messages to be sent.
    """

    changes: Changes
    client_of: Callable[[str], Client]
    calls_of: Callable[[str], int]
    tell: TellAthlete = tell_nobody
    failed: Callable[[str, BridgeError], object] = nothing_failed
    also: Sequence[Also] = ()

    def eyes(self, athlete: str, together: Together = one_after_the_other) -> Eyes:
        """Return what one look at an athlete is made with."""
        return Eyes(
            changes=self.changes,
            client=self.client_of(athlete),
            calls=self.calls_of(athlete),
            together=together,
            tell=partial(self.tell, athlete),
        )


def look_now(
    ledger: Ledger,
    athlete: str,
    now: datetime,
    *,
    refresh: bool = False,
    together: Together = one_after_the_other,
) -> Look | None:
    """Look for somebody who waits; None while somebody else looks just now.

    Raises
    ------
    BridgeError
        If upstream or the database failed; nothing was written.
    """
    state = ledger.changes.claim(athlete, now, uuid.uuid4().hex)
    if state is None:
        return None
    try:
        eyes = ledger.eyes(athlete, together)
        return look(eyes, state, now, refresh=refresh)
    except BaseException:
        ledger.changes.release(state, state.next_look_at or now + EVERY_ASKED)
        raise


def do_due(ledger: Ledger, now: datetime) -> int:
    """Do what is due at this instant, one thing of each sort; return how many it was.

    Nothing that fails ends it: it is due again later.
    """
    done = 0
    try:
        state = ledger.changes.claim_due(now, uuid.uuid4().hex)
        if state is not None:
            done += _work(ledger, state, now)
        for also in ledger.also:
            done += also(now)
    except StoreDown as error:
        _LOG.warning("what is due has to wait: %s", error.detail)
    return done


def _work(ledger: Ledger, state: LedgerState, now: datetime) -> int:
    """Look, else read a chunk of the history, else say when to come again."""
    try:
        calls = ledger.calls_of(state.athlete)
        if is_look_due(state, now, calls):
            look(ledger.eyes(state.athlete), state, now)
            return 1
        due = next_due(state, now, calls)
        if chunk_of(state, now) is None or due > now + LONGEST_PAUSE:
            ledger.changes.release(state, due)
            return 0
        read_chunk(ledger.eyes(state.athlete), state, now)
    except StoreDown:
        raise  # the lease ends by itself
    except BridgeError as error:
        _LOG.warning("a look failed: %s %s", error.code, ascii(error.detail))
        ledger.failed(state.athlete, error)
        pause = EVERY
        if isinstance(error, UpstreamBusy):
            pause = timedelta(seconds=max(60, error.retry_after_s))
        ledger.changes.release(state, now + min(pause, LONGEST_PAUSE))
        return 0
    except BaseException:
        ledger.changes.release(state, now + EVERY)
        raise
    return 1
