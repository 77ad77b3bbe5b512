"""Read a request that failed, offline, and say what is wrong with it."""

from __future__ import annotations

from bridge.domain.doctor.request.model import Diagnosis, Finding
from bridge.domain.doctor.request.reader import diagnose

__all__ = ["Diagnosis", "Finding", "diagnose"]
