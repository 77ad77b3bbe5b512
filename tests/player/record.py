"""What came of one run: shown, said, asked, saved."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.player.content import File

CANCEL = "\x00cancel"
"""The answer of somebody who taps Cancel."""
FIRST = "\x00first"
"""The answer of somebody who taps the first item of a list, whatever it says."""


@dataclass
class Run:
    """What came of one run."""

    shown: list[str] = field(default_factory=list)
    alerts: list[str] = field(default_factory=list)
    spoken: list[str] = field(default_factory=list)
    notified: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    saved: list[File] = field(default_factory=list)
    looked_at: list[File] = field(default_factory=list)  # in Quick Look
    wallpapers: list[File] = field(default_factory=list)  # on the lock screen, in turn
    logged: list[str] = field(default_factory=list)  # into Apple Health
    questions: list[str] = field(default_factory=list)  # of the system: may it …?
    waited_s: float = 0.0
    result: str = ""
    stopped: str = ""  # the error of the action that ended the run
    cancelled: bool = False

    @property
    def heard(self) -> list[str]:
        """What Siri says when she runs it: results, alerts, and what is spoken."""
        return [*self.shown, *self.alerts, *self.spoken]
