"""Measure the bridge beside what people would write instead; write bench/RESULTS.md.

Everything is a ratio against something real in the same run: machines differ, and
this one may be noisy. ``make bench`` runs it; ``ARGS="--only far"`` shows one section
and writes nothing.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import platform
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial

from bench import far, machine, side, wire
from bench.report import SECTIONS, Figure, report, unexplained
from bench.serve import HERE, ROUNDS, lacking

RESULTS = HERE / "RESULTS.md"
FIGURES = HERE / ".figures.json"  # of the last whole run; not checked in
LEAST_CORES = 2

Measure = Callable[[], tuple[list[Figure], str]]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run what is asked for and write it down."""
    asked = _read(arguments)
    if asked.again:
        run = json.loads(FIGURES.read_text(encoding="utf-8"))
    else:
        run = _measured(asked.only, with_suite=asked.suite)
    figures = [Figure(**row) for row in run["figures"]]
    text = report(figures, run["more"], run["made"])
    if not asked.only:
        FIGURES.write_text(json.dumps(run), encoding="utf-8")
        RESULTS.write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    bare = unexplained(figures)
    if bare:
        sys.exit(
            f"Missed, without a sentence in bench/report.py: {', '.join(bare)}. Write "
            'it there, then: make bench ARGS="--again"'
        )


def _read(arguments: Sequence[str] | None) -> argparse.Namespace:
    names = [section.name for section in SECTIONS]
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--only", action="append", choices=names, help="this section")
    parser.add_argument("--suite", action="store_true", help="run `make test` as well")
    parser.add_argument(
        "--again",
        action="store_true",
        help="measure nothing: write the last whole run with today's sentences",
    )
    return parser.parse_args(arguments)


def _measured(only: Sequence[str] | None, *, with_suite: bool) -> dict[str, object]:
    _require_a_machine(only or [section.name for section in SECTIONS])
    compileall.compile_dir(str(HERE.parent / "bridge"), quiet=2)
    measures: dict[str, Measure] = {
        "side": side.measure,
        "far": far.measure,
        "wire": wire.measure,
        "machine": partial(machine.measure, with_suite=with_suite),
    }
    figures: list[Figure] = []
    more: dict[str, str] = {}
    begun_at, begun_s = datetime.now(UTC), time.monotonic()
    load = os.getloadavg()[0]
    for name in only or measures:
        sys.stderr.write(f"{name} …\n")
        measured, more[name] = measures[name]()
        figures += measured
    minutes = (time.monotonic() - begun_s) / 60
    made = (
        f"Made by `make bench` on {begun_at:%Y-%m-%d at %H:%M} UTC in {minutes:.0f} "
        f"minutes: medians of {ROUNDS}, {os.cpu_count()} cores, Python "
        f"{platform.python_version()}, loopback. The load of the machine was "
        f"{load:.1f} before and {os.getloadavg()[0]:.1f} at the end, the bench's own "
        "with it. Only the ratios carry over to another machine."
    )
    rows = [asdict(figure) for figure in figures]
    return {"figures": rows, "more": more, "made": made}


def _require_a_machine(sections: Sequence[str]) -> None:
    """Leave where this machine cannot measure, and say what it lacks."""
    if not sys.platform.startswith("linux"):
        sys.exit("The bench reads /proc and pins servers to cores: it needs Linux.")
    packages = lacking() if "side" in sections else []
    if packages:
        wanted = " ".join(packages)
        sys.exit(f"These come with Debian: sudo apt-get install {wanted}")
    if "side" in sections and len(side.cores()) < LEAST_CORES:
        sys.exit("The bench needs two cores: one for the server, one for the load.")


if __name__ == "__main__":
    main()
