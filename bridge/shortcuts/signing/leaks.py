"""A last look for secrets before a file leaves this machine."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bridge.shortcuts.signing.refusals import Refused
from bridge.shortcuts.signing.workflow import Workflow

MAX_VALUES = 200_000

_SECRET = re.compile(
    r"icb_[\w.~+/=-]{8,}"  # a device token
    r"|API_KEY:\s*[^\s{\ufffc]{8,}"  # Intervals.icu's sign-in, written out
    r"|QVBJX0tFWT[o-r][\w+/=]{6,}",  # the same in Base64
    re.ASCII,
)


def refuse_secrets(workflow: Workflow) -> None:
    """Let a template pass that holds no token and no key.

    Raises
    ------
    Refused
        If any text in it looks like one; the text itself is not repeated.
    """
    for count, text in enumerate(_texts(workflow)):
        if count > MAX_VALUES:
            raise Refused("it has more values than a shortcut can have")
        if _SECRET.search(text):
            raise Refused(
                "a template must not hold a token: ask for it at installation"
            )


def _texts(value: object) -> Iterator[str]:
    """Give every value as text, keys too; "" for what is none, to be counted."""
    waiting = [value]
    while waiting:
        match waiting.pop():
            case dict() as found:
                waiting += found.keys()
                waiting += found.values()
                yield ""
            case list() as found:
                waiting += found
                yield ""
            case bytes() as found:
                yield found.decode("latin-1")
            case str() as found:
                yield found
            case _:
                yield ""
