"""What a phone waits when upstream is as far away as it is from most of them."""

from __future__ import annotations

import json
import sqlite3
import statistics
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.report import Figure
from bench.serve import (
    ROUNDS,
    Answer,
    Bridge,
    Headers,
    Upstream,
    bridge,
    new_folder,
    p95,
    settings,
    took_ms,
    upstream,
    volley,
)
from bridge.services import SETTINGS_ANEW_S
from bridge.store.shared import NOTES_HOLD_S

DELAY_MS = 150
BRIEF, LATEST, ONE_CALL = "/v1/today", "/v1/activities/latest", "/v1/wellness"
DIRECT = "/api/v1/athlete/0"
PHONES, MANY = 50, 200


def measure() -> tuple[list[Figure], str]:
    """Return the figures of this section; nothing stands beneath them."""
    figures: list[Figure] = []
    with upstream(DELAY_MS) as source:
        with new_folder() as folder, bridge(settings(folder, source.url)) as ours:
            for path in (BRIEF, LATEST, ONE_CALL):  # said once, known from then on
                ours.get(path)
                ours.get(f"{path}?refresh=yes")
            figures += _alone(folder, source, ours)
            figures += _together(folder, source, ours)
        figures.append(_merged(source))
    return figures, ""


def _alone(folder: Path, source: Upstream, ours: Bridge) -> Iterator[Figure]:
    """Ask one thing at a time, by turns: a machine has moods."""
    times: dict[str, list[float]] = {}

    def note(name: str, path: str, *, is_kept: bool = False) -> None:
        source.seen()
        times.setdefault(name, []).append(took_ms(lambda: ours.get(path)))
        if bool(source.seen()) is is_kept:
            raise RuntimeError(f"{name}: upstream was asked otherwise than meant")

    for _ in range(ROUNDS):
        times.setdefault("one", []).append(took_ms(lambda: source.get(DIRECT)))
        end_freshness(folder)
        note("brief kept settings", BRIEF)
        note("latest kept settings", LATEST)
        for name, path in (("brief refreshed", BRIEF), ("latest refreshed", LATEST)):
            time.sleep(SETTINGS_ANEW_S)  # so that the settings are read anew
            note(name, f"{path}?refresh=yes")
        ours.get(BRIEF)
        note("brief again", BRIEF, is_kept=True)
        times.setdefault("brief first", []).append(_first_ever(source))
    one = statistics.median(times.pop("one"))
    for name, values in times.items():
        yield _beside_one(name, statistics.median(values), one)


def _first_ever(source: Upstream) -> float:
    with new_folder() as folder, bridge(settings(folder, source.url)) as ours:
        return took_ms(lambda: ours.get(BRIEF))


def _beside_one(name: str, value_ms: float, one_ms: float) -> Figure:
    digits = 0 if value_ms >= 10 else 1
    value = f"{value_ms:.{digits}f} ms"
    return Figure(name, value, f"one upstream call {one_ms:.0f} ms", value_ms / one_ms)


def _together(folder: Path, source: Upstream, ours: Bridge) -> Iterator[Figure]:
    """Ask from many phones at once, none of whose questions is merged with another."""
    near: list[list[float]] = []
    far: list[list[float]] = []
    refused = 0
    for _ in range(ROUNDS):
        far.append(_times(volley(source.url + DIRECT, [{}] * PHONES)))
        end_freshness(folder)
        near.append(_times(volley(ours.url + ONE_CALL, unlike(ours, PHONES))))
        end_freshness(folder)
        answers = volley(ours.url + ONE_CALL, unlike(ours, MANY))
        refused += sum(answer.status != 200 for answer in answers)
    slowest_ms = answers[-1].took_ms
    direct = statistics.median(map(statistics.median, far))
    p50 = statistics.median(map(statistics.median, near))
    yield Figure(
        "phones p50",
        f"{p50:.0f} ms",
        f"direct {direct:.0f} ms + 8",
        p50 / (direct + 8),
    )
    direct, most = (statistics.median(map(p95, times)) for times in (far, near))
    yield Figure(
        "phones p95", f"{most:.0f} ms", f"direct {direct:.0f} ms", most / direct
    )
    asked = ROUNDS * MANY
    yield Figure(
        "two hundred",
        f"{refused} of {asked:,}",
        f"the slowest of the last 200 after {slowest_ms:.0f} ms",
        refused / asked,
    )


def _merged(source: Upstream) -> Figure:
    """Ask the same from fifty phones, as it is served: ten calls a second at most."""
    near: list[list[float]] = []
    far: list[list[float]] = []
    older = 0
    with (
        new_folder() as folder,
        bridge(settings(folder, source.url, per_second=10)) as ours,
    ):
        ours.get(ONE_CALL)
        for _ in range(ROUNDS):
            far.append(_times(volley(source.url + DIRECT, [{}] * PHONES)))
            end_freshness(folder)
            answers = volley(ours.url + ONE_CALL, [ours.headers] * PHONES)
            near.append(_times(answers))
            older += sum(b'"stale":"yes"' in answer.said for answer in answers)
    direct, most = (statistics.median(map(p95, times)) for times in (far, near))
    return Figure(
        "phones merged p95",
        f"{most:.0f} ms",
        f"direct {direct:.0f} ms ({older} of {ROUNDS * PHONES} had the older answer)",
        most / direct,
    )


def unlike(ours: Bridge, count: int) -> list[Headers]:
    """Return headers that mean the same and are not alike: each is worked for."""
    return [
        {**ours.headers, "Accept-Language": f"en;q=0.{500 + number}"}
        for number in range(count)
    ]


def end_freshness(folder: Path) -> None:
    """End the freshness of all answers that are kept, as a write does."""
    with sqlite3.connect(folder / "bridge.upstream.db") as connection:
        asked = "SELECT name, value FROM notes WHERE name LIKE 'owner %'"
        rows = connection.execute(asked).fetchall()
        for name, value in rows:
            note = json.loads(value)
            note["generation"] = note.get("generation", 0) + 1
            connection.execute(
                "UPDATE notes SET value = ? WHERE name = ?", (json.dumps(note), name)
            )
    connection.close()
    if not rows:
        raise RuntimeError("nothing is kept")
    time.sleep(NOTES_HOLD_S)  # the workers were not told


def _times(answers: Sequence[Answer]) -> list[float]:
    for answer in answers:
        if answer.status != 200:
            raise RuntimeError(f"answered otherwise than well: {answer}")
    return [answer.took_ms for answer in answers]
