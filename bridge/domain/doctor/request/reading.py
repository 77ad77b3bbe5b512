"""Find the request in whatever was pasted."""

from __future__ import annotations

from bridge.domain.doctor.request.curl import read_curl
from bridge.domain.doctor.request.lines import read_lines
from bridge.domain.doctor.request.model import Request


def read_request(text: str) -> Request:
    """Return the request in ``text``; an empty one where there is none."""
    curl = read_curl(text)
    if curl is not None and _tells_enough(curl):
        return curl
    request = read_lines(text)
    if request.empty:
        request.form = "text"
    return request


def _tells_enough(request: Request) -> bool:
    return bool(request.address or request.headers or request.logins)
