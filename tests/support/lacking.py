"""What a machine lacks: tests that need it are left out, and named in one line.

A plugin, as ``tests/conftest.py`` names it. Where ``CI`` is true nothing is left out: a
test fails for want of what it needs. PYTEST_DONT_REWRITE: there are no assertions
here, and so the module can be imported for its functions before it is a plugin.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from pathlib import Path
from typing import NoReturn

import pytest

_ALSO_IN = ("/usr/lib/postgresql/*/bin", "/usr/sbin", "/usr/local/sbin")


def lacking(reason: str) -> NoReturn:
    """Leave the test out on a developer's machine; fail it where CI is true."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI needs this service: {reason}")
    pytest.skip(reason)


def find_binary(name: str) -> Path | None:
    """Return where a program is: on the path, or where Debian hides it."""
    found = shutil.which(name)
    if found is not None:
        return Path(found)
    folders = [folder for where in _ALSO_IN for folder in Path("/").glob(where[1:])]
    programs = [folder / name for folder in sorted(folders, key=_version)]
    return next((path for path in reversed(programs) if os.access(path, os.X_OK)), None)


def require_binary(name: str, package: str) -> Path:
    """Return where a program is; without it leave the test out, or fail it."""
    found = find_binary(name)
    if found is None:
        lacking(f"{name} is missing: apt-get install {package}")
    return found


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say once for each thing that is lacking how many tests wait for it."""
    left_out = terminalreporter.stats.get("skipped", [])
    if not left_out:
        return
    terminalreporter.section("what this machine lacks")
    for reason, tests in Counter(map(_reason, left_out)).most_common():
        terminalreporter.line(f"{reason} ({tests} not run)")


def _reason(report: pytest.TestReport) -> str:
    """Return why a test was left out: the third part of where, which line, why."""
    why = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
    return str(why).removeprefix("Skipped: ")


def _version(folder: Path) -> tuple[int, ...]:
    return tuple(int(part) for part in folder.parts if part.isdigit())
