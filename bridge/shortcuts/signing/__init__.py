"""Have shortcuts signed by a Mac, and check what comes back.

An iPhone imports a file only when Apple's keys signed it, and those keys live on Macs.
So there is no signing here: two ways to ask a Mac (``ask_mac``), and one way to check
a signed file anywhere (``verify``: its ``container``, ``certificates``, ``contents``).
"""

from __future__ import annotations


class Refused(Exception):
    """A file that must not be handed out; the text says why."""


class SigningFailed(Exception):
    """Nothing was signed; the text says what to do."""


class CannotSign(SigningFailed):
    """Nothing was signed, and asking again would not help."""
