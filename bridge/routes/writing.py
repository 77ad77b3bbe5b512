"""What every writing route does: read the fields, preview or write, once.

Siri repeats itself, and automations run twice. The same request within a minute, or
with the same ``Idempotency-Key`` within a day, is done once and answered the same.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
import string
import tempfile
import uuid
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import BinaryIO, cast

from flask import Response, request

from bridge.domain.inputs import nearest_name, read_body, spoken_name
from bridge.domain.speech.voice import Voice
from bridge.domain.undo import StepBack
from bridge.domain.values import Values
from bridge.errors import (
    BadIdempotencyKey,
    BadParameter,
    BridgeError,
    ChangedSince,
    KeyReused,
    NoFieldsTaken,
    ReadOnlyField,
    RepeatedParameter,
    StillWriting,
    StoreDown,
    UnknownField,
    WriteUnknown,
)
from bridge.routes.params import EVERYWHERE, PREVIEW
from bridge.routes.replies import send_whole
from bridge.routes.route import Body
from bridge.services import (
    deadline,
    device,
    forget_if_written,
    has_written,
    pauses,
    services,
    state,
)
from bridge.store.journal import Author, Entry
from bridge.store.replays import ANYTHING, NEW, Asked, Claim
from bridge.writes.carry import Outcome, carry_out, foresee
from bridge.writes.undo import TakenBack, foresee_back, take_back
from bridge.writes.writable import Change, Writable

Fields = dict[str, object]

LEAST_LEFT_S = 2.0  # of the budget, to begin a write after waiting for another
_PIECE = 64 * 1024
_IN_MEMORY = 64 * 1024  # of a file; what is larger goes to a temporary one
_KEY = re.compile(r"[ -~]{1,255}", re.ASCII)
_AROUND = f"{string.whitespace}\u00a0\u200b\u202f\ufeff"
_COLLECTIONS = frozenset({"events", "activities"})  # a POST to them makes one
_OWN = frozenset(param.name for param in EVERYWHERE)

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What became of several changes: an outcome for each, in their order."""

    outcomes: list[Outcome]
    preview: bool  # nothing was written


def once(body: Body, view: Callable[[], Response]) -> Response:
    """Read the fields and let ``view`` write, unless this was done already.

    Raises
    ------
    KeyReused
        If the Idempotency-Key stood over another request.
    StillWriting
        If the same is being written and does not come to an end.
    WriteUnknown
        If the bridge itself fails after something was sent upstream.
    """
    state().fields = read_fields(body)
    if not body.raw:
        return view() if is_preview() else carry(_asked(), view)
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as file:
        state().file = cast("BinaryIO", file)
        digest = _read_file(state().file)
        return view() if is_preview() else carry(_asked(digest), view)


def _read_file(file: BinaryIO) -> str:
    """Read the body into ``file``, piece by piece, and return its digest."""
    digest = hashlib.sha256()
    while piece := request.stream.read(_PIECE):
        digest.update(piece)
        file.write(piece)
    file.seek(0)
    return digest.hexdigest()


def file_sent() -> BinaryIO:
    """Return the body of a route that takes a file, at its start."""
    file = state().file
    file.seek(0)
    return file


def carry(asked: Asked, view: Callable[[], Response], *, keep: bool = True) -> Response:
    """Let ``view`` write as what was asked, unless that was done already.

    ``keep`` is off where the same asked again is meant anew: then whoever asks at the
    same time waits, and nothing more.

    Raises
    ------
    KeyReused, StillWriting, WriteUnknown
        As :func:`once`.
    """
    claim = _claim(asked)
    if claim.status is not None:
        replayed = {"Idempotent-Replayed": "true"}
        return send_whole(
            (claim.body or "{}").encode(), status=claim.status, headers=replayed
        )
    state().claim = claim
    try:
        response = view()
    except Exception as error:
        _release(claim, error)
        if isinstance(error, BridgeError) or not has_written():
            raise
        logger.exception("unexpected %s after a write", type(error).__name__)
        raise WriteUnknown(type(error).__name__) from error
    finally:
        forget_if_written()
    if keep:
        _keep_answer(claim, response)
    else:
        _let_go(claim, keep=False)
    return response


def fields() -> Fields:
    """Return what was sent, ``preview`` left out; values as JSON has them."""
    sent = state().fields
    return {name: sent[name] for name in sent if name != PREVIEW.name}


def write(writable: Writable, change: Change, *, source: str) -> Outcome:
    """Carry a change out, or with ``preview`` tell what would become of it.

    Parameters
    ----------
    writable, change
        What is written, and what shall become of it.
    source
        The route, for the journal: "wellness", "zones".

    Raises
    ------
    NotKept, WriteLost, WriteUnknown
        As :func:`~bridge.writes.carry.carry_out`; never for a preview.
    """
    (outcome,) = write_all(writable, [change], source=source).outcomes
    return outcome


def write_all(writable: Writable, changes: Sequence[Change], *, source: str) -> Batch:
    """Carry changes of one kind out in one call; there may be none."""
    claim = state().claim
    check_still(*((each.target, each.before) for each in changes))
    if claim is None:
        return Batch(outcomes=foresee(changes), preview=True)
    if not changes:
        return Batch(outcomes=[], preview=False)
    journal, author = services().store.journal, _author(claim, source)
    return Batch(outcomes=carry_out(writable, changes, journal, author), preview=False)


def write_back(
    writable: Writable, planned: Sequence[tuple[Entry, StepBack]]
) -> list[TakenBack]:
    """Take a write back as planned, or with ``preview`` tell what would become of it.

    Raises
    ------
    WriteLost, WriteUnknown
        As :func:`~bridge.writes.undo.take_back`; never for a preview.
    """
    check_still(*((str(entry.number), entry.after) for entry, _ in planned))
    if state().claim is None:
        return foresee_back(planned)
    return take_back(writable, planned, services().store.journal, services().clock())


def say_troubles(
    outcome: Outcome, voice: Voice, *, unsaid: Collection[str] = ()
) -> list[str]:
    """Say that the answer was lost, and what was not kept.

    ``unsaid`` are fields that the athlete knows nothing of.
    """
    said = [voice.say("stored.lost")] if outcome.lost else []
    names = [name for name in outcome.not_kept if name not in unsaid]
    if names:
        spoken = voice.listed([voice.field(name) for name in names])
        said.append(voice.say("stored.not_kept", names=spoken))
    return said


def write_id() -> str:
    """Return the id under which this request writes, the same when it is repeated."""
    claim = state().claim  # a preview has none
    return uuid.uuid4().hex if claim is None else claim.write_id


def is_retry() -> bool:
    """Tell whether an earlier try of this very request may have reached upstream."""
    claim = state().claim
    return claim is not None and claim.tries > 1


def earlier_try(writes: str) -> Entry | None:
    """Return what an earlier try of this very request noted before it was cut off.

    Parameters
    ----------
    writes
        The name of what it wrote: "event", "activity", "done".
    """
    claim = state().claim
    if claim is None or claim.tries == 1:
        return None
    journal = services().store.journal
    entries = journal.entries(device().device_id, claim.write_id)
    return next((entry for entry in entries if entry.kind == writes), None)


def is_preview() -> bool:
    """Tell whether to say only what would be written.

    Raises
    ------
    BadParameter
        If ``preview`` is neither yes nor no.
    """
    asked = state().fields.get(PREVIEW.name, "no")
    try:
        return PREVIEW.parse(asked if isinstance(asked, str) else "")
    except ValueError as error:
        example = PREVIEW.example
        raise BadParameter("preview", name=PREVIEW.name, example=example) from error


def check_still(*changes: tuple[str, Values | None]) -> None:
    """Note what a write found before it; refuse where a question saw something else.

    ``changes`` are the things that change, each with its values before.

    Raises
    ------
    ChangedSince
        If this is the answer to a question that was asked about another state.
    """
    known = state()
    known.seen = _digest(json.dumps(changes, sort_keys=True, default=str).encode())
    if known.claim is not None and known.expected not in ("", known.seen):
        raise ChangedSince("another state than the question's")


def _author(claim: Claim, source: str) -> Author:
    known = device()
    return Author(
        athlete=known.athlete,
        device_id=known.device_id,
        write_id=claim.write_id,
        source=source,
        now=services().clock(),
    )


def read_fields(body: Body, *, read: bool = True) -> Fields:
    """Return what was sent in the body and the query, each name checked.

    Blanks around a name are none of it: phones type them behind a word. An empty text
    is a question that was skipped. ``read`` is off where the body is something else
    than fields.
    """
    limits = body.limits
    request.max_content_length = limits.max_bytes
    sent: Fields = {}
    if read and not body.raw:
        data, kind = request.get_data(), request.headers.get("Content-Type", "")
        sent = read_body(data, kind, limits=limits, required=False)
    known: Fields = {}
    for typed, value in [*sent.items(), *_query()]:
        name = typed.strip(_AROUND)
        if name in known:
            raise RepeatedParameter(name, name=name)
        _check_name(name, body)
        known[name] = value
    return {name: known[name] for name in known if not _is_skipped(known[name])}


def _is_skipped(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _query() -> list[tuple[str, object]]:
    return [(name, value) for name, value in request.args.items() if name not in _OWN]


def _check_name(name: str, body: Body) -> None:
    if body.knows(name) or name == PREVIEW.name:
        return
    shown = spoken_name(name) or "?"
    if name in body.computed:
        raise ReadOnlyField(shown, name=shown)
    if not body.names:
        raise NoFieldsTaken(shown, name=shown)
    nearest = body.meant.get(name) or nearest_name(name, body.names)
    raise UnknownField(shown, name=shown, nearest=nearest or ", ".join(body.names[:5]))


def idempotency_key() -> str | None:
    """Return the Idempotency-Key that was sent.

    Raises
    ------
    BadIdempotencyKey
        If it is empty, too long or not printable ASCII.
    """
    key = request.headers.get("Idempotency-Key")
    if key is not None and not _KEY.fullmatch(key):
        raise BadIdempotencyKey(f"{len(key)} characters")
    return key


def asked_as(slot: str, whole: str, *, keyed: bool) -> Asked:
    """Return a request of this device; ``slot`` and ``whole`` are digested."""
    return Asked(
        device_id=device().device_id,
        slot=_digest(slot.encode()),
        fingerprint=_digest(whole.encode()),
        keyed=keyed,
    )


def _asked(file: str = "") -> Asked:
    """Return what is asked; ``file`` is the digest of the one that was sent."""
    key = idempotency_key()
    written = json.dumps(state().fields, sort_keys=True, ensure_ascii=True)
    whole = f"{request.method} {request.path}\n{written}\n{file}"
    fingerprint = _digest(whole.encode())
    return Asked(
        device_id=device().device_id,
        slot=fingerprint if key is None else _digest(b"key " + key.encode()),
        fingerprint=fingerprint,
        keyed=key is not None,
        subject=_subject(),
    )


def _subject() -> str:
    """Return the thing this request changes: ``events/5``, ``wellness/``."""
    _, _, noun, *rest = request.path.split("/")
    match noun:
        case "undo" | "ask":
            return ANYTHING
        case "health":
            return "wellness/"
        case "workouts":
            noun = "events"
        case _:
            pass
    is_new = not rest and noun in _COLLECTIONS
    return f"{noun}/{NEW if is_new else ''.join(rest[:1])}"


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _claim(asked: Asked) -> Claim:
    """Reserve the write, or wait for whoever is at it: within this answer's budget."""
    known = services()
    for _ in pauses(deadline().remaining_s() - LEAST_LEFT_S):
        claim = known.store.replays.reserve(asked, known.clock())
        if claim.state == "other":
            raise KeyReused("another request under the same key")
        if claim.state != "taken":
            return claim
    raise StillWriting("somebody else is at it")


def _release(claim: Claim, error: Exception) -> None:
    """Let a failed write be tried again; remember it where it may have arrived."""
    known_failure = isinstance(error, BridgeError)
    keep = isinstance(error, WriteUnknown) or not known_failure or claim.tries > 1
    _let_go(claim, keep=keep)


def _let_go(claim: Claim, *, keep: bool) -> None:
    try:
        services().store.replays.release(claim, keep=keep)
    except StoreDown as failure:
        logger.warning("a write stays reserved for a while: %s", failure.detail)


def _keep_answer(claim: Claim, response: Response) -> None:
    """Keep the answer for repeats. A failing database cannot undo the write."""
    body, now = state().whole_answer.decode(), services().clock()
    try:
        services().store.replays.answer(claim, response.status_code, body, now)
    except StoreDown as failure:
        logger.warning("a repeat of this write is written again: %s", failure.detail)
