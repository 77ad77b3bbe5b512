"""Sync health: what the watch measured overnight, in one call.

Made for the automation "when I stop my alarm": the phone is unlocked then, and a
locked one may find no health data. Only kinds that nearly every watch records are
asked for, because Shortcuts stops with "no samples found" at a kind never recorded,
and two days only, because loops over hundreds of samples are slow.
"""

from __future__ import annotations

from bridge.shortcuts.actions import (
    detail_of_health_sample,
    end_repeat,
    find_health_samples,
    format_date,
    repeat_with_each,
    text,
)
from bridge.shortcuts.blocks import ask_bridge, setup_code, speak_answer
from bridge.shortcuts.template import Colour, Glyph, ShortcutTemplate, Step, Surface

DAYS = 2
WALL_CLOCK = "yyyy-MM-dd'T'HH:mm:ss"


def readings(kind: str, *, name: str, daily: bool = False) -> tuple[Step, ...]:
    """List samples, one line each: ``start;end;value unit``."""
    return (
        find_health_samples(kind, days=DAYS, name=f"{name} samples", daily=daily),
        repeat_with_each(f"{name} samples"),
        detail_of_health_sample("Start Date", "Repeat Item", name=f"{name} start"),
        format_date(f"{{{name} start}}", WALL_CLOCK, name=f"{name} from"),
        detail_of_health_sample("End Date", "Repeat Item", name=f"{name} end"),
        format_date(f"{{{name} end}}", WALL_CLOCK, name=f"{name} to"),
        text(
            f"{{{name} from}};{{{name} to}};{{Repeat Item.Value}} {{Repeat Item.Unit}}",
            name=f"{name} line",
        ),
        end_repeat(name=name),
    )


SYNC_HEALTH = ShortcutTemplate(
    slug="sync-health",
    names={"en": "Sync health", "de": "Gesundheitsdaten abgleichen"},
    about={
        "en": "Sends sleep, steps, resting heart rate and HRV to Intervals.icu.",
        "de": "Schickt Schlaf, Schritte, Ruhepuls und HRV an Intervals.icu.",
    },
    glyph=Glyph.HEART,
    colour=Colour.PINK,
    scope="write",
    surfaces=(Surface.WIDGET,),
    steps=(
        *setup_code(),
        *readings("Sleep", name="Sleep"),
        *readings("Steps", name="Steps", daily=True),
        *readings("Resting Heart Rate", name="Resting"),
        *readings("Heart Rate Variability", name="HRV"),
        *ask_bridge(
            "/v1/health",
            method="POST",
            body={
                "sleep": "{Sleep}",
                "steps": "{Steps}",
                "resting_hr": "{Resting}",
                "hrv": "{HRV}",
            },
        ),
        *speak_answer(),
    ),
)
