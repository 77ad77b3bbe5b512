"""What every failure has: a status, a code that names its words, and a detail."""

from __future__ import annotations

from typing import ClassVar


class BridgeError(Exception):
    """A failure that the phone can read aloud as it is.

    Parameters
    ----------
    detail
        For the log only: what was seen, without secrets.
    words
        Values for the placeholders of the phrases ``error.<code>`` and
        ``hint.<code>``.
    """

    status: int = 500
    code: ClassVar[str] = "bridge_error"

    def __init__(self, detail: str = "", **words: str) -> None:
        super().__init__(detail or self.code)
        self.detail = detail
        self.words = words


class ConfigError(BridgeError):
    """The settings cannot work; ``detail`` says which and what to do."""

    code = "config_error"
