"""Plain logs, in which nobody's token or key is found."""

from __future__ import annotations

import logging
import re
from collections.abc import Collection

_TOKEN = re.compile(r"icb_[\w.~+/=-]+", re.ASCII)
_KEY_IN_PATH = re.compile(r"(v|wh)_[a-z2-7]{8,}", re.ASCII | re.IGNORECASE)
# gunicorn quotes what it refuses: a request line or a header, whole.
# One record is one line, and no terminal obeys it.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_QUOTED = re.compile(r"(Invalid request from ip=[^ :]*|Error handling request \S+).*")


class WithoutSecrets(logging.Filter):
    """Takes tokens, the key, and what gunicorn quotes of a request, out of a line."""

    def __init__(self, secrets: Collection[str]) -> None:
        super().__init__()
        self._secrets = secrets  # grows with each key that is entered or opened

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite ``record``; every record stays."""
        message = record.getMessage()
        plain = self._plain(_QUOTED.sub(r"\1", message, count=1))
        plain = _CONTROL.sub(lambda match: ascii(match[0])[1:-1], plain)
        if plain != message:
            record.msg, record.args = plain, ()
        if record.exc_info:  # a formatter takes the text that is there already
            trace = logging.Formatter().formatException(record.exc_info)
            record.exc_text = self._plain(trace)
        return True

    def _plain(self, text: str) -> str:
        text = _KEY_IN_PATH.sub(r"\1_…", _TOKEN.sub("icb_…", text))
        for secret in tuple(self._secrets):
            text = text.replace(secret, "…") if secret else text
        return text


def log_plainly(
    secrets: Collection[str], formatter: logging.Formatter | None = None
) -> None:
    """Write warnings to the console, one line each, without secrets."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(message)s")
    for handler in logging.getLogger().handlers:
        handler.addFilter(WithoutSecrets(secrets))
        if formatter is not None:
            handler.setFormatter(formatter)
    for name in ("gunicorn.error", "gunicorn.access"):
        logging.getLogger(name).addFilter(WithoutSecrets(secrets))
