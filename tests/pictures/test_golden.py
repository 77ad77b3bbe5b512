"""What is drawn is what ``docs/cards.md`` shows; a little may differ, not more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bridge.pictures.press import Press
from tests.docs.cards import PAGE, PICTURES, Picture, all_pictures, page_text

# Another version of libvips sets an edge a little differently.
MOST_MEAN = 0.5  # of 255
MOST_FAR_PERCENT = 0.25
FAR = 48


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    press = Press("vips")
    yield press
    press.close()


def apart(drawn: bytes, golden: bytes) -> tuple[float, float]:
    """Return how far two pictures are apart: on average, and percent far off."""
    import pyvips

    pair = (pyvips.Image.new_from_buffer(png, "") for png in (drawn, golden))
    one, other = map(_flat, pair)
    assert (one.width, one.height) == (other.width, other.height)
    difference = (one - other).abs()
    far = (difference > FAR).bandor()
    return float(difference.avg()), float(far.avg()) / 255 * 100


def _flat(image: Any) -> Any:
    image = image.colourspace("srgb")
    return image.flatten(background=[128, 128, 128]) if image.hasalpha() else image


def test_every_picture_is_as_it_was(press: Press) -> None:
    for picture in all_pictures():
        drawn = press.press(picture.svg, picture.look.bits)
        golden = (PICTURES / f"{picture.file}.png").read_bytes()
        mean, far_percent = apart(drawn, golden)
        assert mean <= MOST_MEAN, picture.file
        assert far_percent <= MOST_FAR_PERCENT, picture.file


def test_a_golden_picture_tells_a_moved_line_from_the_old_one(press: Press) -> None:
    picture = next(one for one in all_pictures() if one.file == "form-light")
    golden = (PICTURES / "form-light.png").read_bytes()
    moved = picture.svg.replace('font-size="34"', 'font-size="31"')
    assert moved != picture.svg
    mean, far_percent = apart(press.press(moved, 0), golden)
    assert mean > MOST_MEAN or far_percent > MOST_FAR_PERCENT


def test_both_engines_draw_the_same(press: Press) -> None:
    other = Press("resvg")
    for picture in pictures_of("form-light", "workout-dark", "recovery-light"):
        pair = (press.press(picture.svg, 0), other.press(picture.svg, 0))
        assert apart(*pair)[0] <= 4
    other.close()


def pictures_of(*files: str) -> list[Picture]:
    return [picture for picture in all_pictures() if picture.file in files]


def test_the_page_of_cards_is_of_today() -> None:
    assert PAGE.read_text(encoding="utf-8") == page_text()
    shown = {path.stem for path in PICTURES.glob("*.png")}
    assert shown == {picture.file for picture in all_pictures()}


def test_the_pictures_of_the_page_are_small() -> None:
    sizes = {path: path.stat().st_size for path in Path(PICTURES).glob("*.png")}
    assert max(sizes.values()) < 80_000
    assert sum(sizes.values()) < 1_000_000
