"""What people paste where the API key belongs: cleaned, or refused with a reason."""

from __future__ import annotations

import re

_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff]")
_USER_NAME = re.compile(r"API_?KEY\s*[:=]\s*", re.I)
_SETTING = re.compile(r"(?:export\s+)?INTERVALS_API_KEY\s*[:=]\s*", re.I)
_QUOTES = "\"'`“”„‘’‚«»<>"

_AGAIN = "Copy it again from Intervals.icu: Settings, then Developer settings."
_NO_KEY = tuple(
    (re.compile(pattern, re.IGNORECASE | re.ASCII), f"{reason} {_AGAIN}")
    for pattern, reason in (
        (r"\A\Z", "There is no key in the field."),
        (r"icb_", "That is a setup code of the bridge, not the API key."),
        (r"\Ahttps?:", "That is an address, not the API key."),
        (r"\A(Basic|Bearer|Authorization)\b", "That is a whole header, not the key."),
        (r"[\r\n]", "The key has a line break in it."),
        (r"[\s\xa0]", "The key has a blank in it."),
        (r"\Ai?[0-9]{1,15}\Z", "That is an athlete id, not the API key."),
        (
            r"\A(?![0-9A-Za-z_\-]{6,200}\Z)",
            "That cannot be an API key: a key is short, with letters and digits only.",
        ),
    )
)


def clean_key(pasted: str) -> str:
    """Return the key in what was pasted.

    Blanks and line breaks around it, quotes, and the user name ``API_KEY:`` in front
    have one meaning only and are removed; whatever else is odd is refused.

    Raises
    ------
    ValueError
        With a sentence that says what was pasted instead; never with the key.
    """
    text = _INVISIBLE.sub("", pasted).strip()
    for wrapping in (_SETTING, _USER_NAME):
        text = wrapping.sub("", text.strip(_QUOTES).strip(), count=1)
    key = text.strip(_QUOTES).strip()
    reason = _refuse(key)
    if reason:
        raise ValueError(reason)
    return key


def _refuse(key: str) -> str:
    """Return why this can be no key; empty if it can."""
    for pattern, reason in _NO_KEY:
        if pattern.search(key):
            return reason
    return ""
