"""Read a request that failed, offline, and say what is wrong with it."""

from __future__ import annotations

from bridge.domain.doctor.request.model import Finding, Report
from bridge.domain.doctor.request.report import explain_request

__all__ = ["Finding", "Report", "explain_request"]
