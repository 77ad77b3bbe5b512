"""What people paste where the API key belongs: cleaned, or refused with a reason."""

from __future__ import annotations

import re

_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff]")
_USER_NAME = re.compile(r"API_?KEY\s*[:=]\s*", re.I)
_SETTING = re.compile(r"(?:export\s+)?INTERVALS_API_KEY\s*[:=]\s*", re.I)
_QUOTES = "\"'`“”„‘’‚«»<>"

_NO_KEY = tuple(
    (name, re.compile(pattern, re.IGNORECASE | re.ASCII))
    for name, pattern in (
        ("empty", r"\A\Z"),
        ("setup_code", r"icb_"),
        ("address", r"\Ahttps?:"),
        ("header", r"\A(Basic|Bearer|Authorization)\b"),
        ("line_break", r"[\r\n]"),
        ("blank", r"[\s\xa0]"),
        ("athlete_id", r"\Ai?[0-9]{1,15}\Z"),
        ("odd", r"\A(?![0-9A-Za-z_\-]{6,200}\Z)"),
    )
)


def clean_key(pasted: str) -> str:
    """Return the key in what was pasted.

    Blanks and line breaks around it, quotes, and the user name ``API_KEY:`` in front
    have one meaning only and are removed; whatever else is odd is refused.

    Raises
    ------
    ValueError
        With the name of what was pasted instead, such as ``athlete_id``; never with
        the key. The page has a sentence for each.
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
    """Return what this is instead of a key; empty if it can be one."""
    return next((name for name, pattern in _NO_KEY if pattern.search(key)), "")
