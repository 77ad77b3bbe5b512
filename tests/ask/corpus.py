"""What a sentence to ``/v1/ask`` means, as the corpus has it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bridge.domain.ask.understand import Reading, understand
from bridge.domain.calendar.dictated import DictatedEntry
from bridge.domain.inputs.refusals import InputError, Mistake
from bridge.domain.speech.phrases import LANGUAGES

_NO_LENGTH = (Mistake.MISSING, "work")


def read_ask(text: str, language: str, now: datetime) -> dict[str, Any]:
    """Return intent and slots of a sentence that means one thing, or what it asks.

    Raises
    ------
    InputError
        If it means nothing, or leaves words over before a write.
    """
    order = (language, *(each for each in LANGUAGES if each != language))
    understood = understand(text, now, order)
    readings, lacking = understood.readings, understood.dictation
    if lacking is not None and (lacking.mistake, lacking.seen) == _NO_LENGTH:
        return {"asks": "length"}
    if len(readings) > 1:
        return {"asks": " or ".join(reading.intent.name for reading in readings)}
    if len(readings) != 1 or (readings[0].not_used and readings[0].intent.writes):
        raise InputError(Mistake.NOT_A_TEXT, "", seen=f"{len(readings)} readings")
    return record_of(readings[0])


def record_of(reading: Reading) -> dict[str, Any]:
    """Return a reading as the corpus writes it."""
    record: dict[str, Any] = {"intent": reading.intent.name, **reading.values}
    if reading.plan is not None:
        record |= {"day": f"{reading.plan.day}", "sport": reading.plan.sport}
        if isinstance(reading.plan, DictatedEntry):
            record["end"] = f"{reading.plan.end_day}"
        return record
    days = [f"{day}" for day in reading.days]
    leads = [said.lead for said in reading.said]
    if reading.intent.name in ("move", "away"):
        ends = [
            d for d, lead in zip(days, leads, strict=True) if lead & {"to", "until"}
        ]
        first = [day for day in days if day not in ends]
        key = "day" if reading.intent.name == "move" else "end"
        record[key] = (ends or days or [""])[-1]
        record["from" if key == "day" else "day"] = (first or [""])[0]
    elif days:
        record["day"] = days[0]
    numbers = reading.things.get("number", ())
    if reading.intent.name == "rate" and numbers and not reading.values:
        record["rpe"] = numbers[0].value
    record |= {"sport": reading.sport, "q": reading.text, "name": reading.text}
    return record
