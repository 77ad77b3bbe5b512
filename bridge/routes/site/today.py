"""Today: what a glance in the morning needs, on one page that is kept for offline."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from flask import Response
from markupsafe import Markup

from bridge.domain.cards.card import Card, CardItem
from bridge.domain.failure import speech_of
from bridge.domain.speech.trim import begin, for_the_eye
from bridge.domain.speech.voice import ENGLISH, Voice, known_locale
from bridge.errors import BridgeError, NoApiKey
from bridge.routes.api.cards.cards import read_card
from bridge.routes.api.cards.sessions import read_recovery
from bridge.routes.site.page import render
from bridge.routes.site.words import page_language
from bridge.services import (
    beside,
    now_local,
    settings,
    stale_at,
    state,
    stranger_voice,
    voice,
)
from bridge.turns import this_thread

if TYPE_CHECKING:
    from bridge.domain.drawing.trend import TimeAxis

_SERIES = ("sleep_h", "hrv_ms", "resting_hr_bpm")
_SEPARATOR = " · "


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A card on the page, with its chart; or a sentence that says why there is none."""

    card: Card | None = None
    chart: Markup | None = None
    trouble: str = ""

    @property
    def lines(self) -> list[str]:
        """Return the further lines of its text."""
        return (self.card.lines or "").split("\n") if self.card else []

    @property
    def parts(self) -> list[str]:
        """Return what stands side by side in its first line."""
        return self.lines[0].split(_SEPARATOR) if self.card and self.card.lines else []


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One series of recovery: its name, its last value, of which day, its chart."""

    series: str
    label: str
    shown: str
    day: str
    chart: Markup


def show() -> Response:
    """Show the day; what fails says so, and takes nothing else with it.

    At most four calls are under way: the day's own four, then those of form, week and
    recovery, three at most, and beside them one after another those of the last
    session and the race.
    """
    try:
        settings()  # with it everybody knows the day, the language and the units
    except NoApiKey:
        return _page(keyless=True)
    except BridgeError as error:
        return _page(status=error.status, trouble=_sentence_of(error))
    # what draws is imported with the first picture
    from bridge.domain.drawing.trend import TimeAxis, draw_chart, draw_form

    today = now_local().date()
    axis = TimeAxis(today)
    day = _read(partial(read_card, "today"), draw_chart)
    names = ("latest", "race")
    others = beside(lambda: [_read(partial(read_card, n), draw_chart) for n in names])
    form = _read(partial(read_card, "form"), partial(draw_form, axis=axis))
    week = _read(partial(read_card, "week"), draw_chart)
    shown_days = axis.back_days + 1
    recovery = _read(partial(read_recovery, shown_days=shown_days), lambda _: "")
    with this_thread.waiting:
        latest, race = others.result()
    panels = {
        "day": day,
        "form": form,
        "recovery": recovery,
        "week": week,
        "latest": latest,
        "race": race,
    }
    troubles = {panel.trouble for panel in panels.values()}
    if len(troubles) == 1 and "" not in troubles:
        return _page(status=503, trouble=troubles.pop())
    stale = stale_at()
    zone = ZoneInfo(settings().timezone)
    as_of = stale.astimezone(zone) if stale else now_local()
    return _page(
        language=voice().locale[:2],
        date=_in_page_words(today),
        rows=_rows(recovery.card, axis),
        is_stale=stale is not None,
        is_empty=not any(panel.card and panel.card.items for panel in (form, recovery)),
        as_of=as_of,
        as_of_day=_in_page_words(as_of.date()),
        clock=f"{as_of:%H:%M}".removeprefix("0"),
        weekday=begin(voice().weekday(today)),
        day_shown=voice().calendar_day(today, today),
        panels=panels,
    )


def _page(*, status: int = 200, **words: object) -> Response:
    """Return the page, which alone has a manifest: not all browsers know that word."""
    page = render("today.html", status=status, **words)
    policy = page.headers["Content-Security-Policy"]
    page.headers["Content-Security-Policy"] = f"{policy}; manifest-src 'self'"
    return page


def _read(read: Callable[[], Card], draw: Callable[[Card], str]) -> Panel:
    """Read a card and draw its chart, or say what keeps it away."""
    try:
        card = read()
    except BridgeError as error:
        return Panel(trouble=_sentence_of(error))
    return Panel(card=card, chart=_drawn(draw(card)))


def _rows(card: Card | None, axis: TimeAxis) -> list[Row]:
    """Return the series of recovery, each with its chart on the axis of form."""
    from bridge.domain.drawing.trend import draw_row

    items = card.items if card else ()
    rows: list[Row] = []
    for series in _SERIES:
        points: Sequence[CardItem] = [one for one in items if one.series == series]
        if not points:
            continue
        last = points[-1]
        label, shown = last.label or "", last.shown or ""
        chart = _drawn(draw_row(points, axis, f"{label}: {shown}"))
        day = _in_page_words(date.fromisoformat(last.day or axis.today.isoformat()))
        rows.append(Row(series=series, label=label, shown=shown, day=day, chart=chart))
    return rows


def _drawn(svg: str) -> Markup:
    return Markup(svg)  # noqa: S704  # drawn by us, names escaped


def _in_page_words(day: date) -> str:
    """Return a day for the words of the page; those of the cards are the athlete's."""
    language = state().language or page_language()
    speaker = Voice(known_locale(language) or ENGLISH.locale)
    return speaker.calendar_day(day, now_local().date())


def _sentence_of(error: BridgeError) -> str:
    return for_the_eye(speech_of(error, stranger_voice()))
