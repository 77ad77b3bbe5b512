"""What Intervals.icu's answers mean: JSON into records, statuses into errors."""

from __future__ import annotations

import json
import re
from typing import TypeVar

import msgspec
import requests

from bridge.domain.flat import text
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
_DEFAULT_RETRY_S = 60
_WORTH_ANOTHER_TRY = frozenset({502, 503, 504})
_SECONDS = re.compile(r"[0-9]{1,9}", re.ASCII)
_REJECTED = frozenset({400, 405, 409, 413, 415, 422})
_BY_STATUS: dict[int, type[BridgeError]] = {
    401: UpstreamRefused,
    403: UpstreamForbidden,
    404: NoRecord,
}

T = TypeVar("T")


def decode(body: bytes, record: type[T], path: str) -> T:
    """Decode upstream's JSON into a record, or a list of records.

    Raises
    ------
    UpstreamGarbage
        If the body is not JSON or not of that shape.
    """
    try:
        return msgspec.json.decode(body, type=record)
    except msgspec.ValidationError as error:
        raise UpstreamGarbage(f"GET {path}: {error}") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return _decode_with_nan(body, record, path, error)


def _decode_with_nan(body: bytes, record: type[T], path: str, cause: Exception) -> T:
    """Try again with the parser that knows NaN and Infinity, which upstream sends."""
    try:
        plain = json.loads(body, parse_constant=lambda _: None)
        return msgspec.convert(plain, type=record)
    except (ValueError, RecursionError) as error:
        raise UpstreamGarbage(f"GET {path}: not JSON: {cause}") from error


def error_of(response: requests.Response, body: bytes, path: str) -> BridgeError:
    """Choose the error for an answer that is not a success.

    Parameters
    ----------
    response
        The answer; its body was read already, and the key cut out of it.
    body
        Usually ``{"status", "error"}``, once a list of it, at times HTML.
    path
        What was asked, for the log.
    """
    reason = _reason(body)
    detail = f"{path}: {response.status_code} {reason}"
    status = response.status_code
    if status == 422 and "Strava" in reason:
        return StravaOnly(detail)
    if status == 429:
        return UpstreamBusy(detail, retry_after_s=retry_after_s(response))
    if status in _REJECTED:
        reason = reason or "no reason given"
        return UpstreamRejected(detail, upstream_status=status, reason=reason)
    return _BY_STATUS.get(status, UpstreamDown)(detail)


def retry_after_s(response: requests.Response) -> int:
    """Return how many seconds upstream asks to wait."""
    header = response.headers.get("Retry-After", "")
    return int(header) if _SECONDS.fullmatch(header) else _DEFAULT_RETRY_S


def asks_for_a_pause(response: requests.Response) -> bool:
    """Tell whether upstream wants to be left alone for a while."""
    if response.status_code == 503:
        return "Retry-After" in response.headers
    return response.status_code == 429


def is_worth_another_try(response: requests.Response) -> bool:
    """Tell whether the same GET may fare better at once."""
    hopeful = response.status_code in _WORTH_ANOTHER_TRY
    return hopeful and not asks_for_a_pause(response)


def _reason(body: bytes) -> str:
    try:
        answer = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return ""
    if isinstance(answer, list) and answer:
        answer = answer[0]
    said = answer.get("error") if isinstance(answer, dict) else None
    return text(said, LONGEST_REASON) or ""
