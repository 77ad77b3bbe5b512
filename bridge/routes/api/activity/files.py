"""Files of activities: streams and recordings, all as CSV, and uploads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import BinaryIO, cast

from flask import Response, request

from bridge.domain.activity.activity import (
    MANUAL,
    Activity,
    RawActivity,
    flatten_activity,
    is_strava_stub,
    say_activity,
)
from bridge.domain.activity.files import (
    FileFormat,
    csv_text,
    download_name,
    read_file,
    read_recording,
    size_of,
    upload_name,
)
from bridge.domain.activity.written import Uploaded
from bridge.domain.inputs import InputError, Limits, parse_text, refused
from bridge.domain.raw import extended
from bridge.domain.speech.breath import in_one_breath
from bridge.errors import (
    FileRefused,
    KnownFile,
    NoFile,
    NoRecord,
    NoTrack,
    StravaOnly,
    UnknownFile,
    UpstreamGarbage,
    UpstreamRejected,
)
from bridge.routes.api.activity.meant import (
    latest_of,
    no_file,
    read_activity,
    readable,
)
from bridge.routes.params import (
    COLUMNS,
    FILE_FORMAT,
    NEWEST,
    OLDEST,
    STREAMS,
    TYPE,
    activity_id,
    open_range,
)
from bridge.routes.replies import answer, reply, send_file
from bridge.routes.route import Body, Field
from bridge.routes.writing import (
    fields,
    file_sent,
    is_retry,
    say_troubles,
    write,
    write_id,
)
from bridge.services import client, today, voice, writer
from bridge.upstream.files import stream_table
from bridge.writes.activities import Uploads
from bridge.writes.carry import Outcome
from bridge.writes.writable import Change

CSV = "text/csv; charset=utf-8"
FILE_NAME = "activities.csv"
LARGEST_FILE = 25 * 1024 * 1024
_UNSAID = frozenset(Uploads.fields)  # nothing that the athlete asked for
UPLOAD_BODY = Body(
    fields=(
        Field("filename", "the file's name; its kind is read from the file", "a.fit"),
        Field("name", "what the activity is called", "Lap of the lake"),
    ),
    limits=Limits(max_bytes=LARGEST_FILE),
    raw=True,
)


def every() -> Response:
    """Send upstream's own file; with a range or columns, the bridge's."""
    ours = {param.name for param in (OLDEST, NEWEST, COLUMNS, TYPE)}
    if not ours & set(request.args):
        return send_file(
            stream_table(client().activities_csv(), client().secrets), CSV, FILE_NAME
        )
    oldest, newest = open_range()
    raws = readable(client().activities(oldest, newest), TYPE.get())
    columns = COLUMNS.get() or Activity.__struct_fields__
    rows = [flatten_activity(raw) for raw in raws]
    return send_file(csv_text(rows, columns), CSV, FILE_NAME)


def streams(activity: str = "latest") -> Response:
    """Send the recorded streams as CSV, upstream's own."""
    if activity == "latest":
        raw = latest_of(TYPE.get())
        if raw is None:
            raise no_file()
        activity = str(raw.id)
    else:
        raw = read_activity(activity)
    if raw.source == MANUAL:
        raise NoFile(f"activity {activity}")
    csv = client().streams_csv(activity_id(activity), STREAMS.get())
    return send_file(
        stream_table(csv, client().secrets), CSV, f"{activity}-streams.csv"
    )


def show(activity: str = "latest") -> Response:
    """Send the activity's file: as it was recorded, or made into FIT or GPX."""
    raw = latest_of(TYPE.get()) if activity == "latest" else read_activity(activity)
    if raw is None:
        raise no_file()
    if is_strava_stub(raw):
        raise StravaOnly(f"activity {raw.id}")
    if raw.source == MANUAL:
        raise NoFile(f"activity {raw.id}")
    wanted = FILE_FORMAT.get() or "file"
    try:
        body = client().activity_file(str(raw.id), wanted)
    except NoRecord as error:
        raise NoFile(error.detail) from error
    except UpstreamRejected as error:
        if wanted != "gpx-file":
            raise
        raise NoTrack(error.detail) from error
    try:
        data, format_ = read_file(body)
    except ValueError as error:
        raise UpstreamGarbage(f"file of {raw.id}: {error}") from error
    name = download_name(flatten_activity(raw), format_)
    return send_file([data], format_.content_type, name)


def create() -> Response:
    """Upload a recorded file; one that upstream knows is not added again."""
    with _file_sent() as (body, name):
        file, format_ = read_recording(body)
        with file:
            return _upload(file, name, format_)


def _upload(file: BinaryIO, name: str, format_: FileFormat) -> Response:
    sent, kilobytes = fields(), max(1, round(size_of(file) / 1000))
    file_name = upload_name(_text(sent, "filename") or name, format_)
    uploads = Uploads(
        writer(),
        file=file,
        file_name=file_name,
        activity_name=_text(sent, "name"),
        look_first=is_retry(),
    )
    wanted = dict.fromkeys(uploads.fields) | {"external_id": f"bridge-{write_id()}"}
    try:
        outcome = write(uploads, Change.making(wanted), source="uploads")
    except KnownFile as error:
        same = error.words["activity"]
        return _uploaded(writer().client.activity(same), [same], format_)
    except UpstreamRejected as error:
        reason = error.words.get("reason", "")
        raise FileRefused(error.detail, reason=reason) from error
    if outcome.preview:
        ending = format_.ending
        said = voice().say("upload.preview", kind=ending.upper(), n=kilobytes)
        return answer({"kind": ending, "preview": "yes"}, said)
    ids = outcome.target.split(",")
    return _uploaded(uploads.seen(outcome.target), ids, format_, outcome)


@contextmanager
def _file_sent() -> Iterator[tuple[BinaryIO, str]]:
    """Give the file and its name: the body itself, or the one file of a form.

    Raises
    ------
    UnknownFile
        If the form holds none, or several.
    """
    body = file_sent()
    if request.mimetype != "multipart/form-data":
        yield body, "recording"
        return
    parser, options = request.make_form_data_parser(), request.mimetype_params
    _, _, parts = parser.parse(body, request.mimetype, size_of(body), options)
    files = [each for _, each in parts.items(multi=True)]
    with ExitStack() as opened:
        for file in files:
            opened.callback(file.close)
        if len(files) != 1:
            raise UnknownFile(f"{len(files)} files in a form")
        yield cast("BinaryIO", files[0].stream), files[0].filename or "recording"


def _uploaded(
    raw: RawActivity,
    ids: list[str],
    format_: FileFormat,
    outcome: Outcome | None = None,
) -> Response:
    """Tell what the file became, or had become before."""
    flat, speaker = flatten_activity(raw), voice()
    written = extended(
        flat,
        Uploaded,
        new=outcome is not None,
        activities=len(ids),
        kind=format_.ending,
    )
    lost = [] if outcome is None else say_troubles(outcome, speaker, unsaid=_UNSAID)
    head = speaker.say("upload.known" if outcome is None else "upload.new")
    several = speaker.say("upload.several", n=len(ids)) if len(ids) > 1 else None
    said = in_one_breath(
        speaker, (*lost, head, several, say_activity(flat, speaker, today()))
    )
    response = reply(written, said)
    response.status_code = 200 if outcome is None else 201
    return response


def _text(sent: dict[str, object], name: str) -> str | None:
    if name not in sent:
        return None
    example = "morning.fit" if name == "filename" else "Lap of the lake"
    try:
        return parse_text(sent[name], max_length=200)
    except InputError as error:
        raise refused(name, error, example) from error
