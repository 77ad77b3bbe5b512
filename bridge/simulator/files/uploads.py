"""Take recorded files: FIT, GPX, TCX, alone, gzipped or zipped."""

from __future__ import annotations

import gzip
import hashlib
import io
import struct
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from bridge.simulator.activities import records
from bridge.simulator.activities.laps import normalized_power
from bridge.simulator.activities.streams import mended
from bridge.simulator.activities.totals import load_of
from bridge.simulator.calendar import events
from bridge.simulator.fields.bodies import Record, Streams
from bridge.simulator.files.fit import DecodedActivity, split_fit
from bridge.simulator.files.tracks import decode_gpx, decode_tcx
from bridge.simulator.moments import stamp
from bridge.simulator.refusals import semantic
from bridge.simulator.seed.sessions import Piece, Session
from bridge.simulator.state import State


def take(
    state: State, name: str, data: bytes, fields: Record, event_id: int | None
) -> tuple[Record, bool]:
    """Store what a file holds; return upstream's answer and whether it was new."""
    found: list[str] = []
    fresh = False
    for part_name, part in _parts(name, data):
        digest = hashlib.sha256(part).hexdigest()
        ids = [key for key in state.uploads.get(digest, []) if key in state.activities]
        if not ids:
            ids, fresh = _store(state, part_name, part, fields), True
            state.uploads[digest] = ids
        found += ids
    if not found:
        raise semantic("No activities found in file")
    if event_id is not None:
        events.pair(state, events.find(state, event_id), state.activities[found[0]])
    rows = [{"icu_athlete_id": state.athlete_id, "id": key} for key in found]
    return {
        "icu_athlete_id": state.athlete_id,
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


def decode(name: str, data: bytes) -> tuple[str, list[DecodedActivity]]:
    """Return kind and content of one file, an activity for each of its sessions.

    Raises
    ------
    Refusal
        422 when it is none of the kinds upstream reads, or broken.
    """
    kind = name.rsplit(".", 1)[-1].lower()
    readers: dict[str, Callable[[bytes], list[DecodedActivity]]] = {
        "fit": split_fit,
        "gpx": lambda gpx: [decode_gpx(gpx)],
        "tcx": lambda tcx: [decode_tcx(tcx)],
    }
    if kind not in readers:
        raise semantic(f"Unsupported file type [{kind}]")
    try:
        return kind, readers[kind](data)
    except (ValueError, KeyError, IndexError, TypeError, struct.error) as error:
        raise semantic(f"Invalid {kind} file") from error


def _store(state: State, name: str, data: bytes, fields: Record) -> list[str]:
    kind, contents = decode(name, data)
    if len(contents) == 1 and not contents[0].streams.get("time"):
        raise semantic("No activities found in file")
    stored: list[str] = []
    for number, content in enumerate(contents):
        own = fields if not number else fields | {"external_id": None}
        stored.append(_store_one(state, name, content, own | {"file_type": kind}))
        state.files[stored[-1]] = data
    return stored


def _store_one(
    state: State, name: str, content: DecodedActivity, fields: Record
) -> str:
    # A session without records, as of a transition, has its two ends.
    ends = {"time": [0, max(1, content.elapsed_s)]}
    streams = mended(content.streams if content.streams.get("time") else ends)
    record = records.store(state, *_session(state, name, content), **fields)
    record |= _unmeasured(streams) | _measured(record, streams, content)
    record |= {"source": "UPLOAD"}
    record["name"] = fields.get("name") or content.name or name.rsplit(".", 1)[0]
    done = state.now() + timedelta(seconds=state.switches.analysis_delay_s)
    record |= {"created": state.stamp(), "icu_sync_date": stamp(done)}
    record |= {"analyzed": stamp(done), "stream_types": list(streams)}
    state.recorded[record["id"]] = streams
    state.touch()
    return str(record["id"])


def _session(
    state: State, name: str, content: DecodedActivity
) -> tuple[datetime, Session]:
    """Return wall clock and a session of one piece, as hard as the file says."""
    moment = content.start_utc.astimezone(state.zone)
    wall = moment.replace(tzinfo=None, microsecond=0)
    athlete = records.athlete_for(state, content.type, wall.date())
    watts = mended(content.streams).get("watts")
    effort = sum(watts) / len(watts) / athlete.ftp if watts else 0.7
    seconds = len(content.streams.get("time", [])) or 1
    piece = Piece(seconds, max(effort, 0.1), work=True)
    return wall, Session(content.type, name, (piece,))


_OF_STREAMS: dict[str, tuple[str, ...]] = {
    "heartrate": (
        "average_heartrate",
        "max_heartrate",
        "icu_hr_zone_times",
        "hr_load",
        "hr_load_type",
        "trimp",
        "calories",
        "interval_summary",
        "icu_power_hr",
        "icu_power_hr_z2",
        "icu_power_hr_z2_mins",
        "icu_efficiency_factor",
        "decoupling",
    ),
    "watts": (
        "icu_average_watts",
        "icu_weighted_avg_watts",
        "icu_variability_index",
        "icu_zone_times",
        "power_load",
        "icu_joules",
        "icu_joules_above_ftp",
        "icu_max_wbal_depletion",
        "strain_score",
        "icu_rolling_ftp",
        "icu_pm_ftp",
        "polarization_index",
    ),
    "cadence": ("average_cadence", "icu_cadence_z2", "average_stride"),
    "altitude": (
        "total_elevation_gain",
        "total_elevation_loss",
        "average_altitude",
        "min_altitude",
        "max_altitude",
    ),
    "distance": (
        "distance",
        "icu_distance",
        "average_speed",
        "max_speed",
        "pace",
        "gap",
        "pace_load",
        "pace_zone_times",
        "gap_zone_times",
    ),
}


def _unmeasured(streams: Streams) -> Record:
    """Return what nobody knows of an activity: what its device did not record."""
    missing = (name for name in _OF_STREAMS if not streams.get(name))
    unknown = {field for name in missing for field in _OF_STREAMS[name]}
    return dict.fromkeys(unknown) | {"has_heartrate": bool(streams.get("heartrate"))}


def _measured(record: Record, streams: Streams, content: DecodedActivity) -> Record:
    moving_s = max(1, content.moving_s)
    result: Record = {"elapsed_time": content.elapsed_s, "moving_time": moving_s}
    beats = streams.get("heartrate")
    if beats:
        result["average_heartrate"] = round(sum(beats) / len(beats))
        result["max_heartrate"] = max(beats)
    if content.distance_m:
        metres = round(content.distance_m, 2)
        pace = round(metres / moving_s, 6)
        result |= {"distance": metres, "icu_distance": metres}
        result |= {"average_speed": pace, "pace": pace}
    return result | _load(record, streams, result)


def _load(record: Record, streams: Streams, result: Record) -> Record:
    intensity = record["icu_intensity"]
    changed: Record = {}
    if streams.get("watts") and record.get("icu_ftp"):
        normalized = round(normalized_power(streams["watts"]))
        intensity = round(normalized / record["icu_ftp"] * 100, 5)
        average = round(sum(streams["watts"]) / len(streams["watts"]))
        changed = {"icu_weighted_avg_watts": normalized, "icu_average_watts": average}
    elif record.get("threshold_pace") and result.get("pace"):
        intensity = round(result["pace"] / record["threshold_pace"] * 100, 5)
        changed = {"gap": result["pace"]} if record.get("gap") else {}
    load = load_of(result["moving_time"], intensity)
    return changed | {"icu_intensity": intensity, "icu_training_load": load}
