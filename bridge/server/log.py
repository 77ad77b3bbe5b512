"""gunicorn's access line, in which a stranger can write nothing of their own.

With ``BRIDGE_LOG=json`` each line of the log is a JSON object that names its request.
"""

from __future__ import annotations

import json
import logging
import secrets
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from typing import Any

from gunicorn.glogging import Logger

from bridge.masking import Mask
from bridge.metrics import counters

REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")
_IN_ENVIRON = "bridge.request_id"
_HEADER = "X-Request-Id"
# What a line of the access log tells, by gunicorn's letters for it.
_ATOMS = {
    "client": "h",
    "method": "m",
    "path": "U",
    "status": "s",
    "bytes": "B",
    "ms": "M",
}
_NUMBERS = frozenset({"status", "bytes", "ms"})

WSGI = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class JsonLines(logging.Formatter):
    """Writes a record as one JSON object: at, level, logger, message, request id."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        at = datetime.fromtimestamp(record.created, UTC)
        line: dict[str, object] = {
            "at": f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}Z",
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= getattr(record, "told", {})
        if "request_id" not in line and REQUEST_ID.get():
            line["request_id"] = REQUEST_ID.get()
        trace = record.exc_text or (
            self.formatException(record.exc_info) if record.exc_info else ""
        )
        if trace:
            line["trace"] = trace
        return json.dumps(line, ensure_ascii=False)


def naming_requests(app: WSGI) -> WSGI:
    """Give each request a random id, for the log and for the answer's header.

    One that a client sends is not taken: people put keys where they do not belong.
    """

    def named(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        request_id = environ[_IN_ENVIRON] = secrets.token_hex(8)
        REQUEST_ID.set(request_id)

        def start_named(status: str, headers: list[Any], *rest: Any) -> Any:
            return start(status, [*headers, (_HEADER, request_id)], *rest)

        return app(environ, start_named)

    return named


class FrontLog(Logger):  # type: ignore[misc]  # gunicorn has no types
    """Escapes what clients choose: one request is one line of plain ASCII."""

    def access(
        self, resp: Any, req: Any, environ: dict[str, Any], request_time: timedelta
    ) -> None:
        """Write the line of a request that was answered; count it."""
        counted = counters()
        if counted is not None:
            status = str(getattr(resp, "status_code", "") or 500)
            counted.note_request(int(status), request_time.total_seconds())
        if self.access_log_enabled:
            self._write(self.atoms(resp, req, environ, request_time), environ)

    def _write(self, words: dict[str, Any], environ: dict[str, Any]) -> None:
        del environ
        self.access_log.info(
            self.cfg.access_log_format, self.atoms_wrapper_class(words)
        )

    def atoms(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the words of a line; method and path are escaped."""
        words: dict[str, Any] = super().atoms(*args, **kwargs)
        for name in ("h", "m", "U"):
            words[name] = ascii(words.get(name) or "-")[1:-1]
        # People put keys where they do not belong, also those nobody knows here.
        words["U"] = "/".join(map(Mask(()).text, words["U"].split("/")))
        return words


class JsonLog(FrontLog):
    """Writes gunicorn's own lines and those of requests as JSON."""

    def setup(self, cfg: Any) -> None:
        """Set the handlers up as gunicorn does, with another formatter."""
        super().setup(cfg)
        for log in (self.error_log, self.access_log):
            for handler in log.handlers:
                handler.setFormatter(JsonLines())

    def _write(self, words: dict[str, Any], environ: dict[str, Any]) -> None:
        told: dict[str, object] = {}
        for name, letter in _ATOMS.items():
            text = str(words[letter])
            told[name] = int(text) if name in _NUMBERS and text.isdigit() else text
        told["request_id"] = environ.get(_IN_ENVIRON, "")
        self.access_log.info("request", extra={"told": told})
