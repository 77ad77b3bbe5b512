"""gunicorn's access line, in which a stranger can write nothing of their own."""

from __future__ import annotations

from typing import Any

from gunicorn.glogging import Logger

from bridge.masking import Mask


class FrontLog(Logger):  # type: ignore[misc]  # gunicorn has no types
    """Escapes what clients choose: one request is one line of plain ASCII."""

    def atoms(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the words of a line; method and path are escaped."""
        words: dict[str, Any] = super().atoms(*args, **kwargs)
        for name in ("h", "m", "U"):
            words[name] = ascii(words.get(name) or "-")[1:-1]
        # People put keys where they do not belong, also those nobody knows here.
        words["U"] = "/".join(map(Mask(()).text, words["U"].split("/")))
        return words
