"""The bench says every aim, and why one is missed; it runs from the command line."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest

from bench import side
from bench.report import (
    AIMS,
    BODIES,
    SECTIONS,
    Aim,
    Figure,
    is_met,
    report,
    unexplained,
)
from bench.serve import DEBIAN, lacking
from bench.wire import most_in_a_second

ROOT = Path(__file__).parents[2]
MORE = {section.name: "" for section in SECTIONS}
BOUND = [aim for aim in AIMS if (aim.least, aim.most) != (None, None)]
SENTENCES = {aim.why: f"Because of {aim.why}." for aim in BOUND}


def figure_of(aim: Aim, *, meets: bool) -> Figure:
    least, most = aim.least or 0.0, aim.most
    good = least + 1 if most is None else most
    bad = least / 2 if most is None else most + 1
    return Figure(aim.name, "1 ms", "2 ms", good if meets else bad)


def figures_of(*, meets: bool) -> list[Figure]:
    return [figure_of(aim, meets=meets) for aim in AIMS]


def rows(text: str) -> dict[str, str]:
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    return {line.split(" | ")[0][2:]: line for line in lines}


def test_every_aim_has_a_row_of_its_own() -> None:
    shown = rows(report(figures_of(meets=True), MORE, "Made now."))
    assert [aim.what for aim in AIMS if aim.what not in shown] == []
    assert len({aim.what for aim in AIMS}) == len({aim.name for aim in AIMS})
    assert len(AIMS) == len({aim.what for aim in AIMS})


def test_what_is_met_is_said_to_be_and_needs_no_sentence() -> None:
    text = report(figures_of(meets=True), MORE, "Made now.", SENTENCES)
    assert f"Of {len(BOUND)} aims {len(BOUND)} are met, 0 are not;" in text
    assert "not met" not in text
    assert "Because" not in text
    assert unexplained(figures_of(meets=True), {}) == []


def test_what_is_missed_says_by_how_much_why_and_what_it_would_take() -> None:
    text = report(figures_of(meets=False), MORE, "Made now.", SENTENCES)
    assert [name for name in SENTENCES.values() if text.count(name) != 1] == []
    assert "**not met**: 0.50 of it |" in rows(text)[BOUND[0].what]
    assert unexplained(figures_of(meets=False), SENTENCES) == []


def test_a_missed_aim_without_a_sentence_is_named() -> None:
    aim = BOUND[0]
    others = {name: why for name, why in SENTENCES.items() if name != aim.why}
    bare = unexplained([figure_of(aim, meets=False)], others)
    assert bare == [aim.name]
    text = report(figures_of(meets=False), MORE, "Made now.", others)
    assert f"- *{aim.why}*: **no sentence yet**" in text


@pytest.mark.parametrize("odd", ["one too few", "one too many"])
def test_a_figure_without_an_aim_and_an_aim_without_a_figure_are_refused(
    odd: str,
) -> None:
    figures = figures_of(meets=True)
    figures = figures[1:] if odd == "one too few" else [*figures, Figure("odd", "")]
    with pytest.raises(ValueError, match="figures and aims differ"):
        report(figures, MORE, "Made now.")


def test_a_section_alone_shows_its_own_aims_and_no_other() -> None:
    figures = [figure_of(aim, meets=True) for aim in AIMS if aim.section == "wire"]
    text = report(figures, {"wire": "More of it."}, "Made now.")
    assert "More of it." in text
    assert "## Side by side" not in text


def test_what_was_not_measured_is_neither_met_nor_missed() -> None:
    figures = [Figure(aim.name, "not today") for aim in AIMS]
    text = report(figures, MORE, "Made now.")
    assert f"not measured in this run: {len(BOUND)}." in text
    assert {is_met(aim, None) for aim in AIMS} == {None}
    assert unexplained(figures, {}) == []


def test_what_runs_side_by_side_is_held_against_every_aim_of_it() -> None:
    rates = {
        (name, body, kind): 100.0
        for name in ("bridge", "bridge, granian", "naive Flask", "FastAPI", "Express")
        for body, kind in (*product(BODIES, (*side.KINDS, side.UNLIKE)), ("hello", ""))
    }
    rates[side.FLOOR, "hello", ""] = 400.0
    figures = {figure.aim: figure.ratio for figure in side.figures(rates)}
    ours = {aim.name for aim in AIMS if aim.section == "side"}
    assert ours - set(figures) == {"cpu latest", "cpu brief"}
    assert figures["granian nginx brief"] == 0.25
    assert "| brief | cached | 100 | 100 | 100 | 100 | 100 |  |" in side.table(rates)


@pytest.mark.parametrize(
    ("times_s", "most"),
    [([], 0), ([5.0], 1), ([0.0, 0.5, 0.999, 1.0], 3), ([3.0, 1.0, 2.0], 1)],
)
def test_the_fullest_second_is_found(times_s: list[float], most: int) -> None:
    assert most_in_a_second(times_s) == most


def test_missing_packages_are_named_as_debian_names_them() -> None:
    assert lacking(lambda name: None if name in {"wrk", "node"} else name) == [
        "wrk",
        "nodejs",
    ]


def bench(*options: str, **env: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bench.run", *options]
    return subprocess.run(
        command,
        check=False,
        cwd=ROOT,
        env=os.environ | env,
        capture_output=True,
        text=True,
    )


@pytest.mark.slow
def test_a_machine_that_lacks_them_is_told_and_the_bench_fails(tmp_path: Path) -> None:
    ended = bench("--only", "side", PATH=str(tmp_path))
    assert ended.returncode == 1
    wanted = " ".join(DEBIAN.values())
    assert f"sudo apt-get install {wanted}" in ended.stderr


@pytest.mark.slow
def test_one_section_alone_is_measured_and_shown() -> None:
    before = (ROOT / "bench/RESULTS.md").read_bytes()
    ended = bench("--only", "far", BENCH_ROUNDS="1")
    shown = rows(ended.stdout)
    far = [aim.what for aim in AIMS if aim.section == "far"]
    assert [what for what in far if what not in shown] == [], ended.stderr
    assert "200 phones at once: answered otherwise than well | 0 of 200" in ended.stdout
    assert (ROOT / "bench/RESULTS.md").read_bytes() == before
