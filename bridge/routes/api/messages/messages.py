"""Messages: which are on, and when they come. Only the owner adds channels."""

from __future__ import annotations

from flask import Response

from bridge.domain.messages.chosen import (
    MEANT,
    MESSAGE_INPUTS,
    flatten_choices,
    read_choices,
    say_choices,
    say_chosen,
    topics_of,
)
from bridge.routes.replies import reply_items
from bridge.routes.route import Body, Field
from bridge.routes.writing import fields, write
from bridge.services import services, state, voice
from bridge.writes.messages import MessageChoices

MESSAGES_BODY = Body(fields=tuple(Field(*row) for row in MESSAGE_INPUTS), meant=MEANT)


def show() -> Response:
    """Tell which messages are on, and when they come."""
    chosen, channels = _known().chosen(), _channels()
    said = say_choices(chosen, voice(), channels=channels)
    about = flatten_choices(chosen, channels)
    return reply_items(topics_of(chosen.choices, voice()), said, about=about)


def change() -> Response:
    """Switch messages on or off, or choose when they come; the rest stays."""
    known, channels = _known(), _channels()
    before = known.chosen()
    after = read_choices(fields(), before)
    preview = state().claim is None
    if after != before:
        write(known, known.to(after), source=known.name)
    said = say_chosen(before, after, voice(), channels=channels, preview=preview)
    about = flatten_choices(after, channels, already=after == before, preview=preview)
    return reply_items(topics_of(after.choices, voice()), said, about=about)


def _known() -> MessageChoices:
    return MessageChoices(services().store.outbox, state().athlete)


def _channels() -> int:
    ways = services().store.outbox.channels(state().athlete)
    return sum(channel.disabled_at is None for channel in ways)
