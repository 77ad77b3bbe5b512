"""Plain logs, in which nobody's token or key is found."""

from __future__ import annotations

import logging
import re

_TOKEN = re.compile(r"icb_[\w.~+/=-]+", re.ASCII)
# gunicorn quotes what it refuses: a request line or a header, whole.
_QUOTED = re.compile(r"(Invalid request from ip=[^ :]*|Error handling request \S+).*")


class WithoutSecrets(logging.Filter):
    """Takes tokens, the key, and what gunicorn quotes of a request, out of a line."""

    def __init__(self, api_key: str) -> None:
        super().__init__()
        self._api_key = api_key

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite ``record``; every record stays."""
        message = record.getMessage()
        plain = _TOKEN.sub("icb_…", _QUOTED.sub(r"\1", message, count=1))
        if self._api_key:
            plain = plain.replace(self._api_key, "…")
        if plain != message:
            record.msg, record.args = plain, ()
        return True


def log_plainly(api_key: str) -> None:
    """Write warnings to the console, one line each, without secrets."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(message)s")
    for handler in logging.getLogger().handlers:
        handler.addFilter(WithoutSecrets(api_key))
    for name in ("gunicorn.error", "gunicorn.access"):
        logging.getLogger(name).addFilter(WithoutSecrets(api_key))
