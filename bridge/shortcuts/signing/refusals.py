"""The two ways in which signing ends badly."""

from __future__ import annotations


class Refused(Exception):
    """A file that must not be handed out; the text says why."""


class SigningFailed(Exception):
    """Nothing was signed; the text says what to do."""
