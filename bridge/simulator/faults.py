"""Switch what is unverified about upstream, and break it on purpose."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Garbage = Literal["", "html", "truncated", "empty", "nan", "odd_rows"]
RetryAfter = Literal["seconds", "date", "body"]
Pairs = Literal["both", "event", "activity"]


@dataclass(kw_only=True)
class Fault:
    """One failure: what to answer instead of the truth, and to whom.

    With status 0 the truth is told, only later (`delay_s`).
    """

    status: int = 500
    path: str = ""  # part of the request path; empty matches all
    method: str = ""  # empty matches all
    error: str = "Internal Server Error"
    garbage: Garbage = ""
    delay_s: float = 0.0
    retry_after_s: int | None = None

    @property
    def breaks(self) -> bool:
        """Tell whether this takes the place of the true answer."""
        spoils_the_truth = self.garbage in ("truncated", "odd_rows")
        return self.status != 0 and not spoils_the_truth

    def matches(self, method: str, path: str) -> bool:
        """Tell whether this failure is meant for the request."""
        return self.path in path and self.method in ("", method)


@dataclass(kw_only=True)
class Switches:
    """What a test may turn; the defaults are the likeliest truth."""

    # Unverified behaviour of upstream.
    rename_moves_sync_date: bool = False
    clear_with_null: bool = False
    unlock_allowed: bool = False
    locked_ignores_writes: bool = True
    rate_limit_headers: bool = False
    rating_writable: bool = True  # icu_rpe, feel and gear of an activity
    old_zone_rule: bool = False  # a partial sport-settings PUT needs every zone set
    newest_first_wellness: bool = False
    newest_first_events: bool = False
    events_by_overlap: bool = True  # else only what starts within the range
    pairs_shown: Pairs = "both"  # on which side a done workout is tied to its plan
    planned_bake: bool = True  # today's load counts what is still planned
    future_wellness: bool = False  # wellness lists go on into the projection
    sibling_key: str | None = None  # a second valid key: rotation with overlap
    bad_key_status: int = 401
    leak_password: bool = False  # the account carries a password, as its spec allows
    gzip: bool = True
    analysis_delay_s: float = 0.0
    apply_delay_s: float = 2.0

    # Faults.
    fail_status: int | None = None
    fail_path: str = ""  # part of the path that fails; empty fails all
    fail_method: str = ""
    delay_s: float = 0.0
    delay_path: str = ""  # part of the path that is slow; empty slows all
    retry_after_s: int | None = None
    retry_after_as: RetryAfter = "seconds"
    garbage: Garbage = ""
    drop_connection_after_write: bool = False
    fail_next: list[Fault | int] = field(default_factory=list)

    def pause_s(self, path: str) -> float:
        """Return how long a request has to wait."""
        return self.delay_s if self.delay_path in path else 0.0

    def standing_fault(self, method: str, path: str) -> Fault | None:
        """Return the failure that stays until it is switched off."""
        status = 429 if self.retry_after_s is not None else self.fail_status
        if status is None and not self.garbage:
            return None
        fault = Fault(
            status=status or 200,
            path=self.fail_path,
            method=self.fail_method,
            garbage=self.garbage,
            retry_after_s=self.retry_after_s,
        )
        return fault if fault.matches(method, path) else None

    def next_fault(self, method: str, path: str) -> Fault | None:
        """Take the first waiting one-shot failure meant for the request."""
        for index, entry in enumerate(self.fail_next):
            fault = Fault(status=entry) if isinstance(entry, int) else entry
            if fault.matches(method, path):
                del self.fail_next[index]
                return fault
        return None
