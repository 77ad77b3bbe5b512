"""The form card: fitness, fatigue and form, and what the plan makes of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import msgspec

from bridge.domain.cards.card import Card, CardItem, Tone
from bridge.domain.overview.fitness import Fitness, form_zone, say_fitness
from bridge.domain.speech.trim import begin
from bridge.domain.speech.voice import Voice

AHEAD_DAYS = 14
SPANS_DAYS = (42, 90)
_LABEL_DAYS = 14
_MOST_BACK = 45  # points; of 90 days every second one
_TONES: dict[str | None, Tone] = {
    "high_risk": "bad",
    "optimal": "good",
    "fresh": "good",
    "transition": "caution",
}


def form_card(
    days: Sequence[Fitness],
    today: date,
    voice: Voice,
    *,
    as_percent: bool = False,
    span_days: int = 42,
) -> Card:
    """Put the form card together.

    Parameters
    ----------
    days
        Fitness of each day, ``span_days`` back and two weeks ahead, in any order. That
        of today is what is, without what is planned only.
    today
        The athlete's day: what comes after it is planned.
    voice
        The language and the units it is shown in.
    as_percent
        Whether the athlete's site shows form as a percentage of fitness.
    span_days
        42 or 90 days back.

    Returns
    -------
    Card
        Points to 0.1, of form in points or percent as ``unit`` says.
    """
    by_day = {day.date: day for day in days}
    now = by_day.get(today.isoformat()) or Fitness(date=today.isoformat())
    form = _form(now, as_percent=as_percent)
    zone = now.form_zone or form_zone(form)
    value = voice.say("card.no_data") if form is None else show_form(form, voice)
    if form is not None and as_percent:
        value = voice.say("show.percent", number=value)
    step = -(-span_days // _MOST_BACK)
    moments = [*range(-(span_days // step) * step, 1, step), *range(1, AHEAD_DAYS + 1)]
    items = [
        _item(by_day.get((today + timedelta(days=n)).isoformat()), n, as_percent)
        for n in moments
    ]
    labels = {
        day.isoformat(): voice.short_day(day)
        for day in (today + timedelta(days=n) for n in moments if not n % _LABEL_DAYS)
    }
    return Card(
        card="form",
        date=today.isoformat(),
        title=voice.say("card.form"),
        value=value,
        caption="" if zone is None else begin(voice.say(f"form_zone.{zone}")),
        tone=_TONES.get(zone, "neutral"),
        chart="line",
        unit="%" if as_percent else None,
        lines=_figures(now, voice),
        alt=say_fitness(now, voice, today, as_percent=as_percent),
        items=tuple(
            msgspec.structs.replace(item, label=labels.get(item.day or ""))
            for item in items
            if item is not None
        ),
    )


def show_form(form: float, voice: Voice) -> str:
    """Return a form for the eye, with its sign: ``+5``, ``-12``, ``0``."""
    nearest = round(form)
    sign = "+" if nearest > 0 else "\N{MINUS SIGN}" if nearest < 0 else ""
    return f"{sign}{voice.number(abs(nearest))}"


def _form(day: Fitness, *, as_percent: bool) -> float | None:
    percent = day.form_percent if as_percent else None
    return day.form if percent is None else percent


def _item(day: Fitness | None, ahead: int, as_percent: bool) -> CardItem | None:
    form = None if day is None else _form(day, as_percent=as_percent)
    if day is None or form is None:
        return None
    return CardItem(
        day=day.date,
        value=form,
        ctl=day.ctl,
        atl=day.atl,
        planned=True if ahead > 0 else None,
        zone=form_zone(form),
    )


def _figures(now: Fitness, voice: Voice) -> str | None:
    if now.ctl is None or now.atl is None:
        return None
    ctl, atl = voice.number(now.ctl), voice.number(now.atl)
    return voice.say("card.form_figures", ctl=ctl, atl=atl)
