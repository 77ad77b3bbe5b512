"""The card of recovery: sleep, HRV and resting pulse, each on its own band."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import date, timedelta

import msgspec

from bridge.domain.cards.card import Card, CardItem, Tone, lines_of
from bridge.domain.moment import read_day
from bridge.domain.speech.trim import begin
from bridge.domain.speech.voice import Voice
from bridge.domain.wellness.baseline import LONG_DAYS
from bridge.domain.wellness.day import Wellness
from bridge.domain.wellness.recovery import Recovery, recovery_of, say_recovery

SHOWN_DAYS = 20
_ENOUGH_DAYS = 14
_HOUR_S = 3600

_SERIES: tuple[tuple[str, Callable[[Wellness], float | None]], ...] = (
    ("sleep_h", lambda row: None if row.sleep_s is None else row.sleep_s / _HOUR_S),
    ("hrv_ms", lambda row: row.hrv_ms),
    ("resting_hr_bpm", lambda row: row.resting_hr_bpm),
)


def days_to_show(day: date, shown_days: int = SHOWN_DAYS) -> date:
    """Return the oldest day that the bands of the card need."""
    return day - timedelta(days=shown_days + LONG_DAYS)


def recovery_card(
    days: Sequence[Wellness],
    today: date,
    voice: Voice,
    *,
    private: bool = False,
    shown_days: int = SHOWN_DAYS,
) -> Card:
    """Put the card of recovery together.

    Parameters
    ----------
    days
        Flat wellness of today and eighty days before, in any order, with gaps.
    today, voice
        The athlete's day; the language it is shown in.
    private
        Whether the owner has the weight shown here.
    shown_days
        How many days of each series; more than twenty are for who draws them only.

    Returns
    -------
    Card
        Of each series the last days; ``low`` and ``high`` are the mean of the
        sixty days before that day, less and more one standard deviation.
    """
    recovery = recovery_of(days, today)
    items: list[CardItem] = []
    for name, value_of in _SERIES:
        points = _points(name, days, today, value_of, shown_days)
        if points:
            items += [*points[:-1], _named(points[-1], days, voice)]
    weight = recovery.weight_kg if private else None
    return Card(
        card="recovery",
        date=today.isoformat(),
        title=voice.say("card.recovery"),
        value=_value(recovery, voice),
        caption=_caption(recovery, voice),
        tone=_tone(recovery),
        chart="bands" if items else "none",
        lines=lines_of((None if weight is None else voice.show_weight(weight),)),
        alt=say_recovery(recovery, voice, today),
        private=True if weight is not None else None,
        items=tuple(items),
    )


def _points(
    name: str,
    days: Sequence[Wellness],
    today: date,
    value_of: Callable[[Wellness], float | None],
    shown_days: int,
) -> list[CardItem]:
    found = {read_day(row.date): value_of(row) for row in days}
    points: list[CardItem] = []
    for day in (today - timedelta(days=n) for n in range(shown_days - 1, -1, -1)):
        value = found.get(day)
        if value is None:
            continue
        earlier = [found.get(day - timedelta(days=n)) for n in range(1, LONG_DAYS + 1)]
        usual = [one for one in earlier if one is not None]
        low = high = None
        if len(usual) >= _ENOUGH_DAYS:
            middle = math.fsum(usual) / len(usual)
            squares = math.fsum((one - middle) ** 2 for one in usual)
            spread = math.sqrt(squares / (len(usual) - 1))
            low, high = round(middle - spread, 1), round(middle + spread, 1)
        points.append(
            CardItem(
                day=day.isoformat(),
                series=name,
                value=round(value, 1),
                low=low,
                high=high,
            )
        )
    return points


def _named(point: CardItem, days: Sequence[Wellness], voice: Voice) -> CardItem:
    """Return the last point of a series with the words that stand beside it."""
    number = voice.number(point.value or 0)
    match point.series:
        case "sleep_h":
            slept_s = next((row.sleep_s for row in days if row.date == point.day), 0)
            shown = voice.show_duration(slept_s or 0)
        case "hrv_ms":
            shown = voice.say("show.ms", number=number)
        case _:
            shown = voice.say("show.bpm", number=number)
    label = voice.say(f"card.series.{point.series}")
    return msgspec.structs.replace(point, label=label, shown=shown)


def _value(recovery: Recovery, voice: Voice) -> str:
    if recovery.recovered is None:
        if recovery.sleep_s is None:
            return voice.say("card.no_data")
        return voice.show_duration(recovery.sleep_s)
    if recovery.recovered:
        return voice.say("card.recovered")
    if recovery.hrv_status == "low":
        return voice.say("card.hrv_low")
    return voice.say(
        "card.sleep_low" if recovery.sleep_status == "low" else "card.pulse_high"
    )


def _caption(recovery: Recovery, voice: Voice) -> str:
    slept, hrv, pulse = recovery.sleep_s, recovery.hrv_ms, recovery.resting_hr_bpm
    is_the_value = recovery.recovered is None
    parts = (
        None if slept is None or is_the_value else voice.show_duration(slept),
        None if hrv is None else voice.say("card.hrv", number=voice.number(hrv)),
        None if pulse is None else voice.say("show.bpm", number=voice.number(pulse)),
    )
    return begin(" · ".join(part for part in parts if part))


def _tone(recovery: Recovery) -> Tone:
    if recovery.recovered is None:
        return "neutral"
    return "good" if recovery.recovered else "caution"
