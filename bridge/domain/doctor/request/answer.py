"""Find upstream's answer in what was pasted round the request."""

from __future__ import annotations

import re

from bridge.domain.doctor.request.model import Answer, Request, Seen, seen

_NUMBER = r"([1-5]\d\d)(?!\d)"
_STATUS = (
    re.compile(rf"HTTP/[\d.]{{1,3}}\s+{_NUMBER}"),
    re.compile(rf"[\"']status[\"']\s{{0,4}}:\s{{0,4}}{_NUMBER}"),
    re.compile(
        rf"\b(?:status|error|code|http|gets?|got|returns?|returned|gives?|answers?|"
        rf"answered|says|with)\b[^\w\n]{{0,4}}(?:(?:code|a|an|error|status|only|is)"
        rf"[^\w\n]{{1,4}}){{0,3}}{_NUMBER}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<![\w.\-/:=&]){_NUMBER}\W{{0,3}}(?:Unauthorized|Forbidden|Not Found|"
        r"Method Not Allowed|Unprocessable|Too Many|Internal Server|Bad |"
        r"Access denied)",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<![\w.\-/:=&])(400|401|403|404|405|415|422|429|500|502|503|504)"
        r"(?![\w\-/:=&]|\.\d)"
    ),
)
_RETRY = re.compile(
    r"retry[-_ ]after(?:_seconds)?[\"']?\s{0,4}[:=]?\s{0,4}(\d{1,6})", re.I
)
_FIELD = re.compile(r"Unrecogni[sz]ed wellness field \[([A-Za-z_]\w{0,40})\]")
_ERRORS = (  # what upstream writes in `error`, and what it means
    ("Cannot read Strava activities", "strava_only"),
    ("STRAVA activities are not available", "strava_stub"),
    ("scope required", "scope_missing"),
    ("Invalid HR zone names", "hr_zone_lengths_answer"),
    ("Invalid threshold pace", "threshold_pace_unit"),
    ("Name is required", "event_name_missing"),
    ("Name is too long", "name_too_long"),
    ("Missing type", "workout_type_missing"),
    ("Folder is required", "folder_missing"),
    ("MethodArgumentTypeMismatch", "wrong_type_in_address"),
    ("JSON parse error", "json_refused"),
    ("DateTimeParseException", "date_refused"),
    ("could not be parsed at index", "date_refused"),
)


def read_answer(request: Request, text: str, status: int | None) -> Answer:
    """Return upstream's answer as far as the text shows it; ``status`` wins."""
    errors = [seen(code) for words, code in _ERRORS if words in text]
    if field := _FIELD.search(text):
        errors.append(seen("wellness_field_refused", given=field[1]))
    retry = _RETRY.search(text)
    return Answer(
        status=status if status is not None else _status(request, text),
        errors=tuple(dict.fromkeys(errors)),
        retry_after_s=int(retry[1]) if retry else None,
    )


def _status(request: Request, text: str) -> int | None:
    """Look where an answer stands; a number inside the request is none."""
    where = text if request.form in ("text", "code") else request.rest
    for pattern in _STATUS:
        if match := pattern.search(where):
            return int(match[1])
    return None


def explain(answer: Answer, *, explained: bool, foreign_id: bool) -> list[Seen]:
    """Return the causes that the answer tells, not the request.

    ``explained``: the request itself already shows a cause of this status.
    """
    found = list(answer.errors)
    match answer.status:
        case 429:
            found.append(_rate_limited(answer.retry_after_s))
        case 403 if foreign_id:
            found.append(seen("foreign_athlete_id"))
        case 502 | 503 | 504:
            found.append(seen("server_trouble"))
    if not explained and not answer.errors:
        found += _UNEXPLAINED.get(answer.status or 0, ())
    return found


_UNEXPLAINED = {
    401: (seen("key_may_be_old"),),
    403: (seen("key_may_be_old"),),
    404: (seen("not_found"),),
    500: (seen("server_trouble"),),
}


def _rate_limited(wait_s: int | None) -> Seen:
    if wait_s is None:
        return seen("rate_limited")
    return seen("rate_limited_until", seconds=str(wait_s))
