"""Messages: which are on, and when they come. Only the owner adds channels."""

from __future__ import annotations

from flask import Response

from bridge.domain.messages.chosen import (
    MEANT,
    MESSAGE_INPUTS,
    Chosen,
    flatten_choices,
    read_choices,
    say_choices,
    say_chosen,
    topics_of,
)
from bridge.routes.replies import reply_items
from bridge.routes.route import Body, Field
from bridge.routes.writing import check_still, fields
from bridge.services import services, state, voice

MESSAGES_BODY = Body(fields=tuple(Field(*row) for row in MESSAGE_INPUTS), meant=MEANT)


def show() -> Response:
    """Tell which messages are on, and when they come."""
    chosen, channels = _chosen(), _channels()
    said = say_choices(chosen, voice(), channels=channels)
    about = flatten_choices(chosen, channels)
    return reply_items(topics_of(chosen.choices, voice()), said, about=about)


def change() -> Response:
    """Switch messages on or off, or choose when they come; the rest stays."""
    before, channels = _chosen(), _channels()
    after = read_choices(fields(), before)
    preview = state().claim is None
    if after != before:
        check_still(("messages", {"before": repr(before)}))
    if after != before and not preview:
        outbox = services().store.outbox
        outbox.choose(state().athlete, after.choices, language=after.language)
    said = say_chosen(before, after, voice(), channels=channels, preview=preview)
    about = flatten_choices(after, channels, already=after == before, preview=preview)
    return reply_items(topics_of(after.choices, voice()), said, about=about)


def _chosen() -> Chosen:
    known = services().store.outbox.settings(state().athlete)
    return Chosen(choices=known.choices, language=known.language)


def _channels() -> int:
    ways = services().store.outbox.channels(state().athlete)
    return sum(channel.disabled_at is None for channel in ways)
