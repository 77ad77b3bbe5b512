"""README promises the first hour that a newcomer has."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.first_hour import (
    MOST_STEPS,
    README,
    figures_in_readme,
    steps_in_readme,
    walk,
)
from tests.site.browsers import PHONE, chromium
from tests.support.live import Upstream, serving

WORDS_APART = 0.1  # a sentence of the day is longer or shorter


def test_readme_counts_its_steps_and_they_are_few() -> None:
    count = steps_in_readme()
    words = ("six", "seven", "eight", "nine", "ten")
    assert 6 <= count <= MOST_STEPS
    assert f'"Hey Siri" in {words[count - 6]} steps' in README.read_text("utf-8")


@pytest.mark.slow
@pytest.mark.xdist_group("browsers")
def test_a_newcomer_sees_what_readme_says(upstream: Upstream, tmp_path: Path) -> None:
    home = tmp_path / "browser"
    home.mkdir()
    with (
        serving(upstream, tmp_path) as served,
        chromium(served.url, home, size=PHONE) as browser,
    ):
        went = walk(browser, served, served.started.output)
    screens, clicks, words = figures_in_readme()
    assert (len(went.screens), went.clicks) == (screens, clicks)
    assert abs(went.words - words) <= words * WORDS_APART
    assert went.answer.startswith("Form")
