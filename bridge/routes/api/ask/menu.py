"""The menu: what can be asked, as sentences that are understood as they stand."""

from __future__ import annotations

from flask import Response, request

from bridge.domain.ask.intents import BY_NAME, WRITTEN_IN_THE_MENU, likely_at
from bridge.domain.ask.lexicon import examples_in
from bridge.domain.flat import Flat
from bridge.routes.replies import paged, send
from bridge.services import device, now_local, services, stranger_voice


def show() -> Response:
    """List what can be asked, what this device asks most first."""
    speaker, known = stranger_voice(), device()
    habits = services().store.habits.of(known.device_id)
    hour = now_local().hour
    names = [
        name
        for name, intent in BY_NAME.items()
        if (name != "menu" and not intent.writes)
        or (name in WRITTEN_IN_THE_MENU and known.allows("write"))
    ]
    names.sort(key=lambda name: -(2 * habits.get(name, 0) + likely_at(name, hour)))
    said = {name: examples_in(speaker.language)[name][0] for name in names}
    if request.args.get("format") == "text":
        text = "".join(f"{sentence}\n" for sentence in said.values())
        return Response(text, content_type="text/plain; charset=utf-8")
    items: list[Flat] = [
        {
            "sentence": said[name],
            "intent": name,
            "writes": "yes" if BY_NAME[name].writes else "no",
        }
        for name in names
    ]
    first = " ".join(_ended(said[name]) for name in names[:3])
    body = paged(items, len(items), 1) | {"choices": "\n".join(said.values())}
    return send(body, speaker.say("ask.menu", sentences=first))


def _ended(sentence: str) -> str:
    return sentence if sentence[-1] in ".?!" else f"{sentence}."
