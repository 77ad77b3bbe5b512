"""GPX and TCX: tracks with time; GPX is written, both are read as others write them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, TreeBuilder, tostring
from xml.parsers import expat

from bridge.simulator.files.fit import DecodedActivity, moving_seconds

GPX = "http://www.topografix.com/GPX/1/1"
GARMIN = "http://www.garmin.com/xmlschemas/TrackPointExtension/v1"
EARTH_M = 6_371_000.0
DEEPEST = 50  # no track nests deeper than ten
_TYPES = {
    "biking": "Ride",
    "cycling": "Ride",
    "hiking": "Hike",
    "running": "Run",
    "swimming": "Swim",
    "walking": "Walk",
}
_KNOWN = frozenset(
    {"Ride", "Run", "Swim", "Walk", "Hike", "VirtualRide", "VirtualRun", "TrailRun"}
    | {"GravelRide", "MountainBikeRide", "OpenWaterSwim", "Rowing", "Other"}
)


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


class _Point(NamedTuple):
    moment: datetime
    place: tuple[float, float] | None
    altitude: float | None
    distance: float | None
    heartrate: float | None
    cadence: float | None
    watts: float | None


def decode_gpx(data: bytes) -> DecodedActivity:
    """Read a GPX track.

    Raises
    ------
    ValueError
        If it is not XML, has a document type, or no points with time.
    """
    root = _parsed(data, "gpx")
    points = [_gpx_point(each) for each in root.iter("trkpt")]
    kind = _text(root, "trk/type") or ""
    return _decoded(
        [each for each in points if each],
        kind=kind if kind in _KNOWN else _TYPES.get(kind.lower(), "Other"),
        name=_text(root, "trk/name") or "",
    )


def _gpx_point(point: Element) -> _Point | None:
    time = _text(point, "time")
    if time is None:
        return None
    return _Point(
        moment=moment_of(time),
        place=_position(point.get("lat"), point.get("lon")),
        altitude=_number(_text(point, "ele")),
        distance=None,
        heartrate=_number(_text(point, ".//hr")),
        cadence=_number(_text(point, ".//cad")),
        watts=_number(_text(point, ".//power") or _text(point, ".//PowerInWatts")),
    )


def decode_tcx(data: bytes) -> DecodedActivity:
    """Read the first activity of a TCX file.

    Raises
    ------
    ValueError
        If it is not XML, has a document type, or no points with time.
    """
    activity = _parsed(data, "TrainingCenterDatabase").find(".//Activity")
    if activity is None:
        raise ValueError("The TCX file has no activity")
    points = [_tcx_point(each) for each in activity.iter("Trackpoint")]
    laps = [_number(_text(lap, "TotalTimeSeconds")) for lap in activity.iter("Lap")]
    return _decoded(
        [each for each in points if each],
        kind=_TYPES.get(str(activity.get("Sport")).lower(), "Other"),
        name=_text(activity, "Notes") or "",
        moving_s=round(sum(seconds for seconds in laps if seconds)),
    )


def _tcx_point(point: Element) -> _Point | None:
    time = _text(point, "Time")
    if time is None:
        return None
    cadence = _text(point, "Cadence") or _text(point, ".//RunCadence")
    return _Point(
        moment=moment_of(time),
        place=_position(
            _text(point, "Position/LatitudeDegrees"),
            _text(point, "Position/LongitudeDegrees"),
        ),
        altitude=_number(_text(point, "AltitudeMeters")),
        distance=_number(_text(point, "DistanceMeters")),
        heartrate=_number(_text(point, "HeartRateBpm/Value")),
        cadence=_number(cadence),
        watts=_number(_text(point, ".//Watts")),
    )


def _decoded(
    points: list[_Point], *, kind: str, name: str, moving_s: int = 0
) -> DecodedActivity:
    if not points:
        raise ValueError("The file has no points with time")
    start = points[0].moment
    times = [round((each.moment - start).total_seconds()) for each in points]
    columns: dict[str, list[object]] = {
        "heartrate": [each.heartrate for each in points],
        "watts": [each.watts for each in points],
        "cadence": [each.cadence for each in points],
        "altitude": [each.altitude for each in points],
        "latlng": [each.place and list(each.place) for each in points],
        "distance": list(_distances(points)),
    }
    kept = {
        key: each for key, each in columns.items() if any(v is not None for v in each)
    }
    travelled = [each for each in columns["distance"] if isinstance(each, float)]
    return DecodedActivity(
        start_utc=start,
        type=kind,
        name=name,
        elapsed_s=max(times),
        moving_s=moving_s or moving_seconds(times),
        distance_m=round(max(travelled, default=0.0), 2),
        streams={"time": [*times], **kept},
    )


def _distances(points: Sequence[_Point]) -> Iterator[float | None]:
    """Yield metres so far: what the file says, else what the positions say."""
    total, last = 0.0, None
    for point in points:
        if point.distance is not None:
            total = point.distance
        elif point.place is None:
            yield None
            continue
        elif last is not None:
            total += _metres_between(last, point.place)
        last = point.place or last
        yield round(total, 2)


def _metres_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the great-circle distance of two positions in degrees."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*one, *other))
    share = (
        math.sin((lat2 - lat1) / 2) ** 2
        + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 2 * EARTH_M * math.asin(math.sqrt(min(share, 1.0)))


def _parsed(data: bytes, root_tag: str) -> Element:
    """Build the tree without namespaces; a document type is refused unread."""
    builder = TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")
    depth = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise ValueError("The file is nested too deep")
        builder.start(tag.rpartition("}")[2], attributes)

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(tag.rpartition("}")[2])

    def refuse(*_: object) -> None:
        raise ValueError("The file has a document type, which is not allowed")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise ValueError("The file is not well-formed XML") from error
    root = builder.close()
    if root.tag != root_tag:
        raise ValueError(f"The file is not a {root_tag} document")
    return root


def _text(element: Element, path: str) -> str | None:
    found = element.findtext(path)
    return found.strip() if found and found.strip() else None


def _number(text: str | None) -> float | None:
    try:
        number = float(text or "nan")
    except ValueError:
        return None
    if not math.isfinite(number):
        return None
    return int(number) if number == int(number) else number


def _position(
    latitude: str | None, longitude: str | None
) -> tuple[float, float] | None:
    lat, lon = _number(latitude), _number(longitude)
    if lat is None or lon is None or abs(lat) > 90 or abs(lon) > 180:
        return None
    return float(lat), float(lon)


def moment_of(text: str) -> datetime:
    """Return an instant in UTC; a time without a zone is taken as UTC."""
    try:
        moment = datetime.fromisoformat(text.strip())
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError as error:
        raise ValueError("The time is out of range") from error
