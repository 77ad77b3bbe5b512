"""What went wrong with a write that happened all the same, in words."""

from __future__ import annotations

from collections.abc import Collection

from bridge.domain.speech.voice import Voice
from bridge.writes.carry import Outcome


def say_troubles(
    outcome: Outcome, voice: Voice, *, unsaid: Collection[str] = ()
) -> list[str]:
    """Say that the answer was lost, and what was not kept.

    ``unsaid`` are fields that the athlete knows nothing of.
    """
    said = [voice.say("stored.lost")] if outcome.lost else []
    names = [name for name in outcome.not_kept if name not in unsaid]
    if names:
        spoken = voice.listed([voice.field(name) for name in names])
        said.append(voice.say("stored.not_kept", names=spoken))
    return said
