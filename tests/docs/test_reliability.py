"""Every case of the page on reliability has a test, and the test is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "reliability.md").read_text("utf-8")


def test_every_test_that_is_named_is_there() -> None:
    code = "".join(file.read_text("utf-8") for file in ROOT.glob("tests/**/test_*.py"))
    defined = set(re.findall(r"^def (test_\w+)", code, re.MULTILINE))
    named = set(re.findall(r"`(test_\w+)`", TEXT))
    assert len(named) > 60
    assert named <= defined
    for file in re.findall(r"`(tests/[\w/]+\.py)`", TEXT):
        assert (ROOT / file).is_file(), file


def test_every_case_names_its_test() -> None:
    rows = [line for line in TEXT.splitlines() if line.startswith("| ")]
    cases = [row for row in rows if not row.startswith(("| case", "| family", "| ---"))]
    assert len(cases) > 70
    for case in cases:
        assert re.search(r"`test_\w+`|`tests/|the same", case.split("|")[-2]), case


def test_each_of_the_six_families_has_five_cases() -> None:
    table = TEXT.partition("## Six families")[2].partition("\n## ")[0]
    rows = [line.split("|")[1].strip() for line in table.splitlines() if "|" in line]
    counts: list[int] = []
    for family in rows[2:]:
        if family:
            counts.append(0)
        counts[-1] += 1
    assert counts == [5] * 6
