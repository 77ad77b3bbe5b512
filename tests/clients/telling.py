"""How a script tells what a client answered: one line of JSON for each call."""

from __future__ import annotations

import base64
import json
import sys
from typing import Any


def tell(call: str, answer: Any) -> Any:
    """Write what ``call`` gave, and return it."""
    line = json.dumps({"call": call, "answer": answer}, default=_plain)
    sys.stdout.write(line + "\n")
    return answer


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    dump = getattr(value, "model_dump", None)
    return dump(mode="json") if dump else str(value)
