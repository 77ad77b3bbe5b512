"""The doctor's reading of a request: offline, from the pasted text alone."""

from __future__ import annotations

from dataclasses import dataclass

from bridge.domain.doctor.request import body as bodies
from bridge.domain.doctor.request.address import Address, read_address
from bridge.domain.doctor.request.answer import explain, read_answer
from bridge.domain.doctor.request.causes import explains, ordered
from bridge.domain.doctor.request.characters import well_formed
from bridge.domain.doctor.request.correction import corrected_curl
from bridge.domain.doctor.request.credentials import (
    check_credentials,
    find_credentials,
    secrets_of,
)
from bridge.domain.doctor.request.english import ENGLISH
from bridge.domain.doctor.request.ids import OWNER, is_key_in_path, is_no_athlete
from bridge.domain.doctor.request.keys import BRIDGE_TOKEN
from bridge.domain.doctor.request.model import (
    Answer,
    Credential,
    Diagnosis,
    Draft,
    Request,
    Seen,
    seen,
)
from bridge.domain.doctor.request.notes import choose_notes
from bridge.domain.doctor.request.phrasing import Table, phrase, summarise
from bridge.domain.doctor.request.place import check_place, key_test
from bridge.domain.doctor.request.reading import read_request
from bridge.masking import Mask, named_secrets

MOST_CHARACTERS = 65_536
MOST_FINDINGS = 20
_SHOWS_ALL = ("curl", "http")  # forms in which a missing sign-in is really missing


@dataclass(slots=True)
class _Case:
    """Everything known about one pasted text while it is judged."""

    text: str
    request: Request
    address: Address | None
    credentials: list[Credential]
    answer: Answer
    found: list[Seen]
    draft: Draft | None = None

    @property
    def asks_a_bridge(self) -> bool:
        elsewhere = self.address is not None and not self.address.is_upstream
        tokens = (credential.value for credential in self.credentials)
        return elsewhere and any(BRIDGE_TOKEN in token for token in tokens)

    @property
    def athlete_id(self) -> str | None:
        """The athlete the address names, None where it names none."""
        if self.address is None or "athlete" not in self.address.segments:
            return None
        after = self.address.segments.index("athlete") + 1
        return next(iter(self.address.segments[after : after + 1]), None)


def diagnose(text: str, *, status: int | None = None) -> Diagnosis:
    """Read a request that failed and say what is, or may be, wrong with it.

    Parameters
    ----------
    text
        Whatever a user pastes: a ``curl`` line, raw HTTP, a list of headers, the
        settings of an Apple Shortcut, a line of a program; upstream's answer may
        stand with it. What goes beyond 64 k characters is not read.
    status
        HTTP status of upstream's answer, where the caller knows it; None: it is
        looked for in ``text``.

    Returns
    -------
    Diagnosis
        Findings with the likeliest first. No field repeats a key or a token.

    Source
    ------
    Nothing is sent anywhere; never raises, whatever the text.
    """
    case = _open_case(well_formed(text[:MOST_CHARACTERS]), status)
    mask = Mask(_secrets(case))
    if case.asks_a_bridge:
        return _about_the_bridge(ENGLISH)
    _judge(case)
    found = ordered(case.found, case.answer.status)[:MOST_FINDINGS]
    return _report(case, found, mask, ENGLISH, cut=len(text) > MOST_CHARACTERS)


def _open_case(text: str, status: int | None) -> _Case:
    request = read_request(text)
    address = read_address(request.address) if request.address else None
    return _Case(
        text=text,
        request=request,
        address=address,
        credentials=find_credentials(request, address),
        answer=read_answer(request, text, status),
        found=list(request.marks),
    )


def _secrets(case: _Case) -> list[str]:
    found = secrets_of(case.credentials, case.request) + named_secrets(case.text)
    if case.address is not None:
        found += [part for part in case.address.segments if is_key_in_path(part)]
    if case.athlete_id is not None and is_no_athlete(case.athlete_id):
        found.append(case.athlete_id)
    return found + bodies.body_secrets(bodies.read_body(case.request).payload)


def _judge(case: _Case) -> None:
    """Collect everything that is wrong, and the request as it should be."""
    if case.request.empty:
        case.found += _without_request(case.answer)
        return
    if case.credentials or case.request.form in _SHOWS_ALL:
        case.found += check_credentials(case.credentials)
    if case.address is not None:
        case.draft, marks = check_place(case.request, case.address)
        case.found += marks
    case.found += explain(
        case.answer,
        explained=explains(case.found, case.answer.status),
        foreign_id=case.athlete_id not in (None, OWNER),
    )


def _without_request(answer: Answer) -> list[Seen]:
    """Return the likeliest causes where only the answer was pasted."""
    likely = {403: [seen("unseen_bearer")], 401: [seen("unseen_sign_in")]}
    causes = likely.get(answer.status or 0, [])
    refused = answer.status == 403
    return causes + explain(answer, explained=False, foreign_id=refused)


def _report(
    case: _Case, found: list[Seen], mask: Mask, table: Table, *, cut: bool
) -> Diagnosis:
    findings = tuple(phrase(one, table, mask) for one in found)
    draft = _final_draft(case, found)
    curl = None if draft is None else corrected_curl(draft, mask)
    codes = choose_notes(
        text=case.text,
        request=case.request,
        credentials=case.credentials,
        status=case.answer.status,
        found=found,
        curl=curl,
        tests_key=case.draft is None,
        cut=cut,
    )
    silent = "not_a_request" if case.request.empty else "nothing_wrong"
    return Diagnosis(
        findings=findings,
        summary=summarise(findings, table, silent),
        corrected_curl=curl,
        notes=tuple(table.notes[code] for code in codes),
    )


def _final_draft(case: _Case, found: list[Seen]) -> Draft | None:
    if case.request.empty and case.answer.status not in (401, 403):
        return None
    draft = case.draft
    if draft is None:
        return key_test()
    # For reading, 0 is always right for one's own key. A write keeps its athlete
    # unless that was refused: a coach must not write into the own calendar.
    harmless = draft.method == "GET" and bool(found)
    if "A" in draft.parts and (harmless or case.answer.status == 403):
        draft.segments[draft.parts.index("A")] = OWNER
    return draft


def _about_the_bridge(table: Table) -> Diagnosis:
    return Diagnosis(
        findings=(),
        summary=summarise((), table, "to_bridge"),
        corrected_curl=None,
        notes=(table.notes["to_bridge"],),
    )
