"""``/widgets/scriptable.js``: the script that draws cards as widgets of an iPhone."""

from __future__ import annotations

from pathlib import Path

from flask import Response

from bridge.routes.replies import send_made_once

_SCRIPT = Path(__file__).parents[2] / "static" / "scriptable.js"


def scriptable() -> Response:
    """Send the widget to paste into Scriptable: it holds no secret and no address."""
    return send_made_once(
        "scriptable.js", "text/javascript; charset=utf-8", _SCRIPT.read_bytes
    )
