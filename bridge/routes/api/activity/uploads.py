"""Uploading recorded files: FIT, TCX and GPX."""

from __future__ import annotations

from flask import Response, request

from bridge.domain.activity.activity import RawActivity, flatten_activity, say_activity
from bridge.domain.activity.recording import RecordingKind, file_name_for, kind_of
from bridge.domain.activity.written import Uploaded
from bridge.domain.inputs import InputError, Limits, parse_text
from bridge.domain.speech.breath import in_one_breath
from bridge.errors import BadField, KnownFile
from bridge.routes.replies import answer, reply
from bridge.routes.route import Body, Field
from bridge.routes.troubles import say_troubles
from bridge.routes.writing import author, fields, is_preview, is_retry
from bridge.services import services, today, voice, writer
from bridge.writes.activities import UploadKind
from bridge.writes.carry import Outcome, carry_out
from bridge.writes.kind import Change

LARGEST_FILE = 25 * 1024 * 1024
_UNSAID = frozenset(UploadKind.fields)  # nothing that the athlete asked for
UPLOAD_BODY = Body(
    fields=(
        Field("filename", "the file's name; its kind is read from the file", "a.fit"),
        Field("name", "what the activity is called", "Lap of the lake"),
    ),
    limits=Limits(max_bytes=LARGEST_FILE),
    raw=True,
)


def create() -> Response:
    """Upload a recorded file; one that upstream knows is not added again."""
    data, sent = request.get_data(), fields()
    kind = kind_of(data)
    file_name = file_name_for(_text(sent, "filename") or "recording", kind)
    name = _text(sent, "name")
    if is_preview():
        kilobytes = max(1, round(len(data) / 1000))
        said = voice().say("upload.preview", kind=kind.upper(), n=kilobytes)
        return answer({"kind": kind, "preview": "yes"}, said)
    upload = UploadKind(
        writer(),
        data=data,
        file_name=file_name,
        activity_name=name,
        look_first=is_retry(),
    )
    return _carried_out(upload, kind)


def _carried_out(upload: UploadKind, kind: RecordingKind) -> Response:
    who = author("uploads")
    ours = f"bridge-{who.write_id}"
    wanted = dict.fromkeys(upload.fields, None) | {"external_id": ours}
    asked = Change(target="", before=None, wanted=wanted)
    try:
        (outcome,) = carry_out(upload, [asked], services().store.journal, who)
    except KnownFile as error:
        known = error.words["activity"]
        return _told(writer().client.activity(known), [known], kind)
    ids = outcome.target.split(",")
    return _told(upload.seen(outcome.target), ids, kind, outcome)


def _told(
    raw: RawActivity,
    ids: list[str],
    kind: RecordingKind,
    outcome: Outcome | None = None,
) -> Response:
    """Tell what the file became, or had become before."""
    flat = flatten_activity(raw)
    told = Uploaded(
        **{name: getattr(flat, name) for name in flat.__struct_fields__},
        new=outcome is not None,
        activities=len(ids),
        kind=kind,
    )
    speaker = voice()
    lost = [] if outcome is None else say_troubles(outcome, speaker, unsaid=_UNSAID)
    head = speaker.say("upload.known" if outcome is None else "upload.new")
    several = speaker.say("upload.several", n=len(ids)) if len(ids) > 1 else None
    said = in_one_breath((*lost, head, several, say_activity(flat, speaker, today())))
    response = reply(told, said)
    response.status_code = 200 if outcome is None else 201
    return response


def _text(sent: dict[str, object], name: str) -> str | None:
    if name not in sent:
        return None
    example = "morning.fit" if name == "filename" else "Lap of the lake"
    try:
        return parse_text(sent[name], max_length=200)
    except InputError as error:
        raise BadField(f"{name}: {error}", name=name, example=example) from error
