"""The doctor's reading of a request: offline, from the pasted text alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from shlex import quote as shell_quote
from urllib.parse import quote

from bridge.domain.doctor.request import address as addresses
from bridge.domain.doctor.request.address import Address, check_path, read_address
from bridge.domain.doctor.request.causes import (
    brings,
    ordered,
    phrase,
    sentences,
    summarise,
)
from bridge.domain.doctor.request.characters import straight_quotes, well_formed
from bridge.domain.doctor.request.model import (
    Cause,
    Credential,
    Report,
    Request,
    cause,
)
from bridge.domain.doctor.request.read import read_request
from bridge.domain.doctor.request.sign_in import (
    SECRET_QUERY,
    check_credentials,
    find_credentials,
    is_bridge_token,
    secrets_of,
    shows_key,
)
from bridge.domain.doctor.request.zones import check_zones
from bridge.masking import MASK, Mask, named_secrets

MOST_CHARACTERS = 65_536
MOST_FINDINGS = 20
KEY_TEST = ["athlete", addresses.OWNER]  # the least that tells whether a key works

_SHOWS_ALL = ("curl", "http")  # forms in which a missing sign-in is really missing
_REFUSED = frozenset({401, 403})
_SAFE = ",:-_.*"
_NUMBER = r"([1-5]\d\d)(?!\d)"
_STATUS = (
    re.compile(rf"HTTP/[\d.]{{1,3}}\s+{_NUMBER}"),
    re.compile(rf"[\"']status[\"']\s{{0,4}}:\s{{0,4}}{_NUMBER}"),
    re.compile(
        r"(?<![\w.\-/:=&])(400|401|403|404|405|415|422|429|500|502|503|504)"
        r"(?![\w\-/:=&]|\.\d)"
    ),
)
_WINDOWS = re.compile(r"curl\.exe|\^\r?\n|\^\"|PS [A-Z]:|C:\\")
_VISIBILITY = re.compile(
    r"\b(?:private|public|hidden|visib\w+|privacy)\b", re.IGNORECASE
)


@dataclass(slots=True)
class _Case:
    """Everything known about one pasted text while it is judged."""

    text: str
    request: Request
    address: Address | None
    credentials: list[Credential]
    status: int | None  # of upstream's answer

    @property
    def asks_a_bridge(self) -> bool:
        if self.address is None or not any(map(is_bridge_token, self.credentials)):
            return False
        return not self.address.is_upstream or self.address.segments[:1] == ("v1",)


def explain_request(text: str, *, status: int | None = None) -> Report:
    """Read a request that failed and say what is, or may be, wrong with it.

    Parameters
    ----------
    text
        Whatever a user pastes: a ``curl`` line, raw HTTP, a list of headers, the
        settings of an Apple Shortcut; upstream's answer may stand with it. What goes
        beyond 64 k characters is not read.
    status
        HTTP status of upstream's answer, where the caller knows it; None: it is
        looked for in ``text``.

    Returns
    -------
    Report
        Findings with the likeliest first: about the sign-in, the address, and zones
        that are refused. No field repeats a key or a token.

    Source
    ------
    Nothing is sent anywhere; never raises, whatever the text.
    """
    case = _open_case(well_formed(text[:MOST_CHARACTERS]), status)
    if case.asks_a_bridge:
        note: str = sentences()["notes"]["to_bridge"]
        summary = summarise((), "to_bridge")
        return Report(findings=(), summary=summary, corrected_curl=None, notes=(note,))
    mask = Mask(_secrets(case))
    path, causes = _judge(case)
    causes = ordered(causes, case.status)[:MOST_FINDINGS]
    findings = tuple(phrase(one, mask) for one in causes)
    curl = _corrected_curl(case, path, causes, mask)
    codes = _notes(case, causes, curl, tests_key=path is None)
    if len(text) > MOST_CHARACTERS:
        codes.append("text_cut")
    silent = "not_a_request" if case.request.is_empty else "nothing_wrong"
    return Report(
        findings=findings,
        summary=summarise(findings, silent),
        corrected_curl=curl,
        notes=tuple(sentences()["notes"][code] for code in codes),
    )


def _open_case(text: str, status: int | None) -> _Case:
    request = read_request(text)
    address = read_address(request.address) if request.address else None
    answer = text if request.form == "text" else request.rest
    matches = (pattern.search(answer) for pattern in _STATUS)
    seen = next((int(match[1]) for match in matches if match), None)
    return _Case(
        text=text,
        request=request,
        address=address,
        credentials=find_credentials(request, address),
        status=seen if status is None else status,
    )


def _secrets(case: _Case) -> list[str]:
    secrets = secrets_of(case.credentials, case.request) + named_secrets(case.text)
    if case.address is not None:
        secrets += filter(addresses.is_no_id, case.address.segments)
        athlete_id = case.address.athlete_id
        if athlete_id is not None and addresses.is_no_athlete(athlete_id):
            secrets.append(athlete_id)
    return secrets


def _judge(case: _Case) -> tuple[list[str] | None, list[Cause]]:
    """Return the path as it should be, and everything that is or may be wrong."""
    request, address, status = case.request, case.address, case.status
    path: list[str] | None = None
    causes = [*request.causes, *check_zones(request, case.text)]
    if request.is_empty:
        likely = {403: "unseen_bearer", 401: "unseen_sign_in"}.get(status or 0)
        causes += [cause(likely)] if likely else []
    elif case.credentials or request.form in _SHOWS_ALL:
        causes += check_credentials(case.credentials)
    if address is not None:
        path, path_causes = check_path(address)
        causes += [*address.causes, *path_causes]
    if "scope required" in case.text:
        causes.append(cause("scope_missing"))
    if not any(brings(one, status) for one in causes):
        causes += map(cause, _UNEXPLAINED.get(status or 0, ()))
    named = address is not None and address.athlete_id not in (None, addresses.OWNER)
    if status == 403 and (named or request.is_empty):
        causes.append(cause("foreign_athlete_id"))
    return path, causes


_UNEXPLAINED = {  # the request itself shows nothing that brings this status
    401: ["key_may_be_old"],
    403: ["key_may_be_old"],
    404: ["not_there"],
    429: ["rate_limited"],
    500: ["server_trouble"],
    502: ["server_trouble"],
    503: ["server_trouble"],
    504: ["server_trouble"],
}


def _corrected_curl(
    case: _Case, path: list[str] | None, causes: list[Cause], mask: Mask
) -> str | None:
    """Return the line that should have been sent, with the key masked.

    Written for a POSIX shell: it runs as it is once the mask is the key. The body is
    not judged, so it is not repeated.
    """
    request = case.request
    nothing_to_mend = request.is_empty and case.status not in _REFUSED
    if mask.hides_all or nothing_to_mend:
        return None
    words = ["curl", "-u", f"API_KEY:{MASK}"]
    if path is None:
        return " ".join([*words, f"{addresses.BASE}/{'/'.join(KEY_TEST)}"])
    # For reading, 0 is always right for one's own key. A write keeps its athlete
    # unless that was refused: a coach must not write into the own calendar.
    method = {"HEAD": "GET"}.get(request.sent_method, request.sent_method)
    harmless = method == "GET" and bool(causes)
    if path[0] == "athlete" and path[1:] and (harmless or case.status == 403):
        path[1] = addresses.OWNER
    has_body = request.body is not None and method != "GET"
    if method != ("POST" if has_body else "GET"):
        words += ["-X", shell_quote(mask.word(method))]
    if has_body:
        words += ["-H", "'Content-Type: application/json'", "-d", "@body.json"]
    return " ".join([*words, shell_quote(_url(case, path, mask))])


def _url(case: _Case, path: list[str], mask: Mask) -> str:
    def safe(text: str) -> str:
        # The readers straighten quotes, in a key too; percent-encoding hides them.
        plain = well_formed(text)
        masked = mask.text(straight_quotes(plain))
        return quote(masked if MASK in masked else mask.text(plain), safe=_SAFE)

    parts = [part if addresses.is_word(part) else safe(part) for part in path]
    given = (*(case.address.query if case.address else ()), *case.request.query)
    query = "&".join(
        f"{safe(name)}={safe(value)}"
        for name, value in given
        if name.lower() not in SECRET_QUERY
    )
    return f"{addresses.BASE}/{'/'.join(parts)}" + (f"?{query}" if query else "")


def _notes(
    case: _Case, causes: list[Cause], curl: str | None, *, tests_key: bool
) -> list[str]:
    """Return the codes of the notes, in the order to be read."""
    request, line = case.request, curl or ""
    is_silent = not causes and not request.is_empty
    is_refused = case.status in _REFUSED or any(
        brings(one, status) for one in causes for status in _REFUSED
    )
    codes = {one.code for one in causes}
    doubtful_id = codes & {"foreign_athlete_id", "id_without_i", "id_not_an_id"}
    chosen = {
        "nothing_pasted": request.is_empty and not causes,
        _status_note(case.status): True,
        "unseen": is_silent,
        "sign_in_not_shown": not (
            request.is_empty or case.credentials or request.form in _SHOWS_ALL
        ),
        "visibility": is_silent or is_refused or bool(_VISIBILITY.search(case.text)),
        "coach_id": bool(doubtful_id) and "/athlete/0" in line,
        "line_fill_key": bool(line),
        "line_tests_key": bool(line) and tests_key and not request.is_empty,
        "line_id_gap": f"/{addresses.GAP}" in line,
        "line_body_file": "@body.json" in line,
        "line_windows": bool(line) and bool(_WINDOWS.search(case.text)),
        "key_was_pasted": any(map(shows_key, case.credentials)),
    }
    return [code for code, wanted in chosen.items() if code and wanted]


def _status_note(status: int | None) -> str:
    exact, family = f"status_{status}", f"status_{(status or 0) // 100}xx"
    return next((one for one in (exact, family) if one in sentences()["notes"]), "")
