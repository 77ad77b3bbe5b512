"""The stylesheet, the script and the icons: a short list, sent from memory."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from flask import Response, request

from bridge.errors import UnknownPath

FOLDER = Path(__file__).parents[2] / "static"
_KINDS = {
    "style.css": "text/css; charset=utf-8",
    "page.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
    "touch-icon.png": "image/png",
}
_FOREVER = "public, max-age=31536000, immutable"


def show(name: str) -> Response:
    """Send one of the files; its address changes with its content."""
    if name not in _KINDS:
        raise UnknownPath(name[:80], nearest="/")
    content, version = _read(name)
    response = Response(content, content_type=_KINDS[name])
    if request.args.get("v") == version:
        response.headers["Cache-Control"] = _FOREVER
    return response


def static_url(name: str) -> str:
    """Return the address of a file, with the digest of its content."""
    return f"/static/{name}?v={_read(name)[1]}"


@cache
def _read(name: str) -> tuple[bytes, str]:
    content = (FOLDER / name).read_bytes()
    return content, hashlib.sha256(content).hexdigest()[:12]
