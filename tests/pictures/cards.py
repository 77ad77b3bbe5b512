"""Cards to draw: what the pretend athlete sees, and the worst that can be on one."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, timedelta

import msgspec

from bridge.domain.cards.card import Card, CardItem, Chart

TODAY = date(2026, 11, 28)
LONGEST = (
    "Saturday long ride with the club over four passes, coffee, cake and a way home"
)
GERMAN = "Grundlagenausdauertraining mit Schwellenintervallen"


def form_items(count: int = 57, planned: int = 14) -> tuple[CardItem, ...]:
    """Return a line of form: a season that goes up and down."""
    first = TODAY - timedelta(days=count - planned - 1)
    items = []
    for index in range(count):
        day = first + timedelta(days=index)
        ctl = 58 + 4 * math.sin(index / 9)
        atl = 56 + 22 * math.sin(index / 5)
        items.append(
            CardItem(
                day=day.isoformat(),
                value=round(ctl - atl, 1),
                ctl=round(ctl, 1),
                atl=round(atl, 1),
                planned=True if day > TODAY else None,
                label=f"{day.day} Nov" if index % 14 == 0 else None,
            )
        )
    return tuple(items)


def block_items(count: int = 9) -> tuple[CardItem, ...]:
    """Return the steps of intervals, one of them a ramp."""
    steps = [CardItem(value=55.0, low=45.0, high=65.0, length_s=900, zone="z1")]
    for index in range(count - 2):
        hard = index % 2 == 0
        steps.append(
            CardItem(
                value=112.0 if hard else 50.0,
                length_s=240 if hard else 120,
                zone="z5" if hard else "z1",
            )
        )
    return (*steps, CardItem(value=50.0, length_s=600))


def band_items(count: int = 20) -> tuple[CardItem, ...]:
    """Return three series on their bands, as the card of recovery has them."""
    items = []
    series = {"sleep_h": (7.5, 0.7), "hrv_ms": (64, 6), "resting_hr_bpm": (48, 2)}
    words = {
        "sleep_h": ("Sleep", "7 h 33 min"),
        "hrv_ms": ("HRV", "65 ms"),
        "resting_hr_bpm": ("Pulse", "48 bpm"),
    }
    for name, (middle, spread) in series.items():
        label, shown = words[name]
        for index in range(count):
            day = TODAY - timedelta(days=count - 1 - index)
            last = index == count - 1
            items.append(
                CardItem(
                    day=day.isoformat(),
                    series=name,
                    value=round(middle + spread * 1.4 * math.sin(index * 1.7), 1),
                    low=middle - spread,
                    high=middle + spread,
                    label=label if last else None,
                    shown=shown if last else None,
                )
            )
    return tuple(items)


def week_items() -> tuple[CardItem, ...]:
    """Return a week of bars, the last two days only planned."""
    items = []
    for index, label in enumerate(("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")):
        day = (TODAY - timedelta(days=5 - index)).isoformat()
        planned, done = (
            (0.7, 1.2, 0.0, 1.0, 0.5, 1.3, 3.2)[index],
            (0.7, 1.0)[index % 2],
        )
        done = 0.0 if index in {2, 5, 6} else done
        items.append(
            CardItem(
                day=day, label=label, series="planned", planned=True, value=planned
            )
        )
        items.append(CardItem(day=day, label=label, series="done", value=done))
    return tuple(items)


def lap_items(count: int = 6) -> tuple[CardItem, ...]:
    """Return laps of a session."""
    return tuple(
        CardItem(
            label=str(index + 1),
            value=11.0 + index % 3,
            length_s=300 + 20 * index,
            zone=f"z{index % 7 + 1}",
        )
        for index in range(count)
    )


def gear_items() -> tuple[CardItem, ...]:
    """Return pieces of gear, one of them due."""
    return (
        CardItem(label="Road Bike", value=107.0, shown="12,988 km"),
        CardItem(label="Cloud Trainers", value=93.0, shown="949 km"),
        CardItem(label="Wetsuit", shown="36.2 km"),
        CardItem(label="Chain", value=12.0, shown="0 km"),
    )


def grid_items() -> tuple[CardItem, ...]:
    """Return a year of weeks."""
    first = TODAY - timedelta(days=TODAY.weekday(), weeks=52)
    return tuple(
        CardItem(
            day=(first + timedelta(weeks=index)).isoformat(),
            value=4.0,
            shown=("1011010", "1111011", "0101001", "0000000")[index % 4],
        )
        for index in range(53)
    )


ITEMS: Mapping[Chart, tuple[CardItem, ...]] = {
    "none": (),
    "line": form_items(),
    "bars": week_items(),
    "blocks": block_items(),
    "bands": band_items(),
    "grid": grid_items(),
}
PLAIN = Card(
    card="form",
    date=TODAY.isoformat(),
    title="Form",
    value="\N{MINUS SIGN}2",
    caption="Balanced",
    tone="good",
    chart="line",
    lines="Fitness 58 · Fatigue 65",
    alt="Form minus 2: balanced.",
    items=form_items(),
)


def changed(card: Card = PLAIN, /, **changes: object) -> Card:
    """Return a card with some of it changed."""
    return msgspec.structs.replace(card, **changes)


CARDS = {
    "form": PLAIN,
    "today": changed(
        card="today",
        title="Saturday",
        value="Long Run",
        caption="1 h 18 min · 14.9 km",
        chart="blocks",
        items=block_items(),
        lines="Form +4, balanced\nRace in 8 days",
    ),
    "week": changed(
        card="week",
        title="This week",
        value="4 h 53 min",
        unit="h",
        caption="of 8 h 57 min planned",
        chart="bars",
        items=week_items(),
        lines="Ride: 2 h 14 min · 61.4 km\nRun: 1 h 03 min · 11.8 km",
    ),
    "latest": changed(
        card="latest",
        title="Yesterday",
        value="Easy Run",
        unit="km/h",
        caption="5.5 km · 30 min · 5:23 /km",
        chart="bars",
        items=lap_items(),
        lines="As planned\nAn easy one: load 29.",
    ),
    "recovery": changed(
        card="recovery",
        title="Recovery",
        value="Recovered",
        tone="caution",
        caption="7 h 33 min · HRV 65 ms · 48 bpm",
        chart="bands",
        items=band_items(),
        lines=None,
    ),
    "race": changed(
        card="race",
        title="Next race",
        value="8 days",
        caption="Park Run 10k",
        tone="neutral",
        chart="none",
        items=(),
        lines="6 December\n9:30\n10 km\nBuild 2",
    ),
    "gear": changed(
        card="gear",
        title="Gear",
        value="Road Bike",
        tone="bad",
        unit="%",
        caption="Wax it · 107% · due",
        chart="bars",
        items=gear_items(),
        lines=None,
    ),
    "streak": changed(
        card="streak",
        title="Streak",
        value="7 days",
        caption="5 weeks in a row",
        chart="grid",
        items=grid_items(),
        lines=None,
    ),
}

# The twelve worst.
WORST = {
    "german": changed(
        CARDS["today"],
        title="Donnerstag",
        value=GERMAN,
        caption="1 Std. 18 Min. · 3 × 20 Min. bei 95–105 % der Schwellenleistung",
        lines="Form +4, ausgeglichen\nVoralpenmarathonvorbereitungslauf in 128 Tagen",
    ),
    "longest": changed(
        CARDS["today"], value=LONGEST, caption=LONGEST, lines=f"{LONGEST}\n{LONGEST}"
    ),
    "one-word": changed(
        CARDS["today"], value="W" * 80, caption="M" * 120, title="Q" * 80
    ),
    "emoji": changed(CARDS["latest"], value="🚴‍♀️ Morning 🏔️ ride ☕️🥐"),
    "cjk": changed(CARDS["latest"], value="朝のランニング", title="土曜日"),
    "right-to-left": changed(
        CARDS["today"], value="\u202eריצת בוקר\u2066 Tempo", caption="٤٠ دقيقة"
    ),
    "html": changed(
        CARDS["latest"],
        value="<script>alert('x')</script> & \"more\" ]]>",
        caption="</text></svg><image href='//x.test'/>",
        alt="\"><script>alert('x')</script>",
    ),
    "ten-kilobytes": changed(CARDS["today"], value="Nice ride " * 1024),
    "empty": changed(value="", caption="", lines=None, items=(), alt="", title=""),
    "one-day": changed(items=form_items(1, 0), lines="Fitness 1 · Fatigue 5"),
    "all-null": changed(
        value="No data yet",
        caption="",
        lines=None,
        items=tuple(
            msgspec.structs.replace(item, value=None, ctl=None, atl=None)
            for item in form_items()
        ),
    ),
    "sixty-blocks": changed(CARDS["today"], items=block_items(60), value="40 × 1"),
}
