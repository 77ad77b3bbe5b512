"""The workflow that signs: read here, run by nobody yet, and it says so."""

from __future__ import annotations

import importlib
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bridge.cli.shortcuts import shortcuts

PATH = Path(__file__).parents[2] / ".github" / "workflows" / "sign.yml"
TEXT = PATH.read_text(encoding="utf-8")
WORKFLOW: dict[Any, Any] = importlib.import_module("yaml").safe_load(TEXT)
JOBS: dict[str, dict[str, Any]] = WORKFLOW["jobs"]
STEPS = [(job, step) for job in JOBS for step in JOBS[job]["steps"]]
SCRIPTS = [step["run"] for _, step in STEPS if "run" in step]


def test_it_says_that_nobody_ran_it() -> None:
    head = TEXT.partition("\nname:")[0]
    assert "NOT RUN by anybody yet" in head
    assert "not run" in (PATH.parents[2] / "docs" / "signing.md").read_text("utf-8")


def test_it_runs_for_releases_by_the_month_and_by_hand_never_for_a_stranger() -> None:
    # YAML 1.1 reads the word "on" as true.
    assert set(WORKFLOW[True]) == {"release", "schedule", "workflow_dispatch"}


def test_the_mac_is_our_own_and_everything_else_is_linux() -> None:
    runners = {job: body["runs-on"] for job, body in JOBS.items()}
    assert runners.pop("sign") == ["self-hosted", "macOS", "icloud"]
    assert set(runners.values()) == {"ubuntu-latest"}
    assert JOBS["verify"]["needs"] == "sign"
    assert JOBS["propose"]["needs"] == "verify"


def test_only_the_proposal_may_write_and_it_installs_nothing() -> None:
    assert WORKFLOW["permissions"] == {}
    for name, body in JOBS.items():
        rights = body["permissions"]
        may = {right for right, level in rights.items() if level == "write"}
        assert may == ({"contents", "pull-requests"} if name == "propose" else set())
        assert set(rights.values()) <= {"read", "write"}
        assert body["timeout-minutes"] <= 120
    scripts = "".join(step.get("run", "") for step in JOBS["propose"]["steps"])
    assert not re.search(r"\b(pip|bridge|make|python3?)\b", scripts)


def test_each_action_is_githubs_own_and_pinned_to_a_commit() -> None:
    used = re.findall(r"uses: (\S+) # (\S+)\n", TEXT)
    assert len(used) == sum("uses" in step for _, step in STEPS) > 0
    for action, version in used:
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", action)
        assert re.fullmatch(r"v\d+\.\d+\.\d+", version)


def test_a_job_that_runs_our_code_keeps_no_credentials() -> None:
    for job, step in STEPS:
        if step.get("uses", "").startswith("actions/checkout@") and job != "propose":
            assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("script", SCRIPTS)
def test_each_script_is_shell_and_takes_nothing_from_an_event(script: str) -> None:
    assert "${{" not in script
    subprocess.run(["bash", "-n"], input=script, text=True, check=True)


def test_the_commands_it_runs_exist() -> None:
    used = re.findall(r"bin/bridge\" shortcuts (\w+) ?(--\w+)?", "".join(SCRIPTS))
    assert used == [("sign", "--local"), ("verify", "")]
    for command, option in used:
        shown = CliRunner().invoke(shortcuts, [command, "--help"])
        assert shown.exit_code == 0
        assert option in shown.output
