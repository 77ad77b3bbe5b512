"""Say no in the shapes upstream uses: its own short form and Spring's long one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Refusal(Exception):
    """A request upstream would not serve, with its status and body."""

    def __init__(
        self,
        status: int,
        error: str,
        *,
        body: Any = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(f"{status} {error}")
        self.status = status
        self.body = {"status": status, "error": error} if body is None else body
        self.headers = dict(headers or {})


def access_denied() -> Refusal:
    """Refuse a key that does not open this door."""
    return Refusal(403, "Access denied")


def semantic(error: str) -> Refusal:
    """Refuse what parses but makes no sense (422)."""
    return Refusal(422, error)


def unparsable(error: str) -> Refusal:
    """Refuse a body that does not parse (400)."""
    return Refusal(400, f"JSON parse error: {error}")


def no_record(what: str) -> Refusal:
    """Refuse an id nobody knows (404)."""
    return Refusal(404, f"{what} not found")


def missing_parameter(name: str) -> Refusal:
    """Refuse a request without a parameter it needs (422)."""
    return semantic(f"Required request parameter '{name}' is not present")


def wrong_type(name: str, value: str, wanted: str) -> Refusal:
    """Refuse a path or query value of the wrong type: upstream answers 500."""
    return Refusal(
        500,
        "org.springframework.web.method.annotation."
        "MethodArgumentTypeMismatchException: Failed to convert value of type "
        f"'java.lang.String' to required type '{wanted}'; {name}: \"{value}\"",
    )


def bad_moment(text: str) -> Refusal:
    """Refuse a date or date-time that does not read as one (422)."""
    return semantic(
        "java.time.format.DateTimeParseException: "
        f"Text '{text}' could not be parsed at index {min(len(text), 10)}"
    )


def strava_hidden() -> Refusal:
    """Refuse the parts of an activity that Strava does not let through."""
    return semantic("Cannot read Strava activities via the API")


def spring_body(status: int, path: str, timestamp: str) -> dict[str, Any]:
    """Return the body Spring itself gives for unknown paths and methods."""
    words = {404: "Not Found", 405: "Method Not Allowed", 401: "Unauthorized"}
    return {
        "timestamp": timestamp,
        "status": status,
        "error": words.get(status, "Internal Server Error"),
        "path": path,
    }
