"""Unknown names, and the known name that was probably meant."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Collection, Iterable, Iterator

_LONGEST_NAME, _LONGEST_SEEN = 40, 200


def unknown_keys(
    keys: Iterable[str], known: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Yield each unknown name, fit to be spoken, with its nearest known one.

    Lazy, so that a caller who refuses the first pays for one comparison. The
    nearest is "" when nothing is near.
    """
    for key in keys:
        if key not in known:
            yield spoken_name(key), nearest_name(key, known)


def nearest_name(name: str, known: Collection[str]) -> str:
    """Return the known name closest to ``name``, or "" when none is close.

    A name without its unit ("weight") is the first known one that adds it.
    """
    plain = {_folded(each): each for each in known}
    wanted = _folded(name)
    with_unit = [each for each in plain if each.startswith(f"{wanted}_")]
    near = with_unit or difflib.get_close_matches(wanted, plain, n=1, cutoff=0.6)
    return plain[near[0]] if near else ""


def spoken_name(name: str) -> str:
    """Return a name from outside cut short and without invisible characters."""
    shown = (
        sign
        for sign in name[:_LONGEST_SEEN]
        if unicodedata.category(sign)[0] not in "CZ"
    )
    return "".join(shown)[:_LONGEST_NAME]


def _folded(name: str) -> str:
    return name[:_LONGEST_NAME].casefold().replace("-", "_")
