"""Read a request that failed, offline, and say what is wrong with it."""

from __future__ import annotations

from bridge.domain.diagnosis.model import Diagnosis, Finding
from bridge.domain.diagnosis.own import Door, Site, diagnose_own
from bridge.domain.diagnosis.reader import diagnose

__all__ = ["Diagnosis", "Door", "Finding", "Site", "diagnose", "diagnose_own"]
