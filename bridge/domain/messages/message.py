"""A message: what an athlete is told without having asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Urgency = Literal["low", "normal", "high"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One thing that is told, in the athlete's language already.

    Attributes
    ----------
    name
        Which of the ten it is: ``after_activity``.
    subject
        What it is about; a subject is told once a day: ``activity:i123``.
    day
        The athlete's day on which it is told.
    speech
        The sentence, as the route would say it.
    title
        A few words above it.
    urgency
        How soon a phone that saves its battery shows it.
    not_before
        When it may be sent: it is quiet until then. None: at once.
    expires_at
        When what it says is wrong, so that it is not sent any more; None: a day and a
        half after it was told.
    """

    name: str
    subject: str
    day: date
    speech: str
    title: str
    urgency: Urgency = "normal"
    not_before: datetime | None = None
    expires_at: datetime | None = None
