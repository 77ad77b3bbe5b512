"""What changed at Intervals.icu: the feed, as JSON and as CSV."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from flask import Response, current_app

from bridge.domain.activity.files import csv_text
from bridge.domain.changes.change import Change
from bridge.domain.changes.said import (
    ChangeFeed,
    ChangeItem,
    flatten_change,
    is_all_new,
    say_changes,
)
from bridge.domain.flat import ITEMS_AT_ONCE, plain
from bridge.domain.messages.message import Message
from bridge.errors import BadParameter, CursorAhead, NoRecord, UpstreamError
from bridge.ledger.due import Ledger, TellAthlete, look_now
from bridge.ledger.look import Look
from bridge.routes.api.messages.telling import Teller
from bridge.routes.params import CURSOR, KINDS, MOST, MOST_CHANGES, SINCE
from bridge.routes.replies import answer, send_file
from bridge.services import (
    asks_anew,
    client,
    device,
    looking_client,
    pauses,
    services,
    state,
    today,
    together,
    voice,
)
from bridge.store.changes import Page
from bridge.store.devices import PAGE

FRESH = timedelta(minutes=1)
JUST_NOW = timedelta(seconds=1)
PATIENCE_S = 3.0  # with whoever looks just now
MOST_ROWS = 10_000  # of a file


def index() -> Response:
    """Tell what changed after a cursor, the oldest first."""
    look_if_due()
    page = _page(MOST.get() or (MOST_CHANGES if SINCE.get() else ITEMS_AT_ONCE))
    before = 0
    if SINCE.get() and MOST.get() is None and device().device_id != PAGE:
        # who asks what is new would hear "a first look" once for each 500 things
        while page.cursor < page.head and is_all_new(_changes_of(page)):
            before += len(page.items)
            page = _page(MOST_CHANGES)
    changes = _changes_of(page)
    more = page.cursor < page.head
    ledger = services().store.changes.state(state().athlete)
    looked_at = ledger.last_look_at if ledger else None
    feed = ChangeFeed(
        cursor=page.cursor,
        more=True if more else None,
        looked_at=f"{looked_at:%Y-%m-%dT%H:%M:%SZ}" if looked_at else None,
    )
    items = [plain(item) for item in _items(page)]
    body = {"count": len(items), **plain(feed), "items": items}
    return answer(
        body, say_changes(changes, voice(), today(), more=more, before=before)
    )


def csv_file() -> Response:
    """Send what changed after a cursor as CSV, with a header line."""
    look_if_due()
    page = _page(MOST.get() or MOST_ROWS)
    columns = ChangeItem.__struct_fields__
    text = csv_text(_items(page), columns)
    return send_file(text, "text/csv; charset=utf-8", "changes.csv")


def _changes_of(page: Page) -> list[Change]:
    return [item.change for item in page.items]


def _items(page: Page) -> list[ChangeItem]:
    speaker, day = voice(), today()
    return [
        flatten_change(item.change, item.cursor, item.at, speaker, day)
        for item in page.items
    ]


def _page(most: int) -> Page:
    """Return the part of the feed that is asked for.

    Raises
    ------
    CursorAhead
        If the cursor is beyond the newest change: it is of another bridge.
    BadParameter
        If both a cursor and ``since=last`` were sent.
    """
    changes, athlete = services().store.changes, state().athlete
    cursor, since_last = CURSOR.get(), SINCE.get()
    kinds = KINDS.get() or []
    if since_last and cursor is not None:
        raise BadParameter("a cursor too", name=SINCE.name, example=SINCE.example)
    head = changes.head(athlete)
    if since_last:
        cursor = min(changes.acknowledge(device().device_id), head)
    if cursor is not None and cursor > head:
        raise CursorAhead(f"{str(cursor)[:40]} of {head}", newest=str(head))
    page = changes.page(athlete, cursor or 0, kinds, most)
    if since_last and device().device_id != PAGE:  # which hands nothing on
        changes.hand(device().device_id, cursor or 0, page.cursor)
    return page


def _telling() -> TellAthlete:
    """Return what makes messages of news: in a thread, with a request of its own."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # Flask's own way to the app itself
    teller, pool = Teller(app), services().pool

    def tell(athlete: str, seen: Look) -> Sequence[Message]:
        if not seen.news:
            return ()
        return pool.submit(teller.after_look, athlete, seen).result()

    return tell


def look_if_due() -> None:
    """Look at Intervals.icu, if the last look is over a minute old or is not enough.

    Where upstream is away and there was a look before, the feed is told as it is, and
    the answer says how old that is.

    Raises
    ------
    BridgeError
        If there never was a look and this one failed.
    """
    known, athlete = services(), state().athlete
    now, changes = known.clock(), services().store.changes
    last = changes.ask(athlete, now).last_look_at
    enough = JUST_NOW if asks_anew() else FRESH
    if last is not None and timedelta(0) <= now - last < enough:
        return
    ledger = Ledger(
        changes=changes,
        client_of=lambda _: looking_client(),
        calls_of=lambda _: 0,
        tell=_telling(),
    )
    try:
        seen = look_now(ledger, athlete, now, refresh=asks_anew(), together=together)
    except (UpstreamError, NoRecord):
        if last is None:
            raise
        client().stale_at = last
        return
    if seen is None:  # somebody else looks just now
        for _ in pauses(PATIENCE_S):
            held = changes.state(athlete)
            if held is not None and held.last_look_at != last:
                break
