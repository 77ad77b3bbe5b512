"""The phone: its region, its owner's health data, and how it runs a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from tests.player.content import RunStopped, Sample
from tests.player.document import open_shortcut
from tests.player.play import Player
from tests.player.record import Run


@dataclass(kw_only=True)
class Phone:
    """A phone of one region, with its owner's health data.

    ``quotes_numbers`` sends number fields as texts, as some builds do;
    ``complains_without_samples`` stops at a kind of health data never recorded.
    """

    language: str = "en"
    now: datetime = datetime(2026, 11, 23, 7, 5, tzinfo=UTC)
    health: dict[str, list[Sample]] = field(default_factory=dict)
    locked: bool = False
    quotes_numbers: bool = False
    complains_without_samples: bool = False
    timeout_s: float = 25.0  # then Siri gives up

    def run(
        self,
        data: bytes,
        *,
        install: Iterable[str] = (),
        answers: Iterable[str] = (),
        may_end_early: bool = False,
    ) -> Run:
        """Install a file with these answers to its questions, and run it once.

        Answers that nobody asked for are an alarm, unless it ``may_end_early``.
        """
        document = open_shortcut(data).answered(tuple(install))
        player = Player(self, document, list(answers))
        if self.locked and document.disabled_on_lock_screen:
            player.run.stopped = "Unlock your iPhone to run this shortcut"
            return player.run
        try:
            player.play()
        except RunStopped as stop:
            player.run.stopped = str(stop)
        ended = player.run.stopped or player.run.cancelled or may_end_early
        if player.answers and not ended:
            raise AssertionError(f"nobody asked for {player.answers}")
        return player.run
