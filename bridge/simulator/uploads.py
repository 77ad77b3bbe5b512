"""Take recorded files: FIT, GPX, TCX, alone, gzipped or zipped."""

from __future__ import annotations

import gzip
import hashlib
import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bridge.simulator import activities, events
from bridge.simulator.bodies import Record
from bridge.simulator.moments import stamp, wall_clock
from bridge.simulator.refusals import semantic
from bridge.simulator.session import Piece, Session

if TYPE_CHECKING:
    from bridge.simulator.world import World


def take(
    world: World, name: str, data: bytes, fields: Record, event_id: int | None
) -> tuple[Record, bool]:
    """Store what a file holds; return upstream's answer and whether it was new."""
    found: list[str] = []
    fresh = False
    for part_name, part in _parts(name, data):
        digest = hashlib.sha256(part).hexdigest()
        ids = [key for key in world.uploads.get(digest, []) if key in world.activities]
        if not ids:
            ids, fresh = [_store(world, part_name, part, fields)], True
            world.uploads[digest] = ids
        found += ids
    if not found:
        raise semantic("No activities found in file")
    if event_id is not None:
        events.pair(world, events.find(world, event_id), world.activities[found[0]])
    rows = [{"icu_athlete_id": world.athlete_id, "id": key} for key in found]
    return {
        "icu_athlete_id": world.athlete_id,
        "id": found[0],
        "activities": rows,
    }, fresh


def _parts(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    if data[:2] == b"\x1f\x8b":
        yield from _parts(name.removesuffix(".gz"), gzip.decompress(data))
    elif data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.namelist():
                yield from _parts(entry, archive.read(entry))
    else:
        yield name, data


def decode(name: str, data: bytes) -> tuple[str, Record]:
    """Return kind and content of one file.

    Raises
    ------
    Refusal
        422 when it is none of the kinds upstream reads, or broken.
    """
    from bridge.simulator import fit, gpx

    kind = name.rsplit(".", 1)[-1].lower()
    readers: dict[str, Callable[[bytes], Any]] = {
        "fit": fit.decode_fit,
        "gpx": gpx.decode_gpx,
        "tcx": gpx.decode_tcx,
    }
    if kind not in readers:
        raise semantic(f"Unsupported file type [{kind}]")
    try:
        return kind, readers[kind](data)
    except (ValueError, KeyError, IndexError, TypeError, SyntaxError) as error:
        raise semantic(f"Invalid {kind} file") from error


def _store(world: World, name: str, data: bytes, fields: Record) -> str:
    kind, content = decode(name, data)
    streams = content["streams"]
    moving_s = len(streams["time"]) or round(content.get("duration") or 1)
    wall = wall_clock(_local_start(world, content["start"]))
    sport = content.get("type") or "Workout"
    watts = streams.get("watts")
    athlete = activities.athlete_for(world, sport, wall.date())
    effort = sum(watts) / len(watts) / athlete.ftp if watts else 0.7
    session = Session(sport, name, (Piece(moving_s, max(effort, 0.1), work=True),))
    record = activities.store(world, wall, session, **fields)
    record |= {"source": "UPLOAD", "file_type": kind}
    record |= {"name": fields.get("name") or name.rsplit(".", 1)[0]}
    record |= _measured(streams, content)
    arrived = world.now()
    done = arrived + timedelta(seconds=world.switches.analysis_delay_s)
    record |= {"created": stamp(arrived), "icu_sync_date": stamp(done)}
    record |= {"analyzed": stamp(done), "stream_types": list(streams)}
    world.recorded[record["id"]] = streams
    world.files[record["id"]] = data
    world.touch()
    return str(record["id"])


def _local_start(world: World, start: Any) -> str:
    if hasattr(start, "astimezone"):
        moment = start.astimezone(world.zone)
        return str(moment.replace(tzinfo=None).isoformat(timespec="seconds"))
    return str(start)


def _measured(streams: Record, content: Record) -> Record:
    result: Record = {}
    beats = [beat for beat in streams.get("heartrate", []) if beat]
    if beats:
        result["average_heartrate"] = round(sum(beats) / len(beats))
        result["max_heartrate"] = max(beats)
    if content.get("distance"):
        metres = round(content["distance"], 2)
        pace = round(metres / max(1, len(streams["time"])), 6)
        result |= {"distance": metres, "icu_distance": metres}
        result |= {"average_speed": pace, "pace": pace}
    if streams["time"]:
        result["elapsed_time"] = streams["time"][-1] - streams["time"][0] + 1
    return result
