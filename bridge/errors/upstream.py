"""Intervals.icu did not give a usable answer."""

from __future__ import annotations

from bridge.errors.base import BridgeError


class UpstreamError(BridgeError):
    """Intervals.icu did not give a usable answer."""

    status = 502
    code = "upstream_error"


class UpstreamRefused(UpstreamError):
    """Intervals.icu rejected the API key (401)."""

    code = "upstream_refused"


class UpstreamForbidden(UpstreamError):
    """Intervals.icu denied access (403): key, athlete id or record."""

    code = "upstream_forbidden"


class UpstreamRejected(UpstreamError):
    """Intervals.icu did not accept the request (400, 405, 422); words: ``reason``."""

    code = "upstream_rejected"

    def __init__(
        self, detail: str = "", *, upstream_status: int = 422, **words: str
    ) -> None:
        super().__init__(detail, **words)
        self.upstream_status = upstream_status


class UpstreamBusy(UpstreamError):
    """The quota is used up (429); ``retry_after_s`` says for how long."""

    status = 503
    code = "upstream_busy"

    def __init__(self, detail: str = "", *, retry_after_s: int = 60) -> None:
        minutes = max(1, round(retry_after_s / 60))
        super().__init__(detail, wait_s=str(minutes * 60))
        self.retry_after_s = retry_after_s


class UpstreamDown(UpstreamError):
    """Intervals.icu cannot be reached, or answers with a 5xx."""

    code = "upstream_down"


class UpstreamSlow(UpstreamError):
    """Intervals.icu did not finish its answer within the time we give it."""

    status = 504
    code = "upstream_slow"


class UpstreamGarbage(UpstreamError):
    """The answer is not JSON, or larger than any answer should be."""

    code = "upstream_garbage"


class WriteLost(UpstreamError):
    """No answer came to a write, and reading back shows that it was not stored."""

    code = "write_lost"


class WriteUnknown(UpstreamError):
    """No answer came to a write, nor to the question what is stored now."""

    code = "write_unknown"
