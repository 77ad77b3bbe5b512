"""Whether the shortcut that asks is an old one."""

from __future__ import annotations

import re
from functools import lru_cache

from flask import request

from bridge.shortcuts.files import read_index

_SENT = re.compile(r"([a-z0-9-]{1,60})/([0-9]{1,6})", re.ASCII)


def is_outdated() -> bool:
    """Tell whether ``X-Shortcut: slug/version`` is older than what the bridge ships."""
    sent = _SENT.fullmatch(request.headers.get("X-Shortcut", ""))
    return sent is not None and int(sent[2]) < versions().get(sent[1], 0)


@lru_cache(maxsize=1)
def versions() -> dict[str, int]:
    """Return the version of each shortcut that ships."""
    return {entry.slug: entry.version for entry in read_index().shortcuts}
