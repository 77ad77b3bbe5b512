"""What a machine lacks is named once, however many tests need it."""

from __future__ import annotations

import pytest

MISSING = "initdb is missing: apt-get install postgresql"
SUITE = f"""
import pytest
from tests.support.lacking import lacking

@pytest.fixture
def server():
    lacking({MISSING!r})

@pytest.mark.parametrize("number", range(3))
def test_that_needs_a_server(server, number):
    pass

def test_that_needs_a_browser():
    lacking("chromium is missing: apt-get install chromium")

def test_that_needs_nothing():
    pass
"""


def run(pytester: pytest.Pytester, *options: str) -> pytest.RunResult:
    pytester.makepyfile(SUITE)
    return pytester.runpytest_inprocess("-p", "tests.support.lacking", *options)


@pytest.mark.parametrize(
    "options", [(), pytest.param(("-n", "2"), marks=pytest.mark.slow)]
)
def test_each_missing_thing_is_one_line(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    monkeypatch.delenv("CI", raising=False)
    ran = run(pytester, *options)
    ran.assert_outcomes(passed=1, skipped=4)
    lines = [line for line in ran.outlines if "is missing" in line]
    assert lines == [
        f"{MISSING} (3 not run)",
        "chromium is missing: apt-get install chromium (1 not run)",
    ]


def test_what_is_missing_fails_where_everything_has_to_run(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    ran = run(pytester)
    ran.assert_outcomes(passed=1, failed=1, errors=3)
    ran.stdout.no_fnmatch_line("*what this machine lacks*")
