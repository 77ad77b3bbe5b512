"""What the gallery says of a shortcut is what the shortcut says."""

from __future__ import annotations

import pytest

from bridge.routes.site.shortcuts import samples
from bridge.shortcuts.catalog import CATALOG
from bridge.shortcuts.template import LANGUAGES
from tests.docs.samples import SAMPLES, all_samples, samples_text

SILENT = {"save-activity-data", "save-activity-file", "training-export"}
SILENT |= {"training-card", "training-wallpaper"}


@pytest.mark.slow
def test_every_sentence_of_the_gallery_is_heard_from_the_shortcut() -> None:
    assert samples_text(all_samples()) == SAMPLES.read_text("utf-8"), "run `make docs`"


def test_every_shortcut_that_speaks_has_a_sentence_in_every_language() -> None:
    assert set(samples()) == {each.slug for each in CATALOG} - SILENT
    for words in samples().values():
        assert list(words) == list(LANGUAGES)
        assert all(0 < len(sentence) < 280 for sentence in words.values())
