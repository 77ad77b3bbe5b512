"""What a page of the setup site is: address, method, who may see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from flask import Response

LARGEST_FORM = 128 * 1024  # a pasted request, with its answer


@dataclass(frozen=True, slots=True)
class Page:
    """One address of the setup site. The list is :mod:`bridge.routes.site.table`.

    A POST carries its session's form token, whoever is asking; ``guard`` says whether
    the session has to be somebody's.
    """

    method: Literal["GET", "POST"]
    path: str
    view: Callable[..., Response]
    guard: Literal["session", "open"] = "session"
    # "flat" is JSON, for the page's script; "asked" a page for who asks for HTML.
    failures: Literal["page", "flat", "asked"] = "page"

    @property
    def endpoint(self) -> str:
        """Return the name Flask knows the page by."""
        return f"page {self.method} {self.path}"
