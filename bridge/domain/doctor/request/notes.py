"""Choose what is worth saying beside the findings."""

from __future__ import annotations

import re

from bridge.domain.doctor.request.causes import STATUSES
from bridge.domain.doctor.request.characters import bare
from bridge.domain.doctor.request.correction import BODY_FILE
from bridge.domain.doctor.request.days import PLACEHOLDER_DAY
from bridge.domain.doctor.request.ids import GAP
from bridge.domain.doctor.request.keys import (
    is_masked,
    is_placeholder,
    is_variable,
    without_scheme,
)
from bridge.domain.doctor.request.model import Credential, Request, Seen

EXPLAINED = frozenset({400, 401, 403, 404, 405, 415, 422, 429, 500})
_REFUSED = frozenset({401, 403})
_TYPE = re.compile(
    r"garmin|\b(?:activity|sport|workout) ?types?\b|\bwrong type\b"
    r"|\btype (?:is|was|stays?|chang|does|did|not|wrong|in)"
    r"|chang\w* (?:the |its )?type",
    re.IGNORECASE,
)
_WINDOWS = re.compile(r"curl\.exe|\^\r?\n|\^\"|PS [A-Z]:|C:\\")
_TYPE_KEY = re.compile(r"[\"'](?:sub_)?type[\"']\s{0,4}:")
_VISIBILITY = re.compile(
    r"\b(?:private|public|hidden|visib\w+|privacy)\b", re.IGNORECASE
)


def choose_notes(  # noqa: PLR0913 - each is one independent fact about the case
    *,
    text: str,
    request: Request,
    credentials: list[Credential],
    status: int | None,
    found: list[Seen],
    curl: str | None,
    tests_key: bool,
    cut: bool,
) -> list[str]:
    """Return the codes of the notes, in the order to be read."""
    chosen = {
        "nothing_pasted": request.empty and not found,
        **_about_status(status),
        "unseen_key": not found and not request.empty,
        "unseen_id": not found and not request.empty,
        "unseen_outage": not found and not request.empty,
        "sign_in_not_shown": _lacks_sign_in(request, credentials),
        "visibility": _asks_who(text, status, found, request),
        "garmin_type": _is_about_type(text, request),
        "coach_id": _replaces_id(found, curl),
        **_about_line(curl, tests_key=tests_key and not request.empty),
        "line_windows": bool(curl) and bool(_WINDOWS.search(text)),
        "key_was_pasted": any(_shows_key(one) for one in credentials),
        "text_cut": cut,
    }
    return [code for code, wanted in chosen.items() if wanted]


def _about_status(status: int | None) -> dict[str, bool]:
    if status is None:
        return {}
    if status in EXPLAINED:
        return {f"status_{status}": True}
    return {
        "status_2xx": 200 <= status < 300,
        "status_3xx": 300 <= status < 400,
        "status_5xx": 500 <= status < 600,
    }


def _about_line(curl: str | None, *, tests_key: bool) -> dict[str, bool]:
    line = curl or ""
    return {
        "line_fill_key": bool(line),
        "line_tests_key": bool(line) and tests_key,
        "line_day_gap": PLACEHOLDER_DAY in line,
        "line_id_gap": f"/{GAP}" in line,
        "line_body_file": BODY_FILE in line,
    }


def _lacks_sign_in(request: Request, credentials: list[Credential]) -> bool:
    return not (request.empty or credentials or request.form in ("curl", "http"))


def _asks_who(
    text: str, status: int | None, found: list[Seen], request: Request
) -> bool:
    """Say whether the question is, or may be, who is allowed to see what."""
    refused = status in _REFUSED or any(STATUSES[f.code] & _REFUSED for f in found)
    silent = not found and not request.empty
    return refused or silent or bool(_VISIBILITY.search(text))


def _is_about_type(text: str, request: Request) -> bool:
    to_activity = "/activity/" in (request.address or "")
    in_body = bool(_TYPE_KEY.search(request.body or ""))
    return (to_activity and in_body) or bool(_TYPE.search(text))


def _replaces_id(found: list[Seen], curl: str | None) -> bool:
    codes = {one.code for one in found}
    doubtful = codes & {"foreign_athlete_id", "id_without_i", "id_doubled_i"}
    return bool(doubtful) and "/athlete/0" in (curl or "")


def _shows_key(credential: Credential) -> bool:
    key = bare(without_scheme(credential.value)[1].rpartition(":")[2])
    missing = is_masked(key) or is_variable(key) or is_placeholder(key)
    return len(key) >= 8 and not missing
