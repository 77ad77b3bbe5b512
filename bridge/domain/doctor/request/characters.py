"""Characters that look like others or like nothing, and what to make of them."""

from __future__ import annotations

_DOUBLE_SMART = "“”„‟«»″"
_SINGLE_SMART = "‘’‚‛′"
SMART_QUOTES = _DOUBLE_SMART + _SINGLE_SMART
QUOTES = "\"'`" + SMART_QUOTES
LINE_BREAKS = "\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u200e\u200f"
    "\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068"
    "\u2069\u3164\ufeff\uffa0\ufffc"
)
BLANKS = " \t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
BLANKS += "\u200a\u202f\u205f\u3000"
EDGE = BLANKS + LINE_BREAKS + QUOTES  # what may stand round a key by mistake

_STRAIGHT = str.maketrans(
    dict.fromkeys(_DOUBLE_SMART, '"') | dict.fromkeys(_SINGLE_SMART, "'")
)
_WITHOUT_INVISIBLE = {ord(char): None for char in INVISIBLE}


def has_any(text: str, characters: str) -> bool:
    """Say whether ``text`` contains one of ``characters``."""
    return any(char in text for char in characters)


def straight_quotes(text: str) -> str:
    """Return ``text`` with typographic quotes made plain."""
    return text.translate(_STRAIGHT)


def without_invisible(text: str) -> str:
    """Return ``text`` without characters that nobody can see."""
    return text.translate(_WITHOUT_INVISIBLE)


def bare(text: str) -> str:
    """Return ``text`` without blanks, breaks, quotes and unseen characters round it."""
    return without_invisible(text).strip(EDGE)


def well_formed(text: str) -> str:
    """Return ``text`` with lone surrogates and NUL replaced, so it can be printed."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "?")
