"""What Intervals.icu's answers mean: JSON into records, statuses into errors."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from math import ceil
from typing import TypeVar, get_origin

import msgspec
import requests

from bridge.domain.flat import amount, text
from bridge.errors import (
    BridgeError,
    NoRecord,
    StravaOnly,
    UpstreamBusy,
    UpstreamDown,
    UpstreamForbidden,
    UpstreamGarbage,
    UpstreamRefused,
    UpstreamRejected,
)

LONGEST_REASON = 120
MOST_ROWS = 10_000  # eight years of days, two a day, are 6,000
# Objects in a list, those inside of its rows counted: each costs half a kilobyte once
# it is decoded, so that this is looked at before.
MOST_OBJECTS = 10 * MOST_ROWS
_DEFAULT_RETRY_S = 60
_WORTH_ANOTHER_TRY = frozenset({502, 503, 504})
_SECONDS = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?", re.ASCII)
_REJECTED = frozenset({400, 405, 409, 413, 415, 422})
_BY_STATUS: dict[int, type[BridgeError]] = {
    401: UpstreamRefused,
    403: UpstreamForbidden,
    404: NoRecord,
}

T = TypeVar("T")


def decode(body: bytes, record: type[T], path: str) -> T:
    """Decode upstream's JSON into a record, or a list of records.

    A row of a list that is null or no object is left out: it never costs the others.

    Raises
    ------
    UpstreamGarbage
        If the body is not JSON, not of that shape, or a list that nobody's training
        fills: work after the wire is bounded as the bytes on it are.
    """
    objects = body.count(b"{") if get_origin(record) is list else 0
    if objects > MOST_OBJECTS:
        raise UpstreamGarbage(f"GET {path}: {objects} objects")
    decoded = _decoded(body, record, path)
    if isinstance(decoded, list) and len(decoded) > MOST_ROWS:
        raise UpstreamGarbage(f"GET {path}: {len(decoded)} rows")
    return decoded


def _decoded(body: bytes, record: type[T], path: str) -> T:
    try:
        return msgspec.json.decode(body, type=record)
    except msgspec.ValidationError as error:
        if get_origin(record) is list:
            return _without_odd_rows(body, record, path)
        raise UpstreamGarbage(f"GET {path}: {error}") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return _decode_with_nan(body, record, path, error)


def _without_odd_rows(body: bytes, record: type[T], path: str) -> T:
    try:
        rows = msgspec.json.decode(body, type=list[object])
        objects = [row for row in rows if isinstance(row, dict)]
        if rows and not objects:
            raise UpstreamGarbage(f"GET {path}: a list without a record")
        return msgspec.convert(objects, type=record)
    except msgspec.ValidationError as error:
        raise UpstreamGarbage(f"GET {path}: {error}") from error


def _decode_with_nan(body: bytes, record: type[T], path: str, cause: Exception) -> T:
    """Try again with the parser that knows NaN and Infinity, which upstream sends."""
    try:
        plain = json.loads(body, parse_constant=lambda _: None)
        if get_origin(record) is list and isinstance(plain, list):
            plain = [row for row in plain if isinstance(row, dict)]
        return msgspec.convert(plain, type=record)
    except (ValueError, RecursionError) as error:
        raise UpstreamGarbage(f"GET {path}: not JSON: {cause}") from error


def make_sense(value: T, path: str) -> T:
    """Return what was decoded if it can be the answer to a question.

    Raises
    ------
    UpstreamGarbage
        If nothing of it is what was asked for: an error that came as a success, an
        empty record, null.
    """
    if not _has_sense(value):
        raise UpstreamGarbage(f"GET {path}: nothing of what was asked for")
    return value


def _has_sense(value: object) -> bool:
    match value:
        case msgspec.Struct():
            fields = value.__struct_fields__
            return any(getattr(value, name) is not None for name in fields)
        case Mapping():
            return "error" not in value or "id" in value
        case list():
            return not value or any(map(_has_sense, value))
        case _:
            return value is not None


def error_of(
    response: requests.Response, body: bytes, path: str, now: datetime
) -> BridgeError:
    """Choose the error for an answer that is not a success.

    Parameters
    ----------
    response
        The answer; its body was read already, and the key cut out of it.
    body
        Usually ``{"status", "error"}``, once a list of it, at times HTML.
    path
        What was asked, for the log.
    now
        When the answer came.
    """
    reason = _reason(body)
    detail = f"{path}: {response.status_code} {reason}"
    status = response.status_code
    if status == 422 and "Strava" in reason:
        return StravaOnly(detail)
    if status == 429:
        return UpstreamBusy(detail, retry_after_s=retry_after_s(response, now, body))
    if status in _REJECTED:
        reason = reason or "no reason given"
        return UpstreamRejected(detail, upstream_status=status, reason=reason)
    return _BY_STATUS.get(status, UpstreamDown)(detail)


def retry_after_s(response: requests.Response, now: datetime, body: bytes = b"") -> int:
    """Return how many seconds upstream asks to wait.

    The header says so in seconds, rounded up, or as a date, measured against upstream's
    own ``Date`` where it has one; without a header the body may, as
    ``retry_after_seconds``.
    """
    header = response.headers.get("Retry-After", "").strip()
    if _SECONDS.fullmatch(header):
        return ceil(float(header))
    until = read_date(header)
    if until is not None:
        asked = read_date(response.headers.get("Date", "")) or now
        return max(1, ceil((until - asked).total_seconds()))
    told = amount(_object(body).get("retry_after_seconds"), 9, least=0.001)
    return _DEFAULT_RETRY_S if told is None else ceil(told)


def read_date(header: str) -> datetime | None:
    """Return the instant of an HTTP date, or None."""
    try:
        moment = parsedate_to_datetime(header)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def asks_for_a_pause(response: requests.Response) -> bool:
    """Tell whether upstream wants to be left alone for a while."""
    if response.status_code == 503:
        return "Retry-After" in response.headers
    return response.status_code == 429


def is_gateway_trouble(response: requests.Response) -> bool:
    """Tell whether somebody before upstream says that upstream is away."""
    status = response.status_code
    is_gateways = status in _WORTH_ANOTHER_TRY or 520 <= status <= 530  # Cloudflare's
    return is_gateways and not asks_for_a_pause(response)


def is_page(body: bytes) -> bool:
    """Tell whether a body is a page for people: a challenge, a maintenance."""
    return body[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def is_worth_another_try(response: requests.Response) -> bool:
    """Tell whether the same GET may fare better at once."""
    hopeful = response.status_code in _WORTH_ANOTHER_TRY
    return hopeful and not asks_for_a_pause(response)


def _reason(body: bytes) -> str:
    return text(_object(body).get("error"), LONGEST_REASON) or ""


def _object(body: bytes) -> dict[str, object]:
    """Return the object of a failure; once upstream sent a list of one."""
    try:
        answer = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return {}
    if isinstance(answer, list) and answer:
        answer = answer[0]
    return answer if isinstance(answer, dict) else {}
