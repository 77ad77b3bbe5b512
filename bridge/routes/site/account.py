"""Whose Intervals.icu account the bridge is connected to, as far as can be said now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from flask import g

from bridge.domain.flat import ident, text
from bridge.domain.speech.trim import for_the_eye
from bridge.errors import BridgeError, NoApiKey
from bridge.services import client, services, stranger_voice
from bridge.store.athletes import OWNER
from bridge.upstream.deadline import Deadline

LONGEST_WAIT_S = 3.0  # the page is shown without the name rather than late

State = Literal["none", "environment", "page"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """Where the key comes from, whose it is, and what is wrong with it."""

    state: State
    name: str = ""
    athlete_id: str = ""
    trouble: str = ""  # a sentence; empty when all is well


def connection() -> Connection:
    """Return the connection of the athlete who is signed in."""
    config = services().config
    environment = bool(config.api_key) and g.athlete == OWNER
    state: State = "environment" if environment else "page"
    g.deadline = Deadline.after(LONGEST_WAIT_S)
    try:
        athlete = client().athlete()
    except NoApiKey:
        return Connection(state="none")
    except BridgeError as error:
        return Connection(state=state, trouble=sentence_of(error))
    name = text(athlete.name, 100) or "an athlete without a name"
    return Connection(state=state, name=name, athlete_id=ident(athlete.id) or "")


def sentence_of(error: BridgeError) -> str:
    """Return a failure's sentence as it is read."""
    return for_the_eye(stranger_voice().fill(error.phrase, error.words))
