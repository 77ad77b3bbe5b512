"""Write workouts as trainer files: zwo, mrc and erg, alone or in a zip."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from bridge.simulator.fields.bodies import Record
from bridge.simulator.refusals import semantic

MEDIA_TYPES = {"zwo": "application/xml", "mrc": "text/plain", "erg": "text/plain"}


def flat_steps(steps: list[Record]) -> Iterator[Record]:
    """Yield every step in order, repeats written out."""
    for step in steps:
        if "steps" in step:
            for _ in range(step.get("reps") or 1):
                yield from flat_steps(step["steps"])
        else:
            yield step


def _percent(step: Record) -> tuple[float, float]:
    target: Record = step.get("power") or step.get("pace") or step.get("hr") or {}
    middle = target.get("value") or 50
    return float(target.get("start") or middle), float(target.get("end") or middle)


def workout_file(shown: Record, ext: str) -> tuple[bytes, str, str]:
    """Return content, name and media type of a workout file.

    Raises
    ------
    Refusal
        422 when the kind is unknown or the workout has no steps.
    """
    if ext not in MEDIA_TYPES:
        raise semantic(f"Unsupported workout file type [{ext}]")
    steps = list(flat_steps((shown.get("workout_doc") or {}).get("steps") or []))
    if not steps:
        raise semantic("Workout has no steps")
    name = shown.get("name") or "Workout"
    writers = {"zwo": _zwo, "mrc": _mrc, "erg": _mrc}
    safe = "".join(letter if letter.isalnum() else "_" for letter in name)
    return writers[ext](name, steps), f"{safe}.{ext}", MEDIA_TYPES[ext]


def _zwo(name: str, steps: list[Record]) -> bytes:
    root = ET.Element("workout_file")
    ET.SubElement(root, "author").text = "simulator"
    ET.SubElement(root, "name").text = name
    ET.SubElement(root, "sportType").text = "bike"
    workout = ET.SubElement(root, "workout")
    for step in steps:
        low, high = _percent(step)
        seconds = str(round(step.get("duration") or 0))
        if step.get("ramp"):
            edges = {"PowerLow": f"{low / 100:.3f}", "PowerHigh": f"{high / 100:.3f}"}
            ET.SubElement(workout, "Ramp", {"Duration": seconds} | edges)
        else:
            middle = f"{(low + high) / 200:.3f}"
            ET.SubElement(
                workout, "SteadyState", {"Duration": seconds, "Power": middle}
            )
    data: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return data


def _mrc(name: str, steps: list[Record]) -> bytes:
    lines = ["[COURSE HEADER]", "VERSION = 2", "UNITS = ENGLISH"]
    lines += [f"DESCRIPTION = {name}", "MINUTES PERCENT", "[END COURSE HEADER]"]
    lines.append("[COURSE DATA]")
    minute = 0.0
    for step in steps:
        low, high = _percent(step)
        lines.append(f"{minute:.2f}\t{low:.1f}")
        minute += (step.get("duration") or 0) / 60
        lines.append(f"{minute:.2f}\t{high:.1f}")
    return "\n".join([*lines, "[END COURSE DATA]", ""]).encode()


def attached(shown: Record, ext: str) -> Record:
    """Return the two fields that carry a workout file inside an event."""
    data, name, _ = workout_file(shown, ext)
    content = base64.b64encode(data).decode()
    return {"workout_filename": name, "workout_file_base64": content}


def zipped(events: list[Record], ext: str) -> bytes:
    """Return the workouts of events as files in one zip."""
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        for event in events:
            data, name, _ = workout_file(event, ext)
            day = event["start_date_local"][:10]
            archive.writestr(f"{day}_{event['id']}_{name}", data)
    return box.getvalue()
