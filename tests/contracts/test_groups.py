"""Tests that need a machine to themselves stand in groups: are they kept together?"""

from __future__ import annotations

import os

import pytest


@pytest.mark.xdist_group("kept_together")
def test_a_group_of_tests_reaches_one_process(request: pytest.FixtureRequest) -> None:
    """pytest 9.2 takes no other name for a test, and the groups fall apart unsaid."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        assert request.node.nodeid.endswith("@kept_together")
