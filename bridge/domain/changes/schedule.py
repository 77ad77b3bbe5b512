"""When the next look is due, and how far it reaches.

Upstream gives a key 5,000 calls a day, and other apps of the athlete want theirs: in
the background at most 1,500 are spent. A look costs two.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bridge.domain.changes.change import NOUNS

EVERY_ASKED = timedelta(minutes=1)  # while somebody asks
EVERY = timedelta(minutes=5)
ASKED_WITHIN = timedelta(minutes=10)
OFTEN_CALLS = 1000  # of a day: beyond them no look comes each minute
MOST_CALLS = 1400  # of a day, in the background; a look that began may end
RECENT_DAYS = 14
DEEP_DAYS = 90
DEEP_EVERY = timedelta(hours=1)
WIDE_EVERY = 10  # looks: each tenth asks for calendar, sports and gear too
AHEAD_DAYS = 90  # of the calendar
CHUNK_DAYS = 366
CHUNK_EVERY = timedelta(seconds=10)
EMPTY_CHUNKS = 2  # years without anything, before which there is nothing
FIRST_DAY = date(2000, 1, 1)
NIGHT_FROM, NIGHT_TO = 23, 5  # o'clock, local: no looks, but the whole history

Called = Literal["", "waiting", "taken", "again", "repeated"]
"""By a webhook: not · since the last look · and a worker has it · during a look, so
that another is due at once · and a worker has that one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerState:
    """How far the ledger of an athlete is: one row, held by one worker at a time.

    Attributes
    ----------
    cursor
        Of the newest change; 0 where there is none.
    looks
        How many there were.
    timezone
        The athlete's, as the last wide look read it; "" before the first.
    asked_at, last_look_at, next_look_at, deep_at
        When somebody asked, when the last looks were, when one is due; None: at once.
    read_kinds
        What was read once: what comes new from then on is news.
    chunk_newest
        The last day of the next chunk of the history; None while no pass is under way.
    empty_chunks
        How many chunks in a row had nothing.
    passed_on
        The day of the last pass; None before the first one ended.
    lease_by
        Who holds it.
    called
        Whether a webhook called for a look, which a look alone answers.
    has_own
        Whether an activity had a field of the athlete's own: all are asked for whole
        from then on.
    """

    athlete: str
    cursor: int = 0
    looks: int = 0
    timezone: str = ""
    asked_at: datetime | None = None
    last_look_at: datetime | None = None
    next_look_at: datetime | None = None
    deep_at: datetime | None = None
    read_kinds: frozenset[str] = frozenset()
    chunk_newest: date | None = None
    empty_chunks: int = 0
    passed_on: date | None = None
    lease_by: str = ""
    called: Called = ""
    has_own: bool = False

    def local(self, now: datetime) -> datetime:
        """Return the athlete's wall clock."""
        return now.astimezone(ZoneInfo(self.timezone or "UTC"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How far a look reaches."""

    activities: tuple[date, date]
    wellness: tuple[date, date]
    calendar: tuple[date, date]
    is_wide: bool  # calendar, sports and gear too
    is_deep: bool


def reach_of(state: LedgerState, now: datetime, *, refresh: bool = False) -> Reach:
    """Return how far the next look reaches."""
    today = state.local(now).date()
    is_deep = state.last_look_at is not None and _is_over(
        state.deep_at, now, DEEP_EVERY
    )
    days = DEEP_DAYS if is_deep else RECENT_DAYS
    first = today - timedelta(days=days - 1)
    tomorrow = today + timedelta(days=1)
    is_wide = refresh or state.looks % WIDE_EVERY == 0
    return Reach(
        activities=(first, tomorrow),
        wellness=(first if is_deep else today - timedelta(days=1), today),
        calendar=(
            today - timedelta(days=RECENT_DAYS),
            today + timedelta(days=AHEAD_DAYS),
        ),
        is_wide=is_wide or not state.read_kinds.issuperset(NOUNS),
        is_deep=is_deep,
    )


def is_night(local: datetime) -> bool:
    """Tell whether the athlete sleeps: nothing is looked at then."""
    return local.hour >= NIGHT_FROM or local.hour < NIGHT_TO


def is_look_due(state: LedgerState, now: datetime, calls: int) -> bool:
    """Tell whether the background has to look, with so many calls of the day spent."""
    if calls >= MOST_CALLS or (state.last_look_at and is_night(state.local(now))):
        return False
    return _is_over(state.last_look_at, now, _every(state, now, calls))


def _every(state: LedgerState, now: datetime, calls: int) -> timedelta:
    if calls >= OFTEN_CALLS:
        return EVERY
    if state.called == "repeated":  # the look before may not have seen what called
        return timedelta(0)
    is_asked = state.called or not _is_over(state.asked_at, now, ASKED_WITHIN)
    return EVERY_ASKED if is_asked else EVERY


def next_due(state: LedgerState, now: datetime, calls: int) -> datetime:
    """Return when there is something to do again: a look, a chunk, or the morning."""
    local = state.local(now)
    if chunk_of(state, now) is not None and calls < MOST_CALLS:
        return now + CHUNK_EVERY
    if calls >= MOST_CALLS:
        midnight = datetime.combine(now.date(), time(), now.tzinfo)
        return midnight + timedelta(days=1)
    if is_night(local):
        morning = datetime.combine(local.date(), time(NIGHT_TO), local.tzinfo)
        if local.hour >= NIGHT_FROM:
            morning += timedelta(days=1)
        return morning.astimezone(now.tzinfo)
    since = min(state.last_look_at or now, now) if state.called else now
    return since + _every(state, now, calls)


def chunk_of(state: LedgerState, now: datetime) -> tuple[date, date] | None:
    """Return the days of the history that are to be read next; None for none.

    The first pass begins after the first look, each later one at night.
    """
    if state.last_look_at is None:
        return None
    newest, local = state.chunk_newest, state.local(now)
    if newest is None:
        if state.passed_on is not None and not (
            is_night(local) and state.passed_on != night_of(local)
        ):
            return None
        newest = local.date()
    return newest - timedelta(days=CHUNK_DAYS - 1), newest


def night_of(local: datetime) -> date:
    """Return the day on which a night ends."""
    return (local + timedelta(hours=24 - NIGHT_FROM)).date()


def is_last_chunk(oldest: date, empty_chunks: int, first_known: str | None) -> bool:
    """Tell whether there is nothing before a chunk that was read."""
    is_before = first_known is None or oldest.isoformat() <= first_known
    return oldest <= FIRST_DAY or (empty_chunks >= EMPTY_CHUNKS and is_before)


def _is_over(then: datetime | None, now: datetime, span: timedelta) -> bool:
    """Tell whether a span has passed; a clock that was set back makes it over too."""
    return then is None or now >= then + span or now < then - timedelta(minutes=1)
