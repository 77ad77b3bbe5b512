"""The Intervals.icu bridge for Apple Shortcuts."""

from __future__ import annotations

__version__ = "0.1.0"
