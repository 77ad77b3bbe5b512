"""The phone: its region, its owner's health data, and how it runs a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from tests.player.content import File, RunStopped, Sample
from tests.player.document import open_shortcut
from tests.player.play import Player
from tests.player.record import Run

_BERLIN = ZoneInfo("Europe/Berlin")


@dataclass(kw_only=True)
class Phone:
    """A phone of one region, with its owner's health data.

    ``attended`` is false in an automation of the night: nobody is there to tap.
    ``leaves`` are the privacy questions answered with Always Allow. ``shared`` is what
    the share sheet hands over. ``quotes_numbers`` sends number fields as texts, as some
    builds do. ``most_health_items`` holds until "Allow Sharing Large Amounts of Data"
    is on; what the limit is, nobody has told.
    """

    language: str = "en"
    now: datetime = datetime(2026, 11, 23, 7, 5, tzinfo=UTC)
    zone: ZoneInfo = _BERLIN
    health: dict[str, list[Sample]] = field(default_factory=dict)
    locked: bool = False
    attended: bool = True
    is_watch: bool = False
    shared: list[File] = field(default_factory=list)
    leaves: set[tuple[str, str]] = field(default_factory=set)
    most_health_items: int = 100
    quotes_numbers: bool = False
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
