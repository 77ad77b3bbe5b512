"""What a worker imports as soon as it is ready, while nobody asks.

A start imports next to nothing: it is over sooner, and a question waits for what it
needs itself and for no more. So that the first of each sort waits for nothing at all,
the rest comes beside, module by module, and stands back while a question is answered.
"""

from __future__ import annotations

import time
from importlib import import_module

from bridge.routes.table import ROUTES
from bridge.turns import is_quiet

_PAUSE_S = 0.3  # for the last steps of the start, and who asks at once
_LOOK_EVERY_S = 0.02
_LONGEST_WAIT_S = 30.0  # for a moment in which nobody asks; it is manners, as in turns
# What every answer with a token takes, before the views: the longest first.
_FIRST = (
    "sqlalchemy",
    "sqlalchemy.dialects.sqlite",
    "bridge.store.engine",
    "bridge.upstream.client",
    "babel.numbers",
    "babel.lists",
    "babel.dates",
    "babel.units",
)


def warm_up() -> None:
    """Import what answers take, the likeliest first."""
    time.sleep(_PAUSE_S)
    for module in _FIRST:
        _stand_back()
        import_module(module)
    for route in ROUTES:
        _stand_back()
        _ = route.view


def _stand_back() -> None:
    given_up_at = time.monotonic() + _LONGEST_WAIT_S
    while not is_quiet() and time.monotonic() < given_up_at:
        time.sleep(_LOOK_EVERY_S)
