"""gunicorn's access line, in which a stranger can write nothing of their own.

With ``BRIDGE_LOG=json`` each line of the log is a JSON object that names its request.
"""

from __future__ import annotations

import json
import logging
import re
import secrets
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from gunicorn.glogging import Logger

from bridge.masking import Mask
from bridge.metrics import counters

REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")
IN_ENVIRON = "bridge.request_id"
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
_IN_FORMAT = re.compile(r"%\(([^)]*)\)")
_LONGEST_KNOWN = 200

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


def new_request_id() -> str:
    """Return an id that no request has."""
    return secrets.token_hex(8)


def naming_requests(app: WSGI) -> WSGI:
    """Give each request a random id, for the log and for the answer's header.

    One that a client sends is not taken: people put keys where they do not belong.
    """

    def named(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        request_id = environ[IN_ENVIRON] = new_request_id()
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
        if not self.access_log_enabled:
            return
        words = self.words(resp, environ)
        if words is None:
            words = self.atoms(resp, req, environ, request_time)
        else:
            client = _plain(environ.get("REMOTE_ADDR", ""))
            words |= {"h": client, "M": _ms(request_time)}
        self._write(words, environ.get(IN_ENVIRON, ""))

    def access_again(
        self, words: dict[str, Any], client: str, took: timedelta, request_id: str
    ) -> None:
        """Write the line of a request that got an answer again; count it.

        ``words`` are those of the answer that was given the first time.
        """
        counted = counters()
        if counted is not None:
            counted.note_request(int(words["s"]), took.total_seconds())
        if self.access_log_enabled:
            self._write(words | {"h": _plain(client), "M": _ms(took)}, request_id)

    def words(self, resp: Any, environ: dict[str, Any]) -> dict[str, Any] | None:
        """Return the words that stay the same when an answer is given again.

        None where a line wants others than ours, for which gunicorn has to be asked.
        """
        if not self._wanted() <= set(_ATOMS.values()):
            return None
        return {
            "m": _plain(environ["REQUEST_METHOD"]),
            "U": _path(environ["PATH_INFO"]),
            "s": str(resp.status).split(None, 1)[0],
            "B": resp.sent,
        }

    def _wanted(self) -> set[str]:
        """Return gunicorn's letters for what stands in a line."""
        return _letters(str(self.cfg.access_log_format))

    def _write(self, words: dict[str, Any], request_id: str) -> None:
        del request_id
        line = self.cfg.access_log_format % self.atoms_wrapper_class(words)
        self._log(line)

    def _log(self, line: str, **told: dict[str, object]) -> None:
        """Hand a line on as ``info`` would, without asking who calls."""
        log = self.access_log
        if log.isEnabledFor(logging.INFO):
            record = (log.name, logging.INFO, "", 0, line, (), None)
            log.handle(log.makeRecord(*record, extra=told or None))

    def atoms(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the words of a line; method and path are escaped."""
        words: dict[str, Any] = super().atoms(*args, **kwargs)
        for name, plain in (("h", _plain), ("m", _plain), ("U", _path)):
            words[name] = plain(words.get(name) or "")
        return words


class JsonLog(FrontLog):
    """Writes gunicorn's own lines and those of requests as JSON."""

    def setup(self, cfg: Any) -> None:
        """Set the handlers up as gunicorn does, with another formatter."""
        super().setup(cfg)
        for log in (self.error_log, self.access_log):
            for handler in log.handlers:
                handler.setFormatter(JsonLines())

    def _wanted(self) -> set[str]:
        return set(_ATOMS.values())

    def _write(self, words: dict[str, Any], request_id: str) -> None:
        told: dict[str, object] = {}
        for name, letter in _ATOMS.items():
            text = str(words[letter])
            told[name] = int(text) if name in _NUMBERS and text.isdigit() else text
        told["request_id"] = request_id
        self._log("request", told=told)


@lru_cache(maxsize=4)
def _letters(line: str) -> set[str]:
    return set(_IN_FORMAT.findall(line))


def _ms(took: timedelta) -> int:
    return took.seconds * 1000 + took.microseconds // 1000


def _plain(text: str) -> str:
    return ascii(text or "-")[1:-1]


def _path(path: str) -> str:
    return _known_path(path) if len(path) <= _LONGEST_KNOWN else _masked(path)


def _masked(path: str) -> str:
    # People put keys where they do not belong, also those nobody knows here.
    return "/".join(map(Mask(()).text, _plain(path).split("/")))


_known_path = lru_cache(maxsize=256)(_masked)
