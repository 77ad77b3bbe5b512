"""GPX: tracks with time, written for downloads; reading is next door."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from xml.etree.ElementTree import Element, SubElement, tostring

from bridge.simulator.files.track_reading import decode_gpx, decode_tcx, moment_of

__all__ = ["decode_gpx", "decode_tcx", "encode_gpx"]

GPX = "http://www.topografix.com/GPX/1/1"
GARMIN = "http://www.garmin.com/xmlschemas/TrackPointExtension/v1"


def encode_gpx(
    activity: Mapping[str, object],
    streams: Mapping[str, Sequence[object]],
    *,
    power: bool = True,
    hr: bool = True,
) -> bytes:
    """Write an activity as GPX 1.1 with heart rate, cadence and power.

    Parameters
    ----------
    activity
        Reads ``start_date`` (UTC), ``name`` and ``type``.
    streams
        As for FIT; points without a position are left out.
    power, hr
        Whether to write them, as upstream's parameters of these names say.

    Raises
    ------
    ValueError
        If there is no position at all: GPX is nothing without.
    """
    start = moment_of(str(activity.get("start_date")))
    root = Element("gpx", {"version": "1.1", "creator": "bridge", "xmlns": GPX})
    root.set("xmlns:gpxtpx", GARMIN)
    stamp = SubElement(SubElement(root, "metadata"), "time")
    stamp.text = _written(start)
    track = SubElement(root, "trk")
    SubElement(track, "name").text = _legal(str(activity.get("name") or ""))
    SubElement(track, "type").text = _legal(str(activity.get("type") or "Other"))
    segment = SubElement(track, "trkseg")
    wanted = {
        name: values
        for name, values in streams.items()
        if (power or name != "watts") and (hr or name != "heartrate")
    }
    for index, second in enumerate(streams.get("time", ())):
        _write_point(segment, start, second, _row(wanted, index))
    if len(segment) == 0:
        raise ValueError("The activity has no positions")
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _row(streams: Mapping[str, Sequence[object]], index: int) -> dict[str, object]:
    return {name: each[index] for name, each in streams.items() if index < len(each)}


def _write_point(
    segment: Element, start: datetime, second: object, row: Mapping[str, object]
) -> None:
    pair, seconds = row.get("latlng"), _known(second)
    known = [_known(each) for each in pair] if isinstance(pair, list | tuple) else []
    if len(known) != 2 or None in known or seconds is None:
        return
    place = {"lat": f"{known[0]:.7f}", "lon": f"{known[1]:.7f}"}
    point = SubElement(segment, "trkpt", place)
    if (altitude := _known(row.get("altitude"))) is not None:
        SubElement(point, "ele").text = str(altitude)
    SubElement(point, "time").text = _written(start + timedelta(seconds=seconds))
    _write_extensions(point, row)


def _write_extensions(point: Element, row: Mapping[str, object]) -> None:
    found = {
        name: round(value)
        for name in ("watts", "heartrate", "cadence")
        if (value := _known(row.get(name))) is not None
    }
    if not found:
        return
    extensions = SubElement(point, "extensions")
    if "watts" in found:
        SubElement(extensions, "power").text = str(found.pop("watts"))
    if found:
        garmin = SubElement(extensions, "gpxtpx:TrackPointExtension")
        for name, tag in (("heartrate", "hr"), ("cadence", "cad")):
            if name in found:
                SubElement(garmin, f"gpxtpx:{tag}").text = str(found[name])


def _known(value: object) -> int | float | None:
    if isinstance(value, int | float) and abs(value) < math.inf:
        return value
    return None


def _legal(text: str) -> str:
    """Drop what XML 1.0 has no way to write."""
    return "".join(
        each
        for each in text
        if each in "\t\n\r" or (each >= " " and not "\ud800" <= each <= "\udfff")
        if each not in "\ufffe\uffff"
    )


def _written(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S}Z"
