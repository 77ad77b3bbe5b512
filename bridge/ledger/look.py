"""One look: read upstream, compare with what was known, write what changed.

Truth is our own digest over every field an athlete can edit. Upstream's stamps are not
believed: none of them covers every edit. A look that fails in any part writes nothing,
and nothing is taken for deleted without proof: missing from an answer that is whole,
and 404 when it is asked for alone, in the same look.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from bridge.domain.athlete.athlete import read_settings
from bridge.domain.changes.change import (
    NOUNS,
    Change,
    Comparison,
    Noun,
    Thing,
    compared,
    differing,
    missing,
    removed,
)
from bridge.domain.changes.reading import own_codes, things_of
from bridge.domain.changes.schedule import (
    CHUNK_EVERY,
    LedgerState,
    Reach,
    chunk_of,
    is_last_chunk,
    next_due,
    night_of,
    reach_of,
)
from bridge.domain.messages.message import Message
from bridge.errors import NoRecord
from bridge.store.changes import Changes, LookResult
from bridge.upstream.client import Client

_LOG = logging.getLogger("bridge")

MOST_PROOFS = 10  # calls of one look for what is missing; the rest waits for the next
Row = Mapping[str, object]
Days = tuple[date, date]
Together = Callable[..., list[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a look saw.

    Attributes
    ----------
    at, today
        When, and on which day of the athlete's.
    changes
        All that goes into the feed.
    news
        What of it is news: neither of a first look nor of the history.
    rows
        What upstream answered, by kind.
    cursor
        Of the newest change, once it is written.
    """

    at: datetime
    today: date
    changes: tuple[Change, ...] = ()
    news: tuple[Change, ...] = ()
    rows: Mapping[Noun, Sequence[Row]] = field(default_factory=dict)
    cursor: int = 0


Tell = Callable[[Look], Sequence[Message]]


def nothing_to_tell(_look: Look) -> Sequence[Message]:
    """Tell nobody."""
    return ()


def one_after_the_other(*calls: Callable[[], Any]) -> list[Any]:
    """Run the calls of a look in this thread."""
    return [call() for call in calls]


@dataclass(frozen=True, slots=True, kw_only=True)
class Eyes:
    """What one look is made with.

    Attributes
    ----------
    changes
        Where the ledger is.
    client
        Asks upstream itself, and nothing that was kept.
    calls
        How many calls of the day the background has spent.
    together
        Runs the calls at the same time, where that is possible.
    tell
        Makes messages of what is news.
    """

    changes: Changes
    client: Client
    calls: int = 0
    together: Together = one_after_the_other
    tell: Tell = nothing_to_tell


def look(
    eyes: Eyes, state: LedgerState, now: datetime, *, refresh: bool = False
) -> Look | None:
    """Look once: two calls, of each tenth look six; more only to prove deletions.

    Parameters
    ----------
    eyes
        What it is made with.
    state
        As it was claimed.
    now
        The instant, in UTC.
    refresh
        Whether calendar, sports and gear are asked for too.

    Returns
    -------
    Look | None
        None if somebody else took the ledger over meanwhile; nothing was written.

    Raises
    ------
    UpstreamError
        If any of the calls failed; nothing was written.
    """
    is_wide = reach_of(state, now, refresh=refresh).is_wide
    if is_wide:  # first, since it says which day it is
        timezone = read_settings(eyes.client.athlete()).timezone
        state_now = replace(state, timezone=timezone)
    else:
        state_now = state
    reach = reach_of(state_now, now, refresh=refresh)
    today = state_now.local(now).date()
    rows = _read(eyes, reach, whole=reach.is_wide or state.has_own)
    comparing = _Comparing(eyes, state.athlete, reach, today)
    comparison, news = Comparison(), list[Change]()
    for kind, answer in rows.items():
        part = comparing.compare(kind, answer)
        comparison += part
        if kind in state.read_kinds:
            news += [change for change in part.changes if _is_recent(change, reach)]
    after = replace(
        state_now,
        looks=state.looks + 1,
        last_look_at=now,
        deep_at=now if reach.is_deep or state.deep_at is None else state.deep_at,
        read_kinds=state.read_kinds | frozenset(rows),
        called="",
        has_own=state.has_own or _have_own(rows["activity"]),
    )
    after = replace(after, next_look_at=next_due(after, now, eyes.calls))
    seen = Look(
        at=now,
        today=today,
        changes=comparison.changes,
        news=tuple(news),
        rows=rows,
    )
    result = LookResult(before=state, after=after, at=now, comparison=comparison)
    cursor = eyes.changes.commit(result, eyes.tell(seen))
    return None if cursor is None else replace(seen, cursor=cursor)


def read_chunk(eyes: Eyes, state: LedgerState, now: datetime) -> Look | None:
    """Read the next chunk of the history: a year, with two calls.

    What is new in it was there before anybody looked: it is no news.

    Raises
    ------
    UpstreamError
        If a call failed; nothing was written, and the chunk is read again.
    """
    days = chunk_of(state, now)
    if days is None:
        return None
    kinds: tuple[Noun, ...] = ("activity", "wellness")
    today = state.local(now).date()
    # whole at the first pass: what is noted then is no edit later
    whole = state.has_own or state.passed_on is None
    rows: dict[Noun, Sequence[Row]] = {
        kind: eyes.client.rows(kind, days, whole=whole) for kind in kinds
    }
    reach = Reach(
        activities=days, wellness=days, calendar=days, is_wide=False, is_deep=True
    )
    comparing = _Comparing(eyes, state.athlete, reach, today)
    comparison = Comparison()
    for kind in kinds:
        comparison += comparing.compare(kind, rows[kind])
    is_empty = not rows["activity"] and not rows["wellness"]
    empty = state.empty_chunks + 1 if is_empty else 0
    state_now = replace(state, has_own=state.has_own or _have_own(rows["activity"]))
    if is_last_chunk(days[0], empty, eyes.changes.first_day(state.athlete)):
        passed_on = night_of(state.local(now))
        after = replace(
            state_now, chunk_newest=None, empty_chunks=0, passed_on=passed_on
        )
        after = replace(after, next_look_at=next_due(after, now, eyes.calls))
    else:
        before = date.fromordinal(days[0].toordinal() - 1)
        due = now + CHUNK_EVERY
        after = replace(
            state_now, chunk_newest=before, empty_chunks=empty, next_look_at=due
        )
    result = LookResult(before=state, after=after, at=now, comparison=comparison)
    cursor = eyes.changes.commit(result)
    if cursor is None:
        return None
    return Look(at=now, today=today, changes=comparison.changes, cursor=cursor)


def _have_own(rows: Sequence[Row]) -> bool:
    return any(map(own_codes, rows))


def _read(eyes: Eyes, reach: Reach, *, whole: bool) -> dict[Noun, Sequence[Row]]:
    """Ask for all that a look needs."""
    days: dict[Noun, Days] = {"activity": reach.activities, "wellness": reach.wellness}
    if reach.is_wide:
        days |= dict.fromkeys(NOUNS[2:], reach.calendar)

    def asking(kind: Noun) -> Callable[[], Sequence[Row]]:
        return lambda: eyes.client.rows(kind, days[kind], whole=whole)

    kinds, rows = list(days), list[Sequence[Row]]()
    for start in range(0, len(kinds), 4):  # at once
        rows += eyes.together(*map(asking, kinds[start : start + 4]))
    return dict(zip(kinds, rows, strict=True))


@dataclass(frozen=True, slots=True)
class _Comparing:
    """Compares answers of one look with what was known."""

    eyes: Eyes
    athlete: str
    reach: Reach
    today: date

    def compare(self, kind: Noun, rows: Sequence[Row]) -> Comparison:
        """Compare an answer, and prove what is missing from it."""
        things = things_of(kind, rows, self.today)
        window = {
            "activity": self.reach.activities,
            "wellness": self.reach.wellness,
            "event": self.reach.calendar,
        }.get(kind)
        changes = self.eyes.changes
        known = changes.known(self.athlete, kind, window)
        news = differing(known, things)
        before = changes.things(self.athlete, kind, [thing.id for thing in news])
        comparison = compared(
            # one that came from outside of the window may be as it was known
            [thing for thing in news if _is_other(thing, before.get(thing.id))],
            {thing_id: thing.values for thing_id, thing in before.items()},
        )
        if kind == "wellness":  # a day is never gone
            return comparison
        for thing_id in missing(known, things, window)[:MOST_PROOFS]:
            comparison += self._prove(kind, thing_id)
        return comparison

    def _prove(self, kind: Noun, thing_id: str) -> Comparison:
        """Ask for one thing that is missing: it is gone, or it moved."""
        before = self.eyes.changes.things(self.athlete, kind, [thing_id])[thing_id]
        try:
            row = self.eyes.client.row(kind, thing_id)
        except NoRecord:
            return removed(kind, thing_id, before.about)
        if kind == "gear":  # it says what it has run up, and not what it is
            return Comparison()
        things = things_of(kind, [row], self.today)
        changed = [
            thing
            for thing in things
            if thing.id == thing_id and thing.digest != before.digest
        ]
        return compared(changed, {thing_id: before.values})


def _is_recent(change: Change, reach: Reach) -> bool:
    """Tell whether a change is of now: what a deep look finds is history."""
    if not reach.is_deep or change.kind not in ("activity", "wellness"):
        return True
    day = change.summary.get("day")
    recent = date.fromordinal(reach.activities[1].toordinal() - 15).isoformat()
    return not isinstance(day, str) or day >= recent


def _is_other(thing: Thing, before: Thing | None) -> bool:
    return before is None or thing.digest != before.digest
