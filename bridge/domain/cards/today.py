"""The card of today: what to do, when, and what to heed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bridge.domain.calendar.event import Event
from bridge.domain.calendar.workout import main_set, show_main_set
from bridge.domain.cards.card import Card, Tone, lines_of, shown_name
from bridge.domain.cards.form import show_form
from bridge.domain.cards.workout import WorkoutPlan, blocks_of
from bridge.domain.overview.brief import Brief
from bridge.domain.speech.trim import begin
from bridge.domain.speech.voice import Voice
from bridge.domain.sport import say_sport

_NO_PLAN = WorkoutPlan()
_MOST_NAMED = 2
_TONES: dict[str | None, Tone] = {
    "sick": "bad",
    "injured": "bad",
    "easy": "caution",
    "race": "good",
    "holiday": "neutral",
}


def today_card(
    brief: Brief,
    speech: str,
    voice: Voice,
    left: Sequence[Event] = (),
    plan: WorkoutPlan = _NO_PLAN,
) -> Card:
    """Put the card of a day together from its brief and its sentence.

    ``left`` are the sessions that are still to do, and ``plan`` that of the first.
    """
    blocks = blocks_of(plan)
    return Card(
        card="today",
        date=brief.date,
        title=begin(voice.weekday(date.fromisoformat(brief.date))),
        value=_session(brief, left, voice),
        caption=_caption(brief, plan, voice),
        tone=_TONES.get(brief.verdict, "neutral"),
        chart="blocks" if blocks else "none",
        unit="%" if blocks else None,
        lines=lines_of(
            (_verdict(brief, voice), _form(brief, voice), _race(brief, voice))
        ),
        alt=speech,
        items=blocks,
    )


def _session(brief: Brief, left: Sequence[Event], voice: Voice) -> str:
    """Return the name of what is to do today, or that there is nothing to do."""
    if brief.race_days == 0 and brief.race:
        return shown_name(brief.race)
    if brief.verdict in {"sick", "injured", "holiday"}:
        return voice.say(f"card.{brief.verdict}")
    if left:
        names = [_named(event, voice) for event in left[:_MOST_NAMED]]
        return " + ".join(names)
    if brief.done:
        return voice.say("card.done", name=brief.done)
    return voice.say("card.rest_day")


def _named(event: Event, voice: Voice) -> str:
    return shown_name(event.name) or begin(say_sport(event.type, voice))


def _caption(brief: Brief, plan: WorkoutPlan, voice: Voice) -> str:
    if not brief.sessions_left:
        return "" if not brief.done_s else voice.show_duration(brief.done_s)
    time = voice.show_duration(brief.left_s) if brief.left_s else None
    main = main_set(plan.steps)
    shown = [] if main is None else show_main_set(main, voice)
    return " · ".join(part for part in (time, *shown[-1:]) if part)


def _verdict(brief: Brief, voice: Voice) -> str | None:
    return voice.say("card.easy") if brief.verdict == "easy" else None


def _form(brief: Brief, voice: Voice) -> str | None:
    if brief.form is None or brief.form_zone is None:
        return None
    zone = voice.say(f"form_zone.{brief.form_zone}")
    return voice.say("card.form_line", form=show_form(brief.form, voice), zone=zone)


def _race(brief: Brief, voice: Voice) -> str | None:
    if not brief.race or not brief.race_days:
        return None
    name = shown_name(brief.race)
    return voice.say("card.race_line", n=brief.race_days, name=name)
